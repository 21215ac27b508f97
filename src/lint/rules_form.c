/*
 * rules_form.c - what a report must contain and look like: parts and headings
 * (F1, W1), labels (F2), the form of its year (F3, F4), and what the law or the
 * notices want said (W2 W3 W4 W9 W11 W12).
 */
#include "lint/lint_internal.h"

#include <string.h>

static bool any_sentence(const struct lint_report *r, const char *const *words)
{
	for (size_t i = 0; i < r->sentences_count; i++)
		if (has_any(r->sentences[i].text, words))
			return true;
	return false;
}

/* ---- F1, W1 */

static void check_heading(struct checker *c, size_t i)
{
	const struct lint_part *p = &c->r->parts[i];
	struct str key = plain_key(c->arena, p->heading);
	bool fits = str_equal(key, plain_key(c->arena, form_parts[i].heading)) ||
		    str_equal(key, plain_key(c->arena, form_parts[i].heading_long));

	verdict(c, "F1", str_format(c->arena, "%d", form_parts[i].number),
		fits ? LINT_HOLDS : LINT_BROKEN);
	if (fits)
		return;
	struct lint_finding *f =
		finding(c, LINT_WARNING, "F1", str_format(c->arena, "%d", form_parts[i].number),
			str_format(c->arena, "标题“" STR_FMT "”与格式规定的“" STR_FMT "”不同。",
				   STR_ARG(p->heading), STR_ARG(form_parts[i].heading)));
	f->left = quote_text(c->r, p->place, p->heading, STR_NONE);
}

static void check_parts(struct checker *c)
{
	struct buf missing = buf_open(c->arena, 128, 2048);
	const struct lint_part *before = NULL;
	bool ordered = true;

	for (size_t i = 0; i < 6; i++) {
		const struct lint_part *p = &c->r->parts[i];
		struct str scope = str_format(c->arena, "%d", form_parts[i].number);
		verdict(c, "W1", scope, p->found && !p->empty ? LINT_HOLDS : LINT_BROKEN);
		if (!p->found) {
			buf_addf(&missing, "%s“" STR_FMT "”", missing.len > 0 ? "、" : "",
				 STR_ARG(form_parts[i].heading));
			continue;
		}
		check_heading(c, i);
		ordered = ordered && (before == NULL || before->order < p->order);
		before = p;
		/* A table that is not there is told by E9. */
		if (p->empty && (i == 0 || i >= 4)) {
			struct lint_finding *f = finding(
				c, LINT_WARNING, "W1", scope,
				str_format(c->arena,
					   "“" STR_FMT "”下面没有内容；没有需要报告的应写“无”。",
					   STR_ARG(p->heading)));
			f->left = quote_text(c->r, p->place, p->heading, STR_NONE);
		}
	}
	if (missing.len > 0)
		finding(c, LINT_WARNING, "W1", STR_NONE,
			str_format(c->arena, "没有找到这些部分的标题：" STR_FMT "。", STR_ARG(buf_str(&missing))));
	verdict(c, "F1", STR("order"), ordered ? LINT_HOLDS : LINT_BROKEN);
	if (!ordered)
		finding(c, LINT_WARNING, "F1", STR("order"), STR("六个部分的顺序与格式规定的不同。"));
}

/* ---- F2 */

static void check_label(struct checker *c, struct str scope, const struct mark *m,
			struct str printed, struct str want, bool whole, struct str place)
{
	enum mark_fit fit = mark_fit(m, mark_key(c->arena, printed));
	bool fits = fit == FIT_EXACT || (fit == FIT_PIECE && !whole);

	verdict(c, "F2", scope, fits ? LINT_HOLDS : LINT_BROKEN);
	if (fits)
		return;
	struct lint_finding *f =
		finding(c, LINT_WARNING, "F2", scope,
			str_format(c->arena, "行标签“" STR_FMT "”与格式规定的“" STR_FMT "”不同。",
				   STR_ARG(printed), STR_ARG(want)));
	f->left = quote_text(c->r, place, printed, STR_NONE);
}

static void check_labels(struct checker *c)
{
	const struct lint_table3 *t = &c->r->three;
	size_t count;
	const struct form_cell2 *cells = form_table2(c->r->two.form, &count);

	for (size_t l = 0; t->found && l < LINT_LINES; l++) {
		if (t->label[l].len == 0)
			continue;
		const struct form_line *form = line3_form(t, l);
		int own = form_table3_find(t->shape, form->key);
		struct mark m = mark_of_line(c->arena, t->shape, (size_t)own);
		check_label(c, form->key, &m, t->label[l], form->label, t->whole_labels,
			    t->cell[l][0].place);
	}
	for (size_t i = 0; c->r->two.found && i < count; i++) {
		if (c->r->two.label[i].len == 0)
			continue;
		struct mark m = mark_of_row2(c->arena, cells[i].row_label);
		check_label(c, cells[i].row, &m, c->r->two.label[i], cells[i].row_label, true,
			    c->r->two.cell[i].place);
	}
}

/* ---- F3, F4 */

static void check_form(struct checker *c)
{
	const struct lint_report *r = c->r;
	enum form_kind due = form_of_year((int)r->year.v);
	const char *notice = due == FORM_2021 ? "〔2021〕30号" : "〔2019〕60号";

	if (!r->year.known) {
		verdict(c, "F3", STR_NONE, LINT_CANNOT_JUDGE);
		return;
	}
	if (r->two.found) {
		verdict(c, "F3", STR("table2"), r->two.form == due ? LINT_HOLDS : LINT_BROKEN);
		if (r->two.form != due) {
			struct lint_finding *f = finding(c, LINT_ERROR, "F3", STR("table2"),
				str_format(c->arena, "%lld年的报告应当用国办公开办函%s的表二，这里是另一种格式。",
					   (long long)r->year.v, notice));
			f->left = quote_text(r, r->two.place, STR("表二"), STR_NONE);
		}
	}
	if (r->three.found) {
		verdict(c, "F3", STR("table3"), r->three.shape == due ? LINT_HOLDS : LINT_BROKEN);
		if (r->three.shape != due) {
			struct lint_finding *f = finding(
				c, LINT_WARNING, "F3", STR("table3"),
				str_format(
					c->arena,
					"表三“（六）其他处理”：国办公开办函%s的格式是%s，这里是%s。",
					notice,
					due == FORM_2021 ? "三行（逾期不补正、逾期未缴费、其他）"
							 : "一行",
					due == FORM_2021 ? "一行" : "三行"));
			f->left = quote_text(r, r->three.place, STR("表三（六）其他处理"), STR_NONE);
		}
	}
}

static void check_years(struct checker *c)
{
	const struct lint_report *r = c->r;
	bool known = r->year.known && r->period_year.known;
	bool holds = known && r->year.v == r->period_year.v;

	verdict(c, "F4", STR("period"),
		!known	? LINT_NOT_APPLICABLE
		: holds ? LINT_HOLDS
			: LINT_BROKEN);
	if (!known || holds)
		return;
	struct lint_finding *f = finding(c, LINT_ERROR, "F4", STR("period"),
		str_format(c->arena, "标题是%lld年的报告，统计期限写的是%lld年。", (long long)r->year.v,
			   (long long)r->period_year.v));
	f->left = quote_text(r, STR_NONE, r->title, print_value(c->arena, r->year.v * LINT_SCALE));
	f->right = quote_text(r, STR_NONE, r->period,
			      print_value(c->arena, r->period_year.v * LINT_SCALE));
}

/* ---- what must be said */

/*
 * 条例 Art. 50(4): reports of governments tell results of assessment, social evaluation and
 * accountability.
 */
static void check_results(struct checker *c)
{
	static const struct { const char *name; const char *words[5]; } results[] = {
		{ "工作考核", { "考核", NULL } },
		{ "社会评议", { "社会评议", "民主评议", "群众评议", NULL } },
		{ "责任追究", { "责任追究", "追责", "问责", "追究责任", NULL } },
	};
	struct buf missing = buf_open(c->arena, 64, 512);

	if (!is_government(c->r)) {
		verdict(c, "W2", STR_NONE,
			c->r->agency.len == 0 ? LINT_CANNOT_JUDGE : LINT_NOT_APPLICABLE);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(results); i++)
		if (!any_sentence(c->r, results[i].words))
			buf_addf(&missing, "%s%s", missing.len > 0 ? "、" : "", results[i].name);
	verdict(c, "W2", STR_NONE, missing.len == 0 ? LINT_HOLDS : LINT_BROKEN);
	if (missing.len > 0)
		finding(c, LINT_WARNING, "W2", STR_NONE,
			str_format(
				c->arena,
				"政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况，没有找到：" STR_FMT
				"。",
				STR_ARG(buf_str(&missing))));
}

static void check_fee(struct checker *c)
{
	static const char *const words[] = { "信息处理费", NULL };
	bool holds = any_sentence(c->r, words);

	if (!c->r->year.known || c->r->year.v < 2021) {
		verdict(c, "W3", STR_NONE,
			c->r->year.known ? LINT_NOT_APPLICABLE : LINT_CANNOT_JUDGE);
		return;
	}
	verdict(c, "W3", STR_NONE, holds ? LINT_HOLDS : LINT_BROKEN);
	if (!holds)
		finding(c, LINT_WARNING, "W3", STR_NONE,
			STR("没有写收取信息处理费的情况；没有收取的也应写明（一般写在第六部分）。"));
}

static void check_pictures(struct checker *c)
{
	const struct lint_picture *first = NULL;
	size_t bare = 0, seen = 0;

	for (size_t i = 0; i < c->r->pictures_count; i++) {
		const struct lint_picture *p = &c->r->pictures[i];
		if (p->part == 0)
			continue;
		seen++;
		if (p->has_data)
			continue;
		first = first == NULL ? p : first;
		bare++;
	}
	verdict(c, "W4", STR_NONE,
		seen == 0   ? LINT_NOT_APPLICABLE
		: bare == 0 ? LINT_HOLDS
			    : LINT_BROKEN);
	if (bare == 0)
		return;
	struct lint_finding *f = finding(c, LINT_WARNING, "W4", STR_NONE,
		str_format(c->arena, "有%zu幅图没有数据或者文字说明；图中的数字应同时用文字或者表格给出。", bare));
	f->left = quote_text(c->r, first->place, first->text, STR_NONE);
}

bool is_scope_note(struct str sentence)
{
	static const char *const left_out[] = { "不计入", "未计入", "不纳入", "未纳入", "不再统计", "归口", "不包括",
						"不包含", "不再纳入", "口径调整", "统计口径", NULL };
	static const char *const of[] = { "统计", "数据", "本报告", NULL };

	return has_any(sentence, left_out) && has_any(sentence, of);
}

static void check_scope(struct checker *c)
{
	bool any = false;

	for (size_t i = 0; i < c->r->sentences_count && !any; i++) {
		const struct lint_sentence *s = &c->r->sentences[i];
		any = is_scope_note(s->text);
		if (!any)
			continue;
		struct lint_finding *f = finding(c, LINT_WARNING, "W9", STR_NONE,
			STR("报告说明了统计范围的例外；与往年比较、与所属单位汇总时应标注这一说明。"));
		f->left = quote_text(c->r, s->place, s->text, STR_NONE);
	}
	verdict(c, "W9", STR_NONE, any ? LINT_BROKEN : LINT_HOLDS);
}

/* 行政复议法 (2023) Art. 23(1)(4), in force 2024-01-01: refusals go to reconsideration first. */
static void check_direct_suits(struct checker *c)
{
	struct opt_int suits = case_value(c->r, 1, ROUTE_TOTAL),
		       denied = sum_lines3(&c->r->three, "denied", APPLICANT_TOTAL);
	bool known = c->r->year.known && suits.known && denied.known;

	if (!known || c->r->year.v < 2024) {
		verdict(c, "W11", STR_NONE, known ? LINT_NOT_APPLICABLE : LINT_CANNOT_JUDGE);
		return;
	}
	bool holds = suits.v == 0 || denied.v == 0;
	verdict(c, "W11", STR_NONE, holds ? LINT_HOLDS : LINT_BROKEN);
	if (holds)
		return;
	struct lint_finding *f = finding(c, LINT_WARNING, "W11", STR_NONE,
		str_format(c->arena, "2024年起不服不予公开决定的应当先申请行政复议；表四有未经复议直接起诉" STR_FMT
			   "件，请核对其中有没有针对不予公开的。", STR_ARG(print_value(c->arena, suits.v))));
	f->left = quote_cell(c, c->r, &c->r->four.cell[1][ROUTE_TOTAL], STR("未经复议直接起诉总计"));
	f->right = quote_text(c->r, c->r->three.place, STR("（三）不予公开各项合计"), print_value(c->arena, denied.v));
}

/* 条例 Art. 49: departments by 31 January, the government's report by 31 March. */
static void check_published(struct checker *c)
{
	struct opt_date on = c->o->published.known ? c->o->published : c->r->published;

	if (!on.known || !c->r->year.known) {
		verdict(c, "W12", STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	bool department = c->r->agency.len > 0 && !is_government(c->r);
	struct date due = date_make((int)c->r->year.v + 1, department ? 1 : 3, 31);
	bool holds = date_compare(on.v, due) <= 0;
	verdict(c, "W12", STR_NONE, holds ? LINT_HOLDS : LINT_BROKEN);
	if (holds)
		return;
	struct lint_finding *f =
		finding(c, LINT_WARNING, "W12", STR_NONE,
			str_format(c->arena, "应当在" STR_FMT "前公布，公布日期是" STR_FMT "。",
				   STR_ARG(date_chinese(c->arena, due)),
				   STR_ARG(date_chinese(c->arena, on.v))));
	f->left = quote_text(c->r, STR_NONE, STR("公布日期"), date_iso(c->arena, on.v));
}

void rules_form(struct checker *c)
{
	check_parts(c);
	check_labels(c);
	check_form(c);
	check_years(c);
	check_results(c);
	check_fee(c);
	check_pictures(c);
	check_scope(c);
	check_direct_suits(c);
	check_published(c);
}
