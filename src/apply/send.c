/*
 * send.c - checking what was filled in, sending it, and confirming it.
 */
#include "apply/apply_work.h"

#include "apply/found.h"
#include "apply_sql.h"
#include "base/limits.h"
#include "calendar/calendar.h"
#include "ledger/ledger.h"

#include <assert.h>

enum { HOUR_S = 3600, WAITING_MAX = 200 };

static const enum apply_step steps[APPLY_FIELD_COUNT] = {
	[APPLY_CONTENT] = APPLY_ASK,	   [APPLY_UNIT] = APPLY_ASK,
	[APPLY_CLASS] = APPLY_WHO,	   [APPLY_NAME] = APPLY_IDENTITY,
	[APPLY_DOCUMENT] = APPLY_IDENTITY, [APPLY_DOCUMENT_NO] = APPLY_IDENTITY,
	[APPLY_PHONE] = APPLY_CONTACT,	   [APPLY_EMAIL] = APPLY_CONTACT,
	[APPLY_ADDRESS] = APPLY_CONTACT,   [APPLY_POSTCODE] = APPLY_CONTACT,
	[APPLY_CONTACT_PERSON] = APPLY_CONTACT, [APPLY_AGENT_NAME] = APPLY_AGENT,
	[APPLY_AGENT_DOCUMENT_NO] = APPLY_AGENT, [APPLY_FORM] = APPLY_RECEIVE,
	[APPLY_WAY] = APPLY_RECEIVE,
};

enum apply_step apply_step_of(enum apply_field f)
{
	return steps[f];
}

static bool missing(struct err *err, enum apply_field f, const char *key)
{
	return err_set_field(err, apply_field_names[f], ERR_INVALID, key, " ");
}

/* Whose form it is; a class that was not chosen yet is a person. */
static struct identity identity_of(const struct apply_draft *d)
{
	enum applicant_class class = APPLICANT_NATURAL_PERSON;
	struct identity i = { .name = d->texts[APPLY_NAME],
			      .document_no = d->texts[APPLY_DOCUMENT_NO],
			      .phone = d->texts[APPLY_PHONE],
			      .email = d->texts[APPLY_EMAIL],
			      .address = d->texts[APPLY_ADDRESS],
			      .postcode = d->texts[APPLY_POSTCODE],
			      .contact_person = d->texts[APPLY_CONTACT_PERSON],
			      .agent_name = d->texts[APPLY_AGENT_NAME],
			      .agent_document_no = d->texts[APPLY_AGENT_DOCUMENT_NO] };

	(void)applicant_from(d->texts[APPLY_CLASS], &class);
	i.organisation = class != APPLICANT_NATURAL_PERSON;
	i.document = i.organisation ? DOCUMENT_CREDIT_CODE : DOCUMENT_RESIDENT_ID;
	(void)document_from(d->texts[APPLY_DOCUMENT], &i.document);
	return i;
}

static bool unit_of(struct ctx *ctx, const struct apply_draft *d, struct unit *unit,
		    struct err *err)
{
	bool found = true;

	if (d->texts[APPLY_UNIT].len == 0)
		return agency_root(ctx, unit, err);
	if (!agency_unit_by_code(ctx, d->texts[APPLY_UNIT], unit, &found, err))
		return false;
	return (found && !unit->closed_on.known) || missing(err, APPLY_UNIT, "apply.no_unit");
}

static bool check_ask(struct ctx *ctx, const struct apply_draft *d, struct err *err)
{
	struct unit unit;

	if (str_trim(d->texts[APPLY_CONTENT]).len == 0)
		return missing(err, APPLY_CONTENT, "request.no_content");
	if (d->texts[APPLY_CONTENT].len > LIMIT_REQUEST_CONTENT)
		return err_set_field(err, "content", ERR_INVALID, "request.content_too_long", "%d",
				     LIMIT_REQUEST_CONTENT);
	return unit_of(ctx, d, &unit, err);
}

static bool check_identity(struct ctx *ctx, const struct apply_draft *d, struct err *err)
{
	struct identity i = identity_of(d);
	enum identity_document document;
	struct str normal;

	if (!document_from(d->texts[APPLY_DOCUMENT], &document))
		return missing(err, APPLY_DOCUMENT, "apply.no_document");
	return identity_check_name(&i, err) &&
	       document_check(ctx->arena, i.document, i.document_no, ctx->today, &normal, err);
}

/* A way that needs an address of some kind needs that address. */
static bool check_receive(const struct apply_draft *d, struct err *err)
{
	enum give_form form = GIVE_FORM_UNSAID;
	enum give_way way = GIVE_WAY_UNSAID;

	if (!give_form_from(d->texts[APPLY_FORM], &form) || form == GIVE_FORM_UNSAID)
		return missing(err, APPLY_FORM, "apply.no_form");
	if (!give_way_from(d->texts[APPLY_WAY], &way) || way == GIVE_WAY_UNSAID)
		return missing(err, APPLY_WAY, "apply.no_way");
	if (way == GIVE_BY_POST && d->texts[APPLY_ADDRESS].len == 0)
		return missing(err, APPLY_WAY, "apply.no_address");
	if (way == GIVE_BY_EMAIL && d->texts[APPLY_EMAIL].len == 0)
		return missing(err, APPLY_WAY, "apply.no_email");
	return true;
}

bool apply_check(struct ctx *ctx, const struct apply_draft *d, enum apply_step step,
		 struct err *err)
{
	struct identity i = identity_of(d);
	enum applicant_class class;

	switch (step) {
	case APPLY_ASK:
		return check_ask(ctx, d, err);
	case APPLY_WHO:
		return applicant_from(d->texts[APPLY_CLASS], &class) ||
		       missing(err, APPLY_CLASS, "apply.no_class");
	case APPLY_IDENTITY:
		return check_identity(ctx, d, err);
	case APPLY_CONTACT:
		return identity_check_contact(ctx->arena, &i, err);
	case APPLY_AGENT:
		return identity_check_agent(ctx->arena, &i, ctx->today, err);
	case APPLY_RECEIVE:
		return check_receive(d, err);
	case APPLY_FILES:
	case APPLY_STEP_COUNT:
		break;
	}
	return true;
}

bool apply_next(struct ctx *ctx, const struct apply_draft *d, enum apply_step *next,
		struct err *err)
{
	for (int step = 0; step < APPLY_STEP_COUNT; step++) {
		struct err why = { 0 };
		*next = (enum apply_step)step;
		if (apply_check(ctx, d, *next, &why))
			continue;
		if (why.field != NULL)
			return true;
		*err = why;
		return false;
	}
	*next = APPLY_STEP_COUNT;
	return true;
}

/* ---- confirmation (Art. 31 (3)) */

static bool open_today(struct ctx *ctx, bool *open, struct err *err)
{
	const struct workday_calendar *calendar;

	if (!calendar_current(ctx, &calendar, err))
		return false;
	*open = date_compare(calendar->first, ctx->today) <= 0 &&
		date_compare(ctx->today, calendar->last) <= 0 && workday_is(calendar, ctx->today);
	return true;
}

/* Is what is sent now confirmed by sending it? */
static bool confirms_now(struct ctx *ctx, bool *now, struct err *err)
{
	int64_t hour = (ctx->now - date_start(ctx->today)) / HOUR_S;
	struct apply_setting s;
	bool open;

	if (!apply_setting_of(ctx, &s, err) || !open_today(ctx, &open, err))
		return false;
	*now = s.confirm == APPLY_CONFIRM_SENDING && open && hour >= s.opens_h &&
	       hour < s.closes_h;
	return true;
}

bool apply_waiting(struct ctx *ctx, struct opt_int unit, size_t max, struct request_id **out,
		   size_t *count, struct err *err)
{
	struct apply_waiting_of_in in = { .unit_id = unit.known ? unit.v : 0, .max = (int64_t)max };
	const struct workday_calendar *calendar;
	struct apply_waiting_of_row *rows;

	*count = 0;
	if (!calendar_current(ctx, &calendar, err))
		return false;
	/* Sent before the working day that came before today. */
	in.before_day = date_plus(ctx->today, -1);
	while (date_compare(calendar->first, in.before_day) < 0 &&
	       date_compare(in.before_day, calendar->last) <= 0 &&
	       !workday_is(calendar, in.before_day))
		in.before_day = date_plus(in.before_day, -1);
	if (!apply_waiting_of_all(ctx, &in, max, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct request_id);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = rows[i].request_id;
	return true;
}

static bool confirm_waiting(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct apply_sent_confirm_in in = { .request_id = id, .confirmed_at = ctx->now };
	struct request r;

	if (!request_find(ctx, id, &r, err))
		return false;
	in.method = r.state == REQUEST_CONFIRMING ? STR("next_working_day") : STR("by_hand");
	return (r.state != REQUEST_CONFIRMING || request_confirm(ctx, id, ctx->today, err)) &&
	       apply_sent_confirm(ctx, &in, NULL, err);
}

bool apply_on_hour(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct apply_sent_unconfirmed_in in = { .max = WAITING_MAX };
	struct apply_sent_unconfirmed_row *rows;
	size_t count;
	bool now;

	(void)job;
	if (!apply_forget_old(ctx, err) || !confirms_now(ctx, &now, err))
		return false;
	if (!now)
		return true;
	if (!apply_sent_unconfirmed_all(ctx, &in, WAITING_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!confirm_waiting(ctx, rows[i].request_id, err))
			return false;
	return true;
}

/* ---- sending */

static bool register_it(struct ctx *ctx, struct apply_draft *d, struct err *err)
{
	struct request_register in = { .channel = CHANNEL_WEB, .submitted_on = ctx->today,
				       .content = d->texts[APPLY_CONTENT] };
	struct identity who = identity_of(d);
	struct unit unit;
	bool open;

	if (!unit_of(ctx, d, &unit, err) || !confirms_now(ctx, &open, err) ||
	    !identity_add(ctx, &who, &in.applicant_id, err))
		return false;
	in.unit = unit.id;
	in.confirmed_on = (struct opt_date){ open, ctx->today };
	(void)applicant_from(d->texts[APPLY_CLASS], &in.applicant); /* checked before */
	(void)give_form_from(d->texts[APPLY_FORM], &in.wanted_form);
	(void)give_way_from(d->texts[APPLY_WAY], &in.wanted_way);
	if (!request_register(ctx, &in, &d->sent, err))
		return false;
	struct apply_sent_insert_in sent = { .request_id = d->sent,
					     .submitted_at = ctx->now,
					     .confirmed_at = { open, ctx->now },
					     .method = open ? STR("on_sending") : STR_NONE };
	return apply_sent_insert(ctx, &sent, NULL, err);
}

/* One act of several events; the calendar is asked twice. */
static bool write_all(struct ctx *ctx, struct apply_draft *d, struct err *err)
{
	struct ledger_run run;
	struct ctx act = *ctx;

	return calendar_current(ctx, &act.calendar, err) && ledger_act_begin(&act, &run, err) &&
	       register_it(&act, d, err) && request_code_make(&act, d->sent, &d->code, err) &&
	       attachment_move(&act, "draft", d->id, "request", d->sent.n, err) &&
	       found_asked_after_all(&act, apply_hash(&act, "avoided", d->token), d->sent, err) &&
	       ledger_run_end(&act, err);
}

bool apply_send(struct ctx *ctx, struct apply_draft *d, struct err *err)
{
	if (d->sent.n != 0)
		return true;
	for (int step = 0; step < APPLY_STEP_COUNT; step++)
		if (!apply_check(ctx, d, (enum apply_step)step, err))
			return false;
	if (!write_all(ctx, d, err))
		return false;
	for (int f = 0; f < APPLY_FIELD_COUNT; f++)
		d->texts[f] = STR_NONE;
	return apply_save(ctx, d, err);
}

bool apply_receipt_of(struct ctx *ctx, struct request_id id, struct apply_receipt *out, bool *found,
		      struct err *err)
{
	struct apply_sent_of_row row;

	if (!apply_sent_of(ctx, &(struct apply_sent_of_in){ .request_id = id }, &row, found, err))
		return false;
	if (!*found)
		return true;
	*out = (struct apply_receipt){ row.submitted_at, row.confirmed_at, STR("等待确认") };
	if (str_equal_c(row.method, "on_sending"))
		out->method = STR("工作时间提交，提交时双方即确认");
	else if (str_equal_c(row.method, "next_working_day"))
		out->method = STR("非工作时间提交，于下一工作日确认");
	else if (str_equal_c(row.method, "by_hand"))
		out->method = STR("由工作人员确认");
	return true;
}

/* ---- following it */

bool apply_enter(struct ctx *ctx, struct str number, struct str code, struct str remote,
		 enum code_verdict *verdict, struct str *token, struct err *err)
{
	struct request_id id;

	*token = STR_NONE;
	if (!request_code_check(ctx, number, code, remote, &id, verdict, err))
		return false;
	if (*verdict != CODE_RIGHT)
		return true;
	struct str fresh = apply_token(ctx);
	struct apply_session_insert_in in = { .token_hash = apply_hash(ctx, "session", fresh),
					      .request_id = id,
					      .at = ctx->now };
	if (!apply_session_insert(ctx, &in, NULL, err))
		return false;
	*token = fresh;
	return true;
}

bool apply_session(struct ctx *ctx, struct str token, struct request_id *id, bool *found,
		   struct err *err)
{
	struct apply_session_by_token_row row;

	*found = false;
	if (token.len == 0)
		return true;
	if (ctx->vault == NULL)
		return err_set(err, ERR_UNAVAILABLE, "base.vault_closed", " ");
	struct apply_session_by_token_in in = { .token_hash = apply_hash(ctx, "session", token),
						.since = ctx->now - APPLY_SESSION_S };
	if (!apply_session_by_token(ctx, &in, &row, found, err))
		return false;
	if (*found)
		*id = row.request_id;
	return true;
}

bool apply_leave(struct ctx *ctx, struct str token, struct err *err)
{
	struct apply_session_delete_in in = { .token_hash = apply_hash(ctx, "session", token) };

	return apply_session_delete(ctx, &in, NULL, err);
}
