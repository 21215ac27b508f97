/*
 * board.h - all units side by side: what is open, how late, and how fast a year's
 * requests were answered. Every figure is the length of a list that desk.h pages through.
 *
 * Nothing is kept: open cases are counted in the index of open cases, a year's pace in the
 * index of that year. Working days are counted from the day of receipt to the day of
 * closing, with the days that do not count in the period (inquiries, extensions): it says
 * how long an applicant waited, not how much of the period was used.
 */
#ifndef CASEWORK_BOARD_H
#define CASEWORK_BOARD_H

#include "casework/casework.h"

struct board_row {
	struct unit_id unit;
	struct str code, name;
	int64_t open, unclaimed, yellow, red, black;
	struct opt_date oldest; /* due day among the open ones */
	int64_t closed, closed_late;
	int64_t days; /* working days of all that were closed, together */
};
struct board {
	int year;
	struct board_row *rows; /* one for each unit, root first, then by code */
	size_t count;
	struct board_row sum;
};
NODISCARD bool board_load(struct ctx *ctx, int year, struct board *out, struct err *err);
/* 98.2% of those closed were so in time; empty if none was closed. */
struct str board_rate(struct arena *a, const struct board_row *row);
/* 11.4, in working days; empty if none was closed. */
struct str board_average(struct arena *a, const struct board_row *row);
#endif
