/*
 * casework_view.h - what the pages of the desk draw; private to the edge of src/casework.
 */
#ifndef CASEWORK_CASEWORK_VIEW_H
#define CASEWORK_CASEWORK_VIEW_H

#include "casework/desk.h"
#include "html/parts.h"
#include "request/request_pages.h"

/* ---- the register */

struct register_row {
	const struct request *r;
	struct str unit, content, result;
	enum tag_colour colour;
	bool late;
};
struct register_view {
	struct form_state form;
	const struct register_row *rows;
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

struct case_history_line {
	int64_t at;
	struct str who, what, reason;
};
struct case_view {
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
	const struct case_history_line *history;
	size_t history_count;
	const struct request_action *actions;
	size_t actions_count;
};

/* ---- registering */

struct intake_view {
	struct form_state form;
	struct str unit;
	struct choice channels[CHANNEL_COUNT], applicants[APPLICANT_CLASS_COUNT];
	struct str channel, applicant, submitted_on, confirmed_on, content, number;
};

web_handler register_page, register_json, register_csv, register_xlsx;
web_handler case_page, case_json;
web_handler intake_page, intake_post;
extern const struct field register_query[];
#endif
