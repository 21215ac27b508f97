/*
 * rules_years.c - this year's report against last year's, of the same body.
 *
 * What last year carried out this year carries in. A report that names a change
 * of scope may differ; it is then asked to say why, instead of being wrong.
 * Documents also leave by lapse of time, so the chain of 现行有效 is a warning.
 */
#include "lint/lint_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SHINGLE = 5, SHINGLES_MAX = 20000, JUMP_FACTOR = 3, JUMP_LEAST = 20, PROMISES_MAX = 20 };

static bool scope_changes(const struct lint_report *r)
{
	for (size_t i = 0; i < r->sentences_count; i++)
		if (is_scope_note(r->sentences[i].text))
			return true;
	return false;
}

static enum lint_severity chain_severity(struct checker *c)
{
	return scope_changes(c->r) || scope_changes(c->o->previous) ? LINT_WARNING : LINT_ERROR;
}

/* ---- T3-4 */

static void check_carried(struct checker *c, size_t column)
{
	const struct lint_report *before = c->o->previous;
	const struct lint_cell *in = &c->r->three.cell[line3(&c->r->three, "carried_in")][column];
	const struct lint_cell *out =
		&before->three.cell[line3(&before->three, "carried_out")][column];
	struct str scope = form_applicants[column].key;

	if (in->state != LINT_VALUE || out->state != LINT_VALUE) {
		verdict(c, "T3-4", scope, LINT_CANNOT_JUDGE);
		return;
	}
	verdict(c, "T3-4", scope, in->value == out->value ? LINT_HOLDS : LINT_BROKEN);
	if (in->value == out->value)
		return;
	struct lint_finding *f = finding(c, chain_severity(c), "T3-4", scope,
					 str_format(c->arena,
						    "表三“" STR_FMT "”栏：上年结转是" STR_FMT
						    "，上年的报告结转下年度是" STR_FMT "。",
						    STR_ARG(form_applicants[column].label),
						    STR_ARG(print_value(c->arena, in->value)),
						    STR_ARG(print_value(c->arena, out->value))));
	f->left = quote_cell(c, c->r, in, STR("二、上年结转"));
	f->right = quote_cell(c, before, out, STR("四、结转下年度继续办理"));
}

/* ---- T2-2, T2-3 */

/* this year's cell = last year's `from` + sign × `by`, of the same row. */
static void check_chain(struct checker *c, size_t cell, const struct lint_cell *now,
			struct opt_int expected, const char *rule, enum lint_severity severity,
			struct str how)
{
	size_t count;
	const struct form_cell2 *form = &form_table2(c->r->two.form, &count)[cell];
	bool known = now->state == LINT_VALUE && expected.known;
	bool holds = known && now->value == expected.v;

	verdict(c, rule, form->row, !known ? LINT_CANNOT_JUDGE : holds ? LINT_HOLDS : LINT_BROKEN);
	if (!known || holds)
		return;
	struct lint_finding *f =
		finding(c, severity, rule, form->row,
			str_format(c->arena,
				   "表二“" STR_FMT "”" STR_FMT "是" STR_FMT "，" STR_FMT
				   "应是" STR_FMT "。",
				   STR_ARG(form->row_label), STR_ARG(form->column_label),
				   STR_ARG(print_value(c->arena, now->value)), STR_ARG(how),
				   STR_ARG(print_value(c->arena, expected.v))));
	f->left = quote_cell(c, c->r, now, form->column_label);
	f->right = quote_text(c->o->previous, c->o->previous->two.place, how,
			      print_value(c->arena, expected.v));
}

static struct opt_int sum3(const struct lint_cell *x, const struct lint_cell *y,
			   const struct lint_cell *z)
{
	struct opt_int sum = { x->state == LINT_VALUE && y->state == LINT_VALUE,
			       x->value + y->value };

	if (z != NULL) {
		sum.known = sum.known && z->state == LINT_VALUE;
		sum.v -= z->value;
	}
	return sum;
}

static void check_chains(struct checker *c)
{
	const struct lint_table2 *now = &c->r->two, *before = &c->o->previous->two;
	size_t count;
	const struct form_cell2 *cells = form_table2(now->form, &count);

	if (!now->found || !before->found || now->form != before->form) {
		verdict(c, "T2-2", STR_NONE, LINT_NOT_APPLICABLE);
		verdict(c, "T2-3", STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (str_equal_c(cells[i].column, "items_last_year"))
			check_chain(c, i, &now->cell[i],
				    sum3(&before->cell[i], &before->cell[i + 1], NULL), "T2-2",
				    chain_severity(c), STR("按上年报告的项目数量加增减"));
		if (str_equal_c(cells[i].column, "valid"))
			check_chain(c, i, &now->cell[i],
				    sum3(&before->cell[i], &now->cell[i - 2], &now->cell[i - 1]),
				    "T2-3", LINT_WARNING,
				    STR("按上年现行有效加本年制发减本年废止"));
	}
}

/* ---- W13 */

static void check_jumps(struct checker *c)
{
	static const char *const groups[] = { "granted", "partly_granted", "denied",
					      "unable",	 "not_processed",  "other_handling" };

	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		struct opt_int now = sum_lines3(&c->r->three, groups[i], APPLICANT_TOTAL);
		struct opt_int was = sum_lines3(&c->o->previous->three, groups[i], APPLICANT_TOTAL);
		int line = form_table3_find(FORM_2021, str_from_c(groups[i]));
		struct str label = line3_form(&c->r->three, (size_t)line)->label;
		if (!now.known || !was.known) {
			verdict(c, "W13", str_from_c(groups[i]), LINT_CANNOT_JUDGE);
			continue;
		}
		int64_t high = now.v > was.v ? now.v : was.v, low = now.v > was.v ? was.v : now.v;
		bool jumps = high - low >= JUMP_LEAST * LINT_SCALE && high > low * JUMP_FACTOR;
		verdict(c, "W13", str_from_c(groups[i]), jumps ? LINT_BROKEN : LINT_HOLDS);
		if (!jumps)
			continue;
		struct lint_finding *f =
			finding(c, LINT_WARNING, "W13", str_from_c(groups[i]),
				str_format(c->arena,
					   "“" STR_FMT "”上年" STR_FMT "件，本年" STR_FMT
					   "件，变化超过%d倍，请核对并在正文说明原因。",
					   STR_ARG(label), STR_ARG(print_value(c->arena, was.v)),
					   STR_ARG(print_value(c->arena, now.v)), JUMP_FACTOR));
		f->left = quote_text(c->r, c->r->three.place, label, print_value(c->arena, now.v));
		f->right = quote_text(c->o->previous, c->o->previous->three.place, label,
				      print_value(c->arena, was.v));
	}
}

/* ---- W6, W7: words */

static struct str part_text(struct arena *a, const struct lint_report *r, int part)
{
	struct buf b = buf_open(a, 4096, LIMIT_LINT_BYTES * 2);

	for (size_t i = 0; i < r->sentences_count; i++)
		if (part == 0 || r->sentences[i].part == part)
			buf_add(&b, r->sentences[i].text);
	return plain_key(a, buf_str(&b));
}

static int compare_hash(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

struct shingles { uint64_t *hash; size_t count; };

/* Every run of `length` characters, by hash, sorted. */
static struct shingles shingles_of(struct arena *a, struct str key, size_t length, size_t max)
{
	struct shingles out = { .hash = ARENA_ARRAY(a, max, uint64_t) };

	for (size_t at = 0; at < key.len && out.count < max; at += utf8_step(key, at)) {
		size_t end = at, n = 0;
		for (; end < key.len && n < length; n++)
			end += utf8_step(key, end);
		if (n == length)
			out.hash[out.count++] = str_hash(str_slice(key, at, end));
	}
	qsort(out.hash, out.count, sizeof *out.hash, compare_hash);
	return out;
}

/* Per cent of x's shingles that are in y, too. */
static int shared_percent(const struct shingles *x, const struct shingles *y)
{
	size_t shared = 0;

	for (size_t i = 0; i < x->count; i++)
		shared += bsearch(&x->hash[i], y->hash, y->count, sizeof *y->hash, compare_hash) !=
			  NULL;
	return x->count == 0 ? 0 : (int)(shared * 100 / x->count);
}

static void check_repetition(struct checker *c)
{
	struct str now = part_text(c->arena, c->r, 5), was = part_text(c->arena, c->o->previous, 5);
	struct shingles x = shingles_of(c->arena, now, SHINGLE, SHINGLES_MAX);
	struct shingles y = shingles_of(c->arena, was, SHINGLE, SHINGLES_MAX);
	int percent = shared_percent(&x, &y);

	if (x.count < 20 || y.count < 20) {
		verdict(c, "W6", STR_NONE, LINT_CANNOT_JUDGE);
		return;
	}
	verdict(c, "W6", STR_NONE, percent > 50 ? LINT_BROKEN : LINT_HOLDS);
	if (percent <= 50)
		return;
	struct lint_finding *f = finding(c, LINT_WARNING, "W6", STR_NONE,
		str_format(c->arena, "第五部分有%d%%的文字与上年的报告相同（按连续%d个字比较）。", percent, SHINGLE));
	f->left = quote_text(c->r, c->r->parts[4].place, c->r->parts[4].heading, STR_NONE);
	f->right = quote_text(c->o->previous, c->o->previous->parts[4].place,
			      c->o->previous->parts[4].heading, STR_NONE);
}

/* The measures last year's part 五 announces: what 一是, 二是 … introduce after 下一步 or 将. */
static size_t promises_of(const struct lint_report *r, struct str out[PROMISES_MAX],
			  struct str place[PROMISES_MAX])
{
	static const char *const ahead[] = { "下一步", "将", "改进", "今后", NULL };
	static const char *const marks[] = { "一是", "二是", "三是", "四是", "五是", "六是" };
	size_t count = 0;
	bool promised = false;

	for (size_t i = 0; i < r->sentences_count; i++) {
		struct str s = r->sentences[i].text;
		if (r->sentences[i].part != 5)
			continue;
		promised = promised || has_any(s, ahead);
		for (size_t m = 0; promised && m < COUNT_OF(marks); m++) {
			size_t at = str_find(s, str_from_c(marks[m]), 0), end = s.len;
			if (at == SIZE_MAX || count == PROMISES_MAX)
				continue;
			for (size_t k = 0; k < COUNT_OF(marks); k++) {
				size_t next = str_find(s, str_from_c(marks[k]), at + 1);
				end = next < end ? next : end;
			}
			place[count] = r->sentences[i].place;
			out[count++] = str_slice(s, at + strlen(marks[m]), end);
		}
	}
	return count;
}

static void check_promises(struct checker *c)
{
	struct str promise[PROMISES_MAX], place[PROMISES_MAX];
	size_t count = promises_of(c->o->previous, promise, place);
	struct shingles now =
		shingles_of(c->arena, part_text(c->arena, c->r, 0), 3, SHINGLES_MAX * 4);

	if (count == 0 || now.count == 0) {
		verdict(c, "W7", STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct shingles x = shingles_of(c->arena, plain_key(c->arena, promise[i]), 3, 2000);
		bool answered = x.count < 6 || shared_percent(&x, &now) >= 20;
		verdict(c, "W7", STR_NONE, answered ? LINT_HOLDS : LINT_BROKEN);
		if (answered)
			continue;
		struct lint_finding *f = finding(c, LINT_WARNING, "W7", STR_NONE,
			STR("上年报告提出的改进措施在本年报告里没有找到相应的说明。"));
		f->left = quote_text(c->o->previous, place[i], promise[i], STR_NONE);
	}
}

/* 洪泽区人民政府 and 淮安市洪泽区人民政府 are one body; two full names that differ are not. */
static void note_other_agency(struct checker *c)
{
	struct str now = c->r->agency, before = c->o->previous->agency;

	if (now.len == 0 || before.len == 0 || str_ends(now, before) || str_ends(before, now))
		return;
	struct lint_finding *f = finding(
		c, LINT_WARNING, "F4", STR("previous_agency"),
		str_format(c->arena, "用来比较的是“" STR_FMT "”的报告，本报告是“" STR_FMT
			   "”的；不是同一机关的，年度比较没有意义。",
			   STR_ARG(before), STR_ARG(now)));
	f->left = quote_text(c->r, STR_NONE, c->r->title, now);
	f->right = quote_text(c->o->previous, STR_NONE, c->o->previous->title, before);
}

void rules_years(struct checker *c)
{
	static const char *const all[] = { "T3-4", "T2-2", "T2-3", "W6", "W7", "W13" };
	const struct lint_report *before = c->o->previous;

	if (before == NULL) {
		for (size_t i = 0; i < COUNT_OF(all); i++)
			verdict(c, all[i], STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	if (c->r->year.known && before->year.known && before->year.v + 1 != c->r->year.v) {
		for (size_t i = 0; i < COUNT_OF(all); i++)
			verdict(c, all[i], STR_NONE, LINT_CANNOT_JUDGE);
		finding(c, LINT_WARNING, "F4", STR("previous"),
			str_format(c->arena, "用来比较的是%lld年的报告，不是%lld年的上一年，没有作年度比较。",
				   (long long)before->year.v, (long long)c->r->year.v));
		return;
	}
	note_other_agency(c);
	for (size_t i = 0; i < APPLICANT_COLUMNS; i++)
		if (c->r->three.found && before->three.found)
			check_carried(c, i);
	check_chains(c);
	check_jumps(c);
	check_repetition(c);
	check_promises(c);
}
