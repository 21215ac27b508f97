/*
 * request_intake.c - registering a request, and the day it counts as received.
 *
 * 条例第三十一条 knows three days: the day of submission in person; the day the
 * agency signed for mail that is signed for; the day both sides confirmed, for
 * ordinary mail, the internet and fax. Until that day is known the request is
 * 待确认 and no period runs.
 */
#include "request/case.h"

#include "base/limits.h"
#include "base/rand.h"
#include "request_sql.h"

#include <assert.h>

#define BY_CONFIRMATION "以双方确认之日为收到申请之日"

static const struct receipt_rule rules[CHANNEL_COUNT] = {
	[CHANNEL_IN_PERSON] = { RECEIPT_SUBMITTED, STR_INIT("条例第三十一条第一项：当面提交的，"
							    "以提交之日为收到申请之日") },
	[CHANNEL_REGISTERED_MAIL] = { RECEIPT_SIGNED,
				      STR_INIT("条例第三十一条第二项：邮寄提交的，"
					       "以行政机关签收之日为收到申请之日") },
	[CHANNEL_ORDINARY_MAIL] = { RECEIPT_CONFIRMED,
				    STR_INIT("条例第三十一条第二项：以平常信函等无需签收的邮寄"
					     "方式提交的，应当于收到申请的当日与申请人确认，"
					     "确认之日为收到申请之日") },
	[CHANNEL_FAX] = { RECEIPT_CONFIRMED,
			  STR_INIT("条例第三十一条第三项：通过传真提交的，" BY_CONFIRMATION) },
	[CHANNEL_WEB] = { RECEIPT_CONFIRMED,
			  STR_INIT(
				  "条例第三十一条第三项：通过互联网渠道提交的，" BY_CONFIRMATION) },
	[CHANNEL_EMAIL] = { RECEIPT_CONFIRMED,
			    STR_INIT(
				    "条例第三十一条第三项：通过互联网渠道提交的，" BY_CONFIRMATION) },
	/* The law names no day: the office writes the form down for the applicant. */
	[CHANNEL_ORAL] = { RECEIPT_SUBMITTED,
			   STR_INIT("条例第二十九条：口头提出的，由政府信息公开工作机构代为填写，"
				    "填写并经申请人确认之日为收到申请之日") },
};

const struct receipt_rule *request_receipt_rule(enum request_channel channel)
{
	return &rules[channel];
}

static bool day_error(struct err *err, const char *field, const char *key, struct date first,
		      struct date second)
{
	struct ymd a = date_split(first), b = date_split(second);

	return err_set_field(err, field, ERR_INVALID, key, "%04d-%02d-%02d|%04d-%02d-%02d", a.year,
			     a.month, a.day, b.year, b.month, b.day);
}

/* Art. 31. Unknown: it still has to be confirmed. */
static bool receipt_of(struct ctx *ctx, const struct request_register *in,
		       struct opt_date *received, struct err *err)
{
	bool by_submission = rules[in->channel].day == RECEIPT_SUBMITTED;

	if (date_compare(in->submitted_on, ctx->today) > 0)
		return day_error(err, "submitted_on", "request.in_future", in->submitted_on,
				 ctx->today);
	*received = in->confirmed_on;
	if (by_submission && !in->confirmed_on.known)
		*received = (struct opt_date){ true, in->submitted_on };
	if (!received->known)
		return true;
	if (date_compare(received->v, ctx->today) > 0)
		return day_error(err, "confirmed_on", "request.in_future", received->v, ctx->today);
	if (date_compare(received->v, in->submitted_on) < 0)
		return day_error(err, "confirmed_on", "request.too_early", received->v,
				 in->submitted_on);
	if (in->channel == CHANNEL_IN_PERSON && date_compare(received->v, in->submitted_on) != 0)
		return day_error(err, "confirmed_on", "request.in_person_day", in->submitted_on,
				 received->v);
	return true;
}

static bool check_texts(const struct request_register *in, struct err *err)
{
	if (str_trim(in->content).len == 0)
		return err_set_field(err, "content", ERR_INVALID, "request.no_content", " ");
	if (in->content.len > LIMIT_REQUEST_CONTENT)
		return err_set_field(err, "content", ERR_INVALID, "request.content_too_long", "%d",
				     LIMIT_REQUEST_CONTENT);
	if (in->number.len > REQUEST_NUMBER_BYTES)
		return err_set_field(err, "number", ERR_INVALID, "request.number_too_long", "%d",
				     REQUEST_NUMBER_BYTES);
	return true;
}

bool intake_number_taken(struct ctx *ctx, struct unit_id unit, struct str number, bool *taken,
			 struct err *err)
{
	struct request_by_unit_number_in in = { .number = number, .unit_id = unit };
	struct request_by_unit_number_row row;

	return request_by_unit_number(ctx, &in, &row, taken, err);
}

static bool count_up(struct ctx *ctx, struct unit_id unit, int year, int64_t *last, struct err *err)
{
	struct request_number_count_in in = { .unit_id = unit, .year = year };
	struct request_number_first_in first = { .unit_id = unit, .year = year };
	struct request_number_last_in which = { .unit_id = unit, .year = year };
	struct request_number_last_row row;
	int64_t changed;
	bool found;

	if (!request_number_count(ctx, &in, &changed, err) ||
	    (changed == 0 && !request_number_first(ctx, &first, NULL, err)) ||
	    !request_number_last(ctx, &which, &row, &found, err))
		return false;
	assert(found);
	*last = row.last;
	return true;
}

bool intake_next_number(struct ctx *ctx, const struct unit *unit, struct str *number,
			struct err *err)
{
	int year = date_year(ctx->today);
	bool taken = true;
	int64_t last;

	while (taken) {
		if (!count_up(ctx, unit->id, year, &last, err))
			return false;
		*number = str_format(ctx->arena, STR_FMT "-%d-%04lld", STR_ARG(unit->code), year,
				     (long long)last);
		if (!intake_number_taken(ctx, unit->id, *number, &taken, err))
			return false;
	}
	return true;
}

static bool number_of(struct ctx *ctx, const struct request_register *in, const struct unit *unit,
		      struct str *number, struct err *err)
{
	bool taken;

	*number = str_trim(in->number);
	if (number->len == 0)
		return intake_next_number(ctx, unit, number, err);
	if (!intake_number_taken(ctx, in->unit, *number, &taken, err))
		return false;
	return !taken || err_set_field(err, "number", ERR_CONFLICT, "request.number_taken",
				       STR_FMT "|" STR_FMT, STR_ARG(*number), STR_ARG(unit->name));
}

static bool insert(struct ctx *ctx, const struct request_register *in, struct request_case *c,
		   struct str salt, int64_t seq, struct err *err)
{
	struct request *r = &c->r;
	struct request_next_id_row next;
	bool found;
	struct request_insert_in values = {
		.number = r->number,
		.unit_id = in->unit,
		.channel = channel_code(in->channel),
		.applicant = applicant_code(in->applicant),
		.submitted_on = in->submitted_on,
		.received_on = r->received_on,
		.received_year = { r->received_on.known,
				   r->received_on.known ? date_year(r->received_on.v) : 0 },
		.clock_from = r->clock_from,
		.content = in->content,
		.salt = salt,
		.state = request_state_code(r->state),
		.due_on = r->due,
		.form_id = { in->form_id.len > 0, in->form_id },
		.changed_seq = seq,
		.applicant_id = { in->applicant_id.n != 0, in->applicant_id.n },
		.wanted_form = give_form_code(in->wanted_form),
		.wanted_way = give_way_code(in->wanted_way),
	};

	/* After ledger_upcoming: the ledger is held. */
	if (!request_next_id(ctx, &next, &found, err))
		return false;
	assert(found);
	values.id = r->id = next.id;
	return request_insert(ctx, &values, NULL, err);
}

static bool record(struct ctx *ctx, const struct request_register *in, const struct request_case *c,
		   struct str salt, int64_t expected, struct err *err)
{
	struct arena *a = ctx->arena;
	struct changes changes = { .count = 0 };
	int64_t seq;

	changes_text(&changes, "number", STR_NONE, c->r.number);
	changes_text(&changes, "state", STR_NONE, request_state_code(c->r.state));
	changes_int(a, &changes, "unit", 0, in->unit.n);
	changes_text(&changes, "channel", STR_NONE, channel_code(in->channel));
	changes_text(&changes, "applicant", STR_NONE, applicant_code(in->applicant));
	changes_day(a, &changes, "submitted_on", (struct opt_date){ 0 },
		    (struct opt_date){ true, in->submitted_on });
	changes_day(a, &changes, "received_on", (struct opt_date){ 0 }, c->r.received_on);
	changes_text(&changes, "wanted_form", STR_NONE, give_form_code(in->wanted_form));
	changes_text(&changes, "wanted_way", STR_NONE, give_way_code(in->wanted_way));
	changes_int(a, &changes, "applicant_id", 0, in->applicant_id.n);
	/* What is asked for may name persons: the chain binds it without holding it. */
	changes_text(&changes, "content_commitment", STR_NONE, ledger_commit(a, salt, in->content));
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = c->r.id.n,
				      .verb = "request.register",
				      .changes = changes.list,
				      .changes_count = changes.count };
	if (!ledger_append(ctx, &event, &seq, err))
		return false;
	assert(seq == expected);
	return true;
}

/* For who looks at what came; many in one run are left to who looks every hour. */
static bool tell(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct job_new job = { .topic = "request.registered", .subject_kind = "request",
			       .subject_id = id.n };

	return ledger_in_bulk(ctx) || jobs_add(ctx, &job, err);
}

static bool register_new(struct ctx *ctx, const struct request_register *in, struct request_id *id,
			 struct err *err)
{
	struct request_case c = { .inquiries_count = 0 };
	struct unit unit;
	int64_t seq;

	if (!receipt_of(ctx, in, &c.r.received_on, err) || !check_texts(in, err) ||
	    !agency_unit(ctx, in->unit, &unit, err) || !number_of(ctx, in, &unit, &c.r.number, err))
		return false;
	c.r.clock_from = c.r.received_on;
	c.r.state = c.r.received_on.known ? REQUEST_HANDLING : REQUEST_CONFIRMING;
	if (c.r.clock_from.known && !clock_due(ctx, &c, ctx->today, &c.r.due, err))
		return false;
	struct str salt = random_hex(ctx->arena, 16);
	if (!ledger_upcoming(ctx, &seq, err) || !insert(ctx, in, &c, salt, seq, err) ||
	    !record(ctx, in, &c, salt, seq, err) || !tell(ctx, c.r.id, err))
		return false;
	*id = c.r.id;
	return true;
}

bool request_register(struct ctx *ctx, const struct request_register *in, struct request_id *id,
		      struct err *err)
{
	struct request_by_form_row row;
	bool found;

	if (in->form_id.len > 0) {
		if (!request_by_form(ctx, &(struct request_by_form_in){ .form_id = in->form_id },
				     &row, &found, err))
			return false;
		if (found) {
			*id = row.id;
			return true;
		}
	}
	return register_new(ctx, in, id, err);
}
