/*
 * request_view.h - what the pages of requests draw; private to the edge of src/request.
 */
#ifndef REQUEST_REQUEST_VIEW_H
#define REQUEST_REQUEST_VIEW_H

#include "html/parts.h"
#include "letter/letter.h"
#include "request/import.h"
#include "request/request_pages.h"

/* ---- one step of a request */

struct step_hint { const char *name; struct str hint; };
struct step_page {
	const char *segment; /* last part of the address */
	enum request_verb verb;
	const struct field *form; /* of the POST's route too */
	struct str law; /* what it follows, in the law's words; empty: the transition's rule */
	struct step_hint hints[4];
};
extern const struct step_page request_step_pages[];
extern const size_t request_step_pages_count;
extern const struct field request_form_confirm[], request_form_split[], request_form_transfer[],
	request_form_ask_correction[], request_form_receive_correction[],
	request_form_open_inquiry[], request_form_close_inquiry[], request_form_tell_third[],
	request_form_ask_reasons[], request_form_receive_reasons[], request_form_judge_reasons[],
	request_form_delay[], request_form_propose_extension[], request_form_approve_extension[],
	request_form_extend[], request_form_fee_served[], request_form_pay[],
	request_form_amend[];

enum step_widget { WIDGET_LINE, WIDGET_NUMBER, WIDGET_LINES, WIDGET_RADIOS, WIDGET_SELECT };
struct step_input {
	enum step_widget widget;
	const char *name;
	struct str label, hint, value;
	const struct choice *choices;
	size_t choices_count;
	int width;
	bool required;
};
/* Words of the case that the step is about, such as the points that were to be corrected. */
struct step_words { struct str label, text; };
enum { STEP_INPUTS_MAX = 10, STEP_FACTS_MAX = 12, STEP_WORDS_MAX = 4 };
struct request_step_view {
	struct form_state form;
	const struct request *r;
	struct str title, law, effect, action;
	struct summary_row facts[STEP_FACTS_MAX];
	size_t facts_count;
	struct step_words words[STEP_WORDS_MAX];
	size_t words_count;
	struct step_input inputs[STEP_INPUTS_MAX];
	size_t inputs_count;
};
/* What the officer needs beside the form: days that follow, and what was said before. */
NODISCARD bool request_step_facts(struct ctx *ctx, struct request_step_view *v,
				  enum request_verb verb, struct err *err);

/* ---- the steps on the case's page (request_panel.h) */

struct request_panel_view {
	const struct request *r;
	struct request_correction correction;
	struct request_explanation explanation;
	struct request_extension extension;
	struct str extension_state, whole;
	const struct request_inquiry *inquiries;
	const struct request *parts;
	const struct letter *letters;
	size_t inquiries_count, parts_count, letters_count;
	bool has_points, has_reasons, has_extension, has_parts;
	bool lapsed; /* the correction's period is over: closing is offered */
};

struct request_practice_view {
	struct form_state form;
	struct str correction_days, reasons_days;
	bool reasons_stop;
};
web_handler request_practice_page, request_practice_post;
extern const struct field request_form_practice[];

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
