/*
 * notice.h - what leaves the office, and the mail that comes back.
 *
 * A notice (mail or SMS) is a fact: its row is written in the transaction of what
 * it tells of, and it leaves after the commit, from the jobs thread, outside of any
 * transaction. It leaves at least once, with a Message-ID (or key) that is the same
 * at every attempt. Every attempt, the other side's answer, a bounce and giving up
 * are events on the subject's history (notice.sent, notice.failed, notice.refused,
 * notice.bounced, notice.give_up); the chain holds a commitment to the address,
 * never the address. Address and text are erased after the time of keeping.
 *
 * Service of a letter (送达, Art. 40) is proved by the room of the letter; what it
 * may rely on here is notice.state and the answer of the receiving server.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "agency/agency.h"
#include "db/ctx.h"
#include "jobs/jobs.h"

struct notice_id { int64_t n; };
enum notice_way { NOTICE_MAIL, NOTICE_SMS };
enum notice_state {
	NOTICE_WAITING,
	NOTICE_SENT,	 /* the next server has taken it over and said so */
	NOTICE_REFUSED,	 /* for good: there is no such mailbox … */
	NOTICE_BOUNCED,	 /* taken over, and come back later */
	NOTICE_GIVEN_UP, /* JOB_ATTEMPTS times nobody took it */
	NOTICE_STATE_COUNT
};
struct str notice_state_code(enum notice_state s);
struct str notice_state_label(enum notice_state s);

/* ---- sending */

struct notice_file { struct str name, type, content; };
struct notice_new {
	struct unit_id unit;	  /* on whose behalf */
	const char *subject_kind; /* as in the ledger: "request"; NULL: a message of its own */
	int64_t subject_id;
	struct str why;		  /* 登记回执, 补正告知 …: what it is, for the desk */
	struct str to;		  /* address, or for SMS the number */
	struct str subject, text; /* SMS: text alone */
	const struct notice_file *files;
	size_t files_count;
	bool answerable; /* Reply-To is the address of the case: an answer finds its way */
	bool held;	 /* its files follow: it waits for notice_release */
};
/*
 * Only inside a transaction. ERR_INVALID "notice.bad_address" or "notice.bad_number" with field
 * "email" or "phone"; ERR_LIMIT "notice.too_large" over LIMIT_NOTICE_FILES bytes of files.
 */
NODISCARD bool notice_mail(struct ctx *ctx, const struct notice_new *in, struct notice_id *id,
			   struct err *err);
NODISCARD bool notice_sms(struct ctx *ctx, const struct notice_new *in, struct notice_id *id,
			  struct err *err);
/* The files of one that was held; it now leaves. Harmless if it has been released. */
NODISCARD bool notice_release(struct ctx *ctx, struct notice_id id, const struct notice_file *files,
			      size_t count, struct err *err);
/* One address as mail servers take it: local@domain in ASCII, at most 254 bytes. */
bool notice_address_ok(struct str address);
/* 11 digits of a mobile number, or + and 8 to 15 digits. */
bool notice_number_ok(struct str number);

/*
 * The same once more, as a new notice to the same address: for one that was refused, bounced or
 * given up. ERR_CONFLICT "notice.not_failed", "notice.erased".
 */
NODISCARD bool notice_resend(struct ctx *ctx, struct notice_id id, struct notice_id *again,
			     struct err *err);

struct notice {
	struct notice_id id;
	enum notice_way way;
	enum notice_state state;
	struct unit_id unit;
	struct str subject_kind;
	int64_t subject_id;
	struct str why, subject, text;
	struct str to; /* empty once erased */
	int64_t created_at, attempts;
	struct opt_int last_at, erased_at, resent_as;
	struct str answer; /* 250 2.0.0 Ok: queued as 4FX…; without addresses */
	bool answerable, held;
	struct str message_id; /* left of the @ */
};
NODISCARD bool notice_find(struct ctx *ctx, struct notice_id id, struct notice *out,
			   struct err *err);
/* Newest first; before: the last id of the page before, or 0. unit unknown: the whole site. */
NODISCARD bool notice_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			   struct notice **out, size_t *count, struct err *err);
/* In one state. unit unknown: the whole site. */
NODISCARD bool notice_list_state(struct ctx *ctx, enum notice_state state, struct opt_int unit,
				 int64_t before, size_t max, struct notice **out, size_t *count,
				 struct err *err);
NODISCARD bool notice_of_subject(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
				 size_t max, struct notice **out, size_t *count, struct err *err);
struct notice_counts { int64_t waiting, failed, oldest_waiting_at; };
NODISCARD bool notice_count(struct ctx *ctx, struct notice_counts *out, struct err *err);

/*
 * The listener of topic "notice.send": three steps (jobs/jobs.h); its world is notice/post.h's.
 * The end of a notice (sent, refused, bounced, given up) is told by the topic "notice.ended".
 */
extern const struct job_outside notice_sending;

/* Erases addresses and texts of notices older than keep_days; the rows stay. */
NODISCARD bool notice_erase_old(struct ctx *ctx, int64_t keep_days, struct err *err);
/* The same with those of one case, whatever their age. */
NODISCARD bool notice_erase_of(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			       struct err *err);
#endif
