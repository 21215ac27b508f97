/*
 * request_facts_pages.c - what stands beside the form of a step: the days that follow from
 * it, and what was said before.
 */
#include "request/case.h"
#include "request/request_view.h"

#include "calendar/calendar.h"
#include "text/number.h"

#include <assert.h>

static void fact(struct request_step_view *v, const char *key, struct str value)
{
	assert(v->facts_count < STEP_FACTS_MAX);
	v->facts[v->facts_count++] = (struct summary_row){ .key = str_from_c(key), .value = value };
}

static void fact_day(struct arena *a, struct request_step_view *v, const char *key, struct date day)
{
	fact(v, key,
	     str_format(a, STR_FMT "（" STR_FMT "）", STR_ARG(date_iso(a, day)),
			STR_ARG(date_weekday_chinese(day))));
}

static void words(struct request_step_view *v, const char *label, struct str text)
{
	assert(v->words_count < STEP_WORDS_MAX);
	if (text.len > 0)
		v->words[v->words_count++] = (struct step_words){ str_from_c(label), text };
}

/* Nothing is told where the calendar ends. */
static bool fact_workdays(struct ctx *ctx, struct request_step_view *v, const char *key,
			  struct date from, int days, struct err *err)
{
	const struct workday_calendar *calendar;
	struct err ended = { 0 };
	struct date day;

	if (!calendar_current(ctx, &calendar, err))
		return false;
	if (workday_due(calendar, from, days, &day, &ended))
		fact_day(ctx->arena, v, key, day);
	return true;
}

static bool correction(struct ctx *ctx, struct request_step_view *v, enum request_verb verb,
		       struct err *err)
{
	struct request_correction c;
	bool found;

	if (verb == VERB_ASK_CORRECTION)
		return fact_workdays(ctx, v, "最迟告知补正", v->r->received_on.v,
				     REQUEST_CORRECTION_DAYS, err);
	fact_day(ctx->arena, v, "补正期限", v->r->correction_until.v);
	if (!request_correction_find(ctx, v->r->id, &c, &found, err))
		return false;
	if (found)
		words(v, "需要补正的事项", c.points);
	return true;
}

static bool inquiry(struct ctx *ctx, struct request_step_view *v, enum request_verb verb,
		    struct err *err)
{
	struct request_inquiry *list;
	size_t count;

	if (verb == VERB_OPEN_INQUIRY)
		return fact_workdays(ctx, v, "今天送达的，第三方、共同制作机关提出意见的期限",
				     ctx->today, REQUEST_INQUIRY_DAYS, err);
	if (!request_inquiries_of(ctx, v->r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count && v->words_count < STEP_WORDS_MAX; i++)
		if (verb == VERB_CLOSE_INQUIRY && !list[i].back_on.known)
			words(v, "征求意见的内容", list[i].asked);
		else if (verb == VERB_TELL_THIRD && list[i].has_answer)
			words(v, "第三方的意见", list[i].opinion);
	return true;
}

static bool reasons(struct ctx *ctx, struct request_step_view *v, enum request_verb verb,
		    struct err *err)
{
	struct arena *a = ctx->arena;
	struct request_practice practice;
	struct request_explanation e;
	bool found;

	if (verb == VERB_ASK_REASONS) {
		if (!request_practice_of(ctx, v->r->unit, &practice, err))
			return false;
		v->effect = practice.reasons_stop
				    ? STR("按本单位惯例参照补正办理：期限不再计算，收到理由之日的次日起重新计算")
				    : STR("法律没有为说明理由另定期限，答复期限继续计算");
		return true;
	}
	if (!request_explanation_find(ctx, v->r->id, &e, &found, err) || !found)
		return found;
	fact(v, "申请件数",
	     str_format(a, STR_FMT "至" STR_FMT "共%d件", STR_ARG(date_iso(a, e.since)),
			STR_ARG(date_iso(a, e.till)), e.count));
	fact_day(a, v, "说明理由的期限", e.until);
	if (verb == VERB_JUDGE_REASONS)
		words(v, "申请人说明的理由",
		      e.given_on.known ? e.text : STR("申请人没有说明理由。"));
	return true;
}

static bool extension(struct ctx *ctx, struct request_step_view *v, enum request_verb verb,
		      struct err *err)
{
	struct request_extension e;
	struct request_case c;
	struct opt_date due;
	bool found;

	if (verb == VERB_PROPOSE_EXTENSION)
		return true;
	if (!request_extension_find(ctx, v->r->id, &e, &found, err) ||
	    !case_load(ctx, v->r->id, &c, err))
		return false;
	if (!found)
		return true;
	c.r.extension = e.days;
	if (!clock_due(ctx, &c, ctx->today, &due, err))
		return false;
	fact(v, "延长", str_format(ctx->arena, "%d个工作日", e.days));
	if (due.known)
		fact_day(ctx->arena, v, "延长后的答复期限", due.v);
	words(v, "延期的理由", e.reason);
	return true;
}

static bool lapse(struct ctx *ctx, struct request_step_view *v, struct err *err)
{
	struct request_fee fee;
	bool charged;

	if (v->r->state == REQUEST_CORRECTING)
		fact_day(ctx->arena, v, "补正期限", v->r->correction_until.v);
	if (v->r->state != REQUEST_UNPAID)
		return true;
	if (!request_fee_find(ctx, v->r->id, &fee, &charged, err))
		return false;
	if (charged) {
		fact_day(ctx->arena, v, "收费通知日期", fee.told_on);
		fact(v, "金额", str_concat(ctx->arena, money_plain(ctx->arena, fee.fen), STR("元")));
	}
	if (charged && fee.served_on.known) {
		fact_day(ctx->arena, v, "送达日期", fee.served_on.v);
		fact_day(ctx->arena, v, "缴费期限", fee.pay_until.v);
	}
	return true;
}

bool request_step_facts(struct ctx *ctx, struct request_step_view *v, enum request_verb verb,
			struct err *err)
{
	if (v->r->received_on.known)
		fact_day(ctx->arena, v, "收到申请之日", v->r->received_on.v);
	if (v->r->due.known)
		fact_day(ctx->arena, v, "答复期限", v->r->due.v);
	switch (verb) {
	case VERB_ASK_CORRECTION:
	case VERB_RECEIVE_CORRECTION:
		return correction(ctx, v, verb, err);
	case VERB_OPEN_INQUIRY:
	case VERB_CLOSE_INQUIRY:
	case VERB_TELL_THIRD:
		return inquiry(ctx, v, verb, err);
	case VERB_ASK_REASONS:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_DELAY:
		return reasons(ctx, v, verb, err);
	case VERB_PROPOSE_EXTENSION:
	case VERB_APPROVE_EXTENSION:
	case VERB_EXTEND:
		return extension(ctx, v, verb, err);
	case VERB_FEE_SERVED:
	case VERB_PAY:
		return lapse(ctx, v, err);
	default:
		return true;
	}
}
