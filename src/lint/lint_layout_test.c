/*
 * lint_layout_test.c - tables that offices lay out in their own way, and files that hold more
 * or less than one report: read right, or told, never passed over.
 */
#include "lint/lint_internal.h"
#include "lint/sample_test.h"

#include <string.h>

static struct lint_report *read_doc(struct test *t, const struct doc *doc)
{
	struct err err = { 0 };
	struct lint_report *r = NULL;

	CHECK_OK(lint_read(t->arena, doc, STR("报告"), &r, &err));
	return r;
}

/* Keys of all findings but the usual six, errors with +. */
static struct str told(struct test *t, const struct lint_report *r)
{
	static const char *const usual[] = { "W10", "W2", "W4", "W5", "W8", "W9", NULL };
	struct lint_options options = { .previous = NULL };
	struct buf b = buf_open(t->arena, 256, 8192);
	struct lint_result result;

	lint_check(t->arena, r, &options, &result);
	for (size_t i = 0; i < result.count; i++) {
		const struct lint_finding *f = &result.findings[i];
		bool known = false;
		for (size_t k = 0; usual[k] != NULL; k++)
			known = known || str_equal_c(f->key, usual[k]);
		if (!known)
			buf_addf(&b, "%s%s" STR_FMT, b.len > 0 ? " " : "",
				 f->severity == LINT_ERROR ? "+" : "~", STR_ARG(f->key));
	}
	return buf_str(&b);
}

/* The n-th table of a document, from 0. */
static struct doc_table *table_of(struct doc *doc, size_t n)
{
	for (size_t i = 0; i < doc->count; i++)
		if (doc->blocks[i].kind == DOC_TABLE && n-- == 0)
			return doc->blocks[i].table;
	return NULL;
}

static struct str replaced(struct arena *a, struct str text, struct str from, struct str to)
{
	size_t at = str_find(text, from, 0);
	struct buf b = buf_open(a, text.len + to.len, MIB);

	if (at == SIZE_MAX)
		return STR("(the text to replace is not there)");
	buf_add(&b, str_slice(text, 0, at));
	buf_add(&b, to);
	buf_add(&b, str_slice(text, at + from.len, text.len));
	return buf_str(&b);
}

/* ---- table 四 with a row for each route */

static void turned_cell(struct doc_table *four, uint16_t row, uint16_t col, struct str text)
{
	four->cells[four->cells_count++] = (struct doc_cell){
		.row = row, .col = col, .rowspan = 1, .colspan = 1, .text = text
	};
}

static void turn(struct arena *a, struct doc_table *four, const struct sample *s)
{
	static const char *const names[ROUTES] = { "行政复议", "未经复议直接起诉", "复议后起诉" };

	four->cells = ARENA_ARRAY(a, 32, struct doc_cell);
	four->cells_count = 0;
	four->rows = ROUTES + 1;
	four->cols = ROUTE_OUTCOMES + 1;
	turned_cell(four, 0, 0, STR("类别"));
	for (uint16_t o = 0; o < ROUTE_OUTCOMES; o++)
		turned_cell(four, 0, (uint16_t)(o + 1), form_outcomes[o].label);
	for (uint16_t route = 0; route < ROUTES; route++) {
		turned_cell(four, (uint16_t)(route + 1), 0, str_from_c(names[route]));
		for (uint16_t o = 0; o < ROUTE_OUTCOMES; o++)
			turned_cell(four, (uint16_t)(route + 1), (uint16_t)(o + 1),
				    s->four[route][o]);
	}
}

static void check_turned(struct test *t, const char *pending, const char *want)
{
	struct sample *s = sample_read(t);
	struct doc *doc = sample_doc(t->arena, s, SAMPLE_TABLES);

	s->four[1][3] = str_from_c(pending);
	turn(t->arena, table_of(doc, 2), s);
	struct lint_report *r = read_doc(t, doc);
	CHECK_INT(r->four.cell[2][0].value, LINT_SCALE);
	CHECK_INT(r->four.cell[0][4].value, 17 * LINT_SCALE);
	CHECK_STR(told(t, r), str_from_c(want));
}

/* ---- rows out of order, and more than one table */

static void check_moved(struct test *t)
{
	struct sample *s = sample_read(t);
	struct doc_table *three;
	struct doc *doc = sample_doc(t->arena, s, SAMPLE_TABLES);
	struct doc_cell *first = NULL, *second = NULL;

	three = table_of(doc, 1);
	for (size_t i = 0; i < three->cells_count; i++) {
		if (str_equal_c(three->cells[i].text, "2.重复申请"))
			first = &three->cells[i];
		if (str_equal_c(three->cells[i].text, "3.要求提供公开出版物"))
			second = &three->cells[i];
	}
	CHECK(first != NULL && second != NULL);
	for (size_t c = 0; first != NULL && second != NULL && c <= APPLICANT_COLUMNS; c++) {
		struct str kept = first[c].text;
		first[c].text = second[c].text;
		second[c].text = kept;
	}
	struct lint_report *r = read_doc(t, doc);
	CHECK_STR(told(t, r), STR("~E9/order.not_processed_repeat"));
	CHECK_INT(r->three.cell[line3(&r->three, "not_processed_repeat")][APPLICANT_TOTAL].value,
		  LINT_SCALE);
}

/* Two reports one after the other, the second with another figure. */
static void check_second(struct test *t, enum sample_layout layout, const char *total,
			 const char *want)
{
	struct sample *s = sample_read(t);
	struct doc *doc = sample_doc(t->arena, s, layout);

	s->three[0][0] = str_from_c(total);
	struct doc *more = sample_doc(t->arena, s, layout);
	for (size_t i = 0; i < more->count && layout == SAMPLE_TABLES; i++)
		if (more->blocks[i].kind == DOC_TABLE)
			doc->blocks[doc->count++] = more->blocks[i];
	if (layout != SAMPLE_TABLES) {
		struct str both = str_concat(t->arena, sample_text(t->arena, s, layout),
					     sample_text(t->arena, s, layout));
		doc = doc_of_text(t->arena, both);
	}
	struct lint_report *r = read_doc(t, doc);
	CHECK_STR(told(t, r), str_from_c(want));
}

/* ---- cells that say nothing yet */

static void check_formula(struct test *t)
{
	struct sample *s = sample_read(t);

	for (size_t i = 0; i < COUNT_OF(s->three); i++)
		if (s->three[i][APPLICANT_TOTAL].len > 0)
			s->three[i][APPLICANT_TOTAL] = STR("=（公式没有结果）");
	struct lint_report *r = read_doc(t, sample_doc(t->arena, s, SAMPLE_SHEET));
	CHECK_STR(told(t, r), STR("+E9/table3.formula"));
}

void lint_layout_test(struct test *t);
void lint_layout_test(struct test *t)
{
	if (test_case(t, "table 4 with a row for each route"))
		check_turned(t, "1", "");
	if (test_case(t, "table 4 with a row for each route and a wrong sum"))
		check_turned(t, "2", "+T4-1/litigation_direct");
	if (test_case(t, "two rows of table 3 in each other's place are read, and told"))
		check_moved(t);
	if (test_case(t, "the same tables printed twice"))
		check_second(t, SAMPLE_TABLES, "253", "");
	if (test_case(t, "a second report in the file with other figures is told"))
		check_second(t, SAMPLE_TABLES, "254", "~E9/second.table3");
	if (test_case(t, "a second report in a text is told"))
		check_second(t, SAMPLE_TABS, "253", "~E9/second.table3");
	if (test_case(t, "formulas nobody has computed are no blanks"))
		check_formula(t);
	if (test_case(t, "lines that only draw a table, and outer bars")) {
		struct sample *s = sample_read(t);
		struct str text = sample_text(t->arena, s, SAMPLE_BARS);
		text = replaced(t->arena, text, STR("一、本年新收政府信息公开申请数量 | 253"),
				STR("|---|---|---:|\n+----+----+\n| 一、本年新收政府信息公开申请数量 | | | 253"));
		CHECK_STR(told(t, read_doc(t, doc_of_text(t->arena, text))), STR_NONE);
	}
	if (test_case(t, "a row whose first figure stands a line above the others")) {
		struct sample *s = sample_read(t);
		struct str text = replaced(
			t->arena, sample_text(t->arena, s, SAMPLE_LAYOUT),
			STR("（二）部分公开（区分处理\n                                16"),
			STR("（二）部分公开（区分处理的，只计这一情形，不计其他情 16\n         形）           "));
		text = replaced(t->arena, text, STR("的，只计这一情形，不计其他情形）\n\n"), STR("\n\n"));
		struct lint_report *r = read_doc(t, doc_of_text(t->arena, text));
		CHECK_STR(told(t, r), STR_NONE);
		CHECK_INT(r->three.cell[line3(&r->three, "partly_granted")][1].value, LINT_SCALE);
	}
	if (test_case(t, "a title broken over two lines")) {
		struct sample *s = sample_read(t);
		struct str text = replaced(t->arena, sample_text(t->arena, s, SAMPLE_TABS),
					   STR("政府信息公开工作年度报告"), STR("政府信息公开工\n        作年度报告"));
		struct lint_report *r = read_doc(t, doc_of_text(t->arena, text));
		CHECK_STR(r->agency, STR("广州市越秀区人民政府"));
		CHECK_INT(r->year.v, 2020);
	}
}
