/*
 * card.c - 黄牌, 红牌, 黑牌: how near or late a reply is, and the nightly round that
 * issues each card once.
 *
 * The law knows a due day and what follows when it has passed (条例第三十三条, 第五十一条);
 * cards are an office's own means, so their thresholds are settings. A card is computed
 * from the due day whenever it is shown; what was issued is kept, because it is what an
 * assessment counts and what may be objected to.
 */
#include "casework/casework_internal.h"

#include "calendar/calendar.h"
#include "casework_sql.h"

#include <assert.h>

#define NIGHT_SETTING "casework.night"
#define YELLOW_SETTING "casework.card_yellow_days"
#define BLACK_SETTING "casework.card_black_days"

enum {
	NIGHT_HOUR = 5,	  /* in China: before the desk opens */
	NIGHT_ROWS = 500, /* of each kind in one transaction; the next hour goes on */
};

static const struct { const char *code; struct str label; } cards[] = {
	[CARD_NONE] = { "", STR_INIT("") },
	[CARD_YELLOW] = { "yellow", STR_INIT("黄牌") },
	[CARD_RED] = { "red", STR_INIT("红牌") },
	[CARD_BLACK] = { "black", STR_INIT("黑牌") },
};

struct str case_card_code(enum case_card card)
{
	return str_from_c(cards[card].code);
}

struct str case_card_label(enum case_card card)
{
	return cards[card].label;
}

bool case_card_limits(struct ctx *ctx, struct card_limits *out, struct err *err)
{
	int64_t yellow, black;

	if (!casework_setting(ctx, YELLOW_SETTING, CARD_YELLOW_DAYS, &yellow, err) ||
	    !casework_setting(ctx, BLACK_SETTING, CARD_BLACK_DAYS, &black, err))
		return false;
	*out = (struct card_limits){ (int)yellow, (int)black };
	return true;
}

static bool write_setting(struct ctx *ctx, const char *name, int64_t value, struct err *err)
{
	struct case_setting_write_in in = { .name = str_from_c(name),
					    .value = str_format(ctx->arena, "%lld",
								(long long)value) };

	return case_setting_write(ctx, &in, NULL, err);
}

static struct str number_text(struct ctx *ctx, int n)
{
	return str_format(ctx->arena, "%d", n);
}

bool case_card_set_limits(struct ctx *ctx, const struct card_limits *in, struct err *err)
{
	struct card_limits before;
	int64_t seq;

	if (in->yellow_days < 1 || in->yellow_days > CARD_DAYS_MAX)
		return err_set_field(err, "yellow_days", ERR_INVALID, "casework.card_days", "%d",
				     CARD_DAYS_MAX);
	if (in->black_days < 1 || in->black_days > CARD_DAYS_MAX)
		return err_set_field(err, "black_days", ERR_INVALID, "casework.card_days", "%d",
				     CARD_DAYS_MAX);
	if (!case_card_limits(ctx, &before, err))
		return false;
	struct ledger_change changes[] = {
		{ "yellow_days", number_text(ctx, before.yellow_days),
		  number_text(ctx, in->yellow_days) },
		{ "black_days", number_text(ctx, before.black_days),
		  number_text(ctx, in->black_days) },
	};
	struct ledger_event event = { .subject_kind = "setting",
				      .verb = "case.set_cards",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) };
	return write_setting(ctx, YELLOW_SETTING, in->yellow_days, err) &&
	       write_setting(ctx, BLACK_SETTING, in->black_days, err) &&
	       ledger_append(ctx, &event, &seq, err);
}

/* Where the calendar ends no working day can be counted: then seven natural days are five. */
static bool yellow_until(struct ctx *ctx, int days, struct date *out, struct err *err)
{
	const struct workday_calendar *calendar;
	struct err outside = { 0 };

	if (!calendar_current(ctx, &calendar, err))
		return false;
	if (!workday_due(calendar, ctx->today, days, out, &outside))
		*out = date_plus(ctx->today, (days * 7 + 4) / 5);
	return true;
}

bool case_card_days(struct ctx *ctx, struct card_days *out, struct err *err)
{
	struct card_limits limits;
	struct date yellow;

	if (!case_card_limits(ctx, &limits, err) ||
	    !yellow_until(ctx, limits.yellow_days, &yellow, err))
		return false;
	*out = (struct card_days){ .today = ctx->today,
				   .yellow_until = yellow,
				   .black_before = date_plus(ctx->today, -limits.black_days) };
	return true;
}

enum case_card case_card_of(const struct card_days *days, struct opt_date due)
{
	if (!due.known || date_compare(due.v, days->yellow_until) > 0)
		return CARD_NONE;
	if (date_compare(due.v, days->black_before) < 0)
		return CARD_BLACK;
	return date_compare(due.v, days->today) < 0 ? CARD_RED : CARD_YELLOW;
}

/* ---- the nightly round */

static bool issue(struct ctx *ctx, enum case_card card, struct request_id id, struct date due,
		  struct err *err)
{
	struct case_card_insert_in in = { .request_id = id,
					  .card = case_card_code(card),
					  .due_on = due,
					  .issued_on = ctx->today };
	struct ledger_change changes[] = {
		{ "card", STR_NONE, case_card_code(card) },
		{ "due_on", STR_NONE, date_iso(ctx->arena, due) },
	};

	return case_card_insert(ctx, &in, NULL, err) &&
	       casework_event(ctx, id, "case.card", changes, COUNT_OF(changes), STR_NONE, err);
}

/* Due from `from` on and before `before`. */
static bool issue_all(struct ctx *ctx, enum case_card card, struct date from, struct date before,
		      bool *more, struct err *err)
{
	struct case_card_missing_in in = { .card = case_card_code(card),
					   .from_day = from,
					   .before_day = before,
					   .max = NIGHT_ROWS };
	struct case_card_missing_row *rows;
	size_t count;

	if (!case_card_missing_all(ctx, &in, NIGHT_ROWS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!issue(ctx, card, rows[i].id, rows[i].due_on, err))
			return false;
	*more = *more || count == NIGHT_ROWS;
	return true;
}

static bool issue_cards(struct ctx *ctx, bool *more, struct err *err)
{
	struct date first = date_make(DATE_YEAR_MIN, 1, 1);
	struct card_days days;

	return case_card_days(ctx, &days, err) &&
	       issue_all(ctx, CARD_YELLOW, days.today, date_plus(days.yellow_until, 1), more,
			 err) &&
	       issue_all(ctx, CARD_RED, days.black_before, days.today, more, err) &&
	       issue_all(ctx, CARD_BLACK, first, days.black_before, more, err);
}

static bool remind_tasks(struct ctx *ctx, bool *more, struct err *err)
{
	struct case_tasks_to_remind_in in = { .before_day = date_plus(ctx->today, 2),
					      .today = ctx->today,
					      .max = NIGHT_ROWS };
	struct case_tasks_to_remind_row *rows;
	size_t count;

	if (!case_tasks_to_remind_all(ctx, &in, NIGHT_ROWS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!casework_task_reminded(ctx, rows[i].id, err))
			return false;
	*more = *more || count == NIGHT_ROWS;
	return true;
}

bool case_on_hour(struct ctx *ctx, const struct job *job, struct err *err)
{
	bool early = ctx->now < date_start(ctx->today) + NIGHT_HOUR * 3600, more = false;
	int64_t last;

	(void)job;
	if (!casework_setting(ctx, NIGHT_SETTING, 0, &last, err))
		return false;
	if (early || last >= ctx->today.ordinal)
		return true;
	if (!issue_cards(ctx, &more, err) || !remind_tasks(ctx, &more, err))
		return false;
	return more || write_setting(ctx, NIGHT_SETTING, ctx->today.ordinal, err);
}
