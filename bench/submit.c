/*
 * submit.c - what sending a citizen's form costs, beside the bare writing of the same rows.
 *
 *   submit [DIRECTORY]      default: the current one, since the disk is what is measured
 *
 * 64 clients send forms that are filled in, each waiting for its receipt: checks, sealing, number, ledger
 * event, query code, job, all in the writer's batches. Then the SQLite library alone writes every row that this
 * has left new or changed in the site, in the same batches with the same settings, into a copy made before. The
 * medians of the rounds are compared, for time and for CPU; a form counts when its commit is durable. Exit
 * status 1 below the goal.
 */
#include "agency/agency.h"
#include "apply/apply.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/vault.h"
#include "db/migrate.h"
#include "db/writer.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CLIENTS = 64, FORMS = 1600, ROUNDS = 21, BATCHES_MAX = FORMS, TABLES_MAX = 200, COLUMNS_MAX = 64 };
static const double goal_bare = 0.5;

struct bench {
	struct arena *arena;
	struct vault vault;
	struct writer *writer;
	struct str tokens[FORMS];
	_Atomic int next;
	int open_batch, batches[BATCHES_MAX], batches_count;
};

static void die(const struct err *err)
{
	fprintf(stderr, "submit: %s %s\n", err->key, err->facts);
	exit(2);
}

static struct ctx ctx_of(struct bench *b, struct db *db, struct arena *a)
{
	struct ctx ctx = { .arena = a, .db = db, .locale = LOCALE_ZH_CN, .vault = &b->vault };

	ctx.actor = (struct actor){ .role = STR("public"), .name = STR("公众") };
	ctx_set_time(&ctx, INT64_C(1709535600)); /* 2024-03-04 15:00 in China */
	return ctx;
}

/* ---- the forms, filled in */

static bool fill_all(struct db *db, void *arg, struct err *err)
{
	struct unit_new unit = { .code = STR("A"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct bench *b = arg;
	struct ctx ctx = ctx_of(b, db, b->arena);
	struct apply_draft d;
	struct unit_id id;

	if (!agency_add_unit(&ctx, &unit, &id, err))
		return false;
	for (int i = 0; i < FORMS; i++) {
		if (!apply_begin(&ctx, &d, err))
			return false;
		d.texts[APPLY_CONTENT] = str_format(b->arena, "第%d号地块的征收批复及其附图（示例）", i);
		d.texts[APPLY_CLASS] = STR("natural_person");
		d.texts[APPLY_NAME] = str_format(b->arena, "申请人甲%d", i);
		d.texts[APPLY_DOCUMENT] = STR("resident_id");
		d.texts[APPLY_DOCUMENT_NO] = STR("11010519491231002X");
		d.texts[APPLY_EMAIL] = STR("a@example.cn");
		d.texts[APPLY_FORM] = STR("email");
		d.texts[APPLY_WAY] = STR("email");
		if (!apply_save(&ctx, &d, err))
			return false;
		b->tokens[i] = d.token;
	}
	return true;
}

/* ---- the clients */

struct sending { struct bench *b; struct arena *arena; int form; };

static bool send_one(struct db *db, void *arg, struct err *err)
{
	struct sending *s = arg;
	struct ctx ctx = ctx_of(s->b, db, s->arena);
	struct apply_receipt receipt;
	struct apply_draft d;
	bool found;

	if (!apply_find(&ctx, s->b->tokens[s->form], &d, &found, err) ||
	    !apply_send(&ctx, &d, err) ||
	    !apply_receipt_of(&ctx, d.sent, &receipt, &found, err))
		return false;
	s->b->open_batch += found && d.code.len > 0 ? 1 : 0;
	return true;
}

static void note_batch(void *arg)
{
	struct bench *b = arg;

	if (b->open_batch > 0)
		b->batches[b->batches_count++] = b->open_batch;
	b->open_batch = 0;
}

static void *client(void *arg)
{
	struct sending s = { .b = arg, .arena = arena_open(16 * MIB) };
	struct err err = { 0 };

	while ((s.form = s.b->next++) < FORMS) {
		if (!writer_run(s.b->writer, send_one, &s, &err))
			die(&err);
		arena_reset(s.arena);
	}
	arena_close(s.arena);
	return NULL;
}

static double cpu_s(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void send_all(struct bench *b)
{
	pthread_t threads[CLIENTS];

	for (size_t i = 0; i < CLIENTS; i++)
		if (pthread_create(&threads[i], NULL, client, b) != 0)
			exit(2);
	for (size_t i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
}

/* ---- the same rows, bare */

struct table {
	sqlite3_stmt *insert;
	int columns;
	sqlite3_value **cells;
	int64_t rows;
};
struct rows {
	struct table tables[TABLES_MAX];
	size_t count;
};

static void check(sqlite3 *handle, int result)
{
	if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW)
		return;
	fprintf(stderr, "submit: %s\n", sqlite3_errmsg(handle));
	exit(2);
}

static sqlite3_stmt *prepare(sqlite3 *handle, const char *text)
{
	sqlite3_stmt *st;

	check(handle, sqlite3_prepare_v3(handle, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL));
	return st;
}

/*
 * Rows that stand in the site and not so in its copy, new ones or changed ones, read into memory: only
 * writing is measured.
 */
enum which { ROWS_NEW, ROWS_CHANGED };
#define SELECT_NEW \
	"SELECT * FROM done.\"" STR_FMT "\" WHERE rowid > (SELECT coalesce(max(rowid), 0) FROM main.\"" STR_FMT "\")" \
	" ORDER BY rowid"
#define SELECT_CHANGED \
	"SELECT * FROM done.\"" STR_FMT "\" WHERE rowid <= (SELECT coalesce(max(rowid), 0) FROM main.\"" STR_FMT "\")" \
	" EXCEPT SELECT * FROM main.\"" STR_FMT "\""

static void read_table(struct bench *b, sqlite3 *handle, struct str name, enum which which,
		       struct table *out)
{
	struct str text = which == ROWS_NEW
				  ? str_format(b->arena, SELECT_NEW, STR_ARG(name), STR_ARG(name))
				  : str_format(b->arena, SELECT_CHANGED, STR_ARG(name), STR_ARG(name),
					       STR_ARG(name));
	sqlite3_stmt *st = prepare(handle, str_to_c(b->arena, text));
	struct str marks = STR("?");

	out->columns = sqlite3_column_count(st);
	out->cells = ARENA_ARRAY(b->arena, (size_t)(FORMS * 4 * out->columns), sqlite3_value *);
	while (sqlite3_step(st) == SQLITE_ROW && out->rows < FORMS * 4) {
		for (int c = 0; c < out->columns; c++)
			out->cells[out->rows * out->columns + c] =
				sqlite3_value_dup(sqlite3_column_value(st, c));
		out->rows++;
	}
	sqlite3_finalize(st);
	for (int c = 1; c < out->columns; c++)
		marks = str_concat(b->arena, marks, STR(",?"));
	text = str_format(b->arena, "%s INTO main.\"" STR_FMT "\" VALUES (" STR_FMT ")",
			  which == ROWS_NEW ? "INSERT" : "REPLACE", STR_ARG(name), STR_ARG(marks));
	out->insert = prepare(handle, str_to_c(b->arena, text));
}

static void read_rows(struct bench *b, sqlite3 *handle, struct rows *rows)
{
	sqlite3_stmt *st = prepare(handle, "SELECT name FROM done.sqlite_master WHERE type = 'table' AND name NOT LIKE "
					   "'sqlite_%' ORDER BY rowid");

	while (sqlite3_step(st) == SQLITE_ROW && rows->count + 1 < TABLES_MAX) {
		struct str name = str_copy(b->arena, str_from_c((const char *)sqlite3_column_text(st, 0)));
		for (int which = ROWS_NEW; which <= ROWS_CHANGED; which++) {
			struct table *t = &rows->tables[rows->count];
			*t = (struct table){ .rows = 0 };
			read_table(b, sqlite3_db_handle(st), name, (enum which)which, t);
			rows->count += t->rows > 0 ? 1 : 0;
		}
	}
	sqlite3_finalize(st);
}

/* The rows of forms from..until: of each table its share. */
static void write_some(sqlite3 *handle, struct rows *rows, int from, int until)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct table *t = &rows->tables[i];
		for (int64_t r = t->rows * from / FORMS; r < t->rows * until / FORMS; r++) {
			for (int c = 0; c < t->columns; c++)
				sqlite3_bind_value(t->insert, c + 1, t->cells[r * t->columns + c]);
			check(handle, sqlite3_step(t->insert));
			sqlite3_reset(t->insert);
		}
	}
}

static void exec(sqlite3 *handle, const char *sql)
{
	check(handle, sqlite3_exec(handle, sql, NULL, NULL, NULL));
}

/* Milliseconds and CPU seconds of writing alone. */
static void write_bare(struct bench *b, struct str copy, struct str done, double *ms, double *cpu)
{
	struct rows *rows = ARENA_NEW(b->arena, struct rows);
	sqlite3 *handle;
	int form = 0;

	check(NULL, sqlite3_open_v2(str_to_c(b->arena, copy), &handle,
				    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
	exec(handle, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
		     "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=1000");
	exec(handle, str_to_c(b->arena, str_format(b->arena, "ATTACH '" STR_FMT "' AS done", STR_ARG(done))));
	read_rows(b, handle, rows);
	double cpu_before = cpu_s();
	int64_t before = clock_monotonic_ms();
	for (int i = 0; i < b->batches_count; i++) {
		exec(handle, "BEGIN IMMEDIATE");
		write_some(handle, rows, form, form + b->batches[i]);
		exec(handle, "COMMIT");
		form += b->batches[i];
	}
	*ms = (double)(clock_monotonic_ms() - before);
	*cpu = cpu_s() - cpu_before;
	int64_t per_form = 0;
	for (size_t i = 0; i < rows->count; i++) {
		per_form += rows->tables[i].rows;
		sqlite3_finalize(rows->tables[i].insert);
	}
	printf("%d forms in %d batches, %.1f rows each\n", form, b->batches_count, (double)per_form / FORMS);
	sqlite3_close(handle);
}

static bool figure(const char *name, double goal, double value)
{
	printf("figure|%s|≥ %.2f|%.2f|%s\n", name, goal, value, value >= goal ? "reached" : "MISSED");
	return value >= goal;
}

static const char *const files[] = { "submit.db", "submit.db-wal", "submit.db-shm", "submit-bare.db",
				     "submit-bare.db-wal", "submit-bare.db-shm" };

static void remove_files(void)
{
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)unlink(files[i]);
}

/* One round on fresh files: bare time over time, CPU over bare CPU. */
static void run_round(struct bench *b, double *share, double *times)
{
	struct str where = STR("submit.db"), copy = STR("submit-bare.db"), content;
	double bare_ms, bare_cpu;
	struct err err = { 0 };
	struct db *db;
	int applied;

	remove_files();
	b->next = 0;
	b->batches_count = 0;
	if (!db_open(&db, where, DB_WRITE, &err) || !migrate_up(db, &applied, &err) ||
	    !db_tx(db, fill_all, b, &err))
		die(&err);
	db_close(db);
	if (!file_read(b->arena, where, 400 * MIB, &content, &err) ||
	    !file_write(b->arena, copy, content, &err))
		die(&err);
	/* Opening, and the checkpoint of closing, are no part of a form; the bare side has them outside, too. */
	if (!writer_open(&b->writer, where, note_batch, b, &err))
		die(&err);
	double cpu_before = cpu_s();
	int64_t before = clock_monotonic_ms();
	send_all(b);
	double ms = (double)(clock_monotonic_ms() - before), cpu = cpu_s() - cpu_before;
	writer_close(b->writer);
	write_bare(b, copy, where, &bare_ms, &bare_cpu);
	printf("sent: %.0f ms, %.2f s CPU; bare: %.0f ms, %.2f s CPU; %.0f forms a second\n", ms, cpu, bare_ms,
	       bare_cpu, FORMS * 1000.0 / ms);
	*share = bare_ms / ms;
	*times = cpu / bare_cpu;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
	struct bench *b = calloc(1, sizeof *b);
	double share[ROUNDS], times[ROUNDS];
	struct err err = { 0 };

	if (argc > 1 && chdir(argv[1]) != 0)
		return 2;
	if (!vault_from_key(STR("the vault of the bench, 32 bytes"), &b->vault, &err))
		die(&err);
	for (int round = 0; round < ROUNDS; round++) {
		b->arena = arena_open(512 * MIB);
		run_round(b, &share[round], &times[round]);
		arena_close(b->arena);
	}
	remove_files();
	qsort(share, ROUNDS, sizeof share[0], compare);
	qsort(times, ROUNDS, sizeof times[0], compare);
	bool reached = figure("forms a second, of the bare writing of the same rows", goal_bare, share[ROUNDS / 2]);
	printf("figure|CPU of a form, times the bare writing of its rows||%.2f|\n", times[ROUNDS / 2]);
	return reached ? 0 : 1;
}
