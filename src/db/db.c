/* db.c - what is the same for both engines. */
#include "db/engine.h"

#include "base/log.h"

#include <assert.h>
#include <string.h>

enum { SLOTS_AT_FIRST = 256 };

bool db_open(struct db **out, struct str where, enum db_access access, struct err *err)
{
	if (str_starts(where, STR("postgresql:")))
		return postgres_open(out, where, access, err);
	str_take_str(&where, STR("sqlite:"));
	return sqlite_open(out, where, access, err);
}

struct db *db_new(const struct db_ops *ops, enum db_engine engine, enum db_access access,
		  size_t size)
{
	struct arena *arena = arena_open(DB_ARENA_BYTES);
	struct db *db = arena_alloc(arena, size);

	db->ops = ops;
	db->arena = arena;
	db->engine = engine;
	db->access = access;
	db->slots_count = SLOTS_AT_FIRST;
	db->slots = ARENA_ARRAY(arena, db->slots_count, struct db_stmt *);
	return db;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	db->ops->close(db);
	arena_close(db->arena);
}

enum db_engine db_engine(const struct db *db)
{
	return db->engine;
}

enum db_access db_access(const struct db *db)
{
	return db->access;
}

void db_fault_after(struct db *db, int64_t calls)
{
	db->fault = calls;
}

bool db_fault_hits(struct db *db, struct err *err)
{
	if (db->fault == 0 || --db->fault > 0)
		return false;
	err_set(err, ERR_UNAVAILABLE, "db.failed", "injected");
	return true;
}

/* ---- the table of prepared statements */

static struct db_stmt **slot_of(struct db_stmt **slots, size_t count, const struct db_stmt_def *def)
{
	size_t i = ((uintptr_t)def >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 32;

	for (;; i++) {
		struct db_stmt **slot = &slots[i & (count - 1)];
		if (*slot == NULL || (*slot)->def == def)
			return slot;
	}
}

static void grow_slots(struct db *db)
{
	size_t count = db->slots_count * 2;
	struct db_stmt **slots = ARENA_ARRAY(db->arena, count, struct db_stmt *);

	for (size_t i = 0; i < db->slots_count; i++)
		if (db->slots[i] != NULL)
			*slot_of(slots, count, db->slots[i]->def) = db->slots[i];
	db->slots = slots;
	db->slots_count = count;
}

struct db_stmt *db_stmt_new(struct db *db, const struct db_stmt_def *def, size_t size)
{
	struct db_stmt *st = arena_alloc(db->arena, size);

	st->db = db;
	st->def = def;
	if (strchr(def->param_types, 'd') != NULL)
		st->dates = arena_array(db->arena, (size_t)def->params, DB_DATE_TEXT);
	return st;
}

static bool text_for_engine(const struct db *db, const struct db_stmt_def *def, struct err *err)
{
	const char *sql = db->engine == DB_SQLITE ? def->sqlite : def->postgres;

	if (sql != NULL)
		return true;
	return err_set(err, ERR_INTERNAL, "db.bad_statement", "%s|is not for this engine",
		       def->name);
}

static bool prepare(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
		    struct err *err)
{
	if (!text_for_engine(db, def, err) || !db->ops->prepare(db, def, out, err))
		return false;
	if (2 * ++db->slots_used > db->slots_count)
		grow_slots(db);
	return true;
}

/* A closed copy of the statement, prepared if there is none. */
static bool find(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
		 struct err *err)
{
	struct db_stmt *first = *slot_of(db->slots, db->slots_count, def);
	struct db_stmt *st = first;

	while (st != NULL && st->open)
		st = st->twin;
	if (st == NULL) {
		if (!prepare(db, def, &st, err))
			return false;
		if (first != NULL) {
			st->twin = first->twin;
			first->twin = st;
		} else {
			*slot_of(db->slots, db->slots_count, def) = st;
		}
	}
	*out = st;
	return true;
}

static bool may_write(struct db *db, const struct db_stmt_def *def, struct err *err)
{
	if (db->access == DB_READ)
		return err_set(err, ERR_INTERNAL, "db.read_only", "%s", def->name);
	if (db->tx != DB_TX_WRITE && !db->loose)
		return err_set(err, ERR_INTERNAL, "db.no_transaction", "%s", def->name);
	return true;
}

bool db_stmt_get(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
		 struct err *err)
{
	struct db_stmt *st = NULL;

	bool ok = (!def->writes || may_write(db, def, err)) && find(db, def, &st, err) &&
		  (db->ops->ready == NULL || db->ops->ready(db, st, err));
	if (!ok) {
		db->tx_failed = db->tx != DB_TX_NONE;
		return false;
	}
	st->open = true;
	db->open++;
	db->used++;
	*out = st;
	return true;
}

void db_stmt_reset(struct db_stmt *st)
{
	assert(st->open);
	st->db->ops->reset(st);
	st->open = false;
	st->db->open--;
}

void db_close_left_open(struct db *db)
{
	for (size_t i = 0; db->open > 0 && i < db->slots_count; i++) {
		for (struct db_stmt *st = db->slots[i]; st != NULL; st = st->twin) {
			if (!st->open)
				continue;
			log_write(LOG_ERROR, "db_statement_left_open", "%s", st->def->name);
			db_stmt_reset(st);
			db->left_open++;
		}
	}
}

/* ---- parameters */

void db_bind_int(struct db_stmt *st, int index, int64_t v)
{
	assert(index >= 0 && index < st->def->params);
	st->db->ops->bind_int(st, index, v);
}

void db_bind_text(struct db_stmt *st, int index, struct str v)
{
	assert(index >= 0 && index < st->def->params);
	st->db->ops->bind_bytes(st, index, v, DB_VALUE_TEXT);
}

void db_bind_blob(struct db_stmt *st, int index, struct str v)
{
	assert(index >= 0 && index < st->def->params);
	st->db->ops->bind_bytes(st, index, v, DB_VALUE_BLOB);
}

void db_bind_date(struct db_stmt *st, int index, struct date v)
{
	assert(st->dates != NULL && index < st->def->params);
	assert(date_year(v) >= DATE_YEAR_MIN && date_year(v) <= DATE_YEAR_MAX);
	date_put_iso(v, st->dates[index]);
	db_bind_text(st, index, (struct str){ st->dates[index], DATE_ISO_BYTES });
}

void db_bind_real(struct db_stmt *st, int index, double v)
{
	assert(index >= 0 && index < st->def->params);
	st->db->ops->bind_real(st, index, v);
}

void db_bind_null(struct db_stmt *st, int index)
{
	assert(index >= 0 && index < st->def->params);
	st->db->ops->bind_null(st, index);
}

void db_bind_opt_int(struct db_stmt *st, int index, struct opt_int v)
{
	if (v.known)
		db_bind_int(st, index, v.v);
	else
		db_bind_null(st, index);
}

void db_bind_opt_text(struct db_stmt *st, int index, struct opt_str v)
{
	if (v.known)
		db_bind_text(st, index, v.v);
	else
		db_bind_null(st, index);
}

void db_bind_opt_blob(struct db_stmt *st, int index, struct opt_str v)
{
	if (v.known)
		db_bind_blob(st, index, v.v);
	else
		db_bind_null(st, index);
}

void db_bind_opt_date(struct db_stmt *st, int index, struct opt_date v)
{
	if (v.known)
		db_bind_date(st, index, v.v);
	else
		db_bind_null(st, index);
}

/* ---- many rows, and a site for oneself */

void db_offer(struct db *db, const struct db_cell *cells, size_t columns, size_t rows)
{
	const struct db_offered offered = { cells, columns, rows };

	assert(db->ops->offer != NULL && columns <= DB_OFFERED_COLUMNS);
	db->ops->offer(db, &offered);
}

bool db_alone_begin(struct db *db)
{
	assert(db->access == DB_WRITE && db->tx == DB_TX_NONE);
	return db->ops->alone_begin != NULL && db->ops->alone_begin(db);
}

void db_alone_end(struct db *db)
{
	assert(db->tx == DB_TX_NONE);
	db->ops->alone_end(db);
}

void db_rest(struct db *db)
{
	assert(db->open == 0 && db->tx == DB_TX_NONE);
	if (db->ops->rest != NULL)
		db->ops->rest(db);
}

/* ---- rows */

static bool type_fits(enum db_value value, char letter)
{
	switch (letter) {
	case 'i': case 's': case 'l':
		return value == DB_VALUE_INT;
	case 't': case 'd':
		return value == DB_VALUE_TEXT;
	case 'b':
		return value == DB_VALUE_BLOB;
	default:
		return value == DB_VALUE_REAL || value == DB_VALUE_INT;
	}
}

/* A wrong figure is worse than none: nothing is converted, and NULL is no 0. */
static bool check_row(struct db_stmt *st, struct err *err)
{
	const struct db_stmt_def *def = st->def;

	for (int i = 0; i < def->columns; i++) {
		enum db_value value = st->db->ops->type(st, i);

		if (value == DB_VALUE_NULL ? (def->required >> i & 1) != 0
					   : !type_fits(value, def->column_types[i]))
			return err_set(err, ERR_INTERNAL, "db.bad_column", "%s|column %d|type %d",
				       def->name, i + 1, (int)value);
	}
	return true;
}

bool db_step(struct db_stmt *st, bool *row, struct err *err)
{
	struct db *db = st->db;

	assert(st->open);
	*row = false;
	if (db->tx != DB_TX_NONE && db->tx_failed)
		return err_set(err, ERR_INTERNAL, "db.tx_failed", "%s", st->def->name);
	bool ok = !db_fault_hits(db, err) && db->ops->step(st, row, err) &&
		  (!*row || check_row(st, err));
	if (!ok) {
		*row = false;
		db->tx_failed = db->tx != DB_TX_NONE;
	}
	return ok;
}

bool db_is_null(struct db_stmt *st, int column)
{
	return st->db->ops->type(st, column) == DB_VALUE_NULL;
}

int64_t db_int(struct db_stmt *st, int column)
{
	return db_is_null(st, column) ? 0 : st->db->ops->get_int(st, column);
}

double db_real(struct db_stmt *st, int column)
{
	return db_is_null(st, column) ? 0 : st->db->ops->get_real(st, column);
}

struct str db_text(struct db_stmt *st, int column)
{
	return db_is_null(st, column) ? STR_NONE : st->db->ops->get_bytes(st, column);
}

struct str db_blob(struct db_stmt *st, int column)
{
	return db_text(st, column);
}

bool db_date(struct db_stmt *st, int column, struct date *out, struct err *err)
{
	struct str text = db_text(st, column);

	if (date_parse(text, out))
		return true;
	return err_set(err, ERR_INTERNAL, "db.bad_date", "%s|column %d", st->def->name, column + 1);
}

struct str db_keep_text(struct db_stmt *st, int column, struct arena *keep)
{
	struct str text = db_text(st, column);

	return keep != NULL ? str_copy(keep, text) : text;
}

struct str db_keep_blob(struct db_stmt *st, int column, struct arena *keep)
{
	return db_keep_text(st, column, keep);
}

struct opt_int db_opt_int(struct db_stmt *st, int column)
{
	if (db_is_null(st, column))
		return (struct opt_int){ 0 };
	return (struct opt_int){ true, db_int(st, column) };
}

struct opt_str db_opt_text(struct db_stmt *st, int column, struct arena *keep)
{
	if (db_is_null(st, column))
		return (struct opt_str){ .v = STR_NONE };
	return (struct opt_str){ true, db_keep_text(st, column, keep) };
}

struct opt_str db_opt_blob(struct db_stmt *st, int column, struct arena *keep)
{
	return db_opt_text(st, column, keep);
}

bool db_opt_date(struct db_stmt *st, int column, struct opt_date *out, struct err *err)
{
	struct opt_date d = { .known = !db_is_null(st, column) };

	if (d.known && !db_date(st, column, &d.v, err))
		return false;
	*out = d;
	return true;
}

int64_t db_changes(struct db_stmt *st)
{
	return st->db->ops->changes(st);
}

bool db_last_row(struct db_stmt *st, struct err *err)
{
	bool more;

	if (!db_step(st, &more, err))
		return false;
	if (!more)
		return true;
	st->db->tx_failed = st->db->tx != DB_TX_NONE;
	return err_set(err, ERR_INTERNAL, "db.more_than_one_row", "%s", st->def->name);
}

bool db_too_many_rows(const struct db_stmt *st, size_t max, struct err *err)
{
	(void)st;
	return err_set(err, ERR_LIMIT, "db.too_many_rows", "%zu", max);
}

void *db_grow(struct arena *a, void *list, size_t n, size_t *cap, size_t element)
{
	if (n < *cap)
		return list;
	size_t bigger = *cap == 0 ? 16 : *cap * 2;
	void *moved = arena_array(a, bigger, element);
	if (n > 0)
		memcpy(moved, list, n * element);
	*cap = bigger;
	return moved;
}
