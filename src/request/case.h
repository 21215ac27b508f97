/*
 * case.h - one request with everything its next step depends on; private to
 * src/request. Loaded whole, changed in memory, written once.
 */
#ifndef REQUEST_CASE_H
#define REQUEST_CASE_H

#include "ledger/ledger.h"
#include "request/request.h"

enum {
	REQUEST_DAYS = 20,	      /* 条例第三十三条第二款 */
	REQUEST_CORRECTION_DAYS = 7,  /* 条例第三十条 */
	REQUEST_EXTENSION_MAX = 20,   /* 条例第三十三条第二款 */
	REQUEST_PAY_DAYS = 20,	      /* 信息处理费管理办法: 收到收费通知次日起20个工作日 */
	REQUEST_INQUIRY_DAYS = 15,    /* 条例第三十二条、第三十四条 */
	REQUEST_PARTS_MAX = 20,	      /* of one form; ours */
	REQUEST_CHANGES_MAX = 18,
	REQUEST_NUMBER_BYTES = 100,
	REQUEST_REASON_BYTES = 2000,
	REQUEST_TARGET_BYTES = 300,
	REQUEST_TEXT_BYTES = 20000, /* what is asked, and what came back */
};

struct request_case {
	struct request r;
	int64_t changed_seq;
	struct request_inquiry *inquiries; /* oldest first */
	size_t inquiries_count;
	bool has_fee;
	struct request_fee fee, fee_was; /* fee_was: before the step */
	struct request_explanation explanation; /* unless r.reasons is REASONS_NONE */
	bool has_proposal;			/* loaded for the verbs of the extension only */
	struct request_extension proposal;
	struct str commitment; /* to words of this step that are kept beside the chain */
};

/* ERR_NOT_FOUND "request.none". */
NODISCARD bool case_load(struct ctx *ctx, struct request_id id, struct request_case *out,
			 struct err *err);
/* The oldest inquiry without an answer, or NULL. */
struct request_inquiry *case_open_inquiry(const struct request_case *c);
/* The open one that a step answers, by its id or else the oldest; or NULL. */
struct request_inquiry *case_answered(const struct request_case *c,
				      const struct request_step *step);
/* The third party's refusal that a step overrides, by its id or else the first; or NULL. */
struct request_inquiry *case_overridden(const struct request_case *c,
					const struct request_step *step);

/* request_guard.c: may this step be taken now? err names the rule that stands against it. */
NODISCARD bool guard_check(struct ctx *ctx, const struct request_case *c,
			   const struct request_step *step, struct err *err);

/* Two days as the facts of an error. */
bool guard_days(struct err *err, const char *field, enum err_code code, const char *key,
		struct date first, struct date second);
/* ERR_CONFLICT key, with both days, when `on` lies past the day the reply is due. */
NODISCARD bool guard_in_time(struct ctx *ctx, const struct request_case *c, struct date on,
			     const char *key, struct err *err);
/* A text that a step needs, within its limit. */
NODISCARD bool guard_text(struct str text, size_t max, const char *field, const char *missing,
			  struct err *err);

/*
 * The matters of the law, each a file: what stands against a step (…_guard), and what it changes
 * (…_change), in memory and beside the row of the request.
 */
/* request_correction.c */
NODISCARD bool correction_change(struct ctx *ctx, struct request_case *c,
				 const struct request_step *step, struct err *err);
/* request_inquiry.c */
NODISCARD bool inquiry_guard(struct ctx *ctx, const struct request_case *c,
			     const struct request_step *step, struct err *err);
NODISCARD bool inquiry_change(struct ctx *ctx, struct request_case *c,
			      const struct request_step *step, struct err *err);
NODISCARD bool inquiry_guard_decision(const struct request_case *c, const struct request_step *step,
				      struct err *err);
/* request_reasons.c */
NODISCARD bool reasons_guard(struct ctx *ctx, const struct request_case *c,
			     const struct request_step *step, struct err *err);
NODISCARD bool reasons_change(struct ctx *ctx, struct request_case *c,
			      const struct request_step *step, struct err *err);
enum clock_effect reasons_effect(const struct request_case *c, enum request_verb verb);
bool reasons_stand(const struct request_case *c); /* no day counts before they come */
/* request_extension.c */
NODISCARD bool extension_load(struct ctx *ctx, struct request_case *c, struct err *err);
NODISCARD bool extension_guard(struct ctx *ctx, const struct request_case *c,
			       const struct request_step *step, struct err *err);
NODISCARD bool extension_change(struct ctx *ctx, struct request_case *c,
				const struct request_step *step, struct err *err);
/* request_fee.c */
NODISCARD bool fee_guard(struct ctx *ctx, const struct request_case *c,
			 const struct request_step *step, struct err *err);
NODISCARD bool fee_guard_lapse(const struct request_case *c, const struct request_step *step,
			       struct err *err);
NODISCARD bool fee_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
			  struct err *err);
/* request_split.c */
NODISCARD bool split_guard(struct ctx *ctx, const struct request_case *c,
			   const struct request_step *step, struct err *err);
NODISCARD bool split_change(struct ctx *ctx, struct request_case *c,
			    const struct request_step *step, struct err *err);
/* request_transfer.c */
NODISCARD bool transfer_guard(struct ctx *ctx, const struct request_case *c,
			      const struct request_step *step, struct err *err);
NODISCARD bool transfer_change(struct ctx *ctx, struct request_case *c,
			       const struct request_step *step, struct err *err);
/* request_intake.c: the next of the unit's series; one given by hand is passed over. */
NODISCARD bool intake_next_number(struct ctx *ctx, const struct unit *unit, struct str *number,
				  struct err *err);
NODISCARD bool intake_number_taken(struct ctx *ctx, struct unit_id unit, struct str number,
				   bool *taken, struct err *err);

/* A fresh salt, kept beside the words; the commitment goes into the step's event. */
struct str case_bind(struct ctx *ctx, struct request_case *c, struct str words);

/* request_clock.c: no day counts until the applicant has acted. */
bool clock_stands(const struct request_case *c);
/* Unknown where the calendar ends before it. today: for inquiries still out. */
NODISCARD bool clock_due(struct ctx *ctx, const struct request_case *c, struct date today,
			 struct opt_date *due, struct err *err);
NODISCARD bool clock_period(struct ctx *ctx, const struct request_case *c, struct date today,
			    struct period *out, struct err *err);

/* What the ledger says of a step. */
struct changes {
	struct ledger_change list[REQUEST_CHANGES_MAX];
	size_t count;
};
void changes_text(struct changes *c, const char *field, struct str before, struct str after);
void changes_day(struct arena *a, struct changes *c, const char *field, struct opt_date before,
		 struct opt_date after);
void changes_int(struct arena *a, struct changes *c, const char *field, int64_t before,
		 int64_t after);
/* request_fee.c */
void fee_changes(struct arena *a, const struct request_case *c, const struct request_step *step,
		 struct changes *out);
#endif
