/* page_view.h - what the pages of this folder draw. */
#ifndef WEB_PAGE_VIEW_H
#define WEB_PAGE_VIEW_H

#include "html/parts.h"

struct error_view {
	struct str title, sentence;
	struct str incident; /* or empty */
	const struct field_error *errors;
	size_t errors_count;
};
#endif
