/* fee_list_pages.c - the fees of a unit or the site, by what has become of them; as a file. */
#include "fee/fee_view.h"
#include "fee_html.h"

#include "base/limits.h"

static const char *const state_codes[] = { "sent", "due",    "late", "paid",
					   "lapsed", "dropped", NULL };

const struct field fee_list_query[] = {
	{ .name = "state", .label = "状态", .kind = FIELD_CHOICE, .choices = state_codes },
	{ .name = "year", .label = "通知年份", .kind = FIELD_INT, .low = 2021, .high = 2199 },
	REQUEST_UNIT_FIELD("单位"),
	LIST_PLACE,
	FIELD_END
};

static bool read_filter(struct web_request *rq, struct fee_filter *f, struct err *err)
{
	enum fee_state state;

	*f = (struct fee_filter){ .year = (int)web_int(rq, "year", 0) };
	if (fee_state_from(web_text(rq, "state"), &state))
		f->state = (struct opt_int){ true, state };
	return list_filter_good(rq, err) && request_unit_asked(rq, &f->unit, err);
}

static void fill_choices(struct web_request *rq, struct fee_list_view *v,
			 const struct request_units *units)
{
	struct arena *a = rq->ctx.arena;

	v->states_count = FEE_STATES + 1;
	v->states = ARENA_ARRAY(a, v->states_count, struct choice);
	v->states[0] = (struct choice){ .label = STR("全部") };
	for (int s = 0; s < FEE_STATES; s++)
		v->states[s + 1] = (struct choice){ .value = fee_state_code((enum fee_state)s),
						    .label = fee_state_label((enum fee_state)s) };
	v->units = request_unit_choices(a, units, &v->units_count);
	v->state = web_text(rq, "state");
	v->year = web_text(rq, "year");
	v->unit = web_text(rq, "unit");
	v->filtered = list_is_filtered(rq);
}

static bool fill(struct web_request *rq, struct fee_list_view *v, struct err *err)
{
	struct request_units units;
	struct fee_filter f;
	struct fee *list;

	if (!read_filter(rq, &f, err) || !request_units_load(&rq->ctx, &units, err) ||
	    !fee_list(&rq->ctx, &f, list_place(rq), LIMIT_ROWS_PER_PAGE, &list, &v->count,
		      &v->next, err) ||
	    !fee_totals_of(&rq->ctx, &f, &v->totals, err))
		return false;
	struct fee_filter over = { .unit = f.unit, .state = { true, FEE_STATE_LATE } };
	struct fee_totals late;
	if (!fee_totals_of(&rq->ctx, &over, &late, err))
		return false;
	v->late = late.notices;
	struct fee_list_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct fee_list_row);
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct fee_list_row){ &list[i],
						 request_unit_name(&units, list[i].facts.unit.n) };
	v->rows = rows;
	v->all_units = web_may(rq, PERM_SITE_READ);
	v->may_settle = web_may(rq, PERM_REQUEST_DECIDE);
	fill_choices(rq, v, &units);
	v->foot = list_foot(rq, v->count, (struct opt_int){ true, v->totals.notices }, INT64_MAX,
			    v->next, LIST_WITH_FILES);
	return true;
}

bool fee_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_list_view v = { .all_units = false };

	if (!fill(rq, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("信息处理费"), STR_NONE } };
	struct page page = { .title = STR("信息处理费"),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	fee_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool fee_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_list_view v = { .all_units = false };

	if (!fill(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, fee_as_json(rq->ctx.arena, v.rows[i].fee,
							 v.rows[i].unit));
	json_t *out = list_as_json(rq, items, v.next);
	json_object_set_new(out, "notices", json_integer(v.totals.notices));
	json_object_set_new(out, "charged_fen", json_integer(v.totals.charged));
	json_object_set_new(out, "paid_fen", json_integer(v.totals.paid));
	json_object_set_new(out, "refunded_fen", json_integer(v.totals.refunded));
	return web_json(rp, out);
}

/* ---- as a file */

struct give { struct fee_filter filter; struct request_units units; };

static bool give_row(struct list_writer *w, struct arena *a, const struct fee *fee,
		     struct str unit, struct err *err)
{
	const struct request_fee *f = &fee->facts;
	const struct str cells[] = {
		fee->number,
		unit,
		fee->has_kind ? fee_kind_label(fee->kind) : STR_NONE,
		fee_quantity_text(a, fee),
		fee_yuan(a, f->fen),
		date_iso(a, f->told_on),
		list_day(a, f->served_on),
		list_day(a, f->pay_until),
		fee_state_label(fee->state),
		list_day(a, f->paid_on),
		list_day(a, f->refunded_on),
		f->refunded_on.known ? fee_yuan(a, f->refunded_fen) : STR_NONE,
	};

	return list_row(w, cells, err);
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct fee *list;
	size_t count;

	if (!fee_list(ctx, &g->filter, place, LIST_FILE_ROWS, &list, &count, next, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!give_row(w, ctx->arena, &list[i],
			      request_unit_name(&g->units, list[i].facts.unit.n), err))
			return false;
	return true;
}

bool fee_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = {
		STR_INIT("登记编号"), STR_INIT("单位"),	  STR_INIT("收费标准"), STR_INIT("计费数量"),
		STR_INIT("金额（元）"), STR_INIT("通知日期"), STR_INIT("送达日期"), STR_INIT("缴费期限"),
		STR_INIT("状态"),	  STR_INIT("缴费日期"), STR_INIT("退付日期"), STR_INIT("退付金额（元）"),
	};
	struct give g;
	const struct list_file file = { STR("信息处理费"), heads, COUNT_OF(heads), give_page, &g };

	return read_filter(rq, &g.filter, err) && request_units_load(&rq->ctx, &g.units, err) &&
	       list_send(rq, rp, &file, err);
}
