/*
 * grid.c - laying the tables out.
 */
#include "report/grid.h"

#include <assert.h>
#include <stdlib.h>

enum { CELLS_MAX = 400, TABLE3_LABELS = 3, TABLE3_HEAD = 3 };

struct layout {
	struct arena *arena;
	const struct report_tables *tables;
	struct report_grid *grid;
};

static struct report_cell *put(struct layout *l, int row, int col, int rowspan, int colspan)
{
	struct report_grid *g = l->grid;

	assert(g->count < CELLS_MAX);
	if (row + rowspan > g->rows)
		g->rows = (uint16_t)(row + rowspan);
	g->cells[g->count] = (struct report_cell){ .row = (uint16_t)row, .col = (uint16_t)col,
						   .rowspan = (uint16_t)rowspan,
						   .colspan = (uint16_t)colspan };
	return &g->cells[g->count++];
}

static void put_head(struct layout *l, int row, int col, int rowspan, int colspan, struct str text)
{
	struct report_cell *c = put(l, row, col, rowspan, colspan);

	c->head = true;
	c->text = text;
}

static void put_number(struct layout *l, int row, int col, int colspan, struct str key)
{
	struct report_cell *c = put(l, row, col, 1, colspan);
	struct opt_int value;
	bool exists = tables_get(l->tables, key, &value);

	assert(exists);
	c->number = true;
	c->key = key;
	if (exists && value.known)
		c->text = figure_print(l->arena, value.v);
}

static struct layout begin(struct arena *a, const struct report_tables *t, struct report_grid *g,
			   struct str caption, int cols, const uint16_t *widths)
{
	*g = (struct report_grid){ .caption = caption, .cols = (uint16_t)cols, .widths = widths,
				   .cells = ARENA_ARRAY(a, CELLS_MAX, struct report_cell) };
	return (struct layout){ a, t, g };
}

static int compare_position(const void *x, const void *y)
{
	const struct report_cell *a = x, *b = y;

	return a->row != b->row ? (a->row > b->row) - (a->row < b->row) :
				  (a->col > b->col) - (a->col < b->col);
}

static void finish(struct layout *l)
{
	qsort(l->grid->cells, l->grid->count, sizeof *l->grid->cells, compare_position);
}

/* ---- 二: blocks of four columns; the last one of a narrower block takes what is left */

static const uint16_t widths2[] = { 30, 23, 23, 24 };

static bool same_row(const struct form_cell2 *a, const struct form_cell2 *b)
{
	return str_equal(a->section, b->section) && str_equal(a->row, b->row);
}

void grid_table2(struct arena *a, const struct report_tables *t, struct report_grid *out)
{
	enum { COLS = 4 };
	struct layout l = begin(a, t, out, STR("表二 主动公开政府信息情况"), COLS, widths2);
	size_t count;
	const struct form_cell2 *cell = form_table2(t->form, &count);
	int row = 0;

	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && same_row(&cell[from], &cell[to]);)
			to++;
		if (from == 0 || !str_equal(cell[from].section, cell[from - 1].section)) {
			put_head(&l, row++, 0, 1, COLS, cell[from].section_label);
			put_head(&l, row, 0, 1, 1, STR("信息内容"));
			for (size_t i = from; i < to; i++)
				put_head(&l, row, (int)(i - from) + 1, 1,
					 i + 1 == to ? COLS - (int)(i - from) - 1 : 1,
					 cell[i].column_label);
			row++;
		}
		put_head(&l, row, 0, 1, 1, cell[from].row_label);
		for (size_t i = from; i < to; i++)
			put_number(&l, row, (int)(i - from) + 1,
				   i + 1 == to ? COLS - (int)(i - from) - 1 : 1,
				   tables_key2(a, &cell[i]));
		row++;
	}
	finish(&l);
}

/* ---- 三: a head of three lines, three columns of labels */

static const uint16_t widths3[] = { 6, 8, 24, 8, 8, 8, 9, 9, 8, 8 };

static void head3(struct layout *l)
{
	put_head(l, 0, 0, TABLE3_HEAD, TABLE3_LABELS,
		 STR("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"));
	put_head(l, 0, TABLE3_LABELS, 1, APPLICANT_COLUMNS, STR("申请人情况"));
	put_head(l, 1, TABLE3_LABELS, 2, 1, form_applicants[0].label);
	put_head(l, 1, TABLE3_LABELS + 1, 1, APPLICANT_TOTAL - 1, STR("法人或其他组织"));
	put_head(l, 1, TABLE3_LABELS + APPLICANT_TOTAL, 2, 1,
		 form_applicants[APPLICANT_TOTAL].label);
	for (int c = 1; c < APPLICANT_TOTAL; c++)
		put_head(l, 2, TABLE3_LABELS + c, 1, 1, form_applicants[c].label);
}

/* Printed lines below `group`: its leaves and those of its groups. */
static int lines_below(const struct form_line *lines, size_t count, struct str group)
{
	int n = 0;

	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].parent, group))
			n += lines[i].kind == LINE_GROUP ? lines_below(lines, count, lines[i].key)
							 : 1;
	return n;
}

/* 一 二 四 stand at the margin (0), results below 三 (1), their lines below those (2). */
static int depth(const struct form_line *lines, size_t count, const struct form_line *line)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].key, line->parent))
			return 1 + depth(lines, count, &lines[i]);
	return 0;
}

void grid_table3(struct arena *a, const struct report_tables *t, struct report_grid *out)
{
	struct layout l = begin(a, t, out, STR("表三 收到和处理政府信息公开申请情况"),
				TABLE3_LABELS + APPLICANT_COLUMNS, widths3);
	size_t count;
	const struct form_line *lines = form_table3(t->form, &count);
	int row = TABLE3_HEAD;

	head3(&l);
	for (size_t i = 0; i < count; i++) {
		int col = depth(lines, count, &lines[i]);
		if (lines[i].kind == LINE_GROUP) { /* stands beside its first line */
			put_head(&l, row, col, lines_below(lines, count, lines[i].key), 1,
				 lines[i].label);
			continue;
		}
		put_head(&l, row, col, 1, TABLE3_LABELS - col, lines[i].label);
		for (int c = 0; c < APPLICANT_COLUMNS; c++)
			put_number(&l, row, TABLE3_LABELS + c, 1,
				   tables_key3(a, &lines[i], (size_t)c));
		row++;
	}
	finish(&l);
}

/* ---- 四: one line of fifteen numbers */

static const uint16_t widths4[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

void grid_table4(struct arena *a, const struct report_tables *t, struct report_grid *out)
{
	struct layout l = begin(a, t, out, STR("表四 政府信息公开行政复议、行政诉讼情况"),
				ROUTES * ROUTE_OUTCOMES, widths4);

	put_head(&l, 0, 0, 1, ROUTE_OUTCOMES, form_routes[0].label);
	put_head(&l, 0, ROUTE_OUTCOMES, 1, (ROUTES - 1) * ROUTE_OUTCOMES, STR("行政诉讼"));
	for (int r = 0; r < ROUTES; r++) {
		int first = r * ROUTE_OUTCOMES;
		if (r > 0)
			put_head(&l, 1, first, 1, ROUTE_OUTCOMES, form_routes[r].label);
		for (int o = 0; o < ROUTE_OUTCOMES; o++) {
			put_head(&l, r > 0 ? 2 : 1, first + o, r > 0 ? 1 : 2, 1,
				 form_outcomes[o].label);
			put_number(&l, 3, first + o, 1,
				   tables_key4(a, (size_t)r, (size_t)o));
		}
	}
	finish(&l);
}

struct doc_table *grid_doc(struct arena *a, const struct report_grid *g)
{
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	struct doc_cell *cells = ARENA_ARRAY(a, g->count, struct doc_cell);

	for (size_t i = 0; i < g->count; i++) {
		const struct report_cell *c = &g->cells[i];
		bool label = c->head && c->col < TABLE3_LABELS && c->row >= TABLE3_HEAD &&
			     g->cols == TABLE3_LABELS + APPLICANT_COLUMNS;
		cells[i] = (struct doc_cell){ .row = c->row,
					      .col = c->col,
					      .rowspan = c->rowspan,
					      .colspan = c->colspan,
					      .head = c->head,
					      .text = c->text,
					      .align = label ? DOC_LEFT : DOC_CENTRE };
	}
	*t = (struct doc_table){ .rows = g->rows,
				 .cols = g->cols,
				 .cells = cells,
				 .cells_count = g->count,
				 .caption = g->caption,
				 .widths = g->widths };
	return t;
}
