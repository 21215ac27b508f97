/*
 * xlsx.h - the inside of a workbook: sheets, shared strings, formats, rows; for office/ alone.
 *
 * Rows are pulled one by one; only the shared strings of the book are kept in
 * memory. A cell is what a person sees: a date as YYYY-MM-DD, 25%, 12.3 and
 * not 12.300000000000001. Formulas count by their stored value; one that has none
 * (nobody has opened and saved the file) reads as XLSX_UNANSWERED, never as a blank.
 */
#ifndef OFFICE_XLSX_H
#define OFFICE_XLSX_H

#include "base/buf.h"
#include "office/package.h"
#include "office/read.h"

#define XLSX_UNANSWERED STR("=（公式没有结果）")

enum xlsx_kind { XLSX_NUMBER, XLSX_DATE, XLSX_TIME, XLSX_DATE_TIME, XLSX_PERCENT };
struct xlsx_format {
	enum xlsx_kind kind;
	int decimals; /* shown at least; 0 if the format is free */
};

struct xlsx_sheet { struct str name, path; bool hidden; };
struct xlsx_book {
	struct package *package;
	struct arena *arena;
	struct xlsx_sheet *sheets;
	size_t sheets_count;
	struct str *strings;
	size_t strings_count;
	struct xlsx_format *formats; /* by the s="" of a cell */
	size_t formats_count;
	bool from_1904;
};

struct xlsx_merge { uint32_t row, col, last_row, last_col; }; /* from 0, inclusive */
struct xlsx_merges { struct xlsx_merge *list; size_t count; };

NODISCARD bool xlsx_book_open(struct package *p, struct xlsx_book *out, struct err *err);
/* The first visible sheet for an empty name; NULL if there is none of that name. */
const struct xlsx_sheet *xlsx_find_sheet(const struct xlsx_book *book, struct str name);
/* Rows with any text, in order. merges may be NULL. */
NODISCARD bool xlsx_read_rows(const struct xlsx_book *book, const struct xlsx_sheet *sheet,
			 sheet_row_fn *fn, void *arg, struct xlsx_merges *merges, struct err *err);

/* How a number format of that id and code shows a number. */
struct xlsx_format xlsx_format_of(uint32_t id, struct str code);
/* The stored number as the format shows it; text that is no number comes back as it is. */
void xlsx_add_number(struct buf *out, struct str stored, struct xlsx_format format, bool from_1904);
/* B12 to row 11, column 1; false if it is no such name. */
bool xlsx_take_reference(struct str *s, uint32_t *row, uint32_t *col);
#endif
