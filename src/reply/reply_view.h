/*
 * reply_view.h - what the pages of replies draw, and what their handlers share; private to
 * the edge of src/reply.
 */
#ifndef REPLY_REPLY_VIEW_H
#define REPLY_REPLY_VIEW_H

#include "html/parts.h"
#include "letter/letter_panel.h"
#include "reply/reply.h"
#include "request/request_pages.h"

/* ---- one reply */

struct reply_action {
	struct str href, label;
	bool secondary;
	bool last; /* gives the draft up: below everything else */
};
struct reply_fact_line {
	struct str label, value;
	bool missing;
};
struct reply_item_view {
	const struct reply_item *item;
	const struct reply_fact_line *facts;
	size_t facts_count;
	bool asks; /* a question of the aid is open */
};
struct reply_gate_line {
	struct str label, who, remark;
	int64_t at;
	bool needed, there, agrees;
};
struct reply_service_line {
	const struct service *s;
	bool open; /* its signature, or that it failed, may still be recorded */
};
struct reply_page_view {
	struct form_state form;
	const struct request *r;
	const struct reply *reply; /* NULL: none was begun */
	struct str base;	   /* /desk/requests/7/reply */
	bool may_open, edits;
	const struct reply_action *actions;
	size_t actions_count;
	const struct reply_item_view *items;
	size_t items_count;
	struct reply_result result;
	bool may_pick;
	const struct reply_gap *gaps;
	size_t gaps_count;
	const struct letter *letter; /* or NULL */
	const struct reply_gate_line *gates;
	size_t gates_count;
	const struct reply_opinion *opinions;
	size_t opinions_count;
	const struct reply_service_line *services;
	size_t services_count;
	bool may_serve;
	enum reply_timing timing;
	const struct reply *rounds; /* earlier ones */
	size_t rounds_count;
	const struct reply_filing *filing; /* or NULL */
};

/* The section of the case page. */
struct reply_panel_view {
	const struct request *r;
	const struct reply *reply; /* or NULL */
	struct reply_result result;
	const struct letter *letter; /* or NULL */
	size_t opinions_count;
	const struct service *services;
	size_t services_count;
	enum reply_timing timing;
};

/* ---- a page with one form */

enum { REPLY_FORM_FIELDS = 16, REPLY_FORM_LINES = 12 };
struct reply_form_field {
	const struct field *field;
	struct str hint, value;
	const struct choice *choices;
	size_t choices_count;
	bool radios, left_out;
};
/* The facts of one item, in the order of reply_fact_rules. */
struct reply_facts_view {
	struct form_state form;
	const struct request *r;
	const struct reply_item *item;
	struct str action, back;
	int64_t version;
	const struct reply_fact_rule *rules; /* those of the item's decision */
	size_t rules_count;
	struct str values[REPLY_FACTS_MAX];
};
struct reply_form_view {
	struct form_state form;
	const struct request *r;
	struct str title, law, action, back, button;
	int64_t version; /* of the reply, or of the request where there is none */
	struct str lines[REPLY_FORM_LINES]; /* what one should know first */
	size_t lines_count;
	struct reply_form_field fields[REPLY_FORM_FIELDS];
	size_t fields_count;
	const struct reply_item *item; /* whose redactions or answers are listed below, or NULL */
	const struct reply *reply;     /* whose enclosures are */
	bool shows_answers, shows_redactions, shows_enclosures, uploads;
	const struct official *paper;  /* the letter that is being judged, or NULL */
	struct reply_result result;    /* and what it comes to, with the paper */
	const struct reply_record *records; /* the dossier's contents, or NULL */
	size_t records_count;
};

/* ---- waiting replies, settings of units */

struct reply_queue_row {
	const struct reply_waiting *w;
	struct str unit, content;
	bool mine, late;
};
struct reply_queue_view {
	struct str title;
	const struct list_tab *tabs;
	size_t tabs_count;
	const struct reply_queue_row *rows;
	size_t count;
	struct list_foot foot;
	struct str next;
	bool all_units;
};
struct reply_setting_row {
	struct unit_id unit;
	struct str name;
	struct gates gates;
	struct reply_setting setting;
};
struct reply_settings_view {
	const struct reply_setting_row *rows;
	size_t count;
};
struct reply_setting_view {
	struct form_state form;
	struct reply_setting_row row;
	struct str years;
};

/* ---- shared */

struct str reply_base(struct web_request *rq, struct request_id id);
/* The request of the path and its last reply; *found false: none was begun. */
NODISCARD bool reply_of_path(struct web_request *rq, struct request *r, struct reply *reply,
			     bool *found, struct err *err);
/* ERR_CONFLICT "reply.not_allowed": what the stage says against the act. */
NODISCARD bool reply_allowed(const struct request *r, const struct reply *reply,
			     enum reply_verb verb, struct err *err);
const struct reply_item *reply_item_of_path(const struct web_request *rq,
					    const struct reply *reply, struct err *err);

web_handler reply_file_download, reply_unenclose_post;
web_handler reply_page, reply_json, reply_letter_pdf, reply_open_post, reply_submit_post,
	reply_remove_post, reply_unredact_post, reply_dossier_zip;
web_handler reply_form_page, reply_form_post, reply_facts_page, reply_facts_post;
extern const struct field reply_facts_form[], reply_queue_query[];
web_handler reply_queue_page, reply_queue_json, reply_queue_file,
	reply_settings_page, reply_setting_page,
	reply_setting_post;

/* reply_fields_pages.c, reply_acts_pages.c: the fields of each form, and what becomes of them. */
extern const struct field reply_fields_test[], reply_fields_decide[], reply_fields_asked[],
	reply_fields_redact[], reply_fields_pick[], reply_fields_letter[], reply_fields_reason[],
	reply_fields_review[], reply_fields_advise[], reply_fields_return[], reply_fields_sign[],
	reply_fields_again[], reply_fields_serve[], reply_fields_prove[], reply_fields_enclose[],
	reply_fields_failed[], reply_fields_close[], reply_fields_file[];

struct reply_form {
	const char *segment; /* after …/reply/ */
	const struct field *fields;
	struct str title, law, button;
	enum reply_verb verb; /* that the stage must allow; REPLY_VERB_COUNT: none */
	bool (*fill)(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		     struct err *err);
	/* *next: where to go on, if not to the reply. */
	bool (*post)(struct web_request *rq, const struct request *r, struct reply_edit at,
		     struct str *next, struct err *err);
	enum request_verb step; /* that the request's state must allow; REQUEST_VERB_COUNT: none */
};
extern const struct reply_form reply_forms[];
extern const size_t reply_forms_count;
#endif
