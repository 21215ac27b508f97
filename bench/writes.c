/*
 * writes.c - what a durable write costs, as ratios within one run.
 *
 *   writes [DIRECTORY]      default: the current one, since the disk is what is measured
 *
 * The same rows, the same settings of SQLite (WAL, synchronous=FULL), by turns:
 *   threads  64 client threads, each waiting for its own job in writer_run
 *   single   64 client threads, a transaction for each, one at a time
 *   loops    64 clients in two loops that submit and are told, as the server's are
 *   bare     one thread and the SQLite library alone, in the batches that threads or loops have made
 * threads is compared with single and with bare, loops with bare. The medians of the rounds are compared,
 * for time and for the CPU a row costs all of the process, which a busy machine hardly moves. Exit status 1
 * below the goals.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/rand.h"
#include "db/engine.h"
#include "db/writer.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
	CLIENTS = 64, LOOPS = 2, ROUNDS = 25, ROUND_MS = 150, BATCHES_MAX = 1 << 20, TEXT_BYTES = 300,
	DAYS = 366,
};
static const double goal_single = 10, goal_bare = 0.7;

#define INSERT_TEXT "INSERT INTO request (id, number, received_on, content) VALUES (?1, ?2, ?3, ?4)"

static const struct db_stmt_def insert_def = {
	.name = "bench_insert", .file = __FILE__, .sqlite = INSERT_TEXT, .mode = DB_EXEC, .params = 4,
	.param_types = "itdt", .column_types = "", .writes = true,
};
static const char schema[] = "CREATE TABLE request (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
			     " received_on TEXT NOT NULL, content TEXT NOT NULL) STRICT;"
			     "CREATE INDEX request_received ON request (received_on, id)";

struct bench {
	struct arena *arena;
	struct str where;
	struct writer *writer;
	struct db *db; /* single */
	pthread_mutex_t lock;
	_Atomic int64_t next;
	atomic_bool stop;
	_Atomic int64_t done, open_batch;
	int *batches; /* the size of each the writer made */
	size_t batches_count;
	char text[TEXT_BYTES];
	struct str days[DAYS]; /* as texts, for bare */
};

/* The day of a row: the index by day is written to all over, as that of a year's requests is. */
static struct date day_of(int64_t id)
{
	return (struct date){ 18262 + (int32_t)(id % DAYS) };
}

static void die(const struct err *err)
{
	fprintf(stderr, "writes: %s %s\n", err->key, err->facts);
	exit(2);
}

struct row { struct bench *b; int64_t id; };

static bool insert(struct db *db, void *arg, struct err *err)
{
	const struct row *row = arg;
	char number[32];
	struct db_stmt *st;
	bool any;

	int n = snprintf(number, sizeof number, "2020-%09lld", (long long)row->id);
	if (!db_stmt_get(db, &insert_def, &st, err))
		return false;
	db_bind_int(st, 0, row->id);
	db_bind_text(st, 1, (struct str){ number, (size_t)n });
	db_bind_date(st, 2, day_of(row->id));
	db_bind_text(st, 3, (struct str){ row->b->text, TEXT_BYTES });
	bool ok = db_step(st, &any, err);
	db_stmt_reset(st);
	if (ok)
		row->b->open_batch++;
	return ok;
}

/* On the writer's thread, after each COMMIT. */
static void note_batch(void *arg)
{
	struct bench *b = arg;

	if (b->batches_count < BATCHES_MAX)
		b->batches[b->batches_count++] = (int)b->open_batch;
	b->open_batch = 0;
}

static void *client(void *arg)
{
	struct bench *b = arg;
	struct err err = { 0 };

	while (!b->stop) {
		struct row row = { b, b->next++ };
		bool ok;

		if (b->writer != NULL) {
			ok = writer_run(b->writer, insert, &row, &err);
		} else {
			pthread_mutex_lock(&b->lock);
			ok = db_tx(b->db, insert, &row, &err);
			pthread_mutex_unlock(&b->lock);
		}
		if (!ok)
			die(&err);
		b->done++;
	}
	return NULL;
}

/* Rows in a second. */
static double run_clients(struct bench *b)
{
	pthread_t threads[CLIENTS];

	b->done = 0;
	b->stop = false;
	int64_t begin = clock_monotonic_ms();
	for (size_t i = 0; i < CLIENTS; i++)
		if (pthread_create(&threads[i], NULL, client, b) != 0)
			exit(2);
	while (clock_monotonic_ms() < begin + ROUND_MS)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	b->stop = true;
	for (size_t i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
	return 1000.0 * (double)b->done / (double)(clock_monotonic_ms() - begin);
}

static double run_writer(struct bench *b, double (*clients)(struct bench *))
{
	struct err err = { 0 };

	b->batches_count = 0;
	b->open_batch = 0;
	if (!writer_open(&b->writer, b->where, note_batch, b, &err))
		die(&err);
	double rate = clients(b);
	writer_close(b->writer);
	b->writer = NULL;
	return rate;
}

/* ---- clients that do not sleep for themselves */

enum { CLIENTS_IN_LOOP = CLIENTS / LOOPS };

struct loop {
	struct bench *b;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct loop_client {
		struct loop *loop;
		struct row row;
	} clients[CLIENTS_IN_LOOP];
	struct loop_client *told[CLIENTS_IN_LOOP];
	size_t told_count;
};

static bool loop_insert(struct db *db, void *arg, struct err *err)
{
	struct loop_client *c = arg;

	return insert(db, &c->row, err);
}

static void loop_told(void *arg, bool ok, const struct err *err)
{
	struct loop_client *c = arg;
	struct loop *l = c->loop;

	if (!ok)
		die(err);
	pthread_mutex_lock(&l->lock);
	l->told[l->told_count++] = c;
	pthread_mutex_unlock(&l->lock);
}

static void *loop_run(void *arg)
{
	struct loop *l = arg;
	struct loop_client *mine[CLIENTS_IN_LOOP];
	struct err err = { 0 };
	size_t waiting = 0;

	do {
		pthread_mutex_lock(&l->lock);
		while (l->told_count == 0)
			pthread_cond_wait(&l->wake, &l->lock);
		size_t n = l->told_count;
		memcpy(mine, l->told, n * sizeof *mine);
		l->told_count = 0;
		pthread_mutex_unlock(&l->lock);
		l->b->done += (int64_t)n;
		waiting += n;
		while (!l->b->stop && n > 0) {
			struct loop_client *c = mine[--n];
			const struct write_job job = { loop_insert, loop_told, c };

			c->row = (struct row){ l->b, l->b->next++ };
			if (!writer_submit(l->b->writer, &job, &err))
				die(&err);
			waiting--;
		}
	} while (waiting < CLIENTS_IN_LOOP);
	return NULL;
}

static void wake_loops(void *arg)
{
	struct loop *loops = arg;

	for (size_t i = 0; i < LOOPS; i++) {
		pthread_mutex_lock(&loops[i].lock);
		bool any = loops[i].told_count > 0;
		pthread_mutex_unlock(&loops[i].lock);
		if (any)
			pthread_cond_signal(&loops[i].wake);
	}
}

static double run_loops(struct bench *b)
{
	static struct loop loops[LOOPS];

	b->done = -CLIENTS; /* each client begins as if told */
	b->stop = false;
	int64_t begin = clock_monotonic_ms();
	writer_on_told(b->writer, wake_loops, loops);
	for (size_t i = 0; i < LOOPS; i++) {
		pthread_mutex_init(&loops[i].lock, NULL);
		pthread_cond_init(&loops[i].wake, NULL);
	}
	for (size_t i = 0; i < LOOPS; i++) {
		struct loop *l = &loops[i];

		l->b = b;
		for (l->told_count = 0; l->told_count < CLIENTS_IN_LOOP; l->told_count++) {
			l->clients[l->told_count].loop = l;
			l->told[l->told_count] = &l->clients[l->told_count];
		}
		if (pthread_create(&l->thread, NULL, loop_run, l) != 0)
			exit(2);
	}
	while (clock_monotonic_ms() < begin + ROUND_MS)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	b->stop = true;
	for (size_t i = 0; i < LOOPS; i++)
		pthread_join(loops[i].thread, NULL);
	return 1000.0 * (double)b->done / (double)(clock_monotonic_ms() - begin);
}

static double run_single(struct bench *b)
{
	struct err err = { 0 };

	if (!db_open(&b->db, b->where, DB_WRITE, &err))
		die(&err);
	double rate = run_clients(b);
	db_close(b->db);
	return rate;
}

static void check(sqlite3 *handle, int result)
{
	if (result == SQLITE_OK || result == SQLITE_DONE)
		return;
	fprintf(stderr, "writes: %s\n", sqlite3_errmsg(handle));
	exit(2);
}

static void bare_row(struct bench *b, sqlite3 *handle, sqlite3_stmt *st)
{
	int64_t id = b->next++;
	char number[32];
	struct str day = b->days[id % DAYS];

	int n = snprintf(number, sizeof number, "2020-%09lld", (long long)id);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, number, n, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, day.ptr, (int)day.len, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, b->text, TEXT_BYTES, SQLITE_STATIC);
	check(handle, sqlite3_step(st));
	sqlite3_reset(st);
}

static void exec(sqlite3 *handle, const char *sql)
{
	check(handle, sqlite3_exec(handle, sql, NULL, NULL, NULL));
}

static double run_bare(struct bench *b)
{
	sqlite3 *handle;
	sqlite3_stmt *st;
	int64_t done = 0;

	check(NULL, sqlite3_open_v2(str_to_c(b->arena, b->where), &handle,
				    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
	exec(handle, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
		     "PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=1000");
	check(handle, sqlite3_prepare_v3(handle, INSERT_TEXT, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL));
	int64_t begin = clock_monotonic_ms();
	for (size_t i = 0; i < b->batches_count && clock_monotonic_ms() < begin + ROUND_MS; i++) {
		exec(handle, "BEGIN IMMEDIATE");
		for (int k = 0; k < b->batches[i]; k++)
			bare_row(b, handle, st);
		exec(handle, "COMMIT");
		done += b->batches[i];
	}
	b->done = done;
	double rate = 1000.0 * (double)done / (double)(clock_monotonic_ms() - begin);
	sqlite3_finalize(st);
	sqlite3_close(handle);
	return rate;
}

/* CPU seconds of this process, all of its threads. */
static double cpu_used(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof *values, compare);
	return values[ROUNDS / 2];
}

static void make_table(struct bench *b)
{
	struct err err = { 0 };
	struct db *db = NULL;

	if (!db_open(&db, b->where, DB_WRITE, &err) || !db->ops->exec(db, schema, &err))
		die(&err);
	db_close(db);
}

/* Each kind has its turn in each round on a file of its own, so that none meets the others' rows. */
static void new_file(struct bench *b, struct str dir, int round, const char *kind)
{
	b->where = str_format(b->arena, STR_FMT "/%s-%d.db", STR_ARG(dir), kind, round);
	b->next = 1;
	make_table(b);
}

/* What one kind did in one round. */
struct turn { double rate, cpu, batch; };

static struct turn take_turn(struct bench *b, struct str dir, int round, const char *kind,
			     double (*run)(struct bench *))
{
	struct turn t;

	new_file(b, dir, round, kind);
	t.cpu = cpu_used();
	t.rate = run(b);
	t.cpu = (cpu_used() - t.cpu) / (double)b->done;
	t.batch = b->batches_count > 0 ? (double)b->done / (double)b->batches_count : 1;
	return t;
}

static double run_threads(struct bench *b)
{
	return run_writer(b, run_clients);
}

static double run_in_loops(struct bench *b)
{
	return run_writer(b, run_loops);
}

static bool figure(const char *name, double goal, double value)
{
	bool reached = value >= goal;

	printf("figure|durable writes: %s|≥ %.2f|%.2f|%s\n", name, goal, value,
	       reached ? "reached" : "MISSED");
	return reached;
}

struct ratios { double single[ROUNDS], threads[ROUNDS], loops[ROUNDS], threads_cpu[ROUNDS], loops_cpu[ROUNDS]; };

static void one_round(struct bench *b, struct str dir, int i, struct ratios *r)
{
	struct turn single = take_turn(b, dir, i, "single", run_single);
	struct turn threads = take_turn(b, dir, i, "threads", run_threads);
	struct turn bare = take_turn(b, dir, i, "bare-threads", run_bare);

	r->single[i] = threads.rate / single.rate;
	r->threads[i] = threads.rate / bare.rate;
	r->threads_cpu[i] = bare.cpu / threads.cpu;
	printf("# round %d: threads/single %.1f, threads/bare %.2f (CPU %.2f, %.0f rows in a batch)", i + 1,
	       r->single[i], r->threads[i], r->threads_cpu[i], threads.batch);
	struct turn loops = take_turn(b, dir, i, "loops", run_in_loops);
	bare = take_turn(b, dir, i, "bare-loops", run_bare);
	r->loops[i] = loops.rate / bare.rate;
	r->loops_cpu[i] = bare.cpu / loops.cpu;
	printf(", loops/bare %.2f (CPU %.2f, %.0f rows)\n", r->loops[i], r->loops_cpu[i], loops.batch);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_open((size_t)64 * MIB);
	struct bench *b = ARENA_NEW(arena, struct bench);
	struct ratios *r = ARENA_NEW(arena, struct ratios);
	struct str dir = str_format(arena, "%s/bench-" STR_FMT, argc > 1 ? argv[1] : ".",
				    STR_ARG(random_hex(arena, 4)));
	struct err err = { 0 };

	b->arena = arena;
	b->batches = ARENA_ARRAY(arena, BATCHES_MAX, int);
	memset(b->text, 'x', TEXT_BYTES);
	for (int64_t i = 0; i < DAYS; i++)
		b->days[i] = date_iso(arena, day_of(i));
	pthread_mutex_init(&b->lock, NULL);
	if (!dir_make(arena, dir, &err))
		die(&err);
	for (int i = 0; i < ROUNDS; i++)
		one_round(b, dir, i, r);
	dir_remove(arena, dir);
	bool reached = figure("64 waiting threads, of a transaction for each", goal_single, median(r->single));
	reached = figure("64 waiting threads, of the bare library", goal_bare, median(r->threads)) && reached;
	reached = figure("64 clients in loops, of the bare library", goal_bare, median(r->loops)) && reached;
	printf("figure|durable writes: CPU a row, bare to threads||%.2f|\n", median(r->threads_cpu));
	printf("figure|durable writes: CPU a row, bare to loops||%.2f|\n", median(r->loops_cpu));
	return reached ? 0 : 1;
}
