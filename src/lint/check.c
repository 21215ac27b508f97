/* check.c - the list of rules, and how verdicts and findings are kept. */
#include "base/utf8.h"
#include "lint/lint_internal.h"

enum { QUOTE_MAX = 200 }; /* characters: enough to find the place */

#define FORMAT "国办公开办函〔2019〕60号、〔2021〕30号年度报告格式"
#define RULE(k, t, b) { STR_INIT(k), STR_INIT(t), STR_INIT(b) }

const struct lint_rule lint_rules[] = {
	RULE("T3-1", "表三每一栏：新收＋上年结转＝总计＋结转下年度", FORMAT "表三注明的勾稽关系"),
	RULE("T3-2", "表三每一栏：（七）总计＝各项办理结果之和", FORMAT),
	RULE("T3-3", "表三每一行：总计＝自然人＋五类组织", FORMAT),
	RULE("T3-4", "表三上年结转＝上年报告的结转下年度继续办理", FORMAT),
	RULE("T4-1", "表四每一类：总计＝维持＋纠正＋其他结果＋尚未审结", FORMAT),
	RULE("T2-1", "表二数量不为负；上一年项目数量加增减不小于零", FORMAT),
	RULE("T2-2", "表二上一年项目数量＝上年报告的项目数量＋增减", "国办公开办函〔2019〕60号"),
	RULE("T2-3", "表二现行有效＝上年现行有效＋制发－废止", "国办公开办函〔2021〕30号"),
	RULE("T2-4", "表二本年新公开数量不大于对外公开总数量", "国办公开办函〔2019〕60号"),
	RULE("TX-1", "正文里的数字与表格一致", "条例第五十条"),
	RULE("TX-2", "正文所说收到、备案的争议案件与表四的口径", "表四统计当年审结和年末尚未审结的案件"),
	RULE("E9", "表格行列齐全，每格都是数字", FORMAT),
	RULE("E10", "图中的数字与表格一致", "条例第五十条"),
	RULE("D1", "表格与出表系统所印的数据校验码一致", "出表系统"),
	RULE("R1", "本报告每格＝所属单位同一格之和", "条例第四十九条"),
	RULE("F1", "六个部分的标题和顺序", FORMAT),
	RULE("F2", "表格的行标签", FORMAT),
	RULE("F3", "表格格式与报告年份相符", FORMAT),
	RULE("F4", "标题、统计期限的年份一致", FORMAT),
	RULE("S1", "列举之和与总数", "算术"),
	RULE("S2", "占比与件数", "算术"),
	RULE("W1", "各部分有标题、有内容", "条例第五十条"),
	RULE("W2", "政府的报告写明工作考核、社会评议、责任追究结果", "条例第五十条第四项"),
	RULE("W3", "写明信息处理费收取情况", "国办公开办函〔2021〕30号，国办函〔2020〕109号"),
	RULE("W4", "图片有数据或者文字", "政府网站无障碍要求"),
	RULE("W5", "增减幅度能由两年的数字得出", "算术"),
	RULE("W6", "第五部分与上年不雷同", "国办公开办函〔2021〕30号"),
	RULE("W7", "上年提出的改进措施有回应", "国办公开办函〔2021〕30号"),
	RULE("W8", "渠道次数与事项数的关系", "算术"),
	RULE("W9", "统计范围的说明", "统计口径"),
	RULE("W10", "复议、诉讼合计中的重复", "表四按程序统计"),
	RULE("W11", "2024年起对不予公开未经复议直接起诉", "行政复议法第二十三条第一款第四项"),
	RULE("W12", "按期公布", "条例第四十九条"),
	RULE("W13", "各类结果与上年相比没有突变", "统计分析"),
};
const size_t lint_rules_count = COUNT_OF(lint_rules);

const struct lint_rule *lint_rule_of(struct str finding_key)
{
	size_t slash = str_find(finding_key, STR("/"), 0);
	struct str key = str_slice(finding_key, 0, slash == SIZE_MAX ? finding_key.len : slash);

	for (size_t i = 0; i < lint_rules_count; i++)
		if (str_equal(lint_rules[i].key, key))
			return &lint_rules[i];
	return NULL;
}

void verdict(struct checker *c, const char *rule, struct str scope, enum lint_status status)
{
	struct lint_result *out = c->out;

	if (out->verdicts_count == c->verdicts_cap)
		return;
	out->verdicts[out->verdicts_count++] =
		(struct lint_verdict){ str_from_c(rule), scope, status };
	out->totals[status]++;
}

struct lint_finding *finding(struct checker *c, enum lint_severity severity, const char *rule,
			     struct str scope, struct str message)
{
	struct lint_result *out = c->out;
	struct lint_finding *f = &out->findings[out->count];

	/*
	 * The last place is written over and over: a report with that many faults has been
	 * told enough.
	 */
	if (out->count + 1 < c->findings_cap)
		out->count++;
	*f = (struct lint_finding){ .severity = severity, .message = message };
	f->key = str_from_c(rule);
	if (scope.len > 0)
		f->key = str_format(c->arena, "%s/" STR_FMT, rule, STR_ARG(scope));
	return f;
}

struct lint_quote quote_text(const struct lint_report *r, struct str place, struct str text,
			     struct str value)
{
	return (struct lint_quote){ .file = r->file,
				    .place = place,
				    .text = utf8_prefix(text, QUOTE_MAX),
				    .value = value };
}

struct lint_quote quote_cell(struct checker *c, const struct lint_report *r,
			     const struct lint_cell *cell, struct str name)
{
	struct str source = cell->source.len > 0 ? cell->source : STR("（空白）");
	struct str value = print_opt(c->arena, cell_number(cell));

	return quote_text(r, cell->place, str_format(c->arena, STR_FMT "：" STR_FMT, STR_ARG(name), STR_ARG(source)),
			  value);
}

static void add_notes(struct checker *c)
{
	for (const struct lint_note *n = c->r->notes; n != NULL; n = n->next) {
		size_t slash = str_find(n->key, STR("/"), 0);
		struct lint_finding *f = finding(
			c, n->severity, "E9", str_slice(n->key, slash + 1, n->key.len), n->message);
		f->left = quote_text(c->r, n->place, n->text, STR_NONE);
	}
}

/* Errors first; within them the order in which the rules ran. */
static void sort_findings(struct checker *c)
{
	struct lint_result *out = c->out;
	struct lint_finding *sorted = ARENA_ARRAY(c->arena, out->count, struct lint_finding);
	size_t n = 0;

	for (int severity = LINT_ERROR; severity <= LINT_WARNING; severity++)
		for (size_t i = 0; i < out->count; i++)
			if ((int)out->findings[i].severity == severity)
				sorted[n++] = out->findings[i];
	out->findings = sorted;
	out->errors = out->warnings = 0;
	for (size_t i = 0; i < out->count; i++)
		out->errors += sorted[i].severity == LINT_ERROR;
	out->warnings = out->count - out->errors;
}

/* The figures of every sentence, once for all rules. */
static void read_quantities(struct checker *c)
{
	size_t left = LIMIT_LINT_FIGURES;

	c->quantities = ARENA_ARRAY(c->arena, c->r->sentences_count, struct quantity *);
	c->quantities_count = ARENA_ARRAY(c->arena, c->r->sentences_count, size_t);
	for (size_t i = 0; i < c->r->sentences_count && left > 0; i++) {
		c->quantities[i] =
			quantities(c->arena, c->r->sentences[i].text, &c->quantities_count[i]);
		left -= c->quantities_count[i] < left ? c->quantities_count[i] : left;
	}
}

void lint_check(struct arena *a, const struct lint_report *report,
		const struct lint_options *options, struct lint_result *out)
{
	struct checker c = { .arena = a,
			     .r = report,
			     .o = options,
			     .out = out,
			     .findings_cap = LIMIT_LINT_FINDINGS,
			     .verdicts_cap = LIMIT_LINT_VERDICTS };

	*out = (struct lint_result){ .findings =
					     ARENA_ARRAY(a, c.findings_cap, struct lint_finding),
				     .verdicts =
					     ARENA_ARRAY(a, c.verdicts_cap, struct lint_verdict) };
	read_quantities(&c);
	rules_tables(&c);
	add_notes(&c);
	rules_digest(&c);
	rules_prose(&c);
	rules_form(&c);
	rules_sums(&c);
	rules_years(&c);
	rules_units(&c);
	sort_findings(&c);
}
