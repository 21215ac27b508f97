/* statistics_pages.h - the routes of statistics; bound in app/. */
#ifndef STATISTICS_STATISTICS_PAGES_H
#define STATISTICS_STATISTICS_PAGES_H

#include "web/web.h"

extern const struct route statistics_routes[];
#endif
