/*
 * escape.c - escaping, fast on prose.
 *
 * Chinese text in UTF-8 has no byte that needs escaping for kilobytes on end,
 * so sixteen bytes are looked at together. Markup as text (a pasted page) is
 * the opposite: after a hit the next bytes are walked singly until sixteen in
 * a row were plain, or the vector would be loaded again for every one of them.
 */
#include "html/escape.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const struct str REFERENCES[] = {
	STR_INIT(""),	  STR_INIT("&amp;"),  STR_INIT("&lt;"),
	STR_INIT("&gt;"), STR_INIT("&quot;"), STR_INIT("&#39;"),
};
static const unsigned char CLASS_OF[256] = {
	['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5,
};

static const struct str *reference(char c)
{
	return &REFERENCES[CLASS_OF[(unsigned char)c]];
}

void escape_scalar(struct buf *out, struct str s)
{
	size_t plain = 0; /* where the run not yet written begins */

	for (size_t i = 0; i < s.len; i++) {
		if (CLASS_OF[(unsigned char)s.ptr[i]] == 0)
			continue;
		buf_add(out, str_slice(s, plain, i));
		buf_add(out, *reference(s.ptr[i]));
		plain = i + 1;
	}
	buf_add(out, str_slice(s, plain, s.len));
}

#ifdef __SSE2__

enum { VECTOR = 16, CHUNK = 512, REFERENCE_MAX = 6 };

/* One bit for each byte that needs a reference. */
static unsigned special_bits(__m128i v)
{
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('<')),
				   _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));

	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
	return (unsigned)_mm_movemask_epi8(hit);
}

/* Walks single bytes until VECTOR plain ones in a row, or the end; returns how many were read. */
static size_t walk(const char *in, size_t len, char **to)
{
	size_t i = 0;
	char *out = *to;

	for (unsigned quiet = 0; i < len && quiet < VECTOR; i++) {
		if (CLASS_OF[(unsigned char)in[i]] == 0) {
			*out++ = in[i];
			quiet++;
			continue;
		}
		const struct str *r = reference(in[i]);
		memcpy(out, r->ptr, r->len);
		out += r->len;
		quiet = 0;
	}
	*to = out;
	return i;
}

/* out has room for REFERENCE_MAX bytes for each of in, and VECTOR more. */
static size_t escape_chunk(const char *in, size_t len, char *out)
{
	char *to = out;
	size_t i = 0;

	while (len - i >= VECTOR) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(in + i));
		_mm_storeu_si128((__m128i *)(void *)to, v);
		unsigned bits = special_bits(v);
		if (bits == 0) {
			i += VECTOR;
			to += VECTOR;
			continue;
		}
		unsigned plain = (unsigned)__builtin_ctz(bits);
		i += plain;
		to += plain;
		i += walk(in + i, len - i, &to);
	}
	while (i < len)
		i += walk(in + i, len - i, &to);
	return (size_t)(to - out);
}

void escape_vector(struct buf *out, struct str s)
{
	for (size_t from = 0; from < s.len; from += CHUNK) {
		size_t len = s.len - from < CHUNK ? s.len - from : CHUNK;
		size_t need = len * REFERENCE_MAX + VECTOR;
		/* Near the limit there may be room for the text and not for the worst case. */
		if (out->overflow || out->max - out->len < need) {
			escape_scalar(out, str_slice(s, from, s.len));
			return;
		}
		char *room = buf_room(out, need);
		if (room == NULL)
			return;
		buf_grew(out, escape_chunk(s.ptr + from, len, room));
	}
}

#else

void escape_vector(struct buf *out, struct str s)
{
	escape_scalar(out, s);
}

#endif
