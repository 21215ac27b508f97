/*
 * request_view.h - what the pages of requests draw, and what their handlers share;
 * private to the edge of src/request.
 */
#ifndef REQUEST_REQUEST_VIEW_H
#define REQUEST_REQUEST_VIEW_H

#include "html/parts.h"
#include "request/desk.h"
#include "request/import.h"
#include "web/web.h"

/* ---- the register */

struct request_row {
	const struct request *r;
	struct str unit, content, result;
	enum tag_colour colour;
	bool late;
};
struct request_list_view {
	struct form_state form;
	const struct request_row *rows;
	size_t count;
	struct column columns[8];
	size_t columns_count;
	struct pager pager;
	struct choice *states, *units;
	size_t states_count, units_count;
	struct str state, unit, year, number, order;
	struct str csv_href, xlsx_href;
	int64_t open, late;
	bool all_units, may_write, may_import, filtered;
};

/* ---- one request */

struct request_history_line {
	int64_t at;
	struct str who, what, reason;
};
struct request_action { struct str href, label; bool secondary; };
struct request_case_view {
	const struct request *r;
	struct str unit, rule, content; /* rule: of receipt */
	struct str result;
	const struct decision_kind *kind; /* or NULL */
	enum tag_colour colour;
	struct period_result clock;
	bool has_clock;
	struct str clock_note; /* why there is none */
	const struct request_inquiry *inquiries;
	size_t inquiries_count;
	struct request_fee fee;
	bool has_fee;
	struct str fee_text;
	const struct request_history_line *history;
	size_t history_count;
	const struct request_action *actions;
	size_t actions_count;
};

/* ---- registering, and one step of a request */

struct request_new_view {
	struct form_state form;
	struct str unit;
	struct choice channels[CHANNEL_COUNT], applicants[APPLICANT_CLASS_COUNT];
	struct str channel, applicant, submitted_on, confirmed_on, content, number;
};
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

/* ---- shared by the handlers */

/* Whose requests somebody sees: all with SITE_READ, else the own unit's. */
struct opt_int request_scope(const struct web_request *rq);
bool request_is_own(const struct web_request *rq, const struct request *r);
/* The request of the path, if the reader may see it; ERR_NOT_FOUND otherwise. */
bool request_of_path(struct web_request *rq, struct request *out, struct err *err);
struct request_units {
	const struct unit *list;
	size_t count;
};
bool request_units_load(struct ctx *ctx, struct request_units *out, struct err *err);
struct str request_unit_name(const struct request_units *units, int64_t id);
enum tag_colour request_state_colour(enum request_state state);
struct str request_result(const struct request *r); /* the kind of decision in words, or empty */
json_t *request_json(struct arena *a, const struct request *r, struct str unit);
json_t *request_json_day(struct arena *a, struct opt_date d); /* null if unknown */

web_handler request_list_page, request_list_json, request_list_csv, request_list_xlsx;
web_handler request_case_page, request_case_json;
web_handler request_new_page, request_new_post;
web_handler request_step_page, request_step_post;
web_handler request_import_page, request_import_post, request_preview_page, request_preview_prepare,
	request_preview_post, request_rejects_csv;
extern const struct field request_list_query[], request_import_query[], request_import_form[],
	request_preview_query[], request_preview_form[];
#endif
