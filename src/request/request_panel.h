/*
 * request_panel.h - the law's steps of a case on its page: what was asked of the applicant
 * and of others, what came back, the extension, the parts of a form, the letters.
 */
#ifndef REQUEST_REQUEST_PANEL_H
#define REQUEST_REQUEST_PANEL_H

#include "request/request_pages.h"

/* Sections with what there is, nothing of what there is not. */
NODISCARD bool request_panel(struct web_request *rq, struct html *h, const struct request *r,
			     struct err *err);
#endif
