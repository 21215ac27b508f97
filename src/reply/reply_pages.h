/* reply_pages.h - the routes of replies, for staff; bound in app/. */
#ifndef REPLY_REPLY_PAGES_H
#define REPLY_REPLY_PAGES_H

#include "web/web.h"

extern const struct route reply_routes[];
#endif
