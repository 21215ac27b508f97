#include "base/err.h"

#include "base/test.h"
#include "base/utf8.h"

#include <string.h>

static void facts(struct test *t)
{
	static const struct { const char *value, *want; } row[] = {
		{ "甲", "1|甲|2" },
		{ "a|b", "1|a｜b|2" }, /* a bar inside a value cannot shift the facts after it */
		{ "a\nb\tc", "1|a b c|2" },
		{ "\x1b[31m", "1|\xEF\xBF\xBD[31m|2" },
		{ "\xE4\xB8", "1|\xEF\xBF\xBD\xEF\xBF\xBD|2" },
		{ "100%s", "1|100%s|2" },
		{ "", "1||2" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct err err = { 0 };
		CHECK(!err_set(&err, ERR_INVALID, "file.missing", "%d|%s|%d", 1, row[i].value, 2));
		CHECK_STR(str_from_c(err.facts), str_from_c(row[i].want));
	}
}

static void long_facts(struct test *t)
{
	char value[3000];

	for (size_t shift = 0; shift < 3; shift++) {
		struct err err = { 0 };
		memset(value, 'x', shift);
		for (size_t i = shift; i + 3 < sizeof value; i += 3)
			memcpy(value + i, "中", 4);
		err_set(&err, ERR_INVALID, "file.missing", "%s", value);
		CHECK(strlen(err.facts) > sizeof err.facts - 5);
		CHECK(utf8_valid_text(str_from_c(err.facts)));
	}
}

static void first_one_wins(struct test *t)
{
	struct err err = { 0 };

	err_set_field(&err, "name", ERR_CONFLICT, "file.too_large", "%d", 5);
	err_set(&err, ERR_INTERNAL, "file.missing", "other");
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK_STR(str_from_c(err.key), STR("file.too_large"));
	CHECK_STR(str_from_c(err.field), STR("name"));
	CHECK_STR(str_from_c(err.facts), STR("5"));
	err_clear(&err);
	CHECK_INT(err.code, ERR_NONE);
	err_set(&err, ERR_INTERNAL, "file.missing", "%s", "other");
	CHECK_STR(str_from_c(err.facts), STR("other"));
	CHECK(err.field == NULL);
}

static void texts(struct test *t)
{
	struct err err = { 0 };

	CHECK_STR(message_text(t->arena, LOCALE_ZH_CN, "file.missing", STR("a.csv")),
		  STR("找不到文件 a.csv。请核对路径后重试。"));
	CHECK_STR(message_text(t->arena, LOCALE_EN, "file.missing", STR("{1}{2}")),
		  STR("The file {1}{2} does not exist. Check the path and try again."));
	CHECK_STR(message_text(t->arena, LOCALE_EN, "file.missing", STR_NONE),
		  STR("The file  does not exist. Check the path and try again."));
	err_set(&err, ERR_NOT_FOUND, "file.missing", "x");
	CHECK(str_contains(err_text(t->arena, LOCALE_ZH_CN, &err), STR("找不到文件 x。")));
	err.code = ERR_INTERNAL; /* such facts are for the log */
	CHECK(!str_contains(err_text(t->arena, LOCALE_ZH_CN, &err), STR("x")));
	err.code = ERR_UNAVAILABLE;
	CHECK(!str_contains(err_text(t->arena, LOCALE_ZH_CN, &err), STR("x")));
}

static void ask_unknown(void *arg)
{
	message_text(arg, LOCALE_EN, "no.such_key", STR_NONE);
}

static void catalogue(struct test *t)
{
	CHECK(message_catalogue_count > 0);
	for (size_t i = 0; i < message_catalogue_count; i++) {
		const struct message *m = &message_catalogue[i];
		CHECK(i == 0 || strcmp(message_catalogue[i - 1].key, m->key) < 0);
		CHECK(message_text(t->arena, LOCALE_EN, m->key, STR_NONE).len > 0);
	}
}

void err_test(struct test *t)
{
	if (test_case(t, "facts are plain text, each in its place"))
		facts(t);
	if (test_case(t, "facts too long are cut between characters"))
		long_facts(t);
	if (test_case(t, "the first error wins until it is cleared"))
		first_one_wins(t);
	if (test_case(t, "the sentence for a person"))
		texts(t);
	if (test_case(t, "an unknown key is a bug"))
		CHECK_DIES(ask_unknown, t->arena);
	if (test_case(t, "every key of the catalogue is found"))
		catalogue(t);
}
