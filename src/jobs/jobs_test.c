/* jobs_test.c - a job runs after its fact, is tried again, and is given up in the end. */
#include "base/test.h"
#include "db/testdb.h"
#include "jobs/jobs.h"

static bool refuses(struct ctx *ctx, const struct job *job, struct err *err)
{
	(void)ctx;
	return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", STR_FMT, STR_ARG(job->topic));
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	static const struct job_listener listeners[] = { { "letter.send", refuses } };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 }, why = { 0 };
	struct job job;
	int64_t given_up;
	bool found;

	(void)arg;
	CHECK_OK(jobs_add(
		ctx,
		&(struct job_new){ .topic = "later", .subject_kind = "", .due_at = ctx->now + 60 },
		&err));
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
	ctx->now += 60;
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(found);
	CHECK_OK(jobs_run(ctx, &job, listeners, COUNT_OF(listeners), &err)); /* nobody listens */
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);

	CHECK_OK(jobs_add(ctx,
			  &(struct job_new){ .topic = "letter.send",
					     .subject_kind = "request",
					     .subject_id = 4 },
			  &err));
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		CHECK_OK(jobs_next(ctx, &job, &found, &err));
		CHECK(found);
		CHECK_INT(job.attempts, i);
		CHECK_FAILS(jobs_run(ctx, &job, listeners, COUNT_OF(listeners), &err),
			    "db.cannot_open");
		why = (struct err){ .code = ERR_UNAVAILABLE, .key = "db.cannot_open" };
		CHECK_OK(jobs_failed(ctx, &job, &why, &err));
		CHECK_OK(jobs_next(ctx, &job, &found, &err));
		CHECK(!found); /* there is a pause first */
		ctx->now += 24 * 3600;
	}
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
	CHECK_OK(jobs_given_up(ctx, &given_up, &err));
	CHECK_INT(given_up, 1);
	ctx->now += 60 * 24 * 3600;
	CHECK_OK(jobs_sweep(ctx, &err));
}

void jobs_test(struct test *t)
{
	testdb_each(t, "a job's life", life, NULL);
}
