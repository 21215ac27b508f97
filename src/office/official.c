/*
 * official.c - an official letter as plain text, and what its writers share.
 */
#include "office/official.h"

#include "base/buf.h"
#include "base/limits.h"
#include "office/write.h"

static void add_paragraph(struct buf *b, struct str text)
{
	buf_add_c(b, "　　");
	buf_add(b, text);
	buf_add_char(b, '\n');
}

static void add_table(struct arena *a, struct buf *b, const struct doc_table *t)
{
	const struct doc_cell **grid = doc_table_grid(a, t);

	for (size_t row = 0; row < t->rows; row++) {
		for (size_t col = 0; col < t->cols; col++) {
			const struct doc_cell *cell = grid[row * t->cols + col];
			if (col > 0)
				buf_add_char(b, '\t');
			if (cell != NULL && cell->row == row && cell->col == col)
				buf_add(b, cell->text);
		}
		buf_add_char(b, '\n');
	}
}

static void add_content(struct arena *a, struct buf *b, const struct doc *d)
{
	for (size_t i = 0; i < d->count; i++) {
		if (d->blocks[i].kind == DOC_TABLE)
			add_table(a, b, d->blocks[i].table);
		else
			add_paragraph(b, d->blocks[i].text);
	}
}

static void add_line(struct buf *b, struct str text)
{
	if (text.len == 0)
		return;
	buf_add(b, text);
	buf_add_char(b, '\n');
}

static void add_attachments(struct buf *b, const struct official *o)
{
	for (size_t i = 0; i < o->attachments_count; i++) {
		buf_add_c(b, i == 0 ? "　　附件：" : "　　　　　");
		if (o->attachments_count > 1)
			buf_addf(b, "%zu. ", i + 1);
		buf_add(b, o->attachments[i]);
		buf_add_char(b, '\n');
	}
}

struct str official_text(struct arena *a, const struct official *o)
{
	struct buf b = buf_open(a, 4096, LIMIT_TEXT_BYTES);

	if (o->style != OFFICIAL_PLAIN) {
		add_line(&b, o->organ);
		add_line(&b, o->number);
	}
	add_line(&b, o->title);
	if (o->style == OFFICIAL_PLAIN)
		add_line(&b, o->number);
	add_line(&b, str_concat(a, o->addressee, STR("：")));
	add_content(a, &b, o->body);
	add_attachments(&b, o);
	add_line(&b, o->organ);
	add_line(&b, o->date);
	if (o->note.len > 0)
		add_paragraph(&b, str_format(a, "（" STR_FMT "）", STR_ARG(o->note)));
	for (size_t i = 0; i < o->annexes_count; i++) {
		size_t number = o->attachments_count - o->annexes_count + i + 1;
		add_line(&b, o->attachments_count == 1 ? STR("附件")
						       : str_format(a, "附件%zu", number));
		add_line(&b, o->annexes[i].title);
		add_content(a, &b, o->annexes[i].content);
	}
	return buf_str(&b);
}
