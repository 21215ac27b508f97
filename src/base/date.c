#include "base/date.h"

#include <assert.h>

enum { CHINA_OFFSET = 8 * 3600, DAY_SECONDS = 86400 };

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_valid(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/*
 * Both conversions count years from 1 March, so that the leap day comes last,
 * and in eras of 400 years = 146097 days; 719468 days lie between 0000-03-01
 * and 1970-01-01.
 */
struct date date_make(int year, int month, int day)
{
	assert(date_valid(year, month, day));
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400; /* years are positive here */
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return (struct date){ era * 146097 + day_of_era - 719468 };
}

struct ymd date_split(struct date d)
{
	int64_t z = (int64_t)d.ordinal + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			       day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	int month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
	int year = (int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0));

	return (struct ymd){ year, month, (int)(day_of_year - (153 * march_month + 2) / 5 + 1) };
}

int date_year(struct date d)
{
	return date_split(d).year;
}

int date_weekday(struct date d)
{
	return (int)((((int64_t)d.ordinal + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

struct date date_plus(struct date d, int days)
{
	int32_t sum;
	bool overflow = __builtin_add_overflow(d.ordinal, days, &sum);

	assert(!overflow);
	return (struct date){ overflow ? d.ordinal : sum };
}

int date_compare(struct date a, struct date b)
{
	return (a.ordinal > b.ordinal) - (a.ordinal < b.ordinal);
}

/* Exactly `digits` digits from the front of s. */
static bool take_fixed(struct str *s, size_t digits, int *out)
{
	int value = 0;

	if (s->len < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (s->ptr[i] < '0' || s->ptr[i] > '9')
			return false;
		value = value * 10 + (s->ptr[i] - '0');
	}
	*s = str_slice(*s, digits, s->len);
	*out = value;
	return true;
}

bool date_parse(struct str s, struct date *out)
{
	struct ymd v = { 0 };

	if (s.len != 10 || !take_fixed(&s, 4, &v.year) || !str_take_char(&s, '-') ||
	    !take_fixed(&s, 2, &v.month) || !str_take_char(&s, '-') || !take_fixed(&s, 2, &v.day) ||
	    !date_valid(v.year, v.month, v.day))
		return false;
	*out = date_make(v.year, v.month, v.day);
	return true;
}

static void put_digits(char *to, int digits, int value)
{
	for (int i = digits - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
}

void date_put_iso(struct date d, char out[DATE_ISO_BYTES])
{
	struct ymd v = date_split(d);

	assert(v.year >= 0 && v.year <= 9999);
	put_digits(out, 4, v.year);
	out[4] = out[7] = '-';
	put_digits(out + 5, 2, v.month);
	put_digits(out + 8, 2, v.day);
}

struct str date_iso(struct arena *a, struct date d)
{
	char *text = arena_alloc(a, DATE_ISO_BYTES);

	date_put_iso(d, text);
	return (struct str){ text, DATE_ISO_BYTES };
}

struct str date_chinese(struct arena *a, struct date d)
{
	struct ymd v = date_split(d);

	return str_format(a, "%d年%d月%d日", v.year, v.month, v.day);
}

struct str date_weekday_chinese(struct date d)
{
	static const struct str name[] = {
		STR_INIT("星期一"), STR_INIT("星期二"), STR_INIT("星期三"), STR_INIT("星期四"),
		STR_INIT("星期五"), STR_INIT("星期六"), STR_INIT("星期日"),
	};

	return name[date_weekday(d) - 1];
}

struct china_time { struct date day; int second; };

static struct china_time in_china(int64_t instant)
{
	int64_t day = instant / DAY_SECONDS, second = instant % DAY_SECONDS;

	if (second < 0) {
		second += DAY_SECONDS;
		day--;
	}
	second += CHINA_OFFSET;
	if (second >= DAY_SECONDS) {
		second -= DAY_SECONDS;
		day++;
	}
	assert(day >= INT32_MIN && day <= INT32_MAX);
	return (struct china_time){ { (int32_t)day }, (int)second };
}

struct date instant_date(int64_t instant)
{
	return in_china(instant).day;
}

int64_t date_start(struct date d)
{
	return (int64_t)d.ordinal * DAY_SECONDS - CHINA_OFFSET;
}

struct str instant_iso(struct arena *a, int64_t instant)
{
	struct china_time t = in_china(instant);
	struct ymd v = date_split(t.day);

	return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", v.year, v.month, v.day,
			  t.second / 3600, t.second / 60 % 60, t.second % 60);
}

struct str instant_minute(struct arena *a, int64_t instant)
{
	struct china_time t = in_china(instant);
	struct ymd v = date_split(t.day);

	return str_format(a, "%04d-%02d-%02d %02d:%02d", v.year, v.month, v.day, t.second / 3600,
			  t.second / 60 % 60);
}
