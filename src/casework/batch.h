/*
 * batch.h - one act upon many cases: looked at first, then done to all that allow it.
 *
 * The preview and the run ask the same rules, case by case; what does not allow the act
 * is left as it is, with the sentence that says why. Nothing is skipped in silence, and
 * the result of each case is kept.
 */
#ifndef CASEWORK_BATCH_H
#define CASEWORK_BATCH_H

#include "casework/casework.h"

enum { BATCH_MAX = 100, BATCH_KEPT_DAYS = 90 };
enum batch_act {
	BATCH_ASSIGN,
	BATCH_RETURN,
	BATCH_REMIND,
	BATCH_PROPOSE_EXTENSION,
	BATCH_FILE,
	BATCH_ORDER,
	BATCH_ACT_COUNT
};
struct str batch_act_code(enum batch_act act);
struct str batch_act_label(enum batch_act act);
bool batch_act_from(struct str code, enum batch_act *out);
enum permission batch_act_permission(enum batch_act act);

struct batch {
	enum batch_act act;
	const struct request_id *ids; /* at most BATCH_MAX */
	size_t count;
	struct account_id to;	   /* assign */
	struct str reason;	   /* assign, return, propose extension */
	struct str text;	   /* remind, order */
	int days;		   /* propose extension */
	struct str archive_prefix; /* file: before the registration number */
	struct date due_on;	   /* order */
};
struct batch_line {
	struct request_id request;
	struct str number;
	bool good;	   /* will be done; was done */
	struct str result; /* a sentence */
};
/* What would become of each case. Reads only. */
NODISCARD bool batch_preview(struct ctx *ctx, const struct batch *in, struct batch_line **out,
			     struct err *err);
/* Does it, keeps the lines, and says under which id. */
NODISCARD bool batch_run(struct ctx *ctx, const struct batch *in, int64_t *id, struct err *err);

struct batch_done {
	enum batch_act act;
	struct str person;
	int64_t at, account;
	struct batch_line *lines;
	size_t count, good;
};
/* ERR_NOT_FOUND "casework.no_batch". */
NODISCARD bool batch_find(struct ctx *ctx, int64_t id, struct batch_done *out, struct err *err);
#endif
