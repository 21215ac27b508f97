/*
 * natural.c - a period counted in natural days.
 *
 * 民事诉讼法第八十五条: 期间开始的时和日，不计算在期间内; 最后一日是法定休假日的，以其后的第一日为
 * 期间届满的日期.
 */
#include "calendar/period.h"

static void add_line(struct period_line *lines, struct period_result *out, struct date day,
		     enum period_line_kind kind, int number, struct str reason)
{
	lines[out->lines_count++] = (struct period_line){ day, kind, number, reason };
}

/* Past the counted days: rest days until a working one, which is then the last day. */
static bool roll(struct arena *a, const struct workday_calendar *cal, struct date *day,
		 struct period_line *lines, size_t room, struct period_result *out,
		 struct err *err)
{
	while (!workday_is(cal, *day)) {
		*day = date_plus(*day, 1);
		if (!workday_covers(cal, *day) || out->lines_count == room)
			return workday_not_published(cal, *day, err);
		bool rest = !workday_is(cal, *day);
		struct str why = workday_reason(a, cal, *day);
		add_line(lines, out, *day, rest ? PERIOD_REST : PERIOD_COUNTED, 0,
			 rest ? why : str_concat(a, why, STR("，最后一日是休息日，顺延至此")));
	}
	return true;
}

bool period_natural(struct arena *a, const struct workday_calendar *cal, struct date received,
		    int days, struct date today, struct period_result *out, struct err *err)
{
	enum { ROLL_MAX = 31 }; /* no holiday is longer */
	struct date day = received;

	if (days < 1 || days > PERIOD_DAYS_MAX)
		return err_set(err, ERR_INVALID, "period.bad_days", "%d|%d", days,
			       PERIOD_DAYS_MAX);
	size_t room = (size_t)days + 1 + ROLL_MAX;
	struct period_line *lines = ARENA_ARRAY(a, room, struct period_line);
	struct period_result result = { .lines = lines, .left_known = true };
	if (!workday_covers(cal, received))
		return workday_not_published(cal, received, err);
	add_line(lines, &result, received, PERIOD_RECEIVED, 0, STR("收到之日，不计入"));
	for (int n = 1; n <= days; n++) {
		day = date_plus(day, 1);
		if (!workday_covers(cal, day))
			return workday_not_published(cal, day, err);
		add_line(lines, &result, day, PERIOD_COUNTED, n, workday_reason(a, cal, day));
	}
	if (!roll(a, cal, &day, lines, room, &result, err))
		return false;
	result.due = day;
	result.days_left = day.ordinal - today.ordinal;
	*out = result;
	return true;
}
