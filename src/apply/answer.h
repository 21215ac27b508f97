/*
 * answer.h - an answer given to one applicant, told to everybody: 条例第四十四条.
 *
 * An officer writes it anew, for all: never the applicant's words, nobody's name. Somebody else
 * reviews it before it is public (第十七条), and it can be withdrawn with a reason. Only what was
 * given, wholly or in part, and served can be told to all.
 */
#ifndef APPLY_ANSWER_H
#define APPLY_ANSWER_H

#include "request/request.h"

enum {
	ANSWER_TITLE_BYTES = 300,
	ANSWER_TEXT_BYTES = 8000,
	ANSWER_PLACE_BYTES = 600,
	ANSWER_REASON_BYTES = 1000,
};
struct answer_id {
	int64_t n;
};
struct answer_text {
	struct str title;  /* what the information is */
	struct str answer; /* what was answered */
	struct str place;  /* address of a page, or where it lies; may be empty */
};
enum answer_state { ANSWER_DRAFT, ANSWER_PUBLIC, ANSWER_WITHDRAWN };
struct answer {
	struct answer_id id;
	struct request_id request;
	struct unit_id unit;
	struct answer_text text;
	struct date answered_on;
	enum answer_state state;
	struct str review, drafted_person, reviewed_person, reason;
	int64_t drafted_by; /* account */
	struct opt_date public_on, withdrawn_on;
	int64_t version;
};
struct str answer_state_code(enum answer_state s);
struct str answer_state_label(enum answer_state s);

/* May the answer to this request be told to all? err says why not. One at a time of a request. */
NODISCARD bool answer_may(struct ctx *ctx, const struct request *r, struct err *err);
/* ERR_INVALID "answer.names_applicant", "answer.number" with the field that names somebody. */
NODISCARD bool answer_draft(struct ctx *ctx, struct request_id request,
			    const struct answer_text *text, struct answer_id *id, struct err *err);
NODISCARD bool answer_edit(struct ctx *ctx, struct answer_id id, int64_t version,
			   const struct answer_text *text, struct err *err);
/* By another person than the one who wrote it last. review: who found what, in a sentence. */
NODISCARD bool answer_publish(struct ctx *ctx, struct answer_id id, int64_t version,
			      struct str review, struct err *err);
/* Of a draft or a public one. */
NODISCARD bool answer_withdraw(struct ctx *ctx, struct answer_id id, struct str reason,
			       struct err *err);

NODISCARD bool answer_find(struct ctx *ctx, struct answer_id id, struct answer *out,
			   struct err *err); /* ERR_NOT_FOUND "answer.none" */
/* The one that is not withdrawn. */
NODISCARD bool answer_of(struct ctx *ctx, struct request_id request, struct answer *out,
			 bool *found, struct err *err);
/* Newest first; before: the id the last page ended with, 0 for the first. unit unknown: all. */
NODISCARD bool answer_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			   struct answer **out, size_t *count, struct err *err);
NODISCARD bool answer_list_public(struct ctx *ctx, int64_t before, size_t max,
				  struct answer **out, size_t *count, struct err *err);
#endif
