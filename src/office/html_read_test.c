#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/html_scan.h"
#include "office/read.h"

static const struct { const char *name, *html, *outline;
} rows[] = {
	{ "paragraphs", "<p>甲<p>乙", "甲 / 乙" },
	{ "white space is one blank", "<p> a\n\t b&nbsp;&nbsp;c </p>", "a b c" },
	{ "inline elements do not break", "<p>a<b>b</b><span>c</span></p>", "abc" },
	{ "line breaks do", "<p>a<br>b", "a / b" },
	{ "preformatted lines", "<pre>a\nb</pre>", "a / b" },
	{ "headings", "<h1>一</h1><h3>（一）</h3><p>x", "H1 一 / H3 （一） / x" },
	{ "what is not read",
	  "<script>a</script><style>b</style><nav>c</nav><noscript>d</noscript><select><option>e"
	  "</select><p hidden>f</p><p style='color:red; DISPLAY : none'>g</p><template>h</template>"
	  "<textarea>i</textarea><p>文",
	  "文" },
	{ "styles that hide nothing", "<p style='display:block'>a<p style='display:inline'>b",
	  "a / b" },
	{ "what is struck out is not said",
	  "<p>申请<del>270</del>277件，<s>旧</s>新<strike>去</strike><ins>来</ins>", "申请277件，新来" },
	{ "pictures", "<p>图<img src=x alt='受理 量'></p><svg><title>饼</title><path/></svg>",
	  "(受理 量) / 图 / (饼)" },
	{ "characters by name and number", "<p>&lt;a&gt;&amp;&#40857;&copy;", "<a>&龙©" },
	{ "table", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "T2x2[0,0 a;0,1 b;1,0 c;1,1 d]" },
	{ "heads and caption",
	  "<table><caption>表 三</caption><thead><tr><td>h<td>i</thead><tr><th>a<td>b</table>",
	  "T2x2[0,0# h;0,1# i;1,0# a;1,1 b]=表 三" },
	{ "spans", "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
	  "T2x3[0,0+2x1 a;0,1+1x2 b;1,1 c;1,2 d]" },
	{ "rowspan 0 and one too long end with the group",
	  "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody>"
	  "<tbody><tr><td rowspan=99>d<td>e</table>",
	  "T3x2[0,0+2x1 a;0,1 b;1,1 c;2,0 d;2,1 e]" },
	{ "colspan over the table", "<table><tr><td colspan=99>a<tr><td>b<td>c</table>",
	  "T2x2[0,0+1x2 a;1,0 b;1,1 c]" },
	{ "no cell over another", "<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>",
	  "T2x3[0,0 a;0,1+2x1 b;1,0 c;1,2 d]" },
	{ "foolish spans", "<table><tr><td colspan=-1 rowspan=x>a<td colspan=''>b</table>",
	  "T1x2[0,0 a;0,1 b]" },
	{ "short rows", "<table><tr><td>a<td>b<tr><td>c</table>", "T2x2[0,0 a;0,1 b;1,0 c]" },
	{ "a table that arranges the page",
	  "<table><tr><td><h2>题</h2><table><tr><td>a<td>b</table><td>边</table>",
	  "H2 题 / T1x2[0,0 a;0,1 b] / 边" },
	{ "text before a table of the page", "前<table><tr><td>a<td>b</table>后",
	  "前 / T1x2[0,0 a;0,1 b] / 后" },
	{ "lines of a cell", "<table><tr><td>a<br>b<p>c<td>d</table>", "T1x2[0,0 a\nb\nc;0,1 d]" },
	{ "text in a table but in no cell goes before it", "<table>错<tr><td>a<td>b</table>",
	  "错 / T1x2[0,0 a;0,1 b]" },
	{ "pasted from Word",
	  "<p class=MsoNormal><![if !supportLists]><span>1.</span><![endif]>文<o:p></o:p></p>",
	  "1.文" },
	{ "an empty page", "<html><body></body></html>", "" },
};

static void repeat(struct buf *out, const char *piece, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_c(out, piece);
}

/* What would stall the parser is refused by the scan; what only looks like it is not. */
static const struct {
	const char *name, *before, *piece;
	size_t times;
	const char *key;
} piles[] = {
	{ "200,000 div", "", "<div>", 200000, "office.html_too_deep" },
	{ "12 KB of b", "", "<b>", 4000, "office.html_too_deep" },
	{ "closings of something else", "", "<div></x>", 4000, "office.html_too_deep" },
	{ "closings in comments", "", "<div><!--</div>-->", 4000, "office.html_too_deep" },
	{ "openings after a script that ends early", "<script>x</script>", "<font>", 4000,
	  "office.html_too_deep" },
	{ "formatting left open before many paragraphs",
	  "<font a><font b><font c><font d><b><i><u><s><tt><big><small><em><strong><code>"
	  "<nobr><strike>",
	  "<p>x", 200000, "office.html_too_deep" },
	{ "nested tables", "", "<table><tr><td>", 200, "office.too_deep" },
	{ "many attributes", "<p", " a=1", 4000, "office.html_tag" },
	{ "a long attribute", "<p title='", "xxxxxxxx", 4000, "office.html_tag" },
	{ "balanced", "", "<div></div>", 100000, NULL },
	{ "paragraphs never closed", "", "<p>x", 30000, NULL },
	{ "cells never closed", "<table>", "<tr><td>x<td>y", 20000, NULL },
	{ "links never closed", "", "<a href=x>", 5000, NULL },
	{ "tags inside a script", "<script>", "'<div>'", 5000, NULL },
	{ "empty elements of a drawing", "<svg>", "<path d='M0'/>", 5000, NULL },
	{ "a picture in the page", "<img src='data:image/png;base64,", "AAAAAAAA", 8000, NULL },
};

static void check_pile(struct test *t, size_t i)
{
	struct err err = { 0 };
	struct buf html = buf_open(t->arena, 64 * KIB, 8 * MIB);
	struct doc *d;

	buf_add_c(&html, "<p>首</p>");
	buf_add_c(&html, piles[i].before);
	repeat(&html, piles[i].piece, piles[i].times);
	if (piles[i].key != NULL)
		CHECK_FAILS(office_read_here(t->arena, STR("x"), buf_str(&html), &d, &err),
			    piles[i].key);
	else if (CHECK_OK(office_read_here(t->arena, STR("x"), buf_str(&html), &d, &err)))
		CHECK_STR(d->blocks[0].text, STR("首"));
}

void html_read_test(struct test *t)
{
	struct err err = { 0 };
	struct doc *d;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "%s", rows[i].name))
			continue;
		struct str page = str_format(t->arena, "<!DOCTYPE html><title>页</title>%s", rows[i].html);
		if (CHECK_OK(office_read_here(t->arena, STR("x"), page, &d, &err))) {
			CHECK_STR(fixture_outline(t->arena, d), str_from_c(rows[i].outline));
			CHECK_STR(d->title, STR("页"));
		}
	}
	for (size_t i = 0; i < COUNT_OF(piles); i++)
		if (test_case(t, "%s: %s", piles[i].key == NULL ? "read" : "refused",
			      piles[i].name))
			check_pile(t, i);
	if (test_case(t, "the bytes of a picture are left out, the rest is untouched")) {
		struct str out;
		if (CHECK_OK(html_scan(t->arena, STR("a<img alt=\"x\" src = 'data:AAAA' b>c"), &out,
				       &err)))
			CHECK_STR(out, STR("a<img alt=\"x\" src = '' b>c"));
		if (CHECK_OK(html_scan(t->arena, STR("<p title='data:' href=x>"), &out, &err)))
			CHECK_STR(out, STR("<p title='' href=x>"));
		if (CHECK_OK(html_scan(t->arena, STR("<img src='data:unclosed"), &out, &err)))
			CHECK_STR(out, STR("<img src='"));
	}
	if (test_case(t, "a page in UTF-16")) {
		struct str page = STR("\xFF\xFE<\0p\0>\0\x32\x75");
		if (CHECK_OK(office_read(t->arena, STR("x"), page, &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d), STR("甲"));
	}
	if (test_case(t, "a page in GB18030")) {
		struct str page = STR("<html><p>\xB9\xAB\xBF\xAA</p></html>");
		if (CHECK_OK(office_read_here(t->arena, STR("x"), page, &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d), STR("公开"));
	}
}
