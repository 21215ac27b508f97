/*
 * retention_records_test.c - proceedings and corrections are kept for a time of their own, and
 * erased then; a person goes with the last record.
 */
#include "apply/follow.h"
#include "base/test.h"
#include "dispute/bundle.h"
#include "dispute/bundle_check.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "retention/sample.h"
#include "statistics/statistics.h"

#include <unistd.h>

static size_t due(struct test *t, struct ctx *ctx, enum retention_kind kind)
{
	struct retention_case *list;
	struct err err = { 0 };
	size_t count = 99;

	CHECK_OK(retention_due(ctx, kind, 0, 10, &list, &count, &err));
	return count;
}

static size_t runs(struct test *t, struct ctx *ctx, enum retention_kind kind)
{
	struct err err = { 0 };
	size_t erased = 99;

	CHECK_OK(retention_run(ctx, kind, 10, &erased, &err));
	return erased;
}

/* ---- proceedings */

static void dispute_when(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct dispute_id id;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &request, &err));
	CHECK_OK(sample_dispute(ctx, request, "〔2024〕示复1号", &id, &err));
	reply_today(ctx, "2090-01-01");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 0); /* nothing settled */
	CHECK_FAILS(sample_settle(ctx, RETENTION_DISPUTE, 101, &err), "retention.years");
	CHECK_OK(sample_settle(ctx, RETENTION_DISPUTE, 30, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 10, &err));
	/* The request waits for its proceeding. */
	reply_today(ctx, "2054-03-10");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 0);
	CHECK_INT((int64_t)due(t, ctx, RETENTION_REQUEST), 0);
	reply_today(ctx, "2054-03-11");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 1);
	CHECK_INT((int64_t)due(t, ctx, RETENTION_REQUEST), 1);
}

/* A suit after it keeps the reconsideration, as long as it is open and as long as it is kept. */
static void dispute_chain(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_open suit = { .unit = { 1 }, .route = DISPUTE_LITIGATION_AFTER,
				     .case_no = STR("〔2026〕示01行初1号"), .organ = STR("示例法院") };
	struct dispute_id id, later;
	struct request_id request;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &request, &err));
	CHECK_OK(sample_dispute(ctx, request, "〔2024〕示复1号", &id, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_DISPUTE, 2, &err));
	reply_today(ctx, "2026-03-02");
	suit.accepted_on = ctx->today;
	suit.earlier = (struct opt_int){ true, id.n };
	suit.route = DISPUTE_LITIGATION_DIRECT;
	CHECK_FAILS(dispute_open(ctx, &suit, &later, &err), "dispute.no_earlier");
	suit.route = DISPUTE_LITIGATION_AFTER;
	CHECK_OK(dispute_open(ctx, &suit, &later, &err));
	reply_today(ctx, "2026-06-01");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 0);
	struct dispute_end end = { .result = STR("驳回诉讼请求"), .on = ctx->today };
	CHECK_OK(dispute_end(ctx, (struct dispute_edit){ later, 0 }, &end, &err));
	reply_today(ctx, "2028-05-31");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 0);
	reply_today(ctx, "2028-06-01");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 2);
}

/* One that orders a new answer is kept from that answer on; not before it is there. */
static void dispute_redo(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_open open = { .unit = { 1 }, .route = DISPUTE_RECONSIDERATION,
				     .case_no = STR("〔2024〕示复2号"), .organ = STR("示例市人民政府") };
	struct dispute_id id;
	struct request_id request;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &request, &err));
	open.request = (struct opt_int){ true, request.n };
	open.accepted_on = ctx->today;
	CHECK_OK(dispute_open(ctx, &open, &id, &err));
	struct dispute_end end = { .result = STR("撤销，责令重新答复"), .on = ctx->today,
				   .redo = true };
	CHECK_OK(dispute_end(ctx, (struct dispute_edit){ id, 0 }, &end, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_DISPUTE, 1, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 1, &err));
	reply_today(ctx, "2060-01-01");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 0);
	CHECK_INT((int64_t)due(t, ctx, RETENTION_REQUEST), 0);
	/* Registered by mistake: nothing waits for it. */
	CHECK_OK(dispute_void(ctx, (struct dispute_edit){ id, 0 }, STR("误登记"), &err));
	CHECK_INT((int64_t)due(t, ctx, RETENTION_DISPUTE), 1);
	CHECK_INT((int64_t)due(t, ctx, RETENTION_REQUEST), 1);
}

static bool bundle_of(struct ctx *ctx, struct dispute_id id, struct bundle_verdict *v,
		      struct err *err)
{
	struct bundle_options o = { .reason = STR("存档"), .identity = true };
	struct bundle made;

	if (!bundle_make(ctx, id, &o, &made, err))
		return false;
	bool ok = bundle_note(ctx, id, &o, &made, err) &&
		  bundle_verify(ctx->arena, made.fd, v, err);
	close(made.fd);
	return ok;
}

static void dispute_erases(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct scope scope = { .year = 2024 };
	struct table4 before = { 0 }, after = { 0 };
	struct ledger_verdict chain;
	struct bundle_verdict v;
	struct dispute_person *people;
	struct hearing *hearings;
	struct attachment *files;
	struct paper *papers;
	struct request_id request;
	struct dispute_id id;
	struct dispute d;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(sample_filed(ctx, 10, &request, &err));
	CHECK_OK(sample_dispute(ctx, request, "〔2024〕示复1号", &id, &err));
	CHECK_OK(statistics_table4(ctx, &scope, &before, &err));
	CHECK_OK(bundle_of(ctx, id, &v, &err));
	CHECK_INT((int64_t)v.erased_on.len, 0);
	CHECK_OK(sample_settle(ctx, RETENTION_DISPUTE, 10, &err));
	reply_today(ctx, "2034-03-11");
	CHECK_INT((int64_t)runs(t, ctx, RETENTION_DISPUTE), 1);
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK(d.erased_at.known && d.concluded && str_equal_c(d.result, "维持"));
	CHECK_OK(person_list(ctx, id, &people, &count, &err));
	CHECK(count == 1 && !str_contains(people[0].name, STR("甲〇一")) &&
	      people[0].contact.len == 0);
	CHECK_OK(hearing_list(ctx, id, &hearings, &count, &err));
	CHECK(count == 1 && hearings[0].attended.len == 0 && hearings[0].state == HEARING_HELD);
	CHECK_OK(paper_list(ctx, id, &papers, &count, &err));
	CHECK(count == 1 && papers[0].attachment.n == 0 && papers[0].file_name.len == 0 &&
	      papers[0].sha256.len > 0 && !str_contains(papers[0].title, STR("甲〇一")));
	CHECK_OK(attachment_list(ctx, "dispute", id.n, &files, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_FAILS(person_add(ctx, (struct dispute_edit){ id, 0 }, PERSON_HEAD, STR("乙"),
			       STR_NONE, &err),
		    "dispute.erased");
	CHECK_FAILS(dispute_undo_end(ctx, (struct dispute_edit){ id, 0 }, STR("错"), &err),
		    "dispute.erased");
	/* Figures, chain and a bundle that says what it lacks. */
	CHECK_OK(statistics_table4(ctx, &scope, &after, &err));
	for (size_t i = 0; i < COUNT_OF(before.cell); i++)
		for (size_t k = 0; k < COUNT_OF(before.cell[0]); k++)
			CHECK_INT(after.cell[i][k], before.cell[i][k]);
	CHECK_OK(ledger_verify(ctx, &chain, &err));
	CHECK(chain.intact);
	CHECK_OK(bundle_of(ctx, id, &v, &err));
	CHECK_INT((int64_t)v.faults_count, 0);
	CHECK_STR(v.erased_on, STR("2034-03-11"));
	CHECK_INT((int64_t)v.request_erased_on.len, 0);
	CHECK_OK(sample_settle(ctx, RETENTION_REQUEST, 1, &err));
	CHECK_INT((int64_t)runs(t, ctx, RETENTION_REQUEST), 1);
	CHECK_OK(bundle_of(ctx, id, &v, &err));
	CHECK_STR(v.request_erased_on, STR("2034-03-11"));
	CHECK_INT((int64_t)runs(t, ctx, RETENTION_DISPUTE), 0);
}

/* ---- corrections */

static void amendment_erases(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct retention_preview p;
	struct retention_case *list;
	struct ledger_verdict chain;
	struct identity_id who;
	struct identity masked;
	struct amendment_id id, other;
	struct attachment *files;
	struct letter *letters;
	struct request_id request;
	struct amendment a;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(sample_person(ctx, &who, &err));
	CHECK_OK(sample_amendment(ctx, who, &id, &err));
	CHECK_OK(sample_settle(ctx, RETENTION_AMENDMENT, 10, &err));
	reply_today(ctx, "2034-03-10");
	CHECK_INT((int64_t)due(t, ctx, RETENTION_AMENDMENT), 0);
	reply_today(ctx, "2034-03-11");
	CHECK_OK(retention_due(ctx, RETENTION_AMENDMENT, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(retention_preview(ctx, &list[0], &p, &err));
	CHECK(p.files == 1 && p.letters == 1 && p.mails == 1 && p.applicant);
	/* The same person asks again: then the first does not take the person along. */
	CHECK_OK(sample_amendment(ctx, who, &other, &err));
	CHECK_OK(retention_preview(ctx, &list[0], &p, &err));
	CHECK(!p.applicant);
	CHECK_INT((int64_t)runs(t, ctx, RETENTION_AMENDMENT), 1);
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK(a.erased_at.known && a.closed_on.known && a.result == AMENDMENT_REFUSED);
	CHECK(!str_contains(a.record, STR("甲〇一")) && !str_contains(a.wrong, STR("甲〇一")) &&
	      !str_contains(a.evidence, STR("甲〇一")) && !str_contains(a.finding, STR("甲〇一")));
	CHECK_OK(attachment_list(ctx, "amendment", id.n, &files, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(letter_list(ctx, "amendment", id.n, &letters, &count, &err));
	CHECK(count == 1 && letters[0].number.len > 0 &&
	      !str_contains(letters[0].body, STR("甲〇一")));
	CHECK_OK(identity_masked(ctx, who, &masked, &err));
	CHECK(!masked.erased);
	reply_today(ctx, "2044-03-11");
	CHECK_INT((int64_t)runs(t, ctx, RETENTION_AMENDMENT), 1);
	CHECK_OK(identity_masked(ctx, who, &masked, &err));
	CHECK(masked.erased);
	CHECK_OK(ledger_verify(ctx, &chain, &err));
	CHECK(chain.intact);
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id request;
	struct dispute_id dispute;
	struct identity_id who;
	struct amendment_id amendment;

	(void)arg;
	if (!sample_filed(ctx, 10, &request, err) ||
	    !sample_dispute(ctx, request, "〔2024〕示复1号", &dispute, err) ||
	    !sample_person(ctx, &who, err) || !sample_amendment(ctx, who, &amendment, err) ||
	    !sample_settle(ctx, RETENTION_DISPUTE, 1, err) ||
	    !sample_settle(ctx, RETENTION_AMENDMENT, 1, err))
		return false;
	reply_today(ctx, "2034-03-11");
	return true;
}

static bool verb(struct ctx *ctx, const void *arg, struct err *err)
{
	size_t erased;

	return retention_run(ctx, *(const enum retention_kind *)arg, 10, &erased, err);
}

void retention_records_test(struct test *t)
{
	static const enum retention_kind dispute = RETENTION_DISPUTE,
					 amendment = RETENTION_AMENDMENT;
	static const struct testdb_scenario disputes = { .given = given, .verb = verb,
							 .arg = &dispute };
	static const struct testdb_scenario amendments = { .given = given, .verb = verb,
							   .arg = &amendment };

	testdb_each(t, "a proceeding is due by its own years, and its request waits", dispute_when,
		    NULL);
	testdb_each(t, "a suit and the reconsideration before it stay together", dispute_chain,
		    NULL);
	testdb_each(t, "a proceeding that orders a new answer waits for it", dispute_redo, NULL);
	testdb_each(t, "a proceeding is erased; table 4, chain and bundle hold", dispute_erases,
		    NULL);
	testdb_each(t, "a correction is erased; a person goes with the last record",
		    amendment_erases, NULL);
	testdb_faults(t, "erasing a proceeding is all or nothing", &disputes);
	testdb_faults(t, "erasing a correction is all or nothing", &amendments);
}
