#include "base/str.h"

#include "base/test.h"

static void comparing(struct test *t)
{
	static const struct { const char *a, *b; int order; } row[] = {
		{ "", "", 0 },	    { "", "a", -1 },	{ "a", "b", -1 },    { "b", "a", 1 },
		{ "ab", "a", 1 },   { "a", "ab", -1 },	{ "\x7F", "\xE4", -1 }, { "中", "中", 0 },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str a = str_from_c(row[i].a), b = str_from_c(row[i].b);
		CHECK_INT(str_compare(a, b), row[i].order);
		CHECK_INT(str_compare(b, a), -row[i].order);
		CHECK_INT(str_equal(a, b), row[i].order == 0);
	}
	struct str nothing = { NULL, 0 };
	CHECK(str_equal(nothing, STR_NONE) && str_compare(nothing, STR_NONE) == 0);
	CHECK(str_equal_c(STR("x"), "x") && !str_equal_c(STR("x"), "xy"));
	CHECK(str_equal_ascii_nocase(STR("Content-Type"), STR("content-TYPE")));
	CHECK(!str_equal_ascii_nocase(STR("[\\]"), STR("{|}"))); /* 0x20 apart, no letters */
	CHECK(!str_equal_ascii_nocase(STR("a"), STR("ab")));
	CHECK(str_hash(STR("ab")) != str_hash(STR("ba")));
}

static void searching(struct test *t)
{
	struct str s = STR("信息公开信息");

	CHECK(str_starts(s, STR("信息")) && !str_starts(s, STR("公开")) && str_starts(s, STR_NONE));
	CHECK(str_ends(s, STR("信息")) && !str_ends(s, STR("公开")) && !str_ends(STR("a"), STR("ba")));
	CHECK_INT((int64_t)str_find(s, STR("信息"), 0), 0);
	CHECK_INT((int64_t)str_find(s, STR("信息"), 1), 12);
	CHECK(str_find(s, STR("信息"), 13) == SIZE_MAX);
	CHECK(str_find(s, STR("信息"), 999) == SIZE_MAX);
	CHECK_INT((int64_t)str_find(s, STR_NONE, 18), 18);
	CHECK(str_contains(s, STR("公开")) && !str_contains(s, STR("不公开")));
	CHECK_STR(str_slice(s, 6, 12), STR("公开"));
	CHECK_STR(str_slice(s, 12, 9999), STR("信息"));
	CHECK_STR(str_slice(s, 12, 6), STR_NONE);
}

static void trimming(struct test *t)
{
	static const struct { const char *text, *want; } row[] = {
		{ "", "" }, { " \t\r\n\v\f", "" }, { " a b ", "a b" }, { "　　甲 乙　", "甲 乙" },
		{ " 　 a　 ", "a" }, { "\xE3\x80", "\xE3\x80" }, { "　", "" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++)
		CHECK_STR(str_trim(str_from_c(row[i].text)), str_from_c(row[i].want));
}

static void splitting(struct test *t)
{
	static const struct { const char *text, *want; } row[] = {
		{ "a,b,c", "<a><b><c>" }, { "a,", "<a><>" }, { ",a", "<><a>" }, { "", "<>" },
		{ ",", "<><>" }, { "abc", "<abc>" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str rest = str_from_c(row[i].text), piece, got = STR_NONE;
		while (str_split_next(&rest, ',', &piece))
			got = str_format(t->arena, STR_FMT "<" STR_FMT ">", STR_ARG(got),
					 STR_ARG(piece));
		CHECK_STR(got, str_from_c(row[i].want));
	}
	struct str none = { NULL, 0 }, piece;
	CHECK(!str_split_next(&none, ',', &piece));
}

static void taking(struct test *t)
{
	struct str s = STR("GET /x");

	CHECK(!str_take_str(&s, STR("POST")));
	CHECK(!str_take_char(&s, 'g'));
	CHECK_STR(s, STR("GET /x"));
	CHECK(str_take_str(&s, STR("GET")) && str_take_char(&s, ' ') && str_take_str(&s, STR_NONE));
	CHECK_STR(s, STR("/x"));
	CHECK(str_take_str(&s, STR("/x")) && !str_take_char(&s, '/'));
}

static void unsigned_numbers(struct test *t)
{
	static const struct {
		const char *text;
		uint64_t max;
		bool ok;
		uint64_t value;
		const char *rest;
	} row[] = {
		{ "0", 9, true, 0, "" },
		{ "31x", 31, true, 31, "x" },
		{ "32", 31, false, 0, "32" },
		{ "05", 31, true, 5, "" },
		{ "007", 31, false, 0, "007" }, /* longer than the maximum */
		{ "310", 31, false, 0, "310" }, /* not 31 and a rest */
		{ "", 9, false, 0, "" },
		{ "-1", 9, false, 0, "-1" },
		{ "+1", 9, false, 0, "+1" },
		{ " 1", 9, false, 0, " 1" },
		{ "１", 9, false, 0, "１" },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX, "" },
		{ "18446744073709551616", UINT64_MAX, false, 0, "18446744073709551616" },
		{ "99999999999999999999", UINT64_MAX, false, 0, "99999999999999999999" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str s = str_from_c(row[i].text);
		uint64_t value = 0;
		CHECK_INT(str_take_u64(&s, row[i].max, &value), row[i].ok);
		CHECK(value == row[i].value);
		CHECK_STR(s, str_from_c(row[i].rest));
	}
}

static void signed_numbers(struct test *t)
{
	static const struct { const char *text; int64_t value; } row[] = {
		{ "0", 0 }, { "-0", 0 }, { "007", 7 }, { "-12", -12 },
		{ "9223372036854775807", INT64_MAX }, { "-9223372036854775808", INT64_MIN },
	};
	static const char *const refused[] = {
		"", "-", "--1", "+1", "1 ", " 1", "1.0", "0x1", "1e3", "9223372036854775808",
		"-9223372036854775809", "99999999999999999999999", "一",
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		int64_t value = 1;
		CHECK(str_to_i64(str_from_c(row[i].text), &value));
		CHECK_INT(value, row[i].value);
	}
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		int64_t value = 77;
		CHECK(!str_to_i64(str_from_c(refused[i]), &value));
		CHECK_INT(value, 77);
	}
}

void str_test(struct test *t)
{
	if (test_case(t, "comparing"))
		comparing(t);
	if (test_case(t, "searching and slicing"))
		searching(t);
	if (test_case(t, "trimming also takes the Chinese space, and no half of it"))
		trimming(t);
	if (test_case(t, "splitting"))
		splitting(t);
	if (test_case(t, "taking from the front leaves the view untouched when refused"))
		taking(t);
	if (test_case(t, "unsigned numbers"))
		unsigned_numbers(t);
	if (test_case(t, "signed numbers"))
		signed_numbers(t);
	if (test_case(t, "copies and formats")) {
		CHECK_STR(str_copy(t->arena, STR("甲")), STR("甲"));
		CHECK_STR(str_copy(t->arena, (struct str){ NULL, 0 }), STR_NONE);
		CHECK_STR(str_concat(t->arena, STR("甲"), STR("乙")), STR("甲乙"));
		CHECK_STR(str_concat(t->arena, (struct str){ NULL, 0 }, STR("乙")), STR("乙"));
		CHECK_STR(str_format(t->arena, "%d/" STR_FMT, 7, STR_ARG(STR("x"))), STR("7/x"));
		CHECK_STR(str_from_c(str_to_c(t->arena, str_slice(STR("abc"), 0, 2))), STR("ab"));
		CHECK_STR(str_from_c(NULL), STR_NONE);
	}
}
