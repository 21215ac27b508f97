/*
 * sqlite.c - SQLite: a file, one connection that writes, many that read.
 *
 * SQLite before 3.51.3 can lose committed pages when two connections of one
 * file write or checkpoint at the same instant. So only the connection opened
 * for writing checkpoints, and there is one of it per site (db/writer.h; a
 * command that writes beside a running server goes through the server).
 *
 * Memory mapping stays off: beside a writer each commit makes every reader
 * unmap and fault the file in again.
 */
#include "db/engine.h"

#include "base/limits.h"
#include "base/log.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

enum {
	BUSY_MS = 5000,
	WAL_FRAMES = 1000,	/* checkpoint in passing above this */
	WAL_FRAMES_MAX = 12288, /* of 4 KiB: below journal_size_limit even after one more batch */
	WAL_WAIT_MS = 250,
	VALUE_BYTES_MAX = 128 * 1024 * 1024,
};

/* Run for each job of a batch, so prepared once. */
static const char *const steps[] = { "BEGIN IMMEDIATE", "BEGIN DEFERRED", "COMMIT",	"ROLLBACK",
				     "SAVEPOINT job",	"RELEASE job",	  "ROLLBACK TO job" };

struct sqlite_db {
	struct db db;
	sqlite3 *handle;
	int wal_frames; /* after the last commit */
	sqlite3_stmt *steps[COUNT_OF(steps)];
	struct db_offered offered;
	struct flusher *flusher; /* while alone */
	struct gathered *gathered; /* of the times alone; NULL before */
};

struct sqlite_stmt {
	struct db_stmt st;
	sqlite3_stmt *handle;
	int bind_result;
	int64_t changes;
};

static struct sqlite_db *of_db(struct db *db)
{
	return (struct sqlite_db *)db;
}

static struct sqlite_stmt *of_stmt(struct db_stmt *st)
{
	return (struct sqlite_stmt *)st;
}

/* ---- errors */

static bool constraint(struct err *err, int extended, const char *what, const char *message)
{
	switch (extended) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return err_set(err, ERR_CONFLICT, "db.unique", "%s|%s", what, message);
	case SQLITE_CONSTRAINT_FOREIGNKEY:
	case SQLITE_CONSTRAINT_TRIGGER:
		return err_set(err, ERR_CONFLICT, "db.foreign_key", "%s|%s", what, message);
	default:
		return err_set(err, ERR_INTERNAL, "db.bad_value", "%s|%s", what, message);
	}
}

/* What SQLite takes for a fault of the disk: the share of a user, the size of a file. */
static bool over_a_limit(int why)
{
	return why == EDQUOT || why == EFBIG;
}

/* Always false. what: the statement, for the log. */
static bool failed(sqlite3 *handle, int result, const char *what, struct err *err)
{
	const char *message = handle != NULL ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
	int extended = handle != NULL ? sqlite3_extended_errcode(handle) : result;

	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_BUSY, "db.busy", "%s|%s", what, message);
	case SQLITE_CONSTRAINT:
		return constraint(err, extended, what, message);
	case SQLITE_FULL:
		return err_set(err, ERR_UNAVAILABLE, "db.disk_full", "%s|%s", what, message);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(err, ERR_INTERNAL, "db.corrupt", "%s|%s", what, message);
	case SQLITE_READONLY:
		return err_set(err, ERR_UNAVAILABLE, "db.not_writable", "%s|%s", what, message);
	case SQLITE_IOERR:
		if (handle != NULL && over_a_limit(sqlite3_system_errno(handle)))
			return err_set(err, ERR_UNAVAILABLE, "db.disk_full", "%s|%s", what,
				       message);
		return err_set(err, ERR_UNAVAILABLE, "db.failed", "%s|%s", what, message);
	case SQLITE_CANTOPEN:
	case SQLITE_NOMEM:
		return err_set(err, ERR_UNAVAILABLE, "db.failed", "%s|%s", what, message);
	default:
		return err_set(err, ERR_INTERNAL, "db.failed", "%s|%s", what, message);
	}
}

/* ---- statements */

static bool prepare(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
		    struct err *err)
{
	sqlite3 *handle = of_db(db)->handle;
	sqlite3_stmt *prepared = NULL;

	int result = sqlite3_prepare_v3(handle, def->sqlite, -1, SQLITE_PREPARE_PERSISTENT,
					&prepared, NULL);
	if (result != SQLITE_OK || prepared == NULL)
		return err_set(err, ERR_INTERNAL, "db.bad_statement", "%s|%s", def->name,
			       sqlite3_errmsg(handle));
	if (sqlite3_column_count(prepared) != def->columns ||
	    sqlite3_bind_parameter_count(prepared) != def->params) {
		sqlite3_finalize(prepared);
		return err_set(err, ERR_INTERNAL, "db.bad_statement",
			       "%s|columns or parameters differ", def->name);
	}
	struct db_stmt *st = db_stmt_new(db, def, sizeof(struct sqlite_stmt));
	of_stmt(st)->handle = prepared;
	*out = st;
	return true;
}

/* The first failure to bind is told by the next step. */
static void bound(struct db_stmt *st, int result)
{
	if (of_stmt(st)->bind_result == SQLITE_OK)
		of_stmt(st)->bind_result = result;
}

static void bind_int(struct db_stmt *st, int index, int64_t v)
{
	bound(st, sqlite3_bind_int64(of_stmt(st)->handle, index + 1, v));
}

static void bind_real(struct db_stmt *st, int index, double v)
{
	bound(st, sqlite3_bind_double(of_stmt(st)->handle, index + 1, v));
}

static void bind_bytes(struct db_stmt *st, int index, struct str v, enum db_value kind)
{
	sqlite3_stmt *handle = of_stmt(st)->handle;
	const char *ptr = v.ptr != NULL ? v.ptr : ""; /* NULL would be SQL's NULL */

	if (kind == DB_VALUE_TEXT)
		bound(st, sqlite3_bind_text64(handle, index + 1, ptr, v.len, SQLITE_STATIC,
					      SQLITE_UTF8));
	else
		bound(st, sqlite3_bind_blob64(handle, index + 1, ptr, v.len, SQLITE_STATIC));
}

static void bind_null(struct db_stmt *st, int index)
{
	bound(st, sqlite3_bind_null(of_stmt(st)->handle, index + 1));
}

static bool step(struct db_stmt *st, bool *row, struct err *err)
{
	struct sqlite_stmt *s = of_stmt(st);
	sqlite3 *handle = of_db(st->db)->handle;

	if (s->bind_result != SQLITE_OK)
		return failed(NULL, s->bind_result, st->def->name, err);
	int result = sqlite3_step(s->handle);
	if (result == SQLITE_ROW) {
		*row = true;
		return true;
	}
	if (result != SQLITE_DONE)
		return failed(handle, result, st->def->name, err);
	if (st->def->writes)
		s->changes = sqlite3_changes64(handle);
	return true;
}

static void reset(struct db_stmt *st)
{
	struct sqlite_stmt *s = of_stmt(st);

	sqlite3_reset(s->handle); /* repeats the error that step has told */
	sqlite3_clear_bindings(s->handle);
	s->bind_result = SQLITE_OK;
}

static enum db_value type(struct db_stmt *st, int column)
{
	switch (sqlite3_column_type(of_stmt(st)->handle, column)) {
	case SQLITE_INTEGER:
		return DB_VALUE_INT;
	case SQLITE_FLOAT:
		return DB_VALUE_REAL;
	case SQLITE_TEXT:
		return DB_VALUE_TEXT;
	case SQLITE_BLOB:
		return DB_VALUE_BLOB;
	default:
		return DB_VALUE_NULL;
	}
}

static int64_t get_int(struct db_stmt *st, int column)
{
	return sqlite3_column_int64(of_stmt(st)->handle, column);
}

static double get_real(struct db_stmt *st, int column)
{
	return sqlite3_column_double(of_stmt(st)->handle, column);
}

static struct str get_bytes(struct db_stmt *st, int column)
{
	sqlite3_stmt *handle = of_stmt(st)->handle;
	const char *ptr = sqlite3_column_blob(handle, column); /* before _bytes, for text too */
	int len = sqlite3_column_bytes(handle, column);

	return ptr != NULL && len > 0 ? (struct str){ ptr, (size_t)len } : STR_NONE;
}

static int64_t changes(struct db_stmt *st)
{
	return of_stmt(st)->changes;
}

/* ---- the connection */

static int run_step(struct sqlite_db *s, size_t i)
{
	if (s->steps[i] == NULL) {
		int result = sqlite3_prepare_v3(s->handle, steps[i], -1, SQLITE_PREPARE_PERSISTENT,
						&s->steps[i], NULL);
		if (result != SQLITE_OK)
			return result;
	}
	sqlite3_step(s->steps[i]);
	return sqlite3_reset(s->steps[i]); /* the same result */
}

/* Before COMMIT: it stands for what was written meanwhile, too. */
static bool end_flusher(struct db *db, struct err *err)
{
	struct flusher *f = of_db(db)->flusher;

	of_db(db)->flusher = NULL;
	return f == NULL || flusher_stop(f) ||
	       err_set(err, ERR_UNAVAILABLE, "db.failed", "a page could not be written");
}

static bool run(struct db *db, const char *sql, struct err *err)
{
	sqlite3 *handle = of_db(db)->handle;
	int result;
	size_t i = 0;

	if (strcmp(sql, "COMMIT") == 0 && !end_flusher(db, err))
		return false;
	while (i < COUNT_OF(steps) && strcmp(steps[i], sql) != 0)
		i++;
	result = i < COUNT_OF(steps) ? run_step(of_db(db), i)
				     : sqlite3_exec(handle, sql, NULL, NULL, NULL);

	if (result == SQLITE_OK)
		return true;
	/* A full disk, say, may have rolled back already: then nothing is left to do. */
	if (sqlite3_get_autocommit(handle) != 0 && strcmp(sql, "ROLLBACK") == 0)
		return true;
	return failed(handle, result, "exec", err);
}

static int64_t total_changes(struct db *db)
{
	return sqlite3_total_changes64(of_db(db)->handle);
}

static bool in_transaction(struct db *db)
{
	return sqlite3_get_autocommit(of_db(db)->handle) == 0;
}

static int after_commit(void *arg, sqlite3 *handle, const char *name, int frames)
{
	(void)handle;
	(void)name;
	((struct sqlite_db *)arg)->wal_frames = frames;
	return SQLITE_OK;
}

/*
 * In passing a checkpoint takes what no reader needs and never waits. It cannot
 * shrink a log that readers always use, so a long one is waited for, shortly.
 */
static void checkpoint(struct db *db, bool idle)
{
	struct sqlite_db *s = of_db(db);
	bool long_log = s->wal_frames > WAL_FRAMES_MAX;
	int in_log = 0, moved = 0;

	if (s->wal_frames == 0 || (!idle && s->wal_frames <= WAL_FRAMES))
		return;
	sqlite3_busy_timeout(s->handle, long_log ? WAL_WAIT_MS : 0);
	int result = sqlite3_wal_checkpoint_v2(s->handle, NULL,
					       idle || long_log ? SQLITE_CHECKPOINT_TRUNCATE
								: SQLITE_CHECKPOINT_PASSIVE,
					       &in_log, &moved);
	sqlite3_busy_timeout(s->handle, BUSY_MS);
	if (result == SQLITE_OK && in_log == moved)
		s->wal_frames = 0;
	else if (result != SQLITE_OK && (result & 0xff) != SQLITE_BUSY)
		log_write(LOG_ERROR, "db_checkpoint", "%s", sqlite3_errmsg(s->handle));
}

static void offer(struct db *db, const struct db_offered *rows)
{
	of_db(db)->offered = *rows;
}

static void rest(struct db *db)
{
	(void)sqlite3_db_release_memory(of_db(db)->handle);
	(void)malloc_trim(0); /* else the C library keeps what was freed for this thread */
}

static void close_connection(struct db *db)
{
	sqlite3 *handle = of_db(db)->handle;
	sqlite3_stmt *prepared = NULL;

	for (;;) {
		prepared = sqlite3_next_stmt(handle, NULL);
		if (prepared == NULL)
			break;
		sqlite3_finalize(prepared);
	}
	if (sqlite3_close(handle) != SQLITE_OK)
		log_write(LOG_ERROR, "db_close", "%s", sqlite3_errmsg(handle));
}

/* The second defence: a schema from elsewhere, or a text that is not ours, can do little. */
static void harden(sqlite3 *handle)
{
	static const struct { int option, value; } options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(options); i++)
		sqlite3_db_config(handle, options[i].option, options[i].value, NULL);
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
	sqlite3_busy_timeout(handle, BUSY_MS);
}

static bool set_up(struct db *db, struct err *err)
{
	static const char *const common =
		"PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
		"PRAGMA cell_size_check=ON;";
	static const char *const writer =
		"PRAGMA cache_size=-65536; PRAGMA journal_mode=WAL;"
		"PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
		"PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=0;"
		/* What is erased is overwritten, whatever the library was built with. */
		"PRAGMA secure_delete=ON;";
	/*
	 * There are several, each commit of the writer empties theirs, and the kernel keeps the
	 * file: enough for the upper levels of the indexes and the leaves of one page.
	 */
	static const char *const reader = "PRAGMA cache_size=-4096; PRAGMA query_only=ON;";
	struct sqlite_db *s = of_db(db);

	harden(s->handle);
	if (!run(db, common, err) || !run(db, db->access == DB_WRITE ? writer : reader, err))
		return false;
	if (!offered_table(s->handle, &s->offered))
		return err_set(err, ERR_INTERNAL, "db.failed", "offered");
	if (db->access == DB_WRITE)
		sqlite3_wal_hook(s->handle, after_commit, s);
	/* Reads the first page: a file that is no database is found here. */
	return run(db, "SELECT count(*) FROM sqlite_schema", err);
}

static bool open_connection(struct db *db, const char *path, struct err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    (db->access == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
					    : SQLITE_OPEN_READONLY);
	sqlite3 **handle = &of_db(db)->handle;

	if (sqlite3_open_v2(path, handle, flags, NULL) != SQLITE_OK)
		return err_set(err, ERR_UNAVAILABLE, "db.failed", "%s", sqlite3_errmsg(*handle));
	return set_up(db, err);
}

/* ---- alone */

static int take_mode(void *arg, int columns, char **values, char **names)
{
	(void)names;
	*(bool *)arg = columns == 1 && values[0] != NULL && strcmp(values[0], "truncate") == 0;
	return SQLITE_OK;
}

static const char *const together = "PRAGMA locking_mode=NORMAL;"
				    "SELECT count(*) FROM sqlite_schema";

/* The last transaction was neither committed nor undone. */
static bool left_its_journal(sqlite3 *handle)
{
	struct stat st;

	return stat(sqlite3_filename_journal(sqlite3_db_filename(handle, "main")), &st) == 0 &&
	       st.st_size > 0;
}

/*
 * SQLite gives up a transaction that the disk has refused, for the next who takes the lock to undo
 * by the journal. Who has kept the lock never does, and would delete the journal in the end. So
 * the file is opened anew.
 */
static void undo(struct db *db)
{
	struct sqlite_db *s = of_db(db);
	struct err err = { 0 };
	const char *path = str_to_c(db->arena,
				    str_from_c(sqlite3_db_filename(s->handle, "main")));

	if (!gather_drop(s->gathered))
		log_write(LOG_ERROR, "db_alone_end", "the file could not be cut");
	close_connection(db);
	memset(db->slots, 0, db->slots_count * sizeof *db->slots);
	db->slots_used = 0;
	*s = (struct sqlite_db){ .db = s->db };
	if (!open_connection(db, path, &err))
		log_write(LOG_ERROR, "db_alone_end", "%s", err.facts);
}

static void alone_end(struct db *db)
{
	struct sqlite_db *s = of_db(db);
	struct err err = { 0 };

	if (s->flusher != NULL)
		(void)flusher_stop(s->flusher); /* nothing was committed since it began */
	s->flusher = NULL;
	if (left_its_journal(s->handle)) {
		undo(db);
		return;
	}
	if (!gather_end(s->gathered))
		log_write(LOG_ERROR, "db_alone_end", "a page could not be written");
	if (!run(db, "PRAGMA locking_mode=NORMAL;"
		     "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=WAL;"
		     "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON;"
		     "PRAGMA ignore_check_constraints=OFF;",
		 &err) ||
	    !run(db, together, &err))
		log_write(LOG_ERROR, "db_alone_end", "%s", err.facts);
}

/*
 * The lock of the file is kept from here to alone_end: a reader that came between could make the
 * COMMIT fail. EXTRA: the journal is known to be gone before the log is used again. A small cache,
 * because new pages are best written while the next ones are made.
 */
static bool alone_begin(struct db *db)
{
	struct sqlite_db *s = of_db(db);
	struct err ignored = { 0 };
	bool alone = false;

	if (!run(db, "PRAGMA locking_mode=EXCLUSIVE", &ignored))
		return false;
	(void)sqlite3_exec(s->handle, "PRAGMA journal_mode=TRUNCATE", take_mode, &alone, NULL);
	if (!alone) {
		if (!run(db, together, &ignored))
			log_write(LOG_ERROR, "db_alone_begin", "%s", ignored.facts);
		return false;
	}
	s->wal_frames = 0;
	if (!run(db, "PRAGMA synchronous=EXTRA; PRAGMA cache_size=-8192; PRAGMA foreign_keys=OFF;"
		     "PRAGMA ignore_check_constraints=ON",
		 &ignored)) {
		alone_end(db);
		return false;
	}
	s->flusher = flusher_start(db);
	gather_begin(db, &s->gathered);
	return true;
}

static const struct db_ops ops = {
	.prepare = prepare,
	.bind_int = bind_int,
	.bind_real = bind_real,
	.bind_bytes = bind_bytes,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.type = type,
	.get_int = get_int,
	.get_real = get_real,
	.get_bytes = get_bytes,
	.changes = changes,
	.exec = run,
	.total_changes = total_changes,
	.in_transaction = in_transaction,
	.checkpoint = checkpoint,
	.offer = offer,
	.rest = rest,
	.alone_begin = alone_begin,
	.alone_end = alone_end,
	.close = close_connection,
	.begin_write = "BEGIN IMMEDIATE",
	.begin_snapshot = "BEGIN DEFERRED",
};

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/*
 * A connection is used by one thread at a time, so the library needs no locks of
 * its own for it; and nobody asks how much memory it uses.
 */
static void configure_library(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

sqlite3 *sqlite_handle(struct db *db)
{
	return of_db(db)->handle;
}

bool sqlite_open(struct db **out, struct str path, enum db_access access, struct err *err)
{
	pthread_once(&configured, configure_library);
	struct db *db = db_new(&ops, DB_SQLITE, access, sizeof(struct sqlite_db));
	struct err why = { 0 };

	if (!open_connection(db, str_to_c(db->arena, path), &why)) {
		db_close(db);
		return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", STR_FMT "|%s", STR_ARG(path),
			       why.facts);
	}
	*out = db;
	return true;
}
