/*
 * rules_sums.c - arithmetic inside sentences: lists and their totals (S1), shares
 * (S2), growth against last year (W5), channel uses against things (W8).
 *
 * 其中 need not name everything, and kinds may overlap; so a list is told only
 * when it comes close to its total without meeting it, or exceeds it. All of
 * these are warnings: words bind figures less surely than tables do.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { ITEMS_MIN = 3, CLOSE_PERCENT = 10, LISTS_MAX = 8 };

struct list { size_t sentence, first, end; int64_t sum; size_t items; struct str unit; };

/* How many brackets are open at `at`. */
static int depth(struct str s, size_t at)
{
	int open = 0;

	s = str_slice(s, 0, at);
	for (size_t i = str_find(s, STR("（"), 0); i < at; i = str_find(s, STR("（"), i + 1))
		open++;
	for (size_t i = str_find(s, STR("）"), 0); i < at; i = str_find(s, STR("）"), i + 1))
		open--;
	return open;
}

/* 较上年的5件: a figure of another year, no item of a list. */
static bool compares(const struct quantity *q)
{
	static const char *const words[] = { "上年", "去年", "同比", "增加", "减少", "增长", "下降", NULL };

	return has_any(q->phrase, words) && !str_contains(q->phrase, STR("结转"));
}

/* Figures of one unit and this depth of brackets, from `index` on, all before `stop`. */
static struct list read_list(struct checker *c, size_t sentence, int level, size_t index,
			     size_t stop)
{
	const struct quantity *q = c->quantities[sentence];
	struct list l = {
		.sentence = sentence, .first = index, .end = index, .unit = q[index].unit
	};

	for (; l.end < c->quantities_count[sentence]; l.end++) {
		const struct quantity *at = &q[l.end];
		if (at->start > stop || at->depth < level)
			break;
		if (at->depth > level || !str_equal(at->unit, l.unit) || at->approx ||
		    compares(at))
			continue;
		l.sum += at->value;
		l.items++;
	}
	return l;
}

static struct str quote_list(const struct checker *c, const struct list *l)
{
	const struct quantity *q = c->quantities[l->sentence];

	return str_slice(c->r->sentences[l->sentence].text,
			 q[l->first].start - q[l->first].phrase.len, q[l->end - 1].end);
}

static void wrong_sum(struct checker *c, const struct list *l, const struct quantity *head,
		      size_t head_sentence)
{
	struct str sum = print_value(c->arena, l->sum), total = print_value(c->arena, head->value);
	struct lint_finding *f =
		finding(c, LINT_WARNING, "S1", STR_NONE,
			str_format(c->arena,
				   "列举的%zu项相加是" STR_FMT STR_FMT "，与总数" STR_FMT STR_FMT
				   "%s，请核对。",
				   l->items, STR_ARG(sum), STR_ARG(l->unit), STR_ARG(total),
				   STR_ARG(l->unit), l->sum > head->value ? "相比偏大" : "不等"));

	f->left = quote_text(c->r, c->r->sentences[l->sentence].place, quote_list(c, l), sum);
	f->right = quote_text(c->r, c->r->sentences[head_sentence].place,
			      str_slice(c->r->sentences[head_sentence].text,
					head->start - head->clause.len, head->end),
			      total);
}

/*
 * Channels are counted in times, things in pieces: 19份 by 14次, 12次 and 7次 is right, and
 * wants a word.
 */
static void check_channels(struct checker *c, const struct list *l, const struct quantity *head)
{
	static const char *const uses[] = { "次", "场", "期", "场次" };
	static const char *const things[] = { "份", "件", "个", "项" };
	bool use = false, thing = false;

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		use = use || str_equal_c(l->unit, uses[i]);
	for (size_t i = 0; i < COUNT_OF(things); i++)
		thing = thing || str_equal_c(head->unit, things[i]);
	if (!use || !thing || l->items < 2)
		return;
	verdict(c, "W8", STR_NONE, l->sum > head->value ? LINT_BROKEN : LINT_HOLDS);
	if (l->sum <= head->value)
		return;
	struct lint_finding *f = finding(
		c, LINT_WARNING, "W8", STR_NONE,
		str_format(c->arena,
			   "各渠道合计" STR_FMT STR_FMT "，多于" STR_FMT STR_FMT
			   "：同一事项可以用几种渠道，建议加以说明，以免误读。",
			   STR_ARG(print_value(c->arena, l->sum)), STR_ARG(l->unit),
			   STR_ARG(print_value(c->arena, head->value)), STR_ARG(head->unit)));
	f->left = quote_text(c->r, c->r->sentences[l->sentence].place, quote_list(c, l),
			     print_value(c->arena, l->sum));
	f->right = quote_text(c->r, c->r->sentences[l->sentence].place,
			      str_slice(c->r->sentences[l->sentence].text,
					head->start - head->clause.len, head->end),
			      print_value(c->arena, head->value));
}

/* heads: the figures [0, heads_end) of head_sentence, one of which the list may sum to. */
static void judge_list(struct checker *c, const struct list *l, size_t head_sentence,
		       size_t heads_end)
{
	const struct quantity *q = c->quantities[head_sentence], *nearest = NULL;
	int64_t least = INT64_MAX, most = 0;

	for (size_t i = 0; i < heads_end; i++) {
		int64_t off = q[i].value > l->sum ? q[i].value - l->sum : l->sum - q[i].value;
		if (!str_equal(q[i].unit, l->unit) || q[i].approx)
			continue;
		most = q[i].value > most ? q[i].value : most;
		if (off < least) {
			least = off;
			nearest = &q[i];
		}
	}
	if (nearest == NULL) {
		if (heads_end > 0)
			check_channels(c, l, &q[heads_end - 1]);
		return;
	}
	if (least == 0) {
		verdict(c, "S1", STR_NONE, LINT_HOLDS);
		return;
	}
	bool told =
		l->items >= ITEMS_MIN && (l->sum > most || least <= nearest->value / CLOSE_PERCENT);
	verdict(c, "S1", STR_NONE, told ? LINT_BROKEN : LINT_NOT_APPLICABLE);
	if (told)
		wrong_sum(c, l, nearest, head_sentence);
}

static size_t first_behind(const struct checker *c, size_t sentence, size_t at)
{
	size_t i = 0;

	while (i < c->quantities_count[sentence] && c->quantities[sentence][i].start < at)
		i++;
	return i;
}

/*
 * Every list that 其中 opens: each run between ； is one, for it may name all of the same
 * things again.
 */
static void check_among(struct checker *c, size_t sentence)
{
	struct str s = c->r->sentences[sentence].text;
	size_t at = str_find(s, STR("其中"), 0);

	for (int lists = 0; at != SIZE_MAX && lists < LISTS_MAX; lists++) {
		size_t head = sentence, heads_end = first_behind(c, sentence, at);
		size_t other = str_find(s, STR("其中"), at + 1), i = heads_end, next;
		int level = depth(s, at);
		if (heads_end == 0 && sentence > 0) {
			head = sentence - 1;
			heads_end = c->quantities_count[head];
		}
		for (bool first = true; i < c->quantities_count[sentence];
		     i = next, first = false) {
			size_t stop = str_find(s, STR("；"), c->quantities[sentence][i].start);
			/* A later run with its own 其中 is about something else. */
			if (c->quantities[sentence][i].start > other || (!first && other < stop))
				break;
			struct list l =
				read_list(c, sentence, level, i, stop < other ? stop : other);
			next = l.end > i ? l.end : i + 1;
			if (l.items >= 2 && !str_equal_c(l.unit, "%"))
				judge_list(c, &l, head, heads_end);
		}
		at = other;
	}
}

/* 3607件（市政府349件、市各有关部门933件…） */
static void check_brackets(struct checker *c, size_t sentence)
{
	static const char *const not_all[] = { "（含", "（包括", "（其中", "（另", NULL };
	struct str s = c->r->sentences[sentence].text;

	for (size_t i = 0; i + 1 < c->quantities_count[sentence]; i++) {
		const struct quantity *q = &c->quantities[sentence][i];
		struct str after = str_slice(s, q->end, q->end + 20);
		bool part = false;
		for (size_t k = 0; not_all[k] != NULL; k++)
			part = part || str_starts(after, str_from_c(not_all[k]));
		if (!str_starts(after, STR("（")) || part)
			continue;
		struct list l = read_list(c, sentence, q->depth + 1, i + 1, SIZE_MAX);
		if (l.items < ITEMS_MIN || !str_equal(l.unit, q->unit))
			continue;
		verdict(c, "S1", STR_NONE, l.sum == q->value ? LINT_HOLDS : LINT_BROKEN);
		if (l.sum != q->value)
			wrong_sum(c, &l, q, sentence);
	}
}

/* 新收277件，上年结转17件，共计295件: the total behind its items. */
static void check_total_behind(struct checker *c, size_t sentence, size_t index)
{
	static const char *const words[] = { "共计", "合计", "总计", "共" };
	const struct quantity *q = c->quantities[sentence], *total = &q[index];
	struct str s = c->r->sentences[sentence].text;
	bool said = false;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		said = said || str_equal_c(total->phrase, words[i]);
	if (!said || total->approx || total->depth > 0 ||
	    str_contains(str_slice(s, 0, total->start), STR("其中")))
		return;
	/* From the last stop on: what stands before a ； is another matter. */
	size_t first = index;
	while (first > 0 && !str_contains(str_slice(s, q[first - 1].end, total->start), STR("；")))
		first--;
	struct list l = { .sentence = sentence, .first = first, .end = index, .unit = total->unit };
	for (size_t i = first; i < index; i++) {
		if (q[i].depth > 0 || !str_equal(q[i].unit, l.unit))
			continue;
		if (q[i].approx || compares(&q[i]))
			return;
		l.sum += q[i].value;
		l.items++;
	}
	int64_t off = l.sum > total->value ? l.sum - total->value : total->value - l.sum;
	if (l.items < 2 || off > total->value / CLOSE_PERCENT)
		return;
	verdict(c, "S1", STR_NONE, off == 0 ? LINT_HOLDS : LINT_BROKEN);
	if (off != 0)
		wrong_sum(c, &l, total, sentence);
}

/* ---- S2 */

static const struct quantity *count_before(const struct checker *c, size_t sentence, size_t index)
{
	while (index-- > 0)
		if (!str_equal_c(c->quantities[sentence][index].unit, "%"))
			return &c->quantities[sentence][index];
	return NULL;
}

/* 不予公开占13.8%: the result that a share names without its number; or NULL. */
static const char *result_said(struct str phrase)
{
	static const struct { const char *word, *key; } results[] = {
		{ "予以公开", "granted" }, { "部分公开", "partly_granted" }, { "不予公开", "denied" },
		{ "无法提供", "unable" }, { "不予处理", "not_processed" },
	};
	size_t at = str_find(phrase, STR("占"), 0);
	struct str said = str_slice(phrase, 0, at == SIZE_MAX ? 0 : at);

	for (size_t i = 0; i < COUNT_OF(results); i++)
		if (str_ends(said, str_from_c(results[i].word)))
			return results[i].key;
	return NULL;
}

/* Against the table alone; false: it names no result, or another matter's. */
static bool share_of_table(struct checker *c, size_t sentence, const struct quantity *p)
{
	static const char *const totals[] = { "new_received", "results_total" };
	struct str s = c->r->sentences[sentence].text;
	const char *key = result_said(p->phrase);
	struct opt_int part = { .known = false };
	bool fits = false, any = false;

	if (key == NULL || p->approx || (!str_contains(s, STR("申请")) && !str_contains(s, STR("办结"))))
		return false;
	part = target_value(c->arena, c->r, str_from_c(key), 0);
	for (size_t i = 0; part.known && i < COUNT_OF(totals); i++)
		for (size_t k = 0; k < TARGET_VALUES; k++) {
			struct opt_int whole =
				target_value(c->arena, c->r, str_from_c(totals[i]), k);
			if (!whole.known || whole.v <= 0)
				continue;
			any = true;
			fits = fits || percent_fits(p->value, p->decimals, part.v, whole.v);
		}
	verdict(c, "S2", STR_NONE, !any ? LINT_CANNOT_JUDGE : fits ? LINT_HOLDS : LINT_BROKEN);
	if (!any || fits)
		return true;
	struct lint_finding *f = finding(
		c, LINT_WARNING, "S2", STR_NONE,
		str_format(c->arena,
			   STR_FMT STR_FMT "%%：表三这一项是" STR_FMT
					   "件，与表中的任何总数都对不上，请核对。",
			   STR_ARG(p->phrase), STR_ARG(print_value(c->arena, p->value)),
			   STR_ARG(print_value(c->arena, part.v))));
	f->left = quote_text(c->r, c->r->sentences[sentence].place,
			     str_slice(s, p->start - p->clause.len, p->end),
			     print_value(c->arena, p->value));
	return true;
}

static void check_share(struct checker *c, size_t sentence, size_t index)
{
	const struct quantity *all = c->quantities[sentence], *p = &all[index],
			      *q = count_before(c, sentence, index);
	static const char *const totals[] = { "new_received", "results_total" };
	size_t wholes = 0;

	if (share_of_table(c, sentence, p))
		return;
	if (q == NULL || q->approx || p->approx || p->start - q->end > 60)
		return;
	for (size_t i = 0; i < c->quantities_count[sentence]; i++) {
		if (!str_equal(all[i].unit, q->unit) || all[i].value < q->value || &all[i] == q)
			continue;
		wholes++;
		if (percent_fits(p->value, p->decimals, q->value, all[i].value)) {
			verdict(c, "S2", STR_NONE, LINT_HOLDS);
			return;
		}
	}
	struct target t;
	/*
	 * A result of table 三 is a share of its totals, said or not; of cases the sentence
	 * must tell.
	 */
	bool result = bind_figure(c, sentence, (size_t)(q - all), &t) && !t.documents &&
		      str_find(t.scope, STR("."), 0) == SIZE_MAX;
	for (size_t i = 0; i < COUNT_OF(totals) && is_count_unit(q->unit); i++)
		for (size_t k = 0; k < TARGET_VALUES; k++) {
			struct opt_int whole =
				target_value(c->arena, c->r, str_from_c(totals[i]), k);
			if (whole.known && percent_fits(p->value, p->decimals, q->value, whole.v)) {
				verdict(c, "S2", STR_NONE, LINT_HOLDS);
				return;
			}
			wholes += whole.known && result;
		}
	verdict(c, "S2", STR_NONE, wholes > 0 ? LINT_BROKEN : LINT_CANNOT_JUDGE);
	if (wholes == 0)
		return;
	struct lint_finding *f =
		finding(c, LINT_WARNING, "S2", STR_NONE,
			str_format(c->arena,
				   STR_FMT STR_FMT "占" STR_FMT
						   "%%：与句中和表中的任何总数都对不上，请核对。",
				   STR_ARG(print_value(c->arena, q->value)), STR_ARG(q->unit),
				   STR_ARG(print_value(c->arena, p->value))));
	f->left = quote_text(
		c->r, c->r->sentences[sentence].place,
		str_slice(c->r->sentences[sentence].text, q->start - q->clause.len, p->end),
		print_value(c->arena, p->value));
}

void rules_sums(struct checker *c)
{
	for (size_t i = 0; i < c->r->sentences_count; i++) {
		check_among(c, i);
		check_brackets(c, i);
		for (size_t k = 0; k < c->quantities_count[i]; k++) {
			const struct quantity *q = &c->quantities[i][k];
			check_total_behind(c, i, k);
			if (!str_equal_c(q->unit, "%"))
				continue;
			if (str_contains(q->phrase, STR("占")))
				check_share(c, i, k);
			else
				check_growth(c, i, k);
		}
	}
}
