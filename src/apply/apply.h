/*
 * apply.h - the citizen's side of a request: a draft that survives, sending it
 * once, and following it with number and query code. 条例第二十九条, 第三十一条.
 *
 * Nobody needs an account. A draft is found by a random cookie, lies sealed, and
 * is erased with its files some days after it was last saved. Sending
 * registers the request, its applicant and its files in one transaction.
 */
#ifndef APPLY_APPLY_H
#define APPLY_APPLY_H

#include "attachment/attachment.h"
#include "jobs/jobs.h"
#include "reply/reply.h"

/*
 * What the law leaves open, for the whole site; the initial values are ours. What is sent over the
 * internet is received on the day both sides have confirmed it (Art. 31 (3)).
 */
enum apply_confirm {
	APPLY_CONFIRM_SENDING, /* by sending within the hours, else on the next working day */
	APPLY_CONFIRM_HAND,    /* by an officer; what waits too long: apply_waiting */
	APPLY_CONFIRMS
};
struct apply_setting {
	int draft_days; /* a form is kept after it was last saved */
	int opens_h, closes_h; /* working hours, in China; closes_h not included */
	enum apply_confirm confirm;
};
enum {
	APPLY_DRAFT_DAYS = 14, /* until set otherwise */
	APPLY_DRAFT_DAYS_MAX = 90,
	APPLY_OPENS_H = 9,
	APPLY_CLOSES_H = 18,
};
struct str apply_confirm_code(enum apply_confirm c);
struct str apply_confirm_label(enum apply_confirm c);
bool apply_confirm_from(struct str code, enum apply_confirm *out);
NODISCARD bool apply_setting_of(struct ctx *ctx, struct apply_setting *out, struct err *err);
/* Event "apply.set". ERR_INVALID with the field. */
NODISCARD bool apply_set(struct ctx *ctx, const struct apply_setting *in, struct err *err);

enum {
	APPLY_RECEIPT_S = 60 * 60,    /* the query code is shown again this long, then never */
	APPLY_SESSION_S = 2 * 60 * 60,
};

/* What a form holds, as it was typed. The names are those of the fields of the pages. */
enum apply_field {
	APPLY_CONTENT,
	APPLY_UNIT, /* code of the unit that is asked */
	APPLY_CLASS,
	APPLY_NAME,
	APPLY_DOCUMENT,
	APPLY_DOCUMENT_NO,
	APPLY_PHONE,
	APPLY_EMAIL,
	APPLY_ADDRESS,
	APPLY_POSTCODE,
	APPLY_CONTACT_PERSON,
	APPLY_AGENT_NAME,
	APPLY_AGENT_DOCUMENT_NO,
	APPLY_FORM,
	APPLY_WAY,
	APPLY_FIELD_COUNT
};
extern const char *const apply_field_names[APPLY_FIELD_COUNT];

/* One page each, in this order. */
enum apply_step {
	APPLY_ASK,
	APPLY_WHO,
	APPLY_IDENTITY,
	APPLY_CONTACT,
	APPLY_AGENT,
	APPLY_RECEIVE,
	APPLY_FILES,
	APPLY_STEP_COUNT
};
/* The step a field is asked for in. */
enum apply_step apply_step_of(enum apply_field f);

struct apply_draft {
	int64_t id;
	struct str token; /* of the cookie */
	struct str texts[APPLY_FIELD_COUNT];
	/* Once sent: everything else is gone. code is empty after APPLY_RECEIPT_S. */
	struct request_id sent;
	struct str code;
};

/* A token nobody knows is none: *found false. */
NODISCARD bool apply_find(struct ctx *ctx, struct str token, struct apply_draft *out, bool *found,
			  struct err *err);
NODISCARD bool apply_begin(struct ctx *ctx, struct apply_draft *out, struct err *err);
NODISCARD bool apply_save(struct ctx *ctx, const struct apply_draft *d, struct err *err);
NODISCARD bool apply_erase(struct ctx *ctx, const struct apply_draft *d, struct err *err);
/* ERR_INVALID with the field that is wrong or missing. */
NODISCARD bool apply_check(struct ctx *ctx, const struct apply_draft *d, enum apply_step step,
			   struct err *err);
/* The first step that is not in order yet; APPLY_STEP_COUNT: ready to be sent. */
NODISCARD bool apply_next(struct ctx *ctx, const struct apply_draft *d, enum apply_step *next,
			  struct err *err);
/*
 * Registers it. In working hours of a working day both sides have confirmed it
 * with that (Art. 31 (3)); otherwise it is confirmed on the next working day by
 * apply_on_hour, if nobody did it before. Sending a sent draft again changes nothing.
 */
NODISCARD bool apply_send(struct ctx *ctx, struct apply_draft *d, struct err *err);

/* Shows number and code; *token of a session if they fit. A write. */
NODISCARD bool apply_enter(struct ctx *ctx, struct str number, struct str code, struct str remote,
			   enum code_verdict *verdict, struct str *token, struct err *err);
NODISCARD bool apply_session(struct ctx *ctx, struct str token, struct request_id *id, bool *found,
			     struct err *err);
NODISCARD bool apply_leave(struct ctx *ctx, struct str token, struct err *err);

/*
 * What its applicant may see and take: the files it uploaded itself, and those enclosed in the
 * reply once that was served. Nothing else that lies with the case, whoever added it.
 */
NODISCARD bool apply_files(struct ctx *ctx, struct request_id id, struct attachment **out,
			   size_t *count, struct err *err);
/* One of those; for every other file ERR_NOT_FOUND "attachment.none", as if it were not there. */
NODISCARD bool apply_file(struct ctx *ctx, struct request_id id, struct attachment_id file,
			  struct attachment *out, struct err *err);
/* The reply that was served last, so that its letter may be shown; found false: none was. */
NODISCARD bool apply_served(struct ctx *ctx, struct request_id id, struct reply *out, bool *found,
			    struct err *err);

/* Up to the last day of its correction: after it the office asks why (Art. 30). */
bool apply_in_time(const struct request *r, struct date today);
/* By the applicant: the draft of a reply ends with it, and the letter 撤回申请确认书 is sent. */
NODISCARD bool apply_withdraw(struct ctx *ctx, const struct request *r, struct err *err);

/*
 * The letters that were served on it, oldest first: what it was told on the way, and the answer
 * once it was served. *under_way: an answer is signed and not served yet.
 */
struct reply_letter;
NODISCARD bool apply_letters(struct ctx *ctx, struct request_id id, struct reply_letter **out,
			     size_t *count, bool *under_way, struct err *err);
/* One of those; for every other letter ERR_NOT_FOUND "letter.none". */
NODISCARD bool apply_letter(struct ctx *ctx, struct request_id id, struct letter_id letter,
			    struct letter *out, struct err *err);
/* What may be done against the answer served last, as its letter says it; empty: none was. */
NODISCARD bool apply_remedy(struct ctx *ctx, struct request_id id, struct str *out,
			    struct err *err);

/* When and how a request sent here was confirmed; *found false for those of other channels. */
struct apply_receipt {
	int64_t submitted_at;
	struct opt_int confirmed_at;
	struct str method; /* in words */
};
NODISCARD bool apply_receipt_of(struct ctx *ctx, struct request_id id, struct apply_receipt *out,
				bool *found, struct err *err);

/*
 * Requests sent here whose receipt nobody has confirmed for more than a working day: a court may
 * take the day of sending. Oldest first; unit unknown: the whole site.
 */
NODISCARD bool apply_waiting(struct ctx *ctx, struct opt_int unit, size_t max,
			     struct request_id **out, size_t *count, struct err *err);

/* Listener of "clock.hour": confirms what waits for a working day, erases old drafts. */
NODISCARD bool apply_on_hour(struct ctx *ctx, const struct job *job, struct err *err);
#endif
