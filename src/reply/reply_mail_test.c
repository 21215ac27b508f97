/* reply_mail_test.c - a reply by mail is served when it has been taken over, not before. */
#include "notice/post.h"
#include "reply/fixture.h"
#include "reply/reply_mail.h"


/* The next job of the topic, in its three steps. */
static bool run_job(struct test *t, struct ctx *ctx, const char *topic,
		    const struct job_outside *outside)
{
	struct err err = { 0 }, why = { 0 };
	struct job job;
	void *plan;
	bool found;

	for (int i = 0; i < 20; i++) {
		if (!CHECK_OK(jobs_next(ctx, &job, &found, &err)) || !CHECK(found))
			return false;
		bool ours = str_equal_c(job.topic, topic);
		if (!ours) {
			CHECK_OK(jobs_run(ctx, &job, NULL, 0, &err));
			continue;
		}
		return CHECK_OK(outside->prepare(ctx, &job, &plan, &err)) && CHECK(plan != NULL) &&
		       CHECK_OK(jobs_finish(ctx, &job, outside, plan, JOB_ANSWERED, &why, &err));
	}
	return CHECK(false);
}

static bool told(struct test *t, struct ctx *ctx, struct notice_id id)
{
	const struct job job = { .topic = STR("notice.ended"), .subject_kind = STR("notice"),
				 .subject_id = id.n };
	struct err err = { 0 };

	return CHECK_OK(reply_on_notice(ctx, &job, &err));
}

static struct service only_service(struct test *t, struct ctx *ctx, struct request_id request)
{
	struct service none = { .id = 0 }, *list;
	struct err err = { 0 };
	size_t count;

	if (!CHECK_OK(reply_services(ctx, request, &list, &count, &err)) ||
	    !CHECK_INT((int64_t)count, 1))
		return none;
	return list[0];
}

static void refuses(struct test *t, struct testdb *site, const void *arg)
{
	const struct reply_mail_new nobody = { STR_NONE, STR_NONE };
	const struct reply_mail_new bad = { STR("jia01"), STR_NONE };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_FAILS(reply_serve_mail(ctx, request, &nobody, &err), "reply.no_letter_here");
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNED, &err));
	/* A letter of 2024 must name the online way to reconsideration: this one does not. */
	CHECK_FAILS(reply_serve_mail(ctx, request, &bad, &err), "reply.letter_not_online");
}

static bool online_case(struct ctx *ctx, struct request_id *request, struct err *err)
{
	struct reply reply;
	struct reply_letter_new in = { .addressee = STR("申请人甲〇一"), .online = true };

	if (!reply_fixture(ctx, request, err) || !reply_fixture_draft(ctx, *request, err))
		return false;
	in.dated = ctx->today;
	if (!reply_draft_letter(ctx, reply_now(ctx, *request, &reply, err), &in, err) ||
	    !reply_submit(ctx, reply_now(ctx, *request, &reply, err), err))
		return false;
	reply_sit(ctx, DESK_REVIEWER);
	if (!reply_review(ctx, reply_now(ctx, *request, &reply, err), REPLY_FOR, STR_NONE, err))
		return false;
	reply_sit(ctx, DESK_ADVISER);
	if (!reply_advise(ctx, reply_now(ctx, *request, &reply, err), REPLY_FOR, STR("依据充分"), err))
		return false;
	reply_sit(ctx, DESK_SIGNER);
	if (!reply_sign(ctx, reply_now(ctx, *request, &reply, err), ctx->today, STR_NONE, err))
		return false;
	reply_sit(ctx, DESK_CLERK);
	return true;
}

static void serves(struct test *t, struct testdb *site, const void *arg)
{
	const struct reply_mail_new in = { STR("jia01@applicant.example"), STR_NONE };
	const struct reply_mail_new nobody = { STR_NONE, STR_NONE };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct err err = { 0 };
	struct notice n;
	struct request r;
	bool carries;

	(void)arg;
	CHECK_OK(online_case(ctx, &request, &err));
	CHECK_FAILS(reply_serve_mail(ctx, request, &nobody, &err), "reply.no_email");
	CHECK_OK(reply_serve_mail(ctx, request, &in, &err));
	struct service s = only_service(t, ctx, request);
	CHECK(s.notice.known && !s.counts_on.known && !s.failed);
	CHECK(!str_contains(s.addressee, STR("jia01@")));
	struct notice_id id = { s.notice.v };
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK(n.held);
	CHECK(run_job(t, ctx, "reply.mail", &reply_mailing));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK(!n.held && n.state == NOTICE_WAITING);
	/* Waiting is not served. */
	CHECK(told(t, ctx, id));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK(r.state == REQUEST_DECIDED);
	CHECK_OK(reply_carries(ctx, id, &carries, &err));
	CHECK(carries);
}


static int64_t noon(void)
{
	return 1710129600;
}

/* Nobody takes it, ten times. */
static void gives_up(struct test *t, struct testdb *site, const void *arg)
{
	const struct reply_mail_new in = { STR("jia01@applicant.example"), STR_NONE };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct notice_settings nobody = { .smtp_url =
						  STR("smtp://127.0.0.1:1"), /* nobody listens */
					  .tls = POST_TLS_NONE,
					  .from = STR("zwgk@gov.example"),
					  .key = STR("k") };
	struct post_world world = { .settings = &nobody, .now = noon };
	struct err err = { 0 };
	struct request r;
	struct job job;
	bool found = true;
	void *plan;

	(void)arg;
	CHECK_OK(online_case(ctx, &request, &err));
	CHECK_OK(reply_serve_mail(ctx, request, &in, &err));
	CHECK(run_job(t, ctx, "reply.mail", &reply_mailing));
	struct notice_id id = { only_service(t, ctx, request).notice.v };
	for (int i = 0; i < 3 * JOB_ATTEMPTS && found; i++) {
		if (!CHECK_OK(jobs_next(ctx, &job, &found, &err)) || !found)
			break;
		if (str_equal_c(job.topic, "notice.ended")) {
			CHECK_OK(reply_on_notice(ctx, &job, &err));
			break;
		}
		if (!CHECK_OK(notice_sending.prepare(ctx, &job, &plan, &err)) ||
		    !CHECK(plan != NULL))
			break;
		struct err why = { 0 };
		enum job_answer answer = notice_sending.work(ctx->arena, &world, plan, &why);
		CHECK_OK(jobs_finish(ctx, &job, &notice_sending, plan, answer, &why, &err));
		ctx_set_time(ctx, ctx->now + 24 * 3600);
	}
	struct service s = only_service(t, ctx, request);
	CHECK(s.failed && !s.counts_on.known);
	CHECK(str_contains(s.note, STR("多次未发出")));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK(r.state == REQUEST_DECIDED);
	CHECK(told(t, ctx, id)); /* told again: nothing more */
	CHECK(only_service(t, ctx, request).failed);
	post_close(&world);
}

void reply_mail_test(struct test *t)
{
	testdb_each(t, "by mail only what was signed here and names the online channel", refuses,
		    NULL);
	testdb_each(t, "a reply by mail waits for its letter, and is not served before it is taken",
		    serves, NULL);
	testdb_each(t, "a reply that no server takes is an attempt that failed", gives_up, NULL);
}
