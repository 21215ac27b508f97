/*
 * testdb_kept.h - migrated sites for testdb.c, made once and used again; private to it.
 *
 * SQLite: the process of a test file migrates once, keeps the bytes and writes them out for
 * every site. PostgreSQL: beside a server of tests/postgres.sh a site that a test gives back is
 * emptied and given out again, to other processes too (tests/postgres.sql). A server of somebody
 * else is left as it was found: there every site is migrated, and dropped at the end.
 */
#ifndef DB_TESTDB_KEPT_H
#define DB_TESTDB_KEPT_H

#include "base/test.h"
#include "db/engine.h"

/* Writes a migrated file, where there is none yet. */
NODISCARD bool kept_file(struct test *t, struct str path, struct err *err);

/*
 * *schema is an empty migrated site, or, with *made false, a name for one that is to be migrated
 * and then told to kept_schema_made. server: GONGKAI_TEST_POSTGRES.
 */
NODISCARD bool kept_schema(struct test *t, struct str server, struct str *schema, bool *made,
			   struct err *err);
NODISCARD bool kept_schema_made(struct test *t, struct str schema, struct err *err);
/* *kept false: nobody will have it again, drop it. */
NODISCARD bool kept_schema_back(struct test *t, struct str schema, bool *kept, struct err *err);
#endif
