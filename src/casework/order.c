/*
 * order.c - 督办: a supervisor's letter to a unit, answered by a day.
 *
 * 条例第四十七条第一款: the body in charge supervises and, where something is wrong,
 * presses for correction or criticises publicly. The law sets no day and no form; both are
 * the supervisor's here.
 */
#include "casework/casework_internal.h"

#include "base/rand.h"
#include "casework_sql.h"

#include <assert.h>

enum { SALT_BYTES = 16, ORDERS_OF_ONE = 50 };

struct str order_number(struct arena *a, const struct case_order *o)
{
	return str_format(a, "督办〔%d〕%d号", o->year, o->serial);
}

/* Every statement that reads whole rows has the same columns. */
#define ORDER_OF(row)										\
	(struct case_order)									\
	{											\
		.id = (row).id, .year = (int)(row).year, .serial = (int)(row).serial,		\
		.unit = (row).unit_id, .request = (row).request_id, .text = (row).text,		\
		.salt = (row).salt, .issued_person = (row).issued_person,			\
		.issued_on = (row).issued_on, .due_on = (row).due_on,				\
		.answer = (row).answer, .answered_on = (row).answered_on,			\
		.answered_person = (row).answered_person, .closed_on = (row).closed_on,		\
		.version = (row).version							\
	}

bool order_find(struct ctx *ctx, struct order_id id, struct case_order *out, struct err *err)
{
	struct case_order_by_id_row row;
	bool found;

	if (!case_order_by_id(ctx, &(struct case_order_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "casework.no_order", "%lld", (long long)id.n);
	*out = ORDER_OF(row);
	return true;
}

/* On the request if there is one, so that it stands in the case's story. */
static bool event(struct ctx *ctx, const struct case_order *o, const char *verb, struct str text,
		  struct str reason, struct err *err)
{
	struct arena *a = ctx->arena;
	struct ledger_change changes[] = {
		{ "order", STR_NONE, order_number(a, o) },
		{ "order_due_on", STR_NONE, date_iso(a, o->due_on) },
		{ "text_commitment", STR_NONE, ledger_commit(a, o->salt, text) },
	};
	struct ledger_event e = { .subject_kind = o->request.known ? "request" : "order",
				  .subject_id = o->request.known ? o->request.v : o->id.n,
				  .verb = verb,
				  .changes = changes,
				  .changes_count = text.len > 0 ? 3 : 2,
				  .reason = reason };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

/* A day to come by which a unit can answer. */
static bool check_due(struct ctx *ctx, struct date due, struct err *err)
{
	return date_compare(due, ctx->today) > 0 ||
	       err_set_field(err, "due_on", ERR_INVALID, "casework.day_passed", STR_FMT,
			     STR_ARG(date_iso(ctx->arena, due)));
}

static bool unit_of(struct ctx *ctx, const struct order_new *in, struct unit_id *unit,
		    struct err *err)
{
	struct request r;
	struct unit found;

	*unit = in->unit;
	if (in->request.known) {
		if (!request_find(ctx, (struct request_id){ in->request.v }, &r, err))
			return false;
		*unit = r.unit;
	}
	return agency_unit(ctx, *unit, &found, err);
}

/* The ledger is held, so no two take the same number. */
static bool next_serial(struct ctx *ctx, int year, int *serial, struct err *err)
{
	struct case_order_last_row row;
	int64_t seq;
	bool found;

	if (!ledger_upcoming(ctx, &seq, err) ||
	    !case_order_last(ctx, &(struct case_order_last_in){ .year = year }, &row, &found, err))
		return false;
	*serial = found && row.serial.known ? (int)row.serial.v + 1 : 1;
	return true;
}

bool order_issue(struct ctx *ctx, const struct order_new *in, struct order_id *id, struct err *err)
{
	struct case_order o = { .year = date_year(ctx->today),
				.request = in->request,
				.due_on = in->due_on,
				.salt = random_hex(ctx->arena, SALT_BYTES) };
	struct case_order_insert_row row;
	bool found;

	if (!casework_text("text", in->text, CASE_TEXT_BYTES, &o.text, err) ||
	    !check_due(ctx, in->due_on, err) || !unit_of(ctx, in, &o.unit, err) ||
	    !next_serial(ctx, o.year, &o.serial, err))
		return false;
	struct case_order_insert_in values = { .year = o.year,
					       .serial = o.serial,
					       .unit_id = o.unit,
					       .request_id = o.request,
					       .text = o.text,
					       .salt = o.salt,
					       .issued_person = ctx->actor.name,
					       .issued_on = ctx->today,
					       .due_on = o.due_on };
	if (!case_order_insert(ctx, &values, &row, &found, err))
		return false;
	assert(found);
	*id = o.id = row.id;
	return event(ctx, &o, "case.order", o.text, STR_NONE, err);
}

static bool save(struct ctx *ctx, const struct case_order *o, struct err *err)
{
	struct case_order_update_in in = { .id = o->id,
					   .version = o->version,
					   .due_on = o->due_on,
					   .answer = o->answer,
					   .answered_on = o->answered_on,
					   .answered_person = o->answered_person,
					   .closed_on = o->closed_on };
	int64_t changed;

	if (!case_order_update(ctx, &in, &changed, err))
		return false;
	return changed > 0 || err_set(err, ERR_CONFLICT, "casework.order_changed", " ");
}

static bool load_open(struct ctx *ctx, struct order_id id, struct case_order *o, struct err *err)
{
	if (!order_find(ctx, id, o, err))
		return false;
	return !o->closed_on.known ||
	       err_set(err, ERR_CONFLICT, "casework.order_closed", STR_FMT "|" STR_FMT,
		       STR_ARG(order_number(ctx->arena, o)),
		       STR_ARG(date_iso(ctx->arena, o->closed_on.v)));
}

bool order_answer(struct ctx *ctx, struct order_id id, struct str answer, struct err *err)
{
	struct case_order o;

	if (!load_open(ctx, id, &o, err))
		return false;
	if (o.unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "casework.not_your_order", " ");
	if (o.answered_on.known)
		return err_set(err, ERR_CONFLICT, "casework.order_answered", STR_FMT "|" STR_FMT,
			       STR_ARG(order_number(ctx->arena, &o)),
			       STR_ARG(date_iso(ctx->arena, o.answered_on.v)));
	if (!casework_text("answer", answer, CASE_TEXT_BYTES, &o.answer, err))
		return false;
	o.answered_on = (struct opt_date){ true, ctx->today };
	o.answered_person = ctx->actor.name;
	return save(ctx, &o, err) &&
	       event(ctx, &o, "case.order_answer", o.answer, STR_NONE, err);
}

/* Something to judge. */
static bool load_answered(struct ctx *ctx, struct order_id id, struct case_order *o,
			  struct err *err)
{
	if (!load_open(ctx, id, o, err))
		return false;
	return o->answered_on.known || err_set(err, ERR_CONFLICT, "casework.order_unanswered",
					       STR_FMT, STR_ARG(order_number(ctx->arena, o)));
}

bool order_close(struct ctx *ctx, struct order_id id, struct err *err)
{
	struct case_order o;

	if (!load_answered(ctx, id, &o, err))
		return false;
	o.closed_on = (struct opt_date){ true, ctx->today };
	return save(ctx, &o, err) &&
	       event(ctx, &o, "case.order_close", STR_NONE, STR_NONE, err);
}

bool order_send_back(struct ctx *ctx, struct order_id id, struct date due_on, struct str reason,
		     struct err *err)
{
	struct case_order o;

	if (!load_answered(ctx, id, &o, err) || !check_due(ctx, due_on, err) ||
	    !casework_text("reason", reason, CASE_REASON_BYTES, &reason, err))
		return false;
	o.answered_on.known = false;
	o.due_on = due_on;
	return save(ctx, &o, err) &&
	       event(ctx, &o, "case.order_back", STR_NONE, reason, err);
}

/* ---- lists */

#define ORDERS_FROM(rows, count)								\
	do {											\
		*out = ARENA_ARRAY(ctx->arena, (count), struct case_order);			\
		for (size_t i = 0; i < (count); i++)						\
			(*out)[i] = ORDER_OF((rows)[i]);					\
		return true;									\
	} while (0)

bool order_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		struct case_order **out, size_t *count, struct err *err)
{
	int64_t from = before > 0 ? before : INT64_MAX;

	if (unit.known) {
		struct case_orders_unit_in in = { .unit_id = { unit.v },
						  .before = from,
						  .max = (int64_t)max };
		struct case_orders_unit_row *rows;
		if (!case_orders_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		ORDERS_FROM(rows, *count);
	}
	struct case_orders_all_in in = { .before = from, .max = (int64_t)max };
	struct case_orders_all_row *rows;
	if (!case_orders_all_all(ctx, &in, max, &rows, count, err))
		return false;
	ORDERS_FROM(rows, *count);
}

bool order_list_of(struct ctx *ctx, struct request_id id, struct case_order **out, size_t *count,
		   struct err *err)
{
	struct case_orders_of_in in = { .request_id = id.n, .max = ORDERS_OF_ONE };
	struct case_orders_of_row *rows;

	if (!case_orders_of_all(ctx, &in, ORDERS_OF_ONE, &rows, count, err))
		return false;
	ORDERS_FROM(rows, *count);
}
