#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/read.h"
#include "office/readers.h"

static const struct {
	const char *name;
	struct str content;
	const char *outline, *last_place;
} rows[] = {
	{ "lines keep their columns", STR_INIT("甲\n  乙   1  \n\n丙"), "甲 /   乙   1 /  / 丙",
	  "第4行" },
	{ "DOS line ends", STR_INIT("a\r\nb\r\n"), "a / b", "第2行" },
	{ "pages", STR_INIT("a\nb\n\fc\n\f"), "a / b / ⏎ / c", "第2页" },
	{ "an empty page between", STR_INIT("a\f\fb"), "a / ⏎ / ⏎ / b", "第3页" },
	{ "a mark", STR_INIT("\xEF\xBB\xBF甲"), "甲", "第1行" },
	{ "UTF-16", STR_INIT("\xFF\xFE\x32\x75\n\0\x59\x4E"), "甲 / 乙", "第2行" },
	{ "GB18030", STR_INIT("\xB9\xAB\xBF\xAA\n\xFE\x9F"), "公开 / 䶮", "第2行" },
	{ "GB18030 in pages, one of which could be UTF-8",
	  STR_INIT("\xB9\xAB\xBF\xAA\n\f\xC1\xAA\xCD\xA8\n\fabc\n\f"), "公开 / ⏎ / 联通 / ⏎ / abc",
	  "第3页" },
};

static const struct { struct str head; const char *name; enum office_type type; } kinds[] = {
	{ STR_INIT("plain"), "x.txt", OFFICE_TEXT },
	{ STR_INIT("a,b"), "x.csv", OFFICE_CSV },
	{ STR_INIT("a\tb"), "报表.TSV", OFFICE_CSV },
	{ STR_INIT("< 5 and > 3"), "x.txt", OFFICE_TEXT },
	{ STR_INIT("<pre is no p"), "x.txt", OFFICE_TEXT },
	{ STR_INIT("<P class=x>a"), "x.txt", OFFICE_HTML },
	{ STR_INIT("\xEF\xBB\xBF\n<!DOCTYPE HTML>"), "x.docx", OFFICE_HTML },
	{ STR_INIT("<?xml version='1.0'?><!-- c --><html xmlns='x'>"), "x", OFFICE_HTML },
	{ STR_INIT("<!-- only a comment"), "x", OFFICE_TEXT },
	{ STR_INIT("<?xml version='1.0'?><data/>"), "x.xml", OFFICE_TEXT },
	{ STR_INIT("junk before %PDF-1.7"), "x.txt", OFFICE_PDF },
	{ STR_INIT("\xFE\xFF\0a"), "x.txt", OFFICE_TEXT },
	{ STR_INIT("\xFF\xFE<\0p\0>\0"), "x.txt", OFFICE_HTML },
	{ STR_INIT("a\0b"), "x.txt", OFFICE_UNKNOWN },
	{ STR_INIT("PK\x03\x04xl/workbook.xml"), "x", OFFICE_XLSX },
	{ STR_INIT("PK\x03\x04word/document.xml"), "x", OFFICE_DOCX },
	{ STR_INIT("PK\x03\x04OFD.xml"), "x.ofd", OFFICE_UNKNOWN },
	{ STR_INIT("MIME-Version: 1.0"), "x.doc", OFFICE_OLD_OFFICE },
};

void text_read_test(struct test *t)
{
	struct err err = { 0 };
	struct doc *d;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (test_case(t, "%s", rows[i].name) &&
		    CHECK_OK(office_read(t->arena, STR("x.txt"), rows[i].content, &d, &err))) {
			CHECK_STR(fixture_outline(t->arena, d), str_from_c(rows[i].outline));
			CHECK_STR(d->blocks[d->count - 1].place.text,
				  str_from_c(rows[i].last_place));
			CHECK(d->layout_text && d->pages == 0);
		}
	if (test_case(t, "kinds are told by content"))
		for (size_t i = 0; i < COUNT_OF(kinds); i++)
			CHECK_INT(office_sniff(kinds[i].head, str_from_c(kinds[i].name)),
				  kinds[i].type);
	if (test_case(t, "a CSV is a table")) {
		if (CHECK_OK(office_read(t->arena, STR("x.CSV"), STR("a,b\n1,\n"), &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d),
				  STR("T2x2[0,0 a;0,1 b;1,0 1;1,1 ]"));
		if (CHECK_OK(office_read(t->arena, STR("x.txt"), STR("a,b\n1,\n"), &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d), STR("a,b / 1,"));
	}
	if (test_case(t, "too many lines")) {
		struct buf lines = buf_open(t->arena, KIB, MIB);
		for (int i = 0; i <= LIMIT_DOC_BLOCKS; i++)
			buf_add_c(&lines, "x\n");
		CHECK_FAILS(office_read(t->arena, STR("x.txt"), buf_str(&lines), &d, &err),
			    "office.too_many_blocks");
	}
	if (test_case(t, "too much text")) {
		struct buf text = buf_open(t->arena, KIB, 16 * MIB);
		while (text.len <= LIMIT_DOC_TEXT)
			buf_add_c(
				&text,
				"0123456789abcdef0123456789abcdef0123456789\n");
		CHECK_FAILS(office_read(t->arena, STR("x.txt"), buf_str(&text), &d, &err),
			    "office.too_many_blocks");
		text.len = 0;
		while (text.len <= LIMIT_DOC_TEXT)
			buf_add_c(
				&text,
				"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
		CHECK_FAILS(office_read(t->arena, STR("x.txt"), buf_str(&text), &d, &err),
			    "office.too_large");
	}
	if (test_case(t, "control characters in text that claims to be clean"))
		CHECK_STR(clean_text(t->arena, STR("a\x01\x7F" "b\tc\n\r甲")), STR("ab\tc\n甲"));
}
