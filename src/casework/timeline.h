/*
 * timeline.h - what happened to a request, as sentences read from its ledger.
 *
 * An act of another room is told here too, by a row of verb_names; one without a row
 * appears under its code, which is how it is missed.
 */
#ifndef CASEWORK_TIMELINE_H
#define CASEWORK_TIMELINE_H

#include "request/request.h"

enum { TIMELINE_MAX = 500 };
struct timeline_line {
	int64_t at;
	struct str who, what, reason;
};
/* Oldest first. */
NODISCARD bool timeline_load(struct ctx *ctx, struct request_id id, struct timeline_line **out,
			     size_t *count, struct err *err);
#endif
