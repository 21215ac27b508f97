/* dispute_view.h - what the pages of dispute draw. */
#ifndef DISPUTE_DISPUTE_VIEW_H
#define DISPUTE_DISPUTE_VIEW_H

#include "dispute/dispute.h"
#include "html/parts.h"

struct dispute_list_view {
	struct form_state form;
	const struct dispute *rows;
	size_t count;
	struct pager pager;
	bool may_write;
	struct str route, case_no, organ, accepted_on, request_number;
};
struct dispute_page_view {
	struct form_state form;
	struct dispute d;
	struct str unit_name, request_number, result, concluded_on;
	bool may_write;
};
#endif
