#include "text/number.h"

#include "base/rand.h"
#include "base/test.h"

static void reading(struct test *t)
{
	static const struct { const char *text; int64_t value; } row[] = {
		{ "0", 0 }, { "277", 277 }, { "２７７", 277 }, { " 277　", 277 }, { "007", 7 },
		{ "1,234", 1234 }, { "12,345,678", 12345678 }, { "１，２３４", 1234 },
		{ "-5", -5 }, { "－５", -5 }, { "负五", -5 },
		{ "3万", 30000 }, { "1.2万", 12000 }, { "１．２亿", 120000000 }, { "3千万", 30000000 },
		{ "5百万", 5000000 }, { "2万亿", 2000000000000 }, { "0.00000001亿", 1 },
		{ "零", 0 }, { "〇", 0 }, { "一", 1 }, { "两", 2 }, { "十", 10 }, { "十二", 12 },
		{ "一十二", 12 }, { "二十", 20 }, { "九十九", 99 }, { "一百", 100 }, { "一百零五", 105 },
		{ "一百一十五", 115 }, { "一百十五", 115 }, { "两百五十", 250 }, { "二百七十七", 277 },
		{ "一千零五", 1005 }, { "一千零五十", 1050 }, { "一千零十", 1010 }, { "一千五百", 1500 },
		{ "二千零二十", 2020 }, { "一万零五", 10005 }, { "一万五千", 15000 },
		{ "一万零五百", 10500 }, { "十万", 100000 }, { "十二万三千四百五十六", 123456 },
		{ "一百零五万", 1050000 }, { "一亿", 100000000 }, { "三亿五万", 300050000 },
		{ "三亿零五", 300000005 }, { "一千二百三十四亿五千六百七十八万九千零一十二", 123456789012 },
		{ "三万亿", 3000000000000 }, { "五千万零三", 50000003 },
		{ "贰佰柒拾柒", 277 }, { "壹万零伍", 10005 }, { "壹拾", 10 }, { "叁億陸仟萬", 360000000 },
		{ "二〇二〇", 2020 }, { "二○一九", 2019 }, { "二零二零", 2020 }, { "一二三", 123 },
		{ "九二二三三七二〇三六八五四七七五八〇七", INT64_MAX },
		{ "9223372036854775807", INT64_MAX }, { "-9223372036854775807", -INT64_MAX },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct err err = { 0 };
		int64_t value = -1;
		CHECK_OK(number_parse(str_from_c(row[i].text), &value, &err));
		if (!CHECK_INT(value, row[i].value))
			CHECK_STR(STR_NONE, str_from_c(row[i].text));
	}
}

static const struct { const char *text, *key; } refused[] = {
	{ "", "text.bad_number" },
	{ " ", "text.bad_number" },
	{ "-", "text.bad_number" },
	{ "--5", "text.bad_number" },
	{ "+5", "text.bad_number" },
	{ "5件", "text.bad_number" },
	{ "约5", "text.bad_number" },
	{ "3.5", "text.bad_number" },
	{ "3.0", "text.bad_number" },
	{ "1.23456万", "text.bad_number" },
	{ "1,23", "text.bad_number" },
	{ "1234,567", "text.bad_number" },
	{ "1,2345", "text.bad_number" },
	{ "1，234", "text.bad_number" }, /* that comma separates sentences */
	{ "1 234", "text.bad_number" },
	{ "0x10", "text.bad_number" },
	{ "1e3", "text.bad_number" },
	{ "3万五", "text.bad_number" },
	{ "3万5", "text.bad_number" },
	{ "三5", "text.bad_number" },
	{ "5三", "text.bad_number" },
	{ "3亿万", "text.bad_number" },
	{ "百", "text.bad_number" },
	{ "千", "text.bad_number" },
	{ "万", "text.bad_number" },
	{ "一百零", "text.bad_number" },
	{ "一百零零五", "text.bad_number" },
	{ "零一百", "text.bad_number" },
	{ "一百零百", "text.bad_number" },
	{ "二十百", "text.bad_number" },
	{ "一百二百", "text.bad_number" },
	{ "十十", "text.bad_number" },
	{ "一二百", "text.bad_number" },
	{ "一百二三", "text.bad_number" },
	{ "零万", "text.bad_number" },
	{ "一万二万", "text.bad_number" },
	{ "一亿二亿", "text.bad_number" },
	{ "亿万", "text.bad_number" },
	{ "二两", "text.bad_number" },
	{ "甲", "text.bad_number" },
	{ "一百五", "text.ambiguous_number" },
	{ "一千五", "text.ambiguous_number" },
	{ "一万五", "text.ambiguous_number" },
	{ "三亿五", "text.ambiguous_number" },
	{ "一百五万", "text.bad_number" },
	{ "三四", "text.ambiguous_number" },
	{ "3千", "text.ambiguous_number" },
	{ "3百", "text.ambiguous_number" },
	{ "9223372036854775808", "text.number_too_large" },
	{ "99999999999999999999999", "text.number_too_large" },
	{ "99999999999999999万", "text.number_too_large" },
	{ "九二二三三七二〇三六八五四七七五八〇八", "text.number_too_large" },
	{ "1.123456789万", "text.number_too_large" },
};

static void refusing(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct err err = { 0 };
		int64_t value = 77;
		if (!CHECK_FAILS(number_parse(str_from_c(refused[i].text), &value, &err),
				 refused[i].key))
			CHECK_STR(STR_NONE, str_from_c(refused[i].text));
		CHECK_INT(value, 77);
	}
}

static void taking(struct test *t)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t value;
		const char *rest;
	} row[] = {
		{ "277件", true, 277, "件" },
		{ "二百七十七件", true, 277, "件" },
		{ "1,234,5", true, 1234, ",5" },
		{ "2020年", true, 2020, "年" },
		{ "二〇二〇年十一月", true, 2020, "年十一月" },
		{ "3万元", true, 30000, "元" },
		{ "12345，678", true, 12345, "，678" },
		{ "十五条", true, 15, "条" },
		{ "1.2万次", true, 12000, "次" },
		{ "5,", true, 5, "," },
		{ "5.", true, 5, "." },
		{ "3.5件", false, 0, "3.5件" },
		{ "件", false, 0, "件" },
		{ "", false, 0, "" },
		{ "三四件", false, 0, "三四件" },
		{ "-5", false, 0, "-5" },
		{ " 5", false, 0, " 5" },
		{ "3千克", false, 0, "3千克" },
		{ "万一", false, 0, "万一" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str s = str_from_c(row[i].text);
		int64_t value = 0;
		CHECK_INT(number_take(&s, &value), row[i].ok);
		CHECK_INT(value, row[i].value);
		CHECK_STR(s, str_from_c(row[i].rest));
	}
}

/* What is written is read back: all small numbers, and many of every size. */
static void there_and_back(struct test *t)
{
	struct seeded seed = seeded_from(20201102);
	int wrong = 0;

	for (int64_t i = 0; i < 60000; i++) {
		struct arena_mark mark = arena_mark(t->arena);
		struct err err = { 0 };
		int64_t n = i, back = -1;
		if (i >= 20000) {
			int64_t below = 100000;
			for (uint64_t k = seeded_below(&seed, 8); k > 0; k--)
				below *= 10;
			n = (int64_t)seeded_below(&seed, (uint64_t)below);
			/* Zeros inside are where the rules are. */
			if (i % 2 == 0)
				n = n / 100000 * 100000 + n % 10;
		}
		struct str plain = number_chinese(t->arena, n);
		if (!number_parse(plain, &back, &err) || back != n)
			wrong++;
		struct str formal = money_chinese(t->arena, n * 100);
		formal.len -= STR("元整").len;
		if (!number_parse(formal, &back, &err) || back != n)
			wrong++;
		arena_rewind(t->arena, mark);
	}
	CHECK_INT(wrong, 0);
}

static void money(struct test *t)
{
	static const struct { int64_t fen; const char *words, *figures; } row[] = {
		/* the examples of 支付结算办法 appendix 1, article 4 */
		{ 140950, "壹仟肆佰零玖元伍角整", "1409.50" },
		{ 600714, "陆仟零柒元壹角肆分", "6007.14" },
		{ 168032, "壹仟陆佰捌拾元零叁角贰分", "1680.32" },
		{ 10700053, "壹拾万柒仟元零伍角叁分", "107000.53" },
		{ 1640902, "壹万陆仟肆佰零玖元零贰分", "16409.02" },
		{ 32504, "叁佰贰拾伍元零肆分", "325.04" },
		/* and the corners */
		{ 0, "零元整", "0.00" },
		{ 1, "壹分", "0.01" },
		{ 10, "壹角整", "0.10" },
		{ 11, "壹角壹分", "0.11" },
		{ 100, "壹元整", "1.00" },
		{ 10000, "壹佰元整", "100.00" },
		{ 1000, "壹拾元整", "10.00" },
		{ 10007000, "壹拾万零柒拾元整", "100070.00" },
		{ 10000000000, "壹亿元整", "100000000.00" },
		{ 10000000100, "壹亿零壹元整", "100000001.00" },
		{ 10050000000, "壹亿零伍拾万元整", "100500000.00" },
		{ 99999999999999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", "999999999999.99" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		CHECK_STR(money_chinese(t->arena, row[i].fen), str_from_c(row[i].words));
		CHECK_STR(money_plain(t->arena, row[i].fen), str_from_c(row[i].figures));
	}
	CHECK_STR(money_plain(t->arena, -5), STR("-0.05"));
	CHECK_STR(money_plain(t->arena, INT64_MIN), STR("-92233720368547758.08"));
}

static void write_too_much(void *arg)
{
	number_chinese(arg, NUMBER_CHINESE_MAX + 1);
}

static void write_negative(void *arg)
{
	money_chinese(arg, -1);
}

void number_test(struct test *t)
{
	if (test_case(t, "what is read"))
		reading(t);
	if (test_case(t, "what is refused, and why"))
		refusing(t);
	if (test_case(t, "taking a number from the front of a sentence"))
		taking(t);
	if (test_case(t, "numbers in words are read back"))
		there_and_back(t);
	if (test_case(t, "sums of money"))
		money(t);
	if (test_case(t, "numbers in words")) {
		CHECK_STR(number_chinese(t->arena, 0), STR("零"));
		CHECK_STR(number_chinese(t->arena, 12), STR("十二"));
		CHECK_STR(number_chinese(t->arena, 112), STR("一百一十二"));
		CHECK_STR(number_chinese(t->arena, 120000), STR("十二万"));
		CHECK_STR(number_chinese(t->arena, 2020), STR("二千零二十"));
		CHECK_DIES(write_too_much, t->arena);
		CHECK_DIES(write_negative, t->arena);
	}
}
