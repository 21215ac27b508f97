/*
 * work.c - who has a case: claimed, given, handed over, put back; and what colleagues
 * tell each other about it.
 */
#include "casework/casework_internal.h"

#include "base/rand.h"
#include "casework_sql.h"

#include <assert.h>

enum { SALT_BYTES = 16 };

/* ---- shared by the rules of this folder */

bool casework_event(struct ctx *ctx, struct request_id id, const char *verb,
		    const struct ledger_change *changes, size_t count, struct str reason,
		    struct err *err)
{
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = id.n,
				      .verb = verb,
				      .changes = changes,
				      .changes_count = count,
				      .reason = reason };
	int64_t seq;

	return ledger_append(ctx, &event, &seq, err);
}

bool casework_text(const char *field, struct str in, size_t max, struct str *out, struct err *err)
{
	struct str text = str_trim(in);

	if (text.len == 0)
		return err_set_field(err, field, ERR_INVALID, "casework.no_text", " ");
	if (text.len > max)
		return err_set_field(err, field, ERR_INVALID, "casework.text_too_long", "%zu", max);
	*out = text;
	return true;
}

bool casework_actor_may(const struct ctx *ctx, enum permission p)
{
	return (ctx->actor.permissions & PERM_BIT(p)) != 0;
}

static bool own(struct ctx *ctx, const struct request *r, struct err *err)
{
	return r->unit.n == ctx->actor.unit_id ||
	       err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r->number));
}

static bool is_open(const struct request *r, struct err *err)
{
	return !r->closed_on.known ||
	       err_set(err, ERR_CONFLICT, "casework.closed", STR_FMT "|" STR_FMT,
		       STR_ARG(r->number), STR_ARG(request_state_label(r->state)));
}

bool casework_own_open(struct ctx *ctx, struct request_id id, struct request *out, struct err *err)
{
	struct request r;

	if (!request_find(ctx, id, &r, err) || !own(ctx, &r, err) || !is_open(&r, err))
		return false;
	*out = r;
	return true;
}

bool casework_setting(struct ctx *ctx, const char *name, int64_t absent, int64_t *out,
		      struct err *err)
{
	struct case_setting_row row;
	bool found;

	if (!case_setting(ctx, &(struct case_setting_in){ .name = str_from_c(name) }, &row, &found,
			  err))
		return false;
	if (!found || !str_to_i64(row.value, out))
		*out = absent;
	return true;
}

/* ---- people */

static bool works_cases(struct str role)
{
	const struct role *r = role_find(role);

	return r != NULL && (r->permissions & PERM_BIT(PERM_REQUEST_WRITE)) != 0;
}

bool case_people(struct ctx *ctx, struct unit_id unit, struct case_person **out, size_t *count,
		 struct err *err)
{
	struct case_people_of_row *rows;
	size_t all;

	if (!case_people_of_all(ctx, &(struct case_people_of_in){ .unit_id = unit },
				CASE_PEOPLE_MAX, &rows, &all, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, all, struct case_person);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (works_cases(rows[i].role))
			(*out)[(*count)++] = (struct case_person){ .id = rows[i].id,
								   .person = rows[i].person,
								   .role = rows[i].role };
	return true;
}

bool case_handler(struct ctx *ctx, struct request_id id, struct case_person *out, struct err *err)
{
	struct case_handler_of_row row;
	bool found;

	if (!case_handler_of(ctx, &(struct case_handler_of_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "request.none", "%lld", (long long)id.n);
	*out = (struct case_person){ .id = row.handler_id,
				     .person = row.person.known ? row.person.v : STR_NONE,
				     .role = row.role.known ? row.role.v : STR_NONE };
	return true;
}

/* Somebody of the unit who works cases and is still there. */
static bool check_person(struct ctx *ctx, struct unit_id unit, struct account_id id,
			 struct str *person, struct err *err)
{
	struct case_account_row row;
	bool found;

	if (!case_account(ctx, &(struct case_account_in){ .id = id }, &row, &found, err))
		return false;
	if (!found || row.unit_id.n != unit.n || row.disabled_at.known || !works_cases(row.role))
		return err_set_field(err, "to", ERR_INVALID, "casework.no_such_person", " ");
	*person = row.person;
	return true;
}

/* ---- changing hands */

/* The ledger tells accounts by what people are called, as in its sentences. */
static bool change_hands(struct ctx *ctx, struct request_id id, const struct case_person *before,
			 struct account_id after, struct str person, const char *verb,
			 struct str reason, struct err *err)
{
	struct case_set_handler_in in = { .id = id, .before = before->id, .after = after };
	struct ledger_change change = { "handler", before->person, person };
	int64_t changed;

	if (!case_set_handler(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "casework.changed_hands", " ");
	return casework_event(ctx, id, verb, &change, 1, reason, err);
}

bool case_may_claim(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct case_person now;

	if (!own(ctx, r, err) || !is_open(r, err) || !case_handler(ctx, r->id, &now, err))
		return false;
	return now.id.n == 0 || err_set(err, ERR_CONFLICT, "casework.taken", STR_FMT "|" STR_FMT,
					STR_ARG(r->number), STR_ARG(now.person));
}

bool case_claim(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct case_person nobody = { .id = { 0 } };
	struct request r;

	if (!request_find(ctx, id, &r, err) || !case_may_claim(ctx, &r, err))
		return false;
	return change_hands(ctx, id, &nobody, (struct account_id){ ctx->actor.account_id },
			    ctx->actor.name, "case.claim", STR_NONE, err);
}

/* Another's case is taken away by those who decide, and then with a reason. */
static bool may_move(struct ctx *ctx, const struct request *r, const struct case_person *now,
		     struct str reason, struct err *err)
{
	bool mine = now->id.n == ctx->actor.account_id, nobodys = now->id.n == 0;

	if (!own(ctx, r, err) || !is_open(r, err))
		return false;
	if (!mine && !nobodys && !casework_actor_may(ctx, PERM_REQUEST_DECIDE))
		return err_set(err, ERR_FORBIDDEN, "casework.not_your_case", STR_FMT "|" STR_FMT,
			       STR_ARG(r->number), STR_ARG(now->person));
	if (!nobodys && str_trim(reason).len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "casework.no_reason", " ");
	return reason.len <= CASE_REASON_BYTES ||
	       err_set_field(err, "reason", ERR_INVALID, "casework.text_too_long", "%d",
			     CASE_REASON_BYTES);
}

static bool check_assign(struct ctx *ctx, const struct request *r, struct account_id to,
			 struct str reason, struct case_person *now, struct str *person,
			 struct err *err)
{
	if (!case_handler(ctx, r->id, now, err) || !may_move(ctx, r, now, reason, err) ||
	    !check_person(ctx, r->unit, to, person, err))
		return false;
	return now->id.n != to.n || err_set_field(err, "to", ERR_CONFLICT, "casework.has_it",
						  STR_FMT "|" STR_FMT, STR_ARG(*person),
						  STR_ARG(r->number));
}

bool case_may_assign(struct ctx *ctx, const struct request *r, struct account_id to,
		     struct str reason, struct err *err)
{
	struct case_person now;
	struct str person;

	return check_assign(ctx, r, to, reason, &now, &person, err);
}

bool case_assign(struct ctx *ctx, struct request_id id, struct account_id to, struct str reason,
		 struct err *err)
{
	struct case_person now;
	struct str person;
	struct request r;

	if (!request_find(ctx, id, &r, err) ||
	    !check_assign(ctx, &r, to, reason, &now, &person, err))
		return false;
	return change_hands(ctx, id, &now, to, person, "case.assign", str_trim(reason), err);
}

static bool check_return(struct ctx *ctx, const struct request *r, struct str reason,
			 struct case_person *now, struct err *err)
{
	if (!case_handler(ctx, r->id, now, err) || !may_move(ctx, r, now, reason, err))
		return false;
	return now->id.n != 0 || err_set(err, ERR_CONFLICT, "casework.nobody_has_it", STR_FMT,
					 STR_ARG(r->number));
}

bool case_may_return(struct ctx *ctx, const struct request *r, struct str reason, struct err *err)
{
	struct case_person now;

	return check_return(ctx, r, reason, &now, err);
}

bool case_return(struct ctx *ctx, struct request_id id, struct str reason, struct err *err)
{
	struct case_person now;
	struct request r;

	if (!request_find(ctx, id, &r, err) || !check_return(ctx, &r, reason, &now, err))
		return false;
	return change_hands(ctx, id, &now, (struct account_id){ 0 }, STR_NONE, "case.return",
			    str_trim(reason), err);
}

static bool check_hand_over(struct ctx *ctx, struct account_id from, struct account_id to,
			    struct case_person *before, struct str *person, struct str *reason,
			    struct err *err)
{
	struct unit_id unit = { ctx->actor.unit_id };
	struct case_account_row row;
	bool found;

	if (from.n != ctx->actor.account_id && !casework_actor_may(ctx, PERM_REQUEST_DECIDE))
		return err_set(err, ERR_FORBIDDEN, "casework.not_your_cases", " ");
	if (!casework_text("reason", *reason, CASE_REASON_BYTES, reason, err) ||
	    !case_account(ctx, &(struct case_account_in){ .id = from }, &row, &found, err))
		return false;
	/* Who leaves may have been disabled already, or work in another unit by now. */
	if (!found || from.n == to.n)
		return err_set_field(err, "to", ERR_INVALID, "casework.no_such_person", " ");
	*before = (struct case_person){ .id = from, .person = row.person, .role = row.role };
	*person = STR_NONE;
	return to.n == 0 || check_person(ctx, unit, to, person, err);
}

bool case_hand_over(struct ctx *ctx, struct account_id from, struct account_id to,
		    struct str reason, int64_t *moved, int64_t *left, struct err *err)
{
	struct unit_id unit = { ctx->actor.unit_id };
	struct case_open_of_in in = { .unit_id = unit, .handler_id = from,
				      .max = CASE_HAND_OVER_MAX };
	struct case_count_of_in of = { .unit_id = unit, .handler_id = from };
	struct case_count_of_row remaining;
	struct case_open_of_row *rows;
	struct case_person before;
	struct str person;
	size_t count;
	bool found;

	if (!check_hand_over(ctx, from, to, &before, &person, &reason, err) ||
	    !case_open_of_all(ctx, &in, CASE_HAND_OVER_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!change_hands(ctx, rows[i].id, &before, to, person, "case.hand_over", reason,
				  err))
			return false;
	if (!case_count_of(ctx, &of, &remaining, &found, err))
		return false;
	assert(found);
	*moved = (int64_t)count;
	*left = remaining.open;
	return true;
}

/* ---- remarks */

static bool add_note(struct ctx *ctx, struct request_id id, const char *kind, const char *verb,
		     struct str text, struct err *err)
{
	struct str salt = random_hex(ctx->arena, SALT_BYTES);
	struct case_note_insert_in in = { .request_id = id,
					  .account_id = { ctx->actor.account_id },
					  .person = ctx->actor.name,
					  .at = ctx->now,
					  .kind = str_from_c(kind),
					  .text = text,
					  .salt = salt };
	struct ledger_change change = { "text_commitment", STR_NONE,
					ledger_commit(ctx->arena, salt, text) };
	struct case_note_insert_row row;
	bool found;

	return case_note_insert(ctx, &in, &row, &found, err) &&
	       casework_event(ctx, id, verb, &change, 1, STR_NONE, err);
}

bool case_note_add(struct ctx *ctx, struct request_id id, struct str text, struct err *err)
{
	struct request r;

	if (!request_find(ctx, id, &r, err) || !own(ctx, &r, err) ||
	    !casework_text("text", text, CASE_TEXT_BYTES, &text, err))
		return false;
	return add_note(ctx, id, "note", "case.note", text, err);
}

bool case_remind(struct ctx *ctx, struct request_id id, struct str text, struct err *err)
{
	bool supervises = casework_actor_may(ctx, PERM_SUPERVISE);
	struct request r;

	if (!request_find(ctx, id, &r, err) || (!supervises && !own(ctx, &r, err)) ||
	    !is_open(&r, err) || !casework_text("text", text, CASE_TEXT_BYTES, &text, err))
		return false;
	const struct job_new told = { .topic = "case.reminded", .subject_kind = "request",
				      .subject_id = id.n };
	return add_note(ctx, id, "reminder", "case.remind", text, err) && jobs_add(ctx, &told, err);
}

bool case_notes(struct ctx *ctx, struct request_id id, struct case_note **out, size_t *count,
		struct err *err)
{
	struct case_notes_of_in in = { .request_id = id, .max = CASE_NOTES_MAX };
	struct case_notes_of_row *rows;

	if (!case_notes_of_all(ctx, &in, CASE_NOTES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct case_note);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct case_note){ .at = rows[i].at,
						.person = rows[i].person,
						.text = rows[i].text,
						.reminder = str_equal_c(rows[i].kind, "reminder") };
	return true;
}
