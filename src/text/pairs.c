/* pairs.c - pairs of signs, hashed. */
#include "text/pairs.h"

#include "base/buf.h"
#include "text/normalise.h"

#include <stdlib.h>

uint64_t pairs_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static int compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct str without(struct arena *a, struct str text, const char *const *skip, size_t count)
{
	struct buf out = buf_open(a, text.len + 1, text.len + 1);

	while (text.len > 0) {
		bool skipped = false;
		for (size_t i = 0; i < count && !skipped; i++)
			skipped = str_take_str(&text, str_from_c(skip[i]));
		if (skipped)
			continue;
		buf_add(&out, str_slice(text, 0, 1));
		text = str_slice(text, 1, text.len);
	}
	return buf_str(&out);
}

/* Letters, digits and characters; marks tell no two texts apart. Valid UTF-8 comes in. */
static bool next_sign(struct str *rest, uint32_t *out)
{
	while (rest->len > 0) {
		unsigned char first = (unsigned char)rest->ptr[0];
		size_t len = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
		uint32_t sign = 0;
		for (size_t i = 0; i < len && i < rest->len; i++)
			sign = sign << 8 | (unsigned char)rest->ptr[i];
		*rest = str_slice(*rest, len, rest->len);
		bool ascii_word = (first >= '0' && first <= '9') ||
				  (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
		/* U+3000 to U+303F and U+FF00 to U+FFEF hold marks. */
		bool mark = (first == 0xE3 && (sign >> 8 & 0xFF) == 0x80) ||
			    (first == 0xEF && (sign >> 8 & 0xFF) >= 0xBC);
		if (len == 1 ? ascii_word : !mark) {
			*out = sign;
			return true;
		}
	}
	return false;
}

struct pairs text_pairs(struct arena *a, struct str text, const char *const *skip,
			size_t skip_count, size_t max)
{
	struct str rest = without(a, normalise_label(a, text), skip, skip_count);
	struct pairs p = { .list = ARENA_ARRAY(a, max, uint64_t) };
	uint32_t before = 0, sign;
	size_t unique = 0;

	while (p.count < max && next_sign(&rest, &sign)) {
		if (before != 0)
			p.list[p.count++] = pairs_mix((uint64_t)before << 32 | sign);
		before = sign;
	}
	qsort(p.list, p.count, sizeof *p.list, compare_u64);
	for (size_t i = 0; i < p.count; i++)
		if (unique == 0 || p.list[unique - 1] != p.list[i])
			p.list[unique++] = p.list[i];
	p.count = unique;
	return p;
}

size_t pairs_shared(const struct pairs *a, const struct pairs *b)
{
	size_t i = 0, k = 0, both = 0;

	while (i < a->count && k < b->count) {
		if (a->list[i] == b->list[k]) {
			both++;
			i++;
			k++;
		} else if (a->list[i] < b->list[k]) {
			i++;
		} else {
			k++;
		}
	}
	return both;
}
