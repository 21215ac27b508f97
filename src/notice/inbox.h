/*
 * inbox.h - the mail that comes in: taken once, threaded, and kept until somebody has settled it.
 *
 * A mail is a fact: sealed, with its files in attachment/ under the subject "mail". Where it
 * belongs is told by the address it was sent to (notice/post.h), else by the message it answers;
 * a report of a mail server finds the notice it is about. All else lies in the pen of the unit
 * that has the mailbox (the root) until a clerk assigns it, registers it as a request, hands it
 * to another unit or puts it away with a reason.
 *
 * No mail moves a clock: a clerk does, by the steps of the case. What a machine answers is told
 * apart (`automatic`), so that nobody takes an absence note for a correction.
 */
#ifndef NOTICE_INBOX_H
#define NOTICE_INBOX_H

#include "notice/notice.h"
#include "notice/post.h"
#include "office/mail.h"

struct inbox_id { int64_t n; };
enum inbox_state { INBOX_PEN, INBOX_ASSIGNED, INBOX_DISCARDED, INBOX_REPORT, INBOX_STATE_COUNT };
enum inbox_how {
	INBOX_UNKNOWN,
	INBOX_BY_TOKEN,	 /* the address of the case */
	INBOX_BY_THREAD, /* it answers a message of the case */
	INBOX_BY_CLERK,
	INBOX_REGISTERED, /* it became a request */
	INBOX_HOW_COUNT
};
struct str inbox_state_code(enum inbox_state s);
struct str inbox_state_label(enum inbox_state s);
bool inbox_state_from(struct str code, enum inbox_state *out);
struct str inbox_how_code(enum inbox_how h);
struct str inbox_how_label(enum inbox_how h);

/* ---- taking */

struct inbox_new {
	struct str content; /* as it lay in the mailbox: for its digest */
	const struct mail *mail; /* NULL: it could not be read */
	int64_t at;		 /* when it came; never after ctx->now */
};
/*
 * Only inside a transaction. The same message again is the one that is there: known. Files that
 * attachment/ refuses are left out and told. Adds the job "mail.came".
 */
NODISCARD bool inbox_take(struct ctx *ctx, const struct notice_settings *s,
			  const struct inbox_new *in, struct inbox_id *id, bool *known,
			  struct err *err);

/* ---- one mail */

struct inbox_mail {
	struct inbox_id id;
	enum inbox_state state;
	enum inbox_how how;
	struct unit_id unit;
	struct str subject_kind; /* empty in the pen */
	int64_t subject_id;
	int64_t received_at;
	struct str sender, sender_name, subject, text; /* empty once erased */
	struct str left_out; /* a line for each file that was not kept, and why */
	bool automatic, cut;
	struct opt_int notice; /* of a report */
	struct str diagnostic; /* and what it says */
	struct str proposal_kind, proposal_why; /* "number", "sender" */
	int64_t proposal_id;
	struct str reason, person; /* of whoever settled it */
	struct opt_int settled_at, erased_at;
};
NODISCARD bool inbox_find(struct ctx *ctx, struct inbox_id id, struct inbox_mail *out,
			  struct err *err); /* ERR_NOT_FOUND "notice.no_mail" */
/* Newest first; before: the last id of the page before, or 0. unit unknown: the whole site. */
NODISCARD bool inbox_list(struct ctx *ctx, enum inbox_state state, struct opt_int unit,
			  int64_t before, size_t max, struct inbox_mail **out, size_t *count,
			  struct err *err);
NODISCARD bool inbox_of_subject(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
				size_t max, struct inbox_mail **out, size_t *count,
				struct err *err);
/* In the pen. unit unknown: of the whole site. */
NODISCARD bool inbox_pen_count(struct ctx *ctx, struct opt_int unit, int64_t *count,
			       struct err *err);

/* ---- settling. Each appends an event to what the mail belongs to. */

/* What the program thinks it belongs to; only in the pen, no event. */
NODISCARD bool inbox_propose(struct ctx *ctx, struct inbox_id id, const char *kind,
			     int64_t subject_id, const char *why, struct err *err);
/* The unit of its case has changed, or was not known when it came. No event. */
NODISCARD bool inbox_set_unit(struct ctx *ctx, struct inbox_id id, struct unit_id unit,
			      struct err *err);
struct inbox_assign {
	const char *kind; /* "request" */
	int64_t subject_id;
	struct unit_id unit; /* of the case */
	enum inbox_how how;  /* INBOX_BY_CLERK or INBOX_REGISTERED */
	struct str reason;   /* needed when it was settled otherwise before */
};
/* ERR_CONFLICT "notice.mail_there" if it belongs to that case already. */
NODISCARD bool inbox_assign(struct ctx *ctx, struct inbox_id id, const struct inbox_assign *in,
			    struct err *err);
/* Out of the pen: what is no matter of ours. ERR_CONFLICT "notice.mail_settled". */
NODISCARD bool inbox_discard(struct ctx *ctx, struct inbox_id id, struct str reason,
			     struct err *err);
/* From one unit's pen to another's. */
NODISCARD bool inbox_forward(struct ctx *ctx, struct inbox_id id, struct unit_id unit,
			     struct str reason, struct err *err);

/* Erases senders, texts and files of mails older than keep_days; the rows stay. */
NODISCARD bool inbox_erase_old(struct ctx *ctx, int64_t keep_days, struct err *err);
/* The same with those of one case, whatever their age. */
NODISCARD bool inbox_erase_of(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			      struct err *err);
#endif
