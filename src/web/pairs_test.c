#include "web/pairs.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"

/* "a=1|b=2" */
static struct str print(struct test *t, const struct pairs *p)
{
	struct buf b = buf_open(t->arena, 256, MIB);

	for (size_t i = 0; i < p->count; i++) {
		buf_add_c(&b, i > 0 ? "|" : "");
		buf_add(&b, p->at[i].name);
		buf_add_char(&b, '=');
		buf_add(&b, p->at[i].value);
	}
	return buf_str(&b);
}

static const struct {
	const char *raw, *want; /* NULL: refused */
} query_row[] = {
	{ "", "" },
	{ "a=1", "a=1" },
	{ "a=1&b=2&a=3", "a=1|b=2|a=3" },
	{ "a", "a=" },
	{ "a=", "a=" },
	{ "a=b=c", "a=b=c" },
	{ "&&a=1&", "a=1" },
	{ "a=b+c%2B", "a=b c+" },
	{ "%E5%B9%B4=%e6%9c%88", "年=月" },
	{ "a=1%0D%0A2", "a=1\r\n2" },
	{ "=1", NULL },
	{ "a=%", NULL },
	{ "a=%4", NULL },
	{ "a=%G0", NULL },
	{ "a=%-1", NULL },
	{ "a=%00", NULL },
	{ "a=%1b", NULL },
	{ "a=%ff", NULL },
	{ "a=%C0%80", NULL },
	{ "%=1", NULL },
};

static void queries(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(query_row); i++) {
		struct err err = { 0 };
		if (!test_case(t, "query \"%s\"", query_row[i].raw))
			continue;
		struct pairs p = pairs_open(t->arena);
		bool ok = pairs_from_query(t->arena, str_from_c(query_row[i].raw), &p, &err);
		CHECK_INT(ok, query_row[i].want != NULL);
		if (ok)
			CHECK_STR(print(t, &p), str_from_c(query_row[i].want));
		else
			CHECK_STR(str_from_c(err.key), STR("web.bad_encoding"));
	}
}

static void query_limits(struct test *t)
{
	struct err err = { 0 };

	if (test_case(t, "a form has at most LIMIT_FORM_FIELDS fields")) {
		struct buf b = buf_open(t->arena, 4096, MIB);
		for (int i = 0; i <= LIMIT_FORM_FIELDS; i++)
			buf_add_c(&b, "a=1&");
		struct pairs p = pairs_open(t->arena);
		CHECK_FAILS(pairs_from_query(t->arena, buf_str(&b), &p, &err),
			    "web.too_many_fields");
		p.count = 0;
		CHECK_OK(pairs_from_query(t->arena, str_slice(buf_str(&b), 4, SIZE_MAX), &p, &err));
	}
	if (test_case(t, "a field has at most LIMIT_FIELD_BYTES")) {
		char *text = arena_alloc(t->arena, LIMIT_FIELD_BYTES + 3);
		struct pairs p = pairs_open(t->arena);
		text[0] = 'a';
		text[1] = '=';
		for (size_t i = 2; i < LIMIT_FIELD_BYTES + 3; i++)
			text[i] = 'x';
		struct str raw = { text, LIMIT_FIELD_BYTES + 3 };
		CHECK_FAILS(pairs_from_query(t->arena, raw, &p, &err), "web.field_too_long");
		raw.len--;
		CHECK_OK(pairs_from_query(t->arena, raw, &p, &err));
	}
}

static void encoding(struct test *t)
{
	if (!test_case(t, "what is encoded decodes to the same"))
		return;
	struct str all = STR("年 月&=?/%+~-._aZ09\"'<>");
	struct str encoded = percent_encode(t->arena, all), back;
	CHECK_STR(percent_encode(t->arena, STR("a b+年")), STR("a%20b%2B%E5%B9%B4"));
	CHECK(percent_decode(t->arena, encoded, PLUS_IS_SPACE, &back));
	CHECK_STR(back, all);
}

static const struct {
	const char *body, *want; /* NULL: web.bad_json */
} json_row[] = {
	{ "{}", "" },
	{ "{\"a\": \"年\", \"b\": 12, \"c\": true, \"d\": false, \"e\": null}", "a=年|b=12|c=1" },
	{ "{\"a\": [\"x\", 2]}", "a=x|a=2" },
	{ "{\"a\": -9223372036854775808}", "a=-9223372036854775808" },
	{ " {\"a\":\"\\u5e74\\n\"} ", "a=年\n" },
	{ "", NULL },
	{ "[]", NULL },
	{ "\"a\"", NULL },
	{ "{\"a\": 1.5}", NULL },
	{ "{\"a\": {}}", NULL },
	{ "{\"a\": [[1]]}", NULL },
	{ "{\"a\": 1, \"a\": 2}", NULL },
	{ "{\"\": 1}", NULL },
	{ "{\"a\": \"\\u0000\"}", NULL },
	{ "{\"a\": \"\\u001b\"}", NULL },
	{ "{\"a\": \"\xff\"}", NULL },
	{ "{\"a\": 1} x", NULL },
	{ "{\"a\": 99999999999999999999}", NULL },
	{ "[[[[[[[[[[[[[[[[[[[[[[", NULL },
};

static void json(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(json_row); i++) {
		struct err err = { 0 };
		if (!test_case(t, "JSON %s", json_row[i].body))
			continue;
		struct pairs p = pairs_open(t->arena);
		if (json_row[i].want == NULL) {
			CHECK_FAILS(
				pairs_from_json(t->arena, str_from_c(json_row[i].body), &p, &err),
				"web.bad_json");
			continue;
		}
		CHECK_OK(pairs_from_json(t->arena, str_from_c(json_row[i].body), &p, &err));
		CHECK_STR(print(t, &p), str_from_c(json_row[i].want));
	}
}

void pairs_test(struct test *t)
{
	queries(t);
	query_limits(t);
	encoding(t);
	json(t);
}
