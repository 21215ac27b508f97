/* fee_list_pages.c - the fees of a unit or the site, by what has become of them; as a file. */
#include "fee/fee_view.h"
#include "fee_html.h"

#include "base/buf.h"
#include "base/limits.h"
#include "office/write.h"
#include "web/pairs.h"

enum { EXPORT_PAGE = 500, EXPORT_BYTES = 16 * 1024 * 1024 };

static const char *const state_codes[] = { "sent", "due",    "late", "paid",
					   "lapsed", "dropped", NULL };

const struct field fee_list_query[] = {
	{ .name = "state", .label = "状态", .kind = FIELD_CHOICE, .choices = state_codes },
	{ .name = "year", .label = "通知年份", .kind = FIELD_INT, .low = 2021, .high = 2199 },
	{ .name = "unit", .label = "单位", .kind = FIELD_TEXT, .max = 40 },
	{ .name = "after", .label = "位置", .kind = FIELD_TEXT, .max = 60 },
	FIELD_END
};

static bool read_filter(struct web_request *rq, struct fee_filter *f, struct err *err)
{
	struct str unit = web_text(rq, "unit");
	enum fee_state state;
	struct unit named;
	bool found;

	*f = (struct fee_filter){ .unit = request_scope(rq), .year = (int)web_int(rq, "year", 0) };
	if (fee_state_from(web_text(rq, "state"), &state))
		f->state = (struct opt_int){ true, state };
	if (unit.len == 0 || !web_may(rq, PERM_SITE_READ))
		return true;
	if (!agency_unit_by_code(&rq->ctx, unit, &named, &found, err))
		return false;
	if (!found)
		web_field_error(rq, "unit", STR("没有这个代码的单位：请从列表中选择。"));
	f->unit = (struct opt_int){ found, found ? named.id.n : 0 };
	return true;
}

static void add_parameter(struct arena *a, struct buf *b, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_add_char(b, str_contains(buf_str(b), STR("?")) ? '&' : '?');
	buf_add_c(b, name);
	buf_add_char(b, '=');
	buf_add(b, percent_encode(a, value));
}

static struct str link_to(struct web_request *rq, const char *path, struct str after)
{
	static const char *const kept[] = { "state", "year", "unit" };
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 200, 4 * KIB);

	buf_add_c(&b, path);
	for (size_t i = 0; i < COUNT_OF(kept); i++)
		add_parameter(a, &b, kept[i], web_text(rq, kept[i]));
	add_parameter(a, &b, "after", after);
	return buf_str(&b);
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
	v->units_count = units->count + 1;
	v->units = ARENA_ARRAY(a, v->units_count, struct choice);
	v->units[0] = (struct choice){ .label = STR("全部单位") };
	for (size_t i = 0; i < units->count; i++)
		v->units[i + 1] = (struct choice){ .value = units->list[i].code,
						   .label = units->list[i].name };
	v->state = web_text(rq, "state");
	v->year = web_text(rq, "year");
	v->unit = web_text(rq, "unit");
	v->filtered = v->state.len + v->year.len + v->unit.len > 0;
}

static bool fill(struct web_request *rq, struct fee_list_view *v, struct err *err)
{
	struct request_units units;
	struct fee_filter f;
	struct fee *list;
	struct str next;

	if (!read_filter(rq, &f, err) || !request_units_load(&rq->ctx, &units, err) ||
	    !fee_list(&rq->ctx, &f, web_text(rq, "after"), LIMIT_ROWS_PER_PAGE, &list, &v->count,
		      &next, err) ||
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
	v->csv_href = link_to(rq, "/desk/fees.csv", STR_NONE);
	if (next.len > 0)
		v->pager.next_href = link_to(rq, "/desk/fees", next);
	if (web_text(rq, "after").len > 0)
		v->pager.previous_href = link_to(rq, "/desk/fees", STR_NONE);
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
			     .errors = web_field_errors(rq),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = link_to(rq, "/desk/fees.json", web_text(rq, "after")) };
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
	json_t *items = json_array(), *out = json_object();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, fee_as_json(rq->ctx.arena, v.rows[i].fee,
							 v.rows[i].unit));
	json_object_set_new(out, "items", items);
	json_object_set_new(out, "notices", json_integer(v.totals.notices));
	json_object_set_new(out, "charged_fen", json_integer(v.totals.charged));
	json_object_set_new(out, "paid_fen", json_integer(v.totals.paid));
	json_object_set_new(out, "refunded_fen", json_integer(v.totals.refunded));
	json_object_set_new(out, "next",
			    v.pager.next_href.len > 0 ? fee_text_json(v.pager.next_href)
						      : json_null());
	return web_json(rp, out);
}

/* ---- as a file */

static bool to_buf(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || err_set(err, ERR_LIMIT, "request.export_too_large", "%d",
				    EXPORT_BYTES / (int)MIB);
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

static bool write_row(struct arena *a, struct csv_writer *csv, const struct fee *fee,
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
		day_text(a, f->served_on),
		day_text(a, f->pay_until),
		fee_state_label(fee->state),
		day_text(a, f->paid_on),
		day_text(a, f->refunded_on),
		f->refunded_on.known ? fee_yuan(a, f->refunded_fen) : STR_NONE,
	};

	return csv_row(csv, cells, COUNT_OF(cells), err);
}

static bool write_rows(struct web_request *rq, struct csv_writer *csv, struct err *err)
{
	struct request_units units;
	struct str place = STR_NONE, next = STR_NONE;
	struct fee_filter f;

	if (!read_filter(rq, &f, err) || !request_units_load(&rq->ctx, &units, err))
		return false;
	if (web_field_errors(rq) > 0)
		return err_set(err, ERR_INVALID, "request.bad_filter", " ");
	struct ctx ctx = rq->ctx; /* an arena apart: the rows go, the file stays */
	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	bool ok = true;
	do {
		struct fee *list;
		size_t count = 0;
		ok = fee_list(&ctx, &f, place, EXPORT_PAGE, &list, &count, &next, err);
		for (size_t i = 0; ok && i < count; i++)
			ok = write_row(ctx.arena, csv, &list[i],
				       request_unit_name(&units, list[i].facts.unit.n), err);
		place = str_copy(rq->ctx.arena, next);
		arena_reset(ctx.arena);
	} while (ok && place.len > 0);
	arena_close(ctx.arena);
	return ok;
}

bool fee_list_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = {
		STR_INIT("登记编号"), STR_INIT("单位"),	  STR_INIT("收费标准"), STR_INIT("计费数量"),
		STR_INIT("金额（元）"), STR_INIT("通知日期"), STR_INIT("送达日期"), STR_INIT("缴费期限"),
		STR_INIT("状态"),	  STR_INIT("缴费日期"), STR_INIT("退付日期"), STR_INIT("退付金额（元）"),
	};
	struct buf out = buf_open(web_reply_arena(rp), 64 * KIB, EXPORT_BYTES);
	struct csv_writer csv = csv_open(rq->ctx.arena, to_buf, &out);

	return csv_begin(&csv, true, err) && csv_row(&csv, heads, COUNT_OF(heads), err) &&
	       write_rows(rq, &csv, err) &&
	       web_bytes(rp, "text/csv; charset=utf-8", buf_str(&out), DOWNLOAD,
			 str_format(rq->ctx.arena, "信息处理费-" STR_FMT ".csv",
				    STR_ARG(date_iso(rq->ctx.arena, rq->ctx.today))));
}
