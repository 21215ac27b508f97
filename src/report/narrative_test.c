#include "report/narrative.h"

#include "base/test.h"
#include "base/utf8.h"

#include <string.h>

/* ---- the figures of the sample year that the rows below speak of */

static const struct figure year_2020[] = {
	{ STR_INIT("t3.new_received.total"),
	  STR_INIT("一、本年新收政府信息公开申请数量·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 27700 },
	  STR_INIT("/r?line=new_received") },
	{ STR_INIT("t3.carried_in.total"),
	  STR_INIT("二、上年结转政府信息公开申请数量·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1700 },
	  STR_INIT("/r?line=carried_in") },
	{ STR_INIT("t3.granted.total"),
	  STR_INIT("（一）予以公开·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 12300 },
	  STR_INIT("/r?line=granted") },
	{ STR_INIT("t3.partly_granted.total"),
	  STR_INIT("（二）部分公开·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1700 },
	  STR_INIT("/r?line=partly_granted") },
	{ STR_INIT("t3.denied.total"),
	  STR_INIT("（三）不予公开·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 3800 },
	  STR_INIT("/r?line=denied") },
	{ STR_INIT("t3.denied_enforcement_file.total"),
	  STR_INIT("7.属于行政执法案卷·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1600 },
	  STR_INIT("/r?line=denied_enforcement_file") },
	{ STR_INIT("t3.results_total.total"),
	  STR_INIT("（七）总计·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 27600 },
	  STR_INIT("/r?line=results_total") },
	{ STR_INIT("t3.carried_out.total"),
	  STR_INIT("四、结转下年度继续办理·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1800 },
	  STR_INIT("/r?line=carried_out") },
	{ STR_INIT("t4.reconsideration.upheld"),
	  STR_INIT("行政复议·结果维持"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1200 },
	  STR_INIT("") },
	{ STR_INIT("t4.litigation_direct.upheld"),
	  STR_INIT("未经复议直接起诉·结果维持"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 200 },
	  STR_INIT("") },
	{ STR_INIT("t4.litigation_after_reconsideration.upheld"),
	  STR_INIT("复议后起诉·结果维持"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 100 },
	  STR_INIT("") },
	{ STR_INIT("t4.all.upheld"),
	  STR_INIT("复议和诉讼·结果维持"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 1500 },
	  STR_INIT("") },
	{ STR_INIT("t4.all.corrected"),
	  STR_INIT("复议和诉讼·结果纠正"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 200 },
	  STR_INIT("/r4") },
	{ STR_INIT("t4.all.total"),
	  STR_INIT("复议和诉讼·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 2100 },
	  STR_INIT("") },
	{ STR_INIT("t2.art20_1.normative_documents.made_this_year"),
	  STR_INIT("规范性文件·本年新制作数量"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 600 },
	  STR_INIT("") },
	{ STR_INIT("t2.art20_1.normative_documents.public_total"),
	  STR_INIT("规范性文件·对外公开总数量"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { false, 0 },
	  STR_INIT("") },
	{ STR_INIT("t2.art20_9.centralized_procurement.amount_wan_yuan"),
	  STR_INIT("政府集中采购·采购总金额（万元）"),
	  STR_INIT("万元"),
	  STR_INIT(""),
	  { true, 773028 },
	  STR_INIT("") },
};
static const struct figure year_2019[] = {
	{ STR_INIT("t4.all.corrected"),
	  STR_INIT("复议和诉讼·结果纠正"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 500 },
	  STR_INIT("") },
	{ STR_INIT("t3.granted.total"),
	  STR_INIT("（一）予以公开·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 0 },
	  STR_INIT("") },
	{ STR_INIT("t3.new_received.total"),
	  STR_INIT("一、本年新收政府信息公开申请数量·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 27700 },
	  STR_INIT("") },
	{ STR_INIT("t3.denied.total"),
	  STR_INIT("（三）不予公开·总计"),
	  STR_INIT("件"),
	  STR_INIT(""),
	  { true, 3200 },
	  STR_INIT("") },
};

static struct figure_set set_of(int year, const struct figure *rows, size_t count, struct arena *a)
{
	struct figure_set set = { .scope = { .year = year, .form = form_of_year(year) },
				  .count = count };

	set.figures = ARENA_ARRAY(a, count, struct figure);
	memcpy(set.figures, rows, count * sizeof *rows);
	return set;
}

static struct narrative_facts facts_of(struct test *t)
{
	static const struct str notes[] = { STR_INIT("甲局的数据由市甲局统计。"),
					    STR_INIT("乙局的数据由市乙局统计。") };
	struct figure_set *set = ARENA_NEW(t->arena, struct figure_set);
	struct figure_set *last = ARENA_NEW(t->arena, struct figure_set);

	*set = set_of(2020, year_2020, COUNT_OF(year_2020), t->arena);
	*last = set_of(2019, year_2019, COUNT_OF(year_2019), t->arena);
	return (struct narrative_facts){ .figures = set,
					 .last_year = last,
					 .unit_name = STR("某区人民政府"),
					 .unit_short_name = STR("某区"),
					 .office_name = STR("某区政府办公室"),
					 .scope_notes = notes,
					 .scope_notes_count = COUNT_OF(notes) };
}

static struct str rendered(struct test *t, const char *text)
{
	struct narrative n;
	struct narrative_text out;
	struct err err = { 0 };
	struct narrative_facts facts = facts_of(t);
	struct str all = STR_NONE;

	if (!CHECK_OK(narrative_parse(t->arena, str_from_c(text), &n, &err)))
		return STR_NONE;
	narrative_render(t->arena, &n, &facts, &out);
	for (size_t i = 0; i < out.count; i++)
		all = str_format(t->arena, STR_FMT "%s" STR_FMT, STR_ARG(all), i > 0 ? "\n" : "",
				 STR_ARG(narrative_plain(t->arena, &out.paragraphs[i])));
	return all;
}

static void check_rendering(struct test *t)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "", "" },
		{ "没有引用", "没有引用" },
		{ "予以公开{{t3.granted.total}}件。", "予以公开123件。" },
		{ "{{ t3.granted.total }}", "123" },
		{ "占{{percent t3.granted.total of t3.results_total.total}}。", "占44.6%。" },
		{ "占{{percent t3.results_total.total of t3.results_total.total}}", "占100%" },
		{ "同比{{growth t4.all.corrected}}。", "同比下降60%。" },
		{ "同比{{growth t3.new_received.total}}", "同比持平" },
		{ "同比{{growth t3.denied.total}}", "同比增长18.8%" },
		{ "诉讼维持{{sum t4.litigation_direct.upheld t4.litigation_after_reconsideration.upheld}}件",
		  "诉讼维持3件" },
		{ "采购{{t2.art20_9.centralized_procurement.amount_wan_yuan}}万元",
		  "采购7730.28万元" },
		{ "{{year}}年 {{last_year}} {{next_year}}", "2020年 2019 2021" },
		{ "{{unit.name}}（{{unit.short_name}}）由{{office.name}}负责",
		  "某区人民政府（某区）由某区政府办公室负责" },
		{ "  前后有空格  \n\n\n第二段", "前后有空格\n第二段" },
		{ "{单括号} } {", "{单括号} } {" },
		/* what cannot be had is a gap that everybody sees */
		{ "{{t3.grantet.total}}件", "〔{{t3.grantet.total}}〕件" },
		{ "{{t2.art20_1.normative_documents.public_total}}件",
		  "〔尚无数字：规范性文件·对外公开总数量〕件" },
		{ "同比{{growth t3.granted.total}}", "同比〔算不出同比：（一）予以公开·总计〕" },
		{ "培训{{todo 次数}}次", "培训〔待填：次数〕次" },
		{ "联系方式：{{office.contact}}", "联系方式：〔站点设置中没有填写：联系方式〕" },
		{ "{{scope_notes}}\n末段",
		  "甲局的数据由市甲局统计。\n乙局的数据由市乙局统计。\n末段" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (test_case(t, "renders row %zu", i))
			CHECK_STR(rendered(t, rows[i].text), str_from_c(rows[i].want));
}

static void check_runs(struct test *t)
{
	struct narrative n;
	struct narrative_text out;
	struct err err = { 0 };

	if (!test_case(t, "a rendered number remembers its figure and the page that opens it"))
		return;
	struct narrative_facts facts = facts_of(t);
	CHECK_OK(narrative_parse(
		t->arena, STR("（一）依申请公开情况\n{{chart}}\n予以公开{{t3.granted.total}}件"),
		&n, &err));
	narrative_render(t->arena, &n, &facts, &out);
	CHECK_INT((int64_t)out.count, 3);
	CHECK_INT(out.paragraphs[0].kind, BLOCK_HEADING);
	CHECK_INT(out.paragraphs[1].kind, BLOCK_CHART);
	CHECK_INT(out.paragraphs[2].kind, BLOCK_PARAGRAPH);
	CHECK_INT((int64_t)out.paragraphs[2].count, 3);
	CHECK_STR(out.paragraphs[2].runs[0].key, STR_NONE);
	CHECK_STR(out.paragraphs[2].runs[1].key, STR("t3.granted.total"));
	CHECK_STR(out.paragraphs[2].runs[1].href, STR("/r?line=granted"));
}

static void check_refusals(struct test *t)
{
	static const struct { const char *text, *key, *facts; } rows[] = {
		{ "好\n新收{{t3.new", "report.narrative_unclosed", "2|3|{{t3.new" },
		{ "{{a.b\n}}", "report.narrative_unclosed", "1|1|{{a.b" },
		{ "{{a.b {{c.d}}}}", "report.narrative_unclosed", "1|1|{{a.b {{c.d}}}}" },
		{ "新收}}件", "report.narrative_stray", "1|3|}}件" },
		{ "  新收{{}}件", "report.narrative_unknown", "1|5|{{}}" },
		{ "{{a|b}}", "report.narrative_unknown", "1|1|{{a/b}}" },
		{ "{{sum t3.a.b}}", "report.narrative_unknown", "1|1|{{sum t3.a.b}}" },
		{ "{{percent t3.a.b}}", "report.narrative_unknown", "1|1|{{percent t3.a.b}}" },
		{ "{{percent t3.a.b of t3.c.d of t3.e.f}}", "report.narrative_unknown", NULL },
		{ "{{percent of t3.c.d}}", "report.narrative_unknown", NULL },
		{ "{{growth}}", "report.narrative_unknown", NULL },
		{ "{{growth t3.a.b t3.c.d}}", "report.narrative_unknown", NULL },
		{ "{{year of}}", "report.narrative_unknown", NULL },
		{ "{{todo}}", "report.narrative_unknown", NULL },
		{ "{{nodots}}", "report.narrative_unknown", NULL },
		{ "{{t3..a}}", "report.narrative_unknown", NULL },
		{ "{{t3.a.}}", "report.narrative_unknown", NULL },
		{ "{{T3.a}}", "report.narrative_unknown", NULL },
		{ "见图{{chart}}", "report.narrative_alone", "1|3|{{chart}}" },
		{ "{{scope_notes}}。", "report.narrative_alone", NULL },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct narrative n;
		struct err err = { 0 };
		if (!test_case(t, "refuses row %zu", i))
			continue;
		CHECK(!narrative_parse(t->arena, str_from_c(rows[i].text), &n, &err));
		CHECK_STR(str_from_c(err.key), str_from_c(rows[i].key));
		if (rows[i].facts != NULL)
			CHECK_STR(str_from_c(err.facts), str_from_c(rows[i].facts));
	}
	if (test_case(t, "a part has a limit in bytes and in references")) {
		struct narrative n;
		struct err err = { 0 };
		char *big = ARENA_ARRAY(t->arena, LIMIT_NARRATIVE_BYTES + 1, char);
		memset(big, 'x', LIMIT_NARRATIVE_BYTES + 1);
		CHECK_OK(narrative_parse(t->arena, (struct str){ big, LIMIT_NARRATIVE_BYTES }, &n,
					 &err));
		CHECK_FAILS(narrative_parse(t->arena,
					    (struct str){ big, LIMIT_NARRATIVE_BYTES + 1 }, &n,
					    &err),
			    "report.narrative_too_long");
		memset(big, '{', 2 * LIMIT_NARRATIVE_NODES);
		CHECK_FAILS(narrative_parse(t->arena,
					    (struct str){ big, 2 * LIMIT_NARRATIVE_NODES }, &n,
					    &err),
			    "report.narrative_too_long");
	}
}

static void check_headings(struct test *t)
{
	static const struct { const char *text; enum narrative_block_kind kind; } rows[] = {
		{ "（一）主动公开情况", BLOCK_HEADING },
		{ "（十一）其他", BLOCK_HEADING },
		{ "（一）主动公开情况。全年发布……", BLOCK_PARAGRAPH },
		{ "（1）甲", BLOCK_PARAGRAPH },
		{ "（一）", BLOCK_PARAGRAPH },
		{ "（）甲", BLOCK_PARAGRAPH },
		{ "1.推进标准化", BLOCK_PARAGRAPH },
		{ "{{chart}}", BLOCK_CHART },
		{ "  {{ chart }} ", BLOCK_CHART },
		{ "{{scope_notes}}", BLOCK_SCOPE_NOTES },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct narrative n;
		struct err err = { 0 };
		if (!test_case(t, "the kind of the line %s", rows[i].text))
			continue;
		CHECK_OK(narrative_parse(t->arena, str_from_c(rows[i].text), &n, &err));
		CHECK_INT((int64_t)n.count, 1);
		if (n.count == 1)
			CHECK_INT(n.blocks[0].kind, rows[i].kind);
	}
}

/* ---- what the check finds: "kind number suggestion; …" */

static struct str findings(struct test *t, const struct narrative_facts *facts, const char *text)
{
	static const char *const names[] = {
		"unknown",     "no-value", "no-last-year", "todo",
		"contradicts", "typed",	   "equals",	   "doubtful"
	};
	struct narrative n;
	struct narrative_finding *f;
	size_t count = 0;
	struct err err = { 0 };
	struct str all = STR_NONE;

	if (!CHECK_OK(narrative_parse(t->arena, str_from_c(text), &n, &err)))
		return STR_NONE;
	narrative_check(t->arena, &n, facts, &f, &count);
	for (size_t i = 0; i < count; i++) {
		struct str what = f[i].number.len > 0 ? f[i].number : f[i].quoted;
		all = str_format(t->arena, STR_FMT "%s%s " STR_FMT "%s" STR_FMT, STR_ARG(all),
				 i > 0 ? "; " : "", names[f[i].kind], STR_ARG(what),
				 f[i].suggestion.len > 0 ? " " : "", STR_ARG(f[i].suggestion));
		CHECK(narrative_finding_text(t->arena, LOCALE_ZH_CN, &f[i]).len > 0);
		CHECK(utf8_valid_text(f[i].quoted));
	}
	return all;
}

static const struct { const char *text, *want; } found[] = {
	/* references */
	{ "予以公开{{t3.granted.total}}件，占{{percent t3.granted.total of t3.results_total.total}}",
	  "" },
	{ "{{t3.grantet.total}}", "unknown {{t3.grantet.total}} t3.granted.total" },
	{ "{{t9.nothing.like}}", "unknown {{t9.nothing.like}}" },
	{ "{{t2.art20_1.normative_documents.public_total}}",
	  "no-value {{t2.art20_1.normative_documents.public_total}}" },
	{ "{{growth t3.granted.total}}", "no-last-year {{growth t3.granted.total}}" },
	{ "{{growth t3.carried_out.total}}",
	  "no-last-year {{growth t3.carried_out.total}}" },
	{ "{{todo 培训次数}}", "todo 培训次数" },
	/* a typed number where a figure is named */
	{ "新收政府信息公开申请277件", "typed 277 {{t3.new_received.total}}" },
	{ "新收政府信息公开申请278件", "contradicts 278 {{t3.new_received.total}}" },
	{ "新收申请 ２７８ 件", "contradicts ２７８ {{t3.new_received.total}}" },
	{ "上年度结转17件", "typed 17 {{t3.carried_in.total}}" },
	{ "上年度结转18件", "contradicts 18 {{t3.carried_in.total}}" },
	{ "结转下年度继续办理18件", "typed 18 {{t3.carried_out.total}}" },
	{ "予以公开123件，部分公开18件，不予公开38件",
	  "typed 123 {{t3.granted.total}}; "
	  "contradicts 18 {{t3.partly_granted.total}}; typed 38 {{t3.denied.total}}" },
	{ "予以公开{{t3.granted.total}}件、部分公开9件",
	  "contradicts 9 {{t3.partly_granted.total}}" },
	/* a line of a group may be meant as well */
	{ "因属于行政执法案卷不予公开16件",
	  "typed 16 {{t3.denied_enforcement_file.total}}" },
	{ "因属于行政执法案卷不予公开15件", "contradicts 15" },
	/* new ones, or with those carried in */
	{ "共收到申请294件",
	  "typed 294 {{sum t3.new_received.total t3.carried_in.total}}" },
	{ "共收到申请300件", "contradicts 300" },
	{ "予以公开和部分公开共140件", "doubtful 140 {{t3.partly_granted.total}}" },
	{ "已完成答复276件", "typed 276 {{t3.results_total.total}}" },
	{ "政府信息公开申请已全部登记，办结276件", "typed 276 {{t3.results_total.total}}" },
	{ "政府信息公开申请已全部登记，办结267件", "contradicts 267 {{t3.results_total.total}}" },
	{ "全年办结267件", "doubtful 267 {{t3.results_total.total}}" },
	{ "政府信息公开申请按期办结270件，建议提案办结19件", "" },
	/* 表四: the proceeding is told by the sentence */
	{ "行政复议、行政诉讼总量21件，其中维持原答复15件，纠正2件",
	  "typed 21 {{t4.all.total}}; typed 15 {{t4.all.upheld}}; typed 2 {{t4.all.corrected}}" },
	{ "行政复议结果维持12件", "typed 12 {{t4.reconsideration.upheld}}" },
	{ "行政复议结果维持15件", "contradicts 15 {{t4.reconsideration.upheld}}" },
	{ "行政诉讼3起，结果维持3件",
	  "typed 3 {{sum t4.litigation_direct.upheld "
	  "t4.litigation_after_reconsideration.upheld}}" },
	{ "纠正3件", "contradicts 3 {{t4.all.corrected}}" },
	/* near the words, but not the figure */
	{ "全区制定规范性文件7份", "doubtful 7" },
	{ "全区制定规范性文件6份",
	  "equals 6 {{t2.art20_1.normative_documents.made_this_year}}" },
	/* equal without a name: offered, with a fitting unit only */
	{ "全年办理此类事项123件", "equals 123 {{t3.granted.total}}" },
	{ "召开座谈会123次", "" },
	{ "2020年、第123号、A123、12345热线、〔2019〕60号、12月21日", "" },
	{ "采购7,730.28万元",
	  "equals 7,730.28 {{t2.art20_9.centralized_procurement.amount_wan_yuan}}" },
	/* about is no claim of an exact figure */
	{ "予以公开约120件，部分公开20余件，新收3000多件，结转上年1.8万件", "" },
	/* shares and growth */
	{ "予以公开占44.6%",
	  "equals 44.6 {{percent t3.granted.total of t3.results_total.total}}" },
	{ "予以公开占45%",
	  "equals 45 {{percent t3.granted.total of t3.results_total.total}}" },
	{ "予以公开占46%",
	  "doubtful 46 {{percent t3.granted.total of t3.results_total.total}}" },
	{ "被纠错数量同比下降60%", "equals 60 {{growth t4.all.corrected}}" },
	{ "被纠错数量同比下降50%", "doubtful 50 {{growth t4.all.corrected}}" },
	{ "予以公开同比增长50%", "" }, /* last year's was 0 */
	{ "按时答复率100%", "" },
	/* the clause ends at a stop */
	{ "予以公开的重点是民生领域。全年123件", "equals 123 {{t3.granted.total}}" },
};

static void check_findings(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(found); i++) {
		if (!test_case(t, "finds in: %s", found[i].text))
			continue;
		struct narrative_facts facts = facts_of(t);
		CHECK_STR(findings(t, &facts, found[i].text), str_from_c(found[i].want));
	}
	if (test_case(
		    t,
		    "without last year growth is found as a reference, not as a typed rate")) {
		struct narrative_facts facts = facts_of(t);
		facts.last_year = NULL;
		CHECK_STR(findings(t, &facts, "{{growth t4.all.corrected}}"),
			  STR("no-last-year {{growth t4.all.corrected}}"));
		CHECK_STR(findings(t, &facts, "被纠错数量同比下降60%"), STR_NONE);
	}
}

static void check_sentences(struct test *t)
{
	struct narrative n;
	struct narrative_finding *f;
	size_t count = 0;
	struct err err = { 0 };

	if (!test_case(t, "a finding names line, character, both numbers and the remedy"))
		return;
	struct narrative_facts facts = facts_of(t);
	CHECK_OK(narrative_parse(t->arena, STR("首段\n  其中，予以公开124件。"), &n, &err));
	narrative_check(t->arena, &n, &facts, &f, &count);
	CHECK_INT((int64_t)count, 1);
	CHECK_STR(narrative_finding_text(t->arena, LOCALE_ZH_CN, &f[0]),
		  STR("第2行第10字：“予以公开124件”与表中数字不符：“（一）予以公开·总计”为123。"
		      "请改写为 {{t3.granted.total}}；确属另一口径的，请逐条说明理由。"));
}

static void check_splitting(struct test *t)
{
	struct str parts[6];
	struct err err = { 0 };

	if (test_case(t, "a whole narrative is split at the statutory headings, short or long")) {
		CHECK_OK(narrative_split(
			t->arena,
			STR("# 说明\n标题\n一、总体情况\n甲\n# 乙\n\n丙\n五、政府信息公开工作存在的主要问题及改进情况\n"
			    "丁\n六、其他需要报告的事项\n"),
			parts, &err));
		CHECK_STR(parts[0], STR("甲\n丙\n"));
		CHECK_STR(parts[1], STR_NONE);
		CHECK_STR(parts[4], STR("丁\n"));
		CHECK_STR(parts[5], STR_NONE);
	}
	if (test_case(t, "a narrative without headings is refused"))
		CHECK_FAILS(narrative_split(t->arena, STR("甲\n乙"), parts, &err), "report.narrative_no_parts");
}

static void check_likeness(struct test *t)
{
	static const struct { const char *now, *before; int want; } rows[] = {
		{ "公开目录与日常业务结合不够紧密", "公开目录与日常业务结合不够紧密", 100 },
		{ "公开目录，与2021年日常业务结合不够紧密", "公开目录，与2020年日常业务结合不够紧密", 100 },
		{ "公开目录与日常业务结合不够紧密", "解读形式单一", 0 },
		{ "", "甲乙", 0 },
		{ "甲乙丙", "甲乙丁", 50 },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (test_case(t, "likeness of %s", rows[i].now))
			CHECK_INT(narrative_likeness(t->arena, str_from_c(rows[i].now),
						     str_from_c(rows[i].before)),
				  rows[i].want);
}

void narrative_test(struct test *t);
void narrative_test(struct test *t)
{
	check_rendering(t);
	check_runs(t);
	check_refusals(t);
	check_headings(t);
	check_findings(t);
	check_sentences(t);
	check_splitting(t);
	check_likeness(t);
}
