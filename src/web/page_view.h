/* page_view.h - what the pages of this folder draw. */
#ifndef WEB_PAGE_VIEW_H
#define WEB_PAGE_VIEW_H

#include "html/parts.h"

struct error_view {
	struct str title, sentence;
	struct str incident; /* or empty */
	const struct field_error *errors;
	size_t errors_count;
	bool staff; /* signed in: the way back is to the desk */
};
struct typed_field { struct str name, value, label; }; /* label: empty where it is not shown */
struct signed_out_view {
	struct str action;
	const struct typed_field *typed;
	size_t count;
	bool files; /* were chosen, and must be chosen again */
};
#endif
