/*
 * command_site.c - making an empty site.
 */
#include "app/commands.h"

#include "agency/agency.h"

#include <string.h>

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

static const struct option site_options[] = {
	{ "--name", "TEXT", "机关全称，例如 某市某区人民政府", false },
	{ "--code", "CODE", "本级政府的单位代码，用于编号", false },
	{ "--url", "URL", "对外网址", false },
	{ "--office", "TEXT", "政府信息公开工作机构名称", false },
	{ "--contact", "TEXT", "地址、电话等联系方式", false },
	OPTION_END
};

struct site_setup { struct site site; struct str code; };

static bool site_init_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct site_setup *setup = arg;
	struct unit_id id;

	return agency_set_site(ctx, &setup->site, err) &&
	       agency_add_unit(ctx,
			       &(struct unit_new){ .code = setup->code,
						   .name = setup->site.name,
						   .kind = UNIT_GOVERNMENT,
						   .reports = true },
			       &id, err);
}

static int site_run(struct invocation *in)
{
	const char *verb = operand(in, 0);
	struct site_setup setup = { .site = { .name = given(in, "--name"),
					      .url = given(in, "--url"),
					      .platform_name = STR("政府信息公开平台"),
					      .office_name = given(in, "--office"),
					      .contact = given(in, "--contact") },
				    .code = given(in, "--code") };
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (verb == NULL || strcmp(verb, "init") != 0) {
		complain(in, "gongkai site：请写明 init，例如 gongkai site init --name 某市某区人民政府 --code MQ\n");
		return 2;
	}
	if (!site_of(in, DB_WRITE, "gongkai site", &site, &err))
		return fail(in, &err);
	bool done = site_write(&site, in->arena, system, site_init_write, &setup, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	say(in, "站点已建立。下一步：gongkai user add --name … --role sysadmin\n");
	return 0;
}
const struct command site_command = { "site", "init --name TEXT --code CODE", "建立一个空站点",
					     site_options, site_run, COMMAND_HANDS_OVER };
