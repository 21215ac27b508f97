/*
 * rules_growth.c - W5: growth against last year.
 *
 * With last year's report at hand the rate is computed again. Without it a rate
 * that no whole number of last year can give is wrong, and one on a figure of
 * the tables is handed on to a person, with the number it implies. A difference
 * told beside it (同比增加20件) is a base as good as the number itself.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { BASES_TOLD = 3, STEPS_MAX = 64 };

static const char *const against[] = { "同比", "较上年", "比上年", "较去年", "比去年", "上年相比", "去年相比",
				       "较上一年", "比上一年", NULL };
static const char *const ups[] = { "增长", "上升", "增加", "提高", "提升", NULL };
static const char *const downs[] = { "下降", "减少", "降低", "回落", "下滑", NULL };

static bool is_growth(const struct quantity *p, bool *down)
{
	*down = has_any(p->phrase, downs);
	return has_any(p->phrase, against) && (*down || has_any(p->phrase, ups));
}

/* 同比增加20件: a difference to last year, in the unit of what is counted. */
static bool is_difference(const struct quantity *q, bool *down)
{
	return !q->approx && !str_equal_c(q->unit, "%") && is_growth(q, down);
}

/* …，同比减少20件，下降7.8%: the rate goes with the difference just before it. */
static bool follows_difference(const struct quantity *all, size_t index)
{
	const struct quantity *p = &all[index];
	bool down, fell = has_any(p->phrase, downs);

	return index > 0 && p->start - all[index - 1].end <= 30 &&
	       all[index - 1].depth == p->depth && is_difference(&all[index - 1], &down) &&
	       down == fell &&
	       (fell || has_any(p->phrase, ups));
}

static bool rate_fits(const struct quantity *p, bool down, int64_t now, int64_t base)
{
	int64_t change = down ? base - now : now - base;

	return base > 0 && change >= 0 && percent_fits(p->value, p->decimals, change, base);
}

static const char *const last_year[] = { "上年", "去年", "上一年", NULL };

/* 较上年的5件, but not 上年结转17件 */
static bool is_base(const struct quantity *q)
{
	return has_any(q->phrase, last_year) && !str_contains(q->phrase, STR("结转"));
}

/* The count the rate is about: the last one before it, but not one in brackets between. */
static bool subject_of(const struct checker *c, size_t sentence, size_t index, size_t *subject)
{
	int depth = c->quantities[sentence][index].depth;

	while (index-- > 0) {
		const struct quantity *q = &c->quantities[sentence][index];
		bool down;
		*subject = index;
		if (!str_equal_c(q->unit, "%") && q->depth <= depth && !is_base(q) &&
		    !is_growth(q, &down))
			return !q->approx && !str_equal_c(q->unit, "万元") && !str_equal_c(q->unit, "元");
	}
	return false;
}

/* 较上年的3607件 in the same sentence. */
static struct opt_int base_in_sentence(const struct checker *c, size_t sentence, size_t subject)
{
	const struct quantity *q = c->quantities[sentence];

	for (size_t i = 0; i < c->quantities_count[sentence]; i++)
		if (i != subject && str_equal(q[i].unit, q[subject].unit) && is_base(&q[i]))
			return (struct opt_int){ true, q[i].value };
	return (struct opt_int){ .known = false };
}

/* 277件，同比减少20件: last year's were 297. */
static struct opt_int base_by_difference(const struct checker *c, size_t sentence, size_t subject,
					 size_t index)
{
	const struct quantity *q = c->quantities[sentence];
	bool down;

	if (index == subject + 1 || !str_equal(q[index - 1].unit, q[subject].unit) ||
	    !is_difference(&q[index - 1], &down))
		return (struct opt_int){ .known = false };
	int64_t change = q[index - 1].value;
	return (struct opt_int){ true, q[subject].value + (down ? change : -change) };
}

/* The figure of last year's report that is introduced by the same words. */
static struct opt_int base_by_words(const struct checker *c, const struct quantity *q)
{
	const struct lint_report *before = c->o->previous;

	for (size_t i = 0; q->phrase.len >= 4 * strlen("共") && i < before->sentences_count; i++) {
		size_t count;
		if (!str_contains(before->sentences[i].text, q->phrase))
			continue;
		struct quantity *list = quantities(c->arena, before->sentences[i].text, &count);
		for (size_t k = 0; k < count; k++)
			if (str_equal(list[k].phrase, q->phrase) &&
			    str_equal(list[k].unit, q->unit) && !list[k].approx)
				return (struct opt_int){ true, list[k].value };
	}
	return (struct opt_int){ .known = false };
}

static struct opt_int base_of(struct checker *c, size_t sentence, size_t subject, size_t index,
			      const struct target *t)
{
	const struct quantity *q = &c->quantities[sentence][subject];
	struct opt_int base = base_in_sentence(c, sentence, subject);

	if (!base.known)
		base = base_by_difference(c, sentence, subject, index);
	if (base.known || c->o->previous == NULL)
		return base;
	/* By the same sum that made this year's figure: new, or new and carried in. */
	for (size_t i = 0; i < t->count && !base.known; i++)
		if (t->value[i].known && t->value[i].v == q->value)
			base = target_value(c->arena, c->o->previous, t->scope, i);
	return base.known ? base : base_by_words(c, q);
}

/* now / (1 + percent / 100), or with a minus for a fall; 0 if nothing is left to divide by. */
static double base_at(double now, double percent, bool down)
{
	double factor = down ? 1 - percent / 100 : 1 + percent / 100;

	return factor > 0 ? now / factor : 0;
}

/*
 * The whole numbers of last year that give the rate, from the least; how many, up to one
 * more than are told.
 */
static size_t bases_that_fit(const struct quantity *p, bool down, int64_t now,
			     int64_t bases[BASES_TOLD + 1])
{
	double unit = 1, rate = (double)p->value / LINT_SCALE,
	       count_now = (double)(now / LINT_SCALE);
	size_t count = 0;

	for (int i = 0; i < p->decimals; i++)
		unit /= 10;
	/* percent_fits takes rates from half a unit below the exact one to a whole unit above. */
	double low = base_at(count_now, down ? rate - unit / 2 : rate + unit, down);
	if (low > 1e12)
		return 0;
	for (int64_t b = (int64_t)low - 1; b <= (int64_t)low + STEPS_MAX && count <= BASES_TOLD;
	     b++)
		if (b > 0 && rate_fits(p, down, now, b * LINT_SCALE))
			bases[count++] = b;
	return count;
}

static struct lint_finding *growth_finding(struct checker *c, size_t sentence,
					   const struct quantity *p, struct str message)
{
	const struct lint_sentence *s = &c->r->sentences[sentence];
	struct lint_finding *f = finding(c, LINT_WARNING, "W5", STR_NONE, message);

	f->left = quote_text(c->r, s->place, str_slice(s->text, p->start - p->clause.len, p->end),
			     print_value(c->arena, p->value));
	return f;
}

static void wrong_rate(struct checker *c, size_t sentence, size_t index, size_t subject,
		       int64_t base)
{
	const struct quantity *p = &c->quantities[sentence][index],
			      *q = &c->quantities[sentence][subject];
	double rate = ((double)q->value - (double)base) / (double)base * 100;
	struct lint_finding *f = growth_finding(
		c, sentence, p,
		str_format(c->arena,
			   STR_FMT STR_FMT "与上年的" STR_FMT STR_FMT
					   "相比，变化是%.*f%%，正文写的是" STR_FMT "%%。",
			   STR_ARG(print_value(c->arena, q->value)), STR_ARG(q->unit),
			   STR_ARG(print_value(c->arena, base)), STR_ARG(q->unit),
			   p->decimals > 2 ? p->decimals : 2, rate,
			   STR_ARG(print_value(c->arena, p->value))));
	const struct lint_report *from = c->o->previous != NULL ? c->o->previous : c->r;

	f->right = quote_text(from, STR_NONE, STR("上年的数字"), print_value(c->arena, base));
}

static void implied_rate(struct checker *c, size_t sentence, const struct quantity *p,
			 const int64_t *bases, size_t count)
{
	struct buf b = buf_open(c->arena, 64, 1024);

	for (size_t i = 0; i < count && i < BASES_TOLD; i++) {
		buf_add_c(&b, i > 0 ? "、" : "");
		buf_add_i64(&b, bases[i]);
	}
	growth_finding(c, sentence, p,
		       str_format(c->arena,
				  "同比" STR_FMT "%%意味着上年是" STR_FMT
				  "%s，须由上年的报告核对，请一并给出上年的报告。",
				  STR_ARG(print_value(c->arena, p->value)), STR_ARG(buf_str(&b)),
				  count > BASES_TOLD ? "等" : ""));
}

void check_growth(struct checker *c, size_t sentence, size_t index)
{
	const struct quantity *p = &c->quantities[sentence][index];
	int64_t bases[BASES_TOLD + 1];
	size_t subject, count;
	struct target t = { .scope = STR_NONE };
	bool down;

	bool growth = is_growth(p, &down) || follows_difference(c->quantities[sentence], index);
	if (p->approx || !growth || !subject_of(c, sentence, index, &subject))
		return;
	const struct quantity *q = &c->quantities[sentence][subject];
	bool bound = bind_figure(c, sentence, subject, &t);
	struct opt_int base = base_of(c, sentence, subject, index, &t);
	if (base.known) {
		bool fits = rate_fits(p, down, q->value, base.v);
		verdict(c, "W5", t.scope, fits ? LINT_HOLDS : LINT_BROKEN);
		if (!fits && base.v > 0)
			wrong_rate(c, sentence, index, subject, base.v);
		return;
	}
	if (q->value % LINT_SCALE != 0)
		return;
	count = bases_that_fit(p, down, q->value, bases);
	if (count == 0) {
		verdict(c, "W5", t.scope, LINT_BROKEN);
		growth_finding(c, sentence, p,
			str_format(c->arena, "没有哪个整数能与" STR_FMT STR_FMT "得出" STR_FMT "%%，请核对。",
				   STR_ARG(print_value(c->arena, q->value)), STR_ARG(q->unit),
				   STR_ARG(print_value(c->arena, p->value))));
		return;
	}
	verdict(c, "W5", t.scope, LINT_CANNOT_JUDGE);
	if (bound)
		implied_rate(c, sentence, p, bases, count);
}
