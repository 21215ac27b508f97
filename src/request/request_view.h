/*
 * request_view.h - what the pages of requests draw; private to the edge of src/request.
 */
#ifndef REQUEST_REQUEST_VIEW_H
#define REQUEST_REQUEST_VIEW_H

#include "html/parts.h"
#include "request/import.h"
#include "request/request_pages.h"

/* ---- one step of a request */

struct request_step_view {
	struct form_state form;
	const struct request *r;
	struct str title, rule, effect, action, button;
	struct str on_label, on_hint; /* label empty: the step has no day of its own */
	bool has_until, has_extension, has_inquiry, has_fee, has_decision, has_applicant,
		has_reason;
	struct choice *kinds; /* in the order of the tests */
	size_t kinds_count;
	struct choice inquiries[3], applicants[APPLICANT_CLASS_COUNT];
	struct str on, until, days, inquiry, yuan, decision, applicant, reason;
};

/* ---- importing */

struct import_field_view {
	struct str label, column_name, constant_name; /* of the two inputs */
	struct str column, constant;		      /* their values */
	struct str error;
	bool required;
};
struct import_start_view {
	struct form_state form;
	struct str fields; /* their labels in one line */
	struct opt_int added, same, skipped;
};
struct import_preview_view {
	struct form_state form;
	int64_t upload;
	struct str file_name, rejects_href;
	const struct import_summary *s;
	struct choice *columns; /* of the file, to choose from */
	size_t columns_count;
	struct import_field_view fields[IMPORT_FIELD_COUNT];
	struct column heads[IMPORT_FIELD_COUNT + 1];
	struct str personal; /* heads of columns with personal data, which stay in the file */
	bool skips;
};

web_handler request_step_page, request_step_post;
web_handler request_import_page, request_import_post, request_preview_page, request_preview_prepare,
	request_preview_post, request_rejects_csv;
extern const struct field request_import_query[], request_import_form[], request_preview_query[],
	request_preview_form[];
#endif
