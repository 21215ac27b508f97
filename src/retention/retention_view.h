/* retention_view.h - what the page of retention draws. */
#ifndef RETENTION_RETENTION_VIEW_H
#define RETENTION_RETENTION_VIEW_H

#include "list/list.h"
#include "retention/retention.h"

struct retention_view {
	struct form_state form;
	enum retention_kind kind; /* of the list */
	struct list_tab tabs[RETENTION_KIND_COUNT];
	const struct retention_case *rows;
	const struct str *units, *hrefs;
	size_t count;
	struct str next;
	struct list_foot foot;
	struct retention_years years;
	struct str typed[RETENTION_KIND_COUNT];
	bool may_settle;
};
#endif
