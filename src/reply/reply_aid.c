/*
 * reply_aid.c - the decision aid: the tests one after the other, each a question of
 * request_decisions[]; the first yes proposes the decision.
 */
#include "reply/reply.h"

/* 逾期未缴费 and 撤回 are no tests of the information: nothing leads to them. */
static bool is_test(const struct decision_kind *kind)
{
	return !str_equal_c(str_from_c(kind->code), "close_unpaid") &&
	       !str_equal_c(str_from_c(kind->code), "withdraw");
}

static const struct reply_answer *answer_of(const struct reply_item *item,
					    const struct decision_kind *test)
{
	for (size_t i = 0; i < item->answers_count; i++)
		if (item->answers[i].test == test)
			return &item->answers[i];
	return NULL;
}

const struct decision_kind *reply_next_test(const struct reply_item *item)
{
	for (size_t i = 0; i < request_decisions_count; i++) {
		const struct decision_kind *test = &request_decisions[i];
		if (!is_test(test))
			continue;
		const struct reply_answer *answer = answer_of(item, test);
		if (answer == NULL)
			return test;
		if (answer->yes)
			return NULL;
	}
	return NULL;
}

const struct decision_kind *reply_proposed(const struct reply_item *item)
{
	for (size_t i = 0; i < item->answers_count; i++)
		if (item->answers[i].yes)
			return item->answers[i].test;
	return NULL;
}

struct str reply_fact_of(const struct reply_item *item, const char *name)
{
	for (size_t i = 0; i < item->facts_count; i++)
		if (str_equal_c(item->facts[i].name, name))
			return item->facts[i].value;
	return STR_NONE;
}
