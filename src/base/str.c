#include "base/str.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_from_c(const char *terminated)
{
	if (terminated == NULL)
		return STR_NONE;
	return (struct str){ terminated, strlen(terminated) };
}

struct str str_copy(struct arena *a, struct str s)
{
	return (struct str){ str_to_c(a, s), s.len };
}

const char *str_to_c(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, s.len + 1);

	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	return copy;
}

struct str str_format(struct arena *a, const char *fmt, ...)
{
	va_list first, second;

	va_start(first, fmt);
	va_copy(second, first);
	int len = vsnprintf(NULL, 0, fmt, first);
	va_end(first);
	assert(len >= 0); /* only a wrong format fails */
	char *text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, second);
	va_end(second);
	return (struct str){ text, (size_t)len };
}

struct str str_concat(struct arena *a, struct str left, struct str right)
{
	char *text = arena_alloc(a, left.len + right.len);

	if (left.len > 0)
		memcpy(text, left.ptr, left.len);
	if (right.len > 0)
		memcpy(text + left.len, right.ptr, right.len);
	return (struct str){ text, left.len + right.len };
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_c(struct str a, const char *terminated)
{
	return str_equal(a, str_from_c(terminated));
}

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_ascii_nocase(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i]))
			return false;
	return true;
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);

	if (order != 0)
		return order < 0 ? -1 : 1;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool str_contains(struct str s, struct str needle)
{
	return str_find(s, needle, 0) != SIZE_MAX;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	if (from > s.len || needle.len > s.len - from)
		return SIZE_MAX;
	if (needle.len == 0)
		return from;
	const char *found = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return found == NULL ? SIZE_MAX : (size_t)(found - s.ptr);
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from >= to)
		return STR_NONE;
	return (struct str){ s.ptr + from, to - from };
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	const struct str wide = STR("\xE3\x80\x80"); /* U+3000, the space of Chinese text */

	while (s.len > 0) {
		if (is_space(s.ptr[0]))
			s = str_slice(s, 1, s.len);
		else if (str_starts(s, wide))
			s = str_slice(s, wide.len, s.len);
		else
			break;
	}
	while (s.len > 0) {
		if (is_space(s.ptr[s.len - 1]))
			s.len--;
		else if (str_ends(s, wide))
			s.len -= wide.len;
		else
			break;
	}
	return s;
}

bool str_split_next(struct str *rest, char separator, struct str *piece)
{
	if (rest->ptr == NULL)
		return false;
	const char *found = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
	if (found == NULL) {
		*piece = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	*piece = (struct str){ rest->ptr, (size_t)(found - rest->ptr) };
	*rest = (struct str){ found + 1, rest->len - piece->len - 1 };
	return true;
}

static void drop(struct str *s, size_t n)
{
	s->ptr += n;
	s->len -= n;
}

bool str_take_char(struct str *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	drop(s, 1);
	return true;
}

bool str_take_str(struct str *s, struct str prefix)
{
	if (!str_starts(*s, prefix))
		return false;
	if (prefix.len > 0)
		drop(s, prefix.len);
	return true;
}

static size_t digits_of(uint64_t n)
{
	size_t digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

bool str_take_u64(struct str *s, uint64_t max, uint64_t *out)
{
	size_t allowed = digits_of(max), taken = 0;
	uint64_t value = 0;

	while (taken < s->len && s->ptr[taken] >= '0' && s->ptr[taken] <= '9') {
		if (taken == allowed || __builtin_mul_overflow(value, (uint64_t)10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(s->ptr[taken] - '0'), &value))
			return false;
		taken++;
	}
	if (taken == 0 || value > max)
		return false;
	drop(s, taken);
	*out = value;
	return true;
}

bool str_to_i64(struct str s, int64_t *out)
{
	bool negative = str_take_char(&s, '-');
	uint64_t magnitude;

	if (!str_take_u64(&s, (uint64_t)INT64_MAX + (negative ? 1 : 0), &magnitude) || s.len > 0)
		return false;
	*out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
	return true;
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a, 64 bits */

	for (size_t i = 0; i < s.len; i++) {
		hash ^= (unsigned char)s.ptr[i];
		hash *= UINT64_C(0x100000001b3);
	}
	return hash;
}
