/* date_people.c - days as people and spreadsheets spell them. */
#include "text/number.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { SPELLING_MAX = 100 };

enum verdict { DAY_OK, DAY_BAD, DAY_NO_CENTURY, DAY_NONE, DAY_RANGE, DAY_WITH_TIME };

/* Full-width signs become ASCII, U+3000 a space; copied to out, which is SPELLING_MAX long. */
static bool fold_spelling(struct str s, char *out, struct str *folded)
{
	size_t len = 0;
	uint32_t c;

	if (s.len > SPELLING_MAX)
		return false;
	while (s.len > 0) {
		struct str before = s;
		utf8_take(&s, &c);
		if (c == 0x3000 || c == 0x00A0) {
			out[len++] = ' ';
		} else if (c >= 0xFF01 && c <= 0xFF5E) {
			out[len++] = (char)(c - 0xFF01 + '!');
		} else {
			memcpy(out + len, before.ptr, before.len - s.len);
			len += before.len - s.len;
		}
	}
	*folded = (struct str){ out, len };
	return true;
}

static enum verdict day_of(int64_t year, int64_t month, int64_t day, struct date *out)
{
	if (year < 100)
		return DAY_NO_CENTURY;
	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
		return DAY_RANGE;
	if (month > 12 || day > 31 || !date_valid((int)year, (int)month, (int)day))
		return DAY_NONE;
	*out = date_make((int)year, (int)month, (int)day);
	return DAY_OK;
}

static void skip_spaces(struct str *s)
{
	while (str_take_char(s, ' '))
		continue;
}

/* 2020年11月2日; spaces may stand between, as word processors put them there. */
static enum verdict read_chinese(struct str s, struct date *out)
{
	static const char *const word[] = { "年", "月", "日" };
	int64_t part[3];

	for (size_t i = 0; i < COUNT_OF(part); i++) {
		skip_spaces(&s);
		if (!number_take(&s, &part[i]))
			return DAY_BAD;
		skip_spaces(&s);
		if (!str_take_str(&s, str_from_c(word[i])) && (i < 2 || !str_take_str(&s, STR("号"))))
			return DAY_BAD;
	}
	return s.len > 0 ? DAY_BAD : day_of(part[0], part[1], part[2], out);
}

/* What may follow a day in a spreadsheet: nothing, or midnight. */
static enum verdict read_time(struct str s)
{
	bool colon = false, other_than_zero = false;

	if (s.len == 0)
		return DAY_OK;
	if (!str_take_char(&s, ' ') && !str_take_char(&s, 'T'))
		return DAY_BAD;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == ':')
			colon = true;
		else if (c >= '1' && c <= '9')
			other_than_zero = true;
		else if (c != '0' && c != '.')
			return DAY_BAD;
	}
	if (!colon)
		return DAY_BAD;
	return other_than_zero ? DAY_WITH_TIME : DAY_OK;
}

/* 2020-11-2, 2020/11/2, 2020.11.2: one separator, the year first and whole. */
static enum verdict read_separated(struct str s, char separator, struct date *out)
{
	uint64_t part[3];
	size_t digits[3];

	for (size_t i = 0; i < COUNT_OF(part); i++) {
		size_t before = s.len;
		if ((i > 0 && !str_take_char(&s, separator)) || !str_take_u64(&s, 9999, &part[i]))
			return DAY_BAD;
		digits[i] = before - s.len - (i > 0 ? 1 : 0);
	}
	enum verdict time = read_time(s);
	if (time != DAY_OK && time != DAY_WITH_TIME)
		return time;
	if (digits[0] <= 2 && digits[1] <= 2 && digits[2] <= 2)
		return DAY_NO_CENTURY;
	if (digits[0] != 4 || digits[1] > 2 || digits[2] > 2)
		return DAY_BAD;
	enum verdict day = day_of((int64_t)part[0], (int64_t)part[1], (int64_t)part[2], out);
	return day == DAY_OK ? time : day;
}

bool date_from_serial(int64_t serial, struct date *out)
{
	const struct date zero = { -25569 }; /* 1899-12-30 */

	/* 60 is the day that never was; what stands before it is one day off. */
	if (serial < 61 || serial > date_make(DATE_YEAR_MAX, 12, 31).ordinal - zero.ordinal)
		return false;
	*out = date_plus(zero, (int)serial);
	return true;
}

/* 20201102, or 44137 and 44137.0; five digits, because six could be a month or a day. */
static enum verdict read_digits(struct str s, struct date *out)
{
	struct str rest = s;
	uint64_t value;

	if (!str_take_u64(&rest, 99999999, &value))
		return DAY_BAD;
	size_t digits = s.len - rest.len;
	if (digits == 8 && rest.len == 0)
		return day_of((int64_t)value / 10000, (int64_t)value / 100 % 100,
			      (int64_t)value % 100, out);
	if (digits != 5 || value < 10000 || !date_from_serial((int64_t)value, out))
		return DAY_BAD;
	bool point = str_take_char(&rest, '.'), other_than_zero = false;
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] < '0' || rest.ptr[i] > '9')
			return DAY_BAD;
		other_than_zero = other_than_zero || rest.ptr[i] != '0';
	}
	if (point != (rest.len > 0))
		return DAY_BAD;
	return other_than_zero ? DAY_WITH_TIME : DAY_OK;
}

static enum verdict read_spelling(struct str s, struct date *out)
{
	size_t digits = 0;

	if (str_contains(s, STR("年")))
		return read_chinese(s, out);
	while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9')
		digits++;
	if (digits > 0 && digits <= 4 && digits < s.len &&
	    (s.ptr[digits] == '-' || s.ptr[digits] == '/' || s.ptr[digits] == '.'))
		return read_separated(s, s.ptr[digits], out);
	return read_digits(s, out);
}

bool date_from_people(struct str s, struct date *out, struct err *err)
{
	char room[SPELLING_MAX];
	struct str folded = STR_NONE, shown = utf8_prefix(str_trim(s), 40);
	struct date day = { 0 };
	enum verdict verdict = DAY_BAD;

	if (fold_spelling(str_trim(s), room, &folded))
		verdict = read_spelling(str_trim(folded), &day);
	switch (verdict) {
	case DAY_OK:
		*out = day;
		return true;
	case DAY_BAD:
		return err_set(err, ERR_INVALID, "text.bad_date", STR_FMT, STR_ARG(shown));
	case DAY_NO_CENTURY:
		return err_set(err, ERR_INVALID, "text.date_without_century", STR_FMT,
			       STR_ARG(shown));
	case DAY_NONE:
		return err_set(err, ERR_INVALID, "text.no_such_day", STR_FMT, STR_ARG(shown));
	case DAY_WITH_TIME:
		return err_set(err, ERR_INVALID, "text.date_with_time", STR_FMT, STR_ARG(shown));
	case DAY_RANGE:
		return err_set(err, ERR_LIMIT, "text.date_out_of_range", STR_FMT "|%d|%d",
			       STR_ARG(shown), DATE_YEAR_MIN, DATE_YEAR_MAX);
	}
	return false;
}
