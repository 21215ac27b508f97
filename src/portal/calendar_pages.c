/*
 * calendar_pages.c - the working days a site counts with, year by year, and the form that lays the
 * State Council's next notice over them. Open cases are counted again by a job.
 */
#include "portal/calendar_pages.h"

#include "account/permission.h"
#include "portal/calendar_view.h"
#include "portal_html.h"

enum { NOTICE_BYTES = 200, DAYS_BYTES = 20000, YEAR_LOW = 2000, YEAR_HIGH = 2200 };

const struct field calendar_query[] = {
	{ .name = "year", .label = "年份", .kind = FIELD_INT, .low = YEAR_LOW, .high = YEAR_HIGH },
	FIELD_END
};
const struct field calendar_load_form[] = {
	{ .name = "notice", .label = "通知的文号", .kind = FIELD_TEXT, .required = true,
	  .max = NOTICE_BYTES },
	{ .name = "days", .label = "放假和调休上班的日期", .kind = FIELD_LINES, .required = true,
	  .max = DAYS_BYTES },
	FIELD_END
};

static void fill_years(struct arena *a, struct calendar_view *v)
{
	int first = date_year(v->first), last = date_year(v->last);
	struct choice *years = ARENA_ARRAY(a, (size_t)(last - first + 1), struct choice);

	for (int y = last; y >= first; y--) {
		struct str text = str_format(a, "%d", y);
		years[v->years_count++] = (struct choice){ .value = text, .label = text };
	}
	v->years = years;
}

/* The rules stand in order of their days. */
static void fill_days(const struct workday_calendar *cal, struct calendar_view *v)
{
	size_t from = 0, until;

	while (from < cal->rules_count && date_year(cal->rules[from].day) < v->year)
		from++;
	for (until = from; until < cal->rules_count && date_year(cal->rules[until].day) == v->year;)
		until++;
	v->days = &cal->rules[from];
	v->days_count = until - from;
}

static bool fill(struct web_request *rq, struct calendar_view *v, struct err *err)
{
	const struct workday_calendar *cal, *shipped = workday_shipped();
	struct calendar_notice *notices;

	if (!calendar_current(&rq->ctx, &cal, err) ||
	    !calendar_notices(&rq->ctx, &notices, &v->notices_count, err))
		return false;
	v->notices = notices;
	v->first = cal->first;
	v->last = cal->last;
	v->shipped_first = shipped->first;
	v->shipped_last = shipped->last;
	v->runs_out = calendar_runs_out(cal, rq->ctx.today);
	v->may_load = web_may(rq, PERM_CALENDAR_WRITE);
	v->year = (int)web_int(rq, "year", date_year(rq->ctx.today));
	if (v->year > date_year(cal->last))
		v->year = date_year(cal->last);
	if (v->year < date_year(cal->first))
		v->year = date_year(cal->first);
	fill_years(rq->ctx.arena, v);
	fill_days(cal, v);
	return true;
}

bool calendar_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct calendar_view v = { .form = web_form_state(rq), .typed = STR("date,kind,name\n") };

	if (!fill(rq, &v, err))
		return false;
	if (rq->method == METHOD_POST) {
		v.notice = web_text(rq, "notice");
		v.typed = web_text(rq, "days");
	}
	struct page page = { .title = STR("法定工作日"), .errors = v.form.errors_count,
			     .json = str_format(rq->ctx.arena, "/desk/calendar.json?year=%d",
						v.year) };
	struct html *h = web_page_begin(rq, rp, &page);
	calendar_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool calendar_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct calendar_view v = { .year = 0 };
	struct arena *a = rq->ctx.arena;

	if (!fill(rq, &v, err))
		return false;
	json_t *days = json_array(), *notices = json_array();
	for (size_t i = 0; i < v.days_count; i++) {
		struct str day = date_iso(a, v.days[i].day);
		json_array_append_new(days, json_pack("{s:s%, s:s, s:s%}", "day", day.ptr, day.len,
						      "kind",
						      v.days[i].working ? "workday" : "holiday",
						      "name", v.days[i].name.ptr,
						      v.days[i].name.len));
	}
	for (size_t i = 0; i < v.notices_count; i++)
		json_array_append_new(notices,
				      json_pack("{s:I, s:s%}", "version",
						(json_int_t)v.notices[i].version, "notice",
						v.notices[i].notice.ptr, v.notices[i].notice.len));
	struct str first = date_iso(a, v.first), last = date_iso(a, v.last);
	return web_json(rp, json_pack("{s:s%, s:s%, s:b, s:i, s:o, s:o}", "first", first.ptr,
				      first.len, "last", last.ptr, last.len, "runs_out",
				      (int)v.runs_out, "year", v.year, "days", days, "notices",
				      notices));
}

/* A wrong line is told at the field that holds it. */
bool calendar_load_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct calendar_loaded loaded;

	if (!calendar_load(&rq->ctx, web_text(rq, "days"), web_text(rq, "notice"), &loaded, err)) {
		if (err->field == NULL && (err->code == ERR_INVALID || err->code == ERR_LIMIT))
			err->field = "days";
		return false;
	}
	return web_redirect(rp, STR("/desk/calendar"), "calendar.loaded");
}

bool calendar_is_asked_for(struct web_request *rq, bool *out, struct err *err)
{
	const struct workday_calendar *cal;

	*out = false;
	if (!web_may(rq, PERM_CALENDAR_WRITE))
		return true;
	if (!calendar_current(&rq->ctx, &cal, err))
		return false;
	*out = calendar_runs_out(cal, rq->ctx.today);
	return true;
}
