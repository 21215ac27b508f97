/*
 * official.h - an official letter on paper, by GB/T 9704-2012: from one tree a PDF, a Word
 * file and plain text with the same words.
 *
 * A4, margins 37/26/35/28 mm, 22 lines of 28 characters at a pitch of 29 points, 仿宋 三号;
 * the title in 小标宋 二号, its lines a trapezium and no word broken; signature and date at
 * the right with room for a seal over both; the page number — 1 — at the outer side.
 * No domain word here: what is said is the caller's.
 */
#ifndef OFFICE_OFFICIAL_H
#define OFFICE_OFFICIAL_H

#include "base/err.h"
#include "office/doc.h"

enum official_style {
	OFFICIAL_PLAIN,	   /* title first, the number under it */
	OFFICIAL_RED_HEAD, /* name of the agency in red over a red line */
	OFFICIAL_LETTER,   /* 信函格式: red name, double lines, number at the right */
};
struct official_annex {
	struct str title;
	const struct doc *content;
};
struct official {
	enum official_style style;
	struct str organ;  /* full name: in the head, and over the date */
	struct str number; /* 发文字号; empty: none yet */
	struct str title;
	struct str addressee; /* without the colon */
	const struct doc *body; /* headings, paragraphs, tables */
	const struct str *attachments; /* names, without numbers */
	size_t attachments_count;
	struct str date;
	bool seal_mark;  /* draws where the seal goes; for drafts */
	struct str note; /* 附注, without its parentheses; or empty */
	const struct official_annex *annexes; /* each on a page of its own, after the signature */
	size_t annexes_count;
};

/*
 * The lines of a title of at most `max` characters each: a trapezium, broken between words
 * only (of those it knows). One line if it fits.
 */
size_t official_title_lines(struct arena *a, struct str title, size_t max, struct str **lines);

NODISCARD bool official_pdf(struct arena *a, const struct official *o, struct str *out,
			    struct err *err);
NODISCARD bool official_docx(struct arena *a, const struct official *o, struct str *out,
			     struct err *err);
/* false: no 仿宋 is installed, and letters are set in 宋体. */
bool official_has_body_font(struct arena *a);
struct str official_text(struct arena *a, const struct official *o);
#endif
