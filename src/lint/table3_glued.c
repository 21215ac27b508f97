/*
 * table3_glued.c - table 三 from lines of digits without gaps.
 *
 * Each line alone leaves one way to cut it, mostly; where it leaves several, the
 * identities of the columns (一+二=三（七）+四, 三（七）= its leaves) choose. What
 * they do not settle stays open. A line that cannot be cut so that its own sum
 * holds is wrong as printed: it gets the cut nearest to what the columns want.
 */
#include "lint/lint_internal.h"

struct glued {
	struct arena *arena;
	struct lint_report *r;
	const struct num_row *const *rows;
	struct split_set sets[LINT_LINES];
	bool broken[LINT_LINES];
	size_t open[LINT_LINES], open_count; /* lines with several ways */
	size_t pick[LINT_LINES], best[LINT_LINES];
	bool used[LINT_LINES][LIMIT_LINT_SPLITS]; /* in a solution, or in a best one */
	int least; /* identities broken by the best picks */
	bool settled; /* what can be known stands in the report */
};

static const char *const balance[] = { "new_received", "carried_in", "results_total",
				       "carried_out" };

/* The figure of a line and column with the splits now picked. */
static struct opt_int figure(const struct glued *g, size_t line, size_t c)
{
	if (g->rows[line] == NULL || g->settled)
		return cell_number(&g->r->three.cell[line][c]);
	if (g->broken[line] || g->sets[line].count == 0)
		return (struct opt_int){ .known = false };
	return (struct opt_int){ true, g->sets[line].splits[g->pick[line]].part[c] };
}

/*
 * What is left over in column c: 0 if the identity holds, unknown if a figure of it is.
 * skip: this line counts 0.
 */
static struct opt_int left_over(const struct glued *g, bool leaves, size_t c, int skip)
{
	const struct lint_table3 *t = &g->r->three;
	struct opt_int sum = { .known = true };

	for (size_t l = 0; l < LINT_LINES; l++) {
		int64_t sign = 0;
		struct str key = line3_form(t, l)->key;
		for (size_t i = 0; !leaves && i < COUNT_OF(balance); i++)
			if (str_equal_c(key, balance[i]))
				sign = i < 2 ? 1 : -1;
		if (leaves && line3_is_leaf(t, l))
			sign = 1;
		if (leaves && str_equal_c(key, "results_total"))
			sign = -1;
		if (sign == 0 || (int)l == skip)
			continue;
		struct opt_int f = figure(g, l, c);
		sum.known = sum.known && f.known;
		sum.v += sign * f.v;
	}
	return sum;
}

static int broken_columns(const struct glued *g)
{
	int broken = 0;

	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		for (int leaves = 0; leaves < 2; leaves++) {
			struct opt_int over = left_over(g, leaves, c, -1);
			broken += over.known && over.v != 0;
		}
	return broken;
}

static void note_picks(struct glued *g)
{
	int broken = broken_columns(g);

	if (g->least < 0 || broken < g->least) {
		g->least = broken;
		for (size_t i = 0; i < g->open_count; i++)
			for (size_t k = 0; k < LIMIT_LINT_SPLITS; k++)
				g->used[g->open[i]][k] = false;
	}
	if (broken > g->least)
		return;
	for (size_t i = 0; i < g->open_count; i++) {
		g->used[g->open[i]][g->pick[g->open[i]]] = true;
		g->best[g->open[i]] = g->pick[g->open[i]];
	}
}

/*
 * Tries every combination of the open lines, at most LIMIT_LINT_COMBINATIONS; false if
 * there are more.
 */
static bool try_all(struct glued *g)
{
	long product = 1;

	for (size_t i = 0; i < g->open_count; i++) {
		product *= (long)g->sets[g->open[i]].count;
		if (product > LIMIT_LINT_COMBINATIONS || g->sets[g->open[i]].more)
			return false;
	}
	for (long n = 0; n < product; n++) {
		long rest = n;
		for (size_t i = 0; i < g->open_count; i++) {
			long ways = (long)g->sets[g->open[i]].count;
			g->pick[g->open[i]] = (size_t)(rest % ways);
			rest /= ways;
		}
		note_picks(g);
	}
	return true;
}

static void set_line(struct glued *g, size_t line, const struct split *s, bool nearest)
{
	const struct num_row *row = g->rows[line];

	for (size_t c = 0; c < APPLICANT_COLUMNS; c++) {
		struct lint_cell *cell = &g->r->three.cell[line][c];
		*cell = cell_value(s->part[c], row->glued, row->place);
		cell->glued = true;
		cell->nearest = nearest;
	}
}

static struct str name_of(struct glued *g, size_t line)
{
	return str_format(g->arena, "表三“" STR_FMT "”", STR_ARG(line3_form(&g->r->three, line)->label));
}

/* Several ways are left: the cells that differ between them cannot be judged. */
static void leave_open(struct glued *g, size_t line)
{
	struct lint_choice choice = { .what = name_of(g, line), .cells_count = APPLICANT_COLUMNS };

	choice.more = g->sets[line].more;
	choice.splits = ARENA_ARRAY(g->arena, LIMIT_LINT_SPLITS, struct split);
	for (size_t k = 0; k < g->sets[line].count; k++)
		if (g->used[line][k])
			choice.splits[choice.count++] = g->sets[line].splits[k];
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		choice.cells[c] = &g->r->three.cell[line][c];
	choice_open(g->arena, g->r, &choice, g->rows[line]->glued, g->rows[line]->place);
}

static void settle_open(struct glued *g)
{
	bool tried = try_all(g);

	for (size_t i = 0; i < g->open_count; i++) {
		size_t line = g->open[i], ways = 0;
		for (size_t k = 0; !tried && k < g->sets[line].count; k++)
			g->used[line][k] = true;
		for (size_t k = 0; k < g->sets[line].count; k++)
			ways += g->used[line][k];
		g->pick[line] = g->best[line];
		if (ways == 1) {
			set_line(g, line, &g->sets[line].splits[g->best[line]], false);
			continue;
		}
		leave_open(g, line);
		if (g->least > 0)
			note_add(g->arena, g->r, LINT_ERROR, STR("E9/split.columns"),
				 str_format(g->arena, STR_FMT "的数字连写，没有一种拆法能使各栏的勾稽关系成立。",
					    STR_ARG(name_of(g, line))),
				 g->rows[line]->place, g->rows[line]->glued);
	}
}

/*
 * What the columns want of a line whose own sum holds in no cut: only if every other figure
 * is known.
 */
static void set_broken(struct glued *g, size_t line)
{
	const struct num_row *row = g->rows[line];
	const struct form_line *form = line3_form(&g->r->three, line);
	bool leaves = line3_is_leaf(&g->r->three, line) || form->kind == LINE_SUM;
	bool left_side =
		leaves ? form->kind != LINE_SUM
		       : str_equal_c(form->key, balance[0]) || str_equal_c(form->key, balance[1]);
	struct opt_int want[APPLICANT_COLUMNS];
	struct split nearest;

	for (size_t c = 0; c < APPLICANT_COLUMNS; c++) {
		want[c] = left_over(g, leaves, c, (int)line);
		want[c].v = left_side ? -want[c].v : want[c].v;
	}
	if (split_nearest7(g->arena, row->glued, want, &nearest)) {
		set_line(g, line, &nearest, true);
		return;
	}
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		g->r->three.cell[line][c] = (struct lint_cell){ .state = LINT_UNREADABLE,
								.told = true,
								.glued = true,
								.source = row->glued,
								.place = row->place };
	note_add(g->arena, g->r, LINT_ERROR,
		 str_format(g->arena, "E9/split." STR_FMT, STR_ARG(form->key)),
		 str_format(g->arena, STR_FMT "的数字连写，没有一种拆法能得出7个数。",
			    STR_ARG(name_of(g, line))),
		 row->place, row->glued);
}

void read_table3_glued(struct arena *a, struct lint_report *r,
		       const struct num_row *const rows[LINT_LINES])
{
	struct glued *g = ARENA_NEW(a, struct glued);

	g->arena = a;
	g->r = r;
	g->rows = rows;
	g->least = -1;
	for (size_t l = 0; l < LINT_LINES; l++) {
		if (rows[l] == NULL)
			continue;
		g->sets[l] = split_sum7(a, rows[l]->glued);
		g->broken[l] = g->sets[l].count == 0;
		if (g->sets[l].count > 1 || (g->sets[l].count == 1 && g->sets[l].more))
			g->open[g->open_count++] = l;
		else if (g->sets[l].count == 1)
			set_line(g, l, &g->sets[l].splits[0], false);
	}
	if (g->open_count > 0)
		settle_open(g);
	g->settled = true;
	for (size_t l = 0; l < LINT_LINES; l++)
		if (rows[l] != NULL && g->broken[l])
			set_broken(g, l);
}
