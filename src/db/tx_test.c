/* tx_test.c - transactions and snapshots, on each engine. */
#include "db/fixture.h"

#include "base/limits.h"

#include <sqlite3.h>
#include <string.h>

enum fate { COMMITS, REFUSES, OVERLOOKS, GOES_ON, LEAVES_OPEN, SAYS_NOTHING, LIES };

struct plan {
	const char *title;
	enum fate fate;
	const char *key; /* of the error, NULL: success */
};

static const struct plan plans[] = {
	{ "commits", COMMITS, NULL },
	{ "a refusal undoes all", REFUSES, "db.queue_full" },
	{ "a failure that is overlooked undoes all", OVERLOOKS, "db.tx_failed" },
	{ "after a failure every statement fails", GOES_ON, "db.unique" },
	{ "a statement left open is closed", LEAVES_OPEN, NULL },
	{ "false without an error is an error", SAYS_NOTHING, "db.tx_failed" },
	{ "true with an error is an error", LIES, "db.busy_no" },
};

static bool carry_out(struct db *db, void *arg, struct err *err)
{
	const struct plan *p = arg;
	struct err first = { 0 }, second = { 0 };
	struct db_stmt *st;
	bool row;

	if (!note_add(db, 1, 10, err) || !note_add(db, 2, 20, err))
		return false;
	switch (p->fate) {
	case COMMITS:
		return true;
	case REFUSES:
		return err_set(err, ERR_CONFLICT, "db.queue_full", "1");
	case OVERLOOKS:
		(void)!note_add(db, 1, 10, &first);
		return true;
	case GOES_ON:
		return note_add(db, 1, 10, &first) || note_add(db, 3, 30, &second) ||
		       err_set(err, first.code, first.key, "%s", second.key);
	case LEAVES_OPEN:
		return db_stmt_get(db, &note_sum_def, &st, err) && db_step(st, &row, err);
	case SAYS_NOTHING:
		return false;
	case LIES:
		return !err_set(err, ERR_CONFLICT, "db.busy_no", "x");
	}
	return false;
}

static void keeps_its_word(struct test *t, struct testdb *site, const void *arg)
{
	struct plan plan = *(const struct plan *)arg;
	struct db *db = site->ctx.db;
	struct err err = { 0 };

	if (!fixture_create(t, db))
		return;
	db->loose = false;
	bool ok = db_tx(db, carry_out, &plan, &err);
	CHECK(ok == (plan.key == NULL));
	CHECK_STR(str_from_c(ok ? "" : err.key), str_from_c(ok ? "" : plan.key));
	if (plan.fate == GOES_ON)
		CHECK_STR(str_from_c(err.facts), STR("db.tx_failed"));
	CHECK_INT(note_count(t, db), ok ? 2 : 0);
	CHECK_INT(db->left_open, plan.fate == LEAVES_OPEN ? 1 : 0);
	db->left_open = 0;
	/* And the connection is as good as new. */
	if (!ok) {
		err_clear(&err);
		plan.fate = COMMITS;
		CHECK_OK(db_tx(db, carry_out, &plan, &err));
		CHECK_INT(note_count(t, db), 2);
	}
}

/* ---- retries */

struct busy { int times, runs; };

static bool busy_at_first(struct db *db, void *arg, struct err *err)
{
	struct busy *b = arg;

	if (!note_add(db, 1, 1, err))
		return false;
	return b->runs++ >= b->times || err_set(err, ERR_BUSY, "db.busy", "x");
}

static void retries(struct test *t, struct testdb *site, const void *arg)
{
	struct busy twice = { .times = 2 }, ever = { .times = 1000 };
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, site->ctx.db))
		return;
	CHECK_FAILS(db_tx(site->ctx.db, busy_at_first, &ever, &err), "db.busy");
	CHECK_INT(ever.runs, LIMIT_TX_RETRIES + 1);
	CHECK_INT(note_count(t, site->ctx.db), 0);
	CHECK_OK(db_tx(site->ctx.db, busy_at_first, &twice, &err));
	CHECK_INT(twice.runs, 3);
	CHECK_INT(note_count(t, site->ctx.db), 1);
}

static bool add_first(struct db *db, void *arg, struct err *err)
{
	(void)arg;
	return note_add(db, 1, 1, err);
}

/* Another connection holds what this one needs. */
static void a_lock_is_busy(struct test *t, struct testdb *site, const void *arg)
{
	static const char *const short_wait[] = { [DB_SQLITE] = "PRAGMA busy_timeout = 1",
						  [DB_POSTGRES] = "SET lock_timeout = '1ms'" };
	struct db *db = site->ctx.db, *other = NULL;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db) || !CHECK_OK(db_open(&other, site->where, DB_WRITE, &err)))
		return;
	CHECK_OK(db->ops->exec(db, short_wait[db->engine], &err));
	CHECK_OK(tx_begin(other, &err));
	CHECK_OK(note_add(other, 1, 99, &err));
	CHECK_FAILS(db_tx(db, add_first, NULL, &err), "db.busy");
	tx_rollback(other);
	CHECK_OK(db_tx(db, add_first, NULL, &err));
	db_close(other);
}

/* ---- who may write */

static void a_reader_cannot_write(struct test *t, struct testdb *site, const void *arg)
{
	struct db *reader = NULL;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, site->ctx.db) ||
	    !CHECK_OK(db_open(&reader, site->where, DB_READ, &err)))
		return;
	CHECK_INT(note_count(t, reader), 0);
	CHECK_FAILS(note_add(reader, 1, 1, &err), "db.read_only");
	CHECK_FAILS(db_tx(reader, add_first, NULL, &err), "db.read_only");
	/* The second defence: the engine refuses too; to SQLite as if the file were read-only. */
	CHECK_FAILS(reader->ops->exec(reader, "INSERT INTO note VALUES (1, 1)", &err),
		    reader->engine == DB_SQLITE ? "db.not_writable" : "db.read_only");
	CHECK_INT(note_count(t, reader), 0);
	db_close(reader);
}

static void writes_only_in_a_transaction(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db))
		return;
	db->loose = false;
	CHECK_FAILS(note_add(db, 1, 1, &err), "db.no_transaction");
	CHECK_OK(db_snapshot_begin(db, &err));
	CHECK_FAILS(note_add(db, 1, 1, &err), "db.no_transaction");
	db_snapshot_end(db);
	CHECK_INT(note_count(t, db), 0);
}

static void a_snapshot_stands_still(struct test *t, struct testdb *site, const void *arg)
{
	struct db *reader = NULL;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, site->ctx.db) ||
	    !CHECK_OK(db_open(&reader, site->where, DB_READ, &err)))
		return;
	CHECK_OK(db_snapshot_begin(reader, &err));
	CHECK_INT(note_count(t, reader), 0);
	CHECK_OK(note_add(site->ctx.db, 1, 1, &err));
	CHECK_INT(note_count(t, reader), 0);
	db_snapshot_end(reader);
	CHECK_INT(note_count(t, reader), 1);
	db_close(reader);
}

/* ---- faults */

static void the_nth_call_fails(struct test *t, struct testdb *site, const void *arg)
{
	struct plan plan = plans[0];
	struct db *db = site->ctx.db;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db))
		return;
	for (int n = 1; n <= 3; n++) { /* two inserts and the commit */
		db_fault_after(db, n);
		CHECK_FAILS(db_tx(db, carry_out, &plan, &err), "db.failed");
		CHECK_INT(note_count(t, db), 0);
	}
	db_fault_after(db, 4);
	CHECK_OK(db_tx(db, carry_out, &plan, &err));
	CHECK_FAILS(note_add(db, 9, 9, &err), "db.failed");
	CHECK_OK(note_add(db, 9, 9, &err));
}

/* ---- a connection that is cut */

static void cut(struct test *t, struct testdb *site, struct db *other)
{
	struct err err = { 0 };

	(void)site;
	CHECK_OK(other->ops->exec(other,
				  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
				  " application_name = 'to be cut' AND pid <> pg_backend_pid()",
				  &err));
	/* Gone is who is no longer listed. */
	for (int i = 0; i < 200; i++) {
		CHECK_OK(other->ops->exec(other, "SELECT pg_sleep(0.01) FROM pg_stat_activity WHERE"
					  " application_name = 'to be cut'", &err));
	}
}

static void a_cut_connection_is_replaced(struct test *t, struct testdb *site, const void *arg)
{
	struct db *db = site->ctx.db, *other = NULL;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db) || !CHECK_OK(db_open(&other, site->where, DB_WRITE, &err)))
		return;
	CHECK_OK(note_add(db, 1, 1, &err));
	CHECK_INT(note_count(t, db), 1);
	CHECK_OK(db->ops->exec(db, "SET application_name = 'to be cut'", &err));
	cut(t, site, other);
	CHECK_INT(note_count(t, db), 1); /* a reading statement notices nothing */
	CHECK_OK(db->ops->exec(db, "SET application_name = 'to be cut'", &err));
	cut(t, site, other);
	CHECK_OK(tx_begin(db, &err)); /* nor does a transaction that begins */
	CHECK_OK(db->ops->exec(db, "SET application_name = 'to be cut'", &err));
	CHECK_OK(note_add(db, 2, 2, &err));
	cut(t, site, other);
	CHECK_FAILS(note_add(db, 3, 3, &err), "db.lost"); /* one that is under way does */
	tx_rollback(db);
	CHECK_INT(note_count(t, db), 1);
	CHECK_OK(db_tx(db, add_first, NULL, &err) || (err_clear(&err), true));
	CHECK_OK(note_add(db, 4, 4, &err));
	CHECK_INT(note_count(t, db), 2);
	db_close(other);
}

/* ---- resting */

static int kept_bytes(struct db *db)
{
	int now = 0, most;

	(void)sqlite3_db_status(sqlite_handle(db), SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0);
	return now;
}

static void a_connection_rests(struct test *t, struct testdb *site, const void *arg)
{
	enum { NOTES = 20000 };
	struct db *db = site->ctx.db;
	struct err err = { 0 };

	(void)arg;
	if (!fixture_create(t, db))
		return;
	CHECK_OK(db->ops->exec(db, "BEGIN IMMEDIATE", &err));
	for (int i = 0; i < NOTES; i++)
		CHECK_OK(note_add(db, i, i, &err));
	CHECK_OK(db->ops->exec(db, "COMMIT", &err));
	int before = kept_bytes(db);
	CHECK(before > 100 * 1024);
	db_rest(db);
	CHECK(kept_bytes(db) < before / 8);
	CHECK_INT(note_count(t, db), NOTES);
}

void tx_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(plans); i++)
		testdb_each(t, plans[i].title, keeps_its_word, &plans[i]);
	testdb_each(t, "retries what was busy, with a bound", retries, NULL);
	testdb_each(t, "a lock is busy", a_lock_is_busy, NULL);
	testdb_each(t, "a reader cannot write", a_reader_cannot_write, NULL);
	testdb_each(t, "writes only in a transaction", writes_only_in_a_transaction, NULL);
	testdb_each(t, "a snapshot stands still", a_snapshot_stands_still, NULL);
	testdb_each(t, "the n-th call fails", the_nth_call_fails, NULL);
	testdb_on(t, DB_SQLITE, "a connection that rests keeps no pages and answers as before",
		  a_connection_rests, NULL);
	testdb_on(t, DB_POSTGRES, "a cut connection is replaced", a_cut_connection_is_replaced,
		  NULL);
}
