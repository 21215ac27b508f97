#include "base/limits.h"
#include "office/xlsx.h"
#include "office/xml.h"

#include <string.h>

enum { MERGES_MAX = 100000 };

/* A row while it is read: the texts lie in one buffer, the cells are cut from it at its end. */
struct row_reader {
	const struct xlsx_book *book;
	struct xml xml;
	struct buf text;
	struct { size_t from, to; } place[LIMIT_SHEET_COLUMNS];
	struct str cells[LIMIT_SHEET_COLUMNS];
	uint32_t row, next_row, next_col, cols; /* from 0 */
	size_t merges_cap;
};

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_SWITCH };

static enum cell_type type_of(struct opt_str attr)
{
	if (!attr.known || str_equal_c(attr.v, "n"))
		return CELL_NUMBER;
	if (str_equal_c(attr.v, "s"))
		return CELL_SHARED;
	if (str_equal_c(attr.v, "b"))
		return CELL_SWITCH;
	return CELL_TEXT; /* str, inlineStr, e (what the sheet shows), d (already a date) */
}

static void add_value(struct row_reader *r, enum cell_type type, uint32_t style, struct str value)
{
	struct xlsx_format format = { .kind = XLSX_NUMBER };
	uint64_t index = 0;

	switch (type) {
	case CELL_SHARED:
		value = str_trim(value);
		if (str_take_u64(&value, UINT32_MAX, &index) && index < r->book->strings_count)
			buf_add(&r->text, r->book->strings[index]);
		return;
	case CELL_SWITCH:
		buf_add_c(&r->text, str_equal_c(str_trim(value), "1") ? "TRUE" : "FALSE");
		return;
	case CELL_TEXT:
		buf_add(&r->text, value);
		return;
	case CELL_NUMBER:
		if (style < r->book->formats_count)
			format = r->book->formats[style];
		xlsx_add_number(&r->text, value, format, r->book->from_1904);
		return;
	}
}

/* From the opening of c to its closing: the text of v, or of t in is. */
static bool read_content(struct row_reader *r, enum cell_type type, uint32_t style, struct err *err)
{
	struct xml *x = &r->xml;
	int depth = x->depth;
	bool in_value = false, in_text = false, formula = false, answered = false;
	struct str value = STR_NONE;

	for (;;) {
		if (!xml_next(x, err))
			return false;
		if (x->event == XML_END || (x->event == XML_CLOSE && x->depth == depth)) {
			if (formula && !answered)
				buf_add(&r->text, XLSX_UNANSWERED);
			return true;
		}
		if (x->event == XML_OPEN) {
			formula = formula || xml_is(x, "f");
			answered = answered || xml_is(x, "v");
			if (xml_is(x, "rPh") || xml_is(x, "f")) {
				if (!xml_skip(x, err))
					return false;
				continue;
			}
			in_value = xml_is(x, "v");
			in_text = xml_is(x, "t");
		} else if (x->event == XML_CLOSE) {
			in_value = in_text = false;
		} else if (in_text) {
			buf_add(&r->text, xml_text(x));
		} else if (in_value) {
			value = xml_text(x);
			add_value(r, type, style, value);
		}
	}
}

static bool read_cell(struct row_reader *r, struct err *err)
{
	struct xml *x = &r->xml;
	uint32_t row, col = r->next_col;
	size_t from = r->text.len;

	struct opt_str reference = xml_attr(x, "r");
	if (reference.known && !xlsx_take_reference(&reference.v, &row, &col))
		return err_set(err, ERR_INVALID, "office.bad_xml", STR_FMT "|%d|r",
			       STR_ARG(part_name(x->part)),
			       xmlTextReaderGetParserLineNumber(x->reader));
	if (col < r->next_col)
		return err_set(err, ERR_INVALID, "office.bad_xml", STR_FMT "|%d|r",
			       STR_ARG(part_name(x->part)),
			       xmlTextReaderGetParserLineNumber(x->reader));
	r->next_col = col + 1;
	enum cell_type type = type_of(xml_attr(x, "t"));
	uint32_t style = xml_attr_number(x, "s", UINT32_MAX, UINT32_MAX);
	if (!read_content(r, type, style, err))
		return false;
	if (r->text.len == from && buf_ok(&r->text))
		return true; /* only a format: sheets are full of those */
	if (!buf_ok(&r->text) || r->text.len - from > LIMIT_CSV_CELL)
		return err_set(err, ERR_LIMIT, "office.cell_too_long", "%u|%d", r->row + 1,
			       LIMIT_CSV_CELL);
	if (col >= LIMIT_SHEET_COLUMNS)
		return err_set(err, ERR_LIMIT, "office.too_many_columns", "%d",
			       LIMIT_SHEET_COLUMNS);
	for (uint32_t c = r->cols; c < col; c++)
		r->place[c].from = r->place[c].to = from;
	r->place[col].from = from;
	r->place[col].to = r->text.len;
	r->cols = col + 1;
	return true;
}

static bool begin_row(struct row_reader *r, struct err *err)
{
	uint32_t number = xml_attr_number(&r->xml, "r", LIMIT_SHEET_ROWS, 0);

	if (number > 0 && number - 1 < r->next_row)
		return err_set(err, ERR_INVALID, "office.bad_xml", STR_FMT "|%d|row",
			       STR_ARG(part_name(r->xml.part)),
			       xmlTextReaderGetParserLineNumber(r->xml.reader));
	r->row = number > 0 ? number - 1 : r->next_row;
	if (r->row >= LIMIT_SHEET_ROWS)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_SHEET_ROWS);
	r->next_row = r->row + 1;
	r->next_col = r->cols = 0;
	buf_clear(&r->text);
	return true;
}

static bool end_row(struct row_reader *r, sheet_row_fn *fn, void *arg, struct err *err)
{
	struct sheet_row row = { .number = r->row + 1, .cells = r->cells, .count = r->cols };

	if (r->cols == 0)
		return true;
	for (size_t i = 0; i < r->text.len; i++)
		if (r->text.ptr[i] == '\r' || r->text.ptr[i] == 0x7F)
			r->text.ptr[i] = ' '; /* the control characters XML lets through */
	for (uint32_t c = 0; c < r->cols; c++)
		r->cells[c] = str_slice(buf_str(&r->text), r->place[c].from, r->place[c].to);
	return fn(arg, &row, err);
}

static bool note_merge(struct row_reader *r, struct xlsx_merges *merges, struct err *err)
{
	struct opt_str range = xml_attr(&r->xml, "ref");
	struct xlsx_merge m = { 0 };

	if (!range.known || !xlsx_take_reference(&range.v, &m.row, &m.col) ||
	    !str_take_char(&range.v, ':') ||
	    !xlsx_take_reference(&range.v, &m.last_row, &m.last_col) || m.last_row < m.row ||
	    m.last_col < m.col)
		return true; /* a range of one cell, or one that Excel would repair away */
	if (merges->count == MERGES_MAX)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", MERGES_MAX);
	if (merges->count == r->merges_cap) {
		size_t cap = r->merges_cap == 0 ? 64 : r->merges_cap * 2;
		struct xlsx_merge *more = ARENA_ARRAY(r->book->arena, cap, struct xlsx_merge);
		if (merges->count > 0)
			memcpy(more, merges->list, merges->count * sizeof *more);
		merges->list = more;
		r->merges_cap = cap;
	}
	merges->list[merges->count++] = m;
	return true;
}

static bool walk_sheet(struct row_reader *r, sheet_row_fn *fn, void *arg,
		       struct xlsx_merges *merges, struct err *err)
{
	struct xml *x = &r->xml;
	bool in_row = false;

	for (;;) {
		bool ok = true;
		if (!xml_next(x, err))
			return false;
		if (x->event == XML_END)
			return true;
		if (x->event == XML_OPEN && xml_is(x, "row")) {
			in_row = true;
			ok = begin_row(r, err);
		} else if (x->event == XML_OPEN && in_row && xml_is(x, "c")) {
			ok = read_cell(r, err);
		} else if (x->event == XML_CLOSE && in_row && xml_is(x, "row")) {
			in_row = false;
			ok = end_row(r, fn, arg, err);
		} else if (x->event == XML_OPEN && merges != NULL && xml_is(x, "mergeCell")) {
			ok = note_merge(r, merges, err);
		}
		if (!ok)
			return false;
	}
}

bool xlsx_read_rows(const struct xlsx_book *book, const struct xlsx_sheet *sheet, sheet_row_fn *fn,
	       void *arg, struct xlsx_merges *merges, struct err *err)
{
	struct row_reader *r = ARENA_NEW(book->arena, struct row_reader);

	r->book = book;
	r->text = buf_open(book->arena, 4096, (size_t)LIMIT_SHEET_COLUMNS * LIMIT_CSV_CELL);
	if (merges != NULL)
		*merges = (struct xlsx_merges){ 0 };
	if (!xml_open(&r->xml, book->package, sheet->path, err))
		return false;
	bool ok = walk_sheet(r, fn, arg, merges, err);
	xml_close(&r->xml);
	return ok;
}
