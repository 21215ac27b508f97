/*
 * gathered.c - the pages that a long transaction writes to a file of SQLite, one at a time, go to
 * the file in long stretches: a call for each page costs three times as much.
 *
 * While it lasts, our methods stand in place of the file's own, in the field that SQLite has for
 * them. Pages are kept by blocks. A block goes to the file when it is full, when its room is
 * needed, and before the file is synchronised or cut; until then it is read from here.
 */
#include "db/engine.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

enum { BLOCKS = 32, UNIT = 4096, UNITS = 16, BLOCK = UNITS * UNIT, FULL = (1 << UNITS) - 1 };

/* here: a bit for each unit of it that is not in the file yet; none: the room is free. */
struct block { sqlite3_int64 at; unsigned here; uint64_t used; unsigned char *bytes; };

struct gathered {
	sqlite3_io_methods methods; /* the first member: the file points to it */
	const sqlite3_io_methods *own;
	sqlite3_file *file;
	sqlite3_int64 size; /* of the file when it began */
	struct block blocks[BLOCKS];
	uint64_t uses;
};

static struct gathered *gathered_of(const sqlite3_file *file)
{
	return (struct gathered *)(uintptr_t)(const void *)file->pMethods;
}

/* The units of its block that a stretch touches. */
static unsigned units_of(sqlite3_int64 at, sqlite3_int64 bytes)
{
	sqlite3_int64 first = at % BLOCK / UNIT, last = (at + bytes - 1) % BLOCK / UNIT;

	assert(bytes > 0 && at / BLOCK == (at + bytes - 1) / BLOCK);
	return (2U << last) - (1U << first);
}

static bool whole_units(sqlite3_int64 at, sqlite3_int64 bytes)
{
	return at % UNIT == 0 && bytes % UNIT == 0;
}

static bool in_one_block(sqlite3_int64 at, sqlite3_int64 bytes)
{
	return bytes > 0 && at / BLOCK == (at + bytes - 1) / BLOCK;
}

/* ---- blocks into the file */

static int put_out(struct gathered *g, struct block *b)
{
	int result = SQLITE_OK, end;

	for (int i = 0; i < UNITS && result == SQLITE_OK; i = end) {
		for (end = i; end < UNITS && (b->here >> end & 1) != 0;)
			end++;
		if (end > i)
			result = g->own->xWrite(g->file, b->bytes + (size_t)i * UNIT,
						(end - i) * UNIT, b->at + (sqlite3_int64)i * UNIT);
		else
			end++;
	}
	if (result == SQLITE_OK)
		b->here = 0;
	return result;
}

static int put_out_all(struct gathered *g)
{
	int result = SQLITE_OK;

	for (size_t i = 0; i < BLOCKS && result == SQLITE_OK; i++)
		result = put_out(g, &g->blocks[i]);
	return result;
}

static struct block *find(struct gathered *g, sqlite3_int64 at)
{
	for (size_t i = 0; i < BLOCKS; i++)
		if (g->blocks[i].here != 0 && g->blocks[i].at == at / BLOCK * BLOCK)
			return &g->blocks[i];
	return NULL;
}

/* The room of the block, if need be that of the one which was not written to for longest. */
static int make_room(struct gathered *g, sqlite3_int64 at, struct block **out)
{
	struct block *b = find(g, at);
	int result = SQLITE_OK;

	if (b == NULL) {
		b = &g->blocks[0];
		for (size_t i = 1; i < BLOCKS && b->here != 0; i++)
			if (g->blocks[i].here == 0 || g->blocks[i].used < b->used)
				b = &g->blocks[i];
		result = put_out(g, b);
	}
	if (result == SQLITE_OK)
		b->at = at / BLOCK * BLOCK;
	*out = b;
	return result;
}

/* ---- the methods that differ from the file's own */

static int write_some(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
	struct gathered *g = gathered_of(file);
	struct block *b;
	int result;

	if (!whole_units(at, count) || !in_one_block(at, count)) {
		result = put_out_all(g);
		return result != SQLITE_OK ? result : g->own->xWrite(file, bytes, count, at);
	}
	result = make_room(g, at, &b);
	if (result != SQLITE_OK)
		return result;
	memcpy(b->bytes + at % BLOCK, bytes, (size_t)count);
	b->here |= units_of(at, count);
	b->used = ++g->uses;
	return b->here == FULL ? put_out(g, b) : SQLITE_OK;
}

static int read_some(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
	struct gathered *g = gathered_of(file);
	int result = SQLITE_OK;

	if (!in_one_block(at, count)) {
		result = put_out_all(g);
		return result != SQLITE_OK ? result : g->own->xRead(file, bytes, count, at);
	}
	struct block *b = find(g, at);
	unsigned asked = units_of(at, count);
	if (b != NULL && (b->here & asked) == asked) {
		memcpy(bytes, b->bytes + at % BLOCK, (size_t)count);
		return SQLITE_OK;
	}
	if (b != NULL && (b->here & asked) != 0)
		result = put_out(g, b);
	return result != SQLITE_OK ? result : g->own->xRead(file, bytes, count, at);
}

static int synchronise(sqlite3_file *file, int flags)
{
	struct gathered *g = gathered_of(file);
	int result = put_out_all(g);

	return result != SQLITE_OK ? result : g->own->xSync(file, flags);
}

/* What is cut off need not be written first: the disk may be full. */
static int cut(sqlite3_file *file, sqlite3_int64 size)
{
	struct gathered *g = gathered_of(file);

	for (size_t i = 0; i < BLOCKS; i++)
		if (g->blocks[i].at >= size)
			g->blocks[i].here = 0;
		else if (g->blocks[i].at + BLOCK > size)
			g->blocks[i].here &= units_of(g->blocks[i].at, size - g->blocks[i].at);
	int result = put_out_all(g);
	return result != SQLITE_OK ? result : g->own->xTruncate(file, size);
}

static int measure(sqlite3_file *file, sqlite3_int64 *size)
{
	struct gathered *g = gathered_of(file);
	int result = g->own->xFileSize(file, size);

	for (size_t i = 0; result == SQLITE_OK && i < BLOCKS; i++)
		for (int u = 0; u < UNITS; u++) {
			sqlite3_int64 end = g->blocks[i].at + (sqlite3_int64)(u + 1) * UNIT;
			if ((g->blocks[i].here >> u & 1) != 0 && end > *size)
				*size = end;
		}
	return result;
}

static int close_file(sqlite3_file *file)
{
	file->pMethods = gathered_of(file)->own; /* what is here was never committed */
	return file->pMethods->xClose(file);
}

/* ---- */

static struct gathered *gathered_new(struct arena *a, sqlite3_file *file)
{
	struct gathered *g = ARENA_NEW(a, struct gathered);
	unsigned char *bytes = arena_alloc(a, (size_t)BLOCKS * BLOCK);

	for (size_t i = 0; i < BLOCKS; i++)
		g->blocks[i].bytes = bytes + i * BLOCK;
	g->file = file;
	return g;
}

void gather_begin(struct db *db, struct gathered **kept)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(sqlite_handle(db), "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
		    SQLITE_OK ||
	    file->pMethods == NULL)
		return;
	if (*kept == NULL)
		*kept = gathered_new(db->arena, file);
	struct gathered *g = *kept;
	assert(g->file == file && file->pMethods != &g->methods);
	g->own = file->pMethods;
	if (g->own->xFileSize(file, &g->size) != SQLITE_OK)
		return;
	g->methods = *g->own;
	g->methods.xClose = close_file;
	g->methods.xRead = read_some;
	g->methods.xWrite = write_some;
	g->methods.xTruncate = cut;
	g->methods.xSync = synchronise;
	g->methods.xFileSize = measure;
	file->pMethods = &g->methods;
}

bool gather_end(struct gathered *g)
{
	if (g == NULL || g->file->pMethods != &g->methods)
		return true;
	int result = put_out_all(g);
	g->file->pMethods = g->own;
	return result == SQLITE_OK;
}

bool gather_drop(struct gathered *g)
{
	if (g == NULL || g->file->pMethods != &g->methods)
		return true;
	for (size_t i = 0; i < BLOCKS; i++)
		g->blocks[i].here = 0;
	g->file->pMethods = g->own;
	return g->own->xTruncate(g->file, g->size) == SQLITE_OK;
}
