/* amendment_view.h - what the pages of corrections draw; private to the edge of src/amendment. */
#ifndef AMENDMENT_AMENDMENT_VIEW_H
#define AMENDMENT_AMENDMENT_VIEW_H

#include "amendment/amendment.h"
#include "attachment/attachment.h"
#include "html/parts.h"
#include "letter/letter.h"
#include "list/list.h"

enum { AMENDMENT_UNITS_MAX = 500 };

/* The form: the desk's, with channel and day, or the citizen's, with the unit to choose. */
struct amendment_form_view {
	struct form_state form;
	bool desk;
	struct choice channels[CHANNEL_COUNT], documents[DOCUMENT_COUNT];
	const struct choice *units;
	size_t units_count;
	struct str unit, channel, received_on, record, wrong, evidence, class, name, document,
		document_no, phone, email, address;
};
struct amendment_list_view {
	struct form_state form;
	const struct amendment *rows;
	const struct str *units;
	size_t count;
	struct str next;
	struct list_foot foot;
	struct date today;
	struct str days;
	bool may_write, may_settle;
};
struct amendment_page_view {
	struct form_state form;
	struct amendment a;
	struct str unit, applicant, origin, act, result, finding, target, target_unit, on;
	const struct letter *letter; /* NULL: none */
	const struct attachment *files;
	size_t files_count;
	const struct choice *units;
	size_t units_count;
	bool late, may_write, may_sign;
};
struct amendment_told_view {
	struct form_state form;
	const struct amendment *a; /* NULL: asks for number and code */
	struct amendment next;	   /* what it became where it was passed on to */
	bool has_next;
	struct str unit, number, code;
	struct letter letter; /* that was served, if there is one */
	bool has_letter;
	const struct official *paper;
};

extern const struct field amendment_desk_form[], amendment_public_form[];
/* What both forms share. *who: of identity_add; *file: what was brought along, if anything. */
void amendment_form_fill(struct web_request *rq, struct amendment_form_view *v);
NODISCARD bool amendment_units(struct web_request *rq, const struct choice **out, size_t *count,
			       struct err *err);
NODISCARD bool amendment_take(struct web_request *rq, struct amendment_new *in,
			      enum attachment_bringer bringer, struct amendment_id *id,
			      struct err *err);

/* The receipt with its code, and a session for who sent it. */
NODISCARD bool amendment_tell_new(struct web_request *rq, struct web_reply *rp,
				  struct amendment_told_view *v, struct err *err);

web_handler amendment_progress_json, amendment_leave_post, amendment_letter_page,
	amendment_letter_pdf;
web_handler amendment_public_page, amendment_public_post, amendment_progress_page,
	amendment_progress_post;
#endif
