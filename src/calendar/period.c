/*
 * period.c - the due day of a statutory period, and every day on the way to it.
 */
#include "calendar/period.h"

#include <assert.h>
#include <stdlib.h>

/* What is left out of the count: ascending, none overlapping another. */
struct spans {
	struct {
		struct date after, until;
	} list[PERIOD_INTERVALS_MAX];
	size_t count;
};

static int compare_sent(const void *a, const void *b)
{
	const struct period_interval *x = a, *y = b;
	int order = date_compare(x->sent, y->sent);

	return order != 0 ? order : date_compare(x->back, y->back);
}

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) >= 0 ? a : b;
}

static bool check(const struct period *p, struct err *err)
{
	if (p->days < 1 || p->days > PERIOD_DAYS_MAX)
		return err_set(err, ERR_INVALID, "period.bad_days", "%d|%d", p->days,
			       PERIOD_DAYS_MAX);
	/* 条例第三十三条第二款: 延长的期限最长不得超过20个工作日. */
	if (p->extension < 0 || p->extension > PERIOD_EXTENSION_MAX)
		return err_set(err, ERR_INVALID, "period.extension_too_long", "%d", p->extension);
	if (p->intervals_count > PERIOD_INTERVALS_MAX)
		return err_set(err, ERR_INVALID, "period.too_many_intervals", "%d",
			       PERIOD_INTERVALS_MAX);
	for (size_t i = 0; i < p->intervals_count; i++) {
		const struct period_interval *in = &p->intervals[i];
		struct ymd sent = date_split(in->sent), back = date_split(in->back);

		if (!in->open && date_compare(in->back, in->sent) < 0)
			return err_set(err, ERR_INVALID, "period.back_before_sent",
				       "%04d-%02d-%02d|%04d-%02d-%02d", back.year, back.month,
				       back.day, sent.year, sent.month, sent.day);
	}
	return true;
}

/* In the order they were sent. An open interval runs until today. */
static void put_in_order(const struct period *p, struct period_interval *sorted)
{
	for (size_t i = 0; i < p->intervals_count; i++) {
		sorted[i] = p->intervals[i];
		if (sorted[i].open)
			sorted[i].back = later(p->today, sorted[i].sent);
	}
	if (p->intervals_count > 1)
		qsort(sorted, p->intervals_count, sizeof sorted[0], compare_sent);
}

/*
 * 条例第三十三条第三款: 行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内.
 * 1. the period without any inquiry;
 * 2. each interval that began before it had run out adds its working days, those
 *    after receipt and not left out already;
 * 3. ours: an interval that began later adds nothing.
 */
static bool count(const struct workday_calendar *cal, const struct period *p, struct spans *spans,
		  struct date *due, int *excluded, struct err *err)
{
	struct period_interval sorted[PERIOD_INTERVALS_MAX];
	struct date end, covered = p->received;
	int left_out = 0;

	put_in_order(p, sorted);
	spans->count = 0;
	if (!workday_due(cal, p->received, p->days + p->extension, &end, err))
		return false;
	for (size_t i = 0; i < p->intervals_count && date_compare(sorted[i].sent, end) <= 0; i++) {
		struct date after = later(sorted[i].sent, covered), until = sorted[i].back;

		if (date_compare(until, after) <= 0)
			continue;
		if (!workday_covers(cal, until))
			return workday_not_published(cal, until, err);
		left_out += workday_between(cal, after, until);
		if (!workday_due(cal, p->received, p->days + p->extension + left_out, &end, err))
			return false;
		spans->list[spans->count].after = after;
		spans->list[spans->count++].until = covered = until;
	}
	*due = end;
	*excluded = left_out;
	if (!p->delayed_until.known)
		return true;
	*due = later(end, p->delayed_until.v);
	return workday_covers(cal, *due) || workday_not_published(cal, *due, err);
}

bool period_due(const struct workday_calendar *cal, const struct period *p, struct date *due,
		struct err *err)
{
	struct spans spans;
	int excluded;

	return check(p, err) && count(cal, p, &spans, due, &excluded, err);
}

struct str period_kind_code(enum period_line_kind kind)
{
	static const struct str codes[] = { [PERIOD_RECEIVED] = STR_INIT("received"),
					    [PERIOD_COUNTED] = STR_INIT("counted"),
					    [PERIOD_REST] = STR_INIT("rest"),
					    [PERIOD_SUSPENDED] = STR_INIT("suspended") };

	return codes[kind];
}

/* ---- the working, day by day */

static bool is_excluded(const struct spans *spans, struct date day)
{
	for (size_t i = 0; i < spans->count; i++)
		if (date_compare(spans->list[i].after, day) < 0 &&
		    date_compare(day, spans->list[i].until) <= 0)
			return true;
	return false;
}

static struct str reason_of(struct arena *a, const struct workday_calendar *cal,
			    const struct period *p, const struct period_line *line)
{
	struct str day = workday_reason(a, cal, line->day);

	switch (line->kind) {
	case PERIOD_RECEIVED:
		return STR("收到当日，不计算");
	case PERIOD_REST:
		return str_concat(a, day, STR("，不计算"));
	case PERIOD_SUSPENDED:
		return str_concat(a, day, STR("，征求意见期间，不计算"));
	case PERIOD_COUNTED:
		break;
	}
	if (line->number <= p->days)
		return day;
	if (line->number > p->days + p->extension)
		return str_concat(a, day, STR("，延迟答复的合理期限内"));
	return str_format(a, STR_FMT "，延长期第%d日", STR_ARG(day), line->number - p->days);
}

static void write_lines(struct arena *a, const struct workday_calendar *cal, const struct period *p,
			const struct spans *spans, struct period_result *out)
{
	size_t n = (size_t)(out->due.ordinal - p->received.ordinal) + 1;
	struct period_line *lines = ARENA_ARRAY(a, n, struct period_line);
	int number = 0;

	for (size_t i = 0; i < n; i++) {
		struct period_line *line = &lines[i];

		line->day = date_plus(p->received, (int)i);
		if (i == 0)
			line->kind = PERIOD_RECEIVED;
		else if (!workday_is(cal, line->day))
			line->kind = PERIOD_REST;
		else if (is_excluded(spans, line->day))
			line->kind = PERIOD_SUSPENDED;
		else
			line->kind = PERIOD_COUNTED;
		if (line->kind == PERIOD_COUNTED)
			line->number = ++number;
		line->reason = reason_of(a, cal, p, line);
	}
	out->lines = lines;
	out->lines_count = n;
}

bool period_compute(struct arena *a, const struct workday_calendar *cal, const struct period *p,
		    struct period_result *out, struct err *err)
{
	struct period_result r = { .excluded = 0 };
	struct spans spans;

	if (!check(p, err) || !count(cal, p, &spans, &r.due, &r.excluded, err))
		return false;
	for (size_t i = 0; i < p->intervals_count; i++)
		r.suspended = r.suspended || (p->intervals[i].open &&
					      date_compare(p->intervals[i].sent, r.due) <= 0);
	r.left_known = workday_covers(cal, p->today);
	if (r.left_known)
		r.days_left = date_compare(p->today, r.due) <= 0
				      ? workday_between(cal, p->today, r.due)
				      : -workday_between(cal, r.due, p->today);
	write_lines(a, cal, p, &spans, &r);
	*out = r;
	return true;
}
