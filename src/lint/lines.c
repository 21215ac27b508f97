/*
 * lines.c - a document as lines of text and grids of cells.
 *
 * A table whose cells carry at least two words of the statutory tables is kept
 * as a grid; every other table (a page laid out with tables, a contact box) is
 * read as lines, cell by cell, because reports hide their prose in such tables.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { GRID_HITS = 2, CUTS_MAX = 200, CUT_BYTES_MAX = 300 * 1024, LABEL_BYTES = 150 };

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* -3-, 第3页, 第3页共6页. A bare number may be a cell and is looked at by mark_breaks. */
static bool is_page_mark(struct str plain)
{
	struct str s = str_trim(plain), rest;

	if (s.len >= 3 && s.ptr[0] == '-' && s.ptr[s.len - 1] == '-') {
		while (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == ' '))
			s = str_slice(s, 1, s.len);
		while (s.len > 0 && (s.ptr[s.len - 1] == '-' || s.ptr[s.len - 1] == ' '))
			s = str_slice(s, 0, s.len - 1);
		return all_digits(s) && s.len <= 4;
	}
	rest = s;
	if (!str_take_str(&rest, STR("第")) || !str_ends(s, STR("页")))
		return false;
	rest = str_trim(rest);
	return rest.len > 0 && is_digit(rest.ptr[0]) && s.len <= 40;
}

static void push_line(struct pages *p, size_t cap, struct text_line line)
{
	if (p->count < cap)
		p->lines[p->count++] = line;
}

/*
 * What begins a new line even in the middle of one: text copied from a browser may be one
 * line in all.
 */
static const char *const openings[] = {
	"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
	"四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
	"五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况",
	"六、其他需要报告的事项", "（本列数据的勾稽关系", "第二十条第（一）项信息内容",
};
enum { HEADINGS = 8 }; /* of the openings: a line ends behind these, too */

/* Where the line s has to be cut next, at or after `from`; its length if nowhere. */
static size_t next_cut(struct str s, size_t from)
{
	size_t cut = s.len;

	for (size_t i = 0; i < COUNT_OF(openings); i++) {
		struct str opening = str_from_c(openings[i]);
		size_t at = str_find(s, opening, from > opening.len ? from - opening.len : 0);
		for (; at != SIZE_MAX && at < cut; at = str_find(s, opening, at + 1)) {
			size_t behind = at + opening.len;
			/* In quotation marks it is only mentioned. */
			struct str before = str_trim(str_slice(s, 0, at));
			if (str_ends(before, STR("“")) || str_ends(before, STR("《")))
				continue;
			if (at >= from && before.len > 0)
				cut = at;
			else if (i < HEADINGS && behind >= from && behind < cut && behind > 0)
				cut = behind;
		}
	}
	return cut;
}

/* +----+----+ and |---|---|: drawn, not said. */
static bool is_ruled(struct str s)
{
	size_t bars = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (strchr("-|+=: \t\r", s.ptr[i]) == NULL)
			return false;
		bars += s.ptr[i] == '|' || s.ptr[i] == '+';
	}
	return bars > 0;
}

/* A table drawn with bars is one with tabs: | 规章 | 0 | 6 |. A single bar may part words. */
static struct str bars_to_tabs(struct arena *a, struct str plain)
{
	struct str s = str_trim(plain), rest, field;
	size_t bars = 0;
	bool figures = false;

	if (is_ruled(s))
		return STR_NONE;
	(void)str_take_char(&s, '|');
	if (str_ends(s, STR("|")))
		s = str_slice(s, 0, s.len - 1);
	rest = s;
	while (str_split_next(&rest, '|', &field)) {
		bars++;
		figures = figures || cell_like(str_trim(field));
	}
	if (bars < 2 || (bars == 2 && !figures))
		return plain;
	char *at = arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++)
		at[i] = s.ptr[i] == '|' ? '\t' : s.ptr[i];
	return (struct str){ at, s.len };
}

static void push_text(struct pages *p, size_t cap, struct str text, struct str place)
{
	struct str piece;

	while (str_split_next(&text, '\n', &piece)) {
		struct str plain = plain_text(p->arena, piece);
		if (memchr(plain.ptr, '|', plain.len) != NULL)
			plain = bars_to_tabs(p->arena, plain);
		size_t from = 0;
		while (plain.len <= CUT_BYTES_MAX && p->cuts < CUTS_MAX) {
			size_t cut = next_cut(plain, from + 1);
			if (cut >= plain.len)
				break;
			p->cuts++;
			push_line(p, cap,
				  (struct text_line){ .kind = TEXT_LINE,
						      .place = place,
						      .plain = str_slice(plain, from, cut) });
			from = cut;
		}
		plain = str_slice(plain, from, plain.len);
		push_line(p, cap,
			  (struct text_line){ .kind = TEXT_LINE,
					      .plain = plain,
					      .place = place,
					      .page_mark = is_page_mark(plain) });
	}
}

/* ---- grids */

/* The cell over each position, row by row; NULL where the table says nothing. */
static const struct doc_cell **cover(struct arena *a, const struct doc_table *t)
{
	const struct doc_cell **at =
		ARENA_ARRAY(a, (size_t)t->rows * t->cols, const struct doc_cell *);

	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *c = &t->cells[i];
		for (size_t r = c->row; r < t->rows && r < (size_t)c->row + c->rowspan; r++)
			for (size_t k = c->col; k < t->cols && k < (size_t)c->col + c->colspan; k++)
				at[r * t->cols + k] = c;
	}
	return at;
}

static struct str without_breaks(struct arena *a, struct str s)
{
	struct str out = str_copy(a, s);
	char *at = arena_alloc(a, s.len);

	if (s.len > 0)
		memcpy(at, out.ptr, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (at[i] == '\n' || at[i] == '\r' || at[i] == '\t')
			at[i] = ' ';
	return str_trim((struct str){ at, s.len });
}

static void read_row(struct arena *a, const struct doc_cell **at, size_t cols, struct grid_row *row)
{
	row->cells = ARENA_ARRAY(a, cols, struct grid_cell);
	for (size_t k = 0; k < cols; k++) {
		struct grid_cell *cell = &row->cells[row->count];
		if (k > 0 && at[k] != NULL && at[k] == at[k - 1]) {
			row->cells[row->count - 1].colspan++;
			continue;
		}
		cell->text = at[k] != NULL ? without_breaks(a, at[k]->text) : STR_NONE;
		cell->key = plain_key(a, cell->text);
		cell->col = (uint16_t)k;
		cell->colspan = 1;
		row->count++;
	}
}

static bool grid_read(struct pages *p, const struct doc_block *block, struct grid *out)
{
	const struct doc_table *t = block->table;
	const struct doc_cell **at;
	size_t hits = 0;

	if ((size_t)t->rows * t->cols > p->grid_room)
		return false;
	for (size_t i = 0; i < t->cells_count && hits < GRID_HITS; i++)
		hits += t->cells[i].text.len < 200 &&
			mark_is_statutory(&p->book, plain_key(p->arena, t->cells[i].text));
	if (hits < GRID_HITS)
		return false;
	p->grid_room -= (size_t)t->rows * t->cols;
	at = cover(p->arena, t);
	out->rows = ARENA_ARRAY(p->arena, t->rows, struct grid_row);
	out->rows_count = t->rows;
	out->place = block->place.text;
	for (size_t r = 0; r < t->rows; r++) {
		out->rows[r].place = str_format(p->arena, STR_FMT "第%zu行", STR_ARG(block->place.text), r + 1);
		read_row(p->arena, at + r * t->cols, t->cols, &out->rows[r]);
	}
	return true;
}

/*
 * A whole report on one sheet: a heading or a paragraph is the only cell of its row. Words of
 * the forms and labels with an ordinal stay in the grid, their figures may be blank.
 */
static const struct grid_cell *prose_of(const struct pages *p, const struct grid_row *row)
{
	const struct grid_cell *only = NULL;

	for (size_t i = 0; i < row->count; i++) {
		if (row->cells[i].text.len == 0)
			continue;
		if (only != NULL)
			return NULL;
		only = &row->cells[i];
	}
	if (only == NULL)
		return NULL;
	struct str plain = plain_text(p->arena, only->text);
	bool label = part_heading(plain) == 0 &&
		     (mark_is_statutory(&p->book, only->key) || cell_like(plain) ||
		      (mark_has_ordinal(plain) && plain.len <= LABEL_BYTES));
	return label ? NULL : only;
}

static void push_grid(struct pages *p, size_t cap, struct grid *grid)
{
	struct text_line line = { .kind = TEXT_GRID, .grid = p->grids_count, .taken = true,
				  .place = grid->place };
	bool pushed = false;

	for (size_t r = 0; r < grid->rows_count; r++) {
		const struct grid_cell *prose = prose_of(p, &grid->rows[r]);
		if (prose != NULL) {
			push_text(p, cap, prose->text, grid->rows[r].place);
			grid->rows[r].count = 0;
		} else if (!pushed) {
			push_line(p, cap, line);
			pushed = true;
		}
	}
	p->grids_count++;
}

static void push_table(struct pages *p, size_t cap, const struct doc_block *block)
{
	struct grid *grid = &p->grids[p->grids_count];

	if (block->table == NULL)
		return;
	if (grid_read(p, block, grid)) {
		push_grid(p, cap, grid);
		return;
	}
	for (size_t i = 0; i < block->table->cells_count; i++)
		if (block->table->cells[i].text.len > 0)
			push_text(p, cap, block->table->cells[i].text, block->place.text);
}

/* A bare number just before a page break, or just after one, is the number of a page. */
static void mark_breaks(struct pages *p)
{
	for (size_t i = 0; i < p->count; i++) {
		if (p->lines[i].kind != TEXT_BREAK)
			continue;
		for (size_t k = i; k-- > 0 && p->lines[k].kind == TEXT_LINE;) {
			struct str s = str_trim(p->lines[k].plain);
			p->lines[k].page_mark |= all_digits(s) && s.len <= 3;
			if (s.len > 0)
				break;
		}
	}
}

static size_t count_lines(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == '\n';
	return n;
}

/* Lines the document can give, and its size in bytes. */
static size_t measure(const struct doc *doc, size_t *bytes, size_t *tables)
{
	size_t lines = 0;

	for (size_t i = 0; i < doc->count; i++) {
		const struct doc_block *b = &doc->blocks[i];
		lines += count_lines(b->text);
		*bytes += b->text.len;
		if (b->kind != DOC_TABLE || b->table == NULL)
			continue;
		(*tables)++;
		for (size_t k = 0; k < b->table->cells_count; k++) {
			lines += count_lines(b->table->cells[k].text);
			*bytes += b->table->cells[k].text.len;
		}
	}
	return lines;
}

bool pages_read(struct arena *a, const struct doc *doc, struct pages *out, struct err *err)
{
	size_t bytes = 0, tables = 0, cap = measure(doc, &bytes, &tables);

	*out = (struct pages){ .arena = a,
			       .grid_room = LIMIT_LINT_GRID,
			       .layout = doc->layout_text };
	cap += CUTS_MAX;
	mark_book_open(a, &out->book);
	if (bytes > LIMIT_LINT_BYTES || cap > LIMIT_LINT_LINES || tables > LIMIT_LINT_TABLES)
		return err_set(err, ERR_LIMIT, "lint.too_long", "%u", LIMIT_LINT_BYTES / KIB);
	out->lines = ARENA_ARRAY(a, cap, struct text_line);
	out->grids = ARENA_ARRAY(a, tables, struct grid);
	for (size_t i = 0; i < doc->count; i++) {
		const struct doc_block *b = &doc->blocks[i];
		switch (b->kind) {
		case DOC_TITLE:
		case DOC_HEADING:
		case DOC_PARAGRAPH:
			push_text(out, cap, b->text, b->place.text);
			break;
		case DOC_TABLE:
			push_table(out, cap, b);
			break;
		case DOC_CHART:
		case DOC_PICTURE:
			push_line(out, cap, (struct text_line){ .kind = TEXT_PICTURE, .taken = true,
								.plain = plain_text(a, b->text),
								.place = b->place.text });
			break;
		case DOC_PAGE_BREAK:
			push_line(out, cap,
				  (struct text_line){ .kind = TEXT_BREAK, .taken = true });
			break;
		}
	}
	mark_breaks(out);
	return true;
}
