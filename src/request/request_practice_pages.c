/* request_practice_pages.c - the page on which a unit settles what the law leaves open. */
#include "request/request_view.h"
#include "request_html.h"

const struct field request_form_practice[] = {
	{ .name = "correction_days", .label = "补正期限（工作日）", .kind = FIELD_INT, .required = true,
	  .low = 1, .high = REQUEST_PRACTICE_DAYS_MAX },
	{ .name = "reasons_days", .label = "说明理由的期限（工作日）", .kind = FIELD_INT, .required = true,
	  .low = 1, .high = REQUEST_PRACTICE_DAYS_MAX },
	{ .name = "reasons_stop", .label = "等待说明理由期间不计算答复期限", .kind = FIELD_BOOL },
	FIELD_END
};

bool request_practice_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request_practice_view v = { .form = web_form_state(rq) };
	struct arena *a = rq->ctx.arena;
	struct request_practice p;

	if (!request_practice_of(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &p, err))
		return false;
	v.correction_days = str_format(a, "%d", p.correction_days);
	v.reasons_days = str_format(a, "%d", p.reasons_days);
	v.reasons_stop = p.reasons_stop;
	if (rq->method == METHOD_POST) {
		v.correction_days = web_text(rq, "correction_days");
		v.reasons_days = web_text(rq, "reasons_days");
		v.reasons_stop = web_has(rq, "reasons_stop");
	}
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("办理惯例"), STR_NONE } };
	struct page page = { .title = STR("办理惯例"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	request_practice_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool request_practice_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request_practice p = { .correction_days = (int)web_int(rq, "correction_days", 0),
				      .reasons_days = (int)web_int(rq, "reasons_days", 0),
				      .reasons_stop = web_has(rq, "reasons_stop") };

	return request_set_practice(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &p, err) &&
	       web_redirect(rp, STR("/desk/request-practice"), "request.settled");
}
