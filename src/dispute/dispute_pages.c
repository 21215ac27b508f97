/*
 * dispute_pages.c - the list of proceedings, one proceeding, and their forms.
 */
#include "dispute/dispute_pages.h"

#include "account/permission.h"
#include "base/limits.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"

/* Whose proceedings somebody sees: all with SITE_READ, else the own unit's. */
static struct opt_int scope_of(const struct web_request *rq)
{
	return (struct opt_int){ !web_may(rq, PERM_SITE_READ), rq->ctx.actor.unit_id };
}

static bool list(struct web_request *rq, struct dispute_list_view *view, struct err *err)
{
	int64_t before = web_int(rq, "before", 0);
	struct dispute *rows;

	if (!dispute_list(&rq->ctx, scope_of(rq), before, LIMIT_ROWS_PER_PAGE, &rows, &view->count,
			  err))
		return false;
	view->rows = rows;
	if (view->count == LIMIT_ROWS_PER_PAGE)
		view->pager.next_href = str_format(rq->ctx.arena, "/desk/disputes?before=%lld",
						   (long long)rows[view->count - 1].id.n);
	if (before > 0)
		view->pager.previous_href = STR("/desk/disputes");
	return true;
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_list_view view = { .form = web_form_state(rq),
					  .may_write = web_may(rq, PERM_DISPUTE_WRITE) };

	if (rq->method == METHOD_POST) {
		view.route = web_text(rq, "route");
		view.case_no = web_text(rq, "case_no");
		view.organ = web_text(rq, "organ");
		view.accepted_on = web_text(rq, "accepted_on");
		view.request_number = web_text(rq, "request_number");
		struct dispute *rows;
		if (!dispute_list(&rq->ctx, scope_of(rq), 0, LIMIT_ROWS_PER_PAGE, &rows,
				  &view.count, err))
			return false;
		view.rows = rows;
	} else if (!list(rq, &view, err)) {
		return false;
	}
	struct page page = { .title = STR("行政复议、行政诉讼"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *json_of(struct arena *a, const struct dispute *d)
{
	struct str accepted = date_iso(a, d->accepted_on);
	struct str concluded = d->concluded_on.known ? date_iso(a, d->concluded_on.v) : STR_NONE;
	struct str route = dispute_route_code(d->route);
	struct str outcome = d->concluded ? dispute_outcome_code(d->outcome) : STR("pending");

	return json_pack("{s:I, s:s%, s:s%, s:s%, s:s%, s:s%, s:s%, s:s%}", "id",
			 (json_int_t)d->id.n, "case_no", d->case_no.ptr, d->case_no.len, "route",
			 route.ptr, route.len, "organ", d->organ.ptr, d->organ.len, "accepted_on",
			 accepted.ptr, accepted.len, "outcome", outcome.ptr, outcome.len, "result",
			 d->result.ptr, d->result.len, "concluded_on", concluded.ptr,
			 concluded.len);
}

static bool list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_list_view view = { 0 };

	if (!list(rq, &view, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < view.count; i++)
		json_array_append_new(items, json_of(rq->ctx.arena, &view.rows[i]));
	json_t *out = json_pack("{s:o}", "items", items);
	if (view.pager.next_href.len > 0)
		json_object_set_new(
			out, "next",
			json_stringn(view.pager.next_href.ptr, view.pager.next_href.len));
	return web_json(rp, out);
}

/* A date field that was refused has its error already. */
static bool open_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_open in = { .unit = { rq->ctx.actor.unit_id },
				   .case_no = web_text(rq, "case_no"),
				   .organ = web_text(rq, "organ"),
				   .accepted_on = web_date(rq, "accepted_on").v };
	struct str number = web_text(rq, "request_number");
	struct dispute_id id;

	(void)dispute_route_from(web_text(rq, "route"),
				 &in.route); /* the field's choices are these codes */
	if (number.len > 0) {
		struct request request;
		bool found;
		if (!request_by_number(&rq->ctx, number, &request, &found, err))
			return false;
		if (!found)
			web_field_error(rq, "request_number", STR("没有这个登记编号的申请：请核对，或留空。"));
		else
			in.request = (struct opt_int){ true, request.id.n };
	}
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, list_page, err);
	if (!dispute_open(&rq->ctx, &in, &id, err)) {
		if (err->field == NULL)
			return false;
		web_field_error(rq, err->field, err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
		return web_form_again(rq, rp, list_page, err);
	}
	return web_created(rp, str_format(rq->ctx.arena, "/desk/disputes/%lld", (long long)id.n),
			    "dispute.opened");
}

/* The proceeding of the path, if the reader may see it. */
static bool find(struct web_request *rq, struct dispute *d, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "?");
	if (!dispute_find(&rq->ctx, (struct dispute_id){ id }, d, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && d->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "%lld", (long long)id);
	return true;
}

static bool one_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_page_view view = { .form = web_form_state(rq) };
	struct request request;
	struct unit unit;

	if (!find(rq, &view.d, err) || !agency_unit(&rq->ctx, view.d.unit, &unit, err))
		return false;
	view.unit_name = unit.name;
	view.may_write = web_may(rq, PERM_DISPUTE_WRITE) && view.d.unit.n == rq->ctx.actor.unit_id;
	if (view.d.request.known) {
		if (!request_find(&rq->ctx, (struct request_id){ view.d.request.v }, &request, err))
			return false;
		view.request_number = request.number;
	}
	if (rq->method == METHOD_POST) {
		view.result = web_text(rq, "result");
		view.concluded_on = web_text(rq, "concluded_on");
	}
	struct page page = { .title = str_concat(rq->ctx.arena, STR("案件"), view.d.case_no),
			     .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_page_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool one_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute d;

	return find(rq, &d, err) && web_json(rp, json_of(rq->ctx.arena, &d));
}

static bool conclude_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str result = web_text(rq, "result");
	enum dispute_outcome outcome = DISPUTE_OTHER;
	struct dispute d;

	if (!find(rq, &d, err))
		return false;
	if (d.unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "dispute.not_yours", STR_FMT,
			       STR_ARG(d.case_no));
	if (!dispute_outcome_of(result, &outcome))
		web_field_error(
			rq, "result",
			STR("无法由此判断表四的列：请写明维持、驳回、撤销、变更、确认违法、责令、"
			    "终止、撤诉、调解或不予受理。"));
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, one_page, err);
	if (!dispute_conclude(&rq->ctx, d.id, outcome, result, web_date(rq, "concluded_on").v,
			      err)) {
		if (err->field == NULL)
			return false;
		web_field_error(rq, err->field, err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
		return web_form_again(rq, rp, one_page, err);
	}
	return web_redirect(rp, str_format(rq->ctx.arena, "/desk/disputes/%lld", (long long)d.id.n),
			    "dispute.concluded_now");
}

static const char *const route_codes[] = { "reconsideration", "litigation_direct",
					   "litigation_after_reconsideration", NULL };
static const struct field before_query[] = {
	{ .name = "before", .label = "位置", .kind = FIELD_INT, .low = 0, .high = INT64_MAX },
	FIELD_END
};
static const struct field open_form[] = {
	{ .name = "route", .label = "类型", .kind = FIELD_CHOICE, .required = true, .choices = route_codes },
	{ .name = "case_no", .label = "案号", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "organ", .label = "复议机关或法院", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "accepted_on", .label = "受理日期", .kind = FIELD_DATE, .required = true },
	{ .name = "request_number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	FIELD_END
};
static const struct field conclude_form[] = {
	{ .name = "result", .label = "决定或裁判内容", .kind = FIELD_TEXT, .required = true, .max = 500 },
	{ .name = "concluded_on", .label = "审结日期", .kind = FIELD_DATE, .required = true },
	FIELD_END
};

const struct route dispute_routes[] = {
	{ METHOD_GET, "/desk/disputes", PERM_REQUEST_READ, list_page, .query = before_query,
	  .summary = "行政复议、行政诉讼列表" },
	{ METHOD_GET, "/desk/disputes.json", PERM_REQUEST_READ, list_json, .query = before_query,
	  .flags = ROUTE_API, .summary = "行政复议、行政诉讼列表（机器可读）" },
	{ METHOD_POST, "/desk/disputes", PERM_DISPUTE_WRITE, open_post, .form = open_form,
	  .summary = "登记案件" },
	{ METHOD_GET, "/desk/disputes/:id", PERM_REQUEST_READ, one_page, .summary = "一个案件" },
	{ METHOD_GET, "/desk/disputes/:id.json", PERM_REQUEST_READ, one_json, .flags = ROUTE_API,
	  .summary = "一个案件（机器可读）" },
	{ METHOD_POST, "/desk/disputes/:id/conclude", PERM_DISPUTE_WRITE, conclude_post,
	  .form = conclude_form, .summary = "登记审结结果" },
	ROUTE_END
};
