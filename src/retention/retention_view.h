/* retention_view.h - what the page of retention draws. */
#ifndef RETENTION_RETENTION_VIEW_H
#define RETENTION_RETENTION_VIEW_H

#include "list/list.h"
#include "retention/retention.h"

struct retention_view {
	struct form_state form;
	const struct retention_case *rows;
	const struct str *units;
	size_t count;
	struct str next;
	struct list_foot foot;
	int years;
	struct str typed;
	bool may_settle;
};
#endif
