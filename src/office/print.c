#include "office/print.h"

#include "base/utf8.h"

#include <assert.h>

uint16_t print_head_rows(const struct doc_table *t)
{
	uint16_t rows = t->rows;

	for (size_t i = 0; i < t->cells_count; i++)
		if (!t->cells[i].head && t->cells[i].row < rows)
			rows = t->cells[i].row;
	/* A head that reaches into the data belongs to it: the line goes above that cell. */
	for (size_t i = t->cells_count; i-- > 0;)
		if (t->cells[i].row < rows && t->cells[i].row + t->cells[i].rowspan > rows)
			rows = t->cells[i].row;
	return rows < t->rows ? rows : 0;
}

uint32_t print_text_width(struct str s)
{
	uint32_t widest = 0, width = 0, c;

	while (utf8_take(&s, &c)) {
		if (c == '\n')
			width = 0;
		else
			width += c < 0x2E80 && (c < 0x2014 || c > 0x2026) ? 1 : 2;
		widest = width > widest ? width : widest;
	}
	return widest;
}

const uint16_t *print_widths(struct arena *a, const struct doc_table *t)
{
	enum { NARROWEST = 8, WIDEST = 40 };
	uint16_t *widths = ARENA_ARRAY(a, t->cols, uint16_t);

	if (t->widths != NULL) {
		for (size_t c = 0; c < t->cols; c++)
			widths[c] = t->widths[c] > 0 ? t->widths[c] : 1;
		return widths;
	}
	for (size_t c = 0; c < t->cols; c++)
		widths[c] = NARROWEST;
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		uint32_t width = print_text_width(cell->text) + 2;
		width = width < WIDEST ? width : WIDEST;
		if (cell->colspan == 1 && width > widths[cell->col])
			widths[cell->col] = (uint16_t)width;
	}
	return widths;
}

/* ---- charts */

int64_t print_chart_sum(const struct doc_block *chart)
{
	int64_t sum = 0;

	for (size_t i = 0; i < chart->slices_count; i++)
		if (chart->slices[i].value > 0)
			sum += chart->slices[i].value;
	return sum;
}

struct str print_share(struct arena *a, int64_t value, int64_t sum)
{
	int64_t tenths = sum > 0 ? (value * 2000 + sum) / (2 * sum) : 0;

	return str_format(a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

static void add_cell(struct doc_table *t, size_t row, size_t col, struct str text, bool head)
{
	t->cells[t->cells_count++] = (struct doc_cell){
		.row = (uint16_t)row, .col = (uint16_t)col, .rowspan = 1, .colspan = 1,
		.head = head, .align = col == 0 && !head ? DOC_LEFT : DOC_CENTRE, .text = text,
	};
}

struct doc_table *print_chart_table(struct arena *a, const struct doc_block *chart)
{
	static const struct str heads[] = { STR_INIT("类别"), STR_INIT("数量"), STR_INIT("占比") };
	static const uint16_t widths[] = { 4, 2, 2 };
	struct doc_table *t = ARENA_NEW(a, struct doc_table);
	int64_t sum = print_chart_sum(chart);

	assert(chart->kind == DOC_CHART && chart->slices_count < UINT16_MAX);
	t->caption = chart->text;
	t->rows = (uint16_t)(chart->slices_count + 1);
	t->cols = COUNT_OF(heads);
	t->widths = widths;
	t->cells = ARENA_ARRAY(a, (size_t)t->rows * t->cols, struct doc_cell);
	for (size_t c = 0; c < COUNT_OF(heads); c++)
		add_cell(t, 0, c, heads[c], true);
	for (size_t i = 0; i < chart->slices_count; i++) {
		const struct doc_slice *slice = &chart->slices[i];
		add_cell(t, i + 1, 0, slice->label, false);
		add_cell(t, i + 1, 1, str_format(a, "%lld", (long long)slice->value), false);
		add_cell(t, i + 1, 2, print_share(a, slice->value > 0 ? slice->value : 0, sum),
			 false);
	}
	return t;
}

/* ---- numbers */

bool print_exact_number(struct str s, double *value, int *decimals)
{
	enum { DIGITS_MAX = 15, DECIMALS_MAX = 9 };
	bool negative = str_take_char(&s, '-'), point = false;
	int64_t digits = 0, divisor = 1;
	int count = 0, places = 0;

	if (s.len > 1 && s.ptr[0] == '0' && s.ptr[1] != '.')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '.' && !point && count > 0) {
			point = true;
			continue;
		}
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || ++count > DIGITS_MAX)
			return false;
		digits = digits * 10 + (s.ptr[i] - '0');
		places += point;
		divisor *= point ? 10 : 1;
	}
	if (count == 0 || (point && places == 0) || places > DECIMALS_MAX ||
	    (negative && digits == 0))
		return false;
	/* Both are exact below 2^53, so the quotient is the nearest double there is. */
	*value = (double)(negative ? -digits : digits) / (double)divisor;
	*decimals = places;
	return true;
}
