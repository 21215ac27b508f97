/*
 * law.c - the structure of 国务院令第711号 down to its items, and the length of the two
 * acts on remedies; references are read the way letters write them.
 */
#include "letter/law.h"

#include "text/number.h"

enum { REGULATION_ARTICLES = 56, PARAGRAPHS_MAX = 4 };

/* Articles of one paragraph and no items are not listed. Items are those of each paragraph. */
struct article {
	int number, paragraphs;
	int items[PARAGRAPHS_MAX];
};
static const struct article regulation[] = {
	{ 3, 4, { 0 } },     { 4, 2, { 0, 5 } },  { 6, 2, { 0 } },    { 10, 3, { 0 } },
	{ 11, 2, { 0 } },    { 12, 3, { 0 } },	  { 13, 2, { 0 } },   { 16, 2, { 0 } },
	{ 17, 3, { 0 } },    { 20, 1, { 15 } },	  { 25, 3, { 0 } },   { 29, 2, { 0, 3 } },
	{ 31, 1, { 3 } },    { 33, 3, { 0 } },	  { 36, 1, { 7 } },   { 39, 2, { 0 } },
	{ 42, 2, { 0 } },    { 44, 2, { 0 } },	  { 47, 2, { 0 } },   { 49, 2, { 0 } },
	{ 50, 2, { 5 } },    { 53, 1, { 3 } },	  { 55, 2, { 0 } },
};

static const struct {
	struct str title;
	int articles;
} other_laws[] = {
	{ STR_INIT("中华人民共和国行政复议法"), 90 }, /* 2023 */
	{ STR_INIT("中华人民共和国行政诉讼法"), 103 },
};

static bool regulation_has(const struct law_reference *r)
{
	struct article article = { r->article, 1, { 0 } };

	if (r->article < 1 || r->article > REGULATION_ARTICLES)
		return false;
	for (size_t i = 0; i < COUNT_OF(regulation); i++)
		if (regulation[i].number == r->article)
			article = regulation[i];
	if (r->paragraph > article.paragraphs)
		return false;
	if (r->item == 0)
		return true;
	for (int p = 0; p < article.paragraphs; p++) {
		bool meant = r->paragraph == 0 || r->paragraph == p + 1;
		if (meant && r->item <= article.items[p])
			return true;
	}
	return false;
}

static bool exists(const struct law_reference *r)
{
	if (r->law.len == 0 || str_equal(r->law, STR("中华人民共和国政府信息公开条例")) ||
	    str_equal(r->law, STR("政府信息公开条例")))
		return regulation_has(r);
	for (size_t i = 0; i < COUNT_OF(other_laws); i++)
		if (str_equal(r->law, other_laws[i].title))
			return r->article <= other_laws[i].articles;
	return true;
}

/* 第三十六条, or 第（三）项: takes it off the front. */
static bool take_ordinal(struct str *s, struct str unit, int *out)
{
	struct str rest = *s;
	int64_t n;

	if (!str_take_str(&rest, STR("第")))
		return false;
	bool bracket = str_take_str(&rest, STR("（"));
	if (!number_take(&rest, &n) || n < 1 || n > 9999)
		return false;
	if (bracket && !str_take_str(&rest, STR("）")))
		return false;
	if (!str_take_str(&rest, unit))
		return false;
	*out = (int)n;
	*s = rest;
	return true;
}

/* 《…》 at the front becomes the law in force; 本条例 and 条例 are the Regulation. */
static bool take_law(struct str *s, struct str *law)
{
	if (str_take_str(s, STR("《"))) {
		size_t end = str_find(*s, STR("》"), 0);
		if (end == SIZE_MAX)
			return false;
		*law = str_slice(*s, 0, end);
		*s = str_slice(*s, end + STR("》").len, s->len);
		return true;
	}
	return false;
}

bool law_reference_next(struct str text, size_t *from, struct str *law, struct law_reference *out)
{
	while (*from < text.len) {
		struct str rest = str_slice(text, *from, text.len), start = rest;
		struct law_reference r = { .law = *law };
		if (take_law(&rest, law)) {
			*from = text.len - rest.len;
			continue;
		}
		if (!take_ordinal(&rest, STR("条"), &r.article)) {
			(*from)++;
			continue;
		}
		(void)take_ordinal(&rest, STR("款"), &r.paragraph);
		(void)take_ordinal(&rest, STR("项"), &r.item);
		r.text = str_slice(start, 0, start.len - rest.len);
		r.exists = exists(&r);
		*from = text.len - rest.len;
		*out = r;
		return true;
	}
	return false;
}
