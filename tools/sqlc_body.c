/*
 * sqlc_body.c - one statement's SQL: read to its semicolon, rewritten, checked.
 *
 * :name becomes ?N for SQLite and $N for PostgreSQL, where N is the place in
 * "-- in"; the engines number parameters of their own by different rules, so
 * nobody else writes numbers. @int@, @real@ and @blob@ become the engine's
 * type. Comments go, blanks shrink to one; quoted text is left alone.
 */
#include "sqlc.h"

enum token_kind { TOKEN_WORD, TOKEN_TEXT, TOKEN_PARAM, TOKEN_SIGN };

struct token {
	struct str text;
	enum token_kind kind;
	int depth, line;
};

struct body {
	struct sqlc_model *m;
	struct sqlc_source *src;
	struct sqlc_statement *s;
	struct buf sqlite, postgres;
	struct token tokens[SQLC_TOKENS_MAX];
	int count, depth;
	bool failed;
};

/* What both engines would take, and the house does not. */
static const struct { const char *word, *why; } refused[] = {
	{ "OFFSET", "page by key instead of OFFSET" },
	{ "CURRENT_TIMESTAMP", "the time is a parameter, from ctx" },
	{ "CURRENT_DATE", "the day is a parameter, from ctx" },
	{ "CURRENT_TIME", "the time is a parameter, from ctx" },
	{ "NOW", "the time is a parameter, from ctx" },
	{ "STRFTIME", "the time is a parameter, from ctx" },
	{ "RANDOM", "random values are parameters, from base/rand.h" },
	{ "PRAGMA", "settings are made by src/db" },
	{ "ROWID", "PostgreSQL has no rowid" },
};

/* The same, allowed to a statement for one engine. */
static const struct { const char *word, *why; } refused_in_both[] = {
	{ "LIKE", "the engines differ in case: compare a folded column, or split with only" },
	{ "ILIKE", "only PostgreSQL has ILIKE" },
	{ "GLOB", "only SQLite has GLOB" },
	{ "LOWER", "SQLite folds ASCII only: fold in C" },
	{ "UPPER", "SQLite folds ASCII only: fold in C" },
	{ "IFNULL", "write COALESCE" },
	{ "DATETIME", "the engines differ in dates: compute them in C" },
	{ "JULIANDAY", "the engines differ in dates: compute them in C" },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char at(const struct body *b, size_t i)
{
	return i < b->src->rest.len ? b->src->rest.ptr[i] : '\0';
}

static void fail(struct body *b, const char *what)
{
	if (!b->failed)
		sqlc_error(b->m, b->src->path, b->src->line, "%s", what);
	b->failed = true;
}

static struct str advance(struct body *b, size_t n)
{
	struct str text = str_slice(b->src->rest, 0, n);

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\n')
			b->src->line++;
	b->src->rest = str_slice(b->src->rest, n, b->src->rest.len);
	return text;
}

static void put(struct body *b, struct str text)
{
	buf_add(&b->sqlite, text);
	buf_add(&b->postgres, text);
}

static void put_blank(struct body *b)
{
	struct str sofar = buf_str(&b->sqlite);

	if (sofar.len > 0 && sofar.ptr[sofar.len - 1] != ' ')
		put(b, STR(" "));
}

static void note(struct body *b, struct str text, enum token_kind kind)
{
	if (b->count == SQLC_TOKENS_MAX) {
		fail(b, "the statement is too long");
		return;
	}
	b->tokens[b->count++] = (struct token){ text, kind, b->depth, b->src->line };
}

static void take_comment(struct body *b, struct str end)
{
	size_t stop = str_find(b->src->rest, end, 0);

	if (stop == SIZE_MAX) {
		fail(b, "a comment without an end");
		stop = b->src->rest.len;
	}
	advance(b, stop + end.len);
	put_blank(b);
}

/* '…' or "…"; a doubled quote stands for itself. */
static void take_quoted(struct body *b, char quote)
{
	size_t n = 1;

	while (n < b->src->rest.len && (at(b, n) != quote || at(b, n + 1) == quote))
		n += at(b, n) == quote ? 2 : 1;
	if (n >= b->src->rest.len) {
		fail(b, "a quote without an end");
		advance(b, b->src->rest.len);
		return;
	}
	struct str text = advance(b, n + 1);
	note(b, text, quote == '"' ? TOKEN_WORD : TOKEN_TEXT);
	put(b, text);
}

static size_t word_length(const struct body *b, size_t from)
{
	size_t n = from;

	while (is_letter(at(b, n)) || is_digit(at(b, n)))
		n++;
	return n - from;
}

static void take_param(struct body *b)
{
	struct str name = str_slice(advance(b, 1 + word_length(b, 1)), 1, SIZE_MAX);
	struct sqlc_fields *in = &b->s->in;

	note(b, name, TOKEN_PARAM);
	for (int i = 0; i < in->count; i++) {
		if (str_equal(in->list[i].name, name)) {
			in->list[i].used = true;
			buf_addf(&b->sqlite, "?%d", i + 1);
			buf_addf(&b->postgres, "$%d", i + 1);
			return;
		}
	}
	sqlc_error(b->m, b->src->path, b->src->line, ":" STR_FMT " is not declared in \"-- in\"",
		   STR_ARG(name));
}

static void take_engine_word(struct body *b)
{
	static const struct { const char *word, *sqlite, *postgres; } words[] = {
		{ "@int@", "INTEGER", "BIGINT" },
		{ "@real@", "REAL", "DOUBLE PRECISION" },
		{ "@blob@", "BLOB", "BYTEA" },
	};

	struct str word = str_slice(b->src->rest, 0, word_length(b, 1) + 2);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_equal_c(word, words[i].word)) {
			note(b, advance(b, word.len), TOKEN_WORD);
			buf_add_c(&b->sqlite, words[i].sqlite);
			buf_add_c(&b->postgres, words[i].postgres);
			return;
		}
	}
	fail(b, "the words are @int@, @real@ and @blob@");
	advance(b, 1);
}

static void take_sign(struct body *b)
{
	char c = at(b, 0);
	bool postgres = b->s->only == ONLY_POSTGRES;

	if (c == ':' && at(b, 1) == ':') {
		if (!postgres)
			fail(b, "write CAST(… AS …) instead of ::");
		put(b, advance(b, 2));
		return;
	}
	if (c == '?' || c == '$' || c == '#' || c == '`' || c == '\\' ||
	    ((c == '[' || c == ']' || c == '{' || c == '}' || c == '@') && !postgres))
		fail(b,
		     "a sign that does not belong into a statement; parameters are written :name");
	if ((unsigned char)c < 0x20 || (unsigned char)c > 0x7e)
		fail(b, "only ASCII outside quotes");
	if (c == ')' && --b->depth < 0)
		fail(b, "a ) without its (");
	struct str text = advance(b, 1);
	note(b, text, TOKEN_SIGN);
	if (c == '(')
		b->depth++;
	put(b, text);
}

static void take_word(struct body *b)
{
	size_t n = word_length(b, 0);

	if (at(b, n) == '\'')
		fail(b, "no prefix before a quote");
	struct str text = advance(b, n);
	note(b, text, TOKEN_WORD);
	put(b, text);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void take_token(struct body *b)
{
	char c = at(b, 0), next = at(b, 1);

	if (is_space(c)) {
		advance(b, 1);
		put_blank(b);
	} else if (c == '-' && next == '-') {
		take_comment(b, STR("\n"));
	} else if (c == '/' && next == '*') {
		take_comment(b, STR("*/"));
	} else if (c == '\'' || c == '"') {
		take_quoted(b, c);
	} else if (c == ':' && is_letter(next)) {
		take_param(b);
	} else if (c == '@' && is_letter(next) && at(b, word_length(b, 1) + 1) == '@') {
		take_engine_word(b);
	} else if (is_letter(c) || is_digit(c)) {
		take_word(b);
	} else {
		take_sign(b);
	}
}

/* ---- checks over the tokens */

static bool is_word(const struct body *b, int i, const char *word)
{
	return i >= 0 && i < b->count && b->tokens[i].kind == TOKEN_WORD &&
	       str_equal_ascii_nocase(b->tokens[i].text, str_from_c(word));
}

static bool is_sign(const struct body *b, int i, char c)
{
	return i >= 0 && i < b->count && b->tokens[i].kind == TOKEN_SIGN &&
	       b->tokens[i].text.ptr[0] == c;
}

static int find_word(const struct body *b, const char *word, int depth)
{
	for (int i = 0; i < b->count; i++)
		if (is_word(b, i, word) && (depth < 0 || b->tokens[i].depth == depth))
			return i;
	return -1;
}

static void check_refused(struct body *b)
{
	for (int i = 0; i < b->count; i++) {
		if (is_sign(b, i - 1, '.') || is_sign(b, i + 1, '.') || is_word(b, i - 1, "AS"))
			continue; /* a column that happens to be called so */
		for (size_t k = 0; k < COUNT_OF(refused); k++)
			if (is_word(b, i, refused[k].word))
				sqlc_error(b->m, b->src->path, b->tokens[i].line, "%s",
					   refused[k].why);
		for (size_t k = 0; k < COUNT_OF(refused_in_both) && b->s->only == FOR_BOTH; k++)
			if (is_word(b, i, refused_in_both[k].word))
				sqlc_error(b->m, b->src->path, b->tokens[i].line, "%s",
					   refused_in_both[k].why);
	}
}

/* A SELECT that locks rows writes as far as access and transactions go. */
static bool infer_writes(struct body *b)
{
	static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE", "REPLACE" };

	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (is_word(b, 0, verbs[i]))
			return true;
	if (is_word(b, 0, "WITH"))
		return find_word(b, "INSERT", -1) >= 0 || find_word(b, "UPDATE", -1) >= 0 ||
		       find_word(b, "DELETE", -1) >= 0;
	if (!is_word(b, 0, "SELECT") && !is_word(b, 0, "VALUES"))
		sqlc_error(
			b->m, b->s->path, b->s->line,
			"a statement begins with SELECT, VALUES, WITH, INSERT, UPDATE or DELETE");
	int lock = find_word(b, "FOR", 0);
	return lock >= 0 && (is_word(b, lock + 1, "UPDATE") || is_word(b, lock + 1, "SHARE"));
}

static bool ends_columns(const struct body *b, int i)
{
	static const char *const words[] = { "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT",
					     "UNION", "EXCEPT", "INTERSECT", "FOR" };

	if (is_word(b, i, "FROM"))
		return !is_word(b, i - 1, "DISTINCT"); /* IS DISTINCT FROM */
	for (size_t k = 0; k < COUNT_OF(words); k++)
		if (is_word(b, i, words[k]))
			return true;
	return false;
}

/* The name a column of the answer has by its spelling: "x", "t.x" or "… AS x"; empty if none. */
static struct str column_name(const struct body *b, int from, int to)
{
	if (b->tokens[to - 1].kind != TOKEN_WORD)
		return STR_NONE;
	bool plain = to - from == 1 || (to - from == 3 && is_sign(b, from + 1, '.'));
	bool alias = to - from >= 3 && is_word(b, to - 2, "AS");
	return plain || alias ? b->tokens[to - 1].text : STR_NONE;
}

static void check_column(struct body *b, int number, int from, int to)
{
	const struct sqlc_fields *out = &b->s->out;

	if (from == to) {
		sqlc_error(b->m, b->src->path, b->s->line, "an empty column");
		return;
	}
	if (is_sign(b, to - 1, '*') && (to - from == 1 || is_sign(b, to - 2, '.'))) {
		sqlc_error(b->m, b->src->path, b->tokens[from].line,
			   "name the columns instead of *");
		return;
	}
	/* Columns are read by place: the same names in another order are a mistake. */
	struct str name = column_name(b, from, to);
	if (number >= out->count || str_equal(out->list[number].name, name))
		return;
	for (int i = 0; i < out->count; i++)
		if (str_equal(out->list[i].name, name))
			sqlc_error(b->m, b->src->path, b->tokens[from].line,
				   "column %d is " STR_FMT ", out has it as number %d", number + 1,
				   STR_ARG(name), i + 1);
}

/* The word that says what the statement answers with: its own verb, behind any WITH. */
static int main_verb(const struct body *b)
{
	static const char *const verbs[] = { "SELECT", "VALUES", "INSERT",
					     "UPDATE", "DELETE", "REPLACE" };

	for (int i = 0; i < b->count; i++)
		for (size_t k = 0; k < COUNT_OF(verbs) && b->tokens[i].depth == 0; k++)
			if (is_word(b, i, verbs[k]))
				return i;
	return -1;
}

static void check_columns(struct body *b)
{
	int start = main_verb(b), columns = 0;

	if (start < 0 || is_word(b, start, "VALUES"))
		return;
	if (!is_word(b, start, "SELECT"))
		start = find_word(b, "RETURNING", 0);
	if (start < 0) {
		sqlc_error(b->m, b->src->path, b->s->line, ":one and :many need RETURNING here");
		return;
	}
	int from = start + 1;
	if (is_word(b, from, "DISTINCT") || is_word(b, from, "ALL"))
		from++;
	for (int i = from;; i++) {
		bool end = i == b->count || (b->tokens[i].depth == 0 && ends_columns(b, i));

		if (!end && !(b->tokens[i].depth == 0 && is_sign(b, i, ',')))
			continue;
		check_column(b, columns++, from, i);
		from = i + 1;
		if (end)
			break;
	}
	if (columns != b->s->out.count)
		sqlc_error(b->m, b->src->path, b->s->line,
			   STR_FMT ": the SQL gives %d columns, out names %d", STR_ARG(b->s->name),
			   columns, b->s->out.count);
}

static void check(struct body *b)
{
	struct sqlc_statement *s = b->s;

	for (int i = 0; i < s->in.count; i++)
		if (!s->in.list[i].used)
			sqlc_error(b->m, s->path, s->in.list[i].line,
				   STR_FMT " is declared and not used",
				   STR_ARG(s->in.list[i].name));
	if (b->depth != 0)
		sqlc_error(b->m, s->path, s->line, "a ( without its )");
	check_refused(b);
	s->writes = infer_writes(b);
	if (s->mode != MODE_EXEC)
		check_columns(b);
	else if (!s->writes)
		sqlc_error(b->m, s->path, s->line, ":exec is for statements that write");
	else if (find_word(b, "RETURNING", 0) >= 0)
		sqlc_error(b->m, s->path, s->line, "RETURNING gives rows: :one or :many");
}

void sqlc_read_body(struct sqlc_model *m, struct sqlc_source *src, struct sqlc_statement *s)
{
	struct body *b = ARENA_NEW(m->arena, struct body);

	b->m = m;
	b->src = src;
	b->s = s;
	b->sqlite = buf_open(m->arena, 512, SQLC_TEXT_MAX);
	b->postgres = buf_open(m->arena, 512, SQLC_TEXT_MAX);
	src->line++; /* from lines taken to the line we are in */
	while (src->rest.len > 0 && at(b, 0) != ';')
		take_token(b);
	src->line--;
	if (src->rest.len == 0) {
		sqlc_error(m, src->path, s->line, STR_FMT " does not end with ;", STR_ARG(s->name));
		return;
	}
	advance(b, 1);
	if (b->count == 0) {
		sqlc_error(m, src->path, s->line, STR_FMT " has no SQL", STR_ARG(s->name));
		return;
	}
	if (!buf_ok(&b->sqlite) || !buf_ok(&b->postgres))
		fail(b, "the statement is too long");
	check(b);
	if (s->only != ONLY_POSTGRES)
		s->sqlite = str_trim(buf_str(&b->sqlite));
	if (s->only != ONLY_SQLITE)
		s->postgres = str_trim(buf_str(&b->postgres));
}
