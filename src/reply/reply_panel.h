/*
 * reply_panel.h - what other rooms show of a reply: a section of the case page, and what the
 * applicant may see of it.
 */
#ifndef REPLY_REPLY_PANEL_H
#define REPLY_REPLY_PANEL_H

#include "reply/reply.h"
#include "web/web.h"

/* The section 答复 of the case page; nothing before a draft and before a decision. */
NODISCARD bool reply_panel(struct web_request *rq, struct html *h, const struct request *r,
			   struct err *err);

/* The stage of the reply under way; found false: there is none. One statement. */
NODISCARD bool reply_stage_now(struct ctx *ctx, struct request_id request, enum reply_stage *out,
			       bool *found, struct err *err);

/*
 * The letters of a request that its applicant has been sent: issued ones that are told to
 * applicants, oldest first. Never drafts, letters to others, opinions or remarks. served_on: of
 * an answer, the day that counts of its service; unknown while it is under way.
 */
struct reply_letter {
	struct letter_id letter;
	struct str title, number;
	struct date dated;
	bool answer;
	struct opt_date served_on;
	struct reply_enclosure *enclosures; /* of an answer */
	size_t enclosures_count;
};
NODISCARD bool reply_letters_for_applicant(struct ctx *ctx, struct request_id request,
					   struct reply_letter **out, size_t *count,
					   struct err *err);
#endif
