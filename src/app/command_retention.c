/*
 * command_retention.c - `gongkai retention`: what is kept longer than the site has settled,
 * and erasing it.
 */
#include "app/commands.h"

#include "base/limits.h"
#include "retention/retention.h"

#include <string.h>

enum { RUN_CHUNK = 200, LIST_CHUNK = 1000 };

static const struct option retention_options[] = {
	{ "--dry-run", NULL, "run：只列出，不删除", false },
	OPTION_END
};

/* All of them, however many: a stretch at a time, each in an arena of its own. */
static bool list_rows(struct invocation *in, const struct ctx *kept, size_t *all, struct err *err)
{
	struct ctx ctx = *kept;
	struct request_id after = { 0 };
	struct retention_case *cases;
	size_t count = LIST_CHUNK;
	bool ok = true;

	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	for (*all = 0; ok && count == LIST_CHUNK; *all += count) {
		arena_reset(ctx.arena);
		ok = retention_due(&ctx, after, LIST_CHUNK, &cases, &count, err);
		for (size_t i = 0; ok && i < count; i++)
			say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(cases[i].number),
			    STR_ARG(date_iso(ctx.arena, cases[i].ended_on)),
			    STR_ARG(date_iso(ctx.arena, cases[i].due_on)));
		after = ok && count > 0 ? cases[count - 1].id : after;
	}
	arena_close(ctx.arena);
	return ok;
}

static bool list(struct invocation *in, struct ctx *ctx, struct err *err)
{
	size_t count;
	int years;

	if (!retention_years(ctx, &years, err))
		return false;
	if (years == 0)
		say(in, "没有设定保存年限：不列出，也不删除。请监督员在 /desk/retention 设定。\n");
	if (!list_rows(in, ctx, &count, err))
		return false;
	say(in, "到期 %zu 件\n", count);
	return true;
}

static bool chunk(struct ctx *ctx, void *arg, struct err *err)
{
	return retention_run(ctx, RUN_CHUNK, arg, err);
}

/* A transaction for each chunk: a server that waits is not held up. */
static bool run(struct invocation *in, struct data_site *site, struct err *err)
{
	struct actor system = { .role = STR("system"), .name = STR("命令行") };
	size_t erased = RUN_CHUNK, all = 0;

	while (erased == RUN_CHUNK) {
		if (!site_write(site, in->arena, system, chunk, &erased, err))
			return false;
		all += erased;
	}
	say(in, "已删除 %zu 件的个人信息；编号、期限、结果和数字不变\n", all);
	return true;
}

static int retention_command_run(struct invocation *in)
{
	const char *act = operand(in, 0);
	bool known = act != NULL && (strcmp(act, "run") == 0 || strcmp(act, "list") == 0);
	bool runs = known && strcmp(act, "run") == 0 && !option_given(in, "--dry-run");
	struct data_site site;
	struct err err = { 0 };

	if (!known) {
		(void)err_set(&err, ERR_INVALID, "app.retention_what", " ");
		(void)fail(in, &err);
		return 2;
	}
	if (!site_of(in, runs ? DB_WRITE : DB_READ, "gongkai retention", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = runs ? run(in, &site, &err) : list(in, &ctx, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

const struct command retention_command = {
	"retention", "list|run [--dry-run] --data DIR", "列出或者删除保存期限届满的个人信息",
	retention_options, retention_command_run, COMMAND_HANDS_OVER
};
