/* testdb.c - sites for tests. */
#include "db/testdb.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/rand.h"
#include "base/vault.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "db/testdb_kept.h"

#include <stdio.h>
#include <stdlib.h>

enum { CALLS_MAX = 5000, TABLES_MAX = 500, COLUMNS_MAX = 200, NAME_BYTES = 200 };
enum { SQL_BYTES = 64 * 1024, SQL_MAX = 1024 * 1024, CLEAR_AFTER = 32 };

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

/* Each site of PostgreSQL is a schema of its own; *made: its tables are there. */
static bool choose_schema(struct testdb *site, bool *made)
{
	struct test *t = site->t;
	struct str server = str_from_c(postgres_server());
	struct err err = { 0 };

	if (!CHECK_OK(kept_schema(t, server, &site->schema, made, &err)))
		return false;
	site->where = str_format(t->arena, STR_FMT "%cschema=" STR_FMT, STR_ARG(server),
				 str_contains(server, STR("?")) ? '&' : '?', STR_ARG(site->schema));
	return true;
}

static bool choose_file(struct testdb *site, bool *made)
{
	struct test *t = site->t;
	struct err err = { 0 };

	site->where = str_format(t->arena, "%s/" STR_FMT ".db", t->data_dir,
				 STR_ARG(random_hex(t->arena, 8)));
	*made = true;
	return CHECK_OK(kept_file(t, site->where, &err));
}

/* What was made once is what the migrations make: this program has nothing to add to it. */
static bool migrate(struct testdb *site, bool made)
{
	struct test *t = site->t;
	struct db *db = site->ctx.db;
	struct err err = { 0 };
	int applied = 0;

	/* What is lost with the power is lost with the test. */
	const char *quick =
		db->engine == DB_SQLITE ? "PRAGMA synchronous=OFF" : "SET synchronous_commit = off";
	if (!CHECK_OK(db->ops->exec(db, quick, &err)) || !CHECK_OK(migrate_up(db, &applied, &err)))
		return false;
	if (made)
		return CHECK_INT(applied, 0);
	return CHECK_OK(kept_schema_made(t, site->schema, &err));
}

bool testdb_open(struct test *t, enum db_engine engine, struct testdb *out)
{
	struct err err = { 0 };
	bool made = false;

	if (engine == DB_POSTGRES && postgres_server() == NULL) {
		test_skip(t, "GONGKAI_TEST_POSTGRES is not set");
		return false;
	}
	*out = (struct testdb){ .t = t, .ctx.arena = t->arena, .ctx.actor.role = STR("system"),
				.ctx.actor.name = STR("系统") };
	ctx_set_time(&out->ctx, first_of_june);
	out->ctx.vault = test_vault(t);
	bool chosen = engine == DB_POSTGRES ? choose_schema(out, &made) : choose_file(out, &made);
	if (!chosen || !CHECK_OK(db_open(&out->ctx.db, out->where, DB_WRITE, &err)))
		return false;
	bool ok = migrate(out, made);
	out->ctx.db->loose = true;
	if (!ok)
		testdb_close(out);
	return ok;
}

/* Another test may have it, or nobody. */
static void give_back(struct testdb *site)
{
	struct test *t = site->t;
	struct err err = { 0 };
	bool kept = false;

	CHECK_OK(kept_schema_back(t, site->schema, &kept, &err));
	if (kept)
		return;
	struct str drop =
		str_format(t->arena, "DROP SCHEMA " STR_FMT " CASCADE", STR_ARG(site->schema));
	CHECK_OK(site->ctx.db->ops->exec(site->ctx.db, str_to_c(t->arena, drop), &err));
}

void testdb_close(struct testdb *site)
{
	struct db *db = site->ctx.db;
	struct test *t = site->t;

	if (db == NULL)
		return;
	db_fault_after(db, 0);
	db_close_left_open(db);
	CHECK_INT(db->left_open, 0);
	if (db->tx != DB_TX_NONE)
		tx_rollback(db);
	if (db->engine == DB_POSTGRES)
		give_back(site);
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
static size_t run_texts(struct test *t, struct db *db, const struct db_stmt_def *def,
			struct arena *keep, struct str *out, size_t max)
{
	struct err err = { 0 };
	struct db_stmt *st;
	size_t n = 0;
	bool row = false;

	if (!CHECK_OK(db_stmt_get(db, def, &st, &err)))
		return 0;
	while (n < max && CHECK_OK(db_step(st, &row, &err)) && row)
		out[n++] = db_keep_text(st, 0, keep);
	db_stmt_reset(st);
	return n;
}

static size_t texts(struct test *t, struct db *db, struct str sql, struct str *out, size_t max)
{
	return run_texts(t, db, temporary(db, sql), db->arena, out, max);
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

/* The name of a table and its rows, in the order of their texts. */
static struct str table_text(struct test *t, struct db *db, size_t place, struct str table)
{
	if (db->engine == DB_SQLITE)
		return str_format(db->arena,
				  "SELECT %zu AS place, '" STR_FMT
				  ":' || coalesce(group_concat(line, char(10)), '') AS line"
				  " FROM (SELECT " STR_FMT " AS line FROM \"" STR_FMT
				  "\" ORDER BY 1)",
				  place, STR_ARG(table), STR_ARG(row_text_sqlite(t, db, table)),
				  STR_ARG(table));
	return str_format(db->arena,
			  "SELECT %zu AS place, '" STR_FMT ":' || coalesce(string_agg(x::text,"
			  " chr(10) ORDER BY x::text), '') AS line FROM \"" STR_FMT "\" x",
			  place, STR_ARG(table), STR_ARG(table));
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

/*
 * A reader, and a statement that tells it all tables: a fault test asks after each call.
 * Tables are not made or changed meanwhile.
 */
struct look {
	struct db *db;
	const struct db_stmt_def *all, *large;
	size_t count;
};

static bool look_open(struct testdb *site, struct look *out)
{
	struct test *t = site->t;
	struct err err = { 0 };

	*out = (struct look){ 0 };
	if (!CHECK_OK(db_open(&out->db, site->where, DB_READ, &err)))
		return false;
	struct db *db = out->db;
	struct str *names = ARENA_ARRAY(db->arena, TABLES_MAX, struct str);
	out->count = tables_of(t, db, names);
	/* Numbered: PostgreSQL may look at large tables side by side. */
	struct buf all = buf_open(db->arena, SQL_BYTES, SQL_MAX);
	buf_add_c(&all, "SELECT line FROM (");
	for (size_t i = 0; i < out->count; i++) {
		buf_add_c(&all, i > 0 ? " UNION ALL " : "");
		buf_add(&all, table_text(t, db, i, names[i]));
	}
	buf_add_c(&all, ") AS told ORDER BY place");
	out->all = temporary(db, buf_str(&all));
	out->large = temporary(db, STR("SELECT relname::text FROM pg_class WHERE relkind = 'r'"
				       " AND relnamespace = current_schema()::regnamespace"
				       " AND pg_relation_size(oid) > 1000000"));
	return CHECK(buf_ok(&all)) && CHECK(out->count > 0);
}

static struct str look_again(struct test *t, struct look *look)
{
	struct arena *a = arena_open(DB_ARENA_BYTES);
	struct str *tables = ARENA_ARRAY(a, TABLES_MAX, struct str);
	struct digest all = { 0 };

	CHECK(run_texts(t, look->db, look->all, a, tables, TABLES_MAX) == look->count);
	for (size_t i = 0; i < look->count; i++)
		all = digest_of_two(DIGEST_SHA256,
				    (struct str){ (const char *)all.bytes, DIGEST_BYTES },
				    tables[i]);
	arena_close(a);
	return digest_hex(t->arena, all);
}

struct str testdb_digest(struct testdb *site)
{
	struct look look;

	struct str digest =
		look_open(site, &look) ? look_again(site->t, &look) : STR_NONE;
	db_close(look.db);
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

/* One run with its n-th call failing: all is as it was `before`. false: it ran through. */
static bool fails_at(struct testdb *site, const struct testdb_scenario *s, struct look *look,
		     struct str before, int n)
{
	struct test *t = site->t;
	struct attempt verb = { &site->ctx, s, s->verb };
	struct err err = { 0 };

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
	CHECK_STR(look_again(t, look), before);
	if (s->check != NULL)
		s->check(t, &site->ctx, s->arg, false);
	return true;
}

/* What each attempt wrote in vain stays in PostgreSQL's files until somebody clears it away. */
static void clear_away(struct testdb *site, struct look *look)
{
	struct test *t = site->t;
	struct db *db = site->ctx.db;
	struct err err = { 0 };
	struct str names[TABLES_MAX];

	if (db->engine != DB_POSTGRES)
		return;
	size_t n = run_texts(t, look->db, look->large, t->arena, names, TABLES_MAX);
	for (size_t i = 0; i < n; i++) {
		struct str sql = str_format(t->arena, "VACUUM \"" STR_FMT "\"", STR_ARG(names[i]));
		CHECK_OK(db->ops->exec(db, str_to_c(t->arena, sql), &err));
	}
}

static void faults(struct test *t, struct testdb *site, const void *arg)
{
	const struct testdb_scenario *s = arg;
	struct attempt given = { &site->ctx, s, s->given };
	struct err err = { 0 };
	struct look look;
	int n = 1;

	if (s->given != NULL && !CHECK_OK(db_tx(site->ctx.db, try, &given, &err)))
		return;
	site->ctx.db->loose = false;
	bool open = look_open(site, &look);
	struct str before = open ? look_again(t, &look) : STR_NONE;
	while (open && n < CALLS_MAX && fails_at(site, s, &look, before, n)) {
		if (n % CLEAR_AFTER == 0)
			clear_away(site, &look);
		n++;
	}
	db_close(look.db);
	CHECK(n < CALLS_MAX);
	CHECK(n > 1);
	if (s->check != NULL)
		s->check(t, &site->ctx, s->arg, true);
}

void testdb_faults(struct test *t, const char *name, const struct testdb_scenario *s)
{
	testdb_each(t, name, faults, s);
}
