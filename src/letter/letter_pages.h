/* letter_pages.h - the routes of letters, their templates and letterheads; bound in app/. */
#ifndef LETTER_LETTER_PAGES_H
#define LETTER_LETTER_PAGES_H

#include "web/web.h"

extern const struct route letter_routes[];
extern const struct route letter_template_routes[];
extern const struct route letterhead_routes[];
#endif
