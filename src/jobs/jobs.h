/*
 * jobs.h - work that follows from a fact, or falls due at a time.
 *
 * A verb that wants something done after its commit (tell another module, send
 * a letter) adds a row in its own transaction; so it happens if and only if the
 * fact did. Listeners are bound to topics in one table in app/. A job runs at
 * least once: a listener must be harmless when run again. One that fails is
 * tried again with growing pauses, and after JOB_ATTEMPTS is given up and shown
 * by `gongkai doctor`.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "db/ctx.h"

enum { JOB_ATTEMPTS = 10 };

struct job_new {
	const char *topic;	  /* "calendar.loaded" */
	const char *subject_kind; /* as in the ledger, or "" */
	int64_t subject_id;
	struct str payload;	  /* JSON or empty; no personal data */
	int64_t due_at;		  /* 0: now */
};
struct job { int64_t id; struct str topic, subject_kind, payload; int64_t subject_id, attempts; };
struct job_listener {
	const char *topic;
	bool (*run)(struct ctx *ctx, const struct job *job, struct err *err);
};

/* Only inside a transaction. */
NODISCARD bool jobs_add(struct ctx *ctx, const struct job_new *in, struct err *err);
/* The next job that is due, if any. Reads only. */
NODISCARD bool jobs_next(struct ctx *ctx, struct job *out, bool *found, struct err *err);
/*
 * Runs one job in the caller's transaction and marks it done. When the listener
 * fails, the caller rolls back and calls jobs_failed in a transaction of its own.
 * A topic nobody listens to is done at once.
 */
NODISCARD bool jobs_run(struct ctx *ctx, const struct job *job,
			const struct job_listener *listeners, size_t count, struct err *err);
NODISCARD bool jobs_failed(struct ctx *ctx, const struct job *job, const struct err *why,
			   struct err *err);
/* Forgets jobs done more than 30 days ago. */
NODISCARD bool jobs_sweep(struct ctx *ctx, struct err *err);
NODISCARD bool jobs_given_up(struct ctx *ctx, int64_t *count, struct err *err);
#endif
