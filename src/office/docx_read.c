/*
 * docx_read.c - word/document.xml into a tree.
 *
 * What a person sees on paper, in order: tracked deletions, hidden text, field
 * codes and the fallback copies of drawings are left out; numbers that Word
 * prints by itself are put back (docx_numbers.c).
 */
#include "office/builder.h"
#include "office/docx.h"
#include "office/readers.h"
#include "office/xml.h"

#include <string.h>

enum { PARAGRAPHS_OPEN_MAX = 16, PICTURES_MAX = 64, HAIR_TWIPS = 40 };

/*
 * The columns of a table as its w:tblGrid has them. Where edges of two rows all but meet, writers
 * make a column of a hair's breadth between them, which nobody sees: it counts for nothing.
 */
struct grid {
	bool hair[LIMIT_SHEET_COLUMNS];
	uint32_t count;
	uint32_t at; /* where the row being read stands */
};

/* A paragraph while it is open; one may stand in a text box of another. */
struct paragraph {
	size_t start;		/* of its text in docx.text */
	struct str style;
	bool has_outline, has_number, has_align, page_break;
	uint32_t outline;
	int number_id, number_level;
	enum doc_align align;
	struct str *pictures;	/* their alternatives */
	size_t pictures_count;
};

struct docx {
	struct xml xml;
	struct builder builder;
	struct docx_styles styles;
	struct docx_numbers *numbers;
	struct buf text;
	struct paragraph open[PARAGRAPHS_OPEN_MAX];
	int open_count;
	bool in_text, run_hidden;
	/* of the row being read; it begins at its first cell, and never if it was deleted */
	bool in_row_properties, row_waits, row_deleted, row_head;
	uint32_t row_gap;
	struct grid *grids[LIMIT_TABLE_NESTING]; /* of the tables that are open */
	int grids_count;
	struct str alternative; /* of the drawing being read */
};

static struct paragraph *innermost(struct docx *d)
{
	return d->open_count > 0 ? &d->open[d->open_count - 1] : NULL;
}

/* ---- what is not shown */

static bool is_unseen(const struct xml *x)
{
	static const char *const names[] = {
		"del",
		"moveFrom",
		"instrText",
		"delText",
		"delInstrText",
		"Fallback",
		"rt",
		"rPrChange",
		"pPrChange",
		"tblPrChange",
		"tblPrExChange",
		"tcPrChange",
		"trPrChange",
		"sectPr",
		"sectPrChange",
		"tblGridChange",
		"numberingChange",
		"footnotePr",
		"endnotePr",
		"tabs",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (xml_is(x, names[i]))
			return true;
	return false;
}

/* ---- paragraphs */

static bool begin_paragraph(struct docx *d, struct err *err)
{
	if (d->open_count == PARAGRAPHS_OPEN_MAX)
		return err_set(err, ERR_LIMIT, "office.too_deep", "%d", PARAGRAPHS_OPEN_MAX);
	d->open[d->open_count++] = (struct paragraph){ .start = d->text.len, .style = STR_NONE };
	return true;
}

static void note_paragraph_property(struct docx *d)
{
	struct paragraph *p = innermost(d);
	struct xml *x = &d->xml;

	if (p == NULL)
		return;
	if (xml_is(x, "pStyle")) {
		struct opt_str id = xml_attr(x, "val");
		p->style = id.known ? str_copy(x->arena, id.v) : STR_NONE;
	} else if (xml_is(x, "outlineLvl")) {
		p->has_outline = true;
		p->outline = xml_attr_number(x, "val", 9, 9);
	} else if (xml_is(x, "numId")) {
		p->has_number = true;
		p->number_id = (int)xml_attr_number(x, "val", INT32_MAX, 0);
	} else if (xml_is(x, "ilvl")) {
		p->number_level = (int)xml_attr_number(x, "val", DOCX_NUMBER_LEVELS - 1, 0);
	} else if (xml_is(x, "jc")) {
		struct opt_str side = xml_attr(x, "val");
		p->has_align = side.known;
		if (side.known && str_equal_c(side.v, "center"))
			p->align = DOC_CENTRE;
		else if (side.known && (str_equal_c(side.v, "right") || str_equal_c(side.v, "end")))
			p->align = DOC_RIGHT;
	}
}

/* The role the paragraph plays, and its text with the number Word prints before it. */
static bool add_paragraph(struct docx *d, struct paragraph *p, struct err *err)
{
	struct docx_style style = docx_style_of(&d->styles, p->style);
	struct str text = str_slice(buf_str(&d->text), p->start, d->text.len);
	int number_id = p->has_number ? p->number_id : style.number_id;
	int level = p->has_number ? p->number_level : style.number_level;

	if (str_trim(text).len == 0 || style.role == DOCX_CONTENTS)
		return true;
	struct str number = docx_number_next(d->builder.arena, d->numbers, number_id, level);
	text = str_concat(d->builder.arena, number, number.len > 0 ? str_trim(text) : text);
	if (p->has_align)
		builder_cell_align(&d->builder, p->align);
	if (p->has_outline && p->outline < 9)
		return builder_add_text(&d->builder, DOC_HEADING, (int)p->outline + 1, text, err);
	if (style.role == DOCX_TITLE)
		return builder_add_text(&d->builder, DOC_TITLE, 0, text, err);
	if (style.role == DOCX_HEADING && !p->has_outline)
		return builder_add_text(&d->builder, DOC_HEADING, style.level, text, err);
	return builder_add_text(&d->builder, DOC_PARAGRAPH, 0, text, err);
}

static bool end_paragraph(struct docx *d, struct err *err)
{
	struct paragraph *p = innermost(d);
	struct str place;

	if (p == NULL)
		return true;
	if (!buf_ok(&d->text))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_DOC_TEXT);
	if (!add_paragraph(d, p, err))
		return false;
	place = str_format(d->builder.arena, "第%zu段", d->builder.paragraphs);
	for (size_t i = 0; i < p->pictures_count; i++) {
		struct doc_block picture = { .kind = DOC_PICTURE,
					     .text = p->pictures[i],
					     .place = { place } };
		if (!builder_add(&d->builder, picture, err))
			return false;
	}
	if (p->page_break && !builder_in_cell(&d->builder)) {
		struct doc_block page = { .kind = DOC_PAGE_BREAK,
					  .text = STR_NONE,
					  .place = { place } };
		if (!builder_add(&d->builder, page, err))
			return false;
	}
	d->text.len = p->start;
	d->open_count--;
	return true;
}

static void add_picture(struct docx *d)
{
	struct paragraph *p = innermost(d);

	if (p == NULL || p->pictures_count == PICTURES_MAX)
		return;
	if (p->pictures == NULL)
		p->pictures = ARENA_ARRAY(d->builder.arena, PICTURES_MAX, struct str);
	p->pictures[p->pictures_count++] = d->alternative;
}

static void note_alternative(struct docx *d, const char *first, const char *second)
{
	struct opt_str text = xml_attr(&d->xml, first);

	if (!text.known || text.v.len == 0)
		text = xml_attr(&d->xml, second);
	d->alternative = text.known ? str_copy(d->builder.arena, str_trim(text.v)) : STR_NONE;
}

/* Things inside a run or a drawing. */
static void note_content(struct docx *d)
{
	struct xml *x = &d->xml;
	struct paragraph *p = innermost(d);

	if (xml_is(x, "t")) {
		d->in_text = true;
	} else if (xml_is(x, "r")) {
		d->run_hidden = false;
	} else if (xml_is(x, "vanish")) {
		d->run_hidden = xml_attr_on(x, "val");
	} else if (xml_is(x, "tab")) {
		buf_add_char(&d->text, ' ');
	} else if (xml_is(x, "noBreakHyphen")) {
		buf_add_char(&d->text, '-');
	} else if (xml_is(x, "cr")) {
		buf_add_char(&d->text, '\n');
	} else if (xml_is(x, "br")) {
		struct opt_str type = xml_attr(x, "type");
		if (type.known && str_equal_c(type.v, "page") && p != NULL)
			p->page_break = true;
		else
			buf_add_char(&d->text, '\n');
	} else if (xml_is(x, "docPr")) {
		note_alternative(d, "descr", "title");
	} else if (xml_is(x, "shape")) {
		note_alternative(d, "alt", "title");
	} else if (xml_is(x, "blip") || xml_is(x, "chart") || xml_is(x, "relIds") ||
		   xml_is(x, "imagedata")) {
		add_picture(d);
	}
}

/* ---- tables */

static struct grid *grid_of(struct docx *d)
{
	return d->grids_count > 0 ? d->grids[d->grids_count - 1] : NULL;
}

static bool open_grid(struct docx *d, struct err *err)
{
	if (d->grids_count == LIMIT_TABLE_NESTING)
		return err_set(err, ERR_LIMIT, "office.too_deep", "%d", LIMIT_TABLE_NESTING);
	d->grids[d->grids_count++] = ARENA_NEW(d->builder.arena, struct grid);
	return true;
}

/* A width that is not known, or 0, is no hair's breadth. */
static void note_column(struct docx *d)
{
	struct grid *g = grid_of(d);
	uint32_t twips = xml_attr_number(&d->xml, "w", INT32_MAX, 0);

	if (g != NULL && g->count < LIMIT_SHEET_COLUMNS)
		g->hair[g->count++] = twips > 0 && twips < HAIR_TWIPS;
}

/* How many of the next columns of this row anybody sees. */
static uint32_t seen_columns(struct docx *d, uint32_t span)
{
	struct grid *g = grid_of(d);
	uint32_t seen = 0;

	if (g == NULL)
		return span;
	for (uint32_t i = 0; i < span; i++)
		seen += g->at + i >= g->count || !g->hair[g->at + i];
	g->at += span;
	return seen;
}

/* To the closing of the w:tc that is open. */
static bool skip_cell(struct docx *d, int depth, struct err *err)
{
	struct xml *x = &d->xml;

	while (x->event != XML_END && (x->event != XML_CLOSE || x->depth != depth))
		if (!xml_next(x, err))
			return false;
	return true;
}

struct cell_properties { uint32_t colspan; bool continues; };

/* w:tcPr up to its end; vMerge without a value goes on with the cell above. */
static bool read_cell_properties(struct docx *d, struct cell_properties *out, struct err *err)
{
	struct xml *x = &d->xml;
	int depth = x->depth;

	do {
		if (!xml_next(x, err))
			return false;
		if (x->event != XML_OPEN)
			continue;
		if (xml_is(x, "tcPrChange")) {
			if (!xml_skip(x, err))
				return false;
		} else if (xml_is(x, "gridSpan")) {
			out->colspan = xml_attr_number(x, "val", LIMIT_SHEET_COLUMNS, 1);
			out->colspan = out->colspan > 0 ? out->colspan : 1;
		} else if (xml_is(x, "vMerge")) {
			struct opt_str how = xml_attr(x, "val");
			out->continues = !how.known || !str_equal_c(how.v, "restart");
		}
	} while (x->event != XML_END && (x->event != XML_CLOSE || x->depth != depth));
	return true;
}

/*
 * From the opening of w:tc past its w:tcPr, which comes first if there is one.
 * The next event is then already read: the caller looks at it without moving.
 * A cell that nobody sees is passed over, and nothing is read ahead.
 */
static bool begin_cell(struct docx *d, bool *moved, struct err *err)
{
	struct cell_properties cell = { .colspan = 1 };
	int depth = d->xml.depth;

	if (!xml_next(&d->xml, err))
		return false;
	while (d->xml.event == XML_TEXT)
		if (!xml_next(&d->xml, err))
			return false;
	if (d->xml.event == XML_OPEN && xml_is(&d->xml, "tcPr") &&
	    (!read_cell_properties(d, &cell, err) || !xml_next(&d->xml, err)))
		return false;
	cell.colspan = seen_columns(d, cell.colspan);
	*moved = cell.colspan > 0;
	if (!*moved)
		return skip_cell(d, depth, err);
	if (cell.continues)
		return builder_cell_continue(&d->builder, cell.colspan, err);
	return builder_cell_begin(&d->builder, (struct cell_spec){ 1, cell.colspan, d->row_head },
				  err);
}

static bool open_table_part(struct docx *d, bool *moved, struct err *err)
{
	struct xml *x = &d->xml;
	struct builder *b = &d->builder;

	if (xml_is(x, "tbl"))
		return open_grid(d, err) && builder_table_begin(b, err);
	if (b->open == NULL)
		return true;
	if (xml_is(x, "tr")) {
		if (grid_of(d) != NULL)
			grid_of(d)->at = 0;
		d->row_waits = true;
		d->row_deleted = d->row_head = false;
		d->row_gap = 0;
		return true;
	}
	if (!xml_is(x, "tc"))
		return true;
	if (d->row_deleted)
		return xml_skip(x, err);
	if (d->row_waits) {
		d->row_waits = false;
		if (!builder_row_begin(b, err) ||
		    !builder_row_skip(b, seen_columns(d, d->row_gap), err))
			return false;
	}
	return begin_cell(d, moved, err);
}

static void note_row_property(struct docx *d)
{
	struct xml *x = &d->xml;

	if (xml_is(x, "gridBefore"))
		d->row_gap = xml_attr_number(x, "val", LIMIT_SHEET_COLUMNS, 0);
	else if (xml_is(x, "tblHeader"))
		d->row_head = xml_attr_on(x, "val");
	else if (xml_is(x, "del"))
		d->row_deleted = true;
}

/* ---- the walk */

static bool open_element(struct docx *d, bool *moved, struct err *err)
{
	struct xml *x = &d->xml;

	if (xml_is(x, "trPr"))
		d->in_row_properties = true;
	else if (d->in_row_properties)
		note_row_property(d);
	if (is_unseen(x))
		return xml_skip(x, err);
	if (xml_is(x, "tbl") || xml_is(x, "tr") || xml_is(x, "tc"))
		return open_table_part(d, moved, err);
	if (xml_is(x, "p"))
		return begin_paragraph(d, err);
	if (xml_is(x, "gridCol"))
		note_column(d);
	note_paragraph_property(d);
	note_content(d);
	return true;
}

static bool close_element(struct docx *d, struct err *err)
{
	struct xml *x = &d->xml;
	struct builder *b = &d->builder;

	if (xml_is(x, "t"))
		d->in_text = false;
	else if (xml_is(x, "r"))
		d->run_hidden = false;
	else if (xml_is(x, "p"))
		return end_paragraph(d, err);
	else if (xml_is(x, "trPr"))
		d->in_row_properties = false;
	else if (xml_is(x, "tr"))
		d->row_waits = false;
	else if (xml_is(x, "tc") && b->open != NULL)
		builder_cell_end(b);
	else if (xml_is(x, "tbl")) {
		d->grids_count -= d->grids_count > 0;
		return b->open == NULL || builder_table_end(b, err);
	}
	return true;
}

static bool walk(struct docx *d, struct err *err)
{
	bool moved = false; /* the current event has been read but not looked at */

	for (;;) {
		if (!moved && !xml_next(&d->xml, err))
			return false;
		moved = false;
		switch (d->xml.event) {
		case XML_END:
			return true;
		case XML_OPEN:
			if (!open_element(d, &moved, err))
				return false;
			break;
		case XML_CLOSE:
			if (!close_element(d, err))
				return false;
			break;
		case XML_TEXT:
			if (d->in_text && !d->run_hidden)
				buf_add(&d->text, xml_text(&d->xml));
			break;
		}
	}
}

/* dc:title of docProps/core.xml; a fault in that part is not worth refusing the document. */
static struct str core_title(struct package *p)
{
	struct err ignored = { 0 };
	struct str title = STR_NONE;
	struct xml x;

	if (!package_has(p, STR("docProps/core.xml")) ||
	    !xml_open(&x, p, STR("docProps/core.xml"), &ignored))
		return title;
	while (title.len == 0 && xml_next(&x, &ignored) && x.event != XML_END)
		if (x.event == XML_OPEN && xml_is(&x, "title") && xml_next(&x, &ignored) &&
		    x.event == XML_TEXT)
			title = str_copy(p->arena, str_trim(xml_text(&x)));
	xml_close(&x);
	return title;
}

static bool read_package(struct docx *d, struct package *p, struct doc **out, struct err *err)
{
	if (!docx_styles_read(p, &d->styles, err) || !docx_numbers_read(p, &d->numbers, err))
		return false;
	if (!xml_open(&d->xml, p, STR("word/document.xml"), err))
		return false;
	bool ok = walk(d, err);
	xml_close(&d->xml);
	if (!ok)
		return false;
	*out = builder_finish(&d->builder, DOC_SOURCE_DOCX);
	(*out)->title = core_title(p);
	return true;
}

bool read_docx(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	struct docx *d = ARENA_NEW(a, struct docx);
	struct package package;

	d->builder = builder_open(a);
	d->text = buf_open(a, 4096, LIMIT_DOC_TEXT);
	d->alternative = STR_NONE;
	if (!package_open(a, content, &package, err))
		return false;
	bool ok = read_package(d, &package, out, err);
	package_close(&package);
	return ok;
}
