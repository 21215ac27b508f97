/*
 * request.h - 依申请公开: the facts of a request, the verbs that change them, and
 * the clock. 条例第二十七条至第四十五条.
 *
 * One request (一件) has one applicant class and, when closed, one outcome; both
 * decide the cell of table 三 it is counted in. Facts are written by the verbs
 * below only, each of which appends an event to the ledger in the same
 * transaction. Which verb is allowed in which state, and what it does to the
 * clock, is one table (request_transitions).
 */
#ifndef REQUEST_REQUEST_H
#define REQUEST_REQUEST_H

#include "account/permission.h"
#include "agency/agency.h"
#include "calendar/period.h"
#include "db/ctx.h"
#include "identity/identity.h"
#include "jobs/jobs.h"

struct request_id {
	int64_t n;
};

/* Art. 28, 29, 31: how it came, and which rule fixes the day of receipt. */
enum request_channel {
	CHANNEL_IN_PERSON,
	CHANNEL_REGISTERED_MAIL,
	CHANNEL_ORDINARY_MAIL,
	CHANNEL_FAX,
	CHANNEL_WEB,
	CHANNEL_EMAIL,
	CHANNEL_ORAL,
	CHANNEL_COUNT
};
enum applicant_class {
	APPLICANT_NATURAL_PERSON,
	APPLICANT_COMMERCIAL_ENTERPRISE,
	APPLICANT_RESEARCH_INSTITUTION,
	APPLICANT_PUBLIC_WELFARE_ORG,
	APPLICANT_LEGAL_SERVICE_ORG,
	APPLICANT_OTHER_ORG,
	APPLICANT_CLASS_COUNT
};
/* Art. 29(三), 40: the form of what is asked for, and the way it is to come. */
enum give_form {
	GIVE_FORM_UNSAID, /* registers and paper forms may not say */
	GIVE_PAPER,
	GIVE_ELECTRONIC,  /* 光盘等电子载体 */
	GIVE_EMAIL,
	GIVE_ON_THE_SPOT, /* 查阅、抄录 */
	GIVE_OTHER,
	GIVE_FORM_COUNT
};
enum give_way {
	GIVE_WAY_UNSAID,
	GIVE_BY_POST,
	GIVE_BY_EMAIL,
	GIVE_COLLECTED, /* 自行领取, 当场查阅 */
	GIVE_BY_WEB,	/* 在查询页面下载 */
	GIVE_BY_FAX,
	GIVE_WAY_COUNT
};
/* The result lines of table 三 in the finer form (b); keys as in statistics/form.h. */
enum request_outcome {
	OUTCOME_GRANTED,
	OUTCOME_PARTLY_GRANTED,
	OUTCOME_DENIED_STATE_SECRET,
	OUTCOME_DENIED_LAW_FORBIDS,
	OUTCOME_DENIED_THREE_SECURITIES,
	OUTCOME_DENIED_THIRD_PARTY,
	OUTCOME_DENIED_INTERNAL_AFFAIRS,
	OUTCOME_DENIED_PROCESS_INFO,
	OUTCOME_DENIED_ENFORCEMENT_FILE,
	OUTCOME_DENIED_ADMIN_INQUIRY,
	OUTCOME_UNABLE_NOT_HELD,
	OUTCOME_UNABLE_NEEDS_CREATION,
	OUTCOME_UNABLE_STILL_UNCLEAR,
	OUTCOME_NOT_PROCESSED_PETITION,
	OUTCOME_NOT_PROCESSED_REPEAT,
	OUTCOME_NOT_PROCESSED_PUBLICATION,
	OUTCOME_NOT_PROCESSED_EXCESSIVE,
	OUTCOME_NOT_PROCESSED_CONFIRM,
	OUTCOME_OTHER_OVERDUE_CORRECTION,
	OUTCOME_OTHER_OVERDUE_FEE,
	OUTCOME_OTHER_REST,
	OUTCOME_COUNT
};
/*
 * A kind of decision: one leaf of the tree (replies.md 2): one row = clause,
 * letter, remedy, table line. 已主动公开 and 予以公开 share an outcome, 不存在 and
 * 非本机关 too.
 */
struct decision_kind {
	const char *code; /* give, public_already, no_secret, not_exist … */
	struct str label; /* 予以公开 */
	enum request_outcome outcome;
	struct str basis;	     /* 条例第三十六条第二项、第四十条 */
	const char *letter;	     /* title of the letter */
	bool remedy_before_court;    /* 复议前置 from 2024-01-01 */
	bool needs_letter;	     /* false: closed without one (逾期不补正, 撤回) */
	struct opt_date from, until; /* law dates: overdue fee only from 2021-01-01 */
	struct str test;	     /* the question of the decision aid, in its order */
	int order;		     /* of tests, regulation.md 4.5 */
};
extern const struct decision_kind request_decisions[];
extern const size_t request_decisions_count;
const struct decision_kind *request_decision(struct str code); /* NULL if unknown */
/* For records that know only the outcome: 予以公开 is then give, 本机关不掌握 is not_exist. */
const struct decision_kind *request_decision_of(enum request_outcome outcome);
bool request_decision_in_force(const struct decision_kind *kind, struct date day);

struct str channel_code(enum request_channel c);
struct str channel_label(enum request_channel c);
/* These accept what offices write: 当面提交, 邮寄, EMS, 网上; 公民; 信息不存在 … */
bool channel_from(struct str code_or_label, enum request_channel *out);
struct str applicant_code(enum applicant_class c); /* natural_person … = form.h column keys */
struct str applicant_label(enum applicant_class c);
bool applicant_from(struct str code_or_label, enum applicant_class *out);
struct str give_form_code(enum give_form f); /* UNSAID: empty */
struct str give_form_label(enum give_form f);
bool give_form_from(struct str code, enum give_form *out);
struct str give_way_code(enum give_way w);
struct str give_way_label(enum give_way w);
bool give_way_from(struct str code, enum give_way *out);
struct str outcome_code(enum request_outcome o);
struct str outcome_label(enum request_outcome o);
bool outcome_from(struct str code_or_label, enum request_outcome *out);

enum request_state {
	REQUEST_CONFIRMING, /* received, day of receipt not fixed yet (待确认) */
	REQUEST_HANDLING,   /* 办理中 */
	REQUEST_CORRECTING, /* 待补正 */
	REQUEST_INQUIRING,  /* 征求意见中: the clock stands */
	REQUEST_UNPAID,	    /* 待缴费 */
	REQUEST_DECIDED,    /* decision made, letter to be served */
	REQUEST_SERVED,	    /* 已送达 */
	REQUEST_CLOSED,	    /* closed without a decision letter, or filed (已办结) */
	REQUEST_STATE_COUNT
};
struct str request_state_code(enum request_state s);
struct str request_state_label(enum request_state s);
bool request_state_from(struct str code_or_label, enum request_state *out);

enum inquiry_kind { INQUIRY_THIRD_PARTY, INQUIRY_JOINT_MAKER, INQUIRY_OTHER_AGENCY };
struct str inquiry_code(enum inquiry_kind k);
struct str inquiry_label(enum inquiry_kind k);
bool inquiry_from(struct str code_or_label, enum inquiry_kind *out);
/*
 * What came of an inquiry. Silence is that of a third party or a joint maker whose 15 working days
 * are over: a joint maker then counts as agreeing (Art. 34), about a third party the agency decides
 * itself (Art. 32). Given up: another agency, which has no limit by law, is waited for no longer.
 */
enum inquiry_answer {
	INQUIRY_AGREES,
	INQUIRY_REFUSES_WITH_REASONS,
	INQUIRY_REFUSES_BARE, /* says no, gives no reasons or none that hold */
	INQUIRY_SILENT,
	INQUIRY_GIVEN_UP,
	INQUIRY_ANSWER_COUNT
};
struct str inquiry_answer_code(enum inquiry_answer a);
struct str inquiry_answer_label(enum inquiry_answer a);
bool inquiry_answer_from(struct str code, enum inquiry_answer *out);

/* Art. 35: an applicant whose requests exceed reason in number or frequency is asked why. */
enum request_reasons {
	REASONS_NONE,	      /* not asked */
	REASONS_ASKED,
	REASONS_GIVEN,
	REASONS_REASONABLE,   /* to be answered, at once or by a reasonable later day */
	REASONS_UNREASONABLE, /* may be refused as excessive (不予处理) */
	REASONS_DELAYED,      /* reasonable, the later day was told */
	REASONS_COUNT
};
struct str reasons_code(enum request_reasons r); /* empty for REASONS_NONE */
struct str reasons_label(enum request_reasons r);
bool reasons_from(struct str code, enum request_reasons *out);

struct request {
	struct request_id id;
	struct str number;
	struct unit_id unit;
	enum request_channel channel;
	enum applicant_class applicant;
	struct identity_id applicant_id; /* 0: unknown, as of registers of other systems */
	enum give_form wanted_form;
	enum give_way wanted_way;
	struct date submitted_on;    /* handed over, postmarked, sent */
	struct opt_date received_on; /* Art. 31; fixed by request_confirm */
	struct opt_date clock_from;  /* received_on, or the day of the correction or payment */
	struct str content;	     /* what is asked for */
	enum request_state state;
	int extension; /* working days granted, 0..20 */
	bool has_outcome;
	enum request_outcome outcome;
	struct str decision;	    /* code of the decision kind, or empty */
	struct opt_date decided_on; /* date of the letter */
	struct opt_date closed_on;  /* it counts as finished: decided_on, or the day of closing */
	struct opt_date due;	    /* of the reply; unknown while the clock stands */
	struct opt_date correction_sent_on, correction_until;
	struct opt_date served_on, filed_on;
	enum request_reasons reasons; /* a fact beside the state: the case is worked on meanwhile */
	int64_t version; /* rises with every verb */
	int64_t handler; /* account of who has it (casework/casework.h); 0: nobody */
};

/* ---- the workflow: which verb is allowed in which state (regulation.md 4.4) */

enum request_verb {
	VERB_CONFIRM,
	VERB_SPLIT,    /* one form, several matters: a request for each (一事一申请) */
	VERB_TRANSFER, /* another unit of the site takes the case over */
	VERB_ASK_CORRECTION,
	VERB_RECEIVE_CORRECTION,
	VERB_OPEN_INQUIRY,
	VERB_CLOSE_INQUIRY,
	VERB_TELL_THIRD, /* to be published against a third party's reasons: it is told (Art. 32) */
	VERB_ASK_REASONS,
	VERB_RECEIVE_REASONS,
	VERB_JUDGE_REASONS,
	VERB_DELAY,		/* a reasonable later day is told (Art. 35) */
	VERB_PROPOSE_EXTENSION, /* by whoever works on the case … */
	VERB_APPROVE_EXTENSION, /* … approved or not by the head of the 工作机构, somebody else … */
	VERB_EXTEND,		/* … and told the applicant: only now is it longer */
	VERB_CHARGE,	 /* the notice of the fee is sent … */
	VERB_FEE_SERVED, /* … and reached the applicant: 20 working days to pay */
	VERB_PAY,
	VERB_DECIDE,
	VERB_SERVE,
	VERB_CLOSE,
	VERB_FILE,
	VERB_AMEND,
	REQUEST_VERB_COUNT
};
/* What a step does to the period of 20 working days. */
enum clock_effect {
	CLOCK_NONE,
	CLOCK_STARTS, /* R = the day of the step: all 20 days, anew after correction or payment */
	CLOCK_STANDS,	/* no due day until the applicant acts */
	CLOCK_SUSPENDS, /* the days from here on are not counted … */
	CLOCK_RESUMES,	/* … up to here */
	CLOCK_LENGTHENS,
	CLOCK_ENDS,
};
struct request_transition {
	enum request_state from;
	enum request_verb verb;
	enum request_state to;
	enum clock_effect clock;
	enum permission who;
	struct str rule; /* the article */
};
/* Every allowed pair once. Closing an inquiry leads to HANDLING only if it was the last one out. */
extern const struct request_transition request_transitions[];
extern const size_t request_transitions_count;
const struct request_transition *request_transition(enum request_state from,
						    enum request_verb verb); /* NULL: not allowed */
struct str request_verb_code(enum request_verb v);
struct str request_verb_label(enum request_verb v);
struct str clock_effect_label(enum clock_effect e);

/* ---- receipt (条例第三十一条) */

enum receipt_day { RECEIPT_SUBMITTED, RECEIPT_SIGNED, RECEIPT_CONFIRMED };
struct receipt_rule {
	/* that of submission, of the agency's signature, or of confirmation with the applicant */
	enum receipt_day day;
	struct str rule; /* 条例第三十一条第一项：… */
};
const struct receipt_rule *request_receipt_rule(enum request_channel channel);

/*
 * ---- verbs. Each: permission is the caller's (route); state by the table.
 * ERR_CONFLICT "request.not_allowed" names step, state and why; the other errors
 * of kind ERR_CONFLICT or ERR_INVALID name the rule that stands against it. A day
 * after ctx->today is refused, and one before the step it follows.
 */

struct request_register {
	struct unit_id unit;
	enum request_channel channel;
	enum applicant_class applicant;
	struct date submitted_on;
	/* The agency's signature, or the confirmation of Art. 31(二)(三); unknown: CONFIRMING. */
	struct opt_date confirmed_on;
	struct str content;
	struct str number;  /* empty: the next of the unit's series for the year */
	struct str form_id; /* sending the same form twice registers once; may be empty */
	struct identity_id applicant_id; /* of identity_add; 0: unknown */
	enum give_form wanted_form;
	enum give_way wanted_way;
};
NODISCARD bool request_register(struct ctx *ctx, const struct request_register *in,
				struct request_id *id, struct err *err);
NODISCARD bool request_confirm(struct ctx *ctx, struct request_id id, struct date confirmed_on,
			       struct err *err);
/*
 * A fee charged elsewhere and handed over that day: from 2021-01-01 only. One that is charged here
 * is computed by the room of fees (fee/fee.h).
 */
NODISCARD bool request_charge(struct ctx *ctx, struct request_id id, struct date served_on,
			      int64_t fen, struct err *err);
NODISCARD bool request_pay(struct ctx *ctx, struct request_id id, struct date paid_on,
			   struct err *err);
/*
 * For a decision that was made elsewhere, before the case came here: the ledger says so. One made
 * here passes the gates (gate.h) and is taken by the room that writes replies.
 */
NODISCARD bool request_record_decision(struct ctx *ctx, struct request_id id,
				       const struct decision_kind *kind, struct date decided_on,
				       struct err *err);
NODISCARD bool request_serve(struct ctx *ctx, struct request_id id, struct date served_on,
			     struct err *err);
NODISCARD bool request_close(struct ctx *ctx, struct request_id id,
			     const struct decision_kind *kind, struct date closed_on,
			     struct err *err); /* lapse, withdrawal */
NODISCARD bool request_file(struct ctx *ctx, struct request_id id, struct date filed_on,
			    struct err *err);
/* Class or outcome was recorded wrongly. History keeps both, so figures as of earlier stay. */
NODISCARD bool request_amend(struct ctx *ctx, struct request_id id, enum applicant_class applicant,
			     const struct decision_kind *kind, struct str reason, struct err *err);

/*
 * One step. Fields the verb does not need are ignored. Words of applicants and of those who were
 * asked, and whom was asked, are kept beside the chain and bound to it by commitment; reason is the
 * officer's own, goes into the ledger, and must name nobody.
 */
struct request_step {
	enum request_verb verb;
	struct date on;
	/* The last day: of a correction, of reasons to be given, of a delayed reply. */
	struct date until;
	int days; /* of an extension */
	int64_t fen;
	struct str tariff; /* of a fee: piece or quantity … */
	int64_t quantity;  /* … and which request of the month it is, or its pages */
	enum inquiry_kind inquiry;
	struct str target, contact;   /* whom an inquiry asks, and how it is reached */
	/* Its letter, or the notice of the fee, reached them: their days run from the next one. */
	struct opt_date delivered_on;
	int64_t inquiry_id;	      /* which one was answered; 0: the oldest still out */
	enum inquiry_answer answer;
	struct date since, till; /* the requests that exceed reason: from when to when … */
	int count;		 /* … and how many */
	const struct decision_kind *kind;
	enum applicant_class applicant;
	struct unit_id unit;		   /* that takes over */
	bool agreed;			   /* extension approved; reasons found reasonable */
	struct str reason;
	struct str text,
		guidance; /* points of a correction, one a line; what is asked; what was answered */
	const struct str *parts;   /* of a split: what each asks for */
	size_t parts_count;
	/* A finished case is recorded: lawful days are asked for, what led to a step is not. */
	/* Of a decision: the reply that passed the gates, and its words; or that it is history. */
	int64_t reply;
	struct str digest;
	bool historical;
};
NODISCARD bool request_take_step(struct ctx *ctx, struct request_id id,
				 const struct request_step *step, struct err *err);
/* The same rules and errors without doing anything: for previews. */
NODISCARD bool request_check_step(struct ctx *ctx, struct request_id id,
				  const struct request_step *step, struct err *err);
/* Is the verb allowed in this state at all? For buttons; the verb itself decides. */
bool request_may(enum request_state state, enum request_verb verb);

NODISCARD bool request_find(struct ctx *ctx, struct request_id id, struct request *out,
			    struct err *err);
/* Several in the order of their ids, by one statement for each hundred. */
NODISCARD bool request_find_many(struct ctx *ctx, const struct request_id *ids, size_t count,
				 struct request **out, struct err *err);
/* ERR_CONFLICT "request.number_of_several" if two units gave out the same number. */
NODISCARD bool request_by_number(struct ctx *ctx, struct str number, struct request *out,
				 bool *found, struct err *err);

/*
 * ---- the query code, with which an applicant follows the request without an account.
 * 80 random bits, told once; only a keyed hash is kept. ERR_UNAVAILABLE
 * "base.vault_closed" without ctx->vault.
 */
enum code_verdict { CODE_WRONG, CODE_RIGHT, CODE_LIMITED };
/* A new one beside those there are: ABCD-EFGH-JKLM-NPQR. A write; appends "request.code". */
NODISCARD bool request_code_make(struct ctx *ctx, struct request_id id, struct str *code,
				 struct err *err);
/* All codes of a request end: it was lost, or told to somebody else. */
NODISCARD bool request_code_revoke(struct ctx *ctx, struct request_id id, struct err *err);
/*
 * A write: notes wrong tries of an address, of which there may be
 * LIMIT_CODE_TRIES_PER_ADDRESS in 15 minutes. A wrong number and a wrong code
 * ask the database the same questions. Small letters, blanks and dashes do not matter.
 */
NODISCARD bool request_code_check(struct ctx *ctx, struct str number, struct str code,
				  struct str remote, struct request_id *id,
				  enum code_verdict *verdict, struct err *err);
/*
 * For other rooms with codes of their own: the wrong tries of an address are counted together.
 * missed: one more; a write.
 */
NODISCARD bool request_code_limited(struct ctx *ctx, struct str remote, bool *limited,
				    struct err *err);
NODISCARD bool request_code_missed(struct ctx *ctx, struct str remote, struct err *err);

/*
 * The clock of one request with every day's reason. ERR_CONFLICT
 * "request.clock_not_started" before confirmation, "request.clock_stands" while
 * a correction or a payment is awaited. A closed request is shown as of its last day.
 */
NODISCARD bool request_clock(struct ctx *ctx, struct request_id id, struct period_result *out,
			     struct err *err);

struct request_inquiry {
	int64_t id;
	enum inquiry_kind kind;
	struct str target, contact, asked;
	struct date sent_on;
	struct opt_date delivered_on,
		last_on; /* last_on: of the 15 working days; other agencies: none */
	struct opt_date back_on;	       /* answered, silent past the last day, or given up */
	bool has_answer;
	enum inquiry_answer answer;
	struct str opinion;
	struct opt_date told_on; /* a third party: of publication against its reasons */
	struct str told_reason;
};
NODISCARD bool request_inquiries_of(struct ctx *ctx, struct request_id id,
				    struct request_inquiry **out, size_t *count, struct err *err);
/* Art. 30: the one notice, and what came. */
struct request_correction {
	struct str points, guidance; /* points: one a line */
	struct str answer;
};
NODISCARD bool request_correction_find(struct ctx *ctx, struct request_id id,
				       struct request_correction *out, bool *found,
				       struct err *err);
/* Art. 35. */
struct request_explanation {
	struct date asked_on, until, since, till;
	int count;
	bool stands; /* by the unit's practice no day is counted before the reasons have come */
	struct opt_date given_on, judged_on;
	struct str text, judgement;
	struct opt_date delayed_until, delay_told_on;
};
NODISCARD bool request_explanation_find(struct ctx *ctx, struct request_id id,
					struct request_explanation *out, bool *found,
					struct err *err);
/* Art. 33(2): the latest proposal. Approved but not told by first_due, it is void. */
struct request_extension {
	int64_t id;
	int days;
	struct str reason;
	struct date proposed_on;
	int64_t proposed_by; /* account */
	struct opt_date decided_on;
	bool approved;
	struct opt_date told_on;
};
NODISCARD bool request_extension_find(struct ctx *ctx, struct request_id id,
				      struct request_extension *out, bool *found, struct err *err);
/* 一事一申请: the form as it came, and the requests made of it; found false if it was not split. */
struct request_whole {
	struct str content;
	struct request_id *parts; /* in order; the first bore the form */
	size_t parts_count;
};
NODISCARD bool request_whole_find(struct ctx *ctx, struct request_id part,
				  struct request_whole *out, bool *found, struct err *err);
/* A fee: charged once a request; the last day is known when the notice has arrived. */
struct request_fee {
	struct unit_id unit; /* that charged it */
	struct str tariff;   /* piece, quantity; empty: of a register that did not say */
	int64_t quantity;    /* which request of the month, or its pages; 0: not said */
	int64_t fen;
	struct date told_on;
	struct opt_date served_on, pay_until, paid_on;
	struct opt_date refunded_on;
	int64_t refunded_fen;
};
NODISCARD bool request_fee_find(struct ctx *ctx, struct request_id id, struct request_fee *out,
				bool *found, struct err *err);

/*
 * What a unit has settled where the law leaves it open. The defaults: 10 working days to correct
 * and to give reasons (usual practice, no rule of law); the clock runs on while reasons are
 * awaited, because Art. 35 gives no time of its own. Some units treat that like a correction
 * (Art. 30): the clock stands, and the 20 days run anew when the reasons come.
 */
struct request_practice {
	int correction_days, reasons_days; /* 1..REQUEST_PRACTICE_DAYS_MAX */
	bool reasons_stop;
};
enum { REQUEST_PRACTICE_DAYS_MAX = 60 };
NODISCARD bool request_practice_of(struct ctx *ctx, struct unit_id unit,
				   struct request_practice *out, struct err *err);
NODISCARD bool request_set_practice(struct ctx *ctx, struct unit_id unit,
				    const struct request_practice *in, struct err *err);

/* ---- lists. unit unknown: the whole site. */

/* Of one identity, newest first. */
NODISCARD bool request_list_applicant(struct ctx *ctx, struct identity_id applicant, size_t max,
				      struct request **out, size_t *count, struct err *err);

/* Newest first; before: the id the last page ended with, 0 for the first page. */
NODISCARD bool request_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			    struct request **out, size_t *count, struct err *err);
/* Open ones, most urgent first, without a due day last; after: the last of the page before. */
NODISCARD bool request_list_open(struct ctx *ctx, struct opt_int unit, const struct request *after,
				 size_t max, struct request **out, size_t *count, struct err *err);
NODISCARD bool request_count_open_of(struct ctx *ctx, struct opt_int unit, int64_t *open,
				     int64_t *late, struct err *err);

/*
 * The due days are derived: counts that of every open request again, for the reason given. *changed
 * tells how many there were to mend.
 */
NODISCARD bool request_count_again(struct ctx *ctx, struct str reason, size_t *changed,
				   struct err *err);
/*
 * What an import brought in clear is sealed afterwards (db/sealed.h): all of it, or, as the
 * listener of "clock.hour" and of its own topic "request.seal", a chunk at a time.
 */
NODISCARD bool request_seal_all(struct ctx *ctx, size_t *changed, struct err *err);
NODISCARD bool request_seal_on_job(struct ctx *ctx, const struct job *job, struct err *err);
/*
 * The listener of "calendar.loaded": counts the due day of every open request
 * again and appends an event to each whose due day changed, so that the people
 * concerned can be told.
 */
NODISCARD bool request_on_calendar(struct ctx *ctx, const struct job *job, struct err *err);
#endif
