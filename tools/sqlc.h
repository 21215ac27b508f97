/*
 * sqlc.h - the parts of tools/sqlc: the model of a .sql file, its reader, its writer.
 *
 * sqlc turns the named and typed statements of src/x/x.sql into typed C calls.
 * What it can refuse at build time it refuses, with file and line; what only an
 * engine can know is checked by src/db/statements_test.c.
 */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include "base/buf.h"
#include "base/limits.h"

enum {
	SQLC_FIELDS_MAX = 64, /* struct db_stmt_def keeps a bit for each column */
	SQLC_STATEMENTS_MAX = 4096,
	SQLC_INCLUDES_MAX = 64,
	SQLC_TOKENS_MAX = 8192,
	SQLC_TEXT_MAX = 64 * 1024,
};

enum sqlc_type {
	TYPE_INT, TYPE_TEXT, TYPE_BLOB, TYPE_REAL, TYPE_BOOL, TYPE_DATE, TYPE_INSTANT, TYPE_ID,
	TYPE_SEALED, /* text that may name people: sealed in the column, in clear for the caller */
};

struct sqlc_field {
	struct str name;
	enum sqlc_type type;
	struct str id_type; /* TYPE_ID: request_id */
	bool optional, used;
	int line;
};

struct sqlc_fields {
	struct sqlc_field list[SQLC_FIELDS_MAX];
	int count;
};

enum sqlc_mode { MODE_ONE, MODE_MANY, MODE_EXEC };
enum sqlc_only { FOR_BOTH, ONLY_SQLITE, ONLY_POSTGRES };

struct sqlc_statement {
	const char *path;
	int line;
	struct str name;
	enum sqlc_mode mode;
	enum sqlc_only only;
	struct sqlc_fields in, out;
	struct str scan;	       /* empty: a scan is not allowed */
	struct str sqlite, postgres; /* ptr NULL: not for this engine */
	bool writes;
};

/* Several files when the list of all statements is made. */
struct sqlc_model {
	struct arena *arena;
	struct sqlc_statement *statements[SQLC_STATEMENTS_MAX];
	int count;
	struct str includes[SQLC_INCLUDES_MAX];
	int includes_count;
	int errors;
};

/* What is being read: the text left, and where it stands. */
struct sqlc_source {
	const char *path;
	struct str rest;
	int line;
};

/* Prints "path:line: …" on standard error and counts. */
void sqlc_error(struct sqlc_model *m, const char *path, int line, const char *fmt, ...)
	PRINTF_LIKE(4, 5);

/* sqlc_read.c: reads a whole file into the model and checks names and types. */
void sqlc_read(struct sqlc_model *m, const char *path, struct str text);

/* sqlc_body.c: takes one statement's SQL up to its ';', rewrites it for both engines, checks it. */
void sqlc_read_body(struct sqlc_model *m, struct sqlc_source *src, struct sqlc_statement *s);

/* sqlc_emit.c */
struct str sqlc_emit_header(const struct sqlc_model *m, const char *path, struct str base_name);
struct str sqlc_emit_source(const struct sqlc_model *m, const char *path, struct str base_name);
struct str sqlc_emit_list(struct sqlc_model *m);
#endif
