/*
 * desk.h - lists of requests as officers look through them: the register, filtered and
 * in the order they ask for; the queues, by due day. A page at a time, by keys.
 *
 * A page is told by the place where the one before it ended, a text for a URL that
 * only this file reads; a place that is none begins from the start. Every list is one
 * stretch of an index, and counts stop at DESK_COUNT_MAX: a register of a million
 * answers as fast as one of ten.
 */
#ifndef CASEWORK_DESK_H
#define CASEWORK_DESK_H

#include "casework/casework.h"

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

/* How many open ones each open state would show with the rest of the filter as it is. */
struct desk_facet {
	struct str state, label;
	int64_t count; /* at most DESK_COUNT_MAX */
};
NODISCARD bool desk_facets(struct ctx *ctx, const struct desk_filter *filter,
			   struct desk_facet **out, size_t *count, struct err *err);

/* ---- queues */

enum desk_queue {
	QUEUE_MINE,	 /* open, the person's */
	QUEUE_UNCLAIMED, /* open, nobody's */
	QUEUE_OPEN,	 /* open, whoever's */
	QUEUE_YELLOW,
	QUEUE_LATE, /* red and black */
	QUEUE_RED,
	QUEUE_BLACK,
	QUEUE_UNFILED,	 /* answered, to be served or filed; needs a unit */
	QUEUE_CLOSED,	 /* in a year; needs a unit and a year, as do the next two */
	QUEUE_CLOSED_LATE,
	QUEUE_CLOSED_IN_TIME,
	DESK_QUEUE_COUNT
};
struct str desk_queue_code(enum desk_queue queue);
struct str desk_queue_label(enum desk_queue queue);
bool desk_queue_from(struct str code, enum desk_queue *out);

struct queue_filter {
	enum desk_queue queue;
	struct opt_int
		unit; /* unknown: all of the site; MINE, UNCLAIMED and the last four have one */
	struct account_id person; /* of MINE */
	int year;
};
NODISCARD bool desk_queue_page(struct ctx *ctx, const struct queue_filter *f, struct str place,
			       size_t max, struct request **out, size_t *count, struct str *next,
			       struct err *err);

/* There are this many, or more: beyond it a list is long, and the board has the exact figures. */
enum { DESK_COUNT_MAX = 100 };
struct desk_counts {
	int64_t of[DESK_QUEUE_COUNT]; /* of a year's closed ones: 0, they are not counted here */
	int64_t tasks, orders;	      /* open ones, asked of and sent to the unit */
	struct opt_date next;	      /* the first due day among those of the person */
};
/* unit unknown: the site; what needs a unit is then 0. */
NODISCARD bool desk_counts(struct ctx *ctx, struct opt_int unit, struct account_id person,
			   struct desk_counts *out, struct err *err);

/* What the first page names, and no more: each up to the same bound. */
struct desk_first_counts {
	int64_t mine, unclaimed; /* of a unit */
	int64_t urgent;		 /* late, or due soon */
};
NODISCARD bool desk_first_counts(struct ctx *ctx, struct opt_int unit, struct account_id person,
				 struct desk_first_counts *out, struct err *err);

/* Open ones, and those of them that are late: each up to the same bound. */
NODISCARD bool desk_open_counts(struct ctx *ctx, struct opt_int unit, int64_t *open, int64_t *late,
				struct err *err);

/* What each person of a unit has, and what nobody has (account 0). */
struct desk_load {
	struct account_id id;
	struct str person;
	int64_t open, late, soon;
	struct opt_date next;
};
NODISCARD bool desk_workload(struct ctx *ctx, struct unit_id unit, struct desk_load **out,
			     size_t *count, struct err *err);
#endif
