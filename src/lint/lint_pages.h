/* lint_pages.h - the page /check: pasted text or a file, judged and forgotten. */
#ifndef LINT_LINT_PAGES_H
#define LINT_LINT_PAGES_H

#include "web/web.h"

extern const struct route lint_routes[];
#endif
