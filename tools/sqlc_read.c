/*
 * sqlc_read.c - the lines around the SQL: includes, names, types, reasons.
 *
 * A block is "-- name :mode", then lines "-- in", "-- out", "-- scan:" and
 * "-- only", then SQL up to its semicolon. A line of two or more blanks after
 * the dashes continues the line above it. Comments outside a block are free
 * text; inside one, an unknown line is an error, because a misspelt "-- scan:"
 * that is taken for prose would be found by nobody.
 */
#include "sqlc.h"

struct type_word { const char *word; enum sqlc_type type; };
static const struct type_word types[] = {
	{ "int", TYPE_INT },	     { "text", TYPE_TEXT }, { "blob", TYPE_BLOB },
	{ "real", TYPE_REAL },	     { "bool", TYPE_BOOL }, { "date", TYPE_DATE },
	{ "instant", TYPE_INSTANT }, { "sealed", TYPE_SEALED },
};

/* A field becomes a member of a C struct. */
static const char *const c_words[] = {
	"auto",	    "break",  "case",	"char",	    "const",	"continue", "default",	"do",
	"double",   "else",   "enum",	"extern",   "float",	"for",	    "goto",	"if",
	"inline",   "int",    "long",	"register", "restrict", "return",   "short",	"signed",
	"sizeof",   "static", "struct", "switch",   "typedef",	"union",    "unsigned", "void",
	"volatile", "while",  "bool",	"true",	    "false",	"stdin",    "stdout",	"errno",
};

static struct str take_line(struct sqlc_source *src)
{
	struct str line = STR_NONE;

	if (str_split_next(&src->rest, '\n', &line))
		src->line++;
	return line;
}

static bool is_name(struct str s)
{
	if (s.len == 0 || s.len > 60 || s.ptr[0] < 'a' || s.ptr[0] > 'z')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}

static struct str take_word(struct str *s)
{
	size_t n = 0;

	*s = str_trim(*s);
	while (n < s->len && s->ptr[n] != ' ' && s->ptr[n] != '\t')
		n++;
	struct str word = str_slice(*s, 0, n);
	*s = str_trim(str_slice(*s, n, s->len));
	return word;
}

static bool read_type(struct str word, struct sqlc_field *f)
{
	if (str_ends(word, STR("?"))) {
		f->optional = true;
		word = str_slice(word, 0, word.len - 1);
	}
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		if (str_equal_c(word, types[i].word)) {
			f->type = types[i].type;
			return true;
		}
	}
	f->type = TYPE_ID;
	f->id_type = word;
	return is_name(word) && word.len > 3 && str_ends(word, STR("_id"));
}

static bool is_c_word(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(c_words); i++)
		if (str_equal_c(name, c_words[i]))
			return true;
	return false;
}

static void add_field(struct sqlc_model *m, const struct sqlc_source *src,
		      struct sqlc_fields *fields, struct str text)
{
	struct sqlc_field f = { .line = src->line, .name = take_word(&text) };
	struct str type = take_word(&text);

	if (!is_name(f.name) || type.len == 0 || text.len != 0) {
		sqlc_error(m, src->path, src->line, "a field is written \"name type\"");
		return;
	}
	if (is_c_word(f.name))
		sqlc_error(m, src->path, src->line, STR_FMT " is a word of C", STR_ARG(f.name));
	if (!read_type(type, &f))
		sqlc_error(m, src->path, src->line, "unknown type " STR_FMT, STR_ARG(type));
	if (f.type == TYPE_REAL && f.optional)
		sqlc_error(m, src->path, src->line, "real? does not exist: use COALESCE");
	for (int i = 0; i < fields->count; i++)
		if (str_equal(fields->list[i].name, f.name))
			sqlc_error(m, src->path, src->line, STR_FMT " is declared twice",
				   STR_ARG(f.name));
	if (fields->count == SQLC_FIELDS_MAX) {
		sqlc_error(m, src->path, src->line, "more than %d fields", SQLC_FIELDS_MAX);
		return;
	}
	fields->list[fields->count++] = f;
}

static void add_fields(struct sqlc_model *m, const struct sqlc_source *src,
		       struct sqlc_fields *fields, struct str text)
{
	struct str piece;

	/* A trailing comma announces a continuation line. */
	text = str_trim(text);
	if (str_ends(text, STR(",")))
		text = str_slice(text, 0, text.len - 1);
	while (str_split_next(&text, ',', &piece))
		add_field(m, src, fields, piece);
}

static void read_only_word(struct sqlc_model *m, const struct sqlc_source *src,
			   struct sqlc_statement *s, struct str engine)
{
	if (str_equal_c(engine, "sqlite"))
		s->only = ONLY_SQLITE;
	else if (str_equal_c(engine, "postgres"))
		s->only = ONLY_POSTGRES;
	else
		sqlc_error(m, src->path, src->line, "only sqlite, or only postgres");
}

enum header_line { LINE_NONE, LINE_IN, LINE_OUT, LINE_SCAN, LINE_ONLY };

static void read_header_line(struct sqlc_model *m, const struct sqlc_source *src,
			     struct sqlc_statement *s, enum header_line kind, struct str rest)
{
	switch (kind) {
	case LINE_IN:
		add_fields(m, src, &s->in, rest);
		return;
	case LINE_OUT:
		add_fields(m, src, &s->out, rest);
		return;
	case LINE_SCAN:
		if (rest.len == 0)
			sqlc_error(m, src->path, src->line, "scan: needs its reason");
		s->scan = s->scan.len == 0 ? rest
					   : str_format(m->arena, STR_FMT " " STR_FMT,
							STR_ARG(s->scan), STR_ARG(rest));
		return;
	case LINE_ONLY:
		read_only_word(m, src, s, rest);
		return;
	case LINE_NONE:
		sqlc_error(m, src->path, src->line,
			   "expected in, out, scan: or only; prose stands above the name");
		return;
	}
}

static enum header_line header_kind(struct str word)
{
	return str_equal_c(word, "in")	    ? LINE_IN
	       : str_equal_c(word, "out")   ? LINE_OUT
	       : str_equal_c(word, "scan:") ? LINE_SCAN
	       : str_equal_c(word, "only")  ? LINE_ONLY
					    : LINE_NONE;
}

/* Reads comment lines up to the first line of SQL, which stays in src. */
static void read_header(struct sqlc_model *m, struct sqlc_source *src, struct sqlc_statement *s)
{
	enum header_line kind = LINE_NONE;

	while (src->rest.len > 0) {
		struct sqlc_source ahead = *src;
		struct str text = str_trim(take_line(&ahead));

		if (text.len > 0 && !str_starts(text, STR("--")))
			return;
		*src = ahead;
		if (text.len == 0)
			continue;
		text = str_slice(text, 2, text.len);
		if (str_starts(text, STR("  ")) || str_starts(text, STR("\t"))) {
			read_header_line(m, src, s, kind, str_trim(text));
			continue;
		}
		kind = header_kind(take_word(&text));
		read_header_line(m, src, s, kind, text);
	}
}

static bool same_fields(const struct sqlc_fields *a, const struct sqlc_fields *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++) {
		const struct sqlc_field *x = &a->list[i], *y = &b->list[i];

		if (!str_equal(x->name, y->name) || x->type != y->type ||
		    x->optional != y->optional ||
		    (x->type == TYPE_ID && !str_equal(x->id_type, y->id_type)))
			return false;
	}
	return true;
}

/* The same name twice is right only for the two halves of a statement whose text differs. */
static bool join_halves(struct sqlc_model *m, struct sqlc_statement *first,
			const struct sqlc_statement *s)
{
	bool halves = first->path == s->path && first->only != FOR_BOTH && s->only != FOR_BOTH &&
		      first->only != s->only &&
		      (first->sqlite.ptr == NULL || first->postgres.ptr == NULL);

	if (!halves) {
		sqlc_error(m, s->path, s->line, STR_FMT " is already in %s:%d", STR_ARG(s->name),
			   first->path, first->line);
		return false;
	}
	if (first->mode != s->mode || first->writes != s->writes ||
	    !same_fields(&first->in, &s->in) || !same_fields(&first->out, &s->out)) {
		sqlc_error(m, s->path, s->line, STR_FMT " differs from its other half, line %d",
			   STR_ARG(s->name), first->line);
		return false;
	}
	if (s->only == ONLY_SQLITE)
		first->sqlite = s->sqlite;
	else
		first->postgres = s->postgres;
	if (first->scan.len == 0)
		first->scan = s->scan;
	return true;
}

static void add_statement(struct sqlc_model *m, struct sqlc_statement *s)
{
	for (int i = 0; i < m->count; i++) {
		if (str_equal(m->statements[i]->name, s->name)) {
			join_halves(m, m->statements[i], s);
			return;
		}
	}
	if (m->count == SQLC_STATEMENTS_MAX) {
		sqlc_error(m, s->path, s->line, "more than %d statements", SQLC_STATEMENTS_MAX);
		return;
	}
	m->statements[m->count++] = s;
}

static bool read_mode(struct str word, enum sqlc_mode *mode)
{
	static const char *const words[] = {
		[MODE_ONE] = ":one", [MODE_MANY] = ":many", [MODE_EXEC] = ":exec"
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_equal_c(word, words[i])) {
			*mode = (enum sqlc_mode)i;
			return true;
		}
	}
	return false;
}

static void read_block(struct sqlc_model *m, struct sqlc_source *src, struct str name,
		       struct str mode)
{
	struct sqlc_statement *s = ARENA_NEW(m->arena, struct sqlc_statement);

	s->path = src->path;
	s->line = src->line;
	s->name = name;
	if (!is_name(name))
		sqlc_error(m, src->path, src->line, "a name has small letters, digits and _");
	if (!read_mode(mode, &s->mode))
		sqlc_error(m, src->path, src->line, "the mode is :one, :many or :exec");
	read_header(m, src, s);
	if (s->mode == MODE_EXEC && s->out.count > 0)
		sqlc_error(m, s->path, s->line, ":exec has no out");
	if (s->mode != MODE_EXEC && s->out.count == 0)
		sqlc_error(m, s->path, s->line, ":one and :many need out");
	sqlc_read_body(m, src, s);
	add_statement(m, s);
}

static void read_include(struct sqlc_model *m, const struct sqlc_source *src, struct str text)
{
	if (text.len < 3 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"' ||
	    str_find(text, STR("\""), 1) != text.len - 1) {
		sqlc_error(m, src->path, src->line, "an include is written \"folder/header.h\"");
		return;
	}
	if (m->includes_count == SQLC_INCLUDES_MAX) {
		sqlc_error(m, src->path, src->line, "more than %d includes", SQLC_INCLUDES_MAX);
		return;
	}
	m->includes[m->includes_count++] = text;
}

void sqlc_read(struct sqlc_model *m, const char *path, struct str text)
{
	struct sqlc_source src = { .path = path, .rest = text };

	while (src.rest.len > 0) {
		struct str line = str_trim(take_line(&src));

		if (line.len == 0)
			continue;
		if (!str_starts(line, STR("--"))) {
			sqlc_error(m, path, src.line,
				   "SQL without a line \"-- name :mode\" above it");
			return;
		}
		struct str rest = str_slice(line, 2, line.len);
		struct str first = take_word(&rest);
		if (str_equal_c(first, "include"))
			read_include(m, &src, rest);
		else if (rest.len > 1 && rest.ptr[0] == ':')
			read_block(m, &src, first, rest);
	}
}
