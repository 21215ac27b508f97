/* apply_view.h - what the citizen's pages draw, and what their handlers share; private. */
#ifndef APPLY_APPLY_VIEW_H
#define APPLY_APPLY_VIEW_H

#include "apply/apply.h"
#include "apply/follow.h"
#include "calendar/working_panel.h"
#include "fee/fee.h"
#include "list/list.h"
#include "reply/reply_panel.h"
#include "web/web.h"

enum { APPLY_CHOICES_MAX = 400 };

struct apply_start_view {
	struct form_state form;
	struct site site;
	struct apply_setting setting;
	bool resume; /* there is a draft */
};
struct apply_line { struct str label, value, href, change; };
struct apply_step_view {
	struct form_state form;
	enum apply_step step;
	struct str action, title, back;
	int number; /* of the step, from 1 */
	bool from_check; /* and back there, once it is changed */
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
	struct apply_setting setting;
	bool no_authority; /* an agent is named, and no paper shows it */
};
struct apply_receipt_view {
	const struct request *r;
	struct form_state form;
	struct str unit, code, office, contact, rule, confirmed, qr_path, url, pdf_href;
	int qr_size;
	bool fresh; /* just sent, by this browser */
};
/* What was typed when the session had ended, carried through showing number and code again. */
struct apply_kept {
	struct str action; /* correct, explain, suggest, complain; empty: nothing is kept */
	struct str text, ground;
};
struct apply_enter_view {
	struct form_state form;
	struct str number;
	struct apply_kept kept;
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
	struct request_explanation explanation;
	bool may_correct, too_late_to_correct, may_explain, may_withdraw, closed;
	bool may_suggest, may_complain;
	struct fee_notice fee;
	bool has_fee;
	struct str text;
	const struct attachment *files;
	size_t files_count;
	const struct reply_letter *letters; /* served ones */
	size_t letters_count;
	bool answer_under_way;
	struct str remedy; /* of the answer served; empty: there is none */
	const struct follow *follows;
	size_t follows_count;
};
struct apply_letter_view {
	const struct letter *l;
	const struct official *paper;
	struct str pdf_href;
};
struct apply_follow_view {
	struct form_state form;
	const struct request *r;
	enum follow_kind kind;
	struct str text, ground, why_not;
	struct choice grounds[FOLLOW_GROUNDS];
};
struct apply_withdraw_view {
	struct form_state form;
	const struct request *r;
	struct str why_not;
};
struct apply_setting_view {
	struct form_state form;
	struct str draft_days, opens, closes, confirm;
	struct choice confirms[APPLY_CONFIRMS];
};
struct desk_follow_row {
	const struct follow *f;
	struct str number, unit, excerpt;
};
struct desk_follows_view {
	enum follow_kind kind;
	const struct desk_follow_row *open, *all;
	size_t open_count, all_count;
	const struct request *waiting; /* for confirmation, too long */
	size_t waiting_count;
	struct str next;
	struct list_foot foot;
	bool all_units;
};
struct desk_follow_view {
	struct form_state form;
	struct desk_follow_row row;
	const struct request *r;
	struct str action, finding, answer;
	struct choice findings[FOLLOW_FINDINGS];
	size_t findings_count;
	bool may_decide, may_publish;
};

extern const struct choice apply_draft_purposes[];
extern const size_t apply_draft_purposes_count;
/* The draft of this browser; of a POST that made one, that one. */
bool apply_draft_of(struct web_request *rq, struct apply_draft *d, bool *found, struct err *err);

struct desk_code_view {
	struct form_state form;
	const struct request *r;
	struct str reason, code; /* code: just made, shown this once */
};

/* The request of this browser's session, or of the POST that has just opened one. */
bool apply_entered(struct web_request *rq, struct request *r, bool *found, struct err *err);
/* Number and code again, with what was typed: the session is over. For machines an error. */
bool apply_enter_again(struct web_request *rq, struct web_reply *rp, struct err *err);
/*
 * The state of the case forbids it, or the day is over: the page with what was typed, so that
 * nobody has to write it again for the office. Nothing may have been written before.
 */
bool apply_refused(struct web_request *rq, struct web_reply *rp, const struct err *why,
		   web_handler *page, struct err *err);
struct apply_kept apply_kept_of(const struct web_request *rq);
bool apply_receipt_of_request(struct web_request *rq, const struct request *r,
			      struct apply_receipt_view *v, struct err *err);
/* For people: 312字节, 48 KB, 1.2 MB. */
struct str apply_size(struct arena *a, int64_t bytes);
void apply_private(struct web_reply *rp);

web_handler apply_start_page, apply_start_json, apply_begin_post, apply_step_page, apply_step_post,
	apply_file_post, apply_file_remove_post, apply_check_page, apply_check_json,
	apply_send_post, apply_receipt_page, apply_receipt_pdf, apply_forget_post;
web_handler apply_progress_page, apply_progress_json, apply_enter_post, apply_leave_post,
	apply_correct_post, apply_explain_post, apply_withdraw_page, apply_withdraw_post,
	apply_file_get, apply_letter_page, apply_letter_pdf, apply_own_receipt_page,
	apply_own_receipt_pdf, apply_clock_page;
web_handler apply_follow_page, apply_follow_post;
web_handler desk_code_page, desk_code_post;
web_handler apply_setting_page, apply_setting_post;
web_handler desk_follows_page, desk_follows_json, desk_follows_file, desk_follow_page,
	desk_follow_json, desk_follow_post;
#endif
