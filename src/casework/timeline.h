/*
 * timeline.h - what happened to a request, as sentences read from its ledger.
 *
 * An act of another room is told here too, by a row of verb_names; one without a row
 * appears under its code, which is how it is missed.
 */
#ifndef CASEWORK_TIMELINE_H
#define CASEWORK_TIMELINE_H

#include "dispute/bundle.h"
#include "request/request.h"

/* The words of a request's events, units by name; and of one verb: empty if it has none here. */
NODISCARD bool timeline_words(struct ctx *ctx, struct history_words *out, struct err *err);
struct str timeline_verb(struct str verb);

/* Oldest first. */
NODISCARD bool timeline_load(struct ctx *ctx, struct request_id id, struct history_line **out,
			     size_t *count, struct err *err);
/* The same for a bundle of a proceeding about the request; nothing if it names none. */
NODISCARD bool timeline_for_bundle(struct ctx *ctx, const struct dispute *d,
				   struct bundle_options *o, struct err *err);
#endif
