/* workday_test.c - the table of days, and counting with it. */
#include "base/asset.h"
#include "base/test.h"
#include "calendar/workday.h"

#include <string.h>

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

/* The n-th working day after d, for n = 5, 7, 15, 20, 40, worked out apart from this program. */
static const struct {
	const char *from, *due[5];
} vectors[] = {
	{ "2020-01-17", { "2020-01-23", "2020-02-04", "2020-02-14", "2020-02-21", "2020-03-20" } },
	{ "2020-01-20", { "2020-02-04", "2020-02-06", "2020-02-18", "2020-02-25", "2020-03-24" } },
	{ "2020-01-25", { "2020-02-07", "2020-02-11", "2020-02-21", "2020-02-28", "2020-03-27" } },
	{ "2020-04-24", { "2020-04-30", "2020-05-07", "2020-05-18", "2020-05-25", "2020-06-22" } },
	{ "2020-06-28", { "2020-07-03", "2020-07-07", "2020-07-17", "2020-07-24", "2020-08-21" } },
	{ "2020-09-21", { "2020-09-27", "2020-09-29", "2020-10-16", "2020-10-23", "2020-11-20" } },
	{ "2020-10-10", { "2020-10-16", "2020-10-20", "2020-10-30", "2020-11-06", "2020-12-04" } },
	{ "2020-11-02", { "2020-11-09", "2020-11-11", "2020-11-23", "2020-11-30", "2020-12-28" } },
	{ "2020-12-08", { "2020-12-15", "2020-12-17", "2020-12-29", "2021-01-06", "2021-02-03" } },
	{ "2020-12-18", { "2020-12-25", "2020-12-29", "2021-01-11", "2021-01-18", "2021-02-19" } },
	{ "2021-02-01", { "2021-02-07", "2021-02-09", "2021-02-25", "2021-03-04", "2021-04-01" } },
	{ "2023-12-20", { "2023-12-27", "2023-12-29", "2024-01-11", "2024-01-18", "2024-02-20" } },
	{ "2024-09-10", { "2024-09-18", "2024-09-20", "2024-10-08", "2024-10-14", "2024-11-11" } },
	{ "2025-01-15", { "2025-01-22", "2025-01-24", "2025-02-11", "2025-02-18", "2025-03-18" } },
	{ "2026-02-10", { "2026-02-24", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14" } },
	{ "2026-09-18", { "2026-09-24", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19" } },
	/* a payment period (办法: 次日起20个工作日) and the reply after it was paid */
	{ "2025-04-25", { "2025-05-06", "2025-05-08", "2025-05-20", "2025-05-27", "2025-06-25" } },
	{ "2025-05-20", { "2025-05-27", "2025-05-29", "2025-06-11", "2025-06-18", "2025-07-16" } },
};

static void counts(struct test *t, size_t i)
{
	static const int days[] = { 5, 7, 15, 20, 40 };
	const struct workday_calendar *cal = workday_shipped();
	struct err err = { 0 };

	for (size_t n = 0; n < COUNT_OF(days); n++) {
		struct date due;
		if (CHECK_OK(workday_due(cal, day(vectors[i].from), days[n], &due, &err)))
			CHECK_STR(date_iso(t->arena, due), str_from_c(vectors[i].due[n]));
		CHECK_INT(workday_between(cal, day(vectors[i].from), due), days[n]);
	}
}

static void counts_years(struct test *t)
{
	static const struct {
		int year, days;
	} years[] = {
		{ 2019, 250 }, { 2020, 249 }, { 2021, 250 }, { 2022, 249 },
		{ 2023, 249 }, { 2024, 251 }, { 2025, 248 }, { 2026, 248 },
	};
	const struct workday_calendar *cal = workday_shipped();

	CHECK_INT((int64_t)cal->rules_count, 198);
	CHECK_STR(date_iso(t->arena, cal->first), STR("2019-01-01"));
	CHECK_STR(date_iso(t->arena, cal->last), STR("2026-12-31"));
	for (size_t i = 0; i < COUNT_OF(years); i++) {
		struct date first = date_make(years[i].year, 1, 1); /* never a working day */
		CHECK_INT(workday_between(cal, first, date_make(years[i].year, 12, 31)),
			  years[i].days);
	}
}

static const struct {
	const char *day;
	bool working;
	const char *reason;
} days[] = {
	{ "2020-11-02", true, "工作日" },
	{ "2020-11-07", false, "周六" },
	{ "2020-11-08", false, "周日" },
	{ "2020-01-31", false, "春节" }, /* the extension of 2020 */
	{ "2020-02-01", false, "周六" }, /* its make-up day cancelled */
	{ "2020-02-03", true, "工作日" },
	{ "2020-09-27", true, "国庆节、中秋节调休上班" },
	{ "2023-01-03", true, "工作日" }, /* not part of the New Year holiday */
	{ "2019-05-04", false, "周六" },
	{ "2019-04-28", true, "劳动节调休上班" },
};

static void knows_days(struct test *t)
{
	const struct workday_calendar *cal = workday_shipped();

	for (size_t i = 0; i < COUNT_OF(days); i++) {
		CHECK(workday_is(cal, day(days[i].day)) == days[i].working);
		CHECK_STR(workday_reason(t->arena, cal, day(days[i].day)),
			  str_from_c(days[i].reason));
	}
}

static void stops_at_the_end(struct test *t)
{
	const struct workday_calendar *cal = workday_shipped();
	struct err err = { 0 };
	struct date due = { 12345 };

	CHECK_FAILS(workday_due(cal, day("2026-12-10"), 20, &due, &err), "calendar.not_published");
	CHECK_FAILS(workday_due(cal, day("2026-12-31"), 1, &due, &err), "calendar.not_published");
	CHECK_FAILS(workday_due(cal, day("2027-01-04"), 1, &due, &err), "calendar.not_published");
	CHECK_FAILS(workday_due(cal, day("2018-12-31"), 1, &due, &err), "calendar.not_published");
	CHECK_INT(due.ordinal, 12345);
	CHECK_OK(workday_due(cal, day("2026-12-30"), 1, &due, &err));
	CHECK_STR(date_iso(t->arena, due), STR("2026-12-31"));
}

/* ---- reading */

#define HEAD "date,kind,name\n"
static const struct {
	const char *title, *csv, *key;
} bad[] = {
	{ "no head", "2027-01-01,holiday,元旦\n", "calendar.bad_head" },
	{ "nothing", "", "calendar.bad_head" },
	{ "head only", HEAD, "calendar.empty" },
	{ "two columns", HEAD "2027-01-01,holiday\n", "calendar.bad_line" },
	{ "no name", HEAD "2027-01-01,holiday, \n", "calendar.bad_line" },
	{ "a day that is none", HEAD "2027-02-29,holiday,春节\n", "calendar.bad_day" },
	{ "a day in another spelling", HEAD "2027/1/1,holiday,元旦\n", "calendar.bad_day" },
	{ "an unknown kind", HEAD "2027-01-01,off,元旦\n", "calendar.bad_kind" },
	{ "a make-up day in the week", HEAD "2027-02-08,workday,春节\n",
	  "calendar.already_working" },
	{ "the same day twice",
	  HEAD "2027-10-01,holiday,国庆节\n2027-10-04,holiday,国庆节\n2027-10-01,holiday,国庆节\n",
	  "calendar.twice" },
	{ "a forgotten year", HEAD "2027-10-01,holiday,国庆节\n2029-10-01,holiday,国庆节\n",
	  "calendar.year_missing" },
	{ "not UTF-8", HEAD "2027-10-01,holiday,\xB9\xFA\n", "calendar.not_utf8" },
};

static void refuses(struct test *t, size_t i)
{
	struct workday_calendar cal = { .version = 77 };
	struct err err = { 0 };

	CHECK_FAILS(workday_parse_csv(t->arena, str_from_c(bad[i].csv), &cal, &err), bad[i].key);
	CHECK_INT(cal.version, 77);
}

static void reads_what_people_save(struct test *t)
{
	struct workday_calendar cal;
	struct err err = { 0 };

	/* a byte order mark, CRLF, blank lines, no order, a weekend named among the days off */
	CHECK_OK(workday_parse_csv(
		t->arena,
		STR("\xEF\xBB\xBF"
		    "date,kind,name\r\n\r\n2027-10-09,workday,国庆节\r\n"
		    "2027-10-02,holiday,国庆节\r\n2027-10-01,holiday, 国庆节 \r\n"),
		&cal, &err));
	CHECK_INT((int64_t)cal.rules_count, 3);
	CHECK_STR(date_iso(t->arena, cal.first), STR("2027-01-01"));
	CHECK_STR(date_iso(t->arena, cal.last), STR("2027-12-31"));
	CHECK(!workday_is(&cal, day("2027-10-01")));
	CHECK(!workday_is(&cal, day("2027-10-02")));
	CHECK(workday_is(&cal, day("2027-10-09")));
	CHECK_STR(cal.rules[0].name, STR("国庆节"));
}

static void refuses_too_long(struct test *t)
{
	size_t lines = 5000;
	char *csv = arena_alloc(t->arena, lines);
	struct workday_calendar cal;
	struct err err = { 0 };

	memset(csv, '\n', lines);
	CHECK_FAILS(workday_parse_csv(t->arena, (struct str){ csv, lines }, &cal, &err),
		    "calendar.too_many");
}

void workday_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(vectors); i++)
		if (test_case(t, "working days after %s", vectors[i].from))
			counts(t, i);
	if (test_case(t, "working days of each year"))
		counts_years(t);
	if (test_case(t, "single days and their reasons"))
		knows_days(t);
	if (test_case(t, "outside the published years it refuses"))
		stops_at_the_end(t);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (test_case(t, "refuses a calendar with %s", bad[i].title))
			refuses(t, i);
	if (test_case(t, "reads a calendar as people save it"))
		reads_what_people_save(t);
	if (test_case(t, "refuses a calendar of too many lines"))
		refuses_too_long(t);
}
