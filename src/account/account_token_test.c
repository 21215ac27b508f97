/* account_token_test.c - what a token may, and what ends it. */
#include "account/account_token.h"
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"

#define SCOPE (PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_WRITE))

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct account_new in = { .name = STR("li"), .person = STR("示例经办人"), .role = STR("clerk"),
				  .password_hash = STR("x") };
	struct account_id id;
	struct unit_new unit = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT,
				 .reports = true };

	(void)arg;
	return agency_add_unit(ctx, &unit, &in.unit, err) && account_add(ctx, &in, &id, err);
}

static bool add(struct ctx *ctx, const void *arg, struct err *err)
{
	struct account_token_new in = { .label = STR("夜间取数"), .scope = SCOPE, .days = 90 };
	struct str token;
	int64_t id;
	bool found;

	(void)arg;
	return account_find(ctx, STR("li"), &in.account, &found, err) &&
	       account_token_add(ctx, &in, &id, &token, err);
}

static bool known(struct test *t, struct ctx *ctx, struct str token, struct actor *actor)
{
	struct err err = { 0 };
	bool found = false;

	CHECK_OK(account_of_token(ctx, token, actor, &found, &err));
	return found;
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct account_token_new in = { .label = STR("夜间取数"), .scope = SCOPE, .days = 90 };
	struct account_token *list;
	struct str token, second, third;
	struct actor actor = { 0 };
	struct err err = { 0 };
	size_t count;
	int64_t id, other;
	bool found;

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	CHECK_OK(account_find(ctx, STR("li"), &in.account, &found, &err));
	CHECK_OK(account_token_add(ctx, &in, &id, &token, &err));
	CHECK(str_starts(token, STR(ACCOUNT_TOKEN_PREFIX)) && token.len == 68);
	CHECK(known(t, ctx, token, &actor));
	CHECK(actor.permissions ==
	      (SCOPE | PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN)));
	CHECK_STR(actor.name, STR("示例经办人（令牌：夜间取数）"));
	CHECK(!known(t, ctx, STR("gkt_0000"), &actor));
	CHECK(!known(t, ctx, str_slice(token, 4, token.len), &actor));

	CHECK_OK(account_token_add(ctx, &in, &other, &second, &err));
	CHECK_FAILS(account_token_revoke(ctx, (struct account_id){ 999 }, id, &err),
		    "account.no_token");
	CHECK_OK(account_token_revoke(ctx, in.account.id, id, &err));
	CHECK_FAILS(account_token_revoke(ctx, in.account.id, id, &err), "account.no_token");
	CHECK(!known(t, ctx, token, &actor) && known(t, ctx, second, &actor));

	ctx->now += 90 * 24 * 60 * 60 - 1;
	CHECK(known(t, ctx, second, &actor));
	ctx->now += 1;
	CHECK(!known(t, ctx, second, &actor)); /* its last day is over */

	CHECK_OK(account_token_add(ctx, &in, &other, &third, &err));
	CHECK_OK(account_set_disabled(ctx, in.account.id, true, STR("离岗"), &err));
	CHECK(!known(t, ctx, third, &actor));
	CHECK_OK(account_set_disabled(ctx, in.account.id, false, STR_NONE, &err));
	CHECK(known(t, ctx, third, &actor));
	CHECK_OK(account_set_password(ctx, in.account.id, STR("y"), &err));
	CHECK(!known(t, ctx, third, &actor));
	CHECK_OK(account_token_list(ctx, in.account.id, &list, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK(list[0].scope == SCOPE && list[0].revoked_at.known);
}

static const struct {
	const char *what, *label, *key;
	uint64_t scope;
	int64_t days;
} bad_row[] = {
	{ "without a label", "", "account.bad_label", SCOPE, 90 },
	{ "for no day", "a", "account.bad_days", SCOPE, 0 },
	{ "for ever", "a", "account.bad_days", SCOPE, LIMIT_TOKEN_DAYS + 1 },
	{ "for nothing", "a", "account.bad_scope", 0, 90 },
	{ "for being signed in only", "a", "account.bad_scope", PERM_BIT(PERM_SIGNED_IN), 90 },
	{ "for more than the role", "a", "account.bad_scope", SCOPE | PERM_BIT(PERM_ACCOUNT_WRITE),
	  90 },
};

static void refusals(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct account account;
	struct err err = { 0 };
	struct str token;
	int64_t id;
	bool found;

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	CHECK_OK(account_find(ctx, STR("li"), &account, &found, &err));
	for (size_t i = 0; i < COUNT_OF(bad_row); i++) {
		struct account_token_new in = { .account = account,
						.label = str_from_c(bad_row[i].label),
						.scope = bad_row[i].scope,
						.days = bad_row[i].days };
		CHECK_FAILS(account_token_add(ctx, &in, &id, &token, &err), bad_row[i].key);
	}
	for (int i = 0; i < LIMIT_TOKENS_PER_ACCOUNT; i++)
		CHECK_OK(add(ctx, NULL, &err));
	CHECK(!add(ctx, NULL, &err));
	CHECK_STR(str_from_c(err.key), STR("account.too_many_tokens"));
}

void account_token_test(struct test *t)
{
	testdb_each(t, "a token may what it may until it ends", life, NULL);
	testdb_each(t, "what cannot be a token", refusals, NULL);
	testdb_faults(t, "a token that fails halfway is none",
		      &(struct testdb_scenario){ .given = given, .verb = add });
	if (test_case(t, "a set of permissions is a text and back")) {
		CHECK_STR(permission_set_text(t->arena, SCOPE),
			  STR("request_read request_write"));
		CHECK(permission_set_from(STR("request_write gone request_read")) == SCOPE);
		CHECK(permission_set_from(STR_NONE) == 0);
	}
}
