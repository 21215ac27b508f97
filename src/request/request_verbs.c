/* request_verbs.c - the verbs by name: each is one step (request_steps.c). */
#include "request/request.h"

bool request_confirm(struct ctx *ctx, struct request_id id, struct date confirmed_on,
		     struct err *err)
{
	struct request_step step = { .verb = VERB_CONFIRM, .on = confirmed_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_ask_correction(struct ctx *ctx, struct request_id id, struct date sent_on,
			    struct date until, struct err *err)
{
	struct request_step step = { .verb = VERB_ASK_CORRECTION, .on = sent_on, .until = until };

	return request_take_step(ctx, id, &step, err);
}

bool request_receive_correction(struct ctx *ctx, struct request_id id, struct date received_on,
				struct err *err)
{
	struct request_step step = { .verb = VERB_RECEIVE_CORRECTION, .on = received_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_open_inquiry(struct ctx *ctx, struct request_id id, enum inquiry_kind kind,
			  struct date sent_on, struct err *err)
{
	struct request_step step = { .verb = VERB_OPEN_INQUIRY, .on = sent_on, .inquiry = kind };

	return request_take_step(ctx, id, &step, err);
}

bool request_close_inquiry(struct ctx *ctx, struct request_id id, struct date back_on,
			   struct err *err)
{
	struct request_step step = { .verb = VERB_CLOSE_INQUIRY, .on = back_on };

	return request_take_step(ctx, id, &step, err);
}

bool request_extend(struct ctx *ctx, struct request_id id, int days, struct date told_on,
		    struct str reason, struct err *err)
{
	struct request_step step = { .verb = VERB_EXTEND,
				     .on = told_on,
				     .days = days,
				     .reason = reason };

	return request_take_step(ctx, id, &step, err);
}

bool request_charge(struct ctx *ctx, struct request_id id, struct date served_on, int64_t fen,
		    struct err *err)
{
	struct request_step step = { .verb = VERB_CHARGE, .on = served_on, .fen = fen };

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
