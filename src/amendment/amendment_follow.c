/* amendment_follow.c - following a correction with number and query code, as a request is. */
#include "amendment/amendment.h"

#include "amendment_sql.h"
#include "base/rand.h"
#include "base/vault.h"
#include "letter/letter.h"

enum { TOKEN_BYTES = 32 };

/* Tokens are kept as keyed hashes. */
static struct str hash_of(struct ctx *ctx, struct str token)
{
	return vault_index(ctx->vault, ctx->arena, STR("amendment session"), token);
}

bool amendment_open_session(struct ctx *ctx, struct amendment_id id, struct str *token,
			    struct err *err)
{
	struct amendment_session_delete_old_in old = { .before = ctx->now - AMENDMENT_SESSION_S };
	struct amendment_session_insert_in in = { .amendment_id = id, .at = ctx->now };

	if (!vault_needed(ctx->vault, err))
		return false;
	struct str fresh = random_hex(ctx->arena, TOKEN_BYTES);
	in.token_hash = hash_of(ctx, fresh);
	if (!amendment_session_delete_old(ctx, &old, NULL, err) ||
	    !amendment_session_insert(ctx, &in, NULL, err))
		return false;
	*token = fresh;
	return true;
}

bool amendment_enter(struct ctx *ctx, struct str number, struct str code, struct str remote,
		     enum code_verdict *verdict, struct str *token, struct err *err)
{
	struct amendment a;
	bool limited, found;

	*token = STR_NONE;
	*verdict = CODE_LIMITED;
	if (!request_code_limited(ctx, remote, &limited, err))
		return false;
	if (limited)
		return true;
	if (!amendment_by_code(ctx, number, code, &a, &found, err))
		return false;
	*verdict = found ? CODE_RIGHT : CODE_WRONG;
	return found ? amendment_open_session(ctx, a.id, token, err) :
		       request_code_missed(ctx, remote, err);
}

bool amendment_session(struct ctx *ctx, struct str token, struct amendment *out, bool *found,
		       struct err *err)
{
	struct amendment_session_by_token_in in = { .since = ctx->now - AMENDMENT_SESSION_S };
	struct amendment_session_by_token_row row;

	*found = false;
	if (token.len != 2 * TOKEN_BYTES)
		return true;
	if (!vault_needed(ctx->vault, err))
		return false;
	in.token_hash = hash_of(ctx, token);
	return amendment_session_by_token(ctx, &in, &row, found, err) &&
	       (!*found || amendment_find(ctx, row.amendment_id, out, err));
}

bool amendment_leave(struct ctx *ctx, struct str token, struct err *err)
{
	struct amendment_session_delete_in in = { .token_hash = STR_NONE };

	if (!vault_needed(ctx->vault, err))
		return false;
	in.token_hash = hash_of(ctx, token);
	return amendment_session_delete(ctx, &in, NULL, err);
}

bool amendment_served(struct ctx *ctx, const struct amendment *a, struct letter *out, bool *found,
		      struct err *err)
{
	*found = a->state == AMENDMENT_CLOSED && a->letter.known;
	return !*found || letter_load(ctx, (struct letter_id){ a->letter.v }, out, err);
}
