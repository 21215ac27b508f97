#include "text/normalise.h"

#include "base/buf.h"
#include "base/test.h"
#include "base/utf8.h"

static void widths(struct test *t)
{
	static const struct { const char *text, *want; } row[] = {
		{ "", "" }, { "abc 中", "abc 中" }, { "ＡＢｃ１２３（）！～", "ABc123()!~" },
		{ "　x\xC2\xA0y", " x y" }, { "，。：", ",。:" }, { "￥", "￥" },
		{ "⼀⼆⽇⽉⼾", "一二日月户" }, { "⺠⻓⻔⻋⻚⻰⻳", "民长门车页龙龟" }, { "⺀⻌", "⺀⻌" },
		{ "⿰", "⿰" }, /* U+2FF0, after the radicals */
	};

	for (size_t i = 0; i < COUNT_OF(row); i++)
		CHECK_STR(normalise_width(t->arena, str_from_c(row[i].text)),
			  str_from_c(row[i].want));
}

static void labels(struct test *t)
{
	static const struct { const char *text, *want; } row[] = {
		{ " 一、 本年 新收\t\n", "一、本年新收" }, { "（一）予以　公开", "(一)予以公开" },
		{ "“三公”经费", "\"三公\"经费" }, { "「三公」『经费』«x»", "\"三公\"\"经费\"\"x\"" },
		{ "＂x＇", "\"x'" }, { "‘x’", "'x'" },
		{ "a\xE2\x80\x8B" "b\xEF\xBB\xBF" "c\xC2\xAD" "d\xE2\x81\xA0" "e", "abcde" },
		{ "\xE2\x80\x83\xE2\x80\xA8\xE3\x85\xA4\xC2\x85", "" },
		{ "⽇\xEF\xB8\x8F", "日" },
		{ "—-–", "—-–" }, /* dashes mean different things: an empty cell, minus, a range */
	};

	for (size_t i = 0; i < COUNT_OF(row); i++)
		CHECK_STR(normalise_label(t->arena, str_from_c(row[i].text)),
			  str_from_c(row[i].want));
	CHECK(label_equal(t->arena, STR("其他（1）"), STR(" 其 他 (1)")));
	CHECK(!label_equal(t->arena, STR("其他"), STR("其它")));
}

/* For every character: folding again changes nothing, and the text never grows. */
static void every_character(struct test *t)
{
	int wrong = 0;

	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		struct arena_mark mark = arena_mark(t->arena);
		struct buf b = buf_open(t->arena, 8, 8);
		buf_add_utf8(&b, c);
		struct str once = normalise_label(t->arena, buf_str(&b));
		struct str wide = normalise_width(t->arena, buf_str(&b));
		if (once.len > b.len || wide.len > b.len || utf8_length(wide) != 1)
			wrong++;
		if (!str_equal(once, normalise_label(t->arena, once)) ||
		    !str_equal(wide, normalise_width(t->arena, wide)) ||
		    !str_equal(once, normalise_label(t->arena, wide)))
			wrong++;
		arena_rewind(t->arena, mark);
	}
	CHECK_INT(wrong, 0);
}

void normalise_test(struct test *t)
{
	if (test_case(t, "full-width signs and the radicals of PDF readers"))
		widths(t);
	if (test_case(t, "labels"))
		labels(t);
	if (test_case(t, "every character: once is enough, and nothing grows"))
		every_character(t);
}
