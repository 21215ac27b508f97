/*
 * rows_glued.c - rows of numbers in text whose cells run together.
 *
 * A browser that copies a table without gaps gives "予以公开105140013123" and,
 * where the next label has an ordinal, "3700000372.没有现成信息…": the last digit
 * before a stop belongs to that ordinal. How the rest is cut is split.c's matter.
 */
#include "lint/lint_internal.h"

#include <string.h>

struct glue {
	struct arena *arena;
	struct str text;	 /* the lines without white space */
	const uint32_t *line_of; /* of each byte */
	struct num_rows out;
};

static struct str squeeze_lines(struct glue *g, const struct pages *p, size_t from, size_t to)
{
	size_t bytes = 0, len = 0;

	for (size_t i = from; i < to; i++)
		bytes += p->lines[i].plain.len;
	char *text = arena_alloc(g->arena, bytes);
	uint32_t *line_of = ARENA_ARRAY(g->arena, bytes, uint32_t);
	for (size_t i = from; i < to; i++) {
		const struct text_line *l = &p->lines[i];
		if (l->kind != TEXT_LINE || l->page_mark)
			continue;
		for (size_t k = 0; k < l->plain.len; k++) {
			if (memchr(" \t\r", l->plain.ptr[k], 3) != NULL)
				continue;
			line_of[len] = (uint32_t)i;
			text[len++] = l->plain.ptr[k];
		}
	}
	g->line_of = line_of;
	return (struct str){ text, len };
}

static bool digit_at(struct str s, size_t at)
{
	return at < s.len && is_digit(s.ptr[at]);
}

/* End of the run of digits, signs, points and separators that begins at `at`. */
static size_t run_end(struct str s, size_t at)
{
	while (at < s.len) {
		bool joins = s.ptr[at] == '.' || s.ptr[at] == ',' || s.ptr[at] == '-' ||
			     s.ptr[at] == '+';
		if (!is_digit(s.ptr[at]) && !(joins && digit_at(s, at + 1)))
			break;
		at++;
	}
	return at;
}

/* Without the digit that is the next label's ordinal: "2.没有", "2、没有". */
static size_t without_next_ordinal(struct str s, size_t from, size_t end)
{
	struct str rest = str_slice(s, end, s.len);
	bool ordinal = str_take_char(&rest, '.') || str_take_str(&rest, STR("、"));

	return ordinal && end > from && is_digit(s.ptr[end - 1]) ? end - 1 : end;
}

static void add_run(struct glue *g, const struct pages *p, size_t after, size_t from, size_t end)
{
	struct num_row *row = &g->out.rows[g->out.count++];
	size_t start = from > after + 900 ? from - 900 : after;

	while (start < from && ((unsigned char)g->text.ptr[start] & 0xC0) == 0x80)
		start++;
	struct str tail = mark_tail(str_slice(g->text, start, from));
	*row = (struct num_row){ .glued = str_slice(g->text, from, end), .around = STR_NONE,
				 .first_line = g->line_of[from], .last_line = g->line_of[end - 1] };
	row->near = mark_key(g->arena, tail);
	row->printed = mark_has_ordinal(tail) ? tail : STR_NONE;
	row->place = p->lines[row->first_line].place;
}

struct num_rows rows_of_glued(const struct pages *p, size_t from, size_t to, size_t digits)
{
	struct glue g = { .arena = p->arena };
	size_t after = 0;

	g.out.rows = ARENA_ARRAY(p->arena, LIMIT_LINT_ROWS, struct num_row);
	g.text = squeeze_lines(&g, p, from, to);
	for (size_t at = 0; at < g.text.len && g.out.count < LIMIT_LINT_ROWS;) {
		bool sign = g.text.ptr[at] == '-' || g.text.ptr[at] == '+';
		if (!digit_at(g.text, at) && !(sign && digit_at(g.text, at + 1))) {
			at++;
			continue;
		}
		size_t end = run_end(g.text, at), cut = without_next_ordinal(g.text, at, end);
		if (cut - at >= digits) {
			add_run(&g, p, after, at, cut);
			after = cut;
		}
		at = end;
	}
	return g.out;
}
