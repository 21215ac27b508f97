/*
 * table3.c - finding table 三 and putting its cells into their lines.
 *
 * Real tables first; else lines of text between the printed 勾稽关系 and part 四,
 * read as rows of cells, or as glued digits where that names more lines. Both
 * shapes of （六）其他处理 are tried; the one the labels fit better is the shape.
 */
#include "lint/lint_internal.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_TO_BE_A_TABLE = 3, NAMED = 30, NAMED_WELL = 60 };

/* ---- where it stands */

static bool opens_table3(struct str squeezed)
{
	static const char *const marks[] = { "勾稽关系", "本年新收政府信息公开申请数量", NULL };

	return has_any(squeezed, marks);
}

static bool find_region(const struct pages *p, size_t *from, size_t *to)
{
	size_t heading = SIZE_MAX;

	for (*from = 0; *from < p->count; (*from)++) {
		const struct text_line *l = &p->lines[*from];
		if (l->kind != TEXT_LINE)
			continue;
		if (opens_table3(plain_squeeze(p->arena, l->plain)))
			break;
		if (part_heading(l->plain) == 3)
			heading = *from;
	}
	if (*from == p->count && heading == SIZE_MAX)
		return false;
	/*
	 * The head of the table stands above its first words; take it along when the
	 * heading is close.
	 */
	if (heading != SIZE_MAX && (*from == p->count || *from - heading < 30))
		*from = heading + 1;
	for (*to = *from; *to < p->count; (*to)++)
		if (p->lines[*to].kind == TEXT_LINE && part_heading(p->lines[*to].plain) >= 4)
			break;
	return *to > *from;
}

/* ---- which row is which line */

struct named {
	size_t lines[LINT_LINES];
	size_t lines_count;
	int line_of[LIMIT_LINT_ROWS];
	bool moved[LIMIT_LINT_ROWS]; /* named exactly, but not in the order of the form */
	int score;
	size_t full;
	size_t again; /* the first row that names a line once more, SIZE_MAX: none */
};

static bool same_cells(const struct num_row *a, const struct num_row *b)
{
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		if (a->cells[c].state != b->cells[c].state ||
		    a->cells[c].value != b->cells[c].value)
			return false;
	return true;
}

/*
 * Rows left out because they stand out of order. A line that has its row already is in a second
 * table: other figures there are not to be passed over in silence.
 */
static void name_left_out(const struct num_rows *rows, const struct mark *marks, struct named *out)
{
	const struct num_row *row_of[LINT_LINES] = { NULL };

	out->again = SIZE_MAX;
	for (size_t r = 0; r < rows->count; r++) {
		out->moved[r] = false;
		if (out->line_of[r] >= 0)
			row_of[out->line_of[r]] = &rows->rows[r];
	}
	for (size_t r = 0; r < rows->count; r++) {
		const struct num_row *row = &rows->rows[r];
		for (size_t l = 0; l < out->lines_count && out->line_of[r] < 0 &&
				   row->count == APPLICANT_COLUMNS;
		     l++) {
			if (mark_fit(&marks[l], row->near) != FIT_EXACT)
				continue;
			if (row_of[l] == NULL) {
				row_of[l] = row;
				out->line_of[r] = (int)l;
				out->moved[r] = true;
			} else if (out->again == SIZE_MAX && !same_cells(row, row_of[l])) {
				out->again = r;
			}
		}
	}
}

/* Scores every row against the lines with numbers of one shape, and pairs them. */
static void name_rows(struct arena *a, const struct num_rows *rows, enum form_kind shape,
		      struct named *out)
{
	struct lint_table3 probe = { .shape = shape };
	struct mark marks[LINT_LINES];
	int *score = ARENA_ARRAY(a, (rows->count + 1) * LINT_LINES, int);
	size_t n = 0;

	out->lines_count = out->full = 0;
	out->score = 0;
	for (size_t l = 0; l < LINT_LINES; l++) {
		if (!line3_has_numbers(&probe, l))
			continue;
		int own = form_table3_find(shape, line3_form(&probe, l)->key);
		marks[n] = mark_of_line(a, shape, (size_t)own);
		out->lines[n++] = l;
	}
	out->lines_count = n;
	for (size_t r = 0; r < rows->count; r++)
		for (size_t l = 0; l < n; l++)
			score[r * n + l] =
				mark_score(&marks[l], rows->rows[r].near, rows->rows[r].around);
	align_rows(a, score, rows->count, n, out->line_of);
	for (size_t r = 0; r < rows->count; r++) {
		const struct num_row *row = &rows->rows[r];
		int line = out->line_of[r];
		bool whole = row->count == APPLICANT_COLUMNS || row->glued.len >= APPLICANT_COLUMNS;
		int points = line >= 0 ? score[r * n + (size_t)line] : 0;
		/* Half a row needs a good name: it may be a page number or a year. */
		if (line >= 0 && !whole && points < NAMED_WELL)
			out->line_of[r] = -1;
		out->score += points;
		out->full += out->line_of[r] >= 0 && whole;
	}
	name_left_out(rows, marks, out);
}

static void name_best(struct arena *a, const struct num_rows *rows, const struct lint_report *r,
		      struct named *out, enum form_kind *shape)
{
	enum form_kind usual = r->year.known ? form_of_year((int)r->year.v) : FORM_2021;
	enum form_kind other = usual == FORM_2019 ? FORM_2021 : FORM_2019;
	struct named *second = ARENA_NEW(a, struct named);

	name_rows(a, rows, usual, out);
	*shape = usual;
	if (out->full == out->lines_count)
		return;
	name_rows(a, rows, other, second);
	if (second->full > out->full || (second->full == out->full && second->score > out->score)) {
		*out = *second;
		*shape = other;
	}
}

/* ---- rows with fewer cells than columns: by where they stand */

struct columns { int middle[APPLICANT_COLUMNS]; bool known; int metric; };

static int compare_int(const void *x, const void *y)
{
	int a = *(const int *)x, b = *(const int *)y;

	return (a > b) - (a < b);
}

/* Medians of the full rows' columns, in the metric in which they scatter less. */
static struct columns find_columns(const struct num_rows *rows)
{
	struct columns best = { .known = false };
	long best_scatter = 0;

	for (int metric = 0; metric < 2; metric++) {
		struct columns c = { .known = true, .metric = metric };
		long scatter = 0, cells = 0;
		for (size_t k = 0; k < APPLICANT_COLUMNS; k++) {
			int at[LIMIT_LINT_ROWS];
			size_t n = 0;
			for (size_t r = 0; r < rows->count; r++)
				if (rows->rows[r].count == APPLICANT_COLUMNS &&
				    !rows->rows[r].fielded)
					at[n++] = rows->rows[r].at[metric][k];
			if (n < 3)
				return best;
			qsort(at, n, sizeof *at, compare_int);
			c.middle[k] = at[n / 2];
			for (size_t i = 0; i < n; i++)
				scatter += labs((long)at[i] - c.middle[k]);
			cells += (long)n;
		}
		/* Columns that wander are no columns. */
		if (scatter <= 6 * cells && (!best.known || scatter < best_scatter)) {
			best = c;
			best_scatter = scatter;
		}
	}
	return best;
}

/* Puts the row's cells under the nearest columns; false if two want the same one. */
static bool place_cells(const struct num_row *row, const struct columns *c,
			struct lint_cell out[APPLICANT_COLUMNS])
{
	size_t next = 0;

	if (!c->known || row->first_line != row->last_line)
		return false;
	for (size_t k = 0; k < APPLICANT_COLUMNS; k++)
		out[k] = (struct lint_cell){ .state = LINT_BLANK, .place = row->place };
	for (size_t i = 0; i < row->count; i++) {
		size_t nearest = next;
		for (size_t k = next; k < APPLICANT_COLUMNS; k++)
			if (abs(row->at[c->metric][i] - c->middle[k]) <
			    abs(row->at[c->metric][i] - c->middle[nearest]))
				nearest = k;
		if (nearest >= APPLICANT_COLUMNS)
			return false;
		out[nearest] = row->cells[i];
		next = nearest + 1;
	}
	return true;
}

/* ---- filling */

static void mark_unreadable(struct pages *p, struct lint_report *r, size_t line,
			    const struct num_row *row)
{
	struct buf printed = buf_open(p->arena, 64, 4096);

	for (size_t i = 0; i < row->count; i++) {
		buf_add(&printed, i > 0 ? STR(" ") : STR_NONE);
		buf_add(&printed, row->cells[i].source);
	}
	for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
		r->three.cell[line][c] = (struct lint_cell){ .state = LINT_UNREADABLE, .told = true,
							     .source = buf_str(&printed),
							     .place = row->place };
	note_add(p->arena, r, LINT_ERROR, str_format(p->arena, "E9/columns." STR_FMT,
						     STR_ARG(line3_form(&r->three, line)->key)),
		 str_format(p->arena, "表三“" STR_FMT "”应有7个数，这一行读到%zu个，无法确定各在哪一栏。",
			    STR_ARG(line3_form(&r->three, line)->label), row->count),
		 row->place, buf_str(&printed));
}

static void fill_row(struct pages *p, struct lint_report *r, size_t line, const struct num_row *row,
		     const struct columns *columns)
{
	r->three.label[line] = row->printed;
	r->three.whole_labels = row->fielded;
	if (row->count == APPLICANT_COLUMNS)
		memcpy(r->three.cell[line], row->cells, sizeof r->three.cell[line]);
	else if (row->fielded || row->count > APPLICANT_COLUMNS ||
		 !place_cells(row, columns, r->three.cell[line]))
		mark_unreadable(p, r, line, row);
}

/* A line whose label is printed without any figure is blank, not missing. */
static void fill_blank(struct pages *p, struct lint_report *r, size_t from, size_t to)
{
	struct buf all = buf_open(p->arena, 4096, LIMIT_LINT_BYTES);
	size_t at = 0;

	for (size_t i = from; i < to; i++)
		if (p->lines[i].kind == TEXT_LINE)
			buf_add(&all, plain_key(p->arena, p->lines[i].plain));
	for (size_t l = 0; l < LINT_LINES; l++) {
		if (!line3_has_numbers(&r->three, l))
			continue;
		int own = form_table3_find(r->three.shape, line3_form(&r->three, l)->key);
		struct str key = mark_of_line(p->arena, r->three.shape, (size_t)own).accepted[0];
		size_t found = str_find(buf_str(&all), key, at);
		if (found == SIZE_MAX)
			continue;
		at = found + key.len;
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			if (r->three.cell[l][c].state == LINT_MISSING)
				r->three.cell[l][c] =
					(struct lint_cell){ .state = LINT_BLANK,
							    .place = p->lines[from].place };
	}
}

static void note_order(struct pages *p, struct lint_report *r, const struct num_row *row,
		       size_t line)
{
	const struct form_line *form = line3_form(&r->three, line);

	note_add(p->arena, r, LINT_WARNING,
		 str_format(p->arena, "E9/order." STR_FMT, STR_ARG(form->key)),
		 str_format(p->arena, "表三“" STR_FMT "”这一行不在格式规定的位置，请按格式的顺序排列各行。",
			    STR_ARG(form->label)),
		 row->place, row->printed);
}

/* Two reports on one page, or a table printed twice with other figures. */
static void note_second(struct pages *p, struct lint_report *r, struct str place, struct str text)
{
	note_add(p->arena, r, LINT_WARNING, STR("E9/second.table3"),
		 STR("文件里不止一张表三，后面的与核对的这一张不同，没有核对。请把每份报告各存为一个文件，分别核对。"),
		 place, text);
}

static bool fill(struct pages *p, struct lint_report *r, const struct num_rows *rows,
		 const struct named *named)
{
	const struct num_row *glued[LINT_LINES] = { NULL };
	struct columns columns = find_columns(rows);
	size_t lines = 0, glued_lines = 0;

	for (size_t i = 0; i < rows->count; i++) {
		if (named->line_of[i] < 0)
			continue;
		size_t line = named->lines[named->line_of[i]];
		if (lines++ == 0)
			r->three.place = rows->rows[i].place;
		if (named->moved[i])
			note_order(p, r, &rows->rows[i], line);
		if (rows->rows[i].glued.len > 0) {
			glued[line] = &rows->rows[i];
			r->three.label[line] = rows->rows[i].printed;
			glued_lines++;
		} else {
			fill_row(p, r, line, &rows->rows[i], &columns);
		}
	}
	r->three.found = lines >= LINES_TO_BE_A_TABLE;
	if (r->three.found && named->again != SIZE_MAX)
		note_second(p, r, rows->rows[named->again].place, rows->rows[named->again].printed);
	if (glued_lines > 0)
		read_table3_glued(p->arena, r, glued);
	return r->three.found;
}

static size_t last_line(const struct num_rows *rows, const struct named *named, size_t from)
{
	size_t last = from;

	for (size_t i = 0; i < rows->count; i++)
		if (named->line_of[i] >= 0 && rows->rows[i].last_line + 1 > last)
			last = rows->rows[i].last_line + 1;
	return last;
}

/* The first line of another table 三 in the text behind the one that was read. */
static void note_second_text(struct pages *p, struct lint_report *r, size_t from)
{
	for (size_t i = from; i < p->count && r->three.found; i++) {
		struct str s = p->lines[i].kind == TEXT_LINE
				       ? plain_squeeze(p->arena, p->lines[i].plain)
				       : STR_NONE;
		if (!str_contains(s, STR("一、本年新收政府信息公开申请数量")))
			continue;
		note_second(p, r, p->lines[i].place, s);
		return;
	}
}

static void read_lines(struct pages *p, struct lint_report *r)
{
	struct named *named = ARENA_NEW(p->arena, struct named),
		     *glued = ARENA_NEW(p->arena, struct named);
	enum form_kind shape, glued_shape;
	size_t from, to, end;

	if (!find_region(p, &from, &to))
		return;
	struct num_rows rows = rows_of_lines(p, from, to, APPLICANT_COLUMNS);
	name_best(p->arena, &rows, r, named, &shape);
	/*
	 * Blank cells make rows of this kind short; that alone is no reason to take them
	 * for glued.
	 */
	if (2 * named->full < named->lines_count) {
		struct num_rows runs = rows_of_glued(p, from, to, 1);
		name_best(p->arena, &runs, r, glued, &glued_shape);
		if (glued->full > 2 * named->full) {
			rows = runs;
			named = glued;
			shape = glued_shape;
		}
	}
	r->three.shape = shape;
	fill(p, r, &rows, named);
	end = last_line(&rows, named, from);
	fill_blank(p, r, from, r->three.found ? end : to);
	for (size_t l = 0; !r->three.found && l < LINT_LINES; l++)
		r->three.found = r->three.cell[l][0].state == LINT_BLANK;
	for (size_t i = from; i < end; i++)
		p->lines[i].taken = true;
	note_second_text(p, r, end);
}

void read_table3(struct pages *p, struct lint_report *r)
{
	struct num_rows rows = rows_of_grids3(p);
	struct named *named = ARENA_NEW(p->arena, struct named);

	name_best(p->arena, &rows, r, named, &r->three.shape);
	if (named->full >= LINES_TO_BE_A_TABLE && fill(p, r, &rows, named))
		return;
	read_lines(p, r);
}
