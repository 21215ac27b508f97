/* value.c - cells as numbers, and the lines of table 三 by name in the shape a report prints. */
#include "lint/lint_internal.h"

#include <string.h>

struct opt_int cell_number(const struct lint_cell *c)
{
	return (struct opt_int){ c->state == LINT_VALUE, c->value };
}

static bool in_shape(const struct lint_table3 *t, size_t line)
{
	size_t count;
	const struct form_line *lines = form_table3(FORM_2021, &count);
	struct str key = lines[line].key;

	if (t->shape == FORM_2021)
		return true;
	return form_table3_find(FORM_2019, key) >= 0;
}

const struct form_line *line3_form(const struct lint_table3 *t, size_t line)
{
	size_t count;
	const struct form_line *lines = form_table3(FORM_2021, &count);
	int own = t->shape == FORM_2019 ? form_table3_find(FORM_2019, lines[line].key) : -1;

	return own >= 0 ? &form_table3(FORM_2019, &count)[own] : &lines[line];
}

int line3(const struct lint_table3 *t, const char *key)
{
	int line = form_table3_find(FORM_2021, str_from_c(key));

	return line >= 0 && in_shape(t, (size_t)line) ? line : -1;
}

bool line3_has_numbers(const struct lint_table3 *t, size_t line)
{
	return in_shape(t, line) && line3_form(t, line)->kind != LINE_GROUP;
}

bool line3_is_leaf(const struct lint_table3 *t, size_t line)
{
	return in_shape(t, line) && form_table3_is_leaf(line3_form(t, line));
}

struct opt_int sum_lines3(const struct lint_table3 *t, const char *parent, size_t column)
{
	struct opt_int sum = { .known = true };
	size_t seen = 0;

	for (size_t l = 0; l < LINT_LINES; l++) {
		const struct form_line *form = line3_form(t, l);
		bool under = str_equal_c(form->parent, parent) || str_equal_c(form->key, parent);
		if (!line3_is_leaf(t, l) || !under)
			continue;
		seen++;
		sum.known = sum.known && t->cell[l][column].state == LINT_VALUE;
		sum.v += t->cell[l][column].value;
	}
	sum.known = sum.known && seen > 0;
	return sum;
}

struct str print_value(struct arena *a, int64_t value)
{
	const char *sign = value < 0 ? "-" : "";
	uint64_t size = value < 0 ? (uint64_t)-value : (uint64_t)value;
	unsigned fraction = (unsigned)(size % LINT_SCALE);
	int digits = 4;

	if (fraction == 0)
		return str_format(a, "%s%llu", sign, (unsigned long long)(size / LINT_SCALE));
	while (fraction % 10 == 0) {
		fraction /= 10;
		digits--;
	}
	return str_format(a, "%s%llu.%0*u", sign, (unsigned long long)(size / LINT_SCALE), digits,
			  fraction);
}

struct str print_opt(struct arena *a, struct opt_int value)
{
	return value.known ? print_value(a, value.v) : STR("（无法读出）");
}

bool percent_fits(int64_t printed, int decimals, int64_t part, int64_t whole)
{
	double unit = 1, exact, off;

	if (whole == 0)
		return false;
	for (int i = 0; i < decimals; i++)
		unit /= 10;
	exact = (double)part / (double)whole * 100;
	off = exact - (double)printed / LINT_SCALE;
	return off > -0.5000001 * unit && off < 0.9999999 * unit;
}
