#include "text/encoding.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

const char *charset_name(enum charset e)
{
	switch (e) {
	case CHARSET_UTF8:
		return "UTF-8";
	case CHARSET_UTF16LE:
		return "UTF-16LE";
	case CHARSET_UTF16BE:
		return "UTF-16BE";
	case CHARSET_GB18030:
		return "GB18030";
	}
	return "";
}

static bool no_encoding_fits(size_t offset, struct err *err)
{
	return err_set(err, ERR_INVALID, "text.unknown_encoding", "%zu", offset);
}

/* ---- UTF-16 */

static uint32_t unit_at(struct str bytes, size_t at, enum charset e)
{
	unsigned char first = (unsigned char)bytes.ptr[at],
		      second = (unsigned char)bytes.ptr[at + 1];

	return e == CHARSET_UTF16LE ? (uint32_t)second << 8 | first
				     : (uint32_t)first << 8 | second;
}

static bool from_utf16(struct arena *a, struct str bytes, enum charset e, struct str *out,
		       struct err *err)
{
	/* Two bytes become at most three, four become four. */
	struct buf text = buf_open(a, bytes.len / 2 * 3, bytes.len / 2 * 3);

	for (size_t at = 2; at < bytes.len; at += 2) {
		if (at + 1 == bytes.len)
			return no_encoding_fits(at, err);
		uint32_t unit = unit_at(bytes, at, e);
		if (unit >= 0xDC00 && unit <= 0xDFFF)
			return no_encoding_fits(at, err);
		if (unit < 0xD800 || unit > 0xDBFF) {
			buf_add_utf8(&text, unit);
			continue;
		}
		uint32_t low = at + 3 < bytes.len ? unit_at(bytes, at + 2, e) : 0;
		if (low < 0xDC00 || low > 0xDFFF)
			return no_encoding_fits(at, err);
		buf_add_utf8(&text, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
		at += 2;
	}
	*out = buf_str(&text);
	return true;
}

/* ---- GB18030 */

static bool from_gb18030(struct arena *a, struct str bytes, size_t utf8_bad, struct str *out,
			 struct err *err)
{
	iconv_t converter = iconv_open("UTF-8", "GB18030");

	if (converter == (iconv_t)-1)
		return err_set(err, ERR_UNAVAILABLE, "text.no_iconv", "%s", strerror(errno));
	/* Two bytes become three at most; a single byte is ASCII. */
	size_t room = bytes.len / 2 * 3 + 4, left = bytes.len;
	char *text = arena_alloc(a, room), *end = text;
	char *from = (char *)(uintptr_t)bytes.ptr; /* iconv reads it only */
	size_t result = iconv(converter, &from, &left, &end, &room);
	iconv_close(converter);
	if (result == (size_t)-1) {
		/* The further of the two tells more about what the file was meant to be. */
		size_t offset = bytes.len - left;
		return no_encoding_fits(offset > utf8_bad ? offset : utf8_bad, err);
	}
	*out = (struct str){ text, (size_t)(end - text) };
	return true;
}

/* ---- what is text */

/* Bytes of the character that begins at `at`. */
static size_t width_at(struct str bytes, size_t at, enum charset e)
{
	unsigned char first = (unsigned char)bytes.ptr[at];

	switch (e) {
	case CHARSET_UTF8:
		return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE: {
		uint32_t unit = unit_at(bytes, at, e);
		return unit >= 0xD800 && unit <= 0xDBFF ? 4 : 2;
	}
	case CHARSET_GB18030:
		if (first < 0x81)
			return 1;
		return bytes.ptr[at + 1] >= '0' && bytes.ptr[at + 1] <= '9' ? 4 : 2;
	}
	return 1;
}

/* Offset in the bytes of the character at `text_offset` of the decoded text. */
static size_t offset_in_bytes(struct str bytes, size_t start, const struct decoded *d,
			      size_t text_offset)
{
	size_t characters = utf8_length(str_slice(d->text, 0, text_offset)), at = start;

	while (characters-- > 0)
		at += width_at(bytes, at, d->charset);
	return at;
}

static struct str end_pages_as_lines(struct arena *a, struct str text)
{
	if (text.len > 0 && text.ptr[text.len - 1] == 0x1A)
		text.len--;
	if (!str_contains(text, STR("\f")) && !str_contains(text, STR("\v")))
		return text;
	char *copy = (char *)(uintptr_t)str_to_c(a, text);
	for (size_t i = 0; i < text.len; i++)
		if (copy[i] == '\f' || copy[i] == '\v')
			copy[i] = '\n';
	return (struct str){ copy, text.len };
}

static bool decode_unmarked(struct arena *a, struct str bytes, struct decoded *d, struct err *err)
{
	size_t bad = utf8_first_malformed(bytes);

	d->charset = CHARSET_UTF8;
	d->text = bytes;
	if (bad == SIZE_MAX)
		return true;
	d->charset = CHARSET_GB18030;
	return from_gb18030(a, bytes, bad, &d->text, err);
}

bool encoding_decode(struct arena *a, struct str bytes, struct decoded *out, struct err *err)
{
	struct decoded d = { .marked = true };
	size_t start = 2;
	bool ok = true;

	if (bytes.len > LIMIT_TEXT_BYTES)
		return err_set(err, ERR_LIMIT, "text.too_large", "%u", LIMIT_TEXT_BYTES / MIB);
	if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
		start = 3;
		d.charset = CHARSET_UTF8;
		d.text = str_slice(bytes, start, bytes.len);
		size_t bad = utf8_first_malformed(d.text);
		ok = bad == SIZE_MAX || no_encoding_fits(bad + start, err);
	} else if (str_starts(bytes, STR("\xFF\xFE"))) {
		d.charset = CHARSET_UTF16LE;
		ok = from_utf16(a, bytes, d.charset, &d.text, err);
	} else if (str_starts(bytes, STR("\xFE\xFF"))) {
		d.charset = CHARSET_UTF16BE;
		ok = from_utf16(a, bytes, d.charset, &d.text, err);
	} else {
		start = 0;
		d.marked = false;
		ok = decode_unmarked(a, bytes, &d, err);
	}
	if (!ok)
		return false;

	struct str text = end_pages_as_lines(a, d.text);
	size_t bad = utf8_first_bad(text);
	if (bad != SIZE_MAX)
		return err_set(err, ERR_INVALID, "text.control_byte", "%zu",
			       offset_in_bytes(bytes, start, &d, bad));
	d.text = text;
	*out = d;
	return true;
}

bool encoding_prepare(struct err *err)
{
	iconv_t converter = iconv_open("UTF-8", "GB18030");

	if (converter == (iconv_t)-1)
		return err_set(err, ERR_UNAVAILABLE, "text.no_iconv", "%s", strerror(errno));
	iconv_close(converter);
	return true;
}
