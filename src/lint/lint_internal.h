/*
 * lint_internal.h - what the files of this folder share, and nobody else.
 *
 * Reading goes in steps: lines.c flattens a document to lines and grids;
 * mark.c knows labels; cell.c knows cells; rows.c finds rows of numbers with
 * the words around them; align.c says which row is which line of the form;
 * split.c takes glued digits apart; table.c puts the tables together; prose.c
 * cuts sentences. Every loop over the document is bounded by base/limits.h.
 */
#ifndef LINT_LINT_INTERNAL_H
#define LINT_LINT_INTERNAL_H

#include "base/buf.h"
#include "base/limits.h"
#include "lint/lint.h"

/* ---- text (plain.c) */

/*
 * Digits, brackets and dashes in one width, odd spaces to ' ', invisible marks dropped,
 * radicals to their characters.
 */
struct str plain_text(struct arena *a, struct str s);
struct str plain_squeeze(struct arena *a, struct str plain); /* without white space */
struct str plain_key(struct arena *a, struct str s);	      /* Han characters and letters only */
bool is_digit(char c);
/*
 * Length in bytes of the code point that starts with this byte (valid UTF-8), at most what
 * is left.
 */
size_t utf8_step(struct str s, size_t at);
bool has_any(struct str s, const char *const *words); /* NULL-terminated list */

/* ---- lines (lines.c) */

enum { MARK_BOOK = 96 };
struct mark_book { struct str key[MARK_BOOK]; size_t count; }; /* what the cells of the forms say */
void mark_book_open(struct arena *a, struct mark_book *book);
bool mark_is_statutory(const struct mark_book *book, struct str key);

enum text_kind { TEXT_LINE, TEXT_PICTURE, TEXT_BREAK, TEXT_GRID };
struct text_line {
	enum text_kind kind;
	struct str plain, place;
	size_t grid;	/* of TEXT_GRID */
	bool page_mark; /* -3- */
	bool taken;	/* belongs to a statutory table: no prose */
};
struct grid_cell { struct str text, key; uint16_t col, colspan; };
struct grid_row {
	struct str place;
	struct grid_cell *cells;
	size_t count;
}; /* what covers this row, from the left, each once */
struct grid { struct grid_row *rows; size_t rows_count; struct str place; };
struct pages {
	struct arena *arena;
	bool layout; /* sentences run over lines */
	size_t cuts; /* lines made of one */
	struct text_line *lines;
	size_t count;
	struct mark_book book;
	size_t grid_room; /* positions of grids that may still be read */
	struct grid *grids; /* tables with statutory labels only; the words of others are lines */
	size_t grids_count;
};
NODISCARD bool pages_read(struct arena *a, const struct doc *doc, struct pages *out,
			  struct err *err);

/* ---- labels (mark.c) */

enum { MARK_ACCEPTED = 4 };
struct mark {
	struct str accepted[MARK_ACCEPTED];
	size_t count;
}; /* keys, the official label first */
struct mark mark_of_line(struct arena *a, enum form_kind form, size_t line);
struct mark mark_of_row2(struct arena *a, struct str row_label);
/* 0..140: how well the words around a row of numbers name this line. */
int mark_score(const struct mark *m, struct str near, struct str around);
enum mark_fit { FIT_EXACT, FIT_PIECE, FIT_WRONG };
enum mark_fit mark_fit(const struct mark *m, struct str printed_key);
struct str mark_key(struct arena *a, struct str printed); /* without its ordinal */
bool mark_has_ordinal(struct str s); /* begins with "三、", "（三）", "5." or "5、" */
struct str mark_tail(
	struct str text); /* from the last ordinal on: "（三）不予公开 5.属于…" -> "5.属于…" */

/* ---- cells (cell.c) */

struct lint_cell cell_parse(struct str raw, struct str plain, struct str place);
bool cell_like(struct str plain); /* a number, or a stroke in its place */
struct lint_cell cell_value(int64_t value, struct str source, struct str place);

/* ---- rows of numbers (rows.c, rows_grid.c) */

enum { ROW_CELLS = 16 };
struct num_row {
	struct str near, around; /* keys of the words on its line, and just above and below */
	struct str printed;	 /* its label as printed, if it stands in one piece */
	struct lint_cell cells[ROW_CELLS];
	struct str heads[ROW_CELLS]; /* keys of the column heads, where known */
	/*
	 * Middle of each cell in its line, in half columns: a Han character counted as one
	 * column, and as two.
	 */
	int at[2][ROW_CELLS];
	size_t count;
	bool fielded; /* cells told apart by tabs or a grid: a blank one is in its place */
	struct str glued; /* digits without gaps instead of cells */
	struct str place;
	size_t first_line, last_line; /* lines it used; SIZE_MAX: from a grid */
};
struct num_rows { struct num_row *rows; size_t count; };
/* Lines [from, to): streams of words and cells. want: cells that make a row full. */
struct num_rows rows_of_lines(const struct pages *p, size_t from, size_t to, size_t want);
/* The same lines read as one run of characters; rows of at least `digits` digits. */
struct num_rows rows_of_glued(const struct pages *p, size_t from, size_t to, size_t digits);
struct num_rows rows_of_grids3(const struct pages *p);
struct num_rows rows_of_grids2(const struct pages *p);
bool row_of_grids4(const struct pages *p, struct num_row *out);

/* ---- which row is which line (align.c) */

/* score[row * lines + line], at least 30 to count. Sets line_of[row], -1: none. Order is kept. */
void align_rows(struct arena *a, const int *score, size_t rows, size_t lines, int *line_of);

/* ---- glued digits (split.c) */

enum { SPLIT_PARTS = 15 };
struct split { int64_t part[SPLIT_PARTS]; }; /* × LINT_SCALE */
struct split_set { struct split *splits; size_t count; bool more; /* the limit was met */ };
/* Seven numbers whose first six sum to the last. */
struct split_set split_sum7(struct arena *a, struct str digits);
/*
 * The split that comes nearest to `want` (unknown columns are free), or false: there is
 * none at all.
 */
bool split_nearest7(struct arena *a, struct str digits, const struct opt_int want[7],
		    struct split *out);
/* Three groups of five, the first four summing to the fifth. */
struct split_set split_table4(struct arena *a, struct str digits);
bool split_nearest15(struct arena *a, struct str digits, struct split *out);
/*
 * `kinds` cells of table 二: counts, a signed change, an amount. Constraints: change not
 * below -first, published <= public.
 */
struct split_set split_cells2(struct arena *a, struct str run, const struct form_cell2 *cells,
			      size_t count);

enum { CHOICE_MAX = 64 };
struct lint_choice {
	struct lint_cell *cells[SPLIT_PARTS]; /* in the report */
	size_t cells_count;
	struct split *splits;
	size_t count;
	bool more; /* there are others, not kept */
	struct str what; /* 表三“（一）予以公开” */
	struct str glued, place;
};
struct lint_choices {
	struct lint_choice choice[CHOICE_MAX];
	size_t count;
	bool overflow;
	bool refuted; /* no combination agrees with the printed check code */
};
struct str choice_ways(struct arena *a, const struct lint_choice *c); /* 6|6|82；6|68|2 */
/* The cells on which all splits agree are known, the others unsure. */
void choice_open(struct arena *a, struct lint_report *r, const struct lint_choice *c,
		 struct str glued, struct str place);
/* Puts split number `index` of a choice into the report's cells. */
void choice_take(const struct lint_choice *c, size_t index);
/* Number of combinations of all choices, or 0 if there are too many to try. */
long choice_combinations(const struct lint_choices *all);
void choice_take_all(const struct lint_choices *all, long combination);
void choice_reopen(const struct lint_choices *all); /* unsure again */

/* ---- the tables (table3.c, table2.c, table4.c) */

struct lint_note {
	struct str key, message, place, text;
	enum lint_severity severity;
	struct lint_note *next;
};
void note_add(struct arena *a, struct lint_report *r, enum lint_severity severity, struct str key,
	      struct str message, struct str place, struct str text);
void read_table3(struct pages *p, struct lint_report *r);
void read_table3_glued(struct arena *a, struct lint_report *r,
		       const struct num_row *const rows[LINT_LINES]);
void read_table2(struct pages *p, struct lint_report *r);
void read_table4(struct pages *p, struct lint_report *r);

/* ---- title, year, agency, check code (head.c) */
void read_head(struct pages *p, struct lint_report *r);
bool is_government(const struct lint_report *r);
/* 2020年, 2020-03-31, 2020年3月31日 at the front of s. */
bool take_year(struct str s, int *year);
bool take_date(struct str s, struct date *out);
/* Tries the check code on splits left open: one that fits all decides them. */
void resolve_digest(struct arena *a, struct lint_report *r);
struct opt_str computed_digest(struct arena *a,
			       const struct lint_report *r); /* unknown if a cell is */

/* ---- parts, sentences (prose.c) */
void read_parts(struct pages *p, struct lint_report *r);
int shares_named(struct str text); /* outcomes named with a number behind them (rules_prose.c) */
int part_heading(struct str plain); /* 1..6 if this line is the heading of a part, else 0 */

/* ---- figures in sentences (quantity.c) */

struct quantity {
	int64_t value;	     /* × LINT_SCALE */
	struct str unit;     /* 件, %, … as printed */
	bool approx;	     /* 余, 约, 近, 多, 万 */
	int decimals, depth; /* depth: of brackets around it */
	size_t start, end;   /* in the sentence; end after the unit */
	struct str
		phrase; /* left of it, to the last punctuation; a bracket just before is skipped */
	struct str clause;   /* left of it, to the last ，；。 */
	struct str after;    /* right of it, to the next ，；。 */
};
struct quantity *quantities(struct arena *a, struct str sentence, size_t *count);

/* ---- values (value.c) */

struct opt_int cell_number(const struct lint_cell *c); /* known only for LINT_VALUE */
int line3(const struct lint_table3 *t,
	  const char *key); /* index in cell, or -1 when the shape has no such line */
bool line3_is_leaf(const struct lint_table3 *t, size_t line);
bool line3_has_numbers(const struct lint_table3 *t, size_t line);
struct opt_int sum_lines3(const struct lint_table3 *t, const char *parent,
			  size_t column); /* leaves under a group */
struct str print_value(struct arena *a, int64_t value);
struct str print_opt(struct arena *a, struct opt_int value);
/* part / whole printed as a percentage with so many decimals, rounded or cut off. */
bool percent_fits(int64_t printed, int decimals, int64_t part, int64_t whole);
const struct form_line *line3_form(const struct lint_table3 *t,
				   size_t line); /* labels in the table's own shape */

/* ---- the rules (check.c and rules_*.c) */

struct checker {
	struct arena *arena;
	const struct lint_report *r;
	const struct lint_options *o;
	struct lint_result *out;
	size_t findings_cap, verdicts_cap;
	struct quantity **quantities; /* of each sentence */
	size_t *quantities_count;
};
void verdict(struct checker *c, const char *rule, struct str scope, enum lint_status status);
struct lint_finding *finding(struct checker *c, enum lint_severity severity, const char *rule,
			     struct str scope, struct str message);
struct lint_quote quote_cell(struct checker *c, const struct lint_report *r,
			     const struct lint_cell *cell, struct str name);
struct lint_quote quote_text(const struct lint_report *r, struct str place, struct str text,
			     struct str value);
void rules_tables(struct checker *c);  /* T3-1..3, T4-1, T2-1, T2-4, E9 */
void hint_table3(struct checker *c);
void rules_digest(struct checker *c);  /* D1 */
void rules_form(struct checker *c);    /* F1.., W1-W4, W9, W11, W12 */
void rules_prose(struct checker *c);   /* TX-1, E10, W10 */
void rules_sums(struct checker *c);   /* S1, S2, W8 */
void check_growth(struct checker *c, size_t sentence, size_t index); /* W5 */
void rules_years(struct checker *c);   /* T3-4, T2-2, T2-3, W6, W7, W13 */
void rules_units(struct checker *c);   /* R1 */

/* What a quantity in a sentence counts, if it names cells of the tables (bind.c, bind4.c). */
enum { TARGET_VALUES = 3 };
struct target {
	struct str scope;		     /* of the verdict: granted, reconsideration.upheld */
	struct str label;		     /* for people: 表三“（三）不予公开”各项合计 */
	struct opt_int value[TARGET_VALUES]; /* what it may equal; × LINT_SCALE */
	const char *formula[TARGET_VALUES];  /* how each is made, for people */
	size_t count;
	const struct lint_cell *cell; /* to quote */
	bool filed; /* cases filed in the year; the table counts those ended or pending */
	bool partial;		      /* one body's figure, the table counts all */
	bool documents;		      /* of table 二 */
	bool silent; /* a part of it claims nothing about the table */
};
/* Figure `index` of sentence `sentence`; false: it names no cell. */
bool bind_figure(struct checker *c, size_t sentence, size_t index, struct target *out);
/* The same for cases of table 四. */
bool bind_case(struct checker *c, size_t sentence, const struct quantity *q, struct target *out);
bool scope_of_case(struct str scope, size_t *route, size_t *outcome); /* litigation.corrected */
struct opt_int case_value(const struct lint_report *r, size_t route, size_t outcome);
/* The same target in the tables of another report: last year's base of a growth rate. */
struct opt_int target_value(struct arena *a, const struct lint_report *r, struct str scope,
			    size_t which);
void target_add(struct target *t, struct opt_int value, const char *formula);
bool is_scope_note(struct str sentence); /* this or that is counted elsewhere (rules_form.c) */
bool says_whole(struct str text); /* 全区, 全市, 我局 … */
bool is_count_unit(struct str unit);
#endif
