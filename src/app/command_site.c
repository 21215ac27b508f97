/*
 * command_site.c - making an empty site, and its staff accounts.
 */
#include "app/commands.h"

#include "account/account.h"
#include "base/rand.h"

#include <string.h>

/* ---- user */

static const struct option user_options[] = {
	{ "--name", "NAME", "登录名", false },
	{ "--person", "TEXT", "显示名称", false },
	{ "--role", "ROLE", "角色：clerk reviewer adviser signer supervisor auditor sysadmin secadmin", false },
	{ "--unit", "CODE", "单位代码", false },
	OPTION_END
};

struct user_add { struct account_new in; struct str unit_code; };

static bool user_add_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct user_add *add = arg;
	struct account_id id;
	struct unit unit;
	bool found;

	if (add->unit_code.len == 0) {
		if (!agency_root(ctx, &unit, err))
			return false;
	} else if (!agency_unit_by_code(ctx, add->unit_code, &unit, &found, err)) {
		return false;
	} else if (!found) {
		return err_set_field(err, "--unit", ERR_NOT_FOUND, "app.no_unit_code", STR_FMT,
				     STR_ARG(add->unit_code));
	}
	add->in.unit = unit.id;
	return account_add(ctx, &add->in, &id, err);
}

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

static int user_add_run(struct invocation *in)
{
	struct user_add add = { .in = { .name = given(in, "--name"),
					.person = given(in, "--person"),
					.role = given(in, "--role") },
				.unit_code = given(in, "--unit") };
	struct str password = random_code(in->arena, 16);
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (add.in.person.len == 0)
		add.in.person = add.in.name;
	if (!account_hash_password(in->arena, password, &add.in.password_hash, &err) ||
	    !site_of(in, DB_WRITE, "gongkai user", &site, &err))
		return fail(in, &err);
	bool done = site_write(&site, in->arena, system, user_add_write, &add, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	say(in, "已添加账号 " STR_FMT "，初始密码：" STR_FMT "（只显示这一次）\n", STR_ARG(add.in.name),
	    STR_ARG(password));
	return 0;
}

static int user_list_run(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };
	struct account *accounts;
	size_t count = 0;

	if (!site_of(in, DB_READ, "gongkai user", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = account_list(&ctx, &accounts, &count, &err);
	for (size_t i = 0; done && i < count; i++)
		say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "%s\n", STR_ARG(accounts[i].name),
		    STR_ARG(accounts[i].role), STR_ARG(accounts[i].person),
		    accounts[i].disabled_at.known ? "\t已停用" : "");
	site_done(in, &site);
	return done ? 0 : fail(in, &err);
}

static int user_run(struct invocation *in)
{
	const char *verb = operand(in, 0);

	if (verb != NULL && strcmp(verb, "add") == 0)
		return user_add_run(in);
	if (verb != NULL && strcmp(verb, "list") == 0)
		return user_list_run(in);
	complain(in, "gongkai user：请写明 add 或 list，例如 gongkai user add --name li --role clerk\n");
	return 2;
}
const struct command user_command = { "user", "add|list [--name …] [--role …] [--unit …]",
					     "工作人员账号", user_options, user_run, COMMAND_HANDS_OVER };

/* ---- site */

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

