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

static const struct grid_cell *cell_over(const struct grid_row *row, uint16_t col)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].col <= col && col < row->cells[i].col + row->cells[i].colspan)
			return &row->cells[i];
	return NULL;
}

/*
 * What heads the column of cell i. Where cells are not merged, as on many sheets, a name that
 * ought to reach down stands above a blank cell.
 */
static struct str head_key(const struct grid *g, size_t r, size_t i)
{
	const struct grid_cell *cell = &g->rows[r].cells[i], *above;

	if (cell->text.len > 0 || r == 0)
		return cell->key;
	above = cell_over(&g->rows[r - 1], cell->col);
	return above != NULL ? above->key : STR_NONE;
}

/* 其他 heads a column only right of 法律服务机构: labels say it, too. Every name must be there. */
static bool read_heads3(const struct grid *g, size_t r, struct heads3 *h)
{
	const struct grid_row *row = &g->rows[r];
	struct heads3 found = { .known = true };
	size_t next = 0, own = 0;

	for (size_t i = 0; i < row->count && next < APPLICANT_COLUMNS; i++)
		if (str_equal(head_key(g, r, i), form_applicants[next].label)) {
			own += row->cells[i].key.len > 0;
			found.col[next++] = row->cells[i].col;
		}
	/* A row of blanks below the head is no head. */
	if (next < APPLICANT_COLUMNS || own == 0)
		return false;
	*h = found;
	return true;
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
		words += row->cells[i].state == LINT_UNREADABLE &&
			 !str_starts(row->cells[i].source, STR("=")); /* a formula */
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
			if (read_heads3(&p->grids[g], r, &heads))
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

/* The columns of the heads 结果维持 … 总计, `want` in all: fifteen are three times over. */
static bool read_heads4(const struct grid *g, size_t r, size_t want, uint16_t col[FIGURES4])
{
	const struct grid_row *row = &g->rows[r];
	uint16_t found[FIGURES4];
	size_t next = 0, own = 0;

	for (size_t i = 0; i < row->count && next < want; i++)
		if (str_equal(head_key(g, r, i), form_outcomes[next % ROUTE_OUTCOMES].label)) {
			own += row->cells[i].key.len > 0;
			found[next++] = row->cells[i].col;
		}
	if (next < want || own == 0)
		return false;
	memcpy(col, found, want * sizeof *found);
	return true;
}

/* Which of the three routes the words left of the figures name; ROUTES if none. */
static size_t route_of_row(const struct grid_row *row, uint16_t before)
{
	static const struct { const char *ends; size_t route; } names[] = {
		{ "复议后起诉", 2 }, { "直接起诉", 1 }, { "行政复议", 0 },
	};

	for (size_t i = row->count; i-- > 0;) {
		if (row->cells[i].col >= before || row->cells[i].key.len == 0)
			continue;
		for (size_t k = 0; k < COUNT_OF(names); k++)
			if (str_ends(row->cells[i].key, str_from_c(names[k].ends)))
				return names[k].route;
		return ROUTES;
	}
	return ROUTES;
}

/* The table turned: one row for each route, the five outcomes over it. */
static bool turned_table4(const struct pages *p, const struct grid *g, struct num_row *out)
{
	uint16_t col[FIGURES4];
	bool known = false, seen[ROUTES] = { false };

	for (size_t r = 0; r < g->rows_count; r++) {
		if (read_heads4(g, r, ROUTE_OUTCOMES, col)) {
			known = true;
			continue;
		}
		size_t route = known ? route_of_row(&g->rows[r], col[0]) : ROUTES;
		if (route == ROUTES || seen[route])
			continue;
		seen[route] = true;
		for (size_t c = 0; c < ROUTE_OUTCOMES; c++) {
			const struct grid_cell *cell = cell_over(&g->rows[r], col[c]);
			struct str text = cell != NULL ? cell->text : STR_NONE;
			out->cells[route * ROUTE_OUTCOMES + c] =
				cell_parse(text, plain_text(p->arena, text), g->rows[r].place);
		}
	}
	out->count = FIGURES4;
	return seen[0] && seen[1] && seen[2] && is_data(out);
}

bool row_of_grids4(const struct pages *p, struct num_row *out)
{
	struct num_rows rows = { .rows = out };
	uint16_t col[FIGURES4];
	bool known = false;

	for (size_t g = 0; g < p->grids_count; g++) {
		for (size_t r = 0; r < p->grids[g].rows_count; r++) {
			const struct grid_row *from = &p->grids[g].rows[r];
			if (read_heads4(&p->grids[g], r, FIGURES4, col)) {
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
	for (size_t g = 0; g < p->grids_count; g++) {
		if (p->grids[g].rows_count == 0)
			continue;
		row_new(&rows, &p->grids[g].rows[0]);
		if (turned_table4(p, &p->grids[g], out))
			return true;
	}
	return false;
}
