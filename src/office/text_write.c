#include "base/limits.h"
#include "office/print.h"
#include "office/write.h"

/* A cell on one line, so that lines stay rows and tabs stay columns. */
static void add_cell(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		buf_add_char(out, c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
	}
}

static void add_table(struct arena *a, struct buf *out, const struct doc_table *t)
{
	const struct doc_cell **grid = doc_table_grid(a, t);

	if (t->caption.len > 0) {
		buf_add(out, t->caption);
		buf_add_char(out, '\n');
	}
	for (size_t row = 0; row < t->rows; row++) {
		for (size_t col = 0; col < t->cols; col++) {
			const struct doc_cell *cell = grid[row * t->cols + col];
			if (col > 0)
				buf_add_char(out, '\t');
			if (cell != NULL && cell->row == row && cell->col == col)
				add_cell(out, cell->text);
		}
		buf_add_char(out, '\n');
	}
}

struct str office_write_text(struct arena *a, const struct doc *d)
{
	struct buf out = buf_open(a, 64 * KIB, (size_t)LIMIT_DOC_TEXT * 8);

	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		if (i > 0)
			buf_add_char(&out, '\n');
		switch (block->kind) {
		case DOC_TITLE:
		case DOC_HEADING:
		case DOC_PARAGRAPH:
			buf_add(&out, block->text);
			buf_add_char(&out, '\n');
			break;
		case DOC_TABLE:
			add_table(a, &out, block->table);
			break;
		case DOC_CHART:
			add_table(a, &out, print_chart_table(a, block));
			break;
		case DOC_PICTURE:
			if (block->text.len > 0)
				buf_addf(&out, "〔图：" STR_FMT "〕\n", STR_ARG(block->text));
			break;
		case DOC_PAGE_BREAK:
			break;
		}
	}
	return buf_str(&out);
}
