/*
 * demo_follow.c - what follows the answers of the sample year, in the spring after it: an applicant
 * suggests to make public what it was given, its unit agrees and tells it to all; another one
 * complains, and waits. No figure of a table counts any of it.
 */
#include "app/demo.h"

#include "apply/answer.h"
#include "apply/follow.h"

enum { TEN_O_CLOCK = 10 * 3600 };

static const struct actor applicant = { .role = STR_INIT("public"), .name = STR_INIT("申请人") };

static void act(struct ctx *ctx, struct actor actor, int year, int month, int day)
{
	ctx->actor = actor;
	ctx_set_time(ctx, date_start(date_make(year, month, day)) + TEN_O_CLOCK);
}

/*
 * The government's first of the plan with the outcome, where the sample accounts see it; of a topic
 * that people ask for, if there is one.
 */
static const struct planned_request *pick(const struct demo_plan *plan,
					  enum request_outcome outcome, const char *topic)
{
	const struct planned_request *first = NULL;

	for (size_t i = 0; i < plan->requests_count; i++) {
		const struct planned_request *r = &plan->requests[i];
		if (r->outcome != outcome || r->other_kind || r->unit != 0)
			continue;
		if (str_equal_c(str_from_c(demo_topics[r->topic % demo_topics_count]), topic))
			return r;
		first = first != NULL ? first : r;
	}
	return first;
}

static bool suggest(struct ctx *ctx, const struct planned_request *r,
		    const struct demo_staff *staff, int year, struct err *err)
{
	struct follow_new in = { .kind = FOLLOW_SUGGESTION,
				 .request = r->id,
				 .text = STR("很多人都想知道发放标准，建议主动公开（示例）。"),
				 .form_id = STR("sample-suggestion") };
	struct follow_id id;
	struct letter_id letter;

	act(ctx, applicant, year, 4, 6);
	if (!follow_send(ctx, &in, &id, err))
		return false;
	act(ctx, staff->reviewer, year, 4, 12);
	if (!follow_decide(ctx, id, 1, FINDING_ACCEPTED,
			   STR("经审核，该信息属于主动公开范围，本机关将及时主动公开（示例）"), &letter, err))
		return false;
	return letter_issue(ctx, letter, ctx->today, err);
}

static bool tell_all(struct ctx *ctx, const struct planned_request *r,
		     const struct demo_staff *staff, int year, struct err *err)
{
	struct arena *a = ctx->arena;
	struct str topic = str_from_c(demo_topics[r->topic % demo_topics_count]);
	struct answer_text text = {
		.title = str_format(a, STR_FMT "（示例）", STR_ARG(topic)),
		.answer = str_format(a, STR_FMT "已经整理公布，载明适用对象、标准、发放方式和主管科室。"
					"（本条为示例数据）", STR_ARG(topic)),
		.place = STR("本机关政府网站“政府信息公开”专栏（示例）"),
	};
	struct answer_id id;

	act(ctx, staff->clerk, year, 4, 13);
	if (!answer_draft(ctx, r->id, &text, &id, err))
		return false;
	act(ctx, staff->reviewer, year, 4, 14);
	return answer_publish(ctx, id, 1, STR("不含个人信息，属于主动公开范围（示例）"), err);
}

static bool complain(struct ctx *ctx, const struct planned_request *r, int year, struct err *err)
{
	struct follow_new in = { .kind = FOLLOW_COMPLAINT,
				 .request = r->id,
				 .ground = GROUND_NOT_ANSWERED,
				 .text = STR("答复没有说明检索的范围和方法，请主管部门核实（示例）。"),
				 .form_id = STR("sample-complaint") };
	struct follow_id id;

	act(ctx, applicant, year, 4, 20);
	return follow_send(ctx, &in, &id, err);
}

bool demo_follow(struct ctx *ctx, const struct demo_plan *plan, const struct demo_staff *staff,
		 int year, struct err *err)
{
	const struct planned_request *given = pick(plan, OUTCOME_GRANTED, "养老服务补贴发放标准");
	const struct planned_request *missed = pick(plan, OUTCOME_UNABLE_NOT_HELD, "");

	if (given != NULL && (!suggest(ctx, given, &staff[given->unit], year, err) ||
			      !tell_all(ctx, given, &staff[given->unit], year, err)))
		return false;
	return missed == NULL || complain(ctx, missed, year, err);
}
