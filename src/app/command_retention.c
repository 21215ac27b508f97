/*
 * command_retention.c - `gongkai retention`: what is kept longer than the site has settled,
 * and erasing it.
 */
#include "app/commands.h"

#include "base/json.h"
#include "base/limits.h"
#include "retention/retention.h"

#include <string.h>

enum { RUN_CHUNK = 200, LIST_CHUNK = 1000 };

static const struct option retention_options[] = {
	{ "--kind", "CODE", "只看或者只删这一类：request dispute amendment，默认全部", false },
	{ "--dry-run", NULL, "run：只列出会删除什么，不删除", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct job_of {
	enum retention_kind kind;
	size_t erased;
};

static bool asked_for(const struct invocation *in, enum retention_kind kind)
{
	return !option_given(in, "--kind") ||
	       strcmp(option_value(in, "--kind"), retention_rule(kind)->code) == 0;
}

/* ---- telling */

static void set_text(json_t *out, const char *name, struct str s)
{
	json_object_set_new(out, name, json_text(s));
}

static void tell_json(const struct invocation *in, struct arena *a,
		      const struct retention_case *c, const struct retention_preview *p)
{
	json_t *out = json_object();

	json_object_set_new(out, "kind", json_string(retention_rule(c->kind)->code));
	json_object_set_new(out, "id", json_integer(c->id));
	set_text(out, "number", c->number);
	set_text(out, "ended_on", date_iso(a, c->ended_on));
	set_text(out, "due_on", date_iso(a, c->due_on));
	if (p != NULL) {
		json_object_set_new(out, "files", json_integer((json_int_t)p->files));
		json_object_set_new(out, "letters", json_integer((json_int_t)p->letters));
		json_object_set_new(out, "mails", json_integer((json_int_t)p->mails));
		json_object_set_new(out, "applicant", json_boolean(p->applicant));
	}
	say_json(in, out, JSON_LINE);
}

static void tell(const struct invocation *in, struct arena *a, const struct retention_case *c,
		 const struct retention_preview *p)
{
	if (option_given(in, "--json")) {
		tell_json(in, a, c, p);
		return;
	}
	say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT, STR_ARG(c->number),
	    STR_ARG(date_iso(a, c->ended_on)), STR_ARG(date_iso(a, c->due_on)),
	    STR_ARG(retention_rule(c->kind)->label));
	if (p != NULL)
		say(in, "\t材料%zu\t文书%zu\t邮件%zu\t申请人%s", p->files, p->letters, p->mails,
		    p->applicant ? "删除" : "不涉及");
	say(in, "\n");
}

static bool tell_all(struct invocation *in, struct ctx *ctx, const struct retention_case *cases,
		     size_t count, struct err *err)
{
	bool previews = option_given(in, "--dry-run");
	struct retention_preview p;

	for (size_t i = 0; i < count; i++) {
		if (previews && !retention_preview(ctx, &cases[i], &p, err))
			return false;
		tell(in, ctx->arena, &cases[i], previews ? &p : NULL);
	}
	return true;
}

/* All of them, however many: a stretch at a time, each in an arena of its own. */
static bool list_kind(struct invocation *in, const struct ctx *kept, enum retention_kind kind,
		      size_t *all, struct err *err)
{
	struct ctx ctx = *kept;
	struct retention_case *cases;
	size_t count = LIST_CHUNK;
	int64_t after = 0;
	bool ok = true;

	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	while (ok && count == LIST_CHUNK) {
		arena_reset(ctx.arena);
		ok = retention_due(&ctx, kind, after, LIST_CHUNK, &cases, &count, err) &&
		     tell_all(in, &ctx, cases, count, err);
		after = ok && count > 0 ? cases[count - 1].id : after;
		*all += ok ? count : 0;
	}
	arena_close(ctx.arena);
	return ok;
}

static bool list(struct invocation *in, struct ctx *ctx, struct err *err)
{
	struct retention_years years;
	size_t all = 0;
	bool json = option_given(in, "--json");

	if (!retention_years(ctx, &years, err))
		return false;
	for (int k = 0; k < RETENTION_KIND_COUNT; k++) {
		enum retention_kind kind = (enum retention_kind)k;
		if (!asked_for(in, kind))
			continue;
		if (years.of[k] == 0 && !json)
			say(in,
			    "没有设定" STR_FMT "的保存年限：不列出，也不删除。请监督员在 /desk/retention 设定。\n",
			    STR_ARG(retention_rule(kind)->label));
		if (!list_kind(in, ctx, kind, &all, err))
			return false;
	}
	if (!json)
		say(in, "到期 %zu 件\n", all);
	return true;
}

/* ---- erasing */

static bool chunk(struct ctx *ctx, void *arg, struct err *err)
{
	struct job_of *j = arg;

	return retention_run(ctx, j->kind, RUN_CHUNK, &j->erased, err);
}

/* A transaction for each chunk: a server that waits is not held up. Proceedings go first. */
static bool run(struct invocation *in, struct data_site *site, struct err *err)
{
	static const enum retention_kind order[] = { RETENTION_AMENDMENT, RETENTION_DISPUTE,
						     RETENTION_REQUEST };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };
	size_t of[RETENTION_KIND_COUNT] = { 0 }, all = 0;

	for (size_t i = 0; i < COUNT_OF(order); i++) {
		struct job_of j = { .kind = order[i], .erased = RUN_CHUNK };
		while (asked_for(in, order[i]) && j.erased == RUN_CHUNK) {
			if (!site_write(site, in->arena, system, chunk, &j, err))
				return false;
			of[order[i]] += j.erased;
			all += j.erased;
		}
	}
	if (!option_given(in, "--json")) {
		say(in, "已删除 %zu 件的个人信息（申请%zu，复议、诉讼%zu，更正申请%zu）；"
			"编号、期限、结果和数字不变\n",
		    all, of[RETENTION_REQUEST], of[RETENTION_DISPUTE], of[RETENTION_AMENDMENT]);
		return true;
	}
	json_t *out = json_object();
	for (int k = 0; k < RETENTION_KIND_COUNT; k++)
		json_object_set_new(out, retention_rule((enum retention_kind)k)->code,
				    json_integer((json_int_t)of[k]));
	say_json(in, out, JSON_LINE);
	return true;
}

static int retention_command_run(struct invocation *in)
{
	const char *act = operand(in, 0);
	bool known = act != NULL && (strcmp(act, "run") == 0 || strcmp(act, "list") == 0);
	bool runs = known && strcmp(act, "run") == 0 && !option_given(in, "--dry-run");
	enum retention_kind kind;
	struct data_site site;
	struct err err = { 0 };

	if (known && option_given(in, "--kind") &&
	    !retention_kind_from(str_from_c(option_value(in, "--kind")), &kind)) {
		(void)err_set(&err, ERR_INVALID, "app.bad_value", "--kind|%s",
			      option_value(in, "--kind"));
		(void)fail(in, &err);
		return 2;
	}
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
	"retention", "list|run [--kind CODE] [--dry-run] [--json] --data DIR",
	"列出或者删除保存期限届满的个人信息", retention_options, retention_command_run,
	COMMAND_HANDS_OVER
};
