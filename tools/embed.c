/*
 * embed.c - what the program carries inside itself, as C.
 *
 *   embed migrations OUT FILE…   struct migration migration_list[]
 *   embed messages OUT FILE…     struct message message_catalogue[], sorted by key
 *   embed assets OUT FILE…       struct asset asset_list[], sorted by path
 *   embed tests OUT FILE…        the main of a test program
 *
 * Without files it writes the empty list. It refuses what would make the list
 * ambiguous (a key or a name twice) and says where.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tool {
	struct arena *arena;
	struct buf out;
	char **files;
	size_t count;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool complain(const char *file, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", file, line, what);
	return false;
}

static bool read_text(struct tool *t, const char *file, struct str *out)
{
	struct err err = { 0 };

	if (!file_read(t->arena, str_from_c(file), 64 * MIB, out, &err)) {
		fprintf(stderr, "%s: %s: %s\n", file, err.key, err.facts);
		return false;
	}
	return true;
}

/* s as a C string literal, in pieces that an editor can show. */
static void add_literal(struct buf *out, struct str s)
{
	size_t column = 0;

	buf_add_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		/* '?' because of trigraphs */
		if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '?') {
			buf_add_char(out, (char)c);
			column++;
		} else {
			char octal[4] = { '\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)),
					  (char)('0' + (c & 7)) };
			buf_add_bytes(out, octal, sizeof octal);
			column += sizeof octal;
		}
		if ((c == '\n' || column > 4000) && i + 1 < s.len) {
			buf_add_c(out, "\"\n\t\"");
			column = 0;
		}
	}
	buf_add_char(out, '"');
}

static void open_list(struct tool *t, const char *header, const char *type, const char *name)
{
	buf_addf(&t->out, "#include \"%s\"\n\nconst struct %s %s[] = {\n", header, type, name);
}

static void close_list(struct tool *t, size_t count, const char *count_name)
{
	if (count == 0)
		buf_add_c(&t->out, "\t{ 0 } /* C has no empty array */\n");
	buf_addf(&t->out, "};\nconst size_t %s = %zu;\n", count_name, count);
}

static const char *after_last_slash(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* ---- migrations */

static bool is_migration_name(struct str name)
{
	for (size_t i = 0; i < 4; i++)
		if (i >= name.len || name.ptr[i] < '0' || name.ptr[i] > '9')
			return false;
	return name.len > 9 && name.ptr[4] == '-' && str_ends(name, STR(".sql"));
}

static bool embed_migrations(struct tool *t)
{
	open_list(t, "db/migrate.h", "migration", "migration_list");
	for (size_t i = 0; i < t->count; i++) {
		struct str text, name = str_from_c(after_last_slash(t->files[i]));
		if (!is_migration_name(name))
			return complain(t->files[i], 1, "a migration is called NNNN-name.sql");
		if (i > 0 && strncmp(after_last_slash(t->files[i - 1]), name.ptr, 4) == 0)
			return complain(t->files[i], 1, "another migration has this number");
		if (!read_text(t, t->files[i], &text))
			return false;
		if (!utf8_valid_text(text))
			return complain(t->files[i], 1, "not plain UTF-8 text");
		name.len -= strlen(".sql");
		buf_add_c(&t->out, "\t{ ");
		add_literal(&t->out, name);
		buf_add_c(&t->out, ",\n\t");
		add_literal(&t->out, text);
		buf_addf(&t->out, ",\n\t%zu },\n", text.len);
	}
	close_list(t, t->count, "migration_list_count");
	return true;
}

/* ---- messages */

struct row { struct str key, zh, en; const char *file; size_t line; };

static int compare_rows(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	return str_compare(left->key, right->key);
}

static bool is_key(struct str key)
{
	size_t dots = 0;

	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		bool at_edge = i == 0 || i + 1 == key.len;
		if (c == '.' && !at_edge)
			dots++;
		else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return dots >= 1;
}

static unsigned placeholders(struct str text)
{
	unsigned seen = 0;

	for (size_t i = 0; i + 2 < text.len; i++)
		if (text.ptr[i] == '{' && text.ptr[i + 1] >= '1' && text.ptr[i + 1] <= '9' &&
		    text.ptr[i + 2] == '}')
			seen |= 1u << (text.ptr[i + 1] - '0');
	return seen;
}

static bool parse_row(struct str line, const char *file, size_t number, struct row *out)
{
	struct row row = { .file = file, .line = number };
	struct str rest = line, extra;

	if (!str_split_next(&rest, '\t', &row.key) || !str_split_next(&rest, '\t', &row.zh) ||
	    !str_split_next(&rest, '\t', &row.en))
		return complain(file, number, "wants three columns: key, zh-CN, en");
	if (str_split_next(&rest, '\t', &extra))
		return complain(file, number, "more than three columns");
	if (!is_key(row.key))
		return complain(file, number, "a key is folder.word_word, in small letters");
	if (row.zh.len == 0 || row.en.len == 0)
		return complain(file, number, "a text is empty");
	if (!utf8_valid_text(line))
		return complain(file, number, "not plain UTF-8 text");
	if (placeholders(row.zh) != placeholders(row.en))
		return complain(file, number, "the two texts use different facts {n}");
	*out = row;
	return true;
}

static bool read_rows(struct tool *t, struct row *rows, size_t max, size_t *count)
{
	for (size_t i = 0; i < t->count; i++) {
		struct str text, line;
		size_t number = 0;
		if (!read_text(t, t->files[i], &text))
			return false;
		while (str_split_next(&text, '\n', &line)) {
			number++;
			if (str_trim(line).len == 0 || line.ptr[0] == '#')
				continue;
			if (*count == max)
				return complain(t->files[i], number, "too many messages");
			if (!parse_row(line, t->files[i], number, &rows[*count]))
				return false;
			(*count)++;
		}
	}
	return true;
}

static bool embed_messages(struct tool *t)
{
	enum { ROWS_MAX = 20000 };
	struct row *rows = ARENA_ARRAY(t->arena, ROWS_MAX, struct row);
	size_t count = 0;

	if (!read_rows(t, rows, ROWS_MAX, &count))
		return false;
	qsort(rows, count, sizeof *rows, compare_rows);
	open_list(t, "base/err.h", "message", "message_catalogue");
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && str_equal(rows[i].key, rows[i - 1].key)) {
			fprintf(stderr, "%s:%zu: key " STR_FMT " also stands at %s:%zu\n",
				rows[i].file, rows[i].line, STR_ARG(rows[i].key), rows[i - 1].file,
				rows[i - 1].line);
			return false;
		}
		buf_add_c(&t->out, "\t{ ");
		add_literal(&t->out, rows[i].key);
		buf_add_c(&t->out, ", ");
		add_literal(&t->out, rows[i].zh);
		buf_add_c(&t->out, ",\n\t  ");
		add_literal(&t->out, rows[i].en);
		buf_add_c(&t->out, " },\n");
	}
	close_list(t, count, "message_catalogue_count");
	return true;
}

/* ---- assets */

static bool embed_assets(struct tool *t)
{
	open_list(t, "base/asset.h", "asset", "asset_list");
	for (size_t i = 0; i < t->count; i++) {
		struct str bytes;
		if (!read_text(t, t->files[i], &bytes))
			return false;
		buf_add_c(&t->out, "\t{ ");
		add_literal(&t->out, str_from_c(t->files[i]));
		buf_add_c(&t->out, ", (const unsigned char *)\n\t");
		add_literal(&t->out, bytes);
		struct str hex = digest_hex(t->arena, digest_of(DIGEST_SHA256, bytes));
		buf_addf(&t->out, ",\n\t%zu, \"" STR_FMT "\" },\n", bytes.len, STR_ARG(hex));
	}
	close_list(t, t->count, "asset_list_count");
	return true;
}

/* ---- tests */

static bool embed_tests(struct tool *t)
{
	struct str *name = ARENA_ARRAY(t->arena, t->count, struct str);

	buf_add_c(&t->out, "#include \"base/test.h\"\n\n#include <string.h>\n\n");
	for (size_t i = 0; i < t->count; i++) {
		name[i] = str_from_c(after_last_slash(t->files[i]));
		if (!str_ends(name[i], STR("_test.c")))
			return complain(t->files[i], 1, "a test file is called x_test.c");
		name[i].len -= strlen(".c");
		for (size_t k = 0; k < i; k++)
			if (str_equal(name[k], name[i]))
				return complain(t->files[i], 1, "another test file has this name");
		buf_addf(&t->out, "void " STR_FMT "(struct test *t);\n", STR_ARG(name[i]));
	}
	buf_add_c(&t->out, "\nstatic const struct test_entry table[] = {\n");
	for (size_t i = 0; i < t->count; i++)
		buf_addf(&t->out, "\t{ \"" STR_FMT "\", " STR_FMT " },\n", STR_ARG(name[i]),
			 STR_ARG(name[i]));
	if (t->count == 0)
		buf_add_c(&t->out, "\t{ 0 }\n");
	/* office/ reads files in this very program, started again; let it, where it is linked. */
	buf_addf(&t->out,
		 "};\n\nint office_reader_main(int argc, char **argv) __attribute__((weak));\n"
		 "\nint main(int argc, char **argv)\n{\n"
		 "\tif (argc > 1 && strcmp(argv[1], \"--reader\") == 0 &&\n"
		 "\t    office_reader_main != NULL)\n"
		 "\t\treturn office_reader_main(argc, argv);\n"
		 "\treturn test_main(argc, argv, table, %zu);\n}\n", t->count);
	return true;
}

int main(int argc, char **argv)
{
	static const struct { const char *mode; bool (*run)(struct tool *t); } modes[] = {
		{ "migrations", embed_migrations },
		{ "messages", embed_messages },
		{ "assets", embed_assets },
		{ "tests", embed_tests },
	};
	struct tool t = { .arena = arena_open((size_t)2 * 1024 * MIB) };
	struct err err = { 0 };

	for (size_t i = 0; argc >= 3 && i < COUNT_OF(modes); i++) {
		if (strcmp(argv[1], modes[i].mode) != 0)
			continue;
		t.files = argv + 3;
		t.count = (size_t)(argc - 3);
		qsort(t.files, t.count, sizeof *t.files, compare_names);
		t.out = buf_open(t.arena, 64 * KIB, 1024 * MIB);
		buf_addf(&t.out, "/* Generated by tools/embed.c; do not edit. */\n");
		if (!modes[i].run(&t))
			return 1;
		if (!buf_ok(&t.out) ||
		    !file_write(t.arena, str_from_c(argv[2]), buf_str(&t.out), &err)) {
			fprintf(stderr, "embed: cannot write %s: %s\n", argv[2], err.facts);
			return 1;
		}
		return 0;
	}
	fprintf(stderr, "usage: embed migrations|messages|assets|tests OUT FILE…\n");
	return 2;
}
