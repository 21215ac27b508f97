/*
 * fee.h - 信息处理费 (条例第四十二条, 国办函〔2020〕109号): which request of the month it is, how
 * much that comes to, and the notice.
 *
 * Charging is the agency's choice (可以). For each request it picks one tariff, never both; what
 * it comes to is computed here and nowhere typed. The days — sent, arrived, paid within 20
 * working days, or lapsed — are steps of the request (request/request.h). There was no fee
 * before 2021-01-01.
 */
#ifndef FEE_FEE_H
#define FEE_FEE_H

#include "fee/tariff.h"
#include "letter/letter.h"
#include "request/request.h"

/* ---- what a unit has settled where the 办法 leaves it open */

enum { FEE_HOW_BYTES = 600, FEE_SHEET_PAGES_MAX = 16 };
struct fee_practice {
	enum fee_kind kind;  /* offered first; by piece where nothing was settled */
	bool ended_count;    /* withdrawn, or given up for want of a correction: counted still */
	bool quantity_counts; /* a request charged by its pages has a place in the month, too */
	int sheet_pages;     /* pages that one side larger than A4 counts for */
	struct str pay_how;  /* 缴纳方式, as it stands in the notice */
};
NODISCARD bool fee_practice_of(struct ctx *ctx, struct unit_id unit, struct fee_practice *out,
			       struct err *err);
NODISCARD bool fee_set_practice(struct ctx *ctx, struct unit_id unit,
				const struct fee_practice *in, struct err *err);

/*
 * ---- the place of a request among those of the same applicant at the same agency in the natural
 * month of its receipt, by day and register number.
 */
struct fee_place {
	bool known;	 /* false: nobody knows who asks (a register without, or erased) */
	int64_t number;	 /* this one is the number-th */
	int64_t total;	 /* of the month until now */
	struct date month; /* its first day */
};
NODISCARD bool fee_place_of(struct ctx *ctx, const struct request *r, struct fee_place *out,
			    struct err *err);
/* Those of the month that count, in their order, the first `max` of them. */
struct fee_counted {
	struct request_id id;
	struct str number;
	struct date received_on;
	enum request_state state;
	struct opt_int fen; /* charged already */
};
NODISCARD bool fee_month(struct ctx *ctx, const struct request *r, size_t max,
			 struct fee_counted **out, size_t *count, struct err *err);

/* ---- computing and charging */

struct fee_wish {
	enum fee_kind kind;
	int64_t number; /* by piece, where the place is not known: as the register has it; else 0 */
	int64_t pages, sheets; /* by quantity: sides up to A4, and larger ones */
	struct date on;	       /* of the notice */
	struct opt_date delivered_on;
};
struct fee_sum {
	struct fee_work work;
	int64_t quantity; /* which of the month, or pages in all */
	struct fee_practice practice;
	struct fee_place place;
};
/*
 * ERR_CONFLICT "fee.none_yet" before 2021, "fee.nothing_due" where the first band asks for
 * nothing, "fee.looked_at" for the pages of information that is only looked at on the spot;
 * ERR_INVALID "fee.number_needed", "fee.number_counted", "fee.no_pages".
 */
NODISCARD bool fee_compute(struct ctx *ctx, const struct request *r, const struct fee_wish *wish,
			   struct fee_sum *out, struct err *err);
/* VERB_CHARGE with what was computed, and the notice as a draft. */
NODISCARD bool fee_charge(struct ctx *ctx, struct request_id id, const struct fee_wish *wish,
			  struct letter_id *notice, struct err *err);
/*
 * Money given back by the rules of 政府非税收入: once, at most what was paid. The period of the
 * request is not touched. Appends "fee.refund".
 */
NODISCARD bool fee_refund(struct ctx *ctx, struct request_id id, struct date on, int64_t fen,
			  struct str reason, struct err *err);

/* ---- what has become of it */

enum fee_state {
	FEE_STATE_SENT,    /* the notice is on its way: its last day is not known yet */
	FEE_STATE_DUE,     /* it has arrived, the 20 working days run */
	FEE_STATE_LATE,    /* they are over; the request is to be closed */
	FEE_STATE_PAID,
	FEE_STATE_LAPSED,  /* not paid: the request is no longer handled */
	FEE_STATE_DROPPED, /* the request ended otherwise before it was paid, by withdrawal */
	FEE_STATES,
};
struct str fee_state_code(enum fee_state s);
struct str fee_state_label(enum fee_state s);
bool fee_state_from(struct str code, enum fee_state *out);
struct fee {
	struct request_id request;
	struct str number; /* of the request */
	struct request_fee facts;
	bool has_kind; /* false: of a register that did not say */
	enum fee_kind kind;
	enum fee_state state; /* as of ctx->today */
};
NODISCARD bool fee_of(struct ctx *ctx, struct request_id id, struct fee *out, bool *found,
		      struct err *err);
/* How a charged fee was computed, in one sentence; empty where it was charged elsewhere. */
struct str fee_working(struct arena *a, const struct fee *fee);
/* 第12件, 120页 */
struct str fee_quantity_text(struct arena *a, const struct fee *fee);

struct fee_filter {
	struct opt_int unit; /* unknown: the whole site */
	struct opt_int state; /* an enum fee_state */
	int year;	      /* of the notice; 0: any */
};
/* Newest notice first. after: "day id" of the row the last page ended with; empty: from the top. */
NODISCARD bool fee_list(struct ctx *ctx, const struct fee_filter *f, struct str after, size_t max,
			struct fee **out, size_t *count, struct str *next, struct err *err);
struct fee_totals {
	int64_t notices, charged; /* fen */
	int64_t paid_count, paid, refunded;
};
NODISCARD bool fee_totals_of(struct ctx *ctx, const struct fee_filter *f, struct fee_totals *out,
			     struct err *err);

/*
 * ---- for whoever asked: what to pay, until when, how; and what may be done against it. found
 * false: nothing was charged. Until the notice has arrived, pay_until is unknown.
 */
struct fee_notice {
	bool awaited;	   /* to be paid now */
	enum fee_state state;
	struct str yuan;   /* 1100.00 */
	struct str basis;  /* by which tariff and how it was computed; may be empty */
	struct str how;	   /* 缴纳方式 */
	struct date told_on;
	struct opt_date pay_until, paid_on, refunded_on;
	struct str says;   /* the law's words about paying, in one or two sentences */
	struct str remedy; /* what may be done against it */
};
NODISCARD bool fee_notice_of(struct ctx *ctx, const struct request *r, struct fee_notice *out,
			     bool *found, struct err *err);
#endif
