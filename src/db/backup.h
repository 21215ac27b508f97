/*
 * backup.h - a consistent copy of a SQLite site while it is in use.
 *
 * Never a copy of the file: a database in WAL mode is more than its file.
 */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/db.h"

/*
 * Copies the site `db` reads to a new file, synced before it returns.
 * ERR_INVALID "db.backup_engine" for PostgreSQL (use pg_dump), ERR_CONFLICT
 * "db.backup_exists" if there is a file of that name.
 */
NODISCARD bool backup_write(struct db *db, struct arena *a, struct str path, struct err *err);
/* Whether the file is a sound SQLite database (quick_check, foreign keys). */
NODISCARD bool backup_check(struct arena *a, struct str path, struct err *err);
#endif
