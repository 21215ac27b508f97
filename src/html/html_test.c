/* html_test.c - each writer in its own place, with what people and attackers write. */
#include "html/html.h"

#include "base/test.h"

static struct html open_html(struct test *t, struct buf *out)
{
	*out = buf_open(t->arena, 256, 64 * 1024);
	return (struct html){ out, t->arena };
}

static void values(struct test *t)
{
	struct buf out;

	if (test_case(t, "values are written by their type")) {
		struct html h = open_html(t, &out);
		html_text(&h, STR("政府<信息>公开"));
		html_text(&h, -277);
		html_text(&h, (size_t)17);
		html_text(&h, (uint16_t)3);
		html_text(&h, (int64_t)9000000000);
		html_text(&h, date_make(2020, 11, 2));
		CHECK_STR(buf_str(&out), STR("政府&lt;信息&gt;公开-27717390000000002020-11-02"));
	}
	if (test_case(t, "what is not known is nothing")) {
		struct html h = open_html(t, &out);
		html_text(&h, ((struct opt_int){ .known = false, .v = 5 }));
		html_text(&h, ((struct opt_date){ .known = false }));
		html_text(&h, ((struct opt_str){ .known = false, .v = STR("x") }));
		CHECK_STR(buf_str(&out), STR_NONE);
		html_text(&h, ((struct opt_int){ true, 5 }));
		html_text(&h, ((struct opt_date){ true, date_make(2021, 1, 31) }));
		html_text(&h, ((struct opt_str){ true, STR("<") }));
		CHECK_STR(buf_str(&out), STR("52021-01-31&lt;"));
	}
	if (test_case(t, "an attribute cannot be left")) {
		struct html h = open_html(t, &out);
		html_attr(&h, STR("\" onclick='x' <>&"));
		CHECK_STR(buf_str(&out), STR("&quot; onclick=&#39;x&#39; &lt;&gt;&amp;"));
	}
	if (test_case(t, "a part of a URL is percent-encoded")) {
		struct html h = open_html(t, &out);
		html_query(&h, STR("a/b?c=d&e#f%公\"'<> ~._-"));
		html_query(&h, date_make(2020, 1, 2));
		html_query(&h, 7);
		CHECK_STR(buf_str(&out),
			  STR("a%2Fb%3Fc%3Dd%26e%23f%25%E5%85%AC%22%27%3C%3E%20~._-2020-01-027"));
	}
}

/* What comes out of href="{{ url }}". */
static const struct {
	struct str in, out;
} URLS[] = {
	{ STR_INIT("/"), STR_INIT("/") },
	{ STR_INIT("/a/b?c=d&e=f#g"), STR_INIT("/a/b?c=d&amp;e=f#g") },
	{ STR_INIT("/年报/2020"), STR_INIT("/%E5%B9%B4%E6%8A%A5/2020") },
	{ STR_INIT("/a%20b"), STR_INIT("/a%20b") },
	{ STR_INIT("#top"), STR_INIT("#top") },
	{ STR_INIT("?page=2"), STR_INIT("?page=2") },
	{ STR_INIT("https://www.gov.cn/x"), STR_INIT("https://www.gov.cn/x") },
	{ STR_INIT("HTTP://www.gov.cn"), STR_INIT("HTTP://www.gov.cn") },
	{ STR_INIT("mailto:a@b.cn"), STR_INIT("mailto:a@b.cn") },
	{ STR_INIT("tel:+8620123"), STR_INIT("tel:+8620123") },
	/* out of the attribute */
	{ STR_INIT("/\"><script>alert(1)</script>"),
	  STR_INIT("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E") },
	{ STR_INIT("/a'b`c{d}|e\\f^g"), STR_INIT("/a%27b%60c%7Bd%7D%7Ce%5Cf%5Eg") },
	/* elsewhere */
	{ STR_INIT("//evil.example/x"), STR_INIT("#") },
	{ STR_INIT("/\\evil.example/x"), STR_INIT("#") },
	{ STR_INIT("\\\\evil.example"), STR_INIT("#") },
	{ STR_INIT("/\t/evil.example"), STR_INIT("#") },
	{ STR_INIT("/\n/evil.example"), STR_INIT("#") },
	{ STR_INIT("https:evil.example"), STR_INIT("#") },
	{ STR_INIT("https:///evil.example"), STR_INIT("#") },
	{ STR_INIT("https://"), STR_INIT("#") },
	{ STR_INIT("https://@evil.example"), STR_INIT("#") },
	/* code */
	{ STR_INIT("javascript:alert(1)"), STR_INIT("#") },
	{ STR_INIT("JaVaScRiPt:alert(1)"), STR_INIT("#") },
	{ STR_INIT(" javascript:alert(1)"), STR_INIT("#") },
	{ STR_INIT("java\tscript:alert(1)"), STR_INIT("#") },
	{ STR_INIT("\x01javascript:alert(1)"), STR_INIT("#") },
	{ STR_INIT("data:text/html,<script>"), STR_INIT("#") },
	{ STR_INIT("vbscript:x"), STR_INIT("#") },
	{ STR_INIT("file:///etc/passwd"), STR_INIT("#") },
	{ STR_INIT("blob:https://x/y"), STR_INIT("#") },
	/* nothing that begins as a site's path does */
	{ STR_INIT(""), STR_INIT("#") },
	{ STR_INIT("a/b"), STR_INIT("#") },
	{ STR_INIT("www.gov.cn"), STR_INIT("#") },
	{ STR_INIT("mailto:"), STR_INIT("#") },
};

static void urls(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(URLS); i++) {
		if (!test_case(t, "URL %zu becomes " STR_FMT, i, STR_ARG(URLS[i].out)))
			continue;
		struct buf out;
		struct html h = open_html(t, &out);
		html_url(&h, URLS[i].in);
		CHECK_STR(buf_str(&out), URLS[i].out);
	}
}

void html_test(struct test *t)
{
	values(t);
	urls(t);
}
