/* board.c - counting what the board shows. */
#include "casework/board.h"

#include "calendar/calendar.h"
#include "desk_sql.h"

#include <assert.h>

enum { SPAN_YEARS = 4 }; /* received at most so long before; earlier days count as the first */

/*
 * Working days up to each day of a span, so that a difference of two is the days between.
 * The sum over cases of (closed - received) is the sum over days, which is why the
 * statements give days with their counts and not cases.
 */
struct workdays {
	struct date first;
	int *until;
	int count;
};

static bool workdays_of(struct ctx *ctx, int year, struct workdays *out, struct err *err)
{
	const struct workday_calendar *calendar;
	struct date first = date_make(year - SPAN_YEARS + 1, 1, 1);
	int total = 0;

	if (!calendar_current(ctx, &calendar, err))
		return false;
	out->first = first;
	out->count = date_make(year, 12, 31).ordinal - first.ordinal + 1;
	out->until = ARENA_ARRAY(ctx->arena, (size_t)out->count, int);
	for (int i = 0; i < out->count; i++) {
		struct date day = date_plus(first, i);
		/* Outside the published years a week has five. */
		bool working = workday_covers(calendar, day) ? workday_is(calendar, day)
							     : date_weekday(day) <= 5;
		total += working ? 1 : 0;
		out->until[i] = total;
	}
	return true;
}

static int64_t workdays_until(const struct workdays *w, struct date day)
{
	int at = day.ordinal - w->first.ordinal;

	if (at < 0)
		return 0;
	return w->until[at < w->count ? at : w->count - 1];
}

static struct board_row *row_of(const struct board *b, struct unit_id unit)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->rows[i].unit.n == unit.n)
			return &b->rows[i];
	return NULL;
}

static bool add_open(struct ctx *ctx, struct board *b, struct err *err)
{
	struct board_open_cursor c;
	struct board_open_row row;
	struct card_days days;

	if (!case_card_days(ctx, &days, err))
		return false;
	struct board_open_in in = { .today = days.today,
				    .black_before = days.black_before,
				    .yellow_until = days.yellow_until };
	if (!board_open_open(ctx, &in, &c, err))
		return false;
	while (board_open_next(&c, &row, err)) {
		struct board_row *r = row_of(b, row.unit_id);
		assert(r != NULL);
		r->open = row.open;
		r->unclaimed = row.unclaimed;
		r->yellow = row.yellow;
		r->red = row.red;
		r->black = row.black;
		r->oldest = row.oldest;
	}
	return board_open_close(&c, err);
}

static bool add_closed(struct ctx *ctx, struct board *b, const struct workdays *w, struct err *err)
{
	struct board_closed_cursor c;
	struct board_closed_row row;

	if (!board_closed_open(ctx, &(struct board_closed_in){ .year = b->year }, &c, err))
		return false;
	while (board_closed_next(&c, &row, err)) {
		struct board_row *r = row_of(b, row.unit_id);
		assert(r != NULL);
		r->closed += row.closed;
		r->closed_late += row.late;
		r->days += row.closed * workdays_until(w, row.day);
	}
	return board_closed_close(&c, err);
}

static bool add_received(struct ctx *ctx, struct board *b, const struct workdays *w,
			 struct err *err)
{
	struct board_received_cursor c;
	struct board_received_row row;

	if (!board_received_open(ctx, &(struct board_received_in){ .year = b->year }, &c, err))
		return false;
	while (board_received_next(&c, &row, err)) {
		struct board_row *r = row_of(b, row.unit_id);
		assert(r != NULL);
		r->days -= row.closed * workdays_until(w, row.day);
	}
	return board_received_close(&c, err);
}

static void add_up(struct board *b)
{
	struct board_row *s = &b->sum;

	for (size_t i = 0; i < b->count; i++) {
		const struct board_row *r = &b->rows[i];
		s->open += r->open;
		s->unclaimed += r->unclaimed;
		s->yellow += r->yellow;
		s->red += r->red;
		s->black += r->black;
		s->closed += r->closed;
		s->closed_late += r->closed_late;
		s->days += r->days;
		if (r->oldest.known &&
		    (!s->oldest.known || date_compare(r->oldest.v, s->oldest.v) < 0))
			s->oldest = r->oldest;
	}
}

bool board_load(struct ctx *ctx, int year, struct board *out, struct err *err)
{
	struct board b = { .year = year };
	struct workdays workdays;
	struct unit *units;

	if (!agency_units(ctx, &units, &b.count, err) || !workdays_of(ctx, year, &workdays, err))
		return false;
	b.rows = ARENA_ARRAY(ctx->arena, b.count, struct board_row);
	for (size_t i = 0; i < b.count; i++)
		b.rows[i] = (struct board_row){ .unit = units[i].id, .code = units[i].code,
						.name = units[i].name };
	if (!add_open(ctx, &b, err) || !add_closed(ctx, &b, &workdays, err) ||
	    !add_received(ctx, &b, &workdays, err))
		return false;
	add_up(&b);
	*out = b;
	return true;
}

/* Tenths, rounded half up. */
static struct str tenths(struct arena *a, int64_t part, int64_t whole, const char *unit)
{
	int64_t n = (part * 20 + whole) / (2 * whole);

	return str_format(a, "%lld.%lld%s", (long long)(n / 10), (long long)(n % 10), unit);
}

struct str board_rate(struct arena *a, const struct board_row *row)
{
	if (row->closed == 0)
		return STR_NONE;
	return tenths(a, (row->closed - row->closed_late) * 100, row->closed, "%");
}

struct str board_average(struct arena *a, const struct board_row *row)
{
	return row->closed == 0 ? STR_NONE : tenths(a, row->days, row->closed, "");
}
