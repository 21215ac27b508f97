/*
 * desk.h - the register of requests as officers look through it: filtered, in the
 * order they ask for, a page at a time.
 *
 * A page is told by the place where the one before it ended, a text for a URL that
 * only this file reads; a place that is none begins from the start. Nothing is
 * counted: a register of a hundred thousand answers as fast as one of ten.
 */
#ifndef CASEWORK_DESK_H
#define CASEWORK_DESK_H

#include "request/request.h"

enum desk_order {
	DESK_NEWEST,
	DESK_NUMBER_UP,
	DESK_NUMBER_DOWN,
	DESK_DUE
}; /* the first: nothing asked */

struct desk_filter {
	struct opt_int unit; /* unknown: all of the site */
	struct str state;    /* empty, "open", "late" (open and overdue), or the code of a state */
	int year;	     /* of receipt; 0: any */
	struct str number;   /* begins so; empty: any */
	/* "open" and "late" come by due day whatever is asked; open states do if nothing is. */
	enum desk_order order;
};
/* What state may be: codes and their labels, in the order of a list to choose from. */
size_t desk_states(const struct str **codes, const struct str **labels);

/* *next: empty if this is the last page. */
NODISCARD bool desk_page(struct ctx *ctx, const struct desk_filter *filter, struct str place,
			 size_t max, struct request **out, size_t *count, struct str *next,
			 struct err *err);
#endif
