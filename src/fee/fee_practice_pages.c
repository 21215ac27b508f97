/* fee_practice_pages.c - how a unit charges, and the tariffs for everybody. */
#include "base/json.h"
#include "fee/fee_view.h"
#include "fee_html.h"

static const char *const tariff_codes[] = { "piece", "quantity", NULL };

const struct field fee_practice_form[] = {
	{ .name = "tariff", .label = "通常采用的标准", .kind = FIELD_CHOICE, .required = true,
	  .choices = tariff_codes },
	{ .name = "ended_count", .label = "撤回的、逾期不补正的仍计入件数", .kind = FIELD_BOOL },
	{ .name = "quantity_counts", .label = "按量计收的也计入件数", .kind = FIELD_BOOL },
	{ .name = "sheet_pages", .label = "大于A4的单面折算的页数", .kind = FIELD_INT, .required = true,
	  .low = 1, .high = FEE_SHEET_PAGES_MAX },
	{ .name = "pay_how", .label = "缴纳方式", .kind = FIELD_LINES, .required = true,
	  .max = FEE_HOW_BYTES },
	FIELD_END
};
const struct field fee_public_query[] = {
	{ .name = "requests", .label = "一个月内的申请件数", .kind = FIELD_INT, .low = 1,
	  .high = FEE_UNITS_MAX },
	{ .name = "pages", .label = "一件申请的页数", .kind = FIELD_INT, .low = 1,
	  .high = FEE_UNITS_MAX },
	FIELD_END
};

bool fee_practice_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_practice_view v = { .form = web_form_state(rq) };
	struct fee_practice p;

	if (!fee_practice_of(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &p, err))
		return false;
	v.tariff = fee_kind_code(p.kind);
	v.sheet_pages = str_format(rq->ctx.arena, "%d", p.sheet_pages);
	v.pay_how = p.pay_how;
	v.ended_count = p.ended_count;
	v.quantity_counts = p.quantity_counts;
	if (rq->method == METHOD_POST) {
		v.tariff = web_text(rq, "tariff");
		v.sheet_pages = web_text(rq, "sheet_pages");
		v.pay_how = web_text(rq, "pay_how");
		v.ended_count = web_has(rq, "ended_count");
		v.quantity_counts = web_has(rq, "quantity_counts");
	}
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("信息处理费"), STR("/desk/fees") },
				  { STR("收取方式"), STR_NONE } };
	struct page page = { .title = STR("信息处理费的收取方式"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	fee_practice_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool fee_practice_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_practice p = { .ended_count = web_has(rq, "ended_count"),
				  .quantity_counts = web_has(rq, "quantity_counts"),
				  .sheet_pages = (int)web_int(rq, "sheet_pages", 0),
				  .pay_how = web_text(rq, "pay_how") };

	(void)fee_kind_from(web_text(rq, "tariff"), &p.kind); /* the choices are these codes */
	return fee_set_practice(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &p, err) &&
	       web_redirect(rp, STR("/desk/fee-practice"), "request.settled");
}

/* ---- for everybody: the tariffs of today, and what so many requests or pages come to */

static void fill_public(struct web_request *rq, struct fee_public_view *v)
{
	struct form_state form = web_form_state(rq);
	const struct fee_tariff *piece = fee_tariff_on(FEE_BY_PIECE, rq->ctx.today);
	const struct fee_tariff *quantity = fee_tariff_on(FEE_BY_QUANTITY, rq->ctx.today);
	int64_t requests = web_int(rq, "requests", 0), pages = web_int(rq, "pages", 0);

	*v = (struct fee_public_view){ .requests = web_text(rq, "requests"),
				       .pages = web_text(rq, "pages") };
	if (form.errors_count > 0)
		v->error = form.errors[0].text;
	v->has_requests = piece != NULL && requests > 0;
	v->has_pages = quantity != NULL && pages > 0;
	if (v->has_requests) {
		v->month = fee_work(rq->ctx.arena, piece, 1, requests);
		v->last = fee_work(rq->ctx.arena, piece, requests, requests);
	}
	if (v->has_pages)
		v->copies = fee_work(rq->ctx.arena, quantity, 1, pages);
}

bool fee_public_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_public_view v;

	(void)err;
	fill_public(rq, &v);
	struct page page = { .title = STR("信息处理费"), .json = STR("/fee.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	fee_public_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *tariff_json(const struct fee_tariff *t)
{
	json_t *bands = json_array(), *out = json_object();

	for (size_t i = 0; i < t->bands_count; i++) {
		const struct fee_band *b = &t->bands[i];
		json_t *band = json_pack("{s:I, s:I, s:I, s:I}", "first", (json_int_t)b->first,
					 "fen", (json_int_t)b->fen, "step", (json_int_t)b->step,
					 "rise", (json_int_t)b->rise);
		json_object_set_new(band, "last",
				    b->last != 0 ? json_integer(b->last) : json_null());
		json_array_append_new(bands, band);
	}
	json_object_set_new(out, "tariff", json_text(str_from_c(t->code)));
	json_object_set_new(out, "label", json_text(t->label));
	json_object_set_new(out, "basis", json_text(t->basis));
	json_object_set_new(out, "bands", bands);
	return out;
}

bool fee_public_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	json_t *tariffs = json_array(), *out = json_object();
	struct arena *a = rq->ctx.arena;
	struct fee_public_view v;

	(void)err;
	fill_public(rq, &v);
	for (int k = 0; k < FEE_KINDS; k++) {
		const struct fee_tariff *t = fee_tariff_on((enum fee_kind)k, rq->ctx.today);
		if (t != NULL)
			json_array_append_new(tariffs, tariff_json(t));
	}
	json_object_set_new(out, "tariffs", tariffs);
	json_object_set_new(out, "month",
			    v.has_requests ? fee_work_json(a, &v.month) : json_null());
	json_object_set_new(out, "last_request",
			    v.has_requests ? fee_work_json(a, &v.last) : json_null());
	json_object_set_new(out, "copies",
			    v.has_pages ? fee_work_json(a, &v.copies) : json_null());
	return web_json(rp, out);
}
