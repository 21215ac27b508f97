/*
 * budget.c - one piece of work, to have its instructions counted by callgrind.
 *
 *   budget DATA NAME      DATA: the folder of a sample site (gongkai demo); NAME: a row of works[] below
 *
 * The work is done once so that everything is prepared, then once more in budget_run(), which alone is
 * counted (--toggle-collect=budget_run). bench/budgets.sh compares with bench/budgets.txt.
 */
#include "agency/agency.h"
#include "app/site.h"
#include "base/file.h"
#include "base/limits.h"
#include "calendar/calendar.h"
#include "calendar/period.h"
#include "lint/lint.h"
#include "office/read.h"
#include "report/content.h"
#include "report/report.h"
#include "report/report_pages.h"
#include "request/request.h"
#include "statistics/statistics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 100, YEAR = 2020 };

struct task {
	struct ctx ctx;
	struct str dir;
	struct data_site site;
	struct unit unit;
	struct str report_text; /* of the checker */
};
typedef bool work_fn(struct task *j, struct err *err);

static bool render_report(struct task *j, struct err *err)
{
	struct report report;
	struct report_content content;
	bool found;

	return report_of(&j->ctx, j->unit.id, YEAR, &report, &found, err) && found &&
	       report_load(&j->ctx, &report, 0, &content, err) &&
	       report_html_file(j->ctx.arena, &content).len > 0;
}

static bool count_table3(struct task *j, struct err *err)
{
	struct scope scope = { .year = YEAR, .form = form_of_year(YEAR) };
	struct table3 table;

	return statistics_table3(&j->ctx, &scope, &table, err);
}

/* Art. 33: received, extended by 20 days, 15 days at a third party's. */
static bool count_period(struct task *j, struct err *err)
{
	const struct period_interval away = { date_make(2020, 11, 5), date_make(2020, 11, 25), false };
	struct period p = { .received = date_make(2020, 11, 2), .days = 20, .extension = 20,
			    .today = date_make(2020, 12, 1), .intervals = &away, .intervals_count = 1 };
	struct period_result result;
	const struct workday_calendar *calendar;

	return calendar_current(&j->ctx, &calendar, err) &&
	       period_compute(j->ctx.arena, calendar, &p, &result, err);
}

static bool nowhere(void *arg, struct str bytes, struct err *err)
{
	(void)arg;
	(void)bytes;
	(void)err;
	return true;
}

static bool check_report(struct task *j, struct err *err)
{
	struct lint_job job = { .files = &j->report_text, .files_count = 1, .read = office_read_here };

	(void)err;
	return lint_run(j->ctx.arena, &job, nowhere, NULL) != 2;
}

static bool play_cases(struct db *db, void *arg, struct err *err)
{
	struct task *j = arg;
	const struct date day = date_make(2020, 3, 2);
	struct request_register in = { .unit = j->unit.id,
				       .channel = CHANNEL_WEB,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = day,
				       .confirmed_on = { true, day },
				       .content = STR("申请公开道路施工许可文件") };
	const struct decision_kind *kind = request_decision_of(OUTCOME_GRANTED);

	(void)db;
	for (int i = 0; i < CASES; i++) {
		struct request_id id;
		if (!request_register(&j->ctx, &in, &id, err) ||
		    !request_record_decision(&j->ctx, id, kind, date_make(2020, 3, 20), err))
			return false;
	}
	return true;
}

static bool register_and_decide(struct task *j, struct err *err)
{
	return db_tx(j->ctx.db, play_cases, j, err);
}

static const struct { const char *name; work_fn *work; } works[] = {
	{ "report-page", render_report },    { "table-3", count_table3 },
	{ "clock", count_period },	     { "check-text", check_report },
	{ "100-cases", register_and_decide },
};

/* What is counted. Not static and not inlined: callgrind finds it by its name. */
bool budget_run(work_fn *work, struct task *j, struct err *err);
__attribute__((noinline)) bool budget_run(work_fn *work, struct task *j, struct err *err)
{
	return work(j, err);
}

static void must(bool ok, const char *name, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "budget: %s: %s %s\n", name, err->key, err->facts);
	exit(2);
}

static void open_site(struct task *j)
{
	struct err err = { 0 };
	bool found;

	j->report_text = str_concat(j->ctx.arena, j->dir, STR("/report.txt"));
	ctx_set_time(&j->ctx, date_start(date_make(2021, 3, 1)));
	must(site_init(&j->site, j->ctx.arena, j->dir, &err) && site_lock(&j->site, "bench", &err) &&
		     site_open(&j->site, DB_WRITE, &err),
	     "site", &err);
	j->ctx.db = j->site.db;
	j->ctx.vault = j->site.vault;
	must(agency_unit_by_code(&j->ctx, STR("YXZF"), &j->unit, &found, &err) && found,
	     "site", &err);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_open(LIMIT_COMMAND_ARENA);
	struct task j = { .ctx = { .arena = arena, .actor = { .role = STR("system"), .name = STR("bench") } } };
	struct err err = { 0 };
	size_t i = 0;

	if (argc == 3)
		while (i < COUNT_OF(works) && strcmp(works[i].name, argv[2]) != 0)
			i++;
	if (argc != 3 || i == COUNT_OF(works)) {
		fprintf(stderr, "usage: budget DATA NAME, the names being:");
		for (i = 0; i < COUNT_OF(works); i++)
			fprintf(stderr, " %s", works[i].name);
		fputc('\n', stderr);
		return 2;
	}
	j.dir = str_from_c(argv[1]);
	open_site(&j);
	must(works[i].work(&j, &err), works[i].name, &err);
	must(budget_run(works[i].work, &j, &err), works[i].name, &err);
	site_close(&j.site);
	arena_close(arena);
	return 0;
}
