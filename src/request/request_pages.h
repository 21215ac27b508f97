/* request_pages.h - the routes of requests, for staff; bound in app/. */
#ifndef REQUEST_REQUEST_PAGES_H
#define REQUEST_REQUEST_PAGES_H

#include "web/web.h"

extern const struct route request_routes[];
#endif
