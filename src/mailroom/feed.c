/*
 * feed.c - due days as a calendar: of a person's cases, of a unit's, of all. What an account may
 * no longer see is gone from its calendar at once.
 */
#include "mailroom/reader.h"

#include "base/limits.h"
#include "casework/desk.h"
#include "mailroom/ical.h"

enum { FEED_MAX = 2000, FEED_PAGE = 200, EVENT_BYTES = 1200 };

/* The scope as it stands now: the role may have changed since. */
static struct queue_filter filter_of(const struct feed_of *of)
{
	struct actor actor = account_actor(&of->account);
	bool all = (actor.permissions & PERM_BIT(PERM_SITE_READ)) != 0;
	bool site = of->scope == FEED_SITE && all;

	return (struct queue_filter){ .queue = of->scope == FEED_MINE ? QUEUE_MINE : QUEUE_OPEN,
				      .unit = { !site, of->account.unit.n },
				      .person = of->account.id };
}

static void add(struct ctx *ctx, struct buf *b, const struct request *r, struct str base,
		const char *what, struct str label, struct date day)
{
	struct arena *a = ctx->arena;
	struct str state = request_state_label(r->state);
	struct date since = r->clock_from.known ? r->clock_from.v : r->submitted_on;

	ical_add(b, &(struct ical_day){
			    .uid = str_format(a, "request-%lld-%s@gongkai", (long long)r->id.n,
					      what),
			    .sequence = r->version,
			    .stamp = date_start(since),
			    .day = day,
			    .summary = str_format(a, STR_FMT " " STR_FMT "（" STR_FMT "）",
						  STR_ARG(label), STR_ARG(r->number),
						  STR_ARG(state)),
			    .url = base.len == 0 ? STR_NONE :
						   str_format(a, STR_FMT "/desk/requests/%lld",
							      STR_ARG(base), (long long)r->id.n) });
}

static void add_days(struct ctx *ctx, struct buf *b, const struct request *r, struct str base)
{
	if (r->due.known)
		add(ctx, b, r, base, "due", STR("答复期限"), r->due.v);
	if (r->state == REQUEST_CORRECTING && r->correction_until.known)
		add(ctx, b, r, base, "correction", STR("补正期限"), r->correction_until.v);
}

bool feed_text(struct ctx *ctx, const struct feed_of *of, struct str base, struct str *out,
	       struct err *err)
{
	struct queue_filter filter = filter_of(of);
	struct buf b = buf_open(ctx->arena, 64 * KIB, 2 * FEED_MAX * EVENT_BYTES);
	struct str place = STR_NONE;
	size_t total = 0;

	ical_begin(&b, str_concat(ctx->arena, STR("政府信息公开期限："), feed_scope_label(of->scope)));
	do {
		struct request *rows;
		size_t count;
		if (!desk_queue_page(ctx, &filter, place, FEED_PAGE, &rows, &count, &place, err))
			return false;
		for (size_t i = 0; i < count; i++)
			add_days(ctx, &b, &rows[i], base);
		total += count;
	} while (place.len > 0 && total < FEED_MAX);
	ical_end(&b);
	*out = buf_str(&b);
	return true;
}
