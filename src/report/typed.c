/*
 * typed.c - reading numbers out of Chinese prose.
 */
#include "report/typed.h"

#include "base/attr.h"

enum { DIGITS_MAX = 15 };

/* Longest first where one begins another. */
static const struct str units[] = {
	STR_INIT("万元"), STR_INIT("亿元"), STR_INIT("件次"), STR_INIT("人次"), STR_INIT("件"), STR_INIT("宗"),
	STR_INIT("起"),	  STR_INIT("份"),   STR_INIT("项"),   STR_INIT("个"),	STR_INIT("部"), STR_INIT("元"),
};
static const struct str about_before[] = {
	STR_INIT("约"), STR_INIT("近"), STR_INIT("超"), STR_INIT("逾"), STR_INIT("超过"), STR_INIT("近乎"),
};
static const struct str about_after[] = {
	STR_INIT("余"), STR_INIT("多"), STR_INIT("左右"), STR_INIT("以上"), STR_INIT("万余"), STR_INIT("万多"),
	STR_INIT("万"), STR_INIT("亿"),
};
static const struct str ends[] = {
	STR_INIT("，"), STR_INIT("。"), STR_INIT("；"), STR_INIT("、"), STR_INIT("：")
};

/* A digit at p, ASCII or full width: its value and how many bytes it takes; -1 otherwise. */
static int digit_at(struct str s, size_t p, size_t *bytes)
{
	if (p < s.len && s.ptr[p] >= '0' && s.ptr[p] <= '9') {
		*bytes = 1;
		return s.ptr[p] - '0';
	}
	struct str three = str_slice(s, p, p + 3); /* U+FF10 … U+FF19 are EF BC 90 … 99 */
	if (three.len == 3 && str_starts(three, STR("\xEF\xBC"))) {
		int v = (unsigned char)three.ptr[2] - 0x90;
		*bytes = 3;
		return v >= 0 && v <= 9 ? v : -1;
	}
	return -1;
}

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_any(struct str s, const struct str *list, size_t count, struct str *which)
{
	for (size_t i = 0; i < count; i++) {
		if (str_starts(s, list[i])) {
			*which = list[i];
			return true;
		}
	}
	return false;
}

static bool ends_any(struct str s, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ends(s, list[i]))
			return true;
	return false;
}

/* "," between a digit and exactly three more. */
static bool is_separator(struct str s, size_t p)
{
	size_t bytes;

	if (p >= s.len || s.ptr[p] != ',')
		return false;
	for (size_t i = 1; i <= 3; i++)
		if (p + i >= s.len || s.ptr[p + i] < '0' || s.ptr[p + i] > '9')
			return false;
	return digit_at(s, p + 4, &bytes) < 0;
}

/* Digits and up to two decimals; false if it is too long to be a figure. */
static bool read_value(struct str s, size_t *pos, struct typed_number *out)
{
	size_t bytes, digits = 0;
	int64_t v = 0;
	bool point = false, fits = true;

	out->decimals = 0;
	for (;;) {
		int d = digit_at(s, *pos, &bytes);
		if (d >= 0) {
			digits++;
			if (digits <= DIGITS_MAX && out->decimals < 2)
				v = v * 10 + d;
			else
				fits = false;
			out->decimals += point;
			*pos += bytes;
			continue;
		}
		if (!point && is_separator(s, *pos)) {
			++*pos;
			continue;
		}
		if (point || *pos >= s.len || s.ptr[*pos] != '.' ||
		    digit_at(s, *pos + 1, &bytes) < 0)
			break;
		point = true;
		++*pos;
	}
	for (int i = out->decimals; i < 2; i++)
		v *= 10;
	out->hundredths = v;
	return fits;
}

static void read_unit(struct str after, struct typed_number *out)
{
	struct str which;
	bool spaced = true;

	while (spaced)
		spaced = str_take_char(&after, ' ');
	if (str_take_str(&after, STR("%")) || str_take_str(&after, STR("％"))) {
		out->kind = TYPED_PERCENT;
		return;
	}
	if (starts_any(after, units, COUNT_OF(units), &which)) {
		out->unit = which;
		struct str behind = str_slice(after, which.len, after.len);
		if (str_starts(behind, STR("左右")) || str_starts(behind, STR("以上")))
			out->kind = TYPED_ABOUT;
		return;
	}
	if (starts_any(after, about_after, COUNT_OF(about_after), &which)) {
		out->kind = TYPED_ABOUT;
		(void)starts_any(str_slice(after, which.len, after.len), units, COUNT_OF(units),
				 &out->unit);
		return;
	}
	out->unit = after.len == 0 || starts_any(after, ends, COUNT_OF(ends), &which) ? STR_NONE
										      : STR("?");
}

bool typed_next(struct str text, size_t *pos, struct typed_number *out)
{
	size_t bytes;

	for (; *pos < text.len; ++*pos) {
		if (digit_at(text, *pos, &bytes) < 0)
			continue;
		struct str before = str_slice(text, 0, *pos);
		*out = (struct typed_number){ .kind = TYPED_EXACT, .from = *pos, .unit = STR_NONE };
		bool fits = read_value(text, pos, out);
		out->to = *pos;
		bool named = before.len > 0 && is_ascii_letter(before.ptr[before.len - 1]);
		if (!fits || named || str_ends(before, STR("第")) || str_ends(before, STR("-")))
			continue;
		read_unit(str_slice(text, out->to, text.len), out);
		if (out->kind == TYPED_EXACT &&
		    ends_any(before, about_before, COUNT_OF(about_before)))
			out->kind = TYPED_ABOUT;
		return true;
	}
	return false;
}
