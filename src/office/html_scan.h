/*
 * html_scan.h - a linear look at HTML before the parser gets it; for office/ alone.
 *
 * libgumbo needs quadratic time and memory on elements opened a thousand deep
 * and clones what is left open into every paragraph that follows. This scan
 * refuses such text by counting; the limited child is the wall behind it. It
 * also takes out the bytes of pictures written into the page (data: addresses).
 */
#ifndef OFFICE_HTML_SCAN_H
#define OFFICE_HTML_SCAN_H

#include "base/err.h"

/*
 * *out is html itself, or a copy without data: values. ERR_LIMIT
 * "office.html_too_deep", "office.html_tag", "office.too_large".
 */
NODISCARD bool html_scan(struct arena *a, struct str html, struct str *out, struct err *err);
#endif
