/*
 * content_json.c - the report for machines, by docs/schema/report.schema.json.
 */
#include "report/content.h"

#include "base/json.h"

#include <assert.h>
#include <stdlib.h>

static void set(json_t *object, const char *name, json_t *value)
{
	int status = json_object_set_new(object, name, value);

	assert(status == 0); /* fails only without memory or for text that is not UTF-8 */
	(void)status;
}

static void set_text(json_t *object, const char *name, struct str s)
{
	set(object, name, json_text(s));
}

static void append(json_t *array, json_t *value)
{
	int status = json_array_append_new(array, value);

	assert(status == 0);
	(void)status;
}

/* 277 stays a whole number, 7730.28 a decimal one. */
static json_t *number(struct opt_int hundredths)
{
	if (!hundredths.known)
		return json_null();
	if (hundredths.v % 100 == 0)
		return json_integer(hundredths.v / 100);
	return json_real((double)hundredths.v / 100);
}

static json_t *value(const struct report_content *c, struct str key)
{
	struct opt_int v = { false, 0 };
	bool exists = tables_get(&c->tables, key, &v);

	assert(exists);
	(void)exists;
	return number(v);
}

static json_t *table2(struct arena *a, const struct report_content *c)
{
	size_t count;
	const struct form_cell2 *cell = form_table2(c->form, &count);
	json_t *rows = json_array();

	for (size_t i = 0; i < count; i++) {
		struct str key = tables_key2(a, &cell[i]);
		json_t *row = json_object();
		set_text(row, "key", key);
		set_text(row, "section", cell[i].section);
		set_text(row, "section_label", cell[i].section_label);
		set_text(row, "row", cell[i].row);
		set_text(row, "row_label", cell[i].row_label);
		set_text(row, "column", cell[i].column);
		set_text(row, "column_label", cell[i].column_label);
		set(row, "value", value(c, key));
		append(rows, row);
	}
	return rows;
}

static json_t *table3_line(struct arena *a, const struct report_content *c,
			   const struct form_line *line)
{
	static const struct str kinds[] = { [LINE_DATA] = STR_INIT("data"),
					    [LINE_GROUP] = STR_INIT("group"),
					    [LINE_SUM] = STR_INIT("sum") };
	json_t *row = json_object(), *values = json_object();

	set_text(row, "key", line->key);
	set_text(row, "parent", line->parent);
	set_text(row, "kind", kinds[line->kind]);
	set_text(row, "label", line->label);
	for (size_t i = 0; line->kind != LINE_GROUP && i < APPLICANT_COLUMNS; i++)
		set(values, str_to_c(a, form_applicants[i].key), value(c, tables_key3(a, line, i)));
	if (line->kind == LINE_GROUP)
		json_decref(values);
	else
		set(row, "values", values);
	return row;
}

static json_t *table3(struct arena *a, const struct report_content *c)
{
	size_t count;
	const struct form_line *line = form_table3(c->form, &count);
	json_t *table = json_object(), *columns = json_array(), *lines = json_array();

	for (size_t i = 0; i < APPLICANT_COLUMNS; i++) {
		json_t *column = json_object();
		set_text(column, "key", form_applicants[i].key);
		set_text(column, "label", form_applicants[i].label);
		append(columns, column);
	}
	for (size_t i = 0; i < count; i++)
		append(lines, table3_line(a, c, &line[i]));
	set(table, "columns", columns);
	set(table, "lines", lines);
	return table;
}

static json_t *table4(struct arena *a, const struct report_content *c)
{
	json_t *rows = json_array();

	for (size_t r = 0; r < ROUTES; r++) {
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++) {
			struct str key = tables_key4(a, r, o);
			json_t *row = json_object();
			set_text(row, "key", key);
			set_text(row, "route", form_routes[r].key);
			set_text(row, "route_label", form_routes[r].label);
			set_text(row, "outcome", form_outcomes[o].key);
			set_text(row, "outcome_label", form_outcomes[o].label);
			set(row, "value", value(c, key));
			append(rows, row);
		}
	}
	return rows;
}

static json_t *tables(struct arena *a, const struct report_content *c)
{
	json_t *all = json_object();

	set(all, "table2", table2(a, c));
	set(all, "table3", table3(a, c));
	set(all, "table4", table4(a, c));
	return all;
}

static json_t *paragraph(struct arena *a, const struct narrative_paragraph *p)
{
	static const struct str kinds[] = { [BLOCK_PARAGRAPH] = STR_INIT("paragraph"),
					    [BLOCK_HEADING] = STR_INIT("heading"),
					    [BLOCK_CHART] = STR_INIT("chart"),
					    [BLOCK_SCOPE_NOTES] = STR_INIT("paragraph") };
	json_t *one = json_object(), *figures = json_array();

	for (size_t i = 0; i < p->count; i++) {
		if (p->runs[i].key.len == 0)
			continue;
		json_t *figure = json_object();
		set_text(figure, "key", p->runs[i].key);
		set_text(figure, "text", p->runs[i].text);
		append(figures, figure);
	}
	set_text(one, "kind", kinds[p->kind]);
	set_text(one, "text", narrative_plain(a, p));
	set(one, "figures", figures);
	return one;
}

static json_t *parts(struct arena *a, const struct report_content *c)
{
	json_t *list = json_array();

	for (int i = 0; i < REPORT_PARTS; i++) {
		json_t *part = json_object(), *paragraphs = json_array();
		for (size_t p = 0; p < c->parts[i].count; p++)
			append(paragraphs, paragraph(a, &c->parts[i].paragraphs[p]));
		set(part, "number", json_integer(i + 1));
		set_text(part, "heading", form_parts[i].heading);
		set(part, "paragraphs", paragraphs);
		append(list, part);
	}
	return list;
}

static json_t *erratum(struct arena *a, const struct report_content *c,
		       const struct report_erratum *e)
{
	json_t *one = json_object(), *changes = json_array();

	for (size_t i = 0; i < e->changes_count; i++) {
		json_t *change = json_object();
		set_text(change, "key", e->changes[i].key);
		set_text(change, "label", tables_label(a, c->form, e->changes[i].key));
		set(change, "before", number(e->changes[i].before));
		set(change, "after", number(e->changes[i].after));
		append(changes, change);
	}
	set(one, "number", json_integer(e->number));
	set_text(one, "date", date_iso(a, e->on));
	set_text(one, "reason", e->reason);
	set(one, "changes", changes);
	return one;
}

json_t *content_json(struct arena *a, const struct report_content *c)
{
	json_t *report = json_object(), *unit = json_object(), *errata = json_array();

	set_text(report, "schema", STR("/api/schema/report.json"));
	set_text(report, "title", content_title(a, c));
	set(report, "year", json_integer(c->year));
	set_text(report, "form", c->form == FORM_2019 ? STR("2019") : STR("2021"));
	set_text(unit, "code", c->unit_code);
	set_text(unit, "name", c->unit_name);
	set(report, "unit", unit);
	set_text(report, "state", c->state);
	if (c->published_on.known)
		set_text(report, "published_on", date_iso(a, c->published_on.v));
	else
		set(report, "published_on", json_null());
	set(report, "ledger_position", json_integer(c->position));
	set_text(report, "preamble", content_preamble(a, c));
	set(report, "tables", tables(a, c));
	set(report, "parts", parts(a, c));
	for (size_t i = 0; i < c->errata_count; i++)
		append(errata, erratum(a, c, &c->errata[i]));
	set(report, "errata", errata);
	set_text(report, "check_code", tables_code(a, &c->tables));
	return report;
}

struct str content_json_text(struct arena *a, const struct report_content *c)
{
	json_t *j = content_json(a, c);
	char *dump = json_dumps(j, JSON_INDENT(2) | JSON_REAL_PRECISION(15));

	assert(dump != NULL);
	struct str out = str_format(a, "%s\n", dump);
	free(dump); /* allow: jansson allocated it */
	json_decref(j);
	return out;
}
