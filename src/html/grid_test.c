/* grid_test.c - merged cells, their scopes, and tables of tables. */
#include "html/parts.h"

#include "base/test.h"

#define CELL(r, c, rs, cs, is_head, words)                                                   \
	{                                                                                    \
		.row = (r), .col = (c), .rowspan = (rs), .colspan = (cs), .head = (is_head), \
		.text = STR_INIT(words)                                                      \
	}

static struct str draw(struct test *t, size_t rows, size_t cols, const struct grid_cell *cells,
		       size_t count)
{
	struct buf out = buf_open(t->arena, 4096, 256 * 1024);
	struct html h = { &out, t->arena };

	html_grid(&h, STR("表"), rows, cols, cells, count);
	CHECK(buf_ok(&out));
	size_t from = str_find(buf_str(&out), STR("</caption>"), 0) + sizeof "</caption>" - 1;
	size_t to = str_find(buf_str(&out), STR("</table>"), 0);
	return str_slice(buf_str(&out), from, to);
}

static void places(struct test *t)
{
	if (test_case(t, "heads of columns and of rows, merged both ways")) {
		static const struct grid_cell CELLS[] = {
			CELL(0, 0, 2, 1, true, "项"),	CELL(0, 1, 1, 2, true, "申请人"),
			CELL(1, 1, 1, 1, true, "甲"),	CELL(1, 2, 1, 1, true, "乙"),
			CELL(2, 0, 2, 1, true, "结果"), CELL(2, 1, 1, 1, false, "1"),
			CELL(2, 2, 1, 1, false, "2"),	CELL(3, 1, 1, 2, false, "<3>"),
		};
		CHECK_STR(
			draw(t, 4, 3, CELLS, COUNT_OF(CELLS)),
			STR("<thead>"
			    "<tr><th scope=\"col\" rowspan=\"2\">项</th>"
			    "<th scope=\"colgroup\" colspan=\"2\">申请人</th></tr>"
			    "<tr><th scope=\"col\">甲</th><th scope=\"col\">乙</th></tr>"
			    "</thead><tbody>"
			    "<tr><th scope=\"rowgroup\" rowspan=\"2\">结果</th><td>1</td><td>2</td></tr>"
			    "<tr><td colspan=\"2\">&lt;3&gt;</td></tr>"
			    "</tbody>"));
	}
	if (test_case(t, "cells may come in any order, holes are filled, spans of 0 are 1")) {
		static const struct grid_cell CELLS[] = {
			CELL(1, 1, 0, 0, false, "d"),
			CELL(0, 0, 0, 0, false, "a"),
		};
		CHECK_STR(
			draw(t, 2, 2, CELLS, COUNT_OF(CELLS)),
			STR("<tbody><tr><td>a</td><td></td></tr>"
			    "<tr><td></td><td>d</td></tr></tbody>"));
	}
	if (test_case(t, "a later row of heads begins a body of its own, as table 二 has them")) {
		static const struct grid_cell CELLS[] = {
			CELL(0, 0, 1, 2, true, "第二十条第（一）项"),
			CELL(1, 0, 1, 1, true, "规章"),
			CELL(1, 1, 1, 1, false, "2"),
			CELL(2, 0, 1, 2, true, "第二十条第（五）项"),
			CELL(3, 0, 1, 1, true, "许可"),
			CELL(3, 1, 1, 1, false, "4"),
		};
		CHECK_STR(
			draw(t, 4, 2, CELLS, COUNT_OF(CELLS)),
			STR("<thead><tr><th scope=\"colgroup\" colspan=\"2\">第二十条第（一）项</th></tr></thead>"
			    "<tbody><tr><th scope=\"row\">规章</th><td>2</td></tr></tbody>"
			    "<tbody><tr><th scope=\"colgroup\" colspan=\"2\">第二十条第（五）项</th></tr>"
			    "<tr><th scope=\"row\">许可</th><td>4</td></tr></tbody>"));
	}
}

static void contents(struct test *t)
{
	if (test_case(t, "a number opens what it counts")) {
		static const struct grid_cell CELLS[] = {
			{ .number = true,
			  .text = STR_INIT("277"),
			  .href = STR_INIT("/f?row=1&col=2") },
		};
		CHECK_STR(
			draw(t, 1, 1, CELLS, 1),
			STR("<tbody><tr><td class=\"gk-number\">"
			    "<a href=\"/f?row=1&amp;col=2\">277</a></td></tr></tbody>"));
	}
	if (test_case(t, "a table of heads alone is closed")) {
		static const struct grid_cell CELLS[] = { CELL(0, 0, 1, 1, true, "a") };
		CHECK_STR(draw(t, 1, 1, CELLS, 1),
			  STR("<thead><tr><th scope=\"col\">a</th></tr></thead>"));
	}
}

void grid_test(struct test *t)
{
	places(t);
	contents(t);
}
