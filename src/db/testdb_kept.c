/* testdb_kept.c - migrated sites, made once and used again. */
#include "db/testdb_kept.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/rand.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX_BYTES = 64 * MIB };

/* Of one test file, in one process. */
struct kept {
	struct arena *arena;
	struct str file;   /* a migrated SQLite file */
	struct db *server; /* where testdb.* of tests/postgres.sql lies; NULL: not asked yet */
};

static void end(void *kept)
{
	struct kept *k = kept;

	db_close(k->server);
	arena_close(k->arena);
}

static struct kept *kept_of(struct test *t)
{
	if (t->kept == NULL) {
		struct arena *a = arena_open(2 * FILE_MAX_BYTES);
		struct kept *k = ARENA_NEW(a, struct kept);

		k->arena = a;
		t->kept = k;
		t->end_kept = end;
	}
	return t->kept;
}

/* ---- SQLite: the bytes of a file */

static bool migrate_file(struct str path, struct err *err)
{
	struct db *db = NULL;
	int applied = 0;

	if (!db_open(&db, path, DB_WRITE, err))
		return false;
	bool ok = db->ops->exec(db, "PRAGMA synchronous=OFF", err) && migrate_up(db, &applied, err);
	db_close(db); /* the last connection moves the log into the file */
	return ok;
}

/* Unlike file_write without waiting for the disk. */
static bool write_quickly(struct arena *a, struct str path, struct str bytes, struct err *err)
{
	FILE *f = fopen(str_to_c(a, path), "wb");

	bool ok = f != NULL && fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len;
	if (f != NULL && fclose(f) != 0)
		ok = false;
	return ok || err_set(err, ERR_UNAVAILABLE, "db.failed", STR_FMT, STR_ARG(path));
}

bool kept_file(struct test *t, struct str path, struct err *err)
{
	struct kept *k = kept_of(t);

	if (k->file.len > 0)
		return write_quickly(t->arena, path, k->file, err);
	if (!migrate_file(path, err))
		return false;
	if (file_exists(t->arena, str_concat(t->arena, path, STR("-wal"))))
		return err_set(err, ERR_INTERNAL, "db.failed", STR_FMT, STR_ARG(path));
	return file_read(k->arena, path, FILE_MAX_BYTES, &k->file, err);
}

/* ---- PostgreSQL: schemas that are emptied */

static const struct db_stmt_def take_def = {
	.name = "testdb_take",
	.file = __FILE__,
	.mode = DB_ONE,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
	.writes = true,
	.postgres = "SELECT testdb.take()",
};
static const struct db_stmt_def keep_def = {
	.name = "testdb_keep",
	.file = __FILE__,
	.mode = DB_ONE,
	.params = 1,
	.param_types = "t",
	.columns = 1,
	.column_types = "l",
	.required = 1,
	.writes = true,
	.postgres = "SELECT testdb.keep($1)",
};
static const struct db_stmt_def give_back_def = {
	.name = "testdb_give_back",
	.file = __FILE__,
	.mode = DB_ONE,
	.params = 1,
	.param_types = "t",
	.columns = 1,
	.column_types = "l",
	.required = 1,
	.writes = true,
	.postgres = "SELECT testdb.give_back($1)",
};

static bool ask_server(struct kept *k, struct str where, struct err *err)
{
	if (k->server != NULL)
		return true;
	if (!db_open(&k->server, where, DB_WRITE, err))
		return false;
	k->server->loose = true;
	return true;
}

bool kept_schema(struct test *t, struct str server, struct str *schema, bool *made, struct err *err)
{
	struct kept *k = kept_of(t);
	struct db_stmt *st;
	bool row = false;

	*made = false;
	*schema = str_concat(t->arena, STR("test_"), random_hex(t->arena, 8));
	if (getenv("GONGKAI_TEST_POSTGRES_KEEPS") == NULL)
		return true;
	if (!ask_server(k, server, err) || !db_stmt_get(k->server, &take_def, &st, err))
		return false;
	bool ok = db_step(st, &row, err);
	if (ok && row && !db_is_null(st, 0)) {
		*schema = db_keep_text(st, 0, t->arena);
		*made = true;
	}
	db_stmt_reset(st);
	return ok;
}

static bool tell(struct kept *k, const struct db_stmt_def *def, struct str schema, bool *answer,
		 struct err *err)
{
	struct db_stmt *st;
	bool row = false;

	*answer = false;
	if (k->server == NULL)
		return true;
	if (!db_stmt_get(k->server, def, &st, err))
		return false;
	db_bind_text(st, 0, schema);
	bool ok = db_step(st, &row, err);
	*answer = ok && row && db_int(st, 0) != 0;
	db_stmt_reset(st);
	return ok;
}

bool kept_schema_made(struct test *t, struct str schema, struct err *err)
{
	bool ignored;

	return tell(kept_of(t), &keep_def, schema, &ignored, err);
}

bool kept_schema_back(struct test *t, struct str schema, bool *kept, struct err *err)
{
	return tell(kept_of(t), &give_back_def, schema, kept, err);
}
