/*
 * narrative_check.c - what is wrong with the numbers of a text.
 */
#include "report/narrative.h"
#include "report/phrases.h"
#include "report/typed.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>

enum { FINDINGS_MAX = 500, OFFERS_MAX = 4, QUOTE_CHARS = 40 };

struct checker {
	struct arena *arena;
	const struct narrative_facts *facts;
	struct narrative_finding *found;
	size_t count;
};

/* A block as one line; every reference is '#', which ends a clause as a number does. */
struct flat {
	struct str text;
	const struct narrative_block *block;
	size_t *starts; /* of each node */
};

static void report(struct checker *c, const struct narrative_finding *f)
{
	if (c->count < FINDINGS_MAX)
		c->found[c->count++] = *f;
}

bool narrative_finding_blocks(enum narrative_finding_kind kind)
{
	return kind != FOUND_EQUALS && kind != FOUND_DOUBTFUL;
}

bool narrative_finding_is_typed(enum narrative_finding_kind kind)
{
	return kind >= FOUND_CONTRADICTS;
}

/* ---- references */

/* Least number of characters to add, drop or change; keys are short. */
static size_t distance(struct arena *a, struct str x, struct str y)
{
	size_t *row = ARENA_ARRAY(a, y.len + 1, size_t);

	for (size_t j = 0; j <= y.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= x.len; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= y.len; j++) {
			size_t best = corner + (x.ptr[i - 1] != y.ptr[j - 1]);
			corner = row[j];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
		}
	}
	return row[y.len];
}

static struct str nearest_key(struct arena *a, const struct figure_set *set, struct str key)
{
	size_t best = 6; /* farther is another word */
	struct str nearest = STR_NONE;

	for (size_t i = 0; i < set->count; i++) {
		struct arena_mark mark = arena_mark(a);
		size_t d = distance(a, key, set->figures[i].key);
		arena_rewind(a, mark);
		if (d < best) {
			best = d;
			nearest = set->figures[i].key;
		}
	}
	return nearest;
}

static void check_keys(struct checker *c, const struct narrative_node *n)
{
	struct narrative_finding f = { .place = n->place, .quoted = n->text };

	for (size_t i = 0; i < n->keys_count; i++) {
		const struct figure *now = figure_find(c->facts->figures, n->keys[i]);
		if (now == NULL) {
			f.kind = FOUND_UNKNOWN_KEY;
			f.suggestion = nearest_key(c->arena, c->facts->figures, n->keys[i]);
			report(c, &f);
			return;
		}
		f.expected = now->label;
		if (!now->hundredths.known) {
			f.kind = FOUND_NO_VALUE;
			report(c, &f);
			return;
		}
		if (n->kind != NODE_GROWTH)
			continue;
		const struct figure *before = c->facts->last_year != NULL
						      ? figure_find(c->facts->last_year, n->keys[i])
						      : NULL;
		if (before == NULL || !before->hundredths.known ||
		    (before->hundredths.v <= 0 && before->hundredths.v != now->hundredths.v)) {
			f.kind = FOUND_NO_LAST_YEAR;
			report(c, &f);
			return;
		}
	}
	if (n->kind == NODE_PERCENT &&
	    narrative_percent(c->arena, figure_find(c->facts->figures, n->keys[0])->hundredths.v,
			      figure_find(c->facts->figures, n->keys[1])->hundredths.v).len == 0) {
		f.kind = FOUND_NO_VALUE;
		report(c, &f);
	}
}

/* ---- typed numbers */

static struct flat flatten(struct arena *a, const struct narrative_block *block)
{
	struct flat flat = { .block = block, .starts = ARENA_ARRAY(a, block->count, size_t) };
	struct buf b = buf_open(a, 256, LIMIT_NARRATIVE_BYTES + LIMIT_NARRATIVE_NODES);

	for (size_t i = 0; i < block->count; i++) {
		flat.starts[i] = b.len;
		if (block->nodes[i].kind == NODE_TEXT)
			buf_add(&b, block->nodes[i].text);
		else
			buf_add_char(&b, '#');
	}
	assert(buf_ok(&b));
	flat.text = buf_str(&b);
	return flat;
}

static struct narrative_place place_of(const struct flat *flat, size_t at)
{
	size_t i = flat->block->count - 1;

	while (flat->starts[i] > at)
		i--;
	struct narrative_place place = flat->block->nodes[i].place;
	place.column += (int)utf8_length(str_slice(flat->text, flat->starts[i], at));
	return place;
}

/* The byte after the last of `marks` before `at`, not before `from`. */
static size_t after_last(struct str text, size_t from, size_t at, const struct str *marks,
			 size_t count)
{
	size_t found = from;

	for (size_t i = 0; i < count; i++)
		for (size_t p = from; (p = str_find(text, marks[i], p)) != SIZE_MAX && p < at; p++)
			found = p + marks[i].len > found ? p + marks[i].len : found;
	return found;
}

static const struct str stops[] = { STR_INIT("。"), STR_INIT("；"), STR_INIT("！"), STR_INIT("？") };
static const struct str pauses[] = { STR_INIT("，"), STR_INIT("："), STR_INIT("（"), STR_INIT("#"), STR_INIT("。"),
				     STR_INIT("；"), STR_INIT("！"), STR_INIT("？") };

struct context {
	struct str sentence, clause;
	struct narrative_finding finding; /* place, quoted and number are set */
};

static struct context context_of(const struct checker *c, const struct flat *flat,
				 const struct typed_number *n, size_t previous)
{
	struct str text = flat->text;
	size_t clause = after_last(text, previous, n->from, pauses, COUNT_OF(pauses));
	size_t sentence = after_last(text, 0, n->from, stops, COUNT_OF(stops));
	struct str number = str_slice(text, n->from, n->to);
	struct str words = str_slice(text, clause, n->from);
	size_t chars = utf8_length(words);

	if (chars > QUOTE_CHARS) /* the end of it, which names the number */
		words = str_slice(words, utf8_prefix(words, chars - QUOTE_CHARS).len, words.len);
	struct str tail = n->kind == TYPED_PERCENT	 ? STR("%")
			  : str_equal(n->unit, STR("?")) ? STR_NONE
							 : n->unit;
	return (struct context){
		.sentence = str_slice(text, sentence, clause > sentence ? clause : sentence),
		.clause = str_slice(text, clause, n->from),
		.finding = { .place = place_of(flat, n->from),
			     .number = number,
			     .quoted = str_format(c->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(words),
						  STR_ARG(number), STR_ARG(tail)) },
	};
}

static struct str reference(struct arena *a, const struct candidate *c)
{
	struct buf b = buf_open(a, 64, 4 * LIMIT_NARRATIVE_KEY + 16);

	buf_add_c(&b, c->keys_count > 1 ? "{{sum" : "{{");
	for (size_t i = 0; i < c->keys_count; i++) {
		if (c->keys_count > 1)
			buf_add_char(&b, ' ');
		buf_add(&b, c->keys[i]);
	}
	buf_add_c(&b, "}}");
	return buf_str(&b);
}

/* “（一）予以公开”为123、…: the first few candidates. */
static struct str expected(struct arena *a, const struct phrase_match *m)
{
	struct buf b = buf_open(a, 128, 2048);

	for (size_t i = 0; i < m->count && i < OFFERS_MAX; i++) {
		const struct candidate *c = &m->candidates[i];
		struct str value = c->hundredths.known ? figure_print(a, c->hundredths.v) : STR("未填");
		buf_addf(&b, "%s“" STR_FMT "”为" STR_FMT, i > 0 ? "、" : "", STR_ARG(c->label), STR_ARG(value));
	}
	if (m->count > OFFERS_MAX)
		buf_add_c(&b, "等");
	return buf_str(&b);
}

static void check_named(struct checker *c, struct context *at, const struct phrase_match *m,
			int64_t hundredths)
{
	struct narrative_finding *f = &at->finding;

	for (size_t i = 0; i < m->count; i++) {
		if (!m->candidates[i].hundredths.known ||
		    m->candidates[i].hundredths.v != hundredths)
			continue;
		f->kind = m->sure ? FOUND_TYPED : FOUND_EQUALS;
		f->suggestion = reference(c->arena, &m->candidates[i]);
		f->expected = m->sure ? m->candidates[i].label :
					str_format(c->arena, "“" STR_FMT "”", STR_ARG(m->candidates[i].label));
		report(c, f);
		return;
	}
	f->kind = m->sure ? FOUND_CONTRADICTS : FOUND_DOUBTFUL;
	f->expected = expected(c->arena, m);
	f->suggestion = m->count == 1 ? reference(c->arena, &m->candidates[0]) : STR_NONE;
	report(c, f);
}

static bool unit_is_of(struct str key, struct str unit)
{
	static const struct str things[] = { STR_INIT("件"), STR_INIT("份"), STR_INIT("项"), STR_INIT("个"),
					     STR_INIT("部") };

	if (!str_starts(key, STR("t2.")))
		return str_equal(unit, STR("件")) || str_equal(unit, STR("宗")) || str_equal(unit, STR("起"));
	if (str_ends(key, STR(".amount_wan_yuan")))
		return str_equal(unit, STR("万元"));
	for (size_t i = 0; i < COUNT_OF(things); i++)
		if (str_equal(things[i], unit))
			return true;
	return false;
}

/* Not named, but the same number with a fitting unit. 0 and 1 equal too much to be offered. */
static void offer(struct checker *c, struct context *at, const struct typed_number *n)
{
	const struct figure_set *set = c->facts->figures;
	struct phrase_match equal = { .count = 0 };

	if (n->hundredths < 200)
		return;
	for (size_t i = 0; i < set->count && equal.count < OFFERS_MAX; i++) {
		const struct figure *f = &set->figures[i];
		bool total = !str_starts(f->key, STR("t3.")) || str_ends(f->key, STR(".total"));
		if (!total || !f->hundredths.known || f->hundredths.v != n->hundredths ||
		    !unit_is_of(f->key, n->unit))
			continue;
		equal.candidates[equal.count++] =
			(struct candidate){ { f->key }, 1, f->hundredths, f->label };
	}
	if (equal.count == 0)
		return;
	at->finding.kind = FOUND_EQUALS;
	at->finding.expected = expected(c->arena, &equal);
	at->finding.suggestion = reference(c->arena, &equal.candidates[0]);
	report(c, &at->finding);
}

/* ---- typed percentages */

static int64_t power10(int n)
{
	return n == 0 ? 1 : n == 1 ? 10 : 100;
}

/* Is part/whole, rounded to as many decimals as were typed, what was typed? */
static bool is_share(const struct typed_number *n, int64_t part, int64_t whole)
{
	int decimals = n->decimals < 2 ? n->decimals : 2;
	int64_t scale = 100 * power10(decimals);

	if (whole <= 0 || part < 0 || part > INT64_MAX / (4 * scale) - whole)
		return false;
	return (part * 2 * scale + whole) / (2 * whole) == n->hundredths / power10(2 - decimals);
}

static bool is_growth(struct str clause)
{
	static const struct str words[] = { STR_INIT("同比"), STR_INIT("上年"), STR_INIT("增"), STR_INIT("下降"),
					    STR_INIT("减少"), STR_INIT("上升"), STR_INIT("提高") };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_contains(clause, words[i]))
			return true;
	return false;
}

/* Checked only against what is there to divide: a rate of an unknown year is not doubtful. */
static void check_percent(struct checker *c, struct context *at, const struct typed_number *n)
{
	struct phrase_match m;
	const struct figure_set *set = c->facts->figures;
	bool grown = is_growth(at->clause);

	if (!phrases_match(c->arena, at->sentence, at->clause, STR_NONE, set, &m) || !m.sure ||
	    m.candidates[0].keys_count != 1 || !m.candidates[0].hundredths.known)
		return;
	struct str key = m.candidates[0].keys[0];
	struct str whole_key =
		str_starts(key, STR("t3.")) ? STR("t3.results_total.total") : STR("t4.all.total");
	const struct figure *whole =
		figure_find(grown ? c->facts->last_year != NULL ? c->facts->last_year : set : set,
			    grown ? key : whole_key);
	if (whole == NULL || !whole->hundredths.known || whole->hundredths.v <= 0 ||
	    str_equal(key, whole_key) || (grown && c->facts->last_year == NULL))
		return;
	int64_t part = m.candidates[0].hundredths.v;
	if (grown)
		part = llabs(part - whole->hundredths.v);
	struct str right = narrative_percent(c->arena, part, whole->hundredths.v);
	at->finding.kind = is_share(n, part, whole->hundredths.v) ? FOUND_EQUALS : FOUND_DOUBTFUL;
	at->finding.expected = str_format(c->arena, "“" STR_FMT "”%s为" STR_FMT, STR_ARG(m.candidates[0].label),
					  grown ? "增减" : "占比", STR_ARG(right));
	at->finding.suggestion =
		grown ? str_format(c->arena, "{{growth " STR_FMT "}}", STR_ARG(key))
		      : str_format(c->arena, "{{percent " STR_FMT " of " STR_FMT "}}", STR_ARG(key),
				   STR_ARG(whole_key));
	report(c, &at->finding);
}

static void check_typed(struct checker *c, const struct narrative_block *block)
{
	struct flat flat = flatten(c->arena, block);
	struct typed_number n;
	struct phrase_match m;
	size_t pos = 0, previous = 0;

	while (block->count > 0 && typed_next(flat.text, &pos, &n)) {
		struct context at = context_of(c, &flat, &n, previous);
		previous = n.to;
		if (n.kind == TYPED_PERCENT)
			check_percent(c, &at, &n);
		else if (n.kind == TYPED_ABOUT)
			continue; /* 3000余 claims no exact figure */
		else if (phrases_match(c->arena, at.sentence, at.clause, n.unit, c->facts->figures,
				       &m))
			check_named(c, &at, &m, n.hundredths);
		else
			offer(c, &at, &n);
	}
}

static int compare_place(const void *x, const void *y)
{
	const struct narrative_place *a = &((const struct narrative_finding *)x)->place;
	const struct narrative_place *b = &((const struct narrative_finding *)y)->place;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

void narrative_check(struct arena *a, const struct narrative *n,
		     const struct narrative_facts *facts, struct narrative_finding **out,
		     size_t *count)
{
	struct checker c = { .arena = a, .facts = facts };

	c.found = ARENA_ARRAY(a, FINDINGS_MAX, struct narrative_finding);
	for (size_t b = 0; b < n->count; b++) {
		for (size_t i = 0; i < n->blocks[b].count; i++) {
			const struct narrative_node *node = &n->blocks[b].nodes[i];
			if (node->kind == NODE_TODO)
				report(&c, &(struct narrative_finding){ .kind = FOUND_TODO,
									.place = node->place,
									.quoted = node->text });
			check_keys(&c, node);
		}
		check_typed(&c, &n->blocks[b]);
	}
	qsort(c.found, c.count, sizeof *c.found, compare_place);
	*out = c.found;
	*count = c.count;
}

struct str narrative_finding_text(struct arena *a, enum locale locale,
				  const struct narrative_finding *f)
{
	static const char *const keys[] = {
		[FOUND_UNKNOWN_KEY] = "report.found_unknown_key",
		[FOUND_NO_VALUE] = "report.found_no_value",
		[FOUND_NO_LAST_YEAR] = "report.found_no_last_year",
		[FOUND_TODO] = "report.found_todo",
		[FOUND_CONTRADICTS] = "report.found_contradicts",
		[FOUND_TYPED] = "report.found_typed",
		[FOUND_EQUALS] = "report.found_equals",
		[FOUND_DOUBTFUL] = "report.found_doubtful",
	};
	const char *key = keys[f->kind];
	struct buf facts = buf_open(a, 256, 8192);

	if (f->kind == FOUND_UNKNOWN_KEY && f->suggestion.len > 0)
		key = "report.found_unknown_key_near";
	if (f->kind == FOUND_CONTRADICTS && f->suggestion.len > 0)
		key = "report.found_contradicts_one";
	buf_addf(&facts, "%d|%d", f->place.line, f->place.column);
	const struct str parts[] = { f->quoted, f->number, f->expected, f->suggestion };
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		buf_add_char(&facts, '|');
		for (size_t p = 0; p < parts[i].len; p++) /* '|' separates the facts */
			buf_add_char(&facts, parts[i].ptr[p] == '|' ? '/' : parts[i].ptr[p]);
	}
	return message_text(a, locale, key, buf_str(&facts));
}
