/*
 * statistics.h - every figure declared once, counted by a statement, opened by
 * another.
 *
 * A scope names what is counted: year, one unit or the roll-up of the site, and
 * the ledger position as of which. Tables 二 三 四 in both forms and every
 * number in a report's narrative are built from figures only.
 */
#ifndef STATISTICS_STATISTICS_H
#define STATISTICS_STATISTICS_H

#include "agency/agency.h"
#include "statistics/form.h"

struct scope {
	int year;
	struct opt_int unit; /* unknown: all units of the site */
	int64_t as_of;	     /* ledger position; 0: now */
	enum form_kind form; /* usually form_of_year(year) */
};

struct table3 {
	enum form_kind form;
	int64_t cell[32][APPLICANT_COLUMNS];
}; /* [line of form_table3][column]; group lines are 0 */
struct table4 { int64_t cell[ROUTES][ROUTE_OUTCOMES]; };
struct cell2_value {
	bool known;
	int64_t hundredths; /* of the unit: counts × 100, 万元 × 100 */
	struct str source;
};
struct table2 { enum form_kind form; struct cell2_value cell[32]; /* by form_table2 */ };

/*
 * 信息处理费, told in words in part six of the later form (国办函〔2020〕109号): notices sent in
 * the year, what they asked for, and what was paid in the year, each by its own day.
 */
enum { FEE_NOTICES, FEE_CHARGED, FEE_PAID, FEES };
extern const struct form_column statistics_fee_figures[FEES]; /* notices, charged, paid */
/* Hundredths: of notices, of yuan. All 0 in the earlier form. */
NODISCARD bool statistics_fees(struct ctx *ctx, const struct scope *s, int64_t out[FEES],
			       struct err *err);

/* Counted from the records, at once. */
NODISCARD bool statistics_table3(struct ctx *ctx, const struct scope *s, struct table3 *out,
				 struct err *err);
NODISCARD bool statistics_table4(struct ctx *ctx, const struct scope *s, struct table4 *out,
				 struct err *err);
/*
 * From records where a slice exists, else the sum of the units' typed, sourced entries. A cell
 * for which a reporting unit has none is unknown.
 */
NODISCARD bool statistics_table2(struct ctx *ctx, const struct scope *s, struct table2 *out,
				 struct err *err);
/*
 * A typed figure of table 二 for one unit and year, with where it comes from. Replaces an
 * earlier one (the ledger keeps both).
 */
NODISCARD bool statistics_enter(struct ctx *ctx, struct unit_id unit, int year, enum form_kind form,
				int cell, int64_t hundredths, struct str source, struct err *err);

/*
 * ---- figures by key, for narratives and links: t3.granted.total, t3.denied.total (a group:
 * sum of its lines), t4.reconsideration.upheld, t4.all.total,
 * t2.art20_1.normative_documents.made_this_year …, fee.notices in the later form.
 */
struct figure {
	struct str key, label, unit; /* 件, 份, 万元 */
	struct str definition;	     /* one sentence with its article or rule */
	struct opt_int hundredths;   /* value × 100; unknown if it cannot be had */
	struct str href;	     /* page that opens the records */
};
/* Every key of a form, in table order. */
NODISCARD bool statistics_keys(struct arena *a, enum form_kind form, struct str **keys,
			       size_t *count);
/* All figures of a scope in one go (a few statements); look up by figure_find. */
struct figure_set { struct scope scope; struct figure *figures; size_t count; };
NODISCARD bool statistics_figures(struct ctx *ctx, const struct scope *s, struct figure_set *out,
				  struct err *err);
const struct figure *figure_find(const struct figure_set *set,
				 struct str key);	      /* NULL if no such key */
struct str figure_print(struct arena *a, int64_t hundredths); /* 277, 7730.28 */
bool figure_parse(struct str s, int64_t *hundredths); /* and back; -3 too */

/*
 * ask.avoided: in the year, how often somebody found what is public already instead of asking.
 * Ours, no cell of the statutory tables. Counted as it is now: scope->as_of is not looked at.
 */
NODISCARD bool statistics_avoided(struct ctx *ctx, const struct scope *s, struct figure *out,
				  struct err *err);

/*
 * ---- the records behind a cell, keyset paging by id; with scope->as_of those it counted then:
 * applicant, state (of table 三 the outcome's key, of 四 its label; empty: none) and
 * closed_year are as they were, number and words as they are now. Fees are told as of now.
 */
struct record_row {
	int64_t id;
	struct str number, unit_name, what, state;
	struct opt_date received_on, closed_on;
	bool then; /* the scope names a position */
	struct str applicant;	    /* of table 三, then */
	struct opt_int closed_year; /* then */
};
/* line: key of table 三; column: applicant key or "total". */
NODISCARD bool statistics_records3(struct ctx *ctx, const struct scope *s, struct str line,
				   struct str column, int64_t after_id, size_t max,
				   struct record_row **rows, size_t *count, struct err *err);
/* figure: notices, charged or paid; state tells the day and the sum of each. */
NODISCARD bool statistics_records_fee(struct ctx *ctx, const struct scope *s, struct str figure,
				      int64_t after_id, size_t max, struct record_row **rows,
				      size_t *count, struct err *err);
NODISCARD bool statistics_records4(struct ctx *ctx, const struct scope *s, struct str route,
				   struct str outcome, int64_t after_id, size_t max,
				   struct record_row **rows, size_t *count, struct err *err);

/* Behind ask.avoided; what: the item found, state: its kind, received_on: when. */
NODISCARD bool statistics_records_avoided(struct ctx *ctx, const struct scope *s, int64_t after_id,
					  size_t max, struct record_row **rows, size_t *count,
					  struct err *err);

/* ---- 勾稽: the identities of one set of tables, used before signing and in tests */
struct cross_foot {
	struct str key, where, left_text, right_text;
	int64_t left, right;
	bool holds;
};
NODISCARD bool statistics_cross_foot(struct arena *a, const struct table3 *t3,
				     const struct table4 *t4, struct cross_foot **out,
				     size_t *count);
#endif
