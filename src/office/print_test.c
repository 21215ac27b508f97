#include "office/print.h"

#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/write.h"

static void test_heads(struct test *t)
{
	static const struct {
		const char *name;
		const char *rows[5];
		size_t count;
		uint16_t heads;
	} tables[] = {
		{ "none", { "a|b", "c|d" }, 2, 0 },
		{ "one", { "#a|#b", "c|d" }, 2, 1 },
		{ "two rows, one cell over both", { "#a|#b", "^|#c", "1|2" }, 3, 2 },
		{ "a side head is no top head", { "#a|1", "#b|2" }, 2, 0 },
		{ "a head that reaches into the data", { "#a|#b", "#c|#d", "^|1" }, 3, 1 },
		{ "nothing but heads", { "#a|#b", "#c|#d" }, 2, 0 },
		{ "a head further down", { "#a|#b", "1|2", "#c|#d", "3|4" }, 4, 1 },
	};

	for (size_t i = 0; i < COUNT_OF(tables); i++)
		if (test_case(t, "head rows: %s", tables[i].name)) {
			struct doc *d = fixture_table(t->arena, tables[i].rows, tables[i].count);
			CHECK_INT(print_head_rows(d->blocks[0].table), tables[i].heads);
		}
}

static void test_numbers(struct test *t)
{
	static const struct { const char *text; bool exact; double value; int decimals; } rows[] = {
		{ "0", true, 0, 0 },	     { "277", true, 277, 0 },	{ "-312", true, -312, 0 },
		{ "1520.50", true, 1520.5, 2 }, { "0.1", true, 0.1, 1 },
		{ "999999999999999", true, 999999999999999.0, 0 },
		{ "1000000000000000", false, 0, 0 }, { "007", false, 0, 0 },  { "-0", false, 0, 0 },
		{ "", false, 0, 0 },	     { "-", false, 0, 0 },	{ "1.", false, 0, 0 },
		{ ".5", false, 0, 0 },	     { "1.2.3", false, 0, 0 },	{ "1,234", false, 0, 0 },
		{ "+1", false, 0, 0 },	     { "1e5", false, 0, 0 },	{ " 1", false, 0, 0 },
		{ "0.0000000001", false, 0, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		double value = -1;
		int decimals = -1;
		if (!test_case(t, "number: \"%s\"", rows[i].text))
			continue;
		CHECK(print_exact_number(str_from_c(rows[i].text), &value, &decimals) ==
		      rows[i].exact);
		if (rows[i].exact)
			CHECK(!(value < rows[i].value) && !(value > rows[i].value) &&
			      decimals == rows[i].decimals);
	}
}

static void test_shares(struct test *t)
{
	static const struct { int64_t value, sum; const char *share;
	} rows[] = {
		{ 123, 276, "44.6%" },	{ 89, 276, "32.2%" }, { 0, 276, "0.0%" },
		{ 276, 276, "100.0%" }, { 1, 2000, "0.1%" },  { 1, 2001, "0.0%" },
		{ 0, 0, "0.0%" },	{ 5, 0, "0.0%" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (test_case(t, "share: %lld of %lld", (long long)rows[i].value,
			      (long long)rows[i].sum))
			CHECK_STR(print_share(t->arena, rows[i].value, rows[i].sum),
				  str_from_c(rows[i].share));
}

void print_test(struct test *t)
{
	test_heads(t);
	test_numbers(t);
	test_shares(t);
	if (test_case(t, "plain text")) {
		static const char *const rows[] = { "#甲|<|乙", "1|2\n3|4" };
		struct doc *d = fixture_table(t->arena, rows, COUNT_OF(rows));
		struct doc_block blocks[] = { { .kind = DOC_HEADING, .level = 1, .text = STR("一、") }, d->blocks[0],
					      { .kind = DOC_PICTURE, .text = STR("图") }, { .kind = DOC_PAGE_BREAK } };
		*d = (struct doc){ .title = STR_NONE, .blocks = blocks, .count = COUNT_OF(blocks) };
		CHECK_STR(office_write_text(t->arena, d), STR("一、\n\n甲\t\t乙\n1\t2 3\t4\n\n〔图：图〕\n\n"));
	}
	if (test_case(t, "a cell is found by any place it covers")) {
		static const char *const rows[] = { "a|<|b", "^|<|c", "d|e|f" };
		struct doc_table *table =
			fixture_table(t->arena, rows, COUNT_OF(rows))->blocks[0].table;
		const struct doc_cell **grid = doc_table_grid(t->arena, table);
		for (int r = 0; r < 3; r++)
			for (int c = 0; c < 3; c++)
				CHECK(doc_cell_at(table, r, c) == grid[r * 3 + c] &&
				      grid[r * 3 + c] != NULL);
		CHECK_STR(doc_cell_at(table, 1, 1)->text, STR("a"));
		CHECK(doc_cell_at(table, 3, 0) == NULL && doc_cell_at(table, 0, 3) == NULL);
	}
}
