#include "base/date.h"

#include "base/test.h"

static void each_day_follows_the_one_before(struct test *t)
{
	struct date d = date_make(DATE_YEAR_MIN, 1, 1), last = date_make(DATE_YEAR_MAX, 12, 31);
	int weekday = date_weekday(d), wrong = 0;
	struct ymd before = { DATE_YEAR_MIN - 1, 12, 31 };

	for (; d.ordinal <= last.ordinal; d = date_plus(d, 1)) {
		struct ymd v = date_split(d);
		bool next_day = v.year == before.year && v.month == before.month &&
				v.day == before.day + 1;
		bool next_month = v.day == 1 && (v.month == before.month + 1 ||
						 (v.month == 1 && v.year == before.year + 1));
		struct date back = date_make(v.year, v.month, v.day);
		if ((!next_day && !next_month) || back.ordinal != d.ordinal ||
		    date_weekday(d) != weekday)
			wrong++;
		/* A day that does not follow was not skipped: the day after it must be no day. */
		if (next_month && date_valid(before.year, before.month, before.day + 1))
			wrong++;
		weekday = weekday % 7 + 1;
		before = v;
	}
	CHECK_INT(wrong, 0);
}

static void spellings(struct test *t)
{
	static const struct { const char *text; int year, month, day; } row[] = {
		{ "1970-01-01", 1970, 1, 1 },	{ "2020-02-29", 2020, 2, 29 },
		{ "1900-03-01", 1900, 3, 1 },	{ "2199-12-31", 2199, 12, 31 },
		{ "2000-02-29", 2000, 2, 29 },	{ "2019-05-15", 2019, 5, 15 },
	};
	static const char *const refused[] = {
		"",	      "2020-2-29",  "2020-02-30",     "2021-02-29",  "1900-02-29",
		"2020-00-10", "2020-13-01", "2020-01-00",     "2020-01-32",  "1899-12-31",
		"2200-01-01", "2020/01/01", "2020-01-01 ",    " 2020-01-01", "20200-1-01",
		"2020-01-0a", "+020-01-01", "２０２０-01-01",
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct date d = { 0 };
		CHECK(date_parse(str_from_c(row[i].text), &d));
		CHECK_INT(d.ordinal, date_make(row[i].year, row[i].month, row[i].day).ordinal);
		CHECK_STR(date_iso(t->arena, d), str_from_c(row[i].text));
	}
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct date d = { 77 };
		CHECK(!date_parse(str_from_c(refused[i]), &d));
		CHECK_INT(d.ordinal, 77);
	}
}

static void instants(struct test *t)
{
	static const struct { int64_t instant; const char *iso, *minute; } row[] = {
		{ 0, "1970-01-01T08:00:00+08:00", "1970-01-01 08:00" },
		{ -1, "1970-01-01T07:59:59+08:00", "1970-01-01 07:59" },
		{ -28801, "1969-12-31T23:59:59+08:00", "1969-12-31 23:59" },
		{ 1604280600, "2020-11-02T09:30:00+08:00", "2020-11-02 09:30" },
		{ 1604246399, "2020-11-01T23:59:59+08:00", "2020-11-01 23:59" },
		{ 1604246400, "2020-11-02T00:00:00+08:00", "2020-11-02 00:00" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		CHECK_STR(instant_iso(t->arena, row[i].instant), str_from_c(row[i].iso));
		CHECK_STR(instant_minute(t->arena, row[i].instant), str_from_c(row[i].minute));
		struct date d = instant_date(row[i].instant);
		CHECK_STR(date_iso(t->arena, d), str_slice(str_from_c(row[i].iso), 0, 10));
		CHECK(date_start(d) <= row[i].instant &&
		      row[i].instant < date_start(date_plus(d, 1)));
	}
}

void date_test(struct test *t)
{
	if (test_case(t, "each day of three centuries follows the one before"))
		each_day_follows_the_one_before(t);
	if (test_case(t, "ISO dates: what is taken and what is refused"))
		spellings(t);
	if (test_case(t, "the day begins at midnight in China"))
		instants(t);
	if (test_case(t, "Chinese spelling and weekday")) {
		struct date d = date_make(2020, 11, 2);
		CHECK_STR(date_chinese(t->arena, d), STR("2020年11月2日"));
		CHECK_STR(date_weekday_chinese(d), STR("星期一"));
		CHECK_STR(date_weekday_chinese(date_plus(d, -1)), STR("星期日"));
		CHECK_INT(date_weekday(date_make(1970, 1, 1)), 4);
		CHECK_INT(date_year(d), 2020);
	}
	if (test_case(t, "order")) {
		struct date a = date_make(2020, 1, 31), b = date_make(2020, 2, 1);
		CHECK_INT(date_compare(a, b), -1);
		CHECK_INT(date_compare(b, a), 1);
		CHECK_INT(date_compare(a, a), 0);
	}
}
