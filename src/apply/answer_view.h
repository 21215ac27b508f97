/* answer_view.h - what is drawn of answers told to all, for the public and the desk; private. */
#ifndef APPLY_ANSWER_VIEW_H
#define APPLY_ANSWER_VIEW_H

#include "apply/follow.h"
#include "apply/found.h"
#include "list/list.h"
#include "web/web.h"

struct before_view {
	struct form_state form;
	const struct found *items;
	size_t count;
	struct str content;
};
struct answers_view {
	struct str q;
	bool asked;
	const struct found *items;
	size_t count;
	struct str next;
	struct list_foot foot;
};
struct answer_view {
	struct form_state form;
	const struct answer *a;
	struct str unit;
	bool place_is_link;
};

struct desk_answer_row {
	const struct answer *a;
	struct str unit, number;
};
struct desk_answers_view {
	const struct desk_answer_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
};
struct desk_answer_view {
	struct form_state form;
	const struct answer *a; /* NULL: a new one */
	const struct request *r;
	struct str unit, action;
	struct answer_text text;
	struct str review, reason, why_not; /* why_not: it cannot be told to all */
	bool may_edit, may_publish, may_withdraw, same_person;
};

struct apply_panel_view {
	const struct request *r;
	const struct answer *answer;
	bool has_answer, may_publish, may_see_complaints, may_hand_out;
	const struct follow *follows;
	size_t follows_count, shown; /* shown: of those that the reader may see */
};

/* Of this browser's form, or of address and day: counts an item once. */
NODISCARD bool found_visitor(struct web_request *rq, struct str *out, struct err *err);

web_handler before_page, before_json, answered_post, answers_page, answers_json, answer_page,
	answer_json;
web_handler desk_answers_page, desk_answers_json, desk_answers_file, desk_answer_page,
	desk_answer_json, desk_answer_new_page, desk_answer_new_post, desk_answer_edit_post,
	desk_answer_publish_post, desk_answer_withdraw_post;
#endif
