/* report_pages.h - the addresses of this folder, for app's list of modules. */
#ifndef REPORT_REPORT_PAGES_H
#define REPORT_REPORT_PAGES_H

#include "web/web.h"

extern const struct route report_routes[];
#endif
