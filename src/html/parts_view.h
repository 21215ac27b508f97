/*
 * parts_view.h - what the page files of this folder draw; made by parts.c, grid.c and chart.c.
 *
 * Not for other folders: they call html/parts.h.
 */
#ifndef HTML_PARTS_VIEW_H
#define HTML_PARTS_VIEW_H

#include "html/parts.h"

enum { MODE_COUNT = 4 };

struct mode_link {
	struct str label, href;
	bool current;
};

struct shell_view {
	const struct page *page;
	struct str domain;	  /* host of site_url */
	struct str css, js, icon; /* first letters of their digests, for the address */
	struct str nav_current;	  /* label of the current section, or empty */
	struct mode_link modes[MODE_COUNT];
};

/* A field with everything around it. */
struct field_view {
	struct str name, label, hint, error;
	bool required;
	bool counted; /* a remark about the length stands below */
};

struct choices_view {
	struct field_view field;
	struct str value;
	const struct choice *choices;
	size_t choices_count;
};

struct grid_view_cell {
	const struct grid_cell *cell; /* NULL: covered by none */
	struct str scope;	      /* col, colgroup, row, rowgroup */
	size_t rowspan, colspan;
};

/* Numbers come printed: pages know no floating point. */
struct pie_slice_view {
	const struct slice *slice;
	struct str path;      /* of the slice; empty: a whole circle */
	struct str leader;    /* the line from slice to label */
	struct str x, y, y2;  /* of the label's two lines */
	struct str figures;   /* 123 件，44.6% */
	struct str label;     /* shortened to the room there is */
	bool right;	      /* the label stands to the right */
	size_t colour;	      /* 1 … */
	bool dotted, hatched; /* neither: plain */
};

struct pie_view {
	struct str title, description, view_box, cy;
	size_t id; /* no other drawing of the page has it */
	bool links;
	const struct pie_slice_view *slices;
	size_t count;
};
#endif
