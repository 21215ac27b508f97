/* portal_view.h - what the pages of portal draw. */
#ifndef PORTAL_PORTAL_VIEW_H
#define PORTAL_PORTAL_VIEW_H

#include "agency/agency.h"
#include "calendar/working_panel.h"
#include "html/parts.h"

struct home_report { struct str title, href; struct date published_on; };
struct home_view {
	struct site site;
	const struct home_report *reports;
	size_t reports_count;
	bool has_figures;
	int year;
	struct str report_href;
	const struct slice *slices; /* 答复情况 of the latest published year */
	size_t slices_count;
	int64_t answered;
};

/* 44.6%: rounded half up to a tenth. */
static inline struct str home_share(struct arena *a, int64_t part, int64_t whole)
{
	int64_t tenths = whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;

	return str_format(a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct clock_view {
	struct form_state form;
	struct str received, days, extend, suspend;
	const struct period_result *result; /* NULL before anything was asked */
	struct date received_on;
	struct date first, last; /* of the calendar */
};

struct desk_task {
	struct str label, href, hint;
	int64_t count, most; /* at most so many are counted; 0: they are not */
};
struct desk_view {
	struct str person, role, unit;
	bool calendar_runs_out; /* and the reader may load the next notice */
	const struct desk_task *tasks;
	size_t tasks_count;
};
struct about_view { struct site site; struct str version; };
#endif
