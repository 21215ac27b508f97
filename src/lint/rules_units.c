/*
 * rules_units.c - R1: every cell of the report is the sum of its units' cells.
 *
 * The units given are taken for all of them. Where the tables differ in shape
 * (one line of （六）其他处理 or three) that group is compared as a whole.
 */
#include "lint/lint_internal.h"

enum { TOLD_MAX = 10 };

struct rollup { struct checker *c; size_t broken; };

static void compare(struct rollup *u, struct str scope, struct str label, struct opt_int whole,
		    struct opt_int sum, struct str place)
{
	struct checker *c = u->c;
	bool known = whole.known && sum.known, holds = known && whole.v == sum.v;

	verdict(c, "R1", scope, !known ? LINT_CANNOT_JUDGE : holds ? LINT_HOLDS : LINT_BROKEN);
	if (!known || holds || ++u->broken > TOLD_MAX)
		return;
	struct lint_finding *f = finding(
		c, LINT_ERROR, "R1", scope,
		str_format(c->arena,
			   STR_FMT "：本报告是" STR_FMT "，%zu个所属单位相加是" STR_FMT "。",
			   STR_ARG(label), STR_ARG(print_value(c->arena, whole.v)),
			   c->o->units_count, STR_ARG(print_value(c->arena, sum.v))));
	f->left = quote_text(c->r, place, label, print_value(c->arena, whole.v));
	f->right = quote_text(c->o->units[0], STR_NONE, STR("所属单位之和"), print_value(c->arena, sum.v));
}

static void add(struct opt_int *sum, struct opt_int value)
{
	sum->known = sum->known && value.known;
	sum->v += value.v;
}

static bool is_other(const struct form_line *line)
{
	return str_equal_c(line->key, "other_handling") ||
	       str_equal_c(line->parent, "other_handling");
}

static bool one_shape(const struct checker *c)
{
	for (size_t i = 0; i < c->o->units_count; i++)
		if (c->o->units[i]->three.shape != c->r->three.shape)
			return false;
	return true;
}

static void compare3(struct rollup *u)
{
	struct checker *c = u->c;
	const struct lint_table3 *t = &c->r->three;
	bool same = one_shape(c);

	for (size_t l = 0; l < LINT_LINES; l++) {
		const struct form_line *line = line3_form(t, l);
		for (size_t k = 0;
		     k < APPLICANT_COLUMNS && line3_has_numbers(t, l) && (same || !is_other(line));
		     k++) {
			struct opt_int sum = { .known = true };
			for (size_t i = 0; i < c->o->units_count; i++)
				add(&sum, cell_number(&c->o->units[i]->three.cell[l][k]));
			compare(u,
				str_format(c->arena, STR_FMT "." STR_FMT, STR_ARG(line->key),
					   STR_ARG(form_applicants[k].key)),
				str_format(c->arena, "表三“" STR_FMT "”" STR_FMT,
					   STR_ARG(line->label), STR_ARG(form_applicants[k].label)),
				cell_number(&t->cell[l][k]), sum, t->cell[l][k].place);
		}
	}
	for (size_t k = 0; k < APPLICANT_COLUMNS && !same; k++) {
		struct opt_int sum = { .known = true };
		for (size_t i = 0; i < c->o->units_count; i++)
			add(&sum, sum_lines3(&c->o->units[i]->three, "other_handling", k));
		compare(u,
			str_format(c->arena, "other_handling." STR_FMT,
				   STR_ARG(form_applicants[k].key)),
			str_format(c->arena, "表三“（六）其他处理”" STR_FMT,
				   STR_ARG(form_applicants[k].label)),
			sum_lines3(t, "other_handling", k), sum, t->place);
	}
}

static void compare4(struct rollup *u)
{
	struct checker *c = u->c;

	for (size_t r = 0; r < ROUTES; r++)
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++) {
			struct opt_int sum = { .known = true };
			for (size_t i = 0; i < c->o->units_count; i++)
				add(&sum, cell_number(&c->o->units[i]->four.cell[r][o]));
			compare(u,
				str_format(c->arena, STR_FMT "." STR_FMT,
					   STR_ARG(form_routes[r].key),
					   STR_ARG(form_outcomes[o].key)),
				str_format(c->arena, "表四" STR_FMT "“" STR_FMT "”",
					   STR_ARG(form_routes[r].label),
					   STR_ARG(form_outcomes[o].label)),
				cell_number(&c->r->four.cell[r][o]), sum,
				c->r->four.cell[r][o].place);
		}
}

static void compare2(struct rollup *u)
{
	struct checker *c = u->c;
	size_t count;
	const struct form_cell2 *cells = form_table2(c->r->two.form, &count);

	for (size_t k = 0; k < count; k++) {
		struct opt_int sum = { .known = true };
		for (size_t i = 0; i < c->o->units_count; i++) {
			const struct lint_table2 *unit = &c->o->units[i]->two;
			struct opt_int value = cell_number(&unit->cell[k]);
			value.known = value.known && unit->found && unit->form == c->r->two.form;
			add(&sum, value);
		}
		compare(u,
			str_format(c->arena, STR_FMT "." STR_FMT "." STR_FMT,
				   STR_ARG(cells[k].section), STR_ARG(cells[k].row),
				   STR_ARG(cells[k].column)),
			str_format(c->arena, "表二“" STR_FMT "”" STR_FMT,
				   STR_ARG(cells[k].row_label), STR_ARG(cells[k].column_label)),
			cell_number(&c->r->two.cell[k]), sum, c->r->two.cell[k].place);
	}
}

void rules_units(struct checker *c)
{
	struct rollup u = { .c = c };

	if (c->o->units_count == 0) {
		verdict(c, "R1", STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	compare3(&u);
	compare4(&u);
	compare2(&u);
	if (u.broken > TOLD_MAX)
		finding(c, LINT_ERROR, "R1", STR_NONE,
			str_format(
				c->arena,
				"与所属单位之和不一致的共有%zu格，以上列出前%d格；请核对所属单位是否齐全。",
				u.broken, TOLD_MAX));
}
