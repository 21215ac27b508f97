/* amendment_pages.h - the routes of corrections, for citizens and the desk. */
#ifndef AMENDMENT_AMENDMENT_PAGES_H
#define AMENDMENT_AMENDMENT_PAGES_H

#include "web/web.h"

extern const struct route amendment_routes[];
#endif
