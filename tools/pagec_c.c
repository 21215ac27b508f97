/*
 * pagec_c.c - the C that stands in a page: values and statements.
 *
 * It does not parse C. It follows strings, comments, brackets and the words
 * that leave a block, which is enough to find the end of a piece and to prove
 * that every block of C holds complete markup: so no branch can leave a tag,
 * a quote or an element open, whatever the data.
 */
#include "pagec.h"

#include <string.h>

static void skip_quoted(struct pagec *p, char quote, int from)
{
	pagec_skip(p, 1);
	while (pagec_peek(p, 0) != quote) {
		if (pagec_peek(p, 0) == '\0' || pagec_peek(p, 0) == '\n')
			pagec_refuse(p, from, "a %c in C is not closed on its line", quote);
		pagec_skip(p, pagec_peek(p, 0) == '\\' && pagec_peek(p, 1) != '\0' ? 2 : 1);
	}
	pagec_skip(p, 1);
}

/* Strings, character constants and comments; false if none begins here. */
static bool skip_opaque(struct pagec *p)
{
	int from = p->line;
	char c = pagec_peek(p, 0);

	if (c == '"' || c == '\'') {
		skip_quoted(p, c, from);
		return true;
	}
	if (pagec_at(p, "//"))
		pagec_refuse(p, from, "// would hide the end of this piece; write /* … */");
	if (!pagec_at(p, "/*"))
		return false;
	while (!pagec_at(p, "*/")) {
		if (pagec_peek(p, 0) == '\0')
			pagec_refuse(p, from, "a comment in C is not closed");
		pagec_skip(p, 1);
	}
	pagec_skip(p, 2);
	return true;
}

/* A word of C, or an empty view. */
static struct str take_word(struct pagec *p)
{
	size_t from = p->pos;

	while (pagec_is_name_start(pagec_peek(p, 0)) || pagec_peek(p, 0) == '_' ||
	       (p->pos > from && pagec_peek(p, 0) >= '0' && pagec_peek(p, 0) <= '9'))
		pagec_skip(p, 1);
	return str_slice(p->text, from, p->pos);
}

static bool word_in(struct str word, const char *list)
{
	struct str rest = str_from_c(list), piece;

	while (str_split_next(&rest, ' ', &piece))
		if (str_equal(piece, word))
			return true;
	return false;
}

static void refuse_word(const struct pagec *p, struct str word)
{
	if (str_equal(word, STR("html_raw")))
		pagec_refuse(p, p->line, "html_raw is the compiler's own: write markup as markup");
	if (str_equal(word, STR("goto")))
		pagec_refuse(p, p->line, "goto could leave an element open");
}

struct str pagec_value(struct pagec *p)
{
	int line = p->line;
	int depth = 0;

	pagec_skip(p, 2);
	size_t from = p->pos;
	while (depth > 0 || !pagec_at(p, "}}")) {
		char c = pagec_peek(p, 0);
		if (c == '\0')
			pagec_refuse(p, line, "{{ is not closed by }}");
		if (pagec_at(p, "{%") || pagec_at(p, "%}") || c == ';' || c == '#')
			pagec_refuse(p, p->line, "a value is one expression; close it with }}");
		depth += c == '{' ? 1 : c == '}' ? -1 : 0;
		if (depth < 0)
			pagec_refuse(p, p->line, "a } has no { in this value");
		if (skip_opaque(p))
			continue;
		struct str word = take_word(p);
		refuse_word(p, word);
		if (word.len == 0)
			pagec_skip(p, 1);
	}
	struct str code = str_trim(str_slice(p->text, from, p->pos));
	if (code.len == 0)
		pagec_refuse(p, line, "{{ }} holds no value");
	pagec_skip(p, 2);
	return code;
}

/* ---- blocks */

static void block_open(struct pagec *p, enum place place, bool loop)
{
	if (p->blocks_count == PAGEC_BLOCKS_MAX)
		pagec_refuse(p, p->line, "more than %d blocks in one another", PAGEC_BLOCKS_MAX);
	p->blocks[p->blocks_count++] = (struct block){ .place = place,
						       .url = p->url,
						       .loop = loop,
						       .elements = p->elements_count,
						       .line = p->line };
}

static void elements_complete(const struct pagec *p, size_t elements, const char *what)
{
	if (p->elements_count > elements)
		pagec_refuse(p, p->line, "<" STR_FMT "> of line %d is not closed before this %s",
			     STR_ARG(p->elements[p->elements_count - 1].name),
			     p->elements[p->elements_count - 1].line, what);
}

static void block_close(struct pagec *p, enum place place)
{
	if (p->blocks_count == 0)
		pagec_refuse(p, p->line, "this } closes nothing");
	const struct block *b = &p->blocks[--p->blocks_count];

	if (b->place != place)
		pagec_refuse(p, p->line,
			     "the block of line %d began %s: its markup is not complete", b->line,
			     b->place == PLACE_TEXT  ? "in text"
			     : b->place == PLACE_TAG ? "in a tag"
						     : "in an attribute value");
	elements_complete(p, b->elements, "}");
	p->url_else = b->url;
	if (p->url != b->url)
		p->url = URL_MIXED;
}

/* What leaves a block in its middle may not leave markup open. */
static void check_jump(const struct pagec *p, struct str word, enum place place)
{
	bool jump = word_in(word, "break continue case default");
	size_t i = p->blocks_count;

	if (str_equal(word, STR("return"))) {
		if (place != PLACE_TEXT || p->function.may_close)
			pagec_refuse(p, p->line, "return here would leave markup open");
		elements_complete(p, 0, "return");
	}
	if (!jump)
		return;
	while (i > 0 && !p->blocks[i - 1].loop)
		i--;
	if (i == 0)
		return; /* not in a block of this page: the C compiler will say so */
	if (p->blocks[i - 1].place != place)
		pagec_refuse(p, p->line, STR_FMT " here would leave a tag open", STR_ARG(word));
	elements_complete(p, p->blocks[i - 1].elements, "jump");
}

/* ---- statements */

/* What has been seen of the statement that may still open a block. */
struct statement {
	int parens;
	bool loop; /* for, while, do or switch waits for its { */
	char last; /* the last byte that was not white space or comment */
};

static void statement_word(struct pagec *p, struct statement *s, enum place place, struct str word)
{
	refuse_word(p, word);
	check_jump(p, word, place);
	if (word_in(word, "for while do switch"))
		s->loop = true;
	if (str_equal(word, STR("else")) && p->url != URL_NO)
		p->url = p->url_else;
	s->last = 'a';
}

static void statement_byte(struct pagec *p, struct statement *s, enum place place, char c)
{
	if (c == '#' || c == '\\')
		pagec_refuse(p, p->line, "the preprocessor has no place in a page");
	if (c == '{')
		block_open(p, place, s->loop);
	if (c == '}')
		block_close(p, place);
	s->parens += c == '(' ? 1 : c == ')' ? -1 : 0;
	if (s->parens == 0 && (c == ';' || c == '{' || c == '}'))
		s->loop = false;
	if (!pagec_is_space(c))
		s->last = c;
	pagec_skip(p, 1);
}

/* A statement alone on its lines takes its white space with it. */
static bool stands_alone(const struct pagec *p, size_t from, size_t to)
{
	while (from > 0 && (p->text.ptr[from - 1] == ' ' || p->text.ptr[from - 1] == '\t'))
		from--;
	while (to < p->text.len && (p->text.ptr[to] == ' ' || p->text.ptr[to] == '\t'))
		to++;
	return (from == 0 || p->text.ptr[from - 1] == '\n') &&
	       (to == p->text.len || p->text.ptr[to] == '\n');
}

void pagec_statement(struct pagec *p, enum place place)
{
	struct statement s = { 0 };
	int line = p->line;
	size_t from = p->pos;

	if (place == PLACE_VALUE)
		pagec_url_checked(p, false);
	else if (place == PLACE_TEXT)
		pagec_space_out(p);
	pagec_flush(p);
	pagec_skip(p, 2);
	size_t code_from = p->pos;
	while (!pagec_at(p, "%}")) {
		if (pagec_peek(p, 0) == '\0' || pagec_at(p, "{{") || pagec_at(p, "{%"))
			pagec_refuse(p, line, "{%% is not closed by %%}");
		if (skip_opaque(p))
			continue;
		struct str word = take_word(p);
		if (word.len > 0)
			statement_word(p, &s, place, word);
		else
			statement_byte(p, &s, place, pagec_peek(p, 0));
	}
	struct str code = str_trim(str_slice(p->text, code_from, p->pos));
	pagec_skip(p, 2);
	if (s.parens != 0)
		pagec_refuse(p, line, "brackets must close in the same {%% … %%}");
	bool comment = s.last == '\0' && code.len > 0;
	if (!comment && (s.last == '\0' || strchr(";{}:", s.last) == NULL))
		pagec_refuse(p, line,
			     "a statement ends in ; { } or : (without braces only the next "
			     "piece of markup would depend on it)");
	buf_addf(&p->body, "#line %d \"" STR_FMT "\"\n\t" STR_FMT "\n", line, STR_ARG(p->path),
		 STR_ARG(code));
	p->after_block = false;
	if (place == PLACE_TEXT && !pagec_verbatim(p) && stands_alone(p, from, p->pos))
		while (pagec_is_space(pagec_peek(p, 0)))
			pagec_skip(p, 1);
	if (place == PLACE_VALUE)
		p->url_from = p->pos;
}
