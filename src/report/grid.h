/*
 * grid.h - the statutory tables as cells on a grid, as the forms print them.
 *
 * One layout, many outputs: the web page, DOCX, PDF and XLSX all draw these
 * cells, with the merged heads and the corner text of the forms
 * (国办公开办函〔2019〕60号, 〔2021〕30号).
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "report/tables.h"

#include "office/doc.h"

struct report_cell {
	uint16_t row, col, rowspan, colspan;
	bool head, number;
	struct str text;
	struct str key; /* of the figure in it; empty for heads */
};
struct report_grid {
	struct str caption;
	uint16_t rows, cols;
	struct report_cell *cells; /* in order of row, col */
	size_t count;
	const uint16_t *widths;
};

void grid_table2(struct arena *a, const struct report_tables *t, struct report_grid *out);
void grid_table3(struct arena *a, const struct report_tables *t, struct report_grid *out);
void grid_table4(struct arena *a, const struct report_tables *t, struct report_grid *out);
struct doc_table *grid_doc(struct arena *a, const struct report_grid *g);
#endif
