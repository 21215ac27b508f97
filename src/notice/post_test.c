/* post_test.c - addresses of cases, signatures, and what becomes of a notice on its way out. */
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "notice/post.h"

static int64_t noon(void)
{
	return 1600000000;
}

static struct notice_settings settings(void)
{
	/* Nobody listens on port 1. */
	return (struct notice_settings){ .smtp_url = STR("smtp://127.0.0.1:1"),
					 .tls = POST_TLS_NONE,
					 .from = STR("zwgk@gov.example"),
					 .sms_url = STR("http://127.0.0.1:1/"),
					 .sms_secret = STR("k"),
					 .key = STR("0123456789abcdef0123456789abcdef") };
}

/* ---- addresses */

static bool is_case(struct test *t, struct str address)
{
	struct notice_settings s = settings();
	struct str kind;
	int64_t id;

	return post_case_of_address(t->arena, &s, address, &kind, &id) &&
	       CHECK_STR(kind, STR("request")) && CHECK_INT(id, 117);
}

static void addresses(struct test *t)
{
	struct notice_settings s = settings();
	struct str address = post_case_address(t->arena, &s, STR("request"), 117);
	size_t at = str_find(address, STR("@"), 0);

	CHECK(str_starts(address, STR("zwgk+request-117-")));
	CHECK(notice_address_ok(address));
	CHECK(is_case(t, address));
	/* A mail program may write letters as it likes, and a server may have another name. */
	CHECK(is_case(t, str_format(t->arena, "ZWGK+request-117-" STR_FMT "@mail.gov.example",
				    STR_ARG(str_slice(address, 17, at)))));
	for (size_t i = 17; i < at; i++) {
		char *other = arena_alloc(t->arena, address.len);
		for (size_t k = 0; k < address.len; k++)
			other[k] = address.ptr[k];
		other[i] = other[i] == 'a' ? 'b' : 'a';
		CHECK(!is_case(t, (struct str){ other, address.len }));
	}
	CHECK(!is_case(t, str_format(t->arena, "zwgk+request-118-" STR_FMT,
				     STR_ARG(str_slice(address, 17, address.len)))));
	CHECK(!is_case(t, STR("zwgk@gov.example")));
	CHECK(!is_case(t, STR("zwgk+request-117-@gov.example")));
	CHECK(!is_case(t, STR("zwgk+request-117@gov.example")));
	s.key = STR("another key");
	CHECK(!str_equal(address, post_case_address(t->arena, &s, STR("request"), 117)));
	s.from = STR_NONE;
	CHECK_INT((int64_t)post_case_address(t->arena, &s, STR("request"), 117).len, 0);
}

/* ---- on the way */

static bool written(struct test *t, struct ctx *ctx, enum notice_way way, struct notice_id *id)
{
	struct err err = { 0 };
	struct unit_id unit;
	struct notice_new in = { .subject_kind = "request", .subject_id = 7, .why = STR("登记回执"),
				 .to = STR("jia01@applicant.example"), .subject = STR("已登记"),
				 .text = STR("您的申请已登记。") };

	if (!CHECK_OK(agency_add_unit(ctx,
				      &(struct unit_new){ .code = STR("YX"),
							  .name = STR("某市某区人民政府"),
							  .kind = UNIT_GOVERNMENT },
				      &unit, &err)))
		return false;
	in.unit = unit;
	if (way == NOTICE_MAIL)
		return CHECK_OK(notice_mail(ctx, &in, id, &err));
	in.to = STR("13800000000");
	return CHECK_OK(notice_sms(ctx, &in, id, &err));
}

/* As the jobs thread does it; returns what the world answered. */
static enum job_answer once(struct test *t, struct ctx *ctx, struct post_world *w)
{
	struct err err = { 0 }, why = { 0 };
	struct job job;
	void *plan;
	bool found;

	if (!CHECK_OK(jobs_next(ctx, &job, &found, &err)) || !CHECK(found) ||
	    !CHECK_OK(notice_sending.prepare(ctx, &job, &plan, &err)) || !CHECK(plan != NULL))
		return JOB_ANSWERED;
	enum job_answer answer = notice_sending.work(ctx->arena, w, plan, &why);
	CHECK_OK(jobs_finish(ctx, &job, &notice_sending, plan, answer, &why, &err));
	return answer;
}

static void nobody_there(struct test *t, struct testdb *site, const void *arg)
{
	struct notice_settings s = settings();
	struct post_world w = { .settings = &s, .now = noon };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct ledger_row *rows;
	struct notice_id id, again;
	struct notice n;
	size_t count;

	if (!written(t, ctx, *(const enum notice_way *)arg, &id))
		return;
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		CHECK(once(t, ctx, &w) == JOB_TOPIC_AGAIN);
		CHECK_OK(notice_find(ctx, id, &n, &err));
		CHECK_INT(n.attempts, i + 1);
		CHECK(n.state == (i + 1 < JOB_ATTEMPTS ? NOTICE_WAITING : NOTICE_GIVEN_UP));
		ctx->now += 24 * 3600;
	}
	CHECK(n.answer.len > 0);
	CHECK_OK(ledger_history(ctx, "request", 7, 20, &rows, &count, &err));
	if (CHECK_INT((int64_t)count, JOB_ATTEMPTS + 1)) {
		CHECK_STR(rows[1].verb, STR("notice.failed"));
		CHECK_STR(rows[JOB_ATTEMPTS].verb, STR("notice.give_up"));
	}
	CHECK_OK(notice_resend(ctx, id, &again, &err));
	CHECK_OK(notice_find(ctx, again, &n, &err));
	CHECK(n.state == NOTICE_WAITING);
	CHECK_FAILS(notice_resend(ctx, id, &again, &err), "notice.not_failed");
	post_close(&w);
}

static void not_set_up(struct test *t, struct testdb *site, const void *arg)
{
	struct notice_settings s = { .key = STR("k") };
	struct post_world w = { .settings = &s, .now = noon };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct notice_id id;
	struct notice n;

	(void)arg;
	if (!written(t, ctx, NOTICE_MAIL, &id))
		return;
	for (int i = 0; i < 2 * JOB_ATTEMPTS; i++) {
		CHECK(once(t, ctx, &w) == JOB_NOT_NOW);
		ctx->now += 3600;
	}
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK(n.state == NOTICE_WAITING);
	CHECK_INT(n.attempts, 0);
}

void post_test(struct test *t)
{
	static const enum notice_way mail = NOTICE_MAIL, sms = NOTICE_SMS;

	if (test_case(t, "an address of a case is known by its checksum alone"))
		addresses(t);
	if (test_case(t, "the signature of a text message"))
		CHECK_STR(
			hook_signature(t->arena, STR("k"), 1600000000, STR("{\"a\":1}")),
			STR("v1=7eb33f1500d80ca1ed09240493f4f61a9a4cda617540d34890ba46c6f5c7acdd"));
	testdb_each(t, "a mail that nobody takes is given up in the end and sent again by hand",
		    nobody_there, &mail);
	testdb_each(t, "a text message that nobody takes is given up in the end", nobody_there,
		    &sms);
	testdb_each(t, "without a mail server notices wait and lose no attempt", not_set_up, NULL);
}
