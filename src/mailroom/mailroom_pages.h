/* mailroom_pages.h - the routes of the mailroom. */
#ifndef MAILROOM_MAILROOM_PAGES_H
#define MAILROOM_MAILROOM_PAGES_H

#include "web/web.h"

extern const struct route mailroom_routes[];
#endif
