/* dispute_view.h - what the pages of dispute draw. */
#ifndef DISPUTE_DISPUTE_VIEW_H
#define DISPUTE_DISPUTE_VIEW_H

#include "calendar/working_panel.h"
#include "dispute/dossier.h"
#include "html/parts.h"
#include "request/request_pages.h"

enum { LIST_COLUMNS_MAX = 8, ACT_FIELDS_MAX = 14, DOSSIER_ACTIONS_MAX = 12 };

/* ---- shared by the pages of this folder */

/* The proceeding of the path, if the reader may see it. */
NODISCARD bool dispute_of_path(struct web_request *rq, struct dispute *out, struct err *err);
bool dispute_may_write(const struct web_request *rq, const struct dispute *d);
struct str dispute_href(struct web_request *rq, struct dispute_id id);
json_t *dispute_json(struct arena *a, const struct dispute *d, struct str unit);
bool dispute_is_late(const struct dispute *d, struct date today);

web_handler dispute_list_page, dispute_list_json, dispute_list_file;
web_handler dispute_new_page, dispute_new_post;
web_handler dispute_act_page, dispute_act_post;
web_handler dispute_rules_page, dispute_rules_json;
web_handler dispute_rule_page, dispute_rule_post;
extern const struct field dispute_list_query[], dispute_new_form[], dispute_new_query[],
	dispute_rule_form[];
extern const struct field dispute_fields_receive[], dispute_fields_answer[],
	dispute_fields_conclude[], dispute_fields_again[], dispute_fields_hearing[],
	dispute_fields_move[], dispute_fields_hold[], dispute_fields_cancel[],
	dispute_fields_person[], dispute_fields_person_end[], dispute_fields_paper[],
	dispute_fields_withdraw[], dispute_fields_correct[], dispute_fields_undo[],
	dispute_fields_void[];

/* ---- the list */

struct dispute_row {
	const struct dispute *d;
	struct str unit;
	bool late;
};
struct dispute_list_view {
	struct form_state form;
	const struct dispute_row *rows;
	size_t count;
	struct list_tab tabs[WHICH_COUNT];
	struct column columns[LIST_COLUMNS_MAX];
	size_t columns_count;
	const struct choice *units;
	size_t units_count;
	struct list_foot foot;
	struct str title, which, unit, route;
	bool may_write, all_units, filtered, may_set;
};
struct dispute_new_view {
	struct form_state form;
	struct str route, case_no, organ, accepted_on, request_number, earlier;
};
/* The field "earlier", a case number of a reconsideration. */
NODISCARD bool dispute_typed_earlier(struct web_request *rq, struct opt_int *out, struct err *err);

/* ---- one */

struct dispute_action { struct str href, label; };
struct dispute_page_view {
	struct dispute d;
	struct str unit_name, request_number, earlier_case_no, clock_note;
	bool may_write, late, has_clock, answered_late;
	struct period_result clock;
	struct dispute_rule rule;
	const struct hearing *hearings;
	size_t hearings_count;
	const struct dispute_person *people;
	size_t people_count;
	const struct paper *papers;
	size_t papers_count;
	const struct history_line *events;
	size_t events_count;
	bool has_redo;
	struct reply redo_reply;
	struct dispute_action main, actions[DOSSIER_ACTIONS_MAX];
	size_t actions_count;
};

/* ---- a form */

struct act_field {
	const struct field *field;
	struct str value, hint;
	const struct choice *choices;
	size_t choices_count;
};
struct act_view {
	struct form_state form;
	struct dispute d;
	struct str title, law, button, action, back;
	struct act_field fields[ACT_FIELDS_MAX];
	size_t fields_count;
	bool uploads;
};

struct dispute_rules_view {
	const struct dispute_rule *rules;
	bool may_set;
};
struct dispute_rule_view {
	struct form_state form;
	struct dispute_rule rule;
	struct str days, reason;
	bool working;
};

struct dispute_panel_view {
	const struct dispute_row *rows;
	size_t count;
	struct str request_number;
	bool may_write;
};
#endif
