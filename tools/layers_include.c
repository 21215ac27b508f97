/* layers_include.c - who may include whom. */
#include "layers.h"

#include "base/file.h"

/*
 * request_pages.c, request_api.h, their tests: the edge of a slice, which knows HTTP and HTML.
 * A *_view.h says what a page is given, so it belongs to the edge too, and so does
 * a *_panel: what a room shows on a page of another room.
 */
static bool is_edge_file(struct str name)
{
	static const char *const endings[] = {
		"_pages.c", "_pages.h", "_pages_test.c", "_api.c", "_api.h", "_api_test.c",
		"_view.h",   "_panel.c", "_panel.h",
	};

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(name, str_from_c(endings[i])))
			return true;
	return false;
}

static bool may_know_the_web(const struct source *s)
{
	static const char *const folders[] = { "html",	 "office", "web",  "list",
					       "portal", "app",	   "fuzz", "tools" };

	for (size_t i = 0; i < COUNT_OF(folders); i++)
		if (str_equal_c(s->folder, folders[i]))
			return true;
	return is_edge_file(s->name);
}

/* A header made by sqlc or pagec belongs to the folder of its source. */
static void check_generated(struct checker *c, const struct source *s, struct str target, int line)
{
	struct str stem = str_slice(target, 0, target.len - STR("_sql.h").len);

	if (str_ends(target, STR("_sql.h"))) {
		struct str sql = str_format(c->arena, STR_FMT "/src/" STR_FMT "/" STR_FMT ".sql",
					    STR_ARG(c->root), STR_ARG(s->folder), STR_ARG(stem));
		if (!file_exists(c->arena, sql))
			report(c, s->path, line, "include",
			       "\"" STR_FMT "\" are the statements of another folder",
			       STR_ARG(target));
		return;
	}
	stem = str_slice(target, 0, target.len - STR("_html.h").len);
	if (!str_equal(stem, s->folder))
		report(c, s->path, line, "include",
		       "\"" STR_FMT "\" are the pages of another folder", STR_ARG(target));
	else if (!may_know_the_web(s))
		report(c, s->path, line, "include", "rules know no pages: \"" STR_FMT "\"",
		       STR_ARG(target));
}

static void check_direction(struct checker *c, const struct source *s, struct str folder, int line)
{
	int from = folder_index(c, s->folder), to = folder_index(c, folder);

	if (to < 0)
		report(c, s->path, line, "include", "no folder \"" STR_FMT "\" in src/LAYERS",
		       STR_ARG(folder));
	else if (s->in_src && to > from)
		report(c, s->path, line, "include",
		       STR_FMT " may not know " STR_FMT ": it stands below", STR_ARG(s->folder),
		       STR_ARG(folder));
	else if (str_equal_c(s->folder, "tools") && to > folder_index(c, STR("base")))
		report(c, s->path, line, "include", "a tool includes base/ only");
}

static void check_target(struct checker *c, const struct source *s, struct str target, int line)
{
	struct str header = target, folder;

	str_split_next(&header, '/', &folder);
	if (header.ptr == NULL) {
		if (str_ends(target, STR("_sql.h")) || str_ends(target, STR("_html.h")))
			check_generated(c, s, target, line);
		else if (s->in_src)
			report(c, s->path, line, "include", "write \"folder/" STR_FMT "\"",
			       STR_ARG(target));
		return;
	}
	if (str_starts(target, STR(".")) || str_contains(header, STR("/"))) {
		report(c, s->path, line, "include",
		       "write \"folder/header.h\", not \"" STR_FMT "\"", STR_ARG(target));
		return;
	}
	check_direction(c, s, folder, line);
	bool is_private = str_ends(header, STR("_internal.h")) || str_ends(header, STR("_view.h"));
	if (is_private && !str_equal(folder, s->folder))
		report(c, s->path, line, "include", "\"" STR_FMT "\" is private to its folder",
		       STR_ARG(target));
	bool is_web = str_equal_c(folder, "web") || str_equal_c(folder, "html") ||
		      str_equal_c(folder, "list") || str_ends(header, STR("_view.h"));
	if (is_web && !may_know_the_web(s))
		report(c, s->path, line, "include",
		       "rules know neither web/ nor html/ nor views (*_pages.c and *_api.c do)");
	if (!str_ends(header, STR(".h")))
		report(c, s->path, line, "include", "only headers are included");
}

void check_includes(struct checker *c, const struct source *s)
{
	for (size_t i = 0; i < s->literals_count; i++) {
		const struct literal *l = &s->literals[i];
		int line = line_of(s, l->from);
		size_t start = s->line_starts[line - 1];
		struct str before = str_trim(str_slice(s->code, start, l->from - 1));
		if (!str_take_char(&before, '#') || !str_equal_c(str_trim(before), "include"))
			continue;
		check_target(c, s, str_slice(s->text, l->from, l->to), line);
	}
}
