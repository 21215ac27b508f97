/* layers_text.c - the rules about lines: width, white space, length, words, headers. */
#include "layers.h"

#include "base/utf8.h"

static bool is_wide(uint32_t c)
{
	static const struct { uint32_t first, last; } range[] = {
		{ 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0xAC00, 0xD7A3 },
		{ 0xFE30, 0xFE4F }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1FAFF },
	};

	for (size_t i = 0; i < COUNT_OF(range); i++)
		if (c >= range[i].first && c <= range[i].last)
			return true;
	return utf8_is_han(c);
}

/* Columns of a line: a tab goes to the next eighth, a Chinese character takes two. */
static int width_of(struct str line)
{
	int width = 0;
	uint32_t c;

	while (utf8_take(&line, &c))
		width += c == '\t' ? 8 - width % 8 : is_wide(c) ? 2 : 1;
	return width;
}

static bool has_chinese_literal(const struct source *s, size_t from, size_t to)
{
	for (size_t i = 0; i < s->literals_count; i++) {
		const struct literal *l = &s->literals[i];
		if (l->from < from || l->to > to)
			continue;
		for (size_t k = l->from; k < l->to; k++)
			if ((unsigned char)s->text.ptr[k] >= 0xE0)
				return true;
	}
	return false;
}

static void check_line(struct checker *c, const struct source *s, size_t index)
{
	struct str line = line_text(s, index);
	size_t start = s->line_starts[index];
	int number = (int)index + 1;

	if (line.len > 0 && (str_ends(line, STR(" ")) || str_ends(line, STR("\t")) ||
			     str_ends(line, STR("\r"))))
		report(c, s->path, number, "space", "white space at the end of the line");
	/* Inside a comment the code is blank, so its text may be indented as it likes. */
	if (str_starts(line, STR("  ")) &&
	    str_trim(str_slice(s->code, start, start + line.len)).len > 0)
		report(c, s->path, number, "space", "indented by spaces, not tabs");
	int width = width_of(line), max = COLUMNS_MAX;
	if (width > max && has_chinese_literal(s, start, start + line.len))
		max = COLUMNS_MAX_CHINESE;
	if (width > max)
		report(c, s->path, number, "width", "%d columns, at most %d", width, max);
}

static void check_functions(struct checker *c, const struct source *s)
{
	size_t opened = SIZE_MAX;

	for (size_t i = 0; i < s->lines_count; i++) {
		size_t start = s->line_starts[i];
		char first = start < s->code.len ? s->code.ptr[start] : '\n';
		struct str line = line_text(s, i);
		struct str code = str_trim(str_slice(s->code, start, start + line.len));
		if (first == '{')
			opened = i;
		if (first == '}' && opened != SIZE_MAX) {
			int length = (int)(i - opened) + 1;
			if (length > FUNCTION_LINES_MAX)
				report(c, s->path, (int)opened + 1, "length",
				       "a function of %d lines, at most %d", length,
				       FUNCTION_LINES_MAX);
			opened = SIZE_MAX;
		}
		if (is_word_char(first) && str_ends(code, STR(") {")))
			report(c, s->path, (int)i + 1, "brace",
			       "the brace of a function stands on a line of its own");
	}
}

static void check_words(struct checker *c, const struct source *s)
{
	static const char *const words[] = { "TO" "DO", "FIX" "ME", "X" "XX" };

	for (size_t w = 0; w < COUNT_OF(words); w++) {
		struct str word = str_from_c(words[w]);
		size_t at = str_find(s->text, word, 0);
		for (; at != SIZE_MAX; at = str_find(s->text, word, at + 1)) {
			bool before = at > 0 && is_word_char(s->text.ptr[at - 1]);
			bool after = at + word.len < s->text.len &&
				     is_word_char(s->text.ptr[at + word.len]);
			if (!before && !after)
				report(c, s->path, line_of(s, at), "word", "%s: do it or decide it",
				       words[w]);
		}
	}
}

/* BASE_STR_H for src/base/str.h */
static struct str guard_of(struct checker *c, const struct source *s)
{
	struct str name =
		str_format(c->arena, STR_FMT "_" STR_FMT, STR_ARG(s->folder), STR_ARG(s->name));
	char *guard = (char *)(uintptr_t)str_to_c(c->arena, name);

	for (size_t i = 0; i < name.len; i++) {
		if (guard[i] >= 'a' && guard[i] <= 'z')
			guard[i] = (char)(guard[i] - 'a' + 'A');
		else if (!is_word_char(guard[i]))
			guard[i] = '_';
	}
	return (struct str){ guard, name.len };
}

static void check_header(struct checker *c, const struct source *s)
{
	struct str guard = guard_of(c, s);

	if (!str_starts(s->text, STR("/*")))
		report(c, s->path, 1, "header",
		       "a header opens with a comment: what it promises and refuses");
	struct str wanted = str_format(c->arena, "#ifndef " STR_FMT "\n#define " STR_FMT "\n",
				       STR_ARG(guard), STR_ARG(guard));
	if (!str_contains(s->text, wanted))
		report(c, s->path, 1, "header", "the guard is " STR_FMT, STR_ARG(guard));
}

void check_text(struct checker *c, const struct source *s)
{
	size_t bad = utf8_first_bad(s->text);

	if (bad != SIZE_MAX) {
		report(c, s->path, line_of(s, bad), "text", "not plain UTF-8");
		return;
	}
	if (s->text.len > 0 && !str_ends(s->text, STR("\n")))
		report(c, s->path, (int)s->lines_count, "space", "the last line does not end");
	if (s->lines_count > FILE_LINES_MAX)
		report(c, s->path, FILE_LINES_MAX + 1, "length", "a file of %zu lines, at most %d",
		       s->lines_count, FILE_LINES_MAX);
	for (size_t i = 0; i < s->lines_count; i++)
		check_line(c, s, i);
	check_functions(c, s);
	check_words(c, s);
	if (s->is_header)
		check_header(c, s);
}
