/*
 * pdf_table.c - a table on paper: as wide as the text, broken between rows.
 *
 * The head is drawn again on every page. A cell over several rows that a page
 * end cuts is framed on both pages; its text stands once, in the larger part.
 * A row taller than a page becomes several, each with as many lines as fit.
 */
#include "base/limits.h"
#include "office/pdf_page.h"
#include "office/print.h"
#include "office/readers.h"

#include <math.h>

enum { CELLS_MAX = 20000 };
static const double padding_y = 2.5, row_least = 17;
static const double padding_small = 2.5, padding_large = 6; /* at the sides of a cell */
static const double sizes[] = { 9, 8, 7, 6 }; /* 小五, and smaller where numbers would break */

struct pdf_table {
	const struct doc_table *table;
	PangoLayout **texts; /* by cell */
	double *x;	     /* cols + 1 edges, from the left of the text */
	double *heights;     /* of rows */
	double points, pitch, padding_x;
	uint16_t heads;
};

/* ---- columns and the size of type */

static void place_columns(struct pdf *p, struct pdf_table *pt)
{
	const struct doc_table *t = pt->table;
	const uint16_t *relative = print_widths(p->arena, t);
	double sum = 0, at = 0;

	pt->x = ARENA_ARRAY(p->arena, (size_t)t->cols + 1, double);
	for (size_t c = 0; c < t->cols; c++)
		sum += relative[c];
	for (size_t c = 0; c < t->cols; c++) {
		pt->x[c] = at / sum * PDF_WIDTH;
		at += relative[c];
	}
	pt->x[t->cols] = PDF_WIDTH;
}

static double inner_width(const struct pdf_table *pt, const struct doc_cell *cell)
{
	return pt->x[cell->col + cell->colspan] - pt->x[cell->col] - 2 * pt->padding_x;
}

/* Letters and digits of the longest piece without a blank: what must not be broken. */
static size_t longest_word(struct str s)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		run = c > ' ' && c < 0x80 ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* The largest size in which no number is broken; half a square a digit. */
static double choose_size(const struct pdf_table *pt)
{
	if (pt->table->type_points > 0)
		return pt->table->type_points;
	for (size_t i = 0; i + 1 < COUNT_OF(sizes); i++) {
		bool fits = true;
		for (size_t k = 0; k < pt->table->cells_count && fits; k++) {
			const struct doc_cell *cell = &pt->table->cells[k];
			double width = (double)longest_word(cell->text) * sizes[i] * 0.52;
			fits = width <= inner_width(pt, cell);
		}
		if (fits)
			return sizes[i];
	}
	return sizes[COUNT_OF(sizes) - 1];
}

/* ---- rows */

static enum side side_of(const struct doc_cell *cell)
{
	if (cell->head)
		return SIDE_CENTRE;
	switch (cell->align) {
	case DOC_LEFT:
		return SIDE_LEFT;
	case DOC_CENTRE:
		return SIDE_CENTRE;
	case DOC_RIGHT:
		return SIDE_RIGHT;
	}
	return SIDE_LEFT;
}

static double needed(const struct pdf_table *pt, size_t cell)
{
	return typeset_lines(pt->texts[cell]) * pt->pitch + 2 * padding_y;
}

static double span_height(const struct pdf_table *pt, size_t from, size_t to)
{
	double height = 0;

	for (size_t r = from; r < to; r++)
		height += pt->heights[r];
	return height;
}

static void measure_rows(struct pdf *p, struct pdf_table *pt)
{
	const struct doc_table *t = pt->table;

	pt->heights = ARENA_ARRAY(p->arena, t->rows, double);
	for (size_t r = 0; r < t->rows; r++)
		pt->heights[r] = fmax(row_least, t->row_points);
	for (size_t i = 0; i < t->cells_count; i++)
		if (t->cells[i].rowspan == 1)
			pt->heights[t->cells[i].row] =
				fmax(pt->heights[t->cells[i].row], needed(pt, i));
	/* What a cell over several rows needs more is shared by them. */
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		size_t end = (size_t)cell->row + cell->rowspan;
		double missing = needed(pt, i) - span_height(pt, cell->row, end);
		for (size_t r = cell->row; missing > 0 && r < end; r++)
			pt->heights[r] += missing / cell->rowspan;
	}
}

void pdf_table_drop(struct pdf_table *pt)
{
	for (size_t i = 0; i < pt->table->cells_count; i++)
		g_object_unref(pt->texts[i]);
}

static void set_texts(struct pdf *p, struct pdf_table *pt)
{
	const struct doc_table *t = pt->table;

	pt->texts = arena_array(p->arena, t->cells_count, sizeof *pt->texts);
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		struct type type = { cell->head ? FONT_HEADING : FONT_SONG, pt->points, false, 0 };
		pt->texts[i] =
			typeset_text(p->ts, type, clean_text(p->arena, cell->text),
				     fmax(inner_width(pt, cell), pt->points), 0, side_of(cell));
	}
	measure_rows(p, pt);
}

/* ---- a row taller than a page: as many rows as its longest cell needs pages */

struct split {
	int lines;	/* that fit on a page, below the head */
	size_t *starts; /* the new row where each old one begins; one more at the end */
};

static struct str line_range(PangoLayout *layout, int from, int to)
{
	const char *text = pango_layout_get_text(layout);
	int count = typeset_lines(layout);

	if (from >= count)
		return STR_NONE;
	const PangoLayoutLine *first = pango_layout_get_line_readonly(layout, from);
	struct str all = str_from_c(text);
	size_t end = all.len;
	if (to < count)
		end = (size_t)pango_layout_get_line_readonly(layout, to)->start_index;
	struct str range = str_slice(all, (size_t)first->start_index, end);
	while (range.len > 0 && range.ptr[range.len - 1] == '\n') /* the next row begins anew */
		range.len--;
	return range;
}

static bool plan_split(struct pdf *p, const struct pdf_table *pt, struct split *s)
{
	const struct doc_table *t = pt->table;
	double room = PDF_HEIGHT - span_height(pt, 0, pt->heads) - 2 * padding_y;
	size_t *pieces = ARENA_ARRAY(p->arena, (size_t)t->rows + 1, size_t);

	s->lines = (int)(room / pt->pitch);
	if (s->lines < 1)
		return false;
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		size_t lines = (size_t)typeset_lines(pt->texts[i]), most = (size_t)s->lines;
		size_t needs = (lines + most - 1) / most;
		if (cell->rowspan == 1 && cell->row >= pt->heads && needs > pieces[cell->row])
			pieces[cell->row] = needs;
	}
	s->starts = ARENA_ARRAY(p->arena, (size_t)t->rows + 1, size_t);
	for (size_t r = 0; r < t->rows; r++)
		s->starts[r + 1] = s->starts[r] + (pieces[r] > 0 ? pieces[r] : 1);
	return s->starts[t->rows] > t->rows && s->starts[t->rows] <= UINT16_MAX;
}

static void split_row(struct pdf *p, const struct pdf_table *pt, const struct split *s, size_t row,
		      struct doc_table *out)
{
	const struct doc_table *t = pt->table;

	for (size_t piece = 0; s->starts[row] + piece < s->starts[row + 1]; piece++)
		for (size_t i = 0; i < t->cells_count; i++) {
			struct doc_cell cell = t->cells[i];
			int from = (int)piece * s->lines;
			if (cell.row != row || (cell.rowspan > 1 && piece > 0))
				continue;
			cell.row = (uint16_t)(s->starts[row] + piece);
			if (cell.rowspan > 1)
				cell.rowspan = (uint16_t)(s->starts[row + cell.rowspan] -
							  s->starts[row]);
			else if (s->starts[row + 1] - s->starts[row] > 1)
				cell.text = str_copy(p->arena, line_range(pt->texts[i], from,
									  from + s->lines));
			out->cells[out->cells_count++] = cell;
		}
}

/* false: there is nothing to split that would help. */
static bool split_tall_rows(struct pdf *p, struct pdf_table *pt)
{
	const struct doc_table *t = pt->table;
	struct split s;

	if (!plan_split(p, pt, &s))
		return false;
	struct doc_table *out = ARENA_NEW(p->arena, struct doc_table);
	*out = *t;
	out->rows = (uint16_t)s.starts[t->rows];
	size_t most = t->cells_count + (s.starts[t->rows] - t->rows) * t->cols;
	out->cells = ARENA_ARRAY(p->arena, most, struct doc_cell);
	out->cells_count = 0;
	for (size_t row = 0; row < t->rows; row++)
		split_row(p, pt, &s, row, out);
	pdf_table_drop(pt);
	pt->table = out;
	set_texts(p, pt);
	return true;
}

static size_t tall_row(const struct pdf_table *pt)
{
	double head = span_height(pt, 0, pt->heads);

	for (size_t r = pt->heads; r < pt->table->rows; r++)
		if (pt->heights[r] + head > PDF_HEIGHT)
			return r + 1;
	return 0;
}

bool pdf_table_layout(struct pdf *p, const struct doc_table *t, struct pdf_table **out,
		      struct err *err)
{
	struct pdf_table *pt = ARENA_NEW(p->arena, struct pdf_table);

	if (t->cells_count > CELLS_MAX)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", CELLS_MAX);
	pt->table = t;
	pt->heads = print_head_rows(t);
	place_columns(p, pt);
	pt->padding_x = t->type_points > 0 ? padding_large : padding_small;
	pt->points = choose_size(pt);
	pt->pitch = pt->points * 1.3;
	set_texts(p, pt);
	if (tall_row(pt) > 0)
		(void)split_tall_rows(p, pt);
	if (tall_row(pt) > 0) { /* its head, or a cell over several rows */
		pdf_table_drop(pt);
		return err_set(err, ERR_LIMIT, "office.row_too_tall", "%zu", tall_row(pt));
	}
	*out = pt;
	return true;
}

double pdf_table_height(const struct pdf_table *pt)
{
	return span_height(pt, 0, pt->table->rows);
}

/* ---- drawing */

/* Rows from..to-1 stand on one page, the first of them at top. */
struct stretch { size_t from, to; double top; };

static void draw_frame(struct pdf *p, double x, double y, double width, double height, bool head)
{
	cairo_rectangle(p->cr, x, y, width, height);
	if (head) {
		cairo_set_source_rgb(p->cr, 0.94, 0.95, 0.97);
		cairo_fill_preserve(p->cr);
		cairo_set_source_rgb(p->cr, 0, 0, 0);
	}
	cairo_set_line_width(p->cr, 0.5);
	cairo_stroke(p->cr);
}

/* Whether this stretch holds the larger part of the cell, or an equal one first. */
static bool shows_text(const struct pdf_table *pt, const struct doc_cell *cell,
		       const struct stretch *s, double here)
{
	size_t end = (size_t)cell->row + cell->rowspan;
	double before = span_height(pt, cell->row, s->from > cell->row ? s->from : cell->row);
	double after = span_height(pt, s->to < end ? s->to : end, end);

	return here > before && here >= after;
}

static void draw_cell(struct pdf *p, const struct pdf_table *pt, size_t index,
		      const struct stretch *s, bool again)
{
	const struct doc_cell *cell = &pt->table->cells[index];
	size_t from = cell->row > s->from ? cell->row : s->from;
	size_t end = (size_t)cell->row + cell->rowspan, to = end < s->to ? end : s->to;
	double y = s->top + span_height(pt, s->from, from), height = span_height(pt, from, to);
	double x = PDF_LEFT + pt->x[cell->col];
	int lines = typeset_lines(pt->texts[index]);
	const char *tag = cell->head ? "TH" : "TD";

	draw_frame(p, x, y, pt->x[cell->col + cell->colspan] - pt->x[cell->col], height,
		   cell->head);
	if (!again && !shows_text(pt, cell, s, height))
		return;
	if (!again)
		pdf_tag(p, tag);
	typeset_show(p->cr, pt->texts[index],
		     (struct setting){ .x = x + pt->padding_x,
				       .y = y + (height - lines * pt->pitch) / 2,
				       .pitch = pt->pitch,
				       .points = pt->points,
				       .count = lines });
	if (!again)
		pdf_end_tag(p, tag);
}

/*
 * Each cell is drawn with the row where it begins, or with the first of the
 * page. A head that comes again is drawn without tags: it is said once.
 */
static void draw_stretch(struct pdf *p, const struct pdf_table *pt, const struct stretch *s,
			 bool again)
{
	const struct doc_table *t = pt->table;

	for (size_t row = s->from; row < s->to; row++) {
		bool any = false;
		for (size_t i = 0; i < t->cells_count && t->cells[i].row <= row; i++) {
			const struct doc_cell *cell = &t->cells[i];
			bool begins = cell->row == row ||
				      (row == s->from && cell->row < row &&
				       (size_t)cell->row + cell->rowspan > row);
			if (!begins)
				continue;
			if (!any && !again)
				pdf_tag(p, "TR");
			any = true;
			draw_cell(p, pt, i, s, again);
		}
		if (any && !again)
			pdf_end_tag(p, "TR");
	}
}

void pdf_table_draw(struct pdf *p, struct pdf_table *pt)
{
	size_t rows = pt->table->rows, next = 0;

	pdf_tag(p, "Table");
	while (next < rows) {
		bool again = next > 0;
		if (again) {
			pdf_next_page(p);
			struct stretch head = { 0, pt->heads, PDF_TOP };
			draw_stretch(p, pt, &head, true);
			p->y = span_height(pt, 0, pt->heads);
		}
		struct stretch s = { next, next, PDF_TOP + p->y };
		double least = again ? 0 : span_height(pt, 0, pt->heads);
		while (s.to < rows &&
		       (pt->heights[s.to] <= pdf_room(p) || (again && s.to == s.from))) {
			p->y += pt->heights[s.to];
			s.to++;
		}
		if (s.to == next || (!again && s.to <= pt->heads && s.to < rows && least > 0)) {
			/* not even the head and a row: begin on the next page */
			p->y = PDF_HEIGHT;
			pdf_next_page(p);
			continue;
		}
		draw_stretch(p, pt, &s, false);
		next = s.to;
	}
	pdf_end_tag(p, "Table");
	pdf_table_drop(pt);
}
