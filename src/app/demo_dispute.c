/*
 * demo_dispute.c - the proceedings of the sample year: notice, answer with its papers, hearing,
 * end, and the new answer where a decision orders one. All names say that they are samples.
 */
#include "app/demo.h"
#include "dispute/dossier.h"

#include <assert.h>

static bool is_court(const struct planned_dispute *d)
{
	return d->route != DISPUTE_RECONSIDERATION;
}

static bool open_one(struct ctx *ctx, const struct planned_request *r, struct planned_dispute *d,
		     struct err *err)
{
	bool court = is_court(d);
	struct dispute_open in = {
		.unit = { ctx->actor.unit_id },
		.request = { true, r->id.n },
		.route = (enum dispute_route)d->route,
		.organ = court ? STR("示例法院") : STR("示例行政复议机关"),
		.accepted_on = d->accepted,
		.case_no = str_format(ctx->arena, "（%d）示%s第%u号", date_year(d->accepted),
				      court ? "行初" : "复", (unsigned)d->number + 1),
	};

	return dispute_open(ctx, &in, &d->id, err);
}

/* What came, and when one has to appear. */
static bool receive(struct ctx *ctx, const struct planned_dispute *d, bool plain, struct err *err)
{
	struct dispute_edit at = { d->id, 0 };
	struct hearing_new in = { .kind = is_court(d) ? HEARING_TRIAL : HEARING_INQUIRY,
				  .day = d->heard,
				  .time = STR("09:30"),
				  .place = is_court(d) ? STR("示例法院第一法庭")
						       : STR("示例行政复议机关") };
	struct hearing_id hearing;

	return dispute_receive(ctx, at, ctx->today, false, err) &&
	       (plain || (hearing_add(ctx, at, &in, &hearing, err) &&
			  person_add(ctx, at, PERSON_ADVISER, STR("示例法律顾问"),
				     STR("示例律师事务所"), err)));
}

static bool answer(struct ctx *ctx, const struct planned_dispute *d, bool plain, struct err *err)
{
	struct dispute_edit at = { d->id, 0 };
	struct paper_new paper = { .kind = PAPER_ANSWER,
				   .title = is_court(d) ? STR("答辩状（示例）") : STR("答复书（示例）"),
				   .day = ctx->today,
				   .file_name = STR("答复.txt"),
				   .content = STR("本机关所作答复认定事实清楚、适用依据正确（示例）。\n") };

	return dispute_answer(ctx, at, ctx->today, err) &&
	       (plain || paper_add(ctx, at, &paper, err));
}

static bool hear(struct ctx *ctx, const struct planned_dispute *d, bool plain, struct err *err)
{
	struct dispute_edit at = { d->id, 0 };
	struct hearing *list;
	size_t count;

	if (plain)
		return true;
	if (!hearing_list(ctx, d->id, &list, &count, err))
		return false;
	assert(count == 1);
	return hearing_hold(ctx, at, list[0].id, STR("负责人、法律顾问（示例）"), err);
}

static bool conclude(struct ctx *ctx, const struct planned_dispute *d, struct err *err)
{
	static const struct str results[] = {
		[DISPUTE_UPHELD] = STR_INIT("维持"),
		[DISPUTE_CORRECTED] = STR_INIT("撤销并责令重作"),
		[DISPUTE_OTHER] = STR_INIT("申请人撤回，终止"),
	};
	struct dispute_edit at = { d->id, 0 };
	struct dispute_end in = { .result = results[d->outcome], .on = ctx->today };

	if (d->outcome == DISPUTE_CORRECTED) {
		in.redo = true;
		in.redo_until = (struct opt_date){ true, date_plus(ctx->today, 30) };
	}
	return dispute_end(ctx, at, &in, err);
}

static bool redo(struct ctx *ctx, const struct planned_request *r,
		 const struct planned_dispute *d, const struct demo_staff *staff, struct err *err)
{
	struct reply_id id;

	return dispute_reopen(ctx, (struct dispute_edit){ d->id, 0 }, &id, err) &&
	       demo_reply_again(ctx, r, staff, err) && demo_serve(ctx, r, staff, err);
}

bool demo_dispute(struct ctx *ctx, const struct planned_request *r, struct planned_dispute *d,
		  const struct demo_staff *staff, const struct act *act, bool plain,
		  struct err *err)
{
	ctx->actor = staff->clerk;
	switch ((enum act_kind)act->kind) {
	case ACT_DISPUTE_OPEN:
		return open_one(ctx, r, d, err);
	case ACT_DISPUTE_RECEIVE:
		return receive(ctx, d, plain, err);
	case ACT_DISPUTE_ANSWER:
		return answer(ctx, d, plain, err);
	case ACT_DISPUTE_HEARD:
		return hear(ctx, d, plain, err);
	case ACT_DISPUTE_CONCLUDE:
		return conclude(ctx, d, err);
	case ACT_DISPUTE_REDO:
		/* A plain decision has no reply that could be given anew. */
		return plain || redo(ctx, r, d, staff, err);
	default:
		break;
	}
	assert(false && "not an act of a proceeding");
	return false;
}
