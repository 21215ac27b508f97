/* casework_pages.h - the routes of the desk: register, intake, cases. */
#ifndef CASEWORK_CASEWORK_PAGES_H
#define CASEWORK_CASEWORK_PAGES_H

#include "web/web.h"

extern const struct route casework_routes[];
#endif
