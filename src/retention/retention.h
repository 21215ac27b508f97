/*
 * retention.h - what is kept of people, and for how long. 个人信息保护法第四十七条.
 *
 * Three kinds of records, each with a number of years that a site settles: requests, proceedings
 * about them (table 四), corrections of records (Art. 41). That long after one ended, its people,
 * papers, letters, mails and the words people wrote are erased. A request is counted from its
 * filing and not before its archive's own period is over; one archived for good is never due, nor
 * one that a proceeding still needs. Proceedings about one request, and a suit with the
 * reconsideration before it, stay together until the last is due.
 *
 * Numbers, days, results and figures stay as they were, and so does the ledger, which held only
 * commitments. No law names the years: until a site settles them, nothing is ever erased.
 */
#ifndef RETENTION_RETENTION_H
#define RETENTION_RETENTION_H

#include "amendment/amendment.h"
#include "dispute/dispute.h"

enum { RETENTION_YEARS_MAX = 100 };

enum retention_kind {
	RETENTION_REQUEST,
	RETENTION_DISPUTE,
	RETENTION_AMENDMENT,
	RETENTION_KIND_COUNT
};
struct retention_rule {
	const char *code;  /* as in the ledger, and on the command line */
	const char *field; /* of the form and of the event */
	struct str label, from, advice; /* of what; counted from when; how many years to settle */
};
const struct retention_rule *retention_rule(enum retention_kind kind);
bool retention_kind_from(struct str code, enum retention_kind *out);

/* Of each kind; 0: off. */
struct retention_years { int of[RETENTION_KIND_COUNT]; };
NODISCARD bool retention_years(struct ctx *ctx, struct retention_years *out, struct err *err);
/* ERR_INVALID with the field of the rule. Appends one "retention.settle" if anything changed. */
NODISCARD bool retention_settle(struct ctx *ctx, const struct retention_years *years,
				struct err *err);

struct retention_case {
	enum retention_kind kind;
	int64_t id;
	struct str number;
	struct unit_id unit;
	struct identity_id applicant; /* of a request or a correction, if it is known */
	struct date ended_on, due_on;
};
/* What is due as of ctx->today, in order of id, after one (0: from the first); at most max. */
NODISCARD bool retention_due(struct ctx *ctx, enum retention_kind kind, int64_t after, size_t max,
			     struct retention_case **out, size_t *count, struct err *err);
/* What erasing one would take away. */
struct retention_preview {
	size_t files, letters, mails;
	bool applicant; /* a person who is in no other record that stays */
};
NODISCARD bool retention_preview(struct ctx *ctx, const struct retention_case *c,
				 struct retention_preview *out, struct err *err);
/*
 * Erases what is due, at most max cases; each appends "request.erase", "dispute.erase" or
 * "amendment.erase".
 */
NODISCARD bool retention_run(struct ctx *ctx, enum retention_kind kind, size_t max, size_t *erased,
			     struct err *err);
#endif
