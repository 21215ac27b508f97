/* retention_test.c - what is due and when; what is erased and what stays. */
#include "attachment/attachment.h"
#include "base/test.h"
#include "casework/casework.h"
#include "dispute/dispute.h"
#include "ledger/ledger.h"
#include "reply/fixture.h"
#include "retention/retention.h"
#include "retention/sample.h"
#include "statistics/statistics.h"

static size_t due(struct test *t, struct ctx *ctx)
{
	struct retention_case *list;
	struct err err = { 0 };
	size_t count = 99;

	CHECK_OK(retention_due(ctx, RETENTION_REQUEST, 0, 10, &list, &count, &err));
	return count;
}

static void when(struct test *t, struct testdb *site, const void *arg)
{
	const int *archive = arg;
	struct ctx *ctx = &site->ctx;
	struct request_id id;
	struct err err = { 0 };

	CHECK_OK(sample_filed(ctx, *archive, &id, &err));
	reply_today(ctx, "2090-01-01");
	CHECK_INT((int64_t)due(t, ctx), 0); /* no years settled: nothing is ever due */
	CHECK_FAILS(sample_settle(ctx, RETENTION_REQUEST, -1, &err), "retention.years");
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 12, &err));
	if (*archive == 0) {
		CHECK_INT((int64_t)due(t, ctx), 0); /* for good */
		return;
	}
	/* The later of both. */
	reply_today(ctx, *archive > 12 ? "2054-03-10" : "2036-03-10");
	CHECK_INT((int64_t)due(t, ctx), 0);
	reply_today(ctx, *archive > 12 ? "2054-03-11" : "2036-03-11");
	CHECK_INT((int64_t)due(t, ctx), 1);
}

static void erases(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct scope scope = { .year = 2024 };
	struct table3 before = { 0 }, after = { 0 };
	struct attachment *files;
	struct service *services;
	struct letter *letters;
	struct ledger_verdict verdict;
	struct request_id id;
	struct request r;
	struct identity who;
	struct reply reply;
	struct case_order *orders;
	struct attachment enclosed;
	struct err err = { 0 };
	size_t count, erased;
	bool found;

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &id, &err));
	CHECK_OK(statistics_table3(ctx, &scope, &before, &err));
	CHECK_OK(reply_of(ctx, id, &reply, &found, &err));
	CHECK_INT((int64_t)reply.enclosures_count, 1);
	struct attachment_id file = { reply.enclosures[0].attachment };
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 1, &err));
	CHECK_OK(retention_run(ctx, RETENTION_REQUEST, 10, &erased, &err));
	CHECK_INT((int64_t)erased, 0); /* not due yet */
	reply_today(ctx, "2034-03-11");
	CHECK_OK(retention_run(ctx, RETENTION_REQUEST, 10, &erased, &err));
	CHECK_INT((int64_t)erased, 1);
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK(!str_contains(r.content, STR("甲〇一")) && r.state == REQUEST_CLOSED);
	CHECK_OK(identity_masked(ctx, r.applicant_id, &who, &err));
	CHECK(who.erased);
	CHECK_OK(attachment_list(ctx, "request", id.n, &files, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(reply_services(ctx, id, &services, &count, &err));
	CHECK(count == 1 && services[0].addressee.len == 0 && services[0].counts_on.known);
	CHECK_OK(reply_of(ctx, id, &reply, &found, &err));
	CHECK(found && reply.items[0].asked.len == 0 && reply.items[0].decision != NULL);
	CHECK(reply.enclosures_count == 1 && reply.enclosures[0].title.len == 0 &&
	      reply.enclosures[0].attachment == 0);
	CHECK_FAILS(attachment_find(ctx, file, &enclosed, &err), "attachment.none");
	CHECK_OK(order_list_of(ctx, id, &orders, &count, &err));
	CHECK(count == 1 && orders[0].text.len > 0 && !str_contains(orders[0].text, STR("甲〇一")));
	CHECK_OK(letter_list(ctx, "request", id.n, &letters, &count, &err));
	CHECK(count > 0);
	for (size_t i = 0; i < count; i++)
		CHECK(letters[i].number.len > 0 && !str_contains(letters[i].body, STR("甲〇一")) &&
		      !str_contains(letters[i].addressee, STR("甲〇一")));
	/* Figures and chain are as they were; again there is nothing. */
	CHECK_OK(statistics_table3(ctx, &scope, &after, &err));
	for (size_t line = 0; line < COUNT_OF(before.cell); line++)
		for (size_t column = 0; column < COUNT_OF(before.cell[0]); column++)
			CHECK_INT(after.cell[line][column], before.cell[line][column]);
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_OK(retention_run(ctx, RETENTION_REQUEST, 10, &erased, &err));
	CHECK_INT((int64_t)erased, 0);
}

/* While a proceeding about it is open, what it is about stays. */
static void waits_for_a_dispute(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_open open = { .route = DISPUTE_RECONSIDERATION,
				     .case_no = STR("〔2024〕示复1号"),
				     .organ = STR("示例市人民政府") };
	struct request_id id;
	struct request r;
	struct dispute_id dispute;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	open.unit = r.unit;
	open.request = (struct opt_int){ true, id.n };
	open.accepted_on = ctx->today;
	CHECK_OK(dispute_open(ctx, &open, &dispute, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 1, &err));
	reply_today(ctx, "2034-03-11");
	CHECK_INT((int64_t)due(t, ctx), 0);
	CHECK_OK(dispute_conclude(ctx, dispute, DISPUTE_UPHELD, STR("维持"), ctx->today, &err));
	CHECK_INT((int64_t)due(t, ctx), 1);
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id id;

	(void)arg;
	if (!sample_filed(ctx, 10, &id, err) || !sample_settle(ctx, RETENTION_REQUEST, 1, err))
		return false;
	reply_today(ctx, "2034-03-11");
	return true;
}

static bool verb(struct ctx *ctx, const void *arg, struct err *err)
{
	size_t erased;

	(void)arg;
	return retention_run(ctx, RETENTION_REQUEST, 10, &erased, err);
}

void retention_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = given, .verb = verb };
	static const int ten = 10, thirty = 30, for_good = 0;

	testdb_each(t, "due by the site's years", when, &ten);
	testdb_each(t, "due by the archive's years, if they are longer", when, &thirty);
	testdb_each(t, "archived for good: never due", when, &for_good);
	testdb_each(t, "erased: people and words; figures, days and chain stay", erases, NULL);
	testdb_each(t, "not while a proceeding is open", waits_for_a_dispute, NULL);
	testdb_faults(t, "erasing is all or nothing", &scenario);
}
