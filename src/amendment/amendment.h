/*
 * amendment.h - 更正: correcting a record about oneself. 条例第四十一条.
 *
 * Whoever can show that an agency's record about themselves is wrong may ask for
 * its correction. The agency that may correct it examines it, corrects it if that
 * is true, and tells the applicant; another agency passes it on and says so, or
 * says where to go. It is no request for disclosure: it has numbers of its own, no
 * line in table 三, and no limit by law. A unit settles within how many working
 * days it answers.
 *
 * Who asks is an identity; what is written is sealed and stands in the ledger by
 * commitment. Permission is the caller's; a stale version is ERR_CONFLICT
 * "amendment.changed_meanwhile", an act out of turn "amendment.not_now".
 */
#ifndef AMENDMENT_AMENDMENT_H
#define AMENDMENT_AMENDMENT_H

#include "request/request.h"

enum { AMENDMENT_DAYS = 20, AMENDMENT_DAYS_MAX = 200, AMENDMENT_TEXT_BYTES = 20000 };

struct amendment_id { int64_t n; };
enum amendment_state {
	AMENDMENT_OPEN,
	AMENDMENT_DRAFTED, /* the letter is written, to be signed */
	AMENDMENT_DECIDED, /* signed, to be served */
	AMENDMENT_CLOSED,
	AMENDMENT_STATE_COUNT
};
enum amendment_result {
	AMENDMENT_UNDECIDED,
	AMENDMENT_CORRECTED,	/* 审核属实，予以更正 */
	AMENDMENT_REFUSED,	/* 审核不属实 */
	AMENDMENT_TRANSFERRED, /* 转送有权更正的机关 */
	AMENDMENT_REFERRED,	/* 告知向有权更正的机关提出 */
	AMENDMENT_WITHDRAWN,
	AMENDMENT_RESULT_COUNT
};
struct str amendment_state_label(enum amendment_state s);
struct str amendment_state_code(enum amendment_state s);
struct str amendment_result_label(enum amendment_result r);
struct str amendment_result_code(enum amendment_result r); /* UNDECIDED: empty */
bool amendment_result_from(struct str code, enum amendment_result *out);

struct amendment {
	struct amendment_id id;
	struct str number;
	struct unit_id unit;
	enum request_channel channel;
	struct identity_id applicant;
	struct date received_on;
	struct opt_date due_on; /* unknown past the published calendar */
	struct str record, wrong, evidence;
	enum amendment_state state;
	enum amendment_result result;
	struct str finding, target;
	struct opt_int target_unit, origin, letter;
	struct opt_date decided_on, closed_on;
	struct opt_int erased_at; /* its time of keeping was over: words and applicant are gone */
	int64_t version;
};

struct amendment_new {
	struct unit_id unit;
	enum request_channel channel;
	struct identity_id applicant;
	struct date received_on;
	struct str record, wrong, evidence; /* all needed: Art. 41 asks for evidence */
	struct str form_id;		    /* sending the same form twice registers once */
	struct opt_int origin;
};
/* ERR_INVALID with the field record, wrong, evidence or received_on. */
NODISCARD bool amendment_register(struct ctx *ctx, const struct amendment_new *in,
				  struct amendment_id *id, struct err *err);
/* A query code, told once; an earlier one ends. Only a keyed hash is kept. */
NODISCARD bool amendment_code_make(struct ctx *ctx, struct amendment_id id, struct str *code,
				   struct err *err);
/* A wrong number and a wrong code are one answer: *found false. */
NODISCARD bool amendment_by_code(struct ctx *ctx, struct str number, struct str code,
				 struct amendment *out, bool *found, struct err *err);

enum { AMENDMENT_SESSION_S = 2 * 60 * 60 };
/*
 * Shows number and code: *token of a session if they fit. Wrong tries of an address are counted
 * with those of requests. A write.
 */
NODISCARD bool amendment_enter(struct ctx *ctx, struct str number, struct str code,
			       struct str remote, enum code_verdict *verdict, struct str *token,
			       struct err *err);
/* A session without number and code, for whoever has just sent the form. */
NODISCARD bool amendment_open_session(struct ctx *ctx, struct amendment_id id, struct str *token,
				      struct err *err);
NODISCARD bool amendment_session(struct ctx *ctx, struct str token, struct amendment *out,
				 bool *found, struct err *err);
NODISCARD bool amendment_leave(struct ctx *ctx, struct str token, struct err *err);
/* The letter that was served on its applicant; found false: not yet. */
struct letter;
NODISCARD bool amendment_served(struct ctx *ctx, const struct amendment *a, struct letter *out,
				bool *found, struct err *err);

struct amendment_edit { struct amendment_id id; int64_t version; };
struct amendment_finding {
	enum amendment_result result; /* not UNDECIDED, not WITHDRAWN */
	struct str finding; /* what was found; needed to refuse */
	struct str target;  /* to transfer or refer: the agency that may correct it … */
	struct opt_int target_unit; /* … or a unit of this site, which then has it by itself */
};
/* Drafts the letter; one drafted before is discarded. ERR_INVALID finding, target. */
NODISCARD bool amendment_draft(struct ctx *ctx, struct amendment_edit at,
			       const struct amendment_finding *in, struct err *err);
/*
 * Signs: the letter is issued, unless its own page did. Transferred to a unit of this site, it is
 * registered there with its papers, from the same day.
 */
NODISCARD bool amendment_issue(struct ctx *ctx, struct amendment_edit at, struct date on,
			       struct err *err);
NODISCARD bool amendment_serve(struct ctx *ctx, struct amendment_edit at, struct date on,
			       struct err *err);
NODISCARD bool amendment_withdraw(struct ctx *ctx, struct amendment_edit at, struct err *err);

/* ERR_NOT_FOUND "amendment.none". */
NODISCARD bool amendment_find(struct ctx *ctx, struct amendment_id id, struct amendment *out,
			      struct err *err);
/* What a transferred one became at the unit of this site that got it. */
NODISCARD bool amendment_passed_on(struct ctx *ctx, const struct amendment *a,
				   struct amendment *out, bool *found, struct err *err);
/* Newest first; before: the id the last page ended with, 0 for the first. unit unknown: all. */
NODISCARD bool amendment_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			      struct amendment **out, size_t *count, struct err *err);

/*
 * Its words, papers, letters and mails are gone for good, and the code opens nothing; the applicant
 * is the caller's, who knows what else it has asked for. Erasing twice is harmless.
 */
NODISCARD bool amendment_erase(struct ctx *ctx, struct amendment_id id, struct str words,
			       struct str reason, struct err *err);

NODISCARD bool amendment_days_of(struct ctx *ctx, struct unit_id unit, int *days, struct err *err);
/* ERR_INVALID with the field days. */
NODISCARD bool amendment_set_days(struct ctx *ctx, struct unit_id unit, int days, struct err *err);
#endif
