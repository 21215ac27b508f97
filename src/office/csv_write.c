#include "base/limits.h"
#include "office/csv.h"
#include "office/write.h"

struct csv_writer csv_open(struct arena *a, office_sink *sink, void *arg)
{
	const size_t line_max = (size_t)LIMIT_SHEET_COLUMNS * LIMIT_CSV_CELL * 2;

	return (struct csv_writer){ .line = buf_open(a, 4 * KIB, line_max),
				    .sink = sink,
				    .arg = arg };
}

bool csv_begin(struct csv_writer *w, bool bom, struct err *err)
{
	return !bom || w->sink(w->arg, STR("\xEF\xBB\xBF"), err);
}

/* What the reader would take for a guarded formula must be guarded too. */
static bool needs_guard(struct str cell)
{
	while (str_take_char(&cell, '\''))
		;
	return csv_is_formula(cell);
}

static bool needs_quotes(const struct csv_writer *w, struct str cell)
{
	if (!w->plain)
		return true;
	for (size_t k = 0; k < cell.len; k++)
		if (cell.ptr[k] == '"' || cell.ptr[k] == ',' || cell.ptr[k] == '\n' ||
		    cell.ptr[k] == '\r')
			return true;
	return false;
}

static void put_cell(struct csv_writer *w, struct str cell)
{
	bool quotes = needs_quotes(w, cell);

	buf_add_c(&w->line, quotes ? "\"" : "");
	if (needs_guard(cell))
		buf_add_char(&w->line, '\'');
	for (size_t k = 0; k < cell.len; k++) {
		if (cell.ptr[k] == '"')
			buf_add_char(&w->line, '"');
		buf_add_char(&w->line, cell.ptr[k]);
	}
	buf_add_c(&w->line, quotes ? "\"" : "");
}

bool csv_row(struct csv_writer *w, const struct str *cells, size_t count, struct err *err)
{
	buf_clear(&w->line);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(&w->line, i > 0 ? "," : "");
		put_cell(w, cells[i]);
	}
	buf_add_c(&w->line, w->plain ? "\n" : "\r\n");
	if (!buf_ok(&w->line))
		return err_set(err, ERR_LIMIT, "office.too_large", "%zu", w->line.max);
	return w->sink(w->arg, buf_str(&w->line), err);
}
