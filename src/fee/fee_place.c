/*
 * fee_place.c - which request of the month it is: one applicant, one agency, the natural month of
 * receipt, by day and register number.
 *
 * The applicant is found by the keyed hash of identity/identity.h: nothing is opened for it.
 */
#include "fee/fee.h"

#include "fee_sql.h"

#include <assert.h>

struct month {
	struct str key;
	struct date first, last;
	struct fee_practice practice;
};

/* *known false: it cannot be said who asks, or when it was received. */
static bool month_of(struct ctx *ctx, const struct request *r, struct month *m, bool *known,
		     struct err *err)
{
	*known = false;
	if (r->applicant_id.n == 0 || !r->received_on.known)
		return true;
	if (!identity_key(ctx, r->applicant_id, &m->key, err) ||
	    !fee_practice_of(ctx, r->unit, &m->practice, err))
		return false;
	struct ymd day = date_split(r->received_on.v);
	m->first = date_make(day.year, day.month, 1);
	m->last = date_plus(day.month == 12 ? date_make(day.year + 1, 1, 1)
					    : date_make(day.year, day.month + 1, 1),
			    -1);
	*known = m->key.len > 0;
	return true;
}

bool fee_place_of(struct ctx *ctx, const struct request *r, struct fee_place *out,
		  struct err *err)
{
	struct fee_place_row_row row;
	struct month m;
	bool found;

	*out = (struct fee_place){ .known = false };
	if (!month_of(ctx, r, &m, &out->known, err))
		return false;
	if (!out->known)
		return true;
	struct fee_place_row_in in = { .person_key = m.key,
				       .unit_id = r->unit,
				       .first = m.first,
				       .last = m.last,
				       .received_on = r->received_on.v,
				       .number = r->number,
				       .id = r->id,
				       .ended = m.practice.ended_count,
				       .quantity = m.practice.quantity_counts };
	if (!fee_place_row(ctx, &in, &row, &found, err))
		return false;
	out->number = row.place;
	out->total = row.total;
	out->month = m.first;
	return true;
}

bool fee_month(struct ctx *ctx, const struct request *r, size_t max, struct fee_counted **out,
	       size_t *count, struct err *err)
{
	struct fee_month_rows_row *rows;
	struct month m;
	bool known;

	*count = 0;
	*out = NULL;
	if (!month_of(ctx, r, &m, &known, err))
		return false;
	if (!known)
		return true;
	struct fee_month_rows_in in = { .person_key = m.key,
					.unit_id = r->unit,
					.first = m.first,
					.last = m.last,
					.id = r->id,
					.ended = m.practice.ended_count,
					.quantity = m.practice.quantity_counts,
					.max = (int64_t)max };
	if (!fee_month_rows_all(ctx, &in, max, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct fee_counted);
	for (size_t i = 0; i < *count; i++) {
		struct fee_counted *c = &(*out)[i];
		*c = (struct fee_counted){ .id = rows[i].id,
					   .number = rows[i].number,
					   .received_on = rows[i].received_on,
					   .fen = rows[i].fen };
		bool ok = request_state_from(rows[i].state, &c->state);
		assert(ok);
		(void)ok;
	}
	return true;
}
