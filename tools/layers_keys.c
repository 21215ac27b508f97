/*
 * layers_keys.c - the keys of sentences: each that the code names exists, each
 * that exists is named, and gets as many facts as its text has places for.
 */
#include "layers.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

/* The calls that take a key. Arguments count from 0; -1: there is none. */
static const struct key_call { const char *name; int code, key, facts; } key_calls[] = {
	{ "err_set", 1, 2, 3 },
	{ "err_set_field", 2, 3, 4 },
	{ "message_text", -1, 2, -1 },
	{ "web_redirect", -1, 2, -1 },
};

enum { ARGUMENTS_MAX = 8 };
struct argument { size_t from, to; };

static int compare_keys(const void *a, const void *b)
{
	return str_compare(((const struct message_key *)a)->key,
			   ((const struct message_key *)b)->key);
}

static int highest_place(struct str line)
{
	int highest = 0;

	for (size_t i = 0; i + 2 < line.len; i++) {
		char digit = line.ptr[i + 1];
		if (line.ptr[i] == '{' && digit >= '1' && digit <= '9' && line.ptr[i + 2] == '}' &&
		    digit - '0' > highest)
			highest = digit - '0';
	}
	return highest;
}

void load_keys(struct checker *c, struct str path)
{
	struct str full =
		str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(c->root), STR_ARG(path));
	struct err err = { 0 };
	struct str text, line;

	if (!file_read(c->arena, full, LAYERS_FILE_MAX, &text, &err)) {
		fprintf(stderr, "layers: " STR_FMT ": %s\n", STR_ARG(path), err.key);
		exit(2);
	}
	for (int number = 1; str_split_next(&text, '\n', &line); number++) {
		struct str rest = line, key;
		if (line.len == 0 || line.ptr[0] == '#' || !str_split_next(&rest, '\t', &key))
			continue;
		if (c->keys_count == LAYERS_KEYS_MAX) {
			fprintf(stderr, "layers: " STR_FMT ": too many keys\n", STR_ARG(path));
			exit(2);
		}
		c->keys[c->keys_count++] = (struct message_key){
			.key = key, .path = path, .line = number, .facts = highest_place(line)
		};
	}
}

void sort_keys(struct checker *c)
{
	qsort(c->keys, c->keys_count, sizeof *c->keys, compare_keys);
}

static struct message_key *find_key(struct checker *c, struct str key)
{
	struct message_key wanted = { .key = key };

	return bsearch(&wanted, c->keys, c->keys_count, sizeof *c->keys, compare_keys);
}

/* "request.state_%s": the code completes it, so every key that begins like this may be meant. */
static void use_prefix(struct checker *c, struct str text)
{
	size_t percent = str_find(text, STR("%s"), 0);

	if (percent == SIZE_MAX || percent + 2 != text.len || !str_contains(text, STR(".")))
		return;
	for (size_t i = 0; i < c->keys_count; i++)
		if (str_starts(c->keys[i].key, str_slice(text, 0, percent)))
			c->keys[i].used = true;
}

void use_keys_of_page(struct checker *c, struct str text)
{
	size_t from = 0;

	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && (is_word_char(text.ptr[i]) || text.ptr[i] == '.'))
			continue;
		struct message_key *key = find_key(c, str_slice(text, from, i));
		if (key != NULL)
			key->used = true;
		from = i + 1;
	}
}

/* Cuts the arguments of the call whose '(' stands at `open`. */
static size_t arguments_of(struct str code, size_t open, struct argument *out)
{
	size_t count = 0, from = open + 1;
	int depth = 0;

	for (size_t i = open; i < code.len; i++) {
		char ch = code.ptr[i];
		if (ch == '(' || ch == '[' || ch == '{')
			depth++;
		if (ch == ')' || ch == ']' || ch == '}')
			depth--;
		if (depth == 0 || (depth == 1 && ch == ',')) {
			if (count == ARGUMENTS_MAX)
				return count;
			out[count++] = (struct argument){ from, i };
			from = i + 1;
		}
		if (depth == 0)
			return count;
	}
	return 0; /* the parentheses do not close: the compiler says it better */
}

static bool within(const struct literal *l, struct argument a)
{
	return l->from > a.from && l->to <= a.to;
}

static int facts_given(const struct source *s, const struct argument *a)
{
	bool empty = true;
	int bars = 0;

	for (size_t i = 0; i < s->literals_count; i++) {
		if (!within(&s->literals[i], *a))
			continue;
		for (size_t k = s->literals[i].from; k < s->literals[i].to; k++) {
			bars += s->text.ptr[k] == '|';
			empty = false;
		}
	}
	/* A macro such as STR_FMT is text too. */
	for (size_t k = a->from; k < a->to; k++)
		empty = empty && !is_word_char(s->code.ptr[k]);
	return empty ? 0 : bars + 1;
}

static void check_call(struct checker *c, const struct source *s, const struct key_call *call,
		       size_t open)
{
	struct argument args[ARGUMENTS_MAX];
	int count = (int)arguments_of(s->code, open, args), line = line_of(s, open);

	if (count <= call->key)
		return;
	struct str code = call->code < 0 ? STR_NONE
					 : str_trim(str_slice(s->code, args[call->code].from,
							      args[call->code].to));
	bool log_only = str_equal_c(code, "ERR_INTERNAL") || str_equal_c(code, "ERR_UNAVAILABLE");
	for (size_t i = 0; i < s->literals_count; i++) {
		if (!within(&s->literals[i], args[call->key]))
			continue;
		struct str name = str_slice(s->text, s->literals[i].from, s->literals[i].to);
		const struct message_key *key = find_key(c, name);
		if (key == NULL)
			report(c, s->path, line, "key",
			       "no message \"" STR_FMT "\" in any messages.tsv", STR_ARG(name));
		else if (log_only && key->facts > 0)
			report(c, s->path, line, "key",
			       "\"" STR_FMT "\" shows facts, but %.*s keeps them in the log",
			       STR_ARG(name), STR_ARG(code));
		else if (!log_only && call->facts >= 0 && call->facts < count &&
			 facts_given(s, &args[call->facts]) < key->facts)
			report(c, s->path, line, "key",
			       "\"" STR_FMT "\" has {%d}, and gets %d facts", STR_ARG(name),
			       key->facts, facts_given(s, &args[call->facts]));
	}
}

static void check_calls_with_keys(struct checker *c, const struct source *s)
{
	size_t from = 0;

	for (size_t i = 0; i <= s->code.len; i++) {
		if (i < s->code.len && is_word_char(s->code.ptr[i]))
			continue;
		struct str word = str_slice(s->code, from, i);
		from = i + 1;
		if (i == s->code.len || s->code.ptr[i] != '(')
			continue;
		for (size_t k = 0; k < COUNT_OF(key_calls); k++)
			if (str_equal_c(word, key_calls[k].name))
				check_call(c, s, &key_calls[k], i);
	}
}

void check_keys(struct checker *c, const struct source *s)
{
	if (s->is_test)
		return;
	check_calls_with_keys(c, s);
	for (size_t i = 0; i < s->literals_count; i++) {
		struct str text = str_slice(s->text, s->literals[i].from, s->literals[i].to);
		struct message_key *key = find_key(c, text);
		if (key != NULL)
			key->used = true;
		use_prefix(c, text);
	}
}

void check_unused_keys(struct checker *c)
{
	for (size_t i = 0; i < c->keys_count; i++)
		if (!c->keys[i].used)
			report(c, c->keys[i].path, c->keys[i].line, "key",
			       "nobody uses \"" STR_FMT "\"", STR_ARG(c->keys[i].key));
}
