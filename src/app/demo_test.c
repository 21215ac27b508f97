/*
 * demo_test.c - the sample year, played through the verbs, ends in the published
 * figures, cell by cell, on both engines.
 */
#include "app/demo.h"
#include "apply/follow.h"
#include "apply/found.h"
#include "base/asset.h"
#include "base/file.h"
#include "base/test.h"
#include "db/testdb.h"
#include "dispute/dossier.h"
#include "ledger/ledger.h"
#include "portal/ledger_words.h"
#include "statistics/statistics.h"

static void table3_holds(struct test *t, struct ctx *ctx)
{
	struct scope s = { .year = 2020, .form = FORM_2019 };
	struct table3 table;
	struct err err = { 0 };
	size_t lines;
	const struct form_line *form = form_table3(FORM_2019, &lines);

	CHECK_OK(statistics_table3(ctx, &s, &table, &err));
	for (size_t i = 0; i < lines; i++)
		for (int c = 0; c < APPLICANT_COLUMNS && form[i].kind != LINE_GROUP; c++)
			CHECK_INT(table.cell[i][c],
				  demo_cell3(t->arena, form[i].key, form_applicants[c].key));
}

static void table4_holds(struct test *t, struct ctx *ctx)
{
	struct scope s = { .year = 2020, .form = FORM_2019 };
	struct table4 table;
	struct err err = { 0 };

	CHECK_OK(statistics_table4(ctx, &s, &table, &err));
	for (int r = 0; r < ROUTES; r++)
		for (int o = 0; o < ROUTE_OUTCOMES; o++)
			CHECK_INT(table.cell[r][o],
				  demo_cell4(t->arena, form_routes[r].key, form_outcomes[o].key));
}

/* Every proceeding has its dossier; what was ordered anew is answered anew. */
static void dossiers_hold(struct test *t, struct ctx *ctx)
{
	int redone = 0, heard = 0, planned = 0;
	struct err err = { 0 };
	struct dispute *list;
	size_t count;

	CHECK_OK(dispute_list(ctx, (struct opt_int){ 0 }, 0, 100, &list, &count, &err));
	CHECK_INT((int64_t)count, 21);
	for (size_t i = 0; i < count; i++) {
		struct hearing *hearings;
		struct paper *papers;
		size_t n;
		CHECK(list[i].received_on.known && list[i].answer_due.known);
		CHECK(list[i].answered_on.known &&
		      date_compare(list[i].answered_on.v, list[i].answer_due.v) <= 0);
		CHECK_INT(list[i].redo, list[i].concluded && list[i].outcome == DISPUTE_CORRECTED);
		redone += list[i].redo && list[i].redo_done;
		CHECK_OK(hearing_list(ctx, list[i].id, &hearings, &n, &err));
		for (size_t k = 0; k < n; k++) {
			heard += hearings[k].state == HEARING_HELD;
			planned += hearings[k].state == HEARING_PLANNED;
		}
		CHECK_OK(paper_list(ctx, list[i].id, &papers, &n, &err));
		CHECK_INT((int64_t)n, 1);
	}
	CHECK_INT(redone, 2);
	CHECK_INT(heard, 20);
	CHECK_INT(planned, 1);
}

/* The roll-up's figures are the sums of the units' own. */
static void units_add_up(struct test *t, struct ctx *ctx)
{
	struct scope s = { .year = 2020, .form = FORM_2019 };
	struct table3 all, sum = { .form = FORM_2019 }, one;
	struct err err = { 0 };
	struct unit *units;
	size_t count;

	CHECK_OK(statistics_table3(ctx, &s, &all, &err));
	CHECK_OK(agency_units(ctx, &units, &count, &err));
	for (size_t u = 0; u < count; u++) {
		s.unit = (struct opt_int){ true, units[u].id.n };
		CHECK_OK(statistics_table3(ctx, &s, &one, &err));
		for (int i = 0; i < 32; i++)
			for (int c = 0; c < APPLICANT_COLUMNS; c++)
				sum.cell[i][c] += one.cell[i][c];
	}
	for (int i = 0; i < 32; i++)
		for (int c = 0; c < APPLICANT_COLUMNS; c++)
			CHECK_INT(sum.cell[i][c], all.cell[i][c]);
}

static void table2_holds(struct test *t, struct ctx *ctx)
{
	struct scope s = { .year = 2020, .form = FORM_2019 };
	struct table2 table;
	struct err err = { 0 };
	struct str rest = asset_text(asset_find(STR("samples/yuexiu-2020/table2.csv"))), line,
		   cell[7];

	CHECK_OK(statistics_table2(ctx, &s, &table, &err));
	(void)str_split_next(&rest, '\n', &line); /* the head */
	while (str_split_next(&rest, '\n', &line) && line.len > 0) {
		int64_t value = -1;
		for (size_t i = 0; i < 7; i++)
			CHECK(str_split_next(&line, ',', &cell[i]));
		int at = form_table2_find(FORM_2019, cell[0], cell[2], cell[4]);
		CHECK(str_to_i64(str_trim(cell[6]), &value) && at >= 0 && table.cell[at].known);
		CHECK_INT(table.cell[at].hundredths, value * 100);
	}
}

/* One answer told to all, one suggestion that was accepted, one complaint that waits. */
static void what_follows(struct test *t, struct ctx *ctx)
{
	struct opt_int everybody = { 0 };
	struct answer *answers;
	struct follow *list;
	struct found *found;
	struct err err = { 0 };
	size_t count;

	CHECK_OK(answer_list_public(ctx, 0, 9, &answers, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(found_search(ctx, STR("请公开养老服务补贴的发放标准"), FOUND_NEAR, FOUND_FEW, &found,
			      &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(follow_list(ctx, FOLLOW_SUGGESTION, everybody, 0, 9, &list, &count, &err));
	CHECK(count == 1 && list[0].finding == FINDING_ACCEPTED);
	CHECK_OK(follow_list(ctx, FOLLOW_COMPLAINT, everybody, 0, 9, &list, &count, &err));
	CHECK(count == 1 && list[0].finding == FINDING_OPEN);
}

static bool has_code(struct str sentence)
{
	for (size_t i = 0; i + 1 < sentence.len && i < 24; i++)
		if (sentence.ptr[i] == '.' && sentence.ptr[i + 1] >= 'a' &&
		    sentence.ptr[i + 1] <= 'z')
			return true;
	return false;
}

/* An auditor reads the year in sentences: no act and no thing appears under its code. */
static void ledger_reads(struct test *t, struct ctx *ctx)
{
	struct ledger_words words;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count, typed = 0;
	int64_t before = 0;

	if (!CHECK_OK(ledger_words_load(ctx, &words, &err)))
		return;
	do {
		CHECK_OK(ledger_recent(ctx, before, 500, &rows, &count, &err));
		for (size_t i = 0; i < count; i++) {
			struct str said = ledger_sentence(t->arena, &words, &rows[i]);
			CHECK(!has_code(said));
			CHECK((unsigned char)ledger_subject(t->arena, &rows[i]).ptr[0] >= 0x80);
			CHECK(!str_contains(said, STR("单位 （无）")));
			typed += str_starts(said, STR("填报统计数字：表二“规章”")) ? 1 : 0;
		}
		before = count > 0 ? rows[count - 1].seq : 0;
	} while (before > 1);
	CHECK(typed > 0);
}

static void played_year(struct test *t, struct testdb *db, const void *arg)
{
	struct data_site site = { .arena = t->arena,
				  .dir = str_from_c(t->data_dir),
				  .where = db->where,
				  .db = db->ctx.db,
				  .vault = db->ctx.vault,
				  .lock_fd = -1 };
	struct demo_options o = { .seed = 2020, .year = 2020, .times = 1 };
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(demo_play(&site, t->arena, &o, &err));
	table3_holds(t, &db->ctx);
	table4_holds(t, &db->ctx);
	dossiers_hold(t, &db->ctx);
	table2_holds(t, &db->ctx);
	units_add_up(t, &db->ctx);
	what_follows(t, &db->ctx);
	CHECK_OK(ledger_verify(&db->ctx, &verdict, &err));
	CHECK(verdict.intact);
	ledger_reads(t, &db->ctx);
	CHECK_FAILS(demo_play(&site, t->arena, &o, &err), "app.demo_not_empty");
}

/*
 * Five years in a row, one of them with a request that is corrected and then refused as excessive:
 * every identity holds in each, and from each to the next.
 */
static void years_follow(struct test *t, struct testdb *db, const void *arg)
{
	struct data_site site = { .arena = t->arena,
				  .dir = str_from_c(t->data_dir),
				  .where = db->where,
				  .db = db->ctx.db,
				  .vault = db->ctx.vault,
				  .lock_fd = -1 };
	struct demo_options o = { .seed = 2020, .year = 2020, .times = 5 };
	struct table3 before = { .form = FORM_2019 };
	struct err err = { 0 };

	(void)arg;
	if (!CHECK_OK(demo_play(&site, t->arena, &o, &err)))
		return;
	for (int year = 2019; year <= 2025; year++) {
		struct scope s = { .year = year, .form = FORM_2021 };
		struct cross_foot *checks;
		struct table3 t3;
		struct table4 t4;
		size_t count;

		CHECK_OK(statistics_table3(&db->ctx, &s, &t3, &err));
		CHECK_OK(statistics_table4(&db->ctx, &s, &t4, &err));
		CHECK(statistics_cross_foot(t->arena, &t3, &t4, &checks, &count));
		int in = form_table3_find(FORM_2021, STR("carried_in"));
		int out = form_table3_find(FORM_2021, STR("carried_out"));
		for (int c = 0; c < APPLICANT_COLUMNS && year > 2019; c++)
			CHECK_INT(t3.cell[in][c], before.cell[out][c]);
		before = t3;
	}
	int out = form_table3_find(FORM_2021, STR("carried_out"));
	CHECK_INT(before.cell[out][APPLICANT_TOTAL], 0); /* in the end all are answered */
	struct table2 t2;
	CHECK_OK(statistics_table2(&db->ctx, &(struct scope){ .year = 2022, .form = FORM_2021 },
				   &t2, &err));
	for (size_t i = 0; i < 10; i++)
		CHECK(t2.cell[i].known);
}

/* Every period of the plan ends in time, whatever the seed. */
static void plan_holds(struct test *t, uint64_t seed)
{
	struct demo_options o = { .seed = seed, .year = 2020, .times = 7 };
	struct demo_plan plan;
	struct err err = { 0 };

	CHECK_OK(demo_plan_make(t->arena, &o, &plan, &err));
	CHECK_INT((int64_t)plan.requests_count, 7 * 294);
	CHECK_INT((int64_t)plan.disputes_count, 7 * 21);
	for (size_t i = 1; i < plan.acts_count; i++)
		CHECK(plan.acts[i - 1].day.ordinal <= plan.acts[i].day.ordinal);
}

void demo_test(struct test *t)
{
	testdb_each(t, "the sample year ends in the published figures", played_year, NULL);
	testdb_each(t, "years follow one another", years_follow, NULL);
	for (uint64_t seed = 1; seed <= 3; seed++)
		if (test_case(t, "a plan of seven years from seed %d", (int)seed))
			plan_holds(t, seed);
	if (test_case(t, "a year outside the calendar is refused")) {
		struct demo_options o = { .seed = 1, .year = 2019, .times = 1 };
		struct demo_plan plan;
		struct err err = { 0 };
		CHECK_FAILS(demo_plan_make(t->arena, &o, &plan, &err), "app.demo_year");
	}
}
