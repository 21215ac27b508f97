/*
 * number.c - reading numbers. Two families that do not mix: digits (with an optional 万 or 亿
 * after them) and Chinese numerals (digit by digit, 二〇二〇, or with units, 二千零二十).
 */
#include "text/number.h"

#include "base/utf8.h"

enum outcome { READ_OK, READ_NONE, READ_BAD, READ_AMBIGUOUS, READ_TOO_LARGE };

/* ---- one character */

/* Full-width digits and signs as ASCII; other characters as they are. */
static uint32_t fold(uint32_t c)
{
	return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + '!' : c;
}

static uint32_t peek(struct str s)
{
	uint32_t c;

	return utf8_take(&s, &c) ? c : 0;
}

static void skip(struct str *s)
{
	uint32_t c;

	utf8_take(s, &c);
}

static bool is_digit(uint32_t c)
{
	return fold(c) >= '0' && fold(c) <= '9';
}

struct numeral { const char *text; int64_t digit, unit; }; /* unit 0: a digit */

static const struct numeral numerals[] = {
	{ "零", 0, 0 }, { "〇", 0, 0 }, { "○", 0, 0 }, { "一", 1, 0 }, { "壹", 1, 0 },
	{ "二", 2, 0 }, { "贰", 2, 0 }, { "貳", 2, 0 }, { "两", 2, 0 }, { "三", 3, 0 },
	{ "叁", 3, 0 }, { "四", 4, 0 }, { "肆", 4, 0 }, { "五", 5, 0 }, { "伍", 5, 0 },
	{ "六", 6, 0 }, { "陆", 6, 0 }, { "陸", 6, 0 }, { "七", 7, 0 }, { "柒", 7, 0 },
	{ "八", 8, 0 }, { "捌", 8, 0 }, { "九", 9, 0 }, { "玖", 9, 0 },
	{ "十", 0, 10 }, { "拾", 0, 10 }, { "百", 0, 100 }, { "佰", 0, 100 },
	{ "千", 0, 1000 }, { "仟", 0, 1000 }, { "万", 0, 10000 }, { "萬", 0, 10000 },
	{ "亿", 0, 100000000 }, { "億", 0, 100000000 },
};

static const struct numeral *numeral_at(struct str s)
{
	for (size_t i = 0; i < COUNT_OF(numerals); i++)
		if (str_starts(s, str_from_c(numerals[i].text)))
			return &numerals[i];
	return NULL;
}

/* ---- Chinese numerals */

enum { NUMERALS_MAX = 40 };

struct run {
	const struct numeral *item[NUMERALS_MAX];
	size_t count, at;
};

static const struct numeral *here(const struct run *r)
{
	return r->at < r->count ? r->item[r->at] : NULL;
}

static bool is_unit(const struct numeral *n, int64_t unit)
{
	return n != NULL && n->unit == unit;
}

static bool is_zero(const struct numeral *n)
{
	return n != NULL && n->unit == 0 && n->digit == 0;
}

/* 二〇二〇: only digits. Two of them without a zero are "three or four" (三四件). */
static enum outcome read_positional(const struct run *r, int64_t *out)
{
	int64_t value = 0;
	bool zero = false;

	for (size_t i = 0; i < r->count; i++) {
		if (r->count > 1 && str_equal_c(STR("两"), r->item[i]->text))
			return READ_BAD;
		if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
		    __builtin_add_overflow(value, r->item[i]->digit, &value))
			return READ_TOO_LARGE;
		zero = zero || is_zero(r->item[i]);
	}
	if (r->count == 2 && !zero)
		return READ_AMBIGUOUS;
	*out = value;
	return READ_OK;
}

/*
 * Up to 9999, until 万, 亿 or the end. `above` is the unit before, 0 at the beginning: after it
 * a single digit needs 零 (一万零五), because 一万五 is 15000 to most and 10005 to some.
 */
static enum outcome read_section(struct run *r, int64_t above, int64_t *out)
{
	int64_t value = 0, last_unit = 10000;
	bool after_zero = false;

	while (here(r) != NULL && here(r)->unit < 10000) {
		const struct numeral *n = r->item[r->at++];
		if (is_zero(n)) {
			if (after_zero || (value == 0 && above == 0))
				return READ_BAD;
			after_zero = true;
			continue;
		}
		int64_t digit = n->unit == 0 ? n->digit : 1;
		int64_t unit = n->unit;
		if (n->unit == 0 && here(r) != NULL && here(r)->unit > 0 && here(r)->unit < 10000)
			unit = r->item[r->at++]->unit;
		else if (n->unit != 0 && n->unit != 10)
			return READ_BAD; /* 百 and 千 need their digit, 十 does not */
		if (unit == 0) {
			/* The last digit. Something else than 万, 亿 or the end must not follow. */
			if (here(r) != NULL && here(r)->unit < 10000)
				return READ_BAD;
			bool clear = after_zero || last_unit == 10 || (value == 0 && above == 0);
			*out = value + digit;
			return clear ? READ_OK : READ_AMBIGUOUS;
		}
		if (unit >= last_unit)
			return READ_BAD;
		value += digit * unit;
		last_unit = unit;
		after_zero = false;
	}
	*out = value;
	return value == 0 || after_zero ? READ_BAD : READ_OK;
}

/* Up to 9999 9999, until 亿 or the end: [section 万] [section] */
static enum outcome read_group(struct run *r, int64_t above, int64_t *out)
{
	int64_t high = 0, low = 0;
	enum outcome result = read_section(r, above, &low);

	/* A single digit before 万 has a unit of its own after it: 三亿五万 is clear. */
	if (result == READ_AMBIGUOUS && is_unit(here(r), 10000) && low < 10)
		result = READ_OK;
	if (result != READ_OK || !is_unit(here(r), 10000)) {
		*out = low;
		return result;
	}
	r->at++;
	high = low;
	low = 0;
	if (here(r) != NULL && here(r)->unit < 10000)
		result = read_section(r, 10000, &low);
	*out = high * 10000 + low;
	return result;
}

/* group [亿 group] */
static enum outcome read_with_units(struct run *r, int64_t *out)
{
	int64_t high = 0, low = 0;
	enum outcome result = read_group(r, 0, &low);

	if (result != READ_OK)
		return r->at < r->count ? READ_BAD : result;
	if (is_unit(here(r), 100000000)) {
		r->at++;
		high = low;
		low = 0;
		if (here(r) != NULL)
			result = read_group(r, 100000000, &low);
	}
	if (r->at < r->count)
		return READ_BAD;
	*out = high * 100000000 + low;
	return result;
}

static enum outcome take_chinese(struct str *s, int64_t *out)
{
	struct run r = { .count = 0 };
	struct str rest = *s;
	bool units = false;

	for (const struct numeral *n = numeral_at(rest); n != NULL; n = numeral_at(rest)) {
		if (r.count == NUMERALS_MAX)
			return READ_TOO_LARGE;
		r.item[r.count++] = n;
		units = units || n->unit > 0;
		str_take_str(&rest, str_from_c(n->text));
	}
	if (is_digit(peek(rest)))
		return READ_BAD; /* 三5 */
	enum outcome result = units ? read_with_units(&r, out) : read_positional(&r, out);
	if (result == READ_OK)
		*s = rest;
	return result;
}

/* ---- digits */

static bool add_digit(int64_t *value, uint32_t c)
{
	return !__builtin_mul_overflow(*value, (int64_t)10, value) &&
	       !__builtin_add_overflow(*value, (int64_t)(fold(c) - '0'), value);
}

/* true if exactly three digits follow the comma that s begins with, as wide as the comma. */
static bool is_group(struct str s)
{
	bool wide = peek(s) == 0xFF0C;

	skip(&s);
	for (int i = 0; i < 3; i++) {
		if (!is_digit(peek(s)) || (peek(s) > 0x7F) != wide)
			return false;
		skip(&s);
	}
	return !is_digit(peek(s));
}

static enum outcome take_whole(struct str *rest, int64_t *value)
{
	int digits = 0;

	for (; is_digit(peek(*rest)); skip(rest), digits++)
		if (!add_digit(value, peek(*rest)))
			return READ_TOO_LARGE;
	if (digits > 3)
		return READ_OK;
	while (fold(peek(*rest)) == ',' && is_group(*rest)) {
		skip(rest);
		for (int i = 0; i < 3; i++, skip(rest))
			if (!add_digit(value, peek(*rest)))
				return READ_TOO_LARGE;
	}
	return READ_OK;
}

/* What 万, 亿, 千万 and their like multiply by; 1 if nothing of the kind follows. */
static enum outcome take_multiplier(struct str *rest, int64_t *by)
{
	const struct numeral *n = numeral_at(*rest);
	int64_t last = 0;

	*by = 1;
	for (; n != NULL && n->unit > last; n = numeral_at(*rest)) {
		*by *= n->unit;
		last = n->unit;
		str_take_str(rest, str_from_c(n->text));
	}
	if (n != NULL)
		return READ_BAD; /* 3万五 */
	if (last == 10 || last == 100 || last == 1000)
		return READ_AMBIGUOUS; /* 3千克 */
	return is_digit(peek(*rest)) ? READ_BAD : READ_OK;
}

static enum outcome take_digits(struct str *s, int64_t *out)
{
	enum { FRACTION_MAX = 8 };
	struct str rest = *s;
	int64_t value = 0, by, scale = 1;
	enum outcome result = take_whole(&rest, &value);
	struct str after_point = rest;

	if (result != READ_OK)
		return result;
	skip(&after_point);
	bool fraction = fold(peek(rest)) == '.' && is_digit(peek(after_point));
	if (fraction) {
		rest = after_point;
		for (int i = 0; is_digit(peek(rest)); skip(&rest), i++, scale *= 10)
			if (i == FRACTION_MAX || !add_digit(&value, peek(rest)))
				return READ_TOO_LARGE;
	}
	result = take_multiplier(&rest, &by);
	if (result != READ_OK)
		return result;
	/* 1.2万 is a whole number, 1.2 is none. */
	if (__builtin_mul_overflow(value, by, &value))
		return READ_TOO_LARGE;
	if (value % scale != 0 || (fraction && by == 1))
		return READ_BAD;
	*out = value / scale;
	*s = rest;
	return READ_OK;
}

static enum outcome take(struct str *s, int64_t *out)
{
	if (is_digit(peek(*s)))
		return take_digits(s, out);
	return numeral_at(*s) != NULL ? take_chinese(s, out) : READ_NONE;
}

bool number_take(struct str *s, int64_t *out)
{
	return take(s, out) == READ_OK;
}

bool number_parse(struct str s, int64_t *out, struct err *err)
{
	struct str text = str_trim(s), rest = text, shown = utf8_prefix(text, 40);
	int64_t value = 0;
	bool negative = str_take_char(&rest, '-') || str_take_str(&rest, STR("－")) ||
			str_take_str(&rest, STR("负"));
	enum outcome result = take(&rest, &value);

	if (result == READ_AMBIGUOUS)
		return err_set(err, ERR_INVALID, "text.ambiguous_number", STR_FMT, STR_ARG(shown));
	if (result == READ_TOO_LARGE)
		return err_set(err, ERR_LIMIT, "text.number_too_large", STR_FMT, STR_ARG(shown));
	if (result != READ_OK || rest.len > 0)
		return err_set(err, ERR_INVALID, "text.bad_number", STR_FMT, STR_ARG(shown));
	*out = negative ? -value : value;
	return true;
}
