/*
 * import_parts.h - what the parts of the import share; private to src/request.
 */
#ifndef REQUEST_IMPORT_PARTS_H
#define REQUEST_IMPORT_PARTS_H

#include "request/import.h"

enum {
	IMPORT_CHUNK = 1024,
	IMPORT_NUMBER_SLOTS = 1 << 20, /* over twice LIMIT_IMPORT_ROWS */
	IMPORT_HEAD_ROWS = 10,	       /* titles may stand above the head, but not more than this */
	IMPORT_WORDS_KEPT = 64,
	IMPORT_ROW_PROBLEMS = IMPORT_FIELD_COUNT + 4,
};

/* A row that can be written. Texts lie in the import's own arena. */
struct import_good {
	uint32_t row;
	struct str number, content;
	struct unit_id unit;
	enum request_channel channel;
	enum applicant_class applicant;
	struct date submitted_on;
	struct opt_date received_on, closed_on;
	int extension;
	const struct decision_kind *kind; /* NULL: still open */
};

struct import_chunk {
	struct import_chunk *next;
	size_t count;
	struct import_good rows[IMPORT_CHUNK];
};

/* Words seen lately and what they mean: a register has few and repeats them. */
struct import_words {
	struct {
		struct str text;
		int64_t value;
	} list[IMPORT_WORDS_KEPT];
	size_t count;
};

struct import_kept_row {
	uint32_t number;
	struct str *cells;
	size_t count;
};

struct import {
	struct ctx ctx; /* the caller's, but with `scratch`, which is emptied after each row */
	struct arena *arena, *scratch;
	struct import_options options;
	struct import_summary summary;
	struct import_problem *problems; /* what summary.problems shows */
	bool head_known, fields_missing;
	struct import_kept_row before_head[IMPORT_HEAD_ROWS];
	size_t before_head_count;
	struct import_chunk *first, *last;
	size_t bytes;
	struct import_words units, channels, applicants, decisions;
	const struct import_good **by_number; /* a hash table of the rows taken so far */
};

/* What is wrong with one row, while it is looked at. */
struct import_trouble {
	struct import *import;
	const struct sheet_row *row;
	struct import_problem list[IMPORT_ROW_PROBLEMS];
	size_t count;
};

/* import_check.c: the row's cells understood; trouble is added to where they cannot be. */
NODISCARD bool import_check(struct import *import, const struct sheet_row *row,
			    struct import_good *out, struct import_trouble *trouble,
			    struct err *err);
/* The text of a field in a row: its cell, or the constant of the mapping. */
struct str import_cell(const struct import *import, const struct sheet_row *row,
		       enum import_field f);
/* key: a sentence of which {1} is the row, {2} the column, {3} the value, {4} and {5} the facts. */
void import_trouble(struct import_trouble *t, enum import_field f, const char *key, struct str fact,
		    struct str second);

/* import_write.c: does the number exist already, and with the same facts? */
enum import_there { IMPORT_NEW, IMPORT_SAME, IMPORT_DIFFERENT };
NODISCARD bool import_compare(struct ctx *ctx, const struct import_good *good,
			      enum import_there *out, enum import_field *differs, struct str *there,
			      struct err *err);
#endif
