/*
 * doc.h - one neutral tree for documents, read or to be written.
 *
 * What a DOCX, PDF, HTML, XLSX or text file holds for our purposes: titles,
 * headings, paragraphs, tables of cells, pictures and charts, in reading order,
 * each with the place it came from. The readers (office/read.h) make it, the
 * writers (office/write.h) print it. No domain word here.
 */
#ifndef OFFICE_DOC_H
#define OFFICE_DOC_H

#include "base/str.h"

enum doc_block_kind {
	DOC_TITLE,
	DOC_HEADING,   /* level 1.. */
	DOC_PARAGRAPH,
	DOC_TABLE,
	DOC_CHART,     /* written as a pie with its table; readers never make one */
	DOC_PICTURE,   /* something drawn: text is its alternative, or empty */
	DOC_PAGE_BREAK,
};

/* Where a thing stands in the file, for findings: "第3页", "工作表1 B12", "第8段". Human text. */
struct doc_place { struct str text; };

enum doc_align { DOC_LEFT, DOC_CENTRE, DOC_RIGHT };
struct doc_cell {
	uint16_t row, col, rowspan, colspan; /* spans at least 1 */
	bool head;
	enum doc_align align;
	struct str text;
};
struct doc_table {
	uint16_t rows, cols;
	struct doc_cell *cells; /* in order of row, col; a covered position has no cell */
	size_t cells_count;
	struct str caption;
	const uint16_t *widths; /* relative column widths for writers, or NULL */
	/* For writers: size of type, least height of rows; 0: as statistical tables are. */
	uint16_t type_points, row_points;
};
struct doc_slice { struct str label; int64_t value; };
struct doc_block {
	enum doc_block_kind kind;
	int level;
	struct str text;
	struct doc_table *table;
	struct doc_slice *slices; /* of a chart */
	size_t slices_count;
	struct doc_place place;
};
enum doc_source {
	DOC_SOURCE_NONE,
	DOC_SOURCE_TEXT,
	DOC_SOURCE_HTML,
	DOC_SOURCE_DOCX,
	DOC_SOURCE_XLSX,
	DOC_SOURCE_PDF
};
struct doc {
	struct str title;
	struct doc_block *blocks;
	size_t count;
	enum doc_source source;
	int pages; /* of a PDF, else 0 */
	/* A block is a line, empty ones too, and keeps its columns by runs of spaces. */
	bool layout_text;
};

/* Cell covering (row, col), or NULL. It searches: for a whole table take the grid. */
const struct doc_cell *doc_cell_at(const struct doc_table *t, int row, int col);
/* rows × cols pointers, row by row: the cell that covers each position, or NULL. */
const struct doc_cell **doc_table_grid(struct arena *a, const struct doc_table *t);
#endif
