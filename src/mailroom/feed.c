/*
 * feed.c - due days as a calendar: of a person's cases, of a unit's with what organs and courts
 * wait for, of all. What an account may
 * no longer see is gone from its calendar at once.
 */
#include "mailroom/reader.h"

#include "base/limits.h"
#include "casework/desk.h"
#include "dispute/dossier.h"
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

/* ---- what organs and courts wait for: the unit's, nobody's own */

static struct str dispute_url(struct arena *a, struct str base, struct dispute_id id)
{
	if (base.len == 0)
		return STR_NONE;
	return str_format(a, STR_FMT "/desk/disputes/%lld", STR_ARG(base), (long long)id.n);
}

static bool add_answers(struct ctx *ctx, struct buf *b, struct opt_int unit, struct str base,
			struct err *err)
{
	struct dispute_filter f = { .unit = unit, .which = WHICH_DUE };
	struct arena *a = ctx->arena;
	struct dispute *rows;
	struct str next;
	size_t count;

	if (!dispute_page(ctx, &f, STR_NONE, FEED_PAGE, &rows, &count, &next, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct dispute *d = &rows[i];
		if (!d->next_on.known || d->next == DISPUTE_NEXT_HEARING)
			continue;
		ical_add(b, &(struct ical_day){
				    .uid = str_format(a, "dispute-%lld-" STR_FMT "@gongkai",
						      (long long)d->id.n,
						      STR_ARG(dispute_next_code(d->next))),
				    .sequence = d->version,
				    .stamp = date_start(d->accepted_on),
				    .day = d->next_on.v,
				    .summary = str_format(a, STR_FMT " " STR_FMT,
							  STR_ARG(dispute_next_label(d->next)),
							  STR_ARG(d->case_no)),
				    .url = dispute_url(a, base, d->id) });
	}
	return true;
}

static void add_hearing(struct ctx *ctx, struct buf *b, const struct hearing *x,
			const struct dispute *d, struct str base)
{
	struct str kind = hearing_kind_label(x->kind);
	struct arena *a = ctx->arena;
	struct ical_day day = {
		.uid = str_format(a, "hearing-%lld@gongkai", (long long)x->id.n),
		.sequence = x->sequence,
		.stamp = date_start(d->accepted_on),
		.day = x->day,
		.summary = str_format(a, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT,
				      STR_ARG(kind), STR_ARG(d->case_no), STR_ARG(x->time),
				      STR_ARG(x->place)),
		.url = dispute_url(a, base, d->id),
	};

	ical_add(b, &day);
}

static bool add_hearings(struct ctx *ctx, struct buf *b, struct opt_int unit, struct str base,
			 struct err *err)
{
	struct hearing *rows;
	size_t count;

	if (!hearing_planned(ctx, unit, ctx->today, FEED_PAGE, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct dispute d;
		if (!dispute_find(ctx, rows[i].dispute, &d, err))
			return false;
		if (!d.voided && !d.concluded)
			add_hearing(ctx, b, &rows[i], &d, base);
	}
	return true;
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
	if (of->scope != FEED_MINE && (!add_answers(ctx, &b, filter.unit, base, err) ||
				       !add_hearings(ctx, &b, filter.unit, base, err)))
		return false;
	ical_end(&b);
	*out = buf_str(&b);
	return true;
}
