/*
 * report_store.c - rows of the tables of this folder into values.
 */
#include "report/inside.h"
#include "report_sql.h"

enum { ROWS_MAX = 1000, ERRATA_MAX = 200, NOTES_MAX = 200, LISTINGS_MAX = 10000 };

static const struct { struct str code, label; } states[REPORT_STATE_COUNT] = {
	[REPORT_DRAFT] = { STR_INIT("draft"), STR_INIT("起草中") },
	[REPORT_CHECKED] = { STR_INIT("checked"), STR_INIT("已核查") },
	[REPORT_APPROVED] = { STR_INIT("approved"), STR_INIT("已审定") },
	[REPORT_PUBLISHED] = { STR_INIT("published"), STR_INIT("已发布") },
};

struct str report_state_code(enum report_state s)
{
	return states[s].code;
}

struct str report_state_label(enum report_state s)
{
	return states[s].label;
}

static enum report_state state_from(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (str_equal(states[i].code, code))
			return (enum report_state)i;
	return REPORT_DRAFT; /* the column's CHECK allows these codes only */
}

struct str report_form_code(enum form_kind form)
{
	return form == FORM_2019 ? STR("2019") : STR("2021");
}

static enum form_kind form_from(struct str code)
{
	return str_equal(code, STR("2019")) ? FORM_2019 : FORM_2021;
}

bool report_is_frozen(const struct report *r)
{
	return r->frozen_seq.known;
}

static struct str text_or_none(struct opt_str s)
{
	return s.known ? s.v : STR_NONE;
}

/* The rows of the three statements have the same members but different types. */
#define REPORT_FROM(row)                                                                       \
	(struct report)                                                                        \
	{                                                                                      \
		.id = (row).id, .unit = (row).unit_id, .year = (int)(row).year,                \
		.form = form_from((row).form), .rolls_up = (row).rolls_up,                     \
		.state = state_from((row).state), .version = (row).version,                    \
		.edited_by = (row).edited_by, .approved_by = (row).approved_by,                \
		.approved_on = (row).approved_on, .published_on = (row).published_on,          \
		.frozen_seq = (row).frozen_seq, .unit_name = text_or_none((row).unit_name),    \
		.unit_short_name = text_or_none((row).unit_short_name),                        \
		.office_name = text_or_none((row).office_name),                                \
		.contact = text_or_none((row).contact),                                        \
		.check_code = text_or_none((row).check_code)                                   \
	}

bool report_find(struct ctx *ctx, struct report_id id, struct report *out, struct err *err)
{
	struct report_by_id_row row;
	bool found;

	if (!report_by_id(ctx, &(struct report_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "report.none", "%lld", (long long)id.n);
	*out = REPORT_FROM(row);
	return true;
}

bool report_of(struct ctx *ctx, struct unit_id unit, int year, struct report *out, bool *found,
	       struct err *err)
{
	struct report_of_unit_row row;

	if (!report_of_unit(ctx, &(struct report_of_unit_in){ .unit_id = unit, .year = year }, &row,
			    found, err))
		return false;
	if (*found)
		*out = REPORT_FROM(row);
	return true;
}

bool report_words(struct ctx *ctx, struct report_id id, struct str parts[REPORT_PARTS],
		  struct err *err)
{
	struct report_part_last_row *rows;
	size_t count;

	if (!report_part_last_all(ctx, &(struct report_part_last_in){ .report_id = id },
				  REPORT_PARTS, &rows, &count, err))
		return false;
	for (size_t p = 0; p < REPORT_PARTS; p++)
		parts[p] = STR_NONE;
	for (size_t i = 0; i < count; i++)
		parts[rows[i].part - 1] = rows[i].text;
	return true;
}

static bool read_figures(struct ctx *ctx, const struct report *r, struct str kind,
			 struct report_tables *out, size_t *count, struct err *err)
{
	struct report_figure_list_row *rows;
	struct report_figure_list_in in = { .report_id = r->id, .kind = kind };

	if (!report_figure_list_all(ctx, &in, ROWS_MAX, &rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (rows[i].hundredths.known &&
		    !tables_set(out, rows[i].cell, rows[i].hundredths.v))
			return err_set(err, ERR_INTERNAL, "report.bad_cell", STR_FMT,
				       STR_ARG(rows[i].cell));
	return true;
}

bool store_errata(struct ctx *ctx, const struct report *r, struct report_erratum **out,
		  size_t *count, struct err *err)
{
	struct report_erratum_list_row *rows;

	if (!report_erratum_list_all(ctx, &(struct report_erratum_list_in){ .report_id = r->id },
				     ERRATA_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct report_erratum);
	for (size_t i = 0; i < *count; i++) {
		struct report_erratum_figure_list_row *cells;
		struct report_erratum_figure_list_in in = { .erratum_id = rows[i].id };
		size_t n;
		if (!report_erratum_figure_list_all(ctx, &in, ROWS_MAX, &cells, &n, err))
			return false;
		struct table_change *changes = ARENA_ARRAY(ctx->arena, n, struct table_change);
		for (size_t k = 0; k < n; k++)
			changes[k] = (struct table_change){ cells[k].cell, cells[k].value_before,
							    cells[k].value_after };
		(*out)[i] = (struct report_erratum){ .number = (int)rows[i].number,
						     .on = rows[i].corrected_on,
						     .reason = rows[i].reason,
						     .changes = changes,
						     .changes_count = n };
	}
	return true;
}

bool store_tables(struct ctx *ctx, const struct report *r, enum frozen_errata errata,
		  struct report_tables *out, struct err *err)
{
	struct report_tables tables = tables_empty(r->year, r->form);
	struct report_erratum *list;
	size_t count;

	if (!read_figures(ctx, r, STR("this"), &tables, &count, err))
		return false;
	if (errata == FROZEN_CORRECTED) {
		if (!store_errata(ctx, r, &list, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < list[i].changes_count; k++)
				if (list[i].changes[k].after.known)
					(void)tables_set(&tables, list[i].changes[k].key,
							 list[i].changes[k].after.v);
	}
	*out = tables;
	return true;
}

bool store_last_year(struct ctx *ctx, const struct report *r, struct report_tables *out,
		     bool *found, struct err *err)
{
	struct report_tables tables = tables_empty(r->year - 1, form_of_year(r->year - 1));
	size_t count;

	if (!read_figures(ctx, r, STR("last"), &tables, &count, err))
		return false;
	*found = count > 0;
	*out = tables;
	return true;
}

bool store_notes(struct ctx *ctx, const struct report *r, struct str **out, size_t *count,
		 struct err *err)
{
	struct report_note_list_row *rows;

	if (!report_note_list_all(ctx, &(struct report_note_list_in){ .report_id = r->id },
				  NOTES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct str);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = rows[i].text;
	return true;
}

/* ---- lists */

/* Art. 49: the government's own after its departments', so that it can be the sum of them. */
struct date report_due(int year, bool rolls_up)
{
	return rolls_up ? date_make(year + 1, 3, 31) : date_make(year + 1, 1, 31);
}

bool report_board(struct ctx *ctx, int year, struct report_board *out, struct err *err)
{
	struct report_of_year_row *reports;
	struct unit *units;
	size_t units_count, reports_count;
	struct report_board board = { 0 };

	if (!agency_units(ctx, &units, &units_count, err) ||
	    !report_of_year_all(ctx, &(struct report_of_year_in){ .year = year }, LISTINGS_MAX,
				&reports, &reports_count, err))
		return false;
	board.rows = ARENA_ARRAY(ctx->arena, units_count, struct report_board_row);
	for (size_t u = 0; u < units_count; u++) {
		struct report_board_row row = { .unit = units[u],
						.due = report_due(year, !units[u].parent.known) };
		for (size_t i = 0; i < reports_count && !row.exists; i++) {
			row.exists = reports[i].unit_id.n == units[u].id.n;
			if (row.exists)
				row.report = REPORT_FROM(reports[i]);
		}
		bool closed = units[u].closed_on.known && date_year(units[u].closed_on.v) <= year;
		if (!row.exists && (!units[u].reports || closed))
			continue;
		row.handed_in = row.exists && row.report.state >= REPORT_APPROVED;
		row.late = !row.handed_in && date_compare(ctx->today, row.due) > 0;
		board.handed_in += row.handed_in;
		board.late += row.late;
		board.rows[board.count++] = row;
	}
	*out = board;
	return true;
}

bool report_published_all(struct ctx *ctx, struct report_listing **out, size_t *count,
			  struct err *err)
{
	struct report_published_list_row *rows;

	if (!report_published_list_all(ctx,
				       &(struct report_published_list_in){ .max = LISTINGS_MAX },
				       LISTINGS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct report_listing);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct report_listing){ .year = (int)rows[i].year,
						     .unit_code = rows[i].unit_code,
						     .unit_name = rows[i].unit_name,
						     .rolls_up = rows[i].rolls_up,
						     .published_on = rows[i].published_on };
	return true;
}
