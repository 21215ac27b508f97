#include "office/builder.h"

#include "office/readers.h"

#include <assert.h>
#include <string.h>

enum { NOBODY = -1 };

/* A cell while its table is open: the blocks first..last-1 of the builder are its content. */
struct draft {
	size_t first, last;
	uint32_t row, col, rowspan, colspan;
	bool head;
	enum doc_align align;
};

struct table_frame {
	struct table_frame *outer;
	struct draft *drafts;
	size_t count, cap;
	size_t first_block;
	uint32_t rows, next_col, cols;
	bool row_open, cell_open, cell_dropped;
	bool holds_table; /* it only arranges the page */
	bool trims;
	struct str caption;
	/* per column, the draft that last took it, and the row where that draft ends */
	int32_t owner[LIMIT_SHEET_COLUMNS];
	uint32_t until[LIMIT_SHEET_COLUMNS];
};

struct builder builder_open(struct arena *a)
{
	return (struct builder){ .arena = a };
}

static bool too_large(struct err *err, size_t limit)
{
	return err_set(err, ERR_LIMIT, "office.too_large", "%zu", limit);
}

bool builder_add(struct builder *b, struct doc_block block, struct err *err)
{
	if (b->count == LIMIT_DOC_BLOCKS)
		return err_set(err, ERR_LIMIT, "office.too_many_blocks", "%d", LIMIT_DOC_BLOCKS);
	block.text = clean_text(b->arena, block.text);
	if (block.text.len > LIMIT_DOC_TEXT - b->text_bytes)
		return too_large(err, LIMIT_DOC_TEXT);
	if (b->count == b->cap) {
		size_t cap = b->cap == 0 ? 64 : b->cap * 2;
		struct doc_block *more = ARENA_ARRAY(b->arena, cap, struct doc_block);
		if (b->count > 0)
			memcpy(more, b->blocks, b->count * sizeof *more);
		b->blocks = more;
		b->cap = cap;
	}
	b->text_bytes += block.text.len;
	b->blocks[b->count++] = block;
	return true;
}

bool builder_add_text(struct builder *b, enum doc_block_kind kind, int level, struct str text,
		      struct err *err)
{
	struct doc_block block = { .kind = kind, .level = level, .text = str_trim(text) };

	if (block.text.len == 0)
		return true;
	b->paragraphs++;
	block.place.text = str_format(b->arena, "第%zu段", b->paragraphs);
	return builder_add(b, block, err);
}

struct doc *builder_finish(struct builder *b, enum doc_source source)
{
	assert(b->open == NULL);
	struct doc *d = ARENA_NEW(b->arena, struct doc);

	*d = (struct doc){ .title = STR_NONE, .blocks = b->blocks, .count = b->count,
			   .source = source };
	return d;
}

/* ---- tables */

bool builder_table_begin(struct builder *b, struct err *err)
{
	struct table_frame *frame = b->spare;
	int depth = 1;

	for (struct table_frame *outer = b->open; outer != NULL; outer = outer->outer)
		depth++;
	if (depth > LIMIT_TABLE_NESTING)
		return err_set(err, ERR_LIMIT, "office.too_deep", "%d", LIMIT_TABLE_NESTING);
	if (frame == NULL)
		frame = ARENA_NEW(b->arena, struct table_frame);
	else
		b->spare = frame->outer;
	struct draft *drafts = frame->drafts;
	size_t cap = frame->cap;
	*frame = (struct table_frame){ .outer = b->open, .drafts = drafts, .cap = cap,
				       .first_block = b->count, .caption = STR_NONE };
	if (b->open != NULL)
		b->open->holds_table = true;
	b->open = frame;
	return true;
}

void builder_table_caption(struct builder *b, struct str caption)
{
	assert(b->open != NULL);
	b->open->caption = caption;
}

void builder_table_trims(struct builder *b)
{
	assert(b->open != NULL);
	b->open->trims = true;
}

bool builder_in_cell(const struct builder *b)
{
	return b->open != NULL && b->open->cell_open;
}

void builder_cell_end(struct builder *b)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL);
	if (!frame->cell_open)
		return;
	frame->cell_open = false;
	if (frame->cell_dropped) {
		while (b->count > frame->drafts[frame->count - 1].last)
			b->text_bytes -= b->blocks[--b->count].text.len;
		return;
	}
	frame->drafts[frame->count - 1].last = b->count;
}

bool builder_row_begin(struct builder *b, struct err *err)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL);
	builder_cell_end(b);
	if (frame->row_open)
		frame->rows++;
	if (frame->rows >= UINT16_MAX)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", UINT16_MAX);
	frame->row_open = true;
	frame->next_col = 0;
	return true;
}

static bool is_taken(const struct table_frame *frame, uint32_t col)
{
	return frame->until[col] > frame->rows;
}

static bool too_wide(struct err *err)
{
	return err_set(err, ERR_LIMIT, "office.too_many_columns", "%d", LIMIT_SHEET_COLUMNS);
}

bool builder_row_skip(struct builder *b, uint32_t columns, struct err *err)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL && frame->row_open);
	if (columns > LIMIT_SHEET_COLUMNS - frame->next_col)
		return too_wide(err);
	frame->next_col += columns;
	return true;
}

static struct draft *add_draft(struct builder *b, struct err *err)
{
	struct table_frame *frame = b->open;

	if (frame->count == LIMIT_TABLE_CELLS) {
		(void)err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_TABLE_CELLS);
		return NULL;
	}
	if (frame->count == frame->cap) {
		size_t cap = frame->cap == 0 ? 32 : frame->cap * 2;
		struct draft *more = ARENA_ARRAY(b->arena, cap, struct draft);
		if (frame->count > 0)
			memcpy(more, frame->drafts, frame->count * sizeof *more);
		frame->drafts = more;
		frame->cap = cap;
	}
	return &frame->drafts[frame->count++];
}

bool builder_cell_begin(struct builder *b, struct cell_spec spec, struct err *err)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL && spec.rowspan > 0 && spec.colspan > 0);
	if (!frame->row_open && !builder_row_begin(b, err))
		return false;
	builder_cell_end(b);
	uint32_t col = frame->next_col;
	while (col < LIMIT_SHEET_COLUMNS && is_taken(frame, col))
		col++;
	if (col == LIMIT_SHEET_COLUMNS || spec.colspan > LIMIT_SHEET_COLUMNS - col)
		return too_wide(err);
	uint32_t colspan = 1; /* a span stops before a column that is taken: no two cells overlap */
	while (colspan < spec.colspan && !is_taken(frame, col + colspan))
		colspan++;

	struct draft *draft = add_draft(b, err);
	if (draft == NULL)
		return false;
	uint32_t rowspan = spec.rowspan < UINT16_MAX ? spec.rowspan : UINT16_MAX;
	*draft = (struct draft){ .first = b->count,
				 .last = b->count,
				 .row = frame->rows,
				 .col = col,
				 .rowspan = rowspan,
				 .colspan = colspan,
				 .head = spec.head };
	for (uint32_t c = col; c < col + colspan; c++) {
		frame->owner[c] = (int32_t)(frame->count - 1);
		frame->until[c] = frame->rows + rowspan;
	}
	frame->next_col = col + colspan;
	if (frame->next_col > frame->cols)
		frame->cols = frame->next_col;
	frame->cell_open = true;
	frame->cell_dropped = false;
	return true;
}

bool builder_cell_continue(struct builder *b, uint32_t colspan, struct err *err)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL && colspan > 0);
	if (!frame->row_open && !builder_row_begin(b, err))
		return false;
	builder_cell_end(b);
	uint32_t col = frame->next_col;
	if (col >= LIMIT_SHEET_COLUMNS)
		return too_wide(err);
	if (frame->until[col] == 0 || frame->until[col] != frame->rows)
		return builder_cell_begin(b, (struct cell_spec){ 1, colspan, false }, err);
	struct draft *above = &frame->drafts[frame->owner[col]];
	if (above->col != col)
		return builder_cell_begin(b, (struct cell_spec){ 1, colspan, false }, err);
	above->rowspan++;
	for (uint32_t c = col; c < col + above->colspan; c++)
		frame->until[c] = frame->rows + 1;
	frame->next_col = col + above->colspan;
	/* What stands in it is hidden by the cell above: its end takes it back. */
	struct draft *hidden = add_draft(b, err);
	if (hidden == NULL)
		return false;
	*hidden = (struct draft){ .first = b->count, .last = b->count };
	frame->cell_open = true;
	frame->cell_dropped = true;
	return true;
}

void builder_cell_align(struct builder *b, enum doc_align align)
{
	if (builder_in_cell(b) && !b->open->cell_dropped)
		b->open->drafts[b->open->count - 1].align = align;
}

void builder_group_end(struct builder *b)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL);
	builder_cell_end(b);
	if (!frame->row_open)
		return;
	for (size_t c = 0; c < LIMIT_SHEET_COLUMNS; c++) {
		if (frame->until[c] <= frame->rows + 1)
			continue;
		struct draft *draft = &frame->drafts[frame->owner[c]];
		frame->until[c] = frame->rows + 1;
		draft->rowspan = frame->rows + 1 - draft->row;
	}
}

/* A table of one column that holds more paragraphs than a table would: text in a frame. */
static bool only_arranges(const struct table_frame *frame, const struct builder *b, uint32_t rows)
{
	return frame->holds_table ||
	       (frame->cols == 1 && b->count - frame->first_block > 2 * rows) ||
	       (frame->cols == 1 && rows == 1 && b->count - frame->first_block > 1);
}

static bool is_text(const struct doc_block *block)
{
	return block->kind == DOC_PARAGRAPH || block->kind == DOC_HEADING ||
	       block->kind == DOC_TITLE;
}

static struct str cell_text(struct builder *b, const struct draft *draft)
{
	size_t pieces = 0, bytes = 0;
	struct str text = STR_NONE;

	for (size_t i = draft->first; i < draft->last; i++) {
		if (!is_text(&b->blocks[i]))
			continue;
		pieces++;
		bytes += b->blocks[i].text.len + 1;
		text = b->blocks[i].text;
	}
	if (pieces < 2)
		return text;
	struct buf joined = buf_open(b->arena, bytes, bytes);
	for (size_t i = draft->first; i < draft->last; i++) {
		if (!is_text(&b->blocks[i]))
			continue;
		if (joined.len > 0)
			buf_add_char(&joined, '\n');
		buf_add(&joined, b->blocks[i].text);
	}
	return buf_str(&joined);
}

static struct doc_table *data_table(struct builder *b, struct table_frame *frame, uint32_t rows)
{
	struct doc_table *table = ARENA_NEW(b->arena, struct doc_table);
	uint32_t cols = frame->cols;

	if (frame->trims) {
		cols = 0;
		for (size_t i = 0; i < frame->count; i++)
			if (frame->drafts[i].col >= cols)
				cols = frame->drafts[i].col + 1;
	}
	table->rows = (uint16_t)rows;
	table->cols = (uint16_t)cols;
	table->caption = frame->caption;
	table->cells = ARENA_ARRAY(b->arena, frame->count, struct doc_cell);
	for (size_t i = 0; i < frame->count; i++) {
		const struct draft *draft = &frame->drafts[i];
		if (draft->rowspan == 0)
			continue;
		uint32_t rowspan =
			draft->rowspan < rows - draft->row ? draft->rowspan : rows - draft->row;
		uint32_t colspan =
			draft->colspan < cols - draft->col ? draft->colspan : cols - draft->col;
		table->cells[table->cells_count++] = (struct doc_cell){
			.row = (uint16_t)draft->row, .col = (uint16_t)draft->col,
			.rowspan = (uint16_t)rowspan, .colspan = (uint16_t)colspan,
			.head = draft->head, .align = draft->align, .text = cell_text(b, draft),
		};
	}
	return table;
}

/* Takes the blocks of the cells away; pictures in them stay and follow the table. */
static void clear_cells(struct builder *b, size_t first_block, size_t *pictures,
			struct doc_block **kept)
{
	struct doc_block *pile = ARENA_ARRAY(b->arena, b->count - first_block, struct doc_block);

	*pictures = 0;
	for (size_t i = first_block; i < b->count; i++) {
		b->text_bytes -= b->blocks[i].text.len;
		if (b->blocks[i].kind == DOC_PICTURE)
			pile[(*pictures)++] = b->blocks[i];
		else if (is_text(&b->blocks[i]))
			b->paragraphs--;
	}
	b->count = first_block;
	*kept = pile;
}

bool builder_table_end(struct builder *b, struct err *err)
{
	struct table_frame *frame = b->open;

	assert(frame != NULL);
	builder_cell_end(b);
	uint32_t rows = frame->row_open ? frame->rows + 1 : frame->rows;
	b->open = frame->outer;
	frame->outer = b->spare;
	b->spare = frame;
	if (rows == 0 || frame->cols == 0)
		return true;
	if (only_arranges(frame, b, rows)) {
		if (frame->caption.len == 0)
			return true;
		return builder_add_text(b, DOC_PARAGRAPH, 0, frame->caption, err);
	}
	struct doc_table *table = data_table(b, frame, rows);
	struct doc_block *kept;
	size_t pictures;
	clear_cells(b, frame->first_block, &pictures, &kept);
	if (!builder_add_table(b, table, STR_NONE, err))
		return false;
	for (size_t i = 0; i < pictures; i++)
		if (!builder_add(b, kept[i], err))
			return false;
	return true;
}

bool builder_add_table(struct builder *b, const struct doc_table *table, struct str place,
		       struct err *err)
{
	size_t positions = (size_t)table->rows * table->cols;
	struct doc_block block = { .kind = DOC_TABLE, .text = STR_NONE };

	if (positions > LIMIT_TABLE_CELLS - b->positions)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_TABLE_CELLS);
	for (size_t i = 0; i < table->cells_count; i++) {
		if (table->cells[i].text.len > LIMIT_DOC_TEXT - b->text_bytes)
			return too_large(err, LIMIT_DOC_TEXT);
		b->text_bytes += table->cells[i].text.len;
	}
	b->positions += positions;
	b->tables++;
	block.table = ARENA_NEW(b->arena, struct doc_table);
	*block.table = *table;
	block.table->caption = clean_text(b->arena, table->caption);
	block.place.text = place.len > 0 ? place : str_format(b->arena, "第%zu个表格", b->tables);
	return builder_add(b, block, err);
}
