/*
 * workday.c - which days are working days, and counting them.
 *
 * 条例 says 工作日 and leaves open how they count. Ours, from 民事诉讼法 Art. 85:
 * the day on which a period begins does not count; its first day is the next
 * working day. So an event on a rest day has the same due date as one on the
 * working day before it.
 */
#include "calendar/workday.h"

#include "base/asset.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum { SHIPPED_BYTES = 1024 * 1024 };

bool workday_covers(const struct workday_calendar *cal, struct date day)
{
	return cal->first.ordinal <= day.ordinal && day.ordinal <= cal->last.ordinal;
}

bool workday_not_published(const struct workday_calendar *cal, struct date day, struct err *err)
{
	struct ymd d = date_split(day), first = date_split(cal->first),
		   last = date_split(cal->last);

	return err_set(err, ERR_LIMIT, "calendar.not_published",
		       "%04d-%02d-%02d|%04d-%02d-%02d|%04d-%02d-%02d", d.year, d.month, d.day,
		       first.year, first.month, first.day, last.year, last.month, last.day);
}

static bool is_weekend(struct date day)
{
	return date_weekday(day) > 5;
}

static int compare_day(const void *key, const void *rule)
{
	return date_compare(((const struct workday_rule *)key)->day,
			    ((const struct workday_rule *)rule)->day);
}

static const struct workday_rule *rule_of(const struct workday_calendar *cal, struct date day)
{
	struct workday_rule key = { .day = day };

	if (cal->rules_count == 0)
		return NULL;
	return bsearch(&key, cal->rules, cal->rules_count, sizeof *cal->rules, compare_day);
}

bool workday_is(const struct workday_calendar *cal, struct date day)
{
	assert(workday_covers(cal, day));
	const struct workday_rule *rule = rule_of(cal, day);

	return rule != NULL ? rule->working : !is_weekend(day);
}

struct str workday_reason(struct arena *a, const struct workday_calendar *cal, struct date day)
{
	static const struct str weekend[] = { STR_INIT("周六"), STR_INIT("周日") };

	assert(workday_covers(cal, day));
	const struct workday_rule *rule = rule_of(cal, day);
	if (rule != NULL && rule->working)
		return str_concat(a, rule->name, STR("调休上班"));
	if (rule != NULL)
		return rule->name;
	return is_weekend(day) ? weekend[date_weekday(day) - 6] : STR("工作日");
}

bool workday_due(const struct workday_calendar *cal, struct date start, int days, struct date *due,
		 struct err *err)
{
	struct date day = start;

	assert(days > 0);
	if (!workday_covers(cal, start))
		return workday_not_published(cal, start, err);
	for (int left = days; left > 0;) {
		day = date_plus(day, 1);
		if (!workday_covers(cal, day))
			return workday_not_published(cal, day, err);
		if (workday_is(cal, day))
			left--;
	}
	*due = day;
	return true;
}

int workday_between(const struct workday_calendar *cal, struct date after, struct date until)
{
	int days = 0;

	assert(workday_covers(cal, after) && workday_covers(cal, until));
	for (struct date day = date_plus(after, 1); date_compare(day, until) <= 0;
	     day = date_plus(day, 1))
		days += workday_is(cal, day) ? 1 : 0;
	return days;
}

/* ---- reading the table */

static bool parse_line(struct str line, int number, struct workday_rule *out, struct err *err)
{
	struct str rest = line, day, kind;

	if (!str_split_next(&rest, ',', &day) || !str_split_next(&rest, ',', &kind) ||
	    rest.ptr == NULL || str_trim(rest).len == 0)
		return err_set(err, ERR_INVALID, "calendar.bad_line", "%d", number);
	day = str_trim(day);
	kind = str_trim(kind);
	if (!date_parse(day, &out->day))
		return err_set(err, ERR_INVALID, "calendar.bad_day", "%d|" STR_FMT, number,
			       STR_ARG(day));
	out->working = str_equal_c(kind, "workday");
	if (!out->working && !str_equal_c(kind, "holiday"))
		return err_set(err, ERR_INVALID, "calendar.bad_kind", "%d|" STR_FMT, number,
			       STR_ARG(kind));
	/* A make-up day in the week is a slip: it changes nothing where a change was meant. */
	if (out->working && !is_weekend(out->day))
		return err_set(err, ERR_INVALID, "calendar.already_working", "%d|" STR_FMT, number,
			       STR_ARG(day));
	out->name = str_trim(rest);
	return true;
}

static bool parse_lines(struct str csv, struct workday_rule *rules, size_t *count, struct err *err)
{
	struct str line;
	size_t n = 0;

	(void)str_take_str(&csv,
			   STR("\xEF\xBB\xBF")); /* a byte order mark, as spreadsheets write it */
	for (int number = 1; str_split_next(&csv, '\n', &line); number++) {
		line = str_trim(line);
		if (number == 1) {
			if (!str_equal_c(line, "date,kind,name"))
				return err_set(err, ERR_INVALID, "calendar.bad_head", " ");
			continue;
		}
		if (line.len == 0)
			continue;
		if (!parse_line(line, number, &rules[n++], err))
			return false;
	}
	*count = n;
	return n > 0 || err_set(err, ERR_INVALID, "calendar.empty", " ");
}

/* Every notice has a holiday in the first week of October; a year without one was forgotten. */
static bool has_national_day(const struct workday_calendar *cal, int year)
{
	for (int day = 1; day <= 7; day++) {
		const struct workday_rule *rule = rule_of(cal, date_make(year, 10, day));
		if (rule != NULL && !rule->working)
			return true;
	}
	return false;
}

static bool check_order(const struct workday_calendar *cal, struct err *err)
{
	for (size_t i = 1; i < cal->rules_count; i++) {
		struct ymd d = date_split(cal->rules[i].day);
		if (date_compare(cal->rules[i - 1].day, cal->rules[i].day) == 0)
			return err_set(err, ERR_INVALID, "calendar.twice", "%04d-%02d-%02d", d.year,
				       d.month, d.day);
	}
	return true;
}

bool workday_check(const struct workday_calendar *cal, struct err *err)
{
	if (!check_order(cal, err))
		return false;
	for (int year = date_year(cal->first); year <= date_year(cal->last); year++)
		if (!has_national_day(cal, year))
			return err_set(err, ERR_INVALID, "calendar.year_missing", "%d", year);
	return true;
}

static size_t count_lines(struct str text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n' ? 1 : 0;
	return lines;
}

bool workday_parse_days(struct arena *a, struct str csv, struct workday_calendar *out,
			struct err *err)
{
	if (csv.len > LIMIT_CALENDAR_BYTES || count_lines(csv) > LIMIT_CALENDAR_RULES)
		return err_set(err, ERR_LIMIT, "calendar.too_many", "%d", LIMIT_CALENDAR_RULES);
	if (!utf8_valid_text(csv))
		return err_set(err, ERR_INVALID, "calendar.not_utf8", " ");
	struct workday_rule *rules = ARENA_ARRAY(a, count_lines(csv), struct workday_rule);
	size_t count = 0;
	if (!parse_lines(csv, rules, &count, err))
		return false;
	qsort(rules, count, sizeof *rules, compare_day);
	for (size_t i = 0; i < count; i++)
		rules[i].name = str_copy(a, rules[i].name);

	struct workday_calendar cal = { .rules = rules,
					.rules_count = count,
					.first = date_make(date_year(rules[0].day), 1, 1),
					.last = date_make(date_year(rules[count - 1].day), 12,
							  31) };
	if (!check_order(&cal, err))
		return false;
	*out = cal;
	return true;
}

bool workday_parse_csv(struct arena *a, struct str csv, struct workday_calendar *out,
		       struct err *err)
{
	struct workday_calendar cal;

	if (!workday_parse_days(a, csv, &cal, err) || !workday_check(&cal, err))
		return false;
	*out = cal;
	return true;
}

static struct {
	struct arena *arena; /* lives as long as the program */
	struct workday_calendar calendar;
} shipped;
static pthread_once_t shipped_read = PTHREAD_ONCE_INIT;

static void read_shipped(void)
{
	const struct asset *asset = asset_find(STR("data/calendar.csv"));
	struct err err = { 0 };

	assert(asset != NULL);
	shipped.arena = arena_open(SHIPPED_BYTES);
	bool ok = workday_parse_csv(shipped.arena, asset_text(asset), &shipped.calendar, &err);
	assert(ok); /* the tests read the same file */
	(void)ok;
}

const struct workday_calendar *workday_shipped(void)
{
	pthread_once(&shipped_read, read_shipped);
	return &shipped.calendar;
}
