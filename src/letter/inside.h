/*
 * inside.h - what the files of this folder share: composing a text, and what is live in it.
 */
#ifndef LETTER_INSIDE_H
#define LETTER_INSIDE_H

#include "letter/letterhead.h"
#include "letter/template.h"

enum { LETTER_ITEMS_MAX = 30 };

/* What a letter is merged from. values[0] are the letter's own, then one for each item. */
struct letter_source {
	struct unit_id unit;
	const struct letter_kind *kind;
	struct date dated;
	bool online;
	enum letter_to to;
	const struct letter_kind *kinds[LETTER_ITEMS_MAX + 1]; /* [0]: of the letter */
	struct str information[LETTER_ITEMS_MAX + 1];
	struct letter_values values[LETTER_ITEMS_MAX + 1];
	size_t items; /* without [0] */
};

/* Fills what the letter knows by itself: 您, 本机关名称; 信息 is 申请内容 unless it is given. */
void source_complete(struct letter_source *s, const struct letterhead *head);
NODISCARD bool source_merge(struct ctx *ctx, const struct letter_source *s, struct str *title,
			    struct str *text, struct err *err);
/* The same by a template that need not be the one in force. */
NODISCARD bool source_fill(struct ctx *ctx, const struct letter_source *s,
			   const struct letter_template *t, struct str *text, struct err *err);
/* 救济途径 and 联系方式 as they are now; what is not on file stays unknown. */
NODISCARD bool source_live(struct ctx *ctx, const struct letter_source *s,
			   const struct letterhead *head, struct letter_values *out,
			   struct err *err);
struct str letter_series_code(const struct letterhead *head, const struct letter_kind *kind);
struct str letter_number(struct arena *a, const struct letterhead *head,
			 const struct letter_kind *kind, int year, int64_t n);
#endif
