#include "office/wire.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

/* ---- writing */

/* The least first; at most four bytes. */
static void add_number(struct buf *out, uint32_t n, int bytes)
{
	uint32_t least_first = htole32(n);

	buf_add_bytes(out, &least_first, (size_t)bytes);
}

static void add_text(struct buf *out, struct str s)
{
	assert(s.len <= UINT32_MAX);
	add_number(out, (uint32_t)s.len, 4);
	buf_add(out, s);
}

static void add_table(struct buf *out, const struct doc_table *t)
{
	add_number(out, t->rows, 2);
	add_number(out, t->cols, 2);
	add_text(out, t->caption);
	add_number(out, (uint32_t)t->cells_count, 4);
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		add_number(out, cell->row, 2);
		add_number(out, cell->col, 2);
		add_number(out, cell->rowspan, 2);
		add_number(out, cell->colspan, 2);
		add_number(out, cell->head, 1);
		add_number(out, cell->align, 1);
		add_text(out, cell->text);
	}
}

void wire_add_doc(struct buf *out, const struct doc *d)
{
	buf_add_char(out, 'D');
	add_number(out, d->source, 1);
	add_number(out, d->layout_text, 1);
	add_text(out, d->title);
	add_number(out, (uint32_t)d->count, 4);
	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		add_number(out, block->kind, 1);
		add_number(out, (uint32_t)block->level, 1);
		add_text(out, block->text);
		add_text(out, block->place.text);
		if (block->kind == DOC_TABLE)
			add_table(out, block->table);
	}
	buf_add_char(out, 'Z');
}

void wire_add_error(struct buf *out, const struct err *err)
{
	buf_add_char(out, 'X');
	add_number(out, err->code, 1);
	add_text(out, str_from_c(err->key));
	add_text(out, str_from_c(err->facts));
}

/* ---- reading: a view that goes bad once and stays so */

struct source { struct str left; bool bad; };

static uint32_t take_number(struct source *s, int bytes, uint32_t max)
{
	uint32_t n = 0;

	if (s->bad || s->left.len < (size_t)bytes) {
		s->bad = true;
		return 0;
	}
	for (int i = 0; i < bytes; i++)
		n |= (uint32_t)(unsigned char)s->left.ptr[i] << (8 * i);
	s->left = str_slice(s->left, (size_t)bytes, s->left.len);
	s->bad = n > max;
	return s->bad ? 0 : n;
}

static struct str take_text(struct source *s, uint32_t max)
{
	unsigned char at[4] = { 0 };

	if (s->left.len >= sizeof at)
		memcpy(at, s->left.ptr, sizeof at);
	uint32_t len = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		       (uint32_t)at[3] << 24;
	s->bad = s->bad || s->left.len < sizeof at || len > max;
	s->left = str_slice(s->left, sizeof at, s->left.len);

	if (s->bad || len > s->left.len) {
		s->bad = true;
		return STR_NONE;
	}
	struct str text = str_slice(s->left, 0, len);
	s->left = str_slice(s->left, len, s->left.len);
	s->bad = !utf8_valid_text(text);
	return s->bad ? STR_NONE : text;
}

static bool take_byte(struct source *s, char wanted)
{
	return take_number(s, 1, UINT8_MAX) == (unsigned char)wanted && !s->bad;
}

/* What was spent of the limits of one document. */
struct spent { size_t text, positions; };

static struct str take_owned(struct source *s, struct arena *a, struct spent *spent)
{
	struct str text = take_text(s, LIMIT_DOC_TEXT);

	if (text.len > LIMIT_DOC_TEXT - spent->text) {
		s->bad = true;
		return STR_NONE;
	}
	spent->text += text.len;
	return str_copy(a, text);
}

/* Marks what the cell covers; false where another cell is already. */
static bool claim(unsigned char *taken, const struct doc_table *t, const struct doc_cell *cell)
{
	if (cell->rowspan == 0 || cell->colspan == 0 || cell->row + cell->rowspan > t->rows ||
	    cell->col + cell->colspan > t->cols)
		return false;
	for (size_t row = cell->row; row < (size_t)cell->row + cell->rowspan; row++)
		for (size_t col = cell->col; col < (size_t)cell->col + cell->colspan; col++) {
			unsigned char *at = &taken[row * t->cols + col];
			if (*at != 0)
				return false;
			*at = 1;
		}
	return true;
}

static bool follows(const struct doc_cell *before, const struct doc_cell *after)
{
	return after->row > before->row || (after->row == before->row && after->col > before->col);
}

static struct doc_table *take_table(struct source *s, struct arena *a, struct spent *spent)
{
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	t->rows = (uint16_t)take_number(s, 2, UINT16_MAX);
	t->cols = (uint16_t)take_number(s, 2, LIMIT_SHEET_COLUMNS);
	size_t positions = (size_t)t->rows * t->cols;
	t->caption = take_owned(s, a, spent);
	uint32_t count = take_number(s, 4, LIMIT_TABLE_CELLS);
	if (s->bad || positions > LIMIT_TABLE_CELLS - spent->positions || count > positions) {
		s->bad = true;
		return t;
	}
	spent->positions += positions;
	unsigned char *taken = arena_alloc(a, positions);
	t->cells = ARENA_ARRAY(a, count, struct doc_cell);
	for (uint32_t i = 0; i < count && !s->bad; i++) {
		struct doc_cell *cell = &t->cells[i];
		cell->row = (uint16_t)take_number(s, 2, UINT16_MAX);
		cell->col = (uint16_t)take_number(s, 2, UINT16_MAX);
		cell->rowspan = (uint16_t)take_number(s, 2, UINT16_MAX);
		cell->colspan = (uint16_t)take_number(s, 2, UINT16_MAX);
		cell->head = take_number(s, 1, 1) == 1;
		cell->align = take_number(s, 1, DOC_RIGHT);
		cell->text = take_owned(s, a, spent);
		if (s->bad || !claim(taken, t, cell) || (i > 0 && !follows(&t->cells[i - 1], cell)))
			s->bad = true;
	}
	t->cells_count = count;
	return t;
}

static struct doc *take_doc(struct source *s, struct arena *a)
{
	struct doc *d = ARENA_NEW(a, struct doc);
	struct spent spent = { 0 };

	d->source = take_number(s, 1, DOC_SOURCE_PDF);
	d->layout_text = take_number(s, 1, 1) == 1;
	d->title = take_owned(s, a, &spent);
	d->count = take_number(s, 4, LIMIT_DOC_BLOCKS);
	d->blocks = ARENA_ARRAY(a, d->count, struct doc_block);
	for (size_t i = 0; i < d->count && !s->bad; i++) {
		struct doc_block *block = &d->blocks[i];
		block->kind = take_number(s, 1, DOC_PAGE_BREAK);
		block->level = (int)take_number(s, 1, 16);
		block->text = take_owned(s, a, &spent);
		block->place.text = str_copy(a, take_text(s, KIB));
		if (block->kind == DOC_TABLE)
			block->table = take_table(s, a, &spent);
		s->bad = s->bad || block->kind == DOC_CHART; /* readers make none */
	}
	if (!take_byte(s, 'Z') || s->left.len > 0)
		s->bad = true;
	return d;
}

static bool no_answer(struct err *err)
{
	return err_set(err, ERR_INTERNAL, "office.reader_failed",
		       "the answer of the reader makes no sense");
}

/* The facts again, part by part: a bar inside a part would be taken for another sign. */
static bool pass_on(struct err *err, enum err_code code, const char *key, struct str facts)
{
	struct str part[3] = { STR_NONE, STR_NONE, STR_NONE };
	size_t count = 0;

	while (count < COUNT_OF(part) && str_split_next(&facts, '|', &part[count]))
		count++;
	if (count < 2)
		return err_set(err, code, key, STR_FMT, STR_ARG(part[0]));
	if (count == 2)
		return err_set(err, code, key, STR_FMT "|" STR_FMT, STR_ARG(part[0]),
			       STR_ARG(part[1]));
	return err_set(err, code, key, STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(part[0]),
		       STR_ARG(part[1]), STR_ARG(part[2]));
}

/* Only errors of the catalogue, and only those a reader can have. Always false. */
static bool take_error(struct source *s, struct err *err)
{
	enum err_code code = take_number(s, 1, ERR_INTERNAL);
	struct str key = take_text(s, 64), facts = take_text(s, sizeof err->facts - 1);

	if (s->bad || s->left.len > 0 || code == ERR_NONE ||
	    !(str_starts(key, STR("office.")) || str_starts(key, STR("text."))))
		return no_answer(err);
	for (size_t i = 0; i < message_catalogue_count; i++)
		if (str_equal_c(key, message_catalogue[i].key))
			return pass_on(err, code, message_catalogue[i].key, facts);
	return no_answer(err);
}

bool wire_read_doc(struct arena *a, struct str bytes, struct doc **out, struct err *err)
{
	struct source s = { .left = bytes };

	if (bytes.len > 0 && bytes.ptr[0] == 'X') {
		(void)take_byte(&s, 'X');
		return take_error(&s, err);
	}
	if (!take_byte(&s, 'D'))
		return no_answer(err);
	struct doc *d = take_doc(&s, a);
	if (s.bad)
		return no_answer(err);
	*out = d;
	return true;
}

/* ---- frames */

/* Leaves room for the length, which frame_end fills in. */
static size_t frame_begin(struct buf *out, char kind)
{
	buf_add_char(out, kind);
	add_number(out, 0, 4);
	return out->len;
}

static void frame_end(struct buf *out, size_t start)
{
	if (!buf_ok(out))
		return;
	size_t len = out->len - start;
	for (size_t i = 0; i < 4; i++)
		out->ptr[start - 4 + i] = (char)(unsigned char)(len >> (8 * i) & 0xFF);
}

void wire_add_row(struct buf *out, const struct sheet_row *row)
{
	size_t start = frame_begin(out, 'R');

	add_number(out, row->number, 4);
	add_number(out, (uint32_t)row->count, 2);
	for (size_t i = 0; i < row->count; i++)
		add_text(out, row->cells[i]);
	frame_end(out, start);
}

void wire_add_error_frame(struct buf *out, const struct err *err)
{
	size_t start = frame_begin(out, 'X');

	add_number(out, err->code, 1);
	add_text(out, str_from_c(err->key));
	add_text(out, str_from_c(err->facts));
	frame_end(out, start);
}

void wire_add_end(struct buf *out)
{
	frame_end(out, frame_begin(out, 'Z'));
}

static enum wire_frame take_row(struct source *s, struct str *cells, struct sheet_row *row,
				struct err *err)
{
	*row = (struct sheet_row){ .number = take_number(s, 4, LIMIT_SHEET_ROWS), .cells = cells };
	row->count = take_number(s, 2, LIMIT_SHEET_COLUMNS);
	for (size_t i = 0; i < row->count && !s->bad; i++)
		cells[i] = take_text(s, LIMIT_CSV_CELL);
	if (s->bad || s->left.len > 0 || row->number == 0) {
		(void)no_answer(err);
		return WIRE_BAD;
	}
	return WIRE_ROW;
}

enum wire_frame wire_take_frame(struct str *bytes, struct str *cells, struct sheet_row *row,
				struct err *err)
{
	struct source head = { .left = *bytes };

	if (bytes->len < WIRE_FRAME_HEAD)
		return WIRE_MORE;
	char kind = (char)take_number(&head, 1, UINT8_MAX);
	uint32_t len = take_number(&head, 4, WIRE_FRAME_MAX);
	if (head.bad) {
		(void)no_answer(err);
		return WIRE_BAD;
	}
	if (head.left.len < len)
		return WIRE_MORE;
	struct source body = { .left = str_slice(head.left, 0, len) };
	*bytes = str_slice(head.left, len, head.left.len);
	if (kind == 'R')
		return take_row(&body, cells, row, err);
	if (kind == 'Z' && len == 0)
		return WIRE_END;
	if (kind == 'X')
		(void)take_error(&body, err);
	else
		(void)no_answer(err);
	return WIRE_BAD;
}
