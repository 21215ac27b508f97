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
	REQUEST_CHANGES_MAX = 12,
	REQUEST_NUMBER_BYTES = 100,
	REQUEST_REASON_BYTES = 2000,
};

struct request_case {
	struct request r;
	int64_t changed_seq;
	struct request_inquiry *inquiries; /* oldest first */
	size_t inquiries_count;
	bool has_fee;
	struct request_fee fee;
	int64_t fee_id;
};

/* ERR_NOT_FOUND "request.none". */
NODISCARD bool case_load(struct ctx *ctx, struct request_id id, struct request_case *out,
			 struct err *err);
/* The oldest inquiry without an answer, or NULL. */
struct request_inquiry *case_open_inquiry(const struct request_case *c);

/* request_guard.c: may this step be taken now? err names the rule that stands against it. */
NODISCARD bool guard_check(struct ctx *ctx, const struct request_case *c,
			   const struct request_step *step, struct err *err);

/* request_clock.c: unknown where the calendar ends before it. today: for inquiries still out. */
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
#endif
