/*
 * docx_write.c - a tree into a Word file, part by part.
 *
 * Page and type are those of GB/T 9704-2012 (margins 37/26/35/28 mm, 22 lines of
 * 28 characters, 仿宋 三号, first line indented by two); they stand in data/docx/.
 * The order of children inside pPr, rPr, tcPr … is fixed by the standard and
 * Word refuses another; docx_write_test.c checks it.
 */
#include "base/asset.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/docx_out.h"
#include "office/package_write.h"
#include "office/pie.h"
#include "office/print.h"
#include "office/readers.h"
#include "office/write.h"

#include <assert.h>

enum { DOCX_TEXT_WIDTH = 8844 }; /* of the page, in twentieths of a point */
enum { ROWS_TOGETHER_MAX = 36 }; /* a table that fits a page is kept on one */
enum { CHART_WIDTH = 400, CHART_HEIGHT = 200, EMU_PER_POINT = 12700 };

void docx_add_escaped(struct docx_out *o, struct str text)
{
	text = clean_text(o->arena, text);
	for (size_t i = 0; i < text.len; i++) {
		switch (text.ptr[i]) {
		case '&':
			buf_add_c(&o->body, "&amp;");
			break;
		case '<':
			buf_add_c(&o->body, "&lt;");
			break;
		case '>':
			buf_add_c(&o->body, "&gt;");
			break;
		case '"':
			buf_add_c(&o->body, "&quot;");
			break;
		default:
			buf_add_char(&o->body, text.ptr[i]);
		}
	}
}

/* ---- paragraphs */

static void add_run(struct docx_out *o, const struct docx_look *look, struct str text)
{
	buf_add_c(&o->body, "<w:r>");
	if (look->letters.len > 0) {
		buf_add_c(&o->body, "<w:rPr>");
		buf_add(&o->body, look->letters);
		buf_add_c(&o->body, "</w:rPr>");
	}
	buf_add_c(&o->body, "<w:t xml:space=\"preserve\">");
	docx_add_escaped(o, text);
	buf_add_c(&o->body, "</w:t></w:r>");
}

static void begin_paragraph(struct docx_out *o, const struct docx_look *look)
{
	buf_add_c(&o->body, "<w:p>");
	if (look->style == NULL && look->align == NULL && !look->keep_next &&
	    look->place.len == 0)
		return;
	buf_add_c(&o->body, "<w:pPr>");
	if (look->style != NULL)
		buf_addf(&o->body, "<w:pStyle w:val=\"%s\"/>", look->style);
	if (look->keep_next)
		buf_add_c(&o->body, "<w:keepNext/>");
	if (look->place.len > 0)
		buf_add(&o->body, look->place);
	if (look->align != NULL)
		buf_addf(&o->body, "<w:jc w:val=\"%s\"/>", look->align);
	buf_add_c(&o->body, "</w:pPr>");
}

void docx_add_paragraph(struct docx_out *o, struct docx_look look, struct str text)
{
	begin_paragraph(o, &look);
	if (text.len > 0)
		add_run(o, &look, text);
	buf_add_c(&o->body, "</w:p>");
}

void docx_add_breaking(struct docx_out *o, struct docx_look look, struct str text)
{
	struct str line;
	bool first = true;

	begin_paragraph(o, &look);
	while (str_split_next(&text, '\n', &line)) {
		if (!first)
			buf_add_c(&o->body, "<w:r><w:br/></w:r>");
		add_run(o, &look, line);
		first = false;
	}
	buf_add_c(&o->body, "</w:p>");
}

/* A line break would stretch its line in justified text: each line is a paragraph. */
static void add_lines(struct docx_out *o, struct docx_look look, struct str text)
{
	struct str line;

	while (str_split_next(&text, '\n', &line))
		docx_add_paragraph(o, look, line);
}

static void add_styled(struct docx_out *o, const char *style, struct str text)
{
	add_lines(o, (struct docx_look){ .style = style }, text);
}

static const char *heading_style(int level)
{
	static const char *const styles[] = { "Heading1", "Heading2", "Heading3" };

	return styles[level < 1 ? 0 : level > 3 ? 2 : level - 1];
}

/* ---- tables */

static void add_borders(struct docx_out *o)
{
	static const char *const sides[] = {
		"top", "left", "bottom", "right", "insideH", "insideV"
	};

	buf_add_c(&o->body, "<w:tblBorders>");
	for (size_t i = 0; i < COUNT_OF(sides); i++)
		buf_addf(&o->body,
			 "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>",
			 sides[i]);
	buf_add_c(&o->body, "</w:tblBorders>");
}

/* Twentieths of a point, summing up to the width of the text exactly. */
static const uint32_t *column_widths(struct docx_out *o, const struct doc_table *t)
{
	const uint16_t *relative = print_widths(o->arena, t);
	uint32_t *widths = ARENA_ARRAY(o->arena, t->cols, uint32_t);
	uint64_t sum = 0, before = 0;

	for (size_t c = 0; c < t->cols; c++)
		sum += relative[c];
	for (size_t c = 0; c < t->cols; c++) {
		uint64_t from = before * DOCX_TEXT_WIDTH / sum;
		before += relative[c];
		widths[c] = (uint32_t)(before * DOCX_TEXT_WIDTH / sum - from);
	}
	return widths;
}

static void begin_table(struct docx_out *o, const struct doc_table *t, const uint32_t *widths)
{
	buf_addf(&o->body,
		 "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>",
		 DOCX_TEXT_WIDTH);
	add_borders(o);
	buf_add_c(&o->body,
		  "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
		  "<w:left w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"40\" w:type=\"dxa\"/>"
		  "</w:tblCellMar>");
	if (t->caption.len > 0) {
		buf_add_c(&o->body, "<w:tblCaption w:val=\"");
		docx_add_escaped(o, t->caption);
		buf_add_c(&o->body, "\"/>");
	}
	buf_add_c(&o->body, "</w:tblPr><w:tblGrid>");
	for (size_t c = 0; c < t->cols; c++)
		buf_addf(&o->body, "<w:gridCol w:w=\"%u\"/>", widths[c]);
	buf_add_c(&o->body, "</w:tblGrid>");
}

static const char *cell_align(const struct doc_cell *cell)
{
	if (cell->head)
		return NULL;
	switch (cell->align) {
	case DOC_LEFT:
		return "left";
	case DOC_CENTRE:
		return NULL; /* the style's own */
	case DOC_RIGHT:
		return "right";
	}
	return NULL;
}

/* cell may be NULL: a place where the table has none. */
static void add_cell(struct docx_out *o, const struct doc_table *t, const struct doc_cell *cell,
		     size_t row, const uint32_t *widths, size_t col, bool keep_next)
{
	struct docx_look look = { .style = "TableText", .keep_next = keep_next };

	if (t->type_points > 0)
		look.letters = str_format(o->arena, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>",
					  2 * t->type_points, 2 * t->type_points);
	uint32_t width = 0;
	size_t span = cell == NULL ? 1 : cell->colspan;

	for (size_t c = col; c < col + span; c++)
		width += widths[c];
	buf_addf(&o->body, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>", width);
	if (span > 1)
		buf_addf(&o->body, "<w:gridSpan w:val=\"%zu\"/>", span);
	if (cell != NULL && cell->rowspan > 1)
		buf_add_c(&o->body,
			  cell->row == row ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
	buf_add_c(&o->body, "<w:vAlign w:val=\"center\"/></w:tcPr>");
	if (cell != NULL && cell->row == row) {
		look.style = cell->head ? "TableHead" : "TableText";
		look.align = cell_align(cell);
		add_lines(o, look, cell->text);
	} else {
		docx_add_paragraph(o, look, STR_NONE);
	}
	buf_add_c(&o->body, "</w:tc>");
}

static void add_table(struct docx_out *o, const struct doc_table *t)
{
	const struct doc_cell **grid = doc_table_grid(o->arena, t);
	const uint32_t *widths = column_widths(o, t);
	uint16_t heads = print_head_rows(t);
	bool whole = t->rows <= ROWS_TOGETHER_MAX;

	begin_table(o, t, widths);
	for (size_t row = 0; row < t->rows; row++) {
		buf_add_c(&o->body, "<w:tr><w:trPr><w:cantSplit/>");
		if (t->row_points > 0)
			buf_addf(&o->body, "<w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/>",
				 20 * t->row_points);
		if (row < heads)
			buf_add_c(&o->body, "<w:tblHeader/>");
		buf_add_c(&o->body, "</w:trPr>");
		for (size_t col = 0; col < t->cols;) {
			const struct doc_cell *cell = grid[row * t->cols + col];
			add_cell(o, t, cell, row, widths, col, whole && row + 1 < t->rows);
			col += cell == NULL ? 1 : cell->colspan;
		}
		buf_add_c(&o->body, "</w:tr>");
	}
	/* Word joins two tables that touch, and wants a paragraph after the last one. */
	buf_add_c(&o->body, "</w:tbl>");
	add_styled(o, "TableText", STR_NONE);
}

/* ---- charts */

static bool add_chart(struct docx_out *o, const struct doc_block *chart, struct err *err)
{
	size_t number = o->pictures_count + 1;

	if (o->pictures_count == DOCX_CHARTS_MAX)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", DOCX_CHARTS_MAX);
	if (chart->text.len > 0)
		add_styled(o, "Caption", chart->text);
	if (print_chart_sum(chart) > 0) {
		if (!pie_png(o->arena, chart, CHART_WIDTH, CHART_HEIGHT,
			     &o->pictures[o->pictures_count++], err))
			return false;
		int wide = CHART_WIDTH * EMU_PER_POINT, high = CHART_HEIGHT * EMU_PER_POINT;
		buf_addf(&o->body,
			 "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing>"
			 "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
			 "<wp:extent cx=\"%d\" cy=\"%d\"/><wp:docPr id=\"%zu\" name=\"图%zu\" descr=\"",
			 wide, high, number, number);
		docx_add_escaped(o, pie_words(o->arena, chart));
		buf_addf(
			&o->body,
			"\"/><a:graphic><a:graphicData "
			"uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
			"<pic:nvPicPr><pic:cNvPr id=\"%zu\" name=\"chart%zu.png\"/><pic:cNvPicPr/>"
			"</pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdChart%zu\"/><a:stretch>"
			"<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
			"<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
			"<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
			"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
			number, number, number, wide, high);
	}
	struct doc_table *numbers = print_chart_table(o->arena, chart);
	add_table(o, numbers);
	return true;
}

/* ---- the whole */

bool docx_add_block(struct docx_out *o, const struct doc_block *block, struct err *err)
{
	switch (block->kind) {
	case DOC_TITLE:
		/* centred, so that a break stretches nothing; its lines are one title */
		docx_add_breaking(o, (struct docx_look){ .style = "Title" }, block->text);
		return true;
	case DOC_HEADING:
		add_styled(o, heading_style(block->level), block->text);
		return true;
	case DOC_PARAGRAPH:
		add_styled(o, NULL, block->text);
		return true;
	case DOC_TABLE:
		if (block->table->caption.len > 0)
			add_styled(o, "Caption", block->table->caption);
		add_table(o, block->table);
		return true;
	case DOC_CHART:
		return add_chart(o, block, err);
	case DOC_PICTURE:
		if (block->text.len > 0)
			add_styled(o, "Caption",
				   str_format(o->arena, "〔图：" STR_FMT "〕", STR_ARG(block->text)));
		return true;
	case DOC_PAGE_BREAK:
		buf_add_c(&o->body, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
		return true;
	}
	return true;
}

void docx_begin(struct docx_out *o)
{
	buf_add_c(
		&o->body,
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document "
		"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
		"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
		"xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/"
		  "wordprocessingDrawing\" "
		"xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
		"xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
}

static struct str relations(struct docx_out *o)
{
	static const char kind[] =
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships";
	static const struct { const char *id, *type, *target; } fixed[] = {
		{ "rIdStyles", "styles", "styles.xml" },
		{ "rIdSettings", "settings", "settings.xml" },
		{ "rIdFooterRight", "footer", "footer1.xml" },
		{ "rIdFooterLeft", "footer", "footer2.xml" },
	};
	struct buf out = buf_open(o->arena, KIB, MIB);

	buf_add_c(&out,
		  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships "
		  "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
	for (size_t i = 0; i < COUNT_OF(fixed); i++)
		buf_addf(&out, "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>",
			 fixed[i].id, kind, fixed[i].type, fixed[i].target);
	if (o->first_footer.len > 0)
		buf_addf(&out,
			 "<Relationship Id=\"rIdFooterFirst\" Type=\"%s/footer\" "
			 "Target=\"footer3.xml\"/>",
			 kind);
	for (size_t i = 1; i <= o->pictures_count; i++)
		buf_addf(&out,
			 "<Relationship Id=\"rIdChart%zu\" Type=\"%s/image\" "
			 "Target=\"media/chart%zu.png\"/>",
			 i, kind, i);
	buf_add_c(&out, "</Relationships>");
	return buf_str(&out);
}

static struct str core_properties(struct docx_out *o, struct str title)
{
	struct docx_out part = { .arena = o->arena, .body = buf_open(o->arena, KIB, MIB) };

	buf_add_c(
		&part.body,
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties "
		"xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
		  "core-properties\" "
		"xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
	docx_add_escaped(&part, title);
	buf_add_c(&part.body, "</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>");
	return buf_str(&part.body);
}

struct str docx_fixed_part(const char *file)
{
	const struct asset *asset = asset_find(str_from_c(file));

	assert(asset != NULL);
	return asset_text(asset);
}

/* The list of parts, with the footer of page one if there is one. */
static struct str content_types(struct docx_out *o)
{
	static const char footer[] =
		"<Override PartName=\"/word/footer3.xml\" ContentType=\"application/vnd."
		"openxmlformats-officedocument.wordprocessingml.footer+xml\"/>";
	struct str text = docx_fixed_part("data/docx/content-types.xml");
	size_t end = str_find(text, STR("</Types>"), 0);

	if (o->first_footer.len == 0)
		return text;
	assert(end != SIZE_MAX);
	return str_concat(o->arena, str_slice(text, 0, end),
			  str_concat(o->arena, str_from_c(footer), str_slice(text, end, text.len)));
}

bool docx_pack(struct docx_out *o, struct str title, struct str *out, struct err *err)
{
	enum { FIXED = 9 };
	struct package_entry entries[FIXED + DOCX_CHARTS_MAX + 1] = {
		{ "[Content_Types].xml", content_types(o) },
		{ "_rels/.rels", docx_fixed_part("data/docx/package-rels.xml") },
		{ "word/document.xml", buf_str(&o->body) },
		{ "word/_rels/document.xml.rels", relations(o) },
		{ "word/styles.xml", docx_fixed_part("data/docx/styles.xml") },
		{ "word/settings.xml", docx_fixed_part("data/docx/settings.xml") },
		{ "word/footer1.xml", docx_fixed_part("data/docx/footer-right.xml") },
		{ "word/footer2.xml", docx_fixed_part("data/docx/footer-left.xml") },
		{ "docProps/core.xml", core_properties(o, title) },
	};

	for (size_t i = 0; i < o->pictures_count; i++) {
		struct str name = str_format(o->arena, "word/media/chart%zu.png", i + 1);
		entries[FIXED + i] =
			(struct package_entry){ str_to_c(o->arena, name), o->pictures[i] };
	}
	size_t count = FIXED + o->pictures_count;
	if (o->first_footer.len > 0)
		entries[count++] = (struct package_entry){ "word/footer3.xml", o->first_footer };
	return package_write(o->arena, entries, count, out, err);
}

bool office_write_docx(struct arena *a, const struct doc *d, struct str *out, struct err *err)
{
	struct docx_out *o = ARENA_NEW(a, struct docx_out);

	o->arena = a;
	o->body = buf_open(a, 64 * KIB, LIMIT_TEXT_BYTES);
	docx_begin(o);
	for (size_t i = 0; i < d->count; i++)
		if (!docx_add_block(o, &d->blocks[i], err))
			return false;
	buf_add(&o->body, docx_fixed_part("data/docx/section.xml"));
	buf_add_c(&o->body, "</w:body></w:document>");
	if (!buf_ok(&o->body))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_TEXT_BYTES);
	return docx_pack(o, d->title, out, err);
}
