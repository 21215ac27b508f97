/*
 * layers.c - walks the tree and runs the rules of layers.h over it.
 *
 *   layers [ROOT]        the sources under ROOT (default: here)
 *   layers --objects     the symbols of compiled files: objdump -t … | layers --objects
 *
 * Exit status 0: nothing found; 1: findings; 2: the tree cannot be read.
 */
#include "layers.h"

#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void report(struct checker *c, struct str path, int line, const char *rule, const char *fmt, ...)
{
	va_list args;

	printf(STR_FMT ":%d: %s: ", STR_ARG(path), line, rule);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	c->findings++;
}

int folder_index(const struct checker *c, struct str name)
{
	for (size_t i = 0; i < c->folders_count; i++)
		if (str_equal(c->folders[i].name, name))
			return (int)i;
	return -1;
}

static _Noreturn void give_up(struct str path, const char *why)
{
	fprintf(stderr, "layers: " STR_FMT ": %s\n", STR_ARG(path), why);
	exit(2);
}

static struct str under_root(struct checker *c, struct str path)
{
	return str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(c->root), STR_ARG(path));
}

static struct str read_whole(struct checker *c, struct str path)
{
	struct err err = { 0 };
	struct str text;

	if (!file_read(c->arena, under_root(c, path), LAYERS_FILE_MAX, &text, &err))
		give_up(path, err.key);
	return text;
}

static void read_folders(struct checker *c)
{
	struct str path = STR("src/LAYERS"), text = read_whole(c, path), line;

	while (str_split_next(&text, '\n', &line)) {
		struct str rest = str_trim(line), name;
		if (rest.len == 0 || rest.ptr[0] == '#')
			continue;
		str_split_next(&rest, ' ', &name);
		struct str kind = str_trim(rest);
		struct folder *f = &c->folders[c->folders_count];
		if (++c->folders_count > LAYERS_FOLDERS_MAX)
			give_up(path, "too many folders");
		f->name = name;
		if (str_equal_c(kind, "foundation"))
			f->kind = FOLDER_FOUNDATION;
		else if (str_equal_c(kind, "domain"))
			f->kind = FOLDER_DOMAIN;
		else if (str_equal_c(kind, "top"))
			f->kind = FOLDER_TOP;
		else
			give_up(path, "a kind is foundation, domain or top");
	}
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The names in a folder, sorted, without hidden ones. Empty if there is no such folder. */
static size_t list(struct checker *c, struct str path, struct str **out)
{
	enum { ENTRIES_MAX = 4096 };
	struct str *names = ARENA_ARRAY(c->arena, ENTRIES_MAX, struct str);
	DIR *dir = opendir(str_to_c(c->arena, under_root(c, path)));
	size_t count = 0;

	if (dir == NULL)
		return 0;
	for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
		if (e->d_name[0] == '.')
			continue;
		if (count == ENTRIES_MAX)
			give_up(path, "too many files");
		names[count++] = str_copy(c->arena, str_from_c(e->d_name));
	}
	closedir(dir);
	qsort(names, count, sizeof *names, compare_names);
	*out = names;
	return count;
}

typedef void visit_fn(struct checker *c, struct str path, struct str folder);

static void each_file(struct checker *c, struct str path, struct str folder, const char *suffix,
		      visit_fn *visit)
{
	struct str *names = NULL;
	size_t count = list(c, path, &names);

	for (size_t i = 0; i < count; i++)
		if (str_ends(names[i], str_from_c(suffix)))
			visit(c, str_format(c->arena, STR_FMT "/" STR_FMT, STR_ARG(path),
					    STR_ARG(names[i])), folder);
}

static void visit_keys(struct checker *c, struct str path, struct str folder)
{
	(void)folder;
	load_keys(c, path);
}

static void visit_page(struct checker *c, struct str path, struct str folder)
{
	(void)folder;
	use_keys_of_page(c, read_whole(c, path));
}

static void visit_source(struct checker *c, struct str path, struct str folder)
{
	struct source s = read_source(c, path, folder);

	check_text(c, &s);
	check_includes(c, &s);
	check_calls(c, &s);
	check_languages(c, &s);
	if (s.in_src)
		check_keys(c, &s);
}

static void visit_tree(struct checker *c)
{
	struct str *folders = NULL;
	size_t count = list(c, STR("src"), &folders);

	for (size_t i = 0; i < count; i++)
		each_file(c, str_format(c->arena, "src/" STR_FMT, STR_ARG(folders[i])), folders[i],
			  "messages.tsv", visit_keys);
	sort_keys(c);
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(c->arena, "src/" STR_FMT, STR_ARG(folders[i]));
		if (str_equal_c(folders[i], "LAYERS"))
			continue;
		if (folder_index(c, folders[i]) < 0)
			report(c, path, 1, "include", "the folder is missing in src/LAYERS");
		each_file(c, path, folders[i], ".c", visit_source);
		each_file(c, path, folders[i], ".h", visit_source);
		each_file(c, str_concat(c->arena, path, STR("/pages")), folders[i], ".html",
			  visit_page);
	}
	static const char *const outside[] = { "tools", "fuzz" };
	for (size_t i = 0; i < COUNT_OF(outside); i++) {
		each_file(c, str_from_c(outside[i]), str_from_c(outside[i]), ".c", visit_source);
		each_file(c, str_from_c(outside[i]), str_from_c(outside[i]), ".h", visit_source);
	}
	check_unused_keys(c);
}

int main(int argc, char **argv)
{
	struct checker c = { .arena = arena_open((size_t)1024 * MIB), .root = STR(".") };

	if (argc == 2 && strcmp(argv[1], "--objects") == 0)
		return check_objects(&c);
	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		fprintf(stderr, "usage: layers [ROOT] | layers --objects\n");
		return 2;
	}
	if (argc == 2)
		c.root = str_from_c(argv[1]);
	c.keys = ARENA_ARRAY(c.arena, LAYERS_KEYS_MAX, struct message_key);
	read_folders(&c);
	visit_tree(&c);
	return c.findings > 0;
}
