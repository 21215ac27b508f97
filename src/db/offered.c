/*
 * offered.c - rows in memory as a table of SQLite.
 *
 * INSERT INTO … SELECT … FROM offered opens its cursors once for all the rows; a
 * statement for each row opens and seeks a cursor for every index of the table
 * anew, which costs as much as the row itself.
 */
#include "db/engine.h"

#include <sqlite3.h>

#define COLUMNS_DECLARED                                                                           \
	"CREATE TABLE offered (c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,c13,c14,c15,c16,c17,c18," \
	"c19,c20,c21,c22,c23,c24,c25,c26,c27,c28,c29,c30,c31)"

struct table { sqlite3_vtab base; const struct db_offered *rows; };
struct cursor { sqlite3_vtab_cursor base; size_t at; };

static const struct db_offered *rows_of(const struct cursor *c)
{
	return ((const struct table *)(const void *)c->base.pVtab)->rows;
}

static int connect(sqlite3 *handle, void *aux, int argc, const char *const *argv,
		   sqlite3_vtab **out, char **message)
{
	struct table *t = sqlite3_malloc64(sizeof *t);

	(void)argc;
	(void)argv;
	(void)message;
	if (t == NULL)
		return SQLITE_NOMEM;
	*t = (struct table){ .rows = aux };
	*out = &t->base;
	sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
	return sqlite3_declare_vtab(handle, COLUMNS_DECLARED);
}

static int disconnect(sqlite3_vtab *vtab)
{
	sqlite3_free(vtab);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
	(void)vtab;
	info->estimatedCost = 1000;
	info->estimatedRows = 1000;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out)
{
	struct cursor *c = sqlite3_malloc64(sizeof *c);

	(void)vtab;
	if (c == NULL)
		return SQLITE_NOMEM;
	*c = (struct cursor){ .at = 0 };
	*out = &c->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc,
		  sqlite3_value **argv)
{
	(void)number;
	(void)text;
	(void)argc;
	(void)argv;
	((struct cursor *)(void *)cursor)->at = 0;
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *cursor)
{
	((struct cursor *)(void *)cursor)->at++;
	return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *cursor)
{
	const struct cursor *c = (const struct cursor *)(void *)cursor;

	return c->at >= rows_of(c)->rows;
}

static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int i)
{
	const struct cursor *c = (const struct cursor *)(void *)cursor;
	const struct db_offered *o = rows_of(c);

	if (i < 0 || (size_t)i >= o->columns)
		return SQLITE_OK; /* NULL */
	const struct db_cell *cell = &o->cells[c->at * o->columns + (size_t)i];
	const char *bytes = cell->s.ptr != NULL ? cell->s.ptr : ""; /* NULL would be SQL's NULL */
	switch (cell->kind) {
	case DB_CELL_NULL:
		break;
	case DB_CELL_INT:
		sqlite3_result_int64(out, cell->n);
		break;
	case DB_CELL_TEXT:
		sqlite3_result_text64(out, bytes, cell->s.len, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case DB_CELL_BLOB:
		sqlite3_result_blob64(out, bytes, cell->s.len, SQLITE_STATIC);
		break;
	}
	return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((const struct cursor *)(void *)cursor)->at;
	return SQLITE_OK;
}

/* Without xCreate the table is there by its name and can be made under no other. */
static const sqlite3_module module = {
	.xConnect = connect,
	.xBestIndex = best_index,
	.xDisconnect = disconnect,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = filter,
	.xNext = next,
	.xEof = at_end,
	.xColumn = column,
	.xRowid = rowid,
};

bool offered_table(struct sqlite3 *handle, const struct db_offered *rows)
{
	return sqlite3_create_module_v2(handle, "offered", &module, (void *)(uintptr_t)rows,
					NULL) == SQLITE_OK;
}
