#include "office/csv.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "text/encoding.h"

#include <assert.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>

enum { PIECE_BYTES = 256 * 1024, LINE_BYTES_MAX = 8 * 1024 * 1024, GUARD = 2 };

enum csv_state { AT_CELL, IN_PLAIN, IN_QUOTES, AFTER_QUOTE };

struct csv {
	sheet_row_fn *fn;
	void *arg;
	struct buf text; /* of the row */
	size_t from[LIMIT_SHEET_COLUMNS + 1]; /* where its cells begin, and the last one ends */
	struct str cells[LIMIT_SHEET_COLUMNS];
	size_t count;
	uint32_t row; /* begun so far */
	uint32_t quoted_from; /* the row of the open quote */
	enum csv_state state;
	bool after_cr, was_quoted;
	bool mapped; /* the content is a file */
	char delimiter;
	bool ends_plain[UCHAR_MAX + 1]; /* a byte that may end a run outside quotes */
};

/* ---- formulas */

static struct str without_full_width(struct str cell, char *first)
{
	static const struct { const char *wide; char ascii; } forms[] = {
		{ "＝", '=' }, { "＋", '+' }, { "－", '-' }, { "＠", '@' },
	};

	*first = cell.len > 0 ? cell.ptr[0] : '\0';
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (str_take_str(&cell, str_from_c(forms[i].wide))) {
			*first = forms[i].ascii;
			return cell;
		}
	return str_slice(cell, 1, cell.len);
}

static bool is_plain_number(struct str s)
{
	bool digit = false, point = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			digit = true;
		else if (s.ptr[i] == '.' && digit && !point)
			point = true;
		else if (!(s.ptr[i] == ',' && digit && !point))
			return false;
	}
	return digit;
}

bool csv_is_formula(struct str cell)
{
	char first;
	struct str rest = without_full_width(cell, &first);

	if (first == '=' || first == '@' || first == '\t' || first == '\r')
		return true;
	return (first == '+' || first == '-') && !is_plain_number(rest);
}

/* Takes one apostrophe from before a formula, also where more of them stand. */
static struct str without_guard(struct str cell)
{
	struct str rest = cell;

	while (str_take_char(&rest, '\''))
		if (csv_is_formula(rest))
			return str_slice(cell, 1, cell.len);
	return cell;
}

/* ---- rows */

static bool end_cell(struct csv *c, struct err *err)
{
	if (c->count == LIMIT_SHEET_COLUMNS)
		return err_set(err, ERR_LIMIT, "office.too_many_columns", "%d",
			       LIMIT_SHEET_COLUMNS);
	if (!buf_ok(&c->text) || c->text.len - c->from[c->count] > LIMIT_CSV_CELL)
		return err_set(err, ERR_LIMIT, "office.cell_too_long", "%u|%d", c->row + 1,
			       LIMIT_CSV_CELL);
	c->from[++c->count] = c->text.len;
	c->state = AT_CELL;
	c->was_quoted = false;
	return true;
}

static bool end_row(struct csv *c, struct err *err)
{
	bool any = false;

	if (!end_cell(c, err))
		return false;
	if (c->row == LIMIT_SHEET_ROWS)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_SHEET_ROWS);
	c->row++;
	for (size_t i = 0; i < c->count; i++) {
		c->cells[i] =
			without_guard(str_slice(buf_str(&c->text), c->from[i], c->from[i + 1]));
		any = any || str_trim(c->cells[i]).len > 0;
	}
	struct sheet_row row = { .number = c->row, .cells = c->cells, .count = c->count };
	if (any && !c->fn(c->arg, &row, err))
		return false;
	buf_clear(&c->text);
	c->count = 0;
	return true;
}

/* A character that is not inside quotes. */
static bool take_outside(struct csv *c, char ch, struct err *err)
{
	if (ch == c->delimiter)
		return end_cell(c, err);
	if (ch == '\n' || ch == '\r') {
		c->after_cr = ch == '\r';
		return end_row(c, err);
	}
	if (ch == '"' && c->state == AFTER_QUOTE) { /* a doubled quote is one */
		c->state = IN_QUOTES;
		buf_add_char(&c->text, '"');
		return true;
	}
	if (ch == '"' && c->state == AT_CELL) {
		c->state = IN_QUOTES;
		c->quoted_from = c->row + 1;
		return true;
	}
	if (!(c->state == AFTER_QUOTE && ch == ' ')) { /* "a" ,"b" */
		c->state = c->state == AFTER_QUOTE ? AFTER_QUOTE : IN_PLAIN;
		buf_add_char(&c->text, ch);
	}
	return true;
}

/* The front of s that is nothing but text where the row stands; up to the first of what ends it. */
static struct str plain_run(const struct csv *c, struct str s)
{
	size_t n = 0;

	if (c->state == AFTER_QUOTE || c->after_cr)
		return STR_NONE;
	if (c->state == IN_QUOTES)
		while (n < s.len && s.ptr[n] != '"' && s.ptr[n] != '\r')
			n++;
	else
		while (n < s.len && !c->ends_plain[(unsigned char)s.ptr[n]])
			n++;
	return str_slice(s, 0, n);
}

static bool take_inside(struct csv *c, char ch)
{
	if (ch == '"') {
		c->state = AFTER_QUOTE;
		return true;
	}
	/* one kind of line end inside a cell too */
	if (ch == '\r') {
		c->after_cr = true;
		ch = '\n';
	}
	buf_add_char(&c->text, ch);
	return buf_ok(&c->text) && c->text.len - c->from[c->count] <= LIMIT_CSV_CELL;
}

static bool unclosed(const struct csv *c, struct err *err)
{
	return err_set(err, ERR_INVALID, "office.csv_quote", "%u", c->quoted_from);
}

static bool take_run(struct csv *c, struct str run, struct err *err)
{
	buf_add(&c->text, run);
	if (c->state == AT_CELL)
		c->state = IN_PLAIN;
	bool fits = buf_ok(&c->text) && c->text.len - c->from[c->count] <= LIMIT_CSV_CELL;
	return c->state != IN_QUOTES || fits || unclosed(c, err);
}

static bool take_piece(struct csv *c, struct str piece, struct err *err)
{
	while (piece.len > 0) {
		struct str run = plain_run(c, piece);
		if (run.len > 0) {
			if (!take_run(c, run, err))
				return false;
			piece = str_slice(piece, run.len, piece.len);
			continue;
		}
		char ch = piece.ptr[0];
		bool line_feed_of_cr = c->after_cr && ch == '\n';
		piece = str_slice(piece, 1, piece.len);
		c->after_cr = false;
		if (line_feed_of_cr)
			continue;
		if (c->state == IN_QUOTES) {
			if (!take_inside(c, ch))
				return unclosed(c, err);
		} else if (!take_outside(c, ch, err)) {
			return false;
		}
	}
	return true;
}

static bool take_end(struct csv *c, struct err *err)
{
	if (c->state == IN_QUOTES)
		return unclosed(c, err);
	if (c->text.len == 0 && c->count == 0)
		return true;
	return end_row(c, err);
}

/* ---- delimiter */

/* `sep=;` as the first line says it outright; otherwise the one most frequent outside quotes. */
static void find_delimiter(struct csv *c, struct str *text)
{
	static const char known[] = { ',', ';', '\t' };
	size_t counts[COUNT_OF(known)] = { 0 }, best = 0;
	bool quoted = false;
	struct str rest = *text;

	if (str_take_str(&rest, STR("sep=")) && rest.len > 1 &&
	    (rest.ptr[1] == '\r' || rest.ptr[1] == '\n')) {
		c->delimiter = rest.ptr[0];
		rest = str_slice(rest, 1, rest.len);
		(void)str_take_char(&rest, '\r');
		(void)str_take_char(&rest, '\n');
		*text = rest;
		return;
	}
	for (size_t i = 0; i < text->len; i++) {
		char ch = text->ptr[i];
		if (ch == '"')
			quoted = !quoted;
		if (!quoted && (ch == '\n' || ch == '\r'))
			break;
		for (size_t k = 0; k < COUNT_OF(known) && !quoted; k++)
			counts[k] += ch == known[k];
	}
	for (size_t k = 1; k < COUNT_OF(known); k++)
		if (counts[k] > counts[best])
			best = k;
	c->delimiter = known[best];
}

static void begin_rows(struct csv *c, struct str *text)
{
	find_delimiter(c, text);
	c->ends_plain[(unsigned char)c->delimiter] = true;
	c->ends_plain['\n'] = c->ends_plain['\r'] = c->ends_plain['"'] = true;
}

/* ---- pieces */

/* The next lines of the content: about PIECE_BYTES, ending after a line feed. */
static bool next_piece(struct str *content, struct str *piece, struct err *err)
{
	size_t end = content->len;

	if (content->len > PIECE_BYTES) {
		size_t search = content->len < LINE_BYTES_MAX ? content->len : LINE_BYTES_MAX;
		const char *feed = memrchr(content->ptr, '\n', PIECE_BYTES);
		if (feed == NULL)
			feed = memchr(content->ptr + PIECE_BYTES, '\n', search - PIECE_BYTES);
		if (feed == NULL && content->len >= LINE_BYTES_MAX)
			return err_set(err, ERR_LIMIT, "office.too_large", "%d", LINE_BYTES_MAX);
		end = feed == NULL ? content->len : (size_t)(feed - content->ptr) + 1;
	}
	*piece = str_slice(*content, 0, end);
	*content = str_slice(*content, end, content->len);
	return true;
}

/*
 * A piece alone might look like UTF-8 by chance when the file is GB18030. So
 * it is decoded behind an ideographic space, which in GB18030 is two bytes
 * that no UTF-8 text can begin with.
 */
static bool decode_gb18030(struct arena *a, struct str piece, struct str *out, struct err *err)
{
	struct decoded decoded;

	static_assert(GUARD == sizeof "\xA1\xA1" - 1, "what stands before the piece");
	if (!encoding_decode(a, str_concat(a, STR("\xA1\xA1"), piece), &decoded, err))
		return false;
	*out = decoded.text;
	return str_take_str(out, STR("\xE3\x80\x80")) ||
	       err_set(err, ERR_INVALID, "text.unknown_encoding", "%d", 0);
}

/* Control bytes aside: those the decoder judges. NULL: it is UTF-8. */
static const char *not_utf8(struct str s)
{
	for (;;) {
		size_t bad = utf8_first_bad(s);
		if (bad == SIZE_MAX)
			return NULL;
		if ((unsigned char)s.ptr[bad] >= 0x20 && s.ptr[bad] != 0x7F)
			return s.ptr + bad;
		s = str_slice(s, bad + 1, s.len);
	}
}

/* Pages of a mapped file that were read: looked at once more, they come from the file again. */
static void release(const struct csv *c, struct str piece)
{
	const uintptr_t page = 4096;
	uintptr_t from = ((uintptr_t)piece.ptr + page - 1) & ~(page - 1);
	uintptr_t to = ((uintptr_t)piece.ptr + piece.len) & ~(page - 1);

	if (c->mapped && from < to)
		(void)madvise((void *)from, to - from, MADV_DONTNEED);
}

/* The first byte that is not, NULL: none. A piece at a time: no character goes over a line feed. */
static const char *first_not_utf8(const struct csv *c, struct str content)
{
	struct str piece;
	struct err too_long = { 0 };

	while (content.len > 0 && too_long.code == ERR_NONE) {
		if (!next_piece(&content, &piece, &too_long))
			piece = content; /* which will be refused */
		const char *bad = not_utf8(piece);
		if (bad != NULL)
			return bad;
		release(c, piece);
	}
	return NULL;
}

/* Of a piece that begins there a byte is told by its place in the file. Always false. */
static bool in_the_file(int64_t begins, int64_t not_utf8, struct err *err)
{
	const char *key = err->key;
	bool unknown = strcmp(key, "text.unknown_encoding") == 0;
	int64_t at;

	if ((!unknown && strcmp(key, "text.control_byte") != 0) ||
	    !str_to_i64(str_from_c(err->facts), &at))
		return false;
	at += begins;
	/* The further of the two tells more about what the file was meant to be. */
	if (unknown && not_utf8 > at)
		at = not_utf8;
	err_clear(err);
	return err_set(err, ERR_INVALID, key, "%lld", (long long)at);
}

static bool take_all(struct csv *c, struct arena *scratch, struct str content, struct err *err)
{
	bool utf16 = content.len >= 2 && (memcmp(content.ptr, "\xFF\xFE", 2) == 0 ||
					  memcmp(content.ptr, "\xFE\xFF", 2) == 0);
	const char *file = content.ptr, *not_utf8 = utf16 ? NULL : first_not_utf8(c, content);
	struct decoded decoded;
	bool first = true;

	if (utf16) {
		if (!encoding_decode(scratch, content, &decoded, err))
			return false;
		begin_rows(c, &decoded.text);
		return take_piece(c, decoded.text, err) && take_end(c, err);
	}
	while (content.len > 0) {
		struct str piece, text;
		struct arena_mark mark = arena_mark(scratch);
		if (!next_piece(&content, &piece, err))
			return false;
		if (not_utf8 == NULL) {
			if (!encoding_decode(scratch, piece, &decoded, err))
				return in_the_file(piece.ptr - file, 0, err);
			text = decoded.text;
		} else if (!decode_gb18030(scratch, piece, &text, err)) {
			return in_the_file(piece.ptr - file - GUARD, not_utf8 - file, err);
		}
		if (first)
			begin_rows(c, &text);
		first = false;
		if (!take_piece(c, text, err))
			return false;
		release(c, piece);
		arena_rewind(scratch, mark);
	}
	return take_end(c, err);
}

static bool rows_of(struct arena *a, struct str content, bool mapped, sheet_row_fn *fn, void *arg,
		    struct err *err)
{
	struct csv *c = ARENA_NEW(a, struct csv);
	struct arena *scratch = arena_open((size_t)LIMIT_TEXT_BYTES * 4);

	c->fn = fn;
	c->arg = arg;
	c->mapped = mapped;
	c->text = buf_open(a, 4096, (size_t)LIMIT_SHEET_COLUMNS * LIMIT_CSV_CELL);
	bool ok = take_all(c, scratch, content, err);
	arena_close(scratch);
	return ok;
}

bool csv_rows(struct arena *a, struct str content, sheet_row_fn *fn, void *arg, struct err *err)
{
	return rows_of(a, content, false, fn, arg, err);
}

bool csv_rows_mapped(struct arena *a, struct str content, sheet_row_fn *fn, void *arg,
		     struct err *err)
{
	return rows_of(a, content, true, fn, arg, err);
}
