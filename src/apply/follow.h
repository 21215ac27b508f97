/*
 * follow.h - what an applicant sends after the request: a suggestion to make public what it was
 * given (条例第四十四条第二款), a complaint (第四十七条第二款, 第五十一条).
 *
 * A suggestion is decided by the unit that gave the information, a complaint by the body in charge
 * (主管部门); the law sets neither a day. Both are decided once, with an answer that the applicant
 * reads. Words are sealed (base/vault.h) and stand in the ledger by commitments; a complaint stands
 * there on its own, not in the story of the case, which those complained of read.
 */
#ifndef APPLY_FOLLOW_H
#define APPLY_FOLLOW_H

#include "letter/letter.h"
#include "request/request.h"

enum {
	FOLLOW_TEXT_BYTES = 12000,
	FOLLOW_ANSWER_BYTES = 8000,
	FOLLOW_OPEN_MAX = 3, /* complaints of one request that wait for an answer [design] */
	FOLLOW_MAX = 20,     /* of one request in all [design] */
};
struct follow_id {
	int64_t n;
};
enum follow_kind { FOLLOW_SUGGESTION, FOLLOW_COMPLAINT, FOLLOW_KINDS };
enum follow_ground {
	GROUND_NONE,	      /* of a suggestion */
	GROUND_NOT_PUBLISHED, /* Art. 47(2): not published as required */
	GROUND_NOT_ANSWERED,  /* Art. 47(2): the request not answered as the law says */
	GROUND_RIGHTS,	      /* Art. 51: lawful rights infringed */
	FOLLOW_GROUNDS
};
enum follow_finding {
	FINDING_OPEN,
	FINDING_ACCEPTED, /* a suggestion: it belongs to what is published, and is or will be */
	FINDING_REFUSED,
	FINDING_UPHELD, /* a complaint: true (查证属实), the unit is pressed for correction */
	FINDING_NOT_UPHELD,
	FOLLOW_FINDINGS
};
struct str follow_kind_code(enum follow_kind k);
struct str follow_kind_label(enum follow_kind k);
struct str follow_ground_code(enum follow_ground g);
struct str follow_ground_label(enum follow_ground g);
bool follow_ground_from(struct str code, enum follow_ground *out);
struct str follow_finding_code(enum follow_finding f); /* empty while open */
struct str follow_finding_label(enum follow_finding f);
bool follow_finding_from(struct str code, enum follow_finding *out);
enum follow_kind follow_finding_kind(enum follow_finding f); /* which of the two it decides */

struct follow {
	struct follow_id id;
	enum follow_kind kind;
	struct request_id request;
	struct unit_id unit; /* who decides */
	enum follow_ground ground;
	struct str text, answer;
	int64_t submitted_at;
	struct date submitted_on;
	enum follow_finding finding;
	struct opt_date decided_on;
	struct str decided_person;
	int64_t version;
};

/* May the applicant send one now? err says why not. */
NODISCARD bool follow_may(struct ctx *ctx, const struct request *r, enum follow_kind kind,
			  struct err *err);
struct follow_new {
	enum follow_kind kind;
	struct request_id request;
	enum follow_ground ground;
	struct str text;
	struct str form_id; /* sending the same form twice is sending it once */
};
NODISCARD bool follow_send(struct ctx *ctx, const struct follow_new *in, struct follow_id *id,
			   struct err *err);
/*
 * By the unit of a suggestion, by the body in charge of a complaint; that the actor may is the
 * route's to ask. Of a suggestion the letter 建议纳入主动公开的答复 is drafted too; letter 0: none.
 */
NODISCARD bool follow_decide(struct ctx *ctx, struct follow_id id, int64_t version,
			     enum follow_finding finding, struct str answer,
			     struct letter_id *letter, struct err *err);

/*
 * When a case is old enough to forget its people: `word` in the place of everything they and the
 * office wrote. Kind, ground, days and finding stay; the event is the caller's.
 */
NODISCARD bool follow_erase(struct ctx *ctx, struct request_id request, struct str word,
			    struct err *err);

NODISCARD bool follow_find(struct ctx *ctx, struct follow_id id, struct follow *out,
			   struct err *err); /* ERR_NOT_FOUND "follow.none" */
/* Of one request, oldest first. */
NODISCARD bool follow_list_of(struct ctx *ctx, struct request_id request, struct follow **out,
			      size_t *count, struct err *err);
/* To decide, oldest first; and all, newest first. unit unknown: the whole site. */
NODISCARD bool follow_list_open(struct ctx *ctx, enum follow_kind kind, struct opt_int unit,
				size_t max, struct follow **out, size_t *count, struct err *err);
enum { FOLLOW_COUNT_MAX = 100 }; /* there are this many, or more */
NODISCARD bool follow_count_open(struct ctx *ctx, enum follow_kind kind, struct opt_int unit,
				 int64_t *count, struct err *err);
NODISCARD bool follow_list(struct ctx *ctx, enum follow_kind kind, struct opt_int unit,
			   int64_t before, size_t max, struct follow **out, size_t *count,
			   struct err *err);
#endif
