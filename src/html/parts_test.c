/* parts_test.c - the promises of parts.h that a browser does not check. */
#include "html/parts.h"

#include "base/test.h"

static struct html open_html(struct test *t, struct buf *out)
{
	*out = buf_open(t->arena, 4096, 256 * 1024);
	return (struct html){ out, t->arena };
}

static size_t times(struct str s, struct str what)
{
	size_t n = 0;

	for (size_t at = str_find(s, what, 0); at != SIZE_MAX;
	     at = str_find(s, what, at + what.len))
		n++;
	return n;
}

#define CHECK_HAS(out, text) CHECK(str_contains(buf_str(&(out)), STR(text)))
#define CHECK_LACKS(out, text) CHECK(!str_contains(buf_str(&(out)), STR(text)))

static struct page page_of(void)
{
	static const struct nav_item NAV[] = {
		{ STR_INIT("首页"), STR_INIT("/"), false },
		{ STR_INIT("年报"), STR_INIT("/reports"), true },
	};

	return (struct page){ .title = STR("年报"),
			      .site_name = STR("某区<人民>政府"),
			      .platform_name = STR("平台"),
			      .site_url = STR("https://www.example.gov.cn:8443/x"),
			      .path = STR("/reports?year=2020"),
			      .nav = NAV,
			      .nav_count = COUNT_OF(NAV) };
}

static struct str draw(struct test *t, const struct page *page, struct buf *out)
{
	struct html h = open_html(t, out);

	html_page_begin(&h, page);
	html_page_end(&h, page);
	CHECK(buf_ok(out));
	return buf_str(out);
}

static void shell(struct test *t)
{
	struct page page = page_of();
	struct buf out;

	if (test_case(t, "a page names itself, its site and its domain")) {
		struct str s = draw(t, &page, &out);
		CHECK(str_starts(s, STR("<!DOCTYPE html><html lang=\"zh-CN\"")));
		CHECK_HAS(out, "<title>年报 - 平台 - 某区&lt;人民&gt;政府</title>");
		CHECK_HAS(out, "<meta name=\"SiteDomain\" content=\"www.example.gov.cn\">");
		CHECK_INT((int64_t)times(s, STR("<main ")), 1);
	}
	if (test_case(t, "the links of the modes keep the page's own parameters")) {
		draw(t, &page, &out);
		CHECK_HAS(out, "href=\"/reports?year=2020&amp;mode=elder\"");
		page.path = STR("/reports");
		draw(t, &page, &out);
		CHECK_HAS(out, "href=\"/reports?mode=contrast\"");
	}
	if (test_case(t, "each mode has its class, the plain one none")) {
		page.mode = MODE_PLAIN;
		draw(t, &page, &out);
		CHECK_HAS(out, "<html lang=\"zh-CN\" class=\"govuk-template\">");
		page.mode = MODE_DARK;
		draw(t, &page, &out);
		CHECK_HAS(out, "class=\"govuk-template gk-dark\"");
	}
	if (test_case(t, "a page with errors says so before its name")) {
		page = page_of();
		page.errors = 1;
		draw(t, &page, &out);
		CHECK_HAS(out, "<title>错误：年报 - ");
	}
	if (test_case(t, "who is signed in can leave, who is not can enter")) {
		page = page_of();
		draw(t, &page, &out);
		CHECK_HAS(out, "href=\"/sign-in\"");
		CHECK_LACKS(out, "/sign-out");
		page.csrf = STR("to\"ken");
		draw(t, &page, &out);
		CHECK_HAS(out, "action=\"/sign-out\"");
		CHECK_HAS(out, "value=\"to&quot;ken\"");
		CHECK_LACKS(out, "/sign-in");
	}
	if (test_case(t, "the section shown is marked in the wide and in the narrow list")) {
		page = page_of();
		struct str s = draw(t, &page, &out);
		CHECK_INT((int64_t)times(s, STR("href=\"/reports\" aria-current=\"true\"")), 2);
		CHECK_HAS(out, "<summary>栏目：年报</summary>");
	}
	if (test_case(t, "only a site of samples says that it is one")) {
		page = page_of();
		draw(t, &page, &out);
		CHECK_LACKS(out, "样例数据");
		page.sample_data = true;
		draw(t, &page, &out);
		CHECK_HAS(out, "样例数据");
	}
}

static void forms(struct test *t)
{
	static const struct field_error ERRORS[] = {
		{ "name", STR_INIT("姓名<空>") },
		{ NULL, STR_INIT("请再提交") },
		{ "name", STR_INIT("第二处") },
	};
	struct form_state f = { ERRORS, COUNT_OF(ERRORS), STR("csrf"), STR("form") };
	struct form_state none = { NULL, 0, STR("csrf"), STR("form") };
	struct buf out;

	if (test_case(t, "the summary links to the fields, and is absent without errors")) {
		struct html h = open_html(t, &out);
		html_error_summary(&h, &none);
		CHECK_STR(buf_str(&out), STR_NONE);
		html_error_summary(&h, &f);
		CHECK_HAS(out, "有 3 处需要改正");
		CHECK_HAS(out, "<a href=\"#name\">姓名&lt;空&gt;</a>");
		CHECK_HAS(out, "<li>请再提交</li>");
	}
	if (test_case(t, "a field repeats its first error and points to hint and error")) {
		struct html h = open_html(t, &out);
		html_input(&h, &f,
			   &(struct input){ .name = "name",
					    .label = STR("姓名"),
					    .hint = STR("全称"),
					    .value = STR("\"><x"),
					    .required = true });
		CHECK_HAS(out, "aria-describedby=\"name-hint name-error\"");
		CHECK_HAS(out, "aria-invalid=\"true\"");
		CHECK_HAS(out, "姓名&lt;空&gt;</p>");
		CHECK_LACKS(out, "第二处");
		CHECK_HAS(out, "value=\"&quot;&gt;&lt;x\"");
		CHECK_HAS(out, "（必填）");
	}
}

static void fields(struct test *t)
{
	struct form_state none = { NULL, 0, STR("csrf"), STR("form") };
	struct buf out;

	if (test_case(t, "a password is never sent back")) {
		struct html h = open_html(t, &out);
		html_input(&h, &none,
			   &(struct input){ .name = "p",
					    .label = STR("密码"),
					    .kind = INPUT_PASSWORD,
					    .value = STR("secret") });
		CHECK_LACKS(out, "secret");
	}
	if (test_case(t, "a textarea keeps the line break it begins with")) {
		struct html h = open_html(t, &out);
		html_textarea(&h, &none,
			      &(struct textarea){ .name = "x",
						  .label = STR("内容"),
						  .value = STR("\n一\n二</textarea>") });
		CHECK_HAS(out, ">\n\n一\n二&lt;/textarea&gt;</textarea>");
	}
	if (test_case(t, "choices mark the chosen one, and the first bears the field's id")) {
		static const struct choice CHOICES[] = {
			{ .value = STR_INIT("a"), .label = STR_INIT("甲") },
			{ .value = STR_INIT("b"),
			  .label = STR_INIT("乙"),
			  .hint = STR_INIT("说明") },
		};
		struct select s = { .name = "k",
				    .label = STR("类"),
				    .value = STR("b"),
				    .choices = CHOICES,
				    .choices_count = 2 };
		struct html h = open_html(t, &out);
		html_radios(&h, NULL, &s);
		CHECK_HAS(out, "value=\"a\" id=\"k\">");
		CHECK_HAS(out, "value=\"b\" id=\"k-2\" aria-describedby=\"k-2-hint\" checked>");
		html_select(&h, NULL, &s);
		CHECK_HAS(out, "<option value=\"b\" selected>乙</option>");
	}
	if (test_case(t, "people's text becomes paragraphs, blank lines none")) {
		struct html h = open_html(t, &out);
		html_paragraphs(&h, STR("　　第一段\n\n <b>第二段\r\n"));
		CHECK_STR(buf_str(&out),
			  STR("<div class=\"gk-prose\"><p>第一段</p><p>&lt;b&gt;第二段</p></div>"));
	}
}

static void lists(struct test *t)
{
	struct buf out;

	if (test_case(t, "a sorted column says which way")) {
		static const struct column COLUMNS[] = {
			{ .label = STR_INIT("编号"),
			  .sort_href = STR_INIT("/x?sort=n"),
			  .sorted_down = true },
			{ .label = STR_INIT("件数"), .number = true },
		};
		struct html h = open_html(t, &out);
		html_table_begin(&h, STR("申请"), COLUMNS, 2);
		html_table_end(&h);
		CHECK_HAS(out, "aria-sort=\"descending\"><a href=\"/x?sort=n\">编号");
		CHECK_HAS(out, "govuk-table__header--numeric\">件数");
		CHECK_HAS(out, "aria-label=\"申请\"");
	}
	if (test_case(t, "a pager without pages and words is nothing")) {
		struct html h = open_html(t, &out);
		html_pager(&h, &(struct pager){ .summary = STR_NONE,
						.first_href = STR_NONE,
						.next_href = STR_NONE });
		CHECK_STR(buf_str(&out), STR_NONE);
	}
	if (test_case(t, "a tag is named by its colour's name")) {
		struct html h = open_html(t, &out);
		html_tag(&h, STR("逾期"), TAG_RED);
		CHECK_STR(buf_str(&out),
			  STR("<strong class=\"govuk-tag govuk-tag--red\">逾期</strong>"));
	}
}

void parts_test(struct test *t)
{
	shell(t);
	forms(t);
	fields(t);
	lists(t);
}
