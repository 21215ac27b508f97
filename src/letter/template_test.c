/*
 * template_test.c - the language of templates: what it reads, what it refuses and where, and
 * that all built-in ones pass the check that an agency's own must pass.
 */
#include "letter/template.h"

#include "base/test.h"

static void built_in_ones(struct test *t)
{
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		const struct letter_kind *kind = &letter_kinds[i];
		struct template_findings f = { 0 };
		struct letter_template tpl;
		if (!test_case(t, "the built-in words of %s pass", kind->code))
			continue;
		if (CHECK(template_parse(t->arena, template_built_in(kind), &tpl, &f)))
			template_check(t->arena, &tpl, kind, &f);
		for (size_t n = 0; n < f.count; n++)
			CHECK_STR(template_finding_text(t->arena, LOCALE_ZH_CN, &f.at[n]),
				  STR(""));
		CHECK_INT((int64_t)f.count, 0);
	}
}

static const char good[] = "标题：政府信息公开告知书\n"
			   "[首段]\n"
			   "本机关于{收到日期}收到{您}的申请（编号：{受理编号}），申请公开“{申请内容}”。\n"
			   "[答复]\n"
			   "{您}进行{信访类别}活动，根据《中华人民共和国政府信息公开条例》第三十九条第一款，"
			   "可以通过{反映渠道}提出。【另见{页数}页。】\n"
			   "[尾段]\n"
			   "{救济途径}\n"
			   "{联系方式}\n";

/* good with one piece changed: what is found, and on which line. */
struct slip {
	const char *name, *from, *to, *key;
	int line;
};
static const struct slip slips[] = {
	{ "nothing wrong", "", "", NULL, 0 },
	{ "an unknown field", "{反映渠道}", "{反应渠道}", "letter.template_unknown_field", 5 },
	{ "a brace left open", "{受理编号}）", "{受理编号）", "letter.template_unknown_field", 3 },
	{ "a brace open to the end", "页。】", "页。】{页数", "letter.template_open_brace", 5 },
	{ "a closing brace alone", "另见{", "另见}{", "letter.template_brackets", 5 },
	{ "a bracket left open", "页。】", "页。", "letter.template_brackets", 5 },
	{ "brackets nested", "【另见", "【【另见", "letter.template_brackets", 5 },
	{ "brackets without a field", "{页数}", "若干", "letter.template_brackets", 5 },
	{ "no title", "标题：政府信息公开告知书", "政府信息公开告知书", "letter.template_no_title", 1 },
	{ "a field in the title", "告知书", "告知书{页数}", "letter.template_no_title", 1 },
	{ "no part", "[首段]\n", "", "letter.template_no_part", 2 },
	{ "parts out of order", "[尾段]", "[首段]", "letter.template_part_order", 6 },
	{ "no ground", "第三十九条第一款", "有关规定", "letter.template_no_ground", 0 },
	{ "another ground", "第三十九条第一款", "第三十九条第二款", "letter.template_no_ground", 0 },
	{ "an item that is not there", "第三十九条第一款", "第三十九条第一款、第三十六条第八项",
	  "letter.template_no_such_article", 5 },
	{ "a paragraph that is not there", "第三十九条第一款", "第三十九条第一款、第三十条第二款",
	  "letter.template_no_such_article", 5 },
	{ "an article that is not there", "第三十九条第一款", "第三十九条第一款、第五十七条",
	  "letter.template_no_such_article", 5 },
	{ "no remedy", "{救济途径}\n", "", "letter.template_no_remedy", 0 },
	{ "the remedy in a sentence", "{救济途径}", "另：{救济途径}", "letter.template_live_alone", 7 },
	{ "a remedy typed", "提出。", "提出，也可以申请行政复议。", "letter.template_remedy_typed", 5 },
	{ "no contact", "{联系方式}\n", "", "letter.template_no_contact", 0 },
	{ "a fact that must be told", "{反映渠道}", "有关渠道", "letter.template_field_missing", 0 },
};

static struct str replaced(struct arena *a, const struct slip *slip)
{
	struct str text = str_from_c(good), from = str_from_c(slip->from);
	size_t at = from.len > 0 ? str_find(text, from, 0) : SIZE_MAX;

	if (at == SIZE_MAX)
		return text;
	return str_concat(a, str_concat(a, str_slice(text, 0, at), str_from_c(slip->to)),
			  str_slice(text, at + from.len, text.len));
}

static void found_by_line(struct test *t)
{
	const struct letter_kind *kind = letter_kind_find(STR("petition"));

	for (size_t i = 0; i < COUNT_OF(slips); i++) {
		struct template_findings f = { 0 };
		struct letter_template tpl;
		if (!test_case(t, "a template with %s", slips[i].name))
			continue;
		if (template_parse(t->arena, replaced(t->arena, &slips[i]), &tpl, &f))
			template_check(t->arena, &tpl, kind, &f);
		if (slips[i].key == NULL) {
			CHECK_INT((int64_t)f.count, 0);
			continue;
		}
		if (!CHECK(f.count > 0))
			continue;
		CHECK_STR(str_from_c(f.at[0].key), str_from_c(slips[i].key));
		CHECK_INT(f.at[0].line, slips[i].line);
	}
}

static void merging(struct test *t)
{
	struct template_findings f = { 0 };
	struct letter_template tpl;
	struct err err = { 0 };

	if (!test_case(t, "what is known is printed, what is open stays, what is optional goes") ||
	    !CHECK(template_parse(t->arena, str_from_c(good), &tpl, &f)))
		return;
	struct letter_values v = letter_values_new(t->arena);
	struct buf b = buf_open(t->arena, 1024, 65536);
	CHECK_OK(letter_values_set(t->arena, &v, STR("received_on"), STR("2020-12-08"), &err));
	CHECK_OK(letter_values_set(t->arena, &v, STR("受理编号"), STR("YX-1"), &err));
	template_merge(&tpl, PART_OPENING, &v, &b);
	CHECK_STR(buf_str(&b), STR("本机关于2020年12月8日收到{您}的申请（编号：YX-1），申请公开“{申请内容}”。\n"));
	buf_clear(&b);
	template_merge(&tpl, PART_ANSWER, &v, &b);
	CHECK(!str_contains(buf_str(&b), STR("另见")));
	CHECK_OK(letter_values_set(t->arena, &v, STR("pages"), STR("3"), &err));
	buf_clear(&b);
	template_merge(&tpl, PART_ANSWER, &v, &b);
	CHECK(str_contains(buf_str(&b), STR("另见3页。")));
}

static void values(struct test *t)
{
	static const struct {
		const char *name, *value, *printed, *key;
	} rows[] = {
		{ "received_on", "2020/1/8", "2020年1月8日", NULL },
		{ "received_on", "上周", NULL, "text.bad_date" },
		{ "fee_amount", "10050", "壹佰元零伍角整（100.50元）", NULL },
		{ "fee_amount", "100元", NULL, "letter.bad_value" },
		{ "points", "年份不明确", "年份不明确", NULL },
		{ "points", "年份不明确\n\n文号不明确\n", "一、年份不明确；二、文号不明确", NULL },
		{ "content", "甲{您}乙", "甲｛您｝乙", NULL },
		{ "guidance", "甲{您}乙", "甲｛您｝乙", NULL },
		{ "information", " 一\n\n 二 \n", "一 二", NULL },
		{ "remedy", "不服可以起诉", NULL, "letter.live_given" },
		{ "nothing", "x", NULL, "letter.unknown_field" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err err = { 0 };
		if (!test_case(t, "value %zu, of %s", i, rows[i].name))
			continue;
		struct letter_values v = letter_values_new(t->arena);
		struct str name = str_from_c(rows[i].name), value = str_from_c(rows[i].value);
		if (rows[i].key != NULL) {
			CHECK_FAILS(letter_values_set(t->arena, &v, name, value, &err),
				    rows[i].key);
			continue;
		}
		CHECK_OK(letter_values_set(t->arena, &v, name, value, &err));
		CHECK_STR(v.at[letter_field_by_code(name) - letter_fields],
			  str_from_c(rows[i].printed));
	}
}

void template_test(struct test *t)
{
	built_in_ones(t);
	found_by_line(t);
	merging(t);
	values(t);
}
