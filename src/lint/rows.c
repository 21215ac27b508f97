/*
 * rows.c - rows of numbers in lines of text, with the words around them.
 *
 * The text is read as a stream of words and cells: cells that follow each other
 * are a row, words end it. That reads one line per row, one line per cell, the
 * whole table in one paragraph, and labels broken over the lines around their
 * numbers. Lines with tabs are cut at the tabs, so that blank cells keep their
 * place. rows_of_glued reads what a browser copied without any gap.
 */
#include "base/utf8.h"
#include "lint/lint_internal.h"

#include <string.h>

enum { LABEL_MAX = 100 }; /* characters */
struct word { struct str text; size_t line, row; /* rows closed before it */ };
struct stream {
	struct arena *arena;
	const struct pages *pages;
	struct num_rows out;
	struct word *words;
	size_t words_count, words_cap, want;
	struct num_row *open; /* the row being filled, or NULL */
	size_t cells_on_line;
	bool line_begun;      /* something stood on this line */
	bool open_began_line; /* the open row was the first of its line */
};

static struct num_row *row_begin(struct stream *s, size_t line)
{
	if (s->out.count == LIMIT_LINT_ROWS)
		return NULL;
	s->open = &s->out.rows[s->out.count];
	*s->open = (struct num_row){ .first_line = line, .place = s->pages->lines[line].place };
	return s->open;
}

static void row_end(struct stream *s)
{
	if (s->open != NULL)
		s->out.count++;
	s->open = NULL;
}

static void add_word(struct stream *s, struct str text, size_t line)
{
	if (s->words_count < s->words_cap)
		s->words[s->words_count++] = (struct word){ text, line, s->out.count };
}

static void add_cell(struct stream *s, struct str text, size_t line, const int at[2])
{
	if (s->open == NULL) {
		if (row_begin(s, line) == NULL)
			return;
		s->open_began_line = !s->line_begun;
	}
	struct num_row *row = s->open;
	if (row->count < ROW_CELLS) {
		row->at[0][row->count] = at[0];
		row->at[1][row->count] = at[1];
		row->cells[row->count++] = cell_parse(text, text, row->place);
	}
	row->last_line = line;
	s->cells_on_line++;
}

/* A number at the head of a line with words behind it is an ordinal: take it back. */
static void take_back(struct stream *s, size_t line)
{
	struct num_row *row = s->open;

	if (row->count == 1 && row->first_line == line && s->open_began_line &&
	    row->cells[0].source.len <= 2) {
		struct str text = row->cells[0].source;
		s->open = NULL;
		s->cells_on_line = 0;
		add_word(s, text, line);
		return;
	}
	row_end(s);
}

/*
 * "申请数量3402": where the digits at the end of a word begin, or its length if there are
 * none behind Han.
 */
static size_t digits_at_end(struct str w)
{
	size_t at = w.len;

	while (at > 0 && is_digit(w.ptr[at - 1]))
		at--;
	return at > 0 && at < w.len && (unsigned char)w.ptr[at - 1] >= 0x80 ? at : w.len;
}

static void add_token(struct stream *s, struct str token, size_t line, const int at[2])
{
	if (cell_like(token)) {
		add_cell(s, token, line, at);
		s->line_begun = true;
		return;
	}
	s->line_begun = true;
	if (s->open != NULL)
		take_back(s, line);
	size_t cut = digits_at_end(token);
	add_word(s, str_slice(token, 0, cut), line);
	if (cut < token.len && token.len - cut <= 6)
		add_cell(s, str_slice(token, cut, token.len), line, at);
}

/* Moves the two columns on over s: one per character, and two per wide character. */
static void measure(struct str s, int columns[2])
{
	uint32_t c;

	while (utf8_take(&s, &c)) {
		columns[0]++;
		columns[1] += c >= 0x2E80 ? 2 : 1;
	}
}

static bool is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void read_tokens(struct stream *s, size_t line)
{
	struct str plain = s->pages->lines[line].plain;
	int columns[2] = { 0, 0 };

	for (size_t i = 0; i < plain.len;) {
		size_t end = i;
		int at[2] = { columns[0], columns[1] };
		while (end < plain.len && is_gap(plain.ptr[end]) == is_gap(plain.ptr[i]))
			end++;
		measure(str_slice(plain, i, end), columns);
		at[0] += columns[0];
		at[1] += columns[1];
		if (!is_gap(plain.ptr[i]))
			add_token(s, str_slice(plain, i, end), line, at);
		i = end;
	}
}

/* A label over three columns leaves two empty fields behind it: more than the row wants. */
static void skip_covered(struct str *rest, size_t fields, size_t want)
{
	struct str after = *rest, field;

	for (; fields > want && str_split_next(&after, '\t', &field); fields--) {
		if (str_trim(field).len > 0)
			return;
		*rest = after;
	}
}

/*
 * A line cut at its tabs: words, then cells. Cells missing at its end are blank: editors
 * trim them.
 */
static void read_fields(struct stream *s, size_t line)
{
	struct str rest = s->pages->lines[line].plain, field;
	size_t fields = 0, last_word = 0, index = 0;

	while (str_split_next(&rest, '\t', &field)) {
		fields++;
		if (str_trim(field).len > 0 && !cell_like(str_trim(field)))
			last_word = fields;
	}
	row_end(s);
	rest = s->pages->lines[line].plain;
	while (index < last_word && str_split_next(&rest, '\t', &field)) {
		add_word(s, str_trim(field), line);
		index++;
	}
	if (fields <= last_word || row_begin(s, line) == NULL)
		return;
	skip_covered(&rest, fields - last_word, s->want);
	s->open->fielded = true;
	s->open->last_line = line;
	while (s->open->count < ROW_CELLS && str_split_next(&rest, '\t', &field))
		s->open->cells[s->open->count++] = cell_parse(field, field, s->open->place);
	while (s->open->count < s->want && s->open->count < ROW_CELLS)
		s->open->cells[s->open->count++] =
			(struct lint_cell){ .state = LINT_BLANK, .place = s->open->place };
	row_end(s);
}

static size_t count_tabs(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == '\t';
	return n;
}

static void read_line(struct stream *s, size_t line)
{
	const struct text_line *l = &s->pages->lines[line];
	size_t tabs = count_tabs(l->plain);

	if (l->kind != TEXT_LINE || l->page_mark)
		return;
	s->cells_on_line = 0;
	s->line_begun = false;
	if (tabs > 0 && tabs + 1 >= s->want) {
		read_fields(s, line);
		return;
	}
	read_tokens(s, line);
	if (s->open != NULL &&
	    (s->open->count >= s->want || (s->cells_on_line > 1 && s->want <= 7)))
		row_end(s);
}

static struct str join_words(struct stream *s, size_t row, size_t from_line, size_t to_line)
{
	struct buf b = buf_open(s->arena, 64, LIMIT_LINT_BYTES);

	/* Words are in order of row: the first one is found by halving. */
	size_t low = 0, high = s->words_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (s->words[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < s->words_count && s->words[low].row == row; low++)
		if (s->words[low].line >= from_line && s->words[low].line < to_line)
			buf_add(&b, s->words[low].text);
	return buf_str(&b);
}

/* The end of s, long enough for any label: what stands far above a row does not name it. */
static struct str last_of(struct str s)
{
	size_t at = s.len > LABEL_MAX * 3 ? s.len - LABEL_MAX * 3 : 0;

	while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at++;
	return str_slice(s, at, s.len);
}

/*
 * near: words on the row's first line; around: those since the row before, and those up to
 * the next.
 */
static void name_rows(struct stream *s)
{
	for (size_t i = 0; i < s->out.count; i++) {
		struct num_row *row = &s->out.rows[i];
		bool one_line = row->first_line == row->last_line;
		size_t next = i + 1 < s->out.count ? s->out.rows[i + 1].first_line : SIZE_MAX;
		struct str near = last_of(join_words(s, i, row->first_line, row->first_line + 1));
		struct str above = last_of(join_words(s, i, 0, row->first_line));
		struct str below = STR_NONE;
		if (one_line)
			below = utf8_prefix(join_words(s, i + 1, row->last_line + 1, next),
					    LABEL_MAX);
		struct str tail = mark_tail(near.len > 0 ? near : above);

		/* One cell per line: the label is the line above, nothing else is. */
		if (near.len == 0 && !one_line)
			near = tail;
		row->near = mark_key(s->arena, near);
		row->around = plain_key(s->arena, str_concat(s->arena, above, below));
		row->printed = mark_has_ordinal(tail) ? tail : STR_NONE;
	}
}

/*
 * A cell of two lines may leave its first figures on the one and the rest on the other:
 *   （二）部分公开（区分处理的，只计这一情形，不计其他情 16
 *   形）                                             1  0  0  0  0  17
 * The second line begins no label of its own, and together they are full.
 */
static bool continues(const struct stream *s, const struct num_row *row, const struct num_row *next)
{
	enum { REST_BYTES = 60 };

	return !row->fielded && !next->fielded && row->printed.len > 0 && next->printed.len == 0 &&
	       row->first_line == row->last_line && next->first_line == row->last_line + 1 &&
	       next->near.len > 0 && next->near.len <= REST_BYTES &&
	       row->count + next->count == s->want;
}

static void join_rows(struct stream *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->out.count; i++) {
		struct num_row *row = &s->out.rows[kept++], *next = &s->out.rows[i + 1];
		*row = s->out.rows[i];
		if (i + 1 == s->out.count || !continues(s, row, next))
			continue;
		for (size_t c = 0; c < next->count; c++, row->count++) {
			row->cells[row->count] = next->cells[c];
			row->at[0][row->count] = next->at[0][c];
			row->at[1][row->count] = next->at[1][c];
		}
		row->near = str_concat(s->arena, row->near, next->near);
		row->last_line = next->last_line;
		row->printed = STR_NONE; /* it stands in two pieces */
		i++;
	}
	s->out.count = kept;
}

struct num_rows rows_of_lines(const struct pages *p, size_t from, size_t to, size_t want)
{
	struct stream s = { .arena = p->arena, .pages = p, .want = want };

	for (size_t i = from; i < to && s.words_cap < LIMIT_LINT_WORDS; i++)
		s.words_cap += p->lines[i].plain.len + 1;
	s.words = ARENA_ARRAY(p->arena, s.words_cap, struct word);
	s.out.rows = ARENA_ARRAY(p->arena, LIMIT_LINT_ROWS, struct num_row);
	for (size_t i = from; i < to; i++)
		read_line(&s, i);
	row_end(&s);
	name_rows(&s);
	join_rows(&s);
	return s.out;
}
