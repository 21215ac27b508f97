/*
 * seal.h - one pass over what lies in clear from before its column was sealed.
 *
 * Statements seal what they write and read both (db/sealed.h), so a text of an earlier release
 * would stay in clear until somebody changes it. The pass takes table after table, a stretch in a
 * transaction, and remembers where it stands; after the last table nothing is done any more. What
 * is asked for has a pass of its own (request_seal_all): imports bring it in clear again and again.
 */
#ifndef RETENTION_SEAL_H
#define RETENTION_SEAL_H

#include "jobs/jobs.h"

/* How many tables the pass has still to look at; 0: it is through. */
NODISCARD bool seal_left(struct ctx *ctx, size_t *left, struct err *err);
/* All at once, from the first table on: for `gongkai rebuild`. *changed: rows sealed. */
NODISCARD bool seal_before(struct ctx *ctx, size_t *changed, struct err *err);
/*
 * A stretch, and the next as a job of its own: the listener of "clock.hour" and "retention.seal".
 * The last appends "site.sealed".
 */
NODISCARD bool seal_on_job(struct ctx *ctx, const struct job *job, struct err *err);
#endif
