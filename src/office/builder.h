/*
 * builder.h - making a struct doc from a stream of blocks; for the readers of office/ alone.
 *
 * Counts what it is given against base/limits.h. A table is fed row by row and
 * cell by cell; whatever blocks arrive while a cell is open belong to it. At
 * the end the builder decides what the table was: a table of data becomes one
 * DOC_TABLE, and a table that only arranges the page (another table stands in
 * one of its cells, or it is one column of many paragraphs) leaves its blocks
 * standing in reading order, so that no table hides another.
 */
#ifndef OFFICE_BUILDER_H
#define OFFICE_BUILDER_H

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "office/doc.h"

struct table_frame;

struct builder {
	struct arena *arena;
	struct doc_block *blocks;
	size_t count, cap;
	size_t text_bytes, positions;	  /* spent of LIMIT_DOC_TEXT and LIMIT_TABLE_CELLS */
	size_t paragraphs, tables;	  /* met so far, for places */
	struct table_frame *open, *spare; /* innermost open table; frames to use again */
};

struct builder builder_open(struct arena *a);
/* Empty text is kept: the caller decides whether an empty paragraph means something. */
NODISCARD bool builder_add(struct builder *b, struct doc_block block, struct err *err);
/* A paragraph or heading with its place "第N段"; nothing if the trimmed text is empty. */
NODISCARD bool builder_add_text(struct builder *b, enum doc_block_kind kind, int level,
				struct str text, struct err *err);
struct doc *builder_finish(struct builder *b, enum doc_source source);

struct cell_spec {
	uint32_t rowspan, colspan; /* at least 1; a rowspan past the last row is cut at the end */
	bool head;
};
NODISCARD bool builder_table_begin(struct builder *b, struct err *err);
void builder_table_caption(struct builder *b, struct str caption);
/* Columns in which no cell begins are cut off: pages write colspan="20" for "all of them". */
void builder_table_trims(struct builder *b);
NODISCARD bool builder_row_begin(struct builder *b, struct err *err);
/* The next `columns` columns of this row hold nothing (Word's gridBefore). */
NODISCARD bool builder_row_skip(struct builder *b, uint32_t columns, struct err *err);
/* The cell takes the next column that no cell above reaches into. */
NODISCARD bool builder_cell_begin(struct builder *b, struct cell_spec spec, struct err *err);
/* The next columns go on with the cell above (Word's vMerge): what is put in it is dropped. */
NODISCARD bool builder_cell_continue(struct builder *b, uint32_t colspan, struct err *err);
void builder_cell_align(struct builder *b, enum doc_align align); /* of the open cell */
bool builder_in_cell(const struct builder *b);
void builder_cell_end(struct builder *b);
/* No cell reaches over this line (HTML's row groups). */
void builder_group_end(struct builder *b);
NODISCARD bool builder_table_end(struct builder *b, struct err *err);

/* A finished table as a block; checks the limits. place may be empty: then "第N个表格". */
NODISCARD bool builder_add_table(struct builder *b, const struct doc_table *table, struct str place,
				 struct err *err);
#endif
