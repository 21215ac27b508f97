/* gallery_view.h - the invented content of the gallery. */
#ifndef GALLERY_VIEW_H
#define GALLERY_VIEW_H

#include "html/parts.h"

struct gallery_document {
	struct str title, kind, unit;
	struct date day;
};
struct gallery_case {
	struct str number, applicant, kind, what, unit;
	struct date received, due;
	struct str state;
	enum tag_colour colour;
};

struct gallery {
	const struct gallery_document *documents;
	size_t documents_count;
	const struct slice *topics, *outcomes, *outcomes_linked;
	size_t topics_count, outcomes_count;
	const struct column *columns, *outcome_columns;
	size_t columns_count;
	const struct gallery_case *cases;
	size_t cases_count;
	const struct choice *states, *kinds;
	size_t states_count, kinds_count;
	struct form_state form;
	const struct grid_cell *grid;
	size_t grid_rows, grid_cols, grid_count;
	const struct summary_row *summary;
	size_t summary_count;
};
#endif
