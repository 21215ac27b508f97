#include "account/account_token.h"

#include "account_sql.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/rand.h"
#include "ledger/ledger.h"

enum { TOKEN_BYTES = 32, LABEL_MAX = 80, DAY_S = 24 * 60 * 60 };

/* What every token of a staff account may: to be asked who it is. */
#define ALWAYS (PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN))

static struct str token_key(struct arena *a, struct str token)
{
	return digest_hex(a, digest_of(DIGEST_SHA256, token));
}

static bool check_new(struct ctx *ctx, const struct account_token_new *in, struct err *err)
{
	const struct role *role = role_find(in->account.role);
	struct token_live_in live = { .account_id = in->account.id, .now = ctx->now };
	struct token_live_row row;
	bool found;

	if (in->label.len == 0 || in->label.len > LABEL_MAX)
		return err_set_field(err, "label", ERR_INVALID, "account.bad_label", "%d",
				     LABEL_MAX / 3);
	if (in->days < 1 || in->days > LIMIT_TOKEN_DAYS)
		return err_set_field(err, "days", ERR_INVALID, "account.bad_days", "%d",
				     LIMIT_TOKEN_DAYS);
	if (role == NULL || (in->scope & ~role->permissions) != 0 || (in->scope & ~ALWAYS) == 0)
		return err_set_field(err, "scope", ERR_INVALID, "account.bad_scope", " ");
	if (!token_live(ctx, &live, &row, &found, err))
		return false;
	return row.tokens < LIMIT_TOKENS_PER_ACCOUNT ||
	       err_set(err, ERR_LIMIT, "account.too_many_tokens", "%d", LIMIT_TOKENS_PER_ACCOUNT);
}

bool account_token_add(struct ctx *ctx, const struct account_token_new *in, int64_t *id,
		       struct str *token, struct err *err)
{
	struct token_insert_row row;
	bool found;
	int64_t seq;

	if (!check_new(ctx, in, err))
		return false;
	struct str fresh = str_concat(ctx->arena, STR(ACCOUNT_TOKEN_PREFIX),
				      random_hex(ctx->arena, TOKEN_BYTES));
	struct str scope = permission_set_text(ctx->arena, in->scope & ~ALWAYS);
	struct token_insert_in insert = { .account_id = in->account.id,
					  .token_hash = token_key(ctx->arena, fresh),
					  .label = in->label,
					  .scope = scope,
					  .created_at = ctx->now,
					  .expires_at = ctx->now + in->days * DAY_S };
	if (!token_insert(ctx, &insert, &row, &found, err))
		return false;
	struct ledger_change changes[] = {
		{ "label", STR_NONE, in->label },
		{ "scope", STR_NONE, scope },
		{ "days", STR_NONE, str_format(ctx->arena, "%lld", (long long)in->days) },
	};
	*id = row.id;
	*token = fresh;
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "account",
						     .subject_id = in->account.id.n,
						     .verb = "account.add_token",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

bool account_token_list(struct ctx *ctx, struct account_id account, struct account_token **out,
			size_t *count, struct err *err)
{
	struct token_of_account_in in = { .account_id = account };
	struct token_of_account_row *rows;

	if (!token_of_account_all(ctx, &in, LIMIT_TOKENS_LISTED, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct account_token);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct account_token){ .id = rows[i].id,
						    .label = rows[i].label,
						    .scope = permission_set_from(rows[i].scope),
						    .created_at = rows[i].created_at,
						    .expires_at = rows[i].expires_at,
						    .revoked_at = rows[i].revoked_at };
	return true;
}

bool account_token_revoke(struct ctx *ctx, struct account_id account, int64_t id, struct err *err)
{
	struct token_revoke_in in = { .id = id, .account_id = account, .at = ctx->now };
	int64_t changed, seq;

	if (!token_revoke(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_NOT_FOUND, "account.no_token", " ");
	struct ledger_change change = { "token", STR_NONE,
					str_format(ctx->arena, "%lld", (long long)id) };
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "account",
						     .subject_id = account.n,
						     .verb = "account.revoke_token",
						     .changes = &change,
						     .changes_count = 1 },
			     &seq, err);
}

bool account_of_token(struct ctx *ctx, struct str token, struct actor *out, bool *found,
		      struct err *err)
{
	struct token_account_in in = { .token_hash = token_key(ctx->arena, token),
				       .now = ctx->now };
	struct token_account_row row;

	*found = false;
	if (!str_starts(token, STR(ACCOUNT_TOKEN_PREFIX)))
		return true;
	if (!token_account(ctx, &in, &row, found, err) || !*found)
		return err->code == ERR_NONE;
	struct account account = { .id = row.id, .name = row.name, .person = row.person,
				   .role = row.role, .unit = row.unit_id };
	*out = account_actor(&account);
	out->permissions &= permission_set_from(row.scope) | ALWAYS;
	out->name = str_format(ctx->arena, STR_FMT "（令牌：" STR_FMT "）", STR_ARG(row.person),
			       STR_ARG(row.label));
	return true;
}
