/* layers_code.c - banned calls, and other languages inside C. */
#include "layers.h"

struct ban { const char *name, *instead; };

static const struct ban bans[] = {
	{ "malloc", "an arena" },	   { "calloc", "an arena" },
	{ "realloc", "struct buf" },	   { "free", "an arena" },
	{ "strdup", "str_copy" },	   { "strndup", "str_copy" },
	{ "alloca", "an arena" },	   { "strcpy", "struct buf" },
	{ "strncpy", "struct buf" },	   { "strcat", "struct buf" },
	{ "strncat", "struct buf" },	   { "sprintf", "str_format" },
	{ "vsprintf", "str_format" },	   { "gets", "file_read_all_fd" },
	{ "strtol", "str_to_i64" },	   { "strtoll", "str_to_i64" },
	{ "strtoul", "str_take_u64" },	   { "strtoull", "str_take_u64" },
	{ "strtoimax", "str_to_i64" },	   { "strtoumax", "str_take_u64" },
	{ "atoi", "str_to_i64" },	   { "atol", "str_to_i64" },
	{ "atoll", "str_to_i64" },	   { "atof", "a checked parser" },
	{ "sscanf", "str_take_*" },	   { "fscanf", "str_take_*" },
	{ "scanf", "str_take_*" },	   { "strtok", "str_split_next" },
	{ "strtok_r", "str_split_next" },  { "localtime", "instant_date" },
	{ "localtime_r", "instant_date" }, { "gmtime", "instant_date" },
	{ "gmtime_r", "instant_date" },	   { "mktime", "date_start" },
	{ "ctime", "instant_iso" },	   { "asctime", "instant_iso" },
	{ "time", "ctx.now" },		   { "gettimeofday", "ctx.now" },
	{ "clock_gettime", "ctx.now" },	   { "rand", "seeded_next" },
	{ "srand", "seeded_from" },	   { "random", "seeded_next" },
	{ "srandom", "seeded_from" },	   { "system", "no shell" },
	{ "popen", "no shell" },	   { "tmpnam", "mkstemp" },
	{ "mktemp", "mkstemp" },	   { "setlocale", "no locale" },
};

static const struct ban *ban_of(struct str word)
{
	for (size_t i = 0; i < COUNT_OF(bans); i++)
		if (str_equal_c(word, bans[i].name))
			return &bans[i];
	return NULL;
}

static char next_visible(struct str code, size_t at)
{
	while (at < code.len &&
	       (code.ptr[at] == ' ' || code.ptr[at] == '\t' || code.ptr[at] == '\n'))
		at++;
	return at < code.len ? code.ptr[at] : '\0';
}

/* x.free(…) and x->free(…) are somebody's own function. */
static bool is_member(struct str code, size_t at)
{
	while (at > 0 && (code.ptr[at - 1] == ' ' || code.ptr[at - 1] == '\t'))
		at--;
	return at > 0 && (code.ptr[at - 1] == '.' ||
			  (at > 1 && code.ptr[at - 1] == '>' && code.ptr[at - 2] == '-'));
}

/* A banned name called, or handed on as a function; but "free" and "time" also name values. */
static bool is_use(const struct source *s, size_t from, size_t to)
{
	static const char *const as_value[] = { "malloc", "calloc", "realloc", "strdup" };

	if (is_member(s->code, from))
		return false;
	if (next_visible(s->code, to) == '(')
		return true;
	for (size_t i = 0; i < COUNT_OF(as_value); i++)
		if (str_equal_c(str_slice(s->code, from, to), as_value[i]))
			return next_visible(s->code, to) == ',' ||
			       next_visible(s->code, to) == ')' || next_visible(s->code, to) == ';';
	return false;
}

static bool has_reason(struct str line)
{
	size_t at = str_find(line, STR("/* allow: "), 0);
	size_t end = at == SIZE_MAX ? SIZE_MAX : str_find(line, STR("*/"), at);

	return end != SIZE_MAX &&
	       str_trim(str_slice(line, at + STR("/* allow: ").len, end)).len >= 5;
}

void check_calls(struct checker *c, const struct source *s)
{
	bool *excused = ARENA_ARRAY(c->arena, s->lines_count + 1, bool);
	size_t from = 0;

	for (size_t i = 0; i <= s->code.len; i++) {
		if (i < s->code.len && is_word_char(s->code.ptr[i]))
			continue;
		const struct ban *ban = ban_of(str_slice(s->code, from, i));
		if (ban != NULL && !str_equal_c(s->folder, "base") && is_use(s, from, i)) {
			int line = line_of(s, from);
			excused[line - 1] = has_reason(line_text(s, (size_t)line - 1));
			if (!excused[line - 1])
				report(c, s->path, line, "banned", "%s: use %s", ban->name,
				       ban->instead);
		}
		from = i + 1;
	}
	for (size_t i = 0; i < s->lines_count; i++)
		if (!excused[i] && has_reason(line_text(s, i)) && !str_equal_c(s->folder, "base") &&
		    !str_equal_c(s->folder, "tools"))
			report(c, s->path, (int)i + 1, "banned", "allows what is not there");
}

/* ---- SQL and HTML */

static bool contains_in_order(struct str text, const char *first, const char *second)
{
	size_t at = str_find(text, str_from_c(first), 0);

	return at != SIZE_MAX && str_find(text, str_from_c(second), at) != SIZE_MAX;
}

static bool is_sql(struct str text)
{
	static const struct { const char *first, *second; } forms[] = {
		{ "SELECT ", "FROM " }, { "INSERT INTO ", "" },	 { "UPDATE ", " SET " },
		{ "DELETE FROM ", "" }, { "CREATE TABLE ", "" }, { "ALTER TABLE ", "" },
		{ "DROP TABLE ", "" },	{ "PRAGMA ", "" },	 { "CREATE INDEX ", "" },
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (contains_in_order(text, forms[i].first, forms[i].second))
			return true;
	return false;
}

static bool is_html(struct str text)
{
	static const char *const tags[] = {
		"a",	 "b",	  "body",   "br",   "button", "div",	 "em",	   "form", "h1",
		"h2",	 "h3",	  "head",   "html", "img",    "input",	 "label",  "li",   "main",
		"nav",	 "ol",	  "option", "p",    "script", "section", "select", "span", "strong",
		"style", "table", "td",	    "th",   "tr",     "ul",
	};
	size_t at = str_find(text, STR("<"), 0);

	for (; at != SIZE_MAX; at = str_find(text, STR("<"), at + 1)) {
		struct str rest = str_slice(text, at + 1, text.len);
		str_take_char(&rest, '/');
		for (size_t i = 0; i < COUNT_OF(tags); i++) {
			struct str after = rest;
			if (str_take_str(&after, str_from_c(tags[i])) && after.len > 0 &&
			    (after.ptr[0] == '>' || after.ptr[0] == ' ' || after.ptr[0] == '/'))
				return true;
		}
	}
	return false;
}

/* A test may tamper with a database behind the back of the program. */
static bool may_hold_sql(const struct source *s)
{
	return s->is_test || str_equal_c(s->folder, "db") ||
	       str_starts(s->path, STR("tools/sqlc")) ||
	       str_starts(s->path, STR("tools/layers"));
}

/* html/ makes it, office/ reads and writes it, lint/ looks for it in other people's pages. */
static bool may_hold_html(const struct source *s)
{
	static const char *const folders[] = { "html", "office", "lint" };

	for (size_t i = 0; i < COUNT_OF(folders); i++)
		if (str_equal_c(s->folder, folders[i]))
			return true;
	return !s->in_src || s->is_test;
}

void check_languages(struct checker *c, const struct source *s)
{
	for (size_t i = 0; i < s->literals_count; i++) {
		int line = line_of(s, s->literals[i].from);
		struct str text = literal_text(c, s, &i);
		if (!may_hold_sql(s) && is_sql(text))
			report(c, s->path, line, "sql", "statements stand in .sql files");
		if (!may_hold_html(s) && is_html(text))
			report(c, s->path, line, "html",
			       "markup stands in pages/*.html and in src/html");
	}
}
