/* request_panel_pages.c - the sections of request_panel.h. */
#include "request/request_panel.h"

#include "request/request_view.h"
#include "request_html.h"

static bool load_steps(struct ctx *ctx, struct request_panel_view *v, struct err *err)
{
	const struct request *r = v->r;
	struct request_inquiry *list;

	if (r->correction_sent_on.known &&
	    !request_correction_find(ctx, r->id, &v->correction, &v->has_points, err))
		return false;
	if (r->reasons != REASONS_NONE &&
	    !request_explanation_find(ctx, r->id, &v->explanation, &v->has_reasons, err))
		return false;
	if (!request_inquiries_of(ctx, r->id, &list, &v->inquiries_count, err))
		return false;
	v->inquiries = list;
	return request_extension_find(ctx, r->id, &v->extension, &v->has_extension, err);
}

static bool load_parts(struct ctx *ctx, struct request_panel_view *v, struct err *err)
{
	struct request_whole whole;

	if (!request_whole_find(ctx, v->r->id, &whole, &v->has_parts, err))
		return false;
	if (!v->has_parts)
		return true;
	struct request *parts = ARENA_ARRAY(ctx->arena, whole.parts_count, struct request);
	for (size_t i = 0; i < whole.parts_count; i++)
		if (!request_find(ctx, whole.parts[i], &parts[i], err))
			return false;
	v->whole = whole.content;
	v->parts = parts;
	v->parts_count = whole.parts_count;
	return true;
}

static struct str extension_state(const struct request_panel_view *v, struct date today)
{
	const struct request_extension *e = &v->extension;
	bool over = v->r->due.known && date_compare(today, v->r->due.v) > 0;

	if (e->told_on.known)
		return STR("已告知申请人");
	if (e->decided_on.known && !e->approved)
		return STR("未获同意");
	if (over)
		return STR("未在期限前经同意并告知申请人，不发生效力");
	return e->approved ? STR("已经同意，待告知申请人") : STR("待审批");
}

bool request_panel(struct web_request *rq, struct html *h, const struct request *r, struct err *err)
{
	struct request_panel_view v = { .r = r };
	struct letter *letters;

	if (!load_steps(&rq->ctx, &v, err) || !load_parts(&rq->ctx, &v, err) ||
	    !letter_list(&rq->ctx, "request", r->id.n, &letters, &v.letters_count, err))
		return false;
	v.letters = letters;
	v.lapsed = r->state == REQUEST_CORRECTING &&
		   date_compare(rq->ctx.today, r->correction_until.v) > 0;
	if (v.has_extension)
		v.extension_state = extension_state(&v, rq->ctx.today);
	request_panel_html(h, &v);
	return true;
}
