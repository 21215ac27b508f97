/*
 * db.h - one interface to SQLite and PostgreSQL.
 *
 * Nothing above this folder contains SQL text: statements stand in .sql files
 * beside the domain that owns them and tools/sqlc turns each into a typed C
 * call (docs/tour.md, "How to add a statement"). Those calls are the users of
 * the db_stmt_* half of this header; domains use the calls.
 *
 * A struct db is one connection and belongs to one thread at a time. Opened for
 * reading it cannot write. Writing happens only inside db_tx, or inside a job of
 * the writer (db/writer.h).
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/date.h"
#include "base/err.h"

struct db;
enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_access { DB_READ, DB_WRITE };

/*
 * where: "sqlite:PATH" (a bare path means the same) or a libpq connection text
 * beginning "postgresql:". A PostgreSQL site may name its schema in ?schema=….
 * ERR_UNAVAILABLE "db.cannot_open".
 */
NODISCARD bool db_open(struct db **out, struct str where, enum db_access access, struct err *err);
void db_close(struct db *db); /* NULL is allowed */
enum db_engine db_engine(const struct db *db);
enum db_access db_access(const struct db *db);

/* ---- transactions */

/*
 * Runs fn inside BEGIN (IMMEDIATE) .. COMMIT. false from fn rolls back. A
 * serialisation failure or a lock runs fn again, at most LIMIT_TX_RETRIES
 * times: fn writes only the database and its own result. Not nested. After
 * ERR_UNAVAILABLE "db.lost" nobody knows whether the commit was done: what is
 * sent again must be recognised by its own key.
 */
typedef bool db_tx_fn(struct db *db, void *arg, struct err *err);
NODISCARD bool db_tx(struct db *db, db_tx_fn *fn, void *arg, struct err *err);

/* A reading transaction: every statement until db_snapshot_end sees one state. */
NODISCARD bool db_snapshot_begin(struct db *db, struct err *err);
void db_snapshot_end(struct db *db);

/* ---- statements, for generated code */

enum db_mode { DB_ONE, DB_MANY, DB_EXEC };

/* One statement of a .sql file. Constant, generated; its address is its identity. */
struct db_stmt_def {
	const char *name;	    /* request_by_ref */
	const char *file;	    /* src/request/request.sql:12 */
	const char *sqlite, *postgres; /* the text for each engine; NULL: only for the other */
	enum db_mode mode;
	int params;
	/* One letter each: i int, t text, b blob, d date, s instant, l bool, r real. */
	const char *param_types;
	int columns;
	const char *column_types;
	uint64_t required;	 /* bit n: column n may not be NULL */
	const char *scan_reason; /* the "-- scan: why" of the author, or NULL */
	bool writes;
};

struct db_stmt; /* a prepared statement of one connection, kept until db_close */

/*
 * A statement that is still open (a cursor) is given out a second time as a
 * further prepared copy, so lists may be nested. Reconnects if the connection
 * was lost and no transaction is open.
 */
NODISCARD bool db_stmt_get(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
			   struct err *err);
/* index counts from 0. Text and blobs are not copied: they must live until db_stmt_reset. */
void db_bind_int(struct db_stmt *st, int index, int64_t v);
void db_bind_text(struct db_stmt *st, int index, struct str v);
void db_bind_blob(struct db_stmt *st, int index, struct str v);
void db_bind_date(struct db_stmt *st, int index, struct date v); /* stored as ISO text */
void db_bind_real(struct db_stmt *st, int index, double v);
void db_bind_null(struct db_stmt *st, int index);
void db_bind_opt_int(struct db_stmt *st, int index, struct opt_int v);
void db_bind_opt_text(struct db_stmt *st, int index, struct opt_str v);
void db_bind_opt_blob(struct db_stmt *st, int index, struct opt_str v);
void db_bind_opt_date(struct db_stmt *st, int index, struct opt_date v);
/*
 * Advances to a row (*row true) or to the end (*row false). A NULL or a type
 * that "-- out" does not allow is ERR_INTERNAL. After a statement of a
 * transaction has failed, so does every later one, as in PostgreSQL: what may
 * be there already is asked with ON CONFLICT, not by trying.
 */
NODISCARD bool db_step(struct db_stmt *st, bool *row, struct err *err);
bool db_is_null(struct db_stmt *st, int column);
int64_t db_int(struct db_stmt *st, int column); /* also bool and instant */
double db_real(struct db_stmt *st, int column);
/* A view, until the next db_step or db_stmt_reset. */
struct str db_text(struct db_stmt *st, int column);
struct str db_blob(struct db_stmt *st, int column);
/* Copied into keep; with keep NULL a view like db_text. */
struct str db_keep_text(struct db_stmt *st, int column, struct arena *keep);
struct str db_keep_blob(struct db_stmt *st, int column, struct arena *keep);
struct opt_int db_opt_int(struct db_stmt *st, int column);
struct opt_str db_opt_text(struct db_stmt *st, int column, struct arena *keep);
struct opt_str db_opt_blob(struct db_stmt *st, int column, struct arena *keep);
NODISCARD bool db_opt_date(struct db_stmt *st, int column, struct opt_date *out, struct err *err);
/* ERR_INTERNAL "db.bad_date" if the stored text is no date. */
NODISCARD bool db_date(struct db_stmt *st, int column, struct date *out, struct err *err);
int64_t db_changes(struct db_stmt *st); /* rows the last :exec changed */
/* Runs a :one that writes to its end; a second row is ERR_INTERNAL "db.more_than_one_row". */
NODISCARD bool db_last_row(struct db_stmt *st, struct err *err);
/* Always false: ERR_LIMIT "db.too_many_rows". */
bool db_too_many_rows(const struct db_stmt *st, size_t max, struct err *err);
/* Room for element n of a list of *cap elements, moved and doubled when it is full. */
void *db_grow(struct arena *a, void *list, size_t n, size_t *cap, size_t element);
/* At once after use: a reader left open stops checkpoints. */
void db_stmt_reset(struct db_stmt *st);

/* ---- many rows by one statement, on SQLite alone */

enum db_cell_kind { DB_CELL_NULL, DB_CELL_INT, DB_CELL_TEXT, DB_CELL_BLOB };
struct db_cell { enum db_cell_kind kind; int64_t n; struct str s; };
enum { DB_OFFERED_COLUMNS = 32 };
/*
 * These rows, cell after cell, are the table `offered` with its columns c0, c1 … to the statements
 * that follow: INSERT INTO … SELECT c0, c1 … FROM offered. Cells and their texts must live until
 * the next call; rows 0 takes them away.
 */
void db_offer(struct db *db, const struct db_cell *cells, size_t columns, size_t rows);

/* ---- a site for oneself, on SQLite alone */

/*
 * For one long transaction of a process that has the site to itself: pages are written once, into
 * the file, with what they held before in a rollback journal, and not twice, through the log.
 * Whoever wants to read meanwhile waits. References are not checked: what is referred to has been
 * read in the same transaction; nor are the words and bounds of CHECK, which come from the
 * program's own lists (types and NOT NULL are). false when somebody reads already, or on
 * PostgreSQL: then nothing has changed. db_alone_end gives the log back, after the transaction.
 */
bool db_alone_begin(struct db *db);
void db_alone_end(struct db *db);

/*
 * Gives back the pages that a connection keeps: for one that will do nothing for a while. Not
 * while a statement is open.
 */
void db_rest(struct db *db);

/* Every statement of the program, in order of file and name; generated. */
extern const struct db_stmt_def *const db_all_statements[];
extern const size_t db_all_statements_count;

/* For the fault tests: the n-th db_step or commit from now on fails, once (0 turns it off). */
void db_fault_after(struct db *db, int64_t calls);
#endif
