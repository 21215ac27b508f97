/*
 * template.h - the words of a kind of letter, with gaps.
 *
 * A template is lines of text; each line is a paragraph:
 *
 *	标题：政府信息公开告知书
 *	[首段]
 *	本机关于{收到日期}收到{您}提出的政府信息公开申请。【{您}于{补正日期}补正。】
 *	[答复]
 *	根据《…条例》第三十六条第四项，告知{您}该政府信息不存在。
 *	[尾段]
 *	{救济途径}
 *	{联系方式}
 *
 * {…} is a field of the closed list; what stands between 【 】 is printed only if all the
 * fields in it are known, and a paragraph of which nothing is left is not printed. There is
 * nothing else: no condition, no loop, no script. In a letter about several things the part
 * 答复 stands once for each of them, by its own kind.
 *
 * Reading and checking are pure. What is in force for a unit on a day is in the database:
 * the unit's own, else that of the government above it, else the built-in one.
 */
#ifndef LETTER_TEMPLATE_H
#define LETTER_TEMPLATE_H

#include "base/buf.h"
#include "letter/letter.h"

enum {
	LIMIT_TEMPLATE_BYTES = 32 * 1024,
	LIMIT_TEMPLATE_LINES = 200,
	LIMIT_LETTER_TEXT = 64 * 1024,
};
enum letter_part { PART_OPENING, PART_ANSWER, PART_CLOSING, LETTER_PARTS };
enum template_node_kind { TEMPLATE_TEXT, TEMPLATE_FIELD, TEMPLATE_OPEN, TEMPLATE_CLOSE };
struct template_node {
	enum template_node_kind kind;
	struct str text;
	const struct letter_field *field;
};
struct template_line {
	enum letter_part part;
	int number; /* in the text, from 1 */
	struct template_node *nodes;
	size_t count;
};
struct letter_template {
	struct str title;
	struct template_line *lines;
	size_t count;
};

/* What is wrong with a template, in the order of its lines; line 0: of the whole. */
struct template_finding {
	int line;
	const char *key; /* in the message catalogue */
	struct str facts;
};
struct template_findings {
	struct template_finding *at;
	size_t count;
};

/* false: findings say why; nothing is guessed. */
NODISCARD bool template_parse(struct arena *a, struct str text, struct letter_template *out,
			      struct template_findings *findings);
/* What replies must hold: ground, fields, remedy, contact; and that the articles exist. */
void template_check(struct arena *a, const struct letter_template *t,
		    const struct letter_kind *kind, struct template_findings *findings);
void template_finding_add(struct arena *a, struct template_findings *f, int line, const char *key,
			  struct str facts); /* what comes after too many is not kept */
struct str template_finding_text(struct arena *a, enum locale locale,
				 const struct template_finding *f);

/* ---- merging */

/* By index of letter_fields; an empty text is an unknown value. */
struct letter_values {
	struct str *at;
};
struct letter_values letter_values_new(struct arena *a);
/* Prints by the field's type. ERR_INVALID "letter.unknown_field", "letter.bad_value". */
NODISCARD bool letter_values_set(struct arena *a, struct letter_values *v, struct str name,
				 struct str value, struct err *err);
/*
 * What an applicant asked for, as a letter quotes it. Nobody at the office can change those words,
 * so however they are written they can be answered: on one line, without braces, cut with …… where
 * they are very long.
 */
struct str letter_asked(struct arena *a, struct str text);
/* The lines of one part; a field that is not known, or live, stays as {name}. */
void template_merge(const struct letter_template *t, enum letter_part part,
		    const struct letter_values *v, struct buf *out);
/* {name} for the known ones, in any text. live: text for 救济途径 and 联系方式, or empty. */
struct str letter_expand(struct arena *a, struct str text, const struct letter_values *v);

/* ---- which one is in force */

struct template_version {
	int64_t id; /* 0: built in */
	struct date from;
	struct str text; /* never empty: a return to the built-in one has its text */
	bool built_in;
	struct str saved_by;
	int64_t saved_at;
};
/* constant text of data/letters/ */
struct str template_built_in(const struct letter_kind *kind);
NODISCARD bool template_in_force(struct ctx *ctx, struct unit_id unit,
				 const struct letter_kind *kind, struct date day,
				 struct template_version *out, struct err *err);
/* The unit's own, newest first. */
NODISCARD bool template_history(struct ctx *ctx, struct unit_id unit,
				const struct letter_kind *kind, struct template_version **out,
				size_t *count, struct err *err);
/* ERR_INVALID "letter.template_bad" with the first finding. Event "letter.template_save". */
NODISCARD bool template_save(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
			     struct date from, struct str text, struct err *err);
/* From that day on the built-in one again. */
NODISCARD bool template_restore(struct ctx *ctx, struct unit_id unit,
				const struct letter_kind *kind, struct date from, struct err *err);
#endif
