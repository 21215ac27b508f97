/* layers_source.c - one C file, cut into code, comments and literals. */
#include "layers.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cutter {
	struct str text;
	char *code;
	struct literal *literals;
	size_t literals_count;
};

static void blank(struct cutter *k, size_t at)
{
	if (k->code[at] != '\n' && k->code[at] != '\t')
		k->code[at] = ' ';
}

static char char_at(const struct cutter *k, size_t at)
{
	return at < k->text.len ? k->text.ptr[at] : '\0';
}

/* Each returns the offset after what it blanked. */
static size_t skip_line_comment(struct cutter *k, size_t at)
{
	for (; at < k->text.len && k->text.ptr[at] != '\n'; at++)
		blank(k, at);
	return at;
}

static size_t skip_block_comment(struct cutter *k, size_t at)
{
	size_t end = str_find(k->text, STR("*/"), at + 2);

	end = end == SIZE_MAX ? k->text.len : end + 2;
	for (; at < end; at++)
		blank(k, at);
	return end;
}

static size_t skip_quoted(struct cutter *k, size_t at)
{
	char quote = k->text.ptr[at++];
	size_t from = at;

	while (at < k->text.len && k->text.ptr[at] != quote && k->text.ptr[at] != '\n') {
		size_t width = k->text.ptr[at] == '\\' && at + 1 < k->text.len ? 2 : 1;
		for (; width > 0; width--)
			blank(k, at++);
	}
	if (quote == '"')
		k->literals[k->literals_count++] = (struct literal){ from, at };
	return at < k->text.len ? at + 1 : at;
}

static void cut(struct cutter *k)
{
	for (size_t at = 0; at < k->text.len;) {
		char c = k->text.ptr[at], next = char_at(k, at + 1);
		if (c == '/' && next == '/')
			at = skip_line_comment(k, at);
		else if (c == '/' && next == '*')
			at = skip_block_comment(k, at);
		else if (c == '"' || c == '\'')
			at = skip_quoted(k, at);
		else
			at++;
	}
}

static size_t count_char(struct str s, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += s.ptr[i] == c;
	return count;
}

struct source read_source(struct checker *c, struct str path, struct str folder)
{
	struct source s = { .path = path, .folder = folder };
	struct err err = { 0 };
	struct str full =
		str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(c->root), STR_ARG(path));

	if (!file_read(c->arena, full, LAYERS_FILE_MAX, &s.text, &err)) {
		fprintf(stderr, "layers: " STR_FMT ": %s\n", STR_ARG(path), err.key);
		exit(2);
	}
	s.name = path;
	for (size_t i = path.len; i > 0 && path.ptr[i - 1] != '/'; i--)
		s.name = str_slice(path, i - 1, path.len);
	s.in_src = str_starts(path, STR("src/"));
	s.is_header = str_ends(path, STR(".h"));
	s.is_test = str_ends(path, STR("_test.c"));

	struct cutter k = { .text = s.text };
	k.literals = ARENA_ARRAY(c->arena, count_char(s.text, '"') + 1, struct literal);
	k.code = arena_alloc(c->arena, s.text.len);
	if (s.text.len > 0)
		memcpy(k.code, s.text.ptr, s.text.len);
	cut(&k);
	s.code = (struct str){ k.code, s.text.len };
	s.literals = k.literals;
	s.literals_count = k.literals_count;

	s.line_starts = ARENA_ARRAY(c->arena, count_char(s.text, '\n') + 1, size_t);
	for (size_t i = 0; i < s.text.len; i++)
		if (i == 0 || s.text.ptr[i - 1] == '\n')
			s.line_starts[s.lines_count++] = i;
	return s;
}

int line_of(const struct source *s, size_t offset)
{
	size_t low = 0, high = s->lines_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (s->line_starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return (int)low + 1;
}

struct str line_text(const struct source *s, size_t index)
{
	size_t end = index + 1 < s->lines_count ? s->line_starts[index + 1] - 1 : s->text.len;

	if (index + 1 == s->lines_count && str_ends(s->text, STR("\n")))
		end--;
	return str_slice(s->text, s->line_starts[index], end);
}

bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

struct str literal_text(struct checker *c, const struct source *s, size_t *index)
{
	const struct literal *l = &s->literals[*index];
	struct str text = str_slice(s->text, l->from, l->to);

	while (*index + 1 < s->literals_count) {
		const struct literal *next = &s->literals[*index + 1];
		struct str between = str_slice(s->code, s->literals[*index].to + 1, next->from - 1);
		if (str_trim(between).len > 0)
			break;
		text = str_concat(c->arena, text, str_slice(s->text, next->from, next->to));
		(*index)++;
	}
	return text;
}
