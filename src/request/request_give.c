/* request_give.c - the words for the form in which information is wanted, and the way it comes. */
#include "request/request.h"

static const struct { const char *code; struct str label; } forms[GIVE_FORM_COUNT] = {
	[GIVE_FORM_UNSAID] = { "", STR_INIT("未说明") },
	[GIVE_PAPER] = { "paper", STR_INIT("纸质") },
	[GIVE_ELECTRONIC] = { "electronic", STR_INIT("电子载体") },
	[GIVE_EMAIL] = { "email", STR_INIT("电子文本") },
	[GIVE_ON_THE_SPOT] = { "on_the_spot", STR_INIT("查阅、抄录") },
	[GIVE_OTHER] = { "other", STR_INIT("其他形式") },
};

static const struct { const char *code; struct str label; } ways[GIVE_WAY_COUNT] = {
	[GIVE_WAY_UNSAID] = { "", STR_INIT("未说明") },
	[GIVE_BY_POST] = { "post", STR_INIT("邮寄") },
	[GIVE_BY_EMAIL] = { "email", STR_INIT("电子邮件") },
	[GIVE_COLLECTED] = { "collect", STR_INIT("自行领取、当场查阅") },
	[GIVE_BY_WEB] = { "web", STR_INIT("在查询页面下载") },
	[GIVE_BY_FAX] = { "fax", STR_INIT("传真") },
};

struct str give_form_code(enum give_form f)
{
	return str_from_c(forms[f].code);
}

struct str give_form_label(enum give_form f)
{
	return forms[f].label;
}

bool give_form_from(struct str code, enum give_form *out)
{
	for (int f = 0; f < GIVE_FORM_COUNT; f++)
		if (str_equal_c(code, forms[f].code)) {
			*out = (enum give_form)f;
			return true;
		}
	return false;
}

struct str give_way_code(enum give_way w)
{
	return str_from_c(ways[w].code);
}

struct str give_way_label(enum give_way w)
{
	return ways[w].label;
}

bool give_way_from(struct str code, enum give_way *out)
{
	for (int w = 0; w < GIVE_WAY_COUNT; w++)
		if (str_equal_c(code, ways[w].code)) {
			*out = (enum give_way)w;
			return true;
		}
	return false;
}
