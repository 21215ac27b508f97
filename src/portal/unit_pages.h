/* unit_pages.h - the units of the site, for the system administrator. */
#ifndef PORTAL_UNIT_PAGES_H
#define PORTAL_UNIT_PAGES_H

#include "web/web.h"

extern const struct field unit_add_form[], unit_change_form[], unit_close_form[],
	unit_reopen_form[];
web_handler units_page, units_json, unit_add_post, unit_page, unit_change_post, unit_close_post,
	unit_reopen_post;
#endif
