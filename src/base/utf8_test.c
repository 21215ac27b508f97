#include "base/utf8.h"

#include "base/test.h"

static void bad_bytes(struct test *t)
{
	static const struct {
		struct str text;
		size_t bad;
		const char *why;
	} row[] = {
		{ STR_INIT(""), SIZE_MAX, "nothing" },
		{ STR_INIT("a\t\r\n中\xF0\x9F\x98\x80"), SIZE_MAX, "text" },
		{ STR_INIT("\xC2\x80"), SIZE_MAX, "the first of two bytes" },
		{ STR_INIT("\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"), SIZE_MAX,
		  "edges" },
		{ STR_INIT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), SIZE_MAX,
		  "the edges of four bytes" },
		{ STR_INIT("a\0b"), 1, "NUL" },
		{ STR_INIT("\x1b[31m"), 0, "a control byte" },
		{ STR_INIT("ab\x7F"), 2, "delete" },
		{ STR_INIT("\x80"), 0, "a lone continuation" },
		{ STR_INIT("a\xC0\x80"), 1, "overlong NUL" },
		{ STR_INIT("\xC1\xBF"), 0, "overlong" },
		{ STR_INIT("\xE0\x9F\xBF"), 0, "overlong of three" },
		{ STR_INIT("\xF0\x8F\xBF\xBF"), 0, "overlong of four" },
		{ STR_INIT("x\xED\xA0\x80"), 1, "a surrogate" },
		{ STR_INIT("\xED\xBF\xBF"), 0, "the last surrogate" },
		{ STR_INIT("\xF4\x90\x80\x80"), 0, "over U+10FFFF" },
		{ STR_INIT("\xF5\x80\x80\x80"), 0, "no such lead" },
		{ STR_INIT("\xFF"), 0, "no such byte" },
		{ STR_INIT("中\xE4\xB8"), 3, "cut" },
		{ STR_INIT("\xE4\xB8z"), 0, "interrupted" },
		{ STR_INIT("\xF0\x9F\x98"), 0, "cut of four" },
		{ STR_INIT("\xD6\xD0\xB9\xFA"), 0, "GBK" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (!CHECK(utf8_first_bad(row[i].text) == row[i].bad))
			CHECK_STR(str_from_c(row[i].why), STR("(this row)"));
		CHECK_INT(utf8_valid_text(row[i].text), row[i].bad == SIZE_MAX);
		CHECK(utf8_first_malformed(row[i].text) >= row[i].bad);
	}
}

/* Every sequence of two bytes against the plain definition. */
static void all_pairs(struct test *t)
{
	int wrong = 0;

	for (unsigned pair = 0; pair < 0x10000; pair++) {
		unsigned a = pair >> 8, b = pair & 0xFF;
		char bytes[2] = { (char)a, (char)b };
		bool a_text = a == '\t' || a == '\n' || a == '\r' || (a >= 0x20 && a < 0x7F);
		bool b_text = b == '\t' || b == '\n' || b == '\r' || (b >= 0x20 && b < 0x7F);
		bool pair_text = a >= 0xC0 && a < 0xE0 && (b & 0xC0) == 0x80 &&
				 ((a & 0x1F) << 6 | (b & 0x3F)) >= 0x80;
		if (utf8_valid_text((struct str){ bytes, 2 }) != ((a_text && b_text) || pair_text))
			wrong++;
	}
	CHECK_INT(wrong, 0);
}

static void take_broken(void *arg)
{
	uint32_t c;

	utf8_take(arg, &c);
}

void utf8_test(struct test *t)
{
	if (test_case(t, "the first bad byte"))
		bad_bytes(t);
	if (test_case(t, "malformed is another matter than refused")) {
		CHECK(utf8_first_malformed(STR("a\0\x1b\x7F")) == SIZE_MAX);
		CHECK(utf8_first_malformed(STR("\0\xC0\x80")) == 1);
	}
	if (test_case(t, "all sequences of two bytes"))
		all_pairs(t);
	if (test_case(t, "taking code points")) {
		struct str s = STR("a中\xF0\x9F\x98\x80");
		uint32_t c = 0;
		CHECK(utf8_take(&s, &c) && c == 'a');
		CHECK(utf8_take(&s, &c) && c == 0x4E2D);
		CHECK(utf8_take(&s, &c) && c == 0x1F600);
		CHECK(!utf8_take(&s, &c));
		struct str broken = STR("\xFF");
		CHECK_DIES(take_broken, &broken);
	}
	if (test_case(t, "lengths and prefixes")) {
		struct str s = STR("a中\xF0\x9F\x98\x80z");
		CHECK_INT((int64_t)utf8_length(s), 4);
		CHECK_STR(utf8_prefix(s, 0), STR_NONE);
		CHECK_STR(utf8_prefix(s, 2), STR("a中"));
		CHECK_STR(utf8_prefix(s, 4), s);
		CHECK_STR(utf8_prefix(s, 100), s);
	}
	if (test_case(t, "Chinese characters")) {
		static const uint32_t han[] = { 0x4E00, 0x9FFF,	 0x3007,  0x3005,
						0x3400, 0x20000, 0x2A6DF, 0x31350 };
		static const uint32_t other[] = { 'a',	  0x3000, 0x3002, 0xFF10,
						  0x3041, 0xAC00, 0x33FF, 0xA000 };
		for (size_t i = 0; i < COUNT_OF(han); i++)
			CHECK(utf8_is_han(han[i]));
		for (size_t i = 0; i < COUNT_OF(other); i++)
			CHECK(!utf8_is_han(other[i]));
	}
}
