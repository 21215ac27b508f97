/*
 * mark.c - the labels of the forms, and how well printed words fit them.
 *
 * Real reports break labels over lines, drop a word, shorten the long ones and
 * print ordinals as "1." or "1、". A label therefore fits by the pairs of
 * neighbouring characters it shares with what is printed, never by equality.
 */
#include "base/utf8.h"
#include "lint/lint_internal.h"

#include <string.h>

/* Spellings that are accepted without a word, besides the official label and pieces of it. */
static const struct { struct str key, also[MARK_ACCEPTED - 1]; } accepted[] = {
	{ STR_INIT("partly_granted"), { STR_INIT("部分公开") } },
	{ STR_INIT("denied_law_forbids"), { STR_INIT("其他法律法规禁止公开") } },
	{ STR_INIT("unable_needs_creation"), { STR_INIT("没有现成信息需另行制作") } },
	{ STR_INIT("other_overdue_correction"), { STR_INIT("逾期不补正") } },
	{ STR_INIT("other_overdue_fee"), { STR_INIT("逾期不缴费"), STR_INIT("逾期未缴费") } },
};

/* Without "一、", "（一）", "1." or "1、" in front. */
static struct str without_ordinal(struct str s)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };
	struct str rest = str_trim(s);
	bool bracket = str_take_str(&rest, STR("（"));
	size_t taken = 0;

	for (bool more = true; more && taken < 3;) {
		more = rest.len > 0 && is_digit(rest.ptr[0]);
		if (more)
			rest = str_slice(rest, 1, rest.len);
		for (size_t i = 0; !more && i < COUNT_OF(numerals); i++)
			more = str_take_str(&rest, str_from_c(numerals[i]));
		taken += more;
	}
	if (taken == 0)
		return str_trim(s);
	if (bracket)
		return str_take_str(&rest, STR("）")) ? str_trim(rest) : str_trim(s);
	if (str_take_str(&rest, STR("、")))
		return str_trim(rest);
	/* 1.05 is no ordinal. */
	if (str_take_char(&rest, '.') && (rest.len == 0 || !is_digit(rest.ptr[0])))
		return str_trim(rest);
	return str_trim(s);
}

static void mark_add(struct arena *a, struct mark *m, struct str label)
{
	struct str key = plain_key(a, without_ordinal(plain_text(a, label)));

	if (m->count < MARK_ACCEPTED && key.len > 0)
		m->accepted[m->count++] = key;
}

struct mark mark_of_line(struct arena *a, enum form_kind form, size_t line)
{
	size_t count;
	const struct form_line *lines = form_table3(form, &count);
	struct mark m = { .count = 0 };

	mark_add(a, &m, lines[line].label);
	for (size_t i = 0; i < COUNT_OF(accepted); i++)
		for (size_t k = 0;
		     str_equal(accepted[i].key, lines[line].key) && k < MARK_ACCEPTED - 1; k++)
			mark_add(a, &m, accepted[i].also[k]);
	return m;
}

struct mark mark_of_row2(struct arena *a, struct str row_label)
{
	struct mark m = { .count = 0 };

	mark_add(a, &m, row_label);
	/* Reports on 2021 and later still print the old name, and the other way round. */
	if (str_equal(row_label, STR("行政规范性文件")))
		mark_add(a, &m, STR("规范性文件"));
	if (str_equal(row_label, STR("规范性文件")))
		mark_add(a, &m, STR("行政规范性文件"));
	return m;
}

struct str mark_key(struct arena *a, struct str printed)
{
	return plain_key(a, without_ordinal(plain_text(a, printed)));
}

/* Is the pair of characters at `at` of label also in text? */
static bool has_pair(struct str label, size_t at, size_t len, struct str text)
{
	return str_find(text, str_slice(label, at, at + len), 0) != SIZE_MAX;
}

/* Weighted share of the label's pairs: 100 for one on the row's own line, 70 for one beside it. */
static int score_one(struct str label, struct str near, struct str around)
{
	int pairs = 0, points = 0;

	for (size_t at = 0; at < label.len;) {
		size_t first = utf8_step(label, at);
		if (at + first >= label.len)
			break;
		size_t len = first + utf8_step(label, at + first);
		pairs++;
		if (has_pair(label, at, len, near))
			points += 100;
		else if (has_pair(label, at, len, around))
			points += 70;
		at += first;
	}
	if (pairs == 0)
		return 0;
	int share = points / pairs;
	return share < 30 ? share : share + (pairs < 20 ? 2 * pairs : 40);
}

int mark_score(const struct mark *m, struct str near, struct str around)
{
	int best = 0;

	for (size_t i = 0; i < m->count; i++) {
		int score = score_one(m->accepted[i], near, around);
		/* The words are this label and nothing else: 其他 against 其他处理. */
		if (str_equal(near, m->accepted[i]))
			score += 30;
		best = score > best ? score : best;
	}
	return best;
}

enum mark_fit mark_fit(const struct mark *m, struct str printed_key)
{
	for (size_t i = 0; i < m->count; i++) {
		if (str_equal(m->accepted[i], printed_key))
			return FIT_EXACT;
		if (str_contains(m->accepted[i], printed_key))
			return FIT_PIECE;
	}
	return FIT_WRONG;
}

bool mark_has_ordinal(struct str s)
{
	return without_ordinal(s).len < str_trim(s).len;
}

struct str mark_tail(struct str text)
{
	struct str out = text;

	for (size_t at = 0; at < text.len; at += utf8_step(text, at)) {
		bool in_number = at > 0 && is_digit(text.ptr[at - 1]) && is_digit(text.ptr[at]);
		struct str rest = str_slice(text, at, text.len);
		if (!in_number && text.ptr[at] != ' ' && mark_has_ordinal(rest))
			out = rest;
	}
	return str_trim(out);
}

/* ---- is a cell one of the forms'? */

void mark_book_open(struct arena *a, struct mark_book *book)
{
	static const char *const heads[] = { "信息内容", "结果维持", "结果纠正", "其他结果", "尚未审结",
					     "法人或其他组织", "未经复议直接起诉", "复议后起诉" };

	book->count = 0;
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		book->key[book->count++] = str_from_c(heads[i]);
	for (int f = FORM_2019; f <= FORM_2021; f++) {
		size_t count;
		const struct form_cell2 *cells = form_table2((enum form_kind)f, &count);
		for (size_t i = 0; i < count && book->count < MARK_BOOK; i++)
			if (i == 0 || !str_equal(cells[i].row, cells[i - 1].row))
				book->key[book->count++] = cells[i].row_label;
		form_table3((enum form_kind)f, &count);
		for (size_t i = 0; i < count && book->count < MARK_BOOK; i++) {
			struct mark m = mark_of_line(a, (enum form_kind)f, i);
			/* 其他 and 总计 alone stand in any table. */
			if (m.accepted[0].len > strlen("其他"))
				book->key[book->count++] = m.accepted[0];
		}
	}
}

bool mark_is_statutory(const struct mark_book *book, struct str key)
{
	if (str_starts(key, STR("第二十条第")))
		return true;
	for (size_t i = 0; i < book->count; i++)
		if (str_ends(key, book->key[i]) && key.len - book->key[i].len <= 2 * strlen("一"))
			return true;
	return false;
}
