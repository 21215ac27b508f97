/*
 * command_unit.c - the units of the site: added, listed, closed.
 */
#include "app/commands.h"

#include "agency/agency.h"

#include <string.h>

static const struct option options[] = {
	{ "--code", "CODE", "单位代码，1至16个字母或数字，用于编号", false },
	{ "--name", "TEXT", "单位全称", false },
	{ "--short", "TEXT", "简称", false },
	{ "--kind", "KIND", "类别：department subdistrict town vertical other，不写为 department", false },
	{ "--no-report", NULL, "不单独编制年度报告", false },
	{ "--on", "YYYY-MM-DD", "停用日期", false },
	{ "--reason", "TEXT", "停用的理由", false },
	OPTION_END
};

struct unit_act { struct unit_new in; struct str code, reason; struct opt_date on; };

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

static bool add_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct unit_act *act = arg;
	struct unit_id id;
	struct unit root;

	if (!agency_root(ctx, &root, err))
		return false;
	act->in.parent = (struct opt_int){ true, root.id.n };
	return agency_add_unit(ctx, &act->in, &id, err);
}

static bool close_write(struct ctx *ctx, void *arg, struct err *err)
{
	const struct unit_act *act = arg;
	struct unit unit = { 0 };
	bool found;

	if (!agency_unit_by_code(ctx, act->code, &unit, &found, err))
		return false;
	if (!found)
		return err_set_field(err, "--code", ERR_NOT_FOUND, "app.no_unit_code", STR_FMT,
				     STR_ARG(act->code));
	return agency_close_unit(ctx, unit.id, act->on, act->reason, err);
}

static int write_act(struct invocation *in, struct unit_act *act, site_fn *fn, const char *done)
{
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (!site_of(in, DB_WRITE, "gongkai unit", &site, &err))
		return fail(in, &err);
	bool ok = site_write(&site, in->arena, system, fn, act, &err);
	site_done(in, &site);
	if (!ok)
		return fail(in, &err);
	say(in, "%s单位 " STR_FMT "\n", done, STR_ARG(act->code));
	return 0;
}

static int add_run(struct invocation *in)
{
	struct unit_act act = { .code = given(in, "--code"),
				.in = { .code = given(in, "--code"), .name = given(in, "--name"),
					.short_name = given(in, "--short"),
					.kind = UNIT_DEPARTMENT,
					.reports = !option_given(in, "--no-report") } };
	struct str kind = given(in, "--kind");

	if (kind.len > 0 &&
	    (!unit_kind_from(kind, &act.in.kind) || act.in.kind == UNIT_GOVERNMENT)) {
		complain(in, "gongkai unit：没有类别 " STR_FMT
			     "，可用的是 department subdistrict town vertical other\n",
			 STR_ARG(kind));
		return 2;
	}
	return write_act(in, &act, add_write, "已添加");
}

static int close_run(struct invocation *in)
{
	struct unit_act act = { .code = given(in, "--code"), .reason = given(in, "--reason"),
				.on = { .known = true } };

	if (!date_parse(given(in, "--on"), &act.on.v)) {
		complain(in, "gongkai unit：请用 --on YYYY-MM-DD 写明停用日期\n");
		return 2;
	}
	return write_act(in, &act, close_write, "已停用");
}

static int list_run(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };
	struct unit *units;
	size_t count = 0;

	if (!site_of(in, DB_READ, "gongkai unit", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = agency_units(&ctx, &units, &count, &err);
	for (size_t i = 0; ok && i < count; i++)
		say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s%s\n", STR_ARG(units[i].code),
		    STR_ARG(unit_kind_code(units[i].kind)), STR_ARG(units[i].name),
		    units[i].reports ? "编制年报" : "",
		    units[i].closed_on.known ? "\t已停用" : "");
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

static int unit_run(struct invocation *in)
{
	const char *verb = operand(in, 0);

	if (verb != NULL && strcmp(verb, "add") == 0)
		return add_run(in);
	if (verb != NULL && strcmp(verb, "list") == 0)
		return list_run(in);
	if (verb != NULL && strcmp(verb, "close") == 0)
		return close_run(in);
	complain(in, "gongkai unit：请写明 add、list 或 close，例如 gongkai unit add --code CZ --name 某区财政局\n");
	return 2;
}
const struct command unit_command = { "unit", "add|list|close [--code …] [--name …] …", "本站点的单位",
				      options, unit_run, COMMAND_HANDS_OVER };
