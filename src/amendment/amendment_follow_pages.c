/*
 * amendment_follow_pages.c - a correction for who asked for it: number and query code open a
 * session of two hours, in which its state and the letter that was served can be read.
 */
#include "amendment/amendment_view.h"
#include "amendment_html.h"

#define COOKIE "amend"

static bool draw(struct web_request *rq, struct web_reply *rp, struct amendment_told_view *v,
		 struct err *err)
{
	struct unit unit;

	v->form = web_form_state(rq);
	if (v->a != NULL) {
		if (!agency_unit(&rq->ctx, v->a->unit, &unit, err) ||
		    !amendment_passed_on(&rq->ctx, v->a, &v->next, &v->has_next, err) ||
		    !amendment_served(&rq->ctx, v->a, &v->letter, &v->has_letter, err))
			return false;
		v->unit = unit.name;
	}
	struct page page = { .title = v->code.len > 0 ? STR("更正申请登记回执") :
							STR("查询更正申请"),
			     .errors = v->form.errors_count,
			     .json = v->a != NULL ? STR("/amend/progress.json") : STR_NONE };
	web_header(rp, "Cache-Control", STR("no-store"));
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_told_html(h, v);
	web_page_end(rq, rp, &page);
	return true;
}

/* Whoever has just sent the form is in already. */
bool amendment_tell_new(struct web_request *rq, struct web_reply *rp, struct amendment_told_view *v,
			struct err *err)
{
	struct str token;

	if (!amendment_open_session(&rq->ctx, v->a->id, &token, err))
		return false;
	bool drawn = draw(rq, rp, v, err);
	web_set_cookie(rp, COOKIE, token, AMENDMENT_SESSION_S);
	return drawn;
}

static bool entered(struct web_request *rq, struct amendment *a, bool *found, struct err *err)
{
	return amendment_session(&rq->ctx, web_cookie(rq, COOKIE), a, found, err);
}

bool amendment_progress_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_told_view v = { .a = NULL };
	struct amendment a;
	bool found = false;

	if (rq->method == METHOD_POST)
		v.number = web_text(rq, "number"); /* refused: shown again, whoever is in already */
	else if (!entered(rq, &a, &found, err))
		return false;
	if (found)
		v.a = &a;
	return draw(rq, rp, &v, err);
}

static bool tell_json(struct web_reply *rp, const struct amendment *a)
{
	bool told = a->state == AMENDMENT_CLOSED;
	struct str state = amendment_state_code(a->state);
	struct str result = told ? amendment_result_code(a->result) : STR_NONE;

	web_header(rp, "Cache-Control", STR("no-store"));
	const char *letter = told && a->letter.known ? "/amend/progress/letter.pdf" : NULL;
	return web_json(rp, json_pack("{s:s%, s:s%, s:s%, s:s?}", "number", a->number.ptr,
				      a->number.len, "state", state.ptr, state.len, "result",
				      result.ptr, result.len, "letter", letter));
}

bool amendment_progress_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment a;
	bool found;

	if (!entered(rq, &a, &found, err))
		return false;
	return found ? tell_json(rp, &a) :
		       err_set(err, ERR_NOT_FOUND, "amendment.enter_first", " ");
}

bool amendment_progress_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum code_verdict verdict;
	struct amendment a;
	struct str token;
	bool found;

	if (!amendment_enter(&rq->ctx, web_text(rq, "number"), web_text(rq, "code"), rq->remote,
			     &verdict, &token, err))
		return false;
	if (verdict != CODE_RIGHT) {
		const char *key = verdict == CODE_LIMITED ? "amendment.limited" :
							    "amendment.wrong_code";
		web_field_error(rq, "number",
				message_text(rq->ctx.arena, rq->ctx.locale, key, STR_NONE));
		return web_form_again(rq, rp, amendment_progress_page, err);
	}
	if (!amendment_session(&rq->ctx, token, &a, &found, err))
		return false;
	web_set_cookie(rp, COOKIE, token, AMENDMENT_SESSION_S);
	return rq->wants_json ? tell_json(rp, &a) : web_redirect(rp, STR("/amend/progress"), NULL);
}

bool amendment_leave_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str token = web_cookie(rq, COOKIE);

	if (token.len > 0 && !amendment_leave(&rq->ctx, token, err))
		return false;
	web_set_cookie(rp, COOKIE, STR_NONE, 0);
	return web_redirect(rp, STR("/amend"), "amendment.left");
}

/* ---- the letter that was served; every other is not there */

static bool served(struct web_request *rq, struct letter *l, struct err *err)
{
	struct amendment a;
	bool found;

	if (!entered(rq, &a, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "amendment.enter_first", " ");
	if (!amendment_served(&rq->ctx, &a, l, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "amendment.no_letter", " ");
}

bool amendment_letter_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_told_view v = { .a = NULL };

	if (!served(rq, &v.letter, err))
		return false;
	v.paper = letter_official(rq->ctx.arena, &v.letter);
	struct page page = { .title = v.letter.title };
	web_header(rp, "Cache-Control", STR("no-store"));
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_letter_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool amendment_letter_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = web_reply_arena(rp);
	struct letter l;
	struct str bytes;

	web_header(rp, "Cache-Control", STR("no-store"));
	return served(rq, &l, err) && letter_pdf(&rq->ctx, a, &l, &bytes, err) &&
	       web_bytes(rp, "application/pdf", bytes, DOWNLOAD,
			 str_format(a, STR_FMT ".pdf", STR_ARG(l.number)));
}
