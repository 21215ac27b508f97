/*
 * reply_result.c - the decisions on several things come to the one result that
 * table 三 counts, and the working is told.
 *
 * 国办公开办函〔2021〕30号: 部分公开（区分处理的，只计这一情形，不计其他情形）. The rest is
 * practice, not law: given with something not held counts as given (a unit may
 * count it as partly); several grounds of a refusal count as the first in the
 * order of the table, unless the officer takes another of them.
 */
#include "reply/reply.h"

#include <assert.h>

struct tally {
	size_t given, part, denied, other;
	const struct decision_kind *first_given; /* in the order of the table */
	const struct decision_kind *first_denied, *first_other;
	bool alike;
};

static void say(struct reply_result *out, struct str sentence)
{
	assert(out->working_count < REPLY_WORKING_MAX);
	out->working[out->working_count++] = sentence;
}

static void keep_first(const struct decision_kind **first, const struct decision_kind *kind)
{
	if (*first == NULL || kind->outcome < (*first)->outcome)
		*first = kind;
}

static void add(struct tally *t, const struct decision_kind *kind)
{
	switch (kind->outcome) {
	case OUTCOME_GRANTED:
		t->given++;
		/* 予以公开 tells more than 已经主动公开: something is handed over. */
		if (t->first_given == NULL || str_equal_c(str_from_c(kind->code), "give"))
			t->first_given = kind;
		return;
	case OUTCOME_PARTLY_GRANTED:
		t->part++;
		return;
	case OUTCOME_DENIED_STATE_SECRET:
	case OUTCOME_DENIED_LAW_FORBIDS:
	case OUTCOME_DENIED_THREE_SECURITIES:
	case OUTCOME_DENIED_THIRD_PARTY:
	case OUTCOME_DENIED_INTERNAL_AFFAIRS:
	case OUTCOME_DENIED_PROCESS_INFO:
	case OUTCOME_DENIED_ENFORCEMENT_FILE:
	case OUTCOME_DENIED_ADMIN_INQUIRY:
		t->denied++;
		keep_first(&t->first_denied, kind);
		return;
	case OUTCOME_UNABLE_NOT_HELD:
	case OUTCOME_UNABLE_NEEDS_CREATION:
	case OUTCOME_UNABLE_STILL_UNCLEAR:
	case OUTCOME_NOT_PROCESSED_PETITION:
	case OUTCOME_NOT_PROCESSED_REPEAT:
	case OUTCOME_NOT_PROCESSED_PUBLICATION:
	case OUTCOME_NOT_PROCESSED_EXCESSIVE:
	case OUTCOME_NOT_PROCESSED_CONFIRM:
	case OUTCOME_OTHER_OVERDUE_CORRECTION:
	case OUTCOME_OTHER_OVERDUE_FEE:
	case OUTCOME_OTHER_REST:
	case OUTCOME_COUNT:
		t->other++;
		keep_first(&t->first_other, kind);
		return;
	}
}

/* Nothing is given: one main ground. */
static const struct decision_kind *main_ground(struct arena *a, const struct tally *t,
					       const struct decision_kind *picked,
					       struct reply_result *out)
{
	if (picked != NULL) {
		say(out, str_format(a, "没有可以提供的内容，多种理由并存；承办人选定以“" STR_FMT "”为主要理由。",
				    STR_ARG(picked->label)));
		return picked;
	}
	const struct decision_kind *first = t->first_denied != NULL ? t->first_denied
								    : t->first_other;
	say(out, str_format(a, "没有可以提供的内容，多种理由并存；按表三的顺序取第一项“" STR_FMT "”。",
			    STR_ARG(first->label)));
	return first;
}

static const struct decision_kind *weigh(struct arena *a, const struct tally *t,
					 const struct decision_kind *picked, bool missing_is_part,
					 struct reply_result *out)
{
	const struct decision_kind *part = request_decision(STR("part"));

	if (t->part > 0) {
		say(out, STR("有一项作区分处理：只计“部分公开”，不计其他情形。"));
		return part;
	}
	if (t->given > 0 && t->denied > 0) {
		say(out, STR("有的公开，有的不予公开：计“部分公开”。"));
		return part;
	}
	if (t->given > 0 && missing_is_part) {
		say(out, STR("有的公开，其余无法提供或者不予处理：本单位设定计“部分公开”。"));
		return part;
	}
	if (t->given > 0) {
		say(out, STR("有的公开，其余无法提供或者不予处理：通行做法计“予以公开”。"));
		return t->first_given;
	}
	return main_ground(a, t, picked, out);
}

void reply_result(struct arena *a, const struct decision_kind *const *items, size_t count,
		  const struct decision_kind *picked, bool given_and_missing_is_part,
		  struct reply_result *out)
{
	struct tally t = { .alike = true };

	*out = (struct reply_result){ .kind = NULL };
	for (size_t i = 0; i < count; i++) {
		if (items[i] == NULL) {
			say(out, str_format(a, "第%d项还没有处理结果。", (int)i + 1));
			return;
		}
		t.alike = t.alike && items[i] == items[0];
		add(&t, items[i]);
	}
	if (count == 0)
		return;
	say(out, str_format(a, "共%d项：公开%d项，部分公开%d项，不予公开%d项，其他%d项。", (int)count,
			    (int)t.given, (int)t.part, (int)t.denied, (int)t.other));
	if (t.alike) {
		say(out, str_format(a, "%s“" STR_FMT "”。", count == 1 ? "处理结果是" : "各项相同，都是",
				    STR_ARG(items[0]->label)));
		out->kind = items[0];
	} else {
		out->kind = weigh(a, &t, picked, given_and_missing_is_part, out);
	}
	say(out, str_format(a, "表三计入“" STR_FMT "”一行，一件申请只计一次。",
			    STR_ARG(outcome_label(out->kind->outcome))));
}
