/*
 * calendar.h - the calendar a site counts with: the one shipped with the
 * program, and over it the notices loaded since.
 *
 * The State Council's notice for a year comes out in October to December of the
 * year before, so it is loaded as data, without a new program. Loading adds a
 * version and never changes an earlier one; its ledger position is the
 * calendar's version.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "calendar/period.h"
#include "db/ctx.h"

/* The calendar as of now, in ctx->arena; ctx->calendar if that is set. */
NODISCARD bool calendar_current(struct ctx *ctx, const struct workday_calendar **out,
				struct err *err);

/*
 * Might a limit that begins today end after the calendar? Twenty working days, twenty of extension
 * and the longest holidays reach that far (条例第三十三条): time to load the next notice.
 */
enum { CALENDAR_AHEAD_DAYS = 70 };
bool calendar_runs_out(const struct workday_calendar *cal, struct date today);

struct calendar_loaded {
	int64_t id, version;
	struct date first, last;
	size_t days;
};
/*
 * Lays the days of csv (date,kind,name) over the calendar. A year whose National
 * Day is among them is replaced as a whole; single days of another year are
 * added. The result must be a calendar without a forgotten year (workday.h).
 * Adds the job "calendar.loaded", so that open cases are counted again.
 * ERR_INVALID "calendar.no_notice" without the notice's number.
 */
NODISCARD bool calendar_load(struct ctx *ctx, struct str csv, struct str notice,
			     struct calendar_loaded *out, struct err *err);

struct calendar_notice {
	int64_t id, version;
	struct str notice;
};
NODISCARD bool calendar_notices(struct ctx *ctx, struct calendar_notice **out, size_t *count,
				struct err *err);

/*
 * `gongkai clock`: --received DATE [--days N] [--extend N] [--suspend A..B]…
 * [--today DATE] [--json]. argv holds the words after "clock". Prints every day
 * with its reason; the last line is "due YYYY-MM-DD". Returns the exit status:
 * 0; 1 with err set if it cannot be counted or written; 2 with err set if it was called wrongly.
 */
typedef bool clock_out(void *arg, struct str text);
int calendar_clock_command(struct arena *a, const struct workday_calendar *cal, struct date today,
			   int argc, const char *const *argv, clock_out *out, void *arg,
			   struct err *err);
#endif
