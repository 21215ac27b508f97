/*
 * lint_json.c - the same for machines: what was read, every verdict, every
 * finding. Keys are English and stable; texts are the Chinese of the page.
 */
#include "lint/lint_internal.h"

#include "base/json.h"

static const char *const states[] = {
	"missing", "value", "blank", "slash", "unreadable", "unsure"
};
static const char *const statuses[LINT_STATUSES] = { "holds", "broken", "cannot_be_judged",
						     "does_not_apply" };

static json_t *text(struct str s)
{
	json_t *value = json_text(s);

	return value != NULL ? value : json_null();
}

static void put(json_t *object, struct arena *a, struct str key, json_t *value)
{
	json_object_set_new(object, str_to_c(a, key), value);
}

/* Whole numbers as integers, others as text: nobody's floating point rounds an amount. */
static json_t *number(struct arena *a, int64_t value)
{
	if (value % LINT_SCALE == 0)
		return json_integer(value / LINT_SCALE);
	return text(print_value(a, value));
}

static json_t *cell(struct arena *a, const struct lint_cell *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "state", json_string(states[c->state]));
	if (c->state == LINT_VALUE)
		json_object_set_new(o, "value", number(a, c->value));
	if (c->source.len > 0)
		json_object_set_new(o, "source", text(c->source));
	if (c->place.len > 0)
		json_object_set_new(o, "place", text(c->place));
	if (c->glued)
		json_object_set_new(o, "glued", json_true());
	return o;
}

static json_t *table3(struct arena *a, const struct lint_table3 *t)
{
	json_t *o = json_object();

	for (size_t l = 0; l < LINT_LINES; l++) {
		if (!line3_has_numbers(t, l))
			continue;
		json_t *line = json_object();
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			put(line, a, form_applicants[c].key, cell(a, &t->cell[l][c]));
		put(o, a, line3_form(t, l)->key, line);
	}
	return o;
}

static json_t *table4(struct arena *a, const struct lint_table4 *t)
{
	json_t *o = json_object();

	for (size_t r = 0; r < ROUTES; r++) {
		json_t *route = json_object();
		for (size_t k = 0; k < ROUTE_OUTCOMES; k++)
			put(route, a, form_outcomes[k].key, cell(a, &t->cell[r][k]));
		put(o, a, form_routes[r].key, route);
	}
	return o;
}

static json_t *table2(struct arena *a, const struct lint_table2 *t)
{
	json_t *o = json_object();
	size_t count;
	const struct form_cell2 *cells = form_table2(t->form, &count);

	for (size_t i = 0; i < count; i++)
		put(o, a,
		    str_format(a, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(cells[i].section),
			       STR_ARG(cells[i].row), STR_ARG(cells[i].column)),
		    cell(a, &t->cell[i]));
	return o;
}

static json_t *quote(const struct lint_quote *q)
{
	json_t *o = json_object();

	json_object_set_new(o, "file", text(q->file));
	json_object_set_new(o, "place", text(q->place));
	json_object_set_new(o, "text", text(q->text));
	json_object_set_new(o, "value", text(q->value));
	return o;
}

static json_t *finding_object(const struct lint_finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "key", text(f->key));
	json_object_set_new(o, "severity",
			    json_string(f->severity == LINT_ERROR ? "error" : "warning"));
	json_object_set_new(o, "message", text(f->message));
	if (f->left.text.len > 0 || f->left.place.len > 0)
		json_object_set_new(o, "left", quote(&f->left));
	if (f->right.text.len > 0 || f->right.place.len > 0)
		json_object_set_new(o, "right", quote(&f->right));
	if (f->hint.len > 0)
		json_object_set_new(o, "hint", text(f->hint));
	return o;
}

static json_t *verdicts(const struct lint_result *result)
{
	json_t *list = json_array();

	for (size_t i = 0; i < result->verdicts_count; i++) {
		const struct lint_verdict *v = &result->verdicts[i];
		json_t *o = json_object();
		json_object_set_new(o, "rule", text(v->rule));
		json_object_set_new(o, "scope", text(v->scope));
		json_object_set_new(o, "status", json_string(statuses[v->status]));
		json_array_append_new(list, o);
	}
	return list;
}

json_t *lint_print_json(struct arena *a, const struct lint_report *r,
			const struct lint_result *result)
{
	json_t *o = json_object(), *totals = json_object(), *findings = json_array(),
	       *tables = json_object();

	for (size_t i = 0; i < LINT_STATUSES; i++)
		json_object_set_new(totals, statuses[i],
				    json_integer((json_int_t)result->totals[i]));
	json_object_set_new(totals, "errors", json_integer((json_int_t)result->errors));
	json_object_set_new(totals, "warnings", json_integer((json_int_t)result->warnings));
	for (size_t i = 0; i < result->count; i++)
		json_array_append_new(findings, finding_object(&result->findings[i]));
	if (r->two.found)
		json_object_set_new(tables, "table2", table2(a, &r->two));
	if (r->three.found)
		json_object_set_new(tables, "table3", table3(a, &r->three));
	if (r->four.found)
		json_object_set_new(tables, "table4", table4(a, &r->four));
	json_object_set_new(o, "file", text(r->file));
	json_object_set_new(o, "agency", text(r->agency));
	json_object_set_new(o, "year", r->year.known ? json_integer(r->year.v) : json_null());
	json_object_set_new(o, "form", json_string(r->two.form == FORM_2019 ? "2019" : "2021"));
	json_object_set_new(o, "totals", totals);
	json_object_set_new(o, "findings", findings);
	json_object_set_new(o, "checks", verdicts(result));
	json_object_set_new(o, "tables", tables);
	return o;
}
