/*
 * sqlc_emit.c - the C of a file of statements.
 *
 * What is the same for every statement lives in src/db; here stands only what
 * the types decide: the structs, one bind and one read for each field.
 */
#include "sqlc.h"

#include <stdlib.h>

static const char *const bind_calls[] = {
	[TYPE_INT] = "int",   [TYPE_TEXT] = "text", [TYPE_BLOB] = "blob",   [TYPE_REAL] = "real",
	[TYPE_BOOL] = "int",  [TYPE_DATE] = "date", [TYPE_INSTANT] = "int", [TYPE_ID] = "int",
	[TYPE_SEALED] = "text",
};
static const char type_letters[] = {
	[TYPE_INT] = 'i',  [TYPE_TEXT] = 't', [TYPE_BLOB] = 'b',    [TYPE_REAL] = 'r',
	[TYPE_BOOL] = 'l', [TYPE_DATE] = 'd', [TYPE_INSTANT] = 's', [TYPE_ID] = 'i',
	[TYPE_SEALED] = 't',
};

static bool is_text(const struct sqlc_field *f)
{
	return f->type == TYPE_TEXT || f->type == TYPE_BLOB || f->type == TYPE_SEALED;
}

static bool any_sealed(const struct sqlc_fields *fields)
{
	for (int i = 0; i < fields->count; i++)
		if (fields->list[i].type == TYPE_SEALED)
			return true;
	return false;
}

static void emit_member(struct buf *b, const struct sqlc_field *f)
{
	static const char *const plain[] = {
		[TYPE_INT] = "int64_t ",     [TYPE_TEXT] = "struct str ",
		[TYPE_BLOB] = "struct str ", [TYPE_REAL] = "double ",
		[TYPE_BOOL] = "bool ",	     [TYPE_DATE] = "struct date ",
		[TYPE_INSTANT] = "int64_t ", [TYPE_SEALED] = "struct str ",
	};

	buf_add_c(b, "\t");
	if (f->optional)
		buf_add_c(b, is_text(f)		    ? "struct opt_str "
			     : f->type == TYPE_DATE ? "struct opt_date "
						    : "struct opt_int ");
	else if (f->type == TYPE_ID)
		buf_addf(b, "struct " STR_FMT " ", STR_ARG(f->id_type));
	else
		buf_add_c(b, plain[f->type]);
	buf_add(b, f->name);
	buf_add_c(b, ";\n");
}

static void emit_struct(struct buf *b, const struct sqlc_statement *s, const char *suffix,
			const struct sqlc_fields *fields)
{
	if (fields->count == 0)
		return;
	buf_addf(b, "struct " STR_FMT "_%s {\n", STR_ARG(s->name), suffix);
	for (int i = 0; i < fields->count; i++)
		emit_member(b, &fields->list[i]);
	buf_add_c(b, "};\n");
}

/* "struct ctx *ctx, const struct X_in *in, " */
static void emit_first_params(struct buf *b, const struct sqlc_statement *s)
{
	buf_add_c(b, "struct ctx *ctx, ");
	if (s->in.count > 0)
		buf_addf(b, "const struct " STR_FMT "_in *in, ", STR_ARG(s->name));
}

static void emit_one_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b, "bool " STR_FMT "(", STR_ARG(s->name));
	emit_first_params(b, s);
	buf_addf(b, "struct " STR_FMT "_row *row, bool *found, struct err *err)%s\n",
		 STR_ARG(s->name), end);
}

static void emit_exec_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b, "bool " STR_FMT "(", STR_ARG(s->name));
	emit_first_params(b, s);
	buf_addf(b, "int64_t *changed, struct err *err)%s\n", end);
}

static void emit_open_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b, "bool " STR_FMT "_open(", STR_ARG(s->name));
	emit_first_params(b, s);
	buf_addf(b, "struct " STR_FMT "_cursor *c, struct err *err)%s\n", STR_ARG(s->name), end);
}

static void emit_next_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b, "bool " STR_FMT "_next(struct " STR_FMT "_cursor *c, struct " STR_FMT
		    "_row *row, struct err *err)%s\n",
		 STR_ARG(s->name), STR_ARG(s->name), STR_ARG(s->name), end);
}

static void emit_close_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b,
		 "bool " STR_FMT "_close(struct " STR_FMT "_cursor *c, const struct err *err)%s\n",
		 STR_ARG(s->name), STR_ARG(s->name), end);
}

static void emit_all_head(struct buf *b, const struct sqlc_statement *s, const char *end)
{
	buf_addf(b, "bool " STR_FMT "_all(", STR_ARG(s->name));
	emit_first_params(b, s);
	buf_addf(b,
		 "size_t max, struct " STR_FMT "_row **rows, size_t *count, struct err *err)%s\n",
		 STR_ARG(s->name), end);
}

static void emit_declarations(struct buf *b, const struct sqlc_statement *s)
{
	buf_addf(b, "\n/* %s:%d */\n", s->path, s->line);
	buf_addf(b, "extern const struct db_stmt_def " STR_FMT "_def;\n", STR_ARG(s->name));
	emit_struct(b, s, "in", &s->in);
	emit_struct(b, s, "row", &s->out);
	switch (s->mode) {
	case MODE_ONE:
		buf_add_c(b, "NODISCARD ");
		emit_one_head(b, s, ";");
		return;
	case MODE_EXEC:
		buf_add_c(b, "NODISCARD ");
		emit_exec_head(b, s, ";");
		return;
	case MODE_MANY:
		buf_addf(b, "struct " STR_FMT "_cursor {\n\tstruct db_stmt *stmt;\n%s};\n",
			 STR_ARG(s->name),
			 any_sealed(&s->out) ? "\tstruct ctx *ctx;\n" : "");
		buf_add_c(b, "NODISCARD ");
		emit_open_head(b, s, ";");
		buf_add_c(b, "NODISCARD ");
		emit_next_head(b, s, ";");
		emit_close_head(b, s, ";");
		buf_add_c(b, "NODISCARD ");
		emit_all_head(b, s, ";");
		return;
	}
}

struct str sqlc_emit_header(const struct sqlc_model *m, const char *path, struct str base_name)
{
	struct buf b = buf_open(m->arena, 64 * KIB, 64 * MIB);
	struct buf guard = buf_open(m->arena, 128, 4096);

	for (size_t i = 0; i < base_name.len; i++) {
		char c = base_name.ptr[i];
		buf_add_char(&guard, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	buf_addf(&b, "/* Written by tools/sqlc from %s. */\n", path);
	buf_addf(&b, "#ifndef " STR_FMT "_H\n#define " STR_FMT "_H\n\n", STR_ARG(buf_str(&guard)),
		 STR_ARG(buf_str(&guard)));
	buf_add_c(&b, "#include \"db/ctx.h\"\n");
	for (int i = 0; i < m->includes_count; i++)
		buf_addf(&b, "#include " STR_FMT "\n", STR_ARG(m->includes[i]));
	for (int i = 0; i < m->count; i++)
		emit_declarations(&b, m->statements[i]);
	buf_add_c(&b, "#endif\n");
	return buf_str(&b);
}

/* ---- the source */

/* A C string, broken at blanks. Every ? is escaped, so that no trigraph comes about. */
static void emit_sql(struct buf *b, const char *member, struct str sql)
{
	size_t column = 0;

	if (sql.ptr == NULL) {
		buf_addf(b, "\t.%s = NULL,\n", member);
		return;
	}
	buf_addf(b, "\t.%s =\n\t\t\"", member);
	for (size_t i = 0; i < sql.len; i++) {
		unsigned char c = (unsigned char)sql.ptr[i];

		if (c == '"' || c == '\\' || c == '?')
			buf_addf(b, "\\%c", c);
		else if (c < 0x20 || c > 0x7e)
			buf_addf(b, "\\%03o", c);
		else
			buf_add_char(b, (char)c);
		if (++column > 70 && c == ' ' && i + 1 < sql.len) {
			buf_add_c(b, "\"\n\t\t\"");
			column = 0;
		}
	}
	buf_add_c(b, "\",\n");
}

static void emit_letters(struct buf *b, const char *member, const struct sqlc_fields *fields)
{
	buf_addf(b, "\t.%s = \"", member);
	for (int i = 0; i < fields->count; i++)
		buf_add_char(b, type_letters[fields->list[i].type]);
	buf_add_c(b, "\",\n");
}

static void emit_def(struct buf *b, const struct sqlc_statement *s)
{
	static const char *const modes[] = {
		[MODE_ONE] = "ONE", [MODE_MANY] = "MANY", [MODE_EXEC] = "EXEC"
	};
	uint64_t required = 0;

	for (int i = 0; i < s->out.count; i++)
		if (!s->out.list[i].optional)
			required |= UINT64_C(1) << i;
	buf_addf(b, "\nconst struct db_stmt_def " STR_FMT "_def = {\n", STR_ARG(s->name));
	buf_addf(b, "\t.name = \"" STR_FMT "\",\n\t.file = \"%s:%d\",\n", STR_ARG(s->name), s->path,
		 s->line);
	emit_sql(b, "sqlite", s->sqlite);
	emit_sql(b, "postgres", s->postgres);
	buf_addf(b, "\t.mode = DB_%s,\n\t.params = %d,\n", modes[s->mode], s->in.count);
	emit_letters(b, "param_types", &s->in);
	buf_addf(b, "\t.columns = %d,\n", s->out.count);
	emit_letters(b, "column_types", &s->out);
	buf_addf(b, "\t.required = UINT64_C(0x%llx),\n", (unsigned long long)required);
	if (s->scan.len > 0)
		emit_sql(b, "scan_reason", s->scan);
	buf_addf(b, "\t.writes = %s,\n};\n", s->writes ? "true" : "false");
}

static void emit_bind(struct buf *b, const struct sqlc_field *f, int index)
{
	const char *call = bind_calls[f->type];

	if (f->type == TYPE_SEALED)
		buf_addf(b, "\tdb_bind_%stext(st, %d, sealed_%d);\n", f->optional ? "opt_" : "",
			 index, index);
	else if (f->optional)
		buf_addf(b, "\tdb_bind_opt_%s(st, %d, in->" STR_FMT ");\n", call, index,
			 STR_ARG(f->name));
	else
		buf_addf(b, "\tdb_bind_%s(st, %d, in->" STR_FMT "%s);\n", call, index,
			 STR_ARG(f->name), f->type == TYPE_ID ? ".n" : "");
}

/* Before the statement is opened, so that nothing is left open where there is no key. */
static void emit_seal(struct buf *b, const struct sqlc_field *f, int index)
{
	buf_addf(b, "\tstruct %s sealed_%d = in->" STR_FMT ";\n",
		 f->optional ? "opt_str" : "str", index, STR_ARG(f->name));
	buf_addf(b, "\tif (!sealed_close(ctx, \"" STR_FMT "\", &sealed_%d%s, err))\n",
		 STR_ARG(f->name), index, f->optional ? ".v" : "");
	buf_add_c(b, "\t\treturn false;\n");
}

static void emit_get(struct buf *b, const struct sqlc_statement *s, const char *out)
{
	for (int i = 0; i < s->in.count; i++)
		if (s->in.list[i].type == TYPE_SEALED)
			emit_seal(b, &s->in.list[i], i);
	buf_addf(b, "\tif (!db_stmt_get(ctx->db, &" STR_FMT "_def, %s, err))\n\t\treturn false;\n",
		 STR_ARG(s->name), out);
}

static void emit_binds(struct buf *b, const struct sqlc_statement *s)
{
	for (int i = 0; i < s->in.count; i++)
		emit_bind(b, &s->in.list[i], i);
}

static void emit_column(struct buf *b, const struct sqlc_field *f, int column)
{
	if (f->type == TYPE_DATE) {
		buf_addf(b, "\tif (!db_%sdate(st, %d, &r." STR_FMT ", err))\n\t\treturn false;\n",
			 f->optional ? "opt_" : "", column, STR_ARG(f->name));
		return;
	}
	buf_addf(b, "\tr." STR_FMT "%s = ", STR_ARG(f->name),
		 f->type == TYPE_ID && !f->optional ? ".n" : "");
	if (is_text(f))
		buf_addf(b, "db_%s%s(st, %d, keep);\n", f->optional ? "opt_" : "keep_",
			 bind_calls[f->type], column);
	else if (f->optional)
		buf_addf(b, "db_opt_int(st, %d);\n", column);
	else if (f->type == TYPE_REAL)
		buf_addf(b, "db_real(st, %d);\n", column);
	else
		buf_addf(b, "db_int(st, %d)%s;\n", column, f->type == TYPE_BOOL ? " != 0" : "");
}

/* What is sealed is opened into ctx->arena, of a cursor's row too. */
static void emit_unseal(struct buf *b, const struct sqlc_field *f)
{
	buf_addf(b, "\tif (!sealed_open(ctx, \"" STR_FMT "\", &r." STR_FMT "%s, err))\n",
		 STR_ARG(f->name), STR_ARG(f->name), f->optional ? ".v" : "");
	buf_add_c(b, "\t\treturn false;\n");
}

/* keep: the arena that text is copied into, or NULL for a view. */
static void emit_fill(struct buf *b, const struct sqlc_statement *s)
{
	buf_addf(b,
		 "\nstatic bool " STR_FMT
		 "_fill(struct db_stmt *st, %sstruct arena *keep, struct " STR_FMT
		 "_row *row,\n\tstruct err *err)\n{\n\tstruct " STR_FMT "_row r;\n\n",
		 STR_ARG(s->name), any_sealed(&s->out) ? "struct ctx *ctx, " : "", STR_ARG(s->name),
		 STR_ARG(s->name));
	for (int i = 0; i < s->out.count; i++) {
		emit_column(b, &s->out.list[i], i);
		if (s->out.list[i].type == TYPE_SEALED)
			emit_unseal(b, &s->out.list[i]);
	}
	buf_add_c(b, "\t*row = r;\n\treturn true;\n}\n");
}

static void emit_one(struct buf *b, const struct sqlc_statement *s)
{
	emit_fill(b, s);
	buf_add_c(b, "\n");
	emit_one_head(b, s, "");
	buf_add_c(b, "{\n\tstruct db_stmt *st;\n\tbool any;\n\n");
	emit_get(b, s, "&st");
	emit_binds(b, s);
	buf_addf(b, "\tbool ok = db_step(st, &any, err);\n\tif (ok && any)\n\t\tok = " STR_FMT
		    "_fill(st, %sctx->arena, row, err);\n",
		 STR_ARG(s->name), any_sealed(&s->out) ? "ctx, " : "");
	if (s->writes)
		buf_add_c(b, "\tif (ok && any)\n\t\tok = db_last_row(st, err);\n");
	buf_add_c(b, "\tdb_stmt_reset(st);\n\tif (ok)\n\t\t*found = any;\n\treturn ok;\n}\n");
}

static void emit_exec(struct buf *b, const struct sqlc_statement *s)
{
	buf_add_c(b, "\n");
	emit_exec_head(b, s, "");
	buf_add_c(b, "{\n\tstruct db_stmt *st;\n\tbool any;\n\n");
	emit_get(b, s, "&st");
	emit_binds(b, s);
	buf_add_c(b, "\tbool ok = db_step(st, &any, err);\n\tif (ok && changed != NULL)\n"
		     "\t\t*changed = db_changes(st);\n\tdb_stmt_reset(st);\n\treturn ok;\n}\n");
}

static void emit_cursor(struct buf *b, const struct sqlc_statement *s)
{
	buf_add_c(b, "\n");
	emit_open_head(b, s, "");
	buf_add_c(b, "{\n\tstruct db_stmt *st;\n\n\tc->stmt = NULL;\n");
	emit_get(b, s, "&st");
	emit_binds(b, s);
	if (any_sealed(&s->out))
		buf_add_c(b, "\tc->ctx = ctx;\n");
	buf_add_c(b, "\tc->stmt = st;\n\treturn true;\n}\n\n");
	emit_next_head(b, s, "");
	buf_addf(b, "{\n\tbool any;\n\n\treturn db_step(c->stmt, &any, err) && any && " STR_FMT
		    "_fill(c->stmt, %sNULL, row, err);\n}\n\n",
		 STR_ARG(s->name), any_sealed(&s->out) ? "c->ctx, " : "");
	emit_close_head(b, s, "");
	buf_add_c(b, "{\n\tif (c->stmt != NULL)\n\t\tdb_stmt_reset(c->stmt);\n\tc->stmt = NULL;\n"
		     "\treturn err->code == ERR_NONE;\n}\n");
}

static void emit_all(struct buf *b, const struct sqlc_statement *s)
{
	buf_add_c(b, "\n");
	emit_all_head(b, s, "");
	buf_addf(b,
		 "{\n\tstruct " STR_FMT
		 "_row *list = NULL;\n\tstruct db_stmt *st;\n\tsize_t n = 0, cap = 0;\n"
		 "\tbool ok, any = false;\n\n",
		 STR_ARG(s->name));
	emit_get(b, s, "&st");
	emit_binds(b, s);
	buf_add_c(b, "\twhile ((ok = db_step(st, &any, err)) && any) {\n"
		     "\t\tok = n < max || db_too_many_rows(st, max, err);\n\t\tif (ok)\n\t\t\t");
	buf_addf(b, "list = db_grow(ctx->arena, list, n, &cap, sizeof *list);\n"
		    "\t\tok = ok && " STR_FMT "_fill(st, %sctx->arena, &list[n], err);\n",
		 STR_ARG(s->name), any_sealed(&s->out) ? "ctx, " : "");
	buf_add_c(b,
		  "\t\tif (!ok)\n\t\t\tbreak;\n\t\tn++;\n\t}\n\tdb_stmt_reset(st);\n\tif (ok) {\n"
		  "\t\t*rows = list;\n\t\t*count = n;\n\t}\n\treturn ok;\n}\n");
}

struct str sqlc_emit_source(const struct sqlc_model *m, const char *path, struct str base_name)
{
	struct buf b = buf_open(m->arena, 64 * KIB, 64 * MIB);

	buf_addf(&b, "/* Written by tools/sqlc from %s. */\n#include \"" STR_FMT ".h\"\n\n", path,
		 STR_ARG(base_name));
	buf_add_c(&b, "#include \"db/sealed.h\"\n\n");
	buf_add_c(&b, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
	for (int i = 0; i < m->count; i++) {
		const struct sqlc_statement *s = m->statements[i];

		emit_def(&b, s);
		if (s->mode == MODE_ONE)
			emit_one(&b, s);
		if (s->mode == MODE_EXEC)
			emit_exec(&b, s);
		if (s->mode == MODE_MANY) {
			emit_fill(&b, s);
			emit_cursor(&b, s);
			emit_all(&b, s);
		}
	}
	return buf_str(&b);
}

/* ---- the list of all statements */

static int compare(const void *a, const void *b)
{
	const struct sqlc_statement *x = *(const struct sqlc_statement *const *)a;
	const struct sqlc_statement *y = *(const struct sqlc_statement *const *)b;
	int by_file = str_compare(str_from_c(x->path), str_from_c(y->path));

	return by_file != 0 ? by_file : str_compare(x->name, y->name);
}

struct str sqlc_emit_list(struct sqlc_model *m)
{
	struct buf b = buf_open(m->arena, 64 * KIB, 64 * MIB);

	qsort(m->statements, (size_t)m->count, sizeof(struct sqlc_statement *), compare);
	buf_add_c(&b, "/* Written by tools/sqlc. */\n#include \"db/db.h\"\n\n");
	for (int i = 0; i < m->count; i++)
		buf_addf(&b, "extern const struct db_stmt_def " STR_FMT "_def;\n",
			 STR_ARG(m->statements[i]->name));
	buf_add_c(&b, "\nconst struct db_stmt_def *const db_all_statements[] = {\n");
	for (int i = 0; i < m->count; i++)
		buf_addf(&b, "\t&" STR_FMT "_def,\n", STR_ARG(m->statements[i]->name));
	buf_addf(&b, "\tNULL,\n};\nconst size_t db_all_statements_count = %d;\n", m->count);
	return buf_str(&b);
}
