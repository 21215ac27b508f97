/*
 * reply_work.h - one reply loaded for change, and how a change is written; private to
 * src/reply.
 */
#ifndef REPLY_REPLY_WORK_H
#define REPLY_REPLY_WORK_H

#include "ledger/ledger.h"
#include "reply/reply.h"

struct work {
	struct reply reply;
	struct request request;
};

/*
 * The reply at the version its officer saw, with the verb allowed at its stage and the request in
 * hand. ERR_CONFLICT "reply.changed_meanwhile", "reply.not_allowed".
 */
NODISCARD bool work_begin(struct ctx *ctx, struct reply_edit at, enum reply_verb verb,
			  struct work *out, struct err *err);
/* Writes stage, decision, letter, digest; the version rises. changes may be NULL. */
struct work_note {
	const char *verb; /* of the ledger */
	struct str what;  /* in words, for who was slower */
	const struct ledger_change *changes;
	size_t changes_count;
	struct str reason;
};
NODISCARD bool work_end(struct ctx *ctx, struct work *w, const struct work_note *note,
			struct err *err);
/* Tells the request at which stage its reply is: reply_queue. */
NODISCARD bool work_stage(struct ctx *ctx, struct request_id request, enum reply_stage stage,
			  struct err *err);
/* ERR_NOT_FOUND "reply.no_item". */
struct reply_item *work_item(struct work *w, struct reply_item_id id, struct err *err);
/* An event on the request, without a reply being written. */
NODISCARD bool work_record(struct ctx *ctx, struct request_id request,
			   const struct work_note *note, struct err *err);
/* "第1项" and the like, where there is more than one. */
struct str work_position(struct arena *a, int position);
/* Digest of what a letter is merged from: decisions, facts, redactions, enclosures. */
NODISCARD bool work_basis(struct ctx *ctx, const struct reply *reply, struct str *hex,
			  struct err *err);
/* reply_serve.c's, for reply_mail.c. */
NODISCARD bool reply_names_channel(struct ctx *ctx, const struct reply *reply,
				   const struct service_new *in, struct err *err);
NODISCARD bool reply_room_for_service(struct ctx *ctx, struct request_id request, struct err *err);
/* Harmless when told again. */
NODISCARD bool reply_mail_taken(struct ctx *ctx, struct request_id request, int64_t service,
				struct date on, struct str answer, struct err *err);
NODISCARD bool reply_mail_failed(struct ctx *ctx, struct request_id request, int64_t service,
				 struct str why, struct err *err);
/* The letter that tells why the request is closed (终止办理告知书, 撤回确认书): merged, issued. */
NODISCARD bool work_closing_letter(struct ctx *ctx, const struct request *r,
				   const struct reply_closing *in, struct err *err);
#endif
