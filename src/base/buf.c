#include "base/buf.h"

#include "base/arena_internal.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buf buf_open(struct arena *a, size_t estimate, size_t max)
{
	struct buf b = { .arena = a, .max = max };

	assert(max < SIZE_MAX / 4);
	b.cap = estimate < max ? estimate : max;
	b.ptr = arena_alloc(a, b.cap);
	return b;
}

static bool grow(struct buf *b, size_t n)
{
	if (n > b->max - b->len) {
		b->overflow = true;
		return false;
	}
	size_t cap = b->cap * 2 > 64 ? b->cap * 2 : 64;
	if (cap < b->len + n)
		cap = b->len + n;
	if (cap > b->max)
		cap = b->max;
	if (!arena_extend(b->arena, b->ptr, b->cap, cap)) {
		char *moved = arena_alloc(b->arena, cap);
		if (b->len > 0)
			memcpy(moved, b->ptr, b->len);
		b->ptr = moved;
	}
	b->cap = cap;
	return true;
}

/* true if n more bytes fit, growing as needed; otherwise the overflow is noted. */
static inline bool make_room(struct buf *b, size_t n)
{
	return !b->overflow && (n <= b->cap - b->len || grow(b, n));
}

void buf_add_bytes(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0 || !make_room(b, len))
		return;
	memcpy(b->ptr + b->len, bytes, len);
	b->len += len;
}

void buf_add(struct buf *b, struct str s)
{
	buf_add_bytes(b, s.ptr, s.len);
}

void buf_add_c(struct buf *b, const char *terminated)
{
	buf_add(b, str_from_c(terminated));
}

void buf_add_char(struct buf *b, char c)
{
	if (make_room(b, 1))
		b->ptr[b->len++] = c;
}

void buf_add_i64(struct buf *b, int64_t n)
{
	char text[20]; /* "-9223372036854775808" */
	size_t at = sizeof text;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		text[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (n < 0)
		text[--at] = '-';
	buf_add_bytes(b, text + at, sizeof text - at);
}

void buf_add_utf8(struct buf *b, uint32_t code_point)
{
	char text[4];

	assert(code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF));
	if (code_point < 0x80) {
		buf_add_char(b, (char)code_point);
		return;
	}
	/* Continuation bytes from the last to the second, then the lead that counts them. */
	size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { [2] = 0xC0, [3] = 0xE0, [4] = 0xF0 };
	for (size_t i = len - 1; i > 0; i--) {
		text[i] = (char)(0x80 | (code_point & 0x3F));
		code_point >>= 6;
	}
	text[0] = (char)(lead[len] | code_point);
	buf_add_bytes(b, text, len);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list first, second;

	if (b->overflow)
		return;
	va_start(first, fmt);
	va_copy(second, first);
	int len = vsnprintf(NULL, 0, fmt, first);
	va_end(first);
	assert(len >= 0);
	/* vsnprintf ends with a NUL, which may need one byte more than max grants: write aside. */
	struct arena_mark mark = arena_mark(b->arena);
	char small[256];
	char *text = (size_t)len < sizeof small ? small : arena_alloc(b->arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, second);
	va_end(second);
	if (text == small) {
		buf_add_bytes(b, text, (size_t)len);
		return;
	}
	if ((size_t)len <= b->cap - b->len) { /* fits without growing: the copy aside can go */
		buf_add_bytes(b, text, (size_t)len);
		arena_rewind(b->arena, mark);
		return;
	}
	buf_add_bytes(b, text, (size_t)len);
}

char *buf_room(struct buf *b, size_t n)
{
	return make_room(b, n) ? b->ptr + b->len : NULL;
}

void buf_grew(struct buf *b, size_t n)
{
	assert(n <= b->cap - b->len);
	b->len += n;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->overflow = false;
}

bool buf_ok(const struct buf *b)
{
	return !b->overflow;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->ptr, b->len };
}
