/*
 * lawcheck.c - holds docs/law.md to the sources, and the sources to docs/law.md.
 *
 *   lawcheck [ROOT]      (default: here)
 *
 * A row of docs/law.md: | article | what it asks | `file` `function()` … | `test file` “case” … |
 * Found fault with: a file that is not there; a function() that the file before it does not
 * define, or table[] likewise; a “case” that is no text of the test file before it; a row that
 * names no function or no test; and an article, notice or standard named anywhere in src/ but
 * its tests that has no row. So a rule that moves or goes takes its row along.
 *
 * Exit status 0: nothing found; 1: findings; 2: cannot be read.
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROWS_MAX = 1000, ENTRIES_MAX = 2000, COLUMNS = 4, FILE_MAX = 4 * 1024 * 1024 };

/* 民事诉讼法 85; notices and standards have the number 0: 〔2021〕30号, GB/T 9704. */
struct citation { struct str law; int article; };

struct checker {
	struct arena *arena;
	struct str root;
	struct citation rows[ROWS_MAX];
	size_t rows_count;
	struct str path; /* where it reads just now */
	int line, findings;
};

#define FOUND(c, fmt, ...)                                                                   \
	((c)->findings++, printf(STR_FMT ":%d: " fmt "\n", STR_ARG((c)->path), (c)->line, \
				 __VA_ARGS__))

static struct str under_root(struct checker *c, struct str path)
{
	return str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(c->root), STR_ARG(path));
}

static bool read_whole(struct checker *c, struct str path, struct str *out)
{
	struct err err = { 0 }; /* whether is enough */

	return file_read(c->arena, under_root(c, path), FILE_MAX, out, &err);
}

/* ---- articles, notices and standards in a text */

typedef void cite_fn(struct checker *c, struct citation found);

/* 三十三, 一百零二: up to 999. */
static bool take_chinese(struct str *s, int *out)
{
	static const char *const signs[] = { "零", "一", "二", "三", "四", "五",
					     "六", "七", "八", "九", "十", "百" };
	struct str rest = *s;
	int sum = 0, digit = 0, i = 0;

	while (i < 12) {
		for (i = 0; i < 12 && !str_take_str(&rest, str_from_c(signs[i])); i++)
			continue;
		if (i == 10 || i == 11)
			sum += (digit > 0 ? digit : 1) * (i == 10 ? 10 : 100);
		if (i < 12)
			digit = i < 10 ? i : 0;
	}
	*out = sum + digit;
	*s = rest;
	return *out > 0;
}

/* The law whose name ends `before`, 》 and a year after it allowed; otherwise the Regulation. */
static struct str law_before(struct str before)
{
	static const struct str signs[] = { STR_INIT("》"), STR_INIT("（"), STR_INIT("）") };

	for (bool cut = true; cut;) {
		const char *last = before.ptr + before.len - 1;
		cut = before.len > 0 && strchr(" \t()0123456789", *last) != NULL;
		before.len -= cut;
		for (size_t i = 0; i < COUNT_OF(signs) && !cut; i++) {
			cut = str_ends(before, signs[i]);
			before.len -= cut ? signs[i].len : 0;
		}
	}
	size_t from = before.len;
	while (from >= 3 && (unsigned char)before.ptr[from - 3] >= 0xE4 &&
	       (unsigned char)before.ptr[from - 3] <= 0xE9)
		from -= 3; /* Han, three bytes each */
	return str_ends(before, STR("法")) ? str_slice(before, from, before.len) : STR("条例");
}

/* What may stand between two articles of one law: 第二款、 and the like. */
static bool only_between(struct str gap)
{
	static const struct str words[] = {
		STR_INIT("第"), STR_INIT("款"), STR_INIT("项"), STR_INIT("、"), STR_INIT("至"),
		STR_INIT("和"), STR_INIT("（"), STR_INIT("）"),
	};
	int n;

	while (gap.len > 0) {
		bool taken = take_chinese(&gap, &n);
		for (size_t i = 0; i < COUNT_OF(words) && !taken; i++)
			taken = str_take_str(&gap, words[i]);
		if (!taken)
			return false;
	}
	return true;
}

/* Art. 28, 29 and 31(二): more numbers follow commas and "and", details follow in brackets. */
static void cite_numbers(struct checker *c, struct str law,
			 struct str rest, cite_fn *fn)
{
	uint64_t n;

	while (str_take_u64(&rest, 999, &n)) {
		fn(c, (struct citation){ law, (int)n });
		while (rest.len > 0 && (rest.ptr[0] == '(' || str_starts(rest, STR("（")))) {
			bool wide = rest.ptr[0] != '(';
			size_t end = str_find(rest, wide ? STR("）") : STR(")"), 0);
			if (end == SIZE_MAX)
				return;
			rest = str_slice(rest, end + (wide ? 3 : 1), rest.len);
		}
		if (!str_take_str(&rest, STR(", ")) && !str_take_str(&rest, STR(" and ")) &&
		    !str_take_str(&rest, STR("-")))
			return;
	}
}

static void cite_line(struct checker *c, struct str text, cite_fn *fn)
{
	struct str law = STR_NONE;
	size_t after = SIZE_MAX; /* end of the last article */
	uint64_t n;

	for (size_t at = 0; at < text.len; at++) {
		struct str rest = str_slice(text, at, text.len), before = str_slice(text, 0, at);
		int article;
		if (str_take_str(&rest, STR("第")) && take_chinese(&rest, &article) &&
		    str_take_str(&rest, STR("条"))) {
			if (after == SIZE_MAX || !only_between(str_slice(text, after, at)))
				law = law_before(before);
			after = text.len - rest.len;
			fn(c, (struct citation){ law, article });
		} else if (str_take_str(&rest, STR("Art. "))) {
			cite_numbers(c, law_before(before), rest, fn);
		} else if (str_take_str(&rest, STR("〔")) && str_take_u64(&rest, 2199, &n) &&
			   str_take_str(&rest, STR("〕")) && str_take_u64(&rest, 9999, &n) &&
			   str_take_str(&rest, STR("号"))) {
			fn(c, (struct citation){ str_slice(text, at, text.len - rest.len), 0 });
		} else if ((str_take_str(&rest, STR("GB/T ")) ||
			    str_take_str(&rest, STR("GM/T ")) || str_take_str(&rest, STR("GB "))) &&
			   str_take_u64(&rest, 99999, &n)) {
			fn(c, (struct citation){ str_slice(text, at, text.len - rest.len), 0 });
		}
	}
}

static void add_row(struct checker *c, struct citation found)
{
	if (c->rows_count == ROWS_MAX)
		FOUND(c, "more than %d articles", ROWS_MAX);
	else
		c->rows[c->rows_count++] = found;
}

/* 依照行政复议法 is 行政复议法: a name in a sentence has no beginning of its own. */
static void want_row(struct checker *c, struct citation found)
{
	for (size_t i = 0; i < c->rows_count; i++)
		if (c->rows[i].article == found.article && str_ends(found.law, c->rows[i].law))
			return;
	FOUND(c, STR_FMT "%s%.0d has no row in docs/law.md", STR_ARG(found.law),
	      found.article > 0 ? " Art. " : "", found.article);
}

/* ---- definitions and texts in a C file */

/* The end of what begins with a bracket at `at`, or SIZE_MAX. */
static size_t bracket_end(struct str text, size_t at)
{
	for (int depth = 0; at < text.len; at++) {
		char ch = text.ptr[at];
		depth += ch == '(' || ch == '[' ? 1 : ch == ')' || ch == ']' ? -1 : 0;
		if (depth == 0)
			return at + 1;
	}
	return SIZE_MAX;
}

/* name( … ) { or name[ … ] = at the beginning of a declaration, which begins its line. */
static bool defines(struct str text, struct str name, char bracket)
{
	for (size_t at = 0; (at = str_find(text, name, at)) != SIZE_MAX; at++) {
		size_t open = at + name.len, line = at, end;
		if (open >= text.len || text.ptr[open] != bracket)
			continue;
		while (line > 0 && text.ptr[line - 1] != '\n')
			line--;
		if (line == at || strchr("\t #/*", text.ptr[line]) != NULL ||
		    strchr(" *", text.ptr[at - 1]) == NULL)
			continue;
		end = bracket_end(text, open);
		while (end < text.len && text.ptr[end] == '[')
			end = bracket_end(text, end);
		while (end < text.len && strchr(" \t\n", text.ptr[end]) != NULL)
			end++;
		if (end < text.len && text.ptr[end] == (bracket == '(' ? '{' : '='))
			return true;
	}
	return false;
}

/* Is there a literal of exactly this text? Literals with escapes in them are not looked for. */
static bool has_text(struct arena *a, struct str source, struct str text)
{
	return str_contains(source, str_format(a, "\"" STR_FMT "\"", STR_ARG(text)));
}

/* ---- rows */

/* Takes the next `…` or “…” from the front; *quoted tells which. */
static bool take_item(struct str *cell, struct str *item, bool *quoted)
{
	size_t tick = str_find(*cell, STR("`"), 0), quote = str_find(*cell, STR("“"), 0);

	if (tick == SIZE_MAX && quote == SIZE_MAX)
		return false;
	*quoted = quote < tick;
	struct str end = *quoted ? STR("”") : STR("`");
	size_t from = *quoted ? quote + STR("“").len : tick + 1, to = str_find(*cell, end, from);
	if (to == SIZE_MAX)
		return false;
	*item = str_slice(*cell, from, to);
	*cell = str_slice(*cell, to + end.len, cell->len);
	return true;
}

static struct str take_file(struct checker *c, struct str name)
{
	struct str text = STR_NONE;

	if (!read_whole(c, str_concat(c->arena, STR("src/"), name), &text) &&
	    !read_whole(c, name, &text))
		FOUND(c, "there is no file " STR_FMT, STR_ARG(name));
	return text;
}

/* `file` `function()` `table[]` “case”: each of the last three belongs to the file before it. */
static void check_cell(struct checker *c, struct str cell)
{
	struct str item, file = STR_NONE, text = STR_NONE;
	bool quoted;

	for (int n = 0; n == 0 || cell.len > 0; n++) {
		if (!take_item(&cell, &item, &quoted)) {
			if (n == 0)
				FOUND(c, "the row names no %s", "function or no test");
			return;
		}
		struct str name = str_slice(item, 0, item.len < 2 ? 0 : item.len - 2);
		if (quoted ? !has_text(c->arena, text, item) :
		    str_ends(item, STR("()")) ? !defines(text, name, '(') :
		    str_ends(item, STR("[]")) && !defines(text, name, '['))
			FOUND(c, "'" STR_FMT "' has no " STR_FMT, STR_ARG(file), STR_ARG(item));
		if (!quoted && !str_ends(item, STR("()")) && !str_ends(item, STR("[]"))) {
			file = item;
			text = take_file(c, file);
		}
	}
}

static void check_row(struct checker *c, struct str row)
{
	struct str cell[COLUMNS], rest = str_slice(row, 1, row.len - 1);
	size_t count = 0;

	while (count < COLUMNS && str_split_next(&rest, '|', &cell[count]))
		count++;
	struct str first = count > 0 ? str_trim(cell[0]) : STR_NONE;
	if (count < COLUMNS || rest.ptr != NULL) {
		FOUND(c, "a row has %d columns", COLUMNS);
		return;
	}
	if (str_starts(first, STR("-")) || str_starts(first, STR("article")))
		return;
	size_t before = c->rows_count;
	cite_line(c, cell[0], add_row);
	if (c->rows_count == before)
		FOUND(c, "'" STR_FMT "' is no article, notice or standard", STR_ARG(first));
	check_cell(c, cell[2]);
	check_cell(c, cell[3]);
}

static bool check_document(struct checker *c)
{
	struct str text, line;

	c->path = STR("docs/law.md");
	if (!read_whole(c, c->path, &text))
		return false;
	for (c->line = 1; str_split_next(&text, '\n', &line); c->line++)
		if (str_starts(line, STR("|")))
			check_row(c, str_trim(line));
	if (c->rows_count == 0)
		FOUND(c, "there is no %s", "row");
	return true;
}

/* ---- the sources */

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool is_source(struct str name)
{
	static const char *const kinds[] = { ".c", ".h", ".sql", ".tsv", ".html" };

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_ends(name, str_from_c(kinds[i])))
			return !str_ends(name, STR("_test.c"));
	return false;
}

static void visit_file(struct checker *c, struct str path)
{
	struct str text, line;

	c->path = path;
	c->line = 1;
	if (!read_whole(c, path, &text))
		FOUND(c, "cannot be %s", "read");
	else
		for (; str_split_next(&text, '\n', &line); c->line++)
			cite_line(c, line, want_row);
}

static bool visit_folder(struct checker *c, struct str path)
{
	struct str *names = ARENA_ARRAY(c->arena, ENTRIES_MAX, struct str);
	DIR *dir = opendir(str_to_c(c->arena, under_root(c, path)));
	size_t count = 0;

	if (dir == NULL)
		return false;
	for (struct dirent *e = readdir(dir); e != NULL && count < ENTRIES_MAX; e = readdir(dir))
		if (e->d_name[0] != '.')
			names[count++] = str_copy(c->arena, str_from_c(e->d_name));
	closedir(dir);
	qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 0; i < count; i++) {
		struct str inner = str_concat(c->arena, str_concat(c->arena, path, STR("/")),
					      names[i]);
		struct stat st;
		if (stat(str_to_c(c->arena, under_root(c, inner)), &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			(void)visit_folder(c, inner);
		else if (is_source(names[i]))
			visit_file(c, inner);
	}
	return true;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open((size_t)256 * MIB);
	struct checker *c = ARENA_NEW(a, struct checker);

	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		fprintf(stderr, "usage: lawcheck [ROOT]\n");
		return 2;
	}
	*c = (struct checker){ .arena = a, .root = argc == 2 ? str_from_c(argv[1]) : STR(".") };
	if (!check_document(c) || !visit_folder(c, STR("src"))) {
		fprintf(stderr, "lawcheck: docs/law.md or src cannot be read under " STR_FMT "\n",
			STR_ARG(c->root));
		return 2;
	}
	return c->findings > 0;
}
