/* report_test.c - the life of a report, state by verb, freezing, roll-up, errata, faults. */
#include "report/site_fixture.h"

#include "ledger/ledger.h"

static int64_t value(struct test *t, const struct report_content *c, const char *key)
{
	const struct figure *f = figure_find(&c->figures, str_from_c(key));

	CHECK(f != NULL && f->hundredths.known);
	return f != NULL ? f->hundredths.v / 100 : -1;
}

static bool has(const struct report_findings *f, const char *key)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_equal_c(f->rows[i].key, key))
			return true;
	return false;
}

static struct report_content load(struct test *t, struct ctx *ctx, const struct report *r)
{
	struct report_content c = { 0 };
	struct err err = { 0 };

	CHECK_OK(report_load(ctx, r, 0, &c, &err));
	return c;
}

/* ---- one report from start to erratum */

static void lives(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	struct report_id id;
	struct report_findings found;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(report_start(ctx, u.bureau, 2020, &id, &err));
	CHECK_OK(report_check(ctx, id, 1, &found, &err));
	CHECK(report_blocked(&found)); /* the default words have gaps */
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_INT(r.state, REPORT_DRAFT);

	CHECK_OK(report_edit_whole(ctx, id, 2, STR(FIXTURE_WORDS), &err));
	CHECK_OK(report_check(ctx, id, 3, &found, &err));
	CHECK(!report_blocked(&found));
	CHECK_FAILS(report_approve(ctx, id, 4, &err), "report.same_person");
	fixture_act(ctx, REVIEWER, u.bureau, "reviewer");
	CHECK_OK(report_approve(ctx, id, 4, &err));
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK(r.frozen_seq.known && r.approved_by.known && r.approved_by.v == REVIEWER);
	struct report_content c = load(t, ctx, &r);
	CHECK_INT(value(t, &c, "t3.new_received.total"), 2);
	CHECK_INT(value(t, &c, "t3.granted.total"), 1);
	CHECK_INT(value(t, &c, "t3.denied.total"), 1);
	CHECK_INT(value(t, &c, "t4.reconsideration.upheld"), 1);
	CHECK_STR(narrative_plain(t->arena, &c.parts[0].paragraphs[0]), STR("2020年新收2件，予以公开1件。"));
	CHECK_STR(c.unit_name, STR("示例区财政局"));
	CHECK_INT((int64_t)c.parts[5].count, 0); /* scope notes are the government's */
	CHECK_STR(tables_code(t->arena, &c.tables), r.check_code);

	fixture_act(ctx, SUPERVISOR, u.root, "supervisor");
	CHECK_OK(report_publish(ctx, id, 5, &err));
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_INT(r.state, REPORT_PUBLISHED);
	CHECK(r.published_on.known && date_compare(r.published_on.v, ctx->today) == 0);
}

static void stays_frozen(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	struct request_id late;
	struct report_content c;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(fixture_advance(ctx, u.bureau, 2020, REPORT_APPROVED, &r, &err));
	int64_t before;
	CHECK_OK(ledger_position(ctx, &before, &err));
	CHECK_OK(fixture_request(ctx, u.bureau, 2020, 20, "give", &late, &err));
	c = load(t, ctx, &r);
	CHECK_INT(value(t, &c, "t3.new_received.total"), 2);
	CHECK_INT(c.position, r.frozen_seq.v);
	CHECK_OK(report_preview(ctx, u.bureau, 2020, 0, &c, &err));
	CHECK_INT(value(t, &c, "t3.new_received.total"), 2); /* the report is the figure */
	CHECK_OK(report_return(ctx, r.id, r.version, STR("补录一件申请"), &err));
	CHECK_OK(report_find(ctx, r.id, &r, &err));
	CHECK_INT(r.state, REPORT_DRAFT);
	CHECK(!r.frozen_seq.known);
	c = load(t, ctx, &r);
	CHECK_INT(value(t, &c, "t3.new_received.total"), 3);
	/* as of the ledger before that request, the draft still counts two */
	CHECK_OK(report_preview(ctx, u.bureau, 2020, before, &c, &err));
	CHECK_INT(value(t, &c, "t3.new_received.total"), 2);
	CHECK_INT(c.position, before);
}

/* ---- state × verb */

static bool do_verb(struct ctx *ctx, const struct report *r, enum report_verb verb, struct err *err)
{
	struct report_findings found;
	const struct report_correction one = { STR("t3.granted.natural_person"), 200 };
	const struct report_correction both[] = { one,
						  { STR("t3.new_received.natural_person"), 300 } };
	int number;

	switch (verb) {
	case REPORT_EDIT:
		return report_edit_part(ctx, r->id, r->version, 5, STR("新的问题。"), err);
	case REPORT_CHECK:
		return report_check(ctx, r->id, r->version, &found, err);
	case REPORT_WAIVE:
		return report_waive(ctx, r->id, r->version, STR("none"), STR("理由"), err);
	case REPORT_APPROVE:
		return report_approve(ctx, r->id, r->version, err);
	case REPORT_RETURN:
		return report_return(ctx, r->id, r->version, STR("理由"), err);
	case REPORT_PUBLISH:
		return report_publish(ctx, r->id, r->version, err);
	case REPORT_ERRATUM:
		return report_erratum(ctx, r->id, r->version, both, COUNT_OF(both), STR("理由"), &number,
				      err);
	case REPORT_VERB_COUNT:
		break;
	}
	return false;
}

static void meets(struct test *t, struct testdb *site, const void *arg)
{
	static const bool may[REPORT_STATE_COUNT][REPORT_VERB_COUNT] = {
		/*		     edit check waive approve return publish erratum */
		[REPORT_DRAFT] = { true, true, true, false, false, false, false },
		[REPORT_CHECKED] = { true, true, true, true, true, false, false },
		[REPORT_APPROVED] = { false, false, false, false, true, true, false },
		[REPORT_PUBLISHED] = { false, false, false, false, false, false, true },
	};
	struct ctx *ctx = &site->ctx;
	enum report_state state = *(const enum report_state *)arg;
	struct site_units u;
	struct report r;
	struct err err = { 0 };

	CHECK_OK(fixture_site(ctx, &u, &err));
	for (int v = 0; v < REPORT_VERB_COUNT; v++) {
		CHECK_INT(report_allows(state, (enum report_verb)v), may[state][v]);
		if (may[state][v])
			continue;
		bool found;
		CHECK_OK(report_of(ctx, u.bureau, 2020, &r, &found, &err));
		if (!found)
			CHECK_OK(fixture_advance(ctx, u.bureau, 2020, state, &r, &err));
		fixture_act(ctx, 99, u.bureau, "supervisor");
		CHECK_FAILS(do_verb(ctx, &r, (enum report_verb)v, &err), "report.not_allowed");
		struct report after;
		CHECK_OK(report_find(ctx, r.id, &after, &err));
		CHECK_INT(after.version, r.version);
		CHECK_INT(after.state, state);
	}
}

struct step {
	const char *name;
	enum report_state from;
	enum report_verb verb;
	enum report_state to;
};

static void steps(struct test *t, struct testdb *site, const void *arg)
{
	const struct step *s = arg;
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r, after;
	struct ledger_row *rows;
	size_t before, count;
	struct err err = { 0 };

	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(fixture_advance(ctx, u.bureau, 2020, s->from, &r, &err));
	CHECK_OK(ledger_history(ctx, "report", r.id.n, 100, &rows, &before, &err));
	fixture_act(ctx, 99, u.bureau, "supervisor");
	if (s->verb == REPORT_WAIVE) /* nothing to answer for in these words */
		CHECK_FAILS(do_verb(ctx, &r, s->verb, &err), "report.no_finding");
	else
		CHECK_OK(do_verb(ctx, &r, s->verb, &err));
	CHECK_OK(report_find(ctx, r.id, &after, &err));
	CHECK_INT(after.state, s->to);
	CHECK_OK(ledger_history(ctx, "report", r.id.n, 100, &rows, &count, &err));
	CHECK_INT((int64_t)count, (int64_t)before + (s->verb != REPORT_WAIVE));
	if (s->verb == REPORT_WAIVE)
		return;
	CHECK_INT(after.version, r.version + 1);
	CHECK_FAILS(do_verb(ctx, &r, s->verb, &err), /* sent again by somebody with the old page */
		    report_allows(after.state, s->verb) ? "report.changed" : "report.not_allowed");
}

/* ---- who may */

static void guards(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	struct report_id id;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_FAILS(report_start(ctx, u.street, 2020, &id, &err), "report.other_unit");
	CHECK_FAILS(report_start(ctx, u.bureau, 2018, &id, &err), "report.bad_year");
	CHECK_FAILS(report_start(ctx, u.bureau, 2022, &id, &err), "report.bad_year");
	CHECK_OK(report_start(ctx, u.bureau, 2021, &id, &err));
	CHECK_FAILS(report_start(ctx, u.bureau, 2021, &id, &err), "report.exists");
	CHECK_FAILS(report_edit_part(ctx, id, 1, 1, STR("{{"), &err), "report.narrative_unclosed");
	CHECK_OK(report_edit_whole(ctx, id, 1, STR(FIXTURE_WORDS), &err));
	CHECK_OK(fixture_table2(ctx, u.bureau, 2021, &err));
	struct report_findings found;
	CHECK_OK(report_check(ctx, id, 2, &found, &err));
	fixture_act(ctx, REVIEWER, u.street, "reviewer");
	CHECK_FAILS(report_approve(ctx, id, 3, &err), "report.other_unit");
	fixture_act(ctx, REVIEWER, u.bureau, "reviewer");
	CHECK_FAILS(report_approve(ctx, id, 3, &err), "report.year_not_over");
	fixture_day(ctx, 2022, 1, 1);
	CHECK_OK(report_approve(ctx, id, 3, &err));
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_FAILS(report_return(ctx, id, r.version, STR("  "), &err), "report.no_reason");
	CHECK_FAILS(report_find(ctx, (struct report_id){ 999 }, &r, &err), "report.none");
}

/* ---- what the check finds */

static void finds(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report_id id;
	struct report r;
	struct report_findings found;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(report_start(ctx, u.bureau, 2020, &id, &err));
	CHECK_OK(report_edit_part(ctx, id, 1, 1, STR("新收3件。\n上年结转0件。"), &err));
	CHECK_OK(report_edit_part(ctx, id, 2, 5, STR_NONE, &err));
	CHECK_OK(report_edit_part(ctx, id, 3, 6, STR_NONE, &err));
	CHECK_OK(report_check(ctx, id, 4, &found, &err));
	CHECK(report_blocked(&found));
	CHECK(has(&found, "empty/5"));
	CHECK(!has(&found, "late"));
	struct str typed = STR_NONE;
	for (size_t i = 0; i < found.count; i++)
		if (str_starts(found.rows[i].key, STR("typed/1/3/")))
			typed = found.rows[i].key;
	CHECK(typed.len > 0);
	/* a typed number may be answered for, a missing part may not */
	CHECK_FAILS(report_waive(ctx, id, 5, STR("empty/5"), STR("没有"), &err), "report.no_finding");
	CHECK_FAILS(report_waive(ctx, id, 5, typed, STR(" "), &err), "report.no_reason");
	CHECK_OK(report_waive(ctx, id, 5, typed, STR("含本局派出机构代收的一件"), &err));
	CHECK_OK(report_edit_part(ctx, id, 6, 5, STR("问题与改进。"), &err));
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_OK(report_look(ctx, &r, &found, &err));
	/* the second typed number equals its figure and is still to be written as a reference */
	CHECK(report_blocked(&found));
	CHECK_OK(report_edit_part(ctx, id, 7, 1, STR("新收3件。\n上年结转{{t3.carried_in.total}}件。"), &err));
	CHECK_OK(report_check(ctx, id, 8, &found, &err));
	CHECK(!report_blocked(&found));
	/* the answer is for that sentence: another number is asked about again */
	CHECK_OK(report_edit_part(ctx, id, 9, 1, STR("新收4件。"), &err));
	CHECK_OK(report_check(ctx, id, 10, &found, &err));
	CHECK(report_blocked(&found));
	fixture_day(ctx, 2021, 2, 1);
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_OK(report_look(ctx, &r, &found, &err));
	CHECK(has(&found, "late"));
}

static void blanks(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report_id id;
	struct report_findings found;
	struct err err = { 0 };

	(void)arg;
	fixture_day(ctx, 2021, 1, 11);
	CHECK_OK(fixture_units(ctx, &u, &err));
	fixture_act(ctx, CLERK, u.bureau, "clerk");
	CHECK_OK(report_start(ctx, u.bureau, 2020, &id, &err));
	CHECK_OK(report_edit_whole(ctx, id, 1, STR(FIXTURE_WORDS), &err));
	CHECK_OK(report_check(ctx, id, 2, &found, &err));
	CHECK(report_blocked(&found));
	CHECK(has(&found, "blank/t2.art20_1.rules.made_this_year"));
}

static void checks_again(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	struct report_id id;
	struct request_id late;
	struct report_findings found;
	struct str key = STR_NONE;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(report_start(ctx, u.bureau, 2020, &id, &err));
	CHECK_OK(report_edit_whole(ctx, id, 1, STR(FIXTURE_WORDS "新收2件。\n"), &err));
	CHECK_OK(report_check(ctx, id, 2, &found, &err));
	CHECK(report_blocked(&found));
	for (size_t i = 0; i < found.count; i++)
		if (str_starts(found.rows[i].key, STR("typed/6/2/")))
			key = found.rows[i].key;
	CHECK_OK(report_waive(ctx, id, 3, key, STR("引用旧报告的原句"), &err));
	CHECK_OK(report_check(ctx, id, 4, &found, &err));
	CHECK(!report_blocked(&found));
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK_INT(r.state, REPORT_CHECKED);
	/* a request comes in: the sentence was right and is stale now, its answer with it */
	CHECK_OK(fixture_request(ctx, u.bureau, 2020, 24, "give", &late, &err));
	fixture_act(ctx, REVIEWER, u.bureau, "reviewer");
	CHECK_FAILS(report_approve(ctx, id, 5, &err), "report.blocked");
	CHECK_OK(report_find(ctx, id, &r, &err));
	CHECK(!r.frozen_seq.known);
}

/* ---- the government's report */

static void rolls_up(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report bureau, district;
	struct report_id id;
	struct request_id late;
	struct report_findings found;
	struct report_share *shares;
	size_t count;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(fixture_advance(ctx, u.bureau, 2020, REPORT_PUBLISHED, &bureau, &err));
	/* recorded after the bureau handed in: the records say one more than its report */
	CHECK_OK(fixture_request(ctx, u.bureau, 2020, 23, "give", &late, &err));

	fixture_act(ctx, SUPERVISOR, u.root, "supervisor");
	CHECK_OK(report_start(ctx, u.root, 2020, &id, &err));
	CHECK_OK(report_edit_whole(ctx, id, 1, STR(FIXTURE_WORDS), &err));
	CHECK_OK(report_check(ctx, id, 2, &found, &err));
	CHECK(report_blocked(&found));
	CHECK(has(&found, "unit/J1"));
	CHECK(!has(&found, "unit/CZ"));
	CHECK(has(&found, "drift/t3.new_received.total"));
	CHECK_OK(report_waive(ctx, id, 3, STR("unit/J1"), STR("街道报告另行补报"), &err));
	CHECK_OK(report_check(ctx, id, 4, &found, &err));
	CHECK(!report_blocked(&found));
	fixture_act(ctx, REVIEWER, u.root, "reviewer");
	CHECK_OK(report_approve(ctx, id, 5, &err));
	CHECK_OK(report_find(ctx, id, &district, &err));
	CHECK(district.rolls_up);
	struct report_content c = load(t, ctx, &district);
	CHECK_INT(value(t, &c, "t3.new_received.total"), 5); /* 2 + 2 + 1, not 6 */
	CHECK_INT(value(t, &c, "t3.granted.total"), 3);
	CHECK_INT(value(t, &c, "t3.carried_out.total"), 1);
	CHECK_INT(value(t, &c, "t4.all.upheld"), 1);
	CHECK_INT((int64_t)c.parts[5].count, 1);
	CHECK_STR(narrative_plain(t->arena, &c.parts[5].paragraphs[0]),
		  STR("自2019年起，甲分局的依申请公开数据由市甲局归口统计，不计入本报告。"));
	CHECK(str_contains(content_preamble(t->arena, &c), STR("示例区政府办公室（电话：000）")));

	CHECK_OK(
		report_shares(ctx, &district, STR("t3.new_received.total"), &shares, &count, &err));
	CHECK_INT((int64_t)count, 3);
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		sum += shares[i].hundredths.v / 100;
		CHECK_INT(shares[i].from_report, str_equal(shares[i].code, STR("CZ")));
	}
	CHECK_INT(sum, 5);
	CHECK_OK(report_shares(ctx, &district, STR("t3.denied.total"), &shares, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK_INT(shares[i].hundredths.v, str_equal(shares[i].code, STR("CZ")) ? 100 : 0);
	CHECK_OK(report_shares(ctx, &district, STR("t4.all.total"), &shares, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK_INT(shares[i].hundredths.v, str_equal(shares[i].code, STR("CZ")) ? 100 : 0);
}

static void watches_the_days(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { int month, day; int late; } rows[] = {
		{ 1, 31, 0 }, { 2, 1, 2 }, { 3, 31, 2 }, { 4, 1, 3 },
	};
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	struct report_board board;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		fixture_day(ctx, 2021, rows[i].month, rows[i].day);
		CHECK_OK(report_board(ctx, 2020, &board, &err));
		CHECK_INT((int64_t)board.count, 3);
		CHECK_INT((int64_t)board.late, rows[i].late);
	}
	fixture_day(ctx, 2021, 1, 20);
	CHECK_OK(fixture_advance(ctx, u.bureau, 2020, REPORT_APPROVED, &r, &err));
	fixture_day(ctx, 2021, 2, 1);
	CHECK_OK(report_board(ctx, 2020, &board, &err));
	CHECK_INT((int64_t)board.handed_in, 1);
	CHECK_INT((int64_t)board.late, 1);
	CHECK(!board.rows[0].unit.parent.known);
	CHECK_INT(date_compare(board.rows[0].due, date_make(2021, 3, 31)), 0);
}

/* ---- the year before */

static void compares(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report before, r;
	struct report_id id;
	struct report_findings found;
	struct report_correction one = { STR("t3.carried_in.natural_person"), 100 };
	struct report_correction two[] = { one, { STR("t3.carried_out.natural_person"), 100 } };
	int number;
	struct err err = { 0 };

	(void)arg;
	fixture_day(ctx, 2021, 1, 11);
	CHECK_OK(fixture_units(ctx, &u, &err));
	CHECK_OK(fixture_records(ctx, &u, 2019, &err));
	CHECK_OK(fixture_records(ctx, &u, 2020, &err));
	CHECK_OK(fixture_advance(ctx, u.bureau, 2019, REPORT_PUBLISHED, &before, &err));
	fixture_act(ctx, CLERK, u.bureau, "clerk");
	CHECK_OK(report_start(ctx, u.bureau, 2020, &id, &err));
	CHECK_OK(report_edit_whole(ctx, id, 1, STR("一、总体情况\n新收申请同比{{growth t3.new_received.total}}。\n"
						   "五、存在的主要问题及改进情况\n答复文书的说理有待加强。\n"), &err));
	CHECK_OK(report_check(ctx, id, 2, &found, &err));
	CHECK(!report_blocked(&found));
	CHECK(has(&found, "alike/5"));
	fixture_act(ctx, REVIEWER, u.bureau, "reviewer");
	CHECK_OK(report_approve(ctx, id, 3, &err));
	/* last year's erratum afterwards does not rewrite this year's sentence */
	fixture_act(ctx, SUPERVISOR, u.root, "supervisor");
	CHECK_OK(report_erratum(ctx, before.id, before.version, two, COUNT_OF(two), STR("漏计"), &number, &err));
	CHECK_OK(report_find(ctx, id, &r, &err));
	struct report_content c = load(t, ctx, &r);
	CHECK_STR(narrative_plain(t->arena, &c.parts[0].paragraphs[0]), STR("新收申请同比持平。"));
	CHECK_OK(report_look(ctx, &r, &found, &err));
	CHECK(!has(&found, "T3-4/natural_person")); /* compared with what was known at approval */
}

/* ---- errata */

static void corrects(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report r;
	int number = 0;
	struct err err = { 0 };
	const struct report_correction half[] = { { STR("t3.granted.natural_person"), 200 } };
	const struct report_correction whole[] = { { STR("t3.granted.natural_person"), 200 },
						   { STR("t3.new_received.natural_person"), 300 } };
	const struct report_correction same[] = { { STR("t3.granted.natural_person"), 200 } };
	const struct report_correction sum[] = { { STR("t3.denied.total"), 200 } };
	const struct report_correction broken[] = { { STR("t3.granted.natural_person"), -100 } };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	CHECK_OK(fixture_advance(ctx, u.bureau, 2020, REPORT_PUBLISHED, &r, &err));
	CHECK_FAILS(report_erratum(ctx, r.id, r.version, half, 1, STR("漏计"), &number, &err),
		    "report.breaks_sum");
	CHECK_FAILS(report_erratum(ctx, r.id, r.version, sum, 1, STR("漏计"), &number, &err),
		    "report.no_cell");
	CHECK_FAILS(report_erratum(ctx, r.id, r.version, broken, 1, STR("漏计"), &number, &err),
		    "report.bad_value");
	CHECK_FAILS(report_erratum(ctx, r.id, r.version, whole, 2, STR(""), &number, &err),
		    "report.no_reason");
	CHECK_OK(report_erratum(ctx, r.id, r.version, whole, 2, STR("漏计一件当面提交的申请"), &number, &err));
	CHECK_INT(number, 1);
	CHECK_FAILS(report_erratum(ctx, r.id, r.version + 1, same, 1, STR("同上"), &number, &err),
		    "report.nothing_changed");
	struct str old_code = r.check_code;
	CHECK_OK(report_find(ctx, r.id, &r, &err));
	struct report_content c = load(t, ctx, &r);
	CHECK_INT(value(t, &c, "t3.granted.total"), 2);
	CHECK_INT(value(t, &c, "t3.results_total.total"), 3);
	CHECK_STR(narrative_plain(t->arena, &c.parts[0].paragraphs[0]), STR("2020年新收3件，予以公开2件。"));
	CHECK_INT((int64_t)c.errata_count, 1);
	CHECK_INT((int64_t)c.errata[0].changes_count, 6);
	CHECK_STR(tables_code(t->arena, &c.tables), r.check_code);
	CHECK(!str_equal(old_code, r.check_code));
	CHECK(str_contains(office_write_text(t->arena, content_doc(t->arena, &c)),
			   STR("更正理由：漏计一件当面提交的申请")));
}

/* ---- fees */

/* Each of the three figures opens as many records as it says, with the sum of each. */
static void opens_fees(struct test *t, struct ctx *ctx, struct unit_id unit,
		       const struct report_content *c)
{
	static const struct { const char *key, *says; } rows[] = {
		{ "notices", "2021-03-08通知120.5元" },
		{ "charged", "2021-03-08通知120.5元" },
		{ "paid", "2021-03-10缴费120.5元" },
	};
	struct scope s = { .year = 2021, .unit = { true, unit.n }, .form = FORM_2021 };
	struct record_row *found;
	struct err err = { 0 };
	size_t count;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str key = str_format(t->arena, "fee.%s", rows[i].key);
		const struct figure *f = figure_find(&c->figures, key);
		if (CHECK(f != NULL))
			CHECK(str_contains(f->href, str_format(t->arena, "?table=fee&line=%s",
							       rows[i].key)));
		CHECK_OK(statistics_records_fee(ctx, &s, str_from_c(rows[i].key), 0, 10, &found,
						&count, &err));
		if (CHECK_INT((int64_t)count, 1))
			CHECK_STR(found[0].state, str_from_c(rows[i].says));
	}
	CHECK_FAILS(statistics_records_fee(ctx, &s, STR("other"), 0, 10, &found, &count, &err),
		    "statistics.no_figure");
	s.unit.known = false; /* the roll-up: both units' */
	CHECK_OK(statistics_records_fee(ctx, &s, STR("notices"), 0, 10, &found, &count, &err));
	CHECK_INT((int64_t)count, 2);
}

static void tells_fees(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct request_id one, two;
	struct report_content c;
	struct err err = { 0 };

	(void)arg;
	fixture_day(ctx, 2022, 1, 11);
	CHECK_OK(fixture_units(ctx, &u, &err));
	CHECK_OK(fixture_request(ctx, u.bureau, 2021, 2, NULL, &one, &err));
	CHECK_OK(fixture_request(ctx, u.street, 2021, 3, NULL, &two, &err));
	CHECK_OK(request_charge(ctx, one, date_make(2021, 3, 8), 12050, &err));
	CHECK_OK(request_pay(ctx, one, date_make(2021, 3, 10), &err));
	CHECK_OK(request_charge(ctx, two, date_make(2021, 3, 9), 50000, &err));
	CHECK_OK(report_preview(ctx, u.bureau, 2021, 0, &c, &err));
	CHECK_STR(narrative_plain(t->arena, &c.parts[5].paragraphs[0]),
		  STR("2021年收取信息处理费的情况：发出收费通知1件，总金额120.5元，实际收取120.5元。"));
	opens_fees(t, ctx, u.bureau, &c);
	CHECK_OK(report_preview(ctx, u.root, 2021, 0, &c, &err));
	CHECK_STR(narrative_plain(t->arena, &c.parts[5].paragraphs[0]),
		  STR("2021年收取信息处理费的情况：发出收费通知2件，总金额620.5元，实际收取120.5元。"));
	CHECK_OK(report_preview(ctx, u.bureau, 2020, 0, &c, &err));
	CHECK(figure_find(&c.figures, STR("fee.notices")) == NULL); /* not in the earlier form */
}

/* The figures here and those of statistics/ are the same, name by name and value by value. */
static void agrees(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct site_units u;
	struct report_content c;
	struct figure_set set;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(fixture_site(ctx, &u, &err));
	for (int year = 2020; year <= 2021; year++) {
		struct scope s = { .year = year, .unit = { true, u.bureau.n },
				   .form = form_of_year(year) };
		CHECK_OK(statistics_figures(ctx, &s, &set, &err));
		CHECK_OK(report_preview(ctx, u.bureau, year, 0, &c, &err));
		CHECK_INT((int64_t)c.figures.count, (int64_t)set.count);
		for (size_t i = 0; i < set.count; i++) {
			const struct figure *f = figure_find(&c.figures, set.figures[i].key);
			CHECK(f != NULL);
			if (f == NULL)
				continue;
			CHECK_INT(f->hundredths.known, set.figures[i].hundredths.known);
			CHECK_INT(f->hundredths.v, set.figures[i].hundredths.v);
			CHECK_STR(f->unit, set.figures[i].unit);
		}
	}
}

/* ---- faults */

struct fault { const char *name; enum report_state from; enum report_verb verb; };

static bool fault_given(struct ctx *ctx, const void *arg, struct err *err)
{
	const struct fault *f = arg;
	struct site_units u;
	struct report r;

	return fixture_site(ctx, &u, err) && fixture_advance(ctx, u.bureau, 2020, f->from, &r, err);
}

static bool fault_verb(struct ctx *ctx, const void *arg, struct err *err)
{
	const struct fault *f = arg;
	struct unit bureau;
	struct report r;
	bool found;

	if (!agency_unit_by_code(ctx, STR("CZ"), &bureau, &found, err) ||
	    !report_of(ctx, bureau.id, 2020, &r, &found, err))
		return false;
	fixture_act(ctx, 99, bureau.id, "supervisor");
	return do_verb(ctx, &r, f->verb, err);
}

static void fault_check(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	(void)done;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

void report_test(struct test *t);
void report_test(struct test *t)
{
	static const struct { const char *name; enum report_state state; } states[] = {
		{ "what cannot be done to a draft", REPORT_DRAFT },
		{ "what cannot be done to a checked report", REPORT_CHECKED },
		{ "what cannot be done to an approved report", REPORT_APPROVED },
		{ "what cannot be done to a published report", REPORT_PUBLISHED },
	};
	static const struct step possible[] = {
		{ "a draft is edited", REPORT_DRAFT, REPORT_EDIT, REPORT_DRAFT },
		{ "a draft passes the check", REPORT_DRAFT, REPORT_CHECK, REPORT_CHECKED },
		{ "a draft has nothing to answer for", REPORT_DRAFT, REPORT_WAIVE, REPORT_DRAFT },
		{ "an edit undoes the check", REPORT_CHECKED, REPORT_EDIT, REPORT_DRAFT },
		{ "a checked report is checked again", REPORT_CHECKED, REPORT_CHECK,
		  REPORT_CHECKED },
		{ "a checked report has nothing to answer for", REPORT_CHECKED, REPORT_WAIVE,
		  REPORT_CHECKED },
		{ "a checked report is approved", REPORT_CHECKED, REPORT_APPROVE, REPORT_APPROVED },
		{ "a checked report is returned", REPORT_CHECKED, REPORT_RETURN, REPORT_DRAFT },
		{ "an approved report is returned", REPORT_APPROVED, REPORT_RETURN, REPORT_DRAFT },
		{ "an approved report is published", REPORT_APPROVED, REPORT_PUBLISH,
		  REPORT_PUBLISHED },
		{ "a published report is corrected", REPORT_PUBLISHED, REPORT_ERRATUM,
		  REPORT_PUBLISHED },
	};
	static const struct fault faults[] = {
		{ "a failure leaves no half edit", REPORT_DRAFT, REPORT_EDIT },
		{ "a failure leaves no half approval", REPORT_CHECKED, REPORT_APPROVE },
		{ "a failure leaves no half return", REPORT_APPROVED, REPORT_RETURN },
		{ "a failure leaves no half publication", REPORT_APPROVED, REPORT_PUBLISH },
		{ "a failure leaves no half erratum", REPORT_PUBLISHED, REPORT_ERRATUM },
	};

	testdb_each(t, "a report lives from draft to publication", lives, NULL);
	testdb_each(t, "approval freezes the figures; a return counts again", stays_frozen, NULL);
	for (size_t i = 0; i < COUNT_OF(states); i++)
		testdb_each(t, states[i].name, meets, &states[i].state);
	for (size_t i = 0; i < COUNT_OF(possible); i++)
		testdb_each(t, possible[i].name, steps, &possible[i]);
	testdb_each(t, "guards: unit, year, second person, words that parse", guards, NULL);
	testdb_each(t, "the check finds, and answers are for one sentence", finds, NULL);
	testdb_each(t, "a blank of table 2 blocks", blanks, NULL);
	testdb_each(t, "approval checks again what has changed since", checks_again, NULL);
	testdb_each(t, "the government's report is the sum of the units' reports", rolls_up, NULL);
	testdb_each(t, "the days of article 49", watches_the_days, NULL);
	testdb_each(t, "growth and likeness are against last year as it was known", compares, NULL);
	testdb_each(t, "an erratum corrects cells, totals and words", corrects, NULL);
	testdb_each(t, "fees are told in part six of the later form", tells_fees, NULL);
	testdb_each(t, "every figure is that of statistics", agrees, NULL);
	for (size_t i = 0; i < COUNT_OF(faults); i++)
		testdb_faults(t, faults[i].name,
			      &(struct testdb_scenario){ .given = fault_given, .verb = fault_verb,
							 .check = fault_check, .arg = &faults[i] });
}
