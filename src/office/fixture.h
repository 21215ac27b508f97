/* fixture.h - documents and parts that several tests of office/ print and read. */
#ifndef OFFICE_FIXTURE_H
#define OFFICE_FIXTURE_H

#include "base/err.h"
#include "base/test.h"
#include "office/official.h"
#include "office/read.h"

/* ---- made in roundtrip_test.c */

/* An annual report of an invented district: a chart, three tables of the statutory shapes. */
struct doc *fixture_report(struct arena *a);
/*
 * One block: a table of `rows`, cells separated by |. # begins a head; ^ goes on with the cell
 * above, < with the one at the left.
 */
struct doc *fixture_table(struct arena *a, const char *const *rows, size_t count);

/* ---- made in official_test.c */

/* A letter that has everything: headings, a table, attachments, a note, two annexes. */
struct official *fixture_letter(struct arena *a, int style);

/* ---- made in docx_read_test.c */

/* A tree in one line, for comparing: "H1 标题 / text / T2x2[0,0 a;0,1 b] / ⏎ / (picture)". */
struct str fixture_outline(struct arena *a, const struct doc *d);
/* A Word file around the inside of w:body; styles and numbering may be NULL. */
struct str fixture_docx(struct test *t, const char *body, const char *styles,
			const char *numbering);

/* ---- made in sheet_read_test.c */

/* A workbook of one sheet around the inside of sheetData. */
struct str fixture_xlsx(struct test *t, const char *rows, const char *after);

/* ---- here, for rooms below: their tests are built without ours */

enum { FIXTURE_CELLS_MAX = 16 };
/* Lines of cells: | between cells, \n between rows, as a spreadsheet would hand them over. */
static inline bool fixture_rows(struct arena *a, const char *lines, sheet_row_fn *fn, void *arg,
				struct err *err)
{
	struct str rest = str_from_c(lines), line;

	for (uint32_t number = 1; str_split_next(&rest, '\n', &line); number++) {
		struct str *cells = ARENA_ARRAY(a, FIXTURE_CELLS_MAX, struct str);
		struct sheet_row row = { .number = number, .cells = cells };
		if (line.len == 0)
			continue;
		while (row.count < FIXTURE_CELLS_MAX &&
		       str_split_next(&line, '|', &cells[row.count]))
			row.count++;
		if (!fn(arg, &row, err))
			return false;
	}
	return true;
}
#endif
