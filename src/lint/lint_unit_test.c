/*
 * lint_unit_test.c - the small parts alone: cells, digits to be cut, figures of a sentence,
 * labels.
 */
#include "lint/lint_internal.h"

#include "base/test.h"
#include "base/utf8.h"

/* ---- cells */

static void cells(struct test *t)
{
	static const struct { const char *text; enum lint_state state; int64_t value; } rows[] = {
		{ "0", LINT_VALUE, 0 },
		{ "277", LINT_VALUE, 2770000 },
		{ " 1,808,595 ", LINT_VALUE, 18085950000 },
		{ "-312", LINT_VALUE, -3120000 },
		{ "＋5", LINT_VALUE, 50000 },
		{ "－ 312", LINT_VALUE, -3120000 },
		{ "59237.2449", LINT_VALUE, 592372449 },
		{ "7730.28万元", LINT_VALUE, 77302800 },
		{ "251000元", LINT_VALUE, 251000 },
		{ "１２件", LINT_VALUE, 120000 },
		{ "", LINT_BLANK, 0 },
		{ "　", LINT_BLANK, 0 },
		{ "/", LINT_SLASH, 0 },
		{ "——", LINT_SLASH, 0 },
		{ "无", LINT_SLASH, 0 },
		{ "约20", LINT_UNREADABLE, 0 },
		{ "1,23", LINT_UNREADABLE, 0 },
		{ "1.23456", LINT_UNREADABLE, 0 },
		{ "12345678901234", LINT_UNREADABLE, 0 },
		{ "3.5万", LINT_UNREADABLE, 0 },
		{ "12 3", LINT_UNREADABLE, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "a cell that says “%s”", rows[i].text))
			continue;
		struct str raw = str_from_c(rows[i].text);
		struct lint_cell c = cell_parse(raw, plain_text(t->arena, raw), STR_NONE);
		CHECK_INT(c.state, rows[i].state);
		if (c.state == LINT_VALUE)
			CHECK_INT(c.value, rows[i].value);
	}
}

/* ---- glued digits */

static void splits(struct test *t)
{
	static const struct { const char *digits; int64_t ways, first; } sums[] = {
		{ "370000037", 1, 37 },
		{ "2531800242 77", 0, 0 }, /* digits only */
		{ "25318002 4277", 0, 0 },
		{ "2531800242771", 0, 0 },
		{ "253180024277", 1, 253 },
		{ "0000000", 1, 0 },
		{ "161000017", 2, 0 }, /* 16|1|0|0|0|0|17 or 1|6|10|0|0|0|17 */
		{ "380000037", 0, 0 },
		{ "37000003", 0, 0 },
		{ "", 0, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(sums); i++) {
		if (!test_case(t, "seven numbers from “%s”", sums[i].digits))
			continue;
		struct split_set set = split_sum7(t->arena, str_from_c(sums[i].digits));
		CHECK_INT((int64_t)set.count, sums[i].ways);
		CHECK(!set.more);
		if (sums[i].ways == 1)
			CHECK_INT(set.splits[0].part[0], sums[i].first * LINT_SCALE);
	}
}

static void more_splits(struct test *t)
{
	if (test_case(t, "fifteen numbers in three groups")) {
		struct split_set set = split_table4(t->arena, STR("12230172001310001"));
		CHECK_INT((int64_t)set.count, 1);
		CHECK_INT(set.splits[0].part[4], 17 * LINT_SCALE);
		CHECK_INT(set.splits[0].part[8], LINT_SCALE);
		CHECK_INT((int64_t)split_table4(t->arena, STR("1010000000050000")).count, 0);
		CHECK_INT((int64_t)split_table4(t->arena, STR("309178826440111662413067989")).count,
			  3);
	}
	if (test_case(t, "a hostile run of digits costs no more than the limit")) {
		char many[120];
		for (size_t i = 0; i < sizeof many; i++)
			many[i] = i % 7 == 0 ? '2' : '1';
		struct split_set set = split_sum7(t->arena, (struct str){ many, 60 });
		CHECK(set.count <= LIMIT_LINT_SPLITS);
		set = split_table4(t->arena, (struct str){ many, sizeof many });
		CHECK(set.count <= LIMIT_LINT_SPLITS);
	}
	if (test_case(t, "the nearest split is the one the columns want")) {
		struct opt_int want[7] = { { true, 37 * LINT_SCALE },
					   { true, 0 },
					   { true, 0 },
					   { true, 0 },
					   { true, 0 },
					   { true, 0 },
					   { true, 37 * LINT_SCALE } };
		struct split s;
		CHECK(split_nearest7(t->arena, STR("380000037"), want, &s));
		CHECK_INT(s.part[0], 38 * LINT_SCALE);
		CHECK_INT(s.part[6], 37 * LINT_SCALE);
		CHECK(!split_nearest7(t->arena, STR("380000"), want, &s));
	}
	if (test_case(t, "a change cannot take more than there was")) {
		size_t count;
		const struct form_cell2 *cells = form_table2(FORM_2019, &count);
		/* 467 -3.. -31.. -312..; -3122 would leave less than nothing */
		CHECK_INT((int64_t)split_cells2(t->arena, STR("467-312218660"), &cells[6], 3).count,
			  3);
		CHECK_INT((int64_t)split_cells2(t->arena, STR("000"), cells, 3).count, 1);
		CHECK_INT((int64_t)split_cells2(t->arena, STR("7730.28"),
						&form_table2(FORM_2021, &count)[9], 1)
				  .count,
			  1);
		CHECK_INT((int64_t)split_cells2(t->arena, STR("1-1"), cells, 3).count, 0);
	}
}

/* ---- figures of a sentence */

static void figures(struct test *t)
{
	static const struct { const char *sentence, *want; } rows[] = {
		{ "全区新收政府信息公开申请277件，上年度结转17件。", "277件 17件" },
		{ "同比增长1.05%，其中，予以公开1,431件。", "1.05% 1431件" },
		{ "培训约150人次，公开3000余项，访问465万次。", "~150人次 ~3000项 ~465次" },
		{ "出台“稳经济43条”、“12345民声在线”、国令第711号、〔2021〕30号。", "" },
		{ "2020年1月1日至12月31日，电话：0517-87222589。", "" },
		{ "作其他处理（含申请人主动撤回申请）469件", "469件" },
		{ "（市政府349件、部门933件），收取420元", "349件 933件 420元" },
		{ "1.推进标准化。编制26个目录", "26个" },
		{ "收到申请二百七十七件，办结一百一十宗", "277件 110宗" },
		{ "办好十件实事，推进一件事改革，第二十二件，三类一件", "" },
		{ "约二百三十件", "~230件" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf b = buf_open(t->arena, 64, 1000);
		size_t count;
		if (!test_case(t, "the figures of “%s”", rows[i].sentence))
			continue;
		b = buf_open(t->arena, 64, 1000);
		struct quantity *q = quantities(
			t->arena, plain_text(t->arena, str_from_c(rows[i].sentence)), &count);
		for (size_t k = 0; k < count; k++)
			buf_addf(&b, "%s%s" STR_FMT STR_FMT, k > 0 ? " " : "",
				 q[k].approx ? "~" : "", STR_ARG(print_value(t->arena, q[k].value)),
				 STR_ARG(q[k].unit));
		CHECK_STR(buf_str(&b), str_from_c(rows[i].want));
	}
	if (test_case(t, "a bracket just before a figure is skipped in its words")) {
		size_t count;
		struct quantity *q = quantities(t->arena, STR("作其他处理（含撤回申请）469件"), &count);
		CHECK_INT((int64_t)count, 1);
		CHECK_STR(q[0].phrase, STR("作其他处理"));
	}
}

/* ---- labels, headings, dates */

static void labels(struct test *t)
{
	static const struct { const char *printed; enum mark_fit fit; } rows[] = {
		{ "2.其他法律行政法规禁止公开", FIT_EXACT },
		{ "2、其他法律行政法规禁止公开", FIT_EXACT },
		{ "其他法律行政法规禁止公开", FIT_EXACT },
		{ "2.其他法律行政法规", FIT_PIECE },
		{ "2.其他法律行政止公开", FIT_WRONG },
	};
	struct mark m = mark_of_line(t->arena, FORM_2021, 7);

	if (test_case(t, "labels and their spellings"))
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			m = mark_of_line(t->arena, FORM_2021, 7);
			CHECK_INT(mark_fit(&m, mark_key(t->arena, str_from_c(rows[i].printed))),
				  rows[i].fit);
		}
	if (test_case(t, "the wording of the sample year is accepted")) {
		int line = form_table3_find(FORM_2019, STR("unable_needs_creation"));
		m = mark_of_line(t->arena, FORM_2019, (size_t)line);
		CHECK_INT(mark_fit(&m, mark_key(t->arena, STR("2.没有现成信息需另行制作"))), FIT_EXACT);
	}
	if (test_case(t, "the label behind its group, and no ordinal where there is none")) {
		CHECK_STR(mark_tail(STR("（三）不予公开 5.属于三类内部事务信息")),
			  STR("5.属于三类内部事务信息"));
		CHECK(!mark_has_ordinal(STR("1.05%，其中")));
		CHECK(!mark_has_ordinal(STR("三安全一稳定")));
		CHECK(mark_has_ordinal(STR("（七）总计")));
	}
	if (test_case(t, "digits, brackets, dashes and radicals in one spelling"))
		CHECK_STR(plain_text(t->arena, STR("⼀、１２(件)－3％")), STR("一、12（件）-3%"));
	if (test_case(t, "headings of parts, and table lines that look like them")) {
		CHECK_INT(part_heading(STR("  一、总体情况")), 1);
		CHECK_INT(part_heading(STR("一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1")), 0);
		CHECK_INT(part_heading(STR("四、结转下年度继续办理")), 0);
		CHECK_INT(part_heading(STR("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况")), 4);
		CHECK_INT(part_heading(STR("五、政府信息公开工作存在的主要问题及改进情况")), 5);
	}
	if (test_case(t, "days as people write them")) {
		struct date d;
		CHECK(take_date(STR("2021-03-31 08:00"), &d) &&
		      date_compare(d, date_make(2021, 3, 31)) == 0);
		CHECK(take_date(STR("2021年4月1日"), &d) && date_compare(d, date_make(2021, 4, 1)) == 0);
		CHECK(!take_date(STR("2021-02-30"), &d));
		CHECK(!take_date(STR("日期"), &d));
	}
}

void lint_unit_test(struct test *t);
void lint_unit_test(struct test *t)
{
	cells(t);
	splits(t);
	more_splits(t);
	figures(t);
	labels(t);
}
