/*
 * statements_test.c - every statement of the program, on each engine.
 *
 * Each must prepare, run over an empty site, and reach its rows by an index:
 * a full scan or an unindexed sort needs its "-- scan: why". The plans of an
 * empty site are those of the planner's defaults, and so the same each time.
 */
#include "db/engine.h"
#include "db/testdb.h"

#include "base/buf.h"

#include <string.h>

enum { PLAN_LINES_MAX = 200, PLAN_TEXT_MAX = 64 * 1024 };

struct plan {
	struct str lines[PLAN_LINES_MAX];
	size_t count;
};

static void complain(struct test *t, const struct db_stmt_def *def, struct str what)
{
	struct str text =
		str_format(t->arena, "%s %s: " STR_FMT, def->file, def->name, STR_ARG(what));

	test_check(t, false, str_to_c(t->arena, text), __FILE__, __LINE__);
}

static void bind_something(struct db_stmt *st)
{
	for (int i = 0; i < st->def->params; i++) {
		switch (st->def->param_types[i]) {
		case 't':
			db_bind_text(st, i, STR("x"));
			break;
		case 'b':
			db_bind_blob(st, i, STR("x"));
			break;
		case 'd':
			db_bind_date(st, i, date_make(2020, 6, 1));
			break;
		case 'r':
			db_bind_real(st, i, 0.5);
			break;
		default:
			db_bind_int(st, i, 1);
			break;
		}
	}
}

/* ---- prepared and run */

/* What an empty site may answer: that the rows referred to are not there. */
static bool is_expected(const struct err *err)
{
	return err->code == ERR_CONFLICT || strcmp(err->key, "db.bad_value") == 0;
}

static void run_once(struct test *t, struct db *db, const struct db_stmt_def *def)
{
	struct err err = { 0 };
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, def, &st, &err)) {
		complain(t, def, str_format(t->arena, "%s %s", err.key, err.facts));
		return;
	}
	bind_something(st);
	if (!db_step(st, &row, &err) && !is_expected(&err))
		complain(t, def, str_format(t->arena, "%s %s", err.key, err.facts));
	db_stmt_reset(st);
}

static const char *text_of(const struct db *db, const struct db_stmt_def *def)
{
	return db->engine == DB_SQLITE ? def->sqlite : def->postgres;
}

/* Reading ones on a connection that cannot write, so that a wrong `writes` is found too. */
static void all_run(struct test *t, struct testdb *site, const void *arg)
{
	struct db *writer = site->ctx.db, *reader = NULL;
	struct err err = { 0 };

	(void)arg;
	if (!CHECK_OK(db_open(&reader, site->where, DB_READ, &err)))
		return;
	for (size_t i = 0; i < db_all_statements_count; i++) {
		const struct db_stmt_def *def = db_all_statements[i];

		if (text_of(writer, def) == NULL)
			continue;
		if (!def->writes) {
			run_once(t, reader, def);
			continue;
		}
		if (CHECK_OK(tx_begin(writer, &err))) {
			run_once(t, writer, def);
			tx_rollback(writer);
		}
	}
	db_close(reader);
}

/* ---- explained */

/* The last column of each row of a query of our own. */
static bool read_plan(struct test *t, struct db *db, const struct db_stmt_def *def,
		      const struct db_stmt_def *explain, struct plan *plan)
{
	struct err err = { 0 };
	struct db_stmt *st;
	bool row = false, ok;

	if (!db_stmt_get(db, explain, &st, &err)) {
		complain(t, def, str_format(t->arena, "%s %s", err.key, err.facts));
		return false;
	}
	while ((ok = db_step(st, &row, &err)) && row && plan->count < PLAN_LINES_MAX)
		plan->lines[plan->count++] = db_keep_text(st, explain->columns - 1, t->arena);
	db_stmt_reset(st);
	return CHECK_OK(ok);
}

static bool explain_sqlite(struct test *t, struct db *db, const struct db_stmt_def *def,
			   struct plan *plan)
{
	struct db_stmt_def *explain = ARENA_NEW(db->arena, struct db_stmt_def);

	*explain = *def;
	explain->sqlite =
		str_to_c(db->arena, str_format(db->arena, "EXPLAIN QUERY PLAN %s", def->sqlite));
	explain->columns = 4;
	explain->column_types = "iiit";
	explain->required = 0;
	explain->writes = false;
	return read_plan(t, db, def, explain, plan);
}

static const char *type_name(char letter)
{
	return letter == 't' || letter == 'd' ? "text"
	       : letter == 'b'		      ? "bytea"
	       : letter == 'r'		      ? "double precision"
					      : "bigint";
}

/* As the server plans it once for all values: with the parameters unknown. */
static bool explain_postgres(struct test *t, struct db *db, const struct db_stmt_def *def,
			     struct plan *plan)
{
	struct buf prepare = buf_open(t->arena, 1024, PLAN_TEXT_MAX);
	struct buf explain = buf_open(db->arena, 1024, PLAN_TEXT_MAX);
	struct db_stmt_def *temporary = ARENA_NEW(db->arena, struct db_stmt_def);
	struct err err = { 0 };

	buf_add_c(&prepare, "DEALLOCATE ALL; PREPARE explained");
	buf_addf(&explain, "EXPLAIN EXECUTE explained");
	for (int i = 0; i < def->params; i++) {
		buf_addf(&prepare, "%c%s", i == 0 ? '(' : ',', type_name(def->param_types[i]));
		buf_addf(&explain, "%cNULL", i == 0 ? '(' : ',');
	}
	buf_addf(&prepare, "%s AS %s", def->params > 0 ? ")" : "", def->postgres);
	buf_add_c(&explain, def->params > 0 ? ")" : "");
	*temporary = (struct db_stmt_def){ .name = def->name,
					   .file = def->file,
					   .mode = DB_MANY,
					   .param_types = "",
					   .columns = 1,
					   .column_types = "t" };
	temporary->postgres = str_to_c(db->arena, buf_str(&explain));
	return CHECK_OK(db->ops->exec(db, str_to_c(t->arena, buf_str(&prepare)), &err)) &&
	       read_plan(t, db, def, temporary, plan);
}

static struct str after(struct str line, struct str prefix)
{
	struct str word = STR_NONE;

	if (str_take_str(&line, prefix))
		str_split_next(&line, ' ', &word);
	return word;
}

/* A list that the same plan makes: "SCAN x" after "MATERIALIZE x", or of its alias. */
static bool is_made_here(struct test *t, const struct plan *plan, struct str sql, struct str name)
{
	static const struct str verbs[] = { STR_INIT("MATERIALIZE "), STR_INIT("CO-ROUTINE ") };

	for (size_t i = 0; i < plan->count; i++) {
		for (size_t k = 0; k < COUNT_OF(verbs); k++) {
			struct str made = after(plan->lines[i], verbs[k]);

			if (made.len == 0)
				continue;
			struct str alias = str_format(t->arena, STR_FMT " " STR_FMT, STR_ARG(made),
						      STR_ARG(name));
			struct str as = str_format(t->arena, STR_FMT " AS " STR_FMT, STR_ARG(made),
						   STR_ARG(name));
			if (str_equal(made, name) || str_contains(sql, alias) ||
			    str_contains(sql, as))
				return true;
		}
	}
	return false;
}

/* A walk through an index that holds only the rows in question. */
static bool is_partial_index(struct test *t, struct db *db, struct str line)
{
	struct db_stmt_def *def = ARENA_NEW(db->arena, struct db_stmt_def);
	struct plan *found = ARENA_NEW(t->arena, struct plan);
	size_t at = str_find(line, STR("INDEX "), 0);

	if (at == SIZE_MAX)
		return false;
	struct str name = after(str_slice(line, at, line.len), STR("INDEX "));
	*def = (struct db_stmt_def){ .name = "partial",
				     .file = __FILE__,
				     .mode = DB_MANY,
				     .param_types = "",
				     .columns = 1,
				     .column_types = "t" };
	def->sqlite = str_to_c(db->arena,
			       str_format(db->arena,
					  "SELECT name FROM sqlite_schema WHERE type = 'index'"
					  " AND sql LIKE '%% WHERE %%' AND name = '" STR_FMT "'",
					  STR_ARG(name)));
	return read_plan(t, db, def, def, found) && found->count == 1;
}

static bool is_bad_sqlite(struct test *t, struct db *db, const struct plan *plan, struct str sql,
			  struct str line)
{
	if (str_starts(line, STR("USE TEMP B-TREE")))
		return str_contains(line, STR("ORDER BY"));
	if (str_contains(line, STR("AUTOMATIC")))
		return true; /* an index made for this one run scans the table */
	struct str name = after(line, STR("SCAN "));
	if (name.len == 0 || name.ptr[0] == '(' || str_contains(line, STR("CONSTANT ROW")) ||
	    str_contains(line, STR("VIRTUAL TABLE")))
		return false;
	return !is_made_here(t, plan, sql, name) && !is_partial_index(t, db, line);
}

/* Scans are switched off: one that is there all the same costs 1e10 for it. */
static bool is_bad_postgres(struct str line)
{
	return str_contains(line, STR("Seq Scan on")) && str_contains(line, STR("(cost=1000000"));
}

static void check_plan(struct test *t, struct db *db, const struct db_stmt_def *def)
{
	struct plan *plan = ARENA_NEW(t->arena, struct plan);
	bool sqlite = db->engine == DB_SQLITE;

	if (text_of(db, def) == NULL || def->scan_reason != NULL)
		return;
	if (!(sqlite ? explain_sqlite(t, db, def, plan) : explain_postgres(t, db, def, plan)))
		return;
	for (size_t i = 0; i < plan->count; i++)
		if (sqlite ? is_bad_sqlite(t, db, plan, str_from_c(def->sqlite), plan->lines[i])
			   : is_bad_postgres(plan->lines[i]))
			complain(t, def, plan->lines[i]);
}

static bool only_with_indexes(struct db *db, struct err *err)
{
	static const char *const settings =
		"SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
		"SET plan_cache_mode = force_generic_plan; SET jit = off";

	return db->engine == DB_SQLITE || db->ops->exec(db, settings, err);
}

static void all_use_indexes(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };

	(void)arg;
	if (!CHECK_OK(only_with_indexes(site->ctx.db, &err)))
		return;
	for (size_t i = 0; i < db_all_statements_count; i++) {
		struct arena_mark mark = arena_mark(t->arena);

		check_plan(t, site->ctx.db, db_all_statements[i]);
		arena_rewind(t->arena, mark);
	}
}

/* ---- the gate itself: it must find what it is there for */

#define BOTH(text) .sqlite = text, .postgres = text

/* An unindexed order is left to SQLite's gate. */
struct gate_row { bool sqlite, postgres; struct db_stmt_def def; };
static const struct gate_row gate[] = {
	{ false, false, { .name = "by key", BOTH("SELECT a FROM t WHERE id = 1") } },
	{ false, false, { .name = "by index", BOTH("SELECT a FROM t WHERE a = 1 ORDER BY b") } },
	{ false,
	  false,
	  { .name = "of a list made by key",
	    BOTH("WITH x AS (SELECT a FROM t WHERE id = 1 LIMIT 1)"
		 " SELECT y.a FROM x AS y") } },
	{ false,
	  false,
	  { .name = "of the rows an index is made for",
	    BOTH("SELECT count(*) FROM t WHERE c > 9") } },
	{ true,
	  true,
	  { .name = "of a table without an index", BOTH("SELECT c FROM u WHERE c = 1") } },
	{ true, true, { .name = "that deletes", BOTH("DELETE FROM u WHERE c = 1") } },
	{ true,
	  true,
	  { .name = "of a joined table",
	    BOTH("SELECT t.a FROM t JOIN u ON u.c = t.c WHERE t.id = 1") } },
	{ true, true, { .name = "of all", BOTH("SELECT a FROM t WHERE c = 1") } },
	{ true, true, { .name = "of an alias", BOTH("SELECT x.c FROM t AS x WHERE x.c = 1") } },
	{ true,
	  true,
	  { .name = "inside",
	    BOTH("SELECT a FROM t WHERE id = (SELECT c FROM t AS u WHERE u.c = 1)") } },
	{ true,
	  false,
	  { .name = "an unindexed order", BOTH("SELECT c FROM t WHERE a = 1 ORDER BY c") } },
};

static void the_gate_finds(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(db->ops->exec(
		db,
		"CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b BIGINT, c BIGINT);"
		"CREATE INDEX t_a ON t (a, b); CREATE TABLE u (c BIGINT);"
		"CREATE INDEX t_c ON t (id) WHERE c > 9",
		&err));
	CHECK_OK(only_with_indexes(db, &err));
	for (size_t i = 0; i < COUNT_OF(gate); i++) {
		struct plan *plan = ARENA_NEW(t->arena, struct plan);
		struct db_stmt_def def = gate[i].def;
		bool sqlite = db->engine == DB_SQLITE, bad = false;

		def.param_types = "";
		CHECK(sqlite ? explain_sqlite(t, db, &def, plan)
			     : explain_postgres(t, db, &def, plan));
		for (size_t k = 0; k < plan->count; k++)
			bad = bad || (sqlite ? is_bad_sqlite(t, db, plan, str_from_c(def.sqlite),
							     plan->lines[k])
					     : is_bad_postgres(plan->lines[k]));
		if (bad != (sqlite ? gate[i].sqlite : gate[i].postgres))
			complain(t, &def, plan->count > 0 ? plan->lines[0] : STR("no plan"));
	}
	CHECK(true);
}

void statements_test(struct test *t)
{
	testdb_each(t, "the gate finds what it is there for", the_gate_finds, NULL);
	testdb_each(t, "every statement runs", all_run, NULL);
	testdb_each(t, "every statement uses an index or says why not", all_use_indexes, NULL);
}
