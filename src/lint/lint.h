/*
 * lint.h - checks a published annual report on disclosure, anybody's.
 *
 * A report in any format office/read.h reads becomes a struct lint_report: year,
 * agency, parts, sentences, and the cells of tables 二 三 四 whatever their
 * layout, each with the text it was taken from and its place. The rules
 * (勾稽关系, sentences against tables, this year against the last, a district
 * against its units, the form itself) then say holds, broken, cannot be judged
 * or does not apply. A finding quotes both places and both values.
 *
 * Promises: the same input gives the same findings; no network, no model; a
 * blank cell is never taken for a zero; digits printed without gaps are split
 * only where the sums leave one way, and what stays open is said to be open.
 * An error is provable from what is printed; a warning asks a person to look.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "office/doc.h"
#include "office/write.h"
#include "statistics/form.h"

#include <jansson.h>

/* ---- what was read */

enum { LINT_SCALE = 10000 }; /* values are in ten-thousandths: 万元 are printed to the yuan */
enum lint_state {
	LINT_MISSING,	 /* no such cell was found */
	LINT_VALUE,
	LINT_BLANK,	 /* the cell is there and empty */
	LINT_SLASH,	 /* / or - where a number is due */
	LINT_UNREADABLE, /* some other text */
	LINT_UNSURE,	 /* digits without gaps that can be split in more than one way */
};
struct lint_cell {
	enum lint_state state;
	bool glued;	   /* taken out of digits printed without gaps */
	bool nearest;	   /* and no split of them satisfies the sum: this is the nearest one */
	bool told;	   /* why it is not readable is told of its whole line */
	int64_t value;	   /* × LINT_SCALE, of LINT_VALUE */
	struct str source; /* as printed: the cell, or all the digits */
	struct str place;  /* 第3页, 表格2第5行 */
};

enum { LINT_LINES = 30, LINT_CELLS2 = 22 };
struct lint_table3 {
	bool found;
	struct str place;
	enum form_kind shape; /* FORM_2019: （六）其他处理 is one line; FORM_2021: three */
	/*
	 * By the lines of FORM_2021; the one line of （六） in the older shape stands in
	 * its group's place.
	 */
	struct lint_cell cell[LINT_LINES][APPLICANT_COLUMNS];
	struct str
		label[LINT_LINES]; /* as printed; empty: not found, or broken over several lines */
	bool whole_labels;	   /* labels come from cells of their own, not from lines of text */
};
struct lint_table4 {
	bool found;
	struct str place;
	struct lint_cell cell[ROUTES][ROUTE_OUTCOMES];
};
struct lint_table2 {
	bool found;
	struct str place;
	enum form_kind form;
	struct lint_cell cell[LINT_CELLS2]; /* by form_table2(form) */
	struct str label[LINT_CELLS2];	    /* the row's label as printed */
};

struct lint_part {
	bool found, empty;
	struct str heading, place; /* as printed */
	size_t order;		   /* position among the headings of the text, from 0 */
};
struct lint_sentence {
	struct str text; /* without white space, digits and punctuation in one width */
	struct str place;
	int part; /* 1..6; 0: before the first heading, or no headings */
};
struct lint_picture {
	struct str text, place;
	int part;
	bool has_data;
}; /* text: its alternative or caption; has_data: figures beside it */

struct lint_report {
	struct str file; /* for messages */
	struct str title, agency;
	struct opt_int year;
	struct str period;     /* the year of 统计期限 as printed, or empty */
	struct opt_int period_year;
	struct opt_date published; /* 发布日期 in the text */
	struct lint_part parts[6];
	struct lint_sentence *sentences;
	size_t sentences_count;
	struct lint_picture *pictures;
	size_t pictures_count;
	struct lint_table2 two;
	struct lint_table3 three;
	struct lint_table4 four;
	struct str digest, digest_place; /* GK1-…, empty if none is printed */
	bool digest_broken;		 /* the label or GK1 is there, the rest is not a code */
	struct lint_choices *choices;	 /* splits left open; private */
	struct lint_note *notes;	 /* what reading itself has to say; private */
	size_t notes_count;
};

/*
 * ERR_INVALID "lint.no_report" if none of the three tables and none of the six
 * headings is there; ERR_LIMIT "lint.too_long". file is only for messages.
 */
NODISCARD bool lint_read(struct arena *a, const struct doc *doc, struct str file,
			 struct lint_report **out, struct err *err);

/* ---- the rules */

enum lint_severity { LINT_ERROR, LINT_WARNING };
struct lint_quote { struct str file, place, text, value; };
struct lint_finding {
	struct str key; /* stable: T3-1/natural_person, TX-1/granted, W2 */
	enum lint_severity severity;
	struct str message;
	struct lint_quote left, right; /* a place that is not needed has an empty text */
	struct str hint;	       /* what would make it right, if one change does; or empty */
};
enum lint_status { LINT_HOLDS, LINT_BROKEN, LINT_CANNOT_JUDGE, LINT_NOT_APPLICABLE, LINT_STATUSES };
struct lint_verdict { struct str rule, scope; enum lint_status status; };

struct lint_options {
	const struct lint_report *previous;	  /* of the same body, the year before; or NULL */
	const struct lint_report *const *units;	  /* the bodies whose figures this report adds up */
	size_t units_count;
	struct opt_date published;		  /* when it was published, if known */
};
struct lint_result {
	struct lint_finding *findings; /* errors first, in the order of the rules */
	size_t count, errors, warnings;
	struct lint_verdict *verdicts;
	size_t verdicts_count;
	size_t totals[LINT_STATUSES];
};
void lint_check(struct arena *a, const struct lint_report *report,
		const struct lint_options *options, struct lint_result *out);

struct lint_rule {
	struct str key, title, basis;
}; /* T3-1; 新收＋结转＝总计＋结转下年度; where it comes from */
extern const struct lint_rule lint_rules[];
extern const size_t lint_rules_count;
const struct lint_rule *lint_rule_of(struct str finding_key); /* by what stands before '/' */

/* ---- telling it */

struct str lint_print_text(struct arena *a, const struct lint_report *r,
			   const struct lint_result *result);
json_t *lint_print_json(struct arena *a, const struct lint_report *r,
			const struct lint_result *result);

/* ---- gongkai check FILE… */

struct lint_job {
	const struct str *files;
	size_t files_count;
	struct str previous; /* a file, or empty */
	const struct str *units;
	size_t units_count;
	struct opt_date published;
	bool json, strict; /* strict: warnings count */
	/* office_read, or office_read_here where a child process is not wanted (tests, fuzzing) */
	bool (*read)(struct arena *a, struct str name, struct str content, struct doc **out,
		     struct err *err);
};
/*
 * Exit status: 0 clean, 1 findings, 2 a file could not be read (the reason is told); the
 * worst of all files.
 */
int lint_run(struct arena *a, const struct lint_job *job, office_sink *sink, void *arg);
#endif
