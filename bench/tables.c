/*
 * tables.c - what the statutory tables of one year cost in a site of many.
 *
 *   tables SITE [YEAR]      SITE: the path of a site.db, or postgresql:…
 *
 * Tables 三 and 四 as the report counts them, for the whole site and for one unit, against the same counts by
 * GROUP BY with a full scan of the same rows. By turns, medians of the CPU time: of this process for SQLite,
 * of the server's process for PostgreSQL (from /proc, so on the same machine; no parallel workers). Exit
 * status 1 when the goal of 20 times is missed.
 */
#include "base/limits.h"
#include "db/engine.h"
#include "statistics/statistics.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 7, REPEATS = 5 };
static const double goal = 20;

/* The four counts of table 三 and the two of table 四; %1$s keeps SQLite from its indexes, %2$d is the year. */
static const char *const scans[] = {
	"SELECT applicant, count(*) FROM request%1$s WHERE received_year = %2$d GROUP BY applicant",
	"SELECT applicant, outcome, count(*) FROM request%1$s WHERE closed_year = %2$d GROUP BY applicant, outcome",
	"SELECT applicant, count(*) FROM request%1$s WHERE received_year < %2$d "
	"AND (closed_year IS NULL OR closed_year >= %2$d) GROUP BY applicant",
	"SELECT applicant, count(*) FROM request%1$s WHERE received_year <= %2$d "
	"AND (closed_year IS NULL OR closed_year > %2$d) GROUP BY applicant",
	"SELECT route, outcome, count(*) FROM dispute%1$s WHERE concluded_year = %2$d GROUP BY route, outcome",
	"SELECT route, count(*) FROM dispute%1$s WHERE accepted_year <= %2$d "
	"AND (concluded_year IS NULL OR concluded_year > %2$d) GROUP BY route",
};

static const struct db_stmt_def backend_def = {
	.name = "bench_backend", .file = __FILE__, .postgres = "SELECT pg_backend_pid()::bigint", .mode = DB_ONE,
	.param_types = "", .columns = 1, .column_types = "i",
};

struct bench {
	struct ctx ctx;
	int year;
	sqlite3 *raw;	/* one of these two scans */
	PGconn *server;
	int64_t ours_pid, raw_pid; /* of the server's processes; 0: SQLite */
};

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "tables: %s: %s\n", what, why);
	exit(2);
}

/* CPU in milliseconds: of a process by the scheduler's own count, or of this one. */
static double cpu_ms(int64_t pid)
{
	struct timespec t;
	char path[64];
	long long ns;

	if (pid == 0) {
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
		return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
	}
	snprintf(path, sizeof path, "/proc/%lld/schedstat", (long long)pid);
	FILE *f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%lld", &ns) != 1)
		fail(path, "cannot be read");
	fclose(f);
	return (double)ns / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof *values, by_value);
	return values[ROUNDS / 2];
}

static void scan_one(struct bench *b, const char *form)
{
	char sql[400];
	sqlite3_stmt *st;

	snprintf(sql, sizeof sql, form, b->raw != NULL ? " NOT INDEXED" : "", b->year);
	if (b->raw == NULL) {
		PGresult *result = PQexec(b->server, sql);
		if (PQresultStatus(result) != PGRES_TUPLES_OK)
			fail(sql, PQerrorMessage(b->server));
		PQclear(result);
		return;
	}
	if (sqlite3_prepare_v2(b->raw, sql, -1, &st, NULL) != SQLITE_OK)
		fail(sql, sqlite3_errmsg(b->raw));
	while (sqlite3_step(st) == SQLITE_ROW)
		continue;
	sqlite3_finalize(st);
}

static double scan(struct bench *b)
{
	double start = cpu_ms(b->raw_pid);

	for (size_t i = 0; i < COUNT_OF(scans); i++)
		scan_one(b, scans[i]);
	return cpu_ms(b->raw_pid) - start;
}

/* The mean of a few: they are short. */
static double tables(struct bench *b, const struct scope *s)
{
	double start = cpu_ms(b->ours_pid);
	struct table3 t3;
	struct table4 t4;
	struct err err = { 0 };

	for (int i = 0; i < REPEATS; i++)
		if (!statistics_table3(&b->ctx, s, &t3, &err) || !statistics_table4(&b->ctx, s, &t4, &err))
			fail(err.key, err.facts);
	return (cpu_ms(b->ours_pid) - start) / REPEATS;
}

static void open_postgres(struct bench *b, const char *where)
{
	static const char settings[] = "SET enable_indexscan = off; SET enable_indexonlyscan = off;"
				       "SET enable_bitmapscan = off; SET max_parallel_workers_per_gather = 0";
	struct err err = { 0 };
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(b->ctx.db, &backend_def, &st, &err) || !db_step(st, &row, &err))
		fail(err.key, err.facts);
	b->ours_pid = db_int(st, 0);
	db_stmt_reset(st);
	b->server = PQconnectdb(where);
	PQclear(PQexec(b->server, settings));
	if (PQstatus(b->server) != CONNECTION_OK)
		fail(where, PQerrorMessage(b->server));
	b->raw_pid = PQbackendPID(b->server);
}

static void open_both(struct bench *b, const char *where)
{
	struct err err = { 0 };

	if (!db_open(&b->ctx.db, str_from_c(where), DB_READ, &err))
		fail(err.key, err.facts);
	if (db_engine(b->ctx.db) == DB_POSTGRES)
		open_postgres(b, where);
	else if (sqlite3_open_v2(where, &b->raw, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		fail(where, "cannot be opened");
}

static bool figure(const char *engine, const char *what, double value)
{
	bool reached = value >= goal;

	printf("figure|tables 3 and 4 among a million, %s, %s: times faster than a scan|≥ %.0f|%.0f|%s\n", engine,
	       what, goal, value, reached ? "reached" : "MISSED");
	return reached;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open(LIMIT_COMMAND_ARENA);
	struct bench b = { .ctx = { .arena = a },
			   .year = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 2022 }; /* allow: a bench's own */
	struct scope site = { .year = b.year, .form = form_of_year(b.year) }, unit = site;
	double scanned[ROUNDS], whole[ROUNDS], one[ROUNDS];

	if (argc < 2)
		fail("usage", "tables SITE [YEAR]");
	open_both(&b, argv[1]);
	unit.unit = (struct opt_int){ true, 1 };
	for (int i = 0; i < ROUNDS; i++) {
		scanned[i] = scan(&b);
		whole[i] = tables(&b, &site);
		one[i] = tables(&b, &unit);
	}
	const char *engine = b.raw != NULL ? "SQLite" : "PostgreSQL";
	double by_scan = median(scanned), by_index = median(whole), of_unit = median(one);
	printf("tables 3 and 4 of %d, %s, CPU: full scan %.1f ms; whole site %.2f ms; one unit %.3f ms\n", b.year,
	       engine, by_scan, by_index, of_unit);
	bool reached = figure(engine, "all units", by_scan / by_index);
	reached = figure(engine, "one unit", by_scan / of_unit) && reached;
	sqlite3_close(b.raw);
	PQfinish(b.server);
	db_close(b.ctx.db);
	arena_close(a);
	return reached ? 0 : 1;
}
