/*
 * clock_pages.c - the clock for anybody: the same working that officers and
 * applicants see, from dates typed into a form that is also a link.
 */
#include "portal/clock_pages.h"

#include "base/json.h"
#include "calendar/calendar.h"
#include "portal/portal_view.h"
#include "portal_html.h"

enum { DAYS_DEFAULT = 20 };

static bool take_interval(struct str line, struct period_interval *out)
{
	size_t dots = str_find(line, STR(".."), 0);

	return dots != SIZE_MAX && date_parse(str_trim(str_slice(line, 0, dots)), &out->sent) &&
	       date_parse(str_trim(str_slice(line, dots + 2, line.len)), &out->back);
}

static bool read_intervals(struct web_request *rq, struct period *p,
			   struct period_interval *intervals)
{
	struct str rest = web_text(rq, "suspend"), line;

	while (str_split_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len == 0)
			continue;
		if (p->intervals_count == PERIOD_INTERVALS_MAX ||
		    !take_interval(line, &intervals[p->intervals_count])) {
			web_field_error(
				rq, "suspend",
				str_format(
					rq->ctx.arena,
					"“" STR_FMT
					"”不是一段日期：请写成 2020-11-05..2020-11-16，每行一段，最多%d段。",
					STR_ARG(line), PERIOD_INTERVALS_MAX));
			return false;
		}
		p->intervals_count++;
	}
	return true;
}

/* false with field errors, or with nothing asked. */
static bool compute(struct web_request *rq, struct clock_view *view, struct period_result *result,
		    struct err *err)
{
	const struct workday_calendar *calendar;
	struct period_interval intervals[PERIOD_INTERVALS_MAX] = { 0 };
	struct opt_date received = web_date(rq, "received");

	if (!calendar_current(&rq->ctx, &calendar, err))
		return false;
	view->first = calendar->first;
	view->last = calendar->last;
	view->received = web_text(rq, "received");
	view->days = web_has(rq, "days") ? web_text(rq, "days") : STR("20");
	view->extend = web_has(rq, "extend") ? web_text(rq, "extend") : STR("0");
	view->suspend = web_text(rq, "suspend");
	if (!received.known || web_field_errors(rq) > 0)
		return false;
	struct period p = { .received = received.v, .days = (int)web_int(rq, "days", DAYS_DEFAULT),
			    .extension = (int)web_int(rq, "extend", 0), .intervals = intervals,
			    .today = rq->ctx.today };
	view->received_on = received.v;
	if (!read_intervals(rq, &p, intervals))
		return false;
	if (!period_compute(rq->ctx.arena, calendar, &p, result, err)) {
		web_field_error(rq, err->field != NULL ? err->field : "received",
				err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
		return false;
	}
	view->result = result;
	return true;
}

bool clock_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct clock_view view = { 0 };
	struct period_result result;

	if (!compute(rq, &view, &result, err) && err->code != ERR_NONE)
		return false;
	view.form = web_form_state(rq);
	if (view.form.errors_count > 0)
		web_status(rp, 422);
	struct page page = { .title = STR("计算答复期限"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	clock_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool clock_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct clock_view view = { 0 };
	struct period_result result;

	if (!compute(rq, &view, &result, err)) {
		if (err->code != ERR_NONE)
			return false;
		if (web_field_errors(rq) == 0)
			web_field_error(rq, "received", STR("请给出收到申请之日，例如 received=2020-11-02。"));
		return web_form_again(rq, rp, clock_page, err);
	}
	return web_json(rp,
			json_pack("{s:o, s:i, s:b, s:o}", "due",
				  json_text(date_iso(rq->ctx.arena, result.due)), "excluded",
				  result.excluded, "suspended", result.suspended, "lines",
				  working_json(rq->ctx.arena, &result)));
}
