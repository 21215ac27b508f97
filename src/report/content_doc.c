/*
 * content_doc.c - the report as a document: title, six parts, tables, picture, errata, check code.
 */
#include "report/content.h"

#include <assert.h>

enum { BLOCKS_EXTRA = 40 };

struct builder {
	struct arena *arena;
	const struct report_content *content;
	struct doc *doc;
	size_t max;
};

static struct doc_block *add(struct builder *b, enum doc_block_kind kind, struct str text)
{
	assert(b->doc->count < b->max);
	struct doc_block *block = &b->doc->blocks[b->doc->count++];

	*block = (struct doc_block){ .kind = kind, .text = text };
	return block;
}

static void add_heading(struct builder *b, int level, struct str text)
{
	add(b, DOC_HEADING, text)->level = level;
}

static void add_chart(struct builder *b)
{
	size_t count;
	struct result_slice *slices = content_slices(b->arena, b->content, &count);
	struct doc_block *block = add(b, DOC_CHART, content_chart_title(b->arena, b->content));

	block->slices = ARENA_ARRAY(b->arena, count, struct doc_slice);
	block->slices_count = count;
	for (size_t i = 0; i < count; i++)
		block->slices[i] = (struct doc_slice){ slices[i].label, slices[i].value };
}

static void add_table(struct builder *b, int part)
{
	static void (*const layouts[])(struct arena *, const struct report_tables *,
				       struct report_grid *) = { grid_table2, grid_table3,
								 grid_table4 };
	struct report_grid grid;

	layouts[part - 2](b->arena, &b->content->tables, &grid);
	add(b, DOC_TABLE, STR_NONE)->table = grid_doc(b->arena, &grid);
}

static void add_part(struct builder *b, int number)
{
	const struct narrative_text *text = &b->content->parts[number - 1];

	add_heading(b, 1, form_parts[number - 1].heading);
	for (size_t i = 0; i < text->count; i++) {
		const struct narrative_paragraph *p = &text->paragraphs[i];
		if (p->kind == BLOCK_CHART)
			add_chart(b);
		else if (p->kind == BLOCK_HEADING)
			add_heading(b, 2, narrative_plain(b->arena, p));
		else
			add(b, DOC_PARAGRAPH, narrative_plain(b->arena, p));
	}
	if (number >= 2 && number <= 4)
		add_table(b, number);
	if (number == 3 && !content_places_chart(b->content))
		add_chart(b);
	if (number == REPORT_PARTS && text->count == 0) /* the form wants the word written */
		add(b, DOC_PARAGRAPH, STR("无。"));
}

struct doc *content_doc(struct arena *a, const struct report_content *c)
{
	struct builder b = { .arena = a, .content = c, .doc = ARENA_NEW(a, struct doc) };
	struct str note = content_draft_note(a, c);

	b.max = BLOCKS_EXTRA + c->errata_count;
	for (size_t p = 0; p < REPORT_PARTS; p++)
		b.max += c->parts[p].count;
	b.doc->blocks = ARENA_ARRAY(a, b.max, struct doc_block);
	b.doc->title = content_title(a, c);
	add(&b, DOC_TITLE, b.doc->title);
	if (note.len > 0)
		add(&b, DOC_PARAGRAPH, note);
	add(&b, DOC_PARAGRAPH, content_preamble(a, c));
	for (int number = 1; number <= REPORT_PARTS; number++)
		add_part(&b, number);
	if (c->errata_count > 0)
		add_heading(&b, 1, STR("更正说明"));
	for (size_t i = 0; i < c->errata_count; i++)
		add(&b, DOC_PARAGRAPH, content_erratum_text(a, c, &c->errata[i]));
	struct str code = tables_code(a, &c->tables);
	add(&b, DOC_PARAGRAPH, str_format(a, FORM_DIGEST_LABEL STR_FMT, STR_ARG(code)));
	return b.doc;
}
