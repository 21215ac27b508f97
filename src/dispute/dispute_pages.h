/* dispute_pages.h - the routes of dispute; bound in app/. */
#ifndef DISPUTE_DISPUTE_PAGES_H
#define DISPUTE_DISPUTE_PAGES_H

#include "web/web.h"

extern const struct route dispute_routes[];
#endif
