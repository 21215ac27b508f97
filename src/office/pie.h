/*
 * pie.h - the one drawing of a chart, on paper (PDF) and as a picture (DOCX); for office/ alone.
 *
 * Every slice is labelled beside the pie with its value and share, told apart
 * by hatching as well as by colour, and kept readable in black and white.
 */
#ifndef OFFICE_PIE_H
#define OFFICE_PIE_H

#include "base/err.h"
#include "office/doc.h"
#include "office/typeset.h"

struct pie_place { double x, y, width, height; }; /* in points */
/* A chart of nothing but zeros draws nothing. */
void pie_draw(struct typeset *ts, struct arena *a, cairo_t *cr, const struct doc_block *chart,
	      struct pie_place place);
/* The same as a PNG at 200 dots an inch. */
NODISCARD bool pie_png(struct arena *a, const struct doc_block *chart, double width, double height,
		       struct str *out, struct err *err);
/* What the picture shows, in words: its alternative text. */
struct str pie_words(struct arena *a, const struct doc_block *chart);
#endif
