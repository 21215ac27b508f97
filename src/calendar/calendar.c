/*
 * calendar.c - the calendar of a site: what was shipped, and what was loaded.
 */
#include "calendar/calendar.h"

#include "base/limits.h"
#include "calendar_sql.h"
#include "jobs/jobs.h"
#include "ledger/ledger.h"

#include <stdlib.h>

enum { NOTICES_MAX = 1000 };

/* Days in order, none twice. */
struct days {
	const struct workday_rule *list;
	size_t count;
};

static int compare_day(const void *a, const void *b)
{
	return date_compare(((const struct workday_rule *)a)->day,
			    ((const struct workday_rule *)b)->day);
}

/* The years a notice settles as a whole: those whose National Day it names. */
static bool settles_year(const struct workday_rule *rules, size_t count, int year)
{
	struct date from = date_make(year, 10, 1), until = date_make(year, 10, 7);

	for (size_t i = 0; i < count; i++)
		if (!rules[i].working && date_compare(from, rules[i].day) <= 0 &&
		    date_compare(rules[i].day, until) <= 0)
			return true;
	return false;
}

static bool replaced_by(const struct workday_rule *day, const struct workday_rule *rules,
			size_t count)
{
	return settles_year(rules, count, date_year(day->day)) ||
	       bsearch(day, rules, count, sizeof *rules, compare_day) != NULL;
}

/* rules in order, as notices are kept. */
static bool lay_over(struct arena *a, struct days *days, const struct workday_rule *rules,
		     size_t count, struct err *err)
{
	struct workday_rule *all = ARENA_ARRAY(a, days->count + count, struct workday_rule);
	size_t kept = 0, next = 0;

	for (size_t i = 0; i < days->count; i++) {
		if (replaced_by(&days->list[i], rules, count))
			continue;
		while (next < count && compare_day(&rules[next], &days->list[i]) < 0)
			all[kept++] = rules[next++];
		all[kept++] = days->list[i];
	}
	while (next < count)
		all[kept++] = rules[next++];
	if (kept > LIMIT_CALENDAR_RULES)
		return err_set(err, ERR_LIMIT, "calendar.too_many", "%d", LIMIT_CALENDAR_RULES);
	*days = (struct days){ all, kept };
	return true;
}

static bool read_notice(struct ctx *ctx, int64_t id, struct days *days, struct err *err)
{
	struct calendar_rules_row *rows;
	size_t count;

	if (!calendar_rules_all(ctx, &(struct calendar_rules_in){ .notice_id = id },
				LIMIT_CALENDAR_RULES, &rows, &count, err))
		return false;
	struct workday_rule *rules = ARENA_ARRAY(ctx->arena, count, struct workday_rule);
	for (size_t i = 0; i < count; i++)
		rules[i] = (struct workday_rule){ rows[i].day, rows[i].working, rows[i].name };
	return lay_over(ctx->arena, days, rules, count, err);
}

/* cal->rules points into days; first and last become the whole years they lie in. */
static struct workday_calendar calendar_of(const struct days *days, int64_t version)
{
	return (struct workday_calendar){
		.rules = days->list,
		.rules_count = days->count,
		.version = version,
		.first = date_make(date_year(days->list[0].day), 1, 1),
		.last = date_make(date_year(days->list[days->count - 1].day), 12, 31),
	};
}

static bool read_all(struct ctx *ctx, struct workday_calendar *out, struct days *days,
		     struct err *err)
{
	const struct workday_calendar *shipped = workday_shipped();
	struct calendar_notices_row *notices;
	size_t count;
	int64_t version = 0;

	if (!calendar_notices_all(ctx, NOTICES_MAX, &notices, &count, err))
		return false;
	*out = *shipped;
	*days = (struct days){ shipped->rules, shipped->rules_count };
	for (size_t i = 0; i < count; i++) {
		if (!read_notice(ctx, notices[i].id, days, err))
			return false;
		version = notices[i].seq;
	}
	*out = calendar_of(days, version);
	return true;
}

bool calendar_current(struct ctx *ctx, const struct workday_calendar **out, struct err *err)
{
	struct days days;

	if (ctx->calendar != NULL) {
		*out = ctx->calendar;
		return true;
	}
	struct workday_calendar *cal = ARENA_NEW(ctx->arena, struct workday_calendar);
	if (!read_all(ctx, cal, &days, err))
		return false;
	*out = cal;
	return true;
}

bool calendar_runs_out(const struct workday_calendar *cal, struct date today)
{
	return date_compare(date_plus(today, CALENDAR_AHEAD_DAYS), cal->last) > 0;
}

/* ---- loading */

static bool write_notice(struct ctx *ctx, const struct workday_calendar *add, struct str csv,
			 struct str notice, struct calendar_loaded *out, struct err *err)
{
	struct calendar_notice_insert_row row;
	bool found;

	if (!calendar_notice_insert(ctx, &(struct calendar_notice_insert_in){ .notice = notice },
				    &row, &found, err))
		return false;
	for (size_t i = 0; i < add->rules_count; i++)
		if (!calendar_rule_insert(
			    ctx,
			    &(struct calendar_rule_insert_in){ .notice_id = row.id,
							       .day = add->rules[i].day,
							       .working = add->rules[i].working,
							       .name = add->rules[i].name },
			    NULL, err))
			return false;
	struct ledger_change changes[] = {
		{ "notice", STR_NONE, notice },
		{ "days", STR_NONE, str_format(ctx->arena, "%zu", add->rules_count) },
		{ "sha256", STR_NONE, digest_hex(ctx->arena, digest_of(DIGEST_SHA256, csv)) },
	};
	struct ledger_event event = { .subject_kind = "calendar",
				      .subject_id = row.id,
				      .verb = "calendar.load",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) };
	if (!ledger_append(ctx, &event, &out->version, err) ||
	    !calendar_notice_seq(
		    ctx, &(struct calendar_notice_seq_in){ .id = row.id, .seq = out->version },
		    NULL, err))
		return false;
	out->id = row.id;
	return jobs_add(ctx,
			&(struct job_new){ .topic = "calendar.loaded",
					   .subject_kind = "calendar",
					   .subject_id = row.id },
			err);
}

bool calendar_load(struct ctx *ctx, struct str csv, struct str notice, struct calendar_loaded *out,
		   struct err *err)
{
	struct workday_calendar add, now;
	struct days days;

	notice = str_trim(notice);
	if (notice.len == 0 || notice.len > 200)
		return err_set_field(err, "notice", ERR_INVALID, "calendar.no_notice", " ");
	if (!workday_parse_days(ctx->arena, csv, &add, err) || !read_all(ctx, &now, &days, err) ||
	    !lay_over(ctx->arena, &days, add.rules, add.rules_count, err))
		return false;
	struct workday_calendar after = calendar_of(&days, 0);
	if (!workday_check(&after, err) || !write_notice(ctx, &add, csv, notice, out, err))
		return false;
	out->first = after.first;
	out->last = after.last;
	out->days = add.rules_count;
	ctx->calendar = NULL; /* what was kept is old now */
	return true;
}

bool calendar_notices(struct ctx *ctx, struct calendar_notice **out, size_t *count, struct err *err)
{
	struct calendar_notices_row *rows;

	if (!calendar_notices_all(ctx, NOTICES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct calendar_notice);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct calendar_notice){ rows[i].id, rows[i].seq, rows[i].notice };
	return true;
}
