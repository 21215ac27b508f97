/*
 * casework_view.h - what the pages of the desk draw; private to the edge of src/casework.
 */
#ifndef CASEWORK_CASEWORK_VIEW_H
#define CASEWORK_CASEWORK_VIEW_H

#include "attachment/attachment.h"
#include "calendar/working_panel.h"
#include "casework/alike.h"
#include "casework/desk.h"
#include "casework/filter.h"
#include "casework/timeline.h"
#include "html/parts.h"
#include "identity/identity.h"
#include "notice/inbox.h"
#include "request/request_pages.h"

/* ---- the register */

struct saved_row { const struct case_filter *f; struct str href; };
/* Filters that one keeps, and the form that keeps one more. */
struct filters_view {
	struct form_state form;
	const struct saved_row *rows;
	size_t count;
	struct str what; /* the filter in words; empty: there is none to keep */
	struct str name, state, year, number, unit, order;
};

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
	struct list_foot foot;
	struct choice *states, *units;
	size_t states_count, units_count;
	struct str state, unit, year, number;
	int64_t open, late;
	bool all_units, may_write, may_import, filtered;
	const struct list_tab *facets;
	size_t facets_count;
	const struct saved_row *saved;
	size_t saved_count;
	struct str keep_href; /* to the page that keeps this filter */
};

/* ---- one request */

struct alike_row {
	const struct request *r;
	struct str result, applicant; /* applicant: same person, or empty */
	int score;
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
	const struct history_line *history;
	size_t history_count;
	const struct request_action *actions;
	size_t actions_count;
	const struct request_action *next; /* the one step that leads on, or NULL */
	struct str step; /* its name where it is another's to take; or empty */
	enum case_card card;
	struct case_person handler;
	const struct case_note *notes;
	size_t notes_count;
	const struct task_row *tasks;
	size_t tasks_count, tasks_open;
	const struct order_row *orders;
	size_t orders_count;
	const struct alike_row *alike;
	size_t alike_count;
	struct hint hint;
	bool has_hint;
	struct str applicant; /* masked */
	bool may_claim, may_assign, may_return, may_note, may_ask, may_remind, may_order;
	struct form_state form;
};

/* ---- an act besides the steps of the law */

struct act_view {
	struct form_state form;
	const struct request *r;
	struct str title, hint, action, text_label;
	bool has_people, has_reason, has_text, has_asked, has_due, reason_needed;
	struct choice *people, *units;
	size_t people_count, units_count;
	struct str to, reason, text, unit, office, question, due_on;
};

/* ---- the desk's first page */

enum { PANEL_LISTS = 3 };
struct panel_row { const struct request *r; struct str content; enum case_card card; };
struct panel_list {
	struct str title, href;
	int64_t all;
	struct panel_row *rows;
	size_t count;
};
struct panel_view {
	struct panel_list lists[PANEL_LISTS];
	size_t count;
};

/* ---- queues, and who has how much */

struct queue_row {
	const struct request *r;
	struct str unit, handler, content, applicant;
	enum tag_colour colour;
	enum case_card card;
};
struct queue_view {
	struct form_state form;
	const struct list_tab *tabs;
	size_t tabs_count;
	struct str title;
	const struct queue_row *rows;
	size_t count;
	struct list_foot foot;
	struct str after; /* where the next page begins */
	struct opt_date next;
	bool all_units;
};
struct workload_view {
	struct form_state form;
	struct str unit;
	const struct desk_load *rows;
	size_t count;
	bool may_move;
	struct choice *people, *targets;
	size_t people_count;
	struct str from, to, reason;
};

/* ---- what is asked of others, letters of supervision */

struct task_row {
	const struct case_task *t;
	struct str number, asking, unit;
	bool late;
};
struct task_list_view {
	const struct task_row *open, *all;
	size_t open_count, all_count;
	struct str next;
	struct list_foot foot;
};
struct task_view {
	struct form_state form;
	struct task_row row;
	struct str content, answer, reason;
	bool may_answer, may_chase, may_open, may_attach;
	const struct attachment *files;
	size_t files_count;
};
struct order_row {
	const struct case_order *o;
	struct str number, unit, request_number;
	bool late;
};
struct order_list_view {
	const struct order_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
	bool may_issue;
};
struct order_view {
	struct form_state form;
	struct order_row row;
	struct str answer, due_on, reason;
	bool may_answer, may_judge;
};
struct order_new_view {
	struct form_state form;
	struct choice *units;
	size_t units_count;
	struct str unit, text, due_on;
};
struct cards_view {
	struct form_state form;
	struct str yellow, black;
};

struct hint_row {
	const struct hint *h;
	struct str number, content;
};
struct hints_view {
	struct form_state form;
	const struct hint_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
	bool may_settle;
	struct str reason;
};

/* ---- registering */

struct intake_view {
	struct form_state form;
	struct str unit;
	struct choice channels[CHANNEL_COUNT], applicants[APPLICANT_CLASS_COUNT];
	struct choice documents[DOCUMENT_COUNT + 1], forms[GIVE_FORM_COUNT], ways[GIVE_WAY_COUNT];
	struct choice *people; /* nobody first */
	size_t people_count;
	struct str channel, applicant, submitted_on, confirmed_on, content, number;
	struct str name, document, document_no, phone, email, address, postcode, contact_person,
		agent_name, agent_document_no, wanted_form, wanted_way, handler;
	const struct alike_row *alike; /* earlier ones, after the first try */
	size_t alike_count;
	const struct inbox_mail *mail; /* the mail it is registered from, or NULL */
	size_t mail_files;
};

/* ---- shared by the handlers */

enum tag_colour card_colour(enum case_card card);
struct task_row task_row_of(const struct case_task *t, const struct request_units *units,
			    struct str number, struct date today);
struct order_row order_row_of(struct arena *a, const struct case_order *o,
			      const struct request_units *units, struct str request_number,
			      struct date today);
/* The requests that are alike, with what was decided, and whether the same person asked. */
NODISCARD bool alike_rows_of(struct web_request *rq, struct identity_id applicant,
			     const struct alike *list, size_t count, struct alike_row **out,
			     struct err *err);
/* The first characters of a text, in one line of a list. */
struct str excerpt_of(struct arena *a, struct str text);

/* Registering from a mail of the pen: what it tells fills the form when it is opened. */
NODISCARD bool intake_from_mail(struct web_request *rq, struct intake_view *v, struct err *err);
/* Its files become the request's, and the mail belongs to it. Nothing if there is no mail. */
NODISCARD bool intake_take_mail(struct web_request *rq, struct request_id id, struct err *err);

web_handler filters_page, filter_post, filter_delete_post;
web_handler register_page, register_json, register_file;
web_handler case_page, case_json;
web_handler intake_page, intake_post;
web_handler act_page, act_post, claim_post;
web_handler queue_page, queue_json, queue_file;
web_handler workload_page, workload_json, hand_over_post;
web_handler task_list_page, task_list_json, task_list_file, task_page, task_answer_post,
	task_remind_post, task_file_post, task_file_download, task_withdraw_post;
web_handler order_list_page, order_list_json, order_list_file, order_new_page, order_new_post,
	order_page, order_answer_post, order_close_post, order_back_post;
web_handler bundle_page, bundle_prepare, bundle_post;
extern const struct field bundle_fields[];
web_handler cards_page, cards_post, hints_page, hints_file, hint_post;
extern const struct field register_query[], queue_query[], filters_query[], filter_form[];
/* The filters that the actor keeps, each with its address. */
NODISCARD bool saved_rows(struct web_request *rq, const struct saved_row **out, size_t *count,
			  struct err *err);
#endif
