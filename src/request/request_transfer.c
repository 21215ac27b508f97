/*
 * request_transfer.c - another unit of the site takes a request over, because the
 * information is its own or it has the case in hand.
 *
 * The site received the request, so the day of receipt and the period stay as they are.
 * Information of a body outside the site is no transfer but a reply: 不属于本行政机关负责
 * 公开 (条例第三十六条第五项). Counted for the new unit from this event on; figures as of
 * an earlier position keep the old one (request_history).
 */
#include "request/case.h"

bool transfer_guard(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
		    struct err *err)
{
	struct unit to;

	if (step->unit.n == c->r.unit.n)
		return err_set_field(err, "unit", ERR_INVALID, "request.same_unit", " ");
	if (!agency_unit(ctx, step->unit, &to, err))
		return false;
	if (to.closed_on.known)
		return err_set_field(err, "unit", ERR_CONFLICT, "request.unit_closed", STR_FMT,
				     STR_ARG(to.name));
	return guard_text(step->reason, REQUEST_REASON_BYTES, "reason",
			  "request.no_transfer_reason", err);
}

bool transfer_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		     struct err *err)
{
	struct unit to;
	bool taken;

	if (!agency_unit(ctx, step->unit, &to, err) ||
	    !intake_number_taken(ctx, to.id, c->r.number, &taken, err))
		return false;
	c->r.unit = to.id;
	/* The applicant's receipt names it: it stays, unless the new unit has given it too. */
	return !taken || intake_next_number(ctx, &to, &c->r.number, err);
}
