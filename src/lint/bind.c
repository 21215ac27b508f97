/*
 * bind.c - which cell a figure in a sentence speaks of.
 *
 * Only figures whose own words name a cell are bound: 予以公开123件, 上年度结转17件,
 * 受理政府信息公开申请3119件. Words that may mean two figures (受理: with or without
 * those carried in) get both. Differences, other years, and what is counted in
 * other units stay unbound: silence about them is right.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum kind {
	KIND_NONE,
	KIND_LINE,
	KIND_GROUP,
	KIND_CARRIED_IN,
	KIND_CARRIED_OUT,
	KIND_NEW,
	KIND_RECEIVED,
	KIND_ANSWERED,
	KIND_HANDLED,
	KIND_NATURAL,
	KIND_LEGAL,
	KIND_DOCUMENTS,
	KIND_RULES,
	KIND_DECISIONS,
};

bool is_count_unit(struct str unit)
{
	static const char *const counts[] = { "件", "宗", "起", "例", "份", "件次" };

	for (size_t i = 0; i < COUNT_OF(counts); i++)
		if (str_equal_c(unit, counts[i]))
			return true;
	return false;
}

bool says_whole(struct str text)
{
	static const char *const whole[] = { "全区", "全市", "全县", "全省", "全州", "全盟", "全旗", "全镇", "全乡",
					     "全街道", "全系统", "全局", "我区", "我市", "我县", "我省", "我局",
					     "本机关", "我镇", "我街道", NULL };

	return has_any(text, whole);
}

void target_add(struct target *t, struct opt_int value, const char *formula)
{
	if (t->count == TARGET_VALUES)
		return;
	t->formula[t->count] = formula;
	t->value[t->count++] = value;
}

/* ---- what the words say */

static const struct { const char *word; enum kind kind; const char *key; } endings[] = {
	{ "不予公开", KIND_GROUP, "denied" },
	{ "部分公开", KIND_GROUP, "partly_granted" },
	{ "予以公开", KIND_GROUP, "granted" },
	{ "无法提供", KIND_GROUP, "unable" },
	{ "不予处理", KIND_GROUP, "not_processed" },
	{ "其他处理", KIND_GROUP, "other_handling" },
	{ "结转下年度", KIND_CARRIED_OUT, NULL },
	{ "结转下一年度", KIND_CARRIED_OUT, NULL },
	{ "结转至下年度", KIND_CARRIED_OUT, NULL },
	{ "结转到下年度", KIND_CARRIED_OUT, NULL },
	{ "转下年度", KIND_CARRIED_OUT, NULL },
	{ "结转下年", KIND_CARRIED_OUT, NULL },
	{ "下年度办理", KIND_CARRIED_OUT, NULL },
	{ "下年度继续办理", KIND_CARRIED_OUT, NULL },
	{ "下一年度继续办理", KIND_CARRIED_OUT, NULL },
	{ "下年继续办理", KIND_CARRIED_OUT, NULL },
	{ "次年继续办理", KIND_CARRIED_OUT, NULL },
	{ "结转次年", KIND_CARRIED_OUT, NULL },
	{ "自然人申请", KIND_NATURAL, NULL },
	{ "自然人", KIND_NATURAL, NULL },
	{ "法人或其他组织申请", KIND_LEGAL, NULL },
	{ "法人或其他组织", KIND_LEGAL, NULL },
	{ "法人和其他组织申请", KIND_LEGAL, NULL },
	{ "答复", KIND_ANSWERED, NULL },
	{ "办结", KIND_ANSWERED, NULL },
	{ "办理完毕", KIND_ANSWERED, NULL },
	{ "办理完成", KIND_ANSWERED, NULL },
	{ "答复申请", KIND_ANSWERED, NULL },
};

/* Words that may stand between what is counted and the figure. */
static const char *const fillers[] = { "共计", "合计", "总计", "共", "了", "达到", "达", "为", "有", "计", "的",
				       "案件", "件数", "数量", "决定", "申请", "政府信息公开" };

static struct str strip_filler(struct str phrase)
{
	for (size_t i = 0; i < COUNT_OF(fillers); i++)
		if (str_ends(phrase, str_from_c(fillers[i])))
			return str_slice(phrase, 0, phrase.len - strlen(fillers[i]));
	return phrase;
}

/* A leaf of table 三 by its own label: 属于行政执法案卷16件. */
static int leaf_named(struct checker *c, struct str phrase)
{
	for (size_t l = 0; l < LINT_LINES; l++) {
		if (!line3_is_leaf(&c->r->three, l))
			continue;
		int own = form_table3_find(c->r->three.shape, line3_form(&c->r->three, l)->key);
		struct mark m = mark_of_line(c->arena, c->r->three.shape, (size_t)own);
		if (m.accepted[0].len >= 5 * strlen("属") && str_ends(phrase, m.accepted[0]))
			return (int)l;
	}
	return -1;
}

static enum kind kind_of_ending(struct checker *c, struct str phrase, const char **key, int *line)
{
	for (int strip = 0; strip < 4 && phrase.len > 0; strip++) {
		for (size_t i = 0; i < COUNT_OF(endings); i++)
			if (str_ends(phrase, str_from_c(endings[i].word))) {
				*key = endings[i].key;
				return endings[i].kind;
			}
		*line = leaf_named(c, phrase);
		if (*line >= 0)
			return KIND_LINE;
		struct str shorter = strip_filler(phrase);
		if (shorter.len == phrase.len)
			break;
		phrase = shorter;
	}
	return KIND_NONE;
}

/* 结转 with last year beside it, or its number. */
static bool is_carried_in(struct checker *c, struct str phrase)
{
	static const char *const before[] = { "上年", "去年", "上一年", NULL };

	if (!str_contains(phrase, STR("结转")) || str_contains(phrase, STR("下年")))
		return false;
	if (has_any(phrase, before))
		return true;
	struct str year = str_format(c->arena, "%lld年", (long long)c->r->year.v - 1);
	return c->r->year.known && str_contains(phrase, year);
}

static enum kind kind_of_requests(struct str phrase)
{
	static const char *const received[] = { "收到", "受理", "接收", "收办", "收件", "登记", "接到", NULL };
	static const char *const fresh[] = { "新收", "新受理", "新收到", NULL };

	if (!str_contains(phrase, STR("申请")))
		return KIND_NONE;
	if (has_any(phrase, fresh))
		return KIND_NEW;
	if (has_any(phrase, received))
		return KIND_RECEIVED;
	/* 信息公开申请: 申请 alone may be for anything. */
	return str_contains(phrase, STR("信息公开")) || str_contains(phrase, STR("依申请公开"))
		       ? KIND_HANDLED
		       : KIND_NONE;
}

static enum kind kind_of_documents(struct str clause, struct str phrase, const char **key)
{
	static const char *const not_made[] = { "清理", "审查", "备案", "解读", "评估", "修订", "修改", NULL };
	static const char *const repealed[] = { "废止", "失效", NULL };
	static const char *const valid[] = { "现行有效", "继续有效", "保留", "对外公开总", NULL };
	static const char *const made[] = { "制定", "制发", "制作", "出台", "印发", "新公开", "新增公开", NULL };
	bool normative = str_ends(phrase, STR("规范性文件")), rules = str_ends(phrase, STR("规章"));

	if ((!normative && !rules) || has_any(clause, not_made))
		return KIND_NONE;
	*key = has_any(clause, repealed) ? "repealed" : has_any(clause, valid) ? "valid"
	     : has_any(clause, made)     ? "made" : NULL;
	if (*key == NULL)
		return KIND_NONE;
	return normative ? KIND_DOCUMENTS : KIND_RULES;
}

static const struct { const char *ends, *section, *row; } decisions[] = {
	{ "行政许可", "art20_5", "administrative_licensing" },
	{ "行政处罚", "art20_6", "administrative_penalty" },
	{ "行政强制", "art20_6", "administrative_coercion" },
};

/* 作出行政处罚决定6216件: decisions, and not cases, filings or items on a list. */
static enum kind kind_of_decisions(struct str phrase, const char **key)
{
	struct str s = phrase;

	if (!str_contains(s, STR("决定")) || str_contains(s, STR("决定书")))
		return KIND_NONE;
	for (int strip = 0; strip < 4; strip++) {
		for (size_t i = 0; i < COUNT_OF(decisions); i++)
			if (str_ends(s, str_from_c(decisions[i].ends))) {
				*key = decisions[i].row;
				return KIND_DECISIONS;
			}
		struct str shorter = str_ends(s, STR("处理")) ? str_slice(s, 0, s.len - strlen("处理"))
							      : strip_filler(s);
		if (shorter.len == s.len)
			break;
		s = shorter;
	}
	return KIND_NONE;
}

/* ---- figures of one report */

static struct opt_int line_value(const struct lint_report *r, const char *key, size_t column)
{
	int line = line3(&r->three, key);

	return line < 0 ? (struct opt_int){ .known = false }
			: cell_number(&r->three.cell[line][column]);
}

static struct opt_int plus(struct opt_int x, struct opt_int y)
{
	return (struct opt_int){ x.known && y.known, x.v + y.v };
}

static struct opt_int minus(struct opt_int x, struct opt_int y)
{
	return (struct opt_int){ x.known && y.known, x.v - y.v };
}

/* Of one line, over the applicants the words name. */
static struct opt_int who_value(const struct lint_report *r, const char *key, enum kind kind)
{
	struct opt_int total = line_value(r, key, APPLICANT_TOTAL), natural = line_value(r, key, 0);

	return kind == KIND_NATURAL ? natural : kind == KIND_LEGAL ? minus(total, natural) : total;
}

static void add_received(const struct lint_report *r, enum kind who, bool fresh, bool answered,
			 struct target *t)
{
	struct opt_int new_received = who_value(r, "new_received", who);

	target_add(t, new_received, "一、本年新收");
	if (!fresh)
		target_add(t, plus(new_received, who_value(r, "carried_in", who)), "一、本年新收＋二、上年结转");
	if (answered)
		target_add(t, who_value(r, "results_total", who), "（七）总计");
}

static struct opt_int documents_value(const struct lint_report *r, const char *row,
				      const char *column)
{
	int cell =
		form_table2_find(r->two.form, STR("art20_1"), str_from_c(row), str_from_c(column));

	return cell < 0 || !r->two.found ? (struct opt_int){ .known = false }
					 : cell_number(&r->two.cell[cell]);
}

static void add_documents(const struct lint_report *r, const char *row, const char *what,
			  struct target *t)
{
	if (r->two.form == FORM_2021) {
		target_add(t, documents_value(r, row, what), "表二");
	} else if (strcmp(what, "made") == 0) {
		target_add(t, documents_value(r, row, "made_this_year"), "本年新制作数量");
		target_add(t, documents_value(r, row, "published_this_year"), "本年新公开数量");
	} else if (strcmp(what, "valid") == 0) {
		target_add(t, documents_value(r, row, "public_total"), "对外公开总数量");
	}
}

static void add_decisions(const struct lint_report *r, const char *row, struct target *t)
{
	for (size_t i = 0; i < COUNT_OF(decisions); i++) {
		if (strcmp(row, decisions[i].row) != 0)
			continue;
		int cell = form_table2_find(r->two.form, str_from_c(decisions[i].section),
					    str_from_c(row), STR("decisions"));
		if (cell >= 0 && r->two.found)
			target_add(t, cell_number(&r->two.cell[cell]), "处理决定数量");
	}
}

static void add_group(const struct lint_report *r, const char *key, struct target *t)
{
	int line = line3(&r->three, key);

	if (line >= 0 && line3_has_numbers(&r->three, (size_t)line))
		target_add(t, cell_number(&r->three.cell[line][APPLICANT_TOTAL]), "总计栏");
	else
		target_add(t, sum_lines3(&r->three, key, APPLICANT_TOTAL), "各项总计之和");
}

/* ---- binding */

static struct str group_label(struct checker *c, const char *key)
{
	int line = form_table3_find(FORM_2021, str_from_c(key));

	return str_format(c->arena, "表三“" STR_FMT "”", STR_ARG(line3_form(&c->r->three, (size_t)line)->label));
}

static void set(struct checker *c, struct target *t, const char *scope, const char *label,
		const char *quoted_line)
{
	int line = quoted_line != NULL ? line3(&c->r->three, quoted_line) : -1;

	t->scope = str_from_c(scope);
	t->label = str_from_c(label);
	if (line >= 0)
		t->cell = &c->r->three.cell[line][APPLICANT_TOTAL];
}

static void fill(struct checker *c, enum kind kind, const char *key, int line, struct target *t)
{
	const struct lint_report *r = c->r;

	switch (kind) {
	case KIND_NONE:
		break;
	case KIND_LINE:
		set(c, t, "", "", NULL);
		t->scope = line3_form(&r->three, (size_t)line)->key;
		t->label = str_format(c->arena, "表三“" STR_FMT "”",
				      STR_ARG(line3_form(&r->three, (size_t)line)->label));
		t->cell = &r->three.cell[line][APPLICANT_TOTAL];
		target_add(t, cell_number(t->cell), "总计栏");
		break;
	case KIND_GROUP:
		set(c, t, key, "", key);
		t->label = group_label(c, key);
		add_group(r, key, t);
		break;
	case KIND_CARRIED_IN:
		set(c, t, "carried_in", "表三“二、上年结转”", "carried_in");
		target_add(t, who_value(r, "carried_in", kind), "总计栏");
		break;
	case KIND_CARRIED_OUT:
		set(c, t, "carried_out", "表三“四、结转下年度继续办理”", "carried_out");
		target_add(t, who_value(r, "carried_out", kind), "总计栏");
		break;
	case KIND_NEW:
	case KIND_RECEIVED:
	case KIND_HANDLED:
		set(c, t, "new_received", "表三“一、本年新收”", "new_received");
		add_received(r, kind, kind == KIND_NEW, kind == KIND_HANDLED, t);
		break;
	case KIND_NATURAL:
		set(c, t, "new_received.natural_person", "表三“自然人”栏", "new_received");
		add_received(r, kind, false, true, t);
		break;
	case KIND_LEGAL:
		set(c, t, "new_received.organisations", "表三“法人或其他组织”各栏", "new_received");
		add_received(r, kind, false, true, t);
		break;
	case KIND_ANSWERED:
		set(c, t, "results_total", "表三“（七）总计”", "results_total");
		target_add(t, who_value(r, "results_total", kind), "总计栏");
		break;
	case KIND_DOCUMENTS:
	case KIND_RULES:
		set(c, t, kind == KIND_RULES ? "rules" : "normative_documents", "表二“第二十条第（一）项”", NULL);
		t->documents = true;
		add_documents(r, kind == KIND_RULES ? "rules" : "normative_documents", key, t);
		break;
	case KIND_DECISIONS:
		set(c, t, key, "表二“处理决定数量”", NULL);
		t->documents = true;
		add_decisions(r, key, t);
		break;
	}
}

/*
 * About requests for information at all? The sentence before may have said so, or two results
 * that only requests have, side by side. 不予公开 alone may be said of a document.
 */
static bool about_requests(struct checker *c, size_t sentence)
{
	static const char *const results[] = { "予以公开", "部分公开", "无法提供", "不予处理" };
	const struct lint_sentence *s = &c->r->sentences[sentence];
	int named = 0;

	if (str_contains(s->text, STR("申请")))
		return true;
	for (size_t i = 0; i < COUNT_OF(results); i++)
		named += str_contains(s->text, str_from_c(results[i]));
	if (named >= 2)
		return true;
	if (str_contains(s->text, STR("办结")) && str_contains(s->text, STR("结转下")))
		return true;
	return sentence > 0 && str_starts(s->text, STR("其中")) && str_contains(s[-1].text, STR("申请"));
}

static bool is_other_matter(struct checker *c, const struct quantity *q)
{
	static const char *const others[] = { "提案", "建议", "信访", "留言", "咨询", "来信", "投诉", "热线", "许可",
					      "问卷", "调查", "调解", "救助", "举报电话", NULL };
	static const char *const differences[] = { "同比", "增加", "减少", "增长", "下降",
						   "上升", "多于", "平均", NULL };

	if (has_any(q->phrase, differences))
		return true;
	/* 信访举报投诉类申请 is a line of the table. */
	return has_any(q->phrase, others) && leaf_named(c, q->phrase) < 0;
}

/*
 * Another year than the report's is the last one named before the figure, or 上年 stands in
 * its clause.
 */
static bool is_other_year(struct checker *c, const struct lint_sentence *s,
			  const struct quantity *q)
{
	static const char *const before[] = { "上年", "去年", "上一年", "同期", "历年", "累计", "往年", NULL };
	struct str text = str_slice(s->text, 0, q->start);
	int last = 0, year;

	if (has_any(q->clause, before))
		return true;
	for (size_t at = str_find(text, STR("年"), 0); at != SIZE_MAX; at = str_find(text, STR("年"), at + 1))
		if (at >= 4 && take_year(str_slice(text, at - 4, at), &year))
			last = year;
	return last != 0 && c->r->year.known && last != c->r->year.v;
}

/* 区教育局收到申请20件, in the report of a government: one of its units, by name. */
static bool is_units(const struct lint_report *r, const struct quantity *q)
{
	static const char *const units[] = { "局", "街道", "办事处", "委员会", "镇政府", "乡政府", NULL };

	return is_government(r) && !says_whole(q->clause) && has_any(q->phrase, units);
}

/* 区政府办公室受理17件: one body's figure beside a table for all. */
static bool is_partial(struct checker *c, size_t sentence, const struct quantity *q, enum kind kind)
{
	static const char *const parts[] = { "政府办", "府办", "本级", "代表区政府", "代表市政府", "代表县政府", NULL };
	const struct lint_sentence *s = &c->r->sentences[sentence];
	struct str text = str_slice(s->text, 0, q->start);
	bool follows = sentence > 0 && str_starts(s->text, STR("其中"));

	if (says_whole(q->clause))
		return false;
	if (has_any(text, parts) ||
	    (follows && has_any(s[-1].text, parts) && !says_whole(s[-1].text)))
		return is_government(c->r) || c->r->agency.len == 0;
	/* What 其中 picks out of a number received is a part. */
	bool picks = kind == KIND_NEW || kind == KIND_RECEIVED || kind == KIND_HANDLED ||
		     kind == KIND_ANSWERED;
	return picks && str_contains(text, STR("其中"));
}

bool bind_figure(struct checker *c, size_t sentence, size_t index, struct target *out)
{
	const struct lint_sentence *s = &c->r->sentences[sentence];
	const struct quantity *q = &c->quantities[sentence][index];
	const char *key = NULL;
	enum kind kind = KIND_NONE;
	int line = -1;

	*out = (struct target){ .scope = STR_NONE, .label = STR_NONE };
	if (!is_count_unit(q->unit) || q->approx || s->part == 5)
		return false;
	kind = kind_of_decisions(q->phrase, &key);
	if (kind == KIND_NONE && is_other_matter(c, q))
		return false;
	if (bind_case(c, sentence, q, out))
		return !is_other_year(c, s, q);
	if (kind == KIND_NONE)
		kind = kind_of_documents(q->clause, q->phrase, &key);
	if (kind == KIND_NONE && !about_requests(c, sentence) && leaf_named(c, q->phrase) < 0)
		return false;
	if (kind == KIND_NONE && is_carried_in(c, q->phrase))
		kind = KIND_CARRIED_IN;
	else if (is_other_year(c, s, q))
		return false;
	if (kind == KIND_NONE)
		kind = kind_of_ending(c, q->phrase, &key, &line);
	if (kind == KIND_NONE)
		kind = kind_of_requests(q->phrase);
	/* 103件顺延到下年度答复 */
	if (kind == KIND_NONE && str_contains(str_slice(q->after, 0, 60), STR("下年度")))
		kind = KIND_CARRIED_OUT;
	if (kind == KIND_NONE)
		return false;
	fill(c, kind, key, line, out);
	out->silent = out->documents || is_units(c->r, q);
	out->partial = out->silent ? !says_whole(q->clause) : is_partial(c, sentence, q, kind);
	return out->count > 0;
}

/* ---- the same figure in another report */

struct opt_int target_value(struct arena *a, const struct lint_report *r, struct str scope,
			    size_t which)
{
	struct lint_options options = { .previous = NULL };
	struct checker c = { .arena = a, .r = r, .o = &options };
	struct target t = { .scope = STR_NONE, .label = STR_NONE };
	static const struct { const char *scope; enum kind kind; } kinds[] = {
		{ "new_received", KIND_HANDLED }, { "new_received.natural_person", KIND_NATURAL },
		{ "new_received.organisations", KIND_LEGAL }, { "results_total", KIND_ANSWERED },
		{ "carried_in", KIND_CARRIED_IN }, { "carried_out", KIND_CARRIED_OUT },
	};
	size_t route, outcome;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_equal_c(scope, kinds[i].scope))
			fill(&c, kinds[i].kind, NULL, -1, &t);
	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (endings[i].key != NULL && str_equal_c(scope, endings[i].key))
			add_group(r, endings[i].key, &t);
	if (t.count == 0 && scope_of_case(scope, &route, &outcome))
		target_add(&t, case_value(r, route, outcome), "表四");
	return which < t.count ? t.value[which] : (struct opt_int){ .known = false };
}
