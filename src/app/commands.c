/*
 * commands.c - the table of subcommands and the small ones themselves.
 */
#include "app/command.h"

#include "account/account.h"
#include "app/server.h"
#include "base/limits.h"
#include "base/rand.h"
#include "db/migrate.h"
#include "ledger/ledger.h"

#include <string.h>
#include <unistd.h>

/* ---- serve */

static void announce(void *arg, uint16_t port)
{
	struct invocation *in = arg;

	say(in, "正在服务：http://127.0.0.1:%u/\n", port);
	const struct data_site *s = in->server_site;
	struct str path = str_concat(in->arena, s->dir, STR("/sample-accounts.txt"));
	if (access(str_to_c(in->arena, path), R_OK) == 0)
		say(in, "示例账号（登录名与密码）见 " STR_FMT "，登录页：http://127.0.0.1:%u/sign-in\n",
		    STR_ARG(path), port);
	say(in, "按 Ctrl-C 停止。\n");
}

static const struct option serve_options[] = {
	{ "--port", "N", "监听端口，默认取配置（8080）；0 为任意空闲端口", false },
	OPTION_END
};

static int serve_run(struct invocation *in)
{
	const char *dir = option_value(in, "--data");
	struct data_site site;
	struct err err = { 0 };
	int64_t port;

	if (option_int(in, "--port", 0, 65535, -1, &port) != 0)
		return 2;
	if (!site_init(&site, in->arena, str_from_c(dir != NULL ? dir : "data"), &err) ||
	    !site_lock(&site, "gongkai serve", &err))
		return fail(in, &err);
	if (port >= 0)
		site.config.port = port;
	in->server_site = &site;
	return server_supervise(&site, announce, in);
}
static const struct command serve_command = { "serve", "[--data DIR] [--port N]", "启动网站", serve_options,
					      serve_run, 0 };

/* ---- migrate, verify */

static int migrate_run(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };

	if (!site_of(in, DB_WRITE, "gongkai migrate", &site, &err))
		return fail(in, &err);
	say(in, "数据库结构已是最新（共 %zu 个迁移文件）。\n", migration_list_count);
	site_done(in, &site);
	return 0;
}
static const struct command migrate_command = { "migrate", "[--data DIR]", "把数据库结构升级到本版本", NULL,
						migrate_run, 0 };

static int verify_run(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };
	struct ledger_verdict verdict;

	if (!site_of(in, DB_READ, "gongkai verify", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool read = ledger_verify(&ctx, &verdict, &err);
	site_done(in, &site);
	if (!read)
		return fail(in, &err);
	struct str head = digest_hex(in->arena, verdict.head);
	if (!verdict.intact) {
		say(in, "台账链条不完整：第 %lld 条起不符。" STR_FMT "\n", (long long)verdict.first_bad,
		    STR_ARG(verdict.why));
		return 1;
	}
	say(in, "台账链条完整：共 %lld 条，最后一条的摘要 " STR_FMT "\n", (long long)verdict.events, STR_ARG(head));
	return 0;
}
static const struct command verify_command = { "verify", "[--data DIR]", "核对台账链条是否完整", NULL,
					       verify_run, 0 };

/* ---- routes */

static int routes_run(struct invocation *in)
{
	size_t count;
	const struct route **routes = web_routes(in->arena, app_routes, &count);

	for (size_t i = 0; i < count; i++)
		say(in, "%-5s %-44s %-18s %s\n", routes[i]->method == METHOD_GET ? "GET" : "POST",
		    routes[i]->path, permission_name(routes[i]->permission),
		    routes[i]->summary != NULL ? routes[i]->summary : "");
	return 0;
}
static const struct command routes_command = { "routes", "", "列出全部网址、所需权限和用途", NULL, routes_run, 0 };

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
	struct user_add add = { .in = { .name = given(in, "--name"), .person = given(in, "--person"),
					.role = given(in, "--role") }, .unit_code = given(in, "--unit") };
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
static const struct command user_command = { "user", "add|list [--name …] [--role …] [--unit …]",
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
	       agency_add_unit(ctx, &(struct unit_new){ .code = setup->code, .name = setup->site.name,
							.kind = UNIT_GOVERNMENT, .reports = true }, &id, err);
}

static int site_run(struct invocation *in)
{
	const char *verb = operand(in, 0);
	struct site_setup setup = { .site = { .name = given(in, "--name"), .url = given(in, "--url"),
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
static const struct command site_command = { "site", "init --name TEXT --code CODE", "建立一个空站点",
					     site_options, site_run, COMMAND_HANDS_OVER };

const struct command *const app_commands[] = {
	&serve_command, &migrate_command, &verify_command, &routes_command, &user_command, &site_command,
	NULL
};
