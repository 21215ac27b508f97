/*
 * found.h - what is public already and may answer a question before it is asked.
 *
 * Two kinds today: answers told to all (answer.h) and published annual reports; a slice that
 * publishes something else adds its kind here. A text and an item are as near as the share of pairs
 * of signs (text/pairs.h) that the shorter of the two has in common with the other. What somebody
 * typed is compared and not kept.
 */
#ifndef APPLY_FOUND_H
#define APPLY_FOUND_H

#include "apply/answer.h"

enum found_source { FOUND_ANSWER, FOUND_REPORT, FOUND_SOURCES };
struct found {
	enum found_source source;
	int64_t ref;
	struct str title, excerpt, href, unit_name;
	struct unit_id unit;
	struct date public_on;
	int score; /* 0 .. 100 */
};
enum {
	FOUND_SHOWN = 30, /* listed by a search */
	FOUND_NEAR = 50,  /* put before somebody who is about to ask [design] */
	FOUND_FEW = 3,	  /* and at most as many */
	FOUND_MAX = 20,
};
struct str found_source_code(enum found_source s);
struct str found_source_label(enum found_source s);
bool found_source_from(struct str code, enum found_source *out);

/* Best first; of items at least as near as least. Reads only, at a bounded cost. */
NODISCARD bool found_search(struct ctx *ctx, struct str text, int least, size_t max,
			    struct found **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND "apply.not_public" of what is not public, or no longer. */
NODISCARD bool found_item(struct ctx *ctx, enum found_source source, int64_t ref,
			  struct found *out, struct err *err);

/*
 * It answered somebody's question: one request less. visitor: a keyed hash; each counts an item
 * once, and FOUND_VISITOR_MAX items in all. Event "apply.avoid".
 */
enum { FOUND_VISITOR_MAX = 10 };
NODISCARD bool found_answered(struct ctx *ctx, struct str visitor, const struct found *item,
			      struct err *err);
/* And then it did not after all: the visitor's form was sent. */
NODISCARD bool found_asked_after_all(struct ctx *ctx, struct str visitor, struct request_id sent,
				     struct err *err);

/* The index of public answers from nothing; *changed: how many were put into it. */
NODISCARD bool found_rebuild(struct ctx *ctx, size_t *changed, struct err *err);
/* answer.c's: one of it. */
NODISCARD bool found_index(struct ctx *ctx, const struct answer *a, struct err *err);
NODISCARD bool found_forget(struct ctx *ctx, struct answer_id id, struct err *err);
#endif
