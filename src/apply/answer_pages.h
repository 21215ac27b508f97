/* answer_pages.h - the routes of answers told to all. */
#ifndef APPLY_ANSWER_PAGES_H
#define APPLY_ANSWER_PAGES_H

#include "web/web.h"

extern const struct route answer_routes[];
#endif
