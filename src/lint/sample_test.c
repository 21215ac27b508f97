#include "lint/sample_test.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>

struct str test_file(struct test *t, struct str path)
{
	struct err err = { 0 };
	struct str text = STR_NONE;

	CHECK_OK(file_read(t->arena, path, 1024 * 1024, &text, &err));
	return text;
}

struct str csv_field(struct str line, size_t n)
{
	struct str piece = STR_NONE;

	for (size_t i = 0; i <= n; i++)
		if (!str_split_next(&line, ',', &piece))
			return STR_NONE;
	return str_trim(piece);
}

/* ---- documents */

enum { BLOCKS_MAX = 4000, CELLS_MAX = 800 };

static struct doc *doc_new(struct arena *a)
{
	struct doc *doc = ARENA_NEW(a, struct doc);

	doc->blocks = ARENA_ARRAY(a, BLOCKS_MAX, struct doc_block);
	return doc;
}

static struct doc_block *add_block(struct arena *a, struct doc *doc, enum doc_block_kind kind,
				   struct str text)
{
	struct doc_block *b = &doc->blocks[doc->count++];

	*b = (struct doc_block){ .kind = kind, .text = text, .place = { str_format(a, "第%zu段", doc->count) } };
	return b;
}

struct doc *doc_of_text(struct arena *a, struct str text)
{
	struct doc *doc = doc_new(a);
	struct str rest = text, line;

	doc->source = DOC_SOURCE_TEXT;
	doc->layout_text = true;
	while (doc->count < BLOCKS_MAX && str_split_next(&rest, '\n', &line))
		add_block(a, doc, DOC_PARAGRAPH, line);
	return doc;
}

static struct doc_table *add_table(struct arena *a, struct doc *doc, uint16_t cols)
{
	struct doc_block *b = add_block(a, doc, DOC_TABLE, STR_NONE);

	b->table = ARENA_NEW(a, struct doc_table);
	b->table->cols = cols;
	b->table->cells = ARENA_ARRAY(a, CELLS_MAX, struct doc_cell);
	return b->table;
}

static void add_cell(struct doc_table *t, int row, int col, int rowspan, int colspan,
		     struct str text)
{
	t->cells[t->cells_count++] = (struct doc_cell){ .row = (uint16_t)row,
							.col = (uint16_t)col,
							.text = text,
							.rowspan = (uint16_t)rowspan,
							.colspan = (uint16_t)colspan };
	if (t->rows < row + rowspan)
		t->rows = (uint16_t)(row + rowspan);
}

/* ---- the sample year */

struct sample *sample_read(struct test *t)
{
	struct sample *s = ARENA_NEW(t->arena, struct sample);
	struct str rest = test_file(t, STR("samples/yuexiu-2020/table2.csv")), line;

	str_split_next(&rest, '\n', &line);
	for (size_t i = 0; i < COUNT_OF(s->two) && str_split_next(&rest, '\n', &line); i++)
		s->two[i] = csv_field(line, 6);
	rest = test_file(t, STR("samples/yuexiu-2020/table3.csv"));
	str_split_next(&rest, '\n', &line);
	for (size_t i = 0; i < COUNT_OF(s->three) && str_split_next(&rest, '\n', &line); i++)
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			s->three[i][c] = csv_field(line, 5 + c);
	rest = test_file(t, STR("samples/yuexiu-2020/table4.csv"));
	str_split_next(&rest, '\n', &line);
	for (size_t i = 0; i < ROUTES * ROUTE_OUTCOMES && str_split_next(&rest, '\n', &line); i++)
		s->four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES] = csv_field(line, 4);
	s->narrative = test_file(t, STR("samples/yuexiu-2020/narrative.txt"));
	return s;
}

struct str sample_digest(struct arena *a, const struct sample *s)
{
	struct opt_int two[22];
	int64_t three[27][APPLICANT_COLUMNS] = { { 0 } }, four[ROUTES][ROUTE_OUTCOMES] = { { 0 } };

	for (size_t i = 0; i < COUNT_OF(two); i++) {
		two[i].known = str_to_i64(s->two[i], &two[i].v);
		two[i].v *= 100;
	}
	for (size_t i = 0; i < 27 * APPLICANT_COLUMNS; i++)
		str_to_i64(s->three[i / APPLICANT_COLUMNS][i % APPLICANT_COLUMNS],
			   &three[i / APPLICANT_COLUMNS][i % APPLICANT_COLUMNS]);
	for (size_t i = 0; i < ROUTES * ROUTE_OUTCOMES; i++)
		str_to_i64(s->four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES],
			   &four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES]);
	struct form_values v = { FORM_2019, 2020, two, (const int64_t(*)[APPLICANT_COLUMNS])three,
				 (const int64_t(*)[ROUTE_OUTCOMES])four };
	return form_digest(a, &v);
}

/* ---- the tables with merged cells, as a word processor has them */

static void tables2(struct arena *a, struct doc *doc, const struct sample *s)
{
	struct doc_table *t = add_table(a, doc, 4);
	size_t count;
	const struct form_cell2 *cells = form_table2(FORM_2019, &count);
	int row = -1;

	for (size_t i = 0, col = 0; i < count; i++) {
		bool section = i == 0 || !str_equal(cells[i].section, cells[i - 1].section);
		bool line = section || !str_equal(cells[i].row, cells[i - 1].row);
		if (section) {
			add_cell(t, ++row, 0, 1, 4, cells[i].section_label);
			add_cell(t, ++row, 0, 1, 1, STR("信息内容"));
			for (size_t k = i; k < count && str_equal(cells[k].row, cells[i].row); k++)
				add_cell(t, row, (int)(k - i + 1), 1, 1, cells[k].column_label);
		}
		if (line) {
			add_cell(t, ++row, 0, 1, 1, cells[i].row_label);
			col = 1;
		}
		add_cell(t, row, (int)col++, 1, 1, s->two[i]);
	}
}

static int children(const struct form_line *lines, size_t count, struct str key)
{
	int n = 0;

	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].parent, key))
			n += lines[i].kind == LINE_GROUP ? children(lines, count, lines[i].key) : 1;
	return n;
}

static void tables3(struct arena *a, struct doc *doc, const struct sample *s)
{
	struct doc_table *t = add_table(a, doc, 10);
	size_t count;
	const struct form_line *lines = form_table3(FORM_2019, &count);
	int row = 3;

	add_cell(t, 0, 0, 3, 3, STR("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"));
	add_cell(t, 0, 3, 1, 7, STR("申请人情况"));
	add_cell(t, 1, 3, 2, 1, STR("自然人"));
	add_cell(t, 1, 4, 1, 5, STR("法人或其他组织"));
	add_cell(t, 1, 9, 2, 1, STR("总计"));
	for (int c = 1; c < APPLICANT_TOTAL; c++)
		add_cell(t, 2, 3 + c, 1, 1, form_applicants[c].label);
	for (size_t i = 0; i < count; i++) {
		bool top = lines[i].parent.len == 0,
		     under = str_equal_c(lines[i].parent, "results");
		int col = top ? 0 : under ? 1 : 2;
		if (lines[i].kind == LINE_GROUP) {
			add_cell(t, row, col, children(lines, count, lines[i].key), 1,
				 lines[i].label);
			continue;
		}
		add_cell(t, row, col, 1, 3 - col, lines[i].label);
		for (int c = 0; c < APPLICANT_COLUMNS; c++)
			add_cell(t, row, 3 + c, 1, 1, s->three[i][c]);
		row++;
	}
}

static void tables4(struct arena *a, struct doc *doc, const struct sample *s)
{
	struct doc_table *t = add_table(a, doc, 15);

	add_cell(t, 0, 0, 1, 5, STR("行政复议"));
	add_cell(t, 0, 5, 1, 10, STR("行政诉讼"));
	add_cell(t, 1, 5, 1, 5, form_routes[1].label);
	add_cell(t, 1, 10, 1, 5, form_routes[2].label);
	for (int o = 0; o < ROUTE_OUTCOMES; o++)
		add_cell(t, 1, o, 2, 1, form_outcomes[o].label);
	for (int i = ROUTE_OUTCOMES; i < 15; i++)
		add_cell(t, 2, i, 1, 1, form_outcomes[i % ROUTE_OUTCOMES].label);
	for (int i = 0; i < 15; i++)
		add_cell(t, 3, i, 1, 1, s->four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES]);
}

/* ---- the tables as text: columns by spaces, a cell a line, tabs, or nothing between */

static const char *const between[SAMPLE_LAYOUTS] = {
	[SAMPLE_LAYOUT] = "    ", [SAMPLE_CELLS] = "\n", [SAMPLE_TABS] = "\t", [SAMPLE_GLUED] = "",
	[SAMPLE_BARS] = " | ",
};

static void end_row(struct buf *b, enum sample_layout layout)
{
	buf_add_c(b, layout == SAMPLE_GLUED ? "" : layout == SAMPLE_LAYOUT ? "\n\n" : "\n");
}

static void text2(struct buf *b, const struct sample *s, enum sample_layout layout)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(FORM_2019, &count);

	for (size_t i = 0; i < count; i++) {
		bool section = i == 0 || !str_equal(cells[i].section, cells[i - 1].section);
		if (section) {
			buf_add(b, cells[i].section_label);
			end_row(b, layout);
			buf_add_c(b, "信息内容");
			for (size_t k = i; k < count && str_equal(cells[k].row, cells[i].row);
			     k++) {
				buf_add_c(b, between[layout]);
				buf_add(b, cells[k].column_label);
			}
			end_row(b, layout);
		}
		if (section || !str_equal(cells[i].row, cells[i - 1].row))
			buf_add(b, cells[i].row_label);
		buf_add_c(b, between[layout]);
		buf_add(b, s->two[i]);
		if (i + 1 == count || !str_equal(cells[i].row, cells[i + 1].row))
			end_row(b, layout);
	}
}

/* Long labels are broken around their numbers, as a narrow column breaks them. */
static void text3_row(struct buf *b, const struct sample *s, size_t line, struct str label,
		      enum sample_layout layout)
{
	enum { WIDTH = 12 };
	struct str head = utf8_prefix(label, WIDTH), tail = str_slice(label, head.len, label.len);
	bool broken = layout == SAMPLE_LAYOUT && tail.len > 0;

	if (broken)
		buf_addf(b, "          " STR_FMT "\n                            ", STR_ARG(head));
	else
		buf_addf(b, "%s" STR_FMT, layout == SAMPLE_LAYOUT ? "          " : "",
			 STR_ARG(label));
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++) {
		buf_add_c(b, between[layout]);
		buf_add(b, s->three[line][c]);
	}
	if (broken)
		buf_addf(b, "\n          " STR_FMT, STR_ARG(tail));
	end_row(b, layout);
}

static void text3(struct buf *b, const struct sample *s, enum sample_layout layout)
{
	size_t count;
	const struct form_line *lines = form_table3(FORM_2019, &count);

	buf_add_c(b, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）");
	buf_add_c(b, layout == SAMPLE_LAYOUT ? "   " : between[layout]);
	buf_add_c(b, "申请人情况");
	end_row(b, layout);
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++) {
		buf_add(b, form_applicants[c].label);
		buf_add_c(b, c == APPLICANT_TOTAL ? "" : between[layout]);
	}
	end_row(b, layout);
	for (size_t i = 0; i < count; i++) {
		if (lines[i].kind != LINE_GROUP) {
			text3_row(b, s, i, lines[i].label, layout);
			continue;
		}
		buf_add(b, lines[i].label);
		buf_add_c(b, layout == SAMPLE_TABS || layout == SAMPLE_BARS ? between[layout]
			     : layout == SAMPLE_GLUED			   ? ""
									   : "\n");
	}
}

static void text4(struct buf *b, const struct sample *s, enum sample_layout layout)
{
	const char *gap = layout == SAMPLE_LAYOUT ? "  " : between[layout];

	buf_addf(b, "行政复议%s行政诉讼", gap);
	end_row(b, layout);
	buf_addf(b, "未经复议直接起诉%s复议后起诉", gap);
	end_row(b, layout);
	for (size_t i = 0; i < 15; i++)
		buf_addf(b, "%s" STR_FMT, i > 0 ? gap : "",
			 STR_ARG(form_outcomes[i % ROUTE_OUTCOMES].label));
	end_row(b, layout);
	for (size_t i = 0; i < 15; i++)
		buf_addf(b, "%s" STR_FMT, i > 0 ? gap : "",
			 STR_ARG(s->four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES]));
	buf_add_c(b, "\n");
}

/* ---- the whole report */

const char *const sample_layout_names[SAMPLE_LAYOUTS] = {
	[SAMPLE_TABLES] = "tables with merged cells",
	[SAMPLE_LAYOUT] = "text with columns",
	[SAMPLE_CELLS] = "a cell a line",
	[SAMPLE_TABS] = "tabs",
	[SAMPLE_GLUED] = "cells run together",
	[SAMPLE_BARS] = "tables drawn with bars",
	[SAMPLE_SHEET] = "one sheet without merged cells",
};

/*
 * A paragraph broken into lines of 30 characters with a page number now and then, as
 * pdftotext gives it.
 */
static void add_wrapped(struct buf *b, struct str paragraph, size_t *lines)
{
	while (paragraph.len > 0) {
		struct str line = utf8_prefix(paragraph, 30);
		buf_addf(b, "   " STR_FMT "\n", STR_ARG(line));
		paragraph = str_slice(paragraph, line.len, paragraph.len);
		if (++*lines % 25 == 0)
			buf_addf(b, "\n                       - %zu -\n", *lines / 25);
	}
}

static void add_text_table(struct buf *b, const struct sample *s, struct str name,
			   enum sample_layout layout)
{
	if (str_equal_c(name, "@table2"))
		text2(b, s, layout);
	else if (str_equal_c(name, "@table3"))
		text3(b, s, layout);
	else if (str_equal_c(name, "@table4"))
		text4(b, s, layout);
	buf_add_c(b, "\n");
}

struct str sample_text(struct arena *a, const struct sample *s, enum sample_layout layout)
{
	struct buf b = buf_open(a, 65536, 1024 * 1024);
	struct str rest = s->narrative, line;
	size_t lines = 0;

	while (str_split_next(&rest, '\n', &line)) {
		struct str picture = line;
		if (str_starts(line, STR("#")) || line.len == 0)
			continue;
		if (str_take_str(&picture, STR("@picture ")))
			buf_addf(&b, "\n         " STR_FMT "\n\n", STR_ARG(picture));
		else if (str_starts(line, STR("@")))
			add_text_table(&b, s, line, layout);
		else if (layout == SAMPLE_LAYOUT)
			add_wrapped(&b, line, &lines);
		else
			buf_addf(&b, STR_FMT "\n", STR_ARG(line));
	}
	if (s->digest.len > 0)
		buf_addf(&b, FORM_DIGEST_LABEL STR_FMT "\n", STR_ARG(s->digest));
	return buf_str(&b);
}

/* ---- the whole report on one sheet: no cell is merged, words stand where they begin */

static void sheet2(struct doc_table *t, const struct sample *s)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(FORM_2019, &count);
	int row = t->rows - 1;

	for (size_t i = 0, col = 0; i < count; i++) {
		bool section = i == 0 || !str_equal(cells[i].section, cells[i - 1].section);
		if (section) {
			add_cell(t, ++row, 0, 1, 1, cells[i].section_label);
			add_cell(t, ++row, 0, 1, 1, STR("信息内容"));
			for (size_t k = i; k < count && str_equal(cells[k].row, cells[i].row); k++)
				add_cell(t, row, (int)(k - i + 1), 1, 1, cells[k].column_label);
		}
		if (section || !str_equal(cells[i].row, cells[i - 1].row)) {
			add_cell(t, ++row, 0, 1, 1, cells[i].row_label);
			col = 1;
		}
		add_cell(t, row, (int)col++, 1, 1, s->two[i]);
	}
}

static void sheet3(struct doc_table *t, const struct sample *s)
{
	size_t count;
	const struct form_line *lines = form_table3(FORM_2019, &count);
	int row = t->rows;

	add_cell(t, row, 0, 1, 1, STR("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"));
	add_cell(t, row++, 3, 1, 1, STR("申请人情况"));
	add_cell(t, row, 3, 1, 1, STR("自然人"));
	add_cell(t, row, 4, 1, 1, STR("法人或其他组织"));
	add_cell(t, row++, 9, 1, 1, STR("总计"));
	for (int c = 1; c < APPLICANT_TOTAL; c++)
		add_cell(t, row, 3 + c, 1, 1, form_applicants[c].label);
	row++;
	for (size_t i = 0; i < count; i++) {
		bool top = lines[i].parent.len == 0,
		     under = str_equal_c(lines[i].parent, "results");
		add_cell(t, row, top ? 0 : under ? 1 : 2, 1, 1, lines[i].label);
		for (int c = 0; c < APPLICANT_COLUMNS && lines[i].kind != LINE_GROUP; c++)
			add_cell(t, row, 3 + c, 1, 1, s->three[i][c]);
		row += lines[i].kind != LINE_GROUP;
	}
}

static void sheet4(struct doc_table *t, const struct sample *s)
{
	int row = t->rows;

	add_cell(t, row, 0, 1, 1, STR("行政复议"));
	add_cell(t, row++, 5, 1, 1, STR("行政诉讼"));
	for (int o = 0; o < ROUTE_OUTCOMES; o++)
		add_cell(t, row, o, 1, 1, form_outcomes[o].label);
	add_cell(t, row, 5, 1, 1, form_routes[1].label);
	add_cell(t, row++, 10, 1, 1, form_routes[2].label);
	for (int i = ROUTE_OUTCOMES; i < 15; i++)
		add_cell(t, row, i, 1, 1, form_outcomes[i % ROUTE_OUTCOMES].label);
	for (int i = 0; i < 15; i++)
		add_cell(t, row + 1, i, 1, 1, s->four[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES]);
}

static struct doc *sheet_doc(struct arena *a, const struct sample *s)
{
	struct doc *doc = doc_new(a);
	struct str rest = s->narrative, line;

	doc->source = DOC_SOURCE_XLSX;
	struct doc_table *t = add_table(a, doc, 15);
	while (str_split_next(&rest, '\n', &line)) {
		struct str picture = line;
		if (str_starts(line, STR("#")) || line.len == 0)
			continue;
		if (str_take_str(&picture, STR("@picture ")))
			add_cell(t, t->rows, 0, 1, 1, picture);
		else if (str_equal_c(line, "@table2"))
			sheet2(t, s);
		else if (str_equal_c(line, "@table3"))
			sheet3(t, s);
		else if (str_equal_c(line, "@table4"))
			sheet4(t, s);
		else
			add_cell(t, t->rows, 0, 1, 1, line);
	}
	if (s->digest.len > 0)
		add_cell(t, t->rows, 0, 1, 1,
			 str_format(a, FORM_DIGEST_LABEL STR_FMT, STR_ARG(s->digest)));
	return doc;
}

struct doc *sample_doc(struct arena *a, const struct sample *s, enum sample_layout layout)
{
	struct str rest = s->narrative, line;
	struct doc *doc;

	if (layout == SAMPLE_SHEET)
		return sheet_doc(a, s);
	if (layout != SAMPLE_TABLES)
		return doc_of_text(a, sample_text(a, s, layout));
	doc = doc_new(a);
	doc->source = DOC_SOURCE_DOCX;
	while (str_split_next(&rest, '\n', &line)) {
		struct str picture = line;
		if (str_starts(line, STR("#")) || line.len == 0)
			continue;
		if (str_take_str(&picture, STR("@picture "))) {
			add_block(a, doc, DOC_PICTURE, STR_NONE);
			add_block(a, doc, DOC_PARAGRAPH, picture);
		} else if (str_equal_c(line, "@table2")) {
			tables2(a, doc, s);
		} else if (str_equal_c(line, "@table3")) {
			tables3(a, doc, s);
		} else if (str_equal_c(line, "@table4")) {
			tables4(a, doc, s);
		} else {
			add_block(a, doc, DOC_PARAGRAPH, line);
		}
	}
	if (s->digest.len > 0)
		add_block(a, doc, DOC_PARAGRAPH,
			  str_format(a, FORM_DIGEST_LABEL STR_FMT, STR_ARG(s->digest)));
	return doc;
}

/* The harness takes the name of every file for a test. */
void sample_test(struct test *t);
void sample_test(struct test *t)
{
	if (test_case(t, "text becomes a paragraph a line"))
		CHECK_INT((int64_t)doc_of_text(t->arena, STR("a\nb"))->count, 2);
}
