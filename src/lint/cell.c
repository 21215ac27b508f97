/*
 * cell.c - what one cell says: a number, nothing, a stroke, or something else.
 *
 * Counts are printed bare, with thousands separators or with their unit;
 * amounts in 万元, or in 元 with the unit in the cell. A blank or a stroke is
 * not a zero: the form wants a 0 written.
 */
#include "base/utf8.h"
#include "lint/lint_internal.h"

enum { SOURCE_MAX = 40 }; /* characters of a cell that are quoted */
enum { DIGITS_BEFORE = 13, DIGITS_AFTER = 4 };

struct lint_cell cell_value(int64_t value, struct str source, struct str place)
{
	return (struct lint_cell){
		.state = LINT_VALUE, .value = value, .source = source, .place = place
	};
}

/* "1,808,595" or "1808595": digits before the point; separators only every three digits. */
static bool take_whole(struct str *s, int64_t *out)
{
	struct str rest = *s;
	int64_t value = 0;
	size_t digits = 0, group = 0;
	bool separated = false;

	while (rest.len > 0) {
		if (is_digit(rest.ptr[0])) {
			if (++digits > DIGITS_BEFORE || (separated && group == 3))
				return false;
			value = value * 10 + (rest.ptr[0] - '0');
			group++;
			rest = str_slice(rest, 1, rest.len);
			continue;
		}
		struct str after = rest;
		bool comma = str_take_char(&after, ',') || str_take_str(&after, STR("，"));
		if (!comma || after.len == 0 || !is_digit(after.ptr[0]))
			break;
		if (group == 0 || group > 3 || (separated && group != 3))
			return false;
		separated = true;
		group = 0;
		rest = after;
	}
	if (digits == 0 || (separated && group != 3))
		return false;
	*s = rest;
	*out = value;
	return true;
}

/* ".2449" in ten-thousandths; nothing is 0. */
static bool take_fraction(struct str *s, int64_t *out)
{
	struct str rest = *s;
	int64_t value = 0, weight = LINT_SCALE;

	*out = 0;
	if (!str_take_char(&rest, '.'))
		return true;
	if (rest.len == 0 || !is_digit(rest.ptr[0]))
		return false;
	for (size_t n = 0; rest.len > 0 && is_digit(rest.ptr[0]); n++) {
		if (n >= DIGITS_AFTER && rest.ptr[0] != '0')
			return false;
		weight /= 10;
		value += n < DIGITS_AFTER ? (rest.ptr[0] - '0') * weight : 0;
		rest = str_slice(rest, 1, rest.len);
	}
	*s = rest;
	*out = value;
	return true;
}

/* The unit after a number. 元 turns yuan into 万元. */
static bool take_unit(struct str s, int64_t *value)
{
	static const char *const units[] = { "", "件", "项", "份", "个", "次", "宗", "万元" };

	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (str_equal_c(s, units[i]))
			return true;
	if (!str_equal_c(s, "元"))
		return false;
	if (*value % 10000 != 0)
		return false;
	*value /= 10000;
	return true;
}

static bool number_read(struct str plain, int64_t *out)
{
	struct str s = str_trim(plain);
	bool minus = str_take_char(&s, '-');
	int64_t whole, fraction;

	if (!minus)
		str_take_char(&s, '+');
	s = str_trim(s);
	if (!take_whole(&s, &whole) || !take_fraction(&s, &fraction))
		return false;
	*out = whole * LINT_SCALE + fraction;
	if (!take_unit(str_trim(s), out))
		return false;
	*out = minus ? -*out : *out;
	return true;
}

static bool is_stroke(struct str plain)
{
	struct str s = str_trim(plain);

	if (str_equal_c(s, "/") || str_equal_c(s, "\\") || str_equal_c(s, "无"))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '-')
			return false;
	return s.len > 0 && s.len <= 4;
}

bool cell_like(struct str plain)
{
	int64_t ignored;

	return is_stroke(plain) ? !str_equal_c(plain, "无") : number_read(plain, &ignored);
}

struct lint_cell cell_parse(struct str raw, struct str plain, struct str place)
{
	struct lint_cell c = { .source = utf8_prefix(str_trim(raw), SOURCE_MAX), .place = place };

	if (str_trim(plain).len == 0)
		c.state = LINT_BLANK;
	else if (number_read(plain, &c.value))
		c.state = LINT_VALUE;
	else
		c.state = is_stroke(plain) ? LINT_SLASH : LINT_UNREADABLE;
	return c;
}
