/* office_csv_fuzz.c - rows of CSV: what was read, written and read again is the same. */
#include "office/csv.h"
#include "office_fuzz.h"

struct copy { struct csv_writer writer; struct buf bytes, seen; };

static bool take_bytes(void *arg, struct str bytes, struct err *err)
{
	struct copy *c = arg;

	(void)err;
	buf_add(&c->bytes, bytes);
	return true;
}

static void note(struct buf *seen, const struct sheet_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		buf_addf(seen, "%zu:", row->cells[i].len);
		buf_add(seen, row->cells[i]);
	}
	buf_add_char(seen, '\n');
}

static bool copy_row(void *arg, const struct sheet_row *row, struct err *err)
{
	struct copy *c = arg;

	note(&c->seen, row);
	return csv_row(&c->writer, row->cells, row->count, err);
}

static bool see_row(void *arg, const struct sheet_row *row, struct err *err)
{
	(void)err;
	note(arg, row);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(256 * MIB);
	struct copy c = { .bytes = buf_open(a, KIB, 16 * MIB), .seen = buf_open(a, KIB, 16 * MIB) };
	struct buf again = buf_open(a, KIB, 16 * MIB);
	struct err err = { 0 };

	c.writer = csv_open(a, take_bytes, &c);
	if (csv_begin(&c.writer, true, &err) &&
	    csv_rows(a, (struct str){ (const char *)data, size }, copy_row, &c, &err) &&
	    c.bytes.len > 3) {
		bool read = csv_rows(a, buf_str(&c.bytes), see_row, &again, &err);
		assert(read && str_equal(buf_str(&c.seen), buf_str(&again)));
	}
	arena_close(a);
	return 0;
}
