/*
 * tables.c - what the statutory tables of one year cost in a site of many.
 *
 *   tables SITE_DB [YEAR]
 *
 * Tables 三 and 四 as the report counts them (covering indexes), for the whole
 * site and for one unit, against the same GROUP BYs by full scan of the same
 * file through SQLite's own library. CPU time of this process, by turns, medians.
 * Exit status 1 when the goal of 20 times is missed.
 */
#include "base/limits.h"
#include "statistics/statistics.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 7 };
static const double goal = 20;

/* The four counts of table 三 and the two of table 四, each by a scan. */
static const char *const scans[] = {
	"SELECT applicant, count(*) FROM request NOT INDEXED WHERE received_year = ?1 GROUP BY applicant",
	"SELECT applicant, outcome, count(*) FROM request NOT INDEXED WHERE closed_year = ?1 "
	"GROUP BY applicant, outcome",
	"SELECT applicant, count(*) FROM request NOT INDEXED WHERE received_year < ?1 "
	"AND (closed_year IS NULL OR closed_year >= ?1) GROUP BY applicant",
	"SELECT applicant, count(*) FROM request NOT INDEXED WHERE received_year <= ?1 "
	"AND (closed_year IS NULL OR closed_year > ?1) GROUP BY applicant",
	"SELECT route, outcome, count(*) FROM dispute NOT INDEXED WHERE concluded_year = ?1 "
	"GROUP BY route, outcome",
	"SELECT route, count(*) FROM dispute NOT INDEXED WHERE accepted_year <= ?1 "
	"AND (concluded_year IS NULL OR concluded_year > ?1) GROUP BY route",
};

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
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

static double scan(sqlite3 *db, int year)
{
	double start = cpu_ms();

	for (size_t i = 0; i < COUNT_OF(scans); i++) {
		sqlite3_stmt *st;
		if (sqlite3_prepare_v2(db, scans[i], -1, &st, NULL) != SQLITE_OK)
			exit(2);
		sqlite3_bind_int(st, 1, year);
		while (sqlite3_step(st) == SQLITE_ROW)
			continue;
		sqlite3_finalize(st);
	}
	return cpu_ms() - start;
}

static double tables(struct ctx *ctx, const struct scope *s)
{
	double start = cpu_ms();
	struct table3 t3;
	struct table4 t4;
	struct err err = { 0 };

	if (!statistics_table3(ctx, s, &t3, &err) || !statistics_table4(ctx, s, &t4, &err)) {
		fprintf(stderr, "tables: %s %s\n", err.key, err.facts);
		exit(2);
	}
	return cpu_ms() - start;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open(LIMIT_COMMAND_ARENA);
	struct ctx ctx = { .arena = a };
	int year = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 2022; /* allow: a bench's own argument */
	struct scope site = { .year = year, .form = form_of_year(year) }, unit = site;
	double scanned[ROUNDS], whole[ROUNDS], one[ROUNDS];
	struct err err = { 0 };
	sqlite3 *raw;

	if (argc < 2) {
		printf("tables: skipped; give the site.db of `gongkai demo --times 3402`\n");
		return 0;
	}
	if (!db_open(&ctx.db, str_from_c(argv[1]), DB_READ, &err) ||
	    sqlite3_open_v2(argv[1], &raw, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		fprintf(stderr, "usage: tables SITE_DB [YEAR]\n");
		return 2;
	}
	unit.unit = (struct opt_int){ true, 1 };
	for (int i = 0; i < ROUNDS; i++) {
		scanned[i] = scan(raw, year);
		whole[i] = tables(&ctx, &site);
		one[i] = tables(&ctx, &unit);
	}
	double by_scan = median(scanned), by_index = median(whole), of_unit = median(one);
	printf("tables 3 and 4 of %d, CPU: full scan %.1f ms; whole site %.2f ms (%.0f x faster, goal %.0f); "
	       "one unit %.3f ms (%.0f x)\n",
	       year, by_scan, by_index, by_scan / by_index, goal, of_unit, by_scan / of_unit);
	sqlite3_close(raw);
	db_close(ctx.db);
	arena_close(a);
	return by_scan / by_index >= goal ? 0 : 1;
}
