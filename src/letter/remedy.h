/*
 * remedy.h - the paragraph that tells how to appeal. Pure.
 *
 * Chosen by (date, what the letter decides, who writes it): before 2024-01-01 everybody may
 * choose; from then on a refusal under 条例第十四条至第十六条 goes to reconsideration first
 * (行政复议法（2023）第二十三条), and the letter must say so. Where courts and organs do not agree,
 * a switch with dates decides.
 */
#ifndef LETTER_REMEDY_H
#define LETTER_REMEDY_H

#include "letter/letter.h"

/* Doubts that no text settles; each holds from a day to a day, inclusive, or not at all. */
enum remedy_doubt {
	DOUBT_INQUIRY_FIRST,   /* 行政查询事项 too goes to reconsideration first */
	DOUBT_NOT_GIVEN_FIRST, /* so does everything that is not given */
	DOUBT_PART_WHOLE,      /* a partial reply as a whole, not its refused part alone */
	REMEDY_DOUBTS
};
struct remedy_span {
	struct opt_date from, until; /* from unknown: never */
};
struct remedy_switches {
	struct remedy_span at[REMEDY_DOUBTS];
};
const char *remedy_doubt_code(enum remedy_doubt d);
struct str remedy_doubt_label(enum remedy_doubt d);
bool remedy_doubt_from(struct str code, enum remedy_doubt *out);

/* What the decisions of one letter are, as to the remedy. */
struct remedy_decisions {
	bool first, free; /* both: first for the part refused only */
};
void remedy_add(struct remedy_decisions *d, const struct letter_kind *kind, struct date dated,
		const struct remedy_switches *s);

/* Which organ hears it, by kind of unit and date: 行政复议法（2023）第二十四条至第二十八条. */
enum remedy_organ {
	ORGAN_NONE,
	ORGAN_OWN_GOVERNMENT,	     /* 本级人民政府 */
	ORGAN_SUPERIOR_GOVERNMENT,   /* 上一级人民政府 */
	ORGAN_SUPERIOR_DEPARTMENT,   /* 上一级主管部门 */
	REMEDY_ORGANS
};
struct organ_rule {
	enum unit_kind kind;
	bool justice; /* the department that runs reconsideration (司法行政部门) */
	struct opt_date from, until;
	enum remedy_organ first, second;
};
extern const struct organ_rule organ_rules[];
extern const size_t organ_rules_count;
const struct organ_rule *organ_rule_find(enum unit_kind kind, bool justice, struct date day);

struct remedy_case {
	struct date dated;
	struct remedy_decisions decisions;
	struct str self;	  /* 本答复, 本告知书 */
	struct str first, second; /* names of the organs; second may be empty */
	struct str court;
	struct str channel; /* where to apply over the internet, or empty */
};
/* Empty if there is nothing to appeal. A name that is not known is printed as an open field. */
struct str remedy_text(struct arena *a, const struct remedy_case *c);
#endif
