/*
 * content_csv.c - one table as CSV, in the columns of the sample year's files.
 */
#include "report/content.h"

#include <assert.h>

static struct str value(struct arena *a, const struct report_tables *t, struct str key)
{
	struct opt_int v;
	bool exists = tables_get(t, key, &v);

	assert(exists);
	return exists && v.known ? figure_print(a, v.v) : STR_NONE;
}

static bool table2(struct arena *a, const struct report_tables *t, struct csv_writer *w,
		   struct err *err)
{
	static const struct str heads[] = {
		STR_INIT("section_key"), STR_INIT("section_label"), STR_INIT("row_key"),
		STR_INIT("row_label"),	 STR_INIT("col_key"),	    STR_INIT("col_label"),
		STR_INIT("value"),
	};
	size_t count;
	const struct form_cell2 *c = form_table2(t->form, &count);

	if (!csv_row(w, heads, COUNT_OF(heads), err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str key =
			tables_key2(a, &c[i]);
		const struct str row[] = { c[i].section,    c[i].section_label, c[i].row,
					   c[i].row_label,  c[i].column,	c[i].column_label,
					   value(a, t, key) };
		if (!csv_row(w, row, COUNT_OF(row), err))
			return false;
	}
	return true;
}

static bool table3(struct arena *a, const struct report_tables *t, struct csv_writer *w,
		   struct err *err)
{
	static const struct str kinds[] = { [LINE_DATA] = STR_INIT("data"),
					    [LINE_GROUP] = STR_INIT("group"),
					    [LINE_SUM] = STR_INIT("sum") };
	enum { FIRST = 5 };
	struct str row[FIRST + APPLICANT_COLUMNS] = { STR("order"), STR("row_key"),
						      STR("parent_key"), STR("kind"),
						      STR("label") };
	size_t count;
	const struct form_line *line = form_table3(t->form, &count);

	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		row[FIRST + c] = form_applicants[c].key;
	if (!csv_row(w, row, COUNT_OF(row), err))
		return false;
	for (size_t i = 0; i < count; i++) {
		row[0] = str_format(a, "%zu", i + 1);
		row[1] = line[i].key;
		row[2] = line[i].parent;
		row[3] = kinds[line[i].kind];
		row[4] = line[i].label;
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++) {
			struct str key =
				tables_key3(a, &line[i], c);
			row[FIRST + c] = line[i].kind == LINE_GROUP ? STR_NONE : value(a, t, key);
		}
		if (!csv_row(w, row, COUNT_OF(row), err))
			return false;
	}
	return true;
}

static bool table4(struct arena *a, const struct report_tables *t, struct csv_writer *w,
		   struct err *err)
{
	static const struct str heads[] = { STR_INIT("route_key"), STR_INIT("route_label"),
					    STR_INIT("outcome_key"), STR_INIT("outcome_label"),
					    STR_INIT("value") };

	if (!csv_row(w, heads, COUNT_OF(heads), err))
		return false;
	for (size_t r = 0; r < ROUTES; r++) {
		struct str route = form_routes[r].label;
		if (r > 0)
			route = str_concat(a, STR("行政诉讼—"), route);
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++) {
			struct str key = tables_key4(a, r, o);
			const struct str row[] = { form_routes[r].key, route, form_outcomes[o].key,
						   form_outcomes[o].label, value(a, t, key) };
			if (!csv_row(w, row, COUNT_OF(row), err))
				return false;
		}
	}
	return true;
}

bool content_csv(struct arena *a, const struct report_content *c, int table, enum csv_for whom,
		 office_sink *sink, void *arg, struct err *err)
{
	struct csv_writer w = csv_open(a, sink, arg);

	assert(table >= 2 && table <= 4);
	w.plain = whom == CSV_FOR_SCRIPTS;
	if (!csv_begin(&w, !w.plain, err)) /* Chinese Excel wants the mark */
		return false;
	if (table == 2)
		return table2(a, &c->tables, &w, err);
	return table == 3 ? table3(a, &c->tables, &w, err) : table4(a, &c->tables, &w, err);
}
