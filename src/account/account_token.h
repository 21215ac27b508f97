/*
 * account_token.h - tokens that programs show instead of signing in.
 *
 * A token belongs to an account and carries some of its permissions, never more:
 * what the role loses, its tokens lose too. It has 256 bits, is shown once and
 * stored hashed, has a last day, and ends when it is revoked, when the account
 * is disabled, or when the password changes. What it does stands in the ledger
 * with its label. A token makes no tokens and changes no password.
 */
#ifndef ACCOUNT_ACCOUNT_TOKEN_H
#define ACCOUNT_ACCOUNT_TOKEN_H

#include "account/account.h"

/* In front of every token, so that one found in a file is known for what it is. */
#define ACCOUNT_TOKEN_PREFIX "gkt_"

struct account_token_new {
	struct account account;
	struct str label; /* what it is for */
	uint64_t scope;	  /* permissions, some of the account's */
	int64_t days;	  /* until it ends; at most LIMIT_TOKEN_DAYS */
};
struct account_token {
	int64_t id;
	struct str label;
	uint64_t scope;
	int64_t created_at, expires_at;
	struct opt_int revoked_at;
};
/*
 * *token is the only copy. ERR_INVALID at "label", "scope" or "days"; ERR_LIMIT
 * "account.too_many_tokens".
 */
NODISCARD bool account_token_add(struct ctx *ctx, const struct account_token_new *in, int64_t *id,
				 struct str *token, struct err *err);
/* Newest first, those that have ended too. */
NODISCARD bool account_token_list(struct ctx *ctx, struct account_id account,
				  struct account_token **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND "account.no_token" for one of somebody else, or ended already. */
NODISCARD bool account_token_revoke(struct ctx *ctx, struct account_id account, int64_t id,
				    struct err *err);
/* Who shows this token, as he then acts: his permissions cut down to its scope. Reads only. */
NODISCARD bool account_of_token(struct ctx *ctx, struct str token, struct actor *out, bool *found,
				struct err *err);
#endif
