/* calendar_test.c - notices loaded at run time, and `gongkai clock`. */
#include "base/buf.h"
#include "calendar/calendar.h"
#include "db/testdb.h"
#include "jobs/jobs.h"
#include "ledger/ledger.h"

#define HEAD "date,kind,name\n"
/* 2027 as if its notice were out: made up, since it is not. */
static const struct str of_2027 =
	STR_INIT(HEAD "2027-01-01,holiday,元旦\n2027-02-08,holiday,春节\n2027-02-20,workday,春节\n"
		      "2027-10-01,holiday,国庆节\n2027-10-04,holiday,国庆节\n");

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

static void check_due(struct test *t, struct ctx *ctx, const char *from, const char *want)
{
	const struct workday_calendar *cal;
	struct err err = { 0 };
	struct date due;

	if (CHECK_OK(calendar_current(ctx, &cal, &err)) &&
	    CHECK_OK(workday_due(cal, day(from), 20, &due, &err)))
		CHECK_STR(date_iso(t->arena, due), str_from_c(want));
}

static void loads(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	const struct workday_calendar *cal;
	struct calendar_loaded loaded;
	struct calendar_notice *notices;
	struct job job;
	size_t count;
	bool found;
	struct err err = { 0 };
	struct date due;

	(void)arg;
	CHECK_OK(calendar_current(ctx, &cal, &err));
	CHECK_INT(cal->version, 0);
	CHECK_FAILS(workday_due(cal, day("2026-12-21"), 20, &due, &err), "calendar.not_published");

	CHECK_OK(calendar_load(ctx, of_2027, STR("国办发明电〔2026〕1号"), &loaded, &err));
	CHECK_STR(date_iso(t->arena, loaded.last), STR("2027-12-31"));
	check_due(t, ctx, "2026-12-21", "2027-01-19");
	CHECK_OK(calendar_current(ctx, &cal, &err));
	CHECK_INT(cal->version, loaded.version);
	CHECK(loaded.version > 0);
	CHECK_OK(jobs_next(ctx, &job, &found, &err));
	CHECK(found && str_equal_c(job.topic, "calendar.loaded"));

	/* a later notice moves one day, as in January 2020; the rest of the year stays */
	CHECK_OK(calendar_load(ctx, STR(HEAD "2027-01-04,holiday,元旦\n"),
			       STR("国办发明电〔2026〕2号"), &loaded, &err));
	check_due(t, ctx, "2026-12-21", "2027-01-20");
	CHECK_OK(calendar_current(ctx, &cal, &err));
	CHECK(!workday_is(cal, day("2027-02-08")));

	/* and one with the whole year replaces it */
	CHECK_OK(calendar_load(ctx,
			       STR(HEAD "2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n"),
			       STR("国办发明电〔2026〕3号"), &loaded, &err));
	check_due(t, ctx, "2026-12-21", "2027-01-19");
	CHECK_OK(calendar_current(ctx, &cal, &err));
	CHECK(workday_is(cal, day("2027-02-08")));
	CHECK_OK(calendar_notices(ctx, &notices, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_STR(notices[1].notice, STR("国办发明电〔2026〕2号"));
	CHECK_INT(notices[2].version, loaded.version);
}

static void refuses(struct test *t, struct testdb *site, const void *arg)
{
	struct calendar_loaded loaded;
	struct err err = { 0 };

	(void)arg;
	struct str before = testdb_digest(site);
	CHECK_FAILS(calendar_load(&site->ctx, of_2027, STR(" "), &loaded, &err),
		    "calendar.no_notice");
	CHECK_FAILS(calendar_load(&site->ctx, STR(HEAD "2028-10-02,holiday,国庆节\n"), STR("某号"),
				  &loaded, &err),
		    "calendar.year_missing");
	CHECK_FAILS(calendar_load(&site->ctx, STR(HEAD "2027-01-01,holiday,元旦\n"), STR("某号"),
				  &loaded, &err),
		    "calendar.year_missing");
	CHECK_FAILS(calendar_load(&site->ctx, STR("x\n"), STR("某号"), &loaded, &err),
		    "calendar.bad_head");
	CHECK_STR(testdb_digest(site), before);
}

static bool load_2027(struct ctx *ctx, const void *arg, struct err *err)
{
	struct calendar_loaded loaded;

	(void)arg;
	return calendar_load(ctx, of_2027, STR("国办发明电〔2026〕1号"), &loaded, err);
}

static void all_or_nothing(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	const struct workday_calendar *cal;
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	if (CHECK_OK(calendar_current(ctx, &cal, &err)))
		CHECK_STR(date_iso(t->arena, cal->last),
			  done ? STR("2027-12-31") : STR("2026-12-31"));
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

/* ---- the command */

struct call {
	const char *title;
	const char *argv[10];
	int status;
	const char *key;
	const char *last;
};
static const struct call calls[] = {
	{ "plain", { "--received", "2020-11-02" }, 0, NULL, "due 2020-11-30\n" },
	{ "an extension",
	  { "--received", "2020-11-02", "--extend", "5" },
	  0,
	  NULL,
	  "due 2020-12-07\n" },
	{ "everything",
	  { "--received=2020-11-02", "--days=20", "--extend=5", "--suspend=2020-11-05..2020-11-16",
	    "--suspend", "2020-11-09..2020-11-10", "--today", "2020-11-20" },
	  0,
	  NULL,
	  "due 2020-12-16\n" },
	{ "an inquiry still out",
	  { "--received", "2020-11-02", "--suspend", "2020-11-05..", "--today", "2020-11-10" },
	  0,
	  NULL,
	  "due 2020-12-03\n" },
	{ "another limit",
	  { "--received", "2020-11-02", "--days", "7" },
	  0,
	  NULL,
	  "due 2020-11-11\n" },
	{ "nothing given", { NULL }, 2, "clock.no_received", NULL },
	{ "an unknown word",
	  { "--received", "2020-11-02", "--until" },
	  2,
	  "clock.unknown_option",
	  NULL },
	{ "a word too many", { "2020-11-02" }, 2, "clock.unknown_option", NULL },
	{ "no value", { "--received" }, 2, "clock.value_missing", NULL },
	{ "no date", { "--received", "2020-13-02" }, 2, "clock.bad_value", NULL },
	{ "no interval",
	  { "--received", "2020-11-02", "--suspend", "2020-11-05" },
	  2,
	  "clock.bad_value",
	  NULL },
	{ "no number",
	  { "--received", "2020-11-02", "--extend", "5x" },
	  2,
	  "clock.bad_value",
	  NULL },
	{ "too long an extension",
	  { "--received", "2020-11-02", "--extend", "21" },
	  2,
	  "period.extension_too_long",
	  NULL },
	{ "an interval backwards",
	  { "--received", "2020-11-02", "--suspend", "2020-11-05..2020-11-04" },
	  2,
	  "period.back_before_sent",
	  NULL },
	{ "past the calendar", { "--received", "2026-12-20" }, 1, "calendar.not_published", NULL },
	{ "before the calendar",
	  { "--received", "2018-12-20" },
	  1,
	  "calendar.not_published",
	  NULL },
};

static bool into_buf(void *buf, struct str text)
{
	buf_add(buf, text);
	return true;
}

static bool broken_pipe(void *arg, struct str text)
{
	(void)arg;
	(void)text;
	return false;
}

static int run(struct test *t, const char *const *argv, struct buf *out, struct err *err)
{
	int argc = 0;

	while (argc < 10 && argv[argc] != NULL)
		argc++;
	return calendar_clock_command(t->arena, workday_shipped(), day("2020-11-10"), argc,
				      argv, into_buf, out, err);
}

static void commands(struct test *t, const struct call *call)
{
	struct buf out = buf_open(t->arena, 4096, 65536);
	struct err err = { 0 };

	CHECK_INT(run(t, call->argv, &out, &err), call->status);
	if (call->key != NULL) {
		CHECK_STR(str_from_c(err.key), str_from_c(call->key));
		CHECK(err_text(t->arena, LOCALE_ZH_CN, &err).len > 0);
		CHECK_INT((int64_t)out.len, 0);
	} else {
		CHECK(str_ends(buf_str(&out), str_from_c(call->last)));
	}
}

static void prints(struct test *t)
{
	static const char *const text[] = { "--received", "2020-11-05", "--days", "2", NULL };
	static const char *const json[] = { "--received", "2020-11-05", "--days",
					    "1",	  "--json",	NULL };
	struct buf out = buf_open(t->arena, 4096, 65536);
	struct err err = { 0 };

	CHECK_INT(run(t, text, &out, &err), 0);
	CHECK_STR(buf_str(&out), STR("期限2个工作日\n"
				     "2020-11-05 星期四   - 收到当日，不计算\n"
				     "2020-11-06 星期五   1 工作日\n"
				     "2020-11-07 星期六   - 周六，不计算\n"
				     "2020-11-08 星期日   - 周日，不计算\n"
				     "2020-11-09 星期一   2 工作日\n"
				     "due 2020-11-09\n"));
	buf_clear(&out);
	CHECK_INT(run(t, json, &out, &err), 0);
	CHECK(str_contains(buf_str(&out), STR("\"due\": \"2020-11-06\"")));
	CHECK(str_contains(buf_str(&out), STR("\"kind\": \"counted\"")));
	CHECK_INT(calendar_clock_command(t->arena, workday_shipped(), day("2020-11-10"), 4,
					 text, broken_pipe, NULL, &err),
		  1);
	CHECK_STR(str_from_c(err.key), STR("clock.cannot_write"));
}

void calendar_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .verb = load_2027,
							 .check = all_or_nothing };

	testdb_each(t, "a notice is laid over the shipped calendar", loads, NULL);
	testdb_each(t, "a bad notice changes nothing", refuses, NULL);
	testdb_faults(t, "loading is all or nothing", &scenario);
	for (size_t i = 0; i < COUNT_OF(calls); i++)
		if (test_case(t, "clock: %s", calls[i].title))
			commands(t, &calls[i]);
	if (test_case(t, "clock: every line"))
		prints(t);
}
