/* backup_test.c - copies of a site in use. */
#include "db/fixture.h"

#include "base/file.h"
#include "base/limits.h"
#include "db/backup.h"
#include "db/writer.h"

#include <pthread.h>
#include <stdatomic.h>

struct load {
	struct str where;
	struct test *t;
	atomic_bool stop;
	_Atomic int64_t written;
};

/* Each job adds +1 and -1: a copy with another sum holds half a job. */
static bool add_pair(struct db *db, void *arg, struct err *err)
{
	struct load *l = arg;
	int64_t id = 2 * l->written;

	return note_add(db, id, 1, err) && note_add(db, id + 1, -1, err);
}

static void *write_on(void *arg)
{
	struct load *l = arg;
	struct writer *w = NULL;
	struct err err = { 0 };

	if (!writer_open(&w, l->where, NULL, NULL, &err))
		return NULL;
	while (!l->stop && writer_run(w, add_pair, l, &err))
		l->written++;
	writer_close(w);
	return NULL;
}

static void check_copy(struct test *t, struct str path, int64_t at_least)
{
	struct db *copy = NULL;
	struct err err = { 0 };
	int64_t count = -1, sum = -1;

	CHECK_OK(backup_check(t->arena, path, &err));
	CHECK(!file_exists(t->arena, str_concat(t->arena, path, STR("-wal"))));
	if (!CHECK_OK(db_open(&copy, path, DB_READ, &err)))
		return;
	CHECK_OK(note_sum(copy, &count, &sum, &err));
	CHECK_INT(sum, 0);
	CHECK(count >= at_least);
	db_close(copy);
}

static void copies_while_written(struct test *t, struct testdb *site, const void *arg)
{
	struct load load = { .where = site->where, .t = t };
	struct db *reader = NULL;
	struct err err = { 0 };
	pthread_t thread;

	(void)arg;
	if (!fixture_create(t, site->ctx.db) ||
	    !CHECK_OK(db_open(&reader, site->where, DB_READ, &err)))
		return;
	CHECK(pthread_create(&thread, NULL, write_on, &load) == 0);
	for (int i = 0; i < 5; i++) {
		struct str path = str_format(t->arena, "%s/copy-%d.db", t->data_dir, i);
		int64_t before = load.written;

		CHECK_OK(backup_write(reader, t->arena, path, &err));
		check_copy(t, path, 2 * before);
		CHECK_FAILS(backup_write(reader, t->arena, path, &err), "db.backup_exists");
	}
	load.stop = true;
	pthread_join(thread, NULL);
	db_close(reader);
}

static void finds_damage(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db;
	struct str path = str_format(t->arena, "%s/copy.db", t->data_dir), text;
	struct str orphan = str_format(t->arena, "%s/orphan.db", t->data_dir);
	struct str cut = str_format(t->arena, "%s/cut.db", t->data_dir);
	struct str none = str_format(t->arena, "%s/none.db", t->data_dir);
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db))
		return;
	for (int64_t id = 0; id < 2000; id++)
		CHECK_OK(note_add(db, id, 1, &err));
	CHECK_OK(backup_write(db, t->arena, path, &err));
	CHECK_OK(backup_check(t->arena, path, &err));
	CHECK_OK(file_read(t->arena, path, 16 * MIB, &text, &err));
	CHECK_OK(file_write(t->arena, cut, str_slice(text, 0, text.len / 2), &err));
	CHECK_FAILS(backup_check(t->arena, cut, &err), "db.backup_unsound");
	CHECK_OK(file_write(t->arena, cut, STR("no database at all, but long enough to look at"),
			    &err));
	CHECK_FAILS(backup_check(t->arena, cut, &err), "db.backup_unsound");
	CHECK_FAILS(backup_check(t->arena, none, &err), "db.backup_failed");
	CHECK_OK(db->ops->exec(db,
			       "CREATE TABLE child (note BIGINT REFERENCES note);"
			       "PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (-1)",
			       &err));
	CHECK_OK(backup_write(db, t->arena, orphan, &err));
	CHECK_FAILS(backup_check(t->arena, orphan, &err), "db.backup_unsound");
}

static void is_for_sqlite(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };

	(void)arg;
	CHECK_FAILS(backup_write(site->ctx.db, t->arena, STR("/nowhere/copy"), &err),
		    "db.backup_engine");
}

void backup_test(struct test *t)
{
	testdb_on(t, DB_SQLITE, "copies while others write", copies_while_written, NULL);
	testdb_on(t, DB_SQLITE, "finds damage", finds_damage, NULL);
	testdb_on(t, DB_POSTGRES, "leaves PostgreSQL to pg_dump", is_for_sqlite, NULL);
}
