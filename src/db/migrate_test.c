/* migrate_test.c - migrations, on each engine. */
#include "db/fixture.h"

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
}
