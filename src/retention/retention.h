/*
 * retention.h - what is kept of people, and for how long. 个人信息保护法第四十七条.
 *
 * A site may settle a number of years. That long after a case was filed (or closed,
 * where nothing was filed), and not before its archive's own period is over, the
 * applicant, the papers it brought and the words people wrote are erased; one that is
 * archived for good is never due. Number, days, decision and figures stay as they were,
 * and so does the ledger, which held only commitments. No law names the number of years:
 * until a site settles one, nothing is ever erased.
 */
#ifndef RETENTION_RETENTION_H
#define RETENTION_RETENTION_H

#include "request/request.h"

enum { RETENTION_YEARS_MAX = 100 };

/* 0: off. */
NODISCARD bool retention_years(struct ctx *ctx, int *years, struct err *err);
/* ERR_INVALID with the field years. Appends "retention.settle". */
NODISCARD bool retention_settle(struct ctx *ctx, int years, struct err *err);

struct retention_case {
	struct request_id id;
	struct str number;
	struct unit_id unit;
	struct identity_id applicant;
	struct date ended_on, due_on;
};
/* What is due as of ctx->today, in order of id, after one (0: from the first); at most max. */
NODISCARD bool retention_due(struct ctx *ctx, struct request_id after, size_t max,
			     struct retention_case **out, size_t *count, struct err *err);
/* Erases what is due, at most max cases; each appends "request.erase". */
NODISCARD bool retention_run(struct ctx *ctx, size_t max, size_t *erased, struct err *err);
#endif
