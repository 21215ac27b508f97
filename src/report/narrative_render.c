/*
 * narrative_render.c - references become numbers, and remember which.
 */
#include "report/narrative.h"

#include "base/buf.h"
#include "base/limits.h"

#include <assert.h>

enum { PERCENT_MAX = 1000 * 1000 * 1000 }; /* beyond this a share says nothing to people */

/* tenths of a percent, or -1 */
static int64_t tenths(int64_t part, int64_t whole)
{
	if (part < 0 || whole <= 0 || part > INT64_MAX / 2000 - whole)
		return -1;
	int64_t t = (part * 2000 + whole) / (2 * whole);
	return t <= PERCENT_MAX ? t : -1;
}

static struct str print_tenths(struct arena *a, int64_t t)
{
	if (t % 10 == 0)
		return str_format(a, "%lld%%", (long long)(t / 10));
	return str_format(a, "%lld.%lld%%", (long long)(t / 10), (long long)(t % 10));
}

struct str narrative_percent(struct arena *a, int64_t part, int64_t whole)
{
	int64_t t = tenths(part, whole);

	return t < 0 ? STR_NONE : print_tenths(a, t);
}

static const struct figure *known(const struct figure_set *set, struct str key)
{
	const struct figure *f = set != NULL ? figure_find(set, key) : NULL;

	return f != NULL && f->hundredths.known ? f : NULL;
}

static struct narrative_run gap(struct arena *a, struct str what)
{
	return (struct narrative_run){ .text = str_format(a, "〔" STR_FMT "〕", STR_ARG(what)), .gap = true };
}

/* What is missing, by the names that the tables print; as it was typed where none is known. */
static struct narrative_run lacking(struct arena *a, const struct narrative_node *n,
				    const struct narrative_facts *facts)
{
	struct buf b = buf_open(a, 64, LIMIT_FIELD_BYTES);

	for (size_t i = 0; i < n->keys_count; i++) {
		const struct figure *f = figure_find(facts->figures, n->keys[i]);
		if (f == NULL)
			return gap(a, n->text);
		if (f->hundredths.known)
			continue;
		buf_add_c(&b, b.len > 0 ? "、" : "");
		buf_add(&b, f->label);
	}
	return gap(a, b.len > 0 ? str_concat(a, STR("尚无数字："), buf_str(&b)) : n->text);
}

static struct narrative_run figure_run(struct arena *a, const struct figure *f, struct str text)
{
	(void)a;
	return (struct narrative_run){ .text = text, .key = f->key, .href = f->href };
}

static struct narrative_run sum_run(struct arena *a, const struct narrative_node *n,
				    const struct narrative_facts *facts)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n->keys_count; i++) {
		const struct figure *f = known(facts->figures, n->keys[i]);
		if (f == NULL)
			return lacking(a, n, facts);
		sum += f->hundredths.v;
	}
	/* A sum opens its first figure: there is no page for the set of them. */
	return figure_run(a, figure_find(facts->figures, n->keys[0]), figure_print(a, sum));
}

static struct narrative_run percent_run(struct arena *a, const struct narrative_node *n,
					const struct narrative_facts *facts)
{
	const struct figure *part = known(facts->figures, n->keys[0]);
	const struct figure *whole = known(facts->figures, n->keys[1]);

	if (part == NULL || whole == NULL)
		return lacking(a, n, facts);
	struct str text = narrative_percent(a, part->hundredths.v, whole->hundredths.v);
	return text.len > 0 ? figure_run(a, part, text) :
			      gap(a, str_concat(a, STR("算不出占比："), whole->label));
}

static struct narrative_run growth_run(struct arena *a, const struct narrative_node *n,
				       const struct narrative_facts *facts)
{
	const struct figure *now = known(facts->figures, n->keys[0]);
	const struct figure *before = known(facts->last_year, n->keys[0]);

	if (now == NULL)
		return lacking(a, n, facts);
	if (before == NULL)
		return gap(a, str_concat(a, STR("没有上年的数字："), now->label));
	int64_t change = now->hundredths.v - before->hundredths.v;
	if (change == 0)
		return figure_run(a, now, STR("持平"));
	struct str share =
		narrative_percent(a, change < 0 ? -change : change, before->hundredths.v);
	if (share.len == 0)
		return gap(a, str_concat(a, STR("算不出同比："), now->label));
	return figure_run(a, now, str_concat(a, change > 0 ? STR("增长") : STR("下降"), share));
}

static struct str word_text(struct arena *a, struct str name, const struct narrative_facts *facts)
{
	int year = facts->figures->scope.year;
	const struct { struct str name, text; } words[] = {
		{ STR("year"), str_format(a, "%d", year) },
		{ STR("last_year"), str_format(a, "%d", year - 1) },
		{ STR("next_year"), str_format(a, "%d", year + 1) },
		{ STR("unit.name"), facts->unit_name },
		{ STR("unit.short_name"), facts->unit_short_name },
		{ STR("office.name"), facts->office_name },
		{ STR("office.contact"), facts->office_contact },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_equal(words[i].name, name))
			return words[i].text;
	assert(false && "the parser knows the same words");
	return STR_NONE;
}

/* Only what a site may have left empty. */
static struct str word_label(struct str name)
{
	return str_equal_c(name, "office.contact") ? STR("联系方式") :
	       str_equal_c(name, "office.name")	   ? STR("工作机构名称") :
	       str_equal_c(name, "unit.short_name") ? STR("单位简称") :
						      STR("单位名称");
}

static struct narrative_run render_node(struct arena *a, const struct narrative_node *n,
					const struct narrative_facts *facts)
{
	const struct figure *f;
	struct str word;

	switch (n->kind) {
	case NODE_TEXT:
		return (struct narrative_run){ .text = n->text };
	case NODE_FIGURE:
		f = known(facts->figures, n->keys[0]);
		return f != NULL ? figure_run(a, f, figure_print(a, f->hundredths.v))
				 : lacking(a, n, facts);
	case NODE_SUM:
		return sum_run(a, n, facts);
	case NODE_PERCENT:
		return percent_run(a, n, facts);
	case NODE_GROWTH:
		return growth_run(a, n, facts);
	case NODE_WORD:
		word = word_text(a, n->text, facts);
		return word.len > 0 ? (struct narrative_run){ .text = word } :
				     gap(a, str_concat(a, STR("站点设置中没有填写："), word_label(n->text)));
	case NODE_TODO:
		return gap(a, str_concat(a, STR("待填："), n->text));
	}
	assert(false && "every kind is rendered above");
	return (struct narrative_run){ 0 };
}

void narrative_render(struct arena *a, const struct narrative *n,
		      const struct narrative_facts *facts, struct narrative_text *out)
{
	size_t count = 0;

	out->paragraphs = ARENA_ARRAY(a, n->count + n->count * facts->scope_notes_count,
				      struct narrative_paragraph);
	for (size_t b = 0; b < n->count; b++) {
		const struct narrative_block *block = &n->blocks[b];
		if (block->kind == BLOCK_SCOPE_NOTES) {
			for (size_t i = 0; i < facts->scope_notes_count; i++) {
				struct narrative_run *note = ARENA_NEW(a, struct narrative_run);
				note->text = facts->scope_notes[i];
				out->paragraphs[count++] =
					(struct narrative_paragraph){ BLOCK_PARAGRAPH, note, 1 };
			}
			continue;
		}
		struct narrative_run *runs = ARENA_ARRAY(a, block->count, struct narrative_run);
		for (size_t i = 0; i < block->count; i++)
			runs[i] = render_node(a, &block->nodes[i], facts);
		out->paragraphs[count++] =
			(struct narrative_paragraph){ block->kind, runs, block->count };
	}
	out->count = count;
}

struct str narrative_plain(struct arena *a, const struct narrative_paragraph *p)
{
	struct buf b = buf_open(a, 256, 2 * LIMIT_NARRATIVE_BYTES);

	for (size_t i = 0; i < p->count; i++)
		buf_add(&b, p->runs[i].text);
	return buf_str(&b);
}
