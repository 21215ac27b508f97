/*
 * inbox_settle.c - mails found and listed, given to a case, put away, erased.
 */
#include "notice/inbox.h"

#include "attachment/attachment.h"
#include "base/limits.h"
#include "inbox_sql.h"
#include "notice/inbox_inside.h"
#include "notice/seal.h"

#include <assert.h>

enum { DAY_S = 24 * 3600, ERASE_ROWS = 200, REASON_BYTES = 1000 };

struct word { struct str code, label; };

static const struct word states[] = {
	[INBOX_PEN] = { STR_INIT("pen"), STR_INIT("待处理") },
	[INBOX_ASSIGNED] = { STR_INIT("assigned"), STR_INIT("已归入申请") },
	[INBOX_DISCARDED] = { STR_INIT("discarded"), STR_INIT("不作处理") },
	[INBOX_REPORT] = { STR_INIT("report"), STR_INIT("投递报告") },
};
static_assert(COUNT_OF(states) == INBOX_STATE_COUNT, "a state without its words");

static const struct word hows[] = {
	[INBOX_UNKNOWN] = { STR_INIT(""), STR_INIT("") },
	[INBOX_BY_TOKEN] = { STR_INIT("token"), STR_INIT("发到本件的专用地址") },
	[INBOX_BY_THREAD] = { STR_INIT("thread"), STR_INIT("回复本件的邮件") },
	[INBOX_BY_CLERK] = { STR_INIT("clerk"), STR_INIT("人工归入") },
	[INBOX_REGISTERED] = { STR_INIT("registered"), STR_INIT("据此登记为申请") },
};
static_assert(COUNT_OF(hows) == INBOX_HOW_COUNT, "a way without its words");

struct str inbox_state_code(enum inbox_state s)
{
	return states[s].code;
}

struct str inbox_state_label(enum inbox_state s)
{
	return states[s].label;
}

bool inbox_state_from(struct str code, enum inbox_state *out)
{
	for (int i = 0; i < INBOX_STATE_COUNT; i++)
		if (str_equal(code, states[i].code)) {
			*out = (enum inbox_state)i;
			return true;
		}
	return false;
}

struct str inbox_how_code(enum inbox_how h)
{
	return hows[h].code;
}

struct str inbox_how_label(enum inbox_how h)
{
	return hows[h].label;
}

static enum inbox_how how_from(struct str code)
{
	for (int i = 0; i < INBOX_HOW_COUNT; i++)
		if (str_equal(code, hows[i].code))
			return (enum inbox_how)i;
	return INBOX_UNKNOWN;
}

bool inbox_event(struct ctx *ctx, struct str kind, int64_t subject_id, struct inbox_id id,
		 const char *verb, const struct ledger_change *changes, size_t count,
		 struct str reason, struct err *err)
{
	struct ledger_event e = { .subject_kind = "mail",
				  .subject_id = id.n,
				  .verb = verb,
				  .changes = changes,
				  .changes_count = count,
				  .reason = reason };
	int64_t seq;

	if (kind.len > 0) {
		e.subject_kind = str_to_c(ctx->arena, kind);
		e.subject_id = subject_id;
	}
	return ledger_append(ctx, &e, &seq, err);
}

/* ---- finding */

static bool none(struct err *err, struct inbox_id id)
{
	return err_set(err, ERR_NOT_FOUND, "notice.no_mail", "%lld", (long long)id.n);
}

bool inbox_find(struct ctx *ctx, struct inbox_id id, struct inbox_mail *out, struct err *err)
{
	struct inbox_by_id_row row;
	bool found;

	if (!inbox_by_id(ctx, &(struct inbox_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return none(err, id);
	*out = (struct inbox_mail){ .id = row.id,
				    .how = how_from(row.how),
				    .unit = row.unit_id,
				    .subject_kind = row.subject_kind,
				    .subject_id = row.subject_id,
				    .received_at = row.received_at,
				    .automatic = row.automatic,
				    .cut = row.cut,
				    .notice = row.notice_id,
				    .proposal_kind = row.proposal_kind,
				    .proposal_id = row.proposal_id,
				    .proposal_why = row.proposal_why,
				    .reason = row.reason,
				    .person = row.person,
				    .settled_at = row.settled_at,
				    .erased_at = row.erased_at };
	const struct seal_text texts[] = {
		{ "sender", &out->sender },   { "name", &out->sender_name },
		{ "subject", &out->subject }, { "text", &out->text },
		{ "left_out", &out->left_out }, { "diagnostic", &out->diagnostic },
	};
	return inbox_state_from(row.state, &out->state) &&
	       seal_open_texts(ctx, inbox_place(ctx->arena, id), row.sealed, texts,
			       COUNT_OF(texts), err);
}

static bool each(struct ctx *ctx, const struct inbox_id *ids, size_t count,
		 struct inbox_mail **out, struct err *err)
{
	*out = ARENA_ARRAY(ctx->arena, count, struct inbox_mail);
	for (size_t i = 0; i < count; i++)
		if (!inbox_find(ctx, ids[i], &(*out)[i], err))
			return false;
	return true;
}

static bool ids_of(struct ctx *ctx, enum inbox_state state, struct opt_int unit, int64_t before,
		   size_t max, struct inbox_id *ids, size_t *count, struct err *err)
{
	struct inbox_in_state_in all = { .state = states[state].code,
					 .before = before,
					 .max = (int64_t)max };
	struct inbox_of_unit_in own = { .unit_id = unit.v,
					.state = states[state].code,
					.before = before,
					.max = (int64_t)max };
	struct inbox_in_state_row *all_rows;
	struct inbox_of_unit_row *own_rows;

	if (!unit.known) {
		if (!inbox_in_state_all(ctx, &all, max, &all_rows, count, err))
			return false;
		for (size_t i = 0; i < *count; i++)
			ids[i] = all_rows[i].id;
		return true;
	}
	if (!inbox_of_unit_all(ctx, &own, max, &own_rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		ids[i] = own_rows[i].id;
	return true;
}

bool inbox_list(struct ctx *ctx, enum inbox_state state, struct opt_int unit, int64_t before,
		size_t max, struct inbox_mail **out, size_t *count, struct err *err)
{
	struct inbox_id *ids = ARENA_ARRAY(ctx->arena, max, struct inbox_id);

	return ids_of(ctx, state, unit, before > 0 ? before : INT64_MAX, max, ids, count, err) &&
	       each(ctx, ids, *count, out, err);
}

bool inbox_of_subject(struct ctx *ctx, const char *subject_kind, int64_t subject_id, size_t max,
		      struct inbox_mail **out, size_t *count, struct err *err)
{
	struct inbox_of_case_in in = { .subject_kind = str_from_c(subject_kind),
				       .subject_id = subject_id,
				       .max = (int64_t)max };
	struct inbox_id *ids = ARENA_ARRAY(ctx->arena, max, struct inbox_id);
	struct inbox_of_case_row *rows;

	if (!inbox_of_case_all(ctx, &in, max, &rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		ids[i] = rows[i].id;
	return each(ctx, ids, *count, out, err);
}

bool inbox_pen_count(struct ctx *ctx, struct opt_int unit, int64_t *count, struct err *err)
{
	struct inbox_pen_of_unit_row own;
	struct inbox_pen_of_site_row all;
	bool found;

	if (unit.known) {
		if (!inbox_pen_of_unit(ctx, &(struct inbox_pen_of_unit_in){ .unit_id = unit.v },
				       &own, &found, err))
			return false;
		*count = own.mails;
		return true;
	}
	if (!inbox_pen_of_site(ctx, &all, &found, err))
		return false;
	*count = all.mails;
	return true;
}

/* ---- settling */

bool inbox_propose(struct ctx *ctx, struct inbox_id id, const char *kind, int64_t subject_id,
		   const char *why, struct err *err)
{
	struct inbox_proposed_in in = { .id = id,
					.kind = str_from_c(kind),
					.subject_id = subject_id,
					.why = str_from_c(why) };

	return inbox_proposed(ctx, &in, NULL, err);
}

bool inbox_set_unit(struct ctx *ctx, struct inbox_id id, struct unit_id unit, struct err *err)
{
	return inbox_unit(ctx, &(struct inbox_unit_in){ .id = id, .unit_id = unit }, NULL, err);
}

static bool settled(struct err *err, const struct inbox_mail *m)
{
	return err_set(err, ERR_CONFLICT, "notice.mail_settled", "%lld|" STR_FMT "|" STR_FMT,
		       (long long)m->id.n, STR_ARG(inbox_state_label(m->state)),
		       STR_ARG(m->person.len > 0 ? m->person : STR("程序")));
}

static bool reason_of(struct str in, bool needed, struct str *out, struct err *err)
{
	*out = str_trim(in);
	if (out->len == 0 && needed)
		return err_set_field(err, "reason", ERR_INVALID, "notice.why", " ");
	return out->len <= REASON_BYTES ||
	       err_set_field(err, "reason", ERR_INVALID, "notice.why_too_long", "%d",
			     REASON_BYTES);
}

/* As it was found; somebody may have been faster. */
static bool write(struct ctx *ctx, const struct inbox_mail *m, struct inbox_settle_in *in,
		  struct err *err)
{
	int64_t changed;

	in->id = m->id;
	in->before = inbox_state_code(m->state);
	in->person = ctx->actor.name;
	in->at = ctx->now;
	if (!inbox_settle(ctx, in, &changed, err))
		return false;
	return changed == 1 || settled(err, m);
}

bool inbox_assign(struct ctx *ctx, struct inbox_id id, const struct inbox_assign *in,
		  struct err *err)
{
	struct inbox_mail m;
	struct str reason, kind = str_from_c(in->kind);

	if (!inbox_find(ctx, id, &m, err))
		return false;
	if (str_equal(m.subject_kind, kind) && m.subject_id == in->subject_id)
		return err_set(err, ERR_CONFLICT, "notice.mail_there", "%lld", (long long)id.n);
	if (!reason_of(in->reason, m.state != INBOX_PEN, &reason, err))
		return false;
	struct inbox_settle_in row = { .state = states[INBOX_ASSIGNED].code,
				       .how = inbox_how_code(in->how),
				       .kind = kind,
				       .subject_id = in->subject_id,
				       .unit_id = in->unit,
				       .reason = reason };
	const struct ledger_change changes[] = {
		{ .field = "mail", .after = str_format(ctx->arena, "%lld", (long long)id.n) },
		{ .field = "how", .after = inbox_how_code(in->how) },
	};
	/* What it belonged to by mistake learns that it is gone. */
	if (m.subject_kind.len > 0 && !inbox_event(ctx, m.subject_kind, m.subject_id, id,
						   "mail.take_away", changes, 1, reason, err))
		return false;
	return write(ctx, &m, &row, err) &&
	       inbox_event(ctx, kind, in->subject_id, id, "mail.assign", changes,
			   COUNT_OF(changes), reason, err);
}

bool inbox_discard(struct ctx *ctx, struct inbox_id id, struct str given, struct err *err)
{
	struct inbox_mail m;
	struct str reason;

	if (!inbox_find(ctx, id, &m, err))
		return false;
	if (m.state != INBOX_PEN)
		return settled(err, &m);
	if (!reason_of(given, true, &reason, err))
		return false;
	struct inbox_settle_in row = { .state = states[INBOX_DISCARDED].code,
				       .how = STR_NONE,
				       .kind = STR_NONE,
				       .unit_id = m.unit,
				       .reason = reason };
	return write(ctx, &m, &row, err) &&
	       inbox_event(ctx, STR_NONE, 0, id, "mail.discard", NULL, 0, reason, err);
}

bool inbox_forward(struct ctx *ctx, struct inbox_id id, struct unit_id unit, struct str given,
		   struct err *err)
{
	struct unit to;
	struct inbox_mail m;
	struct str reason;

	if (!inbox_find(ctx, id, &m, err) || !agency_unit(ctx, unit, &to, err))
		return false;
	if (m.state != INBOX_PEN)
		return settled(err, &m);
	if (m.unit.n == unit.n)
		return err_set_field(err, "unit", ERR_CONFLICT, "notice.mail_same_unit", STR_FMT,
				     STR_ARG(to.name));
	if (to.closed_on.known)
		return err_set_field(err, "unit", ERR_CONFLICT, "notice.mail_unit_closed", STR_FMT,
				     STR_ARG(to.name));
	if (!reason_of(given, false, &reason, err))
		return false;
	const struct ledger_change change = {
		.field = "unit",
		.before = str_format(ctx->arena, "%lld", (long long)m.unit.n),
		.after = str_format(ctx->arena, "%lld", (long long)unit.n)
	};
	return inbox_set_unit(ctx, id, unit, err) &&
	       inbox_event(ctx, STR_NONE, 0, id, "mail.forward", &change, 1, reason, err);
}

/* ---- no more */

static bool erase_one(struct ctx *ctx, struct inbox_id id, struct err *err)
{
	struct inbox_erase_in in = { .id = id, .at = ctx->now, .nothing = STR_NONE };
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "mail", id.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return inbox_erase(ctx, &in, NULL, err);
}

bool inbox_erase_old(struct ctx *ctx, int64_t keep_days, struct err *err)
{
	struct inbox_old_in in = { .before = ctx->now - keep_days * DAY_S, .max = ERASE_ROWS };
	struct inbox_old_row *rows;
	size_t count;

	if (!inbox_old_all(ctx, &in, ERASE_ROWS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!erase_one(ctx, rows[i].id, err))
			return false;
	return true;
}

bool inbox_erase_of(struct ctx *ctx, const char *subject_kind, int64_t subject_id, struct err *err)
{
	struct inbox_to_erase_in in = { str_from_c(subject_kind), subject_id, ERASE_ROWS };
	struct inbox_to_erase_row *rows;
	size_t count = ERASE_ROWS;

	while (count == ERASE_ROWS) {
		if (!inbox_to_erase_all(ctx, &in, ERASE_ROWS, &rows, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!erase_one(ctx, rows[i].id, err))
				return false;
	}
	return true;
}
