#include "base/utf8.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

/*
 * Length of the sequence that opens s, 0 if it is not well formed (Unicode,
 * table 3-7: the second byte's range depends on the first; that is what keeps
 * out overlong forms, surrogates and values over U+10FFFF).
 */
static size_t sequence_length(const unsigned char *p, size_t left)
{
	static const struct { unsigned char first, last, low, high, len; } row[] = {
		{ 0xE1, 0xEC, 0x80, 0xBF, 3 }, /* first: Chinese */
		{ 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
		{ 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
		{ 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 },
		{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
	};

	if (p[0] < 0x80)
		return 1;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (p[0] < row[i].first || p[0] > row[i].last)
			continue;
		if (left < row[i].len || p[1] < row[i].low || p[1] > row[i].high)
			return 0;
		for (size_t k = 2; k < row[i].len; k++)
			if ((p[k] & 0xC0) != 0x80)
				return 0;
		return row[i].len;
	}
	return 0;
}

static bool is_refused_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

enum control { CONTROL_ALLOWED, CONTROL_REFUSED };

/* Eight bytes of plain ASCII: none over 0x7E, none under 0x20. Other ones are looked at singly. */
static bool is_plain_word(const unsigned char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = 0x80 * ones;
	uint64_t word;

	memcpy(&word, p, sizeof word);
	/* Without a top bit no byte carries into the next one. */
	return (word & tops) == 0 && ((word + ones) & tops) == 0 &&
	       ((word + (0x80 - 0x20) * ones) & tops) == tops;
}

/* A character of E1 to EC, as nearly all of Chinese is. */
static bool is_common_three(const unsigned char *p)
{
	return p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* Two of them, seen at once; eight bytes are there. */
static bool are_common_threes(const unsigned char *p)
{
	const uint64_t kinds = UINT64_C(0x0000C0C0F0C0C0F0), want = UINT64_C(0x00008080E08080E0);
	uint64_t word;

	memcpy(&word, p, sizeof word);
	word = le64toh(word);
	return (word & kinds) == want && (word & 0x0F) - 1 < 0x0C &&
	       (word >> 24 & 0x0F) - 1 < 0x0C;
}

static size_t first_bad(struct str s, enum control control)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	for (size_t i = 0; i < s.len;) {
		while (i + 8 <= s.len && are_common_threes(p + i))
			i += 6;
		while (i + 3 <= s.len && is_common_three(p + i))
			i += 3;
		if (i + 8 <= s.len && is_plain_word(p + i)) {
			i += 8;
			continue;
		}
		if (i == s.len)
			break;
		if (p[i] >= 0x20 && p[i] < 0x7F) {
			i++;
			continue;
		}
		if (control == CONTROL_REFUSED && is_refused_control(p[i]))
			return i;
		size_t len = sequence_length(p + i, s.len - i);
		if (len == 0)
			return i;
		i += len;
	}
	return SIZE_MAX;
}

size_t utf8_first_bad(struct str s)
{
	return first_bad(s, CONTROL_REFUSED);
}

size_t utf8_first_malformed(struct str s)
{
	return first_bad(s, CONTROL_ALLOWED);
}

bool utf8_valid_text(struct str s)
{
	return utf8_first_bad(s) == SIZE_MAX;
}

bool utf8_take(struct str *s, uint32_t *code_point)
{
	static const unsigned char lead_bits[] = { [1] = 0x7F, [2] = 0x1F, [3] = 0x0F, [4] = 0x07 };

	if (s->len == 0)
		return false;
	const unsigned char *p = (const unsigned char *)s->ptr;
	size_t len = sequence_length(p, s->len);
	assert(len > 0);
	uint32_t value = p[0] & lead_bits[len];
	for (size_t k = 1; k < len; k++)
		value = value << 6 | (p[k] & 0x3F);
	*code_point = value;
	s->ptr += len;
	s->len -= len;
	return true;
}

size_t utf8_length(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		if (((unsigned char)s.ptr[i] & 0xC0) != 0x80)
			count++;
	return count;
}

struct str utf8_prefix(struct str s, size_t code_points_max)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.ptr[i] & 0xC0) == 0x80)
			continue;
		if (count == code_points_max)
			return str_slice(s, 0, i);
		count++;
	}
	return s;
}

bool utf8_is_han(uint32_t code_point)
{
	static const struct { uint32_t first, last; } range[] = {
		{ 0x3005, 0x3005 },   /* 々 */
		{ 0x3007, 0x3007 },   /* 〇 */
		{ 0x3400, 0x4DBF },   /* extension A */
		{ 0x4E00, 0x9FFF },   /* the unified ideographs */
		{ 0xF900, 0xFAFF },   /* compatibility */
		{ 0x20000, 0x2A6DF }, /* extension B */
		{ 0x2A700, 0x2EBE0 }, /* C to F */
		{ 0x2F800, 0x2FA1F }, /* compatibility supplement */
		{ 0x30000, 0x323AF }, /* G and H */
	};

	for (size_t i = 0; i < COUNT_OF(range); i++)
		if (code_point >= range[i].first && code_point <= range[i].last)
			return true;
	return false;
}
