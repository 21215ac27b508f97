/* fee_routes_pages.c - the routes of fees, and what their pages share. */
#include "fee/fee_view.h"

#include "base/json.h"

enum tag_colour fee_state_colour(enum fee_state s)
{
	switch (s) {
	case FEE_STATE_SENT:
	case FEE_STATE_DUE:
		return TAG_YELLOW;
	case FEE_STATE_LATE:
		return TAG_RED;
	case FEE_STATE_PAID:
		return TAG_GREEN;
	case FEE_STATE_LAPSED:
	case FEE_STATE_DROPPED:
	case FEE_STATES:
		break;
	}
	return TAG_GREY;
}

json_t *fee_work_json(struct arena *a, const struct fee_work *work)
{
	json_t *lines = json_array(), *out = json_object();

	for (size_t i = 0; i < work->lines_count; i++) {
		const struct fee_line *l = &work->lines[i];
		json_array_append_new(
			lines, json_pack("{s:I, s:I, s:I, s:I, s:I}", "first", (json_int_t)l->first,
					 "last", (json_int_t)l->last, "count",
					 (json_int_t)l->count, "fen_each",
					 (json_int_t)l->fen_each, "fen", (json_int_t)l->fen));
	}
	json_object_set_new(out, "tariff", json_text(str_from_c(work->tariff->code)));
	json_object_set_new(out, "basis", json_text(work->tariff->basis));
	json_object_set_new(out, "first", json_integer(work->first));
	json_object_set_new(out, "last", json_integer(work->last));
	json_object_set_new(out, "lines", lines);
	json_object_set_new(out, "fen", json_integer(work->fen));
	json_object_set_new(out, "working", json_text(fee_work_text(a, work)));
	return out;
}

json_t *fee_as_json(struct arena *a, const struct fee *fee, struct str unit)
{
	const struct request_fee *f = &fee->facts;
	json_t *out = json_object();

	json_object_set_new(out, "request", json_integer(fee->request.n));
	json_object_set_new(out, "number", json_text(fee->number));
	json_object_set_new(out, "unit", json_text(unit));
	json_object_set_new(out, "state", json_text(fee_state_code(fee->state)));
	json_object_set_new(out, "tariff", json_text(f->tariff));
	json_object_set_new(out, "quantity", json_integer(f->quantity));
	json_object_set_new(out, "fen", json_integer(f->fen));
	json_object_set_new(out, "working", json_text(fee_working(a, fee)));
	json_object_set_new(out, "told_on",
			    json_day(a, (struct opt_date){ true, f->told_on }));
	json_object_set_new(out, "served_on", json_day(a, f->served_on));
	json_object_set_new(out, "pay_until", json_day(a, f->pay_until));
	json_object_set_new(out, "paid_on", json_day(a, f->paid_on));
	json_object_set_new(out, "refunded_on", json_day(a, f->refunded_on));
	json_object_set_new(out, "refunded_fen", json_integer(f->refunded_fen));
	return out;
}

const struct route fee_routes[] = {
	{ METHOD_GET, "/fee", PERM_PUBLIC, fee_public_page, .query = fee_public_query,
	  .summary = "信息处理费的标准和试算" },
	{ METHOD_GET, "/fee.json", PERM_PUBLIC, fee_public_json, .query = fee_public_query,
	  .flags = ROUTE_API, .summary = "信息处理费的标准和试算（机器可读）" },
	{ METHOD_GET, "/desk/requests/:id/fee", PERM_REQUEST_READ, fee_page, .query = fee_query,
	  .summary = "一件申请的信息处理费：计算、通知和缴纳情况" },
	{ METHOD_GET, "/desk/requests/:id/fee.json", PERM_REQUEST_READ, fee_json,
	  .query = fee_query, .flags = ROUTE_API,
	  .summary = "一件申请的信息处理费（机器可读）" },
	{ METHOD_POST, "/desk/requests/:id/fee", PERM_REQUEST_WRITE, fee_post, .form = fee_form,
	  .summary = "按一种标准通知缴费" },
	{ METHOD_GET, "/desk/requests/:id/fee-refund", PERM_REQUEST_DECIDE, fee_refund_page,
	  .summary = "退付信息处理费：填写" },
	{ METHOD_POST, "/desk/requests/:id/fee-refund", PERM_REQUEST_DECIDE, fee_refund_post,
	  .form = fee_refund_form, .summary = "登记退付信息处理费" },
	{ METHOD_GET, "/desk/fees", PERM_REQUEST_READ, fee_list_page, .query = fee_list_query,
	  .summary = "信息处理费列表" },
	{ METHOD_GET, "/desk/fees.json", PERM_REQUEST_READ, fee_list_json,
	  .query = fee_list_query, .flags = ROUTE_API, .summary = "信息处理费列表（机器可读）" },
	LIST_FILES("/desk/fees", PERM_REQUEST_READ, fee_list_file, fee_list_query, "信息处理费列表"),
	{ METHOD_GET, "/desk/fee-practice", PERM_REQUEST_DECIDE, fee_practice_page,
	  .summary = "信息处理费的收取方式" },
	{ METHOD_POST, "/desk/fee-practice", PERM_REQUEST_DECIDE, fee_practice_post,
	  .form = fee_practice_form, .summary = "确定信息处理费的收取方式" },
	ROUTE_END
};
