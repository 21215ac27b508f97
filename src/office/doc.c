#include "office/doc.h"

static bool covers(const struct doc_cell *cell, int row, int col)
{
	return cell->row <= row && row < cell->row + cell->rowspan && cell->col <= col &&
	       col < cell->col + cell->colspan;
}

const struct doc_cell *doc_cell_at(const struct doc_table *t, int row, int col)
{
	for (size_t i = 0; i < t->cells_count && t->cells[i].row <= row; i++)
		if (covers(&t->cells[i], row, col))
			return &t->cells[i];
	return NULL;
}

const struct doc_cell **doc_table_grid(struct arena *a, const struct doc_table *t)
{
	const struct doc_cell **grid =
		arena_array(a, (size_t)t->rows * t->cols, sizeof(const struct doc_cell *));

	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		for (size_t row = cell->row; row < (size_t)cell->row + cell->rowspan; row++)
			for (size_t col = cell->col; col < (size_t)cell->col + cell->colspan; col++)
				grid[row * t->cols + col] = cell;
	}
	return grid;
}
