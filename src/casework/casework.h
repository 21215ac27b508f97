/*
 * casework.h - the desk's side of a request: who has it, what others owe to it, how
 * late it is, and what supervisors see. No step of the law is taken here: those are
 * verbs of the rooms above, and this one may know them all.
 *
 * Who has a case (承办人) is a person of its unit, or nobody: then it lies in the
 * unit's pool until somebody claims it. Every change appends an event to the ledger
 * of the request in the same transaction. Free texts (remarks, questions, answers)
 * may name persons: the ledger holds a commitment to them.
 */
#ifndef CASEWORK_CASEWORK_H
#define CASEWORK_CASEWORK_H

#include "account/account.h"
#include "request/request.h"

enum {
	CASE_TEXT_BYTES = 8000, /* a remark, a question, an answer, a letter of supervision */
	CASE_REASON_BYTES = 1000,
	CASE_PEOPLE_MAX = 500, /* of one unit */
	CASE_NOTES_MAX = 200,  /* shown of one case */
	CASE_TASKS_MAX = 100,  /* of one case */
};

/* ---- who has it */

struct case_person {
	struct account_id id; /* 0: nobody */
	struct str person;
	struct str role;
};
/* Those of a unit who may have cases (PERM_REQUEST_WRITE), by name. */
NODISCARD bool case_people(struct ctx *ctx, struct unit_id unit, struct case_person **out,
			   size_t *count, struct err *err);
NODISCARD bool case_handler(struct ctx *ctx, struct request_id id, struct case_person *out,
			    struct err *err);
/* Nobody has it, and now the actor does. ERR_CONFLICT "casework.taken" if somebody was faster. */
NODISCARD bool case_claim(struct ctx *ctx, struct request_id id, struct err *err);
/*
 * Gives it to somebody of the unit. What another person has is taken away only by
 * those who may decide (PERM_REQUEST_DECIDE): ERR_FORBIDDEN "casework.not_your_case".
 * reason may be empty when nobody had it.
 */
NODISCARD bool case_assign(struct ctx *ctx, struct request_id id, struct account_id to,
			   struct str reason, struct err *err);
/* Back into the pool. A reason is needed. */
NODISCARD bool case_return(struct ctx *ctx, struct request_id id, struct str reason,
			   struct err *err);
/*
 * Leave or absence: all open cases of a person of the actor's unit at once, to another or (to 0)
 * into the pool. At most CASE_HAND_OVER_MAX in one transaction; *left says how many remain.
 */
enum { CASE_HAND_OVER_MAX = 1000 };
NODISCARD bool case_hand_over(struct ctx *ctx, struct account_id from, struct account_id to,
			      struct str reason, int64_t *moved, int64_t *left, struct err *err);
/* The checks of the three verbs without doing anything: what stands against it, in err. */
NODISCARD bool case_may_claim(struct ctx *ctx, const struct request *r, struct err *err);
NODISCARD bool case_may_assign(struct ctx *ctx, const struct request *r, struct account_id to,
			       struct str reason, struct err *err);
NODISCARD bool case_may_return(struct ctx *ctx, const struct request *r, struct str reason,
			       struct err *err);

/* ---- remarks and reminders */

struct case_note {
	int64_t at;
	struct str person, text;
	bool reminder;
};
NODISCARD bool case_note_add(struct ctx *ctx, struct request_id id, struct str text,
			     struct err *err);
/* To whoever has the case: stands with the remarks and in the ledger. Open cases only. */
NODISCARD bool case_remind(struct ctx *ctx, struct request_id id, struct str text, struct err *err);
/* Newest first. */
NODISCARD bool case_notes(struct ctx *ctx, struct request_id id, struct case_note **out,
			  size_t *count, struct err *err);

/* ---- cards: how near or late the reply is. Thresholds are ours, not the law's: settings. */

enum case_card { CARD_NONE, CARD_YELLOW, CARD_RED, CARD_BLACK };
struct str case_card_code(enum case_card card); /* yellow … ; empty for none */
struct str case_card_label(enum case_card card);
struct card_limits {
	int yellow_days; /* working days before the due day, which counts */
	int black_days;	 /* natural days after it */
};
enum { CARD_YELLOW_DAYS = 5, CARD_BLACK_DAYS = 30, CARD_DAYS_MAX = 200 }; /* until set */
NODISCARD bool case_card_limits(struct ctx *ctx, struct card_limits *out, struct err *err);
NODISCARD bool case_card_set_limits(struct ctx *ctx, const struct card_limits *in, struct err *err);
/* The limits as days of today's calendar; pure comparison from here on. */
struct card_days {
	struct date today;
	struct date yellow_until; /* due from today up to here: yellow */
	struct date black_before; /* due before this: black */
};
NODISCARD bool case_card_days(struct ctx *ctx, struct card_days *out, struct err *err);
/* Of an open case; none if its clock stands. */
enum case_card case_card_of(const struct card_days *days, struct opt_date due);
/*
 * The listener of "clock.hour": once a day it issues the cards that are due, one event for each
 * card and due day, and reminds of what was asked of other units.
 */
NODISCARD bool case_on_hour(struct ctx *ctx, const struct job *job, struct err *err);

/* ---- what is asked of other units, or offices of the own */

struct task_id {
	int64_t n;
};
struct case_task {
	struct task_id id;
	struct request_id request;
	struct unit_id asking, unit;
	struct str office, question, salt, asked_person, answer, answered_person;
	struct date asked_on, due_on;
	struct opt_date answered_on, withdrawn_on, reminded_on;
	int reminders;
	int64_t version;
};
struct task_new {
	struct request_id request;
	struct unit_id unit;
	struct str office, question;
	struct date due_on;
};
/* Of an open case of the actor's unit; the day not after the reply is due. */
NODISCARD bool task_ask(struct ctx *ctx, const struct task_new *in, struct task_id *id,
			struct err *err);
/* By the unit that was asked, once. */
NODISCARD bool task_answer(struct ctx *ctx, struct task_id id, struct str answer, struct err *err);
/* By the unit that asked; of those without an answer. Once a day. */
/*
 * What goes with the answer, before it or after: by the unit that was asked, until the request is
 * closed. Files are attachments of TASK_SUBJECT.
 */
#define TASK_SUBJECT "case_task"
NODISCARD bool task_attach(struct ctx *ctx, struct task_id id, struct str file_name,
			   struct str content, struct err *err);
NODISCARD bool task_remind(struct ctx *ctx, struct task_id id, struct err *err);
NODISCARD bool task_withdraw(struct ctx *ctx, struct task_id id, struct str reason,
			     struct err *err);
NODISCARD bool task_find(struct ctx *ctx, struct task_id id, struct case_task *out,
			 struct err *err);
NODISCARD bool task_list(struct ctx *ctx, struct request_id id, struct case_task **out,
			 size_t *count, struct err *err);
/* Open ones by due day: asked of a unit, or asked by it. */
enum task_side { TASK_ASKED_OF, TASK_ASKED_BY };
struct task_place {
	struct str due; /* ISO day, or empty: from the start */
	int64_t id;
};
NODISCARD bool task_list_open(struct ctx *ctx, struct unit_id unit, enum task_side side,
			      struct task_place after, size_t max, struct case_task **out,
			      size_t *count, struct err *err);
/* All that were asked of a unit, newest first. */
NODISCARD bool task_list_all(struct ctx *ctx, struct unit_id unit, int64_t before, size_t max,
			     struct case_task **out, size_t *count, struct err *err);

/* ---- 督办 (条例第四十七条第一款: 督促整改) */

struct order_id {
	int64_t n;
};
struct case_order {
	struct order_id id;
	int year, serial;
	struct unit_id unit;
	struct opt_int request;
	struct str text, salt, issued_person, answer, answered_person;
	struct date issued_on, due_on;
	struct opt_date answered_on, closed_on;
	int64_t version;
};
struct order_new {
	struct unit_id unit; /* of the request, if there is one */
	struct opt_int request;
	struct str text;
	struct date due_on;
};
struct str order_number(struct arena *a, const struct case_order *o); /* 督办, year and serial */
NODISCARD bool order_issue(struct ctx *ctx, const struct order_new *in, struct order_id *id,
			   struct err *err);
/* By the unit. A later answer replaces one that was sent back. */
NODISCARD bool order_answer(struct ctx *ctx, struct order_id id, struct str answer,
			    struct err *err);
/* By a supervisor: the answer is enough, or it is sent back with a new day. */
NODISCARD bool order_close(struct ctx *ctx, struct order_id id, struct err *err);
NODISCARD bool order_send_back(struct ctx *ctx, struct order_id id, struct date due_on,
			       struct str reason, struct err *err);
NODISCARD bool order_find(struct ctx *ctx, struct order_id id, struct case_order *out,
			  struct err *err);
/* Newest first. unit unknown: all of the site. */
NODISCARD bool order_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			  struct case_order **out, size_t *count, struct err *err);
NODISCARD bool order_list_of(struct ctx *ctx, struct request_id id, struct case_order **out,
			     size_t *count, struct err *err);
#endif
