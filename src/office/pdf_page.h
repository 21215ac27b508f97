/*
 * pdf_page.h - pages of an official document being filled from the top; for office/ alone.
 *
 * The text block of GB/T 9704-2012: A4, margins 37 mm above and 28 mm at the
 * left, 156 × 225 mm, 22 lines of 28 characters of 三号; the page number under
 * it at the outer side. What cannot be had on this page goes on the next.
 */
#ifndef OFFICE_PDF_PAGE_H
#define OFFICE_PDF_PAGE_H

#include "base/buf.h"
#include "office/doc.h"
#include "office/typeset.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define PDF_LEFT (28 * POINTS_PER_MM)
#define PDF_TOP (37 * POINTS_PER_MM)
#define PDF_WIDTH (156 * POINTS_PER_MM)
#define PDF_HEIGHT (225 * POINTS_PER_MM)
#define PDF_PITCH (PDF_HEIGHT / 22)
#define PDF_CHARACTER (PDF_WIDTH / 28)

struct pdf {
	struct arena *arena;
	struct typeset *ts;
	cairo_surface_t *surface;
	cairo_t *cr;
	struct buf bytes;
	int page; /* from 1 */
	double y; /* used of the text block, in points */
	/* Height that must stand below the next text on its last page, with lines of it above. */
	double below;
	bool first_unnumbered; /* no page number on page one */
};

NODISCARD bool pdf_open(struct pdf *p, struct arena *a, struct str title, struct err *err);
/* Ends the last page and the file. Whatever went wrong on the way comes out here. */
NODISCARD bool pdf_close(struct pdf *p, struct str *out, struct err *err);

double pdf_room(const struct pdf *p);
void pdf_next_page(struct pdf *p); /* nothing if nothing stands on this one yet */
/* A structure element around what is drawn; they nest and end on the page they began on. */
void pdf_tag(struct pdf *p, const char *tag);
void pdf_end_tag(struct pdf *p, const char *tag);

/* ---- tables, of which no row is cut but one taller than a page */
struct pdf_table;
/* ERR_LIMIT "office.table_too_large", "office.row_too_tall". */
NODISCARD bool pdf_table_layout(struct pdf *p, const struct doc_table *t, struct pdf_table **out,
				struct err *err);
double pdf_table_height(const struct pdf_table *table);
void pdf_table_draw(struct pdf *p, struct pdf_table *table); /* and drops it */
void pdf_table_drop(struct pdf_table *table);
#endif
