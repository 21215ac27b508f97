/* docket_parts.h - what the parts of the register of proceedings share; for src/dispute alone. */
#ifndef DISPUTE_DOCKET_PARTS_H
#define DISPUTE_DOCKET_PARTS_H

#include "dispute/docket.h"
#include "request/import_cells.h"

enum { DOCKET_ROW_PROBLEMS = DOCKET_FIELD_COUNT + 4 };

/* A row of the file, and what it says once it is checked. Texts lie in the docket's arena. */
struct docket_line {
	struct sheet_row row;
	struct str case_no, organ, result, earlier;
	struct unit_id unit; /* 0: not known */
	struct opt_int request;
	enum dispute_route route; /* DISPUTE_ROUTE_COUNT: not known */
	struct date accepted_on;
	enum dispute_outcome outcome;
	struct opt_date concluded_on; /* known: concluded */
	bool same; /* registered already */
};

struct docket {
	struct arena *arena;
	struct docket_options options;
	struct docket_line *lines; /* all rows of the file, titles and head too */
	size_t count, bytes;
	size_t first; /* of the rows below the head */
	struct docket_summary summary;
	struct docket_problem *problems;
	struct docket_preview_row *preview;
	/* First rows by type and case number: open addressing, index + 1 into lines, 0: free. */
	uint32_t *table;
	size_t slots;
	struct str unit_text; /* the last unit that was looked for … */
	struct unit_id unit;  /* … and found; 0: it is none */
};

/* What is wrong with one row, while it is looked at. */
struct docket_trouble {
	struct docket *docket;
	struct ctx *ctx;
	const struct docket_line *line;
	struct docket_problem list[DOCKET_ROW_PROBLEMS];
	size_t count;
};

/* docket_head.c: the column of each field by the words over it. */
void docket_columns(struct arena *a, const struct str *head, size_t count,
		    int column[DOCKET_FIELD_COUNT]);
/* The words that are known for a field, for people. */
struct str docket_field_words(struct arena *a, enum docket_field f);

/* docket_check.c */
struct str docket_cell(const struct docket *docket, const struct docket_line *line,
		       enum docket_field f);
/* Type, number and unit, for other rows that refer to this one; nothing is said about it yet. */
NODISCARD bool docket_note_key(struct ctx *ctx, struct docket *docket, struct docket_line *line,
			       struct err *err);
/* All cells; trouble is added to where they cannot be. */
NODISCARD bool docket_check(struct ctx *ctx, struct docket *docket, struct docket_line *line,
			    struct docket_trouble *trouble, struct err *err);
/* key as import_sentence has it. */
void docket_say(struct docket_trouble *t, enum docket_field f, const char *key, struct str fact,
		struct str second);
/* docket.c: the first row of the file with that type and number; NULL: none. */
struct docket_line *docket_first_with(const struct docket *docket, enum dispute_route route,
				      struct str case_no);

/* docket_write.c: is it registered, and where does it first differ? */
enum docket_there { DOCKET_NEW, DOCKET_SAME, DOCKET_DIFFERENT };
NODISCARD bool docket_compare(struct ctx *ctx, const struct docket_line *line,
			      enum docket_there *out, enum docket_field *differs,
			      struct str *there, struct err *err);
#endif
