/*
 * official_title.c - the lines of a title: no word broken, and the whole a trapezium.
 *
 * Chinese writes no spaces, so where a word ends is looked up: the words below are those that
 * titles of official letters are made of. What is not among them may break anywhere but
 * inside a number, a run of Latin letters, or a pair of brackets.
 */
#include "base/utf8.h"
#include "office/official.h"

#include <assert.h>

enum { TITLE_MAX = 120, LINES_MAX = 8 };

static const char *const words[] = {
	"政府信息公开", "人民政府", "办公室", "委员会", "管理局", "信息公开",
	"答复书", "告知书", "通知书", "征询书", "征求意见", "意见书",
	"回执", "公开", "信息", "申请", "答复", "告知",
	"通知", "延期", "延迟", "补正", "说明", "理由",
	"终止", "办理", "登记", "第三方", "收费", "处理费",
	"更正", "转送", "撤回", "确认", "建议", "纳入",
	"主动", "商请", "协助", "关于", "不予", "部分",
	"决定", "街道", "办事处", "有关", "工作", "依申请",
	"事项", "项目", "文件", "材料", "资料", "情况",
	"要点", "批准", "资金", "使用", "征收", "补偿",
	"审批",
	"资金", "使用", "改造", "征收", "补偿", "审批",
};
/* These never begin a line, those never end one. */
static const char *const closers[] = { "的", "之", "书", "等", "》", "〕", "）", "”", "、", "，", "：" };
static const char *const openers[] = { "《", "〔", "（", "“", "对", "就", "在", "和", "与", "第" };

struct title {
	struct str at[TITLE_MAX + 1]; /* what is left from each character on */
	int len;
	bool fixed[TITLE_MAX + 1]; /* no break before this character */
};

static bool one_of(struct str s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(s, str_from_c(list[i])))
			return true;
	return false;
}

static bool is_narrow(struct str s)
{
	return s.len > 0 && (unsigned char)s.ptr[0] < 0x80 && s.ptr[0] != ' ';
}

static void fix_words(struct title *t)
{
	for (int i = 0; i < t->len; i++) {
		for (size_t w = 0; w < COUNT_OF(words); w++) {
			struct str word = str_from_c(words[w]);
			if (!str_starts(t->at[i], word))
				continue;
			for (int k = 1; k < (int)word.len / 3 && i + k < t->len; k++)
				t->fixed[i + k] = true;
		}
		if (i == 0)
			continue;
		if (one_of(t->at[i], closers, COUNT_OF(closers)) ||
		    one_of(t->at[i - 1], openers, COUNT_OF(openers)) ||
		    (is_narrow(t->at[i - 1]) && is_narrow(t->at[i])))
			t->fixed[i] = true;
	}
}

static bool take_title(struct str title, struct title *t)
{
	uint32_t c;

	*t = (struct title){ .len = 0 };
	while (title.len > 0) {
		if (t->len == TITLE_MAX)
			return false;
		t->at[t->len++] = title;
		if (!utf8_take(&title, &c))
			return false;
	}
	t->at[t->len] = title;
	fix_words(t);
	return true;
}

/* How far a line is from its share of a trapezium whose lines grow by two characters. */
static int cost(const struct title *t, int lines, int line, int from, int to)
{
	int wanted = (t->len - lines * (lines - 1)) / lines + 2 * line;
	int off = to - from - wanted;
	int broken = to < t->len && t->fixed[to] ? 1000 : 0;

	return off * off + broken;
}

/* best[l][i]: of the first i characters on l lines. */
static bool lay_out(const struct title *t, int lines, int max, int *breaks)
{
	static const int far = 1 << 24;
	int best[LINES_MAX + 1][TITLE_MAX + 1], from[LINES_MAX + 1][TITLE_MAX + 1];

	for (int l = 0; l <= lines; l++)
		for (int i = 0; i <= t->len; i++)
			best[l][i] = l == 0 && i == 0 ? 0 : far;
	for (int l = 1; l <= lines; l++) {
		for (int to = l; to <= t->len; to++) {
			for (int i = to > max ? to - max : 0; i < to; i++) {
				int sum = best[l - 1][i] + cost(t, lines, l - 1, i, to);
				if (best[l - 1][i] < far && sum < best[l][to]) {
					best[l][to] = sum;
					from[l][to] = i;
				}
			}
		}
	}
	if (best[lines][t->len] >= far)
		return false;
	for (int l = lines, at = t->len; l > 0; l--) {
		breaks[l - 1] = at;
		at = from[l][at];
	}
	return true;
}

size_t official_title_lines(struct arena *a, struct str title, size_t max, struct str **lines)
{
	int breaks[LINES_MAX], count = 1;
	struct title t;

	assert(max >= 2);
	*lines = ARENA_ARRAY(a, LINES_MAX, struct str);
	if (!take_title(title, &t) || t.len <= (int)max) {
		(*lines)[0] = title;
		return 1;
	}
	count = (t.len + (int)max - 1) / (int)max;
	while (count <= LINES_MAX && !lay_out(&t, count, (int)max, breaks))
		count++;
	if (count > LINES_MAX) {
		(*lines)[0] = title;
		return 1;
	}
	for (int l = 0, at = 0; l < count; l++) {
		(*lines)[l] = str_slice(title, (size_t)(t.at[at].ptr - title.ptr),
					(size_t)(t.at[breaks[l]].ptr - title.ptr));
		at = breaks[l];
	}
	return (size_t)count;
}
