/*
 * statistics_pages.c - the form in which a unit types the figures of table 二
 * that no record counts yet, each with its source.
 */
#include "statistics/statistics_pages.h"

#include "account/permission.h"
#include "base/buf.h"
#include "statistics/statistics_view.h"
#include "statistics_html.h"

enum { CELLS_MAX = 32, VALUE_BYTES = 24, SOURCE_BYTES = 500 };

static int year_of(struct web_request *rq)
{
	return (int)web_int(rq, "year", date_year(rq->ctx.today) - 1);
}

static bool fill(struct web_request *rq, struct entry_view *view, struct entry_row *rows,
		 struct err *err)
{
	struct unit unit;
	struct table2 t2;
	size_t count;
	struct scope scope = { .year = year_of(rq), .unit = { true, rq->ctx.actor.unit_id } };

	scope.form = form_of_year(scope.year);
	if (!agency_unit(&rq->ctx, (struct unit_id){ scope.unit.v }, &unit, err) ||
	    !statistics_table2(&rq->ctx, &scope, &t2, err))
		return false;
	const struct form_cell2 *cells = form_table2(scope.form, &count);
	for (size_t i = 0; i < count; i++) {
		rows[i].cell = &cells[i];
		if (rq->method == METHOD_POST) { /* refused: what was typed stands again */
			rows[i].value = web_text_at(rq, "value[]", i);
			rows[i].source = web_text_at(rq, "source[]", i);
		} else if (t2.cell[i].known) {
			rows[i].value = figure_print(rq->ctx.arena, t2.cell[i].hundredths);
			rows[i].source = t2.cell[i].source;
		}
		view->missing += t2.cell[i].known ? 0 : 1;
	}
	view->rows = rows;
	view->rows_count = count;
	view->unit_name = unit.name;
	view->year = scope.year;
	view->previous = scope.year - 1;
	view->next = scope.year + 1;
	return true;
}

static bool entries_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct entry_view view = { .form = web_form_state(rq) };
	struct entry_row rows[CELLS_MAX] = { 0 };

	if (!fill(rq, &view, rows, err))
		return false;
	for (size_t i = 0; i < view.form.errors_count; i++) {
		struct str field = str_from_c(view.form.errors[i].field);
		uint64_t at;
		bool value = str_take_str(&field, STR("value-"));
		if (!value && !str_take_str(&field, STR("source-")))
			continue;
		if (str_take_u64(&field, CELLS_MAX - 1, &at))
			*(value ? &rows[at].value_error : &rows[at].source_error) =
				view.form.errors[i].text;
	}
	struct page page = { .title = STR("主动公开统计填报"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	statistics_entries_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static const char *field_name(struct arena *a, const char *kind, size_t i)
{
	return str_to_c(a, str_format(a, "%s-%zu", kind, i));
}

/* An empty value with an empty source is left as it was; a value needs its source. */
static bool save_cell(struct web_request *rq, int year, size_t i, struct err *err)
{
	struct str value = web_text_at(rq, "value[]", i), source = web_text_at(rq, "source[]", i);
	struct unit_id unit = { rq->ctx.actor.unit_id };
	int64_t hundredths;

	if (value.len == 0 && source.len == 0)
		return true;
	if (!figure_parse(value, &hundredths)) {
		web_field_error(rq, field_name(rq->ctx.arena, "value", i),
				STR("请填写数字，例如 12 或 7730.28；没有的填0。"));
		return true;
	}
	if (statistics_enter(&rq->ctx, unit, year, form_of_year(year), (int)i, hundredths, source,
			     err))
		return true;
	if (err->code != ERR_INVALID)
		return false;
	web_field_error(rq,
			field_name(rq->ctx.arena,
				   str_equal_c(STR("source"), err->field) ? "source" : "value", i),
			err_text(rq->ctx.arena, rq->ctx.locale, err));
	err_clear(err);
	return true;
}

static bool entries_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int year = year_of(rq);
	size_t count;

	(void)form_table2(form_of_year(year), &count);
	if (web_count(rq, "value[]") != count || web_count(rq, "source[]") != count)
		return err_set(err, ERR_INVALID, "statistics.bad_form", "%zu", count);
	for (size_t i = 0; i < count; i++)
		if (!save_cell(rq, year, i, err))
			return false;
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, entries_page, err);
	return web_redirect(rp, str_format(rq->ctx.arena, "/desk/statistics?year=%d", year),
			    "statistics.saved");
}

static bool entries_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct entry_view view = { 0 };
	struct entry_row rows[CELLS_MAX] = { 0 };

	if (!fill(rq, &view, rows, err))
		return false;
	json_t *cells = json_array();
	for (size_t i = 0; i < view.rows_count; i++)
		json_array_append_new(cells, json_pack("{s:s%, s:s%, s:s%, s:s%, s:s%}",
			"section", rows[i].cell->section.ptr, rows[i].cell->section.len,
			"row", rows[i].cell->row.ptr, rows[i].cell->row.len,
			"column", rows[i].cell->column.ptr, rows[i].cell->column.len,
			"value", rows[i].value.ptr, rows[i].value.len,
			"source", rows[i].source.ptr, rows[i].source.len));
	return web_json(rp, json_pack("{s:i, s:s%, s:o}", "year", view.year, "unit",
				      view.unit_name.ptr, view.unit_name.len, "cells", cells));
}

static const struct field year_query[] = {
	{ .name = "year", .label = "年度", .kind = FIELD_INT, .low = 2019, .high = 2100 },
	FIELD_END
};
static const struct field entries_form[] = {
	{ .name = "year", .label = "年度", .kind = FIELD_INT, .required = true, .low = 2019, .high = 2100 },
	{ .name = "value[]", .label = "数字", .kind = FIELD_TEXT, .many = true, .max = VALUE_BYTES },
	{ .name = "source[]", .label = "数据来源", .kind = FIELD_TEXT, .many = true, .max = SOURCE_BYTES },
	FIELD_END
};

static const struct field avoided_query[] = {
	{ .name = "year", .label = "年度", .kind = FIELD_INT, .low = 2019, .high = 2199 },
	{ .name = "unit", .label = "单位", .kind = FIELD_INT, .low = 1, .high = INT64_MAX },
	LIST_PLACE_ID,
	FIELD_END
};

const struct route statistics_routes[] = {
	{ METHOD_GET, "/desk/statistics", PERM_STATISTICS_WRITE, entries_page, .query = year_query,
	  .summary = "主动公开统计填报" },
	{ METHOD_GET, "/desk/statistics.json", PERM_STATISTICS_WRITE, entries_json,
	  .query = year_query, .flags = ROUTE_API, .summary = "主动公开统计填报（机器可读）" },
	{ METHOD_POST, "/desk/statistics", PERM_STATISTICS_WRITE, entries_post,
	  .form = entries_form, .summary = "保存统计填报" },
	{ METHOD_GET, "/request/avoided", PERM_PUBLIC, avoided_page, .query = avoided_query,
	  .summary = "不必提出的申请：件数和记录" },
	{ METHOD_GET, "/request/avoided.json", PERM_PUBLIC, avoided_json, .query = avoided_query,
	  .summary = "不必提出的申请（机器可读）" },
	ROUTE_END
};
