/*
 * sqlc - SQL to typed C.
 *
 *   sqlc FILE.sql OUTBASE      writes OUTBASE.h and OUTBASE.c
 *   sqlc --list OUT.c FILE…    writes db_all_statements, in order of file and name
 *
 * Exit status 0, or 1 with every error as "file:line: what".
 */
#include "sqlc.h"

#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sqlc_error(struct sqlc_model *m, const char *path, int line, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", path, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	m->errors++;
}

static bool read_source(struct sqlc_model *m, const char *path)
{
	struct err err = { 0 };
	struct str text;

	if (!file_read(m->arena, str_from_c(path), 4 * MIB, &text, &err)) {
		sqlc_error(m, path, 0, "cannot be read (%s)", err.facts);
		return false;
	}
	sqlc_read(m, path, text);
	return m->errors == 0;
}

static bool write_out(const char *path, struct str text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL) {
		perror(path);
		return false;
	}
	bool ok = fwrite(text.ptr, 1, text.len, f) == text.len;
	ok = fclose(f) == 0 && ok;
	if (!ok) {
		perror(path);
		remove(path);
	}
	return ok;
}

static struct str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return str_from_c(slash != NULL ? slash + 1 : path);
}

static bool compile(struct sqlc_model *m, const char *path, const char *out)
{
	struct str h = str_format(m->arena, "%s.h", out);
	struct str c = str_format(m->arena, "%s.c", out);

	return read_source(m, path) &&
	       write_out(str_to_c(m->arena, h), sqlc_emit_header(m, path, base_name(out))) &&
	       write_out(str_to_c(m->arena, c), sqlc_emit_source(m, path, base_name(out)));
}

static bool list(struct sqlc_model *m, const char *out, char **paths, int count)
{
	for (int i = 0; i < count; i++)
		if (!read_source(m, paths[i]))
			return false;
	return write_out(out, sqlc_emit_list(m));
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_open((size_t)1024 * MIB);
	struct sqlc_model *m = ARENA_NEW(arena, struct sqlc_model);
	bool ok;

	m->arena = arena;
	if (argc >= 3 && strcmp(argv[1], "--list") == 0) {
		ok = list(m, argv[2], argv + 3, argc - 3);
	} else if (argc == 3 && argv[1][0] != '-') {
		ok = compile(m, argv[1], argv[2]);
	} else {
		fputs("usage: sqlc FILE.sql OUTBASE | sqlc --list OUT.c [FILE.sql…]\n", stderr);
		ok = false;
	}
	arena_close(arena);
	return ok ? 0 : 1;
}
