/*
 * queue.c - open requests by due day: whose they are, how late, and how many.
 *
 * Those whose clock stands have no due day and come last, by id. An index in order of
 * (due day, id) gives the first part; the second is one more statement, so that neither
 * engine has to sort what it has read.
 */
#include "casework/desk_internal.h"

#include "desk_sql.h"

#include <assert.h>

#define DAY_FIRST "0000-00-00"
#define DAY_LAST "9999-12-31"

static const struct {
	const char *code;
	struct str label;
} queues[DESK_QUEUE_COUNT] = {
	[QUEUE_MINE] = { "mine", STR_INIT("我承办的") },
	[QUEUE_UNCLAIMED] = { "unclaimed", STR_INIT("待认领") },
	[QUEUE_OPEN] = { "open", STR_INIT("未办结") },
	[QUEUE_YELLOW] = { "yellow", STR_INIT("即将到期") },
	[QUEUE_LATE] = { "late", STR_INIT("已逾期") },
	[QUEUE_RED] = { "red", STR_INIT("红牌") },
	[QUEUE_BLACK] = { "black", STR_INIT("黑牌") },
	[QUEUE_UNFILED] = { "unfiled", STR_INIT("待送达、待归档") },
	[QUEUE_CLOSED] = { "closed", STR_INIT("当年办结") },
	[QUEUE_CLOSED_LATE] = { "closed_late", STR_INIT("当年逾期办结") },
	[QUEUE_CLOSED_IN_TIME] = { "closed_in_time", STR_INIT("当年按时办结") },
};

struct str desk_queue_code(enum desk_queue queue)
{
	return str_from_c(queues[queue].code);
}

struct str desk_queue_label(enum desk_queue queue)
{
	return queues[queue].label;
}

bool desk_queue_from(struct str code, enum desk_queue *out)
{
	for (int q = 0; q < DESK_QUEUE_COUNT; q++) {
		if (str_equal_c(code, queues[q].code)) {
			*out = (enum desk_queue)q;
			return true;
		}
	}
	return false;
}

/* ---- the walk. A place is "2020-11-30.17", or "-.17" among those whose clock stands. */

static bool place_parts(struct str place, struct str *day, int64_t *id)
{
	size_t dot = str_find(place, STR("."), 0);

	if (dot == SIZE_MAX || !str_to_i64(str_slice(place, dot + 1, place.len), id))
		return false;
	*day = str_slice(place, 0, dot);
	return true;
}

struct str due_place(struct arena *a, const struct request *last)
{
	struct str day = last->due.known ? date_iso(a, last->due.v) : STR("-");

	return str_format(a, STR_FMT ".%lld", STR_ARG(day), (long long)last->id.n);
}

static bool due_part(struct ctx *ctx, const struct due_walk *w, struct str day, int64_t id,
		     size_t max, struct desk_ids *ids, struct err *err)
{
	struct str before = w->before.len > 0 ? w->before : STR(DAY_LAST);

	if (w->handler.known) {
		struct desk_due_person_in in = { .unit_id = { w->unit.v },
						 .handler_id = w->handler.v, .after_due = day,
						 .after_id = id, .before_due = before,
						 .max = (int64_t)max };
		struct desk_due_person_row *rows;
		if (!desk_due_person_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	if (w->unit.known) {
		struct desk_due_unit_in in = { .unit_id = { w->unit.v }, .after_due = day,
					       .after_id = id, .before_due = before,
					       .prefix = w->prefix, .state = w->state,
					       .year = w->year, .max = (int64_t)max };
		struct desk_due_unit_row *rows;
		if (!desk_due_unit_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	struct desk_due_site_in in = { .after_due = day, .after_id = id, .before_due = before,
				       .prefix = w->prefix, .state = w->state, .year = w->year,
				       .max = (int64_t)max };
	struct desk_due_site_row *rows;
	if (!desk_due_site_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

static bool still_part(struct ctx *ctx, const struct due_walk *w, int64_t id, size_t max,
		       struct desk_ids *ids, struct err *err)
{
	if (w->handler.known) {
		struct desk_still_person_in in = { .unit_id = { w->unit.v },
						   .handler_id = w->handler.v, .after_id = id,
						   .max = (int64_t)max };
		struct desk_still_person_row *rows;
		if (!desk_still_person_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	if (w->unit.known) {
		struct desk_still_unit_in in = { .unit_id = { w->unit.v }, .after_id = id,
						 .prefix = w->prefix, .state = w->state,
						 .year = w->year, .max = (int64_t)max };
		struct desk_still_unit_row *rows;
		if (!desk_still_unit_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		DESK_IDS_FROM(rows);
	}
	struct desk_still_site_in in = { .after_id = id, .prefix = w->prefix, .state = w->state,
					 .year = w->year, .max = (int64_t)max };
	struct desk_still_site_row *rows;
	if (!desk_still_site_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

static void join(struct arena *a, struct desk_ids *ids, const struct desk_ids *more)
{
	struct request_id *all = ARENA_ARRAY(a, ids->count + more->count, struct request_id);

	for (size_t i = 0; i < ids->count; i++)
		all[i] = ids->list[i];
	for (size_t i = 0; i < more->count; i++)
		all[ids->count + i] = more->list[i];
	*ids = (struct desk_ids){ all, ids->count + more->count };
}

bool due_walk_page(struct ctx *ctx, const struct due_walk *w, struct str place, size_t max,
		   struct desk_ids *ids, struct err *err)
{
	struct str day = w->from.len > 0 ? w->from : STR(DAY_FIRST);
	struct desk_ids still = { .count = 0 };
	int64_t id = 0;

	assert(!w->handler.known || w->unit.known);
	*ids = (struct desk_ids){ .count = 0 };
	(void)place_parts(place, &day, &id);
	bool standing = str_equal_c(day, "-");
	if (!standing && !due_part(ctx, w, day, id, max, ids, err))
		return false;
	if (!w->still || ids->count == max)
		return true;
	if (!still_part(ctx, w, standing ? id : 0, max - ids->count, &still, err))
		return false;
	join(ctx->arena, ids, &still);
	return true;
}

bool desk_load_all(struct ctx *ctx, const struct desk_ids *ids, struct request **out,
		   struct err *err)
{
	return request_find_many(ctx, ids->list, ids->count, out, err);
}

/* ---- the queues */

static struct due_walk walk_of(struct arena *a, const struct queue_filter *f,
			       const struct card_days *days)
{
	struct due_walk w = { .unit = f->unit };
	struct str today = date_iso(a, days->today), black = date_iso(a, days->black_before);

	w.still = f->queue == QUEUE_MINE || f->queue == QUEUE_UNCLAIMED || f->queue == QUEUE_OPEN;
	if (f->queue == QUEUE_MINE || f->queue == QUEUE_UNCLAIMED)
		w.handler = (struct opt_int){ true, f->queue == QUEUE_MINE ? f->person.n : 0 };
	if (f->queue == QUEUE_YELLOW) {
		w.from = today;
		w.before = date_iso(a, date_plus(days->yellow_until, 1));
	}
	if (f->queue == QUEUE_RED)
		w.from = black;
	if (f->queue == QUEUE_RED || f->queue == QUEUE_LATE)
		w.before = today;
	if (f->queue == QUEUE_BLACK)
		w.before = black;
	return w;
}

static bool unfiled_page(struct ctx *ctx, const struct queue_filter *f, struct str place,
			 size_t max, struct desk_ids *ids, struct err *err)
{
	struct desk_unfiled_in in = { .unit_id = { f->unit.v }, .max = (int64_t)max };
	struct desk_unfiled_row *rows;

	if (!str_to_i64(place, &in.after_id))
		in.after_id = 0;
	if (!desk_unfiled_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

static bool closed_page(struct ctx *ctx, const struct queue_filter *f, struct str place,
			size_t max, struct desk_ids *ids, struct err *err)
{
	struct desk_closed_in in = { .year = f->year,
				     .unit_id = { f->unit.v },
				     .before_closed = STR(DAY_LAST),
				     .before_id = INT64_MAX,
				     .pace = f->queue == QUEUE_CLOSED_LATE	? STR("late")
					     : f->queue == QUEUE_CLOSED_IN_TIME ? STR("in_time")
										: STR(""),
				     .max = (int64_t)max };
	struct desk_closed_row *rows;

	(void)place_parts(place, &in.before_closed, &in.before_id);
	if (!desk_closed_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	DESK_IDS_FROM(rows);
}

static bool ids_of(struct ctx *ctx, const struct queue_filter *f, struct str place, size_t max,
		   struct desk_ids *ids, struct err *err)
{
	struct card_days days;

	if (f->queue == QUEUE_UNFILED)
		return unfiled_page(ctx, f, place, max, ids, err);
	if (f->queue >= QUEUE_CLOSED)
		return closed_page(ctx, f, place, max, ids, err);
	if (!case_card_days(ctx, &days, err))
		return false;
	struct due_walk w = walk_of(ctx->arena, f, &days);
	return due_walk_page(ctx, &w, place, max, ids, err);
}

static struct str place_of(struct arena *a, enum desk_queue queue, const struct request *last)
{
	if (queue == QUEUE_UNFILED)
		return str_format(a, "%lld", (long long)last->id.n);
	if (queue >= QUEUE_CLOSED)
		return str_format(a, STR_FMT ".%lld", STR_ARG(date_iso(a, last->closed_on.v)),
				  (long long)last->id.n);
	return due_place(a, last);
}

bool desk_queue_page(struct ctx *ctx, const struct queue_filter *f, struct str place, size_t max,
		     struct request **out, size_t *count, struct str *next, struct err *err)
{
	struct desk_ids ids = { .count = 0 };

	assert(max > 0);
	assert(f->unit.known || f->queue == QUEUE_OPEN || f->queue == QUEUE_YELLOW ||
	       f->queue == QUEUE_LATE || f->queue == QUEUE_RED || f->queue == QUEUE_BLACK);
	if (!ids_of(ctx, f, place, max, &ids, err) || !desk_load_all(ctx, &ids, out, err))
		return false;
	*count = ids.count;
	*next = ids.count == max ? place_of(ctx->arena, f->queue, &(*out)[max - 1]) : STR_NONE;
	return true;
}

/* ---- how many */

static bool count_due(struct ctx *ctx, struct opt_int unit, struct str from, struct str before,
		      int64_t *out, struct err *err)
{
	struct desk_count_unit_row of_unit;
	struct desk_count_site_row of_site;
	bool found;

	if (unit.known) {
		struct desk_count_unit_in in = { .unit_id = { unit.v }, .from_day = from,
						 .before_day = before, .max = DESK_COUNT_MAX };
		if (!desk_count_unit(ctx, &in, &of_unit, &found, err))
			return false;
		*out = of_unit.found;
		return true;
	}
	struct desk_count_site_in in = { .from_day = from, .before_day = before,
					 .max = DESK_COUNT_MAX };
	if (!desk_count_site(ctx, &in, &of_site, &found, err))
		return false;
	*out = of_site.found;
	return true;
}

static bool count_cards(struct ctx *ctx, struct opt_int unit, struct desk_counts *c,
			struct err *err)
{
	struct arena *a = ctx->arena;
	struct card_days days;

	if (!case_card_days(ctx, &days, err))
		return false;
	struct str today = date_iso(a, days.today), black = date_iso(a, days.black_before);
	struct str beyond = date_iso(a, date_plus(days.yellow_until, 1));
	if (!count_due(ctx, unit, today, beyond, &c->of[QUEUE_YELLOW], err) ||
	    !count_due(ctx, unit, black, today, &c->of[QUEUE_RED], err) ||
	    !count_due(ctx, unit, STR(DAY_FIRST), black, &c->of[QUEUE_BLACK], err))
		return false;
	c->of[QUEUE_LATE] = c->of[QUEUE_RED] + c->of[QUEUE_BLACK];
	if (c->of[QUEUE_LATE] > DESK_COUNT_MAX)
		c->of[QUEUE_LATE] = DESK_COUNT_MAX;
	return true;
}

static bool count_open(struct ctx *ctx, struct opt_int unit, int64_t *out, struct err *err)
{
	struct desk_count_open_unit_in of = { .unit_id = { unit.v }, .max = DESK_COUNT_MAX };
	struct desk_count_open_unit_row of_unit;
	struct desk_count_open_site_in all = { .max = DESK_COUNT_MAX };
	struct desk_count_open_site_row of_site;
	bool found;

	if (unit.known) {
		if (!desk_count_open_unit(ctx, &of, &of_unit, &found, err))
			return false;
		*out = of_unit.found;
		return true;
	}
	if (!desk_count_open_site(ctx, &all, &of_site, &found, err))
		return false;
	*out = of_site.found;
	return true;
}

static bool count_person(struct ctx *ctx, int64_t unit, int64_t person, int64_t *out,
			 struct opt_date *next, struct err *err)
{
	struct desk_count_person_in in = { .unit_id = { unit }, .handler_id = person,
					   .max = DESK_COUNT_MAX };
	struct desk_count_person_row row;
	bool found;

	if (!desk_count_person(ctx, &in, &row, &found, err))
		return false;
	*out = row.found;
	*next = row.next_due;
	return true;
}

/* What only a unit has. */
static bool count_of_unit(struct ctx *ctx, int64_t unit, struct account_id person,
			  struct desk_counts *c, struct err *err)
{
	struct desk_count_unfiled_in unfiled = { .unit_id = { unit }, .max = DESK_COUNT_MAX };
	struct desk_count_tasks_in tasks = { .unit_id = { unit }, .max = DESK_COUNT_MAX };
	struct desk_count_orders_in orders = { .unit_id = { unit }, .max = DESK_COUNT_MAX };
	struct desk_count_unfiled_row unfiled_row;
	struct desk_count_tasks_row tasks_row;
	struct desk_count_orders_row orders_row;
	struct opt_date ignored;
	bool found;

	if (!count_person(ctx, unit, person.n, &c->of[QUEUE_MINE], &c->next, err) ||
	    !count_person(ctx, unit, 0, &c->of[QUEUE_UNCLAIMED], &ignored, err) ||
	    !desk_count_unfiled(ctx, &unfiled, &unfiled_row, &found, err) ||
	    !desk_count_tasks(ctx, &tasks, &tasks_row, &found, err) ||
	    !desk_count_orders(ctx, &orders, &orders_row, &found, err))
		return false;
	c->of[QUEUE_UNFILED] = unfiled_row.found;
	c->tasks = tasks_row.found;
	c->orders = orders_row.found;
	return true;
}

bool desk_counts(struct ctx *ctx, struct opt_int unit, struct account_id person,
		 struct desk_counts *out, struct err *err)
{
	struct desk_counts c = { .tasks = 0 };

	if (!count_cards(ctx, unit, &c, err) || !count_open(ctx, unit, &c.of[QUEUE_OPEN], err) ||
	    (unit.known && !count_of_unit(ctx, unit.v, person, &c, err)))
		return false;
	*out = c;
	return true;
}

bool desk_first_counts(struct ctx *ctx, struct opt_int unit, struct account_id person,
		       struct desk_first_counts *out, struct err *err)
{
	struct desk_first_counts c = { .urgent = 0 };
	struct opt_date ignored;
	struct card_days days;

	if (!case_card_days(ctx, &days, err))
		return false;
	struct str beyond = date_iso(ctx->arena, date_plus(days.yellow_until, 1));
	if (!count_due(ctx, unit, STR(DAY_FIRST), beyond, &c.urgent, err) ||
	    (unit.known && (!count_person(ctx, unit.v, person.n, &c.mine, &ignored, err) ||
			    !count_person(ctx, unit.v, 0, &c.unclaimed, &ignored, err))))
		return false;
	*out = c;
	return true;
}

bool desk_open_counts(struct ctx *ctx, struct opt_int unit, int64_t *open, int64_t *late,
		      struct err *err)
{
	struct str today = date_iso(ctx->arena, ctx->today);

	return count_open(ctx, unit, open, err) &&
	       count_due(ctx, unit, STR(DAY_FIRST), today, late, err);
}

/* ---- workload */

/* Somebody who left the unit or works no cases any more has a row of their own. */
static void add_load(const struct desk_load_of_row *row, struct desk_load *list, size_t *count)
{
	size_t i = 0;

	while (i < *count && list[i].id.n != row->handler_id)
		i++;
	if (i == *count) {
		list[i] = (struct desk_load){ .id = { row->handler_id },
					      .person = STR("（已不在岗）") };
		*count = i + 1;
	}
	list[i].open = row->open;
	list[i].late = row->late;
	list[i].soon = row->soon_count;
	list[i].next = row->next_due;
}

bool desk_workload(struct ctx *ctx, struct unit_id unit, struct desk_load **out, size_t *count,
		   struct err *err)
{
	struct desk_load_of_row *rows;
	struct case_person *people;
	struct card_days days;
	size_t people_count, rows_count;

	if (!case_card_days(ctx, &days, err) ||
	    !case_people(ctx, unit, &people, &people_count, err))
		return false;
	struct desk_load_of_in in = { .unit_id = unit, .today = days.today,
				   .soon = days.yellow_until };
	if (!desk_load_of_all(ctx, &in, CASE_PEOPLE_MAX, &rows, &rows_count, err))
		return false;
	*count = people_count + 1;
	*out = ARENA_ARRAY(ctx->arena, *count + rows_count, struct desk_load);
	(*out)[0] = (struct desk_load){ .person = STR("（待认领）") };
	for (size_t i = 0; i < people_count; i++)
		(*out)[i + 1] = (struct desk_load){ .id = people[i].id,
						    .person = people[i].person };
	for (size_t r = 0; r < rows_count; r++)
		add_load(&rows[r], *out, count);
	return true;
}
