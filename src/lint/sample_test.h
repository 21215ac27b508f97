/*
 * sample_test.h - documents for the tests of this folder: the sample year in every layout,
 * and text as lines.
 */
#ifndef LINT_SAMPLE_TEST_H
#define LINT_SAMPLE_TEST_H

#include "base/test.h"
#include "lint/lint.h"

/* Text as a reader gives it: a paragraph a line, columns kept. */
struct doc *doc_of_text(struct arena *a, struct str text);
/* The whole file, or an empty text and a failed check. */
struct str test_file(struct test *t, struct str path);
/* Field n of a line of CSV without quotes. */
struct str csv_field(struct str line, size_t n);

/* The figures of samples/yuexiu-2020 as printed. */
struct sample {
	struct str two[22], three[27][APPLICANT_COLUMNS], four[ROUTES][ROUTE_OUTCOMES];
	struct str narrative;
	struct str digest; /* printed at the end if not empty */
};
struct sample *sample_read(struct test *t);
struct str sample_digest(struct arena *a, const struct sample *s);
enum sample_layout {
	SAMPLE_TABLES,
	SAMPLE_LAYOUT,
	SAMPLE_CELLS,
	SAMPLE_TABS,
	SAMPLE_GLUED,
	SAMPLE_BARS,
	SAMPLE_SHEET,
	SAMPLE_LAYOUTS
};
extern const char *const sample_layout_names[SAMPLE_LAYOUTS];
struct str sample_text(struct arena *a, const struct sample *s,
		       enum sample_layout layout); /* not SAMPLE_TABLES, SAMPLE_SHEET */
struct doc *sample_doc(struct arena *a, const struct sample *s, enum sample_layout layout);
#endif
