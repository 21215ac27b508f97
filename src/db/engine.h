/*
 * engine.h - what sqlite.c and postgres.c have in common; private to src/db.
 *
 * db.c keeps the rules (who may write, what a failed transaction means, which
 * columns may be NULL, injected faults) and asks an engine only for what it
 * alone can do.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/migrate.h"

enum db_tx_state { DB_TX_NONE, DB_TX_WRITE, DB_TX_SNAPSHOT };
enum db_value { DB_VALUE_NULL, DB_VALUE_INT, DB_VALUE_REAL, DB_VALUE_TEXT, DB_VALUE_BLOB };

enum { DB_DATE_TEXT = 11, DB_ARENA_BYTES = 256 * 1024 * 1024, DB_MESSAGE_MAX = 400 };

struct db_offered { const struct db_cell *cells; size_t columns, rows; };

struct db_ops {
	/* Allocates from db->arena and fills st's engine part; the common part is db.c's. */
	bool (*prepare)(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
			struct err *err);
	/* Before a statement is used: reconnects and prepares again if need be. NULL: never. */
	bool (*ready)(struct db *db, struct db_stmt *st, struct err *err);
	void (*bind_int)(struct db_stmt *st, int index, int64_t v);
	void (*bind_real)(struct db_stmt *st, int index, double v);
	void (*bind_bytes)(struct db_stmt *st, int index, struct str v, enum db_value kind);
	void (*bind_null)(struct db_stmt *st, int index);
	bool (*step)(struct db_stmt *st, bool *row, struct err *err);
	void (*reset)(struct db_stmt *st);
	enum db_value (*type)(struct db_stmt *st, int column);
	int64_t (*get_int)(struct db_stmt *st, int column);
	double (*get_real)(struct db_stmt *st, int column);
	struct str (*get_bytes)(struct db_stmt *st, int column);
	int64_t (*changes)(struct db_stmt *st);
	/* Text of this folder's own and of migrations; several statements. */
	bool (*exec)(struct db *db, const char *sql, struct err *err);
	/*
	 * A figure that grows with every row changed, and whether a transaction is open: so the
	 * writer knows that a failed job has left nothing behind. SQLite's writer alone asks.
	 */
	int64_t (*total_changes)(struct db *db);
	bool (*in_transaction)(struct db *db);
	/* Moves committed pages into the database file when there are many; NULL: not needed. */
	void (*checkpoint)(struct db *db, bool idle);
	/* See db.h; NULL: not of this engine. */
	void (*offer)(struct db *db, const struct db_offered *rows);
	void (*rest)(struct db *db);
	bool (*alone_begin)(struct db *db);
	void (*alone_end)(struct db *db);
	void (*close)(struct db *db);
	const char *begin_write, *begin_snapshot;
};

struct db {
	const struct db_ops *ops;
	struct arena *arena; /* lives as long as the connection; holds this struct too */
	enum db_engine engine;
	enum db_access access;
	enum db_tx_state tx;
	bool tx_failed; /* a statement of this transaction failed */
	bool loose;	/* tests may write outside a transaction */
	int64_t fault;
	int64_t used;	     /* how many statements were begun: tests count them */
	int open, left_open; /* statements in use; statements that somebody forgot to reset */
	struct db_stmt **slots; /* by address of the definition; a power of two */
	size_t slots_count, slots_used;
};

struct db_stmt {
	struct db *db;
	const struct db_stmt_def *def;
	struct db_stmt *twin; /* a further copy of the same statement */
	bool open;
	char (*dates)[DB_DATE_TEXT]; /* for bind_date, one for each parameter */
};

/* The part of a db that db.c owns. size: that of the engine's struct, which begins with it. */
struct db *db_new(const struct db_ops *ops, enum db_engine engine, enum db_access access,
		  size_t size);
/* A statement of the engine's size, which begins with struct db_stmt. */
struct db_stmt *db_stmt_new(struct db *db, const struct db_stmt_def *def, size_t size);

NODISCARD bool sqlite_open(struct db **out, struct str path, enum db_access access,
			   struct err *err);
NODISCARD bool postgres_open(struct db **out, struct str where, enum db_access access,
			     struct err *err);

/* For backup.c. */
struct sqlite3 *sqlite_handle(struct db *db);

/* offered.c: the table `offered` of a connection; *rows is looked at anew by each statement. */
NODISCARD bool offered_table(struct sqlite3 *handle, const struct db_offered *rows);

/* alone.c: the file of a connection is written out by a thread while a transaction fills it. */
struct flusher;
struct flusher *flusher_start(struct db *db); /* NULL: not now, which harms nobody */
bool flusher_stop(struct flusher *f); /* false: something may not have been written */

/*
 * gathered.c: what a transaction writes to the file goes there in long stretches. *kept is the
 * connection's, NULL at first. After the flusher has started, which asks the file itself.
 */
struct gathered;
void gather_begin(struct db *db, struct gathered **kept);
bool gather_end(struct gathered *g); /* false: something could not be written */
/* Instead, of a transaction that its journal is to undo: the file is cut to what it was. */
bool gather_drop(struct gathered *g);

/* ---- tx.c: the steps of db_tx, for the writer's batches */

NODISCARD bool tx_begin(struct db *db, struct err *err);
NODISCARD bool tx_commit(struct db *db, struct err *err);
void tx_rollback(struct db *db);
/* A job of a batch has failed and left nothing: the transaction goes on for the others. */
void tx_forgive(struct db *db);
/* One job inside a batch: undone alone. */
NODISCARD bool tx_savepoint(struct db *db, struct err *err);
NODISCARD bool tx_release(struct db *db, struct err *err);
/* false: the transaction itself is gone. */
NODISCARD bool tx_undo(struct db *db, struct err *err);
/* Runs fn and turns a statement's failure that fn overlooked into its own. */
NODISCARD bool tx_call(struct db *db, db_tx_fn *fn, void *arg, struct err *err);
void tx_pause(int attempt); /* grows with the attempt, with jitter */
/* true, and err set, if this call is the one to fail. */
bool db_fault_hits(struct db *db, struct err *err);
/* Resets statements that were left open and logs them: they would stop checkpoints. */
void db_close_left_open(struct db *db);

/* migrate_up with another list than the program's. */
NODISCARD bool migrate_list(struct db *db, const struct migration *list, size_t count, int *applied,
			    struct err *err);
#endif
