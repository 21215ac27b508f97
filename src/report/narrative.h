/*
 * narrative.h - the words of a report, bound to its figures.
 *
 * People write a part of the report as lines of text; every line is a
 * paragraph, a line （一）… without a full stop is a heading. Where a number of
 * the tables is meant, they write a reference instead of the number:
 *
 *	{{t3.granted.total}}                      123
 *	{{sum t4.litigation_direct.total t4.litigation_after_reconsideration.total}}
 *	{{percent t3.granted.total of t3.results_total.total}}    44.6%
 *	{{growth t3.new_received.total}}          增长12.5%，下降60%，持平
 *	{{year}} {{last_year}} {{next_year}} {{unit.name}} {{unit.short_name}}
 *	{{office.name}} {{office.contact}}
 *	{{todo 培训次数}}                          a gap that must be filled before approval
 *	{{chart}} {{scope_notes}}                 alone on a line: what is printed there
 *
 * narrative_parse refuses what is not this language, with line and column.
 * narrative_render never fails: a figure that cannot be had is printed as a
 * gap and found by narrative_check. narrative_check also reads the numbers that
 * people typed all the same: one that stands where a figure is named must be
 * that figure (and should be written as a reference), one that merely equals a
 * figure is offered as a reference. So no stale number gets in unseen.
 *
 * Everything here is pure; nothing is read from the database.
 */
#ifndef REPORT_NARRATIVE_H
#define REPORT_NARRATIVE_H

#include "statistics/statistics.h"

enum {
	LIMIT_NARRATIVE_BYTES = 64 * 1024, /* one part */
	LIMIT_NARRATIVE_NODES = 4000,
	LIMIT_NARRATIVE_KEY = 120,
	NARRATIVE_SUM_MAX = 8,
};

/* ---- the tree */

struct narrative_place { int line, column; }; /* from 1; columns in characters */

enum narrative_node_kind {
	NODE_TEXT,
	NODE_FIGURE,
	NODE_SUM,
	NODE_PERCENT,
	NODE_GROWTH,
	NODE_WORD,
	NODE_TODO
};
struct narrative_node {
	enum narrative_node_kind kind;
	struct str text; /* as written; of a NODE_WORD its name, of a NODE_TODO what is missing */
	struct str keys[NARRATIVE_SUM_MAX]; /* PERCENT: the part, then the whole */
	size_t keys_count;
	struct narrative_place place;
};

enum narrative_block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_CHART, BLOCK_SCOPE_NOTES };
struct narrative_block {
	enum narrative_block_kind kind;
	const struct narrative_node *nodes;
	size_t count;
	int line;
};
struct narrative { const struct narrative_block *blocks; size_t count; };

/*
 * text must be valid UTF-8 and outlive the tree. ERR_INVALID names line and
 * column as its first facts: "report.narrative_unclosed",
 * "report.narrative_unknown", "report.narrative_alone"; ERR_LIMIT
 * "report.narrative_too_long".
 */
NODISCARD bool narrative_parse(struct arena *a, struct str text, struct narrative *out,
			       struct err *err);

/*
 * A whole narrative in one file: its six parts, told by their headings. Lines
 * that begin with # are left out. ERR_INVALID "report.narrative_no_parts".
 */
NODISCARD bool narrative_split(struct arena *a, struct str whole, struct str parts[6],
			       struct err *err);

/* ---- what it is about */

struct narrative_facts {
	const struct figure_set *figures;
	const struct figure_set *last_year; /* NULL: not known here */
	struct str unit_name, unit_short_name, office_name, office_contact;
	const struct str *scope_notes; /* sentences */
	size_t scope_notes_count;
};

/* ---- rendered */

struct narrative_run {
	struct str text;
	struct str key, href; /* of a figure; else empty */
	bool gap;	      /* something is missing here */
};
struct narrative_paragraph {
	enum narrative_block_kind kind; /* BLOCK_SCOPE_NOTES has become paragraphs */
	const struct narrative_run *runs;
	size_t count;
};
struct narrative_text { struct narrative_paragraph *paragraphs; size_t count; };

void narrative_render(struct arena *a, const struct narrative *n,
		      const struct narrative_facts *facts, struct narrative_text *out);
/* The runs of a paragraph as one text. */
struct str narrative_plain(struct arena *a, const struct narrative_paragraph *p);
/* 44.6%: rounded half up to one decimal, without a needless .0; empty if it cannot be had. */
struct str narrative_percent(struct arena *a, int64_t part, int64_t whole);

/* ---- checked */

enum narrative_finding_kind {
	FOUND_UNKNOWN_KEY, /* no such figure in this form */
	FOUND_NO_VALUE,	   /* the figure is not there: not entered, or divided by nothing */
	FOUND_NO_LAST_YEAR,
	FOUND_TODO,
	FOUND_CONTRADICTS, /* typed, where a figure of another value is named */
	FOUND_TYPED,	   /* typed, where a figure of this value is named */
	FOUND_EQUALS,	   /* typed, equal to a figure that is not named: offered */
	FOUND_DOUBTFUL,	   /* typed, near a name, but the words may mean something else */
};
struct narrative_finding {
	enum narrative_finding_kind kind;
	struct narrative_place place;
	struct str quoted;     /* the words around, or the reference as written */
	struct str number;     /* as typed; empty for references */
	struct str expected;   /* “予以公开”总计=123 …, or the nearest key */
	struct str suggestion; /* what to write instead: {{t3.granted.total}}; or empty */
};
/* Must be repaired, or, for typed numbers, explained. */
bool narrative_finding_blocks(enum narrative_finding_kind kind);
bool narrative_finding_is_typed(enum narrative_finding_kind kind);
/* The sentence for people: what, where, what to do. */
struct str narrative_finding_text(struct arena *a, enum locale locale,
				  const struct narrative_finding *f);
/* In order of place. */
void narrative_check(struct arena *a, const struct narrative *n,
		     const struct narrative_facts *facts, struct narrative_finding **out,
		     size_t *count);

/*
 * Share of the pairs of characters of `now` that also stand in `before`, in
 * percent: 100 for the same text. Numbers and punctuation do not count.
 */
int narrative_likeness(struct arena *a, struct str now, struct str before);
#endif
