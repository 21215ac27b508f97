/*
 * request_extension.c - 延期, 条例第三十三条第二款: 应当经政府信息公开工作机构负责人同意
 * 并告知申请人, at most 20 working days, once.
 *
 * Three acts: proposed by whoever works on the case, approved by somebody else who may
 * decide, told the applicant. The clock is longer from the third on; if that has not
 * happened when the period ends, the extension is void and no later act brings it back.
 */
#include "request/case.h"

#include "request_steps_sql.h"

#include <assert.h>

bool request_extension_find(struct ctx *ctx, struct request_id id, struct request_extension *out,
			    bool *found, struct err *err)
{
	struct request_extension_last_row row;

	if (!request_extension_last(ctx, &(struct request_extension_last_in){ .request_id = id },
				    &row, found, err))
		return false;
	if (*found)
		*out = (struct request_extension){ .id = row.id,
						   .days = (int)row.days,
						   .reason = row.reason,
						   .proposed_on = row.proposed_on,
						   .proposed_by = row.proposed_by,
						   .decided_on = row.decided_on,
						   .approved = row.approved,
						   .told_on = row.told_on };
	return true;
}

bool extension_load(struct ctx *ctx, struct request_case *c, struct err *err)
{
	return request_extension_find(ctx, c->r.id, &c->proposal, &c->has_proposal, err);
}

/* Waits for approval, or is approved and waits to be told. */
static bool is_open(const struct request_case *c)
{
	return c->has_proposal && !c->proposal.told_on.known &&
	       (!c->proposal.decided_on.known || c->proposal.approved);
}

static bool guard_days_of(const struct request_case *c, const struct request_step *step,
			  struct err *err)
{
	if (c->r.extension > 0)
		return err_set(err, ERR_CONFLICT, "request.extended_already", "%d", c->r.extension);
	if (step->days < 1 || step->days > REQUEST_EXTENSION_MAX)
		return err_set_field(err, "days", ERR_INVALID, "request.extension_days", "%d",
				     step->days);
	return true;
}

static bool guard_propose(struct ctx *ctx, const struct request_case *c,
			  const struct request_step *step, struct err *err)
{
	if (!guard_days_of(c, step, err))
		return false;
	if (is_open(c))
		return err_set(err, ERR_CONFLICT, "request.extension_proposed", "%d",
			       c->proposal.days);
	return guard_in_time(ctx, c, step->on, "request.extension_late", err) &&
	       guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
			  "request.no_extension_reason", err);
}

static bool guard_approve(struct ctx *ctx, const struct request_case *c,
			  const struct request_step *step, struct err *err)
{
	if (!is_open(c) || c->proposal.decided_on.known)
		return err_set(err, ERR_CONFLICT, "request.no_extension_proposed", " ");
	/* The head of the 工作机构 agrees to what another proposed. */
	if (c->proposal.proposed_by == ctx->actor.account_id)
		return err_set(err, ERR_FORBIDDEN, "request.own_extension", STR_FMT,
			       STR_ARG(ctx->actor.name));
	if (!step->agreed)
		return guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
				  "request.no_refusal_reason", err);
	return guard_in_time(ctx, c, step->on, "request.extension_void", err);
}

bool extension_guard(struct ctx *ctx, const struct request_case *c,
		     const struct request_step *step, struct err *err)
{
	if (step->verb == VERB_PROPOSE_EXTENSION)
		return guard_propose(ctx, c, step, err);
	if (step->verb == VERB_APPROVE_EXTENSION)
		return guard_approve(ctx, c, step, err);
	assert(step->verb == VERB_EXTEND);
	if (step->historical)
		return guard_days_of(c, step, err) &&
		       guard_in_time(ctx, c, step->on, "request.extension_late", err);
	if (c->r.extension > 0)
		return err_set(err, ERR_CONFLICT, "request.extended_already", "%d", c->r.extension);
	if (!is_open(c) || !c->proposal.approved)
		return err_set(err, ERR_CONFLICT, "request.extension_not_approved", " ");
	return guard_in_time(ctx, c, step->on, "request.extension_void", err);
}

static bool propose(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		    struct err *err)
{
	struct request_extension_insert_in in = { .request_id = c->r.id,
						  .days = step->days,
						  .reason = step->reason,
						  .proposed_on = step->on,
						  .proposed_by = ctx->actor.account_id };

	return request_extension_insert(ctx, &in, NULL, err);
}

static bool approve(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		    struct err *err)
{
	struct request_extension_decide_in in = { .id = c->proposal.id,
						  .decided_on = step->on,
						  .decided_by = ctx->actor.account_id,
						  .approved = step->agreed };

	return request_extension_decide(ctx, &in, NULL, err);
}

bool extension_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		      struct err *err)
{
	if (step->verb == VERB_PROPOSE_EXTENSION)
		return propose(ctx, c, step, err);
	if (step->verb == VERB_APPROVE_EXTENSION)
		return approve(ctx, c, step, err);
	c->r.extension = step->historical ? step->days : c->proposal.days;
	if (step->historical)
		return true;
	struct request_extension_tell_in in = { .id = c->proposal.id, .told_on = step->on };
	return request_extension_tell(ctx, &in, NULL, err);
}
