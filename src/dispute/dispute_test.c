/*
 * dispute_test.c - proceedings: registered once, concluded once, counted by the words of the
 * decision.
 */
#include "base/test.h"
#include "db/testdb.h"
#include "dispute/dispute.h"

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id unit;
	struct dispute_id id;

	(void)arg;
	return agency_add_unit(ctx,
			       &(struct unit_new){ .code = STR("A"),
						   .name = STR("区政府"),
						   .kind = UNIT_GOVERNMENT,
						   .reports = true },
			       &unit, err) &&
	       dispute_open(ctx,
			    &(struct dispute_open){ .unit = unit,
						    .route = DISPUTE_RECONSIDERATION,
						    .case_no = STR("复〔2020〕1号"),
						    .organ = STR("市政府"),
						    .accepted_on = date_make(2020, 3, 2) },
			    &id, err);
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct dispute *list, one;
	struct dispute_id again;
	size_t count;

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	CHECK_OK(dispute_list(ctx, (struct opt_int){ 0 }, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	struct dispute_open in = { .unit = list[0].unit, .route = DISPUTE_RECONSIDERATION,
				   .case_no = STR("复〔2020〕1号"), .accepted_on = date_make(2020, 3, 3) };
	CHECK_FAILS(dispute_open(ctx, &in, &again, &err), "dispute.case_taken");
	in.case_no = STR_NONE;
	CHECK_FAILS(dispute_open(ctx, &in, &again, &err), "dispute.no_case_no");
	in.case_no = STR("2");
	in.accepted_on = date_plus(ctx->today, 1);
	CHECK_FAILS(dispute_open(ctx, &in, &again, &err), "dispute.in_future");
	CHECK_FAILS(dispute_conclude(ctx, list[0].id, DISPUTE_UPHELD, STR("维持"), date_make(2020, 3, 1), &err),
		    "dispute.before_start");
	CHECK_FAILS(dispute_conclude(ctx, (struct dispute_id){ 99 }, DISPUTE_UPHELD, STR("维持"),
				     date_make(2020, 3, 1), &err), "dispute.none");
	CHECK_OK(dispute_conclude(ctx, list[0].id, DISPUTE_UPHELD, STR("维持"), date_make(2020, 4, 1), &err));
	CHECK_FAILS(dispute_conclude(ctx, list[0].id, DISPUTE_OTHER, STR("终止"), date_make(2020, 4, 2), &err),
		    "dispute.concluded");
	CHECK_OK(dispute_find(ctx, list[0].id, &one, &err));
	CHECK(one.concluded && one.outcome == DISPUTE_UPHELD);
	CHECK_OK(dispute_list(ctx, (struct opt_int){ true, one.unit.n }, 0, 10, &list, &count,
			      &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(dispute_list(ctx, (struct opt_int){ true, one.unit.n + 1 }, 0, 10, &list, &count,
			      &err));
	CHECK_INT((int64_t)count, 0);
}

static bool conclude(struct ctx *ctx, const void *arg, struct err *err)
{
	struct dispute *list;
	size_t count;

	(void)arg;
	return dispute_list(ctx, (struct opt_int){ 0 }, 0, 1, &list, &count, err) &&
	       dispute_conclude(ctx, list[0].id, DISPUTE_CORRECTED, STR("撤销"), date_make(2020, 5, 1), err);
}

void dispute_test(struct test *t)
{
	static const struct { const char *word; enum dispute_outcome outcome; } words[] = {
		{ "维持原行政行为", DISPUTE_UPHELD },	{ "驳回行政复议请求", DISPUTE_UPHELD },
		{ "驳回诉讼请求", DISPUTE_UPHELD },	{ "驳回起诉", DISPUTE_OTHER },
		{ "撤销并责令重新答复", DISPUTE_CORRECTED }, { "变更", DISPUTE_CORRECTED },
		{ "确认违法", DISPUTE_CORRECTED },	{ "责令限期履行", DISPUTE_CORRECTED },
		{ "终止审查", DISPUTE_OTHER },		{ "准许撤诉", DISPUTE_OTHER },
		{ "调解结案", DISPUTE_OTHER },		{ "不予受理", DISPUTE_OTHER },
	};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		enum dispute_outcome outcome = DISPUTE_OUTCOME_COUNT;
		if (!test_case(t, "%s is counted in its column", words[i].word))
			continue;
		CHECK(dispute_outcome_of(str_from_c(words[i].word), &outcome));
		CHECK_INT(outcome, words[i].outcome);
	}
	if (test_case(t, "a word nobody knows has no column")) {
		enum dispute_outcome outcome;
		CHECK(!dispute_outcome_of(STR("待定"), &outcome));
	}
	testdb_each(t, "a proceeding's life", life, NULL);
	testdb_faults(t, "concluding is all or nothing",
		      &(struct testdb_scenario){ .given = given, .verb = conclude });
}
