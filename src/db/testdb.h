/*
 * testdb.h - a fresh, migrated site for a test, on one engine or on each.
 *
 *	static void registers(struct test *t, struct testdb *site, const void *arg)
 *	{
 *		struct err err = { 0 };
 *		CHECK_OK(request_register(&site->ctx, …, &err));
 *	}
 *	void intake_test(struct test *t)
 *	{
 *		testdb_each(t, "registers", registers, NULL);
 *	}
 *
 * PostgreSQL is tested when the environment variable GONGKAI_TEST_POSTGRES
 * holds a connection text (tests/postgres.sh COMMAND… starts a server of its
 * own and sets it); otherwise its cases are skipped by name. Unlike in the
 * program, a test may write outside a transaction. For tests only.
 */
#ifndef DB_TESTDB_H
#define DB_TESTDB_H

#include "base/test.h"
#include "db/ctx.h"

struct testdb {
	/* writes; arena of the test; 2020-06-01 09:00; the program itself acts; with a vault */
	struct ctx ctx;
	struct str where; /* for db_open: a reader beside it */
	struct str schema; /* PostgreSQL */
	struct test *t;
};

/* arg is passed on: a row of a table, or NULL. */
typedef void testdb_fn(struct test *t, struct testdb *site, const void *arg);

/* Opens a case "name (sqlite)" and a case "name (postgresql)"; a statement left open fails it. */
void testdb_each(struct test *t, const char *name, testdb_fn *body, const void *arg);
void testdb_on(struct test *t, enum db_engine engine, const char *name, testdb_fn *body,
	       const void *arg);

/* Opens no case; false if it failed, or if the engine is not there and the case is skipped. */
bool testdb_open(struct test *t, enum db_engine engine, struct testdb *out);
void testdb_close(struct testdb *site);

/*
 * The fault family: runs `verb` in a transaction again and again, failing its
 * first, second, third … call of the database, until it runs through. After
 * each failure it must have said so, and every table must hold what it held;
 * then `check` (may be NULL) looks at the site, and again after the success
 * with done true.
 */
struct testdb_scenario {
	/* What there is before, once. NULL: nothing. */
	bool (*given)(struct ctx *ctx, const void *arg, struct err *err);
	bool (*verb)(struct ctx *ctx, const void *arg, struct err *err);
	void (*check)(struct test *t, struct ctx *ctx, const void *arg, bool done);
	const void *arg;
};
void testdb_faults(struct test *t, const char *name, const struct testdb_scenario *s);

/* SHA-256 over the contents of all tables, in hex; equal contents, equal text. */
struct str testdb_digest(struct testdb *site);

/*
 * What every column of every row of every table holds: what a copy of the database gives away.
 * Texts as they are, bytes in hex digits; NULL and numbers too. The cells live in the test's arena.
 */
struct testdb_cell { struct str table, column, value; };
size_t testdb_cells(struct testdb *site, struct testdb_cell *out, size_t max);
/* A row that no verb writes any more: columns and values as SQL has them. */
bool testdb_put(struct testdb *site, const char *table, const char *columns, const char *values,
		struct err *err);
/* One text in a column of all rows, past every statement of its room. */
bool testdb_fill(struct testdb *site, const char *table, const char *column, const char *text,
		 struct err *err);
#endif
