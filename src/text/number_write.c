/* number_write.c - numbers and sums in Chinese words. */
#include "text/number.h"

#include "base/buf.h"

#include <assert.h>

enum { WORDS_MAX = 200 };

struct style { const char *digit[10], *place[4], *section[3]; };

static const struct style plain = {
	.digit = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" },
	.place = { "", "十", "百", "千" },
	.section = { "", "万", "亿" },
};

static const struct style formal = {
	.digit = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" },
	.place = { "", "拾", "佰", "仟" },
	.section = { "", "万", "亿" },
};

/* 1..9999 without a leading zero: several zeros inside are one 零, those at the end none. */
static void add_section(struct buf *out, const struct style *style, int64_t n)
{
	static const int64_t power[] = { 1, 10, 100, 1000 };
	bool begun = false, zero = false;

	for (int place = 3; place >= 0; place--) {
		int64_t digit = n / power[place] % 10;
		if (digit == 0) {
			zero = begun;
			continue;
		}
		if (zero)
			buf_add_c(out, style->digit[0]);
		buf_add_c(out, style->digit[digit]);
		buf_add_c(out, style->place[place]);
		begun = true;
		zero = false;
	}
}

static void add_number(struct buf *out, const struct style *style, int64_t n)
{
	static const int64_t power[] = { 1, 10000, 100000000 };
	bool begun = false, zero = false;

	assert(n >= 0 && n <= NUMBER_CHINESE_MAX);
	if (n == 0)
		buf_add_c(out, style->digit[0]);
	for (int i = 2; i >= 0; i--) {
		int64_t section = n / power[i] % 10000;
		if (section == 0) {
			zero = begun;
			continue;
		}
		if (begun && (zero || section < 1000))
			buf_add_c(out, style->digit[0]);
		add_section(out, style, section);
		buf_add_c(out, style->section[i]);
		begun = true;
		zero = false;
	}
}

struct str number_chinese(struct arena *a, int64_t n)
{
	struct buf out = buf_open(a, WORDS_MAX, WORDS_MAX);

	add_number(&out, &plain, n);
	assert(buf_ok(&out));
	struct str text = buf_str(&out);
	/* 十二, not 一十二, but only at the beginning: 一百一十二. */
	if (str_starts(text, STR("一十")))
		str_take_str(&text, STR("一"));
	return text;
}

/*
 * 支付结算办法 appendix 1, 正确填写票据和结算凭证的基本规定: article 3 (整 after 元, and after
 * 角 where it may stand) and article 4 (零: between, after a 元 that ends in zero, before a 分
 * without 角). Where it leaves a choice, the form it names first.
 */
struct str money_chinese(struct arena *a, int64_t fen)
{
	struct buf out = buf_open(a, WORDS_MAX, WORDS_MAX);
	int64_t yuan = fen / 100, jiao = fen / 10 % 10, rest = fen % 10;

	assert(fen >= 0);
	if (yuan > 0 || fen == 0) {
		add_number(&out, &formal, yuan);
		buf_add_c(&out, "元");
	}
	if (yuan > 0 && ((jiao > 0 && yuan % 10 == 0) || (jiao == 0 && rest > 0)))
		buf_add_c(&out, formal.digit[0]);
	if (jiao > 0) {
		buf_add_c(&out, formal.digit[jiao]);
		buf_add_c(&out, "角");
	}
	if (rest > 0) {
		buf_add_c(&out, formal.digit[rest]);
		buf_add_c(&out, "分");
	} else {
		buf_add_c(&out, "整");
	}
	assert(buf_ok(&out));
	return buf_str(&out);
}

struct str money_plain(struct arena *a, int64_t fen)
{
	uint64_t magnitude = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;

	return str_format(a, "%s%llu.%02llu", fen < 0 ? "-" : "",
			  (unsigned long long)(magnitude / 100),
			  (unsigned long long)(magnitude % 100));
}
