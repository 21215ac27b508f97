#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/read.h"
#include "office/write.h"

#include <string.h>

/* The text of all pages, without blanks. */
static struct str squeezed(struct test *t, const struct doc *d)
{
	struct buf out = buf_open(t->arena, KIB, 4 * MIB);

	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; k < d->blocks[i].text.len; k++)
			if (d->blocks[i].text.ptr[k] != ' ')
				buf_add_char(&out, d->blocks[i].text.ptr[k]);
	return buf_str(&out);
}

static bool print(struct test *t, const struct doc *d, struct str *file, struct doc **back)
{
	struct err err = { 0 };

	return CHECK_OK(office_write_pdf(t->arena, d, file, &err)) &&
	       CHECK_OK(office_read(t->arena, STR("x.pdf"), *file, back, &err));
}

static size_t count_of(struct str text, struct str piece)
{
	size_t count = 0;

	for (size_t at = str_find(text, piece, 0); at != SIZE_MAX;
	     at = str_find(text, piece, at + 1))
		count++;
	return count;
}

/* A line of the layout that holds these pieces, in this order. */
static bool has_line(const struct doc *d, const char *const *pieces, size_t count)
{
	for (size_t i = 0; i < d->count; i++) {
		size_t at = 0, found = 0;
		for (; found < count; found++) {
			at = str_find(d->blocks[i].text, str_from_c(pieces[found]), at);
			if (at == SIZE_MAX)
				break;
			at += strlen(pieces[found]);
		}
		if (found == count)
			return true;
	}
	return false;
}

static void test_report(struct test *t)
{
	static const char *const new_line[] = {
		"一、本年新收政府信息公开申请数量", " 253 ", " 18 ", " 0 ", " 2 ", " 4 ", " 277"
	};
	static const char *const total_line[] = { "（七）总计", " 252 ", " 18 ", " 0 ", " 2 ", " 4 ", " 276" };
	static const char *const suits[] = { "7 ", " 1 ", " 0 ", " 1 ", " 9 ", " 2 ", " 8" };
	struct doc *back;
	struct str file, again;
	struct err err = { 0 };

	if (!print(t, fixture_report(t->arena), &file, &back))
		return;
	CHECK(str_starts(file, STR("%PDF-1.")));
	CHECK(str_contains(file, STR("/MarkInfo")) && str_contains(file, STR("/StructTreeRoot")));
	CHECK(back->pages >= 6 && back->pages <= 7);
	CHECK(back->layout_text);
	CHECK(has_line(back, new_line, COUNT_OF(new_line)));
	CHECK(has_line(back, total_line, COUNT_OF(total_line)));
	CHECK(has_line(back, suits, COUNT_OF(suits)));
	struct str text = squeezed(t, back);
	CHECK(str_contains(text, STR("全年主动公开政府信息12345条，其中通过政府网站公开8210条")));
	CHECK(str_contains(text, STR("予以公开123（44.6%）"))); /* beside the pie */
	CHECK(str_contains(text, STR("—1—")) && str_contains(text, STR("—6—")));
	CHECK_STR(back->blocks[back->count - 1].place.text, str_format(t->arena, "第%d页", back->pages));
	if (CHECK_OK(office_write_pdf(t->arena, fixture_report(t->arena), &again, &err)))
		CHECK(str_equal(file, again));
}

/* A table of many pages: the head on each, every row once, none lost. */
static void test_long_table(struct test *t)
{
	enum { ROWS = 200 };
	const char **rows = arena_array(t->arena, ROWS + 1, sizeof *rows);
	struct str file, text;
	struct doc *back;

	rows[0] = "#编号|#名称|#并列";
	for (size_t i = 1; i <= ROWS; i++)
		rows[i] = str_to_c(t->arena, str_format(t->arena, "行%zu号|说明|%s", i, i % 50 == 1 ? "长格" : "^"));
	/* fixture_table draws at most 64 rows: the same in pieces, joined */
	struct doc *d = fixture_table(t->arena, rows, 51);
	struct doc_block *blocks = ARENA_ARRAY(t->arena, 8, struct doc_block);
	blocks[0] = (struct doc_block){ .kind = DOC_PARAGRAPH, .text = STR("前言") };
	for (size_t i = 0; i < 4; i++)
		blocks[1 + i] = fixture_table(t->arena, rows, 51)->blocks[0];
	d->blocks = blocks;
	d->count = 5;
	if (!print(t, d, &file, &back))
		return;
	text = squeezed(t, back);
	CHECK_INT((int64_t)count_of(text, STR("行1号")), 4);
	CHECK_INT((int64_t)count_of(text, STR("行50号")), 4);
	CHECK_INT((int64_t)count_of(text, STR("说明")), 200);
	CHECK_INT((int64_t)count_of(text, STR("长格")), 4);
	/* 50 rows of 17 points are longer than a page of 638: every table is broken */
	size_t heads = count_of(text, STR("编号名称并列"));
	CHECK(heads >= 8 && heads <= (size_t)back->pages + 3);
}

static void test_odd_tables(struct test *t)
{
	static const char *const wide[] = {
		"#a|#b|#c|#d|#e|#f|#g|#h|#i|#j|#k|#l|#m|#n|#o|#p",
		"1234567|1234567|1234567|1234567|1234567|1234567|1234567|1234567|1234567|1234567|"
		"1234567|1234567|1234567|"
		"1234567|1234567|1234567",
	};
	struct str file, text;
	struct err err = { 0 };
	struct doc *back;

	if (test_case(t, "numbers are not broken in narrow columns") &&
	    print(t, fixture_table(t->arena, wide, COUNT_OF(wide)), &file, &back)) {
		text = squeezed(t, back);
		CHECK_INT((int64_t)count_of(text, STR("1234567")), 16);
	}
	if (test_case(t, "a row taller than a page goes on over the next ones")) {
		struct buf tall = buf_open(t->arena, KIB, MIB);
		for (int i = 0; i < 9000; i++)
			buf_add_c(&tall, i % 100 == 99 ? "尾" : "长");
		const char *rows[] = { "#头一|#头二", "前|0",
				       str_to_c(t->arena, str_format(t->arena, STR_FMT "|1",
								     STR_ARG(buf_str(&tall)))),
				       "后|2" };
		if (print(t, fixture_table(t->arena, rows, 4), &file, &back)) {
			text = squeezed(t, back);
			CHECK_INT((int64_t)count_of(text, STR("长")), 8910);
			CHECK_INT((int64_t)count_of(text, STR("尾")), 90);
			CHECK_INT((int64_t)count_of(text, STR("前")), 1);
			CHECK_INT((int64_t)count_of(text, STR("后")), 1);
			CHECK(back->pages >= 3);
			CHECK_INT((int64_t)count_of(text, STR("头一")), back->pages);
		}
	}
	if (test_case(t, "a head taller than a page is refused, not cut")) {
		struct buf tall = buf_open(t->arena, KIB, MIB);
		for (int i = 0; i < 9000; i++)
			buf_add_c(&tall, "长");
		const char *rows[] = {
			str_to_c(t->arena, str_format(t->arena, "#" STR_FMT "|#1",
						      STR_ARG(buf_str(&tall)))),
			"a|b",
		};
		CHECK_FAILS(
			office_write_pdf(t->arena, fixture_table(t->arena, rows, 2), &file, &err),
			"office.row_too_tall");
	}
	if (test_case(t, "an empty document is one page") &&
	    print(t, &(struct doc){ .title = STR_NONE }, &file, &back))
		CHECK_INT(back->pages, 1);
}

static void test_chart(struct test *t)
{
	struct doc_slice slices[40];
	struct doc_block block = { .kind = DOC_CHART, .text = STR("图"), .slices = slices };
	struct doc d = { .title = STR_NONE, .blocks = &block, .count = 1 };
	static const size_t counts[] = { 0, 1, 2, 40 };
	struct str file;
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(slices); i++)
		slices[i] = (struct doc_slice){
			str_format(t->arena, "第%zu类很长很长很长很长很长很长的名称", i + 1),
			(int64_t)i
		};
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		block.slices_count = counts[i];
		CHECK_OK(office_write_pdf(t->arena, &d, &file, &err));
		CHECK_OK(office_write_docx(t->arena, &d, &file, &err));
		CHECK_OK(office_write_xlsx(t->arena, &d, &file, &err));
	}
	slices[0].value = -5;
	CHECK_OK(office_write_pdf(t->arena, &d, &file, &err));
}

/* A PDF with a page and nothing on it, as a scanner without recognition makes them. */
static const char scan[] =
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
	"trailer<</Root 1 0 R>>\n%%EOF\n";

void pdf_write_test(struct test *t)
{
	struct err err = { 0 };
	struct doc *d;

	if (test_case(t, "a report: tagged, in order, twice the same bytes"))
		test_report(t);
	if (test_case(t, "a table over pages"))
		test_long_table(t);
	test_odd_tables(t);
	if (test_case(t, "charts of any size"))
		test_chart(t);
	if (test_case(t, "a scan is told apart")) {
		CHECK_FAILS(office_read(t->arena, STR("x.pdf"), str_from_c(scan), &d, &err),
			    "office.no_text");
		CHECK_FAILS(office_read_here(t->arena, STR("x.pdf"), str_from_c(scan), &d, &err),
			    "office.no_text");
	}
}
