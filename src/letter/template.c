/*
 * template.c - reading the words of a kind of letter, and filling their gaps.
 */
#include "letter/template.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/number.h"

#include <assert.h>

enum { FINDINGS_MAX = 20, NODES_PER_LINE = 200, VALUE_MAX = 8 * 1024, ASKED_MAX = 1000 };
enum { SHOWN = 30 /* characters of what is wrong */ };

static const struct str title_word = STR_INIT("标题：");
static const struct str part_heads[LETTER_PARTS] = {
	[PART_OPENING] = STR_INIT("[首段]"),
	[PART_ANSWER] = STR_INIT("[答复]"),
	[PART_CLOSING] = STR_INIT("[尾段]"),
};

/* ---- findings */

void template_finding_add(struct arena *a, struct template_findings *f, int line, const char *key,
			  struct str facts)
{
	if (f->at == NULL)
		f->at = ARENA_ARRAY(a, FINDINGS_MAX, struct template_finding);
	if (f->count < FINDINGS_MAX)
		f->at[f->count++] = (struct template_finding){ line, key, facts };
}

struct str template_finding_text(struct arena *a, enum locale locale,
				 const struct template_finding *f)
{
	struct str text = message_text(a, locale, f->key, f->facts);

	if (f->line == 0)
		return text;
	return str_format(a, locale == LOCALE_ZH_CN ? "第%d行：" STR_FMT : "Line %d: " STR_FMT,
			  f->line, STR_ARG(text));
}

/* ---- reading */

struct reader {
	struct arena *arena;
	struct template_findings *findings;
	struct letter_template *t;
	int line;
	int part; /* -1 before the first head */
};

static void wrong(struct reader *r, const char *key, struct str facts)
{
	template_finding_add(r->arena, r->findings, r->line, key, facts);
}

/* Ends where one of the four signs begins. */
static size_t plain_length(struct str s)
{
	static const struct str signs[] = { STR_INIT("{"), STR_INIT("}"), STR_INIT("【"),
					    STR_INIT("】") };
	size_t end = s.len;

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		size_t at = str_find(s, signs[i], 0);
		end = at < end ? at : end;
	}
	return end;
}

static struct template_node *add_node(struct template_line *line, enum template_node_kind kind,
				      struct str text)
{
	struct template_node *node = &line->nodes[line->count++];

	*node = (struct template_node){ .kind = kind, .text = text };
	return node;
}

/* {field}: its name is known, or nothing is taken. */
static bool read_field(struct reader *r, struct template_line *line, struct str *rest)
{
	size_t end = str_find(*rest, STR("}"), 0);

	if (end == SIZE_MAX) {
		wrong(r, "letter.template_open_brace", utf8_prefix(*rest, SHOWN));
		return false;
	}
	struct str name = str_slice(*rest, 1, end);
	const struct letter_field *field = letter_field_by_name(name);
	if (field == NULL) {
		wrong(r, "letter.template_unknown_field", utf8_prefix(name, SHOWN));
		return false;
	}
	add_node(line, TEMPLATE_FIELD, name)->field = field;
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

/* What stands between 【 】 must hold a field, else it would never, or always, be printed. */
static bool read_nodes(struct reader *r, struct template_line *line, struct str rest)
{
	bool open = false, has_field = false;

	while (rest.len > 0) {
		size_t plain = plain_length(rest);
		if (line->count == NODES_PER_LINE) {
			wrong(r, "letter.template_line_too_long", STR(" "));
			return false;
		}
		if (plain > 0) {
			add_node(line, TEMPLATE_TEXT, str_slice(rest, 0, plain));
			rest = str_slice(rest, plain, rest.len);
		} else if (rest.ptr[0] == '{') {
			if (!read_field(r, line, &rest))
				return false;
			has_field = true;
		} else if (!open && str_take_str(&rest, STR("【"))) {
			add_node(line, TEMPLATE_OPEN, STR_NONE);
			open = true;
			has_field = false;
		} else if (open && has_field && str_take_str(&rest, STR("】"))) {
			add_node(line, TEMPLATE_CLOSE, STR_NONE);
			open = false;
		} else {
			wrong(r, "letter.template_brackets", utf8_prefix(rest, SHOWN));
			return false;
		}
	}
	if (open)
		wrong(r, "letter.template_brackets", STR("【"));
	return !open;
}

static bool is_part_head(struct str line, int *part)
{
	for (int i = 0; i < LETTER_PARTS; i++) {
		if (str_equal(line, part_heads[i])) {
			*part = i;
			return true;
		}
	}
	return false;
}

static void read_line(struct reader *r, struct str text)
{
	struct template_node nodes[NODES_PER_LINE];
	struct template_line line = { .number = r->line, .nodes = nodes };
	struct str title = text;

	if (r->t->title.len == 0) {
		if (!str_take_str(&title, title_word) || title.len == 0 || title.len > 200 ||
		    plain_length(title) < title.len)
			wrong(r, "letter.template_no_title", STR(" "));
		r->t->title = title.len > 0 ? title : STR("?");
		return;
	}
	int before = r->part;
	if (is_part_head(text, &r->part)) {
		if (r->part <= before)
			wrong(r, "letter.template_part_order", text);
		return;
	}
	if (r->part < 0) {
		wrong(r, "letter.template_no_part", utf8_prefix(text, SHOWN));
		return;
	}
	line.part = (enum letter_part)r->part;
	if (!read_nodes(r, &line, text))
		return;
	line.nodes = ARENA_ARRAY(r->arena, line.count, struct template_node);
	for (size_t i = 0; i < line.count; i++)
		line.nodes[i] = nodes[i];
	r->t->lines[r->t->count++] = line;
}

bool template_parse(struct arena *a, struct str text, struct letter_template *out,
		    struct template_findings *findings)
{
	struct letter_template t = { .lines = ARENA_ARRAY(a, LIMIT_TEMPLATE_LINES,
							  struct template_line) };
	struct reader r = { .arena = a, .findings = findings, .t = &t, .part = -1 };
	struct str line;
	size_t before = findings->count;

	if (text.len > LIMIT_TEMPLATE_BYTES || !utf8_valid_text(text)) {
		wrong(&r, "letter.template_too_long",
		      str_format(a, "%d", LIMIT_TEMPLATE_BYTES / 1024));
		return false;
	}
	while (str_split_next(&text, '\n', &line)) {
		r.line++;
		line = str_trim(line);
		if (line.len == 0)
			continue;
		if (t.count == LIMIT_TEMPLATE_LINES) {
			wrong(&r, "letter.template_line_too_long", STR(" "));
			return false;
		}
		read_line(&r, line);
	}
	r.line = 0;
	if (t.title.len == 0)
		wrong(&r, "letter.template_no_title", STR(" "));
	*out = t;
	return findings->count == before;
}

/* ---- values */

struct letter_values letter_values_new(struct arena *a)
{
	struct letter_values v = { .at = ARENA_ARRAY(a, letter_fields_count, struct str) };

	for (size_t i = 0; i < letter_fields_count; i++)
		v.at[i] = STR_NONE;
	return v;
}

/* 一、甲；二、乙. One line alone has no number. */
static struct str print_list(struct arena *a, struct str value)
{
	struct buf b = buf_open(a, value.len + 64, VALUE_MAX * 2);
	struct str rest = value, line;
	int64_t n = 0, lines = 0;

	while (str_split_next(&rest, '\n', &line))
		lines += str_trim(line).len > 0;
	rest = value;
	while (str_split_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len == 0)
			continue;
		if (n > 0)
			buf_add_c(&b, "；");
		n++;
		if (lines > 1) {
			buf_add(&b, number_chinese(a, n));
			buf_add_c(&b, "、");
		}
		buf_add(&b, line);
	}
	return buf_str(&b);
}

/* A brace in a value would be read as a field when the draft is read again. */
static struct str without_braces(struct arena *a, struct str value)
{
	if (!str_contains(value, STR("{")) && !str_contains(value, STR("}")))
		return value;
	struct buf b = buf_open(a, value.len + 64, 3 * value.len);
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '{')
			buf_add_c(&b, "｛");
		else if (value.ptr[i] == '}')
			buf_add_c(&b, "｝");
		else
			buf_add_char(&b, value.ptr[i]);
	}
	return buf_str(&b);
}

struct str letter_asked(struct arena *a, struct str text)
{
	struct str value = utf8_prefix(without_braces(a, str_trim(text)), ASKED_MAX), line;
	struct buf b = buf_open(a, value.len + 16, 2 * VALUE_MAX);
	struct str rest = value;

	while (str_split_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0 && b.len > 0)
			buf_add_char(&b, ' ');
		buf_add(&b, line);
	}
	if (utf8_length(str_trim(text)) > ASKED_MAX)
		buf_add_c(&b, "……");
	return buf_str(&b);
}

static bool print_value(struct arena *a, const struct letter_field *field, struct str value,
			struct str *out, struct err *err)
{
	struct date day;
	int64_t fen;

	switch (field->value) {
	case VALUE_TEXT:
		*out = value;
		return true;
	case VALUE_ASKED:
		*out = letter_asked(a, value);
		return true;
	case VALUE_LIST:
		*out = print_list(a, value);
		return true;
	case VALUE_DATE:
		if (!date_from_people(value, &day, err))
			return false;
		*out = date_chinese(a, day);
		return true;
	case VALUE_MONEY:
		if (!str_to_i64(value, &fen) || fen < 0 || fen / 100 > NUMBER_CHINESE_MAX)
			return err_set(err, ERR_INVALID, "letter.bad_value", STR_FMT "|" STR_FMT,
				       STR_ARG(field->name), STR_ARG(value));
		*out = str_format(a, STR_FMT "（" STR_FMT "元）",
				  STR_ARG(money_chinese(a, fen)), STR_ARG(money_plain(a, fen)));
		return true;
	case VALUE_LIVE:
		return err_set(err, ERR_INVALID, "letter.live_given", STR_FMT,
			       STR_ARG(field->name));
	}
	return true;
}

bool letter_values_set(struct arena *a, struct letter_values *v, struct str name, struct str value,
		       struct err *err)
{
	const struct letter_field *field = letter_field_by_code(name);

	if (field == NULL)
		field = letter_field_by_name(name);
	if (field == NULL)
		return err_set(err, ERR_INVALID, "letter.unknown_field", STR_FMT,
			       STR_ARG(utf8_prefix(name, SHOWN)));
	value = without_braces(a, str_trim(value));
	if (value.len == 0)
		return true;
	if (value.len > VALUE_MAX && field->value != VALUE_ASKED)
		return err_set(err, ERR_INVALID, "letter.bad_value", STR_FMT "|" STR_FMT,
			       STR_ARG(field->name), STR_ARG(utf8_prefix(value, SHOWN)));
	return print_value(a, field, value, &v->at[field - letter_fields], err);
}

/* ---- merging */

static bool is_known(const struct letter_values *v, const struct letter_field *field)
{
	return v->at[field - letter_fields].len > 0;
}

/* Of the segment that begins after `open`: all its fields are known. */
static bool segment_known(const struct template_line *line, size_t open,
			  const struct letter_values *v)
{
	for (size_t i = open + 1; i < line->count; i++) {
		if (line->nodes[i].kind == TEMPLATE_CLOSE)
			return true;
		if (line->nodes[i].kind == TEMPLATE_FIELD && !is_known(v, line->nodes[i].field))
			return false;
	}
	return true;
}

static size_t skip_segment(const struct template_line *line, size_t open)
{
	while (line->nodes[open].kind != TEMPLATE_CLOSE)
		open++;
	return open;
}

static void merge_line(const struct template_line *line, const struct letter_values *v,
		       struct buf *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < line->count; i++) {
		const struct template_node *node = &line->nodes[i];
		switch (node->kind) {
		case TEMPLATE_TEXT:
			buf_add(out, node->text);
			break;
		case TEMPLATE_FIELD:
			if (is_known(v, node->field))
				buf_add(out, v->at[node->field - letter_fields]);
			else
				buf_addf(out, "{" STR_FMT "}", STR_ARG(node->text));
			break;
		case TEMPLATE_OPEN:
			if (!segment_known(line, i, v))
				i = skip_segment(line, i);
			break;
		case TEMPLATE_CLOSE:
			break;
		}
	}
	if (out->len > before)
		buf_add_char(out, '\n');
}

void template_merge(const struct letter_template *t, enum letter_part part,
		    const struct letter_values *v, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->lines[i].part == part)
			merge_line(&t->lines[i], v, out);
}

struct str letter_expand(struct arena *a, struct str text, const struct letter_values *v)
{
	struct buf b = buf_open(a, text.len + 256, LIMIT_LETTER_TEXT * 2);

	while (text.len > 0) {
		size_t open = str_find(text, STR("{"), 0);
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(text, STR("}"), open);
		if (close == SIZE_MAX)
			break;
		buf_add(&b, str_slice(text, 0, open));
		const struct letter_field *field =
			letter_field_by_name(str_slice(text, open + 1, close));
		if (field != NULL && is_known(v, field))
			buf_add(&b, v->at[field - letter_fields]);
		else
			buf_add(&b, str_slice(text, open, close + 1));
		text = str_slice(text, close + 1, text.len);
	}
	buf_add(&b, text);
	return buf_str(&b);
}
