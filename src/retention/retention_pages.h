/* retention_pages.h - the routes of retention. */
#ifndef RETENTION_RETENTION_PAGES_H
#define RETENTION_RETENTION_PAGES_H

#include "web/web.h"

extern const struct route retention_routes[];
#endif
