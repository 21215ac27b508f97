/* migrate_test.c - migrations, on each engine. */
#include "db/fixture.h"

#include <string.h>

#define MIGRATION(name, text) { name, text, sizeof(text) - 1 }

static const struct migration list[] = {
	MIGRATION("0001-first.sql",
		  "CREATE TABLE first (id @id@, n @int@, r @real@, b @blob@) @strict@;\n"
		  "-- mail@example is no word\n"
		  "INSERT INTO first (n, r, b) VALUES (1, 0.5, NULL);"),
	MIGRATION("0002-second.sql",
		  "CREATE TABLE second (id @id@, first @int@ NOT NULL REFERENCES first) @strict@;"
		  "INSERT INTO second (first) SELECT id FROM first;"),
};
static const struct migration broken[] = {
	MIGRATION("0001-first.sql",
		  "CREATE TABLE first (id @id@, n @int@, r @real@, b @blob@) @strict@;\n"
		  "-- mail@example is no word\n"
		  "INSERT INTO first (n, r, b) VALUES (1, 0.5, NULL);"),
	MIGRATION("0002-broken.sql",
		  "CREATE TABLE half (id @id@) @strict@; INSERT INTO nowhere VALUES (1);"),
};
static const struct migration changed[] = {
	MIGRATION("0001-first.sql", "CREATE TABLE first (id @id@, n @int@) @strict@;"),
};

static void applies_once(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db;
	struct err err = { 0 };
	int applied = -1;

	(void)arg;
	CHECK_OK(db->ops->exec(db, "DROP TABLE migration", &err));
	CHECK_OK(migrate_list(db, list, 1, &applied, &err));
	CHECK_INT(applied, 1);
	CHECK_OK(migrate_list(db, list, 2, &applied, &err));
	CHECK_INT(applied, 1);
	CHECK_OK(migrate_list(db, list, 2, &applied, &err));
	CHECK_INT(applied, 0);
	CHECK_OK(db->ops->exec(db, "INSERT INTO second (first) SELECT first FROM second", &err));
	CHECK_FAILS(migrate_list(db, list, 1, &applied, &err), "db.site_is_newer");
	CHECK_FAILS(migrate_list(db, changed, 1, &applied, &err), "db.migration_changed");
}

static void a_failed_one_leaves_nothing(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db;
	struct err err = { 0 };
	int applied = -1;

	(void)arg;
	CHECK_OK(db->ops->exec(db, "DROP TABLE migration", &err));
	CHECK_FAILS(migrate_list(db, broken, 2, &applied, &err), "db.migration_failed");
	CHECK_INT(applied, -1);
	CHECK_OK(db->ops->exec(db, "CREATE TABLE half (id BIGINT)", &err)); /* so it is not there */
	CHECK_OK(migrate_list(db, broken, 1, &applied, &err)); /* the one before it is */
	CHECK_INT(applied, 0);
	CHECK_OK(migrate_list(db, list, 2, &applied, &err));
	CHECK_INT(applied, 1);
}

/* The program's own, on a site that is there already. */
static void the_own_ones_stand(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	int applied = -1;

	(void)arg;
	CHECK_OK(migrate_up(site->ctx.db, &applied, &err));
	CHECK_INT(applied, 0);
}

/* ---- what an older site holds is taken along */

static size_t before(const char *name)
{
	size_t n = 0;

	while (n < migration_list_count && strcmp(migration_list[n].name, name) != 0)
		n++;
	return n;
}

static int64_t number(struct test *t, struct db *db, const char *sql)
{
	struct db_stmt_def *def = ARENA_NEW(t->arena, struct db_stmt_def);
	struct err err = { 0 };
	struct db_stmt *st;
	bool row = false;
	int64_t n = -1;

	*def = (struct db_stmt_def){ .name = "number", .file = __FILE__, .sqlite = sql,
				     .postgres = sql, .mode = DB_ONE, .param_types = "",
				     .columns = 1, .column_types = "i" };
	if (!CHECK_OK(db_stmt_get(db, def, &st, &err)))
		return n;
	if (CHECK_OK(db_step(st, &row, &err)) && row)
		n = db_int(st, 0);
	db_stmt_reset(st);
	return n;
}

#define EVENT(seq, id, verb)                                                                 \
	"INSERT INTO ledger_event VALUES (" seq ", 0, 0, '', '', 'request', " id ", '" verb \
	"', '[]', '', X'00', X'00');"

/* 0057: two imports with something between them are two rows, and nothing else is one. */
static void imported_events_are_found(struct test *t, struct testdb *site, const void *arg)
{
	struct str path = str_concat(t->arena, site->where, STR(".old"));
	struct db *old = NULL;
	struct err err = { 0 };
	int applied = -1;

	(void)arg;
	if (!CHECK_OK(db_open(&old, path, DB_WRITE, &err)))
		return;
	CHECK_OK(migrate_list(old, migration_list, before("0057-packed-events"), &applied, &err));
	CHECK_OK(old->ops->exec(old,
				EVENT("1", "1", "request.register")
				EVENT("2", "2", "request.import")
				EVENT("3", "3", "request.import") EVENT("4", "2", "request.file")
				EVENT("5", "4", "request.import") EVENT("6", "5", "request.import")
				EVENT("7", "6", "request.import"),
				&err));
	CHECK_OK(migrate_up(old, &applied, &err));
	CHECK_INT(number(t, old, "SELECT count(*) FROM ledger_packed"), 2);
	CHECK_INT(number(t, old, "SELECT count(*) FROM ledger_packed WHERE subject_kind = 'request'"
				 " AND first_id = 2 AND last_id = 3 AND first_seq = 2"), 1);
	CHECK_INT(number(t, old, "SELECT count(*) FROM ledger_packed WHERE subject_kind = 'request'"
				 " AND first_id = 4 AND last_id = 6 AND first_seq = 5"), 1);
	db_close(old);
}

/* A constraint checked at COMMIT would fail all the jobs of a batch for the sake of one. */
static void nothing_is_deferred(struct test *t, struct testdb *site, const void *arg)
{
	(void)site;
	(void)arg;
	for (size_t i = 0; i < migration_list_count; i++) {
		struct str text = { migration_list[i].text, migration_list[i].text_len };

		CHECK(!str_contains(text, STR("DEFERR")) && !str_contains(text, STR("deferr")));
	}
	CHECK(true);
}

void migrate_test(struct test *t)
{
	testdb_on(t, DB_SQLITE, "no constraint is deferred to the commit", nothing_is_deferred,
		  NULL);
	testdb_each(t, "applies each migration once", applies_once, NULL);
	testdb_each(t, "a failed migration leaves nothing", a_failed_one_leaves_nothing, NULL);
	testdb_each(t, "the program's own migrations stand", the_own_ones_stand, NULL);
	testdb_on(t, DB_SQLITE, "imported events of an older site are found",
		  imported_events_are_found, NULL);
}
