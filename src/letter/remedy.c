/*
 * remedy.c - the texts A to D of the remedy paragraph, and which organ hears whom.
 */
#include "letter/remedy.h"

#include "base/buf.h"

/* 行政复议法（2023） is in force from 2024-01-01. */
enum { NEW_ACT = 19723 };

static const struct {
	const char *code;
	struct str label;
} doubts[REMEDY_DOUBTS] = {
	[DOUBT_INQUIRY_FIRST] = { "inquiry_first", STR_INIT("行政查询事项适用复议前置") },
	[DOUBT_NOT_GIVEN_FIRST] = { "not_given_first", STR_INIT("凡未提供信息的答复均适用复议前置") },
	[DOUBT_PART_WHOLE] = { "part_whole", STR_INIT("部分公开的答复整体适用复议前置") },
};

const char *remedy_doubt_code(enum remedy_doubt d)
{
	return doubts[d].code;
}

struct str remedy_doubt_label(enum remedy_doubt d)
{
	return doubts[d].label;
}

bool remedy_doubt_from(struct str code, enum remedy_doubt *out)
{
	for (size_t i = 0; i < REMEDY_DOUBTS; i++) {
		if (str_equal_c(code, doubts[i].code)) {
			*out = (enum remedy_doubt)i;
			return true;
		}
	}
	return false;
}

/* ---- who hears it */

#define BEFORE_NEW { 0 }, { true, { NEW_ACT - 1 } }
#define SINCE_NEW { true, { NEW_ACT } }, { 0 }

/*
 * The rules before 2024 for governments, sub-districts, towns and vertical bodies are those of
 * the act of 2017, from knowledge; that departments had a choice is sourced. Other bodies: the
 * government that set them up, a convention of ours.
 */
const struct organ_rule organ_rules[] = {
	{ UNIT_DEPARTMENT, false, BEFORE_NEW, ORGAN_OWN_GOVERNMENT, ORGAN_SUPERIOR_DEPARTMENT },
	{ UNIT_DEPARTMENT, true, BEFORE_NEW, ORGAN_OWN_GOVERNMENT, ORGAN_SUPERIOR_DEPARTMENT },
	{ UNIT_DEPARTMENT, false, SINCE_NEW, ORGAN_OWN_GOVERNMENT, ORGAN_NONE },
	{ UNIT_DEPARTMENT, true, SINCE_NEW, ORGAN_OWN_GOVERNMENT, ORGAN_SUPERIOR_DEPARTMENT },
	{ UNIT_SUBDISTRICT, false, { 0 }, { 0 }, ORGAN_OWN_GOVERNMENT, ORGAN_NONE },
	{ UNIT_TOWN, false, { 0 }, { 0 }, ORGAN_OWN_GOVERNMENT, ORGAN_NONE },
	{ UNIT_GOVERNMENT, false, { 0 }, { 0 }, ORGAN_SUPERIOR_GOVERNMENT, ORGAN_NONE },
	{ UNIT_VERTICAL, false, { 0 }, { 0 }, ORGAN_SUPERIOR_DEPARTMENT, ORGAN_NONE },
	{ UNIT_OTHER, false, { 0 }, { 0 }, ORGAN_OWN_GOVERNMENT, ORGAN_NONE },
};
const size_t organ_rules_count = COUNT_OF(organ_rules);

static bool within(struct opt_date from, struct opt_date until, struct date day)
{
	return (!from.known || date_compare(from.v, day) <= 0) &&
	       (!until.known || date_compare(day, until.v) <= 0);
}

const struct organ_rule *organ_rule_find(enum unit_kind kind, bool justice, struct date day)
{
	justice = justice && kind == UNIT_DEPARTMENT;
	for (size_t i = 0; i < COUNT_OF(organ_rules); i++)
		if (organ_rules[i].kind == kind && organ_rules[i].justice == justice &&
		    within(organ_rules[i].from, organ_rules[i].until, day))
			return &organ_rules[i];
	return NULL;
}

/* ---- what the letter decides */

static bool holds(const struct remedy_switches *s, enum remedy_doubt doubt, struct date day)
{
	return s->at[doubt].from.known && within(s->at[doubt].from, s->at[doubt].until, day);
}

bool letter_names_channel(const struct letter *l)
{
	return l->online || l->kind->remedy == REMEDY_NONE || l->dated.ordinal < NEW_ACT;
}

void remedy_add(struct remedy_decisions *d, const struct letter_kind *kind, struct date dated,
		const struct remedy_switches *s)
{
	switch (kind->remedy) {
	case REMEDY_NONE:
		return;
	case REMEDY_FIRST:
		d->first = true;
		return;
	case REMEDY_PART:
		d->first = true;
		d->free = d->free || !holds(s, DOUBT_PART_WHOLE, dated);
		return;
	case REMEDY_FREE: {
		bool inquiry = str_equal_c(STR("inquiry"), kind->code) &&
			       holds(s, DOUBT_INQUIRY_FIRST, dated);
		bool not_given = kind->answer && !kind->given &&
				 holds(s, DOUBT_NOT_GIVEN_FIRST, dated);
		if (inquiry || not_given)
			d->first = true;
		else
			d->free = true;
		return;
	}
	}
}

/* ---- the paragraph */

static struct str or_open(struct str name, struct str open)
{
	return name.len > 0 ? name : open;
}

static void add_organs(struct buf *b, const struct remedy_case *c)
{
	buf_add(b, or_open(c->first, STR("{复议机关}")));
	if (c->second.len > 0) {
		buf_add_c(b, "或者");
		buf_add(b, c->second);
	}
}

/* Text B. */
static void add_first(struct buf *b, const struct remedy_case *c)
{
	buf_addf(b, "如不服" STR_FMT "，应当自收到" STR_FMT "之日起60日内先向", STR_ARG(c->self),
		 STR_ARG(c->self));
	add_organs(b, c);
	buf_addf(b,
		 "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向" STR_FMT
		 "提起行政诉讼。",
		 STR_ARG(or_open(c->court, STR("{管辖法院}"))));
}

/* Texts A and C, which differ in the organs. */
static void add_free(struct buf *b, const struct remedy_case *c)
{
	buf_addf(b, "如不服" STR_FMT "，可以自收到" STR_FMT "之日起60日内向", STR_ARG(c->self),
		 STR_ARG(c->self));
	add_organs(b, c);
	buf_addf(b, "申请行政复议，或者自收到" STR_FMT "之日起6个月内依法向" STR_FMT "提起行政诉讼。",
		 STR_ARG(c->self), STR_ARG(or_open(c->court, STR("{管辖法院}"))));
}

struct str remedy_text(struct arena *a, const struct remedy_case *c)
{
	struct buf b = buf_open(a, 1024, 16384);
	bool new_act = c->dated.ordinal >= NEW_ACT;

	if (!c->decisions.first && !c->decisions.free)
		return STR_NONE;
	if (!new_act || !c->decisions.first) {
		add_free(&b, c);
	} else if (!c->decisions.free) {
		add_first(&b, c);
	} else {
		buf_add_c(&b, "对不予公开部分，");
		add_first(&b, c);
		buf_add_c(&b, "对其他部分，");
		add_free(&b, c);
	}
	if (new_act && c->channel.len > 0) /* 行政复议法 Art. 22 */
		buf_addf(&b, "行政复议申请可以通过" STR_FMT "提交。", STR_ARG(c->channel));
	return buf_str(&b);
}
