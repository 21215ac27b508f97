/*
 * natural_test.c - periods of natural days: by example, and against a slow count over every day of
 * the shipped calendar.
 */
#include "base/test.h"
#include "calendar/period.h"

static const struct { const char *title, *received; int days; const char *due; } examples[] = {
	{ "15 days that end on a Friday", "2020-09-03", 15, "2020-09-18" },
	{ "15 days that end on a Sunday end on the Monday", "2020-09-05", 15, "2020-09-21" },
	{ "a Sunday that is worked on is no rest day", "2020-09-12", 15, "2020-09-27" },
	{ "into the National Day holiday, out after it", "2020-09-18", 15, "2020-10-09" },
	{ "the extended Spring Festival of 2020", "2020-01-16", 15, "2020-02-03" },
	{ "10 days", "2020-08-03", 10, "2020-08-13" },
};

static void computes(struct test *t, size_t i)
{
	struct period_result got;
	struct err err = { 0 };
	struct date received = { 0 };

	CHECK(date_parse(str_from_c(examples[i].received), &received));
	CHECK_OK(period_natural(t->arena, workday_shipped(), received, examples[i].days, received,
				&got, &err));
	CHECK_STR(date_iso(t->arena, got.due), str_from_c(examples[i].due));
	CHECK_INT(got.days_left, got.due.ordinal - received.ordinal);
	/* A line for every day, each with its reason; the last is the due day. */
	CHECK_INT((int64_t)got.lines_count, got.due.ordinal - received.ordinal + 1);
	for (size_t k = 0; k < got.lines_count; k++) {
		CHECK_INT(got.lines[k].day.ordinal, received.ordinal + (int)k);
		CHECK(got.lines[k].reason.len > 0);
	}
	CHECK_INT(got.lines[got.lines_count - 1].kind, PERIOD_COUNTED);
}

/* Walks day by day without any of the functions of period.c. */
static void agrees(struct test *t, const struct workday_calendar *cal, int days)
{
	int unknown = 0, disagree = 0;

	for (struct date r = cal->first; date_compare(r, cal->last) <= 0; r = date_plus(r, 1)) {
		struct arena_mark mark = arena_mark(t->arena);
		struct date want = date_plus(r, days);
		struct period_result got;
		struct err err = { 0 };
		while (workday_covers(cal, want) && !workday_is(cal, want))
			want = date_plus(want, 1);
		bool known = period_natural(t->arena, cal, r, days, r, &got, &err);
		disagree += known != workday_covers(cal, want) ||
			    (known && date_compare(got.due, want) != 0);
		unknown += !known;
		arena_rewind(t->arena, mark);
	}
	CHECK_INT(disagree, 0);
	/* The calendar's last day is a working Thursday: days of receipt too near to it. */
	CHECK_INT(unknown, days);
}

void natural_test(struct test *t)
{
	static const int lengths[] = { 1, 7, 10, 15, 60 };

	for (size_t i = 0; i < COUNT_OF(examples); i++)
		if (test_case(t, "%s", examples[i].title))
			computes(t, i);
	for (size_t i = 0; i < COUNT_OF(lengths); i++)
		if (test_case(t, "%d natural days agree with a slow count", lengths[i]))
			agrees(t, workday_shipped(), lengths[i]);
	if (test_case(t, "what cannot be counted is refused")) {
		struct period_result got;
		struct err err = { 0 };
		struct date day = date_make(2026, 12, 30), old = date_make(2018, 1, 1);
		CHECK_FAILS(period_natural(t->arena, workday_shipped(), day, 15, day, &got, &err),
			    "calendar.not_published");
		CHECK_FAILS(period_natural(t->arena, workday_shipped(), old, 15, old, &got, &err),
			    "calendar.not_published");
		CHECK_FAILS(period_natural(t->arena, workday_shipped(), day, 0, day, &got, &err),
			    "period.bad_days");
	}
}
