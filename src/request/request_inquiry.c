/*
 * request_inquiry.c - asking others: third parties whose rights are touched (条例第三十二条),
 * those who made the information jointly (第三十四条), other agencies it concerns (第十一条).
 *
 * Third parties and joint makers have 15 working days from the day after the letter
 * reached them; as long as that day is not known, from the day after it was sent,
 * which is the earlier end and so the safe one. Other agencies have no limit by law.
 */
#include "request/case.h"

#include "calendar/calendar.h"
#include "request_sql.h"

#include <assert.h>

struct request_inquiry *case_answered(const struct request_case *c, const struct request_step *step)
{
	for (size_t i = 0; i < c->inquiries_count; i++)
		if (!c->inquiries[i].back_on.known &&
		    (step->inquiry_id == 0 || c->inquiries[i].id == step->inquiry_id))
			return &c->inquiries[i];
	return NULL;
}

static bool refuses(const struct request_inquiry *q)
{
	return q->has_answer && (q->answer == INQUIRY_REFUSES_WITH_REASONS ||
				 q->answer == INQUIRY_REFUSES_BARE);
}

struct request_inquiry *case_overridden(const struct request_case *c,
					const struct request_step *step)
{
	for (size_t i = 0; i < c->inquiries_count; i++) {
		struct request_inquiry *q = &c->inquiries[i];
		if (q->kind == INQUIRY_THIRD_PARTY && refuses(q) && !q->told_on.known &&
		    (step->inquiry_id == 0 || q->id == step->inquiry_id))
			return q;
	}
	return NULL;
}

/* Unknown for other agencies, and past the end of the calendar. */
static bool last_day(struct ctx *ctx, enum inquiry_kind kind, struct date sent,
		     struct opt_date delivered, struct opt_date *last, struct err *err)
{
	const struct workday_calendar *calendar;
	struct date from = delivered.known ? delivered.v : sent;
	struct err why = { 0 };

	*last = (struct opt_date){ .known = kind != INQUIRY_OTHER_AGENCY };
	if (!last->known)
		return true;
	if (!calendar_current(ctx, &calendar, err))
		return false;
	last->known = workday_due(calendar, from, REQUEST_INQUIRY_DAYS, &last->v, &why);
	if (!last->known && why.code != ERR_LIMIT)
		*err = why;
	return last->known || why.code == ERR_LIMIT;
}

/* ---- what stands against it */

static bool check_delivered(struct ctx *ctx, struct date sent, struct opt_date delivered,
			    struct err *err)
{
	if (!delivered.known)
		return true;
	if (date_compare(delivered.v, ctx->today) > 0)
		return guard_days(err, "delivered_on", ERR_INVALID, "request.in_future",
				  delivered.v, ctx->today);
	return date_compare(delivered.v, sent) >= 0 ||
	       guard_days(err, "delivered_on", ERR_INVALID, "request.too_early", delivered.v, sent);
}

static bool guard_open(struct ctx *ctx, const struct request_case *c,
		       const struct request_step *step, struct err *err)
{
	if (c->inquiries_count >= PERIOD_INTERVALS_MAX)
		return err_set(err, ERR_LIMIT, "request.too_many_inquiries", "%d",
			       PERIOD_INTERVALS_MAX);
	if (!check_delivered(ctx, step->on, step->delivered_on, err))
		return false;
	return step->historical || (guard_text(step->target, REQUEST_TARGET_BYTES, "target",
					       "request.no_target", err) &&
				    guard_text(step->text, REQUEST_TEXT_BYTES, "text",
					       "request.nothing_asked", err));
}

/* Silence is a fact only when the last day is over. */
static bool guard_silence(struct ctx *ctx, const struct request_inquiry *q, struct opt_date last,
			  struct err *err)
{
	if (q->kind == INQUIRY_OTHER_AGENCY)
		return err_set_field(err, "answer", ERR_CONFLICT, "request.no_silence_of_agency",
				     " ");
	if (!last.known || date_compare(ctx->today, last.v) <= 0)
		return guard_days(err, "answer", ERR_CONFLICT, "request.not_silent_yet", ctx->today,
				  last.known ? last.v : ctx->today);
	return true;
}

static bool guard_answer(struct ctx *ctx, const struct request_case *c,
			 const struct request_step *step, struct err *err)
{
	const struct request_inquiry *q = case_answered(c, step);
	struct opt_date last, delivered;

	if (q == NULL)
		return err_set_field(err, "inquiry_id", ERR_CONFLICT, "request.no_open_inquiry",
				     " ");
	delivered = step->delivered_on.known ? step->delivered_on : q->delivered_on;
	if (!check_delivered(ctx, q->sent_on, step->delivered_on, err) ||
	    !last_day(ctx, q->kind, q->sent_on, delivered, &last, err))
		return false;
	switch (step->answer) {
	case INQUIRY_SILENT:
		return guard_silence(ctx, q, last, err);
	case INQUIRY_GIVEN_UP:
		if (q->kind != INQUIRY_OTHER_AGENCY)
			return err_set_field(err, "answer", ERR_CONFLICT,
					     "request.not_given_up", " ");
		return guard_text(step->text, REQUEST_TEXT_BYTES, "text", "request.no_words", err);
	case INQUIRY_REFUSES_WITH_REASONS:
	case INQUIRY_REFUSES_BARE:
		/* 条例第三十四条: 逾期未提出意见的视为同意公开. */
		if (q->kind == INQUIRY_JOINT_MAKER && last.known &&
		    date_compare(step->on, last.v) > 0)
			return guard_days(err, "answer", ERR_CONFLICT, "request.joint_too_late",
					  step->on, last.v);
		if (step->answer == INQUIRY_REFUSES_BARE || step->historical)
			return true;
		return guard_text(step->text, REQUEST_TEXT_BYTES, "text", "request.no_words", err);
	case INQUIRY_AGREES:
	case INQUIRY_ANSWER_COUNT:
		break;
	}
	return true;
}

bool inquiry_guard(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	if (step->text.len > REQUEST_TEXT_BYTES)
		return err_set_field(err, "text", ERR_INVALID, "request.text_too_long", "%d",
				     REQUEST_TEXT_BYTES);
	if (step->verb == VERB_OPEN_INQUIRY)
		return guard_open(ctx, c, step, err);
	if (step->verb == VERB_CLOSE_INQUIRY)
		return guard_answer(ctx, c, step, err);
	assert(step->verb == VERB_TELL_THIRD);
	if (case_overridden(c, step) == NULL)
		return err_set_field(err, "inquiry_id", ERR_CONFLICT, "request.no_refusal", " ");
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
			  "request.no_public_interest", err);
}

static bool asked_third_party(const struct request_case *c)
{
	for (size_t i = 0; i < c->inquiries_count; i++)
		if (c->inquiries[i].kind == INQUIRY_THIRD_PARTY)
			return true;
	return false;
}

/* Every one of them; an answer that was not recorded is none. */
static bool third_parties_agree(const struct request_case *c)
{
	for (size_t i = 0; i < c->inquiries_count; i++) {
		const struct request_inquiry *q = &c->inquiries[i];
		if (q->kind == INQUIRY_THIRD_PARTY &&
		    (!q->has_answer || q->answer != INQUIRY_AGREES))
			return false;
	}
	return true;
}

static bool reasons_overridden_untold(const struct request_case *c)
{
	for (size_t i = 0; i < c->inquiries_count; i++) {
		const struct request_inquiry *q = &c->inquiries[i];
		if (q->kind == INQUIRY_THIRD_PARTY && q->has_answer &&
		    q->answer == INQUIRY_REFUSES_WITH_REASONS && !q->told_on.known)
			return true;
	}
	return false;
}

bool inquiry_guard_decision(const struct request_case *c, const struct request_step *step,
			    struct err *err)
{
	enum request_outcome outcome = step->kind->outcome;

	/* 条例第三十二条: the third party is asked before its interests are the reason. */
	if (outcome == OUTCOME_DENIED_THIRD_PARTY && !asked_third_party(c))
		return err_set_field(err, "decision", ERR_CONFLICT, "request.third_party_not_asked",
				     " ");
	/* 条例第十五条: 第三方同意公开的，予以公开. */
	if (outcome == OUTCOME_DENIED_THIRD_PARTY && third_parties_agree(c))
		return err_set_field(err, "decision", ERR_CONFLICT, "request.third_party_agrees",
				     " ");
	/* 条例第三十二条: against good reasons only for the public's sake, and they are told. */
	if (outcome == OUTCOME_GRANTED && !step->historical && reasons_overridden_untold(c))
		return err_set_field(err, "decision", ERR_CONFLICT, "request.third_party_not_told",
				     " ");
	return true;
}

/* ---- what it changes */

static bool ask(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		struct err *err)
{
	struct request_inquiry *list =
		ARENA_ARRAY(ctx->arena, c->inquiries_count + 1, struct request_inquiry);
	struct request_inquiry *q = &list[c->inquiries_count];
	struct request_inquiry_insert_in in = { .request_id = c->r.id,
						.kind = inquiry_code(step->inquiry),
						.target = step->target,
						.contact = step->contact,
						.asked = step->text,
						.salt = STR(""),
						.sent_on = step->on,
						.delivered_on = step->delivered_on };

	if (!last_day(ctx, step->inquiry, step->on, step->delivered_on, &in.last_on, err))
		return false;
	for (size_t i = 0; i < c->inquiries_count; i++)
		list[i] = c->inquiries[i];
	*q = (struct request_inquiry){ .kind = step->inquiry,
				       .target = step->target,
				       .contact = step->contact,
				       .asked = step->text,
				       .sent_on = step->on,
				       .delivered_on = step->delivered_on,
				       .last_on = in.last_on };
	c->inquiries = list;
	c->inquiries_count++;
	if (step->target.len > 0)
		in.salt = case_bind(ctx, c,
				    str_format(ctx->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT,
					       STR_ARG(step->target), STR_ARG(step->contact),
					       STR_ARG(step->text)));
	return request_inquiry_insert(ctx, &in, NULL, err);
}

static bool answer(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	struct request_inquiry *q = case_answered(c, step);

	if (step->delivered_on.known) {
		q->delivered_on = step->delivered_on;
		if (!last_day(ctx, q->kind, q->sent_on, q->delivered_on, &q->last_on, err))
			return false;
	}
	/* Who was silent was so until the last day, whenever that is written down. */
	q->back_on = (struct opt_date){ true, step->answer == INQUIRY_SILENT ? q->last_on.v
									     : step->on };
	q->has_answer = true;
	q->answer = step->answer;
	q->opinion = step->text;
	struct request_inquiry_back_in in = {
		.id = q->id,
		.back_on = q->back_on.v,
		.delivered_on = q->delivered_on,
		.last_on = q->last_on,
		.answer = inquiry_answer_code(q->answer),
		.opinion = q->opinion,
		.salt = q->opinion.len > 0 ? case_bind(ctx, c, q->opinion) : STR("")
	};
	return request_inquiry_back(ctx, &in, NULL, err);
}

bool inquiry_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		    struct err *err)
{
	if (step->verb == VERB_OPEN_INQUIRY)
		return ask(ctx, c, step, err);
	if (step->verb == VERB_CLOSE_INQUIRY)
		return answer(ctx, c, step, err);
	struct request_inquiry *q = case_overridden(c, step);
	q->told_on = (struct opt_date){ true, step->on };
	q->told_reason = step->reason;
	struct request_inquiry_told_in in = { .id = q->id,
					      .told_on = step->on,
					      .told_reason = step->reason };
	return request_inquiry_told(ctx, &in, NULL, err);
}
