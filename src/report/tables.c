/*
 * tables.c - reading, setting and adding cells by key.
 */
#include "report/tables.h"

#include <assert.h>

enum cell_table { TABLE_FEE, TABLE_2 = 2, TABLE_3, TABLE_4 };

static const struct form_column *const fees = statistics_fee_figures;
/* Row: cell of table 二, line of 三, route of 四 (ROUTES: all of them). */
struct cell_at { enum cell_table table; int row, column; bool derived; };

static int column_find(const struct form_column *columns, int count, struct str key)
{
	for (int i = 0; i < count; i++)
		if (str_equal(columns[i].key, key))
			return i;
	return -1;
}

static bool at_table2(enum form_kind form, struct str rest, struct cell_at *at)
{
	struct str section, row, column;

	if (!str_split_next(&rest, '.', &section) || !str_split_next(&rest, '.', &row) ||
	    !str_split_next(&rest, '.', &column) || rest.ptr != NULL)
		return false;
	*at = (struct cell_at){ .table = TABLE_2,
				.row = form_table2_find(form, section, row, column) };
	return at->row >= 0;
}

static bool at_table34(enum form_kind form, enum cell_table table, struct str rest,
		       struct cell_at *at)
{
	struct str first, second;
	size_t count;

	if (!str_split_next(&rest, '.', &first) || !str_split_next(&rest, '.', &second) ||
	    rest.ptr != NULL)
		return false;
	*at = (struct cell_at){ .table = table };
	if (table == TABLE_3) {
		at->row = form_table3_find(form, first);
		at->column = column_find(form_applicants, APPLICANT_COLUMNS, second);
		at->derived = at->row >= 0 && form_table3(form, &count)[at->row].kind == LINE_GROUP;
	} else {
		at->derived = str_equal(first, STR("all"));
		at->row = at->derived ? ROUTES : column_find(form_routes, ROUTES, first);
		at->column = column_find(form_outcomes, ROUTE_OUTCOMES, second);
	}
	return at->row >= 0 && at->column >= 0;
}

static bool find(enum form_kind form, struct str key, struct cell_at *at)
{
	if (form == FORM_2021 && str_take_str(&key, STR("fee."))) {
		*at = (struct cell_at){ .table = TABLE_FEE, .row = column_find(fees, FEES, key) };
		return at->row >= 0;
	}
	if (str_take_str(&key, STR("t2.")))
		return at_table2(form, key, at);
	if (str_take_str(&key, STR("t3.")))
		return at_table34(form, TABLE_3, key, at);
	if (str_take_str(&key, STR("t4.")))
		return at_table34(form, TABLE_4, key, at);
	return false;
}

struct report_tables tables_empty(int year, enum form_kind form)
{
	return (struct report_tables){ .form = form, .year = year, .t2 = { .form = form },
				       .t3 = { .form = form } };
}

/* 三 itself is its 总计; the groups below it are the sums of their lines. */
static int64_t group_sum(const struct report_tables *t, int group, int column)
{
	size_t count;
	const struct form_line *lines = form_table3(t->form, &count);
	int64_t sum = 0;

	if (str_equal(lines[group].key, STR("results")))
		return t->t3.cell[form_table3_find(t->form, STR("results_total"))][column];
	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].parent, lines[group].key))
			sum += t->t3.cell[i][column];
	return sum;
}

bool tables_get(const struct report_tables *t, struct str key, struct opt_int *hundredths)
{
	struct cell_at at;

	if (!find(t->form, key, &at))
		return false;
	*hundredths = (struct opt_int){ true, 0 };
	if (at.table == TABLE_FEE) {
		hundredths->v = t->fee[at.row];
	} else if (at.table == TABLE_2) {
		const struct cell2_value *v = &t->t2.cell[at.row];
		*hundredths = (struct opt_int){ v->known, v->known ? v->hundredths : 0 };
	} else if (at.table == TABLE_3) {
		hundredths->v = 100 * (at.derived ? group_sum(t, at.row, at.column) :
						    t->t3.cell[at.row][at.column]);
	} else {
		for (int r = 0; r < ROUTES; r++)
			if (at.derived || r == at.row)
				hundredths->v += 100 * t->t4.cell[r][at.column];
	}
	return true;
}

bool tables_set(struct report_tables *t, struct str key, int64_t hundredths)
{
	struct cell_at at;

	if (!find(t->form, key, &at) || at.derived)
		return false;
	if (at.table == TABLE_2) {
		t->t2.cell[at.row].known = true;
		t->t2.cell[at.row].hundredths = hundredths;
		return true;
	}
	if (hundredths % 100 != 0 && !(at.table == TABLE_FEE && at.row != FEE_NOTICES))
		return false;
	if (at.table == TABLE_FEE)
		t->fee[at.row] = hundredths;
	else if (at.table == TABLE_3)
		t->t3.cell[at.row][at.column] = hundredths / 100;
	else
		t->t4.cell[at.row][at.column] = hundredths / 100;
	return true;
}

struct str tables_key2(struct arena *a, const struct form_cell2 *cell)
{
	return str_format(a, "t2." STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(cell->section),
			  STR_ARG(cell->row), STR_ARG(cell->column));
}

struct str tables_key3(struct arena *a, const struct form_line *line, size_t applicant)
{
	return str_format(a, "t3." STR_FMT "." STR_FMT, STR_ARG(line->key),
			  STR_ARG(form_applicants[applicant].key));
}

struct str tables_key4(struct arena *a, size_t route, size_t outcome)
{
	return str_format(a, "t4." STR_FMT "." STR_FMT, STR_ARG(form_routes[route].key),
			  STR_ARG(form_outcomes[outcome].key));
}

struct str *tables_keys(struct arena *a, enum form_kind form, size_t *count)
{
	size_t cells, lines, n = 0;
	const struct form_cell2 *cell = form_table2(form, &cells);
	const struct form_line *line = form_table3(form, &lines);
	size_t max = cells + lines * APPLICANT_COLUMNS + ROUTES * ROUTE_OUTCOMES + FEES;
	struct str *keys = ARENA_ARRAY(a, max, struct str);

	for (size_t i = 0; i < cells; i++)
		keys[n++] = tables_key2(a, &cell[i]);
	for (size_t i = 0; i < lines; i++)
		for (size_t c = 0; line[i].kind != LINE_GROUP && c < APPLICANT_COLUMNS; c++)
			keys[n++] = tables_key3(a, &line[i], c);
	for (size_t r = 0; r < ROUTES; r++)
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++)
			keys[n++] = tables_key4(a, r, o);
	for (size_t f = 0; form == FORM_2021 && f < FEES; f++)
		keys[n++] = str_concat(a, STR("fee."), fees[f].key);
	*count = n;
	return keys;
}

struct str tables_label(struct arena *a, enum form_kind form, struct str key)
{
	struct cell_at at;
	size_t count;

	if (!find(form, key, &at))
		return STR_NONE;
	if (at.table == TABLE_FEE)
		return str_concat(a, STR("信息处理费"), fees[at.row].label);
	if (at.table == TABLE_2) {
		const struct form_cell2 *c = &form_table2(form, &count)[at.row];
		return str_format(a, "表二“" STR_FMT "”" STR_FMT, STR_ARG(c->row_label),
				  STR_ARG(c->column_label));
	}
	if (at.table == TABLE_3) {
		const struct form_line *l = &form_table3(form, &count)[at.row];
		struct str column = form_applicants[at.column].label;
		return str_format(a, "表三“" STR_FMT "”" STR_FMT, STR_ARG(l->label), STR_ARG(column));
	}
	struct str route = at.derived ? STR("行政复议和行政诉讼") : form_routes[at.row].label;
	return str_format(a, "表四“" STR_FMT "”" STR_FMT, STR_ARG(route),
			  STR_ARG(form_outcomes[at.column].label));
}

void tables_add(struct report_tables *sum, const struct report_tables *unit)
{
	size_t cells, lines;

	assert(sum->form == unit->form);
	form_table2(sum->form, &cells);
	form_table3(sum->form, &lines);
	for (size_t i = 0; i < cells; i++) {
		sum->t2.cell[i].known = sum->t2.cell[i].known && unit->t2.cell[i].known;
		sum->t2.cell[i].hundredths += unit->t2.cell[i].hundredths;
	}
	for (size_t i = 0; i < lines; i++)
		for (int c = 0; c < APPLICANT_COLUMNS; c++)
			sum->t3.cell[i][c] += unit->t3.cell[i][c];
	for (int r = 0; r < ROUTES; r++)
		for (int o = 0; o < ROUTE_OUTCOMES; o++)
			sum->t4.cell[r][o] += unit->t4.cell[r][o];
	for (int f = 0; f < FEES; f++)
		sum->fee[f] += unit->fee[f];
}

static int64_t sum_of(const int64_t *values, int count)
{
	int64_t sum = 0;

	for (int i = 0; i < count; i++)
		sum += values[i];
	return sum;
}

void tables_recompute(struct report_tables *t)
{
	size_t lines;
	const struct form_line *line = form_table3(t->form, &lines);
	int results = form_table3_find(t->form, STR("results_total"));

	for (int c = 0; c < APPLICANT_TOTAL; c++) {
		t->t3.cell[results][c] = 0;
		for (size_t i = 0; i < lines; i++)
			if (form_table3_is_leaf(&line[i]))
				t->t3.cell[results][c] += t->t3.cell[i][c];
	}
	for (size_t i = 0; i < lines; i++)
		if (line[i].kind != LINE_GROUP)
			t->t3.cell[i][APPLICANT_TOTAL] = sum_of(t->t3.cell[i], APPLICANT_TOTAL);
	for (int r = 0; r < ROUTES; r++)
		t->t4.cell[r][ROUTE_TOTAL] = sum_of(t->t4.cell[r], ROUTE_TOTAL);
}

struct table_change *tables_diff(struct arena *a, const struct report_tables *before,
				 const struct report_tables *after, size_t *count)
{
	size_t keys_count, n = 0;
	struct str *keys = tables_keys(a, before->form, &keys_count);
	struct table_change *changes = ARENA_ARRAY(a, keys_count, struct table_change);

	assert(before->form == after->form);
	for (size_t i = 0; i < keys_count; i++) {
		struct table_change c = { .key = keys[i] };
		(void)tables_get(before, keys[i], &c.before); /* keys of the form itself */
		(void)tables_get(after, keys[i], &c.after);
		if (c.before.known != c.after.known || c.before.v != c.after.v)
			changes[n++] = c;
	}
	*count = n;
	return changes;
}

static void add_figure(struct arena *a, struct figure_set *set, const struct report_tables *t,
		       struct str key, struct str unit, struct str basis, struct str href)
{
	struct figure *f = &set->figures[set->count++];
	bool exists = tables_get(t, key, &f->hundredths);

	assert(exists);
	(void)exists;
	f->key = key;
	f->label = tables_label(a, t->form, key);
	f->unit = unit;
	f->definition = basis;
	f->href = href;
}

static struct str href34(struct arena *a, struct str records, int table, struct str row,
			 struct str column)
{
	return str_format(a, STR_FMT "?table=%d&line=" STR_FMT "&column=" STR_FMT, STR_ARG(records),
			  table, STR_ARG(row), STR_ARG(column));
}

static void add_table2(struct arena *a, struct figure_set *set, const struct report_tables *t,
		       struct str records)
{
	size_t count;
	const struct form_cell2 *c = form_table2(t->form, &count);

	for (size_t i = 0; i < count; i++) {
		struct str unit = c[i].kind == CELL_AMOUNT ? STR("万元") : STR("件");
		struct str row = str_format(a, STR_FMT "." STR_FMT, STR_ARG(c[i].section),
					    STR_ARG(c[i].row));
		struct str basis = str_concat(a, STR("条例"), c[i].section_label);
		add_figure(a, set, t, tables_key2(a, &c[i]), unit, basis,
			   href34(a, records, 2, row, c[i].column));
	}
}

static void add_table4(struct arena *a, struct figure_set *set, const struct report_tables *t,
		       struct str records)
{
	for (size_t r = 0; r <= ROUTES; r++) {
		struct str route = r < ROUTES ? form_routes[r].key : STR("all");
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++) {
			struct str key = str_format(a, "t4." STR_FMT "." STR_FMT, STR_ARG(route),
						    STR_ARG(form_outcomes[o].key));
			add_figure(a, set, t, key, STR("件"), STR("条例第五十一条"),
				   href34(a, records, 4, route, form_outcomes[o].key));
		}
	}
}

static void add_fees(struct arena *a, struct figure_set *set, const struct report_tables *t,
		     struct str records)
{
	for (size_t f = 0; t->form == FORM_2021 && f < FEES; f++)
		add_figure(a, set, t, str_concat(a, STR("fee."), fees[f].key),
			   f == FEE_NOTICES ? STR("件") : STR("元"),
			   STR("条例第四十二条，国办函〔2020〕109号"),
			   str_format(a, STR_FMT "?table=fee&line=" STR_FMT, STR_ARG(records),
				      STR_ARG(fees[f].key)));
}

struct figure_set tables_figures(struct arena *a, const struct report_tables *t, struct str records)
{
	size_t cells, lines;
	const struct form_line *line = form_table3(t->form, &lines);
	struct figure_set set = { .scope = { .year = t->year, .form = t->form } };

	form_table2(t->form, &cells);
	size_t max = cells + lines * APPLICANT_COLUMNS + (ROUTES + 1) * ROUTE_OUTCOMES + FEES;
	set.figures = ARENA_ARRAY(a, max, struct figure);
	add_table2(a, &set, t, records);
	for (size_t i = 0; i < lines; i++)
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			add_figure(a, &set, t, tables_key3(a, &line[i], c), STR("件"), line[i].basis,
				   href34(a, records, 3, line[i].key, form_applicants[c].key));
	add_table4(a, &set, t, records);
	add_fees(a, &set, t, records);
	return set;
}

struct str tables_code(struct arena *a, const struct report_tables *t)
{
	size_t cells;
	struct opt_int *table2;

	form_table2(t->form, &cells);
	table2 = ARENA_ARRAY(a, cells, struct opt_int);
	for (size_t i = 0; i < cells; i++)
		table2[i] = (struct opt_int){ t->t2.cell[i].known, t->t2.cell[i].hundredths };
	return form_digest(
		a, &(struct form_values){ .form = t->form,
					  .year = t->year,
					  .table2 = table2,
					  .table3 = (const int64_t(*)[APPLICANT_COLUMNS])t->t3.cell,
					  .table4 = (const int64_t(*)[ROUTE_OUTCOMES])t->t4.cell });
}
