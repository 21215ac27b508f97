/*
 * lint_fuzz.c - any document is read or refused, judged within its bounds, and
 * told in valid text. Lines that begin with '|' are rows of a table, cells
 * between bars; the others are text, with columns or without by the first byte.
 * A second half after a line "====" is last year's report.
 */
#include "base/utf8.h"
#include "lint/lint.h"

#include <stdlib.h>

enum { BLOCKS_MAX = 4000, CELLS_MAX = 4000 };

static void add_row(struct arena *a, struct doc *doc, struct str line)
{
	struct doc_block *last = doc->count > 0 ? &doc->blocks[doc->count - 1] : NULL;
	struct str cell;
	uint16_t col = 0;

	if (last == NULL || last->table == NULL) {
		last = &doc->blocks[doc->count++];
		last->kind = DOC_TABLE;
		last->table = ARENA_NEW(a, struct doc_table);
		last->table->cells = ARENA_ARRAY(a, CELLS_MAX, struct doc_cell);
	}
	struct doc_table *t = last->table;
	while (str_split_next(&line, '|', &cell) && t->cells_count < CELLS_MAX && col < 60) {
		/* a cell of '^' is covered by the one above, '<' by the one before */
		if (str_equal_c(cell, "<") && t->cells_count > 0) {
			t->cells[t->cells_count - 1].colspan++;
			col++;
			continue;
		}
		t->cells[t->cells_count++] = (struct doc_cell){
			.row = t->rows, .col = col, .rowspan = 1, .colspan = 1, .text = cell
		};
		col++;
	}
	t->cols = col > t->cols ? col : t->cols;
	t->rows++;
}

static struct doc *doc_of(struct arena *a, struct str text, bool layout)
{
	struct doc *doc = ARENA_NEW(a, struct doc);
	struct str line;

	doc->blocks = ARENA_ARRAY(a, BLOCKS_MAX, struct doc_block);
	doc->layout_text = layout;
	while (doc->count < BLOCKS_MAX && str_split_next(&text, '\n', &line)) {
		if (str_take_char(&line, '|')) {
			add_row(a, doc, line);
			continue;
		}
		struct doc_block *b = &doc->blocks[doc->count++];
		b->kind = str_equal_c(line, "!") ? DOC_PICTURE : DOC_PARAGRAPH;
		b->text = line;
		b->place.text = STR("第1页");
	}
	return doc;
}

static void check(struct arena *a, const struct lint_report *r, const struct lint_report *before)
{
	struct lint_options o = { .previous = before,
				  .units = &before,
				  .units_count = before != NULL };
	struct lint_result result;
	size_t sum = 0;

	lint_check(a, r, &o, &result);
	for (size_t i = 0; i < LINT_STATUSES; i++)
		sum += result.totals[i];
	if (sum != result.verdicts_count || result.errors + result.warnings != result.count ||
	    !utf8_valid_text(lint_print_text(a, r, &result)))
		abort();
	for (size_t i = 0; i < result.count; i++)
		if (lint_rule_of(result.findings[i].key) == NULL)
			abort();
	json_decref(lint_print_json(a, r, &result));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct str text = { (const char *)data, size };
	struct lint_report *r, *before = NULL;
	struct err err = { 0 };

	if (arena == NULL)
		arena = arena_open(256u << 20);
	arena_reset(arena);
	if (size < 2 || !utf8_valid_text(text))
		return 0;
	bool layout = text.ptr[0] == 'L';
	size_t half = str_find(text, STR("\n====\n"), 0);
	if (half != SIZE_MAX &&
	    !lint_read(arena, doc_of(arena, str_slice(text, half + 6, size), layout), STR("b"),
		       &before, &err))
		before = NULL;
	err_clear(&err);
	if (lint_read(arena, doc_of(arena, str_slice(text, 1, half), layout), STR("a"), &r, &err))
		check(arena, r, before);
	return 0;
}
