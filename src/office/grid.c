#include "office/grid.h"

#include "office/readers.h"

#include <string.h>

enum { ROWS_BEYOND_MAX = 1000 }; /* a merged cell may reach this far past the last row with text */

struct grid grid_open(struct arena *a)
{
	return (struct grid){ .arena = a };
}

static bool too_large(struct err *err)
{
	return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_TABLE_CELLS);
}

static bool add_cell(struct grid *g, uint32_t row, uint32_t col, struct str text, struct err *err)
{
	if (g->count == LIMIT_TABLE_CELLS)
		return too_large(err);
	if (text.len > LIMIT_DOC_TEXT - g->text_bytes)
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_DOC_TEXT);
	if (g->count == g->cap) {
		size_t cap = g->cap == 0 ? 256 : g->cap * 2;
		struct doc_cell *more = ARENA_ARRAY(g->arena, cap, struct doc_cell);
		if (g->count > 0)
			memcpy(more, g->cells, g->count * sizeof *more);
		g->cells = more;
		g->cap = cap;
	}
	g->text_bytes += text.len;
	g->cells[g->count++] = (struct doc_cell){ .row = (uint16_t)row, .col = (uint16_t)col,
						  .rowspan = 1, .colspan = 1,
						  .text = str_copy(g->arena, text) };
	return true;
}

bool grid_take_row(void *grid, const struct sheet_row *row, struct err *err)
{
	struct grid *g = grid;

	if (row->number > UINT16_MAX)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", UINT16_MAX);
	for (size_t c = 0; c < row->count; c++) {
		struct str text = clean_text(g->arena, str_trim(row->cells[c]));
		if (text.len == 0)
			continue;
		if (!add_cell(g, row->number - 1, (uint32_t)c, text, err))
			return false;
		if (c + 1 > g->cols)
			g->cols = (uint32_t)c + 1;
		g->rows = row->number;
	}
	return true;
}

/* Titles are merged over columns that hold nothing else; whole merged rows and columns are not. */
static void widen(struct grid *g, const struct xlsx_merges *merges)
{
	uint32_t rows = g->rows, cols = g->cols;

	for (size_t i = 0; i < merges->count; i++) {
		const struct xlsx_merge *m = &merges->list[i];
		if (m->row >= g->rows || m->col >= g->cols)
			continue;
		if (m->last_col < LIMIT_SHEET_COLUMNS && m->last_col >= cols)
			cols = m->last_col + 1;
		if (m->last_row < g->rows + ROWS_BEYOND_MAX && m->last_row < UINT16_MAX &&
		    m->last_row >= rows)
			rows = m->last_row + 1;
	}
	if ((size_t)rows * cols <= LIMIT_TABLE_CELLS) {
		g->rows = rows;
		g->cols = cols;
	}
}

/* Which merged cell covers each position, 0 for none; of two that overlap the first one counts. */
static uint32_t *cover(const struct grid *g, const struct xlsx_merges *merges)
{
	uint32_t *map = ARENA_ARRAY(g->arena, (size_t)g->rows * g->cols, uint32_t);
	size_t work = (size_t)LIMIT_TABLE_CELLS * 4;

	for (size_t i = 0; i < merges->count && work > 0; i++) {
		const struct xlsx_merge *m = &merges->list[i];
		uint32_t last_row = m->last_row < g->rows ? m->last_row : g->rows - 1;
		uint32_t last_col = m->last_col < g->cols ? m->last_col : g->cols - 1;
		bool free = m->row < g->rows && m->col < g->cols;
		for (uint32_t r = m->row; free && r <= last_row; r++)
			for (uint32_t c = m->col; free && c <= last_col && work > 0; c++, work--)
				free = map[r * g->cols + c] == 0;
		for (uint32_t r = m->row; free && r <= last_row; r++)
			for (uint32_t c = m->col; c <= last_col; c++)
				map[r * g->cols + c] = (uint32_t)i + 1;
	}
	return map;
}

static struct doc_cell cell_for(const struct grid *g, const struct xlsx_merges *merges,
				const uint32_t *map, uint32_t row, uint32_t col)
{
	struct doc_cell cell = { .row = (uint16_t)row,
				 .col = (uint16_t)col,
				 .rowspan = 1,
				 .colspan = 1,
				 .text = STR_NONE };
	uint32_t merge = map[row * g->cols + col];

	if (merge != 0) {
		const struct xlsx_merge *m = &merges->list[merge - 1];
		uint32_t last_row = m->last_row < g->rows ? m->last_row : g->rows - 1;
		uint32_t last_col = m->last_col < g->cols ? m->last_col : g->cols - 1;
		cell.rowspan = (uint16_t)(last_row - row + 1);
		cell.colspan = (uint16_t)(last_col - col + 1);
	}
	return cell;
}

bool grid_add_to(struct grid *g, const struct xlsx_merges *merges, struct str caption,
		 struct str place, struct builder *b, struct err *err)
{
	static const struct xlsx_merges none = { 0 };
	struct doc_table table = { .caption = caption };
	size_t next = 0;

	merges = merges == NULL ? &none : merges;
	if (g->count == 0)
		return true;
	if ((size_t)g->rows * g->cols > LIMIT_TABLE_CELLS)
		return too_large(err);
	widen(g, merges);
	table.rows = (uint16_t)g->rows;
	table.cols = (uint16_t)g->cols;
	table.cells = ARENA_ARRAY(g->arena, (size_t)g->rows * g->cols, struct doc_cell);
	const uint32_t *map = cover(g, merges);
	for (uint32_t row = 0; row < g->rows; row++) {
		for (uint32_t col = 0; col < g->cols; col++) {
			uint32_t merge = map[row * g->cols + col];
			bool covered = merge != 0 && (merges->list[merge - 1].row != row ||
						      merges->list[merge - 1].col != col);
			bool here = next < g->count && g->cells[next].row == row &&
				    g->cells[next].col == col;
			if (!covered) {
				struct doc_cell cell = cell_for(g, merges, map, row, col);
				cell.text = here ? g->cells[next].text : STR_NONE;
				table.cells[table.cells_count++] = cell;
			}
			next += here;
		}
	}
	return builder_add_table(b, &table, place, err);
}
