/* history_test.c - a ledger's codes become sentences by the tables of whoever asks. */
#include "ledger/history.h"

#include "base/test.h"

static struct str colour_word(struct str code)
{
	return str_equal_c(code, "red") ? STR("红") : code;
}

static struct str place_word(const void *arg, struct str code)
{
	return str_equal_c(code, "7") ? str_from_c(arg) : STR_NONE;
}

static struct str own_verb(struct str code)
{
	return str_equal_c(code, "thing.paint") ? STR("涂色") : STR_NONE;
}

static const struct history_fact facts[] = {
	{ "colour", STR_INIT("颜色"), colour_word },
	{ "name", STR_INIT("名称"), NULL },
	{ "place", STR_INIT("地方"), NULL },
};
static const struct history_verb verbs[] = { { "thing.make", STR_INIT("制作") },
					     { "thing.paint", STR_INIT("不用") } };

static const struct {
	const char *name, *verb, *changes, *sentence;
} rows[] = {
	{ "a verb of the table", "thing.make", "[]", "制作。" },
	{ "the room's own words come first", "thing.paint", "[]", "涂色。" },
	{ "a verb without words shows its code", "thing.lose", "[]", "thing.lose。" },
	{ "a first value", "thing.make", "[[\"name\",\"\",\"甲\"]]", "制作：名称 甲。" },
	{ "a change has both", "thing.make", "[[\"colour\",\"red\",\"blue\"]]", "制作：颜色 红 → blue。" },
	{ "what is taken away", "thing.make", "[[\"name\",\"甲\",\"\"]]", "制作：名称 甲 → （无）。" },
	{ "nulls are nothing", "thing.make", "[[\"name\",null,null]]", "制作：名称 （无）。" },
	{ "several", "thing.make", "[[\"name\",\"\",\"甲\"],[\"colour\",\"\",\"red\"]]",
	  "制作：名称 甲，颜色 红。" },
	{ "what has no row is not told", "thing.make", "[[\"secret\",\"\",\"x\"]]", "制作。" },
	{ "one is looked up", "thing.make", "[[\"place\",\"\",\"7\"]]", "制作：地方 档案室。" },
	{ "and may be unknown", "thing.make", "[[\"place\",\"8\",\"7\"]]", "制作：地方 档案室。" },
	{ "what is no JSON is nothing", "thing.make", "not json", "制作。" },
};

void history_test(struct test *t)
{
	const struct history_words words = {
		.facts = facts,
		.facts_count = COUNT_OF(facts),
		.verbs = verbs,
		.verbs_count = COUNT_OF(verbs),
		.verb = own_verb,
		.looked_up = "place",
		.look_up = place_word,
		.arg = "档案室",
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct ledger_row row = { .verb = str_from_c(rows[i].verb),
					  .changes_json = str_from_c(rows[i].changes) };
		if (test_case(t, "history: %s", rows[i].name))
			CHECK_STR(history_sentence(t->arena, &words, &row),
				  str_from_c(rows[i].sentence));
	}
}
