/*
 * demo.c - plays the plan: each day's acts in transactions, with the program's
 * clock at that day, by the verbs that officers use.
 */
#include "app/demo.h"

#include "base/clock.h"
#include "base/file.h"
#include "calendar/calendar.h"
#include "ledger/ledger.h"
#include "statistics/statistics.h"

#include <assert.h>
#include <string.h>

enum {
	ACTS_PER_TRANSACTION = 2000,
	ACTS_OF_MANY_YEARS = 20000, /* each commit writes the same index pages again */
	FIRST_SECOND = 9 * 3600, /* the desk opens */
	LAST_SECOND = 17 * 3600 + 1800, /* before it closes */
	PROGRESS_MS = 500,
};

struct play {
	struct data_site *site;
	struct arena *arena;
	const struct demo_options *options;
	struct demo_plan plan;
	size_t from, until; /* acts of this transaction */
	struct unit_id *units;
	struct demo_staff *staff; /* of each unit */
	const struct workday_calendar *calendar;
	struct arena *scratch;
};

/* Kinds of decision by outcome; the second is used for some where the law knows two. */
static const struct decision_kind *kind_of(const struct planned_request *r)
{
	const struct decision_kind *first = NULL;

	for (size_t i = 0; i < request_decisions_count; i++) {
		if (request_decisions[i].outcome != (enum request_outcome)r->outcome)
			continue;
		if (first != NULL && r->other_kind)
			return &request_decisions[i];
		if (first == NULL)
			first = &request_decisions[i];
	}
	assert(first != NULL);
	return first;
}

static bool register_one(struct ctx *ctx, struct play *p, struct planned_request *r,
			 struct err *err)
{
	struct request_register in = {
		.unit = p->units[r->unit],
		.channel = (enum request_channel)r->channel,
		.applicant = (enum applicant_class)r->applicant,
		.submitted_on = r->submitted,
		.confirmed_on = { true, r->received },
		.content = str_format(ctx->arena, "%s（示例申请%c%03u）",
				      demo_topics[r->topic], (char)('A' + r->applicant),
				      (unsigned)(r->received.ordinal % 1000)),
	};

	/* Load data names nobody. */
	return (p->options->times > 1 || demo_identity(ctx, r, &in.applicant_id, err)) &&
	       request_register(ctx, &in, &r->id, err);
}

/* The head of the 工作机构 approves what the clerk proposed; the clerk tells the applicant. */
static bool extend(struct ctx *ctx, const struct planned_request *r, const struct act *a,
		   const struct demo_staff *staff, struct err *err)
{
	struct request_step propose = { .verb = VERB_PROPOSE_EXTENSION,
					.on = a->day,
					.days = a->number,
					.reason = STR("所涉资料较多，需逐份核对") };
	struct request_step approve = { .verb = VERB_APPROVE_EXTENSION,
					.on = a->day,
					.agreed = true };
	struct request_step tell = { .verb = VERB_EXTEND, .on = a->day };

	if (!request_take_step(ctx, r->id, &propose, err))
		return false;
	ctx->actor = staff->reviewer;
	bool ok = request_take_step(ctx, r->id, &approve, err);
	ctx->actor = staff->clerk;
	return ok && request_take_step(ctx, r->id, &tell, err);
}

/* 条例第三十五条: who is refused for asking too much was asked why. */
static bool ask_reasons(struct ctx *ctx, const struct planned_request *r, const struct act *a,
			struct err *err)
{
	struct request_step ask = { .verb = VERB_ASK_REASONS,
				    .on = a->day,
				    .until = date_plus(a->day, 14),
				    .since = date_plus(r->received, -60),
				    .till = r->received,
				    .count = 40 };
	struct request_step receive = { .verb = VERB_RECEIVE_REASONS,
					.on = a->day,
					.text = STR("想多了解一些情况（示例）") };
	struct request_step judge = { .verb = VERB_JUDGE_REASONS,
				      .on = a->day,
				      .reason = STR("各件内容相近，未说明合理理由") };

	return request_take_step(ctx, r->id, &ask, err) &&
	       request_take_step(ctx, r->id, &receive, err) &&
	       request_take_step(ctx, r->id, &judge, err);
}

static bool inquire(struct ctx *ctx, const struct planned_request *r, const struct act *a,
		    struct err *err)
{
	static const struct { struct str target, asked; } whom[] = {
		[INQUIRY_THIRD_PARTY] = { STR_INIT("某示例公司"), STR_INIT("所涉内容是否公开（示例）") },
		[INQUIRY_JOINT_MAKER] = { STR_INIT("共同制作的示例单位"), STR_INIT("共同制作的文件是否公开（示例）") },
		[INQUIRY_OTHER_AGENCY] = { STR_INIT("示例机关"), STR_INIT("所涉信息的准确性和公开意见（示例）") },
	};
	struct request_step step = { .verb = VERB_OPEN_INQUIRY,
				     .on = a->day,
				     .inquiry = (enum inquiry_kind)a->number,
				     .target = whom[a->number].target,
				     .text = whom[a->number].asked };

	return request_take_step(ctx, r->id, &step, err);
}

static bool answer(struct ctx *ctx, const struct planned_request *r, const struct act *a,
		   struct err *err)
{
	bool refused = r->outcome == OUTCOME_DENIED_THIRD_PARTY;
	struct request_step step = { .verb = VERB_CLOSE_INQUIRY,
				     .on = a->day,
				     .answer = refused ? INQUIRY_REFUSES_WITH_REASONS
						       : INQUIRY_AGREES,
				     .text = refused ? STR("涉及商业秘密（示例）") : STR_NONE };

	return request_take_step(ctx, r->id, &step, err);
}

static bool correct(struct ctx *ctx, const struct planned_request *r, const struct act *a,
		    struct err *err)
{
	struct request_step step = { .verb = VERB_RECEIVE_CORRECTION, .on = a->day };

	if (a->kind == ACT_ASK_CORRECTION)
		step = (struct request_step){ .verb = VERB_ASK_CORRECTION,
					      .on = a->day,
					      .until = date_plus(a->day, 21),
					      .text = STR("请写明所申请信息的名称、文号或者年份（示例）") };
	return request_take_step(ctx, r->id, &step, err);
}

/*
 * The last steps. A year that is repeated is load data: its decisions are recorded as those of
 * a register are, without drafts and letters.
 */
static bool finish(struct ctx *ctx, struct play *p, const struct planned_request *r,
		   const struct act *a, struct err *err)
{
	const struct demo_staff *staff = &p->staff[r->unit];
	bool plain = p->options->times > 1;

	switch ((enum act_kind)a->kind) {
	case ACT_DECIDE:
		if (r->outcome == OUTCOME_NOT_PROCESSED_EXCESSIVE && !ask_reasons(ctx, r, a, err))
			return false;
		return plain ? request_record_decision(ctx, r->id, kind_of(r), a->day, err)
			     : demo_reply(ctx, r, staff, kind_of(r), err);
	case ACT_CLOSE:
		return plain ? request_close(ctx, r->id, kind_of(r), a->day, err)
			     : demo_close(ctx, r, staff, kind_of(r), err);
	case ACT_SERVE:
		return plain ? request_serve(ctx, r->id, a->day, err)
			     : demo_serve(ctx, r, staff, err);
	default:
		return plain ? request_file(ctx, r->id, a->day, err)
			     : demo_file(ctx, r, staff, err);
	}
}

static bool play_request(struct ctx *ctx, struct play *p, const struct act *a, struct err *err)
{
	struct planned_request *r = &p->plan.requests[a->subject];

	ctx->actor = p->staff[r->unit].clerk;
	switch ((enum act_kind)a->kind) {
	case ACT_REGISTER:
		return register_one(ctx, p, r, err);
	case ACT_CONFIRM:
		return request_confirm(ctx, r->id, a->day, err);
	case ACT_ASK_CORRECTION:
	case ACT_CORRECTED:
		return correct(ctx, r, a, err);
	case ACT_INQUIRE:
		return inquire(ctx, r, a, err);
	case ACT_INQUIRED:
		return answer(ctx, r, a, err);
	case ACT_EXTEND:
		return extend(ctx, r, a, &p->staff[r->unit], err);
	case ACT_CLOSE:
	case ACT_DECIDE:
	case ACT_SERVE:
	case ACT_FILE:
		return finish(ctx, p, r, a, err);
	case ACT_DISPUTE_OPEN:
	case ACT_DISPUTE_RECEIVE:
	case ACT_DISPUTE_ANSWER:
	case ACT_DISPUTE_HEARD:
	case ACT_DISPUTE_CONCLUDE:
	case ACT_DISPUTE_REDO:
		break;
	}
	assert(false && "not an act of a request");
	return false;
}

static bool play_dispute(struct ctx *ctx, struct play *p, const struct act *a, struct err *err)
{
	struct planned_dispute *d = &p->plan.disputes[a->subject];
	const struct planned_request *r = &p->plan.requests[d->request];

	return demo_dispute(ctx, r, d, &p->staff[r->unit], a, p->options->times > 1, err);
}

/*
 * One transaction: acts from..until. It may run again, so it writes only what a second run
 * writes the same.
 */
static bool play_some(struct ctx *ctx, void *arg, struct err *err)
{
	struct play *p = arg;
	struct ledger_run run;

	ctx->arena = p->scratch;
	ctx->calendar = p->calendar;
	if (!ledger_run_begin(ctx, &run, err))
		return false;
	for (size_t i = p->from; i < p->until; i++) {
		const struct act *a = &p->plan.acts[i];
		struct arena_mark mark = arena_mark(ctx->arena);
		ctx_set_time(ctx, date_start(a->day) + FIRST_SECOND + (int64_t)(i % 28800));
		bool ok = a->kind >= ACT_DISPUTE_OPEN ? play_dispute(ctx, p, a, err)
						      : play_request(ctx, p, a, err);
		if (!ok)
			return false;
		arena_rewind(ctx->arena, mark);
	}
	return ledger_run_end(ctx, err);
}

struct setup { struct play *play; struct str accounts; };

static bool setup_run(struct ctx *ctx, void *arg, struct err *err)
{
	struct setup *s = arg;
	struct play *p = s->play;
	struct date first = date_make(p->options->year - 1, 12, 1);

	ctx_set_time(ctx, date_start(first) + FIRST_SECOND);
	if (!demo_setup(ctx, p->arena, p->options, &s->accounts, err))
		return false;
	p->units = ARENA_ARRAY(p->arena, demo_units_count, struct unit_id);
	p->staff = ARENA_ARRAY(p->arena, demo_units_count, struct demo_staff);
	for (size_t i = 0; i < demo_units_count; i++) {
		struct unit unit;
		bool found;
		if (!agency_unit_by_code(ctx, str_from_c(demo_units[i].code), &unit, &found, err) ||
		    !demo_staff_of(ctx, p->arena, i, &p->staff[i], err))
			return false;
		p->units[i] = unit.id;
	}
	return true;
}

static bool play_all(struct play *p, struct actor actor, struct err *err)
{
	const struct demo_options *o = p->options;
	int64_t told = clock_monotonic_ms();

	for (p->from = 0; p->from < p->plan.acts_count; p->from = p->until) {
		p->until = p->from + (o->times > 1 ? ACTS_OF_MANY_YEARS : ACTS_PER_TRANSACTION);
		if (p->until > p->plan.acts_count)
			p->until = p->plan.acts_count;
		if (!site_write(p->site, p->scratch, actor, play_some, p, err))
			return false;
		arena_reset(p->scratch);
		if (o->progress != NULL && clock_monotonic_ms() - told > PROGRESS_MS) {
			told = clock_monotonic_ms();
			o->progress(o->arg, (int64_t)p->until, (int64_t)p->plan.acts_count);
		}
	}
	return true;
}

/* Of the government's own open requests one is brought to each stage: every desk has work. */
static bool drafts_run(struct ctx *ctx, void *arg, struct err *err)
{
	const struct play *p = arg;
	int stage = REPLY_DRAFTING;

	ctx->arena = p->scratch;
	ctx->calendar = p->calendar;
	ctx_set_time(ctx, date_start(p->plan.acts[p->plan.acts_count - 1].day) + LAST_SECOND);
	for (size_t i = 0; i < p->plan.requests_count && stage <= REPLY_SIGNING; i++) {
		const struct planned_request *r = &p->plan.requests[i];
		struct request found;
		if (r->outcome != OUTCOME_COUNT || r->unit != 0 || r->id.n == 0)
			continue;
		if (!request_find(ctx, r->id, &found, err))
			return false;
		if (found.state != REQUEST_HANDLING)
			continue;
		if (!demo_reply_to(ctx, r, &p->staff[r->unit], (enum reply_stage)stage, err))
			return false;
		stage++;
	}
	return true;
}

static bool reports_run(struct ctx *ctx, void *arg, struct err *err)
{
	const struct play *p = arg;

	ctx->arena = p->scratch;
	return demo_reports(ctx, p->options->year, err);
}

/* Of the one year that is played in full; a year that is repeated is load data. */
static bool follow_run(struct ctx *ctx, void *arg, struct err *err)
{
	const struct play *p = arg;

	ctx->arena = p->scratch;
	ctx->calendar = p->calendar;
	return p->options->times > 1 ||
	       demo_follow(ctx, &p->plan, p->staff, p->options->year + 1, err);
}

bool demo_play(struct data_site *site, struct arena *a, const struct demo_options *o,
	       struct err *err)
{
	struct play p = {
		.site = site,
		.arena = a,
		.options = o,
		.calendar = workday_shipped(),
		.scratch = arena_open(256 * 1024 * 1024),
	};
	struct setup setup = { .play = &p };
	struct actor actor = { .role = STR("system"), .name = STR("示例数据") };

	bool ok = demo_plan_make(a, o, &p.plan, err) &&
		  site_write(site, a, actor, setup_run, &setup, err) && play_all(&p, actor, err) &&
		  site_write(site, p.scratch, actor, drafts_run, &p, err) &&
		  site_write(site, p.scratch, actor, reports_run, &p, err) &&
		  site_write(site, p.scratch, actor, follow_run, &p, err) &&
		  file_write(a, str_concat(a, site->dir, STR("/sample-accounts.txt")),
			     setup.accounts, err);
	arena_close(p.scratch);
	return ok;
}
