/*
 * request_split.c - 一事一申请: a form that asks for several matters becomes a request
 * for each.
 *
 * The request that bore the form keeps the first matter; the others are registered with
 * numbers of their own and its channel, class and day of receipt, so each is counted and
 * each has its own period. The form itself is kept as it came. Splitting comes first:
 * what is being corrected, inquired about or charged for is one matter already.
 */
#include "request/case.h"

#include "base/limits.h"
#include "base/rand.h"
#include "request_sql.h"
#include "request_steps_sql.h"

#include <assert.h>

bool request_whole_find(struct ctx *ctx, struct request_id part, struct request_whole *out,
			bool *found, struct err *err)
{
	struct request_whole_of_row row;
	struct request_parts_of_row *parts;

	if (!request_whole_of(ctx, &(struct request_whole_of_in){ .request_id = part }, &row, found,
			      err))
		return false;
	if (!*found)
		return true;
	out->content = row.content;
	if (!request_parts_of_all(ctx, &(struct request_parts_of_in){ .whole_id = row.id },
				  REQUEST_PARTS_MAX, &parts, &out->parts_count, err))
		return false;
	out->parts = ARENA_ARRAY(ctx->arena, out->parts_count, struct request_id);
	for (size_t i = 0; i < out->parts_count; i++)
		out->parts[i] = parts[i].request_id;
	return true;
}

static bool check_parts(const struct request_step *step, struct err *err)
{
	if (step->parts_count < 2 || step->parts_count > REQUEST_PARTS_MAX)
		return err_set_field(err, "parts", ERR_INVALID, "request.parts_count", "%zu|%d",
				     step->parts_count, REQUEST_PARTS_MAX);
	for (size_t i = 0; i < step->parts_count; i++) {
		if (str_trim(step->parts[i]).len == 0)
			return err_set_field(err, "parts", ERR_INVALID, "request.part_empty", "%zu",
					     i + 1);
		if (step->parts[i].len > LIMIT_REQUEST_CONTENT)
			return err_set_field(err, "parts", ERR_INVALID, "request.content_too_long",
					     "%d", LIMIT_REQUEST_CONTENT);
	}
	return true;
}

bool split_guard(struct ctx *ctx, const struct request_case *c, const struct request_step *step,
		 struct err *err)
{
	const struct request *r = &c->r;
	struct request_whole whole;
	bool split;

	if (!check_parts(step, err) || !request_whole_find(ctx, r->id, &whole, &split, err))
		return false;
	if (split)
		return err_set(err, ERR_CONFLICT, "request.split_already", STR_FMT "|%zu",
			       STR_ARG(r->number), whole.parts_count);
	if (r->correction_sent_on.known || c->inquiries_count > 0 || c->has_fee ||
	    r->extension > 0 || r->reasons != REASONS_NONE)
		return err_set(err, ERR_CONFLICT, "request.split_late", STR_FMT,
			       STR_ARG(r->number));
	return true;
}

static bool record_part(struct ctx *ctx, const struct request_case *c, struct request_id id,
			struct str number, struct str commitment, int64_t expected, struct err *err)
{
	struct arena *a = ctx->arena;
	struct changes changes = { .count = 0 };
	int64_t seq;

	changes_text(&changes, "number", STR_NONE, number);
	changes_int(a, &changes, "part_of", 0, c->r.id.n);
	changes_text(&changes, "state", STR_NONE, request_state_code(c->r.state));
	changes_int(a, &changes, "unit", 0, c->r.unit.n);
	changes_text(&changes, "channel", STR_NONE, channel_code(c->r.channel));
	changes_text(&changes, "applicant", STR_NONE, applicant_code(c->r.applicant));
	changes_day(a, &changes, "submitted_on", (struct opt_date){ 0 },
		    (struct opt_date){ true, c->r.submitted_on });
	changes_day(a, &changes, "received_on", (struct opt_date){ 0 }, c->r.received_on);
	changes_text(&changes, "content_commitment", STR_NONE, commitment);
	changes_int(a, &changes, "applicant_id", 0, c->r.applicant_id.n);
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = id.n,
				      .verb = "request.register",
				      .changes = changes.list,
				      .changes_count = changes.count };
	if (!ledger_append(ctx, &event, &seq, err))
		return false;
	assert(seq == expected);
	return true;
}

static bool add_part(struct ctx *ctx, const struct request_case *c, const struct unit *unit,
		     struct str content, int64_t part, struct err *err)
{
	struct str salt = random_hex(ctx->arena, 16), number;
	struct request_next_id_row next;
	int64_t seq;
	bool found;

	if (!intake_next_number(ctx, unit, &number, err) || !ledger_upcoming(ctx, &seq, err) ||
	    !request_next_id(ctx, &next, &found, err))
		return false;
	assert(found);
	const struct request *r = &c->r;
	struct request_insert_in in = {
		.id = next.id,
		.number = number,
		.unit_id = r->unit,
		.channel = channel_code(r->channel),
		.applicant = applicant_code(r->applicant),
		.submitted_on = r->submitted_on,
		.received_on = r->received_on,
		.received_year = { r->received_on.known,
				   r->received_on.known ? date_year(r->received_on.v) : 0 },
		.clock_from = r->clock_from,
		.content = content,
		.salt = salt,
		.state = request_state_code(r->state),
		.due_on = r->due,
		.changed_seq = seq,
		.applicant_id = { r->applicant_id.n != 0, r->applicant_id.n },
		.wanted_form = give_form_code(r->wanted_form),
		.wanted_way = give_way_code(r->wanted_way),
	};
	struct request_part_insert_in row = { .whole_id = c->r.id,
					      .part = part,
					      .request_id = next.id };
	return request_insert(ctx, &in, NULL, err) &&
	       request_part_insert(ctx, &row, NULL, err) &&
	       record_part(ctx, c, next.id, number, ledger_commit(ctx->arena, salt, content), seq,
			   err);
}

bool split_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		  struct err *err)
{
	struct request_part_insert_in first = { .whole_id = c->r.id,
						.part = 1,
						.request_id = c->r.id };
	struct request_whole_insert_in whole = { .id = c->r.id };
	struct request_set_content_in own = { .id = c->r.id, .content = step->parts[0] };
	struct unit unit;

	if (!agency_unit(ctx, c->r.unit, &unit, err) ||
	    !request_whole_insert(ctx, &whole, NULL, err) ||
	    !request_part_insert(ctx, &first, NULL, err))
		return false;
	for (size_t i = 1; i < step->parts_count; i++)
		if (!add_part(ctx, c, &unit, step->parts[i], (int64_t)i + 1, err))
			return false;
	own.salt = case_bind(ctx, c, step->parts[0]);
	c->r.content = step->parts[0];
	return request_set_content(ctx, &own, NULL, err);
}
