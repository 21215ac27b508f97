/*
 * workday.h - counting the law's working days (法定工作日).
 *
 * Monday to Friday are working days, except where the State Council's notice
 * for the year says otherwise: it may turn a weekday into a holiday and a
 * weekend day into a working day. A calendar holds the years whose notice is
 * out. Counting past them is an error, because a guessed deadline is worse than
 * none.
 */
#ifndef CALENDAR_WORKDAY_H
#define CALENDAR_WORKDAY_H

#include "base/date.h"
#include "base/err.h"

struct workday_rule {
	struct date day;
	bool working;
	struct str name;
};

/* rules in ascending order of day, no day twice. */
struct workday_calendar {
	const struct workday_rule *rules;
	size_t rules_count;
	struct date first, last; /* inclusive */
	int64_t version; /* the ledger position of its loading; 0: as shipped */
};

/* Shipped with the program (data/calendar.csv: 2019-2026); read once, there for good. */
const struct workday_calendar *workday_shipped(void);
/*
 * Parses the CSV (date,kind,name). ERR_INVALID names the line and what is
 * allowed: "calendar.bad_head", "calendar.bad_line", "calendar.bad_day",
 * "calendar.bad_kind", "calendar.already_working", "calendar.twice",
 * "calendar.empty"; "calendar.year_missing" for a year without its National Day
 * between the first and the last, since such a year was forgotten.
 */
NODISCARD bool workday_parse_csv(struct arena *a, struct str csv, struct workday_calendar *out,
				 struct err *err);
/* The same for the days of a notice: the years need not be whole. */
NODISCARD bool workday_parse_days(struct arena *a, struct str csv, struct workday_calendar *out,
				  struct err *err);
/* ERR_INVALID "calendar.twice", "calendar.year_missing". */
NODISCARD bool workday_check(const struct workday_calendar *cal, struct err *err);
bool workday_covers(const struct workday_calendar *cal, struct date day);
/* Always false: ERR_LIMIT "calendar.not_published" with the days that are known. */
bool workday_not_published(const struct workday_calendar *cal, struct date day, struct err *err);
/* day must lie in the calendar. */
bool workday_is(const struct workday_calendar *cal, struct date day);
/* Why: "工作日", "周六", "春节", "国庆节调休上班" … day must lie in the calendar. */
struct str workday_reason(struct arena *a, const struct workday_calendar *cal, struct date day);
/*
 * Sets *due to the last of `days` working days, the first being the one after
 * start: the day of receipt does not count. ERR_LIMIT "calendar.not_published"
 * if start lies before the calendar or the calendar ends before that day; *due
 * is then untouched.
 */
NODISCARD bool workday_due(const struct workday_calendar *cal, struct date start, int days,
			   struct date *due, struct err *err);
/* Working days d with after < d <= until; 0 if until is not later. Both in the calendar. */
int workday_between(const struct workday_calendar *cal, struct date after, struct date until);
#endif
