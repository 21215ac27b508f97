/*
 * hint.c - the one figure whose change would make all of table 三 right.
 *
 * A mistyped figure breaks the sum of its line and of its column. If exactly
 * one cell can be changed so that every identity holds, that cell is named.
 */
#include "lint/lint_internal.h"

enum { BROKEN_MAX = 4 };

struct grid3 { const struct lint_table3 *t; int64_t v[LINT_LINES][APPLICANT_COLUMNS]; };

static int64_t line_off(const struct grid3 *g, size_t line)
{
	int64_t sum = 0;

	for (size_t c = 0; c < APPLICANT_TOTAL; c++)
		sum += g->v[line][c];
	return g->v[line][APPLICANT_TOTAL] - sum;
}

static int64_t leaves_off(const struct grid3 *g, size_t column)
{
	int64_t sum = 0;

	for (size_t l = 0; l < LINT_LINES; l++)
		if (line3_is_leaf(g->t, l))
			sum += g->v[l][column];
	return g->v[line3(g->t, "results_total")][column] - sum;
}

static int64_t balance_off(const struct grid3 *g, size_t column)
{
	return g->v[line3(g->t, "new_received")][column] + g->v[line3(g->t, "carried_in")][column] -
	       g->v[line3(g->t, "results_total")][column] -
	       g->v[line3(g->t, "carried_out")][column];
}

static int count_broken(const struct grid3 *g)
{
	int broken = 0;

	for (size_t l = 0; l < LINT_LINES; l++)
		broken += line3_has_numbers(g->t, l) && line_off(g, l) != 0;
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		broken += (leaves_off(g, c) != 0) + (balance_off(g, c) != 0);
	return broken;
}

/* The value that mends the line of a cell. */
static int64_t mended(const struct grid3 *g, size_t line, size_t column)
{
	int64_t off = line_off(g, line);

	return g->v[line][column] + (column == APPLICANT_TOTAL ? -off : off);
}

void hint_table3(struct checker *c)
{
	struct grid3 *g = ARENA_NEW(c->arena, struct grid3);
	size_t found = 0, line = 0, column = 0;
	int64_t right = 0;

	g->t = &c->r->three;
	for (size_t l = 0; l < LINT_LINES; l++)
		for (size_t k = 0; k < APPLICANT_COLUMNS && line3_has_numbers(g->t, l); k++) {
			if (g->t->cell[l][k].state != LINT_VALUE)
				return;
			g->v[l][k] = g->t->cell[l][k].value;
		}
	int broken = g->t->found ? count_broken(g) : 0;
	if (broken == 0 || broken > BROKEN_MAX)
		return;
	for (size_t l = 0; l < LINT_LINES; l++)
		for (size_t k = 0; k < APPLICANT_COLUMNS; k++) {
			if (!line3_has_numbers(g->t, l) || line_off(g, l) == 0)
				continue;
			int64_t old = g->v[l][k], value = mended(g, l, k);
			g->v[l][k] = value;
			if (value >= 0 && count_broken(g) == 0) {
				found++;
				line = l;
				column = k;
				right = value;
			}
			g->v[l][k] = old;
		}
	if (found != 1)
		return;
	struct str hint = str_format(
		c->arena,
		"若“" STR_FMT "”" STR_FMT "栏由" STR_FMT "改为" STR_FMT "，表三全部成立。",
		STR_ARG(line3_form(g->t, line)->label), STR_ARG(form_applicants[column].label),
		STR_ARG(print_value(c->arena, g->v[line][column])),
		STR_ARG(print_value(c->arena, right)));
	for (size_t i = 0; i < c->out->count; i++)
		if (str_starts(c->out->findings[i].key, STR("T3-")))
			c->out->findings[i].hint = hint;
}
