/* config_test.c - settings: every row parses and prints, wrong ones are named. */
#include "app/config.h"
#include "base/test.h"

void config_test(struct test *t)
{
	static const struct { const char *name, *text, *key;
	} rows[] = {
		{ "an unknown setting", "colour = red\n", "app.config_unknown" },
		{ "no equals sign", "# first\nport 8080\n", "app.config_no_equals" },
		{ "a port over the range", "port = 65536\n", "app.config_bad_value" },
		{ "a port that is no number", "port = 80a\n", "app.config_bad_value" },
		{ "a switch that is neither yes nor no", "sandbox = maybe\n",
		  "app.config_bad_value" },
	};
	struct err err = { 0 };
	struct config c, again;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "%s is refused", rows[i].name))
			continue;
		c = config_default(t->arena);
		CHECK_FAILS(
			config_parse(t->arena, STR("x.conf"), str_from_c(rows[i].text), &c, &err),
			rows[i].key);
	}
	if (test_case(t, "the printed configuration parses to itself")) {
		c = config_default(t->arena);
		CHECK_OK(config_parse(t->arena, STR("x"),
				      STR("port = 9000 \nsecure_cookies=yes\naddress = ::1\n"), &c,
				      &err));
		CHECK_INT(c.port, 9000);
		CHECK(c.secure_cookies);
		again = config_default(t->arena);
		CHECK_OK(
			config_parse(t->arena, STR("x"), config_print(t->arena, &c), &again, &err));
		CHECK_STR(config_print(t->arena, &again), config_print(t->arena, &c));
	}
	if (test_case(t, "the sentence names file, line and what exists")) {
		c = config_default(t->arena);
		CHECK(!config_parse(t->arena, STR("a.conf"), STR("\ncolour = red\n"), &c, &err));
		struct str text = err_text(t->arena, LOCALE_ZH_CN, &err);
		CHECK(str_contains(text, STR("a.conf")));
		CHECK(str_contains(text, STR("第2行")));
		CHECK(str_contains(text, STR("cache_mib")));
	}
}
