/*
 * grid.c - tables with merged cells, as the statutory forms have them.
 *
 * The cells are laid on a plan of rows × columns first: so a cell may come in
 * any order, an overlap is caught, and no row is left with a hole.
 */
#include "html/parts.h"
#include "html/parts_view.h"

#include "base/limits.h"
#include "html_html.h"

#include <assert.h>

struct plan {
	const struct grid_cell *cells;
	size_t rows, cols;
	uint32_t *owner; /* [row * cols + col]: 1 + index of the cell that covers it, 0: none */
};

static size_t span(uint16_t n)
{
	return n == 0 ? 1 : n;
}

static uint32_t owner_at(const struct plan *p, size_t row, size_t col)
{
	return p->owner[row * p->cols + col];
}

static void lay(struct plan *p, size_t index)
{
	const struct grid_cell *c = &p->cells[index];
	size_t bottom = c->row + span(c->rowspan), right = c->col + span(c->colspan);

	assert(bottom <= p->rows && right <= p->cols);
	for (size_t row = c->row; row < bottom; row++) {
		for (size_t col = c->col; col < right; col++) {
			assert(owner_at(p, row, col) == 0); /* no two cells on one place */
			p->owner[row * p->cols + col] = (uint32_t)index + 1;
		}
	}
}

static bool begins_at(const struct plan *p, size_t row, size_t col)
{
	uint32_t owner = owner_at(p, row, col);

	return owner != 0 && p->cells[owner - 1].row == row && p->cells[owner - 1].col == col;
}

/* Every place of the row belongs to a head: the row names columns. */
static bool is_head_row(const struct plan *p, size_t row)
{
	for (size_t col = 0; col < p->cols; col++) {
		uint32_t owner = owner_at(p, row, col);
		if (owner == 0 || !p->cells[owner - 1].head)
			return false;
	}
	return true;
}

static struct str scope_of(const struct grid_cell *c, bool head_row)
{
	if (head_row)
		return span(c->colspan) > 1 ? STR("colgroup") : STR("col");
	return span(c->rowspan) > 1 ? STR("rowgroup") : STR("row");
}

static void row_out(struct html *h, const struct plan *p, size_t row, bool head_row)
{
	grid_row_begin_html(h);
	for (size_t col = 0; col < p->cols; col++) {
		struct grid_view_cell v = { .rowspan = 1, .colspan = 1 };
		if (owner_at(p, row, col) != 0) {
			if (!begins_at(p, row, col))
				continue;
			v.cell = &p->cells[owner_at(p, row, col) - 1];
			v.scope = scope_of(v.cell, head_row);
			v.rowspan = span(v.cell->rowspan);
			v.colspan = span(v.cell->colspan);
		}
		grid_cell_html(h, &v);
	}
	grid_row_end_html(h);
}

/* The first run of head rows is the head of the table; a later run begins a new body. */
static void rows_out(struct html *h, const struct plan *p)
{
	enum { NOTHING, HEAD, BODY } open = NOTHING;

	for (size_t row = 0; row < p->rows; row++) {
		bool head_row = is_head_row(p, row);
		bool first_of_run = head_row && (row == 0 || !is_head_row(p, row - 1));
		if (open == HEAD && !head_row)
			grid_head_end_html(h);
		if (open == BODY && first_of_run)
			grid_body_end_html(h);
		if (row == 0 && head_row) {
			grid_head_begin_html(h);
			open = HEAD;
		} else if (open == NOTHING || (open == HEAD && !head_row) || first_of_run) {
			grid_body_begin_html(h);
			open = BODY;
		}
		row_out(h, p, row, head_row);
	}
	if (open == HEAD)
		grid_head_end_html(h);
	if (open == BODY)
		grid_body_end_html(h);
}

void html_grid(struct html *h, struct str caption, size_t rows, size_t cols,
	       const struct grid_cell *cells, size_t count)
{
	struct plan p = { .cells = cells, .rows = rows, .cols = cols };

	assert(caption.len > 0 && rows > 0 && cols > 0);
	assert(cols <= LIMIT_TABLE_CELLS && rows <= LIMIT_TABLE_CELLS / cols);
	p.owner = ARENA_ARRAY(h->arena, rows * cols, uint32_t);
	for (size_t i = 0; i < count; i++)
		lay(&p, i);
	grid_begin_html(h, caption);
	rows_out(h, &p);
	grid_end_html(h);
}
