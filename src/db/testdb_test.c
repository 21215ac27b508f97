/* testdb_test.c - a site that is given out again is as its migrations made it. */
#include "db/engine.h"
#include "db/testdb.h"

struct use {
	const char *title;
	const char *sqlite, *postgres;
};

#define BOTH(sql) sql, sql
#define NOTICE "INSERT INTO calendar_notice (notice, seq) VALUES ('国办发明电〔2019〕16号', 1);"

static const struct use uses[] = {
	{ "rows", BOTH(NOTICE NOTICE "INSERT INTO calendar_rule (notice_id, day, working, name)"
				     " VALUES (1, '2020-01-01', 0, '元旦')") },
	{ "a changed row of the migrations", BOTH("UPDATE ledger_head SET seq = 9") },
	{ "fewer rows than the migrations made", BOTH("DELETE FROM ledger_head;"
						      "DELETE FROM migration") },
	{ "a table more", BOTH("CREATE TABLE one_more (n BIGINT REFERENCES ledger_head (id))") },
	{ "a column more", BOTH("ALTER TABLE ledger_head ADD COLUMN more INTEGER") },
	{ "a table less", BOTH("DROP TABLE setting") },
	{ "many rows",
	  "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3000)"
	  "INSERT INTO setting SELECT n, printf('%01000d', n) FROM s",
	  "INSERT INTO setting SELECT n, repeat('x', 1000) FROM generate_series(1, 3000) n" },
};

static int64_t number_given(struct test *t, struct testdb *site)
{
	static const struct db_stmt_def def = {
		.name = "calendar_notice_add",
		.file = __FILE__,
		.mode = DB_ONE,
		.param_types = "",
		.columns = 1,
		.column_types = "i",
		.required = 1,
		.writes = true,
		.sqlite = "INSERT INTO calendar_notice (notice, seq) VALUES ('一', 1) RETURNING id",
		.postgres =
			"INSERT INTO calendar_notice (notice, seq) VALUES ('一', 1) RETURNING id",
	};
	struct err err = { 0 };
	struct db_stmt *st;
	bool row = false;
	int64_t id = 0;

	if (!CHECK_OK(db_stmt_get(site->ctx.db, &def, &st, &err)))
		return 0;
	if (CHECK_OK(db_step(st, &row, &err)) && row)
		id = db_int(st, 0);
	db_stmt_reset(st);
	return id;
}

/* What the migrations make, in a place that nobody had before. */
static struct str really_fresh(struct test *t, const struct testdb *site)
{
	struct testdb fresh = *site;
	struct err err = { 0 };
	struct str digest = STR_NONE;
	int applied = 0;

	fresh.where = str_concat(t->arena, site->where, STR("_fresh"));
	if (!CHECK_OK(db_open(&fresh.ctx.db, fresh.where, DB_WRITE, &err)))
		return digest;
	if (CHECK_OK(migrate_up(fresh.ctx.db, &applied, &err)))
		digest = testdb_digest(&fresh);
	CHECK(applied > 0);
	struct str drop = str_format(t->arena, "DROP SCHEMA " STR_FMT "_fresh CASCADE",
				     STR_ARG(site->schema));
	if (db_engine(fresh.ctx.db) == DB_POSTGRES)
		CHECK_OK(fresh.ctx.db->ops->exec(fresh.ctx.db, str_to_c(t->arena, drop), &err));
	db_close(fresh.ctx.db);
	return digest;
}

static void leaves_nothing(struct test *t, struct testdb *site, const void *arg)
{
	const struct use *use = arg;
	const enum db_engine engine = db_engine(site->ctx.db);
	struct err err = { 0 };
	struct str fresh = really_fresh(t, site);

	CHECK_STR(testdb_digest(site), fresh);
	CHECK_OK(site->ctx.db->ops->exec(site->ctx.db,
					 engine == DB_SQLITE ? use->sqlite : use->postgres, &err));
	CHECK(!str_equal(testdb_digest(site), fresh));
	testdb_close(site);
	if (!testdb_open(t, engine, site))
		return;
	CHECK_STR(testdb_digest(site), fresh);
	CHECK_INT(number_given(t, site), 1);
}

void testdb_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		struct str name =
			str_format(t->arena, "nothing is left after %s", uses[i].title);
		testdb_each(t, str_to_c(t->arena, name), leaves_nothing, &uses[i]);
	}
}
