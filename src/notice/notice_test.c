/* notice_test.c - a notice is written with its fact, and forgotten in its time. */
#include "base/limits.h"
#include "db/testdb.h"
#include "notice/inside.h"
#include "notice/notice.h"

static bool office(struct ctx *ctx, struct unit_id *unit, struct err *err)
{
	return agency_add_unit(ctx,
			       &(struct unit_new){ .code = STR("YX"),
						   .name = STR("某市某区人民政府"),
						   .kind = UNIT_GOVERNMENT,
						   .reports = true },
			       unit, err);
}

static struct notice_new to_applicant(struct unit_id unit)
{
	return (struct notice_new){ .unit = unit,
				    .subject_kind = "request",
				    .subject_id = 7,
				    .why = STR("登记回执"),
				    .to = STR("jia01@applicant.example"),
				    .subject = STR("您的申请已登记"),
				    .text = STR("申请人甲〇一：\n您的申请已登记。\n"),
				    .answerable = true };
}

/* ---- who may be written to */

struct address_row { bool ok; const char *text; };
static const struct address_row addresses[] = {
	{ true, "li@example.com" },
	{ true, "li.si+gk@mail.example.com" },
	{ true, "o'neil_1@ex-ample.cn" },
	{ false, "" },
	{ false, "li" },
	{ false, "@example.com" },
	{ false, "li@" },
	{ false, "li@@example.com" },
	{ false, "li..si@example.com" },
	{ false, ".li@example.com" },
	{ false, "li@example..com" },
	{ false, "li@-example.com" },
	{ false, "li@example.com." },
	{ false, "li@exam ple.com" },
	{ false, "li@example.com\r\nBcc: x@y.z" },
	{ false, "<li@example.com>" },
	{ false, "李@example.com" },
};
static const struct address_row numbers[] = {
	{ true, "13800000000" },     { true, "+85291234567" },	 { false, "" },
	{ false, "1380000000" },     { false, "138000000000" },	 { false, "23800000000" },
	{ false, "138 0000 0000" },  { false, "+1" },		 { false, "+" },
};

static void who(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(addresses); i++)
		test_check(t, notice_address_ok(str_from_c(addresses[i].text)) == addresses[i].ok,
			   addresses[i].text, __FILE__, __LINE__);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		test_check(t, notice_number_ok(str_from_c(numbers[i].text)) == numbers[i].ok,
			   numbers[i].text, __FILE__, __LINE__);
}

/* ---- facts */

static void written(struct test *t, struct testdb *site, const void *arg)
{
	static const struct notice_file file = { STR_INIT("答复书.pdf"), STR_INIT("application/pdf"),
						 STR_INIT("%PDF-\0\1") };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct notice_id id;
	struct notice n;
	struct job job;
	struct ledger_row *rows;
	size_t count;
	bool found;

	(void)arg;
	CHECK_OK(office(ctx, &unit, &err));
	struct notice_new in = to_applicant(unit);
	in.files = &file;
	in.files_count = 1;
	if (!CHECK_OK(notice_mail(ctx, &in, &id, &err)) ||
	    !CHECK_OK(notice_find(ctx, id, &n, &err)))
		return;
	CHECK(n.state == NOTICE_WAITING);
	CHECK_STR(n.to, in.to);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(found);
	CHECK_STR(job.topic, STR("notice.send"));
	CHECK_INT(job.subject_id, id.n);
	CHECK_OK(ledger_history(ctx, "request", 7, 10, &rows, &count, &err));
	if (!CHECK_INT((int64_t)count, 1))
		return;
	CHECK_STR(rows[0].verb, STR("notice.write"));
	CHECK(!str_contains(rows[0].changes_json, STR("jia01")));
	CHECK(str_contains(rows[0].changes_json, STR("登记回执")));
}

static void refused(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct notice_id id;

	(void)arg;
	CHECK_OK(office(ctx, &unit, &err));
	struct notice_new in = to_applicant(unit);
	in.to = STR("jia01");
	CHECK_FAILS(notice_mail(ctx, &in, &id, &err), "notice.bad_address");
	CHECK_FAILS(notice_sms(ctx, &in, &id, &err), "notice.bad_number");
	struct notice_file big = { STR("a"), STR("b"),
				   { arena_alloc(t->arena, LIMIT_NOTICE_FILES),
				     LIMIT_NOTICE_FILES } };
	in = to_applicant(unit);
	in.files = &big;
	in.files_count = 1;
	CHECK_FAILS(notice_mail(ctx, &in, &id, &err), "notice.too_large");
}

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct opt_int own, all = { false, 0 };
	struct notice *rows;
	struct err err = { 0 };
	struct unit_id unit;
	struct notice_id id;
	struct notice_counts counts;
	size_t count;

	(void)arg;
	CHECK_OK(office(ctx, &unit, &err));
	struct notice_new in = to_applicant(unit);
	for (int i = 0; i < 3; i++)
		CHECK_OK(notice_mail(ctx, &in, &id, &err));
	own = (struct opt_int){ true, unit.n };
	CHECK_OK(notice_list(ctx, own, 0, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_INT(rows[0].id.n, id.n);
	CHECK_OK(notice_list(ctx, all, rows[1].id.n, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 1);
	own.v++;
	CHECK_OK(notice_list(ctx, own, 0, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(notice_list_state(ctx, NOTICE_WAITING, all, 0, 9, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_OK(notice_list_state(ctx, NOTICE_SENT, all, 0, 9, &rows, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(notice_of_subject(ctx, "request", 7, 9, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_OK(notice_count(ctx, &counts, &err));
	CHECK_INT(counts.waiting, 3);
	CHECK_INT(counts.failed, 0);
	CHECK_INT(counts.oldest_waiting_at, ctx->now);
	CHECK_FAILS(notice_resend(ctx, id, &id, &err), "notice.not_failed");
}

static void forgotten(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct ledger_verdict verdict;
	struct notice_id id, again;
	struct unit_id unit;
	struct notice n;

	(void)arg;
	CHECK_OK(office(ctx, &unit, &err));
	struct notice_new in = to_applicant(unit);
	CHECK_OK(notice_mail(ctx, &in, &id, &err));
	ctx->now += 30 * 24 * 3600;
	CHECK_OK(notice_erase_old(ctx, 31, &err));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK_STR(n.to, in.to);
	CHECK_OK(notice_erase_old(ctx, 29, &err));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK_INT((int64_t)(n.to.len + n.text.len + n.subject.len), 0);
	CHECK(n.erased_at.known);
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_FAILS(notice_resend(ctx, id, &again, &err), "notice.erased");
}

static bool write_one(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit unit;
	struct notice_id id;

	(void)arg;
	if (!agency_root(ctx, &unit, err))
		return false;
	struct notice_new in = to_applicant(unit.id);
	return notice_mail(ctx, &in, &id, err);
}

static bool one_office(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id unit;

	(void)arg;
	return office(ctx, &unit, err);
}

void notice_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = one_office, .verb = write_one };

	if (test_case(t, "addresses and numbers that can be reached"))
		who(t);
	if (test_case(t, "the chain gets no address from what a server says"))
		CHECK_STR(notice_bare_answer(t->arena, STR("550 5.1.1 <li@example.com>: no")),
			  STR("550 5.1.1 … no"));
	testdb_each(t, "a notice is a row, a job and an event without the address", written, NULL);
	testdb_each(t, "what cannot be sent is refused when it is written", refused, NULL);
	testdb_each(t, "lists, by unit, state and subject", lists, NULL);
	testdb_each(t, "address and text are erased, the chain stays whole", forgotten, NULL);
	testdb_faults(t, "writing a notice is all or nothing", &scenario);
}
