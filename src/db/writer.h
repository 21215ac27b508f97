/*
 * writer.h - the one place that writes.
 *
 * SQLite: one thread takes what has queued while the last commit ran, runs each
 * job so that it can be undone alone, commits once (FULL), and only then calls
 * the jobs' done. When one has failed after it changed something, the others of
 * its batch are undone too and run again.
 * PostgreSQL: a small pool of connections, a transaction per job; the server
 * groups commits itself. A job may run again: it writes only the database and
 * its own result, and does no I/O and no waiting.
 */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include "db/db.h"

struct writer;

struct write_job {
	/* On the writer's thread, inside the transaction. false undoes this job alone. */
	bool (*run)(struct db *db, void *arg, struct err *err);
	/* On the writer's thread, after COMMIT (ok) or after the job or its batch failed (err). */
	void (*done)(void *arg, bool ok, const struct err *err);
	void *arg;
};

/*
 * after_commit (may be NULL) runs once per successful batch, before any done:
 * cache invalidation. Never twice at the same time. Opening creates the file of
 * a SQLite site that is not there yet, and is needed before its readers open.
 */
NODISCARD bool writer_open(struct writer **out, struct str where, void (*after_commit)(void *),
			   void *arg, struct err *err);
/*
 * told runs after all the dones of a batch: whoever waits in a loop of his own is
 * woken there, once, and not for each job. Set before the first job is queued.
 */
void writer_on_told(struct writer *w, void (*told)(void *), void *arg);
/* Finishes what is queued, then stops. */
void writer_close(struct writer *w);
/* Queues; ERR_BUSY "db.queue_full" at LIMIT_WRITE_QUEUE. The job struct is copied. */
NODISCARD bool writer_submit(struct writer *w, const struct write_job *job, struct err *err);
/* Queues and waits; for command lines and jobs. Not from the writer's own thread. */
NODISCARD bool writer_run(struct writer *w, db_tx_fn *fn, void *arg, struct err *err);
#endif
