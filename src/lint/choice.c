/* choice.c - splits that stay open: cells nobody may take for known, until a check code decides. */
#include "lint/lint_internal.h"

static bool agree(const struct lint_choice *c, size_t part)
{
	for (size_t k = 1; k < c->count; k++)
		if (c->splits[k].part[part] != c->splits[0].part[part])
			return false;
	return c->count > 0;
}

static void set_cell(const struct lint_choice *c, size_t part, int64_t value, enum lint_state state)
{
	*c->cells[part] = cell_value(value, c->glued, c->place);
	c->cells[part]->glued = true;
	c->cells[part]->state = state;
}

static void open_cells(const struct lint_choice *c)
{
	for (size_t i = 0; i < c->cells_count; i++)
		set_cell(c, i, agree(c, i) ? c->splits[0].part[i] : 0,
			 agree(c, i) ? LINT_VALUE : LINT_UNSURE);
}

struct str choice_ways(struct arena *a, const struct lint_choice *c)
{
	struct buf b = buf_open(a, 128, 4096);

	for (size_t k = 0; k < c->count && k < 4; k++) {
		buf_add_c(&b, k > 0 ? "；" : "");
		for (size_t i = 0; i < c->cells_count; i++) {
			buf_add_c(&b, i > 0 ? "|" : "");
			buf_add(&b, print_value(a, c->splits[k].part[i]));
		}
	}
	if (c->count > 4)
		buf_add_c(&b, "……");
	return buf_str(&b);
}

void choice_open(struct arena *a, struct lint_report *r, const struct lint_choice *c,
		 struct str glued, struct str place)
{
	struct lint_choice choice = *c;

	choice.glued = glued;
	choice.place = place;
	open_cells(&choice);
	if (r->choices == NULL)
		r->choices = ARENA_NEW(a, struct lint_choices);
	if (r->choices->count < CHOICE_MAX)
		r->choices->choice[r->choices->count++] = choice;
	else
		r->choices->overflow = true;
}

void choice_take(const struct lint_choice *c, size_t index)
{
	for (size_t i = 0; i < c->cells_count; i++)
		set_cell(c, i, c->splits[index].part[i], LINT_VALUE);
}

long choice_combinations(const struct lint_choices *all)
{
	long product = 1;

	if (all->overflow)
		return 0;
	for (size_t i = 0; i < all->count; i++) {
		if (all->choice[i].count == 0 || all->choice[i].more ||
		    product > LIMIT_LINT_COMBINATIONS)
			return 0;
		product *= (long)all->choice[i].count;
	}
	return product <= LIMIT_LINT_COMBINATIONS ? product : 0;
}

void choice_take_all(const struct lint_choices *all, long combination)
{
	for (size_t i = 0; i < all->count; i++) {
		long ways = (long)all->choice[i].count;
		choice_take(&all->choice[i], (size_t)(combination % ways));
		combination /= ways;
	}
}

void choice_reopen(const struct lint_choices *all)
{
	for (size_t i = 0; i < all->count; i++)
		open_cells(&all->choice[i]);
}
