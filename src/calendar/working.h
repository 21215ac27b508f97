/*
 * working.h - the working of a period, day by day with its reasons, as everything that shows one
 * shows it: pages, commands, JSON, a text in a bundle.
 */
#ifndef CALENDAR_WORKING_H
#define CALENDAR_WORKING_H

#include "base/json.h"
#include "calendar/period.h"

/* 第3日; 届满 of the day a period of natural days has moved to; 不计 of what does not count. */
struct str working_count(struct arena *a, const struct period_line *l);
/* For commands: a line for each day, by tabs: day, kind, number, reason; then `due YYYY-MM-DD`. */
struct str working_lines(struct arena *a, const struct period_result *r);
/* [{"day","kind","number","reason"}, …], a new reference. */
json_t *working_json(struct arena *a, const struct period_result *r);
#endif
