/*
 * phrases.c - the words of annual reports for the figures of tables 二 三 四.
 *
 * Collected from published reports; a phrase that is missing here means a
 * number is not checked, a phrase too wide means a false alarm: so the words
 * are narrow, and those that other matters share are marked doubtful.
 */
#include "report/phrases.h"

#include <string.h>

enum { WORDS = 3 };
enum rule_kind {
	RULE_KEY,      /* key */
	RULE_GROUP,    /* key names a group of table 三: it or one of its lines */
	RULE_RECEIVED, /* new ones, or new and carried in together */
	RULE_NATURAL,  /* the same of natural persons, or what was finished for them */
	RULE_OUTCOME,  /* of table 四: key is the outcome, the route stands in the words */
	RULE_ROW2,     /* key is "section.row." of table 二: one of its cells */
};
struct rule {
	const char *all[WORDS], *none[WORDS];
	enum rule_kind kind;
	const char *key;
	bool sure;
};

static const struct rule rules[] = {
	{ { "结转", "上年" }, { 0 }, RULE_KEY, "t3.carried_in.total", true },
	{ { "结转", "上一年" }, { 0 }, RULE_KEY, "t3.carried_in.total", true },
	{ { "结转", "下" }, { "上年", "上一年" }, RULE_KEY, "t3.carried_out.total", true },
	{ { "结转", "继续办理" }, { "上年", "上一年" }, RULE_KEY, "t3.carried_out.total", true },
	{ { "新收" }, { "结转" }, RULE_KEY, "t3.new_received.total", true },
	{ { "收到", "申请" }, { "结转" }, RULE_RECEIVED, "", true },
	{ { "受理", "申请" }, { "结转", "复议" }, RULE_RECEIVED, "", true },
	{ { "答复" }, { "原答复", "维持", "纠正" }, RULE_KEY, "t3.results_total.total", false },
	{ { "完成答复" }, { 0 }, RULE_KEY, "t3.results_total.total", true },
	{ { "已答复" }, { 0 }, RULE_KEY, "t3.results_total.total", true },
	{ { "办结", "申请" }, { "按" }, RULE_KEY, "t3.results_total.total", true },
	{ { "办结" }, { "提案", "建议", "按" }, RULE_KEY, "t3.results_total.total", false },
	{ { "自然人" }, { 0 }, RULE_NATURAL, "", false },
	{ { "予以公开" }, { 0 }, RULE_KEY, "t3.granted.total", true },
	{ { "部分公开" }, { 0 }, RULE_KEY, "t3.partly_granted.total", true },
	{ { "不予公开" }, { 0 }, RULE_GROUP, "denied", true },
	{ { "无法提供" }, { 0 }, RULE_GROUP, "unable", true },
	{ { "不予处理" }, { 0 }, RULE_GROUP, "not_processed", true },
	{ { "其他处理" }, { 0 }, RULE_GROUP, "other_handling", true },
	{ { "行政复议" }, { 0 }, RULE_OUTCOME, "total", true },
	{ { "行政诉讼" }, { 0 }, RULE_OUTCOME, "total", true },
	{ { "起诉" }, { 0 }, RULE_OUTCOME, "total", true },
	{ { "维持" }, { 0 }, RULE_OUTCOME, "upheld", true },
	{ { "纠正" }, { 0 }, RULE_OUTCOME, "corrected", true },
	{ { "纠错" }, { 0 }, RULE_OUTCOME, "corrected", true },
	{ { "其他结果" }, { 0 }, RULE_OUTCOME, "other", true },
	{ { "审结" }, { 0 }, RULE_OUTCOME, "pending", false },
	{ { "尚未审结" }, { 0 }, RULE_OUTCOME, "pending", true },
	{ { "规范性文件" }, { 0 }, RULE_ROW2, "t2.art20_1.normative_documents.", false },
	{ { "行政许可" }, { 0 }, RULE_ROW2, "t2.art20_5.administrative_licensing.", false },
	{ { "行政处罚" }, { 0 }, RULE_ROW2, "t2.art20_6.administrative_penalty.", false },
	{ { "行政强制" }, { 0 }, RULE_ROW2, "t2.art20_6.administrative_coercion.", false },
	{ { "行政事业性收费" }, { 0 }, RULE_ROW2, "t2.art20_8.administrative_fees.", false },
};

static size_t find_last(struct str s, struct str needle)
{
	size_t last = SIZE_MAX;

	for (size_t at = 0; (at = str_find(s, needle, at)) != SIZE_MAX; at++)
		last = at;
	return last;
}

/* Where the rule's last word ends in the clause; 0: it does not apply. */
static size_t applies(const struct rule *r, struct str clause)
{
	size_t end = 0;

	for (size_t i = 0; i < WORDS && r->none[i] != NULL; i++)
		if (str_contains(clause, str_from_c(r->none[i])))
			return 0;
	for (size_t i = 0; i < WORDS && r->all[i] != NULL; i++) {
		struct str word = str_from_c(r->all[i]);
		size_t at = find_last(clause, word);
		if (at == SIZE_MAX)
			return 0;
		if (at + word.len > end)
			end = at + word.len;
	}
	return end;
}

static size_t words_length(const struct rule *r)
{
	size_t len = 0;

	for (size_t i = 0; i < WORDS && r->all[i] != NULL; i++)
		len += strlen(r->all[i]);
	return len;
}

/* 予以公开和部分公开共140件: two results before one number, which may mean their sum. */
static bool several_results(struct str clause)
{
	const char *first = NULL;

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		bool result = rules[i].kind == RULE_GROUP || rules[i].kind == RULE_KEY;
		if (!result || !rules[i].sure || applies(&rules[i], clause) == 0)
			continue;
		if (first != NULL && strcmp(first, rules[i].key) != 0)
			return true;
		first = rules[i].key;
	}
	return false;
}

static const struct rule *nearest(struct str clause)
{
	const struct rule *best = NULL;
	size_t best_end = 0;

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		size_t end = applies(&rules[i], clause);
		if (end > best_end ||
		    (end == best_end && end > 0 && words_length(&rules[i]) > words_length(best))) {
			best = &rules[i];
			best_end = end;
		}
	}
	return best;
}

/* ---- candidates */

static void add(struct phrase_match *m, const struct figure_set *set, struct arena *a,
		const struct str *keys, size_t count)
{
	struct candidate c = { .keys_count = count, .hundredths = { true, 0 }, .label = STR_NONE };

	if (m->count == CANDIDATES_MAX)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct figure *f = figure_find(set, keys[i]);
		if (f == NULL)
			return;
		c.keys[i] = f->key;
		c.label = i == 0 ? f->label : str_format(a, STR_FMT "＋" STR_FMT, STR_ARG(c.label), STR_ARG(f->label));
		c.hundredths.known = c.hundredths.known && f->hundredths.known;
		c.hundredths.v += f->hundredths.v;
	}
	m->candidates[m->count++] = c;
}

static void add_one(struct phrase_match *m, const struct figure_set *set, struct arena *a,
		    struct str key)
{
	add(m, set, a, &key, 1);
}

static void add_group(struct phrase_match *m, const struct figure_set *set, struct arena *a,
		      struct str group)
{
	size_t count;
	const struct form_line *lines = form_table3(set->scope.form, &count);

	add_one(m, set, a, str_format(a, "t3." STR_FMT ".total", STR_ARG(group)));
	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].parent, group))
			add_one(m, set, a,
				str_format(a, "t3." STR_FMT ".total", STR_ARG(lines[i].key)));
}

struct routes { bool reconsideration, direct, after; };

static struct routes routes_named(struct str s)
{
	bool court = str_contains(s, STR("诉讼")) || str_contains(s, STR("应诉")) || str_contains(s, STR("起诉"));

	if (str_contains(s, STR("未经复议")))
		return (struct routes){ .direct = true };
	if (str_contains(s, STR("复议后")))
		return (struct routes){ .after = true };
	return (struct routes){ .reconsideration = str_contains(s, STR("复议")), .direct = court, .after = court };
}

static void add_outcome(struct phrase_match *m, const struct figure_set *set, struct arena *a,
			struct str outcome, struct str sentence, struct str clause)
{
	struct routes r = routes_named(clause);
	struct str key[ROUTES];

	if (!r.reconsideration && !r.direct && !r.after)
		r = routes_named(sentence);
	bool none = !r.reconsideration && !r.direct && !r.after;
	for (size_t i = 0; i < ROUTES; i++)
		key[i] = str_format(a, "t4." STR_FMT "." STR_FMT, STR_ARG(form_routes[i].key),
				    STR_ARG(outcome));
	if (none || (r.reconsideration && r.direct))
		add_one(m, set, a, str_format(a, "t4.all." STR_FMT, STR_ARG(outcome)));
	if (none || (r.reconsideration && !r.direct))
		add_one(m, set, a, key[0]);
	if (none || (r.direct && !r.reconsideration))
		add_one(m, set, a, key[1]);
	if (none || (r.after && !r.reconsideration))
		add_one(m, set, a, key[2]);
	if (none || (r.direct && r.after && !r.reconsideration))
		add(m, set, a, &key[1], 2);
}

static void add_row2(struct phrase_match *m, const struct figure_set *set, struct arena *a,
		     struct str prefix)
{
	for (size_t i = 0; i < set->count; i++)
		if (str_starts(set->figures[i].key, prefix))
			add_one(m, set, a, set->figures[i].key);
}

static bool unit_fits(enum rule_kind kind, struct str unit)
{
	static const struct str cases[] = { STR_INIT("件"), STR_INIT("宗"), STR_INIT("起") };
	static const struct str things[] = { STR_INIT("份"), STR_INIT("项"), STR_INIT("个"), STR_INIT("部"),
					     STR_INIT("万元") };

	if (unit.len == 0)
		return true;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (str_equal(cases[i], unit))
			return true;
	for (size_t i = 0; kind == RULE_ROW2 && i < COUNT_OF(things); i++)
		if (str_equal(things[i], unit))
			return true;
	return false;
}

bool phrases_match(struct arena *a, struct str sentence, struct str clause, struct str unit,
		   const struct figure_set *figures, struct phrase_match *out)
{
	static const struct str received[] = { STR_INIT("t3.new_received.total"),
					       STR_INIT("t3.carried_in.total") };
	static const struct str natural[] = { STR_INIT("t3.new_received.natural_person"),
					      STR_INIT("t3.carried_in.natural_person"),
					      STR_INIT("t3.results_total.natural_person") };
	const struct rule *r = nearest(clause);

	if (r == NULL || !unit_fits(r->kind, unit))
		return false;
	/* …新收政府信息公开申请277件，…，办结276件: the sentence says of what. */
	bool said = r->kind == RULE_KEY && str_contains(clause, STR("办结")) &&
		    str_contains(sentence, STR("信息公开申请"));
	out->sure = (r->sure || said) && !several_results(clause);
	out->count = 0;
	switch (r->kind) {
	case RULE_KEY:
		add_one(out, figures, a, str_from_c(r->key));
		break;
	case RULE_GROUP:
		add_group(out, figures, a, str_from_c(r->key));
		break;
	case RULE_RECEIVED:
		add_one(out, figures, a, received[0]);
		add(out, figures, a, received, 2);
		break;
	case RULE_NATURAL:
		add_one(out, figures, a, natural[0]);
		add(out, figures, a, natural, 2);
		add_one(out, figures, a, natural[2]);
		break;
	case RULE_OUTCOME:
		add_outcome(out, figures, a, str_from_c(r->key), sentence, clause);
		break;
	case RULE_ROW2:
		add_row2(out, figures, a, str_from_c(r->key));
		break;
	}
	return out->count > 0;
}
