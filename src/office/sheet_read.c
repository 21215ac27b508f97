/* sheet_read.c - spreadsheets as documents: a table per sheet. */
#include "office/csv.h"
#include "office/grid.h"
#include "office/readers.h"

bool read_csv(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	struct builder b = builder_open(a);
	struct grid grid = grid_open(a);

	if (!csv_rows(a, content, grid_take_row, &grid, err) ||
	    !grid_add_to(&grid, NULL, STR_NONE, STR_NONE, &b, err))
		return false;
	*out = builder_finish(&b, DOC_SOURCE_TEXT);
	return true;
}

static bool read_book(struct builder *b, struct package *package, struct err *err)
{
	struct xlsx_book book;

	if (!xlsx_book_open(package, &book, err))
		return false;
	for (size_t i = 0; i < book.sheets_count; i++) {
		const struct xlsx_sheet *sheet = &book.sheets[i];
		struct grid grid = grid_open(b->arena);
		struct xlsx_merges merges;
		if (sheet->hidden || !package_has(package, sheet->path))
			continue;
		struct str place = str_format(b->arena, "工作表“" STR_FMT "”", STR_ARG(sheet->name));
		if (!xlsx_read_rows(&book, sheet, grid_take_row, &grid, &merges, err) ||
		    !grid_add_to(&grid, &merges, sheet->name, place, b, err))
			return false;
	}
	return true;
}

bool read_xlsx(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	struct builder b = builder_open(a);
	struct package package;

	if (!package_open(a, content, &package, err))
		return false;
	bool ok = read_book(&b, &package, err);
	package_close(&package);
	if (!ok)
		return false;
	*out = builder_finish(&b, DOC_SOURCE_XLSX);
	return true;
}
