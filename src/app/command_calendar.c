/*
 * command_calendar.c - `gongkai clock` counts a period; `gongkai calendar` shows
 * and loads the notices it counts by.
 */
#include "app/commands.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "calendar/calendar.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The site's calendar if --data names one, else the one shipped with the program. */
static bool calendar_of(struct invocation *in, const struct workday_calendar **out, struct err *err)
{
	struct data_site site;

	if (option_value(in, "--data") == NULL) {
		*out = workday_shipped();
		return true;
	}
	if (!site_of(in, DB_READ, "gongkai clock", &site, err))
		return false;
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = calendar_current(&ctx, out, err);
	site_done(in, &site);
	return ok;
}

static const struct option clock_options[] = {
	{ "--received", "DATE", "收到申请之日，例如 2020-11-02", false },
	{ "--days", "N", "期限（工作日），默认 20", false },
	{ "--extend", "N", "延长的工作日，0 到 20", false },
	{ "--suspend", "A..B", "征求意见的起止日期，可重复", true },
	{ "--today", "DATE", "以这一天为今天，计算剩余天数", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

static int clock_run(struct invocation *in)
{
	const struct workday_calendar *calendar;
	const char **words = ARENA_ARRAY(in->arena, (size_t)in->argc, const char *);
	struct err err = { 0 };
	int count = 0;

	for (int i = 0; i < in->argc; i++) {
		if (strcmp(in->argv[i], "--data") == 0)
			i++;
		else
			words[count++] = in->argv[i];
	}
	if (!calendar_of(in, &calendar, &err))
		return fail(in, &err);
	int status = calendar_clock_command(in->arena, calendar, instant_date(clock_now()), count,
					    words, sink_out, in, &err);
	if (err.code != ERR_NONE)
		(void)fail(in, &err);
	return status;
}

const struct command clock_command = { "clock", "--received DATE [--days N] [--extend N] [--suspend A..B]… [--json]",
				       "逐日计算答复期限，最后一行为 due YYYY-MM-DD", clock_options, clock_run, 0 };

/* ---- calendar */

static const struct option calendar_options[] = {
	{ "--notice", "TEXT", "通知的文号，例如 国办发明电〔2025〕7号", false },
	OPTION_END
};

struct load { struct str csv, notice; struct calendar_loaded loaded; };

static bool load_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct load *l = arg;

	return calendar_load(ctx, l->csv, l->notice, &l->loaded, err);
}

static int calendar_load_run(struct invocation *in)
{
	const char *path = operand(in, 1);
	struct load l = { .notice = str_from_c(option_value(in, "--notice")) };
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct data_site site;
	struct err err = { 0 };
	int fd = in->file >= 0 ? in->file : path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0) {
		complain(in, "gongkai calendar：无法打开文件 %s\n", path != NULL ? path : "（未给出）");
		return 2;
	}
	bool read = file_read_all_fd(in->arena, fd, MIB, &l.csv, &err);
	if (fd != in->file)
		close(fd);
	if (!read || !site_of(in, DB_WRITE, "gongkai calendar", &site, &err))
		return fail(in, &err);
	bool done = site_write(&site, in->arena, actor, load_write, &l, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	struct str first = date_iso(in->arena, l.loaded.first),
		   last = date_iso(in->arena, l.loaded.last);
	say(in, "已载入 %zu 天；现有日历自 " STR_FMT " 至 " STR_FMT "。\n", l.loaded.days, STR_ARG(first),
	    STR_ARG(last));
	return 0;
}

static int calendar_list_run(struct invocation *in)
{
	struct calendar_notice *notices;
	struct data_site site;
	struct err err = { 0 };
	size_t count;

	if (!site_of(in, DB_READ, "gongkai calendar", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = calendar_notices(&ctx, &notices, &count, &err);
	say(in, "随程序提供：%d年至%d年\n", date_year(workday_shipped()->first),
	    date_year(workday_shipped()->last));
	for (size_t i = 0; done && i < count; i++)
		say(in, "版本 %lld：" STR_FMT "\n", (long long)notices[i].version, STR_ARG(notices[i].notice));
	site_done(in, &site);
	return done ? 0 : fail(in, &err);
}

static int calendar_run(struct invocation *in)
{
	const char *verb = operand(in, 0);

	if (verb != NULL && strcmp(verb, "load") == 0)
		return calendar_load_run(in);
	if (verb != NULL && strcmp(verb, "list") == 0)
		return calendar_list_run(in);
	complain(in, "gongkai calendar：请写明 load FILE 或 list\n");
	return 2;
}

const struct command calendar_command = { "calendar", "load FILE.csv --notice TEXT | list",
					  "法定工作日：载入新一年的通知，或列出", calendar_options, calendar_run,
					  COMMAND_HANDS_OVER | COMMAND_READS_FILE };
