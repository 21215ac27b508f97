/*
 * request_clock.c - the period of a request's reply, from its steps.
 *
 * 条例第三十三条: 20 working days from the day after receipt, at most 20 more, and
 * without the time in which others were asked. A correction (第三十条) or the
 * payment of a fee (第四十二条) starts the period anew: that day is clock_from.
 * For many requests with good reasons a later day may be told (第三十五条).
 */
#include "request/case.h"

#include "calendar/calendar.h"

#include <assert.h>
#include <string.h>

bool clock_stands(const struct request_case *c)
{
	return c->r.state == REQUEST_CORRECTING || c->r.state == REQUEST_UNPAID ||
	       reasons_stand(c);
}

/*
 * What an inquiry leaves out of the count ends with the answer, or with the 15 working days of
 * 第三十二条 and 第三十四条, whichever is first: after them nobody need be waited for.
 */
static struct period_interval interval_of(const struct request_inquiry *q, struct date today)
{
	struct period_interval i = { .sent = q->sent_on,
				     .back = q->back_on.v,
				     .open = !q->back_on.known };

	if (q->last_on.known && date_compare(i.open ? today : i.back, q->last_on.v) > 0) {
		i.back = q->last_on.v;
		i.open = false;
	}
	return i;
}

bool clock_period(struct ctx *ctx, const struct request_case *c, struct date today,
		  struct period *out, struct err *err)
{
	struct period_interval *intervals =
		ARENA_ARRAY(ctx->arena, c->inquiries_count, struct period_interval);

	assert(c->r.clock_from.known);
	if (c->inquiries_count > PERIOD_INTERVALS_MAX)
		return err_set(err, ERR_LIMIT, "request.too_many_inquiries", "%d",
			       PERIOD_INTERVALS_MAX);
	for (size_t i = 0; i < c->inquiries_count; i++)
		intervals[i] = interval_of(&c->inquiries[i], today);
	*out = (struct period){ .received = c->r.clock_from.v,
				.days = REQUEST_DAYS,
				.extension = c->r.extension,
				.delayed_until = c->explanation.delayed_until,
				.intervals = intervals,
				.intervals_count = c->inquiries_count,
				.today = today };
	return true;
}

bool clock_due(struct ctx *ctx, const struct request_case *c, struct date today,
	       struct opt_date *due, struct err *err)
{
	const struct workday_calendar *calendar;
	struct opt_date d = { .known = true };
	struct err why = { 0 };
	struct period p;

	if (reasons_stand(c)) {
		*due = (struct opt_date){ 0 };
		return true;
	}
	if (!calendar_current(ctx, &calendar, err) || !clock_period(ctx, c, today, &p, err))
		return false;
	if (!period_due(calendar, &p, &d.v, &why)) {
		/* Next year's notice is not out yet: the case goes on without a due day. */
		if (why.code != ERR_LIMIT) {
			*err = why;
			return false;
		}
		d.known = false;
	}
	*due = d;
	return true;
}

bool request_clock(struct ctx *ctx, struct request_id id, struct period_result *out,
		   struct err *err)
{
	const struct workday_calendar *calendar;
	struct request_case c;
	struct period p;

	if (!case_load(ctx, id, &c, err))
		return false;
	if (!c.r.clock_from.known)
		return err_set(err, ERR_CONFLICT, "request.clock_not_started", STR_FMT,
			       STR_ARG(c.r.number));
	if (clock_stands(&c))
		return err_set(err, ERR_CONFLICT, "request.clock_stands", STR_FMT "|" STR_FMT,
			       STR_ARG(c.r.number),
			       STR_ARG(reasons_stand(&c) ? reasons_label(c.r.reasons)
							 : request_state_label(c.r.state)));
	struct date today = c.r.closed_on.known ? c.r.closed_on.v : ctx->today;
	return calendar_current(ctx, &calendar, err) && clock_period(ctx, &c, today, &p, err) &&
	       period_compute(ctx->arena, calendar, &p, out, err);
}
