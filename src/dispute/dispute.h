/*
 * dispute.h - 行政复议 and 行政诉讼 about a request, and what they became: table 四.
 *
 * A proceeding is counted by outcome in the year it is concluded, and as
 * 尚未审结 in every year at whose end it was open. A request that went to
 * reconsideration and then to court is two proceedings. What belongs to one
 * beside its counted facts (notice to answer, hearings, papers) is dossier.h.
 */
#ifndef DISPUTE_DISPUTE_H
#define DISPUTE_DISPUTE_H

#include "reply/reply.h"

struct dispute_id { int64_t n; };
enum dispute_route {
	DISPUTE_RECONSIDERATION,
	DISPUTE_LITIGATION_DIRECT,
	DISPUTE_LITIGATION_AFTER,
	DISPUTE_ROUTE_COUNT
};
enum dispute_outcome { DISPUTE_UPHELD, DISPUTE_CORRECTED, DISPUTE_OTHER, DISPUTE_OUTCOME_COUNT };
/* What the unit owes next. */
enum dispute_next {
	DISPUTE_NEXT_NONE,
	DISPUTE_NEXT_ANSWER,
	DISPUTE_NEXT_HEARING,
	DISPUTE_NEXT_REDO
};

enum {
	DISPUTE_CASE_NO_BYTES = 200,
	DISPUTE_TEXT_BYTES = 2000, /* a result, a reason, a place, a title */
};

struct dispute_open {
	struct unit_id unit;
	struct opt_int request; /* id of the request, if it is on this site */
	enum dispute_route route;
	struct str case_no;	/* of the organ or court; unique with route */
	struct str organ;
	struct date accepted_on;
	struct opt_int earlier; /* the reconsideration that a suit follows */
};
/* ERR_INVALID "dispute.no_earlier" unless that is one of the same unit, before such a suit. */
NODISCARD bool dispute_open(struct ctx *ctx, const struct dispute_open *in, struct dispute_id *id,
			    struct err *err);
NODISCARD bool dispute_conclude(struct ctx *ctx, struct dispute_id id, enum dispute_outcome outcome,
				struct str result, struct date concluded_on, struct err *err);
/*
 * result: what the decision said (维持, 驳回, 撤销, 变更, 确认违法, 责令履行, 终止, 撤诉, 调解
 * …) -> outcome by annual-report.md 6.15.
 */
bool dispute_outcome_of(struct str result, enum dispute_outcome *out);
struct str dispute_route_code(enum dispute_route r);
struct str dispute_route_label(enum dispute_route r);
struct str dispute_outcome_code(enum dispute_outcome o);
struct str dispute_outcome_label(enum dispute_outcome o);
struct str dispute_next_code(enum dispute_next n);  /* empty for none */
struct str dispute_next_label(enum dispute_next n);
bool dispute_route_from(struct str code_or_label, enum dispute_route *out);
bool dispute_outcome_from(struct str code_or_label, enum dispute_outcome *out);

struct dispute {
	struct dispute_id id;
	struct unit_id unit;
	struct opt_int request;
	enum dispute_route route;
	struct str case_no, organ, result;
	struct date accepted_on;
	bool concluded;
	enum dispute_outcome outcome;
	struct opt_date concluded_on;
	bool simplified;	 /* 简易程序 of a reconsideration */
	struct opt_int earlier;	 /* the reconsideration that a suit follows */
	struct opt_date received_on, answer_due, answered_on;
	bool redo;		 /* the decision orders a new answer … */
	struct opt_date redo_until; /* … by this day, if it names one */
	struct opt_int redo_reply;
	bool redo_done;		 /* the new answer is signed */
	bool voided;		 /* registered by mistake: counted nowhere */
	enum dispute_next next;
	struct opt_date next_on; /* unknown: nothing is owed, or no day is set for it */
	struct opt_int erased_at; /* its time of keeping was over: people and papers are gone */
	int64_t version;
	int64_t changed_seq;	 /* ledger position of the last change of a counted fact */
};
NODISCARD bool dispute_find(struct ctx *ctx, struct dispute_id id, struct dispute *out,
			    struct err *err);
NODISCARD bool dispute_by_case_no(struct ctx *ctx, enum dispute_route route, struct str case_no,
				  struct dispute *out, bool *found, struct err *err);
/*
 * Newest first, of one unit or all; before: the id the last page ended with, 0 for the first
 * page.
 */
NODISCARD bool dispute_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			    struct dispute **out, size_t *count, struct err *err);
/* Of one request, oldest first, without those registered by mistake. */
NODISCARD bool dispute_of_request(struct ctx *ctx, struct request_id request, struct dispute **out,
				  size_t *count, struct err *err);

/* ---- lists: a page at a time, by keys */

enum dispute_which { WHICH_OPEN, WHICH_DUE, WHICH_LATE, WHICH_CONCLUDED, WHICH_ALL, WHICH_COUNT };
struct str dispute_which_code(enum dispute_which w);
struct str dispute_which_label(enum dispute_which w);
bool dispute_which_from(struct str code, enum dispute_which *out);
enum dispute_order { ORDER_NEWEST, ORDER_CASE_UP, ORDER_CASE_DOWN };
struct dispute_filter {
	struct opt_int unit; /* unknown: all of the site */
	enum dispute_which which; /* DUE and LATE come by day, whatever order is asked for */
	enum dispute_order order;
	bool one_route;
	enum dispute_route route;
};
/* place: where the page before ended, of its *next; empty for the first. *next empty: the last. */
NODISCARD bool dispute_page(struct ctx *ctx, const struct dispute_filter *f, struct str place,
			    size_t max, struct dispute **out, size_t *count, struct str *next,
			    struct err *err);
enum { DISPUTE_COUNT_MAX = 100 }; /* there are this many, or more */
struct dispute_counts { int64_t due, late; };
NODISCARD bool dispute_count(struct ctx *ctx, struct opt_int unit, struct dispute_counts *out,
			     struct err *err);
NODISCARD bool dispute_count_due(struct ctx *ctx, struct opt_int unit, int64_t *due,
				   struct err *err);
#endif
