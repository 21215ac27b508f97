/* apply_view.h - what the citizen's pages draw, and what their handlers share; private. */
#ifndef APPLY_APPLY_VIEW_H
#define APPLY_APPLY_VIEW_H

#include "apply/apply.h"
#include "html/parts.h"
#include "web/web.h"

enum { APPLY_CHOICES_MAX = 400 };

struct apply_start_view {
	struct form_state form;
	struct site site;
	bool resume; /* there is a draft */
	struct str units;
};
struct apply_line { struct str label, value, href, change; };
struct apply_step_view {
	struct form_state form;
	enum apply_step step;
	struct str action, title, back;
	int number; /* of the step, from 1 */
	struct str texts[APPLY_FIELD_COUNT];
	struct choice *units;
	size_t units_count;
	bool organisation;
	struct choice classes[APPLICANT_CLASS_COUNT], documents[DOCUMENT_COUNT],
		forms[GIVE_FORM_COUNT], ways[GIVE_WAY_COUNT];
	size_t documents_count;
	const struct attachment *files;
	size_t files_count;
	const struct choice *purposes;
	size_t purposes_count;
};
struct apply_check_view {
	struct form_state form;
	const struct apply_line *lines;
	size_t count;
};
struct apply_receipt_view {
	const struct request *r;
	struct form_state form;
	struct str unit, code, office, contact, rule, confirmed, qr_path, url;
	int qr_size;
};
struct apply_enter_view {
	struct form_state form;
	struct str number;
};
struct apply_progress_view {
	struct form_state form;
	const struct request *r;
	struct str unit, office, contact, says, rule, confirmed, result, applicant;
	enum tag_colour colour;
	struct period_result clock;
	bool has_clock;
	struct str clock_note;
	struct request_correction correction;
	bool may_correct, may_explain, may_withdraw, unpaid, closed;
	struct request_fee fee;
	struct str fee_text, text;
	const struct attachment *files;
	size_t files_count;
};

extern const struct choice apply_draft_purposes[];
extern const size_t apply_draft_purposes_count;
/* The draft of this browser; of a POST that made one, that one. */
bool apply_draft_of(struct web_request *rq, struct apply_draft *d, bool *found, struct err *err);

web_handler apply_start_page, apply_start_json, apply_begin_post, apply_step_page, apply_step_post,
	apply_file_post, apply_file_remove_post, apply_check_page, apply_check_json,
	apply_send_post, apply_receipt_page, apply_forget_post;
web_handler apply_progress_page, apply_progress_json, apply_enter_post, apply_leave_post,
	apply_correct_post, apply_explain_post, apply_withdraw_post, apply_file_get;
#endif
