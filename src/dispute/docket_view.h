/* docket_view.h - what the pages of the register of proceedings draw. */
#ifndef DISPUTE_DOCKET_VIEW_H
#define DISPUTE_DOCKET_VIEW_H

#include "dispute/docket.h"
#include "html/parts.h"
#include "web/web.h"

struct docket_start_view {
	struct form_state form;
	struct str required, optional; /* labels of the columns in one line */
	struct opt_int added, same;
};
struct docket_preview_view {
	struct form_state form;
	int64_t upload;
	struct str file_name;
	const struct docket_summary *s;
	struct str columns[DOCKET_FIELD_COUNT]; /* of the file; empty: none */
	struct str unread; /* columns of the file that are not taken */
	struct column heads[DOCKET_FIELD_COUNT + 1];
	size_t heads_count; /* of the rows shown: what the file has, and the class that follows */
};

/* Whether the rows shown have the field. */
bool docket_shows(const struct docket_preview_view *v, int field);

web_handler docket_start_page, docket_start_post;
web_handler docket_preview_page, docket_preview_prepare, docket_preview_post;
web_handler docket_file;
extern const struct field docket_start_query[], docket_start_form[], docket_preview_form[],
	docket_file_query[];
#endif
