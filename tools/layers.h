/*
 * layers.h - the checker of house rules: what its files share.
 *
 * It reads every C file under src/, tools/ and fuzz/ and prints one line per
 * finding, "file:line: rule: text". The rules are those a reader would
 * otherwise have to watch for: direction of includes, length, banned calls,
 * SQL and HTML in the wrong place, message keys. It reads C by its tokens,
 * not by its grammar, and prefers a plain rule with few exceptions.
 */
#ifndef TOOLS_LAYERS_H
#define TOOLS_LAYERS_H

#include "base/str.h"

enum {
	LAYERS_FILE_MAX = 8 * 1024 * 1024,
	LAYERS_FOLDERS_MAX = 64,
	LAYERS_KEYS_MAX = 20000,
	FILE_LINES_MAX = 800,
	FUNCTION_LINES_MAX = 60,
	COLUMNS_MAX = 100,
	COLUMNS_MAX_CHINESE = 120,
};

/* The content of one string literal, as it stands in the file. */
struct literal { size_t from, to; };

struct source {
	struct str path;   /* src/request/request_pages.c, as printed */
	struct str folder; /* request; "tools" or "fuzz" outside src/ */
	struct str name;   /* request_pages.c */
	struct str text;
	/* The text with the insides of comments and literals blanked: same length, same lines. */
	struct str code;
	struct literal *literals;
	size_t literals_count;
	size_t *line_starts; /* offset of each line */
	size_t lines_count;
	bool in_src, is_header, is_test;
};

enum folder_kind { FOLDER_FOUNDATION, FOLDER_DOMAIN, FOLDER_TOP };
struct folder { struct str name; enum folder_kind kind; };

struct message_key { struct str key, path; int line, facts; bool used; };

struct checker {
	struct arena *arena; /* for the whole run */
	struct str root;
	struct folder folders[LAYERS_FOLDERS_MAX];
	size_t folders_count;
	struct message_key *keys; /* sorted by key */
	size_t keys_count;
	int findings;
};

void report(struct checker *c, struct str path, int line, const char *rule, const char *fmt, ...)
	PRINTF_LIKE(5, 6);
int line_of(const struct source *s, size_t offset); /* from 1 */
struct str line_text(const struct source *s, size_t index);
bool is_word_char(char c);
/* Position of the folder in src/LAYERS, or -1. */
int folder_index(const struct checker *c, struct str name);
/* Literals that stand side by side are one text: *index moves to the last of them. */
struct str literal_text(struct checker *c, const struct source *s, size_t *index);

struct source read_source(struct checker *c, struct str path, struct str folder);

void check_text(struct checker *c, const struct source *s);	/* layers_text.c */
void check_includes(struct checker *c, const struct source *s); /* layers_include.c */
void check_calls(struct checker *c, const struct source *s);	/* layers_code.c */
void check_languages(struct checker *c, const struct source *s);
void load_keys(struct checker *c, struct str path); /* layers_keys.c */
void sort_keys(struct checker *c);
void check_keys(struct checker *c, const struct source *s);
void use_keys_of_page(struct checker *c, struct str text);
void check_unused_keys(struct checker *c);
int check_objects(struct checker *c); /* layers_objects.c; reads objdump -t from standard input */
#endif
