/*
 * list_pages.c - the register on screen, and the same rows as files: what
 * is exported is what the filter on screen shows (export_pages.c).
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "casework/casework_view.h"
#include "casework/export_view.h"
#include "casework_html.h"
#include "web/pairs.h"

enum { EXCERPT = 40 };

static const char *const state_codes[] = { "open",	"late",	  "confirming", "handling",
					   "correcting", "inquiring", "unpaid", "decided",
					   "served",	 "closed", NULL };
static const char *const order_codes[] = { "up", "down", NULL };

const struct field register_query[] = {
	{ .name = "state", .label = "状态", .kind = FIELD_CHOICE, .choices = state_codes },
	{ .name = "year", .label = "收到年份", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	{ .name = "number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	{ .name = "unit", .label = "承办单位", .kind = FIELD_TEXT, .max = 40 },
	{ .name = "order", .label = "按编号排序", .kind = FIELD_CHOICE, .choices = order_codes },
	{ .name = "after", .label = "位置", .kind = FIELD_TEXT, .max = 200 },
	FIELD_END
};

/* ---- the filter */

static bool read_filter(struct web_request *rq, struct desk_filter *f, struct err *err)
{
	struct str unit = web_text(rq, "unit"), order = web_text(rq, "order");
	struct unit found_unit;
	bool found;

	*f = (struct desk_filter){ .unit = request_scope(rq),
				   .state = web_text(rq, "state"),
				   .year = (int)web_int(rq, "year", 0),
				   .number = web_text(rq, "number") };
	if (str_equal_c(order, "up"))
		f->order = DESK_NUMBER_UP;
	if (str_equal_c(order, "down"))
		f->order = DESK_NUMBER_DOWN;
	if (unit.len == 0 || !web_may(rq, PERM_SITE_READ))
		return true;
	if (!agency_unit_by_code(&rq->ctx, unit, &found_unit, &found, err))
		return false;
	if (!found)
		web_field_error(rq, "unit", STR("没有这个代码的单位：请从列表中选择。"));
	f->unit = (struct opt_int){ found, found ? found_unit.id.n : 0 };
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

/* The same filter at another address, in another order, from another place. */
static struct str link_to(struct web_request *rq, const char *path, struct str order,
			  struct str after)
{
	static const char *const kept[] = { "state", "year", "number", "unit" };
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 200, 4 * KIB);

	buf_add_c(&b, path);
	for (size_t i = 0; i < COUNT_OF(kept); i++)
		add_parameter(a, &b, kept[i], web_text(rq, kept[i]));
	add_parameter(a, &b, "order", order);
	add_parameter(a, &b, "after", after);
	return buf_str(&b);
}

static void fill_choices(struct web_request *rq, struct register_view *v,
			 const struct request_units *units)
{
	const struct str *codes, *labels;
	struct arena *a = rq->ctx.arena;

	v->states_count = desk_states(&codes, &labels);
	v->states = ARENA_ARRAY(a, v->states_count, struct choice);
	for (size_t i = 0; i < v->states_count; i++)
		v->states[i] = (struct choice){ .value = codes[i], .label = labels[i] };
	v->units_count = units->count + 1;
	v->units = ARENA_ARRAY(a, v->units_count, struct choice);
	v->units[0] = (struct choice){ .value = STR_NONE, .label = STR("全部单位") };
	for (size_t i = 0; i < units->count; i++)
		v->units[i + 1] = (struct choice){ .value = units->list[i].code,
						   .label = units->list[i].name };
	v->state = web_text(rq, "state");
	v->year = web_text(rq, "year");
	v->number = web_text(rq, "number");
	v->unit = web_text(rq, "unit");
	v->order = web_text(rq, "order");
	v->filtered = v->state.len + v->year.len + v->number.len + v->unit.len > 0;
}

static void fill_columns(struct web_request *rq, struct register_view *v)
{
	bool up = str_equal_c(v->order, "up"), down = str_equal_c(v->order, "down");
	struct str turned = up ? STR("down") : STR("up");

	v->columns[v->columns_count++] = (struct column){
		.label = STR("登记编号"),
		.sort_href = link_to(rq, "/desk/requests", turned, STR_NONE),
		.sorted_up = up,
		.sorted_down = down,
	};
	if (v->all_units)
		v->columns[v->columns_count++] = (struct column){ .label = STR("承办单位") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("申请人类别") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("申请内容") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("收到申请之日") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("状态") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("答复期限") };
	v->columns[v->columns_count++] = (struct column){ .label = STR("处理结果") };
}

/* The other filters stay as they are; the chosen state once more is all states again. */
static bool fill_facets(struct web_request *rq, struct register_view *v,
			const struct desk_filter *f, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct desk_facet *list;

	if (!desk_facets(&rq->ctx, f, &list, &v->facets_count, err))
		return false;
	struct register_facet *facets = ARENA_ARRAY(a, v->facets_count, struct register_facet);
	for (size_t i = 0; i < v->facets_count; i++) {
		static const char *const kept[] = { "year", "number", "unit" };
		bool current = str_equal(v->state, list[i].state);
		struct buf b = buf_open(a, 200, 4 * KIB);
		buf_add_c(&b, "/desk/requests");
		add_parameter(a, &b, "state", current ? STR_NONE : list[i].state);
		for (size_t k = 0; k < COUNT_OF(kept); k++)
			add_parameter(a, &b, kept[k], web_text(rq, kept[k]));
		facets[i] = (struct register_facet){ list[i].label, buf_str(&b), list[i].count,
						     current };
	}
	v->facets = facets;
	return true;
}

static bool fill_rows(struct web_request *rq, struct register_view *v,
		      const struct desk_filter *f, const struct request_units *units,
		      struct err *err)
{
	struct str after = web_text(rq, "after"), next;
	struct request *found;

	if (!desk_page(&rq->ctx, f, after, LIMIT_ROWS_PER_PAGE, &found, &v->count, &next, err) ||
	    !desk_open_counts(&rq->ctx, f->unit, &v->open, &v->late, err))
		return false;
	struct register_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct register_row);
	for (size_t i = 0; i < v->count; i++) {
		struct str whole = found[i].content, shown = utf8_prefix(whole, EXCERPT);
		rows[i].r = &found[i];
		rows[i].unit = request_unit_name(units, found[i].unit.n);
		rows[i].content = shown.len < whole.len ?
					  str_concat(rq->ctx.arena, shown, STR("…")) : shown;
		rows[i].result = request_result(&found[i]);
		rows[i].colour = request_state_colour(found[i].state);
		rows[i].late = !found[i].closed_on.known && found[i].due.known &&
			       date_compare(found[i].due.v, rq->ctx.today) < 0;
	}
	v->rows = rows;
	if (next.len > 0)
		v->pager.next_href = link_to(rq, "/desk/requests", v->order, next);
	if (after.len > 0)
		v->pager.previous_href = link_to(rq, "/desk/requests", v->order, STR_NONE);
	return true;
}

bool register_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct register_view v = { .all_units = web_may(rq, PERM_SITE_READ),
				       .may_write = web_may(rq, PERM_REQUEST_WRITE),
				       .may_import = web_may(rq, PERM_REQUEST_IMPORT) };
	struct request_units units;
	struct desk_filter f;

	if (!read_filter(rq, &f, err) || !request_units_load(&rq->ctx, &units, err))
		return false;
	fill_choices(rq, &v, &units);
	fill_columns(rq, &v);
	v.form = web_form_state(rq);
	if (v.form.errors_count > 0)
		web_status(rp, 422);
	else if (!fill_rows(rq, &v, &f, &units, err) || !fill_facets(rq, &v, &f, err))
		return false;
	if (!saved_rows(rq, &v.saved, &v.saved_count, err))
		return false;
	v.keep_href = link_to(rq, "/desk/filters", v.order, STR_NONE);
	v.csv_href = link_to(rq, "/desk/requests.csv", v.order, STR_NONE);
	v.xlsx_href = link_to(rq, "/desk/requests.xlsx", v.order, STR_NONE);
	struct page page = { .title = STR("依申请公开"),
			     .errors = v.form.errors_count,
			     .json = link_to(rq, "/desk/requests.json", v.order, STR_NONE) };
	struct html *h = web_page_begin(rq, rp, &page);
	register_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool register_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request_units units;
	struct desk_filter f;
	struct request *rows;
	struct str next;
	size_t count;

	if (!read_filter(rq, &f, err) || !request_units_load(&rq->ctx, &units, err))
		return false;
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, register_page, err);
	if (!desk_page(&rq->ctx, &f, web_text(rq, "after"), LIMIT_ROWS_PER_PAGE, &rows, &count,
		       &next, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
				      request_json(rq->ctx.arena, &rows[i],
						   request_unit_name(&units, rows[i].unit.n)));
	json_t *out = json_pack("{s:o}", "items", items);
	if (next.len > 0) {
		struct str href = link_to(rq, "/desk/requests.json", web_text(rq, "order"), next);
		json_object_set_new(out, "next", json_stringn(href.ptr, href.len));
	}
	return web_json(rp, out);
}

/* ---- files */

static bool next_page(struct ctx *ctx, const void *arg, struct str place, size_t max,
		      struct request **rows, size_t *count, struct str *next, struct err *err)
{
	return desk_page(ctx, arg, place, max, rows, count, next, err);
}

static bool filter_of_export(struct web_request *rq, struct desk_filter *f, struct err *err)
{
	if (!read_filter(rq, f, err))
		return false;
	return web_field_errors(rq) == 0 || err_set(err, ERR_INVALID, "request.bad_filter", " ");
}

bool register_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_filter f;
	struct export_source source = { next_page, &f, STR("依申请公开"), false };

	return filter_of_export(rq, &f, err) && export_csv(rq, rp, &source, err);
}

bool register_xlsx(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_filter f;
	struct export_source source = { next_page, &f, STR("依申请公开"), false };

	return filter_of_export(rq, &f, err) && export_xlsx(rq, rp, &source, err);
}
