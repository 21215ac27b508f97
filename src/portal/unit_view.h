/* unit_view.h - what the pages of units draw. */
#ifndef PORTAL_UNIT_VIEW_H
#define PORTAL_UNIT_VIEW_H

#include "agency/agency.h"
#include "html/parts.h"

enum { UNIT_KINDS = UNIT_OTHER }; /* all but the government, of which there is one */

struct unit_fields { struct str code, name, short_name, kind, reports; };
struct unit_list_view {
	struct form_state form;
	const struct unit *units;
	size_t count;
	struct choice kinds[UNIT_KINDS];
	struct unit_fields typed;
};
struct unit_view {
	struct form_state form;
	struct unit unit;
	bool root;
	struct choice kinds[UNIT_KINDS];
	struct unit_fields typed;
	struct str closed_on, reason;
};
#endif
