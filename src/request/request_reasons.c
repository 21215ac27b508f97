/*
 * request_reasons.c - 说明理由, 条例第三十五条: who asks in number or frequency beyond
 * reason may be asked why; without good reasons nothing is handled, with good ones the
 * reply may come by a reasonable later day that is told.
 *
 * The law gives these steps no time of their own, so they lie inside the period of
 * Art. 33 and the clock runs on. A unit may have settled (request_practice) that it
 * stands until the reasons come and then runs anew, as after a correction (Art. 30).
 */
#include "request/case.h"

#include "calendar/calendar.h"
#include "request_steps_sql.h"

#include <assert.h>

bool request_explanation_find(struct ctx *ctx, struct request_id id,
			      struct request_explanation *out, bool *found, struct err *err)
{
	struct request_explanation_of_row row;

	if (!request_explanation_of(ctx, &(struct request_explanation_of_in){ .request_id = id },
				    &row, found, err))
		return false;
	if (*found)
		*out = (struct request_explanation){
			.asked_on = row.asked_on,
			.until = row.until_on,
			.since = row.since_on,
			.till = row.till_on,
			.count = (int)row.requests,
			.stands = row.stands,
			.given_on = row.given_on,
			.text = row.reasons.known ? row.reasons.v : STR_NONE,
			.judged_on = row.judged_on,
			.judgement = row.judgement.known ? row.judgement.v : STR_NONE,
			.delayed_until = row.delayed_until,
			.delay_told_on = row.delay_told_on,
		};
	return true;
}

bool reasons_stand(const struct request_case *c)
{
	return c->r.reasons == REASONS_ASKED && c->explanation.stands;
}

enum clock_effect reasons_effect(const struct request_case *c, enum request_verb verb)
{
	if (!c->explanation.stands)
		return CLOCK_NONE;
	switch (verb) {
	case VERB_ASK_REASONS:
		return CLOCK_STANDS;
	case VERB_RECEIVE_REASONS:
		return CLOCK_STARTS;
	default: /* judged without any: the period goes on as if it had never stood */
		return c->explanation.given_on.known ? CLOCK_NONE : CLOCK_RESUMES;
	}
}

/* ---- what stands against it */

static bool guard_ask(struct ctx *ctx, const struct request_case *c,
		      const struct request_step *step, struct err *err)
{
	if (c->r.reasons != REASONS_NONE)
		return guard_days(err, NULL, ERR_CONFLICT, "request.reasons_twice",
				  c->explanation.asked_on, c->explanation.until);
	if (!guard_in_time(ctx, c, step->on, "request.reasons_late", err))
		return false;
	if (date_compare(step->until, step->on) <= 0)
		return guard_days(err, "until", ERR_INVALID, "request.reasons_no_time", step->until,
				  step->on);
	if (step->count < 2)
		return err_set_field(err, "count", ERR_INVALID, "request.reasons_count", "%d",
				     step->count);
	if (date_compare(step->since, step->till) > 0)
		return guard_days(err, "since", ERR_INVALID, "request.reasons_span", step->since,
				  step->till);
	return date_compare(step->till, step->on) <= 0 ||
	       guard_days(err, "till", ERR_INVALID, "request.reasons_span", step->till, step->on);
}

static bool guard_receive(const struct request_case *c, const struct request_step *step,
			  struct err *err)
{
	if (c->r.reasons != REASONS_ASKED)
		return err_set(err, ERR_CONFLICT, "request.no_reasons_awaited", STR_FMT,
			       STR_ARG(reasons_label(c->r.reasons)));
	return guard_text(step->text, REQUEST_TEXT_BYTES, "text", "request.no_words", err);
}

static bool guard_judge(const struct request_case *c, const struct request_step *step,
			struct err *err)
{
	if (c->r.reasons != REASONS_GIVEN && c->r.reasons != REASONS_ASKED)
		return err_set(err, ERR_CONFLICT, "request.no_reasons_to_judge", STR_FMT,
			       STR_ARG(reasons_label(c->r.reasons)));
	/* Silence is no good reason, and it is silence only when the day is over. */
	if (c->r.reasons == REASONS_ASKED && step->agreed)
		return err_set_field(err, "agreed", ERR_CONFLICT, "request.no_reasons_given", " ");
	if (c->r.reasons == REASONS_ASKED && date_compare(step->on, c->explanation.until) <= 0)
		return guard_days(err, NULL, ERR_CONFLICT, "request.reasons_not_over", step->on,
				  c->explanation.until);
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason", "request.no_judgement",
			  err);
}

static bool guard_delay(struct ctx *ctx, const struct request_case *c,
			const struct request_step *step, struct err *err)
{
	const struct workday_calendar *calendar;
	struct opt_date due;

	if (c->r.reasons != REASONS_REASONABLE)
		return err_set(err, ERR_CONFLICT, "request.delay_without_reasons", STR_FMT,
			       STR_ARG(reasons_label(c->r.reasons)));
	if (!guard_in_time(ctx, c, step->on, "request.delay_late", err) ||
	    !calendar_current(ctx, &calendar, err) || !clock_due(ctx, c, step->on, &due, err))
		return false;
	if (!workday_covers(calendar, step->until))
		return workday_not_published(calendar, step->until, err);
	if (due.known && date_compare(step->until, due.v) <= 0)
		return guard_days(err, "until", ERR_INVALID, "request.delay_no_later", step->until,
				  due.v);
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason", "request.no_delay_reason",
			  err);
}

bool reasons_guard(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	switch (step->verb) {
	case VERB_ASK_REASONS:
		return guard_ask(ctx, c, step, err);
	case VERB_RECEIVE_REASONS:
		return guard_receive(c, step, err);
	case VERB_JUDGE_REASONS:
		return guard_judge(c, step, err);
	case VERB_DELAY:
		return guard_delay(ctx, c, step, err);
	default:
		break;
	}
	/* 条例第三十五条: the applicant is heard before 不予处理. */
	assert(step->verb == VERB_DECIDE);
	if (step->kind->outcome != OUTCOME_NOT_PROCESSED_EXCESSIVE || step->historical ||
	    c->r.reasons == REASONS_UNREASONABLE)
		return true;
	return err_set_field(err, "decision", ERR_CONFLICT, "request.reasons_not_judged", STR_FMT,
			     STR_ARG(reasons_label(c->r.reasons)));
}

/* ---- what it changes */

static bool ask(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		struct err *err)
{
	struct request_practice practice;

	if (!request_practice_of(ctx, c->r.unit, &practice, err))
		return false;
	c->r.reasons = REASONS_ASKED;
	c->explanation = (struct request_explanation){ .asked_on = step->on,
						       .until = step->until,
						       .since = step->since,
						       .till = step->till,
						       .count = step->count,
						       .stands = practice.reasons_stop };
	struct request_explanation_insert_in in = { .request_id = c->r.id,
						    .asked_on = step->on,
						    .until_on = step->until,
						    .since_on = step->since,
						    .till_on = step->till,
						    .requests = step->count,
						    .stands = practice.reasons_stop };
	return request_explanation_insert(ctx, &in, NULL, err);
}

bool reasons_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		    struct err *err)
{
	struct request_explanation *e = &c->explanation;
	struct request_explanation_given_in given = { .request_id = c->r.id,
						      .given_on = step->on,
						      .reasons = step->text };
	struct request_explanation_judged_in judged = { .request_id = c->r.id,
							.judged_on = step->on,
							.judgement = step->reason };
	struct request_explanation_delayed_in delayed = { .request_id = c->r.id,
							  .until_on = step->until,
							  .told_on = step->on };

	switch (step->verb) {
	case VERB_ASK_REASONS:
		return ask(ctx, c, step, err);
	case VERB_RECEIVE_REASONS:
		c->r.reasons = REASONS_GIVEN;
		e->given_on = (struct opt_date){ true, step->on };
		given.salt = case_bind(ctx, c, step->text);
		return request_explanation_given(ctx, &given, NULL, err);
	case VERB_JUDGE_REASONS:
		c->r.reasons = step->agreed ? REASONS_REASONABLE : REASONS_UNREASONABLE;
		e->judged_on = (struct opt_date){ true, step->on };
		return request_explanation_judged(ctx, &judged, NULL, err);
	default:
		break;
	}
	assert(step->verb == VERB_DELAY);
	c->r.reasons = REASONS_DELAYED;
	e->delayed_until = (struct opt_date){ true, step->until };
	e->delay_told_on = (struct opt_date){ true, step->on };
	return request_explanation_delayed(ctx, &delayed, NULL, err);
}
