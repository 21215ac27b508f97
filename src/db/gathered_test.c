/*
 * gathered_test.c - a file of SQLite whose pages are gathered is read, written, cut and measured as
 * one that is written at once; and a transaction that fills it ends whole or not at all.
 */
#include "base/file.h"
#include "base/test.h"
#include "db/engine.h"
#include "db/testdb.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILE_MAX = 1024 * 1024, PAGE = 4096, STEPS = 20000, ROWS = 30000, BEFORE = 2000 };

/* What the file should hold. */
struct model { unsigned char *bytes; sqlite3_int64 size; unsigned seed; };

static unsigned some(struct model *m, unsigned below)
{
	m->seed = m->seed * 1664525U + 1013904223U;
	return (m->seed >> 8) % below;
}

/* Whole pages mostly, as SQLite writes; sometimes several, sometimes none of its sizes. */
static void some_stretch(struct model *m, sqlite3_int64 *at, int *count)
{
	unsigned kind = some(m, 20);

	*count = kind < 16 ? PAGE : kind < 18 ? 3 * PAGE : 1 + (int)some(m, 2 * PAGE);
	*at = kind < 18 ? (sqlite3_int64)some(m, FILE_MAX / PAGE - 3) * PAGE
			: (sqlite3_int64)some(m, FILE_MAX - 2 * PAGE);
}

static bool writes(struct model *m, sqlite3_file *file)
{
	unsigned char bytes[3 * PAGE];
	sqlite3_int64 at;
	int count;

	some_stretch(m, &at, &count);
	memset(bytes, (int)some(m, 256), (size_t)count);
	bytes[0] = (unsigned char)some(m, 256);
	memcpy(m->bytes + at, bytes, (size_t)count);
	if (at + count > m->size)
		m->size = at + count;
	return file->pMethods->xWrite(file, bytes, count, at) == SQLITE_OK;
}

/*
 * Behind the end it says so and gives zeros, as SQLite wants it; before the end it may say so of
 * what was never written, which SQLite takes for the same zeros.
 */
static bool reads(struct model *m, sqlite3_file *file)
{
	unsigned char bytes[3 * PAGE];
	sqlite3_int64 at;
	int count;

	some_stretch(m, &at, &count);
	int result = file->pMethods->xRead(file, bytes, count, at);
	return (result == SQLITE_IOERR_SHORT_READ ||
		(result == SQLITE_OK && at + count <= m->size)) &&
	       memcmp(bytes, m->bytes + at, (size_t)count) == 0;
}

static bool cuts(struct model *m, sqlite3_file *file)
{
	sqlite3_int64 size = (sqlite3_int64)some(m, (unsigned)(m->size / PAGE) + 1) * PAGE;

	memset(m->bytes + size, 0, (size_t)(FILE_MAX - size));
	m->size = size;
	return file->pMethods->xTruncate(file, size) == SQLITE_OK;
}

static bool measures(struct model *m, sqlite3_file *file)
{
	sqlite3_int64 size = -1;

	return file->pMethods->xFileSize(file, &size) == SQLITE_OK && size == m->size;
}

static bool one_step(struct model *m, sqlite3_file *file)
{
	unsigned what = some(m, 1000);

	if (what < 2)
		return cuts(m, file);
	if (what < 6)
		return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
	if (what < 60)
		return measures(m, file);
	return what < 500 ? reads(m, file) : writes(m, file);
}

static bool same_in_the_file(struct test *t, struct str path, const struct model *m)
{
	struct err err = { 0 };
	struct str all = STR_NONE;

	(void)str_take_str(&path, STR("sqlite:"));
	return CHECK_OK(file_read(t->arena, path, FILE_MAX, &all, &err)) &&
	       CHECK_INT((int64_t)all.len, m->size) &&
	       CHECK(memcmp(all.ptr, m->bytes, all.len) == 0);
}

/* The database under it is lost by this, and was made for it. */
static void like_a_file(struct test *t, struct testdb *site, const void *arg)
{
	struct model m = { .bytes = arena_alloc(t->arena, FILE_MAX), .seed = 7 };
	struct gathered *gathered = NULL;
	sqlite3_file *file = NULL;
	int failed = -1;

	(void)arg;
	memset(m.bytes, 0, FILE_MAX);
	sqlite3_file_control(sqlite_handle(site->ctx.db), "main", SQLITE_FCNTL_FILE_POINTER, &file);
	const sqlite3_io_methods *own = file->pMethods;
	gather_begin(site->ctx.db, &gathered);
	CHECK(file->pMethods != own);
	CHECK(file->pMethods->xTruncate(file, 0) == SQLITE_OK);
	for (int i = 0; i < STEPS && failed < 0; i++)
		if (!one_step(&m, file))
			failed = i;
	CHECK_INT(failed, -1);
	CHECK(gather_end(gathered) && gather_end(gathered));
	CHECK(file->pMethods == own);
	same_in_the_file(t, site->where, &m);
}

/* ---- a transaction that fills it */

static const struct db_stmt_def fill_def = {
	.name = "fill",
	.file = __FILE__,
	.sqlite = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
		  " INSERT INTO setting (name, value) SELECT ((i * 7919) % 100003) || '-' || i,"
		  " hex(zeroblob(400)) FROM n",
	.mode = DB_EXEC,
	.writes = true,
	.params = 1,
	.param_types = "i",
};
/* What was there before, in leaves between which those go. */
static const struct db_stmt_def before_def = {
	.name = "before",
	.file = __FILE__,
	.sqlite = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
		  " INSERT INTO setting (name, value)"
		  " SELECT ((i * 7919) % 100003) || '-', i FROM n",
	.mode = DB_EXEC,
	.writes = true,
	.params = 1,
	.param_types = "i",
};
static const struct db_stmt_def spoil_def = {
	.name = "spoil",
	.file = __FILE__,
	.sqlite = "UPDATE setting SET value = name WHERE name LIKE '%7'",
	.mode = DB_EXEC,
	.writes = true,
	.param_types = "",
};
static const struct db_stmt_def count_def = {
	.name = "count",
	.file = __FILE__,
	.sqlite = "SELECT count(*) || ' ' || total(length(value)) FROM setting",
	.mode = DB_ONE,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
};
static const struct db_stmt_def check_def = {
	.name = "check",
	.file = __FILE__,
	.sqlite = "SELECT integrity_check FROM pragma_integrity_check",
	.mode = DB_ONE,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
};

static bool exec(struct db *db, const struct db_stmt_def *def, int64_t n, struct err *err)
{
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, def, &st, err))
		return false;
	if (def->params > 0)
		db_bind_int(st, 0, n);
	bool ok = db_step(st, &row, err);
	db_stmt_reset(st);
	return ok;
}

static struct str word(struct test *t, struct db *db, const struct db_stmt_def *def)
{
	struct db_stmt *st;
	struct err err = { 0 };
	struct str s = STR_NONE;
	bool row = false;

	if (!CHECK_OK(db_stmt_get(db, def, &st, &err)))
		return s;
	if (CHECK_OK(db_step(st, &row, &err)) && row)
		s = db_keep_text(st, 0, t->arena);
	db_stmt_reset(st);
	return s;
}

struct filling { int rows; bool give_up; };

static bool fill(struct db *db, void *arg, struct err *err)
{
	const struct filling *f = arg;

	return exec(db, &fill_def, f->rows, err) && exec(db, &spoil_def, 0, err) &&
	       (!f->give_up || err_set(err, ERR_CONFLICT, "db.conflict", "given up"));
}

static bool fill_alone(struct db *db, struct filling f, struct err *err)
{
	if (!db_alone_begin(db))
		return err_set(err, ERR_BUSY, "db.busy", "not alone");
	bool ok = db_tx(db, fill, &f, err);
	db_alone_end(db);
	return ok;
}

static bool fill_before(struct db *db, void *arg, struct err *err)
{
	(void)arg;
	return exec(db, &before_def, BEFORE, err);
}

static int64_t size_of(struct testdb *site)
{
	struct str path = site->where;
	struct stat st = { .st_size = -1 };

	(void)str_take_str(&path, STR("sqlite:"));
	(void)stat(str_to_c(site->ctx.arena, path), &st);
	return st.st_size;
}

/* Many times the page cache, so that pages go out, come back and go out again before the end. */
static void whole_or_not(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct str before = word(t, site->ctx.db, &count_def);

	(void)arg;
	CHECK_FAILS(fill_alone(site->ctx.db, (struct filling){ ROWS, true }, &err), "db.conflict");
	CHECK_STR(word(t, site->ctx.db, &count_def), before);
	CHECK_STR(word(t, site->ctx.db, &check_def), STR("ok"));
	err_clear(&err);
	CHECK_OK(fill_alone(site->ctx.db, (struct filling){ ROWS, false }, &err));
	struct str after = word(t, site->ctx.db, &count_def);
	CHECK(!str_equal(after, before));
	CHECK_STR(word(t, site->ctx.db, &check_def), STR("ok"));
	db_close(site->ctx.db);
	if (!CHECK_OK(db_open(&site->ctx.db, site->where, DB_WRITE, &err)))
		return;
	CHECK_STR(word(t, site->ctx.db, &count_def), after);
	CHECK_STR(word(t, site->ctx.db, &check_def), STR("ok"));
}

/* The kernel refuses what lies behind a size, as a full disk would; a child of ours meets it. */
static void disk_is_full(struct test *t, struct testdb *site, const void *arg)
{
	const rlim_t *size = arg;
	struct err err = { 0 };
	int status = 0;

	CHECK_OK(db_tx(site->ctx.db, fill_before, NULL, &err));
	struct str before = word(t, site->ctx.db, &count_def);
	db_close(site->ctx.db);
	int64_t bytes = size_of(site);
	pid_t child = fork();
	if (child == 0) {
		struct rlimit limit = { *size, *size };
		(void)signal(SIGXFSZ, SIG_IGN);
		if (!db_open(&site->ctx.db, site->where, DB_WRITE, &err) ||
		    setrlimit(RLIMIT_FSIZE, &limit) != 0)
			_exit(2);
		if (fill_alone(site->ctx.db, (struct filling){ ROWS, false }, &err))
			_exit(3);
		if (strcmp(err.key, "db.disk_full") != 0)
			_exit(5);
		/* The connection is as good as any. */
		_exit(str_equal(word(t, site->ctx.db, &count_def), before) ? 0 : 4);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), 0);
	CHECK_INT(size_of(site), bytes); /* nor is the disk any fuller */
	if (!CHECK_OK(db_open(&site->ctx.db, site->where, DB_WRITE, &err)))
		return;
	CHECK_STR(word(t, site->ctx.db, &count_def), before);
	CHECK_STR(word(t, site->ctx.db, &check_def), STR("ok"));
}

void gathered_test(struct test *t)
{
	static const rlim_t sizes[] = { 3 * 1024 * 1024, 12 * 1024 * 1024 };

	testdb_on(t, DB_SQLITE, "a gathered file is read and written as any", like_a_file, NULL);
	testdb_on(t, DB_SQLITE, "what fills it is there whole, or not at all", whole_or_not, NULL);
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		testdb_on(t, DB_SQLITE, "a full disk leaves the site as it was", disk_is_full,
			  &sizes[i]);
}
