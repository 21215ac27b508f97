/*
 * bind4.c - figures of reconsideration and litigation in sentences.
 *
 * Which route is meant is said by the last of 复议 and 诉讼 before the figure, or
 * by both when they stand side by side. Cases filed, recorded or answered in a
 * year are not what table 四 counts (ended in the year, or pending at its end):
 * such a figure that differs asks for a look, it is no error.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { ROUTE_LITIGATION = ROUTES, ROUTE_ALL, ROUTES_NAMED, GAP_BYTES = 18 };

static const struct { const char *scope, *label; } named[ROUTES_NAMED] = {
	{ "reconsideration", "行政复议" },
	{ "litigation_direct", "未经复议直接起诉" },
	{ "litigation_after_reconsideration", "复议后起诉" },
	{ "litigation", "行政诉讼两类合计" },
	{ "all", "行政复议、行政诉讼合计" },
};

static const struct { const char *word; size_t outcome; } endings[] = {
	{ "维持", 0 }, { "维持原答复", 0 }, { "维持原行政行为", 0 }, { "维持原判", 0 },
	{ "纠正", 1 }, { "纠错", 1 },
	{ "其他结果", 2 },
	{ "尚未审结", 3 }, { "未审结", 3 }, { "正在审理", 3 }, { "审理中", 3 },
	{ "复议", 4 }, { "诉讼", 4 }, { "起诉", 4 }, { "复议案件", 4 }, { "诉讼案件", 4 }, { "总量", 4 }, { "总数", 4 },
	{ "复议案", 4 }, { "诉讼案", 4 }, { "复议申请", 4 },
};

static size_t last_of(struct str s, const char *word)
{
	size_t last = SIZE_MAX;

	for (size_t at = str_find(s, str_from_c(word), 0); at != SIZE_MAX;
	     at = str_find(s, str_from_c(word), at + 1))
		last = at;
	return last;
}

/* Where the last of the two suits named in full begins; SIZE_MAX if none is. */
static size_t last_suit(struct str text, size_t *route)
{
	size_t direct = last_of(text, "直接起诉"), bare = last_of(text, "未经复议"),
	       after = last_of(text, "复议后起诉");

	if (direct == SIZE_MAX || (bare != SIZE_MAX && bare > direct))
		direct = bare;
	*route = after == SIZE_MAX || (direct != SIZE_MAX && direct > after) ? 1 : 2;
	return *route == 1 ? direct : after;
}

/* ROUTES_NAMED if neither is spoken of. */
static size_t route_of(struct str text, struct str phrase)
{
	size_t review = last_of(text, "复议"), suit = last_of(text, "诉讼"), sue = last_of(text, "起诉");

	if (str_contains(phrase, STR("复议后")))
		return 2;
	if (str_contains(phrase, STR("未经复议")) || str_contains(phrase, STR("直接起诉")))
		return 1;
	/* 未经复议直接起诉3件，结果维持2件: the word 复议 in it is no review. */
	size_t route, full = last_suit(text, &route);
	bool later = full != SIZE_MAX && (suit == SIZE_MAX || suit < full) &&
		     (review == SIZE_MAX || review <= full + strlen("未经复议"));
	if (later)
		return route;
	if (suit == SIZE_MAX || (sue != SIZE_MAX && sue > suit))
		suit = sue;
	if (review == SIZE_MAX && suit == SIZE_MAX)
		return ROUTES_NAMED;
	if (review == SIZE_MAX)
		return ROUTE_LITIGATION;
	if (suit == SIZE_MAX)
		return 0;
	size_t low = review < suit ? review : suit, high = review < suit ? suit : review;
	if (high - low <= strlen("复议") + GAP_BYTES && !str_contains(str_slice(text, low, high), STR("，")) &&
	    !str_contains(str_slice(text, low, high), STR("件")))
		return ROUTE_ALL;
	return suit > review ? ROUTE_LITIGATION : 0;
}

struct opt_int case_value(const struct lint_report *r, size_t route, size_t outcome)
{
	struct opt_int sum = { .known = r->four.found };

	for (size_t i = 0; i < ROUTES; i++) {
		bool in = route == i || route == ROUTE_ALL || (route == ROUTE_LITIGATION && i > 0);
		if (!in)
			continue;
		sum.known = sum.known && r->four.cell[i][outcome].state == LINT_VALUE;
		sum.v += r->four.cell[i][outcome].value;
	}
	return sum;
}

bool scope_of_case(struct str scope, size_t *route, size_t *outcome)
{
	size_t point = str_find(scope, STR("."), 0);

	if (point == SIZE_MAX)
		return false;
	for (*route = 0; *route < ROUTES_NAMED; (*route)++)
		for (*outcome = 0; *outcome < ROUTE_OUTCOMES; (*outcome)++)
			if (str_equal_c(str_slice(scope, 0, point), named[*route].scope) &&
			    str_equal(str_slice(scope, point + 1, scope.len),
				      form_outcomes[*outcome].key))
				return true;
	return false;
}

/* The outcome the words end with; ROUTE_OUTCOMES if none. */
static size_t outcome_of(struct str phrase)
{
	static const char *const fillers[] = { "共计", "合计", "共",	 "了",	 "的",
					       "为",   "有",   "达",	 "案件", "决定",
					       "数量", "结果", "原答复", "被" };

	for (int strip = 0; strip < 4; strip++) {
		for (size_t i = 0; i < COUNT_OF(endings); i++)
			if (str_ends(phrase, str_from_c(endings[i].word)))
				return endings[i].outcome;
		size_t before = phrase.len;
		for (size_t i = 0; i < COUNT_OF(fillers) && phrase.len == before; i++)
			if (str_ends(phrase, str_from_c(fillers[i])))
				phrase = str_slice(phrase, 0, phrase.len - strlen(fillers[i]));
		if (phrase.len == before)
			break;
	}
	return ROUTE_OUTCOMES;
}

bool bind_case(struct checker *c, size_t sentence, const struct quantity *q, struct target *out)
{
	static const char *const filing[] = { "备案", "收到", "新收", "受理", "新增", "发生", "提起", "被申请", "应诉",
					      "引发", "办理", "代理", "涉及", NULL };
	const struct lint_sentence *s = &c->r->sentences[sentence];
	struct str text = str_slice(s->text, 0, q->start);
	size_t outcome = outcome_of(q->phrase), route = route_of(text, q->phrase);

	if (route == ROUTES_NAMED && sentence > 0 && str_starts(s->text, STR("其中")))
		route = route_of(s[-1].text, q->phrase);
	if (outcome == ROUTE_OUTCOMES || route == ROUTES_NAMED)
		return false;
	/* 总量 of something else in a sentence that also mentions a suit */
	if (outcome == ROUTE_TOTAL && route_of(q->clause, q->phrase) == ROUTES_NAMED)
		return false;
	*out = (struct target){ .count = 0 };
	out->scope = str_format(c->arena, "%s." STR_FMT, named[route].scope,
				STR_ARG(form_outcomes[outcome].key));
	out->label = str_format(c->arena, "表四%s“" STR_FMT "”", named[route].label,
				STR_ARG(form_outcomes[outcome].label));
	out->cell = &c->r->four.cell[route < ROUTES		 ? route
				     : route == ROUTE_LITIGATION ? 1
								 : 0][outcome];
	out->filed = has_any(text, filing);
	target_add(out, case_value(c->r, route, outcome), "表四");
	return true;
}
