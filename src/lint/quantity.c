/*
 * quantity.c - the figures of a sentence: how many of what, and the words around.
 *
 * Years, days, ordinals, numbers inside names (《…》, “稳经济43条”) and telephone
 * numbers are no figures. 余 多 约 近 and 万 make a figure approximate: it is
 * then never held against a table.
 */
#include "lint/lint_internal.h"
#include "text/number.h"

#include <string.h>

static const char *const units[] = {
	"人次", "万元", "件次", "场次", "%", "件", "份", "宗", "起", "例", "条", "个", "项", "次", "期", "场",
	"篇", "家", "人", "元", "册", "部", "名", "批", "类", "处", "种", "页", "站", "户",
};

enum { CONTEXT_BYTES = 300 }; /* words farther away than this are not read */

static bool ends_any(struct str s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_ends(s, str_from_c(*words)))
			return true;
	return false;
}

/* Where the clause left of `at` begins: behind the last of these marks. */
static size_t left_bound(struct str s, size_t at, const char *const *marks)
{
	size_t stop = at > CONTEXT_BYTES ? at - CONTEXT_BYTES : 0;

	while (at > stop && !ends_any(str_slice(s, 0, at), marks))
		at--;
	/* never inside a character */
	while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static const char *const clause_marks[] = { "，", "；", "。", "！", "？", NULL };
static const char *const phrase_marks[] = { "，", "；", "。", "、", "：", "（", "）", "“", "”", "！", "？", NULL };

/* The words left of a figure; （…） right before it is skipped: 作其他处理（含撤回申请）341件. */
static struct str phrase_of(struct str s, size_t at)
{
	struct str before = str_slice(s, 0, at);

	if (str_ends(before, STR("）"))) {
		static const char *const open[] = { "（", NULL };
		size_t behind = left_bound(s, at - strlen("）"), open);
		if (behind >= strlen("（") && str_ends(str_slice(s, 0, behind), STR("（")))
			at = behind - strlen("（");
	}
	return str_slice(s, left_bound(s, at, phrase_marks), at);
}

static struct str after_of(struct str s, size_t at)
{
	struct str window = str_slice(s, 0, at + CONTEXT_BYTES);
	size_t end = window.len;

	for (size_t i = 0; clause_marks[i] != NULL; i++) {
		size_t found = str_find(window, str_from_c(clause_marks[i]), at);
		end = found < end ? found : end;
	}
	return str_slice(s, at, end);
}

/*
 * Digits with separators and decimals at `at`; false: it is no figure (too long, a version,
 * an ordinal).
 */
static bool read_number(struct str s, size_t at, struct quantity *q, size_t *end)
{
	size_t to = at;

	while (to < s.len && (is_digit(s.ptr[to]) || ((s.ptr[to] == '.' || s.ptr[to] == ',') &&
						      to + 1 < s.len && is_digit(s.ptr[to + 1]))))
		to++;
	*end = to;
	struct str text = str_slice(s, at, to);
	size_t point = str_find(text, STR("."), 0);
	struct lint_cell c = cell_parse(text, text, STR_NONE);
	if (c.state != LINT_VALUE)
		return false;
	q->value = c.value;
	q->decimals = point == SIZE_MAX ? 0 : (int)(text.len - point - 1);
	return true;
}

static bool read_unit(struct str s, size_t at, struct quantity *q, size_t *end)
{
	static const char *const loose[] = { "余", "多", "来" };
	struct str rest = str_slice(s, at, s.len);
	size_t len = rest.len;

	if (str_take_str(&rest, STR("万")) && !str_starts(rest, STR("元"))) {
		q->approx = true;
	} else {
		rest = str_slice(s, at, s.len);
	}
	for (size_t i = 0; i < COUNT_OF(loose); i++)
		q->approx = str_take_str(&rest, str_from_c(loose[i])) || q->approx;
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (str_starts(rest, str_from_c(units[i]))) {
			q->unit = str_slice(rest, 0, strlen(units[i]));
			*end = at + (len - rest.len) + q->unit.len;
			return true;
		}
	return false;
}

/* 43条 in “稳经济43条” and 第43条 are names. */
static bool is_name(struct str s, size_t start, size_t end)
{
	static const char *const ordinal[] = { "第", "〔", "-", ".", "+", "No", NULL };
	struct str before = str_slice(s, 0, start), rest = str_slice(s, end, s.len);

	return ends_any(before, ordinal) || str_starts(rest, STR("”")) || str_starts(rest, STR("》"));
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "〇",
					"零", "两", "十", "百", "千", "万", "第", "之", "数", "几", NULL };
enum { NUMERALS = 16 }; /* of these; behind the others stands an ordinal, or a guess */

static bool starts_numeral(struct str s)
{
	for (size_t i = 0; i < NUMERALS; i++)
		if (str_starts(s, str_from_c(numerals[i])))
			return true;
	return false;
}

/*
 * 二百七十八件: at least a digit and a power of ten, right before 件 or 宗, no ordinal. 一件事
 * and 三类 are words.
 */
static bool read_numerals(struct str s, size_t at, struct quantity *q, size_t *end)
{
	static const char *const powers[] = { "十", "百", "千", "万", NULL };
	struct str rest = str_slice(s, at, at + CONTEXT_BYTES), taken;
	int64_t value;

	if (!starts_numeral(rest) || ends_any(str_slice(s, 0, at), numerals))
		return false;
	taken = rest;
	if (!number_take(&rest, &value) || value < 11 || value > INT32_MAX)
		return false;
	taken = str_slice(taken, 0, taken.len - rest.len);
	if (!has_any(taken, powers) ||
	    !(str_starts(rest, STR("件")) || str_starts(rest, STR("宗"))) ||
	    str_starts(rest, STR("件套")) || str_starts(rest, STR("件大事")) || str_starts(rest, STR("件实事")))
		return false;
	q->value = value * LINT_SCALE;
	*end = at + taken.len;
	return true;
}

struct quantity *quantities(struct arena *a, struct str s, size_t *count)
{
	static const char *const about[] = { "约", "近", "超", "逾", "超过", "达到近", "不少于", NULL };
	size_t numbers = 0;
	int depth = 0;

	*count = 0;
	for (size_t at = 0; at < s.len; at++)
		numbers += (is_digit(s.ptr[at]) && (at == 0 || !is_digit(s.ptr[at - 1]))) ||
			   str_starts(str_slice(s, at, s.len), STR("件")) ||
			   str_starts(str_slice(s, at, s.len), STR("宗"));
	struct quantity *list =
		ARENA_ARRAY(a, numbers < LIMIT_LINT_QUANTITIES ? numbers : LIMIT_LINT_QUANTITIES,
			    struct quantity);
	for (size_t at = 0; at < s.len && *count < LIMIT_LINT_QUANTITIES;) {
		struct quantity q = { .start = at };
		size_t end = at + 1, unit_end;
		bool in_words = !is_digit(s.ptr[at]) && read_numerals(s, at, &q, &end);
		if (!in_words && !is_digit(s.ptr[at])) {
			depth += str_starts(str_slice(s, at, s.len), STR("（"));
			depth -= str_starts(str_slice(s, at, s.len), STR("）"));
			at++;
			continue;
		}
		bool number = in_words || read_number(s, at, &q, &end);
		bool inside = at > 0 && is_letter(s.ptr[at - 1]);
		if (number && !inside && read_unit(s, end, &q, &unit_end) &&
		    !is_name(s, at, unit_end)) {
			q.end = unit_end;
			q.depth = depth;
			q.approx = q.approx || ends_any(str_slice(s, 0, at), about);
			q.phrase = phrase_of(s, at);
			q.clause = str_slice(s, left_bound(s, at, clause_marks), at);
			q.after = after_of(s, unit_end);
			list[(*count)++] = q;
		}
		at = end;
	}
	return list;
}
