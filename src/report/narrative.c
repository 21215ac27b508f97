/*
 * narrative.c - reading the language of a report's words.
 */
#include "report/narrative.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <assert.h>

static const struct str word_names[] = {
	STR_INIT("year"), STR_INIT("last_year"), STR_INIT("next_year"), STR_INIT("unit.name"),
	STR_INIT("unit.short_name"), STR_INIT("office.name"), STR_INIT("office.contact"),
};

struct parser {
	struct arena *arena;
	struct narrative_node *nodes;
	size_t nodes_count, nodes_max;
	struct narrative_place place; /* of what is being read */
	struct err *err;
};

/* What people see of a wrong reference: short, and without the separator of facts. */
static struct str shown(struct arena *a, struct str s)
{
	struct str head = utf8_prefix(s, 40);
	struct buf b = buf_open(a, head.len + 3, 256);

	for (size_t i = 0; i < head.len; i++)
		buf_add_char(&b, head.ptr[i] == '|' ? '/' : head.ptr[i]);
	if (head.len < s.len)
		buf_add(&b, STR("…"));
	return buf_str(&b);
}

static bool refuse(struct parser *p, const char *key, struct str what)
{
	struct str s = shown(p->arena, what);

	return err_set(p->err, ERR_INVALID, key, "%d|%d|" STR_FMT, p->place.line, p->place.column,
		       STR_ARG(s));
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* t3.granted.total: a letter first, at least one dot, no empty step. */
static bool is_key(struct str s)
{
	if (s.len == 0 || s.len > LIMIT_NARRATIVE_KEY || s.ptr[0] < 'a' || s.ptr[0] > 'z' ||
	    s.ptr[s.len - 1] == '.')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_key_char(s.ptr[i]) || (s.ptr[i] == '.' && s.ptr[i - 1] == '.'))
			return false;
	return str_contains(s, STR("."));
}

static bool next_word(struct str *rest, struct str *word)
{
	*rest = str_trim(*rest);
	if (rest->len == 0)
		return false;
	size_t end = str_find(*rest, STR(" "), 0);
	*word = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return true;
}

/* The keys after `sum`, `percent`, `growth`; "of" stands between those of percent only. */
static bool read_keys(struct parser *p, struct narrative_node *node, struct str rest)
{
	struct str word;
	size_t least = node->kind == NODE_SUM || node->kind == NODE_PERCENT ? 2 : 1;
	size_t most = node->kind == NODE_SUM ? NARRATIVE_SUM_MAX : least;

	while (next_word(&rest, &word)) {
		bool of = node->kind == NODE_PERCENT && node->keys_count == 1 &&
			  str_equal(word, STR("of"));
		if (of)
			continue;
		if (node->keys_count == most || !is_key(word))
			return refuse(p, "report.narrative_unknown", node->text);
		node->keys[node->keys_count++] = word;
	}
	return node->keys_count >= least || refuse(p, "report.narrative_unknown", node->text);
}

static bool is_word(struct str s)
{
	for (size_t i = 0; i < COUNT_OF(word_names); i++)
		if (str_equal(word_names[i], s))
			return true;
	return false;
}

/* One reference, its braces included in `whole`. */
static bool read_reference(struct parser *p, struct str whole, struct narrative_node *node)
{
	static const struct { struct str verb; enum narrative_node_kind kind; } verbs[] = {
		{ STR_INIT("sum"), NODE_SUM },
		{ STR_INIT("percent"), NODE_PERCENT },
		{ STR_INIT("growth"), NODE_GROWTH },
	};
	struct str rest = str_slice(whole, 2, whole.len - 2), first;

	*node = (struct narrative_node){ .kind = NODE_FIGURE, .text = whole, .place = p->place };
	if (!next_word(&rest, &first))
		return refuse(p, "report.narrative_unknown", whole);
	if (str_equal(first, STR("todo"))) {
		node->kind = NODE_TODO;
		node->text = str_trim(rest);
		return node->text.len > 0 || refuse(p, "report.narrative_unknown", whole);
	}
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (str_equal(first, verbs[i].verb)) {
			node->kind = verbs[i].kind;
			return read_keys(p, node, rest);
		}
	}
	if (str_trim(rest).len > 0)
		return refuse(p, "report.narrative_unknown", whole);
	if (is_word(first)) {
		node->kind = NODE_WORD;
		node->text = first;
		return true;
	}
	if (str_equal(first, STR("chart")) || str_equal(first, STR("scope_notes")))
		return refuse(p, "report.narrative_alone", whole);
	if (!is_key(first))
		return refuse(p, "report.narrative_unknown", whole);
	node->keys[0] = first;
	node->keys_count = 1;
	return true;
}

static void add_text(struct parser *p, struct str text)
{
	if (text.len == 0)
		return;
	assert(p->nodes_count < p->nodes_max);
	p->nodes[p->nodes_count++] =
		(struct narrative_node){ .kind = NODE_TEXT, .text = text, .place = p->place };
	p->place.column += (int)utf8_length(text);
}

static bool read_line(struct parser *p, struct str line)
{
	while (line.len > 0) {
		size_t open = str_find(line, STR("{{"), 0);
		struct str plain = str_slice(line, 0, open);
		size_t stray = str_find(plain, STR("}}"), 0);
		if (stray != SIZE_MAX) {
			add_text(p, str_slice(plain, 0, stray));
			return refuse(p, "report.narrative_stray",
				      str_slice(plain, stray, plain.len));
		}
		add_text(p, plain);
		if (open == SIZE_MAX)
			return true;
		line = str_slice(line, open, line.len);
		size_t close = str_find(line, STR("}}"), 2);
		size_t again = str_find(line, STR("{{"), 2);
		if (close == SIZE_MAX || again < close)
			return refuse(p, "report.narrative_unclosed", line);
		struct str whole = str_slice(line, 0, close + 2);
		assert(p->nodes_count < p->nodes_max);
		if (!read_reference(p, whole, &p->nodes[p->nodes_count]))
			return false;
		p->nodes_count++;
		p->place.column += (int)utf8_length(whole);
		line = str_slice(line, whole.len, line.len);
	}
	return true;
}

/* （一）主动公开情况: numbered in brackets, short, and no sentence. */
static bool is_heading(struct str line)
{
	static const struct str digits[] = {
		STR_INIT("一"), STR_INIT("二"), STR_INIT("三"), STR_INIT("四"), STR_INIT("五"), STR_INIT("六"),
		STR_INIT("七"), STR_INIT("八"), STR_INIT("九"), STR_INIT("十"),
	};
	bool numbered = false, more = true;

	if (str_contains(line, STR("。")) || utf8_length(line) > 40 || !str_take_str(&line, STR("（")))
		return false;
	while (more) {
		more = false;
		for (size_t i = 0; i < COUNT_OF(digits); i++)
			more = more || str_take_str(&line, digits[i]);
		numbered = numbered || more;
	}
	return numbered && str_take_str(&line, STR("）")) && line.len > 0;
}

static enum narrative_block_kind directive(struct str line)
{
	if (line.len < 4 || !str_starts(line, STR("{{")) || !str_ends(line, STR("}}")))
		return BLOCK_PARAGRAPH;
	struct str inner = str_trim(str_slice(line, 2, line.len - 2));
	if (str_equal(inner, STR("chart")))
		return BLOCK_CHART;
	return str_equal(inner, STR("scope_notes")) ? BLOCK_SCOPE_NOTES : BLOCK_PARAGRAPH;
}

static void count_up(struct str text, size_t *lines, size_t *references)
{
	*lines = 1;
	*references = 0;
	for (size_t i = 0; i < text.len; i++)
		*lines += text.ptr[i] == '\n';
	for (size_t at = 0; (at = str_find(text, STR("{{"), at)) != SIZE_MAX; at += 2)
		++*references;
}

bool narrative_parse(struct arena *a, struct str text, struct narrative *out, struct err *err)
{
	struct parser p = { .arena = a, .err = err };
	struct str rest = text, line;
	size_t lines, references, count = 0;

	count_up(text, &lines, &references);
	p.nodes_max = lines + 2 * references;
	if (text.len > LIMIT_NARRATIVE_BYTES || p.nodes_max > LIMIT_NARRATIVE_NODES)
		return err_set(err, ERR_LIMIT, "report.narrative_too_long", "%d|%d",
			       LIMIT_NARRATIVE_BYTES, LIMIT_NARRATIVE_NODES);
	p.nodes = ARENA_ARRAY(a, p.nodes_max, struct narrative_node);
	struct narrative_block *blocks = ARENA_ARRAY(a, lines, struct narrative_block);
	for (int number = 1; str_split_next(&rest, '\n', &line); number++) {
		struct str content = str_trim(line);
		if (content.len == 0)
			continue;
		struct narrative_block *b = &blocks[count++];
		size_t from = p.nodes_count;
		p.place.line = number;
		p.place.column =
			1 + (int)utf8_length(str_slice(line, 0, (size_t)(content.ptr - line.ptr)));
		*b = (struct narrative_block){ .kind = directive(content),
					       .nodes = &p.nodes[from],
					       .line = number };
		if (b->kind != BLOCK_PARAGRAPH)
			continue;
		if (!read_line(&p, content))
			return false;
		b->count = p.nodes_count - from;
		b->kind = is_heading(content) ? BLOCK_HEADING : BLOCK_PARAGRAPH;
	}
	*out = (struct narrative){ .blocks = blocks, .count = count };
	return true;
}

/* 0 … 5, or -1: the line is no heading of a part. */
static int part_of(struct str line)
{
	for (int i = 0; i < 6; i++)
		if (str_equal(line, form_parts[i].heading) ||
		    str_equal(line, form_parts[i].heading_long))
			return i;
	return -1;
}

bool narrative_split(struct arena *a, struct str whole, struct str parts[6], struct err *err)
{
	struct str rest = whole, line;
	struct buf text[6];
	int at = -1;

	if (whole.len > 6 * LIMIT_NARRATIVE_BYTES)
		return err_set(err, ERR_LIMIT, "report.narrative_too_long", "%d|%d",
			       LIMIT_NARRATIVE_BYTES, LIMIT_NARRATIVE_NODES);
	for (int i = 0; i < 6; i++)
		text[i] = buf_open(a, 256, 6 * LIMIT_NARRATIVE_BYTES);
	while (str_split_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (part_of(line) >= 0) {
			at = part_of(line);
			continue;
		}
		if (at < 0 || line.len == 0 || line.ptr[0] == '#')
			continue;
		buf_add(&text[at], line);
		buf_add_char(&text[at], '\n');
	}
	if (at < 0)
		return err_set(err, ERR_INVALID, "report.narrative_no_parts", " ");
	for (int i = 0; i < 6; i++)
		parts[i] = buf_str(&text[i]);
	return true;
}
