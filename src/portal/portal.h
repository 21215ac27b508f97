/*
 * portal.h - the first pages people meet: home, the desk's home, the clock for
 * anybody, and what the site says of itself. No facts of its own.
 */
#ifndef PORTAL_PORTAL_H
#define PORTAL_PORTAL_H

#include "web/web.h"

extern const struct route portal_routes[];
#endif
