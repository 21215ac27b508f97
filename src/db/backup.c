/*
 * backup.c - copying a site that is in use.
 *
 * SQLite's own copying reads the pages of one transaction, whatever the writer
 * commits meanwhile. The copy leaves WAL mode, so that it is one file.
 */
#include "db/backup.h"

#include "base/file.h"
#include "db/engine.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static bool failed(sqlite3 *handle, const char *what, struct err *err)
{
	return err_set(err, ERR_UNAVAILABLE, "db.backup_failed", "%s|%s", what,
		       sqlite3_errmsg(handle));
}

static bool open_file(sqlite3 **out, const char *path, int flags, struct err *err)
{
	if (sqlite3_open_v2(path, out, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) ==
	    SQLITE_OK)
		return true;
	failed(*out, path, err);
	sqlite3_close(*out);
	return false;
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, struct err *err)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");

	if (copy == NULL)
		return failed(to, "begin", err);
	int result = sqlite3_backup_step(copy, -1); /* all at once: one transaction */
	sqlite3_backup_finish(copy);
	if (result != SQLITE_DONE)
		return failed(to, "copy", err);
	return sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK ||
	       failed(to, "close the log", err);
}

/* The file, and its name in the folder. */
static bool sync_path(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok || err_set(err, ERR_UNAVAILABLE, "db.backup_failed", "sync|%s", path);
}

static struct str folder_of(struct str path)
{
	size_t end = path.len;

	while (end > 0 && path.ptr[end - 1] != '/')
		end--;
	return end == 0 ? STR(".") : str_slice(path, 0, end);
}

bool backup_write(struct db *db, struct arena *a, struct str path, struct err *err)
{
	const char *name = str_to_c(a, path);
	sqlite3 *to = NULL;

	if (db->engine != DB_SQLITE)
		return err_set(err, ERR_INVALID, "db.backup_engine", " ");
	if (file_exists(a, path))
		return err_set(err, ERR_CONFLICT, "db.backup_exists", STR_FMT, STR_ARG(path));
	if (!open_file(&to, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err))
		return false;
	bool ok = copy_pages(sqlite_handle(db), to, err);
	ok = sqlite3_close(to) == SQLITE_OK && ok && sync_path(name, err) &&
	     sync_path(str_to_c(a, folder_of(path)), err);
	if (!ok)
		unlink(name);
	return ok;
}

/* Runs a check whose every row but "ok" is a complaint. */
static bool check_rows(sqlite3 *handle, const char *sql, struct err *err)
{
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(handle, sql, -1, &st, NULL) == SQLITE_OK;
	int result = SQLITE_DONE;

	while (ok) {
		result = sqlite3_step(st);
		if (result != SQLITE_ROW)
			break;
		const char *text = (const char *)sqlite3_column_text(st, 0);
		ok = text != NULL && strcmp(text, "ok") == 0;
	}
	ok = ok && result == SQLITE_DONE;
	sqlite3_finalize(st);
	return ok || err_set(err, ERR_INVALID, "db.backup_unsound", "%s",
			     sqlite3_db_filename(handle, "main"));
}

bool backup_check(struct arena *a, struct str path, struct err *err)
{
	sqlite3 *handle = NULL;

	if (!open_file(&handle, str_to_c(a, path), SQLITE_OPEN_READONLY, err))
		return false;
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	bool ok = check_rows(handle, "PRAGMA quick_check", err) &&
		  check_rows(handle, "PRAGMA foreign_key_check", err);
	sqlite3_close(handle);
	return ok;
}
