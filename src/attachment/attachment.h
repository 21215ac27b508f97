/*
 * attachment.h - files that people bring: papers that say who they are, an
 * authority, what belongs to a request, an opinion, a proof.
 *
 * Each content is kept once, sealed, under its SHA-256; a link says what it
 * belongs to. It is only ever handed out as a download with the name and the
 * type found here (attachment_serve), never shown in the page.
 */
#ifndef ATTACHMENT_ATTACHMENT_H
#define ATTACHMENT_ATTACHMENT_H

#include "attachment/type.h"
#include "db/ctx.h"

struct attachment_id {
	int64_t n;
};

/* What a file is for. Papers of identity are personal data: each opening of one is recorded. */
enum attachment_purpose {
	ATTACHMENT_IDENTITY,   /* 身份证明 */
	ATTACHMENT_AUTHORITY,  /* 授权委托书 */
	ATTACHMENT_REQUEST,    /* 申请的附件 */
	ATTACHMENT_CORRECTION, /* 补正材料 */
	ATTACHMENT_REASONS,    /* 说明理由 */
	ATTACHMENT_OPINION,    /* 第三方、其他机关的意见 */
	ATTACHMENT_PROOF,      /* 送达、缴费凭证 */
	ATTACHMENT_REPLY,      /* 随答复提供的信息 */
	ATTACHMENT_OTHER,
	ATTACHMENT_PURPOSE_COUNT
};
struct str attachment_purpose_code(enum attachment_purpose p);
struct str attachment_purpose_label(enum attachment_purpose p);
bool attachment_is_personal(enum attachment_purpose p);

/*
 * Who brought a file. What an applicant may take back with number and code hangs on it: only what
 * it uploaded itself. Paper that a clerk files for an applicant is not that.
 */
enum attachment_bringer {
	BROUGHT_BY_APPLICANT, /* over the web, in its own name */
	BROUGHT_ON_PAPER,     /* the applicant's, kept by an officer */
	BROUGHT_BY_AGENCY,
	BROUGHT_BY_THIRD_PARTY,
	BROUGHT_BY_OTHER_AGENCY,
	BROUGHT_BY_MAIL, /* with a mail, whoever wrote it */
	BROUGHT_BY_COUNT
};
struct str attachment_bringer_label(enum attachment_bringer b);

struct attachment_new {
	const char *subject_kind; /* "request", "draft", "reply" …, as in the ledger */
	int64_t subject_id;
	enum attachment_purpose purpose;
	struct str file_name, content;
	enum attachment_bringer who;
};
struct attachment {
	struct attachment_id id;
	struct str subject_kind;
	int64_t subject_id;
	enum attachment_purpose purpose;
	enum attachment_bringer who;
	struct str file_name, sha256;
	enum attachment_type type;
	int64_t bytes, added_at;
	struct str content; /* attachment_read only */
};

/*
 * Errors of attachment_check, and ERR_LIMIT "attachment.too_many", "attachment.too_much" of one
 * subject; all with the field `file`. The same file of the same subject and purpose again is the
 * one that is there. Appends "attachment.add" to the subject (without the name), but not to drafts.
 */
NODISCARD bool attachment_add(struct ctx *ctx, const struct attachment_new *in,
			      struct attachment_id *id, struct err *err);
NODISCARD bool attachment_list(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			       struct attachment **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND "attachment.none". Whether somebody may have it is the caller's to ask. */
NODISCARD bool attachment_find(struct ctx *ctx, struct attachment_id id, struct attachment *out,
			       struct err *err);
NODISCARD bool attachment_read(struct ctx *ctx, struct attachment_id id, struct attachment *out,
			       struct err *err);
/* Of one subject only; its content goes with the last link to it. */
NODISCARD bool attachment_remove(struct ctx *ctx, struct attachment_id id, struct err *err);
/* All files of a draft become those of what it was sent as; "attachment.add" is appended there. */
NODISCARD bool attachment_move(struct ctx *ctx, const char *from_kind, int64_t from_id,
			       const char *to_kind, int64_t to_id, struct err *err);
/*
 * Appends "attachment.look" with why, before a personal paper is handed out; ERR_INVALID
 * "attachment.no_reason" with the field `why`.
 */
NODISCARD bool attachment_note_look(struct ctx *ctx, const struct attachment *a, struct str why,
				    struct err *err);
#endif
