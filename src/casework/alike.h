/*
 * alike.h - requests that ask for the same: by one person again (条例第三十六条第六项), or
 * by several (第四十四条第一款: may then be published for all).
 *
 * Two texts are as alike as their sets of pairs of characters overlap. Sixteen bands of
 * four min-hashes each find candidates through an index; the score of each candidate is
 * then exact. What is found is evidence for a person to judge, never a decision. Only
 * requests to the same unit are compared: what another agency answered is no repeat.
 *
 * The index is a view of request.content, filled after the commit by a job; ids rise, so a
 * job catches up from the last one it has seen, whoever added what lies between.
 */
#ifndef CASEWORK_ALIKE_H
#define CASEWORK_ALIKE_H

#include "casework/casework.h"

enum {
	ALIKE_SHOWN = 50, /* hundredths: shown as alike */
	ALIKE_SAME = 60,  /* asks for the same [design] */
	ALIKE_MAX = 10,	  /* kept of one request */
};
/* 0 .. 100. Pure. */
int alike_score(struct arena *a, struct str left, struct str right);

struct alike {
	struct request_id id;
	int score;
};
/* Of a text that is no request yet; best first. Reads only, at a bounded cost. */
NODISCARD bool alike_search(struct ctx *ctx, struct unit_id unit, struct str text,
			    struct alike **out, size_t *count, struct err *err);
/* Of a request, as indexed; best first. */
NODISCARD bool alike_of(struct ctx *ctx, struct request_id id, struct alike **out, size_t *count,
			struct err *err);
/* Indexes up to max requests; *more: some are left. */
NODISCARD bool alike_catch_up(struct ctx *ctx, size_t max, bool *more, struct err *err);
/* Forgets the index and makes it again from all requests; what was settled stays. *indexed: all. */
NODISCARD bool alike_rebuild(struct ctx *ctx, size_t *indexed, struct err *err);
/*
 * Listener of "request.registered", "clock.hour" and "alike.more": its own, for what did not go
 * into one transaction.
 */
NODISCARD bool alike_on_job(struct ctx *ctx, const struct job *job, struct err *err);

/* ---- 条例第四十四条 */

enum hint_state { HINT_OPEN, HINT_PUBLISHED, HINT_KEPT };
struct hint {
	struct request_id topic; /* the first request that asked for it */
	struct unit_id unit;
	int64_t requests;
	int64_t applicants; /* different known ones */
	int64_t unknown;    /* requests without a known applicant */
	enum hint_state state;
	struct str reason;
};
/* Does it concern the request? At least two applicants, or what may be two. */
NODISCARD bool hint_of(struct ctx *ctx, struct request_id id, struct hint *out, bool *found,
		       struct err *err);
/* Open ones of a unit, oldest topic first. */
NODISCARD bool hint_list(struct ctx *ctx, struct unit_id unit, int64_t after, size_t max,
			 struct hint **out, size_t *count, struct err *err);
/* The unit has published it, or does not, and says why. */
NODISCARD bool hint_settle(struct ctx *ctx, struct request_id topic, enum hint_state state,
			   struct str reason, struct err *err);
#endif
