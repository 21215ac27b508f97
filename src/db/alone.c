/*
 * alone.c - a file of SQLite is written out while a long transaction fills it, so
 * that its COMMIT does not find all of it still to be written.
 *
 * Only the file of the database is synchronised. What it must not overtake, the
 * journal, SQLite has synchronised before it writes a page that the journal is for.
 */
#include "db/engine.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

enum { EVERY_MS = 50 };

struct flusher { sqlite3_file *file; pthread_t thread; atomic_bool stop, failed; };

static void *flush(void *arg)
{
	struct flusher *f = arg;

	while (!f->stop) {
		nanosleep(&(struct timespec){ .tv_nsec = EVERY_MS * 1000000L }, NULL);
		/* The kernel tells once of a page it cannot write: COMMIT would not hear. */
		if (f->file->pMethods->xSync(f->file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
			f->failed = true;
	}
	return NULL;
}

struct flusher *flusher_start(struct db *db)
{
	struct flusher *f = ARENA_NEW(db->arena, struct flusher);
	sigset_t all, before;

	if (sqlite3_file_control(sqlite_handle(db), "main", SQLITE_FCNTL_FILE_POINTER, &f->file) !=
	    SQLITE_OK)
		return NULL;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int result = pthread_create(&f->thread, NULL, flush, f);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (result != 0)
		return NULL;
	pthread_setname_np(f->thread, "flusher");
	return f;
}

bool flusher_stop(struct flusher *f)
{
	f->stop = true;
	pthread_join(f->thread, NULL);
	return !f->failed;
}
