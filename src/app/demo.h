/*
 * demo.h - the sample year: a district's year played through the program's own
 * verbs with the program's clock, ending in the published figures.
 *
 * How many of each (applicant class by outcome, proceedings by route and outcome,
 * table 二) is data: the CSV files of samples/yuexiu-2020. When and how each came, was
 * handled and answered is drawn from a seed number, so that the same seed gives
 * the same site. All persons are invented and plainly named so.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/site.h"
#include "reply/reply.h"
#include "dispute/dispute.h"
#include "statistics/form.h"

/* The year after it is in the calendar too: what is begun in December can end. */
enum { DEMO_YEAR_FIRST = 2020, DEMO_YEAR_LAST = 2025 };

struct demo_options {
	uint64_t seed;
	int year;	/* of the figures: 2020 */
	int times; /* the year again and again, over the years from `year` on: load data */
	/* done and all count acts; may be NULL. */
	void (*progress)(void *arg, int64_t done, int64_t all);
	void *arg;
};

/* Plays into an empty site. ERR_CONFLICT "app.demo_not_empty" if it has units already. */
NODISCARD bool demo_play(struct data_site *site, struct arena *a, const struct demo_options *o,
			 struct err *err);

/* ---- the plan, for demo_play and its tests */

enum act_kind {
	ACT_REGISTER,
	ACT_CONFIRM,
	ACT_ASK_CORRECTION,
	ACT_CORRECTED,
	ACT_INQUIRE,
	ACT_INQUIRED,
	ACT_EXTEND,
	ACT_DECIDE,
	ACT_CLOSE,
	ACT_SERVE,
	ACT_FILE,
	ACT_DISPUTE_OPEN,
	ACT_DISPUTE_RECEIVE,
	ACT_DISPUTE_ANSWER,
	ACT_DISPUTE_HEARD,
	ACT_DISPUTE_CONCLUDE,
	ACT_DISPUTE_REDO,
};
/* One verb on one day; acts of a day run in order of request. */
struct act {
	struct date day;
	uint32_t subject; /* index into requests or disputes of the plan */
	uint8_t kind;
	uint8_t number;	  /* days of an extension, kind of an inquiry */
};
struct planned_request {
	uint16_t unit; /* index of the demo's units */
	uint8_t channel, applicant, outcome; /* outcome: OUTCOME_COUNT if it stays open */
	bool other_kind; /* of two decision kinds with this outcome, the second */
	uint16_t topic, serial;
	struct date submitted, received;
	struct request_id id;  /* once registered */
};
struct planned_dispute {
	uint32_t number, request; /* its own index, and the request's */
	uint8_t route, outcome; /* outcome: DISPUTE_OUTCOME_COUNT if pending */
	struct date accepted, received, answered, heard, concluded;
	struct dispute_id id;
};
struct demo_plan {
	struct planned_request *requests;
	size_t requests_count;
	struct planned_dispute *disputes;
	size_t disputes_count;
	struct act *acts;
	size_t acts_count;
};
struct demo_unit { const char *code, *name, *short_name; enum unit_kind kind; };
extern const struct demo_unit demo_units[];
extern const size_t demo_units_count;
extern const char *const demo_topics[];
extern const size_t demo_topics_count;

/* The people of a unit, as they act; sample accounts of their own, one for each gate. */
struct demo_staff { struct actor clerk, reviewer, adviser, signer; };
NODISCARD bool demo_staff_of(struct ctx *ctx, struct arena *a, size_t unit, struct demo_staff *out,
			     struct err *err);
/* 申请人甲〇一: who asked, plainly invented. */
struct str demo_applicant(struct arena *a, const struct planned_request *r);
NODISCARD bool demo_identity(struct ctx *ctx, const struct planned_request *r,
				 struct identity_id *id, struct err *err);
/* Once more after a decision that ordered it; the round is opened by then. */
NODISCARD bool demo_reply_again(struct ctx *ctx, const struct planned_request *r,
				const struct demo_staff *staff, struct err *err);
/* One act of a proceeding. plain: load data, without papers and new answers. demo_dispute.c */
NODISCARD bool demo_dispute(struct ctx *ctx, const struct planned_request *r,
			    struct planned_dispute *d, const struct demo_staff *staff,
			    const struct act *act, bool plain, struct err *err);
/* From the empty draft to the signed letter, today. */
NODISCARD bool demo_reply(struct ctx *ctx, const struct planned_request *r,
			  const struct demo_staff *staff, const struct decision_kind *kind,
			  struct err *err);
/* As far as the stage, which is before the signature. */
NODISCARD bool demo_reply_to(struct ctx *ctx, const struct planned_request *r,
			     const struct demo_staff *staff, enum reply_stage stage,
			     struct err *err);
NODISCARD bool demo_close(struct ctx *ctx, const struct planned_request *r,
			  const struct demo_staff *staff, const struct decision_kind *kind,
			  struct err *err);
NODISCARD bool demo_serve(struct ctx *ctx, const struct planned_request *r,
			  const struct demo_staff *staff, struct err *err);
NODISCARD bool demo_file(struct ctx *ctx, const struct planned_request *r,
			 const struct demo_staff *staff, struct err *err);

NODISCARD bool demo_plan_make(struct arena *a, const struct demo_options *o, struct demo_plan *out,
			      struct err *err);
/*
 * The value of table3.csv at a line and column key, of table4.csv at route and outcome; asserts
 * that it is there.
 */
int64_t demo_cell3(struct arena *a, struct str line, struct str column);
int64_t demo_cell4(struct arena *a, struct str route, struct str outcome);
NODISCARD bool demo_setup(struct ctx *ctx, struct arena *a, const struct demo_options *o,
			  struct str *accounts_text, struct err *err);
/* The year's reports, of all units but two and of the government, published through the verbs. */
NODISCARD bool demo_reports(struct ctx *ctx, int year, struct err *err);
/*
 * In the spring of `year`: an answer told to all, a suggestion, a complaint; staff in the order of
 * demo_units. demo_follow.c
 */
NODISCARD bool demo_follow(struct ctx *ctx, const struct demo_plan *plan,
			   const struct demo_staff *staff, int year, struct err *err);
/* Letterheads of the units, in the order of demo_units; organs and courts. demo_letters.c */
NODISCARD bool demo_letterheads(struct ctx *ctx, const struct unit_id *ids, struct err *err);
#endif
