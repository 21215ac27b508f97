/*
 * reply.h - 答复: the answer to a request, from the first question of the decision
 * aid to the archive. 条例第三十六条至第四十条, 第四十五条.
 *
 * A request has one reply at a time. It holds an item for each thing asked for,
 * each with its own finding, ground and decision (第三十七条), and comes to one
 * decision kind, which is the request's line in table 三. Its stages lie inside
 * 办理中: drafting, a second person, the legal adviser, the signature. Signing
 * issues the letter, gives it its number and decides the request, all in one
 * transaction. After that the reply does not change; a second round follows only
 * a reconsideration or a judgment. Service and filing end the case.
 *
 * Every verb takes the version its officer saw: ERR_CONFLICT
 * "reply.changed_meanwhile" says who was faster, when, and with what. Permission
 * is the caller's. Changes of facts leave events on the subject "request", without
 * the words of applicants, opinions or drafts.
 */
#ifndef REPLY_REPLY_H
#define REPLY_REPLY_H

#include "letter/letter.h"
#include "request/gate.h"

struct reply_id {
	int64_t n;
};
struct reply_item_id {
	int64_t n;
};
enum {
	REPLY_ITEMS_MAX = 40,
	REPLY_FACTS_MAX = 12,	   /* of one kind of decision */
	REPLY_TEXT_BYTES = 20000,  /* of one fact, remark, reason */
	REPLY_OPINION_BYTES = 60000,
	REPLY_REDACTIONS_MAX = 500,
	REPLY_ENCLOSURES_MAX = 50,
	REPLY_SERVICES_MAX = 40,
	/* 归档范围和保管期限表 of an agency says 10 or 30 years or for good; the 条例 nothing. */
	REPLY_YEARS_DEFAULT = 30,
};

/* ---- stages */

enum reply_stage {
	REPLY_DRAFTING,
	REPLY_REVIEW,
	REPLY_ADVICE,
	REPLY_SIGNING,
	REPLY_SIGNED,
	REPLY_DROPPED, /* the request ended otherwise, or the draft was given up */
	REPLY_STAGE_COUNT
};
enum reply_verb {
	REPLY_EDIT,   /* items, aid, facts, redactions, enclosures, the letter's words */
	REPLY_SUBMIT, /* to the first gate that the unit asks for */
	REPLY_RECALL, /* the drafting unit takes it back */
	REPLY_AGREE,  /* the second person */
	REPLY_RETURN, /* reviewer or leader, with a remark */
	REPLY_ADVISE, /* for or against; never blocks, but signing against it needs a reason */
	REPLY_SIGN,
	REPLY_DROP,
	REPLY_VERB_COUNT
};
struct reply_transition {
	enum reply_stage from;
	enum reply_verb verb;
	/* Where it leads when the unit asks for all gates; a gate not asked for is passed over. */
	enum reply_stage to;
	enum permission who;
	struct str rule;
};
/* Every allowed pair once. */
extern const struct reply_transition reply_transitions[];
extern const size_t reply_transitions_count;
const struct reply_transition *reply_transition(enum reply_stage from, enum reply_verb verb);
struct str reply_stage_code(enum reply_stage s);
struct str reply_stage_label(enum reply_stage s);
/* What is to be done at a stage, as the name of a button. */
struct str reply_stage_next(enum reply_stage s);
enum permission reply_stage_who(enum reply_stage s); /* and who may */
bool reply_stage_from(struct str code, enum reply_stage *out);
struct str reply_verb_label(enum reply_verb v);
struct str reply_verb_code(enum reply_verb v);

/* ---- what a decision must say (条例第三十六条; the letters' own fields) */

enum reply_fact_kind { FACT_LINE, FACT_LINES, FACT_DAY, FACT_NUMBER };
struct reply_fact_rule {
	const char *decision; /* code of the decision kind */
	const char *name;     /* of the letter's field */
	struct str label, hint;
	enum reply_fact_kind kind;
	bool required;
};
/* In the order of the form; those of one decision stand together. */
extern const struct reply_fact_rule reply_fact_rules[];
extern const size_t reply_fact_rules_count;

/* ---- one reply */

struct reply_fact {
	struct str name, value;
};
struct reply_answer {
	const struct decision_kind *test;
	bool yes;
	struct str note, person;
	int64_t at;
};
struct reply_redaction {
	int64_t id;
	struct str place; /* 第3页第2段 */
	struct str ground; /* code of the decision kind whose article it is */
	struct str reason, person;
	int64_t at;
};
struct reply_item {
	struct reply_item_id id;
	int position; /* from 1 */
	struct str asked;
	const struct decision_kind *decision; /* NULL: not chosen yet */
	struct str decision_reason;
	struct reply_fact *facts;
	size_t facts_count;
	struct reply_answer *answers; /* in the order of the tests */
	size_t answers_count;
	struct reply_redaction *redactions;
	size_t redactions_count;
};
struct reply_enclosure {
	int64_t id, attachment;
	struct str title, sha256;
	int pages;
	bool redacted; /* a copy made after the list of redactions */
};
struct reply {
	struct reply_id id;
	struct request_id request;
	int round; /* 1, or more after a dispute */
	enum reply_stage stage;
	const struct decision_kind *decision; /* picked instead of the computed one, or NULL */
	struct str decision_reason, cause;
	struct opt_int letter;
	struct str letter_basis; /* digest of what the letter was merged from */
	int64_t opened_at;
	struct opt_date signed_on;
	struct str digest; /* hex, of the words submitted */
	int64_t version, changed_at;
	struct str changed_by, changed_what;
	struct reply_item *items;
	size_t items_count;
	struct reply_enclosure *enclosures;
	size_t enclosures_count;
};

/* The last one of the request; found false: none was begun. */
NODISCARD bool reply_of(struct ctx *ctx, struct request_id request, struct reply *out, bool *found,
			struct err *err);
NODISCARD bool reply_load(struct ctx *ctx, struct reply_id id, struct reply *out, struct err *err);
/* All rounds of a request, the first one first, without their items. */
NODISCARD bool reply_rounds(struct ctx *ctx, struct request_id request, struct reply **out,
			    size_t *count, struct err *err);

/* Replies under way at one stage, the most urgent first; those whose clock stands come last. */
struct reply_filter {
	struct opt_int unit; /* unknown: all of the site */
	enum reply_stage stage; /* before REPLY_SIGNED */
};
struct reply_waiting {
	struct request_id request;
	struct str number, content, by; /* content: its beginning */
	struct unit_id unit;
	struct opt_date due;
	int64_t since; /* by did something */
};
/* place: a text for a URL, empty at first; *next is empty on the last page. */
NODISCARD bool reply_queue(struct ctx *ctx, const struct reply_filter *f, struct str place,
			   size_t max, struct reply_waiting **out, size_t *count,
			   struct str *next, struct err *err);
enum { REPLY_COUNT_MAX = 200 }; /* there are this many, or more */
NODISCARD bool reply_queue_count(struct ctx *ctx, const struct reply_filter *f, int64_t *out,
				 struct err *err);
struct str reply_fact_of(const struct reply_item *item, const char *name); /* empty: not given */

/* ---- the decision aid (regulation: Art. 29 to 40 in the order of the tests) */

/* The next question of an item, or NULL: a test was answered with yes, or none is left. */
const struct decision_kind *reply_next_test(const struct reply_item *item);
/* The test that was answered with yes, or NULL. */
const struct decision_kind *reply_proposed(const struct reply_item *item);

/* ---- one result for table 三 (annual report, counting rules 6.7 and 6.8) */

enum { REPLY_WORKING_MAX = 8 };
struct reply_result {
	const struct decision_kind *kind; /* NULL: an item is not decided yet */
	struct str working[REPLY_WORKING_MAX]; /* why, a sentence each */
	size_t working_count;
};
/*
 * picked: one of the items' own kinds that the officer takes as main ground of a refusal, or NULL.
 * given_and_missing_is_part: some given, some not held counts as 部分公开; by most practice off.
 */
void reply_result(struct arena *a, const struct decision_kind *const *items, size_t count,
		  const struct decision_kind *picked, bool given_and_missing_is_part,
		  struct reply_result *out);
NODISCARD bool reply_result_of(struct ctx *ctx, const struct reply *reply,
			       struct reply_result *out, struct err *err);

/* ---- drafting */

/* Opens the reply with one item, the request's own words. ERR_CONFLICT "reply.open_already". */
NODISCARD bool reply_open(struct ctx *ctx, struct request_id request, struct reply_id *id,
			  struct err *err);
/* After a reconsideration or a judgment: a further round. cause: 案号 and what it ordered. */
NODISCARD bool reply_open_again(struct ctx *ctx, struct request_id request, struct str cause,
				struct reply_id *id, struct err *err);
struct reply_edit {
	struct reply_id reply;
	int64_t version;
};
NODISCARD bool reply_add_item(struct ctx *ctx, struct reply_edit at, struct str asked,
			      struct err *err);
NODISCARD bool reply_set_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
			      struct str asked, struct err *err);
NODISCARD bool reply_remove_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
				 struct err *err);
/* Later answers are dropped: they followed from this one. A yes proposes the decision. */
NODISCARD bool reply_answer_test(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
				 const struct decision_kind *test, bool yes, struct str note,
				 struct err *err);
/* Another than the proposed one needs a reason. */
NODISCARD bool reply_decide_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
				 const struct decision_kind *kind, struct str reason,
				 struct err *err);
/* Replaces the facts of the item; names that its decision does not have are refused. */
NODISCARD bool reply_set_facts(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
			       const struct reply_fact *facts, size_t count, struct err *err);
/* The main ground of several; NULL: the first in the order of table 三. */
NODISCARD bool reply_pick(struct ctx *ctx, struct reply_edit at, const struct decision_kind *kind,
			  struct str reason, struct err *err);
NODISCARD bool reply_redact(struct ctx *ctx, struct reply_edit at, struct reply_item_id item,
			    struct str place, const struct decision_kind *ground,
			    struct str reason, struct err *err);
NODISCARD bool reply_unredact(struct ctx *ctx, struct reply_edit at, int64_t redaction,
			      struct err *err);

/* ---- the letter: merged from decisions and facts, then edited in its own room (letter/) */

struct reply_letter_new {
	struct date dated;    /* planned; the signature dates it */
	struct str addressee; /* the applicant's name in full */
	bool online;	      /* to be served over the internet: the letter names that channel */
	bool keep;	      /* what was edited stays: the drafter has looked it over */
};
/* A draft made before is discarded, unless it is kept. ERR_CONFLICT "reply.decide_first". */
NODISCARD bool reply_draft_letter(struct ctx *ctx, struct reply_edit at,
				  const struct reply_letter_new *in, struct err *err);
struct reply_enclosure_new {
	int64_t attachment;
	struct str title, sha256;
	int pages;
	bool redacted;
};
NODISCARD bool reply_enclose(struct ctx *ctx, struct reply_edit at,
			     const struct reply_enclosure_new *in, struct err *err);
NODISCARD bool reply_unenclose(struct ctx *ctx, struct reply_edit at, int64_t enclosure,
			       struct err *err);

/* What still stands between the draft and the first gate: a field of an item, or of the whole. */
struct reply_gap {
	int position;	  /* of the item; 0: the whole */
	const char *name; /* of the fact, or "decision", "letter", "redacted" … */
	struct str label, remedy;
};
NODISCARD bool reply_gaps(struct ctx *ctx, const struct reply *reply, struct reply_gap **out,
			  size_t *count, struct err *err);
/* What the people in the gates stand for: decisions, facts, redactions, enclosures, words. */
NODISCARD bool reply_digest(struct ctx *ctx, const struct reply *reply, struct str *hex,
			    struct err *err);

/* ---- the gates. ERR_CONFLICT "reply.not_allowed" names stage, verb and what is awaited. */

/* ERR_INVALID "reply.gaps" names the fields. */
NODISCARD bool reply_submit(struct ctx *ctx, struct reply_edit at, struct err *err);
NODISCARD bool reply_recall(struct ctx *ctx, struct reply_edit at, struct str reason,
			    struct err *err);
enum reply_verdict { REPLY_FOR, REPLY_AGAINST };
/* Against: back to the drafter with the remark. */
NODISCARD bool reply_review(struct ctx *ctx, struct reply_edit at, enum reply_verdict verdict,
			    struct str remark, struct err *err);
NODISCARD bool reply_advise(struct ctx *ctx, struct reply_edit at, enum reply_verdict verdict,
			    struct str opinion, struct err *err);
/* The leader sends it back. */
NODISCARD bool reply_return(struct ctx *ctx, struct reply_edit at, struct str remark,
			    struct err *err);
/* on: the date of the letter. reason: needed against the adviser's opinion. */
NODISCARD bool reply_sign(struct ctx *ctx, struct reply_edit at, struct date on, struct str reason,
			  struct err *err);
NODISCARD bool reply_drop(struct ctx *ctx, struct reply_edit at, struct str reason,
			  struct err *err);

/*
 * The legal adviser's opinion. Whoever may see the request sees that there is one, when, by whom,
 * for or against, and its digest; the words are for the adviser, the people in the gates and the
 * drafter's unit. They are never exported and stand in no letter. opinion is empty for others.
 */
struct reply_opinion {
	struct str person, opinion, digest; /* digest: as the ledger has it */
	int64_t at;
	bool agrees, readable;
};
NODISCARD bool reply_opinions(struct ctx *ctx, const struct reply *reply,
			      struct reply_opinion **out, size_t *count, struct err *err);

/* ---- service (送达) */

enum service_way {
	SERVICE_IN_PERSON,
	SERVICE_POST,
	SERVICE_EMAIL,
	SERVICE_WEB,
	SERVICE_FAX,
	SERVICE_ENTRUSTED,
	SERVICE_NOTICE,
	SERVICE_WAY_COUNT
};
enum service_day { DAY_SIGNED, DAY_POSTED, DAY_SENT };
struct service_rule {
	const char *code;
	struct str label;
	enum service_day counts; /* which day decides whether the reply was in time */
	struct str rule;	 /* and why */
	bool online;		 /* 行政复议法（2023）第二十二条: name the online channel */
	bool tracked;		 /* by number */
};
extern const struct service_rule service_rules[SERVICE_WAY_COUNT];
bool service_way_from(struct str code_or_label, enum service_way *out);

struct service_new {
	enum service_way way;
	struct date sent_on;	   /* handed to the post, sent, posted up; in person: brought */
	struct opt_date signed_on; /* by the applicant, its agent, or the receiving agency */
	struct str tracking, addressee, note;
	struct opt_int receipt; /* attachment */
	bool failed;
};
struct service {
	int64_t id;
	enum service_way way;
	struct date sent_on;
	struct opt_date signed_on, counts_on;
	struct str tracking, addressee, note, person;
	struct opt_int receipt;
	bool failed;
	int64_t at;
	struct opt_int notice; /* the mail that carries it, if it was sent from here */
};
/*
 * A day of service lies between that of the paper and today. ERR_INVALID "request.in_future",
 * "request.too_early" at field.
 */
NODISCARD bool service_day_check(struct ctx *ctx, const char *field, struct date day,
				 struct date paper, struct err *err);
/* What a mail server says goes below what was noted before. */
struct str service_note_add(struct arena *a, struct str note, struct str more);
/* The day that counts, unknown while it is not there. ERR_INVALID "reply.service_…" names it. */
NODISCARD bool service_check(const struct service_new *in, bool failed_before,
			     struct opt_date *counts_on, struct err *err);
/* An attempt. The first that succeeds takes VERB_SERVE; later ones are kept beside it. */
NODISCARD bool reply_serve(struct ctx *ctx, struct request_id request,
			   const struct service_new *in, struct err *err);
/* The signed receipt came back: by post the day of signature is known later. */
NODISCARD bool reply_prove(struct ctx *ctx, struct request_id request, int64_t service,
			   struct date signed_on, struct str addressee, struct opt_int receipt,
			   struct err *err);
/* Came back undelivered. */
NODISCARD bool reply_service_failed(struct ctx *ctx, struct request_id request, int64_t service,
				    struct str note, struct err *err);
NODISCARD bool reply_services(struct ctx *ctx, struct request_id request, struct service **out,
			      size_t *count, struct err *err);
enum reply_timing { TIMING_UNKNOWN, TIMING_IN_TIME, TIMING_LATE };
/* By the day that counts of the first attempt that was not failed, against the due day. */
enum reply_timing reply_timing(const struct request *r, const struct service *list, size_t count);

/* ---- other ends, and the archive */

/* VERB_CLOSE by 逾期不补正, 逾期未缴费 or 撤回; a draft reply is dropped. */
struct reply_closing {
	const struct decision_kind *kind;
	struct date on;
	struct str reason;
	struct str addressee; /* of the letter that tells it; empty: none is sent */
};
NODISCARD bool reply_close(struct ctx *ctx, struct request_id request,
			   const struct reply_closing *in, struct err *err);
/* The request was closed by another hand: a draft does not wait any longer. Else nothing. */
NODISCARD bool reply_drop_closed(struct ctx *ctx, struct request_id request, struct err *err);
/* 条例第四十五条: 登记、审核、办理、答复、归档. */
struct reply_record {
	struct str duty, what; /* 审核, “审核人审核” */
	struct str who;
	int64_t at;
	bool there, required;
};
NODISCARD bool reply_checklist(struct ctx *ctx, struct request_id request,
			       struct reply_record **out, size_t *count, struct err *err);
/* ERR_CONFLICT "reply.not_complete" names what the dossier still lacks. years 0: for good. */
NODISCARD bool reply_file(struct ctx *ctx, struct request_id request, struct date on,
			  struct str archive_no, int years, struct err *err);
struct reply_filing {
	struct date filed_on;
	struct str archive_no, person;
	int years;
};
NODISCARD bool reply_filing_of(struct ctx *ctx, struct request_id request,
			       struct reply_filing *out, bool *found, struct err *err);

/* ---- settings of a unit */

struct reply_setting {
	int years;
	bool given_and_missing_is_part;
};
NODISCARD bool reply_setting_of(struct ctx *ctx, struct unit_id unit, struct reply_setting *out,
				struct err *err);
NODISCARD bool reply_set(struct ctx *ctx, struct unit_id unit, const struct reply_setting *setting,
			 struct err *err);
#endif
