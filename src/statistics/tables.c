/*
 * tables.c - tables 三 and 四 counted from the records, table 二 from the units'
 * entries.
 *
 * annual-report rules: a request is counted in line 一 by the year it was
 * received in (条例第三十一条), under 三 by the year it was closed in, and in 二 or
 * 四 when it was open at midnight before or after the year. A proceeding is
 * counted by its outcome in the year it is concluded, and as 尚未审结 in every
 * year at whose end it was open.
 */
#include "statistics/statistics.h"

#include "ledger/ledger.h"
#include "statistics_sql.h"

#include <assert.h>

static int64_t unit_of(const struct scope *s)
{
	return s->unit.known ? s->unit.v : 0;
}

static int column_of(struct str applicant)
{
	for (int c = 0; c < APPLICANT_TOTAL; c++)
		if (str_equal(form_applicants[c].key, applicant))
			return c;
	return -1;
}

static bool bad_code(struct str code, struct err *err)
{
	return err_set(err, ERR_INTERNAL, "statistics.bad_code", STR_FMT, STR_ARG(code));
}

static bool add3(struct table3 *t, int line, struct str applicant, int64_t n, struct err *err)
{
	int column = column_of(applicant);

	if (line < 0 || column < 0)
		return bad_code(applicant, err);
	t->cell[line][column] += n;
	return true;
}

static int line3(const struct table3 *t, struct str key)
{
	return form_table3_find(t->form, key);
}

static bool add_outcome(struct table3 *t, struct str outcome, struct str applicant, int64_t n,
			struct err *err)
{
	int line = form_table3_line_of_outcome(t->form, outcome);

	return line >= 0 ? add3(t, line, applicant, n, err) : bad_code(outcome, err);
}

/* results_total and 总计 follow from what was counted. */
static void sum_up(struct table3 *t)
{
	size_t lines;
	const struct form_line *form = form_table3(t->form, &lines);
	int total = line3(t, STR("results_total"));

	for (size_t i = 0; i < lines; i++)
		for (int c = 0; c < APPLICANT_TOTAL; c++)
			if (form_table3_is_leaf(&form[i]))
				t->cell[total][c] += t->cell[i][c];
	for (size_t i = 0; i < lines; i++)
		for (int c = 0; c < APPLICANT_TOTAL; c++)
			t->cell[i][APPLICANT_TOTAL] += t->cell[i][c];
}

/* One group of requests with the same facts, into every line that counts them. */
static bool place(const struct t3_now_row *r, int year, struct table3 *t, struct err *err)
{
	bool ok = true;

	if (r->received_year == year)
		ok = ok && add3(t, line3(t, STR("new_received")), r->applicant, r->n, err);
	if (r->received_year < year)
		ok = ok && add3(t, line3(t, STR("carried_in")), r->applicant, r->n, err);
	if (r->closed_year.known && r->closed_year.v == year)
		ok = ok && add_outcome(t, r->outcome.v, r->applicant, r->n, err);
	if (!r->closed_year.known || r->closed_year.v > year)
		ok = ok && add3(t, line3(t, STR("carried_out")), r->applicant, r->n, err);
	return ok;
}

static bool table3_now(struct ctx *ctx, const struct scope *s, struct table3 *t, struct err *err)
{
	struct t3_now_cursor c;
	struct t3_now_row row;

	if (!t3_now_open(ctx, &(struct t3_now_in){ .year = s->year, .unit_id = unit_of(s) }, &c,
			 err))
		return false;
	while (t3_now_next(&c, &row, err) && place(&row, s->year, t, err))
		continue;
	return t3_now_close(&c, err);
}

static bool table3_as_of(struct ctx *ctx, const struct scope *s, struct table3 *t, struct err *err)
{
	struct t3_as_of_cursor c;
	struct t3_as_of_row row;

	if (!t3_as_of_open(ctx,
			   &(struct t3_as_of_in){
				   .year = s->year, .unit_id = unit_of(s), .position = s->as_of },
			   &c, err))
		return false;
	while (t3_as_of_next(&c, &row, err)) {
		struct t3_now_row group = { row.applicant, row.outcome, row.received_year,
					    row.closed_year, row.n };
		if (!place(&group, s->year, t, err))
			break;
	}
	return t3_as_of_close(&c, err);
}

bool statistics_table3(struct ctx *ctx, const struct scope *s, struct table3 *out, struct err *err)
{
	struct table3 t = { .form = s->form };

	if (s->as_of != 0 ? !table3_as_of(ctx, s, &t, err) : !table3_now(ctx, s, &t, err))
		return false;
	sum_up(&t);
	*out = t;
	return true;
}

/* ---- table 四 */

static int find_key(const struct form_column *columns, int count, struct str key)
{
	for (int i = 0; i < count; i++)
		if (str_equal(columns[i].key, key))
			return i;
	return -1;
}

static bool add4(struct table4 *t, struct str route, struct str outcome, int64_t n, struct err *err)
{
	int r = find_key(form_routes, ROUTES, route),
	    o = find_key(form_outcomes, ROUTE_TOTAL, outcome);

	if (r < 0 || o < 0)
		return bad_code(r < 0 ? route : outcome, err);
	t->cell[r][o] += n;
	t->cell[r][ROUTE_TOTAL] += n;
	return true;
}

static bool table4_as_of(struct ctx *ctx, const struct scope *s, struct table4 *t, struct err *err)
{
	struct t4_as_of_cursor c;
	struct t4_as_of_row row;

	if (!t4_as_of_open(ctx,
			   &(struct t4_as_of_in){
				   .year = s->year, .unit_id = unit_of(s), .position = s->as_of },
			   &c, err))
		return false;
	while (t4_as_of_next(&c, &row, err)) {
		bool concluded = row.concluded_year.known && row.concluded_year.v == s->year;
		if (!add4(t, row.route, concluded ? row.outcome.v : STR("pending"), row.n, err))
			break;
	}
	return t4_as_of_close(&c, err);
}

bool statistics_table4(struct ctx *ctx, const struct scope *s, struct table4 *out, struct err *err)
{
	struct t4_concluded_cursor done;
	struct t4_concluded_row concluded;
	struct t4_pending_cursor open;
	struct t4_pending_row pending;
	struct table4 t = { 0 };

	if (s->as_of != 0) {
		if (!table4_as_of(ctx, s, &t, err))
			return false;
		*out = t;
		return true;
	}
	if (!t4_concluded_open(ctx,
			       &(struct t4_concluded_in){ .year = s->year, .unit_id = unit_of(s) },
			       &done, err))
		return false;
	while (t4_concluded_next(&done, &concluded, err) &&
	       add4(&t, concluded.route, concluded.outcome, concluded.n, err))
		continue;
	if (!t4_concluded_close(&done, err) ||
	    !t4_pending_open(ctx, &(struct t4_pending_in){ .year = s->year, .unit_id = unit_of(s) },
			     &open, err))
		return false;
	while (t4_pending_next(&open, &pending, err) &&
	       add4(&t, pending.route, STR("pending"), pending.n, err))
		continue;
	if (!t4_pending_close(&open, err))
		return false;
	*out = t;
	return true;
}

/* ---- table 二 */

static struct str form_code(enum form_kind form)
{
	return form == FORM_2019 ? STR("2019") : STR("2021");
}

static struct str cell_key(struct arena *a, const struct form_cell2 *c)
{
	return str_format(a, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(c->section), STR_ARG(c->row),
			  STR_ARG(c->column));
}

static int cell_of(struct arena *a, enum form_kind form, struct str key)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(form, &count);

	for (size_t i = 0; i < count; i++)
		if (str_equal(cell_key(a, &cells[i]), key))
			return (int)i;
	return -1;
}

static bool table2_of_unit(struct ctx *ctx, const struct scope *s, struct table2 *t,
			   struct err *err)
{
	struct t2_of_unit_row *rows;
	size_t count;
	struct t2_of_unit_in in = { .year = s->year,
				    .form = form_code(s->form),
				    .unit_id = s->unit.v };

	if (!t2_of_unit_all(ctx, &in, COUNT_OF(t->cell), &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		int cell = cell_of(ctx->arena, s->form, rows[i].cell);
		if (cell < 0)
			return bad_code(rows[i].cell, err);
		t->cell[cell] = (struct cell2_value){ true, rows[i].hundredths, rows[i].source };
	}
	return true;
}

static bool table2_of_site(struct ctx *ctx, const struct scope *s, struct table2 *t,
			   struct err *err)
{
	struct t2_of_site_row *rows;
	struct unit *units;
	size_t count, units_count;
	int64_t reporting = 0;

	if (!t2_of_site_all(ctx,
			    &(struct t2_of_site_in){ .year = s->year, .form = form_code(s->form) },
			    COUNT_OF(t->cell), &rows, &count, err) ||
	    !agency_units(ctx, &units, &units_count, err))
		return false;
	for (size_t i = 0; i < units_count; i++)
		reporting += units[i].reports && !units[i].closed_on.known ? 1 : 0;
	for (size_t i = 0; i < count; i++) {
		int cell = cell_of(ctx->arena, s->form, rows[i].cell);
		if (cell < 0)
			return bad_code(rows[i].cell, err);
		/* A sum from which a reporting unit is missing is no sum. */
		t->cell[cell] = (struct cell2_value){ rows[i].units >= reporting,
						      rows[i].hundredths, STR("各单位填报之和") };
	}
	return true;
}

bool statistics_table2(struct ctx *ctx, const struct scope *s, struct table2 *out, struct err *err)
{
	struct table2 t = { .form = s->form };

	if (s->unit.known ? !table2_of_unit(ctx, s, &t, err) : !table2_of_site(ctx, s, &t, err))
		return false;
	*out = t;
	return true;
}

static bool check_entry(struct ctx *ctx, const struct form_cell2 *c, int64_t hundredths,
			struct str source, struct err *err)
{
	struct str label = str_format(ctx->arena, STR_FMT "·" STR_FMT, STR_ARG(c->row_label),
				      STR_ARG(c->column_label));

	if (source.len == 0 || source.len > 500)
		return err_set_field(err, "source", ERR_INVALID, "statistics.no_source", STR_FMT,
				     STR_ARG(label));
	if (c->kind != CELL_SIGNED && hundredths < 0)
		return err_set_field(err, "value", ERR_INVALID, "statistics.negative", STR_FMT,
				     STR_ARG(label));
	if (c->kind != CELL_AMOUNT && hundredths % 100 != 0)
		return err_set_field(err, "value", ERR_INVALID, "statistics.not_whole", STR_FMT,
				     STR_ARG(label));
	return true;
}

bool statistics_enter(struct ctx *ctx, struct unit_id unit, int year, enum form_kind form, int cell,
		      int64_t hundredths, struct str source, struct err *err)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(form, &count);
	struct t2_entry_row old;
	bool found;
	int64_t seq;

	assert(cell >= 0 && (size_t)cell < count);
	if (!check_entry(ctx, &cells[cell], hundredths, source, err))
		return false;
	struct str key = cell_key(ctx->arena, &cells[cell]), code = form_code(form);
	if (!t2_entry(ctx,
		      &(struct t2_entry_in){
			      .year = year, .form = code, .unit_id = unit.n, .cell = key },
		      &old, &found, err))
		return false;
	if (found && old.hundredths == hundredths && str_equal(old.source, source))
		return true; /* nothing changes: nothing is recorded */
	struct ledger_change changes[] = {
		{ "cell", STR_NONE, key },
		{ "value", found ? figure_print(ctx->arena, old.hundredths) : STR_NONE,
		  figure_print(ctx->arena, hundredths) },
		{ "source", found ? old.source : STR_NONE, source },
	};
	if (!ledger_append(ctx,
			   &(struct ledger_event){ .subject_kind = "typed_figure",
						   .subject_id = unit.n,
						   .verb = "statistics.enter",
						   .changes = changes,
						   .changes_count = COUNT_OF(changes) },
			   &seq, err))
		return false;
	if (found &&
	    !t2_history_insert(ctx,
			       &(struct t2_history_insert_in){ .year = year,
							       .form = code,
							       .unit_id = unit.n,
							       .cell = key,
							       .hundredths = old.hundredths,
							       .source = old.source,
							       .seq_from = old.changed_seq,
							       .seq_to = seq },
			       NULL, err))
		return false;
	return t2_write(ctx,
			&(struct t2_write_in){ .year = year,
					       .form = code,
					       .unit_id = unit.n,
					       .cell = key,
					       .hundredths = hundredths,
					       .source = source,
					       .changed_seq = seq },
			NULL, err);
}
