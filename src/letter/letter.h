/*
 * letter.h - the official letters of 依申请公开: 36 kinds, their words, their numbers.
 *
 * A letter is merged from the template in force on its date, edited as a draft
 * and issued once: then it has its number, its text is frozen and bound to the
 * ledger by a commitment. What must stay true is never typed: the remedy
 * paragraph, the contact, the number and the date are computed from (date, kind,
 * unit) whenever a draft is shown, and once more when it is issued.
 *
 * Whatever may name people (text, addressee, facts) is kept sealed (base/vault.h) and stands
 * in the ledger by commitments only.
 *
 * Letters know nothing of requests: a subject is a kind and an id, and the facts
 * come from the caller. Templates: template.h; letterheads, organs and courts:
 * letterhead.h; the remedy paragraph: remedy.h. 条例第三十条至第四十四条.
 */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include "agency/agency.h"
#include "office/official.h"

struct letter_id {
	int64_t n;
};

/* ---- the kinds */

/* Letters of one group may share a series of numbers. */
enum letter_group { LETTER_ANSWER, LETTER_NOTICE, LETTER_OUTSIDE, LETTER_GROUP_COUNT };
/* What the reader may do against it; the words are remedy.h's. */
enum remedy_class {
	REMEDY_NONE,  /* a step on the way */
	REMEDY_FREE,  /* reconsideration or court, as one likes */
	REMEDY_FIRST, /* from 2024-01-01 reconsideration before court: 条例第十四条至第十六条 */
	REMEDY_PART,  /* that for the part refused, the choice for the rest */
};
struct letter_kind {
	const char *code; /* receipt, correct … suggest; those of decisions are request's own */
	struct str name;
	struct str basis; /* 条例第三十条 */
	enum letter_group group;
	enum remedy_class remedy;
	bool answer;  /* ends the request: the gates before signing are for these */
	bool given;   /* grants what was asked for, wholly or in part */
	bool counted; /* has a line in table 三 */
	/* What every template of this kind must say: articles, and {fields}; parted by '|'. */
	const char *articles, *fields;
	struct opt_date from; /* the law's: no such letter before */
};
enum { LETTER_KINDS = 36 };
extern const struct letter_kind letter_kinds[LETTER_KINDS];
const struct letter_kind *letter_kind_find(struct str code); /* NULL if unknown */
bool letter_kind_in_force(const struct letter_kind *kind, struct date day);

/* ---- what goes into them */

enum letter_value {
	VALUE_TEXT,
	VALUE_ASKED, /* the applicant's words: on one line, cut with …… where they are very long */
	VALUE_DATE,  /* any spelling of a day: printed as 2020年12月8日 */
	VALUE_MONEY, /* fen in digits: printed as 壹佰元整（100.00元） */
	VALUE_LIST,  /* a line for each: printed as 一、…；二、… */
	VALUE_LIVE,  /* computed, not given: 救济途径, 联系方式 … */
};
/* The closed list of what stands between braces in templates. */
struct letter_field {
	const char *code; /* received_on: for callers */
	struct str name;  /* 收到日期: for templates */
	enum letter_value value;
	const char *sample; /* of a date: days from the letter's own */
};
extern const struct letter_field letter_fields[];
extern const size_t letter_fields_count;
const struct letter_field *letter_field_by_code(struct str code); /* NULL if unknown */
const struct letter_field *letter_field_by_name(struct str name);

/* name is a field's code, or its Chinese name; an empty value is an unknown one. */
struct letter_fact {
	const char *name;
	struct str value;
};
/* One of several things asked for: its own finding, ground and decision, by the kind's template. */
struct letter_item {
	const struct letter_kind *kind;
	struct str information; /* what this item is about */
	const struct letter_fact *facts;
	size_t facts_count;
};
enum letter_to {
	LETTER_TO_PERSON,	/* 您 */
	LETTER_TO_ORGANISATION, /* 你单位 */
	LETTER_TO_AGENCY,	/* 贵单位 */
};
struct letter_new {
	struct unit_id unit; /* who writes it */
	const struct letter_kind *kind;
	const char *subject_kind; /* "request", "amendment" …; "" for none */
	int64_t subject_id;
	struct str addressee; /* name in full */
	enum letter_to to;
	struct date dated; /* the day planned for it */
	const struct letter_fact *facts;
	size_t facts_count;
	const struct letter_item *items; /* none: one thing, of the letter's own kind */
	size_t items_count;
	struct str attachments; /* a line for each, without numbers; or empty */
	bool online;		/* served over the internet: 行政复议法（2023）第二十二条 */
};

/* ---- one letter */

struct letter {
	struct letter_id id;
	struct unit_id unit;
	const struct letter_kind *kind;
	struct str subject_kind;
	int64_t subject_id;
	struct str addressee;
	enum letter_to to;
	bool issued;
	struct date dated;
	struct str number; /* 代字〔年〕序号; empty in a draft */
	struct str organ;  /* full name of the agency */
	enum official_style style;
	struct str title;
	struct str text; /* as stored: a line is a paragraph; a draft holds live fields */
	struct str body; /* as printed */
	struct str attachments;
	bool online;
	struct str commitment; /* of the frozen text, as the ledger has it; empty in a draft */
	int64_t version;
};

/*
 * May it be served over the internet? From 2024 on its remedy must name that channel then:
 * 行政复议法（2023）第二十二条.
 */
bool letter_names_channel(const struct letter *l);

/*
 * ---- verbs. Inside a transaction; permission is the caller's. ERR_CONFLICT
 * "letter.issued" for one that is issued, "letter.changed_meanwhile" for another version.
 */

/* ERR_CONFLICT "letter.kind_not_in_force"; ERR_INVALID "letter.no_addressee". */
NODISCARD bool letter_draft(struct ctx *ctx, const struct letter_new *in, struct letter_id *id,
			    struct err *err);
struct letter_text {
	struct str title, text, attachments, addressee;
};
/* ERR_INVALID "letter.remedy_typed", "letter.live_missing", "letter.unknown_field" … */
NODISCARD bool letter_set_text(struct ctx *ctx, struct letter_id id, int64_t version,
			       const struct letter_text *text, struct err *err);
/* Puts values in the place of their {fields}, wherever those still stand. */
NODISCARD bool letter_fill(struct ctx *ctx, struct letter_id id, int64_t version,
			   const struct letter_fact *facts, size_t count, struct err *err);
/* Another day, or another way of service: the remedy paragraph follows. */
NODISCARD bool letter_redate(struct ctx *ctx, struct letter_id id, int64_t version,
			     struct date dated, bool online, struct err *err);
/* Merges anew from the template in force and the facts kept; what was edited is lost. */
NODISCARD bool letter_remerge(struct ctx *ctx, struct letter_id id, int64_t version,
			      struct err *err);
NODISCARD bool letter_discard(struct ctx *ctx, struct letter_id id, struct str reason,
			      struct err *err);
/*
 * Takes the next number of the series, freezes text and commitment. No later change. Of a letter
 * on the way it adds the job "letter.issued", whose payload is its id.
 * ERR_CONFLICT "letter.unfilled" while a {field} is open; "letter.in_future".
 */
NODISCARD bool letter_issue(struct ctx *ctx, struct letter_id id, struct date dated,
			    struct err *err);

/*
 * The words, facts and addressees of all letters of a subject give way to `words`; numbers, days
 * and commitments stay. No event: whoever erases a case leaves one.
 */
NODISCARD bool letter_erase(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			    struct str words, struct err *err);

NODISCARD bool letter_load(struct ctx *ctx, struct letter_id id, struct letter *out,
			   struct err *err); /* ERR_NOT_FOUND "letter.none" */
/* Of one subject, oldest first. */
NODISCARD bool letter_list(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			   struct letter **out, size_t *count, struct err *err);
/* Newest first; before: the id the last page ended with, 0 for the first. unit unknown: all. */
NODISCARD bool letter_page(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			   struct letter **out, size_t *count, struct err *err);
/* The names of fields that are still open in it, for forms; live ones are not among them. */
const struct letter_field **letter_open_fields(struct arena *a, const struct letter *l,
					       size_t *count);
/* The first word the unit has yet to enter under letterhead or organs and courts, or STR_NONE. */
struct str letter_head_missing(const struct letter *l);

/* ---- on paper. From one tree: the same words in each. */
struct official *letter_official(struct arena *a, const struct letter *l);
NODISCARD bool letter_pdf(struct ctx *ctx, struct arena *a, const struct letter *l,
			  struct str *bytes, struct err *err);
NODISCARD bool letter_docx(struct ctx *ctx, struct arena *a, const struct letter *l,
			   struct str *bytes, struct err *err);
struct str letter_plain(struct arena *a, const struct letter *l);

/*
 * A letter of the kind with every field filled by its sample, as the unit would send it on
 * that day; nothing is stored. letter_sample_of: by the words of a template that is no longer,
 * or not yet, in force.
 */
NODISCARD bool letter_sample_of(struct ctx *ctx, struct unit_id unit,
				const struct letter_kind *kind, struct str template,
				struct date dated, struct letter *out, struct err *err);
NODISCARD bool letter_sample(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
			     struct date dated, struct letter *out, struct err *err);
#endif
