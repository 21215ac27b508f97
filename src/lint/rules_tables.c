/*
 * rules_tables.c - the identities the form prints and those that follow from
 * it, and that every cell holds a number. A cell that is not known makes the
 * identities it stands in impossible to judge, never wrong.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { NAMES_MAX = 6 };

static struct str name3(struct checker *c, size_t line, size_t column)
{
	return str_format(c->arena, "表三“" STR_FMT "”" STR_FMT,
			  STR_ARG(line3_form(&c->r->three, line)->label),
			  STR_ARG(form_applicants[column].label));
}

static struct str name4(struct checker *c, size_t route, size_t outcome)
{
	return str_format(c->arena, "表四" STR_FMT "“" STR_FMT "”", STR_ARG(form_routes[route].label),
			  STR_ARG(form_outcomes[outcome].label));
}

static struct str name2(struct checker *c, size_t cell)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(c->r->two.form, &count);

	return str_format(c->arena, "表二“" STR_FMT "”" STR_FMT, STR_ARG(cells[cell].row_label),
			  STR_ARG(cells[cell].column_label));
}

/* ---- T3-1 */

/* 一 + 二 = 三（七） + 四 (printed in the table's own head), in every column. */
static void check_balance(struct checker *c, size_t column)
{
	static const char *const keys[4] = { "new_received", "carried_in", "results_total",
					     "carried_out" };
	const struct lint_cell *cell[4];
	struct str n[4], scope = form_applicants[column].key;
	bool known = true;

	for (size_t i = 0; i < 4; i++) {
		cell[i] = &c->r->three.cell[line3(&c->r->three, keys[i])][column];
		known = known && cell[i]->state == LINT_VALUE;
		n[i] = print_opt(c->arena, cell_number(cell[i]));
	}
	if (!known) {
		verdict(c, "T3-1", scope, LINT_CANNOT_JUDGE);
		return;
	}
	int64_t left = cell[0]->value + cell[1]->value, right = cell[2]->value + cell[3]->value;
	verdict(c, "T3-1", scope, left == right ? LINT_HOLDS : LINT_BROKEN);
	if (left == right)
		return;
	struct str l = print_value(c->arena, left), r = print_value(c->arena, right);
	struct lint_finding *f = finding(
		c, LINT_ERROR, "T3-1", scope,
		str_format(c->arena,
			   "表三“" STR_FMT "”栏不平：新收" STR_FMT "＋上年结转" STR_FMT "＝" STR_FMT
			   "，总计" STR_FMT "＋结转下年度" STR_FMT "＝" STR_FMT "。",
			   STR_ARG(form_applicants[column].label), STR_ARG(n[0]), STR_ARG(n[1]),
			   STR_ARG(l), STR_ARG(n[2]), STR_ARG(n[3]), STR_ARG(r)));
	f->left =
		quote_text(c->r, cell[0]->place,
			   str_format(c->arena, "一、本年新收：" STR_FMT "；二、上年结转：" STR_FMT,
				      STR_ARG(n[0]), STR_ARG(n[1])),
			   l);
	f->right =
		quote_text(c->r, cell[2]->place,
			   str_format(c->arena, "（七）总计：" STR_FMT "；四、结转下年度：" STR_FMT,
				      STR_ARG(n[2]), STR_ARG(n[3])),
			   r);
}

/* ---- T3-2 */

/* 三（七）总计 is the sum of all leaves under 三; there is no subtotal line. */
static void check_leaves(struct checker *c, size_t column)
{
	const struct lint_table3 *t = &c->r->three;
	const struct lint_cell *total = &t->cell[line3(t, "results_total")][column];
	struct str scope = form_applicants[column].key;
	bool known = total->state == LINT_VALUE;
	int64_t sum = 0;
	struct str place = STR_NONE;

	for (size_t l = 0; l < LINT_LINES; l++) {
		if (!line3_is_leaf(t, l))
			continue;
		known = known && t->cell[l][column].state == LINT_VALUE;
		sum += t->cell[l][column].value;
		place = place.len > 0 ? place : t->cell[l][column].place;
	}
	if (!known) {
		verdict(c, "T3-2", scope, LINT_CANNOT_JUDGE);
		return;
	}
	verdict(c, "T3-2", scope, sum == total->value ? LINT_HOLDS : LINT_BROKEN);
	if (sum == total->value)
		return;
	struct str s = print_value(c->arena, sum), n = print_value(c->arena, total->value);
	struct lint_finding *f =
		finding(c, LINT_ERROR, "T3-2", scope,
			str_format(c->arena,
				   "表三“" STR_FMT "”栏：各项办理结果相加是" STR_FMT
				   "，（七）总计写的是" STR_FMT "。",
				   STR_ARG(form_applicants[column].label), STR_ARG(s), STR_ARG(n)));
	f->left = quote_text(c->r, place, STR("（一）至（六）各项之和"), s);
	f->right = quote_cell(c, c->r, total, STR("（七）总计"));
}

/* ---- T3-3 */

static struct str print_row(struct checker *c, size_t line)
{
	struct buf b = buf_open(c->arena, 64, 1024);

	for (size_t i = 0; i < APPLICANT_TOTAL; i++) {
		buf_add_c(&b, i > 0 ? "＋" : "");
		buf_add(&b, print_value(c->arena, c->r->three.cell[line][i].value));
	}
	return buf_str(&b);
}

static void check_line(struct checker *c, size_t line)
{
	const struct lint_cell *cell = c->r->three.cell[line];
	const struct form_line *form = line3_form(&c->r->three, line);
	bool known = true;
	int64_t sum = 0;

	for (size_t i = 0; i < APPLICANT_COLUMNS; i++)
		known = known && cell[i].state == LINT_VALUE;
	for (size_t i = 0; i < APPLICANT_TOTAL; i++)
		sum += cell[i].value;
	if (!known) {
		verdict(c, "T3-3", form->key, LINT_CANNOT_JUDGE);
		return;
	}
	bool holds = sum == cell[APPLICANT_TOTAL].value;
	verdict(c, "T3-3", form->key, holds ? LINT_HOLDS : LINT_BROKEN);
	if (holds)
		return;
	struct str s = print_value(c->arena, sum),
		   n = print_value(c->arena, cell[APPLICANT_TOTAL].value);
	const char *glued = cell[0].nearest ? "这一行的数字连写，没有一种拆法能使总计成立；按最接近的拆法，" : "";
	struct lint_finding *f = finding(c, LINT_ERROR, "T3-3", form->key,
		str_format(c->arena, "表三“" STR_FMT "”：%s自然人与五类组织相加是" STR_FMT "，总计写的是" STR_FMT "。",
			   STR_ARG(form->label), glued, STR_ARG(s), STR_ARG(n)));
	f->left = quote_text(c->r, cell[0].place, print_row(c, line), s);
	f->right = quote_cell(c, c->r, &cell[APPLICANT_TOTAL], STR("总计"));
}

/* ---- T4-1 */

static void check_route(struct checker *c, size_t route)
{
	const struct lint_cell *cell = c->r->four.cell[route];
	struct str scope = form_routes[route].key;
	struct buf parts = buf_open(c->arena, 64, 1024);
	bool known = cell[ROUTE_TOTAL].state == LINT_VALUE;
	int64_t sum = 0;

	for (size_t o = 0; o < ROUTE_TOTAL; o++) {
		known = known && cell[o].state == LINT_VALUE;
		sum += cell[o].value;
		buf_add_c(&parts, o > 0 ? "＋" : "");
		buf_add(&parts, form_outcomes[o].label);
		buf_add(&parts, print_opt(c->arena, cell_number(&cell[o])));
	}
	if (!known) {
		verdict(c, "T4-1", scope, LINT_CANNOT_JUDGE);
		return;
	}
	bool holds = sum == cell[ROUTE_TOTAL].value;
	verdict(c, "T4-1", scope, holds ? LINT_HOLDS : LINT_BROKEN);
	if (holds)
		return;
	struct str s = print_value(c->arena, sum),
		   n = print_value(c->arena, cell[ROUTE_TOTAL].value);
	const char *glued = cell[0].nearest ? "（数字连写，按最接近的拆法）" : "";
	struct lint_finding *f = finding(
		c, LINT_ERROR, "T4-1", scope,
		str_format(c->arena,
			   "表四“" STR_FMT "”%s：" STR_FMT "＝" STR_FMT "，总计写的是" STR_FMT "。",
			   STR_ARG(form_routes[route].label), glued, STR_ARG(buf_str(&parts)),
			   STR_ARG(s), STR_ARG(n)));
	f->left = quote_text(c->r, cell[0].place, buf_str(&parts), s);
	f->right = quote_cell(c, c->r, &cell[ROUTE_TOTAL], STR("总计"));
}

/* ---- table 二 */

/* What the year began with and its change cannot leave less than nothing. */
static void check_change(struct checker *c, size_t i, const struct form_cell2 *cells)
{
	const struct lint_cell *cell = c->r->two.cell;
	bool known = i > 0 && cell[i].state == LINT_VALUE && cell[i - 1].state == LINT_VALUE;
	bool holds = known && cell[i - 1].value + cell[i].value >= 0;

	verdict(c, "T2-1", cells[i].row,
		!known	? LINT_CANNOT_JUDGE
		: holds ? LINT_HOLDS
			: LINT_BROKEN);
	if (!known || holds)
		return;
	struct lint_finding *f =
		finding(c, LINT_ERROR, "T2-1", cells[i].row,
			str_format(c->arena,
				   "表二“" STR_FMT "”：上一年项目数量" STR_FMT "加上增减" STR_FMT
				   "小于零。",
				   STR_ARG(cells[i].row_label),
				   STR_ARG(print_value(c->arena, cell[i - 1].value)),
				   STR_ARG(print_value(c->arena, cell[i].value))));
	f->left = quote_cell(c, c->r, &cell[i - 1], name2(c, i - 1));
	f->right = quote_cell(c, c->r, &cell[i], name2(c, i));
}

/*
 * The documents published in a year are among those public at its end. A warning: some were
 * published before.
 */
static void check_published(struct checker *c, size_t i, const struct form_cell2 *cells)
{
	const struct lint_cell *cell = c->r->two.cell;
	bool known = cell[i].state == LINT_VALUE && cell[i + 1].state == LINT_VALUE;
	bool holds = known && cell[i].value <= cell[i + 1].value;

	verdict(c, "T2-4", cells[i].row,
		!known	? LINT_CANNOT_JUDGE
		: holds ? LINT_HOLDS
			: LINT_BROKEN);
	if (!known || holds)
		return;
	struct lint_finding *f = finding(c, LINT_WARNING, "T2-4", cells[i].row,
		str_format(c->arena, "表二“" STR_FMT "”：本年新公开数量大于对外公开总数量，请核对。",
			   STR_ARG(cells[i].row_label)));
	f->left = quote_cell(c, c->r, &cell[i], name2(c, i));
	f->right = quote_cell(c, c->r, &cell[i + 1], name2(c, i + 1));
}

static void check_table2(struct checker *c)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(c->r->two.form, &count);

	for (size_t i = 0; i < count; i++) {
		if (cells[i].kind == CELL_SIGNED)
			check_change(c, i, cells);
		if (str_equal_c(cells[i].column, "published_this_year"))
			check_published(c, i, cells);
	}
}

/* ---- E9: a number in every cell */

struct faulty { struct buf names; size_t count; const struct lint_cell *first; };
static const struct { enum lint_state state; const char *scope, *what; } faults[] = {
	{ LINT_MISSING, "missing", "没有找到" },
	{ LINT_BLANK, "blank", "空白（没有的应填0）" },
	{ LINT_SLASH, "slash", "填了横线或斜线（没有的应填0）" },
	{ LINT_UNREADABLE, "formula", "是公式，文件里没有存下它的结果（请用办公软件打开、保存，再核对）" },
};

/* A sheet's formula that nobody has computed; what else is no number is told cell by cell. */
static bool is_formula(const struct lint_cell *cell)
{
	return cell->state == LINT_UNREADABLE && str_starts(cell->source, STR("="));
}
struct cells_check {
	struct checker *c;
	const char *table, *title;
	struct faulty faulty[COUNT_OF(faults)];
	size_t cells;
};

static struct cells_check cells_begin(struct checker *c, const char *table, const char *title)
{
	struct cells_check k = { .c = c, .table = table, .title = title };

	for (size_t i = 0; i < COUNT_OF(faults); i++)
		k.faulty[i].names = buf_open(c->arena, 128, 8192);
	return k;
}

static void cells_one(struct cells_check *k, const struct lint_cell *cell, struct str name,
		      bool may_be_negative, bool may_be_fraction)
{
	bool negative = cell->state == LINT_VALUE && cell->value < 0 && !may_be_negative;
	bool fraction =
		cell->state == LINT_VALUE && cell->value % LINT_SCALE != 0 && !may_be_fraction;

	k->cells++;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		if (cell->state != faults[i].state ||
		    (cell->state == LINT_UNREADABLE && !is_formula(cell)))
			continue;
		struct faulty *f = &k->faulty[i];
		if (f->count == 0)
			f->first = cell;
		if (f->count < NAMES_MAX) {
			buf_add_c(&f->names, f->count > 0 ? "、" : "");
			buf_add(&f->names, name);
		}
		f->count++;
	}
	/* Told here unless the reader already told why: a whole line, or glued digits. */
	if (cell->state == LINT_UNREADABLE && !cell->told && !is_formula(cell)) {
		struct lint_finding *f = finding(
			k->c, LINT_ERROR, "E9", str_format(k->c->arena, "%s.text", k->table),
			str_format(k->c->arena, STR_FMT "应是数字，写的是“" STR_FMT "”。",
				   STR_ARG(name), STR_ARG(cell->source)));
		f->left = quote_cell(k->c, k->c->r, cell, name);
	}
	if (negative || fraction) {
		struct lint_finding *f = finding(
			k->c, LINT_ERROR, "E9", str_format(k->c->arena, "%s.value", k->table),
			str_format(k->c->arena, STR_FMT "应是不小于零的整数，写的是" STR_FMT "。",
				   STR_ARG(name), STR_ARG(cell->source)));
		f->left = quote_cell(k->c, k->c->r, cell, name);
	}
}

static void cells_end(struct cells_check *k, size_t before)
{
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		struct faulty *bad = &k->faulty[i];
		if (bad->count == 0)
			continue;
		struct lint_finding *f = finding(
			k->c, LINT_ERROR, "E9",
			str_format(k->c->arena, "%s.%s", k->table, faults[i].scope),
			str_format(k->c->arena, "%s有%zu格%s：" STR_FMT "%s。", k->title,
				   bad->count, faults[i].what, STR_ARG(buf_str(&bad->names)),
				   bad->count > NAMES_MAX ? "等" : ""));
		f->left = quote_text(k->c->r, bad->first->place, str_from_c(k->title), STR_NONE);
	}
	verdict(k->c, "E9", str_from_c(k->table),
		k->c->out->count > before ? LINT_BROKEN : LINT_HOLDS);
}

static void no_table(struct checker *c, const char *table, const char *title)
{
	verdict(c, "E9", str_from_c(table), LINT_BROKEN);
	finding(c, LINT_ERROR, "E9", str_from_c(table),
		str_format(c->arena, "没有找到%s。如果表格是图片，请换成可以选取文字的表格。", title));
}

static void check_cells(struct checker *c)
{
	size_t count, before = c->out->count;
	const struct form_cell2 *cells = form_table2(c->r->two.form, &count);
	struct cells_check k = cells_begin(c, "table2", "表二");

	for (size_t i = 0; c->r->two.found && i < count; i++)
		cells_one(&k, &c->r->two.cell[i], name2(c, i), cells[i].kind == CELL_SIGNED,
			  cells[i].kind == CELL_AMOUNT);
	if (c->r->two.found)
		cells_end(&k, before);
	before = c->out->count;
	k = cells_begin(c, "table3", "表三");
	for (size_t l = 0; c->r->three.found && l < LINT_LINES; l++)
		for (size_t i = 0; i < APPLICANT_COLUMNS && line3_has_numbers(&c->r->three, l); i++)
			cells_one(&k, &c->r->three.cell[l][i], name3(c, l, i), false, false);
	if (c->r->three.found)
		cells_end(&k, before);
	before = c->out->count;
	k = cells_begin(c, "table4", "表四");
	for (size_t i = 0; c->r->four.found && i < ROUTES * ROUTE_OUTCOMES; i++)
		cells_one(&k, &c->r->four.cell[i / ROUTE_OUTCOMES][i % ROUTE_OUTCOMES],
			  name4(c, i / ROUTE_OUTCOMES, i % ROUTE_OUTCOMES), false, false);
	if (c->r->four.found)
		cells_end(&k, before);
}

/* Digits that can be cut in several ways: told, not guessed. */
static void tell_choices(struct checker *c)
{
	for (size_t i = 0; c->r->choices != NULL && i < c->r->choices->count; i++) {
		const struct lint_choice *choice = &c->r->choices->choice[i];
		struct lint_finding *f = finding(c, LINT_WARNING, "E9", STR("glued"),
			str_format(c->arena, STR_FMT "的数字连写，有不止一种拆法（" STR_FMT
				   "），无法判断。请粘贴保留表格的文本，或者上传原文件。",
				   STR_ARG(choice->what), STR_ARG(choice_ways(c->arena, choice))));
		f->left = quote_text(c->r, choice->place, choice->glued, STR_NONE);
	}
}

void rules_tables(struct checker *c)
{
	if (c->r->three.found) {
		for (size_t i = 0; i < APPLICANT_COLUMNS; i++)
			check_balance(c, i);
		for (size_t i = 0; i < APPLICANT_COLUMNS; i++)
			check_leaves(c, i);
		for (size_t l = 0; l < LINT_LINES; l++)
			if (line3_has_numbers(&c->r->three, l))
				check_line(c, l);
	} else {
		no_table(c, "table3", "表三（收到和处理政府信息公开申请情况）");
	}
	if (c->r->four.found)
		for (size_t i = 0; i < ROUTES; i++)
			check_route(c, i);
	else
		no_table(c, "table4", "表四（行政复议、行政诉讼情况）");
	if (c->r->two.found)
		check_table2(c);
	else
		no_table(c, "table2", "表二（主动公开政府信息情况）");
	hint_table3(c);
	check_cells(c);
	tell_choices(c);
}
