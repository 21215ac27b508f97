/* dispute_panel.h - what other rooms show of proceedings: a section of the case page. */
#ifndef DISPUTE_DISPUTE_PANEL_H
#define DISPUTE_DISPUTE_PANEL_H

#include "request/request.h"
#include "web/web.h"

/* The section 复议、诉讼 of the case page; nothing before there is an answer or a proceeding. */
NODISCARD bool dispute_panel(struct web_request *rq, struct html *h, const struct request *r,
			     struct err *err);
#endif
