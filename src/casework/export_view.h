/* export_view.h - a list of the desk as a file; private to the edge of src/casework. */
#ifndef CASEWORK_EXPORT_VIEW_H
#define CASEWORK_EXPORT_VIEW_H

#include "request/request_pages.h"

struct export_source {
	/* A page of the list that is on screen, as desk_page. */
	bool (*page)(struct ctx *ctx, const void *filter, struct str place, size_t max,
		     struct request **rows, size_t *count, struct str *next, struct err *err);
	const void *filter;
	struct str title; /* of the sheet, and in the name of the file */
	bool desk;	  /* also state, due day, card and who has it */
};
/* All pages of the list, as CSV or XLSX. */
NODISCARD bool export_send(struct web_request *rq, struct web_reply *rp,
			   const struct export_source *source, struct err *err);
#endif
