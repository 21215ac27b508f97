/*
 * period.h - a statutory period with extension and suspension, and its working.
 *
 * A pure function of (calendar, day of receipt, limit, extension, intervals).
 * An interval runs from the day an inquiry was sent to the day the answer came;
 * the working days d with sent < d <= back are not counted (条例第三十三条第三款);
 * overlapping intervals are merged before counting and days before receipt are
 * ignored. due = wd(R, days + extension + excluded). An inquiry sent after the
 * period has run out does not bring it back to life: its days are not excluded.
 * A reasonable later day that was told (条例第三十五条) is a date, not a count: due is
 * that day if it is the later one.
 */
#ifndef CALENDAR_PERIOD_H
#define CALENDAR_PERIOD_H

#include "calendar/workday.h"

enum {
	PERIOD_INTERVALS_MAX = 64,
	PERIOD_DAYS_MAX = 250,	   /* a year of working days; the law's longest here is 20 + 20 */
	PERIOD_EXTENSION_MAX = 20, /* 条例第三十三条第二款 */
};
struct period_interval {
	struct date sent, back;
	bool open; /* back unknown yet: runs until `today` */
};
struct period {
	struct date received;
	int days, extension; /* 20 and 0..20 for a request */
	const struct period_interval *intervals;
	size_t intervals_count;
	struct opt_date delayed_until; /* 条例第三十五条: a reasonable later day that was told */
	struct date today; /* for open intervals and days left */
};
enum period_line_kind { PERIOD_RECEIVED, PERIOD_COUNTED, PERIOD_REST, PERIOD_SUSPENDED };
struct period_line {
	struct date day;
	enum period_line_kind kind;
	int number; /* of the counted day, else 0 */
	struct str reason;
};
struct period_result {
	struct date due;
	int excluded;	 /* working days not counted */
	bool suspended;	 /* an interval is open: due moves with every day */
	int days_left;	 /* working days from today to due; negative: overdue by so many */
	bool left_known; /* false: today lies outside the calendar, days_left says nothing */
	const struct period_line *lines; /* from the day of receipt to due, every day */
	size_t lines_count;
};
/*
 * ERR_LIMIT "calendar.not_published"; ERR_INVALID "period.bad_days",
 * "period.extension_too_long", "period.too_many_intervals",
 * "period.back_before_sent".
 */
NODISCARD bool period_compute(struct arena *a, const struct workday_calendar *cal,
			      const struct period *p, struct period_result *out, struct err *err);
/* Due day only, without lines: for lists. */
NODISCARD bool period_due(const struct workday_calendar *cal, const struct period *p,
			  struct date *due, struct err *err);
/*
 * A period of natural days, as of answers to a court: rest days count, the day of receipt does not,
 * and a last day that is a rest day moves to the next working day (民事诉讼法第八十五条). Every day
 * with its reason; days_left is of natural days. ERR_LIMIT "calendar.not_published"; ERR_INVALID
 * "period.bad_days".
 */
NODISCARD bool period_natural(struct arena *a, const struct workday_calendar *cal,
			      struct date received, int days, struct date today,
			      struct period_result *out, struct err *err);
/* For machines: received, counted, rest, suspended. */
struct str period_kind_code(enum period_line_kind kind);
#endif
