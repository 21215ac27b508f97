/*
 * statistics_test.c - the tables agree with a slow count that walks every request,
 * now and as of an earlier position; a change moves exactly the cells it should.
 */
#include "base/rand.h"
#include "base/test.h"
#include "db/testdb.h"
#include "dispute/dispute.h"
#include "ledger/ledger.h"
#include "request/request.h"
#include "statistics/statistics.h"

#include <string.h>

enum { UNITS = 3, REQUESTS = 120, YEAR = 2020 };

struct world {
	struct unit_id units[UNITS];
	struct request_id ids[REQUESTS * 2];
	size_t count;
	struct seeded rand;
};

static int below(struct world *w, int bound)
{
	return (int)seeded_below(&w->rand, (uint64_t)bound);
}

static bool make_units(struct ctx *ctx, struct world *w, struct err *err)
{
	static const char *const names[] = { "区政府", "区财政局", "第一街道" };

	for (int i = 0; i < UNITS; i++) {
		struct unit_new in = { .code = str_format(ctx->arena, "U%d", i),
				       .name = str_from_c(names[i]),
				       .kind = i == 0 ? UNIT_GOVERNMENT : UNIT_DEPARTMENT,
				       .reports = true,
				       .parent = { .known = i > 0, .v = w->units[0].n } };
		if (!agency_add_unit(ctx, &in, &w->units[i], err))
			return false;
	}
	return true;
}

static const struct decision_kind *any_kind(struct world *w)
{
	const struct decision_kind *kind;

	do
		kind = &request_decisions[below(w, (int)request_decisions_count)];
	while (!kind->needs_letter || kind->from.known ||
	       kind->outcome == OUTCOME_UNABLE_STILL_UNCLEAR ||
	       kind->outcome == OUTCOME_DENIED_THIRD_PARTY); /* these ask for steps before them */
	return kind;
}

/* Registers, and decides two in three of them, some in the year after. */
static bool add_requests(struct ctx *ctx, struct world *w, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct date received =
			date_make(2019 + below(w, 3), 1 + below(w, 12), 1 + below(w, 28));
		struct request_register in = { .unit = w->units[below(w, UNITS)],
					       .channel = CHANNEL_IN_PERSON,
					       .applicant = (enum applicant_class)below(
						       w, APPLICANT_CLASS_COUNT),
					       .submitted_on = received,
					       .confirmed_on = { true, received },
					       .content = STR("示例申请") };
		struct request_id *id = &w->ids[w->count++];
		ctx_set_time(ctx, date_start(date_make(2022, 3, 1)));
		if (!request_register(ctx, &in, id, err))
			return false;
		if (below(w, 3) > 0 && !request_record_decision(ctx, *id, any_kind(w),
						       date_plus(received, 1 + below(w, 25)), err))
			return false;
	}
	return true;
}

/* ---- the slow count: one request at a time, by the words of the rules */

static void slow_one(const struct request *r, const struct scope *s, struct table3 *t)
{
	int column = (int)r->applicant;
	int year = date_year(r->received_on.v);
	bool open_before =
		year < s->year && (!r->closed_on.known || date_year(r->closed_on.v) >= s->year);
	bool open_after =
		year <= s->year && (!r->closed_on.known || date_year(r->closed_on.v) > s->year);

	if (year == s->year)
		t->cell[form_table3_find(s->form, STR("new_received"))][column]++;
	if (open_before)
		t->cell[form_table3_find(s->form, STR("carried_in"))][column]++;
	if (open_after)
		t->cell[form_table3_find(s->form, STR("carried_out"))][column]++;
	if (r->closed_on.known && date_year(r->closed_on.v) == s->year) {
		t->cell[form_table3_line_of_outcome(s->form, outcome_code(r->outcome))][column]++;
		t->cell[form_table3_find(s->form, STR("results_total"))][column]++;
	}
}

static bool slow_table3(struct ctx *ctx, const struct world *w, const struct scope *s,
			struct table3 *t, struct err *err)
{
	size_t lines;

	*t = (struct table3){ .form = s->form };
	for (size_t i = 0; i < w->count; i++) {
		struct request r;
		if (!request_find(ctx, w->ids[i], &r, err))
			return false;
		if (!s->unit.known || s->unit.v == r.unit.n)
			slow_one(&r, s, t);
	}
	(void)form_table3(s->form, &lines);
	for (size_t i = 0; i < lines; i++)
		for (int c = 0; c < APPLICANT_TOTAL; c++)
			t->cell[i][APPLICANT_TOTAL] += t->cell[i][c];
	return true;
}

static void agree(struct test *t, struct ctx *ctx, const struct world *w, struct scope s)
{
	struct err err = { 0 };
	struct table3 fast, slow;
	struct table4 t4 = { 0 };
	struct cross_foot *checks;
	size_t count;

	CHECK_OK(statistics_table3(ctx, &s, &fast, &err));
	CHECK_OK(slow_table3(ctx, w, &s, &slow, &err));
	CHECK(memcmp(fast.cell, slow.cell, sizeof fast.cell) == 0);
	CHECK(statistics_cross_foot(ctx->arena, &fast, &t4, &checks, &count));
}

static void counts_agree(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct err err = { 0 };

	(void)arg;
	w->rand = seeded_from(7);
	CHECK_OK(make_units(&site->ctx, w, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS, &err));
	for (int year = 2018; year <= 2023; year++)
		for (int u = -1; u < UNITS; u++)
			for (int form = FORM_2019; form <= FORM_2021; form++)
				agree(t, &site->ctx, w,
				      (struct scope){
					      .year = year,
					      .form = (enum form_kind)form,
					      .unit = { u >= 0, u >= 0 ? w->units[u].n : 0 } });
}

static void earlier_positions(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct scope s = { .year = YEAR, .form = FORM_2019 };
	struct table3 then, now, again;
	struct err err = { 0 };
	int64_t position;

	(void)arg;
	w->rand = seeded_from(11);
	CHECK_OK(make_units(&site->ctx, w, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS, &err));
	CHECK_OK(ledger_position(&site->ctx, &position, &err));
	CHECK_OK(statistics_table3(&site->ctx, &s, &then, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS / 2, &err));
	for (size_t i = 0; i < REQUESTS; i += 5) {
		struct request r;
		CHECK_OK(request_find(&site->ctx, w->ids[i], &r, &err));
		const struct decision_kind *kind = any_kind(w);
		if (r.has_outcome && !str_equal_c(r.decision, kind->code))
			CHECK_OK(request_amend(&site->ctx, r.id, r.applicant, kind, STR("录入有误"), &err));
	}
	CHECK_OK(statistics_table3(&site->ctx, &s, &now, &err));
	CHECK(memcmp(&then, &now, sizeof then) != 0);
	agree(t, &site->ctx, w, s);
	s.as_of = position;
	CHECK_OK(statistics_table3(&site->ctx, &s, &again, &err));
	CHECK(memcmp(&then, &again, sizeof then) == 0);
}

/* One request from one line to another: two cells and their two totals, nothing else. */
static void one_change(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct scope s = { .year = YEAR, .form = FORM_2019 };
	struct table3 before, after;
	struct err err = { 0 };
	struct request r = { .has_outcome = false };

	(void)arg;
	w->rand = seeded_from(13);
	CHECK_OK(make_units(&site->ctx, w, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS, &err));
	CHECK_OK(statistics_table3(&site->ctx, &s, &before, &err));
	for (size_t i = 0; i < w->count; i++) {
		CHECK_OK(request_find(&site->ctx, w->ids[i], &r, &err));
		if (r.has_outcome && r.outcome == OUTCOME_GRANTED &&
		    date_year(r.closed_on.v) == YEAR)
			break;
	}
	CHECK(r.outcome == OUTCOME_GRANTED);
	CHECK_OK(request_amend(&site->ctx, r.id, r.applicant, request_decision(STR("no_process")),
			       STR("录入有误"), &err));
	CHECK_OK(statistics_table3(&site->ctx, &s, &after, &err));
	int from = form_table3_find(s.form, STR("granted")),
	    to = form_table3_find(s.form, STR("denied_process_info"));
	for (int line = 0; line < 32; line++)
		for (int c = 0; c < APPLICANT_COLUMNS; c++) {
			bool touched = c == (int)r.applicant || c == APPLICANT_TOTAL;
			int64_t change = touched && line == from ? -1
					 : touched && line == to ? 1
								 : 0;
			CHECK_INT(after.cell[line][c] - before.cell[line][c], change);
		}
}

/* As many records as each figure says, on pages of seven, none twice. */
static void check_listed(struct test *t, struct testdb *site, struct scope s,
			 const struct figure_set *set)
{
	struct err err = { 0 };
	size_t lines;
	const struct form_line *form = form_table3(s.form, &lines);

	for (size_t i = 0; i < lines; i++) {
		struct str key = str_format(t->arena, "t3." STR_FMT ".total", STR_ARG(form[i].key));
		const struct figure *f = figure_find(set, key);
		int64_t listed = 0, after = 0;
		size_t count;
		CHECK(f != NULL);
		do {
			struct record_row *rows;
			CHECK_OK(statistics_records3(&site->ctx, &s, form[i].key, STR("total"),
						     after, 7, &rows, &count, &err));
			for (size_t k = 0; k < count; k++) {
				CHECK(rows[k].id > after);
				after = rows[k].id;
			}
			listed += (int64_t)count;
		} while (count == 7);
		CHECK_INT(listed * 100, f != NULL ? f->hundredths.v : -1);
	}
}

/*
 * Now, and as of an earlier position after more was received, closed and put right: what was
 * counted then is listed as it was then.
 */
static void records_open(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct scope s = { .year = YEAR, .form = FORM_2019 };
	struct figure_set set, now;
	struct request r = { .has_outcome = false };
	struct err err = { 0 };
	struct record_row *rows;
	size_t count, amended = 0;

	(void)arg;
	w->rand = seeded_from(17);
	CHECK_OK(make_units(&site->ctx, w, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS, &err));
	CHECK_OK(statistics_figures(&site->ctx, &s, &set, &err));
	check_listed(t, site, s, &set);
	CHECK_OK(ledger_position(&site->ctx, &s.as_of, &err));
	CHECK_OK(add_requests(&site->ctx, w, REQUESTS / 2, &err));
	for (size_t i = 0; i < REQUESTS && amended < 9; i++) {
		CHECK_OK(request_find(&site->ctx, w->ids[i], &r, &err));
		if (!r.has_outcome || r.outcome != OUTCOME_GRANTED || !r.closed_on.known ||
		    date_year(r.closed_on.v) != YEAR)
			continue;
		amended++;
		CHECK_OK(request_amend(&site->ctx, r.id, r.applicant,
				       request_decision(STR("no_process")), STR("录入有误"), &err));
	}
	CHECK(amended > 0);
	CHECK_OK(statistics_figures(&site->ctx, &(struct scope){ .year = YEAR, .form = FORM_2019 },
				    &now, &err));
	CHECK(figure_find(&now, STR("t3.denied_process_info.total"))->hundredths.v !=
	      figure_find(&set, STR("t3.denied_process_info.total"))->hundredths.v);
	check_listed(t, site, s, &set);
	CHECK_OK(statistics_records3(&site->ctx, &s, STR("granted"), STR("total"), 0, 1000, &rows,
				     &count, &err));
	for (size_t i = 0; i < count; i++) {
		CHECK(rows[i].then && rows[i].closed_year.v == YEAR);
		CHECK_STR(rows[i].state, STR("granted"));
	}
	s.as_of = 0;
	check_listed(t, site, s, &now);
}

/* Table 四 as of a position: each route's cells open as many proceedings as they counted. */
static void check_listed4(struct test *t, struct testdb *site, struct scope s)
{
	struct table4 t4;
	struct err err = { 0 };

	CHECK_OK(statistics_table4(&site->ctx, &s, &t4, &err));
	for (int o = 0; o < ROUTE_OUTCOMES; o++) {
		struct record_row *rows;
		size_t count;
		CHECK_OK(statistics_records4(&site->ctx, &s, form_routes[0].key,
					     form_outcomes[o].key, 0, 50, &rows, &count, &err));
		CHECK_INT((int64_t)count, t4.cell[0][o]);
		for (size_t i = 0; i < count && o < ROUTE_TOTAL - 1; i++)
			CHECK_STR(rows[i].state, form_outcomes[o].label);
	}
}

static void proceedings(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct scope s = { .year = 2019, .form = FORM_2019 };
	struct dispute_id ids[3];
	struct table4 t4;
	struct err err = { 0 };
	int64_t position;

	(void)arg;
	CHECK_OK(make_units(&site->ctx, w, &err));
	for (int i = 0; i < 3; i++)
		CHECK_OK(dispute_open(
			&site->ctx,
			&(struct dispute_open){ .unit = w->units[i % 2],
						.case_no = str_format(t->arena, "复%d", i),
						.accepted_on = date_make(2019, 11, 1 + i) },
			&ids[i], &err));
	CHECK_OK(dispute_conclude(&site->ctx, ids[0], DISPUTE_UPHELD, STR("维持"), date_make(2019, 12, 1), &err));
	CHECK_OK(ledger_position(&site->ctx, &position, &err));
	CHECK_OK(dispute_conclude(&site->ctx, ids[1], DISPUTE_CORRECTED, STR("撤销"), date_make(2020, 1, 8), &err));
	CHECK_OK(statistics_table4(&site->ctx, &s, &t4, &err));
	CHECK_INT(t4.cell[0][0], 1);
	CHECK_INT(t4.cell[0][3], 2); /* both were open at the end of 2019 */
	CHECK_INT(t4.cell[0][ROUTE_TOTAL], 3);
	s.year = 2020;
	CHECK_OK(statistics_table4(&site->ctx, &s, &t4, &err));
	CHECK_INT(t4.cell[0][1], 1);
	CHECK_INT(t4.cell[0][3], 1);
	s.unit = (struct opt_int){ true, w->units[1].n };
	CHECK_OK(statistics_table4(&site->ctx, &s, &t4, &err));
	CHECK_INT(t4.cell[0][ROUTE_TOTAL], 1);
	s.unit.known = false;
	s.as_of = position;
	CHECK_OK(statistics_table4(&site->ctx, &s, &t4, &err));
	CHECK_INT(t4.cell[0][1], 0);
	CHECK_INT(t4.cell[0][3], 2);
	check_listed4(t, site, s);
	s.year = 2019;
	check_listed4(t, site, s);
	s.as_of = position + 1;
	check_listed4(t, site, s);
	s.year = 2020;
	check_listed4(t, site, s);
}

static void typed(struct test *t, struct testdb *site, const void *arg)
{
	struct world *w = ARENA_NEW(site->ctx.arena, struct world);
	struct scope s = { .year = YEAR, .form = FORM_2019 };
	struct table2 t2;
	struct err err = { 0 };
	int cell = form_table2_find(FORM_2019, STR("art20_5"), STR("administrative_licensing"),
				    STR("items_change"));

	(void)arg;
	CHECK_OK(make_units(&site->ctx, w, &err));
	for (int i = 0; i < UNITS; i++) {
		CHECK_OK(statistics_table2(&site->ctx, &s, &t2, &err));
		CHECK(!t2.cell[cell].known); /* a unit is still missing */
		CHECK_OK(statistics_enter(&site->ctx, w->units[i], YEAR, FORM_2019, cell,
					  -100 * (i + 1), STR("台账"), &err));
	}
	CHECK_OK(statistics_table2(&site->ctx, &s, &t2, &err));
	CHECK(t2.cell[cell].known);
	CHECK_INT(t2.cell[cell].hundredths, -600);
	CHECK_FAILS(statistics_enter(&site->ctx, w->units[0], YEAR, FORM_2019, cell, 150, STR("台账"), &err),
		    "statistics.not_whole");
	CHECK_FAILS(statistics_enter(&site->ctx, w->units[0], YEAR, FORM_2019, cell + 1, -100, STR("台账"), &err),
		    "statistics.negative");
	CHECK_FAILS(statistics_enter(&site->ctx, w->units[0], YEAR, FORM_2019, cell, 100, STR(""),
				     &err),
		    "statistics.no_source");
}

void statistics_test(struct test *t)
{
	testdb_each(t, "the tables agree with a slow count of every request", counts_agree, NULL);
	testdb_each(t, "an earlier position gives the tables of then", earlier_positions, NULL);
	testdb_each(t, "one amended outcome moves two cells and nothing else", one_change, NULL);
	testdb_each(t, "every figure of table 3 opens as many records as it says", records_open,
		    NULL);
	testdb_each(t, "proceedings are counted by conclusion and by what is pending", proceedings,
		    NULL);
	testdb_each(t, "typed figures add up when every unit has given its own", typed, NULL);
	if (test_case(t, "figures print as people write them")) {
		CHECK_STR(figure_print(t->arena, 27700), STR("277"));
		CHECK_STR(figure_print(t->arena, -31200), STR("-312"));
		CHECK_STR(figure_print(t->arena, 773028), STR("7730.28"));
		CHECK_STR(figure_print(t->arena, 50), STR("0.5"));
		CHECK_STR(figure_print(t->arena, -5), STR("-0.05"));
	}
	if (test_case(t, "and are read back")) {
		static const struct { const char *text; bool good; int64_t value; } rows[] = {
			{ "277", true, 27700 }, { "-312", true, -31200 },
			{ "7730.28", true, 773028 }, { "0.5", true, 50 }, { "-0.05", true, -5 },
			{ "0", true, 0 }, { "", false, 0 }, { "-", false, 0 }, { "1.", false, 0 },
			{ ".5", false, 0 }, { "1.234", false, 0 }, { "1,000", false, 0 },
			{ "12 ", false, 0 }, { "1.2.3", false, 0 }, { "--1", false, 0 },
			{ "9999999999999999999", false, 0 },
		};
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			int64_t got = 0;
			CHECK(figure_parse(str_from_c(rows[i].text), &got) == rows[i].good);
			CHECK(!rows[i].good || got == rows[i].value);
		}
	}
}
