/*
 * served_pages.c - the letters that were served on the applicant, to read and as PDF. For every
 * other letter of the case the answer is that it is not there.
 */
#include "apply/apply_view.h"
#include "apply_html.h"
#include "letter/letter_panel.h"

static bool served(struct web_request *rq, struct letter *l, struct err *err)
{
	struct request r;
	bool found;
	int64_t id;

	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "letter.none", "?");
	return apply_letter(&rq->ctx, r.id, (struct letter_id){ id }, l, err);
}

bool apply_letter_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_letter_view v = { .l = NULL };
	struct letter l;

	if (!served(rq, &l, err))
		return false;
	v.l = &l;
	v.paper = letter_official(rq->ctx.arena, &l);
	v.pdf_href = str_format(rq->ctx.arena, "/request/progress/letters/%lld/letter.pdf",
				(long long)l.id.n);
	struct page page = { .title = l.title };
	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_letter_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_letter_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = web_reply_arena(rp);
	struct letter l;
	struct str bytes;

	apply_private(rp);
	return served(rq, &l, err) && letter_pdf(&rq->ctx, a, &l, &bytes, err) &&
	       web_bytes(rp, "application/pdf", bytes, DOWNLOAD,
			 str_format(a, STR_FMT ".pdf", STR_ARG(l.number)));
}
