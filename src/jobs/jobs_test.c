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
	static const struct job_listener listeners[] = { { "letter.send", refuses, NULL } };
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

/* ---- three steps: read, work without a transaction, write */

struct world { enum job_answer answer; int worked, finished; bool was_last; };

static bool prepare(struct ctx *ctx, const struct job *job, void **plan, struct err *err)
{
	(void)err;
	*plan = job->subject_id == 0 ? NULL : arena_alloc(ctx->arena, sizeof(struct world *));
	return true;
}

static enum job_answer work(struct arena *a, void *world, void *plan, struct err *why)
{
	struct world *w = world;

	(void)a;
	w->worked++;
	*(struct world **)plan = w;
	if (w->answer != JOB_ANSWERED)
		err_set(why, ERR_UNAVAILABLE, "db.cannot_open", "there");
	return w->answer;
}

static bool finish(struct ctx *ctx, const struct job *job, void *plan, enum job_answer answer,
		   const struct err *why, bool last, struct err *err)
{
	struct world *w = *(struct world **)plan;

	(void)ctx, (void)job, (void)why, (void)err;
	w->finished++;
	w->was_last = last;
	return answer == w->answer;
}

static const struct job_outside outside = { prepare, work, finish };
static const struct job_listener outsiders[] = { { "letter.send", NULL, &outside } };

/* As the jobs thread does it. */
static void one_round(struct test *t, struct ctx *ctx, const struct job *job, struct world *w)
{
	const struct job_outside *o = jobs_outside(job, outsiders, COUNT_OF(outsiders));
	struct err err = { 0 }, why = { 0 };
	void *plan = NULL;

	if (!CHECK(o != NULL) || !CHECK_OK(o->prepare(ctx, job, &plan, &err)))
		return;
	enum job_answer answer = plan == NULL ? JOB_ANSWERED : o->work(ctx->arena, w, plan, &why);
	CHECK_OK(jobs_finish(ctx, job, o, plan, answer, &why, &err));
}

static void add_letter(struct test *t, struct ctx *ctx, int64_t subject)
{
	struct err err = { 0 };

	CHECK_OK(jobs_add(ctx,
			  &(struct job_new){ .topic = "letter.send",
					     .subject_kind = "request",
					     .subject_id = subject },
			  &err));
}

static bool next_is(struct test *t, struct ctx *ctx, int64_t subject, int attempts, struct job *job)
{
	struct err err = { 0 };
	bool found;

	CHECK_OK(jobs_next(ctx, job, &found, &err));
	return CHECK(found) && CHECK_INT(job->subject_id, subject) &&
	       CHECK_INT(job->attempts, attempts);
}

static void three_steps(struct test *t, struct testdb *site, const void *arg)
{
	struct world w = { .answer = JOB_NOT_NOW };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct job job;
	bool found;

	(void)arg;
	add_letter(t, ctx, 1);
	add_letter(t, ctx, 2);
	if (!next_is(t, ctx, 1, 0, &job))
		return;
	one_round(t, ctx, &job, &w); /* not set up: both wait, nothing is counted or told */
	CHECK_INT(w.finished, 0);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
	ctx->now += 3600;
	w.answer = JOB_TOPIC_AGAIN; /* nobody there: the second waits without having tried */
	if (!next_is(t, ctx, 1, 0, &job))
		return;
	one_round(t, ctx, &job, &w);
	CHECK_INT(w.finished, 1);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
	ctx->now += 30;
	w.answer = JOB_ANSWERED;
	if (!next_is(t, ctx, 1, 1, &job))
		return;
	one_round(t, ctx, &job, &w);
	CHECK(!w.was_last);
	w.answer = JOB_AGAIN;
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		if (!next_is(t, ctx, 2, i, &job))
			return;
		one_round(t, ctx, &job, &w);
		ctx->now += 24 * 3600;
	}
	CHECK(w.was_last);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
}

static void nothing_left(struct test *t, struct testdb *site, const void *arg)
{
	struct world w = { .answer = JOB_AGAIN };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct job job;
	bool found;

	(void)arg;
	add_letter(t, ctx, 0);
	if (!next_is(t, ctx, 0, 0, &job))
		return;
	one_round(t, ctx, &job, &w);
	CHECK_INT(w.worked + w.finished, 0);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(!found);
}

void jobs_test(struct test *t)
{
	testdb_each(t, "work outside has three steps, and its topic waits with it", three_steps,
		    NULL);
	testdb_each(t, "a job with nothing left to do ends without work", nothing_left, NULL);
	testdb_each(t, "a job's life", life, NULL);
}
