/*
 * dossier_save.c - how a change of a proceeding is written: what changed as one event, what is
 * owed next counted anew, counted facts as they were into the history.
 */
#include "dispute/dossier_work.h"

#include "dispute_sql.h"

#include <assert.h>

enum { CHANGES_MAX = 32, NO_YEAR = 9999 };

struct date dossier_no_day(void)
{
	return date_make(DATE_YEAR_MAX, 12, 31);
}

bool dossier_text(const char *field, struct str in, struct str *out, struct err *err)
{
	struct str text = str_trim(in);

	if (text.len == 0)
		return err_set_field(err, field, ERR_INVALID, "dispute.no_text", " ");
	if (text.len > DISPUTE_TEXT_BYTES)
		return err_set_field(err, field, ERR_INVALID, "dispute.text_too_long", "%d",
				     DISPUTE_TEXT_BYTES);
	*out = text;
	return true;
}

bool dossier_day(struct ctx *ctx, const char *field, struct date day, struct err *err)
{
	struct str text = date_iso(ctx->arena, day);

	return date_compare(day, ctx->today) <= 0 ||
	       err_set_field(err, field, ERR_INVALID, "dispute.in_future", STR_FMT, STR_ARG(text));
}

bool dossier_load(struct ctx *ctx, struct dispute_edit at, struct dispute *out, struct err *err)
{
	if (!dispute_find(ctx, at.id, out, err))
		return false;
	if (at.version != 0 && at.version != out->version)
		return err_set(err, ERR_CONFLICT, "dispute.changed_meanwhile", STR_FMT,
			       STR_ARG(out->case_no));
	if (out->erased_at.known)
		return err_set(err, ERR_CONFLICT, "dispute.erased", STR_FMT,
			       STR_ARG(out->case_no));
	return !out->voided ||
	       err_set(err, ERR_CONFLICT, "dispute.is_void", STR_FMT, STR_ARG(out->case_no));
}

/* ---- what changed */

struct changes { struct ledger_change list[CHANGES_MAX]; size_t count; };

static void text(struct changes *c, const char *field, struct str before, struct str after)
{
	if (str_equal(before, after))
		return;
	assert(c->count < CHANGES_MAX);
	c->list[c->count++] = (struct ledger_change){ field, before, after };
}

static void day(struct arena *a, struct changes *c, const char *field, struct opt_date before,
		struct opt_date after)
{
	text(c, field, before.known ? date_iso(a, before.v) : STR_NONE,
	     after.known ? date_iso(a, after.v) : STR_NONE);
}

static void number(struct arena *a, struct changes *c, const char *field, struct opt_int before,
		   struct opt_int after)
{
	text(c, field, before.known ? str_format(a, "%lld", (long long)before.v) : STR_NONE,
	     after.known ? str_format(a, "%lld", (long long)after.v) : STR_NONE);
}

static void flag(struct changes *c, const char *field, bool before, bool after)
{
	text(c, field, before ? STR("yes") : STR_NONE, after ? STR("yes") : STR_NONE);
}

static struct str outcome_text(const struct dispute *d)
{
	return d->concluded ? dispute_outcome_code(d->outcome) : STR_NONE;
}

static void compare(struct arena *a, const struct dispute *b, const struct dispute *d,
		    struct changes *c)
{
	text(c, "route", dispute_route_code(b->route), dispute_route_code(d->route));
	text(c, "case_no", b->case_no, d->case_no);
	text(c, "organ", b->organ, d->organ);
	day(a, c, "accepted_on", (struct opt_date){ true, b->accepted_on },
	    (struct opt_date){ true, d->accepted_on });
	number(a, c, "request", b->request, d->request);
	number(a, c, "earlier", b->earlier, d->earlier);
	flag(c, "simplified", b->simplified, d->simplified);
	day(a, c, "received_on", b->received_on, d->received_on);
	day(a, c, "answer_due_on", b->answer_due, d->answer_due);
	day(a, c, "answered_on", b->answered_on, d->answered_on);
	text(c, "outcome", outcome_text(b), outcome_text(d));
	text(c, "result", b->result, d->result);
	day(a, c, "concluded_on", b->concluded_on, d->concluded_on);
	flag(c, "redo", b->redo, d->redo);
	day(a, c, "redo_until", b->redo_until, d->redo_until);
	number(a, c, "redo_reply", b->redo_reply, d->redo_reply);
	flag(c, "voided", b->voided, d->voided);
}

/* ---- what is owed next */

static void owe(struct dispute *d, enum dispute_next what, struct opt_date on)
{
	struct date by = on.known ? on.v : dossier_no_day();

	if (d->next != DISPUTE_NEXT_NONE && date_compare(d->next_on.v, by) <= 0)
		return;
	d->next = what;
	d->next_on = (struct opt_date){ true, by };
}

static bool count_next(struct ctx *ctx, struct dispute *d, struct err *err)
{
	struct hearing *list;
	size_t count;

	d->next = DISPUTE_NEXT_NONE;
	d->next_on = (struct opt_date){ 0 };
	if (d->voided)
		return true;
	if (d->received_on.known && !d->answered_on.known && !d->concluded)
		owe(d, DISPUTE_NEXT_ANSWER, d->answer_due);
	if (d->concluded && d->redo)
		owe(d, DISPUTE_NEXT_REDO, d->redo_until);
	if (!hearing_list(ctx, d->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count && !d->concluded; i++)
		if (list[i].state == HEARING_PLANNED)
			owe(d, DISPUTE_NEXT_HEARING, (struct opt_date){ true, list[i].day });
	return true;
}

/* ---- writing */

static int64_t year_of_acceptance(const struct dispute *d)
{
	return d->voided ? NO_YEAR : date_year(d->accepted_on);
}

static struct opt_int year_of_end(const struct dispute *d)
{
	return (struct opt_int){ d->concluded_on.known,
				 d->concluded_on.known ? date_year(d->concluded_on.v) : 0 };
}

static struct opt_str opt_outcome(const struct dispute *d)
{
	return (struct opt_str){ d->concluded, outcome_text(d) };
}

static bool counts_otherwise(const struct dispute *b, const struct dispute *d)
{
	struct opt_int was = year_of_end(b), is = year_of_end(d);

	return b->route != d->route || year_of_acceptance(b) != year_of_acceptance(d) ||
	       b->concluded != d->concluded || (d->concluded && b->outcome != d->outcome) ||
	       was.known != is.known || (is.known && was.v != is.v);
}

static bool keep_history(struct ctx *ctx, const struct dispute *b, int64_t seq, struct err *err)
{
	struct dispute_history_insert_in in = { .dispute_id = b->id,
						.seq_from = b->changed_seq,
						.seq_to = seq,
						.unit_id = b->unit,
						.route = dispute_route_code(b->route),
						.accepted_year = year_of_acceptance(b),
						.outcome = opt_outcome(b),
						.concluded_year = year_of_end(b) };

	return dispute_history_insert(ctx, &in, NULL, err);
}

static bool write_row(struct ctx *ctx, const struct dispute *d, struct err *err)
{
	struct opt_str next_on = { d->next_on.known, STR_NONE };
	struct opt_str next_what = { d->next != DISPUTE_NEXT_NONE, dispute_next_code(d->next) };

	if (next_on.known)
		next_on.v = date_iso(ctx->arena, d->next_on.v);
	struct dispute_write_in in = { .id = d->id,
				       .request_id = d->request,
				       .route = dispute_route_code(d->route),
				       .case_no = d->case_no,
				       .organ = d->organ,
				       .accepted_on = d->accepted_on,
				       .accepted_year = year_of_acceptance(d),
				       .outcome = opt_outcome(d),
				       .result = d->result,
				       .concluded_on = d->concluded_on,
				       .concluded_year = year_of_end(d),
				       .changed_seq = d->changed_seq,
				       .simplified = d->simplified,
				       .earlier_id = d->earlier,
				       .received_on = d->received_on,
				       .answer_due_on = d->answer_due,
				       .answered_on = d->answered_on,
				       .redo = d->redo,
				       .redo_until = d->redo_until,
				       .redo_reply_id = d->redo_reply,
				       .voided = d->voided,
				       .next_on = next_on,
				       .next_what = next_what,
				       .version = d->version };

	return dispute_write(ctx, &in, NULL, err);
}

bool dossier_save(struct ctx *ctx, const struct dispute *before, struct dispute *after,
		  const struct dossier_note *note, struct err *err)
{
	struct changes changes = { .count = 0 };
	int64_t seq;

	if (!count_next(ctx, after, err))
		return false;
	after->version = before->version + 1;
	compare(ctx->arena, before, after, &changes);
	for (size_t i = 0; i < note->changes_count; i++)
		text(&changes, note->changes[i].field, note->changes[i].before,
		     note->changes[i].after);
	struct ledger_event event = { .subject_kind = "dispute",
				      .subject_id = before->id.n,
				      .verb = note->verb,
				      .changes = changes.list,
				      .changes_count = changes.count,
				      .reason = note->reason };
	if (!ledger_append(ctx, &event, &seq, err))
		return false;
	if (counts_otherwise(before, after)) {
		after->changed_seq = seq;
		if (!keep_history(ctx, before, seq, err))
			return false;
	}
	return write_row(ctx, after, err);
}
