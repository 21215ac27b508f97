/* delivery_pages.h - the routes of deliveries. */
#ifndef DELIVERY_DELIVERY_PAGES_H
#define DELIVERY_DELIVERY_PAGES_H

#include "web/web.h"

extern const struct route delivery_routes[];
#endif
