/*
 * dossier_clock.c - by when a unit answers to an organ or a court.
 *
 * The day of receipt is not counted, and a period of natural days whose last day is a rest day
 * ends with the next working day (民事诉讼法第八十五条); 3, 5, 7 and 10 days of the law of 2023
 * are working days (行政复议法第八十八条). How many days there are comes from general knowledge
 * of the three laws: an office that knows better sets them (table dispute_rule).
 */
#include "dispute/dossier_work.h"

#include "calendar/calendar.h"
#include "dispute_sql.h"

enum { COUNT_AGAIN_ROWS = 200 };

/* The 行政复议法 of 2023 is in force from 2024-01-01: ordinals of that day and the day before. */
#define NEW_LAW { true, { 19723 } }
#define OLD_LAW { true, { 19722 } }

static const struct dispute_rule shipped[DISPUTE_RULES] = {
	{ .code = "reconsideration", .label = STR_INIT("行政复议，普通程序"),
	  .basis = STR_INIT("行政复议法（2023）第四十八条、行政复议法第八十八条"), .from = NEW_LAW,
	  .days = 10, .working = true },
	{ .code = "reconsideration_simplified", .label = STR_INIT("行政复议，简易程序"),
	  .basis = STR_INIT("行政复议法（2023）第五十四条、行政复议法第八十八条"), .simplified = true,
	  .from = NEW_LAW, .days = 5, .working = true },
	{ .code = "reconsideration_before_2024", .label = STR_INIT("行政复议，2023年12月31日以前收到"),
	  .basis = STR_INIT("行政复议法（2017）第二十三条"), .until = OLD_LAW, .days = 10,
	  .working = false },
	{ .code = "court", .label = STR_INIT("行政诉讼"),
	  .basis = STR_INIT("行政诉讼法第六十七条"), .court = true, .days = 15, .working = false },
};

bool dispute_rules(struct ctx *ctx, struct dispute_rule out[DISPUTE_RULES], struct err *err)
{
	struct dispute_rules_set_row *set;
	size_t count;

	for (size_t i = 0; i < DISPUTE_RULES; i++)
		out[i] = shipped[i];
	if (!dispute_rules_set_all(ctx, DISPUTE_RULES, &set, &count, err))
		return false;
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < DISPUTE_RULES; i++)
			if (str_equal_c(set[k].code, out[i].code)) {
				out[i].days = (int)set[k].days;
				out[i].working = set[k].working;
			}
	return true;
}

/* The simplified procedure is new in 2024; a notice before is of the old law whatever it says. */
static const struct dispute_rule *rule_of(const struct dispute_rule *rules,
					  const struct dispute *d)
{
	bool court = d->route != DISPUTE_RECONSIDERATION;

	for (size_t i = 0; i < DISPUTE_RULES; i++) {
		const struct dispute_rule *r = &rules[i];
		struct date on = d->received_on.v;
		if (r->court != court || (r->from.known && date_compare(on, r->from.v) < 0) ||
		    (r->until.known && date_compare(on, r->until.v) > 0))
			continue;
		if (court || r->until.known || r->simplified == d->simplified)
			return r;
	}
	return &rules[0];
}

bool dispute_clock(struct ctx *ctx, const struct dispute *d, struct period_result *out,
		   struct dispute_rule *rule, struct err *err)
{
	const struct workday_calendar *cal;
	struct dispute_rule rules[DISPUTE_RULES];

	if (!d->received_on.known)
		return err_set(err, ERR_CONFLICT, "dispute.not_received", STR_FMT,
			       STR_ARG(d->case_no));
	if (!dispute_rules(ctx, rules, err) || !calendar_current(ctx, &cal, err))
		return false;
	*rule = *rule_of(rules, d);
	struct date today = d->answered_on.known ? d->answered_on.v : ctx->today;
	if (!rule->working)
		return period_natural(ctx->arena, cal, d->received_on.v, rule->days, today, out,
				      err);
	struct period p = { .received = d->received_on.v, .days = rule->days, .today = today };
	return period_compute(ctx->arena, cal, &p, out, err);
}

bool dossier_answer_due(struct ctx *ctx, struct dispute *d, struct err *err)
{
	struct period_result clock;
	struct dispute_rule rule;

	d->answer_due = (struct opt_date){ 0 };
	if (!d->received_on.known)
		return true;
	if (dispute_clock(ctx, d, &clock, &rule, err)) {
		d->answer_due = (struct opt_date){ true, clock.due };
		return true;
	}
	/* Past the last calendar: no day is better than a guessed one. It is counted again. */
	if (err->code != ERR_LIMIT)
		return false;
	err_clear(err);
	return true;
}

/* ---- counting again */

static bool count_one(struct ctx *ctx, struct dispute_id id, const struct dossier_note *note,
		      struct err *err)
{
	struct dispute before;

	if (!dispute_find(ctx, id, &before, err))
		return false;
	struct dispute after = before;
	if (!dossier_answer_due(ctx, &after, err))
		return false;
	bool same = before.answer_due.known == after.answer_due.known &&
		    (!after.answer_due.known ||
		     date_compare(before.answer_due.v, after.answer_due.v) == 0);
	return same || dossier_save(ctx, &before, &after, note, err);
}

static bool count_again(struct ctx *ctx, const struct dossier_note *note, struct err *err)
{
	struct dispute_ids_unanswered_in in = { .max = COUNT_AGAIN_ROWS };
	struct dispute_ids_unanswered_row *rows;
	size_t count;

	do {
		if (!dispute_ids_unanswered_all(ctx, &in, COUNT_AGAIN_ROWS, &rows, &count, err))
			return false;
		for (size_t i = 0; i < count; i++) {
			in.after = rows[i].id.n;
			if (!count_one(ctx, rows[i].id, note, err))
				return false;
		}
	} while (count == COUNT_AGAIN_ROWS);
	return true;
}

bool dispute_on_calendar(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.count_again", .reason = STR("载入日历") };

	(void)job;
	return count_again(ctx, &note, err);
}

static struct str kind_of(bool working)
{
	return working ? STR("working") : STR("natural");
}

bool dispute_set_rule(struct ctx *ctx, struct str code, int days, bool working, struct str reason,
		      struct err *err)
{
	struct dossier_note note = { .verb = "dispute.count_again", .reason = STR("修改答复期限") };
	struct dispute_rule rules[DISPUTE_RULES];
	const struct dispute_rule *was = NULL;
	int64_t seq;

	if (!dossier_text("reason", reason, &reason, err) || !dispute_rules(ctx, rules, err))
		return false;
	for (size_t i = 0; i < DISPUTE_RULES; i++)
		if (str_equal_c(code, rules[i].code))
			was = &rules[i];
	if (was == NULL)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_rule", STR_FMT, STR_ARG(code));
	if (days < 1 || days > PERIOD_DAYS_MAX)
		return err_set_field(err, "days", ERR_INVALID, "dispute.rule_days", "%d|%d", days,
				     PERIOD_DAYS_MAX);
	struct ledger_change changes[] = {
		{ "rule", STR_NONE, code },
		{ "days", str_format(ctx->arena, "%d", was->days),
		  str_format(ctx->arena, "%d", days) },
		{ "day_kind", kind_of(was->working), kind_of(working) },
	};
	struct ledger_event event = { .subject_kind = "setting",
				      .verb = "dispute.rule",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes),
				      .reason = reason };
	return dispute_rule_set(ctx,
				&(struct dispute_rule_set_in){ .code = code, .days = days,
							       .working = working },
				NULL, err) &&
	       ledger_append(ctx, &event, &seq, err) && count_again(ctx, &note, err);
}
