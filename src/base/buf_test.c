#include "base/buf.h"

#include "base/test.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static void growing(struct test *t)
{
	struct buf b = buf_open(t->arena, 4, 100000), other = buf_open(t->arena, 0, 100);

	for (int i = 0; i < 5000; i++) {
		buf_add(&b, STR("甲"));
		/* Another piece between: one grows in place, the other moves. */
		buf_add_char(&other, 'x');
		if (i == 50)
			buf_clear(&other);
	}
	CHECK(buf_ok(&b));
	CHECK_INT((int64_t)b.len, 15000);
	CHECK(!buf_ok(&other));
	CHECK(utf8_valid_text(buf_str(&b)));
	CHECK_INT((int64_t)utf8_length(buf_str(&b)), 5000);
}

static void overflowing(struct test *t)
{
	struct buf b = buf_open(t->arena, 1000, 10);

	buf_add(&b, STR("0123456789"));
	CHECK(buf_ok(&b));
	buf_add(&b, STR_NONE);
	CHECK(buf_ok(&b));
	buf_add_char(&b, 'x');
	CHECK(!buf_ok(&b));
	buf_clear(&b);
	buf_add(&b, STR("12345678901"));
	buf_add(&b, STR("1")); /* sticky: a later piece that would fit makes nothing whole */
	CHECK(!buf_ok(&b) && b.len == 0);
	CHECK(buf_room(&b, 1) == NULL);
	buf_clear(&b);
	CHECK(buf_ok(&b));
	buf_addf(&b, "%s", "0123456789");
	CHECK(buf_ok(&b));
	CHECK_STR(buf_str(&b), STR("0123456789"));
}

static void long_formats(struct test *t)
{
	struct str x = str_format(t->arena, "%0300d", 0), xx = str_concat(t->arena, x, x);
	struct buf wide = buf_open(t->arena, 1000, 1000), narrow = buf_open(t->arena, 1, 1000);
	struct buf tight = buf_open(t->arena, 1, 299);

	for (int i = 0; i < 2; i++) {
		buf_addf(&wide, STR_FMT, STR_ARG(x));
		buf_addf(&narrow, STR_FMT, STR_ARG(x));
		buf_addf(&tight, STR_FMT, STR_ARG(x));
	}
	CHECK_STR(buf_str(&wide), xx);
	CHECK_STR(buf_str(&narrow), xx);
	CHECK(buf_ok(&wide) && buf_ok(&narrow) && !buf_ok(&tight));
}

static void numbers(struct test *t)
{
	static const int64_t row[] = { 0, 1, -1, 10, 99, 100, -100, INT64_MAX, INT64_MIN };
	char want[32];

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct buf b = buf_open(t->arena, 0, 100);
		buf_add_i64(&b, row[i]);
		snprintf(want, sizeof want, "%lld", (long long)row[i]);
		CHECK_STR(buf_str(&b), str_from_c(want));
	}
}

/* Every code point there is: written here, read by utf8_take. */
static void code_points(struct test *t)
{
	struct buf b = buf_open(t->arena, 8, 8);
	int wrong = 0;

	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		uint32_t back = 0;
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		buf_clear(&b);
		buf_add_utf8(&b, c);
		struct str s = buf_str(&b);
		size_t want = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		if (s.len != want || !utf8_take(&s, &back) || back != c || s.len != 0)
			wrong++;
	}
	CHECK_INT(wrong, 0);
}

static void write_surrogate(void *arg)
{
	buf_add_utf8(arg, 0xD800);
}

void buf_test(struct test *t)
{
	if (test_case(t, "growing"))
		growing(t);
	if (test_case(t, "overflow is sticky and the maximum itself fits"))
		overflowing(t);
	if (test_case(t, "long formatted text, with and without room"))
		long_formats(t);
	if (test_case(t, "numbers"))
		numbers(t);
	if (test_case(t, "every code point comes back"))
		code_points(t);
	if (test_case(t, "a surrogate is a bug")) {
		struct buf b = buf_open(t->arena, 8, 8);
		CHECK_DIES(write_surrogate, &b);
	}
	if (test_case(t, "room written by the caller")) {
		struct buf b = buf_open(t->arena, 0, 8);
		char *room = buf_room(&b, 5);
		CHECK(room != NULL);
		memcpy(room, "abc", 3);
		buf_grew(&b, 3);
		CHECK_STR(buf_str(&b), STR("abc"));
	}
}
