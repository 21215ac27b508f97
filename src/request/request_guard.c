/*
 * request_guard.c - what stands against a step that the state allows.
 *
 * One function per verb, each rule with its article. Days are checked here once
 * for all: no step lies in the future, none before the one it follows.
 */
#include "request/case.h"
#include "request/gate.h"

#include "calendar/calendar.h"

#include <assert.h>

bool guard_days(struct err *err, const char *field, enum err_code code, const char *key,
		struct date first, struct date second)
{
	struct ymd a = date_split(first), b = date_split(second);

	return err_set_field(err, field, code, key, "%04d-%02d-%02d|%04d-%02d-%02d", a.year,
			     a.month, a.day, b.year, b.month, b.day);
}

static bool iso(struct err *err, enum err_code code, const char *key, struct date first,
		struct date second)
{
	return guard_days(err, NULL, code, key, first, second);
}

bool guard_text(struct str text, size_t max, const char *field, const char *missing,
		struct err *err)
{
	if (str_trim(text).len == 0)
		return err_set_field(err, field, ERR_INVALID, missing, " ");
	return text.len <= max || err_set_field(err, field, ERR_INVALID, "request.text_too_long",
						"%zu", max);
}

static struct date latest_answer(const struct request_case *c, struct date day)
{
	for (size_t i = 0; i < c->inquiries_count; i++)
		if (date_compare(c->inquiries[i].back_on.v, day) > 0)
			day = c->inquiries[i].back_on.v;
	return day;
}

/* The day before which a step makes no sense. */
static struct date floor_of(const struct request_case *c, const struct request_step *step)
{
	const struct request *r = &c->r;
	struct date day = r->clock_from.known ? r->clock_from.v : r->submitted_on;

	switch (step->verb) {
	case VERB_CONFIRM:
		return r->submitted_on;
	case VERB_RECEIVE_CORRECTION:
		return r->correction_sent_on.v;
	case VERB_CLOSE_INQUIRY:
		return case_answered(c, step) != NULL ? case_answered(c, step)->sent_on : day;
	case VERB_TELL_THIRD:
		return case_overridden(c, step) != NULL ? case_overridden(c, step)->back_on.v : day;
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
		return r->reasons == REASONS_GIVEN   ? c->explanation.given_on.v
		       : r->reasons == REASONS_ASKED ? c->explanation.asked_on
						     : day;
	case VERB_DELAY:
		return c->explanation.judged_on.known ? c->explanation.judged_on.v : day;
	case VERB_APPROVE_EXTENSION:
		return c->has_proposal ? c->proposal.proposed_on : day;
	case VERB_EXTEND:
		return c->has_proposal && c->proposal.decided_on.known ? c->proposal.decided_on.v
								       : day;
	case VERB_FEE_SERVED:
		return c->fee.told_on;
	case VERB_PAY:
		return c->fee.served_on.known ? c->fee.served_on.v : c->fee.told_on;
	case VERB_SERVE:
		return r->decided_on.v;
	case VERB_FILE:
		return r->served_on.v;
	case VERB_DECIDE:
		return latest_answer(c, day);
	case VERB_SPLIT:
	case VERB_TRANSFER:
	case VERB_ASK_CORRECTION:
	case VERB_OPEN_INQUIRY:
	case VERB_ASK_REASONS:
	case VERB_PROPOSE_EXTENSION:
	case VERB_CHARGE:
	case VERB_CLOSE:
	case VERB_AMEND:
	case REQUEST_VERB_COUNT:
		break;
	}
	return day;
}

static bool check_day(struct ctx *ctx, const struct request_case *c,
		      const struct request_step *step, struct err *err)
{
	if (step->verb == VERB_AMEND)
		return true; /* has no day of its own */
	if (date_compare(step->on, ctx->today) > 0)
		return iso(err, ERR_INVALID, "request.in_future", step->on, ctx->today);
	if (date_compare(step->on, floor_of(c, step)) < 0)
		return iso(err, ERR_INVALID, "request.too_early", step->on, floor_of(c, step));
	return true;
}

/* 条例第三十条: within 7 working days of receipt, all points at once, so one notice only. */
static bool guard_correction(struct ctx *ctx, const struct request_case *c,
			     const struct request_step *step, struct err *err)
{
	const struct workday_calendar *calendar;

	if (c->r.correction_sent_on.known)
		return iso(err, ERR_CONFLICT, "request.correction_twice", c->r.correction_sent_on.v,
			   c->r.correction_until.v);
	if (!calendar_current(ctx, &calendar, err))
		return false;
	if (!workday_covers(calendar, step->on))
		return workday_not_published(calendar, step->on, err);
	if (workday_between(calendar, c->r.received_on.v, step->on) > REQUEST_CORRECTION_DAYS)
		return iso(err, ERR_CONFLICT, "request.correction_late", c->r.received_on.v,
			   step->on);
	if (date_compare(step->until, step->on) <= 0)
		return guard_days(err, "until", ERR_INVALID, "request.correction_no_time",
				  step->until, step->on);
	if (step->guidance.len > REQUEST_TEXT_BYTES)
		return err_set_field(err, "guidance", ERR_INVALID, "request.text_too_long", "%d",
				     REQUEST_TEXT_BYTES);
	return step->historical || guard_text(step->text, REQUEST_TEXT_BYTES, "text",
					      "request.no_points", err);
}

/* 条例第三十条: 无正当理由逾期不补正的，视为放弃申请. What is taken late had good reason. */
static bool guard_corrected(const struct request_case *c, const struct request_step *step,
			    struct err *err)
{
	if (step->text.len > REQUEST_TEXT_BYTES)
		return err_set_field(err, "text", ERR_INVALID, "request.text_too_long", "%d",
				     REQUEST_TEXT_BYTES);
	if (date_compare(step->on, c->r.correction_until.v) <= 0 || step->historical)
		return true;
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
			  "request.correction_came_late", err);
}

bool guard_in_time(struct ctx *ctx, const struct request_case *c, struct date on, const char *key,
		   struct err *err)
{
	struct opt_date due;

	if (!clock_due(ctx, c, on, &due, err))
		return false;
	if (due.known && date_compare(on, due.v) > 0)
		return iso(err, ERR_CONFLICT, key, on, due.v);
	return true;
}

static bool in_force(const struct decision_kind *kind, struct date on, struct err *err)
{
	struct ymd d = date_split(on);

	if (request_decision_in_force(kind, on))
		return true;
	return err_set_field(err, "decision", ERR_CONFLICT, "request.kind_not_in_force",
			     STR_FMT "|%04d-%02d-%02d", STR_ARG(kind->label), d.year, d.month,
			     d.day);
}

static bool guard_decide(struct ctx *ctx, const struct request_case *c,
			 const struct request_step *step, struct err *err)
{
	const struct decision_kind *kind = step->kind;

	if (!kind->needs_letter)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.kind_closes", STR_FMT,
				     STR_ARG(kind->label));
	if (!inquiry_guard_decision(c, step, err) || !reasons_guard(ctx, c, step, err))
		return false;
	/* 条例第三十条: still unclear after a correction, so one was asked for and came. */
	if (kind->outcome == OUTCOME_UNABLE_STILL_UNCLEAR && !c->r.correction_sent_on.known)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.correction_not_asked",
				     " ");
	/* 条例第四十五条 asks for a record of 审核 before 答复: gate.h. */
	return in_force(kind, step->on, err) &&
	       (step->historical || gate_check(ctx, &c->r, step->reply, step->digest, err));
}

static bool guard_close(const struct request_case *c, const struct request_step *step,
			struct err *err)
{
	const struct decision_kind *kind = step->kind;

	if (kind->needs_letter)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.kind_decides", STR_FMT,
				     STR_ARG(kind->label));
	if (kind->outcome == OUTCOME_OTHER_OVERDUE_CORRECTION) {
		if (c->r.state != REQUEST_CORRECTING)
			return err_set_field(err, "decision", ERR_CONFLICT,
					     "request.no_correction_awaited", " ");
		if (date_compare(step->on, c->r.correction_until.v) <= 0)
			return iso(err, ERR_CONFLICT, "request.correction_not_over", step->on,
				   c->r.correction_until.v);
	}
	if (kind->outcome == OUTCOME_OTHER_OVERDUE_FEE && !fee_guard_lapse(c, step, err))
		return false;
	return in_force(kind, step->on, err);
}

static bool guard_amend(const struct request_case *c, const struct request_step *step,
			struct err *err)
{
	if (step->reason.len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "request.no_reason", " ");
	if (step->applicant == c->r.applicant && str_equal_c(c->r.decision, step->kind->code))
		return err_set(err, ERR_INVALID, "request.nothing_changes", STR_FMT,
			       STR_ARG(c->r.number));
	return in_force(step->kind, c->r.closed_on.v, err);
}

bool guard_check(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
		 struct err *err)
{
	if (step->reason.len > REQUEST_REASON_BYTES)
		return err_set_field(err, "reason", ERR_INVALID, "request.reason_too_long", "%d",
				     REQUEST_REASON_BYTES);
	if (!check_day(ctx, c, step, err))
		return false;
	switch (step->verb) {
	case VERB_SPLIT:
		return split_guard(ctx, c, step, err);
	case VERB_TRANSFER:
		return transfer_guard(ctx, c, step, err);
	case VERB_ASK_CORRECTION:
		return guard_correction(ctx, c, step, err);
	case VERB_RECEIVE_CORRECTION:
		return guard_corrected(c, step, err);
	case VERB_OPEN_INQUIRY:
	case VERB_CLOSE_INQUIRY:
	case VERB_TELL_THIRD:
		return inquiry_guard(ctx, c, step, err);
	case VERB_ASK_REASONS:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_DELAY:
		return reasons_guard(ctx, c, step, err);
	case VERB_PROPOSE_EXTENSION:
	case VERB_APPROVE_EXTENSION:
	case VERB_EXTEND:
		return extension_guard(ctx, c, step, err);
	case VERB_CHARGE:
	case VERB_FEE_SERVED:
	case VERB_PAY:
		return fee_guard(ctx, c, step, err);
	case VERB_DECIDE:
		return guard_decide(ctx, c, step, err);
	case VERB_CLOSE:
		return guard_close(c, step, err);
	case VERB_AMEND:
		return guard_amend(c, step, err);
	case VERB_CONFIRM:
	case VERB_SERVE:
	case VERB_FILE:
	case REQUEST_VERB_COUNT:
		break;
	}
	return true;
}
