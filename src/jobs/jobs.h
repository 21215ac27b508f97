/*
 * jobs.h - work that follows from a fact, or falls due at a time.
 *
 * A verb that wants something done after its commit (tell another module, send
 * a letter) adds a row in its own transaction; so it happens if and only if the
 * fact did. Listeners are bound to topics in one table in app/. A job runs at
 * least once: a listener must be harmless when run again. One that fails is
 * tried again with growing pauses, and after JOB_ATTEMPTS is given up and shown
 * by `gongkai doctor`.
 *
 * A listener that must reach the world outside (a mail server, a gateway) may not
 * do so in a transaction: it has three steps instead (struct job_outside). The
 * program may die between the second and the third, so what is sent carries a
 * mark of its own by which the other side knows it again.
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

/* What came of the work outside. */
enum job_answer {
	JOB_ANSWERED,	 /* there is an answer, liked or not: the job is done */
	JOB_AGAIN,	 /* not this time: tried again after a pause, and given up in the end */
	JOB_TOPIC_AGAIN, /* nobody there: the same, and the others of its topic wait as long */
	JOB_NOT_NOW,	 /* not set up: the whole topic waits, and no attempt is counted */
};
struct job_outside {
	/* Reads what the work needs into ctx->arena. *plan NULL: nothing is left to do. */
	bool (*prepare)(struct ctx *ctx, const struct job *job, void **plan, struct err *err);
	/*
	 * Outside of any transaction, without a database; may take its time. world is app's own:
	 * settings and connections. why says what is in the way unless it is JOB_ANSWERED.
	 */
	enum job_answer (*work)(struct arena *a, void *world, void *plan, struct err *why);
	/*
	 * Writes what came of it, in the transaction that ends the job or sets its next time;
	 * not called for JOB_NOT_NOW. last: it is now given up unless it was answered.
	 */
	bool (*finish)(struct ctx *ctx, const struct job *job, void *plan, enum job_answer answer,
		       const struct err *why, bool last, struct err *err);
};
struct job_listener {
	const char *topic;
	/* One of both: in the transaction that ends the job, or in three steps. */
	bool (*run)(struct ctx *ctx, const struct job *job, struct err *err);
	const struct job_outside *outside;
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
/* The three steps of the topic's listener; NULL if jobs_run is for it. */
const struct job_outside *jobs_outside(const struct job *job, const struct job_listener *listeners,
				       size_t count);
/* The third step: after it the job is done, waits for its next time, or is given up. */
NODISCARD bool jobs_finish(struct ctx *ctx, const struct job *job,
			   const struct job_outside *outside, void *plan, enum job_answer answer,
			   const struct err *why, struct err *err);
/* Forgets jobs done more than 30 days ago. */
NODISCARD bool jobs_sweep(struct ctx *ctx, struct err *err);
NODISCARD bool jobs_given_up(struct ctx *ctx, int64_t *count, struct err *err);
#endif
