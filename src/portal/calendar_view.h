/* calendar_view.h - what the page of the calendar draws. */
#ifndef PORTAL_CALENDAR_VIEW_H
#define PORTAL_CALENDAR_VIEW_H

#include "calendar/calendar.h"
#include "html/parts.h"

struct calendar_view {
	struct form_state form;
	struct date first, last; /* of the calendar */
	bool runs_out, may_load;
	int year;
	const struct workday_rule *days; /* of that year */
	size_t days_count;
	const struct choice *years; /* as numbers */
	size_t years_count;
	struct date shipped_first, shipped_last;
	const struct calendar_notice *notices;
	size_t notices_count;
	struct str notice, typed; /* of the form */
};
#endif
