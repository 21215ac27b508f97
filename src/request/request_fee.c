/*
 * request_fee.c - 信息处理费 (条例第四十二条, 国办函〔2020〕109号) as steps of a request: the
 * notice is sent within the period, reaches the applicant, is paid within 20 working days, or
 * lapses.
 *
 * How much it is, is the room of fees' to compute; here stands when.
 */
#include "request/case.h"

#include "calendar/calendar.h"
#include "request_sql.h"

static struct opt_date day_of(struct date d)
{
	return (struct opt_date){ true, d };
}

/* 办法: 自收到收费通知次日起20个工作日内缴纳. */
static bool last_day(struct ctx *ctx, struct date served_on, struct date *out, struct err *err)
{
	const struct workday_calendar *calendar;

	return calendar_current(ctx, &calendar, err) &&
	       workday_due(calendar, served_on, REQUEST_PAY_DAYS, out, err);
}

/* ---- what stands against it */

static bool guard_delivered(struct ctx *ctx, struct date told_on, struct date delivered_on,
			    const char *field, struct err *err)
{
	if (date_compare(delivered_on, told_on) < 0)
		return guard_days(err, field, ERR_INVALID, "request.too_early", delivered_on,
				  told_on);
	return date_compare(delivered_on, ctx->today) <= 0 ||
	       guard_days(err, field, ERR_INVALID, "request.in_future", delivered_on, ctx->today);
}

/* In force from 2021-01-01; decided within the period. */
static bool guard_charge(struct ctx *ctx, const struct request_case *c,
			 const struct request_step *step, struct err *err)
{
	const struct date in_force = date_make(2021, 1, 1);

	if (date_compare(step->on, in_force) < 0)
		return guard_days(err, NULL, ERR_CONFLICT, "request.no_fee_yet", step->on,
				  in_force);
	if (step->fen <= 0)
		return err_set_field(err, "fen", ERR_INVALID, "request.no_amount", " ");
	if (!step->historical && (step->tariff.len == 0 || step->quantity <= 0))
		return err_set(err, ERR_CONFLICT, "request.fee_uncomputed", STR_FMT,
			       STR_ARG(c->r.number));
	if (c->has_fee)
		return err_set(err, ERR_CONFLICT, "request.fee_twice", STR_FMT,
			       STR_ARG(date_iso(ctx->arena, c->fee.told_on)));
	if (step->delivered_on.known &&
	    !guard_delivered(ctx, step->on, step->delivered_on.v, "delivered_on", err))
		return false;
	return guard_in_time(ctx, c, step->on, "request.fee_late", err);
}

/* Recorded wrongly it may be put right, and the ledger says why. */
static bool guard_served(const struct request_case *c, const struct request_step *step,
			 struct err *err)
{
	if (!c->fee.served_on.known)
		return true;
	if (date_compare(step->on, c->fee.served_on.v) == 0)
		return guard_days(err, NULL, ERR_CONFLICT, "request.fee_served_twice", step->on,
				  c->fee.pay_until.v);
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
			  "request.fee_served_again", err);
}

/* 办法: 逾期未缴纳的，视为放弃申请. The last day follows from the day the notice arrived. */
static bool guard_pay(const struct request_case *c, const struct request_step *step,
		      struct err *err)
{
	if (!c->fee.served_on.known)
		return err_set(err, ERR_CONFLICT, "request.fee_not_served", STR_FMT,
			       STR_ARG(c->r.number));
	return date_compare(step->on, c->fee.pay_until.v) <= 0 ||
	       guard_days(err, NULL, ERR_CONFLICT, "request.paid_late", step->on,
			  c->fee.pay_until.v);
}

bool fee_guard(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
	       struct err *err)
{
	if (step->verb == VERB_CHARGE)
		return guard_charge(ctx, c, step, err);
	return step->verb == VERB_FEE_SERVED ? guard_served(c, step, err)
					     : guard_pay(c, step, err);
}

bool fee_guard_lapse(const struct request_case *c, const struct request_step *step,
		     struct err *err)
{
	if (c->r.state != REQUEST_UNPAID)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.no_fee_awaited", " ");
	if (!c->fee.served_on.known)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.fee_not_served",
				     STR_FMT, STR_ARG(c->r.number));
	return date_compare(step->on, c->fee.pay_until.v) > 0 ||
	       guard_days(err, NULL, ERR_CONFLICT, "request.fee_not_over", step->on,
			  c->fee.pay_until.v);
}

/* ---- what it changes */

static bool charge(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	struct opt_date until = { 0 };

	until.known = step->delivered_on.known;
	if (until.known && !last_day(ctx, step->delivered_on.v, &until.v, err))
		return false;
	c->has_fee = true;
	c->fee = (struct request_fee){ .unit = c->r.unit,
				       .tariff = step->tariff,
				       .quantity = step->quantity,
				       .fen = step->fen,
				       .told_on = step->on,
				       .served_on = step->delivered_on,
				       .pay_until = until };
	struct request_fee_insert_in in = { .request_id = c->r.id,
					    .unit_id = c->r.unit,
					    .tariff = step->tariff,
					    .quantity = step->quantity,
					    .fen = step->fen,
					    .told_on = step->on,
					    .served_on = step->delivered_on,
					    .pay_until = until };
	return request_fee_insert(ctx, &in, NULL, err);
}

bool fee_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		struct err *err)
{
	struct request_fee_served_in served = { .request_id = c->r.id, .served_on = step->on };
	struct request_fee_paid_in paid = { .request_id = c->r.id, .paid_on = step->on };

	c->fee_was = c->fee;
	if (step->verb == VERB_CHARGE)
		return charge(ctx, c, step, err);
	if (step->verb == VERB_PAY)
		return request_fee_paid(ctx, &paid, NULL, err);
	if (!last_day(ctx, step->on, &served.pay_until, err))
		return false;
	c->fee.served_on = day_of(step->on);
	c->fee.pay_until = day_of(served.pay_until);
	return request_fee_served(ctx, &served, NULL, err);
}

/* For the ledger. */
void fee_changes(struct arena *a, const struct request_case *c, const struct request_step *step,
		 struct changes *out)
{
	const struct opt_date none = { 0 };

	if (step->verb == VERB_CHARGE) {
		changes_int(a, out, "fen", 0, step->fen);
		changes_day(a, out, "charged_on", none, day_of(step->on));
		changes_text(out, "tariff", STR_NONE, step->tariff);
		changes_int(a, out, "quantity", 0, step->quantity);
	}
	changes_day(a, out, "fee_served_on", c->fee_was.served_on, c->fee.served_on);
	changes_day(a, out, "pay_until", c->fee_was.pay_until, c->fee.pay_until);
}
