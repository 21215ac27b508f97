/*
 * grid.h - rows of a spreadsheet gathered into one table; for office/ alone.
 *
 * Row and column of a cell are those of the sheet, so that a finding can name
 * B12. Every position inside the used rectangle gets a cell unless a merged
 * one covers it.
 */
#ifndef OFFICE_GRID_H
#define OFFICE_GRID_H

#include "office/builder.h"
#include "office/read.h"
#include "office/xlsx.h"

struct grid {
	struct arena *arena;
	struct doc_cell *cells; /* with text, in order */
	size_t count, cap, text_bytes;
	uint32_t rows, cols;
};

struct grid grid_open(struct arena *a);
bool grid_take_row(void *grid, const struct sheet_row *row, struct err *err); /* a sheet_row_fn */
/* Adds nothing if no row came. */
NODISCARD bool grid_add_to(struct grid *g, const struct xlsx_merges *merges, struct str caption,
			   struct str place, struct builder *b, struct err *err);
#endif
