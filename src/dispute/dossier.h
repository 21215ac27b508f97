/*
 * dossier.h - one proceeding as the unit goes through it: the notice to answer and its clock,
 * who acts, hearings, papers, the new answer that a decision orders; and putting right what was
 * registered wrongly.
 *
 * Every verb takes the version its officer saw (0: whichever it is): ERR_CONFLICT
 * "dispute.changed_meanwhile". Each appends an event to the ledger of the dispute in the same
 * transaction; counted facts as they were go to dispute_history, so that figures as of an
 * earlier day stay. Names and titles are kept beside the chain. Permission is the caller's.
 */
#ifndef DISPUTE_DOSSIER_H
#define DISPUTE_DOSSIER_H

#include "attachment/attachment.h"
#include "dispute/dispute.h"
#include "ledger/history.h"

struct dispute_edit {
	struct dispute_id id;
	int64_t version;
};

/*
 * ---- days to answer. The numbers are taken from general knowledge of the law, not from a text
 * among the project's sources: they are settings of the site with these beginnings.
 */
struct dispute_rule {
	const char *code;
	struct str label, basis;
	bool court, simplified;
	struct opt_date from, until; /* of the notice's receipt; until is the last day of it */
	int days;
	bool working; /* working days; else natural ones */
};
enum { DISPUTE_RULES = 4 };
NODISCARD bool dispute_rules(struct ctx *ctx, struct dispute_rule out[DISPUTE_RULES],
			     struct err *err);
/*
 * Counts every open answer again. ERR_NOT_FOUND "dispute.no_rule", ERR_INVALID
 * "dispute.rule_days".
 */
NODISCARD bool dispute_set_rule(struct ctx *ctx, struct str code, int days, bool working,
				struct str reason, struct err *err);
/* The listener of "calendar.loaded". */
NODISCARD bool dispute_on_calendar(struct ctx *ctx, const struct job *job, struct err *err);
/*
 * The clock of the answer with every day's reason, and the rule it follows. ERR_CONFLICT
 * "dispute.not_received" before the notice; ERR_LIMIT "calendar.not_published".
 */
NODISCARD bool dispute_clock(struct ctx *ctx, const struct dispute *d, struct period_result *out,
			     struct dispute_rule *rule, struct err *err);

/* ---- the way of a proceeding */

/* The notice to answer came, with the copy of the claim. */
NODISCARD bool dispute_receive(struct ctx *ctx, struct dispute_edit at, struct date on,
			       bool simplified, struct err *err);
/* 答复书, 答辩状 and the evidence were handed in. Late is recorded, not refused. */
NODISCARD bool dispute_answer(struct ctx *ctx, struct dispute_edit at, struct date on,
			      struct err *err);
struct dispute_end {
	struct str result; /* the column of table 四 follows: ERR_INVALID "dispute.unclear" */
	struct date on;
	bool redo;
	struct opt_date redo_until;
};
NODISCARD bool dispute_end(struct ctx *ctx, struct dispute_edit at, const struct dispute_end *in,
			   struct err *err);
/*
 * Answering anew, as the decision orders: opens the next round of the reply, with the decision as
 * its cause. The first answer's line in table 三 stays, and the request is not counted again.
 * ERR_CONFLICT "dispute.no_redo", "dispute.no_request", "dispute.redo_begun".
 */
NODISCARD bool dispute_reopen(struct ctx *ctx, struct dispute_edit at, struct reply_id *id,
			      struct err *err);

/* ---- putting right, always with a reason */

struct dispute_correction {
	enum dispute_route route;
	struct str case_no, organ;
	struct date accepted_on;
	struct opt_int request, earlier;
	struct opt_date received_on, answered_on;
	bool simplified;
};
NODISCARD bool dispute_correct(struct ctx *ctx, struct dispute_edit at,
			       const struct dispute_correction *in, struct str reason,
			       struct err *err);
/* The result was registered wrongly: open again. ERR_CONFLICT "dispute.redo_begun" after that. */
NODISCARD bool dispute_undo_end(struct ctx *ctx, struct dispute_edit at, struct str reason,
				struct err *err);
/* Registered by mistake: counted nowhere from now on, kept in the ledger. Its number is free. */
NODISCARD bool dispute_void(struct ctx *ctx, struct dispute_edit at, struct str reason,
			    struct err *err);

/* ---- hearings */

enum hearing_kind {
	HEARING_TRIAL,	   /* 开庭 */
	HEARING_HEARING,   /* 听证 */
	HEARING_INQUIRY,   /* 询问、听取意见 */
	HEARING_MEDIATION, /* 调解 */
	HEARING_READING,   /* 宣判 */
	HEARING_KIND_COUNT
};
enum hearing_state { HEARING_PLANNED, HEARING_HELD, HEARING_CANCELLED, HEARING_STATE_COUNT };
struct str hearing_kind_code(enum hearing_kind k);
struct str hearing_kind_label(enum hearing_kind k);
bool hearing_kind_from(struct str code_or_label, enum hearing_kind *out);
struct str hearing_state_code(enum hearing_state s);
struct str hearing_state_label(enum hearing_state s);
struct hearing_id { int64_t n; };
struct hearing {
	struct hearing_id id;
	struct dispute_id dispute;
	enum hearing_kind kind;
	struct date day;
	struct str time, place, attended; /* time: HH:MM, or empty */
	enum hearing_state state;
	int sequence; /* rises with every change */
};
struct hearing_new {
	enum hearing_kind kind;
	struct date day;
	struct str time, place;
};
NODISCARD bool hearing_add(struct ctx *ctx, struct dispute_edit at, const struct hearing_new *in,
			   struct hearing_id *id, struct err *err);
/* Of a planned one only: ERR_CONFLICT "dispute.hearing_over". */
NODISCARD bool hearing_move(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
			    const struct hearing_new *in, struct str reason, struct err *err);
NODISCARD bool hearing_cancel(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
			      struct str reason, struct err *err);
NODISCARD bool hearing_hold(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
			    struct str attended, struct err *err);
NODISCARD bool hearing_find(struct ctx *ctx, struct hearing_id id, struct hearing *out,
			    struct err *err);
/* Of one proceeding, by day. */
NODISCARD bool hearing_list(struct ctx *ctx, struct dispute_id id, struct hearing **out,
			    size_t *count, struct err *err);
/* Planned ones from a day on, of all open proceedings or a unit's: for calendars. */
NODISCARD bool hearing_planned(struct ctx *ctx, struct opt_int unit, struct date from, size_t max,
			       struct hearing **out, size_t *count, struct err *err);

/* ---- who acts for the unit */

enum person_role { PERSON_ADVISER, PERSON_LAWYER, PERSON_STAFF, PERSON_HEAD, PERSON_ROLE_COUNT };
struct str person_role_code(enum person_role r);
struct str person_role_label(enum person_role r);
bool person_role_from(struct str code_or_label, enum person_role *out);
struct dispute_person {
	int64_t id;
	enum person_role role;
	struct str name, contact;
	struct date since;
	struct opt_date until;
};
NODISCARD bool person_add(struct ctx *ctx, struct dispute_edit at, enum person_role role,
			  struct str name, struct str contact, struct err *err);
NODISCARD bool person_end(struct ctx *ctx, struct dispute_edit at, int64_t person,
			  struct str reason, struct err *err);
NODISCARD bool person_list(struct ctx *ctx, struct dispute_id id, struct dispute_person **out,
			   size_t *count, struct err *err);

/* ---- papers */

enum paper_kind {
	PAPER_NOTICE,	 /* 答复通知书、应诉通知书 */
	PAPER_CLAIM,	 /* 复议申请书、起诉状 */
	PAPER_ANSWER,	 /* 答复书、答辩状 */
	PAPER_EVIDENCE,
	PAPER_BASIS,	 /* 规范性文件等依据 */
	PAPER_AUTHORITY, /* 委托书、负责人身份证明 */
	PAPER_RECORD,	 /* 笔录 */
	PAPER_DECISION,	 /* 决定书、裁判文书 */
	PAPER_OTHER,
	PAPER_KIND_COUNT
};
struct str paper_kind_code(enum paper_kind k);
struct str paper_kind_label(enum paper_kind k);
bool paper_kind_from(struct str code_or_label, enum paper_kind *out);
/* Claims and authorities name the person who applied or those who act. */
bool paper_is_personal(enum paper_kind k);
struct paper {
	int64_t id;
	struct attachment_id attachment; /* 0: erased */
	enum paper_kind kind;
	struct str title, sha256, person, file_name;
	struct date day;
	struct opt_date withdrawn_on;
};
struct paper_new {
	enum paper_kind kind;
	struct str title; /* empty: the kind's name */
	struct date day;
	struct str file_name, content;
};
/* Errors of attachment_add too. */
NODISCARD bool paper_add(struct ctx *ctx, struct dispute_edit at, const struct paper_new *in,
			 struct err *err);
NODISCARD bool paper_withdraw(struct ctx *ctx, struct dispute_edit at, int64_t paper,
			      struct str reason, struct err *err);
NODISCARD bool paper_list(struct ctx *ctx, struct dispute_id id, struct paper **out, size_t *count,
			  struct err *err);

/*
 * People, papers, letters and mails are gone for good; outcome, days and figures stay, and nothing
 * can be changed any more: ERR_CONFLICT "dispute.erased". Erasing twice is harmless.
 */
NODISCARD bool dispute_erase(struct ctx *ctx, struct dispute_id id, struct str words,
			     struct str reason, struct err *err);

/* ---- what happened, as sentences */

extern const struct history_words dispute_words;
/* Oldest first. */
NODISCARD bool dispute_history(struct ctx *ctx, struct dispute_id id, struct history_line **out,
			       size_t *count, struct err *err);
#endif
