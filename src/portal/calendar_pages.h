/* calendar_pages.h - the working days a site counts with, and the notice of the next year. */
#ifndef PORTAL_CALENDAR_PAGES_H
#define PORTAL_CALENDAR_PAGES_H

#include "web/web.h"

extern const struct field calendar_query[], calendar_load_form[];
web_handler calendar_page, calendar_json, calendar_load_post;

/* Is it time to load the next notice, and may the reader do so? For the desk's first page. */
NODISCARD bool calendar_is_asked_for(struct web_request *rq, bool *out, struct err *err);
#endif
