/* fixture.h - documents and parts that several tests of office/ print and read. */
#ifndef OFFICE_FIXTURE_H
#define OFFICE_FIXTURE_H

#include "base/err.h"
#include "base/test.h"
#include "office/official.h"

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
#endif
