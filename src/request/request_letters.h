/*
 * request_letters.h - the letters of the steps on the way: receipt, correction, reasons,
 * extension, inquiries, and closing without a reply. Those of replies are reply/'s, that of
 * the fee is fee/'s.
 *
 * The step and its letter are two acts of one transaction: whoever takes a step for a
 * person asks for the draft too; registers that are imported have had theirs on paper.
 */
#ifndef REQUEST_REQUEST_LETTERS_H
#define REQUEST_REQUEST_LETTERS_H

#include "letter/letter.h"
#include "request/request.h"

enum { REQUEST_STEP_LETTERS_MAX = 2 }; /* an inquiry, and what the applicant is told of it */
struct request_letters {
	struct letter_id ids[REQUEST_STEP_LETTERS_MAX];
	size_t count;
};
/*
 * Drafts what the step calls for, after it was taken; count is 0 for steps without a letter. For a
 * request whose day of receipt is known from the start, the step is VERB_CONFIRM. What the case
 * does not know stays open in the draft, to be filled before it is issued.
 */
NODISCARD bool request_draft_letters(struct ctx *ctx, struct request_id id,
				     const struct request_step *step, struct request_letters *out,
				     struct err *err);
/* Whom letters to the applicant address. */
NODISCARD bool request_addressee(struct ctx *ctx, const struct request *r, struct str *name,
				 enum letter_to *to, struct err *err);
#endif
