/*
 * xlsx_number.c - stored numbers and number formats to what is shown.
 *
 * Decimal digits are kept as text: a binary floating number would bring back
 * the very digits (0.30000000000000004) that a person never saw.
 */
#include "office/xlsx.h"

#include "base/date.h"

enum {
	DIGITS_MAX = 15, /* what a spreadsheet shows and keeps */
	STORED_DIGITS_MAX = 40,
	POINT_MAX = 21,	   /* longer numbers stay as they are stored */
	DAY_1900 = -25568, /* ordinal of 1899-12-31 in base/date.h, the day 0 of a workbook */
	DAYS_1904 = 1461,	     /* from 1899-12-31 to 1904-01-01 */
	SERIAL_MAX = 109574, /* 2199-12-31 */
	DECIMALS_MAX = 9,
};

/* 0.DIGITS × 10^point */
struct decimal { bool negative; char digits[STORED_DIGITS_MAX]; int count, point; };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with at most one point in them, zeros before the first digit left out. */
static bool take_mantissa(struct str *s, struct decimal *d)
{
	bool any = false, after_point = false;

	for (; s->len > 0 && (is_digit(s->ptr[0]) || (s->ptr[0] == '.' && !after_point));
	     s->ptr++, s->len--) {
		if (s->ptr[0] == '.') {
			after_point = true;
			continue;
		}
		any = true;
		if (d->count == 0 && s->ptr[0] == '0') {
			d->point -= after_point;
			continue;
		}
		if (d->count == STORED_DIGITS_MAX)
			return false;
		d->digits[d->count++] = s->ptr[0];
		d->point += !after_point;
	}
	return any;
}

static bool parse(struct str s, struct decimal *d)
{
	uint64_t exponent = 0;

	*d = (struct decimal){ .negative = str_take_char(&s, '-') };
	if (!take_mantissa(&s, d))
		return false;
	if (str_take_char(&s, 'e') || str_take_char(&s, 'E')) {
		bool down = str_take_char(&s, '-');
		if (!down)
			(void)str_take_char(&s, '+');
		if (!str_take_u64(&s, 400, &exponent))
			return false;
		d->point += down ? -(int)exponent : (int)exponent;
	}
	return s.len == 0;
}

/* At most DIGITS_MAX digits, rounded half up; no zeros at the end. */
static void round_digits(struct decimal *d)
{
	if (d->count > DIGITS_MAX) {
		bool up = d->digits[DIGITS_MAX] >= '5';
		d->count = DIGITS_MAX;
		for (int i = DIGITS_MAX - 1; up && i >= 0; i--) {
			up = d->digits[i] == '9';
			d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
		}
		if (up) { /* 999… became 1000… */
			d->digits[0] = '1';
			d->count = 1;
			d->point++;
		}
	}
	while (d->count > 0 && d->digits[d->count - 1] == '0')
		d->count--;
	if (d->count == 0) {
		d->point = 0;
		d->negative = false;
	}
}

static void add_plain(struct buf *out, const struct decimal *d, int decimals)
{
	int places = d->count - d->point > decimals ? d->count - d->point : decimals;

	if (d->negative)
		buf_add_char(out, '-');
	if (d->point <= 0)
		buf_add_char(out, '0');
	for (int i = 0; i < d->point; i++)
		buf_add_char(out, i < d->count ? d->digits[i] : '0');
	if (places > 0)
		buf_add_char(out, '.');
	for (int i = d->point; i < d->point + places; i++)
		buf_add_char(out, i >= 0 && i < d->count ? d->digits[i] : '0');
}

/* Days since the workbook's day 0, and seconds into the day. */
static bool split_serial(const struct decimal *d, int32_t *days, int32_t *seconds)
{
	int64_t whole = 0, fraction = 0;
	const int64_t billion = 1000000000;

	if (d->negative || d->point > 7)
		return false;
	for (int i = 0; i < d->point; i++)
		whole = whole * 10 + (i < d->count ? d->digits[i] - '0' : 0);
	for (int i = 0; i < 9; i++) {
		int at = d->point + i;
		fraction = fraction * 10 + (at >= 0 && at < d->count ? d->digits[at] - '0' : 0);
	}
	int64_t rounded = (fraction * 86400 + billion / 2) / billion;
	if (rounded == 86400) {
		whole++;
		rounded = 0;
	}
	*days = (int32_t)whole;
	*seconds = (int32_t)rounded;
	return whole <= SERIAL_MAX;
}

static bool add_date(struct buf *out, const struct decimal *d, struct xlsx_format format,
		     bool from_1904)
{
	int32_t days, seconds;

	if (!split_serial(d, &days, &seconds))
		return false;
	if (format.kind == XLSX_TIME && days == 0) {
		buf_addf(out, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
		return true;
	}
	if (from_1904)
		days += DAYS_1904;
	/* Workbooks count a 1900-02-29 that never was. */
	else if (days >= 60)
		days--;
	if (days < 1 || days > SERIAL_MAX)
		return false;
	struct ymd day = date_split((struct date){ DAY_1900 + days });
	buf_addf(out, "%04d-%02d-%02d", day.year, day.month, day.day);
	if (format.kind != XLSX_DATE && seconds > 0)
		buf_addf(out, " %02d:%02d", seconds / 3600, seconds / 60 % 60);
	return true;
}

void xlsx_add_number(struct buf *out, struct str stored, struct xlsx_format format, bool from_1904)
{
	struct decimal d;
	bool is_day = format.kind == XLSX_DATE || format.kind == XLSX_TIME ||
		      format.kind == XLSX_DATE_TIME;

	if (!parse(str_trim(stored), &d)) {
		buf_add(out, stored);
		return;
	}
	round_digits(&d);
	if (is_day && add_date(out, &d, format, from_1904))
		return;
	if (format.kind == XLSX_PERCENT && d.count > 0)
		d.point += 2;
	if (d.point > POINT_MAX || d.point < -POINT_MAX) {
		buf_add(out, stored);
		return;
	}
	add_plain(out, &d, format.decimals);
	if (format.kind == XLSX_PERCENT)
		buf_add_char(out, '%');
}

/* ---- format codes */

/* The letters of a code that mean something: literals, colours and locale marks left out. */
struct meaning { bool day, time, percent; int decimals; };

static struct meaning read_code(struct str code)
{
	struct meaning m = { .decimals = 0 };
	bool quoted = false, after_point = false;

	for (size_t i = 0; i < code.len; i++) {
		char c = code.ptr[i];
		if (c == '"') {
			quoted = !quoted;
		} else if (quoted) {
			continue;
		} else if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (c == ';') {
			break; /* what follows is for negative numbers */
		} else if (c == '[') {
			size_t end = str_find(code, STR("]"), i);
			char first = i + 1 < code.len ? code.ptr[i + 1] : '\0';
			m.time = m.time || first == 'h' || first == 'm' || first == 's';
			i = end == SIZE_MAX ? code.len : end;
		} else {
			m.day = m.day || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
			m.time = m.time || c == 'h' || c == 'H' || c == 's' || c == 'S';
			m.percent = m.percent || c == '%';
			if (after_point && c == '0' && m.decimals < DECIMALS_MAX)
				m.decimals++;
			after_point = c == '.' || (after_point && c == '0');
		}
	}
	return m;
}

struct xlsx_format xlsx_format_of(uint32_t id, struct str code)
{
	if (code.len > 0 && !str_equal_ascii_nocase(code, STR("General"))) {
		struct meaning m = read_code(code);
		if (m.day)
			return (struct xlsx_format){ m.time ? XLSX_DATE_TIME : XLSX_DATE, 0 };
		if (m.time)
			return (struct xlsx_format){ XLSX_TIME, 0 };
		return (struct xlsx_format){ m.percent ? XLSX_PERCENT : XLSX_NUMBER, m.decimals };
	}
	/* The numbers that ECMA-376 18.8.30 fixes, with those of Chinese programs. */
	if (id == 22)
		return (struct xlsx_format){ XLSX_DATE_TIME, 0 };
	if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || id == 32 || id == 33 || id == 55 ||
	    id == 56)
		return (struct xlsx_format){ XLSX_TIME, 0 };
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
		return (struct xlsx_format){ XLSX_DATE, 0 };
	if (id == 9 || id == 10)
		return (struct xlsx_format){ XLSX_PERCENT, id == 10 ? 2 : 0 };
	if (id == 2 || id == 4 || id == 39 || id == 40)
		return (struct xlsx_format){ XLSX_NUMBER, 2 };
	return (struct xlsx_format){ XLSX_NUMBER, 0 };
}

bool xlsx_take_reference(struct str *s, uint32_t *row, uint32_t *col)
{
	struct str rest = *s;
	uint64_t number = 0;
	uint32_t letters = 0, count = 0;

	while (rest.len > 0 && rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z' && count < 3) {
		letters = letters * 26 + (uint32_t)(rest.ptr[0] - 'A') + 1;
		rest = str_slice(rest, 1, rest.len);
		count++;
	}
	if (count == 0 || !str_take_u64(&rest, 1048576, &number) || number == 0)
		return false;
	*row = (uint32_t)number - 1;
	*col = letters - 1;
	*s = rest;
	return true;
}
