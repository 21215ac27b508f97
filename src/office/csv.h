/*
 * csv.h - rows of a CSV text, whatever wrote it; for office/ alone.
 *
 * UTF-8, UTF-16 with mark or GB18030; comma, semicolon or tab, told by the first
 * line or by a line `sep=;` before it; CRLF, LF or CR; RFC 4180 quoting. The
 * apostrophe that office/write.h puts before what a spreadsheet would take for
 * a formula is taken away again. The text is decoded piece by piece.
 */
#ifndef OFFICE_CSV_H
#define OFFICE_CSV_H

#include "office/read.h"

/* Rows with any text, in order. Errors: office.csv_quote, office.cell_too_long, text.… */
NODISCARD bool csv_rows(struct arena *a, struct str content, sheet_row_fn *fn, void *arg,
			struct err *err);
/* The same of a file that is mapped for reading alone: of its pages few are kept at a time. */
NODISCARD bool csv_rows_mapped(struct arena *a, struct str content, sheet_row_fn *fn, void *arg,
			       struct err *err);
/* A spreadsheet would calculate it: = + - @ tab CR, full-width too, and no plain number. */
bool csv_is_formula(struct str cell);
#endif
