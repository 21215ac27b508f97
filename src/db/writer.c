/*
 * writer.c - the write queue and the threads that empty it.
 *
 * SQLite has one thread and commits in groups: while one COMMIT waits for the
 * disk, the next group queues, so nobody waits for a timer and 64 clients share
 * one fdatasync. PostgreSQL has a thread per connection.
 */
#include "db/writer.h"

#include "base/clock.h"
#include "base/futex.h"
#include "base/limits.h"
#include "db/engine.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { IDLE_MS = 500 };

struct worker {
	struct writer *writer;
	struct db *db;
	pthread_t thread;
	/* The jobs at hand, taken from the queue; the first of them are the open batch. */
	struct write_job *jobs;
	struct err *errors; /* what became of each */
	size_t room, at_hand;
};

struct writer {
	struct arena *arena;
	void (*after_commit)(void *);
	void *after_commit_arg;
	pthread_mutex_t committed; /* after_commit runs under it */
	void (*told_fn)(void *);
	void *told_arg;

	pthread_mutex_t lock; /* the rest */
	pthread_cond_t wake;
	struct write_job *queue; /* a ring of LIMIT_WRITE_QUEUE */
	size_t first, count;
	bool stopping;

	/* For writer_run: counts batches; whoever waits is woken once for one, not for each job. */
	futex told;

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

/* With the lock held: as many as there are and as fit, so that the lock is not taken for each. */
static void pop(struct worker *k)
{
	struct writer *w = k->writer;

	while (w->count > 0 && k->at_hand < k->room) {
		k->jobs[k->at_hand++] = w->queue[w->first];
		w->first = (w->first + 1) % LIMIT_WRITE_QUEUE;
		w->count--;
	}
}

/* ---- waiting for one job */

struct waiter {
	struct writer *writer;
	db_tx_fn *fn;
	void *arg;
	struct err *err;
	bool ok;
	atomic_bool finished;
};

static bool run_for_waiter(struct db *db, void *arg, struct err *err)
{
	struct waiter *r = arg;

	return r->fn(db, r->arg, err);
}

/* The waiter's place is gone as soon as it is finished: it may have looked by itself. */
static void tell_waiter(void *arg, bool ok, const struct err *err)
{
	struct waiter *r = arg;

	r->ok = ok;
	if (!ok)
		*r->err = *err;
	r->finished = true;
}

static void finish(struct writer *w, const struct write_job *jobs, const struct err *errors,
		   size_t n)
{
	bool waited_for = false;

	for (size_t i = 0; i < n; i++) {
		waited_for = waited_for || jobs[i].done == tell_waiter;
		jobs[i].done(jobs[i].arg, errors[i].code == ERR_NONE, &errors[i]);
	}
	if (waited_for) {
		w->told++;
		futex_wake_all(&w->told);
	}
	if (w->told_fn != NULL)
		w->told_fn(w->told_arg);
}

void writer_on_told(struct writer *w, void (*told)(void *), void *arg)
{
	w->told_fn = told;
	w->told_arg = arg;
}

bool writer_run(struct writer *w, db_tx_fn *fn, void *arg, struct err *err)
{
	struct waiter r = { .writer = w, .fn = fn, .arg = arg, .err = err };
	const struct write_job job = { run_for_waiter, tell_waiter, &r };

	for (size_t i = 0; i < w->workers_started; i++)
		assert(!pthread_equal(pthread_self(), w->workers[i].thread));
	if (!writer_submit(w, &job, err))
		return false;
	for (;;) {
		uint32_t seen = w->told;
		if (r.finished)
			break;
		futex_wait(&w->told, seen);
	}
	return r.ok;
}

/* ---- the threads that take */

enum wait { WAIT_JOB, WAIT_IDLE, WAIT_STOP };

/* The clock of the condition is the monotonic one, as base/clock.h's. */
static struct timespec from_now(int64_t ms)
{
	int64_t at = clock_monotonic_ms() + ms;

	return (struct timespec){ .tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000 };
}

/* Waits for a job. With tell_idle it gives up after a while, once. */
static enum wait take(struct worker *k, bool tell_idle)
{
	struct writer *w = k->writer;
	struct timespec until = from_now(IDLE_MS);
	enum wait outcome = WAIT_JOB;

	if (k->at_hand > 0)
		return WAIT_JOB;
	pthread_mutex_lock(&w->lock);
	while (w->count == 0 && !w->stopping && outcome == WAIT_JOB) {
		int result = tell_idle ? pthread_cond_timedwait(&w->wake, &w->lock, &until)
				       : pthread_cond_wait(&w->wake, &w->lock);
		if (result != 0)
			outcome = WAIT_IDLE;
	}
	pop(k);
	if (k->at_hand > 0)
		outcome = WAIT_JOB;
	else if (w->stopping)
		outcome = WAIT_STOP;
	pthread_mutex_unlock(&w->lock);
	return outcome;
}

/* What has queued meanwhile joins the batch, up to a number and a time. */
static bool take_another(struct worker *k, size_t *taken, int64_t end)
{
	if (*taken == k->room || clock_monotonic_ms() >= end)
		return false;
	if (*taken == k->at_hand) {
		pthread_mutex_lock(&k->writer->lock);
		pop(k);
		pthread_mutex_unlock(&k->writer->lock);
	}
	if (*taken == k->at_hand)
		return false;
	++*taken;
	return true;
}

/* The batch is over: forgets its jobs and keeps those that came too late for it. */
static void put_away(struct worker *k, size_t taken)
{
	k->at_hand -= taken;
	for (size_t i = 0; i < k->at_hand; i++)
		k->jobs[i] = k->jobs[taken + i];
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

/*
 * Runs the jobs without savepoints, which cost as much as a small job: the
 * first is taken already, others follow while there are any, up to a number and
 * a time. A job that fails before it has changed anything harms nobody. false:
 * one failed later than that, or the transaction is gone.
 */
static bool run_hopefully(struct worker *k, size_t *taken)
{
	struct db *db = k->db;
	int64_t end = clock_monotonic_ms() + LIMIT_WRITE_BATCH_MS;

	do {
		size_t i = *taken - 1;
		int64_t before = db->ops->total_changes(db);

		err_clear(&k->errors[i]);
		if (tx_call(db, k->jobs[i].run, k->jobs[i].arg, &k->errors[i])) {
			db_close_left_open(db);
			continue;
		}
		if (!db->ops->in_transaction(db) || db->ops->total_changes(db) != before)
			return false;
		tx_forgive(db);
	} while (take_another(k, taken, end));
	return true;
}

/* Runs the same jobs again, each in a savepoint. false: the transaction is lost, *lost says why. */
static bool run_carefully(struct worker *k, size_t taken, struct err *lost)
{
	for (size_t i = 0; i < taken; i++) {
		err_clear(&k->errors[i]);
		if (!tx_savepoint(k->db, lost))
			return false;
		bool ok = tx_call(k->db, k->jobs[i].run, k->jobs[i].arg, &k->errors[i]);
		if (ok ? tx_release(k->db, lost) : tx_undo(k->db, lost))
			continue;
		if (!ok)
			*lost = k->errors[i]; /* a full disk, say, has ended the transaction */
		return false;
	}
	return true;
}

static bool run_and_commit(struct worker *k, size_t *taken, struct err *lost)
{
	err_clear(&k->errors[0]);
	if (!begin(k->db, lost))
		return false;
	if (!run_hopefully(k, taken)) {
		tx_rollback(k->db);
		if (!begin(k->db, lost))
			return false;
		if (!run_carefully(k, *taken, lost)) {
			tx_rollback(k->db);
			return false;
		}
	}
	return tx_commit(k->db, lost);
}

static void run_batch(struct worker *k)
{
	struct err lost = { 0 };
	size_t taken = 1, succeeded = 0;

	bool committed = run_and_commit(k, &taken, &lost);
	for (size_t i = 0; i < taken; i++) {
		if (k->errors[i].code == ERR_NONE && committed)
			succeeded++;
		else if (k->errors[i].code == ERR_NONE)
			k->errors[i] = lost;
	}
	if (succeeded > 0)
		announce(k->writer);
	finish(k->writer, k->jobs, k->errors, taken);
	put_away(k, taken);
}

/* Between batches the log is moved into the file if it is long, and when idle wholly. */
static void *write_in_groups(void *arg)
{
	struct worker *k = arg;
	bool tidy = true; /* nothing to checkpoint that has not been tried */

	for (;;) {
		enum wait outcome = take(k, !tidy);

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

	while (take(k, false) == WAIT_JOB) {
		err_clear(&k->errors[0]);
		if (db_tx(k->db, k->jobs[0].run, k->jobs[0].arg, &k->errors[0]))
			announce(k->writer);
		finish(k->writer, k->jobs, k->errors, 1);
		put_away(k, 1);
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

/* A server stays for months: its writer keeps less than a command that fills a site and ends. */
static const char *const cache_of_server = "PRAGMA cache_size=-16384";

static bool open_workers(struct writer *w, struct str where, struct err *err)
{
	bool groups = !str_starts(where, STR("postgresql:"));
	size_t wanted = groups ? 1 : LIMIT_WRITE_CONNECTIONS;
	size_t batch = groups ? LIMIT_WRITE_BATCH : 1;

	w->workers = ARENA_ARRAY(w->arena, wanted, struct worker);
	for (; w->workers_opened < wanted; w->workers_opened++) {
		struct worker *k = &w->workers[w->workers_opened];

		k->writer = w;
		k->room = batch;
		k->jobs = ARENA_ARRAY(w->arena, batch, struct write_job);
		k->errors = ARENA_ARRAY(w->arena, batch, struct err);
		if (!db_open(&k->db, where, DB_WRITE, err) ||
		    (groups && !k->db->ops->exec(k->db, cache_of_server, err)))
			return false;
	}
	for (; w->workers_started < wanted; w->workers_started++)
		if (!start(&w->workers[w->workers_started], groups, err))
			return false;
	return true;
}

bool writer_open(struct writer **out, struct str where, void (*after_commit)(void *), void *arg,
		 struct err *err)
{
	struct arena *arena = arena_open((size_t)8 * MIB);
	struct writer *w = ARENA_NEW(arena, struct writer);
	pthread_condattr_t attr;

	*w = (struct writer){ .arena = arena,
			      .after_commit = after_commit,
			      .after_commit_arg = arg };
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
