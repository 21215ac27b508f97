/*
 * rows_grid.c - rows of numbers in real tables, with merged cells, however the
 * three tables are cut into one or many.
 *
 * A head line tells which column is which; it holds for the rows below, also in
 * the tables after it, because word processors break a table at the page.
 */
#include "lint/lint_internal.h"

#include <string.h>

/* ---- table 三 */

struct heads3 { bool known; uint16_t col[APPLICANT_COLUMNS]; };

/* 其他 heads a column only right of 法律服务机构: labels say it, too. Every name must be there. */
static bool read_heads3(const struct grid_row *row, struct heads3 *h)
{
	struct heads3 found = { .known = true };
	size_t next = 0;

	for (size_t i = 0; i < row->count && next < APPLICANT_COLUMNS; i++)
		if (str_equal(row->cells[i].key, form_applicants[next].label))
			found.col[next++] = row->cells[i].col;
	if (next < APPLICANT_COLUMNS)
		return false;
	*h = found;
	return true;
}

static const struct grid_cell *cell_over(const struct grid_row *row, uint16_t col)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].col <= col && col < row->cells[i].col + row->cells[i].colspan)
			return &row->cells[i];
	return NULL;
}

/* The words left of column `before`: the nearest is the label, the others its groups. */
static void name_row(struct arena *a, const struct grid_row *row, size_t before,
		     struct num_row *out)
{
	struct buf around = buf_open(a, 64, LIMIT_LINT_BYTES);
	struct str label = STR_NONE;

	for (size_t i = 0; i < row->count && row->cells[i].col < before; i++) {
		struct str text = row->cells[i].text;
		if (text.len == 0 || text.len > 1000)
			continue;
		buf_add(&around, label);
		label = text;
	}
	out->printed = label;
	out->near = mark_key(a, label);
	out->around = plain_key(a, buf_str(&around));
}

static struct num_row *row_new(struct num_rows *out, const struct grid_row *from)
{
	struct num_row *row = &out->rows[out->count];

	*row = (struct num_row){ .place = from->place, .fielded = true,
				 .first_line = SIZE_MAX, .last_line = SIZE_MAX };
	return row;
}

static void push_cell(struct arena *a, struct num_row *row, const struct grid_cell *cell)
{
	struct str text = cell != NULL ? cell->text : STR_NONE;

	if (row->count < ROW_CELLS)
		row->cells[row->count++] = cell_parse(text, plain_text(a, text), row->place);
}

/* Does this row carry figures, or places for them, rather than words? */
static bool is_data(const struct num_row *row)
{
	size_t words = 0;

	for (size_t i = 0; i < row->count; i++)
		words += row->cells[i].state == LINT_UNREADABLE;
	return row->count > 0 && words * 2 < row->count;
}

static void read_row3(struct arena *a, const struct grid_row *from, const struct heads3 *h,
		      struct num_rows *out)
{
	struct num_row *row = row_new(out, from);
	size_t before;

	if (h->known) {
		before = h->col[0];
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			push_cell(a, row, cell_over(from, h->col[c]));
	} else {
		if (from->count <= APPLICANT_COLUMNS)
			return;
		before = from->cells[from->count - APPLICANT_COLUMNS].col;
		for (size_t c = from->count - APPLICANT_COLUMNS; c < from->count; c++)
			push_cell(a, row, &from->cells[c]);
	}
	name_row(a, from, before, row);
	if (row->near.len > 0 && is_data(row))
		out->count++;
}

/* A row with fewer cells than the head's columns was cut from another table. */
static bool reaches(const struct grid_row *row, const struct heads3 *h)
{
	const struct grid_cell *last = row->count > 0 ? &row->cells[row->count - 1] : NULL;

	return last != NULL && last->col + last->colspan > h->col[APPLICANT_TOTAL];
}

struct num_rows rows_of_grids3(const struct pages *p)
{
	struct num_rows out = { .rows = ARENA_ARRAY(p->arena, LIMIT_LINT_ROWS, struct num_row) };
	struct heads3 heads = { .known = false };

	for (size_t g = 0; g < p->grids_count; g++) {
		for (size_t r = 0; r < p->grids[g].rows_count && out.count < LIMIT_LINT_ROWS; r++) {
			const struct grid_row *row = &p->grids[g].rows[r];
			if (read_heads3(row, &heads))
				continue;
			struct heads3 use = heads;
			use.known = heads.known && reaches(row, &heads);
			read_row3(p->arena, row, &use, &out);
		}
	}
	return out;
}

/* ---- table 二 */

struct heads2 { size_t count; uint16_t label, col[ROW_CELLS]; struct str key[ROW_CELLS]; };

static bool read_heads2(const struct grid_row *row, struct heads2 *h)
{
	size_t i = 0;

	while (i < row->count && !str_equal_c(row->cells[i].key, "信息内容"))
		i++;
	if (i == row->count)
		return false;
	*h = (struct heads2){ .label = row->cells[i].col };
	for (i++; i < row->count && h->count < ROW_CELLS; i++) {
		if (row->cells[i].key.len == 0)
			continue;
		h->col[h->count] = row->cells[i].col;
		h->key[h->count++] = row->cells[i].key;
	}
	return true;
}

struct num_rows rows_of_grids2(const struct pages *p)
{
	struct num_rows out = { .rows = ARENA_ARRAY(p->arena, LIMIT_LINT_ROWS, struct num_row) };
	struct heads2 heads = { .count = 0 };

	for (size_t g = 0; g < p->grids_count; g++) {
		for (size_t r = 0; r < p->grids[g].rows_count && out.count < LIMIT_LINT_ROWS; r++) {
			const struct grid_row *from = &p->grids[g].rows[r];
			if (read_heads2(from, &heads) || heads.count == 0)
				continue;
			struct num_row *row = row_new(&out, from);
			for (size_t c = 0; c < heads.count; c++) {
				row->heads[row->count] = heads.key[c];
				push_cell(p->arena, row, cell_over(from, heads.col[c]));
			}
			name_row(p->arena, from, heads.col[0], row);
			if (row->near.len > 0 && is_data(row))
				out.count++;
		}
	}
	return out;
}

/* ---- table 四 */

enum { FIGURES4 = ROUTES * ROUTE_OUTCOMES };

/* The columns of the fifteen heads: 结果维持 … 总计, three times over. */
static bool read_heads4(const struct grid_row *row, uint16_t col[FIGURES4])
{
	size_t next = 0;

	for (size_t i = 0; i < row->count && next < FIGURES4; i++)
		if (str_equal(row->cells[i].key, form_outcomes[next % ROUTE_OUTCOMES].label))
			col[next++] = row->cells[i].col;
	return next == FIGURES4;
}

bool row_of_grids4(const struct pages *p, struct num_row *out)
{
	struct num_rows rows = { .rows = out };
	uint16_t col[FIGURES4];
	bool known = false;

	for (size_t g = 0; g < p->grids_count; g++) {
		for (size_t r = 0; r < p->grids[g].rows_count; r++) {
			const struct grid_row *from = &p->grids[g].rows[r];
			if (read_heads4(from, col)) {
				known = true;
				continue;
			}
			if (!known)
				continue;
			row_new(&rows, from);
			for (size_t c = 0; c < FIGURES4; c++)
				push_cell(p->arena, out, cell_over(from, col[c]));
			if (is_data(out))
				return true;
		}
	}
	return false;
}
