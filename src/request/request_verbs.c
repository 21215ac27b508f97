/* request_verbs.c - the verbs by name: each is one step (request_steps.c). */
#include "request/request.h"

bool request_confirm(struct ctx *ctx, struct request_id id, struct date confirmed_on,
		     struct err *err)
{
	struct request_step step = { .verb = VERB_CONFIRM, .on = confirmed_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_charge(struct ctx *ctx, struct request_id id, struct date served_on, int64_t fen,
		    struct err *err)
{
	struct request_step step = { .verb = VERB_CHARGE,
				     .on = served_on,
				     .delivered_on = { true, served_on },
				     .fen = fen,
				     .historical = true };

	return request_take_step(ctx, id, &step, err);
}

bool request_pay(struct ctx *ctx, struct request_id id, struct date paid_on, struct err *err)
{
	struct request_step step = { .verb = VERB_PAY, .on = paid_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_record_decision(struct ctx *ctx, struct request_id id,
			     const struct decision_kind *kind, struct date decided_on,
			     struct err *err)
{
	struct request_step step = { .verb = VERB_DECIDE,
				     .on = decided_on,
				     .kind = kind,
				     .historical = true };

	return request_take_step(ctx, id, &step, err);
}

bool request_serve(struct ctx *ctx, struct request_id id, struct date served_on, struct err *err)
{
	struct request_step step = { .verb = VERB_SERVE, .on = served_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_close(struct ctx *ctx, struct request_id id, const struct decision_kind *kind,
		   struct date closed_on, struct err *err)
{
	struct request_step step = { .verb = VERB_CLOSE, .on = closed_on, .kind = kind };

	return request_take_step(ctx, id, &step, err);
}

bool request_file(struct ctx *ctx, struct request_id id, struct date filed_on, struct err *err)
{
	struct request_step step = { .verb = VERB_FILE, .on = filed_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_amend(struct ctx *ctx, struct request_id id, enum applicant_class applicant,
		   const struct decision_kind *kind, struct str reason, struct err *err)
{
	struct request_step step = { .verb = VERB_AMEND,
				     .applicant = applicant,
				     .kind = kind,
				     .reason = reason };

	return request_take_step(ctx, id, &step, err);
}
