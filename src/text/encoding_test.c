#include "text/encoding.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "base/utf8.h"

#include <iconv.h>
#include <string.h>

static void decoding(struct test *t)
{
	static const struct {
		struct str bytes;
		enum charset charset;
		bool marked;
		struct str text;
	} row[] = {
		{ STR_INIT(""), CHARSET_UTF8, false, STR_INIT("") },
		{ STR_INIT("abc\r\n"), CHARSET_UTF8, false, STR_INIT("abc\r\n") },
		{ STR_INIT("年度报告"), CHARSET_UTF8, false, STR_INIT("年度报告") },
		{ STR_INIT("\xEF\xBB\xBF年"), CHARSET_UTF8, true, STR_INIT("年") },
		{ STR_INIT("\xEF\xBB\xBF"), CHARSET_UTF8, true, STR_INIT("") },
		{ STR_INIT("\xC4\xEA\xB6\xC8"), CHARSET_GB18030, false, STR_INIT("年度") },
		{ STR_INIT("a,\xC4\xEA\n"), CHARSET_GB18030, false, STR_INIT("a,年\n") },
		{ STR_INIT("\x81\x30\x89\x38\xC4\xEA"), CHARSET_GB18030, false,
		  STR_INIT("ß年") },
		{ STR_INIT("\x95\x32\x82\x36\xC4\xEA"), CHARSET_GB18030, false,
		  STR_INIT("\xF0\xA0\x80\x80年") },
		{ STR_INIT("\xFF\xFE\x74\x5E"
			   "1\0"),
		  CHARSET_UTF16LE, true, STR_INIT("年1") },
		{ STR_INIT("\xFE\xFF\x5E\x74\0"
			   "1"),
		  CHARSET_UTF16BE, true, STR_INIT("年1") },
		{ STR_INIT("\xFF\xFE\x40\xD8\x00\xDC"), CHARSET_UTF16LE, true,
		  STR_INIT("\xF0\xA0\x80\x80") },
		{ STR_INIT("\xFF\xFE"), CHARSET_UTF16LE, true, STR_INIT("") },
		{ STR_INIT("a\fb\vc\x1A"), CHARSET_UTF8, false, STR_INIT("a\nb\nc") },
		{ STR_INIT("\xC4\xEA\f\x1A"), CHARSET_GB18030, false, STR_INIT("年\n") },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct err err = { 0 };
		struct decoded d = { 0 };
		CHECK_OK(encoding_decode(t->arena, row[i].bytes, &d, &err));
		CHECK_STR(d.text, row[i].text);
		CHECK_INT(d.charset, row[i].charset);
		CHECK_INT(d.marked, row[i].marked);
	}
}

static void refusing(struct test *t)
{
	static const struct { struct str bytes; const char *key, *offset; } row[] = {
		{ STR_INIT("ab\xFF"), "text.unknown_encoding", "2" },
		{ STR_INIT("年度\xE6"), "text.unknown_encoding", "6" },
		{ STR_INIT("\xC4\xEA\xB6"), "text.unknown_encoding", "2" },
		{ STR_INIT("\xEF\xBB\xBF年\xFF"), "text.unknown_encoding", "6" },
		{ STR_INIT("\xFF\xFE\x74"), "text.unknown_encoding", "2" },
		{ STR_INIT("\xFF\xFE" "a\0\x00\xDC"), "text.unknown_encoding", "4" },
		{ STR_INIT("\xFF\xFE\x00\xD8" "a\0"), "text.unknown_encoding", "2" },
		{ STR_INIT("\xFF\xFE\x00\xD8"), "text.unknown_encoding", "2" },
		{ STR_INIT("ab\0c"), "text.control_byte", "2" },
		{ STR_INIT("PK\x03\x04"), "text.control_byte", "2" },
		{ STR_INIT("年\x1A年"), "text.control_byte", "3" },
		{ STR_INIT("\xEF\xBB\xBF年\x01"), "text.control_byte", "6" },
		{ STR_INIT("\xC4\xEA\x81\x30\x89\x38\x01"), "text.control_byte", "6" },
		{ STR_INIT("\xFF\xFE\x40\xD8\x00\xDC\x74\x5E\0\0"), "text.control_byte", "8" },
		{ STR_INIT("\x7F"), "text.control_byte", "0" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct err err = { 0 };
		struct decoded d = { .text = STR("untouched") };
		bool ok = encoding_decode(t->arena, row[i].bytes, &d, &err);
		CHECK_STR(str_from_c(err.facts), str_from_c(row[i].offset));
		CHECK_FAILS(ok, row[i].key);
		CHECK_STR(d.text, STR("untouched"));
	}
}

/* The characters of the basic plane, written by iconv, are told from UTF-8 and come back. */
static void all_characters(struct test *t)
{
	struct err err = { 0 };
	struct buf text = buf_open(t->arena, 100000, 100000);

	for (uint32_t c = 0x4E00; c <= 0x9FA5; c++)
		buf_add_utf8(&text, c);
	size_t room = text.len * 2, left = text.len;
	char *bytes = arena_alloc(t->arena, room), *to = bytes, *from = text.ptr;
	iconv_t converter = iconv_open("GB18030", "UTF-8");
	CHECK(iconv(converter, &from, &left, &to, &room) != (size_t)-1);
	iconv_close(converter);
	struct decoded d = { 0 };
	CHECK_OK(encoding_decode(t->arena, (struct str){ bytes, (size_t)(to - bytes) }, &d, &err));
	CHECK_INT(d.charset, CHARSET_GB18030);
	CHECK(str_equal(d.text, buf_str(&text)));
}

void encoding_test(struct test *t)
{
	if (test_case(t, "each encoding is told and decoded"))
		decoding(t);
	if (test_case(t, "what is refused, with the offset of the byte"))
		refusing(t);
	if (test_case(t, "all Chinese characters of the basic plane through GB18030"))
		all_characters(t);
	if (test_case(t, "the limit")) {
		struct err err = { 0 };
		struct decoded d;
		char *big = arena_alloc(t->arena, LIMIT_TEXT_BYTES + 1);
		memset(big, 'x', LIMIT_TEXT_BYTES + 1);
		struct str most = { big, LIMIT_TEXT_BYTES }, more = { big, LIMIT_TEXT_BYTES + 1 };
		CHECK_OK(encoding_decode(t->arena, most, &d, &err));
		CHECK_FAILS(encoding_decode(t->arena, more, &d, &err), "text.too_large");
	}
	if (test_case(t, "names, and the library loaded beforehand")) {
		struct err err = { 0 };
		CHECK_OK(encoding_prepare(&err));
		CHECK_STR(str_from_c(charset_name(CHARSET_GB18030)), STR("GB18030"));
		CHECK_STR(str_from_c(charset_name(CHARSET_UTF16LE)), STR("UTF-16LE"));
	}
}
