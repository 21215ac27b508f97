/*
 * report.h - the annual report of a unit or of the government: 条例第四十九条、第五十条.
 *
 * The government's report (that of the root unit) rolls up: its tables are the
 * sum of all units, each by its approved report where there is one and else as
 * counted. A report is drafted, checked, approved by somebody who did not edit
 * it last, and published; approval freezes every figure with the ledger
 * position it was counted at, and what is printed afterwards comes from there.
 * A published report changes by errata only: number, day, reason, both values.
 *
 * Verbs write; each runs inside the caller's transaction, appends an event to
 * the ledger, and refuses ("report.changed") when the caller's version is not
 * the current one. Permissions are the routes'; that somebody acts for the own
 * unit only, unless set over the whole site, is checked here.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "agency/agency.h"
#include "db/ctx.h"
#include "report/content.h"

struct report_id { int64_t n; };
enum report_state {
	REPORT_DRAFT,
	REPORT_CHECKED,
	REPORT_APPROVED,
	REPORT_PUBLISHED,
	REPORT_STATE_COUNT
};
struct report {
	struct report_id id;
	struct unit_id unit;
	int year;
	enum form_kind form;
	bool rolls_up;
	enum report_state state;
	int64_t version, edited_by;
	struct opt_int approved_by, frozen_seq;
	struct opt_date approved_on, published_on;
	/* As frozen; empty before approval. */
	struct str unit_name, unit_short_name, office_name, contact, check_code;
};
struct str report_state_code(enum report_state s);
struct str report_state_label(enum report_state s);

/* ---- verbs */

enum report_verb {
	REPORT_EDIT,
	REPORT_CHECK,
	REPORT_WAIVE,
	REPORT_APPROVE,
	REPORT_RETURN,
	REPORT_PUBLISH,
	REPORT_ERRATUM,
	REPORT_VERB_COUNT
};
/* The one table of what is possible when; who may is the route's. */
bool report_allows(enum report_state state, enum report_verb verb);

/*
 * With the default words of the form. ERR_CONFLICT "report.exists", ERR_INVALID
 * "report.bad_year", "report.not_reporting".
 */
NODISCARD bool report_start(struct ctx *ctx, struct unit_id unit, int year, struct report_id *id,
			    struct err *err);
/* part: 1 … 6. Text that narrative_parse refuses is not saved. Back to draft. */
NODISCARD bool report_edit_part(struct ctx *ctx, struct report_id id, int64_t version, int part,
				struct str text, struct err *err);
/* All six at once, from a narrative in one file. */
NODISCARD bool report_edit_whole(struct ctx *ctx, struct report_id id, int64_t version,
				 struct str whole, struct err *err);

enum report_severity { REPORT_BLOCKS, REPORT_WARNS };
struct report_finding {
	struct str key; /* stable while the text at fault is: T3-1/total, unit/YXCZ … */
	enum report_severity severity;
	struct str where, text;
	struct str href; /* where it is repaired, or empty */
	bool waivable;
	struct str waived; /* the reason given, or empty */
};
struct report_findings { struct report_finding *rows; size_t count; };
bool report_blocked(
	const struct report_findings *f); /* something blocks that nobody has answered for */
/* If nothing blocks, moves to checked; else it is a draft. What was found is told either way. */
NODISCARD bool report_check(struct ctx *ctx, struct report_id id, int64_t version,
			    struct report_findings *out, struct err *err);
/* Answers for a finding that may be answered for. ERR_NOT_FOUND "report.no_finding". */
NODISCARD bool report_waive(struct ctx *ctx, struct report_id id, int64_t version,
			    struct str finding, struct str reason, struct err *err);
/*
 * Checks again, freezes. ERR_FORBIDDEN "report.same_person", ERR_CONFLICT
 * "report.blocked", "report.year_not_over".
 */
NODISCARD bool report_approve(struct ctx *ctx, struct report_id id, int64_t version,
			      struct err *err);
/* Back to draft before publication, with a reason; the frozen figures go. */
NODISCARD bool report_return(struct ctx *ctx, struct report_id id, int64_t version,
			     struct str reason, struct err *err);
/* ERR_INTERNAL "report.code_broken" if the frozen figures no longer have their check code. */
NODISCARD bool report_publish(struct ctx *ctx, struct report_id id, int64_t version,
			      struct err *err);
struct report_correction { struct str cell; int64_t hundredths; };
/* Cells are corrected, their totals follow; the identities must hold afterwards. */
NODISCARD bool report_erratum(struct ctx *ctx, struct report_id id, int64_t version,
			      const struct report_correction *corrections, size_t count,
			      struct str reason, int *number, struct err *err);

/* ---- reading */

NODISCARD bool report_find(struct ctx *ctx, struct report_id id, struct report *out,
			   struct err *err); /* "report.none" */
NODISCARD bool report_of(struct ctx *ctx, struct unit_id unit, int year, struct report *out,
			 bool *found, struct err *err);
NODISCARD bool report_words(struct ctx *ctx, struct report_id id, struct str parts[REPORT_PARTS],
			    struct err *err);
NODISCARD bool report_look(struct ctx *ctx, const struct report *r, struct report_findings *out,
			   struct err *err);
/* Everything that is printed: frozen figures, or a draft as of a ledger position (0: now). */
NODISCARD bool report_load(struct ctx *ctx, const struct report *r, int64_t as_of,
			   struct report_content *out, struct err *err);
/* The same for a unit and year without a report yet: the default words. */
NODISCARD bool report_preview(struct ctx *ctx, struct unit_id unit, int year, int64_t as_of,
			      struct report_content *out, struct err *err);
/* What references in the words may name: this year's figures and last year's. */
NODISCARD bool report_last_year(struct ctx *ctx, const struct report *r, struct report_tables *out,
				bool *found, struct err *err);

/* The units behind a figure of a report that rolls up; of any other, the one unit. */
struct report_share {
	struct unit_id unit;
	struct str code, name;
	struct opt_int hundredths;
	bool from_report;
};
NODISCARD bool report_shares(struct ctx *ctx, const struct report *r, struct str key,
			     struct report_share **out, size_t *count, struct err *err);

/* ---- lists */

/* Art. 49: departments by 31 January, the government by 31 March; these days do not move. */
struct date report_due(int year, bool rolls_up);
struct report_board_row {
	struct unit unit;
	bool exists;
	struct report report;
	struct date due;
	bool handed_in; /* approved or published */
	bool late;	/* not handed in, and the day is over */
};
struct report_board { struct report_board_row *rows; size_t count, handed_in, late; };
/* Every body that reports, the government first. */
NODISCARD bool report_board(struct ctx *ctx, int year, struct report_board *out, struct err *err);
struct report_listing {
	int year;
	struct str unit_code, unit_name;
	bool rolls_up;
	struct date published_on;
};
NODISCARD bool report_published_all(struct ctx *ctx, struct report_listing **out, size_t *count,
				    struct err *err);
#endif
