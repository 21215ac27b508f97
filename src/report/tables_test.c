#include "report/fixture.h"

static void check_keys(struct test *t)
{
	static const struct { int year; int cells, figures; } forms[] = {
		/* 22 + 23 lines of 7 + 15; with groups (4 of 7) and the sum of routes (5); fees */
		{ 2020, 22 + 23 * 7 + 15, 22 + 27 * 7 + 20 },
		{ 2021, 10 + 25 * 7 + 15 + 3, 10 + 30 * 7 + 20 + 3 },
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (!test_case(t, "every cell of the form of %d has a key that reads and sets",
			       forms[i].year))
			continue;
		struct report_tables tables =
			tables_empty(forms[i].year, form_of_year(forms[i].year));
		size_t count;
		struct str *keys = tables_keys(t->arena, tables.form, &count);
		CHECK_INT((int64_t)count, forms[i].cells);
		for (size_t k = 0; k < count; k++) {
			struct opt_int v = { false, 0 };
			CHECK(tables_set(&tables, keys[k], 100 * (int64_t)(k + 1)));
			CHECK(tables_get(&tables, keys[k], &v) && v.known);
			CHECK_INT(v.v, 100 * (int64_t)(k + 1));
			CHECK(tables_label(t->arena, tables.form, keys[k]).len > 0);
		}
		struct figure_set set = tables_figures(t->arena, &tables, STR("/r"));
		CHECK_INT((int64_t)set.count, forms[i].figures);
	}
}

static void check_refused(struct test *t)
{
	static const char *const keys[] = { "",
					    "t1.a.b",
					    "t2.art20_1.rules",
					    "t3.granted",
					    "t3.granted.total.x",
					    "t3.grantet.total",
					    "t3.granted.everybody",
					    "t4.appeal.upheld",
					    "t4.all.lost",
					    "t3.other_rest.total",
					    "t2.art20_1.rules.made" };
	struct report_tables tables = tables_empty(2020, FORM_2019);
	struct opt_int v;

	if (test_case(t, "what is no key of the form is neither read nor set"))
		for (size_t i = 0; i < COUNT_OF(keys); i++) {
			CHECK(!tables_get(&tables, str_from_c(keys[i]), &v));
			CHECK(!tables_set(&tables, str_from_c(keys[i]), 100));
			CHECK_STR(tables_label(t->arena, FORM_2019, str_from_c(keys[i])), STR_NONE);
		}
	if (test_case(t, "sums are read and never set; counts are whole")) {
		CHECK(!tables_set(&tables, STR("t3.denied.total"), 100));
		CHECK(!tables_set(&tables, STR("t4.all.upheld"), 100));
		CHECK(!tables_set(&tables, STR("t3.granted.total"), 150));
		CHECK(tables_get(&tables, STR("t3.denied.total"), &v));
	}
}

static int64_t whole(struct test *t, const struct report_tables *tables, const char *key)
{
	struct opt_int v = { false, 0 };

	CHECK(tables_get(tables, str_from_c(key), &v) && v.known);
	return v.v / 100;
}

static void check_sums(struct test *t)
{
	/* narrative.md N14-N25 */
	static const struct { const char *key; int64_t want; } rows[] = {
		{ "t3.new_received.total", 277 },
		{ "t3.carried_in.total", 17 },
		{ "t3.results_total.total", 276 },
		{ "t3.granted.total", 123 },
		{ "t3.partly_granted.total", 17 },
		{ "t3.denied.total", 38 },
		{ "t3.unable.total", 89 },
		{ "t3.not_processed.total", 9 },
		{ "t3.results.total", 276 },
		{ "t3.carried_out.total", 18 },
		{ "t4.all.total", 21 },
		{ "t4.all.upheld", 15 },
		{ "t4.all.corrected", 2 },
		{ "t4.all.other", 3 },
		{ "t4.all.pending", 1 },
		{ "t2.art20_5.administrative_licensing.items_change", -312 },
	};

	if (test_case(t, "the sums of the sample year are those its words state")) {
		struct report_tables tables = fixture_2020(t);
		for (size_t i = 0; i < COUNT_OF(rows); i++)
			CHECK_INT(whole(t, &tables, rows[i].key), rows[i].want);
	}
	if (test_case(t, "totals follow their parts after a cell was set")) {
		struct report_tables tables = fixture_2020(t), before = tables;
		size_t count;
		tables_recompute(&tables);
		(void)tables_diff(t->arena, &before, &tables, &count);
		CHECK_INT((int64_t)count, 0);
		CHECK(tables_set(&tables, STR("t3.granted.natural_person"), 106 * 100));
		tables_recompute(&tables);
		struct table_change *changes = tables_diff(t->arena, &before, &tables, &count);
		CHECK_INT((int64_t)count, 4);
		if (count == 4) {
			CHECK_STR(changes[0].key, STR("t3.granted.natural_person"));
			CHECK_STR(changes[1].key, STR("t3.granted.total"));
			CHECK_INT(changes[1].before.v, 12300);
			CHECK_INT(changes[1].after.v, 12400);
			CHECK_STR(changes[2].key, STR("t3.results_total.natural_person"));
			CHECK_STR(changes[3].key, STR("t3.results_total.total"));
		}
	}
	if (test_case(t, "adding units adds every cell; an unknown one makes the sum unknown")) {
		struct report_tables sum = fixture_2020(t), unit = sum;
		struct opt_int v;
		unit.t2.cell[3].known = false;
		tables_add(&sum, &unit);
		CHECK_INT(whole(t, &sum, "t3.new_received.total"), 2 * 277);
		CHECK_INT(whole(t, &sum, "t4.all.total"), 2 * 21);
		CHECK_INT(whole(t, &sum, "t2.art20_9.centralized_procurement.amount_wan_yuan"),
			  2 * 54746);
		CHECK(tables_get(&sum, STR("t2.art20_1.normative_documents.made_this_year"), &v));
		CHECK(!v.known);
	}
}

static void check_layout(struct test *t)
{
	static const struct { int table, year, rows, cols; } rows[] = {
		{ 2, 2020, 18, 4 }, { 2, 2021, 14, 4 },	   { 3, 2020, 3 + 23, 10 },
		{ 3, 2021, 3 + 25, 10 }, { 4, 2020, 4, 15 }, { 4, 2021, 4, 15 },
	};
	static void (*const layouts[])(struct arena *, const struct report_tables *,
				       struct report_grid *) = { grid_table2, grid_table3,
								 grid_table4 };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "table %d of the form of %d covers its grid once", rows[i].table,
			       rows[i].year))
			continue;
		struct report_tables tables =
			tables_empty(rows[i].year, form_of_year(rows[i].year));
		struct report_grid g;
		char covered[32][16] = { 0 };
		layouts[rows[i].table - 2](t->arena, &tables, &g);
		CHECK_INT(g.rows, rows[i].rows);
		CHECK_INT(g.cols, rows[i].cols);
		for (size_t c = 0; c < g.count; c++)
			for (int y = 0; y < g.cells[c].rowspan; y++)
				for (int x = 0; x < g.cells[c].colspan; x++)
					covered[g.cells[c].row + y][g.cells[c].col + x]++;
		for (int y = 0; y < g.rows; y++)
			for (int x = 0; x < g.cols; x++)
				CHECK_INT(covered[y][x], 1);
	}
}

static const struct report_cell *cell_at(const struct report_grid *g, int row, int col)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->cells[i].row == row && g->cells[i].col == col)
			return &g->cells[i];
	return NULL;
}

static void check_merged(struct test *t)
{
	static const struct { int row, col, rowspan, colspan; const char *text; } rows[] = {
		{ 0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）" },
		{ 0, 3, 1, 7, "申请人情况" }, { 1, 3, 2, 1, "自然人" }, { 1, 4, 1, 5, "法人或其他组织" },
		{ 1, 9, 2, 1, "总计" }, { 2, 4, 1, 1, "商业企业" }, { 2, 8, 1, 1, "其他" },
		{ 3, 0, 1, 3, "一、本年新收政府信息公开申请数量" }, { 5, 0, 22, 1, "三、本年度办理结果" },
		{ 5, 1, 1, 2, "（一）予以公开" }, { 7, 1, 8, 1, "（三）不予公开" },
		{ 7, 2, 1, 1, "1.属于国家秘密" }, { 15, 1, 3, 1, "（四）无法提供" },
		{ 18, 1, 5, 1, "（五）不予处理" }, { 23, 1, 3, 1, "（六）其他处理" },
		{ 25, 2, 1, 1, "3.其他" }, { 26, 1, 1, 2, "（七）总计" },
		{ 27, 0, 1, 3, "四、结转下年度继续办理" }, { 3, 9, 1, 1, "14069" },
	};

	if (test_case(t, "table 3 of the later form has the merged cells of the official form")) {
		struct report_tables tables = fixture_2025();
		struct report_grid g;
		grid_table3(t->arena, &tables, &g);
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			const struct report_cell *c = cell_at(&g, rows[i].row, rows[i].col);
			CHECK(c != NULL);
			if (c == NULL)
				continue;
			CHECK_INT(c->rowspan, rows[i].rowspan);
			CHECK_INT(c->colspan, rows[i].colspan);
			CHECK_STR(c->text, str_from_c(rows[i].text));
		}
	}
	if (test_case(t, "in the earlier form 三 stands beside twenty lines and （六） is one")) {
		struct report_tables tables = fixture_2020(t);
		struct report_grid g;
		grid_table3(t->arena, &tables, &g);
		CHECK_INT(cell_at(&g, 5, 0)->rowspan, 20);
		CHECK_STR(cell_at(&g, 23, 1)->text, STR("（六）其他处理"));
		CHECK_INT(cell_at(&g, 23, 1)->colspan, 2);
	}
}

void tables_test(struct test *t);
void tables_test(struct test *t)
{
	check_keys(t);
	check_refused(t);
	check_sums(t);
	check_layout(t);
	check_merged(t);
}
