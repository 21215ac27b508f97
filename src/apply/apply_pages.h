/* apply_pages.h - the routes of the citizen's side. */
#ifndef APPLY_APPLY_PAGES_H
#define APPLY_APPLY_PAGES_H

#include "web/web.h"

extern const struct route apply_routes[];
#endif
