/*
 * table4.c - the fifteen figures of table 四.
 *
 * Its head is broken over three lines in any layout, so text is searched for the
 * figures: fifteen together, after the heading of part 四 or the first line of
 * the head. Glued digits must cut into three groups whose sums hold.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { FIGURES = ROUTES * ROUTE_OUTCOMES, LINES_AHEAD = 80, OPENINGS_MAX = 24 };

static void put(struct lint_report *r, const struct num_row *row)
{
	r->four.found = true;
	r->four.place = row->place;
	for (size_t i = 0; i < FIGURES; i++)
		r->four.cell[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES] = row->cells[i];
}

static void put_all(struct lint_report *r, enum lint_state state, struct str source,
		    struct str place)
{
	r->four.found = true;
	r->four.place = place;
	for (size_t i = 0; i < FIGURES; i++)
		r->four.cell[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES] =
			(struct lint_cell){ .state = state, .source = source, .place = place,
					    .told = state == LINT_UNREADABLE };
}

static bool opens_table4(const struct text_line *l, struct arena *a)
{
	if (l->kind != TEXT_LINE || l->taken)
		return false;
	if (part_heading(l->plain) == 4)
		return true;
	struct str s = plain_squeeze(a, l->plain);
	return str_equal_c(s, "行政复议行政诉讼") || str_starts(s, STR("行政复议行政诉讼未经复议"));
}

static size_t region_end(const struct pages *p, size_t from)
{
	size_t to = from + 1;

	while (to < p->count && to - from < LINES_AHEAD &&
	       !(p->lines[to].kind == TEXT_LINE && part_heading(p->lines[to].plain) > 0))
		to++;
	return to;
}

static void take(struct pages *p, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < p->count; i++)
		p->lines[i].taken = true;
}

static bool read_full(struct pages *p, struct lint_report *r, size_t from, size_t to)
{
	struct arena_mark mark = arena_mark(p->arena);
	struct num_rows rows = rows_of_lines(p, from, to, FIGURES);

	for (size_t i = 0; i < rows.count; i++)
		if (rows.rows[i].count == FIGURES) {
			put(r, &rows.rows[i]);
			take(p, from, rows.rows[i].last_line + 1);
			return true;
		}
	arena_rewind(p->arena, mark);
	return false;
}

static bool put_glued(struct pages *p, struct lint_report *r, const struct num_row *row)
{
	struct split_set set = split_table4(p->arena, row->glued);
	struct lint_choice choice = { .splits = set.splits, .count = set.count, .more = set.more,
				      .cells_count = FIGURES, .what = STR("表四"), .glued = row->glued,
				      .place = row->place };
	struct split nearest;

	for (size_t i = 0; i < FIGURES; i++)
		choice.cells[i] = &r->four.cell[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES];
	if (set.count > 1 || (set.count == 1 && set.more)) {
		choice_open(p->arena, r, &choice, row->glued, row->place);
	} else if (set.count == 1) {
		choice_take(&choice, 0);
	} else if (split_nearest15(p->arena, row->glued, &nearest)) {
		choice.splits = &nearest;
		choice.count = 1;
		choice_take(&choice, 0);
		for (size_t i = 0; i < FIGURES; i++)
			choice.cells[i]->nearest = true;
	} else {
		return false;
	}
	r->four.found = true;
	r->four.place = row->place;
	return true;
}

static bool read_glued(struct pages *p, struct lint_report *r, size_t from, size_t to)
{
	struct arena_mark mark = arena_mark(p->arena);
	struct num_rows rows = rows_of_glued(p, from, to, FIGURES);

	for (size_t i = 0; i < rows.count; i++)
		if (str_ends(rows.rows[i].near, STR("总计")) && put_glued(p, r, &rows.rows[i])) {
			take(p, from, rows.rows[i].last_line + 1);
			return true;
		}
	arena_rewind(p->arena, mark);
	return false;
}

/* The head is there and not fifteen figures: blank, or fewer than there should be. */
static void read_rest(struct pages *p, struct lint_report *r, size_t from, size_t to)
{
	struct num_rows rows = rows_of_lines(p, from, to, FIGURES);
	struct buf all = buf_open(p->arena, 1024, LIMIT_LINT_BYTES),
		   printed = buf_open(p->arena, 64, 4096);
	const struct num_row *most = NULL;

	for (size_t i = from; i < to; i++)
		if (p->lines[i].kind == TEXT_LINE)
			buf_add(&all, plain_key(p->arena, p->lines[i].plain));
	if (!str_contains(buf_str(&all), STR("复议后起诉")))
		return;
	for (size_t i = 0; i < rows.count; i++)
		if (most == NULL || rows.rows[i].count > most->count)
			most = &rows.rows[i];
	if (most == NULL || most->count < ROUTE_OUTCOMES) {
		put_all(r, LINT_BLANK, STR_NONE, p->lines[from].place);
		return;
	}
	for (size_t i = 0; i < most->count; i++) {
		buf_add(&printed, i > 0 ? STR(" ") : STR_NONE);
		buf_add(&printed, most->cells[i].source);
	}
	put_all(r, LINT_UNREADABLE, buf_str(&printed), most->place);
	take(p, from, most->last_line + 1);
	note_add(p->arena, r, LINT_ERROR, STR("E9/columns.table4"),
		 str_format(p->arena, "表四应有15个数，读到%zu个，无法确定各在哪一栏。", most->count),
		 most->place, buf_str(&printed));
}

void read_table4(struct pages *p, struct lint_report *r)
{
	bool (*const ways[])(struct pages *, struct lint_report *, size_t, size_t) = { read_full,
										       read_glued };
	struct num_row *row = ARENA_NEW(p->arena, struct num_row);
	size_t opening[OPENINGS_MAX], count = 0;

	if (row_of_grids4(p, row)) {
		put(r, row);
		return;
	}
	for (size_t i = 0; i < p->count && count < OPENINGS_MAX; i++)
		if (opens_table4(&p->lines[i], p->arena))
			opening[count++] = i;
	for (size_t w = 0; w < COUNT_OF(ways); w++)
		for (size_t i = 0; i < count; i++)
			if (ways[w](p, r, opening[i], region_end(p, opening[i])))
				return;
	for (size_t i = 0; i < count && !r->four.found; i++)
		read_rest(p, r, opening[i], region_end(p, opening[i]));
}
