/*
 * template_check.c - what a template must say before an agency may use it: its ground, the
 * facts the law asks for, the remedy and the contact; and no article that does not exist.
 */
#include "letter/law.h"
#include "letter/template.h"

#include "base/buf.h"

struct checker {
	struct arena *arena;
	const struct letter_template *t;
	const struct letter_kind *kind;
	struct template_findings *findings;
};

static void found(struct checker *c, int line, const char *key, struct str facts)
{
	template_finding_add(c->arena, c->findings, line, key, facts);
}

static struct str line_text(struct arena *a, const struct template_line *line)
{
	struct buf b = buf_open(a, 256, LIMIT_TEMPLATE_BYTES);

	for (size_t i = 0; i < line->count; i++)
		if (line->nodes[i].kind == TEMPLATE_TEXT)
			buf_add(&b, line->nodes[i].text);
	return buf_str(&b);
}

/* wanted is an article, or more exact. */
static bool covers(const struct law_reference *cited, const struct law_reference *wanted)
{
	return cited->article == wanted->article &&
	       (wanted->paragraph == 0 || cited->paragraph == wanted->paragraph) &&
	       (wanted->item == 0 || cited->item == wanted->item);
}

static bool cites(struct checker *c, struct str article)
{
	struct law_reference wanted = { 0 }, r;
	struct str law = STR_NONE;
	size_t from = 0;

	if (!law_reference_next(article, &from, &law, &wanted))
		return true;
	for (size_t i = 0; i < c->t->count; i++) {
		struct str text = line_text(c->arena, &c->t->lines[i]);
		from = 0;
		law = STR_NONE;
		while (law_reference_next(text, &from, &law, &r))
			if (covers(&r, &wanted))
				return true;
	}
	return false;
}

static void check_references(struct checker *c)
{
	for (size_t i = 0; i < c->t->count; i++) {
		struct str text = line_text(c->arena, &c->t->lines[i]), law = STR_NONE;
		struct law_reference r;
		size_t from = 0;
		while (law_reference_next(text, &from, &law, &r))
			if (!r.exists)
				found(c, c->t->lines[i].number, "letter.template_no_such_article",
				      r.text);
	}
}

static const struct template_line *line_with(const struct checker *c, struct str field)
{
	for (size_t i = 0; i < c->t->count; i++)
		for (size_t n = 0; n < c->t->lines[i].count; n++)
			if (c->t->lines[i].nodes[n].kind == TEMPLATE_FIELD &&
			    str_equal(c->t->lines[i].nodes[n].text, field))
				return &c->t->lines[i];
	return NULL;
}

static void check_listed(struct checker *c)
{
	struct str rest = str_from_c(c->kind->articles), one;

	while (rest.len > 0 && str_split_next(&rest, '|', &one))
		if (!cites(c, one))
			found(c, 0, "letter.template_no_ground", one);
	rest = str_from_c(c->kind->fields);
	while (rest.len > 0 && str_split_next(&rest, '|', &one))
		if (line_with(c, one) == NULL)
			found(c, 0, "letter.template_field_missing", one);
}

/* Alone on their line, since a paragraph takes their place. */
static void check_live(struct checker *c)
{
	const struct template_line *remedy = line_with(c, STR("救济途径"));
	const struct template_line *contact = line_with(c, STR("联系方式"));

	if (c->kind->remedy != REMEDY_NONE && remedy == NULL)
		found(c, 0, "letter.template_no_remedy", STR(" "));
	if (c->kind->remedy == REMEDY_NONE && remedy != NULL)
		found(c, remedy->number, "letter.template_remedy_of_step", c->kind->name);
	if (remedy != NULL && (remedy->count != 1 || remedy->part != PART_CLOSING))
		found(c, remedy->number, "letter.template_live_alone", STR("救济途径"));
	if (contact == NULL)
		found(c, 0, "letter.template_no_contact", STR(" "));
	else if (contact->count != 1 || contact->part != PART_CLOSING)
		found(c, contact->number, "letter.template_live_alone", STR("联系方式"));
	for (size_t i = 0; i < c->t->count; i++) {
		const struct template_line *line = &c->t->lines[i];
		struct str text = line_text(c->arena, line);
		if (str_contains(text, STR("申请行政复议")) || str_contains(text, STR("提起行政诉讼")))
			found(c, line->number, "letter.template_remedy_typed", STR(" "));
	}
	if (line_with(c, STR("复议机关")) != NULL || line_with(c, STR("管辖法院")) != NULL)
		found(c, 0, "letter.template_remedy_typed", STR(" "));
}

void template_check(struct arena *a, const struct letter_template *t,
		    const struct letter_kind *kind, struct template_findings *findings)
{
	struct checker c = { a, t, kind, findings };
	bool answer = false;

	for (size_t i = 0; i < t->count; i++)
		answer = answer || t->lines[i].part == PART_ANSWER;
	if (!answer)
		found(&c, 0, "letter.template_no_answer", STR(" "));
	check_listed(&c);
	check_live(&c);
	check_references(&c);
}
