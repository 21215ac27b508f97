/* writer_test.c - the write queue: what it promises to those who queue. */
#include "db/fixture.h"

#include "base/limits.h"
#include "db/writer.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MAX = LIMIT_WRITE_QUEUE + 64 };

/* ---- jobs that remember what became of them */

enum deed { ADDS, REFUSES, FAILS, OVERLOOKS, WAITS };

struct bench;
struct job {
	struct bench *bench;
	int64_t id;
	enum deed deed;
	bool break_commit; /* leaves the next call of the database to fail, which is the COMMIT */
	int runs, dones;
	bool ok, seen; /* seen: another connection saw the row when done was called */
	struct err err;
};

struct bench {
	struct writer *writer;
	size_t workers;
	struct db *onlooker; /* used by done, so by one thread at a time */
	pthread_mutex_t lock;
	sem_t held, release, finished;
	atomic_int commits, tolds;
	struct job jobs[JOBS_MAX];
};

static void count_commit(void *arg)
{
	struct bench *b = arg;

	b->commits++;
}

static void count_told(void *arg)
{
	struct bench *b = arg;

	b->tolds++;
}

static bool do_deed(struct db *db, struct job *j, struct err *err)
{
	struct err ignored = { 0 };

	switch (j->deed) {
	case ADDS:
		return note_add(db, j->id, 1, err);
	case REFUSES:
		return err_set(err, ERR_CONFLICT, "db.unique", "before anything is written");
	case FAILS:
		return note_add(db, j->id, 1, err) &&
		       err_set(err, ERR_CONFLICT, "db.unique", "on purpose");
	case OVERLOOKS:
		(void)!(note_add(db, j->id, 1, err) && note_add(db, j->id, 1, &ignored));
		return true;
	case WAITS:
		if (j->runs > 1)
			return true; /* its batch is run again */
		sem_post(&j->bench->held);
		sem_wait(&j->bench->release);
		return true;
	}
	return false;
}

static bool run_job(struct db *db, void *arg, struct err *err)
{
	struct job *j = arg;

	j->runs++;
	if (!j->break_commit)
		return do_deed(db, j, err);
	db_fault_after(db, 0);
	bool ok = do_deed(db, j, err);
	db_fault_after(db, 1);
	return ok;
}

static void job_done(void *arg, bool ok, const struct err *err)
{
	struct job *j = arg;
	struct err reading = { 0 };

	pthread_mutex_lock(&j->bench->lock);
	j->dones++;
	j->ok = ok;
	j->err = *err;
	(void)!note_there(j->bench->onlooker, j->id, &j->seen, &reading);
	pthread_mutex_unlock(&j->bench->lock);
	sem_post(&j->bench->finished);
}

static bool submit_job(struct bench *b, size_t i, struct job what, struct err *err)
{
	struct job *j = &b->jobs[i];
	const struct write_job job = { run_job, job_done, j };

	*j = what;
	j->bench = b;
	j->id = (int64_t)i + 1;
	return writer_submit(b->writer, &job, err);
}

static bool submit(struct bench *b, size_t i, enum deed deed, struct err *err)
{
	return submit_job(b, i, (struct job){ .deed = deed }, err);
}

static void wait_for(struct bench *b, size_t jobs)
{
	for (size_t i = 0; i < jobs; i++)
		sem_wait(&b->finished);
}

static struct bench *bench_open(struct test *t, struct testdb *site)
{
	struct bench *b = ARENA_NEW(t->arena, struct bench);
	struct err err = { 0 };

	b->workers = db_engine(site->ctx.db) == DB_SQLITE ? 1 : LIMIT_WRITE_CONNECTIONS;
	pthread_mutex_init(&b->lock, NULL);
	sem_init(&b->held, 0, 0);
	sem_init(&b->release, 0, 0);
	sem_init(&b->finished, 0, 0);
	if (!fixture_create(t, site->ctx.db))
		return NULL;
	/* One connection writes: the writer's. */
	if (!CHECK_OK(writer_open(&b->writer, site->where, count_commit, b, &err)) ||
	    !CHECK_OK(db_open(&b->onlooker, site->where, DB_READ, &err)))
		return NULL;
	writer_on_told(b->writer, count_told, b);
	return b;
}

static void bench_close(struct bench *b)
{
	writer_close(b->writer);
	db_close(b->onlooker);
}

/* Holds the writer, all threads of it, so that what follows queues. */
static void hold(struct test *t, struct bench *b)
{
	struct err err = { 0 };

	for (size_t i = 0; i < b->workers; i++)
		CHECK_OK(submit(b, JOBS_MAX - 1 - i, WAITS, &err));
	for (size_t i = 0; i < b->workers; i++)
		sem_wait(&b->held);
}

static void let_go(struct bench *b)
{
	for (size_t i = 0; i < b->workers; i++)
		sem_post(&b->release);
}

/* ---- one job does not harm another */

static void each_for_itself(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { enum deed deed; const char *key;
	} wanted[] = {
		{ ADDS, NULL }, { FAILS, "db.unique" },
		{ ADDS, NULL }, { OVERLOOKS, "db.tx_failed" },
		{ ADDS, NULL },
	};
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	hold(t, b);
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		CHECK_OK(submit(b, i, wanted[i].deed, &err));
	let_go(b);
	wait_for(b, COUNT_OF(wanted) + b->workers);
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		const struct job *j = &b->jobs[i];

		CHECK_INT(j->dones, 1);
		CHECK(j->ok == (wanted[i].key == NULL));
		CHECK_STR(str_from_c(j->ok ? "" : j->err.key),
			  str_from_c(j->ok ? "" : wanted[i].key));
		CHECK(j->seen == j->ok); /* told after the commit, not before */
	}
	CHECK_INT(note_count(t, b->onlooker), 3);
	bench_close(b);
}

/* A refusal is ordinary, so it must not cost the others a second run. */
static void a_refusal_is_cheap(struct test *t, struct testdb *site, const void *arg)
{
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	hold(t, b);
	for (size_t i = 0; i < 9; i++)
		CHECK_OK(submit(b, i, i % 3 == 1 ? REFUSES : ADDS, &err));
	let_go(b);
	wait_for(b, 9 + b->workers);
	for (size_t i = 0; i < 9; i++) {
		CHECK_INT(b->jobs[i].runs, 1);
		CHECK(b->jobs[i].ok == (i % 3 != 1));
	}
	CHECK_INT(note_count(t, b->onlooker), 6);
	bench_close(b);
}

/* ---- many share one commit */

static void groups(struct test *t, struct testdb *site, const void *arg)
{
	enum { MANY = 300 };
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };
	int told = 0;

	(void)arg;
	if (b == NULL)
		return;
	hold(t, b);
	for (size_t i = 0; i < MANY; i++)
		CHECK_OK(submit(b, i, ADDS, &err));
	let_go(b);
	wait_for(b, MANY + b->workers);
	for (size_t i = 0; i < MANY; i++)
		told += b->jobs[i].ok && b->jobs[i].seen && b->jobs[i].runs == 1 ? 1 : 0;
	CHECK_INT(told, MANY);
	CHECK_INT(note_count(t, b->onlooker), MANY);
	if (db_engine(site->ctx.db) == DB_SQLITE)
		CHECK(b->commits < MANY / 2);
	bench_close(b);
	CHECK_INT(b->tolds, b->commits); /* once for each batch, all of which went well */
}

static void a_failed_commit_fails_all(struct test *t, struct testdb *site, const void *arg)
{
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	hold(t, b);
	for (size_t i = 0; i < 3; i++)
		CHECK_OK(submit_job(
			b, i, (struct job){ .deed = i == 1 ? FAILS : ADDS, .break_commit = true },
			&err));
	/* The held job has used up the batch's time: these three begin a new one. */
	nanosleep(&(struct timespec){ .tv_nsec = (LIMIT_WRITE_BATCH_MS + 1) * 1000000L }, NULL);
	let_go(b);
	wait_for(b, 4);
	CHECK(b->jobs[JOBS_MAX - 1].ok);
	CHECK(!b->jobs[0].ok && !b->jobs[1].ok && !b->jobs[2].ok);
	CHECK_STR(str_from_c(b->jobs[0].err.key), STR("db.failed"));
	CHECK_STR(str_from_c(b->jobs[1].err.key), STR("db.unique"));
	CHECK_INT(b->commits, 1);
	CHECK_INT(note_count(t, b->onlooker), 0);
	/* The next one goes through. */
	CHECK_OK(submit(b, 0, ADDS, &err));
	wait_for(b, 1);
	CHECK(b->jobs[0].ok && b->jobs[0].seen);
	bench_close(b);
}

/* ---- the queue is bounded, and emptied before the end */

static void is_bounded(struct test *t, struct testdb *site, const void *arg)
{
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	hold(t, b);
	for (size_t i = 0; i < LIMIT_WRITE_QUEUE; i++)
		if (!submit(b, i, ADDS, &err))
			break;
	CHECK(err.code == ERR_NONE);
	CHECK_FAILS(submit(b, LIMIT_WRITE_QUEUE, ADDS, &err), "db.queue_full");
	let_go(b);
	writer_close(b->writer); /* finishes what is queued */
	int done = 0;
	for (size_t i = 0; i < LIMIT_WRITE_QUEUE; i++)
		done += b->jobs[i].ok ? 1 : 0;
	CHECK_INT(done, LIMIT_WRITE_QUEUE);
	CHECK_INT(note_count(t, b->onlooker), LIMIT_WRITE_QUEUE);
	db_close(b->onlooker);
}

static bool add_thrice(struct db *db, void *arg, struct err *err)
{
	int64_t *id = arg;

	return note_add(db, *id, 1, err) && note_add(db, *id + 1, 1, err) &&
	       note_add(db, *id + 2, 1, err);
}

static void waits_for_one(struct test *t, struct testdb *site, const void *arg)
{
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };
	int64_t id = 1, again = 3;

	(void)arg;
	if (b == NULL)
		return;
	CHECK_OK(writer_run(b->writer, add_thrice, &id, &err));
	CHECK_INT(note_count(t, b->onlooker), 3);
	CHECK_FAILS(writer_run(b->writer, add_thrice, &again, &err), "db.unique");
	CHECK_INT(note_count(t, b->onlooker), 3);
	bench_close(b);
}

struct busy { int left; };

static bool busy_at_first(struct db *db, void *arg, struct err *err)
{
	struct busy *busy = arg;

	if (busy->left-- > 0)
		return err_set(err, ERR_BUSY, "db.busy", "x");
	return note_add(db, 1, 1, err);
}

static void runs_again(struct test *t, struct testdb *site, const void *arg)
{
	struct bench *b = bench_open(t, site);
	struct busy busy = { .left = 3 };
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	CHECK_OK(writer_run(b->writer, busy_at_first, &busy, &err));
	CHECK_INT(note_count(t, b->onlooker), 1);
	bench_close(b);
}

/* ---- readers beside the writer */

struct reader {
	struct bench *bench;
	struct str where;
	atomic_bool *stop;
	pthread_t thread;
	int64_t reads, torn, failed;
};

/* Every job adds +1 and -1: a reader that ever sees another sum has seen half a job. */
static bool add_pair(struct db *db, void *arg, struct err *err)
{
	int64_t *n = arg;

	return note_add(db, 2 * *n, 1, err) && note_add(db, 2 * *n + 1, -1, err);
}

static void *read_on(void *arg)
{
	struct reader *r = arg;
	struct db *db = NULL;
	struct err err = { 0 };

	if (!db_open(&db, r->where, DB_READ, &err)) {
		r->failed++;
		return NULL;
	}
	do {
		int64_t first, second, sum = 0;
		bool ok = db_snapshot_begin(db, &err) && note_sum(db, &first, &sum, &err) &&
			  note_sum(db, &second, &sum, &err);
		if (!ok) {
			r->failed++;
			break;
		}
		db_snapshot_end(db);
		r->torn += sum != 0 || first != second ? 1 : 0;
		r->reads++;
	} while (!*r->stop);
	db_close(db);
	return NULL;
}

static void readers_see_whole_jobs(struct test *t, struct testdb *site, const void *arg)
{
	enum { READERS = 3, WRITES = 150 };
	struct bench *b = bench_open(t, site);
	struct reader readers[READERS];
	atomic_bool stop = false;
	struct err err = { 0 };

	(void)arg;
	if (b == NULL)
		return;
	for (size_t i = 0; i < READERS; i++) {
		readers[i] = (struct reader){ .bench = b, .where = site->where, .stop = &stop };
		CHECK(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]) == 0);
	}
	for (int64_t i = 0; i < WRITES; i++)
		CHECK_OK(writer_run(b->writer, add_pair, &i, &err));
	stop = true;
	for (size_t i = 0; i < READERS; i++) {
		pthread_join(readers[i].thread, NULL);
		CHECK_INT(readers[i].failed, 0);
		CHECK_INT(readers[i].torn, 0);
		CHECK(readers[i].reads > 0);
	}
	CHECK_INT(note_count(t, b->onlooker), 2 * WRITES);
	bench_close(b);
}

/* ---- the log of SQLite stays short */

static bool add_page(struct db *db, void *arg, struct err *err)
{
	static const char *const sql = "INSERT INTO page (body) VALUES (zeroblob(400000))";

	(void)arg;
	return db->ops->exec(db, sql, err);
}

static int64_t log_bytes(struct test *t, struct testdb *site)
{
	struct stat st;
	struct str path = str_concat(t->arena, site->where, STR("-wal"));

	return stat(str_to_c(t->arena, path), &st) == 0 ? (int64_t)st.st_size : 0;
}

static void the_log_stays_short(struct test *t, struct testdb *site, const void *arg)
{
	enum { PAGES = 60, BYTES = 400000 };
	struct bench *b = bench_open(t, site);
	struct err err = { 0 };
	int64_t longest = 0;

	(void)arg;
	if (b == NULL)
		return;
	CHECK_OK(site->ctx.db->ops->exec(site->ctx.db, "CREATE TABLE page (body BLOB)", &err));
	for (int i = 0; i < PAGES; i++) {
		CHECK_OK(writer_run(b->writer, add_page, NULL, &err));
		int64_t now = log_bytes(t, site);
		longest = now > longest ? now : longest;
		CHECK_INT(note_count(t, b->onlooker),
			  0); /* a reader that is there and keeps nothing open */
	}
	CHECK(longest > BYTES);
	CHECK(longest < (int64_t)PAGES * BYTES / 3);
	bench_close(b);
}

/* ---- killed in the middle */

struct tell { int fd; int64_t id; };

static void tell_id(void *arg, bool ok, const struct err *err)
{
	struct tell *tell = arg;

	(void)err;
	if (ok && write(tell->fd, &tell->id, sizeof tell->id) != sizeof tell->id)
		_exit(3);
}

static bool add_told(struct db *db, void *arg, struct err *err)
{
	const struct tell *tell = arg;

	return note_add(db, tell->id, 1, err);
}

/* The child: commits without end and tells each id after its commit. */
static void commit_on(struct str where, int fd)
{
	struct arena *arena = arena_open((size_t)LIMIT_COMMAND_ARENA);
	struct writer *w;
	struct err err = { 0 };

	if (!writer_open(&w, where, NULL, NULL, &err))
		_exit(2);
	for (int64_t id = 1;; id++) {
		struct tell *tell = ARENA_NEW(arena, struct tell);
		const struct write_job job = { add_told, tell_id, tell };

		*tell = (struct tell){ fd, id };
		while (!writer_submit(w, &job, &err)) {
			err_clear(&err);
			nanosleep(&(struct timespec){ .tv_nsec = 100000 }, NULL);
		}
	}
}

static void check_told(struct test *t, struct testdb *site, int fd, int *told)
{
	struct db *db = site->ctx.db;
	struct err err = { 0 };
	int64_t id;
	bool there = false;

	for (; read(fd, &id, sizeof id) == sizeof id; ++*told)
		if (!CHECK_OK(note_there(db, id, &there, &err)) || !CHECK(there))
			return;
}

static void survives_kill(struct test *t, struct testdb *site, const void *arg)
{
	enum { WAIT_FOR = 400 };
	int fd[2], told = 0, status = 0;
	int64_t id = 0;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, site->ctx.db) || !CHECK(pipe(fd) == 0))
		return;
	db_close(site->ctx.db); /* the child is the only one that writes */
	site->ctx.db = NULL;
	pid_t child = fork();
	if (child == 0) {
		close(fd[0]);
		commit_on(site->where, fd[1]);
	}
	close(fd[1]);
	struct arena_mark mark = arena_mark(t->arena);
	int64_t *first = ARENA_ARRAY(t->arena, WAIT_FOR, int64_t);
	for (int i = 0; i < WAIT_FOR && read(fd[0], &id, sizeof id) == sizeof id; i++)
		first[told++] = id;
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK_INT(told, WAIT_FOR);
	if (!CHECK_OK(db_open(&site->ctx.db, site->where, DB_WRITE, &err)))
		return;
	bool there = true;
	for (int i = 0; i < told && there; i++)
		CHECK(note_there(site->ctx.db, first[i], &there, &err) && there);
	arena_rewind(t->arena, mark);
	check_told(t, site, fd[0], &told);
	CHECK(note_count(t, site->ctx.db) >= told);
	close(fd[0]);
}

void writer_test(struct test *t)
{
	testdb_each(t, "each job for itself", each_for_itself, NULL);
	testdb_each(t, "a refusal is cheap", a_refusal_is_cheap, NULL);
	testdb_each(t, "jobs share a commit", groups, NULL);
	testdb_on(t, DB_SQLITE, "a failed commit fails all of its jobs", a_failed_commit_fails_all,
		  NULL);
	testdb_each(t, "the queue is bounded, and finished before the end", is_bounded, NULL);
	testdb_each(t, "waits for one", waits_for_one, NULL);
	testdb_on(t, DB_POSTGRES, "a job that was busy runs again", runs_again, NULL);
	testdb_each(t, "readers see whole jobs", readers_see_whole_jobs, NULL);
	testdb_on(t, DB_SQLITE, "the log stays short", the_log_stays_short, NULL);
	testdb_on(t, DB_SQLITE, "no acknowledged job is lost by kill -9", survives_kill, NULL);
}
