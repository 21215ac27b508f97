/* clock_pages.h - the handlers of /clock, for portal's route table. */
#ifndef PORTAL_CLOCK_PAGES_H
#define PORTAL_CLOCK_PAGES_H

#include "web/web.h"

bool clock_page(struct web_request *rq, struct web_reply *rp, struct err *err);
bool clock_json(struct web_request *rq, struct web_reply *rp, struct err *err);
#endif
