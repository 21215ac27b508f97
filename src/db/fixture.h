/*
 * fixture.h - a table "note" for the tests of this folder, and three statements on it.
 *
 * Private to src/db's tests, which cannot use a slice's statements.
 */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

#include "db/engine.h"
#include "db/testdb.h"

static const struct db_stmt_def note_add_def = {
	.name = "note_add", .file = __FILE__, .mode = DB_EXEC, .params = 2, .param_types = "ii",
	.column_types = "", .writes = true,
	.sqlite = "INSERT INTO note (id, amount) VALUES (?1, ?2)",
	.postgres = "INSERT INTO note (id, amount) VALUES ($1, $2)",
};
static const struct db_stmt_def note_sum_def = {
	.name = "note_sum", .file = __FILE__, .mode = DB_ONE, .param_types = "", .columns = 2,
	.column_types = "ii", .required = 3,
	.sqlite = "SELECT count(*), coalesce(sum(amount), 0) FROM note",
	.postgres = "SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM note",
};
static const struct db_stmt_def note_get_def = {
	.name = "note_get",
	.file = __FILE__,
	.mode = DB_ONE,
	.params = 1,
	.param_types = "i",
	.columns = 1,
	.column_types = "i",
	.required = 1,
	.sqlite = "SELECT amount FROM note WHERE id = ?1",
	.postgres = "SELECT amount FROM note WHERE id = $1",
};

static inline bool fixture_create(struct test *t, struct db *db)
{
	struct err err = { 0 };

	return CHECK_OK(db->ops->exec(
		db, "CREATE TABLE note (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL)", &err));
}

static inline bool note_add(struct db *db, int64_t id, int64_t amount, struct err *err)
{
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, &note_add_def, &st, err))
		return false;
	db_bind_int(st, 0, id);
	db_bind_int(st, 1, amount);
	bool ok = db_step(st, &row, err);
	db_stmt_reset(st);
	return ok;
}

static inline bool note_sum(struct db *db, int64_t *count, int64_t *sum, struct err *err)
{
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, &note_sum_def, &st, err))
		return false;
	bool ok = db_step(st, &row, err);
	if (ok) {
		*count = db_int(st, 0);
		*sum = db_int(st, 1);
	}
	db_stmt_reset(st);
	return ok;
}

static inline bool note_there(struct db *db, int64_t id, bool *there, struct err *err)
{
	struct db_stmt *st;

	if (!db_stmt_get(db, &note_get_def, &st, err))
		return false;
	db_bind_int(st, 0, id);
	bool ok = db_step(st, there, err);
	db_stmt_reset(st);
	return ok;
}

static inline int64_t note_count(struct test *t, struct db *db)
{
	struct err err = { 0 };
	int64_t count = -1, sum;

	CHECK_OK(note_sum(db, &count, &sum, &err));
	return count;
}
#endif
