/*
 * request_steps.c - taking a step: load, check, change, record, write.
 *
 * Every step is one event in the ledger. When it changes what a figure counts
 * (class, outcome, year received, year closed), the counted facts as they were go
 * to request_history, so that figures can be counted as of any earlier position.
 */
#include "request/case.h"

#include "base/buf.h"
#include "base/rand.h"
#include "calendar/calendar.h"
#include "request_sql.h"

#include <assert.h>

/* ---- what the ledger says */

void changes_text(struct changes *c, const char *field, struct str before, struct str after)
{
	if (str_equal(before, after))
		return;
	assert(c->count < REQUEST_CHANGES_MAX);
	c->list[c->count++] = (struct ledger_change){ field, before, after };
}

void changes_day(struct arena *a, struct changes *c, const char *field, struct opt_date before,
		 struct opt_date after)
{
	changes_text(c, field, before.known ? date_iso(a, before.v) : STR_NONE,
		     after.known ? date_iso(a, after.v) : STR_NONE);
}

static struct str number_text(struct arena *a, int64_t n)
{
	struct buf b = buf_open(a, 24, 24);

	buf_add_i64(&b, n);
	return buf_str(&b);
}

void changes_int(struct arena *a, struct changes *c, const char *field, int64_t before,
		 int64_t after)
{
	if (before != after)
		changes_text(c, field, before != 0 ? number_text(a, before) : STR_NONE,
			     number_text(a, after));
}

static struct opt_date day_of(struct date d)
{
	return (struct opt_date){ true, d };
}

static void changes_of_inquiry(struct arena *a, const struct request_case *c,
			       const struct request_step *step, struct changes *changes)
{
	struct opt_date none = { 0 };

	if (step->verb == VERB_OPEN_INQUIRY) {
		const struct request_inquiry *q = &c->inquiries[c->inquiries_count - 1];
		changes_text(changes, "inquiry", STR_NONE, inquiry_code(step->inquiry));
		changes_day(a, changes, "sent_on", none, day_of(step->on));
		changes_day(a, changes, "last_on", none, q->last_on);
	} else if (step->verb == VERB_CLOSE_INQUIRY) {
		changes_text(changes, "answer", STR_NONE, inquiry_answer_code(step->answer));
		changes_day(a, changes, "back_on", none, day_of(step->on));
	} else {
		changes_day(a, changes, "told_on", none, day_of(step->on));
	}
}

static void changes_of_reasons(struct arena *a, const struct request_case *c,
			       const struct request_step *step, struct changes *changes)
{
	const struct request_explanation *e = &c->explanation;
	struct opt_date none = { 0 };

	if (step->verb == VERB_ASK_REASONS) {
		changes_day(a, changes, "asked_on", none, day_of(e->asked_on));
		changes_day(a, changes, "reasons_until", none, day_of(e->until));
		changes_int(a, changes, "requests", 0, e->count);
	} else if (step->verb == VERB_RECEIVE_REASONS) {
		changes_day(a, changes, "given_on", none, e->given_on);
	} else if (step->verb == VERB_JUDGE_REASONS) {
		changes_day(a, changes, "judged_on", none, e->judged_on);
	} else {
		changes_day(a, changes, "told_on", none, e->delay_told_on);
		changes_day(a, changes, "delayed_until", none, e->delayed_until);
	}
}

/* Facts of a step that are no column of the request itself. */
static void changes_of_step(struct arena *a, const struct request_case *is,
			    const struct request_step *step, struct changes *c)
{
	struct opt_date none = { 0 };

	switch (step->verb) {
	case VERB_OPEN_INQUIRY:
	case VERB_CLOSE_INQUIRY:
	case VERB_TELL_THIRD:
		changes_of_inquiry(a, is, step, c);
		break;
	case VERB_ASK_REASONS:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_DELAY:
		changes_of_reasons(a, is, step, c);
		break;
	case VERB_PROPOSE_EXTENSION:
		changes_int(a, c, "proposed_days", 0, step->days);
		changes_day(a, c, "proposed_on", none, day_of(step->on));
		break;
	case VERB_APPROVE_EXTENSION:
		changes_int(a, c, "proposed_days", 0, is->proposal.days);
		changes_text(c, "approved", STR_NONE, step->agreed ? STR("yes") : STR("no"));
		changes_day(a, c, "approved_on", none, day_of(step->on));
		break;
	case VERB_EXTEND:
		changes_day(a, c, "told_on", none, day_of(step->on));
		break;
	case VERB_SPLIT:
		changes_int(a, c, "parts", 0, (int64_t)step->parts_count);
		break;
	case VERB_CHARGE:
	case VERB_FEE_SERVED:
		fee_changes(a, is, step, c);
		break;
	case VERB_CONFIRM:
	case VERB_TRANSFER:
	case VERB_ASK_CORRECTION:
	case VERB_RECEIVE_CORRECTION:
	case VERB_PAY:
	case VERB_DECIDE:
	case VERB_SERVE:
	case VERB_CLOSE:
	case VERB_FILE:
	case VERB_AMEND:
	case REQUEST_VERB_COUNT:
		break;
	}
	if (step->historical)
		changes_text(c, "historical", STR_NONE, STR("yes"));
	if (is->commitment.len > 0)
		changes_text(c, "text_commitment", STR_NONE, is->commitment);
}

static struct str outcome_text(const struct request *r)
{
	return r->has_outcome ? outcome_code(r->outcome) : STR_NONE;
}

static void changes_of_facts(struct arena *a, const struct request *was, const struct request *is,
			     struct changes *c)
{
	changes_text(c, "state", request_state_code(was->state), request_state_code(is->state));
	changes_text(c, "number", was->number, is->number);
	changes_int(a, c, "unit", was->unit.n, is->unit.n);
	changes_text(c, "reasons", reasons_code(was->reasons), reasons_code(is->reasons));
	changes_text(c, "applicant", applicant_code(was->applicant), applicant_code(is->applicant));
	changes_day(a, c, "received_on", was->received_on, is->received_on);
	changes_day(a, c, "clock_from", was->clock_from, is->clock_from);
	changes_int(a, c, "extension", was->extension, is->extension);
	changes_day(a, c, "correction_until", was->correction_until, is->correction_until);
	changes_text(c, "decision", was->decision, is->decision);
	changes_day(a, c, "closed_on", was->closed_on, is->closed_on);
	changes_day(a, c, "served_on", was->served_on, is->served_on);
	changes_day(a, c, "filed_on", was->filed_on, is->filed_on);
}

/* ---- changing */

struct str case_bind(struct ctx *ctx, struct request_case *c, struct str words)
{
	struct str salt = random_hex(ctx->arena, 16);

	c->commitment = ledger_commit(ctx->arena, salt, words);
	return salt;
}

static void end(struct request *r, const struct decision_kind *kind)
{
	r->has_outcome = true;
	r->outcome = kind->outcome;
	r->decision = str_from_c(kind->code);
}

static bool change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	struct request *r = &c->r;

	switch (step->verb) {
	case VERB_CONFIRM:
		r->received_on = day_of(step->on);
		return true;
	case VERB_SPLIT:
		return split_change(ctx, c, step, err);
	case VERB_TRANSFER:
		return transfer_change(ctx, c, step, err);
	case VERB_ASK_CORRECTION:
	case VERB_RECEIVE_CORRECTION:
		return correction_change(ctx, c, step, err);
	case VERB_OPEN_INQUIRY:
	case VERB_CLOSE_INQUIRY:
	case VERB_TELL_THIRD:
		return inquiry_change(ctx, c, step, err);
	case VERB_ASK_REASONS:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_DELAY:
		return reasons_change(ctx, c, step, err);
	case VERB_PROPOSE_EXTENSION:
	case VERB_APPROVE_EXTENSION:
	case VERB_EXTEND:
		return extension_change(ctx, c, step, err);
	case VERB_CHARGE:
	case VERB_FEE_SERVED:
	case VERB_PAY:
		return fee_change(ctx, c, step, err);
	case VERB_DECIDE:
		r->decided_on = r->closed_on = day_of(step->on);
		end(r, step->kind);
		return true;
	case VERB_CLOSE:
		r->closed_on = day_of(step->on);
		end(r, step->kind);
		return true;
	case VERB_SERVE:
		r->served_on = day_of(step->on);
		return true;
	case VERB_FILE:
		r->filed_on = day_of(step->on);
		return true;
	case VERB_AMEND:
		r->applicant = step->applicant;
		end(r, step->kind);
		return true;
	case REQUEST_VERB_COUNT:
		break;
	}
	return true;
}

/* The table's, but that a unit's practice may let the clock stand until reasons have come. */
static enum clock_effect effect_of(const struct request_case *c, const struct request_step *step,
				   const struct request_transition *t)
{
	if (step->verb == VERB_ASK_REASONS || step->verb == VERB_RECEIVE_REASONS ||
	    step->verb == VERB_JUDGE_REASONS)
		return reasons_effect(c, step->verb);
	return t->clock;
}

static bool move_clock(struct ctx *ctx, struct request_case *c, enum clock_effect effect,
		       struct date on, struct err *err)
{
	switch (effect) {
	case CLOCK_NONE:
	case CLOCK_ENDS: /* the due day stays, to tell whether the reply was in time */
		return true;
	case CLOCK_STANDS:
		c->r.due = (struct opt_date){ 0 };
		return true;
	case CLOCK_STARTS:
		c->r.clock_from = day_of(on);
		break;
	case CLOCK_SUSPENDS:
	case CLOCK_RESUMES:
	case CLOCK_LENGTHENS:
		break;
	}
	return clock_due(ctx, c, ctx->today, &c->r.due, err);
}

/* ---- writing */

static struct opt_int year_of(struct opt_date d)
{
	return d.known ? (struct opt_int){ true, date_year(d.v) } : (struct opt_int){ 0 };
}

static bool same_int(struct opt_int a, struct opt_int b)
{
	return a.known == b.known && (!a.known || a.v == b.v);
}

static bool counted_alike(const struct request *a, const struct request *b)
{
	return a->unit.n == b->unit.n && a->applicant == b->applicant &&
	       a->has_outcome == b->has_outcome && (!a->has_outcome || a->outcome == b->outcome) &&
	       same_int(year_of(a->received_on), year_of(b->received_on)) &&
	       same_int(year_of(a->closed_on), year_of(b->closed_on));
}

static struct opt_str outcome_opt(const struct request *r)
{
	return (struct opt_str){ r->has_outcome, outcome_text(r) };
}

static bool keep_history(struct ctx *ctx, const struct request_case *was, int64_t seq,
			 struct err *err)
{
	struct request_history_insert_in in = { .request_id = was->r.id,
						.seq_from = was->changed_seq,
						.seq_to = seq,
						.unit_id = was->r.unit,
						.applicant = applicant_code(was->r.applicant),
						.outcome = outcome_opt(&was->r),
						.received_year = year_of(was->r.received_on),
						.closed_year = year_of(was->r.closed_on) };

	return request_history_insert(ctx, &in, NULL, err);
}

static bool days_alike(struct opt_date a, struct opt_date b)
{
	return a.known == b.known && (!a.known || date_compare(a.v, b.v) == 0);
}

/* By all that request_update writes and request_update_state does not. */
static bool listed_alike(const struct request *was, const struct request *is)
{
	return counted_alike(was, is) && str_equal(was->number, is->number) &&
	       days_alike(was->received_on, is->received_on) &&
	       days_alike(was->closed_on, is->closed_on) && days_alike(was->due, is->due);
}

static bool write_state(struct ctx *ctx, const struct request_case *c, int64_t *changed,
			struct err *err)
{
	const struct request *r = &c->r;
	struct request_update_state_in in = {
		.id = r->id,
		.version = r->version,
		.clock_from = r->clock_from,
		.state = request_state_code(r->state),
		.extension = r->extension,
		.correction_sent_on = r->correction_sent_on,
		.correction_until = r->correction_until,
		.decision = r->decision,
		.decided_on = r->decided_on,
		.served_on = r->served_on,
		.filed_on = r->filed_on,
		.reasons = reasons_code(r->reasons),
		.changed_seq = c->changed_seq,
	};

	return request_update_state(ctx, &in, changed, err);
}

static bool write_whole(struct ctx *ctx, const struct request_case *c, int64_t *changed,
			struct err *err)
{
	const struct request *r = &c->r;
	struct request_update_in in = {
		.id = r->id,
		.version = r->version,
		.number = r->number,
		.unit_id = r->unit,
		.applicant = applicant_code(r->applicant),
		.received_on = r->received_on,
		.received_year = year_of(r->received_on),
		.clock_from = r->clock_from,
		.state = request_state_code(r->state),
		.extension = r->extension,
		.correction_sent_on = r->correction_sent_on,
		.correction_until = r->correction_until,
		.outcome = outcome_opt(r),
		.decision = r->decision,
		.decided_on = r->decided_on,
		.closed_on = r->closed_on,
		.closed_year = year_of(r->closed_on),
		.served_on = r->served_on,
		.filed_on = r->filed_on,
		.due_on = r->due,
		.reasons = reasons_code(r->reasons),
		.changed_seq = c->changed_seq,
	};

	return request_update(ctx, &in, changed, err);
}

static bool write_case(struct ctx *ctx, const struct request_case *was,
		       const struct request_case *is, struct err *err)
{
	int64_t changed;

	if (!(listed_alike(&was->r, &is->r) ? write_state : write_whole)(ctx, is, &changed, err))
		return false;
	/* Somebody else's step came between; the transaction is run again and sees it. */
	return changed == 1 || err_set(err, ERR_BUSY, "request.changed_meanwhile", STR_FMT,
				       STR_ARG(is->r.number));
}

static bool record(struct ctx *ctx, const struct request_case *was, struct request_case *is,
		   const struct request_step *step, struct err *err)
{
	struct changes changes = { .count = 0 };
	int64_t seq;

	changes_of_facts(ctx->arena, &was->r, &is->r, &changes);
	changes_of_step(ctx->arena, is, step, &changes);
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = is->r.id.n,
				      .verb = request_verb_code(step->verb).ptr,
				      .changes = changes.list,
				      .changes_count = changes.count,
				      .reason = step->reason };
	if (!ledger_append(ctx, &event, &seq, err))
		return false;
	if (!counted_alike(&was->r, &is->r)) {
		if (!keep_history(ctx, was, seq, err))
			return false;
		is->changed_seq = seq;
	}
	return write_case(ctx, was, is, err);
}

/* Why a state does not allow a step, in one sentence each. */
static struct str why_not(enum request_state state)
{
	static const struct str why[REQUEST_STATE_COUNT] = {
		[REQUEST_CONFIRMING] = STR_INIT("尚未与申请人确认，收到申请之日没有确定"),
		[REQUEST_HANDLING] = STR_INIT("该件正在办理，没有等待这一步的事项"),
		[REQUEST_CORRECTING] = STR_INIT("正在等待申请人补正"),
		[REQUEST_INQUIRING] = STR_INIT("征求的意见尚未收齐"),
		[REQUEST_UNPAID] = STR_INIT("正在等待申请人缴费"),
		[REQUEST_DECIDED] = STR_INIT("已经作出答复，接下来应当送达"),
		[REQUEST_SERVED] = STR_INIT("答复已经送达，接下来应当归档"),
		[REQUEST_CLOSED] = STR_INIT("该件已经办结"),
	};

	return why[state];
}

static bool needs_proposal(const struct request_step *step)
{
	return step->verb == VERB_PROPOSE_EXTENSION || step->verb == VERB_APPROVE_EXTENSION ||
	       (step->verb == VERB_EXTEND && !step->historical);
}

/* What the table and the rules say to the step; nothing is written. */
static bool admit(struct ctx *ctx, struct request_id id, const struct request_step *step,
		  struct request_case *was, const struct request_transition **t, struct err *err)
{
	if (!case_load(ctx, id, was, err))
		return false;
	*t = request_transition(was->r.state, step->verb);
	if (*t == NULL)
		return err_set(err, ERR_CONFLICT, "request.not_allowed",
			       STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT,
			       STR_ARG(was->r.number), STR_ARG(request_state_label(was->r.state)),
			       STR_ARG(request_verb_label(step->verb)),
			       STR_ARG(why_not(was->r.state)));
	return (!needs_proposal(step) || extension_load(ctx, was, err)) &&
	       guard_check(ctx, was, step, err);
}

bool request_check_step(struct ctx *ctx, struct request_id id, const struct request_step *step,
			struct err *err)
{
	const struct request_transition *t;
	struct request_case was;

	return admit(ctx, id, step, &was, &t, err);
}

/* For an applicant who wants to be told by e-mail. What was done elsewhere is no news. */
static bool tell_step(struct ctx *ctx, const struct request *r, const struct request_step *step,
		      struct err *err)
{
	struct str verb = request_verb_code(step->verb);
	struct str day = date_iso(ctx->arena, step->on);
	struct job_new job = { .topic = "request.step", .subject_kind = "request",
			       .subject_id = r->id.n,
			       .payload = str_format(ctx->arena, STR_FMT "|" STR_FMT, STR_ARG(verb),
						     STR_ARG(day)) };

	if (r->wanted_way != GIVE_BY_EMAIL || r->applicant_id.n == 0 || step->historical ||
	    ledger_in_bulk(ctx))
		return true;
	return jobs_add(ctx, &job, err);
}

bool request_take_step(struct ctx *ctx, struct request_id id, const struct request_step *step,
		       struct err *err)
{
	const struct request_transition *t;
	struct request_case was, is;

	if (!admit(ctx, id, step, &was, &t, err))
		return false;
	is = was;
	if (!change(ctx, &is, step, err))
		return false;
	is.r.state = t->to;
	if (step->verb == VERB_CLOSE_INQUIRY && case_open_inquiry(&is) != NULL)
		is.r.state = REQUEST_INQUIRING;
	return move_clock(ctx, &is, effect_of(&is, step, t), step->on, err) &&
	       record(ctx, &was, &is, step, err) && tell_step(ctx, &is.r, step, err);
}
