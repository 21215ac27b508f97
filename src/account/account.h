/*
 * account.h - staff accounts, sign-in and sessions.
 *
 * Passwords are argon2id; an unknown name costs the same time and gives the
 * same answer as a wrong password. Failures are limited per account and per
 * address over fifteen minutes; an address from which the account is signed in
 * already is let through, so that a stranger cannot lock the owner out. Session
 * tokens have 256 bits, are stored hashed, change at every sign-in, and end
 * after half an hour without use or twelve hours in all (base/limits.h).
 */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "account/permission.h"
#include "agency/agency.h"
#include "db/ctx.h"

struct account_id { int64_t n; };
struct account {
	struct account_id id;
	struct str name, person, role;
	struct unit_id unit;
	struct opt_int disabled_at;
};
struct account_new {
	struct str name, person, role;
	struct unit_id unit;
	struct str password_hash;
};

/*
 * Slow and memory-hungry on purpose: never on the writer's thread. password: LIMIT_PASSWORD_MIN
 * characters or more.
 */
NODISCARD bool account_hash_password(struct arena *a, struct str password, struct str *hash,
				     struct err *err);

NODISCARD bool account_add(struct ctx *ctx, const struct account_new *in, struct account_id *id,
			   struct err *err);
NODISCARD bool account_find(struct ctx *ctx, struct str name, struct account *out, bool *found,
			    struct err *err);
NODISCARD bool account_list(struct ctx *ctx, struct account **out, size_t *count, struct err *err);
/* Ends every session and token of the account too. */
NODISCARD bool account_set_password(struct ctx *ctx, struct account_id id, struct str password_hash,
				    struct err *err);
NODISCARD bool account_set_disabled(struct ctx *ctx, struct account_id id, bool disabled,
				    struct str reason, struct err *err);

/*
 * Sign-in in two steps, because the hash must not hold up the writer:
 * account_check reads (limits, hash, verification) and account_sign_in writes.
 */
enum sign_in_result { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_LIMITED };
struct sign_in_check {
	enum sign_in_result result;
	struct account account;
	struct str name, remote;
};
NODISCARD bool account_check(struct ctx *ctx, struct str name, struct str password,
			     struct str remote, struct sign_in_check *out, struct err *err);
/* Opens a session, or records the failure; *token is empty unless check->result is SIGN_IN_OK. */
NODISCARD bool account_sign_in(struct ctx *ctx, const struct sign_in_check *check,
			       struct str *token, struct err *err);
NODISCARD bool account_sign_out(struct ctx *ctx, struct str token, struct err *err);

/*
 * Whose session is this? found false when unknown, ended, or the account is disabled. Reads
 * only.
 */
struct account_session {
	struct account account;
	bool to_touch; /* its use was last noted more than a minute ago */
};
NODISCARD bool account_of_session(struct ctx *ctx, struct str token, struct account_session *out,
				  bool *found, struct err *err);
/* Notes the use, at most once a minute; for the writer. */
NODISCARD bool account_touch(struct ctx *ctx, struct str token, struct err *err);
struct actor account_actor(const struct account *a);
#endif
