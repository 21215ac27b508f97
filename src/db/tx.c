/*
 * tx.c - transactions.
 *
 * The bound on retries is what makes a lock that never ends an error for one
 * person instead of a stop for all.
 */
#include "base/limits.h"
#include "base/rand.h"
#include "db/engine.h"

#include <assert.h>
#include <time.h>

bool tx_begin(struct db *db, struct err *err)
{
	assert(db->tx == DB_TX_NONE);
	if (db->access != DB_WRITE)
		return err_set(err, ERR_INTERNAL, "db.read_only", "begin");
	if (!db->ops->exec(db, db->ops->begin_write, err))
		return false;
	db->tx = DB_TX_WRITE;
	db->tx_failed = false;
	return true;
}

void tx_rollback(struct db *db)
{
	struct err ignored = { 0 }; /* a lost connection has rolled back by itself */

	db_close_left_open(db);
	if (!db->ops->exec(db, "ROLLBACK", &ignored))
		err_clear(&ignored);
	db->tx = DB_TX_NONE;
	db->tx_failed = false;
}

bool tx_commit(struct db *db, struct err *err)
{
	assert(db->tx == DB_TX_WRITE && !db->tx_failed);
	db_close_left_open(db);
	if (db_fault_hits(db, err) || !db->ops->exec(db, "COMMIT", err)) {
		tx_rollback(db);
		return false;
	}
	db->tx = DB_TX_NONE;
	return true;
}

void tx_forgive(struct db *db)
{
	db_close_left_open(db);
	db->tx_failed = false;
}

bool tx_savepoint(struct db *db, struct err *err)
{
	return db->ops->exec(db, "SAVEPOINT job", err);
}

bool tx_release(struct db *db, struct err *err)
{
	db_close_left_open(db);
	return db->ops->exec(db, "RELEASE job", err);
}

bool tx_undo(struct db *db, struct err *err)
{
	db_close_left_open(db);
	if (!db->ops->exec(db, "ROLLBACK TO job", err) || !db->ops->exec(db, "RELEASE job", err))
		return false;
	db->tx_failed = false;
	return true;
}

bool tx_call(struct db *db, db_tx_fn *fn, void *arg, struct err *err)
{
	if (!fn(db, arg, err)) {
		if (err->code == ERR_NONE)
			err_set(err, ERR_INTERNAL, "db.tx_failed", "it failed without saying why");
		return false;
	}
	if (db->tx_failed)
		return err_set(err, ERR_INTERNAL, "db.tx_failed",
			       "a statement's failure was overlooked");
	return err->code == ERR_NONE; /* "success" with an error set is none */
}

void tx_pause(int attempt)
{
	unsigned char byte;

	random_bytes(&byte, 1);
	/* 1, 2, 4, 8, 16 ms and up to as much again: who collided once shall not collide again. */
	long us = (1000L << attempt) * (256 + byte) / 256;
	nanosleep(&(struct timespec){ .tv_nsec = us * 1000 }, NULL);
}

static bool once(struct db *db, db_tx_fn *fn, void *arg, struct err *err)
{
	if (!tx_begin(db, err))
		return false;
	if (!tx_call(db, fn, arg, err)) {
		tx_rollback(db);
		return false;
	}
	return tx_commit(db, err);
}

bool db_tx(struct db *db, db_tx_fn *fn, void *arg, struct err *err)
{
	for (int attempt = 0; !once(db, fn, arg, err); attempt++) {
		if (err->code != ERR_BUSY || attempt == LIMIT_TX_RETRIES)
			return false;
		err_clear(err);
		tx_pause(attempt);
	}
	if (db->ops->checkpoint != NULL)
		db->ops->checkpoint(db, false);
	return true;
}

bool db_snapshot_begin(struct db *db, struct err *err)
{
	assert(db->tx == DB_TX_NONE);
	if (!db->ops->exec(db, db->ops->begin_snapshot, err))
		return false;
	db->tx = DB_TX_SNAPSHOT;
	db->tx_failed = false;
	return true;
}

void db_snapshot_end(struct db *db)
{
	assert(db->tx == DB_TX_SNAPSHOT);
	tx_rollback(db);
}
