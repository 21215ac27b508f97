/* pdf_write.c - a tree on pages: what each block looks like, and what stays together. */
#include "base/limits.h"
#include "office/pdf_block.h"
#include "office/pie.h"
#include "office/print.h"
#include "office/readers.h"
#include "office/write.h"

#include <math.h>

enum { LEVELS = 3, HEADING_MAX = 5 };
static const double body_points = 16, title_points = 22, caption_points = 12;
static const double chart_height = 170, gap = 6;

struct pdf_look pdf_body_look(void)
{
	return (struct pdf_look){ .type = { FONT_BODY, body_points, false,
					PDF_CHARACTER - body_points },
			      .tag = "P",
			      .indent = 2 * PDF_CHARACTER,
			      .side = SIDE_LEFT,
			      .pitch = PDF_PITCH,
			      .justify = true };
}

static struct pdf_look heading_look(int level)
{
	static const struct { enum font_role role; bool bold; const char *tag;
	} levels[LEVELS] = {
		{ FONT_HEADING, false, "H2" },
		{ FONT_SUBHEADING, false, "H3" },
		{ FONT_BODY, true, "H4" },
	};
	int at = level < 1 ? 0 : level > LEVELS ? LEVELS - 1 : level - 1;
	struct pdf_look look = pdf_body_look();

	look.type.role = levels[at].role;
	look.type.bold = levels[at].bold;
	look.tag = levels[at].tag;
	return look;
}

struct pdf_look pdf_title_look(void)
{
	return (struct pdf_look){ .type = { FONT_TITLE, title_points, false, 0 }, .tag = "H1",
			      .side = SIDE_CENTRE, .pitch = PDF_PITCH };
}

static struct pdf_look caption_look(void)
{
	return (struct pdf_look){ .type = { FONT_HEADING, caption_points, false, 0 }, .tag = "P",
			      .side = SIDE_CENTRE, .pitch = caption_points * 1.6 };
}

/* ---- text */

static PangoLayout *set(struct pdf *p, const struct pdf_look *look, struct str line)
{
	/* half a point more than the block: 28 characters must not fail by rounding */
	return typeset_text(p->ts, look->type, line, PDF_WIDTH + 0.5, look->indent, look->side);
}

/* To the next line of the grid after a table or picture. */
static void snap(struct pdf *p)
{
	p->y = ceil(p->y / PDF_PITCH - 0.001) * PDF_PITCH;
}

/* Of the lines left: so many that what must stand below the last ones has two of them above. */
static int lines_here(const struct pdf *p, const struct pdf_look *look, int left)
{
	int fit = (int)floor((pdf_room(p) + 0.01) / look->pitch);
	int count = left < fit ? left : fit;

	if (p->below <= 0)
		return count;
	if (count < left)
		return left - count > 1 ? count : count - 1; /* not one line alone below */
	if (left * look->pitch + p->below <= pdf_room(p) + 0.01)
		return count;
	int kept = left <= 3 ? left : 2;
	return left > kept || p->y > 0 ? left - kept : count;
}

static void show_lines(struct pdf *p, const struct pdf_look *look, PangoLayout *layout)
{
	int lines = typeset_lines(layout), shown = 0;

	while (shown < lines) {
		int count = lines_here(p, look, lines - shown);
		if (count <= 0) {
			p->y = PDF_HEIGHT;
			pdf_next_page(p);
			continue;
		}
		pdf_tag(p, look->tag);
		typeset_show(p->cr, layout,
			     (struct setting){ .x = PDF_LEFT,
					       .y = PDF_TOP + p->y,
					       .pitch = look->pitch,
					       .points = look->type.points,
					       .from = shown,
					       .count = count,
					       .justify = look->justify ? PDF_WIDTH : 0 });
		pdf_end_tag(p, look->tag);
		p->y += count * look->pitch;
		shown += count;
	}
}

static void add_line(struct pdf *p, const struct pdf_look *look, struct str line)
{
	PangoLayout *layout = set(p, look, line);

	show_lines(p, look, layout);
	g_object_unref(layout);
}

void pdf_add_text(struct pdf *p, const struct pdf_look *look, struct str text)
{
	struct str line;

	text = clean_text(p->arena, text);
	if (!look->justify) {
		add_line(p, look, text); /* a title of two lines is one title */
		return;
	}
	while (str_split_next(&text, '\n', &line))
		add_line(p, look, line);
}

double pdf_text_height(struct pdf *p, const struct pdf_look *look, struct str text)
{
	struct str line;
	double height = 0;

	while (str_split_next(&text, '\n', &line)) {
		PangoLayout *layout = set(p, look, line);
		height += typeset_lines(layout) * look->pitch;
		g_object_unref(layout);
	}
	return height;
}

/* ---- tables and charts */

/* On this page if all of it fits, otherwise on a new one if that helps, otherwise broken. */
void pdf_make_room(struct pdf *p, double wanted)
{
	if (wanted > pdf_room(p) && wanted <= PDF_HEIGHT) {
		p->y = fmax(p->y, 1);
		pdf_next_page(p);
	}
}

static bool add_table(struct pdf *p, const struct doc_table *t, struct err *err)
{
	const struct pdf_look caption = caption_look();
	struct pdf_table *table;

	if (t->rows == 0 || t->cols == 0)
		return true;
	if (!pdf_table_layout(p, t, &table, err))
		return false;
	double above = t->caption.len > 0 ? pdf_text_height(p, &caption, t->caption) : gap;
	pdf_make_room(p, above + pdf_table_height(table));
	if (t->caption.len > 0)
		pdf_add_text(p, &caption, t->caption);
	else if (p->y > 0)
		p->y += gap;
	pdf_table_draw(p, table);
	p->y = fmin(p->y + gap, PDF_HEIGHT);
	snap(p);
	return true;
}

static bool add_chart(struct pdf *p, const struct doc_block *chart, struct err *err)
{
	const struct pdf_look caption = caption_look();
	struct doc_table *numbers = print_chart_table(p->arena, chart);

	if (print_chart_sum(chart) > 0) {
		double above = chart->text.len > 0 ? pdf_text_height(p, &caption, chart->text) : 0;
		pdf_make_room(p, above + chart_height);
		if (chart->text.len > 0)
			pdf_add_text(p, &caption, chart->text);
		pdf_tag(p, "Figure");
		pie_draw(p->ts, p->arena, p->cr, chart,
			 (struct pie_place){ PDF_LEFT, PDF_TOP + p->y, PDF_WIDTH, chart_height });
		pdf_end_tag(p, "Figure");
		p->y += chart_height;
		numbers->caption = STR_NONE; /* it stands above the picture */
	}
	return add_table(p, numbers, err);
}

/* ---- the whole */

/* What a heading must have below it on the same page: two lines, or the table that follows. */
static double follow_height(struct pdf *p, const struct doc *d, size_t next)
{
	double height = 0;
	struct err ignored = { 0 };
	struct pdf_table *table;

	for (size_t i = next; i < d->count && i < next + HEADING_MAX; i++) {
		const struct doc_block *block = &d->blocks[i];
		if (block->kind == DOC_HEADING) {
			const struct pdf_look look = heading_look(block->level);
			height += pdf_text_height(p, &look, block->text);
			continue;
		}
		if (block->kind == DOC_CHART)
			return height + chart_height;
		if (block->kind != DOC_TABLE)
			return height + 2 * PDF_PITCH;
		if (block->table->rows == 0 || !pdf_table_layout(p, block->table, &table, &ignored))
			return height;
		double whole = pdf_table_height(table) + PDF_PITCH;
		pdf_table_drop(table);
		return height + whole;
	}
	return height;
}

static void add_heading(struct pdf *p, const struct doc *d, size_t index)
{
	const struct pdf_look look = heading_look(d->blocks[index].level);
	double own = pdf_text_height(p, &look, d->blocks[index].text);
	double wanted = own + follow_height(p, d, index + 1);

	/* a table longer than a page breaks anyway: then two lines below are enough */
	pdf_make_room(p, wanted <= PDF_HEIGHT ? wanted : own + 2 * PDF_PITCH);
	pdf_add_text(p, &look, d->blocks[index].text);
}

bool pdf_add_block(struct pdf *p, const struct doc *d, size_t index, struct err *err)
{
	const struct doc_block *block = &d->blocks[index];
	struct pdf_look look = pdf_body_look();

	switch (block->kind) {
	case DOC_TITLE:
		look = pdf_title_look();
		pdf_add_text(p, &look, block->text);
		if (pdf_room(p) >= PDF_PITCH)
			p->y += PDF_PITCH;
		return true;
	case DOC_HEADING:
		add_heading(p, d, index);
		return true;
	case DOC_PARAGRAPH:
		pdf_add_text(p, &look, block->text);
		return true;
	case DOC_TABLE:
		return add_table(p, block->table, err);
	case DOC_CHART:
		return add_chart(p, block, err);
	case DOC_PICTURE:
		look = caption_look();
		if (block->text.len > 0)
			pdf_add_text(p, &look,
				 str_format(p->arena, "〔图：" STR_FMT "〕", STR_ARG(block->text)));
		snap(p);
		return true;
	case DOC_PAGE_BREAK:
		pdf_next_page(p);
		return true;
	}
	return true;
}

bool office_write_pdf(struct arena *a, const struct doc *d, struct str *out, struct err *err)
{
	struct pdf p;
	bool ok = true;
	struct err ignored = { 0 };

	if (!pdf_open(&p, a, clean_text(a, d->title), err))
		return false;
	for (size_t i = 0; i < d->count && ok; i++)
		ok = pdf_add_block(&p, d, i, err);
	return pdf_close(&p, out, ok ? err : &ignored) && ok;
}
