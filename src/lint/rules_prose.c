/*
 * rules_prose.c - sentences against the tables: TX-1, TX-2, W10; pictures: E10.
 *
 * A figure that names a cell must be that cell's. Where the sentence speaks of
 * one office and the table of all, or of cases filed, it is for a person to
 * judge; unless the part is larger than the whole.
 */
#include "lint/lint_internal.h"

#include <string.h>

static bool any_known(const struct target *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->value[i].known)
			return true;
	return false;
}

static bool all_known(const struct target *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (!t->value[i].known)
			return false;
	return true;
}

static bool matches(const struct target *t, int64_t value)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->value[i].known && t->value[i].v == value)
			return true;
	return false;
}

static int64_t largest(const struct target *t)
{
	int64_t most = 0;

	for (size_t i = 0; i < t->count; i++)
		if (t->value[i].known && t->value[i].v > most)
			most = t->value[i].v;
	return most;
}

/*
 * 277; or, where the words may mean two figures,
 * 一、本年新收3525，一、本年新收＋二、上年结转3646
 */
static struct str print_values(struct checker *c, const struct target *t)
{
	struct buf b = buf_open(c->arena, 128, 2048);
	bool one = true;

	for (size_t i = 1; i < t->count; i++)
		one = one && t->value[i].known && t->value[i].v == t->value[0].v;
	if (one)
		return print_opt(c->arena, t->value[0]);
	for (size_t i = 0; i < t->count; i++) {
		buf_addf(&b, "%s%s", b.len > 0 ? "，" : "", t->formula[i]);
		buf_add(&b, print_opt(c->arena, t->value[i]));
	}
	return buf_str(&b);
}

/*
 * The same figure said twice is told once; what the first sentence made plain holds for the
 * second.
 */
static bool told_before(struct checker *c, const struct target *t, struct str said)
{
	for (size_t i = 0; i < c->out->count; i++) {
		const struct lint_finding *f = &c->out->findings[i];
		if (str_starts(f->key, STR("TX-")) && str_ends(f->key, t->scope) &&
		    str_equal(f->left.value, said))
			return true;
	}
	return false;
}

/* The clause in which the figure stands, for the quote. */
static struct str around(const struct quantity *q, struct str sentence)
{
	size_t start = q->start - q->clause.len;

	return str_slice(sentence, start, q->end);
}

static void mismatch(struct checker *c, const struct lint_sentence *s, const struct quantity *q,
		     const struct target *t)
{
	struct str said = print_value(c->arena, q->value), table = print_values(c, t);
	bool larger = q->value > largest(t);
	enum lint_severity severity = LINT_ERROR;
	const char *rule = "TX-1", *why = "";

	if (told_before(c, t, said))
		return;
	if (t->filed) {
		rule = "TX-2";
		severity = LINT_WARNING;
		why = "正文说的可能是当年收到或者备案的案件，表四统计的是审结和年末未审结的案件；"
		      "请核对并在正文写明口径。";
	} else if (t->partial && !larger) {
		severity = LINT_WARNING;
		why = "正文说的可能只是其中一个单位，表格是全部单位；请核对并在正文写明范围。";
	} else if (t->partial) {
		severity = t->silent ? LINT_WARNING : LINT_ERROR;
		why = "正文说的是其中一部分，却大于表格的全部。";
	}
	struct lint_finding *f = finding(
		c, severity, rule, t->scope,
		str_format(c->arena, "正文写" STR_FMT STR_FMT "，" STR_FMT "是" STR_FMT "。%s",
			   STR_ARG(said), STR_ARG(q->unit), STR_ARG(t->label), STR_ARG(table),
			   why));
	f->left = quote_text(c->r, s->place, around(q, s->text), said);
	if (t->cell != NULL && t->cell->state == LINT_VALUE && t->count == 1 &&
	    t->cell->value == t->value[0].v)
		f->right = quote_cell(c, c->r, t->cell, t->label);
	else
		f->right = quote_text(c->r,
				      t->documents	? c->r->two.place
				      : t->cell != NULL ? t->cell->place
							: c->r->three.place,
				      t->label, table);
}

static void check_figure(struct checker *c, size_t sentence, size_t index)
{
	const struct quantity *q = &c->quantities[sentence][index];
	struct target t;

	if (!bind_figure(c, sentence, index, &t))
		return;
	if (matches(&t, q->value)) {
		verdict(c, "TX-1", t.scope, LINT_HOLDS);
		return;
	}
	/* A smaller number may be one office's: it claims nothing about the table. */
	if (t.silent && t.partial && any_known(&t) && q->value <= largest(&t)) {
		verdict(c, "TX-1", t.scope, LINT_NOT_APPLICABLE);
		return;
	}
	if (!all_known(&t)) {
		verdict(c, t.filed ? "TX-2" : "TX-1", t.scope, LINT_CANNOT_JUDGE);
		return;
	}
	verdict(c, t.filed ? "TX-2" : "TX-1", t.scope, LINT_BROKEN);
	mismatch(c, &c->r->sentences[sentence], q, &t);
}

/* ---- W10 */

/* 复议后起诉 counts a request that is among the reconsiderations already. */
static void check_procedures(struct checker *c, size_t sentence)
{
	const struct lint_sentence *s = &c->r->sentences[sentence];
	struct opt_int twice = case_value(c->r, 2, ROUTE_TOTAL);

	for (size_t i = 0; i < c->quantities_count[sentence]; i++) {
		struct target t;
		const struct quantity *q = &c->quantities[sentence][i];
		if (!is_count_unit(q->unit) || !bind_case(c, sentence, q, &t) ||
		    !str_equal_c(t.scope, "all.total"))
			continue;
		verdict(c, "W10", STR_NONE,
			!twice.known  ? LINT_CANNOT_JUDGE
			: twice.v > 0 ? LINT_BROKEN
				      : LINT_HOLDS);
		if (!twice.known || twice.v == 0)
			continue;
		struct lint_finding *f =
			finding(c, LINT_WARNING, "W10", STR_NONE,
				str_format(c->arena,
					   "正文把复议和诉讼合计为" STR_FMT
					   "件，这是程序数：其中复议后起诉" STR_FMT
					   "件与复议可能是同一申请，请勿当作申请件数。",
					   STR_ARG(print_value(c->arena, q->value)),
					   STR_ARG(print_value(c->arena, twice.v))));
		f->left = quote_text(c->r, s->place, around(q, s->text),
				     print_value(c->arena, q->value));
		f->right = quote_cell(c, c->r, &c->r->four.cell[2][ROUTE_TOTAL], STR("表四复议后起诉“总计”"));
	}
}

/* ---- E10 */

static const struct { const char *word, *key; } shares[] = {
	{ "予以公开", "granted" }, { "部分公开", "partly_granted" }, { "不予公开", "denied" },
	{ "无法提供", "unable" }, { "不予处理", "not_processed" }, { "其他处理", "other_handling" },
};

/* The number behind a word in a picture's text: "予以公开 123件 44.6%". */
static bool number_behind(struct str text, const char *word, int64_t *value, int *decimals,
			  bool *percent)
{
	size_t at = str_find(text, str_from_c(word), 0), end;

	if (at == SIZE_MAX)
		return false;
	at += strlen(word);
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == ','))
		at++;
	if (str_starts(str_slice(text, at, text.len), STR("：")))
		at += strlen("：");
	end = at;
	while (end < text.len && (is_digit(text.ptr[end]) || text.ptr[end] == '.'))
		end++;
	struct str digits = str_slice(text, at, end);
	struct lint_cell cell = cell_parse(digits, digits, STR_NONE);
	size_t point = str_find(digits, STR("."), 0);
	*percent = end < text.len && text.ptr[end] == '%';
	*decimals = point == SIZE_MAX ? 0 : (int)(digits.len - point - 1);
	*value = cell.value;
	return cell.state == LINT_VALUE;
}

int shares_named(struct str text)
{
	int64_t value;
	int named = 0, decimals;
	bool percent;

	for (size_t i = 0; i < COUNT_OF(shares); i++)
		named += number_behind(text, shares[i].word, &value, &decimals, &percent);
	return named;
}

static void check_picture(struct checker *c, const struct lint_picture *p)
{
	int total = line3(&c->r->three, "results_total");
	struct opt_int whole = cell_number(&c->r->three.cell[total][APPLICANT_TOTAL]);

	for (size_t i = 0; i < COUNT_OF(shares); i++) {
		int64_t value;
		int decimals;
		bool percent;
		if (!number_behind(p->text, shares[i].word, &value, &decimals, &percent))
			continue;
		int line = line3(&c->r->three, shares[i].key);
		struct opt_int part = sum_lines3(&c->r->three, shares[i].key, APPLICANT_TOTAL);
		bool known = line >= 0 && part.known && (!percent || whole.known);
		bool holds = known && (percent ? percent_fits(value, decimals, part.v, whole.v)
					       : part.v == value);
		verdict(c, "E10", str_from_c(shares[i].key),
			!known	? LINT_CANNOT_JUDGE
			: holds ? LINT_HOLDS
				: LINT_BROKEN);
		if (!known || holds)
			continue;
		struct lint_finding *f = finding(
			c, LINT_ERROR, "E10", str_from_c(shares[i].key),
			str_format(c->arena,
				   "图中“%s”是" STR_FMT "%s，表三是" STR_FMT "件（共" STR_FMT
				   "件）。",
				   shares[i].word, STR_ARG(print_value(c->arena, value)),
				   percent ? "%" : "", STR_ARG(print_value(c->arena, part.v)),
				   STR_ARG(print_opt(c->arena, whole))));
		f->left = quote_text(c->r, p->place, p->text, print_value(c->arena, value));
		f->right = quote_text(c->r, c->r->three.place, str_from_c(shares[i].word),
				      print_value(c->arena, part.v));
	}
}

void rules_prose(struct checker *c)
{
	for (size_t i = 0; i < c->r->sentences_count; i++) {
		for (size_t k = 0; k < c->quantities_count[i]; k++)
			check_figure(c, i, k);
		check_procedures(c, i);
	}
	for (size_t i = 0; i < c->r->pictures_count; i++)
		check_picture(c, &c->r->pictures[i]);
}
