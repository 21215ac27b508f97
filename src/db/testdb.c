/* testdb.c - sites for tests. */
#include "db/testdb.h"

#include "base/digest.h"
#include "base/rand.h"
#include "base/vault.h"
#include "db/engine.h"
#include "db/migrate.h"

#include <stdio.h>
#include <stdlib.h>

enum { CALLS_MAX = 5000, TABLES_MAX = 500, COLUMNS_MAX = 200, NAME_BYTES = 200 };

static const int64_t first_of_june = 1590973200; /* 2020-06-01 09:00 in China */

static const char *postgres_server(void)
{
	const char *where = getenv("GONGKAI_TEST_POSTGRES");

	return where != NULL && where[0] != '\0' ? where : NULL;
}

/* The same in every test, so that what is sealed in one opens in another. */
static const struct vault *test_vault(struct test *t)
{
	struct vault *v = ARENA_NEW(t->arena, struct vault);
	struct err err = { 0 };

	CHECK_OK(vault_from_key(STR("the vault of the tests, 32 bytes"), v, &err));
	return v;
}

/* Each site of PostgreSQL is a schema of its own, dropped at the end. */
static struct str postgres_where(struct test *t)
{
	struct str server = str_from_c(postgres_server());
	struct str schema = random_hex(t->arena, 8);

	return str_format(t->arena, STR_FMT "%cschema=test_" STR_FMT, STR_ARG(server),
			  str_contains(server, STR("?")) ? '&' : '?', STR_ARG(schema));
}

bool testdb_open(struct test *t, enum db_engine engine, struct testdb *out)
{
	struct err err = { 0 };
	int applied = 0;

	if (engine == DB_POSTGRES && postgres_server() == NULL) {
		test_skip(t, "GONGKAI_TEST_POSTGRES is not set");
		return false;
	}
	*out = (struct testdb){ .t = t, .ctx.arena = t->arena, .ctx.actor.role = STR("system"),
				.ctx.actor.name = STR("系统") };
	ctx_set_time(&out->ctx, first_of_june);
	out->ctx.vault = test_vault(t);
	out->where = engine == DB_POSTGRES
			     ? postgres_where(t)
			     : str_format(t->arena, "%s/" STR_FMT ".db", t->data_dir,
					  STR_ARG(random_hex(t->arena, 8)));
	if (!CHECK_OK(db_open(&out->ctx.db, out->where, DB_WRITE, &err)))
		return false;
	/* What is lost with the power is lost with the test. */
	const char *quick =
		engine == DB_SQLITE ? "PRAGMA synchronous=OFF" : "SET synchronous_commit = off";
	bool ok = CHECK_OK(out->ctx.db->ops->exec(out->ctx.db, quick, &err)) &&
		  CHECK_OK(migrate_up(out->ctx.db, &applied, &err));
	out->ctx.db->loose = true;
	if (!ok)
		testdb_close(out);
	return ok;
}

void testdb_close(struct testdb *site)
{
	struct db *db = site->ctx.db;
	struct test *t = site->t;
	struct err err = { 0 };

	if (db == NULL)
		return;
	db_fault_after(db, 0);
	db_close_left_open(db);
	CHECK_INT(db->left_open, 0);
	if (db->engine == DB_POSTGRES) {
		size_t at = str_find(site->where, STR("schema="), 0);
		struct str schema = str_slice(site->where, at + 7, site->where.len);
		struct str drop =
			str_format(t->arena, "DROP SCHEMA " STR_FMT " CASCADE", STR_ARG(schema));

		CHECK_OK(db->ops->exec(db, str_to_c(t->arena, drop), &err));
	}
	db_close(db);
	site->ctx.db = NULL;
}

void testdb_on(struct test *t, enum db_engine engine, const char *name, testdb_fn *body,
	       const void *arg)
{
	struct testdb site;

	if (!test_case(t, "%s (%s)", name, engine == DB_SQLITE ? "sqlite" : "postgresql") ||
	    !testdb_open(t, engine, &site))
		return;
	body(t, &site, arg);
	testdb_close(&site);
}

void testdb_each(struct test *t, const char *name, testdb_fn *body, const void *arg)
{
	char kept[NAME_BYTES]; /* name may lie in the arena, which each case empties */

	snprintf(kept, sizeof kept, "%s", name);
	testdb_on(t, DB_SQLITE, kept, body, arg);
	testdb_on(t, DB_POSTGRES, kept, body, arg);
}

/* ---- the contents of all tables, as another connection sees them */

/* A statement made for the occasion: the digest must see every table, whoever owns it. */
static struct db_stmt_def *temporary(struct db *db, struct str sql)
{
	struct db_stmt_def *def = ARENA_NEW(db->arena, struct db_stmt_def);
	const char *text = str_to_c(db->arena, sql);

	*def = (struct db_stmt_def){ .name = "testdb",
				     .file = __FILE__,
				     .sqlite = text,
				     .postgres = text,
				     .mode = DB_MANY,
				     .param_types = "",
				     .columns = 1,
				     .column_types = "t" };
	return def;
}

/* The texts of a query with one column. */
static size_t texts(struct test *t, struct db *db, struct str sql, struct str *out, size_t max)
{
	struct err err = { 0 };
	struct db_stmt *st;
	size_t n = 0;
	bool row = false;

	if (!CHECK_OK(db_stmt_get(db, temporary(db, sql), &st, &err)))
		return 0;
	while (n < max && CHECK_OK(db_step(st, &row, &err)) && row)
		out[n++] = db_keep_text(st, 0, db->arena);
	db_stmt_reset(st);
	return n;
}

/* "'' || quote(a) || ',' || quote(b) …" over the columns of a table. */
static struct str row_text_sqlite(struct test *t, struct db *db, struct str table)
{
	struct str columns[COLUMNS_MAX];
	struct str sql = str_format(db->arena, "SELECT name FROM pragma_table_info('" STR_FMT "')",
				    STR_ARG(table));
	size_t n = texts(t, db, sql, columns, COLUMNS_MAX);
	struct str row = STR("''");

	for (size_t i = 0; i < n; i++)
		row = str_format(db->arena, STR_FMT " || ',' || quote(\"" STR_FMT "\")",
				 STR_ARG(row), STR_ARG(columns[i]));
	return row;
}

static struct digest digest_table(struct test *t, struct db *db, struct str table)
{
	struct str sql, lines[1] = { STR_NONE };

	if (db->engine == DB_SQLITE)
		sql = str_format(
			db->arena,
			"SELECT coalesce(group_concat(line, char(10)), '') FROM (SELECT " STR_FMT
			" AS line FROM \"" STR_FMT "\" ORDER BY 1)",
			STR_ARG(row_text_sqlite(t, db, table)), STR_ARG(table));
	else
		sql = str_format(
			db->arena,
			"SELECT coalesce(string_agg(x::text, chr(10) ORDER BY x::text), '')"
			" FROM \"" STR_FMT "\" x",
			STR_ARG(table));
	texts(t, db, sql, lines, 1);
	return digest_of_two(DIGEST_SHA256, table, lines[0]);
}

static size_t tables_of(struct test *t, struct db *db, struct str *out)
{
	static const struct str sqlite =
		STR_INIT("SELECT name FROM sqlite_schema WHERE type = 'table'"
			 " ORDER BY name");
	static const struct str postgres =
		STR_INIT("SELECT tablename::text FROM pg_tables"
			 " WHERE schemaname = current_schema() ORDER BY 1");

	return texts(t, db, db->engine == DB_SQLITE ? sqlite : postgres, out, TABLES_MAX);
}

static struct str digest_all(struct test *t, struct db *db)
{
	struct str *tables = ARENA_ARRAY(db->arena, TABLES_MAX, struct str);
	size_t n = tables_of(t, db, tables);
	struct digest all = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct digest d = digest_table(t, db, tables[i]);
		all = digest_of_two(DIGEST_SHA256,
				    (struct str){ (const char *)all.bytes, DIGEST_BYTES },
				    (struct str){ (const char *)d.bytes, DIGEST_BYTES });
	}
	return digest_hex(t->arena, all);
}

struct str testdb_digest(struct testdb *site)
{
	struct test *t = site->t;
	struct err err = { 0 };
	struct str digest = STR_NONE;
	struct db *db = NULL;

	if (CHECK_OK(db_open(&db, site->where, DB_READ, &err)))
		digest = digest_all(t, db);
	db_close(db);
	return digest;
}

/* ---- every cell */

static struct str columns_of(struct db *db, struct str table)
{
	if (db->engine == DB_SQLITE)
		return str_format(db->arena,
				  "SELECT name FROM pragma_table_info('" STR_FMT "') ORDER BY cid",
				  STR_ARG(table));
	return str_format(db->arena,
			  "SELECT column_name::text FROM information_schema.columns WHERE "
			  "table_schema = current_schema() AND table_name = '" STR_FMT
			  "' ORDER BY ordinal_position",
			  STR_ARG(table));
}

static size_t cells_of(struct test *t, struct db *db, struct str table, struct testdb_cell *out,
		       size_t max)
{
	struct str *columns = ARENA_ARRAY(db->arena, COLUMNS_MAX, struct str);
	struct str *values = ARENA_ARRAY(db->arena, max, struct str);
	size_t n = 0, count = texts(t, db, columns_of(db, table), columns, COLUMNS_MAX);

	for (size_t i = 0; i < count; i++) {
		const char *form = db->engine == DB_SQLITE ?
			"CASE typeof(\"" STR_FMT "\") WHEN 'blob' THEN hex(\"" STR_FMT
			"\") ELSE \"" STR_FMT "\" || '' END" :
			"\"" STR_FMT "\"::text";
		struct str c = columns[i];
		struct str what = db->engine == DB_SQLITE ?
			str_format(db->arena, form, STR_ARG(c), STR_ARG(c), STR_ARG(c)) :
			str_format(db->arena, form, STR_ARG(c));
		struct str sql = str_format(db->arena, "SELECT coalesce(" STR_FMT ", '') FROM \""
				 STR_FMT "\"", STR_ARG(what), STR_ARG(table));
		size_t rows = texts(t, db, sql, values, max - n);
		for (size_t k = 0; k < rows; k++)
			out[n++] = (struct testdb_cell){ str_copy(t->arena, table),
							 str_copy(t->arena, c),
							 str_copy(t->arena, values[k]) };
	}
	return n;
}

size_t testdb_cells(struct testdb *site, struct testdb_cell *out, size_t max)
{
	struct test *t = site->t;
	struct err err = { 0 };
	struct db *db = NULL;
	size_t n = 0;

	if (CHECK_OK(db_open(&db, site->where, DB_READ, &err))) {
		struct str *tables = ARENA_ARRAY(db->arena, TABLES_MAX, struct str);
		size_t count = tables_of(t, db, tables);
		for (size_t i = 0; i < count; i++)
			n += cells_of(t, db, tables[i], out + n, max - n);
	}
	db_close(db);
	CHECK(n < max);
	return n;
}

static bool run_text(struct testdb *site, struct str sql, struct err *err)
{
	struct db *db = site->ctx.db;
	struct db_stmt_def *def = temporary(db, sql);
	struct db_stmt *st;
	bool row;

	def->mode = DB_EXEC;
	def->columns = 0;
	def->column_types = "";
	def->writes = true;
	if (!db_stmt_get(db, def, &st, err))
		return false;
	bool ok = db_step(st, &row, err);
	db_stmt_reset(st);
	return ok;
}

bool testdb_put(struct testdb *site, const char *table, const char *columns, const char *values,
		struct err *err)
{
	return run_text(site,
			str_format(site->ctx.arena, "INSERT INTO %s (%s) VALUES (%s)", table,
				   columns, values),
			err);
}

bool testdb_fill(struct testdb *site, const char *table, const char *column, const char *text,
		 struct err *err)
{
	return run_text(site,
			str_format(site->ctx.arena, "UPDATE %s SET %s = '%s'", table, column, text),
			err);
}

/* ---- faults */

struct attempt {
	struct ctx *ctx;
	const struct testdb_scenario *s;
	bool (*fn)(struct ctx *ctx, const void *arg, struct err *err);
};

static bool try(struct db *db, void *arg, struct err *err)
{
	struct attempt *a = arg;

	(void)db;
	return a->fn(a->ctx, a->s->arg, err);
}

/* One run with its n-th call failing. false: it ran through. */
static bool fails_at(struct testdb *site, const struct testdb_scenario *s, int n)
{
	struct test *t = site->t;
	struct attempt verb = { &site->ctx, s, s->verb };
	struct err err = { 0 };

	struct str before = testdb_digest(site);
	db_fault_after(site->ctx.db, n);
	bool ok = db_tx(site->ctx.db, try, &verb, &err);
	bool untouched = site->ctx.db->fault > 0;
	db_fault_after(site->ctx.db, 0);
	if (untouched) {
		CHECK_OK(ok);
		return false;
	}
	CHECK(!ok);
	CHECK(ok || err.code != ERR_NONE);
	CHECK_STR(testdb_digest(site), before);
	if (s->check != NULL)
		s->check(t, &site->ctx, s->arg, false);
	return true;
}

static void faults(struct test *t, struct testdb *site, const void *arg)
{
	const struct testdb_scenario *s = arg;
	struct attempt given = { &site->ctx, s, s->given };
	struct err err = { 0 };
	int n = 1;

	if (s->given != NULL && !CHECK_OK(db_tx(site->ctx.db, try, &given, &err)))
		return;
	site->ctx.db->loose = false;
	while (n < CALLS_MAX && fails_at(site, s, n))
		n++;
	CHECK(n < CALLS_MAX);
	CHECK(n > 1);
	if (s->check != NULL)
		s->check(t, &site->ctx, s->arg, true);
}

void testdb_faults(struct test *t, const char *name, const struct testdb_scenario *s)
{
	testdb_each(t, name, faults, s);
}
