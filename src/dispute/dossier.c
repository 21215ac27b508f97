/*
 * dossier.c - the way of one proceeding: notice, answer, end, the new answer; and putting right.
 */
#include "dispute/dossier_work.h"

/* Both days as facts. */
static bool wrong_order(struct ctx *ctx, const char *field, const char *key, struct date day,
			struct date other, struct err *err)
{
	struct str first = date_iso(ctx->arena, day), second = date_iso(ctx->arena, other);

	return err_set_field(err, field, ERR_INVALID, key, STR_FMT "|" STR_FMT, STR_ARG(first),
			     STR_ARG(second));
}

static bool not_before(struct ctx *ctx, const char *field, const char *key, struct date day,
		       struct opt_date other, struct err *err)
{
	if (!dossier_day(ctx, field, day, err))
		return false;
	return !other.known || date_compare(day, other.v) >= 0 ||
	       wrong_order(ctx, field, key, day, other.v, err);
}

/* ---- the way */

bool dispute_receive(struct ctx *ctx, struct dispute_edit at, struct date on, bool simplified,
		     struct err *err)
{
	struct dossier_note note = { .verb = "dispute.receive" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err) || !dossier_day(ctx, "on", on, err))
		return false;
	if (before.received_on.known)
		return err_set(err, ERR_CONFLICT, "dispute.received_already",
			       STR_FMT "|" STR_FMT, STR_ARG(before.case_no),
			       STR_ARG(date_iso(ctx->arena, before.received_on.v)));
	if (before.concluded)
		return err_set(err, ERR_CONFLICT, "dispute.concluded", STR_FMT,
			       STR_ARG(before.case_no));
	if (simplified && before.route != DISPUTE_RECONSIDERATION)
		return err_set_field(err, "simplified", ERR_INVALID, "dispute.not_simplified", " ");
	struct dispute after = before;
	after.received_on = (struct opt_date){ true, on };
	after.simplified = simplified;
	return dossier_answer_due(ctx, &after, err) &&
	       dossier_save(ctx, &before, &after, &note, err);
}

bool dispute_answer(struct ctx *ctx, struct dispute_edit at, struct date on, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.answer" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err))
		return false;
	if (!before.received_on.known)
		return err_set(err, ERR_CONFLICT, "dispute.not_received", STR_FMT,
			       STR_ARG(before.case_no));
	if (before.answered_on.known)
		return err_set(err, ERR_CONFLICT, "dispute.answered_already",
			       STR_FMT "|" STR_FMT, STR_ARG(before.case_no),
			       STR_ARG(date_iso(ctx->arena, before.answered_on.v)));
	if (!not_before(ctx, "on", "dispute.before_receipt", on, before.received_on, err))
		return false;
	struct dispute after = before;
	after.answered_on = (struct opt_date){ true, on };
	return dossier_save(ctx, &before, &after, &note, err);
}

/* ---- the end */

static bool conclude(struct ctx *ctx, struct dispute_edit at, enum dispute_outcome outcome,
		     const struct dispute_end *in, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.conclude" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err))
		return false;
	if (before.concluded)
		return err_set(err, ERR_CONFLICT, "dispute.concluded", STR_FMT,
			       STR_ARG(before.case_no));
	if (date_compare(in->on, before.accepted_on) < 0)
		return err_set_field(err, "concluded_on", ERR_INVALID, "dispute.before_start",
				     STR_FMT, STR_ARG(date_iso(ctx->arena, in->on)));
	if (!dossier_day(ctx, "concluded_on", in->on, err))
		return false;
	if (in->redo && outcome != DISPUTE_CORRECTED)
		return err_set_field(err, "redo", ERR_INVALID, "dispute.redo_needs_correction",
				     STR_FMT, STR_ARG(dispute_outcome_label(outcome)));
	if (in->redo_until.known && !in->redo)
		return err_set_field(err, "redo_until", ERR_INVALID, "dispute.redo_day_alone", " ");
	if (in->redo_until.known && date_compare(in->redo_until.v, in->on) < 0)
		return wrong_order(ctx, "redo_until", "dispute.redo_before_end", in->redo_until.v,
				   in->on, err);
	struct dispute after = before;
	after.concluded = true;
	after.outcome = outcome;
	after.result = in->result;
	after.concluded_on = (struct opt_date){ true, in->on };
	after.redo = in->redo;
	after.redo_until = in->redo_until;
	return dossier_save(ctx, &before, &after, &note, err);
}

bool dispute_conclude(struct ctx *ctx, struct dispute_id id, enum dispute_outcome outcome,
		      struct str result, struct date concluded_on, struct err *err)
{
	struct dispute_end in = { .result = result, .on = concluded_on };

	return conclude(ctx, (struct dispute_edit){ id, 0 }, outcome, &in, err);
}

bool dispute_end(struct ctx *ctx, struct dispute_edit at, const struct dispute_end *in,
		 struct err *err)
{
	struct dispute_end end = *in;
	enum dispute_outcome outcome;

	if (!dossier_text("result", in->result, &end.result, err))
		return false;
	if (!dispute_outcome_of(end.result, &outcome))
		return err_set_field(err, "result", ERR_INVALID, "dispute.unclear", " ");
	return conclude(ctx, at, outcome, &end, err);
}

/* ---- answering anew */

/* A round that was given up is none: another may be begun. */
static bool redo_stands(struct ctx *ctx, const struct dispute *d, bool *stands, struct err *err)
{
	struct reply reply;

	*stands = false;
	if (!d->redo_reply.known)
		return true;
	if (!reply_load(ctx, (struct reply_id){ d->redo_reply.v }, &reply, err))
		return false;
	*stands = reply.stage != REPLY_DROPPED;
	return true;
}

static bool redo_begun(struct ctx *ctx, const struct dispute *d, struct err *err)
{
	bool stands;

	if (!redo_stands(ctx, d, &stands, err))
		return false;
	return !stands ||
	       err_set(err, ERR_CONFLICT, "dispute.redo_begun", STR_FMT, STR_ARG(d->case_no));
}

bool dispute_reopen(struct ctx *ctx, struct dispute_edit at, struct reply_id *id, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.reopen" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err))
		return false;
	if (!before.concluded || !before.redo)
		return err_set(err, ERR_CONFLICT, "dispute.no_redo", STR_FMT,
			       STR_ARG(before.case_no));
	if (!before.request.known)
		return err_set(err, ERR_CONFLICT, "dispute.no_request", STR_FMT,
			       STR_ARG(before.case_no));
	if (!redo_begun(ctx, &before, err))
		return false;
	struct str cause = str_format(ctx->arena, STR_FMT STR_FMT "：" STR_FMT,
				      STR_ARG(before.organ), STR_ARG(before.case_no),
				      STR_ARG(before.result));
	struct dispute after = before;
	if (!reply_open_again(ctx, (struct request_id){ before.request.v }, cause, id, err))
		return false;
	after.redo_reply = (struct opt_int){ true, id->n };
	return dossier_save(ctx, &before, &after, &note, err);
}

/* ---- putting right */

static bool check_links(struct ctx *ctx, const struct dispute *d,
			const struct dispute_correction *in, struct err *err)
{
	struct dispute other;
	struct request request;

	if (in->request.known && !request_find(ctx, (struct request_id){ in->request.v }, &request,
					       err))
		return false;
	if (d->redo_reply.known &&
	    (!in->request.known || !d->request.known || in->request.v != d->request.v))
		return err_set_field(err, "request_number", ERR_CONFLICT, "dispute.redo_begun",
				     STR_FMT, STR_ARG(d->case_no));
	if (!in->earlier.known)
		return true;
	if (!dispute_find(ctx, (struct dispute_id){ in->earlier.v }, &other, err))
		return false;
	return (in->route == DISPUTE_LITIGATION_AFTER &&
		other.route == DISPUTE_RECONSIDERATION && other.unit.n == d->unit.n &&
		!other.voided) ||
	       err_set_field(err, "earlier", ERR_INVALID, "dispute.no_earlier", STR_FMT,
			     STR_ARG(other.case_no));
}

static bool check_days(struct ctx *ctx, const struct dispute *d,
		       const struct dispute_correction *in, struct err *err)
{
	if (!dossier_day(ctx, "accepted_on", in->accepted_on, err))
		return false;
	if (d->concluded && date_compare(d->concluded_on.v, in->accepted_on) < 0)
		return err_set_field(err, "accepted_on", ERR_INVALID, "dispute.before_start",
				     STR_FMT, STR_ARG(date_iso(ctx->arena, d->concluded_on.v)));
	if (in->received_on.known && !dossier_day(ctx, "received_on", in->received_on.v, err))
		return false;
	if (!in->answered_on.known)
		return true;
	if (!in->received_on.known)
		return err_set_field(err, "received_on", ERR_INVALID, "dispute.not_received",
				     STR_FMT, STR_ARG(in->case_no));
	return not_before(ctx, "answered_on", "dispute.before_receipt", in->answered_on.v,
			  in->received_on, err);
}

static bool check_case_no(struct ctx *ctx, const struct dispute *d,
			  const struct dispute_correction *in, struct err *err)
{
	struct dispute taken;
	bool found;

	if (in->case_no.len == 0 || in->case_no.len > DISPUTE_CASE_NO_BYTES)
		return err_set_field(err, "case_no", ERR_INVALID, "dispute.no_case_no", " ");
	if (!dispute_by_case_no(ctx, in->route, in->case_no, &taken, &found, err))
		return false;
	return !found || taken.id.n == d->id.n ||
	       err_set_field(err, "case_no", ERR_CONFLICT, "dispute.case_taken", STR_FMT,
			     STR_ARG(in->case_no));
}

bool dispute_correct(struct ctx *ctx, struct dispute_edit at, const struct dispute_correction *in,
		     struct str reason, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.correct" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err) ||
	    !dossier_text("reason", reason, &note.reason, err) ||
	    !check_case_no(ctx, &before, in, err) || !check_days(ctx, &before, in, err) ||
	    !check_links(ctx, &before, in, err))
		return false;
	if (in->simplified && in->route != DISPUTE_RECONSIDERATION)
		return err_set_field(err, "simplified", ERR_INVALID, "dispute.not_simplified", " ");
	struct dispute after = before;
	after.route = in->route;
	after.case_no = in->case_no;
	after.organ = in->organ;
	after.accepted_on = in->accepted_on;
	after.request = in->request;
	after.earlier = in->earlier;
	after.received_on = in->received_on;
	after.answered_on = in->answered_on;
	after.simplified = in->simplified;
	return dossier_answer_due(ctx, &after, err) &&
	       dossier_save(ctx, &before, &after, &note, err);
}

bool dispute_undo_end(struct ctx *ctx, struct dispute_edit at, struct str reason, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.undo" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err) ||
	    !dossier_text("reason", reason, &note.reason, err))
		return false;
	if (!before.concluded)
		return err_set(err, ERR_CONFLICT, "dispute.not_concluded", STR_FMT,
			       STR_ARG(before.case_no));
	if (!redo_begun(ctx, &before, err))
		return false;
	struct dispute after = before;
	after.concluded = false;
	after.result = STR_NONE;
	after.concluded_on = (struct opt_date){ 0 };
	after.redo = false;
	after.redo_until = (struct opt_date){ 0 };
	after.redo_reply = (struct opt_int){ 0 };
	return dossier_save(ctx, &before, &after, &note, err);
}

bool dispute_void(struct ctx *ctx, struct dispute_edit at, struct str reason, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.void" };
	struct dispute before;

	if (!dossier_load(ctx, at, &before, err) ||
	    !dossier_text("reason", reason, &note.reason, err) || !redo_begun(ctx, &before, err))
		return false;
	struct dispute after = before;
	after.voided = true;
	after.case_no = str_format(ctx->arena, STR_FMT "（误登记%lld）", STR_ARG(before.case_no),
				   (long long)before.id.n);
	after.concluded = false;
	after.result = STR_NONE;
	after.concluded_on = (struct opt_date){ 0 };
	after.redo = false;
	after.redo_until = (struct opt_date){ 0 };
	return dossier_save(ctx, &before, &after, &note, err);
}
