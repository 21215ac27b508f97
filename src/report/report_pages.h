/* report_pages.h - the addresses of this folder, for app's list of modules. */
#ifndef REPORT_REPORT_PAGES_H
#define REPORT_REPORT_PAGES_H

#include "report/content.h"
#include "web/web.h"

extern const struct route report_routes[];

/* A report as one HTML file without links: for `gongkai report` and for other sites. */
struct str report_html_file(struct arena *a, const struct report_content *c);
#endif
