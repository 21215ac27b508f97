/*
 * split.c - taking digits apart that were printed without gaps.
 *
 * No number begins with a 0 but 0 itself. Of the ways to cut that leaves, the
 * sums of the form admit few, mostly one. The search goes depth first with the
 * sum still to be reached as its bound, and gives up after a fixed number of
 * steps: hostile digits cost no more than honest ones.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { NUMBER_DIGITS = 9, DIGITS_MAX = 120 };

struct search {
	struct str digits;
	size_t parts;
	int64_t part[SPLIT_PARTS];
	long steps;
	/* keeps what was found; false stops the search */
	bool (*found)(struct search *s);
	/* may part[index] = value stand? Parts before it are set. */
	bool (*allowed)(const struct search *s, size_t index, int64_t value);
	struct split_set set;
	struct split best;
	int64_t best_cost;
	const struct opt_int *want;
};

static bool walk(struct search *s, size_t at, size_t index)
{
	int64_t value = 0;
	size_t left = s->parts - index - 1; /* parts after this one */

	if (++s->steps > LIMIT_LINT_SPLIT_STEPS)
		return false;
	if (index == s->parts)
		return at == s->digits.len ? s->found(s) : true;
	for (size_t end = at; end + left < s->digits.len && end - at < NUMBER_DIGITS; end++) {
		if (end > at && value == 0)
			break;
		value = value * 10 + (s->digits.ptr[end] - '0');
		/* The last part takes the rest. */
		if (left == 0 && end + 1 < s->digits.len)
			continue;
		if (!s->allowed(s, index, value))
			continue;
		s->part[index] = value;
		if (!walk(s, end + 1, index + 1))
			return false;
	}
	return true;
}

static struct split scaled(const struct search *s)
{
	struct split out = { { 0 } };

	for (size_t i = 0; i < s->parts; i++)
		out.part[i] = s->part[i] * LINT_SCALE;
	return out;
}

static bool keep(struct search *s)
{
	if (s->set.count == LIMIT_LINT_SPLITS) {
		s->set.more = true;
		return false;
	}
	s->set.splits[s->set.count++] = scaled(s);
	return true;
}

static bool digits_only(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	return s.len > 0 && s.len <= DIGITS_MAX;
}

static struct split_set search_all(struct arena *a, struct search *s)
{
	s->set.splits = ARENA_ARRAY(a, LIMIT_LINT_SPLITS, struct split);
	s->found = keep;
	if (!digits_only(s->digits))
		return s->set;
	walk(s, 0, 0);
	/* Cut short, what was found may not be all there is. */
	s->set.more |= s->steps > LIMIT_LINT_SPLIT_STEPS;
	return s->set;
}

/* ---- table 三: six and their sum */

static int64_t sum_of(const int64_t *part, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += part[i];
	return sum;
}

static bool any_value(const struct search *s, size_t index, int64_t value)
{
	(void)s, (void)index, (void)value;
	return true;
}

static bool total_fits(const struct search *s, size_t index, int64_t value)
{
	return index < APPLICANT_TOTAL || value == sum_of(s->part, APPLICANT_TOTAL);
}

struct split_set split_sum7(struct arena *a, struct str digits)
{
	struct search s = { .digits = digits, .parts = APPLICANT_COLUMNS, .allowed = total_fits };

	return search_all(a, &s);
}

static int64_t distance(int64_t x, int64_t y)
{
	return x > y ? x - y : y - x;
}

/* Columns that miss what the other lines want, then how far the sum is off. */
static bool nearer7(struct search *s)
{
	int64_t off = distance(sum_of(s->part, APPLICANT_TOTAL), s->part[APPLICANT_TOTAL]);
	int64_t cost = off < 1000000 ? off : 1000000;

	for (size_t i = 0; i < APPLICANT_COLUMNS; i++)
		if (s->want[i].known && s->want[i].v != s->part[i] * LINT_SCALE)
			cost += 10000000;
	if (s->best_cost < 0 || cost < s->best_cost) {
		s->best = scaled(s);
		s->best_cost = cost;
	}
	return true;
}

bool split_nearest7(struct arena *a, struct str digits, const struct opt_int want[7],
		    struct split *out)
{
	struct search s = { .digits = digits, .parts = APPLICANT_COLUMNS, .allowed = any_value,
			    .found = nearer7, .best_cost = -1, .want = want };

	(void)a;
	if (!digits_only(digits))
		return false;
	walk(&s, 0, 0);
	*out = s.best;
	return s.best_cost >= 0;
}

/* ---- table 四: three times four and their sum */

static bool group_fits(const struct search *s, size_t index, int64_t value)
{
	if (index % ROUTE_OUTCOMES != ROUTE_TOTAL)
		return true;
	return value == sum_of(&s->part[index - ROUTE_TOTAL], ROUTE_TOTAL);
}

struct split_set split_table4(struct arena *a, struct str digits)
{
	struct search s = { .digits = digits, .parts = SPLIT_PARTS, .allowed = group_fits };

	return search_all(a, &s);
}

/* At most one of the three groups may miss its sum. */
static bool one_group_off(const struct search *s, size_t index, int64_t value)
{
	size_t off = 0;

	for (size_t i = ROUTE_TOTAL; i < index; i += ROUTE_OUTCOMES)
		off += !group_fits(s, i, s->part[i]);
	return group_fits(s, index, value) || off == 0;
}

static bool nearer15(struct search *s)
{
	int64_t cost = 0;

	for (size_t i = ROUTE_TOTAL; i < SPLIT_PARTS; i += ROUTE_OUTCOMES)
		cost += distance(sum_of(&s->part[i - ROUTE_TOTAL], ROUTE_TOTAL), s->part[i]);
	if (s->best_cost < 0 || cost < s->best_cost) {
		s->best = scaled(s);
		s->best_cost = cost;
	}
	return true;
}

bool split_nearest15(struct arena *a, struct str digits, struct split *out)
{
	struct search s = { .digits = digits, .parts = SPLIT_PARTS, .allowed = one_group_off,
			    .found = nearer15, .best_cost = -1 };

	(void)a;
	if (!digits_only(digits))
		return false;
	walk(&s, 0, 0);
	*out = s.best;
	return s.best_cost >= 0;
}

/* ---- table 二: two or three cells without a sum */

struct run2 {
	struct str text;
	const struct form_cell2 *cells;
	size_t count;
	int64_t part[4];
	struct split_set *set;
	long steps;
};

/* Items of last year and their change cannot leave less than nothing. */
static bool change_fits(const struct run2 *r, size_t index, int64_t value)
{
	return r->cells[index].kind != CELL_SIGNED || index == 0 || r->part[index - 1] + value >= 0;
}

/* The number in text, which must be all of it. */
static bool whole_number(const struct run2 *r, size_t index, struct str text, int64_t *out)
{
	struct lint_cell c = cell_parse(text, text, STR_NONE);
	bool sign = text.ptr[0] == '-' || text.ptr[0] == '+';
	struct str digits = str_slice(text, sign, text.len);

	if (c.state != LINT_VALUE || (sign && r->cells[index].kind != CELL_SIGNED))
		return false;
	if (c.value % LINT_SCALE != 0 && r->cells[index].kind != CELL_AMOUNT)
		return false;
	if (digits.len > 1 && digits.ptr[0] == '0' && digits.ptr[1] != '.')
		return false;
	*out = c.value;
	return true;
}

static bool walk2(struct run2 *r, size_t at, size_t index)
{
	if (++r->steps > LIMIT_LINT_SPLIT_STEPS)
		return false;
	if (index == r->count) {
		if (at != r->text.len)
			return true;
		if (r->set->count == LIMIT_LINT_SPLITS) {
			r->set->more = true;
			return false;
		}
		struct split *out = &r->set->splits[r->set->count++];
		for (size_t i = 0; i < r->count; i++)
			out->part[i] = r->part[i];
		return true;
	}
	for (size_t end = at + 1; end <= r->text.len; end++) {
		/* a sign begins a number, a point does not */
		bool cut_before_point = end < r->text.len && r->text.ptr[end] == '.';
		if (cut_before_point || (index + 1 == r->count && end < r->text.len) ||
		    !whole_number(r, index, str_slice(r->text, at, end), &r->part[index]) ||
		    !change_fits(r, index, r->part[index]))
			continue;
		if (!walk2(r, end, index + 1))
			return false;
	}
	return true;
}

struct split_set split_cells2(struct arena *a, struct str run, const struct form_cell2 *cells,
			      size_t count)
{
	struct split_set set = { .splits = ARENA_ARRAY(a, LIMIT_LINT_SPLITS, struct split) };
	struct run2 r = { .text = run, .cells = cells, .count = count, .set = &set };

	if (count > COUNT_OF(r.part) || run.len == 0 || run.len > 60)
		return set;
	walk2(&r, 0, 0);
	set.more |= r.steps > LIMIT_LINT_SPLIT_STEPS;
	return set;
}
