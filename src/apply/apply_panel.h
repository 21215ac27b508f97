/* apply_panel.h - what the case page shows of the applicant's side after the answer. */
#ifndef APPLY_APPLY_PANEL_H
#define APPLY_APPLY_PANEL_H

#include "request/request.h"
#include "web/web.h"

/*
 * The answer told to all, suggestions, and to the body in charge complaints; nothing while there is
 * none and none can be.
 */
NODISCARD bool apply_panel(struct web_request *rq, struct html *h, const struct request *r,
			   struct err *err);
#endif
