/*
 * lint_rules_test.c - each rule on the sample year with one thing changed: what
 * must be told is told, and nothing else.
 */
#include "lint/lint_internal.h"
#include "lint/sample_test.h"

#include "base/utf8.h"

#include <string.h>

/* What the sample year is told as it stands. */
static const char *const usual[] = { "W10", "W2", "W4", "W5", "W8", "W9" };

static struct str replaced(struct arena *a, struct str text, struct str from, struct str to)
{
	size_t at = str_find(text, from, 0);
	struct buf b = buf_open(a, text.len + to.len, MIB);

	if (at == SIZE_MAX)
		return STR("(the text to replace is not there)"); /* fails whatever is wanted */
	buf_add(&b, str_slice(text, 0, at));
	buf_add(&b, to);
	buf_add(&b, str_slice(text, at + from.len, text.len));
	return buf_str(&b);
}

static struct lint_report *read_doc(struct test *t, const struct doc *doc)
{
	struct err err = { 0 };
	struct lint_report *r = NULL;

	CHECK_OK(lint_read(t->arena, doc, STR("报告"), &r, &err));
	return r;
}

static struct lint_report *read_sample(struct test *t, const struct sample *s)
{
	return read_doc(t, sample_doc(t->arena, s, SAMPLE_LAYOUT));
}

static bool is_usual(struct str key)
{
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (str_equal_c(key, usual[i]))
			return true;
	return false;
}

/*
 * "+T3-3/granted -W5 ~W5": errors with +, warnings with ~ beyond the usual; - : a usual one
 * that is not told.
 */
static struct str told(struct test *t, const struct lint_result *result)
{
	struct buf b = buf_open(t->arena, 256, 8192);

	for (size_t i = 0; i < result->count; i++) {
		const struct lint_finding *f = &result->findings[i];
		if (f->severity == LINT_WARNING && is_usual(f->key))
			continue;
		buf_addf(&b, "%s%s" STR_FMT, b.len > 0 ? " " : "",
			 f->severity == LINT_ERROR ? "+" : "~", STR_ARG(f->key));
	}
	for (size_t k = 0; k < COUNT_OF(usual); k++) {
		size_t seen = 0;
		for (size_t i = 0; i < result->count; i++)
			seen += str_equal_c(result->findings[i].key, usual[k]);
		if (seen == 0)
			buf_addf(&b, "%s-%s", b.len > 0 ? " " : "", usual[k]);
		else if (seen > 1)
			buf_addf(&b, "%s~%s", b.len > 0 ? " " : "", usual[k]);
	}
	return buf_str(&b);
}

static void check_told(struct test *t, const struct lint_report *r, const struct lint_options *o,
		       const char *want)
{
	struct lint_options none = { .previous = NULL };
	struct lint_result result;

	if (r == NULL)
		return;
	lint_check(t->arena, r, o != NULL ? o : &none, &result);
	CHECK_STR(told(t, &result), str_from_c(want));
}

/* ---- sentences */

static const struct { const char *from, *to, *want;
} changes[] = {
	{ "新收政府信息公开申请277件", "新收政府信息公开申请278件", "+TX-1/new_received" },
	{ "新收政府信息公开申请277件", "受理政府信息公开申请294件",
	  "" }, /* with those carried in */
	{ "新收政府信息公开申请277件", "受理政府信息公开申请293件", "+TX-1/new_received" },
	{ "全区新收政府信息公开申请277件", "区政府办公室受理政府信息公开申请150件",
	  "~TX-1/new_received" },
	{ "全区新收政府信息公开申请277件", "区政府办公室受理政府信息公开申请350件",
	  "+TX-1/new_received" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请约270件", "" },
	{ "上年度结转17件", "上年度结转16件", "+TX-1/carried_in" },
	{ "上年度结转17件", "2019年结转16件", "+TX-1/carried_in" },
	{ "已完成答复276件", "已完成答复267件", "+TX-1/results_total ~S1" },
	{ "已完成答复276件", "已完成答复276件，另有18件结转下年度", "" },
	{ "已完成答复276件", "已完成答复276件，另有19件结转下年度", "+TX-1/carried_out" },
	{ "已完成答复276件", "已完成答复276件，结转下年度继续办理18件", "" },
	{ "已完成答复276件", "已完成答复276件，结转下年度继续办理19件", "+TX-1/carried_out" },
	{ "已完成答复276件。", "已完成答复276件。全年办结276件，结转下年度继续办理19件。",
	  "+TX-1/carried_out" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请二百七十七件", "" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请二百七十八件",
	  "+TX-1/new_received" },
	{ "上年度结转17件", "上年度结转17件，共计294件", "" },
	{ "上年度结转17件", "上年度结转17件，共计295件", "~S1" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请277件，同比增加20件，增长7.8%", "" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请277件，同比减少20件，下降6.7%", "" },
	{ "新收政府信息公开申请277件", "新收政府信息公开申请277件，同比减少20件，下降7.8%", "~W5" },
	{ "予以公开123件", "予以公开132件", "+TX-1/granted ~S1" },
	{ "部分公开17件", "部分公开18件", "+TX-1/partly_granted" },
	{ "不予公开38件", "不予公开37件", "+TX-1/denied ~S1" },
	{ "无法提供89件", "无法提供98件", "+TX-1/unable ~S1" },
	{ "不予处理9件", "不予处理8件", "+TX-1/not_processed ~S1" },
	{ "不予处理9件", "不予处理9件（其中信访举报投诉类申请7件，重复申请1件）", "" },
	{ "不予处理9件", "不予处理9件（其中信访举报投诉类申请6件，重复申请1件）",
	  "+TX-1/not_processed_petition" },
	{ "上年度结转17件", "上年度结转17件，办结件中予以公开占44.6%，不予公开占13.8%", "" },
	{ "上年度结转17件", "上年度结转17件，办结件中予以公开占44.6%，不予公开占14.8%", "~S2" },
	{ "予以公开123件", "予以公开123件，占44.6%", "" },
	{ "予以公开123件", "予以公开123件，占46.6%", "~S2" },
	{ "已完成答复276件", "自然人申请253件，法人或其他组织申请24件，已完成答复276件",
	  "" },
	{ "已完成答复276件", "自然人申请254件，已完成答复276件",
	  "+TX-1/new_received.natural_person" },
	{ "总量21件", "总量22件", "+TX-1/all.total" },
	{ "维持原答复15件", "维持原答复12件", "+TX-1/all.upheld" },
	{ "纠正2件", "纠正3件", "+TX-1/all.corrected" },
	{ "全年政府信息公开行政复议、行政诉讼总量21件",
	  "全年收到政府信息公开行政复议、行政诉讼30件", "~TX-2/all.total" },
	{ "全年政府信息公开行政复议、行政诉讼总量21件，其中维持原答复15件，纠正2件",
	  "行政复议17件，其中维持12件，纠正2件；行政诉讼4件，其中维持3件，纠正0件",
	  "-W10" },
	{ "全年政府信息公开行政复议、行政诉讼总量21件，其中维持原答复15件，纠正2件",
	  "行政复议17件，其中维持12件，纠正2件；行政诉讼4件，其中维持2件，纠正0件",
	  "+TX-1/litigation.upheld -W10" },
	{ "全年政府信息公开行政复议、行政诉讼总量21件，其中维持原答复15件，纠正2件",
	  "未经复议直接起诉3件，结果维持2件，尚未审结1件；复议后起诉1件，结果维持1件", "-W10" },
	{ "全年政府信息公开行政复议、行政诉讼总量21件，其中维持原答复15件，纠正2件",
	  "未经复议直接起诉3件，结果维持1件，尚未审结1件；复议后起诉1件，结果维持1件",
	  "+TX-1/litigation_direct.upheld -W10" },
	{ "上年度结转17件", "上年度结转17件。区教育局收到申请20件，区民政局收到申请35件", "" },
	{ "上年度结转17件", "上年度结转17件。区教育局收到申请350件", "~TX-1/new_received" },
	{ "不予处理9件。", "不予处理9件。不予公开38件，其中属于行政执法案卷16件，属于国家秘密1件。",
	  "+TX-1/denied_state_secret" },
	{ "制定规范性文件6份", "制定规范性文件7份", "+TX-1/normative_documents" },
	{ "全区制定规范性文件6份", "全区作出行政处罚决定6216件，制定规范性文件6份", "" },
	{ "全区制定规范性文件6份", "全区作出行政处罚决定6261件，制定规范性文件6份",
	  "+TX-1/administrative_penalty" },
	{ "全区制定规范性文件6份", "全区办理行政处罚案件5000件，制定规范性文件6份", "" },
	{ "全区制定规范性文件6份", "区司法局审核行政处罚决定300件，全区制定规范性文件6份", "" },
	{ "全区制定规范性文件6份", "区政府制定规范性文件4份", "" },
	{ "下降60%", "下降59%", "" }, /* still W5, but no whole number gives it */
	{ "被纠错数量同比下降60%", "被纠错数量较上年的5件下降60%", "-W5" },
	{ "被纠错数量同比下降60%", "被纠错数量较上年的6件下降60%", "" },
	{ "发布政策解读23份", "发布政策解读23份（区级13份、部门8份、街道2份）", "" },
	{ "发布政策解读23份", "发布政策解读23份（区级13份、部门8份、街道3份）", "~S1" },
	{ "其中网络征集14次、召开座谈会12次、社区公告栏征集7次",
	  "其中网络征集9次、召开座谈会7次、社区公告栏征集3次", "-W8" },
	{ "不计入本报告", "另行公布", "" },
	{ "统计期限为2020年1月1日至12月31日", "统计期限为2019年1月1日至12月31日",
	  "+F4/period" },
	{ "五、存在的主要问题及改进情况", "五、工作中的主要问题", "~F1/5" },
	{ "六、其他需要报告的事项", "", "~W1" },
	{ "设加分项和扣分项", "考核结果、社会评议结果和责任追究情况已公开", "-W2" },
	{ "@picture 图 2020年全区办理政府信息依申请公开答复情况", "", "-W4" },
	{ "@picture 图 2020年全区办理政府信息依申请公开答复情况",
	  "@picture 图 答复情况：予以公开123件，部分公开6.2%，不予公开38件", "-W4" },
	{ "@picture 图 2020年全区办理政府信息依申请公开答复情况",
	  "@picture 图 答复情况：予以公开124件，部分公开16.2%",
	  "+E10/granted +E10/partly_granted -W4" },
};

static void sentences(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		if (!test_case(t, "“%s” becomes “%s”", changes[i].from, changes[i].to))
			continue;
		struct sample *s = sample_read(t);
		s->narrative = replaced(t->arena, s->narrative, str_from_c(changes[i].from),
					str_from_c(changes[i].to));
		check_told(t, read_sample(t, s), NULL, changes[i].want);
	}
}

/* ---- cells */

static void cells(struct test *t)
{
	if (test_case(t, "a blank cell is no zero: told as blank, and nothing is judged with it")) {
		struct sample *s = sample_read(t);
		struct lint_options none = { .previous = NULL };
		struct lint_result result;
		s->three[3][1] = STR("");
		struct lint_report *r = read_doc(t, sample_doc(t->arena, s, SAMPLE_TABLES));
		lint_check(t->arena, r, &none, &result);
		CHECK_STR(told(t, &result), STR("+E9/table3.blank"));
		for (size_t i = 0; i < result.verdicts_count; i++) {
			const struct lint_verdict *v = &result.verdicts[i];
			if ((str_equal_c(v->rule, "T3-2") &&
			     str_equal_c(v->scope, "commercial_enterprise")) ||
			    (str_equal_c(v->rule, "T3-3") && str_equal_c(v->scope, "granted")))
				CHECK_INT(v->status, LINT_CANNOT_JUDGE);
		}
	}
	if (test_case(t, "a blank cell in text with columns is found by its place")) {
		struct sample *s = sample_read(t);
		s->three[4][1] = STR(" ");
		struct lint_report *r = read_sample(t, s);
		int line = line3(&r->three, "partly_granted");
		CHECK_INT(r->three.cell[line][0].value, 16 * LINT_SCALE);
	}
	if (test_case(t, "strokes, words and negatives in cells")) {
		struct sample *s = sample_read(t);
		s->three[6][0] = STR("/");
		s->two[0] = STR("若干");
		s->two[3] = STR("-6");
		struct lint_report *r = read_doc(t, sample_doc(t->arena, s, SAMPLE_TABLES));
		check_told(t, r, NULL, "+E9/table2.text +E9/table2.value +E9/table3.slash");
	}
}

static void wrong_cells(struct test *t)
{
	if (test_case(t, "the one figure that would make table 3 right is named")) {
		struct sample *s = sample_read(t);
		struct lint_options none = { .previous = NULL };
		struct lint_result result;
		s->three[15][0] = STR("16"); /* 本机关不掌握: 61 */
		struct lint_report *r = read_sample(t, s);
		lint_check(t->arena, r, &none, &result);
		CHECK_INT((int64_t)result.errors, 2); /* its line, its column */
		CHECK(str_contains(result.findings[0].hint, STR("由16改为61")));
	}
	if (test_case(t, "table 2: the change takes more than there was")) {
		struct sample *s = sample_read(t);
		s->two[7] = STR("-512");
		check_told(t, read_sample(t, s), NULL, "+T2-1/administrative_licensing");
	}
	if (test_case(t, "table 2: more published than is public")) {
		struct sample *s = sample_read(t);
		s->two[4] = STR("90");
		check_told(t, read_sample(t, s), NULL, "~T2-4/normative_documents");
	}
	if (test_case(t, "a table that is not there")) {
		struct sample *s = sample_read(t);
		s->narrative = replaced(t->arena, s->narrative, STR("@table4"), STR_NONE);
		check_told(t, read_sample(t, s), NULL, "+E9/table4 -W10");
	}
	if (test_case(t, "a damaged check code cannot be judged, a wrong one is an error")) {
		struct sample *s = sample_read(t);
		s->digest = STR("GK1-2222-22");
		check_told(t, read_sample(t, s), NULL, "~D1/unreadable");
		s->digest = STR("GK1-2222-2222-2222");
		check_told(t, read_sample(t, s), NULL, "+D1");
	}
}

/* ---- the form */

static void forms(struct test *t)
{
	if (test_case(t, "a report on 2022 with the tables of 2019")) {
		struct sample *s = sample_read(t);
		s->narrative = replaced(t->arena, s->narrative, STR("人民政府2020年政府"), STR("人民政府2022年政府"));
		s->narrative = replaced(t->arena, s->narrative, STR("统计期限为2020年"), STR("统计期限为2022年"));
		/*
		 * the sentences name 2020, another year than the title's: nothing is held
		 * against the tables
		 */
		check_told(t, read_sample(t, s), NULL, "+F3/table2 ~F3/table3 ~W3");
	}
	if (test_case(t, "published late, by an option and by the page")) {
		struct sample *s = sample_read(t);
		struct lint_options o = { .published = { true, date_make(2021, 4, 1) } };
		check_told(t, read_sample(t, s), &o, "~W12");
		o.published.v = date_make(2021, 3, 31);
		check_told(t, read_sample(t, s), &o, "");
		s->narrative = replaced(t->arena, s->narrative, STR("本报告依据"),
					STR("发布日期：2021-04-02\n本报告依据"));
		check_told(t, read_sample(t, s), NULL, "~W12");
	}
	if (test_case(t, "a department is due in January and owes no results of assessment")) {
		struct sample *s = sample_read(t);
		struct lint_options o = { .published = { true, date_make(2021, 2, 1) } };
		s->narrative = replaced(t->arena, s->narrative, STR("广州市越秀区人民政府2020年"),
					STR("越秀区财政局2020年"));
		check_told(t, read_sample(t, s), &o, "~W12 -W2");
	}
	if (test_case(t, "parts in another order, and an empty one")) {
		struct sample *s = sample_read(t);
		s->narrative = replaced(t->arena, s->narrative, STR("五、存在的主要问题及改进情况"), STR("@"));
		s->narrative = replaced(t->arena, s->narrative, STR("二、主动公开政府信息情况"),
					STR("五、存在的主要问题及改进情况\n\n二、主动公开政府信息情况"));
		check_told(t, read_sample(t, s), NULL, "~W1/5 ~F1/order");
	}
}

/* ---- last year and the units */

/*
 * A year before the sample's that it continues: 17 carried out, items before the changes, 5
 * corrected.
 */
static struct sample *year_before(struct test *t)
{
	struct sample *s = sample_read(t);
	static const size_t items[] = { 6, 9, 12, 15, 18 };

	for (struct str last = STR_NONE; s->narrative.len != last.len;) {
		last = s->narrative;
		s->narrative = replaced(t->arena, s->narrative, STR("2020年"), STR("２０１９年"));
		if (str_starts(s->narrative, STR("(the"))) {
			s->narrative = last;
			break;
		}
	}
	for (size_t i = 0; i < COUNT_OF(items); i++)
		s->two[items[i] + 1] = STR("0");
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		s->three[26][c] = s->three[1][c];
	s->four[0][1] = STR("5");
	s->narrative = replaced(t->arena, s->narrative, STR("一年来的工作还有不足"), STR("去年的不足在于力量"));
	return s;
}

static void years(struct test *t)
{
	if (test_case(t, "a year that continues the last one: the rate holds, part five is told")) {
		struct lint_options o = { .previous = read_sample(t, year_before(t)) };
		check_told(t, read_sample(t, sample_read(t)), &o, "~W6 -W5");
	}
	if (test_case(t,
		      "carried in is not what was carried out; a scope note makes it a question")) {
		struct sample *s = year_before(t);
		s->three[26][0] = STR("19");
		s->three[26][6] = STR("19");
		struct lint_options o = { .previous = read_sample(t, s) };
		check_told(t, read_sample(t, sample_read(t)), &o,
			   "~T3-4/natural_person ~T3-4/total ~W6 -W5");
		struct sample *now = sample_read(t);
		s->narrative = replaced(t->arena, s->narrative, STR("不计入本报告"), STR("另行公布"));
		s->narrative = replaced(t->arena, s->narrative, STR("归口"), STR(""));
		now->narrative = replaced(t->arena, now->narrative, STR("不计入本报告"), STR("另行公布"));
		now->narrative = replaced(t->arena, now->narrative, STR("归口"), STR(""));
		o.previous = read_sample(t, s);
		check_told(t, read_sample(t, now), &o,
			   "+T3-4/natural_person +T3-4/total ~W6 -W5 -W9");
	}
	if (test_case(t, "the number of items does not follow")) {
		struct sample *s = year_before(t);
		s->two[7] = STR("-3");
		struct lint_options o = { .previous = read_sample(t, s) };
		check_told(t, read_sample(t, sample_read(t)), &o,
			   "~T2-2/administrative_licensing ~W6 -W5");
	}
	if (test_case(t, "the rate is not what the two years give, and an outcome jumps")) {
		struct sample *s = year_before(t);
		s->four[0][1] = STR("8");
		s->three[16][0] = s->three[16][6] = STR("70");
		s->three[15][0] = s->three[15][6] = STR("300");
		struct lint_options o = { .previous = read_sample(t, s) };
		check_told(t, read_sample(t, sample_read(t)), &o, "~W13/unable ~W6");
	}
	if (test_case(t, "last year's report of another body")) {
		struct sample *s = year_before(t);
		s->narrative = replaced(t->arena, s->narrative, STR("广州市越秀区"), STR("广州市荔湾区"));
		struct lint_options o = { .previous = read_sample(t, s) };
		check_told(t, read_sample(t, sample_read(t)), &o, "~F4/previous_agency ~W6 -W5");
	}
	if (test_case(t, "not the year before")) {
		struct lint_options o = { .previous = read_sample(t, sample_read(t)) };
		check_told(t, read_sample(t, sample_read(t)), &o, "~F4/previous");
	}
}

static void units(struct test *t)
{
	struct sample *none;

	if (!test_case(t, "the units add up, and one figure that does not"))
		return;
	none = sample_read(t);
	for (size_t i = 0; i < 22; i++)
		none->two[i] = STR("0");
	for (size_t i = 0; i < 27 * APPLICANT_COLUMNS; i++)
		none->three[i / APPLICANT_COLUMNS][i % APPLICANT_COLUMNS] = STR("0");
	for (size_t i = 0; i < 15; i++)
		none->four[i / 5][i % 5] = STR("0");
	const struct lint_report *both[] = { read_sample(t, sample_read(t)), read_sample(t, none) };
	struct lint_options o = { .units = both, .units_count = 2 };
	check_told(t, read_sample(t, sample_read(t)), &o, "");
	none->three[3][0] = STR("1");
	none->two[0] = STR("2");
	both[1] = read_sample(t, none);
	check_told(t, read_sample(t, sample_read(t)), &o,
		   "+R1/granted.natural_person +R1/art20_1.rules.made_this_year");
}

void lint_rules_test(struct test *t);
void lint_rules_test(struct test *t)
{
	sentences(t);
	cells(t);
	wrong_cells(t);
	forms(t);
	years(t);
	units(t);
}
