/*
 * alone.c - a file of SQLite is written out while a long transaction fills it, so
 * that its COMMIT does not find all of it still to be written.
 *
 * Only the file of the database is synchronised. What it must not overtake, the
 * journal, SQLite has synchronised before it writes a page that the journal is for.
 */
#include "db/engine.h"

#include "base/clock.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <time.h>

enum { EVERY_MS = 50 };

struct flusher {
	sqlite3_file *file;
	const sqlite3_io_methods *methods; /* as they were: others may take their place */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool stop, failed;
};

/* Until the time is over; false: it is to stop. */
static bool rest_a_while(struct flusher *f)
{
	int64_t ms = clock_monotonic_ms() + EVERY_MS;
	struct timespec until = { ms / 1000, ms % 1000 * 1000000 };
	int result = 0;

	pthread_mutex_lock(&f->lock);
	while (!f->stop && result != ETIMEDOUT)
		result = pthread_cond_timedwait(&f->changed, &f->lock, &until);
	bool stop = f->stop;
	pthread_mutex_unlock(&f->lock);
	return !stop;
}

static void *flush(void *arg)
{
	struct flusher *f = arg;

	/* The kernel tells once of a page it cannot write: COMMIT would not hear. */
	while (rest_a_while(f))
		if (f->methods->xSync(f->file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
			f->failed = true;
	return NULL;
}

static void open_lock(struct flusher *f)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, &attr);
	pthread_condattr_destroy(&attr);
}

static void close_lock(struct flusher *f)
{
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
}

struct flusher *flusher_start(struct db *db)
{
	struct flusher *f = ARENA_NEW(db->arena, struct flusher);
	sigset_t all, before;

	if (sqlite3_file_control(sqlite_handle(db), "main", SQLITE_FCNTL_FILE_POINTER, &f->file) !=
	    SQLITE_OK)
		return NULL;
	f->methods = f->file->pMethods;
	open_lock(f);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int result = pthread_create(&f->thread, NULL, flush, f);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (result != 0) {
		close_lock(f);
		return NULL;
	}
	pthread_setname_np(f->thread, "flusher");
	return f;
}

bool flusher_stop(struct flusher *f)
{
	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	close_lock(f);
	return !f->failed;
}
