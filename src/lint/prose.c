/*
 * prose.c - the six parts, and the sentences in them.
 *
 * Where lines keep the columns of a page a sentence runs over lines, so white
 * space goes and the stops cut. Lines of the statutory tables, marks of pages
 * and headings are no prose; a line that begins 图 names a picture.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { HEADING_BYTES = 140, CAPTION_BYTES = 150, SENTENCE_BYTES = 3000, DATA_LINES = 12 };

/* ---- headings of the parts */

int part_heading(struct str plain)
{
	static const struct { int part; const char *starts; const char *has[5]; } heads[] = {
		{ 1, "一、总体情况", { NULL } },
		{ 1, "一、概述", { NULL } },
		{ 2, "二、主动公开", { NULL } },
		{ 3, "三、收到和处理", { NULL } },
		{ 3, "三、依申请公开", { NULL } },
		{ 4, "四、", { "行政复议", NULL } },
		{ 5, "五、", { "主要问题", "存在问题", "存在的问题", NULL } },
		{ 6, "六、其他需要报告", { NULL } },
	};
	char space[HEADING_BYTES];
	struct str s = str_trim(plain);
	size_t len = 0;

	if (s.len > HEADING_BYTES)
		return 0;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != ' ' && s.ptr[i] != '\t' && s.ptr[i] != '\r')
			space[len++] = s.ptr[i];
	s = (struct str){ space, len };
	if (str_contains(s, STR("。")) || str_contains(s, STR("，")))
		return 0;
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		if (str_starts(s, str_from_c(heads[i].starts)) &&
		    (heads[i].has[0] == NULL || has_any(s, heads[i].has)))
			return heads[i].part;
	return 0;
}

/* A line of a table of contents: the heading, dots, the page. */
static bool is_contents(struct str plain)
{
	struct str s = str_trim(plain);

	return str_contains(s, STR("……")) || str_contains(s, STR("....")) || str_contains(s, STR("····")) ||
	       (s.len > 0 && is_digit(s.ptr[s.len - 1]));
}

static void find_parts(const struct pages *p, struct lint_report *r, int *part_of_line)
{
	size_t order = 0, at[6];
	int part = 0;

	for (size_t i = 0; i < p->count; i++) {
		int n = p->lines[i].kind == TEXT_LINE ? part_heading(p->lines[i].plain) : 0;
		if (n == 0 || is_contents(p->lines[i].plain))
			continue;
		/* Printed twice: the first was a list of contents. */
		at[n - 1] = i;
		r->parts[n - 1] = (struct lint_part){ .found = true,
						      .order = order++,
						      .empty = true,
						      .heading = str_trim(p->lines[i].plain),
						      .place = p->lines[i].place };
	}
	for (size_t i = 0; i < p->count; i++) {
		for (int n = 0; n < 6; n++)
			if (r->parts[n].found && at[n] == i)
				part = n + 1;
		part_of_line[i] = part;
	}
}

/* ---- sentences */

struct prose {
	struct pages *p;
	struct lint_report *r;
	char *text; /* the paragraph so far */
	size_t len, cap;
	struct str place;
	int part;
};

/* （文字描述） stands in the empty form for words to come. */
static bool says_something(struct str s)
{
	return s.len > 0 && !str_starts(s, STR("（文字描述"));
}

static void add_sentence(struct prose *w, struct str text)
{
	struct lint_report *r = w->r;

	if (text.len == 0 || r->sentences_count == LIMIT_LINT_SENTENCES)
		return;
	text = str_copy(w->p->arena, text);
	if (w->part > 0 && says_something(text))
		r->parts[w->part - 1].empty = false;
	r->sentences[r->sentences_count++] =
		(struct lint_sentence){ .text = text, .place = w->place, .part = w->part };
}

/* Cuts what has come behind each stop; the rest too when all is set. */
static void cut_sentences(struct prose *w, bool all)
{
	static const char *const stops[] = { "。", "！", "？" };
	struct str text = { w->text, w->len };
	size_t from = 0;

	for (size_t at = 0; at < text.len; at += utf8_step(text, at)) {
		struct str rest = str_slice(text, at, text.len);
		bool stop = at - from > SENTENCE_BYTES;
		for (size_t i = 0; i < COUNT_OF(stops); i++)
			stop = stop || str_starts(rest, str_from_c(stops[i]));
		if (!stop)
			continue;
		size_t end = at + utf8_step(text, at);
		add_sentence(w, str_slice(text, from, end));
		from = end;
	}
	if (all)
		add_sentence(w, str_slice(text, from, text.len));
	w->len = all ? 0 : text.len - from;
	if (w->len > 0)
		memmove(w->text, text.ptr + from, w->len);
}

/* 图 2020年…情况: a caption, not a sentence that begins with 图书馆. */
static bool is_caption(struct str plain)
{
	struct str s = str_trim(plain);

	if (!str_take_str(&s, STR("图")) || s.len == 0 || s.len > CAPTION_BYTES || str_contains(s, STR("。")))
		return false;
	return s.ptr[0] == ' ' || is_digit(s.ptr[0]) || str_starts(s, STR("：")) || str_starts(s, STR("一"));
}

/* A table, or words of the outcomes with numbers behind them, in the lines after a picture. */
static bool has_data_behind(const struct pages *p, size_t line)
{
	struct buf text = buf_open(p->arena, 256, 8192);

	for (size_t i = line + 1; i < p->count && i <= line + DATA_LINES; i++) {
		if (p->lines[i].kind == TEXT_GRID)
			return true;
		if (p->lines[i].kind != TEXT_LINE || part_heading(p->lines[i].plain) > 0)
			break;
		buf_add(&text, plain_squeeze(p->arena, p->lines[i].plain));
	}
	/* A list, not the next paragraph: two outcomes at the least, and no sentence. */
	return shares_named(buf_str(&text)) >= 2 && !str_contains(buf_str(&text), STR("。"));
}

static void add_picture(struct prose *w, size_t line)
{
	struct lint_report *r = w->r;
	const struct text_line *l = &w->p->lines[line];
	bool caption_of_last =
		l->kind == TEXT_LINE && line > 0 && w->p->lines[line - 1].kind == TEXT_PICTURE;

	if (r->pictures_count == LIMIT_LINT_TABLES)
		return;
	if (!caption_of_last)
		r->pictures_count++;
	struct lint_picture *p = &r->pictures[r->pictures_count - 1];
	struct str text = str_trim(l->plain);
	if (caption_of_last)
		text = str_concat(w->p->arena, p->text, text);
	*p = (struct lint_picture){ text, l->place, w->part,
				    shares_named(text) >= 2 || has_data_behind(w->p, line) };
}

static void read_line(struct prose *w, size_t line, int part)
{
	const struct text_line *l = &w->p->lines[line];
	struct str s = l->kind == TEXT_LINE ? plain_squeeze(w->p->arena, l->plain) : STR_NONE;
	bool heading = l->kind == TEXT_LINE && part_heading(l->plain) > 0;

	if (l->kind == TEXT_PICTURE || (l->kind == TEXT_LINE && is_caption(l->plain))) {
		w->part = part;
		add_picture(w, line);
	}
	if (l->page_mark || s.len == 0)
		return;
	if (l->taken || heading || part != w->part || is_caption(l->plain) || mark_has_ordinal(s))
		cut_sentences(w, true);
	w->part = part;
	if (l->taken || heading || is_caption(l->plain))
		return;
	if (w->len == 0)
		w->place = l->place;
	if (w->len + s.len > w->cap)
		cut_sentences(w, true);
	if (s.len <= w->cap) {
		memcpy(w->text + w->len, s.ptr, s.len);
		w->len += s.len;
	}
	cut_sentences(w, !w->p->layout);
	/* What is left over began on this line. */
	if (w->len > 0 && w->len <= s.len)
		w->place = l->place;
}

void read_parts(struct pages *p, struct lint_report *r)
{
	int *part_of_line = ARENA_ARRAY(p->arena, p->count + 1, int);
	struct prose w = { .p = p, .r = r };

	find_parts(p, r, part_of_line);
	for (size_t i = 0; i < p->count; i++)
		w.cap = p->lines[i].plain.len > w.cap ? p->lines[i].plain.len : w.cap;
	w.cap += SENTENCE_BYTES;
	w.text = arena_alloc(p->arena, w.cap);
	r->sentences = ARENA_ARRAY(p->arena, LIMIT_LINT_SENTENCES, struct lint_sentence);
	r->pictures = ARENA_ARRAY(p->arena, LIMIT_LINT_TABLES, struct lint_picture);
	for (size_t i = 0; i < p->count; i++)
		read_line(&w, i, part_of_line[i]);
	cut_sentences(&w, true);
	/* Parts 二 三 四 say what their tables say. */
	if (r->two.found)
		r->parts[1].empty = false;
	if (r->three.found)
		r->parts[2].empty = false;
	if (r->four.found)
		r->parts[3].empty = false;
}
