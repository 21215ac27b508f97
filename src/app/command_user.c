/*
 * command_user.c - staff accounts: added, listed, given a new password, given tokens.
 */
#include "app/commands.h"

#include "account/account_token.h"
#include "base/limits.h"
#include "base/rand.h"

#include <string.h>

static const struct option user_options[] = {
	{ "--name", "NAME", "登录名", false },
	{ "--person", "TEXT", "显示名称", false },
	{ "--role", "ROLE", "角色：clerk reviewer adviser signer supervisor auditor sysadmin secadmin", false },
	{ "--unit", "CODE", "单位代码", false },
	{ "--label", "TEXT", "令牌的用途", false },
	{ "--scope", "NAMES", "令牌的权限，以逗号分隔，名称见 gongkai routes", false },
	{ "--days", "N", "令牌的有效天数，不写为90", false },
	{ "--id", "N", "要作废的令牌", false },
	OPTION_END
};

struct user_add { struct account_new in; struct str unit_code; };

static bool user_add_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct user_add *add = arg;
	struct account_id id;
	struct unit unit;

	if (add->unit_code.len == 0) {
		if (!agency_root(ctx, &unit, err))
			return false;
	} else if (!unit_named(ctx, add->unit_code, &unit, err)) {
		return false;
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

/* ---- what is done to one account, by its name */

static bool account_named(struct ctx *ctx, struct str name, struct account *out, struct err *err)
{
	bool found;

	if (!account_find(ctx, name, out, &found, err))
		return false;
	return found || err_set_field(err, "--name", ERR_NOT_FOUND, "account.no_name", STR_FMT,
				      STR_ARG(name));
}

struct user_password { struct str name, hash; };

static bool user_password_write(struct ctx *ctx, void *arg, struct err *err)
{
	const struct user_password *p = arg;
	struct account account;

	return account_named(ctx, p->name, &account, err) &&
	       account_set_password(ctx, account.id, p->hash, err);
}

static int user_password_run(struct invocation *in)
{
	struct user_password p = { .name = given(in, "--name") };
	struct str password = random_code(in->arena, 16);
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (!account_hash_password(in->arena, password, &p.hash, &err) ||
	    !site_of(in, DB_WRITE, "gongkai user", &site, &err))
		return fail(in, &err);
	bool done = site_write(&site, in->arena, system, user_password_write, &p, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	say(in, "账号 " STR_FMT " 的新密码：" STR_FMT "（只显示这一次；其登录和令牌已全部失效）\n",
	    STR_ARG(p.name), STR_ARG(password));
	return 0;
}

/* ---- its tokens */

struct user_token { struct str name, label, scope, token; int64_t days, id; bool revoke; };

static bool scope_from(struct arena *a, struct str names, uint64_t *scope, struct err *err)
{
	struct str rest = names, name;

	*scope = 0;
	while (rest.len > 0 && str_split_next(&rest, ',', &name)) {
		uint64_t one = permission_set_from(str_trim(name));
		if (one == 0)
			return err_set_field(err, "--scope", ERR_INVALID, "app.no_permission",
					     STR_FMT "|" STR_FMT, STR_ARG(name),
					     STR_ARG(permission_set_text(a, UINT64_MAX)));
		*scope |= one;
	}
	return true;
}

static bool user_token_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct user_token *k = arg;
	struct account_token_new add = { .label = k->label, .days = k->days };

	if (!account_named(ctx, k->name, &add.account, err))
		return false;
	if (k->revoke)
		return account_token_revoke(ctx, add.account.id, k->id, err);
	return scope_from(ctx->arena, k->scope, &add.scope, err) &&
	       account_token_add(ctx, &add, &k->id, &k->token, err);
}

static int user_token_change(struct invocation *in, bool revoke)
{
	struct user_token k = { .name = given(in, "--name"), .label = given(in, "--label"),
				.scope = given(in, "--scope"), .revoke = revoke };
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (option_int(in, "--days", 1, LIMIT_TOKEN_DAYS, 90, &k.days) != 0 ||
	    option_int(in, "--id", 1, INT64_MAX, 0, &k.id) != 0)
		return 2;
	if (!site_of(in, DB_WRITE, "gongkai user", &site, &err))
		return fail(in, &err);
	bool done = site_write(&site, in->arena, system, user_token_write, &k, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	if (revoke)
		say(in, "令牌 %lld 已作废\n", (long long)k.id);
	else
		say(in, "令牌 %lld：" STR_FMT "（只显示这一次）\n", (long long)k.id, STR_ARG(k.token));
	return 0;
}

static bool list_tokens(struct invocation *in, struct ctx *ctx, struct err *err)
{
	struct account account;
	struct account_token *tokens;
	size_t count;

	if (!account_named(ctx, given(in, "--name"), &account, err) ||
	    !account_token_list(ctx, account.id, &tokens, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct account_token *k = &tokens[i];
		struct str scope = permission_set_text(in->arena, k->scope);
		struct ctx end = { .arena = in->arena };
		ctx_set_time(&end, k->expires_at);
		say(in, "%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "%s\n", (long long)k->id,
		    STR_ARG(k->label), STR_ARG(scope), STR_ARG(date_iso(in->arena, end.today)),
		    k->revoked_at.known	      ? "\t已作废" :
		    k->expires_at <= ctx->now ? "\t已过期" :
						"");
	}
	return true;
}

static int user_token_list(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };

	if (!site_of(in, DB_READ, "gongkai user", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = list_tokens(in, &ctx, &err);
	site_done(in, &site);
	return done ? 0 : fail(in, &err);
}

static int user_token_run(struct invocation *in)
{
	const char *verb = operand(in, 1);

	if (verb != NULL && strcmp(verb, "add") == 0)
		return user_token_change(in, false);
	if (verb != NULL && strcmp(verb, "revoke") == 0)
		return user_token_change(in, true);
	if (verb != NULL && strcmp(verb, "list") == 0)
		return user_token_list(in);
	complain(in, "gongkai user token：请写明 add、list 或 revoke，例如 "
		     "gongkai user token add --name li --label 取数 --scope request_read\n");
	return 2;
}

static const struct { const char *verb; int (*run)(struct invocation *in); } verbs[] = {
	{ "add", user_add_run },
	{ "list", user_list_run },
	{ "password", user_password_run },
	{ "token", user_token_run },
};

static int user_run(struct invocation *in)
{
	const char *verb = operand(in, 0);

	for (size_t i = 0; verb != NULL && i < COUNT_OF(verbs); i++)
		if (strcmp(verb, verbs[i].verb) == 0)
			return verbs[i].run(in);
	complain(in, "gongkai user：请写明 add、list、password 或 token，例如 "
		     "gongkai user add --name li --role clerk\n");
	return 2;
}
const struct command user_command = { "user", "add|list|password|token [--name …] …",
				      "工作人员账号和访问令牌", user_options, user_run,
				      COMMAND_HANDS_OVER };
