/*
 * list_pages.c - the register on screen, and the same rows as files: what
 * is exported is what the filter on screen shows (export_pages.c).
 */
#include "base/limits.h"
#include "casework/casework_view.h"
#include "casework/export_view.h"
#include "casework_html.h"

enum { EXCERPT = 40 };

static const char *const state_codes[] = { "open",	"late",	  "confirming", "handling",
					   "correcting", "inquiring", "unpaid", "decided",
					   "served",	 "closed", NULL };

const struct field register_query[] = {
	{ .name = "state", .label = "状态", .kind = FIELD_CHOICE, .choices = state_codes },
	{ .name = "year", .label = "收到年份", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	{ .name = "number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	REQUEST_UNIT_FIELD("承办单位"),
	LIST_ORDER("按编号排序"),
	LIST_PLACE,
	FIELD_END
};

/* ---- the filter */

static bool read_filter(struct web_request *rq, struct desk_filter *f, struct err *err)
{
	static const enum desk_order orders[] = { [LIST_UNSORTED] = DESK_NEWEST,
						  [LIST_UP] = DESK_NUMBER_UP,
						  [LIST_DOWN] = DESK_NUMBER_DOWN };

	*f = (struct desk_filter){ .state = web_text(rq, "state"),
				   .year = (int)web_int(rq, "year", 0),
				   .number = web_text(rq, "number"),
				   .order = orders[list_order(rq)] };
	return request_unit_asked(rq, &f->unit, err);
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
	v->units = request_unit_choices(a, units, &v->units_count);
	v->state = web_text(rq, "state");
	v->year = web_text(rq, "year");
	v->number = web_text(rq, "number");
	v->unit = web_text(rq, "unit");
	v->filtered = list_is_filtered(rq);
}

static void fill_columns(struct web_request *rq, struct register_view *v)
{
	v->columns[v->columns_count++] = list_sorted(rq, STR("登记编号"));
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
	struct list_tab *facets = ARENA_ARRAY(a, v->facets_count, struct list_tab);
	for (size_t i = 0; i < v->facets_count; i++) {
		bool current = str_equal(v->state, list[i].state);
		facets[i] = (struct list_tab){
			.label = list[i].label,
			.href = list_href_with(rq, "state", current ? STR_NONE : list[i].state),
			.count = { true, list[i].count },
			.current = current,
		};
	}
	v->facets = facets;
	return true;
}

static bool fill_rows(struct web_request *rq, struct register_view *v,
		      const struct desk_filter *f, const struct request_units *units,
		      struct err *err)
{
	struct request *found;
	struct str next;

	if (!desk_page(&rq->ctx, f, list_place(rq), LIMIT_ROWS_PER_PAGE, &found, &v->count, &next,
		       err) ||
	    !desk_open_counts(&rq->ctx, f->unit, &v->open, &v->late, err))
		return false;
	struct register_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct register_row);
	for (size_t i = 0; i < v->count; i++) {
		rows[i].r = &found[i];
		rows[i].unit = request_unit_name(units, found[i].unit.n);
		rows[i].content = list_excerpt(rq->ctx.arena, found[i].content, EXCERPT);
		rows[i].result = request_result(&found[i]);
		rows[i].colour = request_state_colour(found[i].state);
		rows[i].late = !found[i].closed_on.known && found[i].due.known &&
			       date_compare(found[i].due.v, rq->ctx.today) < 0;
	}
	v->rows = rows;
	v->foot = list_foot(rq, v->count, (struct opt_int){ .known = false }, 0, next,
			    LIST_WITH_FILES);
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
	v.keep_href = str_concat(rq->ctx.arena, STR("/desk/filters?"), list_filter(rq));
	struct page page = { .title = STR("依申请公开"),
			     .errors = v.form.errors_count,
			     .json = list_href(rq, ".json") };
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
	if (!desk_page(&rq->ctx, &f, list_place(rq), LIMIT_ROWS_PER_PAGE, &rows, &count, &next,
		       err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
				      request_json(rq->ctx.arena, &rows[i],
						   request_unit_name(&units, rows[i].unit.n)));
	return web_json(rp, list_as_json(rq, items, next));
}

/* ---- files */

static bool next_page(struct ctx *ctx, const void *arg, struct str place, size_t max,
		      struct request **rows, size_t *count, struct str *next, struct err *err)
{
	return desk_page(ctx, arg, place, max, rows, count, next, err);
}

bool register_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_filter f;
	struct export_source source = { next_page, &f, STR("依申请公开"), false };

	return read_filter(rq, &f, err) && export_send(rq, rp, &source, err);
}
