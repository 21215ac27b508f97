/*
 * office_wire_fuzz.c - the answer of a reader that a hostile file has taken over: refused, or a
 * tree that is the same when it is sent again.
 */
#include "office_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(256 * MIB);
	struct str bytes = { (const char *)data, size }, frames = bytes, cells[LIMIT_SHEET_COLUMNS];
	struct sheet_row row;
	struct err err = { 0 };
	struct doc *d;

	if (wire_read_doc(a, bytes, &d, &err)) {
		struct buf again = buf_open(a, KIB, LIMIT_READER_OUTPUT);
		wire_add_doc(&again, d);
		assert(str_equal(buf_str(&again), bytes));
	}
	err_clear(&err);
	while (wire_take_frame(&frames, cells, &row, &err) == WIRE_ROW)
		assert(row.number > 0 && row.count <= LIMIT_SHEET_COLUMNS);
	arena_close(a);
	return 0;
}
