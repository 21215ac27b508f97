/*
 * pagec - compiles page files to C.
 *
 *	pagec OUTBASE FILE.html ...   writes OUTBASE.h and OUTBASE.c
 *
 * See pagec.h for the language and what it refuses.
 */
#include "pagec.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pagec_refuse(const struct pagec *p, int line, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, STR_FMT ":%d: ", STR_ARG(p->path), line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* ---- reading */

char pagec_peek(const struct pagec *p, size_t ahead)
{
	return ahead < p->text.len - p->pos ? p->text.ptr[p->pos + ahead] : '\0';
}

bool pagec_at(const struct pagec *p, const char *what)
{
	return str_starts(str_slice(p->text, p->pos, p->text.len), str_from_c(what));
}

void pagec_skip(struct pagec *p, size_t bytes)
{
	for (; bytes > 0 && p->pos < p->text.len; bytes--)
		p->line += p->text.ptr[p->pos++] == '\n';
}

bool pagec_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool pagec_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool pagec_is_name(char c)
{
	return pagec_is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       c == ':' || c == '.';
}

/* ---- writing */

void pagec_constant(struct pagec *p, struct str markup)
{
	buf_add(&p->constant, markup);
}

/* A C literal of at most this many bytes of markup: standard C promises 4095 characters. */
enum { LITERAL_MAX = 900 };

static void literal(struct buf *out, struct str piece)
{
	buf_add_c(out, "\thtml_raw(h, \"");
	for (size_t i = 0; i < piece.len; i++) {
		char c = piece.ptr[i];
		if (c == '\n')
			buf_add_c(out, "\\n");
		else if (c == '\t')
			buf_add_c(out, "\\t");
		else if (c == '"' || c == '\\' || c == '?') /* ? could begin a trigraph */
			buf_addf(out, "\\%c", c);
		else
			buf_add_char(out, c);
	}
	buf_addf(out, "\", %zu);\n", piece.len);
}

void pagec_flush(struct pagec *p)
{
	struct str all = buf_str(&p->constant);
	size_t from = 0;

	while (from < all.len) {
		size_t to = all.len - from > LITERAL_MAX ? from + LITERAL_MAX : all.len;
		while (to < all.len && ((unsigned char)all.ptr[to] & 0xc0) == 0x80)
			to--; /* not inside a character */
		literal(&p->body, str_slice(all, from, to));
		from = to;
	}
	buf_clear(&p->constant);
}

/* ---- directives */

static bool take_identifier(struct str *s, struct str *name)
{
	size_t n = 0;

	while (n < s->len && (pagec_is_name_start(s->ptr[n]) || s->ptr[n] == '_' ||
			      (n > 0 && s->ptr[n] >= '0' && s->ptr[n] <= '9')))
		n++;
	*name = str_slice(*s, 0, n);
	*s = str_slice(*s, n, s->len);
	return n > 0;
}

static void include(struct pagec *p, int line, struct str what)
{
	struct str rest = what;

	if (!str_take_str(&rest, STR("include ")))
		pagec_refuse(p, line, "{%%# holds: include \"folder/file.h\"");
	rest = str_trim(rest);
	bool quoted = rest.len > 2 && rest.ptr[0] == '"' && rest.ptr[rest.len - 1] == '"';
	bool angled = rest.len > 2 && rest.ptr[0] == '<' && rest.ptr[rest.len - 1] == '>';
	if ((!quoted && !angled) || str_contains(rest, STR("\n")))
		pagec_refuse(p, line, "{%%# holds: include \"folder/file.h\"");
	struct str text = str_format(p->arena, "#include " STR_FMT "\n", STR_ARG(rest));
	if (!str_contains(buf_str(&p->includes), text))
		buf_add(&p->includes, text);
}

static void function_begin(struct pagec *p, int line, struct str what)
{
	struct str rest = what, name;
	struct function f = { .line = line };

	pagec_function_end(p);
	f.local = str_take_str(&rest, STR("static "));
	rest = str_trim(rest);
	if (!take_identifier(&rest, &name) || !str_starts(rest, STR("(")) ||
	    !str_ends(rest, STR(")")))
		pagec_refuse(p, line, "{%%! holds: name(parameters of C)");
	struct str parameters = str_trim(str_slice(rest, 1, rest.len - 1));
	if (str_contains(parameters, STR("{")) || str_contains(parameters, STR(";")))
		pagec_refuse(p, line, "{%%! holds: name(parameters of C)");
	if (str_equal(parameters, STR("void")))
		parameters = STR_NONE;
	f.name = name;
	f.may_leave = str_ends(name, STR("_begin"));
	f.may_close = str_ends(name, STR("_end"));
	struct str prototype =
		str_format(p->arena, "%svoid " STR_FMT "_html(struct html *h%s" STR_FMT ")",
			   f.local ? "static " : "", STR_ARG(name), parameters.len > 0 ? ", " : "",
			   STR_ARG(parameters));
	buf_addf(f.local ? &p->locals : &p->declarations, STR_FMT ";\n", STR_ARG(prototype));
	buf_addf(&p->body, "\n#line %d \"" STR_FMT "\"\n" STR_FMT "\n{\n", line, STR_ARG(p->path),
		 STR_ARG(prototype));
	p->function = f;
	p->in_function = true;
	p->after_block = true;
	p->space_waits = p->space_had_line = false;
}

void pagec_function_end(struct pagec *p)
{
	if (!p->in_function)
		return;
	if (p->blocks_count > 0)
		pagec_refuse(p, p->blocks[p->blocks_count - 1].line, "this { is never closed");
	if (p->elements_count > 0 && !p->function.may_leave)
		pagec_refuse(p, p->elements[p->elements_count - 1].line,
			     "<" STR_FMT
			     "> is never closed (only a function named …_begin may leave it)",
			     STR_ARG(p->elements[p->elements_count - 1].name));
	p->elements_count = 0;
	pagec_flush(p);
	buf_add_c(&p->body, "}\n");
	p->in_function = false;
}

void pagec_directive(struct pagec *p)
{
	int line = p->line;
	char kind = pagec_peek(p, 2);

	if (p->blocks_count > 0)
		pagec_refuse(p, line, "a directive inside the block of line %d",
			     p->blocks[p->blocks_count - 1].line);
	pagec_skip(p, 3);
	size_t from = p->pos;
	while (!pagec_at(p, "%}")) {
		if (pagec_peek(p, 0) == '\0' || pagec_at(p, "{%"))
			pagec_refuse(p, line, "{%%%c is not closed by %%}", kind);
		pagec_skip(p, 1);
	}
	struct str what = str_trim(str_slice(p->text, from, p->pos));
	pagec_skip(p, 2);
	if (kind == '#')
		include(p, line, what);
	else
		function_begin(p, line, what);
}

/* ---- files */

static void fail(const char *what, const char *path, const struct err *err)
{
	fprintf(stderr, "pagec: %s %s: %s %s\n", what, path, err->key, err->facts);
	exit(2);
}

static void compile(struct pagec *p, const char *path)
{
	struct err err = { 0 };

	p->path = str_from_c(path);
	p->pos = 0;
	p->line = 1;
	if (!file_read(p->arena, p->path, PAGEC_FILE_MAX, &p->text, &err))
		fail("cannot read", path, &err);
	size_t bad = utf8_first_bad(p->text);
	if (bad != SIZE_MAX) {
		pagec_skip(p, bad);
		pagec_refuse(p, p->line, "this is not UTF-8");
	}
	if (!utf8_valid_text(p->text))
		pagec_refuse(p, 1, "the file holds control bytes");
	if (p->path.len > 500 || str_contains(p->path, STR("\"")) ||
	    str_contains(p->path, STR("\\")))
		pagec_refuse(p, 1, "this path cannot be named in C");
	pagec_file(p);
}

static void write_out(struct pagec *p, const char *base, const char *suffix, const struct buf *text)
{
	struct err err = { 0 };
	struct str path = str_format(p->arena, "%s%s", base, suffix);

	if (!buf_ok(text) || !buf_ok(&p->constant)) {
		fprintf(stderr, "pagec: %s%s would be larger than %d bytes\n", base, suffix,
			PAGEC_OUTPUT_MAX);
		exit(2);
	}
	if (!file_write(p->arena, path, buf_str(text), &err))
		fail("cannot write", base, &err);
}

static void write_files(struct pagec *p, const char *base)
{
	const char *slash = strrchr(base, '/');
	const char *name = slash != NULL ? slash + 1 : base;
	struct buf header = buf_open(p->arena, 4096, PAGEC_OUTPUT_MAX);
	struct buf source = buf_open(p->arena, p->body.len + 4096, PAGEC_OUTPUT_MAX);

	buf_addf(&header,
		 "/* Made by tools/pagec from the page files; not to be edited. */\n"
		 "#ifndef %s_PAGES_H\n#define %s_PAGES_H\n\n#include \"html/html.h\"\n",
		 name, name);
	buf_add(&header, buf_str(&p->includes));
	buf_add_char(&header, '\n');
	buf_add(&header, buf_str(&p->declarations));
	buf_add_c(&header, "#endif\n");
	buf_addf(&source,
		 "/* Made by tools/pagec from the page files; not to be edited. */\n"
		 "#include \"%s.h\"\n\n",
		 name);
	buf_add(&source, buf_str(&p->locals));
	buf_add(&source, buf_str(&p->body));
	write_out(p, base, ".h", &header);
	write_out(p, base, ".c", &source);
}

int main(int argc, char **argv)
{
	static struct pagec p;

	if (argc < 3) {
		fputs("usage: pagec OUTBASE FILE.html ...\n", stderr);
		return 2;
	}
	p.arena = arena_open((size_t)256 * 1024 * 1024);
	p.includes = buf_open(p.arena, 1024, PAGEC_OUTPUT_MAX);
	p.declarations = buf_open(p.arena, 1024, PAGEC_OUTPUT_MAX);
	p.locals = buf_open(p.arena, 1024, PAGEC_OUTPUT_MAX);
	p.body = buf_open(p.arena, 65536, PAGEC_OUTPUT_MAX);
	p.constant = buf_open(p.arena, 65536, PAGEC_OUTPUT_MAX);
	for (int i = 2; i < argc; i++)
		compile(&p, argv[i]);
	write_files(&p, argv[1]);
	arena_close(p.arena);
	return 0;
}
