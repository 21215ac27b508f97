/* fixture.h - documents that several tests of office/ print and read; made in roundtrip_test.c. */
#ifndef OFFICE_FIXTURE_H
#define OFFICE_FIXTURE_H

#include "base/err.h"
#include "office/doc.h"

/* An annual report of an invented district: a chart, three tables of the statutory shapes. */
struct doc *fixture_report(struct arena *a);
/*
 * One block: a table of `rows`, cells separated by |. # begins a head; ^ goes on with the cell
 * above, < with the one at the left.
 */
struct doc *fixture_table(struct arena *a, const char *const *rows, size_t count);
#endif
