/*
 * period_test.c - periods by example, and against a second implementation that
 * shares nothing with the first: it knows days only as places in an array of
 * characters, walks them one by one and never adds up an interval.
 */
#include "base/asset.h"
#include "base/test.h"
#include "calendar/period.h"

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

/* ---- by example */

struct example {
	const char *title, *received;
	int days, extension;
	const char *sent[3], *back[3]; /* back "": still open */
	const char *today, *due;
	int excluded, left;
	bool suspended;
};

static const struct example examples[] = {
	{ "Art. 33(2): 20 working days",
	  "2020-11-02",
	  20,
	  0,
	  { 0 },
	  { 0 },
	  "2020-11-02",
	  "2020-11-30",
	  0,
	  20,
	  false },
	{ "Art. 33(2): the extension ends after 40",
	  "2020-11-02",
	  20,
	  20,
	  { 0 },
	  { 0 },
	  "2020-12-29",
	  "2020-12-28",
	  0,
	  -1,
	  false },
	{ "Art. 33(3): an inquiry of seven working days",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05" },
	  { "2020-11-16" },
	  "2020-11-16",
	  "2020-12-09",
	  7,
	  17,
	  false },
	{ "both",
	  "2020-11-02",
	  20,
	  5,
	  { "2020-11-05" },
	  { "2020-11-16" },
	  "2020-12-16",
	  "2020-12-16",
	  7,
	  0,
	  false },
	{ "overlapping inquiries count once",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05", "2020-11-09" },
	  { "2020-11-13", "2020-11-16" },
	  "2020-11-02",
	  "2020-12-09",
	  7,
	  27,
	  false },
	{ "one inside the other",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05", "2020-11-06" },
	  { "2020-11-16", "2020-11-09" },
	  "2020-11-02",
	  "2020-12-09",
	  7,
	  27,
	  false },
	{ "in any order",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-09", "2020-11-05" },
	  { "2020-11-16", "2020-11-13" },
	  "2020-11-02",
	  "2020-12-09",
	  7,
	  27,
	  false },
	{ "days before receipt are ignored",
	  "2020-11-10",
	  20,
	  0,
	  { "2020-11-02" },
	  { "2020-11-11" },
	  "2020-11-10",
	  "2020-12-09",
	  1,
	  21,
	  false },
	{ "answered the same day",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05" },
	  { "2020-11-05" },
	  "2020-11-02",
	  "2020-11-30",
	  0,
	  20,
	  false },
	{ "over a weekend only",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-06" },
	  { "2020-11-08" },
	  "2020-11-02",
	  "2020-11-30",
	  0,
	  20,
	  false },
	{ "still out: the clock stands",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05" },
	  { "" },
	  "2020-11-10",
	  "2020-12-03",
	  3,
	  17,
	  true },
	{ "still out a day later: due has moved",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-05" },
	  { "" },
	  "2020-11-11",
	  "2020-12-04",
	  4,
	  17,
	  true },
	{ "asked on the last day: due when the answer is back",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-11-30" },
	  { "2020-12-04" },
	  "2020-12-04",
	  "2020-12-04",
	  4,
	  0,
	  false },
	{ "asked after the last day: too late",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-12-01" },
	  { "2020-12-11" },
	  "2020-12-02",
	  "2020-11-30",
	  0,
	  -2,
	  false },
	{ "still out, but asked too late",
	  "2020-11-02",
	  20,
	  0,
	  { "2020-12-01" },
	  { "" },
	  "2020-12-02",
	  "2020-11-30",
	  0,
	  -2,
	  false },
	{ "received on a rest day",
	  "2020-01-25",
	  20,
	  0,
	  { 0 },
	  { 0 },
	  "2020-01-25",
	  "2020-02-28",
	  0,
	  20,
	  false },
	{ "Art. 30: seven working days for the correction",
	  "2020-11-02",
	  7,
	  0,
	  { 0 },
	  { 0 },
	  "2020-11-12",
	  "2020-11-11",
	  0,
	  -1,
	  false },
};

static struct period period_of(const struct example *e, struct period_interval *intervals)
{
	struct period p = { .received = day(e->received),
			    .days = e->days,
			    .extension = e->extension,
			    .intervals = intervals,
			    .today = day(e->today) };

	for (; p.intervals_count < 3 && e->sent[p.intervals_count] != NULL; p.intervals_count++) {
		struct str back = str_from_c(e->back[p.intervals_count]);
		intervals[p.intervals_count].sent = day(e->sent[p.intervals_count]);
		intervals[p.intervals_count].open = back.len == 0;
		(void)date_parse(back, &intervals[p.intervals_count].back);
	}
	return p;
}

/* What the lines must say, whatever the case. */
static void check_lines(struct test *t, const struct period *p, const struct period_result *r)
{
	int counted = 0, excluded = 0;

	CHECK_INT((int64_t)r->lines_count, r->due.ordinal - p->received.ordinal + 1);
	CHECK(r->lines[0].kind == PERIOD_RECEIVED);
	for (size_t i = 0; i < r->lines_count; i++) {
		const struct period_line *line = &r->lines[i];

		CHECK_INT(line->day.ordinal, p->received.ordinal + (int)i);
		CHECK(line->reason.len > 0);
		counted += line->kind == PERIOD_COUNTED ? 1 : 0;
		excluded += line->kind == PERIOD_SUSPENDED ? 1 : 0;
		CHECK_INT(line->number, line->kind == PERIOD_COUNTED ? counted : 0);
	}
	CHECK_INT(counted, p->days + p->extension);
	CHECK_INT(excluded, r->excluded);
}

static void computes(struct test *t, const struct example *e)
{
	const struct workday_calendar *cal = workday_shipped();
	struct period_interval intervals[3] = { 0 };
	struct period p = period_of(e, intervals);
	struct period_result r;
	struct err err = { 0 };
	struct date due;

	if (!CHECK_OK(period_compute(t->arena, cal, &p, &r, &err)))
		return;
	CHECK_STR(date_iso(t->arena, r.due), str_from_c(e->due));
	CHECK_INT(r.excluded, e->excluded);
	CHECK(r.left_known);
	CHECK_INT(r.days_left, e->left);
	CHECK(r.suspended == e->suspended);
	check_lines(t, &p, &r);
	CHECK_OK(period_due(cal, &p, &due, &err));
	CHECK(date_compare(due, r.due) == 0);
}

static void gives_reasons(struct test *t)
{
	const struct workday_calendar *cal = workday_shipped();
	struct period_interval intervals[] = { { day("2020-09-22"), day("2020-09-23"), false } };
	struct period p = { .received = day("2020-09-18"),
			    .days = 5,
			    .extension = 2,
			    .intervals = intervals,
			    .intervals_count = 1,
			    .today = day("2020-09-18") };
	struct period_result r;
	struct err err = { 0 };

	if (!CHECK_OK(period_compute(t->arena, cal, &p, &r, &err)) ||
	    !CHECK_INT((int64_t)r.lines_count, 12))
		return;
	CHECK_STR(r.lines[0].reason, STR("收到当日，不计算"));
	CHECK_STR(r.lines[1].reason, STR("周六，不计算"));
	CHECK_STR(r.lines[3].reason, STR("工作日"));
	CHECK_STR(r.lines[5].reason, STR("工作日，征求意见期间，不计算"));
	CHECK_STR(r.lines[9].reason, STR("国庆节、中秋节调休上班"));
	CHECK_STR(r.lines[11].reason, STR("工作日，延长期第2日"));
}

static void refuses(struct test *t)
{
	const struct workday_calendar *cal = workday_shipped();
	struct period_interval intervals[PERIOD_INTERVALS_MAX + 1] = { 0 };
	struct period good = { .received = day("2020-11-02"),
			       .days = 20,
			       .intervals = intervals,
			       .today = day("2020-11-02") };
	struct period p = good;
	struct err err = { 0 };
	struct date due;
	struct period_result r;

	p.days = 0;
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.bad_days");
	p.days = PERIOD_DAYS_MAX + 1;
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.bad_days");
	p = good;
	p.extension = 21;
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.extension_too_long");
	p.extension = -1;
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.extension_too_long");
	p = good;
	p.intervals_count = PERIOD_INTERVALS_MAX + 1;
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.too_many_intervals");
	p.intervals_count = 1;
	intervals[0] = (struct period_interval){ day("2020-11-16"), day("2020-11-05"), false };
	CHECK_FAILS(period_due(cal, &p, &due, &err), "period.back_before_sent");
	intervals[0] = (struct period_interval){ day("2020-11-05"), day("2027-01-05"), false };
	CHECK_FAILS(period_due(cal, &p, &due, &err), "calendar.not_published");
	p = good;
	p.received = day("2026-12-20");
	CHECK_FAILS(period_compute(t->arena, cal, &p, &r, &err), "calendar.not_published");
	p = good;
	p.today = day("2031-01-01"); /* long after: the due day is still known */
	CHECK_OK(period_compute(t->arena, cal, &p, &r, &err));
	CHECK(!r.left_known);
	CHECK_STR(date_iso(t->arena, r.due), STR("2020-11-30"));
}

/* ---- the second implementation */

enum { YEARS = 8, DAYS = 2922, FIRST_WEEKDAY = 2 /* 2019-01-01 was a Tuesday */ };

struct slow {
	char working[DAYS];
};

static int month_length(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* One character per day from 2019-01-01, by looking each date up in the text of the file. */
static void slow_read(struct test *t, struct slow *s)
{
	struct str csv = asset_text(asset_find(STR("data/calendar.csv")));
	int place = 0;

	for (int year = 2019; year < 2019 + YEARS; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int d = 1; d <= month_length(year, month); d++, place++) {
				struct arena_mark mark = arena_mark(t->arena);
				struct str key =
					str_format(t->arena, "\n%04d-%02d-%02d,", year, month, d);
				size_t at = str_find(csv, key, 0);
				int weekday = (FIRST_WEEKDAY + place - 1) % 7 + 1;

				s->working[place] = weekday <= 5;
				if (at != SIZE_MAX)
					s->working[place] = csv.ptr[at + key.len] == 'w';
				arena_rewind(t->arena, mark);
			}
		}
	}
	CHECK_INT(place, DAYS);
}

struct slow_interval {
	int sent, back;
};

static bool slow_excluded(int place, int due_so_far, const struct slow_interval *in, int count)
{
	for (int i = 0; i < count; i++)
		if (in[i].sent < place && place <= in[i].back && in[i].sent <= due_so_far)
			return true;
	return false;
}

/* -1: past the end. */
static int slow_due(const struct slow *s, int received, int days, const struct slow_interval *in,
		    int count)
{
	int place = received, due = -1;

	while (days > 0) {
		if (++place >= DAYS)
			return -1;
		if (s->working[place] && !slow_excluded(place, place, in, count) && --days == 0)
			due = place;
	}
	/* Time for an inquiry sent on or before the last day runs on after it. */
	for (place = due + 1; place < DAYS; place++) {
		if (!s->working[place])
			continue;
		if (!slow_excluded(place, due, in, count))
			return due;
		due = place;
	}
	for (int i = 0; i < count; i++)
		if (in[i].back >= DAYS && in[i].sent <= due)
			return -1;
	return due;
}

/* Offsets from the day of receipt; some overlap, touch, or begin before it or after the end. */
static const struct {
	int count;
	struct slow_interval in[3];
} suspensions[] = {
	{ 0, { { 0, 0 } } },
	{ 1, { { 3, 14 } } },
	{ 1, { { 0, 0 } } },
	{ 2, { { 3, 10 }, { 7, 20 } } },
	{ 2, { { 5, 30 }, { 8, 12 } } },
	{ 3, { { 2, 9 }, { 9, 16 }, { 17, 24 } } },
	{ 3, { { -6, 4 }, { 25, 40 }, { 28, 33 } } },
	{ 2, { { 20, 31 }, { 60, 90 } } },
};

static void agree(struct test *t, const struct workday_calendar *cal, const struct slow *s,
		  int start, int extension)
{
	struct date first = date_make(2019, 1, 1);

	for (size_t i = 0; i < COUNT_OF(suspensions); i++) {
		int count = suspensions[i].count;
		struct period_interval intervals[3];
		struct slow_interval in[3];
		struct err err = { 0 };
		struct date due = { 0 };

		for (int k = 0; k < count; k++) {
			in[k].sent = suspensions[i].in[k].sent + start;
			in[k].back = suspensions[i].in[k].back + start;
			intervals[k] =
				(struct period_interval){ date_plus(first, in[k].sent),
							  date_plus(first, in[k].back), false };
		}
		struct period p = { .received = date_plus(first, start),
				    .days = 20,
				    .extension = extension,
				    .intervals = intervals,
				    .intervals_count = (size_t)count };
		int want = slow_due(s, start, 20 + extension, in, count);
		bool known = period_due(cal, &p, &due, &err);
		CHECK_INT(known ? due.ordinal - first.ordinal : -1, want);
		CHECK(known || str_equal_c(STR("calendar.not_published"), err.key));
	}
}

static void agrees_with_the_slow_one(struct test *t)
{
	static const int extensions[] = { 0, 1, 5, 10, 20 };
	const struct workday_calendar *cal = workday_shipped();
	struct slow *s = ARENA_NEW(t->arena, struct slow);

	slow_read(t, s);
	for (int start = 0; start < DAYS; start++)
		for (size_t e = 0; e < COUNT_OF(extensions); e++)
			agree(t, cal, s, start, extensions[e]);
}

void period_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(examples); i++)
		if (test_case(t, "%s", examples[i].title))
			computes(t, &examples[i]);
	if (test_case(t, "every day has its reason"))
		gives_reasons(t);
	if (test_case(t, "refuses what the law or the calendar does not know"))
		refuses(t);
	if (test_case(t, "agrees with the slow one from every day of 2019 to 2026"))
		agrees_with_the_slow_one(t);
}
