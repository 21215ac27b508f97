/*
 * plain.c - one spelling for what reports spell in many ways.
 *
 * Word processors and PDF makers print the same digit in two widths, dashes in
 * six kinds, and common characters as radicals of their own block (U+2F00).
 * Matching happens on the plain text; quotes keep what was printed.
 */
#include "base/utf8.h"
#include "lint/lint_internal.h"
#include "text/normalise.h"

#include <string.h>

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t utf8_step(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.ptr[at];
	size_t step = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

	return step <= s.len - at ? step : s.len - at;
}

bool has_any(struct str s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_contains(s, str_from_c(*words)))
			return true;
	return false;
}

static bool is_invisible(uint32_t c)
{
	return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static bool is_space(uint32_t c)
{
	return c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
	       c == 0x205F || c == 0x3000;
}

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D ||
	       c == 0x2500 || c == 0x2501;
}

static uint32_t plain_char(uint32_t c)
{
	if (is_space(c))
		return ' ';
	if (is_dash(c))
		return '-';
	c = normalise_radical(c);
	/*
	 * Brackets and stops of sentences stay wide, so the narrow ones go up; the rest of
	 * FF01.. comes down.
	 */
	switch (c) {
	case 0x2502: case 0x2503: case 0xA6: return '|';
	case '(': return 0xFF08;
	case ')': return 0xFF09;
	case ':': return 0xFF1A;
	case ';': return 0xFF1B;
	case 0xFF08: case 0xFF09: case 0xFF0C: case 0xFF1A: case 0xFF1B: case 0xFF01: case 0xFF1F:
		return c;
	}
	return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + 0x21 : c;
}

struct str plain_text(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, s.len + 8, s.len * 3 + 8);
	uint32_t c;

	while (utf8_take(&s, &c))
		if (!is_invisible(c))
			buf_add_utf8(&b, plain_char(c));
	return buf_str(&b);
}

struct str plain_squeeze(struct arena *a, struct str plain)
{
	char *out = arena_alloc(a, plain.len);
	size_t len = 0;

	for (size_t i = 0; i < plain.len; i++)
		if (memchr(" \t\r\n", plain.ptr[i], 4) == NULL)
			out[len++] = plain.ptr[i];
	return (struct str){ out, len };
}

static bool is_letter(uint32_t c)
{
	return utf8_is_han(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct str plain_key(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, s.len + 8, s.len * 3 + 8);
	uint32_t c;

	while (utf8_take(&s, &c)) {
		c = plain_char(c);
		if (is_letter(c))
			buf_add_utf8(&b, c);
	}
	return buf_str(&b);
}
