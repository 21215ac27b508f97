/*
 * form.h - the statutory tables 二 三 四 as data: rows, columns, labels, sums.
 *
 * Two forms exist: (a) 国办公开办函〔2019〕60号 for the report years 2019 and
 * 2020, (b) 国办公开办函〔2021〕30号 from 2021. Everything that prints, counts,
 * reads or checks a table walks these rows; a third form would be rows here.
 */
#ifndef STATISTICS_FORM_H
#define STATISTICS_FORM_H

#include "base/date.h"

enum form_kind { FORM_2019, FORM_2021 };
enum form_kind form_of_year(int year); /* before 2021: FORM_2019 */

/* ---- table 三: lines × seven applicant columns */

enum { APPLICANT_COLUMNS = 7, APPLICANT_TOTAL = 6 }; /* natural_person … other_org, total */
struct form_column { struct str key, label; };
extern const struct form_column form_applicants[APPLICANT_COLUMNS];

enum form_line_kind { LINE_DATA, LINE_GROUP, LINE_SUM };
struct form_line {
	struct str key, parent, label; /* denied_state_secret, denied, 1.属于国家秘密 */
	enum form_line_kind kind;
	struct str basis; /* articles of the Regulation, for people: 条例第十四条 */
};
/* All lines in printed order, groups included. */
const struct form_line *form_table3(enum form_kind form, size_t *count);
/* Index of key among those lines, or -1. */
int form_table3_find(enum form_kind form, struct str key);
/*
 * The line of `form` in which a request with this outcome key (always of the finer form (b)
 * vocabulary) is counted: other_overdue_fee is other_handling in (a).
 */
int form_table3_line_of_outcome(enum form_kind form, struct str outcome);
bool form_table3_is_leaf(
	const struct form_line *line); /* a result line under 三: what results_total sums */

/* ---- table 四: three routes × five outcomes */

enum { ROUTES = 3, ROUTE_OUTCOMES = 5, ROUTE_TOTAL = 4 };
extern const struct form_column form_routes
	[ROUTES]; /* reconsideration, litigation_direct, litigation_after_reconsideration */
extern const struct form_column
	form_outcomes[ROUTE_OUTCOMES]; /* upheld corrected other pending total */

/* ---- table 二: cells by block, row, column */

enum form_cell_kind { CELL_COUNT, CELL_SIGNED, CELL_AMOUNT /* 万元, may have decimals */ };
struct form_cell2 {
	struct str section, section_label; /* art20_1, 第二十条第（一）项 */
	struct str row, row_label;	   /* normative_documents, 规范性文件 */
	struct str column, column_label;   /* made_this_year, 本年新制作数量 */
	enum form_cell_kind kind;
};
/* In printed order: block by block, row by row, column by column. */
const struct form_cell2 *form_table2(enum form_kind form, size_t *count);
int form_table2_find(enum form_kind form, struct str section, struct str row, struct str column);

/* ---- the six parts */
struct form_part { int number; struct str heading, heading_long; };
extern const struct form_part form_parts[6];

/*
 * ---- the check code, printed as the last line of a report: 数据校验码：GK1-7Q3F-…
 *
 * 60 bits of SHA-256 over year, form and every cell in printed order. Whoever
 * reads the report later, from any of its formats, computes it again: a figure
 * that was retyped wrongly or lost in a conversion shows, also where no sum
 * binds it. It finds slips; it is no signature, anybody can compute a new one.
 */
#define FORM_DIGEST_LABEL "数据校验码："
enum { FORM_DIGEST_LEN = 18 }; /* GK1-XXXX-XXXX-XXXX */
struct form_values {
	enum form_kind form;
	int year;
	const struct opt_int *table2; /* hundredths, by form_table2; unknown: printed blank */
	const int64_t (
		*table3)[APPLICANT_COLUMNS]; /* by form_table3; group lines are not looked at */
	const int64_t (*table4)[ROUTE_OUTCOMES];
};
struct str form_digest(struct arena *a, const struct form_values *v);
#endif
