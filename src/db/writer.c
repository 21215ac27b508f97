/*
 * writer.c - the write queue and the threads that empty it.
 *
 * SQLite has one thread and commits in groups: while one COMMIT waits for the
 * disk, the next group queues, so nobody waits for a timer and 64 clients share
 * one fdatasync. PostgreSQL has a thread per connection.
 */
#include "db/writer.h"

#include "base/clock.h"
#include "base/limits.h"
#include "db/engine.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

enum { IDLE_MS = 500 };

struct worker {
	struct writer *writer;
	struct db *db;
	pthread_t thread;
	/* SQLite: the jobs of the open batch and what became of each. */
	struct write_job *jobs;
	struct err *errors;
};

struct writer {
	struct arena *arena;
	void (*after_commit)(void *);
	void *after_commit_arg;
	pthread_mutex_t committed; /* after_commit runs under it */

	pthread_mutex_t lock; /* the rest */
	pthread_cond_t wake;
	struct write_job *queue; /* a ring of LIMIT_WRITE_QUEUE */
	size_t first, count;
	bool stopping;

	struct worker *workers;
	size_t workers_opened, workers_started;
};

/* ---- the queue */

bool writer_submit(struct writer *w, const struct write_job *job, struct err *err)
{
	enum { ACCEPTED, FULL, STOPPING } outcome = ACCEPTED;

	pthread_mutex_lock(&w->lock);
	if (w->stopping) {
		outcome = STOPPING;
	} else if (w->count == LIMIT_WRITE_QUEUE) {
		outcome = FULL;
	} else {
		w->queue[(w->first + w->count) % LIMIT_WRITE_QUEUE] = *job;
		w->count++;
		pthread_cond_signal(&w->wake);
	}
	pthread_mutex_unlock(&w->lock);
	if (outcome == FULL)
		return err_set(err, ERR_BUSY, "db.queue_full", "%d", LIMIT_WRITE_QUEUE);
	return outcome == ACCEPTED || err_set(err, ERR_BUSY, "db.stopping", " ");
}

static void pop(struct writer *w, struct write_job *job)
{
	*job = w->queue[w->first];
	w->first = (w->first + 1) % LIMIT_WRITE_QUEUE;
	w->count--;
}

static bool take_if_any(struct writer *w, struct write_job *job)
{
	pthread_mutex_lock(&w->lock);
	bool any = w->count > 0;
	if (any)
		pop(w, job);
	pthread_mutex_unlock(&w->lock);
	return any;
}

enum wait { WAIT_JOB, WAIT_IDLE, WAIT_STOP };

static struct timespec from_now(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t); /* what pthread_cond_timedwait counts by */
	t.tv_nsec += ms % 1000 * 1000000;
	t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

/* Waits for a job. With tell_idle it gives up after a while, once. */
static enum wait take(struct writer *w, struct write_job *job, bool tell_idle)
{
	struct timespec until = from_now(IDLE_MS);
	enum wait outcome = WAIT_JOB;

	pthread_mutex_lock(&w->lock);
	while (w->count == 0 && !w->stopping && outcome == WAIT_JOB) {
		int result = tell_idle ? pthread_cond_timedwait(&w->wake, &w->lock, &until)
				       : pthread_cond_wait(&w->wake, &w->lock);
		if (result != 0)
			outcome = WAIT_IDLE;
	}
	if (w->count > 0) {
		pop(w, job);
		outcome = WAIT_JOB;
	} else if (w->stopping) {
		outcome = WAIT_STOP;
	}
	pthread_mutex_unlock(&w->lock);
	return outcome;
}

static void announce(struct writer *w)
{
	if (w->after_commit == NULL)
		return;
	pthread_mutex_lock(&w->committed);
	w->after_commit(w->after_commit_arg);
	pthread_mutex_unlock(&w->committed);
}

/* ---- SQLite: one commit for many jobs */

static bool begin(struct db *db, struct err *err)
{
	for (int attempt = 0; !tx_begin(db, err); attempt++) {
		if (err->code != ERR_BUSY || attempt == LIMIT_TX_RETRIES)
			return false;
		err_clear(err);
		tx_pause(attempt);
	}
	return true;
}

/* Runs one job alone in its savepoint. false: the whole transaction is lost, *lost says why. */
static bool run_job(struct worker *k, size_t i, struct err *lost)
{
	const struct write_job *job = &k->jobs[i];

	if (!tx_savepoint(k->db, lost))
		return false;
	if (tx_call(k->db, job->run, job->arg, &k->errors[i]))
		return tx_release(k->db, lost);
	if (tx_undo(k->db, lost))
		return true;
	*lost = k->errors[i]; /* a full disk, say, has ended the transaction: that is why */
	return false;
}

/* The first job is taken already; others follow while there are any, up to a number and a time. */
static size_t run_jobs(struct worker *k, struct err *lost)
{
	int64_t end = clock_monotonic_ms() + LIMIT_WRITE_BATCH_MS;
	size_t n = 0;

	do {
		err_clear(&k->errors[n]);
		if (!run_job(k, n++, lost))
			break;
	} while (n < LIMIT_WRITE_BATCH && clock_monotonic_ms() < end && take_if_any(k->writer, &k->jobs[n]));
	return n;
}

static void run_batch(struct worker *k)
{
	struct err lost = { 0 };
	size_t n = 1, succeeded = 0;

	err_clear(&k->errors[0]);
	if (begin(k->db, &lost)) {
		n = run_jobs(k, &lost);
		bool committed = lost.code == ERR_NONE && tx_commit(k->db, &lost);
		if (!committed && k->db->tx != DB_TX_NONE)
			tx_rollback(k->db);
	}
	for (size_t i = 0; i < n; i++) {
		if (k->errors[i].code == ERR_NONE && lost.code == ERR_NONE)
			succeeded++;
		else if (k->errors[i].code == ERR_NONE)
			k->errors[i] = lost;
	}
	if (succeeded > 0)
		announce(k->writer);
	for (size_t i = 0; i < n; i++)
		k->jobs[i].done(k->jobs[i].arg, k->errors[i].code == ERR_NONE, &k->errors[i]);
}

static void *write_in_groups(void *arg)
{
	struct worker *k = arg;
	bool tidy = true; /* nothing to checkpoint that has not been tried */

	for (;;) {
		enum wait outcome = take(k->writer, &k->jobs[0], !tidy);

		if (outcome == WAIT_STOP)
			break;
		if (outcome == WAIT_JOB)
			run_batch(k);
		k->db->ops->checkpoint(k->db, outcome == WAIT_IDLE);
		tidy = outcome == WAIT_IDLE;
	}
	k->db->ops->checkpoint(k->db, true);
	return NULL;
}

/* ---- PostgreSQL: a transaction per job */

static void *write_singly(void *arg)
{
	struct worker *k = arg;

	while (take(k->writer, &k->jobs[0], false) == WAIT_JOB) {
		const struct write_job *job = &k->jobs[0];
		struct err err = { 0 };

		bool ok = db_tx(k->db, job->run, job->arg, &err);
		if (ok)
			announce(k->writer);
		job->done(job->arg, ok, &err);
	}
	return NULL;
}

/* ---- opening and closing */

static bool start(struct worker *k, bool groups, struct err *err)
{
	sigset_t all, before;

	/* Signals are for the thread that waits for them. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int result = pthread_create(&k->thread, NULL, groups ? write_in_groups : write_singly, k);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (result != 0)
		return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", "no thread: %d", result);
	pthread_setname_np(k->thread, "writer");
	return true;
}

static bool open_workers(struct writer *w, struct str where, struct err *err)
{
	bool groups = !str_starts(where, STR("postgresql:"));
	size_t wanted = groups ? 1 : LIMIT_WRITE_CONNECTIONS;
	size_t batch = groups ? LIMIT_WRITE_BATCH : 1;

	w->workers = ARENA_ARRAY(w->arena, wanted, struct worker);
	for (; w->workers_opened < wanted; w->workers_opened++) {
		struct worker *k = &w->workers[w->workers_opened];

		k->writer = w;
		k->jobs = ARENA_ARRAY(w->arena, batch, struct write_job);
		k->errors = ARENA_ARRAY(w->arena, batch, struct err);
		if (!db_open(&k->db, where, DB_WRITE, err))
			return false;
	}
	for (; w->workers_started < wanted; w->workers_started++)
		if (!start(&w->workers[w->workers_started], groups, err))
			return false;
	return true;
}

bool writer_open(struct writer **out, struct str where, void (*after_commit)(void *), void *arg, struct err *err)
{
	struct arena *arena = arena_open((size_t)8 * MIB);
	struct writer *w = ARENA_NEW(arena, struct writer);
	pthread_condattr_t attr;

	*w = (struct writer){ .arena = arena, .after_commit = after_commit, .after_commit_arg = arg };
	w->queue = ARENA_ARRAY(arena, LIMIT_WRITE_QUEUE, struct write_job);
	pthread_mutex_init(&w->lock, NULL);
	pthread_mutex_init(&w->committed, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (!open_workers(w, where, err)) {
		writer_close(w);
		return false;
	}
	*out = w;
	return true;
}

void writer_close(struct writer *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->wake);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->workers_started; i++)
		pthread_join(w->workers[i].thread, NULL);
	for (size_t i = 0; i < w->workers_opened; i++)
		db_close(w->workers[i].db);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	pthread_mutex_destroy(&w->committed);
	arena_close(w->arena);
}

/* ---- waiting for one job */

struct waiter {
	db_tx_fn *fn;
	void *arg;
	struct err *err;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool finished, ok;
};

static bool run_for_waiter(struct db *db, void *arg, struct err *err)
{
	struct waiter *r = arg;

	return r->fn(db, r->arg, err);
}

static void tell_waiter(void *arg, bool ok, const struct err *err)
{
	struct waiter *r = arg;

	pthread_mutex_lock(&r->lock);
	r->finished = true;
	r->ok = ok;
	if (!ok)
		*r->err = *err;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
}

bool writer_run(struct writer *w, db_tx_fn *fn, void *arg, struct err *err)
{
	struct waiter r = { .fn = fn, .arg = arg, .err = err };
	const struct write_job job = { run_for_waiter, tell_waiter, &r };

	for (size_t i = 0; i < w->workers_started; i++)
		assert(!pthread_equal(pthread_self(), w->workers[i].thread));
	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.wake, NULL);
	bool queued = writer_submit(w, &job, err);
	pthread_mutex_lock(&r.lock);
	while (queued && !r.finished)
		pthread_cond_wait(&r.wake, &r.lock);
	pthread_mutex_unlock(&r.lock);
	pthread_cond_destroy(&r.wake);
	pthread_mutex_destroy(&r.lock);
	return queued && r.ok;
}
