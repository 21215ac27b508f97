/*
 * docx.h - the parts of a Word file that decide what a paragraph is; for office/ alone.
 *
 * styles.xml tells headings from text. numbering.xml holds the numbers that
 * Word prints before a paragraph without writing them into it: people read
 * "（一）主动公开情况", the paragraph says "主动公开情况".
 */
#ifndef OFFICE_DOCX_H
#define OFFICE_DOCX_H

#include "office/package.h"

enum docx_role {
	DOCX_BODY,
	DOCX_TITLE,
	DOCX_HEADING,
	DOCX_CONTENTS /* a line of a table of contents */
};

struct docx_style {
	struct str id, based_on;
	enum docx_role role;
	bool has_level, has_number;
	int level;		/* 0 body, 1.. heading */
	int number_id, number_level;
};
struct docx_styles { struct docx_style *list; size_t count; };

/* A file without styles.xml has no styles. */
NODISCARD bool docx_styles_read(struct package *p, struct docx_styles *out, struct err *err);
/* What the style and those it is based on say; body text for an unknown id. */
struct docx_style docx_style_of(const struct docx_styles *styles, struct str id);

enum { DOCX_NUMBER_LEVELS = 9 };
struct docx_numbers;
NODISCARD bool docx_numbers_read(struct package *p, struct docx_numbers **out, struct err *err);
/* The text before the next paragraph of that list and level; STR_NONE if none is printed. */
struct str docx_number_next(struct arena *a, struct docx_numbers *numbers, int number_id,
			    int level);
#endif
