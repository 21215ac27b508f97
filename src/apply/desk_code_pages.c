/*
 * desk_code_pages.c - a query code handed out at the counter, to who came in person or lost it:
 * told once, in the answer of the POST, and kept nowhere.
 */
#include "apply/apply_view.h"
#include "apply_html.h"
#include "ledger/ledger.h"
#include "request/request_pages.h"

static bool own_of_path(struct web_request *rq, struct request *r, struct err *err)
{
	if (!request_of_path(rq, r, err))
		return false;
	return request_is_own(rq, r) || err_set(err, ERR_FORBIDDEN, "apply.code_not_yours", " ");
}

static bool draw(struct web_request *rq, struct web_reply *rp, struct desk_code_view *v)
{
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { v->r->number, str_format(rq->ctx.arena, "/desk/requests/%lld",
							     (long long)v->r->id.n) },
				  { STR("发放查询码"), STR_NONE } };
	struct page page = { .title = STR("发放查询码"),
			     .errors = v->form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };

	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	desk_code_html(h, v);
	web_page_end(rq, rp, &page);
	return true;
}

bool desk_code_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_code_view v = { .form = web_form_state(rq) };
	struct request r;

	if (!own_of_path(rq, &r, err))
		return false;
	v.r = &r;
	if (rq->method == METHOD_POST)
		v.reason = web_text(rq, "reason");
	return draw(rq, rp, &v);
}

/* Earlier codes end: one that was lost may be in other hands. */
static bool hand_out(struct ctx *ctx, struct request_id id, struct str reason, struct str *code,
		     struct err *err)
{
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = id.n,
				  .verb = "apply.hand_out_code",
				  .reason = reason };
	int64_t seq;

	return request_code_revoke(ctx, id, err) && request_code_make(ctx, id, code, err) &&
	       ledger_append(ctx, &e, &seq, err);
}

bool desk_code_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_code_view v = { .form = web_form_state(rq) };
	struct request r;

	if (!own_of_path(rq, &r, err) ||
	    !hand_out(&rq->ctx, r.id, str_trim(web_text(rq, "reason")), &v.code, err))
		return false;
	v.r = &r;
	if (!rq->wants_json)
		return draw(rq, rp, &v);
	apply_private(rp);
	return web_json(rp, json_pack("{s:s%, s:s%}", "number", r.number.ptr, r.number.len, "code",
				      v.code.ptr, v.code.len));
}
