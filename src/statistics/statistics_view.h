/* statistics_view.h - what the pages of statistics draw. */
#ifndef STATISTICS_STATISTICS_VIEW_H
#define STATISTICS_STATISTICS_VIEW_H

#include "list/list.h"
#include "statistics/statistics.h"
#include "web/web.h"

struct entry_row {
	const struct form_cell2 *cell;
	struct str value, source, value_error, source_error;
	bool first_of_section;
};
struct entry_view {
	struct form_state form;
	struct str unit_name;
	int year, previous, next;
	const struct entry_row *rows;
	size_t rows_count;
	size_t missing;
};

struct avoided_view {
	struct figure figure;
	struct str unit; /* empty: all */
	int year, this_year;
	const struct record_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
};
web_handler avoided_page, avoided_json;
#endif
