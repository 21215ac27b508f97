/* desk.c - one page of the register. */
#include "casework/desk_internal.h"

#include "desk_sql.h"

#include <assert.h>

enum { STATES_MAX = REQUEST_STATE_COUNT + 3 };

static const struct str codes[STATES_MAX] = {
	STR_INIT(""),	     STR_INIT("open"),	    STR_INIT("late"),	STR_INIT("confirming"),
	STR_INIT("handling"), STR_INIT("correcting"), STR_INIT("inquiring"), STR_INIT("unpaid"),
	STR_INIT("decided"),  STR_INIT("served"),     STR_INIT("closed"),
};
static const struct str labels[STATES_MAX] = {
	STR_INIT("全部"),   STR_INIT("未办结"), STR_INIT("已逾期"),	  STR_INIT("待确认"),
	STR_INIT("办理中"), STR_INIT("待补正"), STR_INIT("征求意见中"),	  STR_INIT("待缴费"),
	STR_INIT("已决定待送达"), STR_INIT("已送达"), STR_INIT("已办结"),
};

size_t desk_states(const struct str **codes_out, const struct str **labels_out)
{
	*codes_out = codes;
	*labels_out = labels;
	return STATES_MAX;
}

/* 未办结, 已逾期: no states of the table, but several of them. */
static bool is_several(struct str state)
{
	return str_equal_c(state, "open") || str_equal_c(state, "late");
}

static struct str plain_state(const struct desk_filter *f)
{
	return is_several(f->state) ? STR_NONE : f->state;
}

static bool is_open_state(const struct desk_filter *f)
{
	enum request_state state;

	return f->state.len > 0 && request_state_from(f->state, &state) &&
	       state < REQUEST_DECIDED;
}

static bool newest(struct ctx *ctx, const struct desk_filter *f, struct str place, size_t max,
		   struct desk_ids *ids, struct err *err)
{
	int64_t before;

	if (!str_to_i64(place, &before) || before <= 0)
		before = INT64_MAX;
	if (f->unit.known) {
		struct desk_newest_unit_in in = { .unit_id = { f->unit.v },
						  .before = before,
						  .state = plain_state(f),
						  .year = f->year,
						  .max = (int64_t)max };
		struct desk_newest_unit_row *rows;
		if (!desk_newest_unit_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	struct desk_newest_in in = { .before = before,
				     .state = plain_state(f),
				     .year = f->year,
				     .max = (int64_t)max };
	struct desk_newest_row *rows;
	if (!desk_newest_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

/* "12.YX-2020-0001": unit and number. */
static bool number_place(struct str place, struct str *number, int64_t *unit)
{
	size_t dot = str_find(place, STR("."), 0);

	if (dot == SIZE_MAX || !str_to_i64(str_slice(place, 0, dot), unit))
		return false;
	*number = str_slice(place, dot + 1, place.len);
	return true;
}

static bool by_number(struct ctx *ctx, const struct desk_filter *f, struct str place, size_t max,
		      struct desk_ids *ids, struct err *err)
{
	/* Behind every text that begins with the number: U+10FFFF, in order of bytes. */
	struct str high = str_concat(ctx->arena, f->number, STR("\xF4\x8F\xBF\xBF"));
	bool down = f->order == DESK_NUMBER_DOWN;
	struct str number = down ? high : f->number;
	int64_t unit = 0, wanted = f->unit.known ? f->unit.v : 0;

	(void)number_place(place, &number, &unit);
	if (!down) {
		struct desk_number_up_in in = { .after = number, .after_unit = unit, .high = high,
						.unit_id = wanted, .state = plain_state(f),
						.year = f->year, .max = (int64_t)max };
		struct desk_number_up_row *rows;
		if (!desk_number_up_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	struct desk_number_down_in in = { .after = number, .after_unit = unit, .low = f->number,
					  .unit_id = wanted, .state = plain_state(f),
					  .year = f->year, .max = (int64_t)max };
	struct desk_number_down_row *rows;
	if (!desk_number_down_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

static bool by_due(struct ctx *ctx, const struct desk_filter *f, struct str place, size_t max,
		   struct desk_ids *ids, struct err *err)
{
	bool late = str_equal_c(f->state, "late");
	struct due_walk w = { .unit = f->unit,
			      .prefix = f->number,
			      .state = plain_state(f),
			      .year = f->year,
			      .before = late ? date_iso(ctx->arena, ctx->today) : STR_NONE,
			      .still = !late };

	return due_walk_page(ctx, &w, place, max, ids, err);
}

/* What is open is read from its own index, in order of urgency, unless numbers are asked for. */
static enum desk_order order_of(const struct desk_filter *f)
{
	if (is_several(f->state))
		return DESK_DUE;
	if (f->order == DESK_NUMBER_UP || f->order == DESK_NUMBER_DOWN)
		return f->order;
	if (f->number.len > 0)
		return DESK_NUMBER_UP;
	return is_open_state(f) ? DESK_DUE : DESK_NEWEST;
}

static struct str place_after(struct arena *a, enum desk_order order, const struct request *r)
{
	switch (order) {
	case DESK_NEWEST:
		return str_format(a, "%lld", (long long)r->id.n);
	case DESK_NUMBER_UP:
	case DESK_NUMBER_DOWN:
		return str_format(a, "%lld." STR_FMT, (long long)r->unit.n, STR_ARG(r->number));
	case DESK_DUE:
		break;
	}
	return due_place(a, r);
}

bool desk_page(struct ctx *ctx, const struct desk_filter *filter, struct str place, size_t max,
	       struct request **out, size_t *count, struct str *next, struct err *err)
{
	struct desk_filter f = *filter;
	struct desk_ids ids = { 0 };
	bool ok = false;

	assert(max > 0);
	f.order = order_of(filter);
	switch (f.order) {
	case DESK_NEWEST: ok = newest(ctx, &f, place, max, &ids, err); break;
	case DESK_NUMBER_UP:
	case DESK_NUMBER_DOWN: ok = by_number(ctx, &f, place, max, &ids, err); break;
	case DESK_DUE: ok = by_due(ctx, &f, place, max, &ids, err); break;
	}
	if (!ok)
		return false;
	if (!desk_load_all(ctx, &ids, out, err))
		return false;
	*count = ids.count;
	*next = ids.count == max ? place_after(ctx->arena, f.order, &(*out)[max - 1]) : STR_NONE;
	return true;
}

/* ---- facets */

static bool count_state(struct ctx *ctx, const struct desk_filter *f, struct str state,
			int64_t *out, struct err *err)
{
	struct desk_facet_unit_in of = { .state = state, .unit_id = { f->unit.v },
					 .year = f->year, .prefix = f->number,
					 .max = DESK_COUNT_MAX };
	struct desk_facet_site_in all = { .state = state, .year = f->year, .prefix = f->number,
					  .max = DESK_COUNT_MAX };
	struct desk_facet_unit_row of_unit = { 0 };
	struct desk_facet_site_row of_site = { 0 };
	bool found;

	if (f->unit.known ? !desk_facet_unit(ctx, &of, &of_unit, &found, err)
			  : !desk_facet_site(ctx, &all, &of_site, &found, err))
		return false;
	*out = f->unit.known ? of_unit.found : of_site.found;
	return true;
}

bool desk_facets(struct ctx *ctx, const struct desk_filter *filter, struct desk_facet **out,
		 size_t *count, struct err *err)
{
	enum request_state state;

	*count = 0;
	*out = ARENA_ARRAY(ctx->arena, STATES_MAX, struct desk_facet);
	for (size_t i = 0; i < STATES_MAX; i++) {
		if (!request_state_from(codes[i], &state) || state >= REQUEST_DECIDED)
			continue;
		struct desk_facet *one = &(*out)[(*count)++];
		*one = (struct desk_facet){ .state = codes[i], .label = labels[i] };
		if (!count_state(ctx, filter, codes[i], &one->count, err))
			return false;
	}
	return true;
}
