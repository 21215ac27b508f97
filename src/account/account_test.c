/* account_test.c - sign-in, its limits, and what ends a session. */
#include "account/account.h"
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"

#include <stdio.h>

#define PASSWORD STR("a long enough one")

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct account_new in = { .name = STR("li"), .person = STR("示例经办人"), .role = STR("clerk") };
	struct account_id id;

	(void)arg;
	return agency_add_unit(ctx,
			       &(struct unit_new){ .code = STR("A"),
						   .name = STR("区政府"),
						   .kind = UNIT_GOVERNMENT,
						   .reports = true },
			       &in.unit, err) &&
	       account_hash_password(ctx->arena, PASSWORD, &in.password_hash, err) &&
	       account_add(ctx, &in, &id, err);
}

/* One try from an address; the token, or empty. */
static struct str try(struct test *t, struct ctx *ctx, struct str name, struct str password,
		      const char *remote, enum sign_in_result want)
{
	struct sign_in_check check;
	struct err err = { 0 };
	struct str token = STR_NONE;

	CHECK_OK(account_check(ctx, name, password, str_from_c(remote), &check, &err));
	CHECK_INT(check.result, want);
	CHECK_OK(account_sign_in(ctx, &check, &token, &err));
	ctx->actor = (struct actor){ .role = STR("public") };
	return token;
}

static bool known(struct test *t, struct ctx *ctx, struct str token)
{
	struct account_session session;
	struct err err = { 0 };
	bool found = false;

	CHECK_OK(account_of_session(ctx, token, &session, &found, &err));
	return found;
}

static void sessions(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct account account;
	bool found;

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	struct str first = try(t, ctx, STR("li"), PASSWORD, "10.0.0.1", SIGN_IN_OK);
	struct str second = try(t, ctx, STR("li"), PASSWORD, "10.0.0.1", SIGN_IN_OK);
	CHECK_INT((int64_t)first.len, 64);
	CHECK(!str_equal(first, second));
	CHECK(known(t, ctx, first) && known(t, ctx, second));
	CHECK(!known(t, ctx, STR("0000")));
	CHECK_OK(account_sign_out(ctx, first, &err));
	CHECK(!known(t, ctx, first));

	ctx->now += LIMIT_SESSION_IDLE_S - 10;
	CHECK(known(t, ctx, second));
	CHECK_OK(account_touch(ctx, second, &err));
	ctx->now += LIMIT_SESSION_IDLE_S - 10;
	CHECK(known(t, ctx, second));
	ctx->now += 20;
	CHECK(!known(t, ctx, second)); /* idle for too long */

	struct str third = try(t, ctx, STR("li"), PASSWORD, "10.0.0.1", SIGN_IN_OK);
	CHECK_OK(account_find(ctx, STR("li"), &account, &found, &err));
	CHECK_OK(account_set_disabled(ctx, account.id, true, STR("离岗"), &err));
	CHECK(!known(t, ctx, third));
	(void)try(t, ctx, STR("li"), PASSWORD, "10.0.0.2", SIGN_IN_WRONG);
}

static void guessing(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	char remote[32];

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	(void)try(t, ctx, STR("li"), PASSWORD, "10.0.0.9", SIGN_IN_OK);
	for (int i = 0; i < LIMIT_LOGIN_TRIES_PER_ACCOUNT; i++) {
		snprintf(remote, sizeof remote, "10.1.0.%d", i);
		(void)try(t, ctx, STR("li"), STR("wrong"), remote, SIGN_IN_WRONG);
	}
	/*
	 * From anywhere new the account now waits, with the right password too; where it is
	 * signed in it does not.
	 */
	(void)try(t, ctx, STR("li"), PASSWORD, "10.1.1.1", SIGN_IN_LIMITED);
	(void)try(t, ctx, STR("li"), PASSWORD, "10.0.0.9", SIGN_IN_OK);
	ctx->now += 16 * 60;
	(void)try(t, ctx, STR("li"), PASSWORD, "10.1.1.1", SIGN_IN_OK);
	for (int i = 0; i < LIMIT_LOGIN_TRIES_PER_ADDRESS; i++) {
		char name[16];
		snprintf(name, sizeof name, "nobody%d", i);
		/* Inserted without hashing: what is tested is the counting. */
		struct sign_in_check check = { .result = SIGN_IN_WRONG,
					       .name = str_from_c(name),
					       .remote = STR("10.2.0.1") };
		struct str token;
		CHECK_OK(account_sign_in(ctx, &check, &token, &err));
	}
	(void)try(t, ctx, STR("li"), PASSWORD, "10.2.0.1", SIGN_IN_LIMITED);
	(void)try(t, ctx, STR("li"), PASSWORD, "10.2.0.2", SIGN_IN_OK);
}

static void refusals(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct account_new in = { .name = STR("li"), .person = STR("x"), .role = STR("clerk"),
				  .password_hash = STR("x") };
	struct account_id id;
	struct str hash;

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	CHECK_FAILS(account_add(ctx, &in, &id, &err), "account.name_taken");
	in.name = STR("Li Wei");
	CHECK_FAILS(account_add(ctx, &in, &id, &err), "account.bad_name");
	in.name = STR("wei");
	in.role = STR("public");
	CHECK_FAILS(account_add(ctx, &in, &id, &err), "account.bad_role");
	CHECK_FAILS(account_hash_password(ctx->arena, STR("short"), &hash, &err),
		    "account.bad_password");
}

void account_test(struct test *t)
{
	testdb_on(t, DB_SQLITE, "sessions begin, end and lapse", sessions, NULL);
	testdb_on(t, DB_SQLITE, "guessing is limited per account and per address", guessing, NULL);
	testdb_each(t, "what cannot be an account", refusals, NULL);
	if (test_case(t, "administration is never one person's")) {
		const struct role *system = role_find(STR("sysadmin")),
				  *security = role_find(STR("secadmin"));
		CHECK((security->permissions & PERM_BIT(PERM_UNIT_WRITE)) == 0);
		CHECK((system->permissions & PERM_BIT(PERM_ACCOUNT_WRITE)) == 0);
		CHECK((role_find(STR("auditor"))->permissions & PERM_BIT(PERM_REQUEST_WRITE)) == 0);
		CHECK(role_find(STR("nobody")) == NULL);
	}
	for (unsigned p = 1; p < PERM_COUNT; p++)
		if (test_case(t, "permission %s has a name and a role", permission_name(p))) {
			uint64_t all = 0;
			for (size_t i = 0; i < account_roles_count; i++)
				all |= account_roles[i].permissions;
			CHECK(permission_name(p) != NULL && permission_label(p).len > 0);
			CHECK(permission_set_from(str_from_c(permission_name(p))) == PERM_BIT(p));
			CHECK((all & PERM_BIT(p)) != 0);
		}
}
