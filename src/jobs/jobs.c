/*
 * jobs.c - the outbox.
 */
#include "jobs/jobs.h"

#include "jobs_sql.h"

enum {
	KEEP_DONE_S = 30 * 24 * 3600,
	PAUSE_S = 30,
	PAUSE_MAX_S = 6 * 3600,
	NOT_NOW_S = 600, /* what is not set up today may be in ten minutes */
};

bool jobs_add(struct ctx *ctx, const struct job_new *in, struct err *err)
{
	return job_insert(
		ctx,
		&(struct job_insert_in){ .topic = str_from_c(in->topic),
					 .subject_kind = str_from_c(in->subject_kind),
					 .subject_id = in->subject_id,
					 .payload = in->payload,
					 .created_at = ctx->now,
					 .due_at = in->due_at != 0 ? in->due_at : ctx->now },
		NULL, err);
}

bool jobs_next(struct ctx *ctx, struct job *out, bool *found, struct err *err)
{
	struct job_next_row row;

	if (!job_next(ctx, &(struct job_next_in){ .now = ctx->now }, &row, found, err))
		return false;
	if (*found)
		*out = (struct job){ .id = row.id,
				     .topic = row.topic,
				     .subject_kind = row.subject_kind,
				     .subject_id = row.subject_id,
				     .payload = row.payload,
				     .attempts = row.attempts };
	return true;
}

bool jobs_run(struct ctx *ctx, const struct job *job, const struct job_listener *listeners,
	      size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(job->topic, listeners[i].topic) && listeners[i].run != NULL &&
		    !listeners[i].run(ctx, job, err))
			return false;
	return job_done(ctx, &(struct job_done_in){ .id = job->id }, NULL, err);
}

static int64_t pause_of(const struct job *job)
{
	int64_t pause = PAUSE_S;

	for (int64_t i = 0; i < job->attempts && pause < PAUSE_MAX_S; i++)
		pause *= 2;
	return pause;
}

static bool is_last(const struct job *job)
{
	return job->attempts + 1 >= JOB_ATTEMPTS;
}

bool jobs_failed(struct ctx *ctx, const struct job *job, const struct err *why, struct err *err)
{
	return job_retry(
		ctx,
		&(struct job_retry_in){ .id = job->id,
					.due_at = ctx->now + pause_of(job),
					.last_error = str_from_c(why->key),
					.state = is_last(job) ? STR("given_up") : STR("waiting") },
		NULL, err);
}

/* ---- three steps */

const struct job_outside *jobs_outside(const struct job *job, const struct job_listener *listeners,
				       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(job->topic, listeners[i].topic) && listeners[i].outside != NULL)
			return listeners[i].outside;
	return NULL;
}

static bool topic_waits(struct ctx *ctx, const struct job *job, int64_t pause, struct err *err)
{
	return job_postpone(ctx,
			    &(struct job_postpone_in){ .topic = job->topic,
						       .due_at = ctx->now + pause },
			    NULL, err);
}

bool jobs_finish(struct ctx *ctx, const struct job *job, const struct job_outside *outside,
		 void *plan, enum job_answer answer, const struct err *why, struct err *err)
{
	if (answer == JOB_NOT_NOW)
		return topic_waits(ctx, job, NOT_NOW_S, err);
	if (plan != NULL && !outside->finish(ctx, job, plan, answer, why, is_last(job), err))
		return false;
	switch (answer) {
	case JOB_ANSWERED:
		return job_done(ctx, &(struct job_done_in){ .id = job->id }, NULL, err);
	case JOB_TOPIC_AGAIN:
		return topic_waits(ctx, job, pause_of(job), err) &&
		       jobs_failed(ctx, job, why, err);
	case JOB_AGAIN:
	case JOB_NOT_NOW:
		break;
	}
	return jobs_failed(ctx, job, why, err);
}

bool jobs_sweep(struct ctx *ctx, struct err *err)
{
	return job_delete_done(
		ctx, &(struct job_delete_done_in){ .before = ctx->now - KEEP_DONE_S }, NULL, err);
}

bool jobs_given_up(struct ctx *ctx, int64_t *count, struct err *err)
{
	struct job_count_given_up_row row;
	bool found;

	if (!job_count_given_up(ctx, &row, &found, err))
		return false;
	*count = found ? row.jobs : 0;
	return true;
}
