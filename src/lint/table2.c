/*
 * table2.c - finding table 二 and putting its cells into their places.
 *
 * The heads of its columns say which form it is, whatever the year of the
 * report. No sum binds its cells; so a row with the wrong number of figures is
 * not read at all, and glued digits stay open unless only one cut is possible.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { ROWS2 = 8, NAMED_WELL = 60 };

struct row2 { size_t first, count; struct mark mark; }; /* cells of one row of the form */
struct named2 {
	struct row2 rows[ROWS2];
	size_t rows_count;
	int line_of[LIMIT_LINT_ROWS];
	size_t full, named;
};

static void list_rows(struct arena *a, enum form_kind form, struct named2 *out)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(form, &count);

	out->rows_count = 0;
	for (size_t i = 0; i < count; i++) {
		bool new_row = i == 0 || !str_equal(cells[i].row, cells[i - 1].row);
		if (new_row && out->rows_count < ROWS2)
			out->rows[out->rows_count++] =
				(struct row2){ .first = i,
					       .mark = mark_of_row2(a, cells[i].row_label) };
		out->rows[out->rows_count - 1].count++;
	}
}

static void name_rows(struct arena *a, const struct num_rows *rows, enum form_kind form,
		      struct named2 *out)
{
	int *score = ARENA_ARRAY(a, (rows->count + 1) * ROWS2, int);

	list_rows(a, form, out);
	out->full = out->named = 0;
	for (size_t r = 0; r < rows->count; r++)
		for (size_t l = 0; l < out->rows_count; l++)
			score[r * out->rows_count + l] = mark_score(
				&out->rows[l].mark, rows->rows[r].near, rows->rows[r].around);
	align_rows(a, score, rows->count, out->rows_count, out->line_of);
	for (size_t r = 0; r < rows->count; r++) {
		int line = out->line_of[r];
		if (line < 0)
			continue;
		const struct num_row *row = &rows->rows[r];
		/* Short labels, no sums: only a good name counts. */
		if (score[r * out->rows_count + (size_t)line] < NAMED_WELL) {
			out->line_of[r] = -1;
			continue;
		}
		out->named++;
		out->full += row->fielded || row->count == out->rows[line].count ||
			     row->glued.len >= out->rows[line].count;
	}
}

static void put(struct lint_report *r, const struct row2 *row, size_t i,
		const struct lint_cell *cell)
{
	r->two.cell[row->first + i] = *cell;
}

static void put_unreadable(struct pages *p, struct lint_report *r, const struct row2 *row,
			   const struct num_row *from)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(r->two.form, &count);
	struct buf printed = buf_open(p->arena, 64, 4096);

	for (size_t i = 0; i < from->count; i++) {
		buf_add(&printed, i > 0 ? STR(" ") : STR_NONE);
		buf_add(&printed, from->cells[i].source);
	}
	buf_add(&printed, from->glued);
	for (size_t i = 0; i < row->count; i++)
		put(r, row, i,
		    &(struct lint_cell){ .state = LINT_UNREADABLE, .told = true,
					 .source = buf_str(&printed),
					 .place = from->place });
	note_add(p->arena, r, LINT_ERROR,
		 str_format(p->arena, "E9/columns." STR_FMT, STR_ARG(cells[row->first].row)),
		 str_format(p->arena,
			    "表二“" STR_FMT "”应有%zu个数，读到“" STR_FMT "”，无法确定各在哪一栏。",
			    STR_ARG(cells[row->first].row_label), row->count,
			    STR_ARG(buf_str(&printed))),
		 from->place, buf_str(&printed));
}

/* By the heads of the columns where they are known, else by order. */
static void put_fields(struct pages *p, struct lint_report *r, const struct row2 *row,
		       const struct num_row *from)
{
	size_t count, figures = 0, only = 0;
	const struct form_cell2 *cells = form_table2(r->two.form, &count);

	for (size_t k = 0; k < from->count; k++)
		if (from->cells[k].state != LINT_BLANK) {
			figures++;
			only = k;
		}
	for (size_t i = 0; i < row->count; i++) {
		struct lint_cell blank = { .state = LINT_BLANK, .place = from->place };
		struct str head = plain_key(p->arena, cells[row->first + i].column_label);
		size_t k = 0;
		while (k < from->count &&
		       !(from->heads[k].len > 0 && str_equal(from->heads[k], head)))
			k++;
		if (k == from->count)
			k = row->count == 1 && figures == 1 ? only : i;
		put(r, row, i, k < from->count ? &from->cells[k] : &blank);
	}
	if (figures > row->count)
		put_unreadable(p, r, row, from);
}

static void put_glued(struct pages *p, struct lint_report *r, const struct row2 *row,
		      const struct num_row *from)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(r->two.form, &count);
	struct split_set set = split_cells2(p->arena, from->glued, &cells[row->first], row->count);
	struct lint_choice choice = { .splits = set.splits, .count = set.count, .more = set.more,
				      .cells_count = row->count };

	if (set.count == 0) {
		put_unreadable(p, r, row, from);
		return;
	}
	choice.what = str_format(p->arena, "表二“" STR_FMT "”", STR_ARG(cells[row->first].row_label));
	choice.glued = from->glued;
	choice.place = from->place;
	for (size_t i = 0; i < row->count; i++)
		choice.cells[i] = &r->two.cell[row->first + i];
	if (set.count == 1 && !set.more)
		choice_take(&choice, 0);
	else
		choice_open(p->arena, r, &choice, from->glued, from->place);
}

static void fill(struct pages *p, struct lint_report *r, const struct num_rows *rows,
		 const struct named2 *named)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (named->line_of[i] < 0)
			continue;
		const struct row2 *row = &named->rows[named->line_of[i]];
		const struct num_row *from = &rows->rows[i];
		if (!r->two.found)
			r->two.place = from->place;
		r->two.found = true;
		/* In a line of text the words before a figure may be the head's as well. */
		if (from->fielded)
			r->two.label[row->first] = from->printed;
		if (from->glued.len > 0)
			put_glued(p, r, row, from);
		else if (from->fielded)
			put_fields(p, r, row, from);
		else if (from->count == row->count)
			for (size_t k = 0; k < row->count; k++)
				put(r, row, k, &from->cells[k]);
		else
			put_unreadable(p, r, row, from);
	}
}

/* ---- which form, and where */

static enum form_kind form_of_heads(struct str key, const struct lint_report *r)
{
	static const char *const newer[] = { "本年制发件数", "本年废止件数", "现行有效件数", "本年收费金额", NULL };
	static const char *const older[] = { "本年新制作数量", "本年新公开数量", "对外公开总数量", "上一年项目数量",
					     "采购项目数量", NULL };

	if (has_any(key, newer))
		return FORM_2021;
	if (has_any(key, older))
		return FORM_2019;
	return r->year.known ? form_of_year((int)r->year.v) : FORM_2021;
}

static bool find_region(const struct pages *p, size_t *from, size_t *to)
{
	size_t heading = SIZE_MAX;

	for (*from = 0; *from < p->count; (*from)++) {
		const struct text_line *l = &p->lines[*from];
		if (l->kind != TEXT_LINE || l->taken)
			continue;
		if (str_starts(plain_squeeze(p->arena, l->plain), STR("第二十条第（一）项")))
			break;
		if (part_heading(l->plain) == 2)
			heading = *from + 1;
	}
	if (*from == p->count)
		*from = heading;
	if (*from == SIZE_MAX)
		return false;
	for (*to = *from; *to < p->count; (*to)++)
		if (p->lines[*to].kind == TEXT_LINE &&
		    (p->lines[*to].taken || part_heading(p->lines[*to].plain) >= 3))
			break;
	return *to > *from;
}

/* Rows whose label is printed and whose figures are not: blank. */
static void fill_blank(struct pages *p, struct lint_report *r, struct str key, struct str place)
{
	struct named2 *all = ARENA_NEW(p->arena, struct named2);
	size_t seen = 0;

	list_rows(p->arena, r->two.form, all);
	for (size_t i = 0; i < all->rows_count; i++) {
		if (!str_contains(key, all->rows[i].mark.accepted[0]))
			continue;
		for (size_t k = 0; k < all->rows[i].count; k++) {
			struct lint_cell *c = &r->two.cell[all->rows[i].first + k];
			seen += c->state == LINT_MISSING;
			if (c->state == LINT_MISSING)
				*c = (struct lint_cell){ .state = LINT_BLANK, .place = place };
		}
	}
	if (!r->two.found && seen > 0) {
		r->two.found = true;
		r->two.place = place;
	}
}

static void read_lines(struct pages *p, struct lint_report *r)
{
	struct named2 *named = ARENA_NEW(p->arena, struct named2),
		      *glued = ARENA_NEW(p->arena, struct named2);
	struct buf all = buf_open(p->arena, 4096, LIMIT_LINT_BYTES);
	size_t from, to, end;

	if (!find_region(p, &from, &to))
		return;
	for (size_t i = from; i < to; i++)
		if (p->lines[i].kind == TEXT_LINE)
			buf_add(&all, plain_key(p->arena, p->lines[i].plain));
	r->two.form = form_of_heads(buf_str(&all), r);
	struct num_rows rows = rows_of_lines(p, from, to, 3);
	name_rows(p->arena, &rows, r->two.form, named);
	if (2 * named->full < named->rows_count) {
		struct num_rows runs = rows_of_glued(p, from, to, 1);
		name_rows(p->arena, &runs, r->two.form, glued);
		if (glued->full > 2 * named->full) {
			rows = runs;
			named = glued;
		}
	}
	fill(p, r, &rows, named);
	fill_blank(p, r, buf_str(&all), p->lines[from].place);
	end = from;
	for (size_t i = 0; i < rows.count; i++)
		if (named->line_of[i] >= 0 && rows.rows[i].last_line + 1 > end)
			end = rows.rows[i].last_line + 1;
	for (size_t i = from; i < end; i++)
		p->lines[i].taken = true;
}

void read_table2(struct pages *p, struct lint_report *r)
{
	struct num_rows rows = rows_of_grids2(p);
	struct named2 *named = ARENA_NEW(p->arena, struct named2);
	struct buf heads = buf_open(p->arena, 1024, LIMIT_LINT_BYTES);

	for (size_t i = 0; i < rows.count; i++)
		for (size_t k = 0; k < rows.rows[i].count; k++)
			buf_add(&heads, rows.rows[i].heads[k]);
	r->two.form = form_of_heads(buf_str(&heads), r);
	name_rows(p->arena, &rows, r->two.form, named);
	if (named->named > 0)
		fill(p, r, &rows, named);
	else
		read_lines(p, r);
}
