/* xlsx_rows.c - rows written one by one into a workbook, in constant memory. */
#include "base/limits.h"
#include "base/utf8.h"
#include "office/print.h"
#include "office/readers.h"
#include "office/write.h"

#include <unistd.h>
#include <xlsxwriter.h>

enum { CELL_TEXT_MAX = 32767, COLUMN_WIDTH = 16 };

struct xlsx_rows {
	struct arena *arena;
	const char *path;
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_row_t next;
	bool failed;
};

static bool not_written(struct xlsx_rows *x, lxw_error why, struct err *err)
{
	x->failed = true;
	return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx: %s", lxw_strerror(why));
}

static lxw_error write_cell(struct xlsx_rows *x, lxw_col_t col, struct str cell, lxw_format *format)
{
	double value;
	int decimals;

	/* A number with decimals goes in as text: what was written is what is read again. */
	if (format == NULL && print_exact_number(cell, &value, &decimals) && decimals == 0)
		return worksheet_write_number(x->sheet, x->next, col, value, NULL);
	struct str text = utf8_prefix(clean_text(x->arena, cell), CELL_TEXT_MAX);
	if (text.len == 0)
		return LXW_NO_ERROR;
	return worksheet_write_string(x->sheet, x->next, col, str_to_c(x->arena, text), format);
}

static bool add_row(struct xlsx_rows *x, const struct str *cells, size_t count, lxw_format *format,
		    struct err *err)
{
	struct arena_mark mark = arena_mark(x->arena);

	if (count > LIMIT_SHEET_COLUMNS)
		return err_set(err, ERR_LIMIT, "office.too_many_columns", "%d",
			       LIMIT_SHEET_COLUMNS);
	if (x->next >= LIMIT_SHEET_ROWS)
		return err_set(err, ERR_LIMIT, "office.table_too_large", "%d", LIMIT_SHEET_ROWS);
	for (size_t c = 0; c < count; c++) {
		lxw_error error = write_cell(x, (lxw_col_t)c, cells[c], format);
		if (error != LXW_NO_ERROR)
			return not_written(x, error, err);
	}
	x->next++;
	arena_rewind(x->arena, mark);
	return true;
}

static bool begin(struct xlsx_rows *x, struct str sheet, const struct str *heads, size_t count,
		  struct err *err)
{
	lxw_doc_properties properties = { .created = OFFICE_FIXED_TIME };
	lxw_format *head = workbook_add_format(x->workbook);

	(void)workbook_set_properties(x->workbook, &properties);
	x->sheet = workbook_add_worksheet(x->workbook, str_to_c(x->arena, sheet));
	if (x->sheet == NULL)
		return not_written(x, LXW_ERROR_INVALID_SHEETNAME_CHARACTER, err);
	format_set_bold(head);
	format_set_bg_color(head, 0xF0F3F8);
	worksheet_freeze_panes(x->sheet, 1, 0);
	if (count > 0)
		(void)worksheet_set_column(x->sheet, 0, (lxw_col_t)(count - 1), COLUMN_WIDTH, NULL);
	return add_row(x, heads, count, head, err);
}

bool xlsx_rows_open(struct arena *a, struct str path, struct str sheet, const struct str *heads,
		    size_t count, struct xlsx_rows **out, struct err *err)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	struct xlsx_rows *x = ARENA_NEW(a, struct xlsx_rows);

	if (count > LIMIT_SHEET_COLUMNS)
		return err_set(err, ERR_LIMIT, "office.too_many_columns", "%d",
			       LIMIT_SHEET_COLUMNS);
	x->path = str_to_c(a, path);
	x->arena = arena_open((size_t)LIMIT_SHEET_COLUMNS * LIMIT_CSV_CELL * 4);
	x->workbook = workbook_new_opt(x->path, &options);
	if (x->workbook == NULL) {
		arena_close(x->arena);
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx");
	}
	if (!begin(x, sheet, heads, count, err)) {
		x->failed = true;
		return xlsx_rows_close(x, err);
	}
	*out = x;
	return true;
}

bool xlsx_rows_add(struct xlsx_rows *x, const struct str *cells, size_t count, struct err *err)
{
	return add_row(x, cells, count, NULL, err);
}

bool xlsx_rows_close(struct xlsx_rows *x, struct err *err)
{
	lxw_error error = workbook_close(x->workbook);

	arena_close(x->arena);
	if (error == LXW_NO_ERROR && !x->failed)
		return true;
	(void)unlink(x->path);
	return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx: %s",
		       lxw_strerror(error));
}
