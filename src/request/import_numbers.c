/*
 * import_numbers.c - which numbers a file has had.
 *
 * They stand one after the other in a run of bytes, each with its row, unit and length. A register
 * is kept in order: while each comes after the one before, none can be there twice. From the first
 * that does not, they are looked up in a table of hashes, so that a row costs the same.
 */
#include "base/limits.h"
#include "request/case.h"
#include "request/import_parts.h"

#include <assert.h>
#include <string.h>

enum {
	SLOTS = 1 << 20,
	HEAD = sizeof(uint32_t) + sizeof(int64_t) + sizeof(uint16_t),
	BYTES_MAX = 1 + LIMIT_IMPORT_BYTES + LIMIT_IMPORT_ROWS * HEAD,
};

struct slot { uint32_t tag, at; }; /* at 0: nothing */
struct entry { struct str number; int64_t unit; uint32_t row; };

struct import_numbers {
	struct arena *arena, *bytes_arena;
	struct buf bytes; /* in an arena of its own, so that it grows where it is */
	uint32_t last;	  /* where the last one stands, 0: none */
	struct slot *slots; /* NULL: all are in order so far */
};

struct import_numbers *import_numbers_open(void)
{
	const size_t table = SLOTS * sizeof(struct slot);
	struct arena *a = arena_open(sizeof(struct import_numbers) + table + KIB);
	struct import_numbers *n = ARENA_NEW(a, struct import_numbers);

	static_assert(SLOTS > 2 * LIMIT_IMPORT_ROWS, "the table stays half empty");
	n->arena = a;
	n->bytes_arena = arena_open(BYTES_MAX + 1);
	n->bytes = buf_open(n->bytes_arena, 1, BYTES_MAX);
	buf_add_char(&n->bytes, 0); /* so that nothing stands at 0 */
	return n;
}

void import_numbers_close(struct import_numbers *n)
{
	if (n == NULL)
		return;
	arena_close(n->bytes_arena);
	arena_close(n->arena);
}

static struct entry entry_at(const struct import_numbers *n, uint32_t at)
{
	const char *p = n->bytes.ptr + at;
	struct entry e;
	uint16_t len;

	memcpy(&e.row, p, sizeof e.row);
	memcpy(&e.unit, p + sizeof e.row, sizeof e.unit);
	memcpy(&len, p + sizeof e.row + sizeof e.unit, sizeof len);
	e.number = (struct str){ p + HEAD, len };
	return e;
}

/* ---- in order */

/* The shorter first: 2020-9 before 2020-10. */
static bool comes_after(const struct entry *e, const struct entry *before)
{
	int way;

	if (e->number.len != before->number.len)
		return e->number.len > before->number.len;
	way = memcmp(e->number.ptr, before->number.ptr, e->number.len);
	return way > 0 || (way == 0 && e->unit > before->unit);
}

/* ---- by hash */

static uint64_t hash_of(const struct entry *e)
{
	return str_hash(e->number) + (uint64_t)e->unit * UINT64_C(0x9e3779b97f4a7c15);
}

/* Its own, or the free one where it would stand. */
static struct slot *slot_of(const struct import_numbers *n, const struct entry *e)
{
	uint64_t i = hash_of(e);
	uint32_t tag = (uint32_t)(i >> 32);

	for (;; i++) {
		struct slot *slot = &n->slots[i & (SLOTS - 1)];
		if (slot->at == 0)
			return slot;
		if (slot->tag != tag)
			continue;
		struct entry there = entry_at(n, slot->at);
		if (there.unit == e->unit && str_equal(there.number, e->number))
			return slot;
	}
}

static void enter(struct import_numbers *n, const struct entry *e, uint32_t at)
{
	*slot_of(n, e) = (struct slot){ (uint32_t)(hash_of(e) >> 32), at };
}

static void make_table(struct import_numbers *n)
{
	struct entry e;

	n->slots = ARENA_ARRAY(n->arena, SLOTS, struct slot);
	for (size_t at = 1; at < n->bytes.len; at += HEAD + e.number.len) {
		e = entry_at(n, (uint32_t)at);
		enter(n, &e, (uint32_t)at);
	}
}

/* ---- */

static struct entry entry_of(const struct import_good *g)
{
	return (struct entry){ .number = g->number, .unit = g->unit.n, .row = g->row };
}

uint32_t import_numbers_row(struct import_numbers *n, const struct import_good *g)
{
	struct entry e = entry_of(g), last;

	if (n->slots == NULL) {
		if (n->last == 0)
			return 0;
		last = entry_at(n, n->last);
		if (comes_after(&e, &last))
			return 0;
		make_table(n);
	}
	const struct slot *slot = slot_of(n, &e);
	return slot->at != 0 ? entry_at(n, slot->at).row : 0;
}

void import_numbers_note(struct import_numbers *n, const struct import_good *g)
{
	struct entry e = entry_of(g);
	uint16_t len = (uint16_t)e.number.len;
	uint32_t at = (uint32_t)n->bytes.len;

	static_assert(REQUEST_NUMBER_BYTES <= UINT16_MAX, "the length fits");
	if (n->slots != NULL)
		enter(n, &e, at);
	n->last = at;
	buf_add_bytes(&n->bytes, &e.row, sizeof e.row);
	buf_add_bytes(&n->bytes, &e.unit, sizeof e.unit);
	buf_add_bytes(&n->bytes, &len, sizeof len);
	buf_add(&n->bytes, e.number);
	assert(buf_ok(&n->bytes));
}
