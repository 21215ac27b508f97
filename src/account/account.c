/*
 * account.c - staff accounts and their sessions.
 */
#include "account/account.h"

#include "account_sql.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "ledger/ledger.h"

#include <sodium.h>

enum {
	FAILURE_WINDOW_S = 15 * 60,
	TOKEN_BYTES = 32,
	ACCOUNTS_MAX = 20000,
	TOUCH_S = 60,
	HASH_MEMORY = 46 * 1024 *
		      1024, /* OWASP's profile: 46 MiB with one pass, one lane; two passes here */
	HASH_PASSES = 2,
};

/*
 * Verified against for unknown names, so that they take as long as known ones. Made once per
 * call from a fixed text.
 */
static const char unknown_hash[] =
	"$argon2id$v=19$m=47104,t=2,p=1$c29tZS1jb25zdGFudC1zYQ"
	"$YH5Rz0vXyJ0ZVJv0wYf1nVtM1sQyMJ3pPj0u9oIhQ0E";

static struct str token_key(struct arena *a, struct str token)
{
	return digest_hex(a, digest_of(DIGEST_SHA256, token));
}

/* Sign-in names are plain so that they cannot be confused with one another. */
static bool good_name(struct str name)
{
	if (name.len < 2 || name.len > 40)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
		      c == '_'))
			return false;
	}
	return true;
}

bool account_hash_password(struct arena *a, struct str password, struct str *hash, struct err *err)
{
	if (utf8_length(password) < LIMIT_PASSWORD_MIN || password.len > LIMIT_PASSWORD_BYTES)
		return err_set_field(err, "password", ERR_INVALID, "account.bad_password", "%d|%d",
				     LIMIT_PASSWORD_MIN, LIMIT_PASSWORD_BYTES);

	char *out = ARENA_ARRAY(a, crypto_pwhash_STRBYTES, char);
	if (sodium_init() < 0 ||
	    crypto_pwhash_str(out, password.ptr, password.len, HASH_PASSES, HASH_MEMORY) != 0)
		return err_set(err, ERR_UNAVAILABLE, "account.no_memory_to_hash", " ");
	*hash = str_from_c(out);
	return true;
}

static bool note(struct ctx *ctx, const char *verb, struct account_id id, const char *field,
		 struct str value, struct str reason, struct err *err)
{
	struct ledger_change change = { field, STR_NONE, value };
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "account",
						     .subject_id = id.n,
						     .verb = verb,
						     .changes = &change,
						     .changes_count = field != NULL ? 1 : 0,
						     .reason = reason },
			     &seq, err);
}

bool account_add(struct ctx *ctx, const struct account_new *in, struct account_id *id,
		 struct err *err)
{
	struct account_insert_row row;
	struct account taken;
	bool found;

	if (!good_name(in->name))
		return err_set_field(err, "name", ERR_INVALID, "account.bad_name", STR_FMT,
				     STR_ARG(in->name));
	if (in->person.len == 0 || in->person.len > 100)
		return err_set_field(err, "person", ERR_INVALID, "account.bad_person", " ");
	if (role_find(in->role) == NULL || str_equal(in->role, STR("public")))
		return err_set_field(err, "role", ERR_INVALID, "account.bad_role", STR_FMT,
				     STR_ARG(in->role));
	if (!account_find(ctx, in->name, &taken, &found, err))
		return false;
	if (found)
		return err_set_field(err, "name", ERR_CONFLICT, "account.name_taken", STR_FMT,
				     STR_ARG(in->name));
	if (!account_insert(ctx,
			    &(struct account_insert_in){ .name = in->name,
							 .person = in->person,
							 .unit_id = in->unit,
							 .role = in->role,
							 .password_hash = in->password_hash,
							 .created_at = ctx->now },
			    &row, &found, err))
		return false;
	*id = row.id;
	return note(ctx, "account.add", row.id, "role", in->role, STR_NONE, err);
}

bool account_find(struct ctx *ctx, struct str name, struct account *out, bool *found,
		  struct err *err)
{
	struct account_by_name_row row;

	if (!account_by_name(ctx, &(struct account_by_name_in){ .name = name }, &row, found, err))
		return false;
	if (*found)
		*out = (struct account){ .id = row.id, .name = row.name, .person = row.person,
					 .role = row.role, .unit = row.unit_id,
					 .disabled_at = row.disabled_at };
	return true;
}

bool account_list(struct ctx *ctx, struct account **out, size_t *count, struct err *err)
{
	struct account_all_row *rows;

	if (!account_all_all(ctx, ACCOUNTS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct account);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct account){ .id = rows[i].id,
					      .name = rows[i].name,
					      .person = rows[i].person,
					      .role = rows[i].role,
					      .unit = rows[i].unit_id,
					      .disabled_at = rows[i].disabled_at };
	return true;
}

bool account_set_password(struct ctx *ctx, struct account_id id, struct str password_hash,
			  struct err *err)
{
	return account_password_write(ctx,
				      &(struct account_password_write_in){
					      .id = id, .password_hash = password_hash },
				      NULL, err) &&
	       session_delete_of_account(ctx,
					 &(struct session_delete_of_account_in){ .account_id = id },
					 NULL, err) &&
	       token_revoke_of_account(ctx,
				       &(struct token_revoke_of_account_in){ .account_id = id,
									     .at = ctx->now },
				       NULL, err) &&
	       note(ctx, "account.set_password", id, NULL, STR_NONE, STR_NONE, err);
}

bool account_set_disabled(struct ctx *ctx, struct account_id id, bool disabled, struct str reason,
			  struct err *err)
{
	struct account_disable_write_in in = { .id = id, .disabled_at = { disabled, ctx->now } };
	int64_t changed;

	if (!account_disable_write(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_NOT_FOUND, "account.none", " ");
	return session_delete_of_account(ctx,
					 &(struct session_delete_of_account_in){ .account_id = id },
					 NULL, err) &&
	       note(ctx, disabled ? "account.disable" : "account.enable", id, NULL, STR_NONE,
		    reason, err);
}

/*
 * An address is limited by its own failures, an account by everybody's; but an
 * address from which the account is signed in already is let through, so that a
 * stranger who guesses cannot lock the owner out.
 */
static bool limited(struct ctx *ctx, struct str name, struct str remote, bool *out, struct err *err)
{
	struct failure_count_name_row by_name;
	struct failure_count_remote_row by_remote;
	struct session_from_address_row known;
	int64_t since = ctx->now - FAILURE_WINDOW_S;
	bool found;

	if (!failure_count_name(ctx,
				&(struct failure_count_name_in){ .name = name, .since = since },
				&by_name, &found, err) ||
	    !failure_count_remote(
		    ctx, &(struct failure_count_remote_in){ .remote = remote, .since = since },
		    &by_remote, &found, err) ||
	    !session_from_address(
		    ctx, &(struct session_from_address_in){ .name = name, .remote = remote },
		    &known, &found, err))
		return false;
	*out = by_remote.failures >= LIMIT_LOGIN_TRIES_PER_ADDRESS ||
	       (by_name.failures >= LIMIT_LOGIN_TRIES_PER_ACCOUNT && known.sessions == 0);
	return true;
}

bool account_check(struct ctx *ctx, struct str name, struct str password, struct str remote,
		   struct sign_in_check *out, struct err *err)
{
	struct account_by_name_row row;
	bool found = false, stop;

	*out = (struct sign_in_check){ .result = SIGN_IN_WRONG, .remote = remote,
				       .name = good_name(name) ? name : STR("?") };
	if (!limited(ctx, out->name, remote, &stop, err))
		return false;
	if (stop) {
		out->result = SIGN_IN_LIMITED;
		return true;
	}
	if (good_name(name) &&
	    !account_by_name(ctx, &(struct account_by_name_in){ .name = name }, &row, &found, err))
		return false;

	const char *hash = found ? str_to_c(ctx->arena, row.password_hash) : unknown_hash;
	bool fits = sodium_init() >= 0 && password.len <= LIMIT_PASSWORD_BYTES &&
		    crypto_pwhash_str_verify(hash, password.ptr, password.len) == 0;
	if (!found || !fits || row.disabled_at.known)
		return true;
	out->result = SIGN_IN_OK;
	out->account = (struct account){ .id = row.id, .name = row.name, .person = row.person,
					 .role = row.role, .unit = row.unit_id };
	return true;
}

bool account_sign_in(struct ctx *ctx, const struct sign_in_check *check, struct str *token,
		     struct err *err)
{
	int64_t now = ctx->now;

	*token = STR_NONE;
	if (check->result == SIGN_IN_LIMITED)
		return true;
	if (check->result == SIGN_IN_WRONG)
		return failure_delete_old(
			       ctx,
			       &(struct failure_delete_old_in){ .before = now - FAILURE_WINDOW_S },
			       NULL, err) &&
		       failure_insert(ctx,
				      &(struct failure_insert_in){ .at = now,
								   .name = check->name,
								   .remote = check->remote },
				      NULL, err);

	struct str fresh = random_hex(ctx->arena, TOKEN_BYTES);
	ctx->actor = account_actor(&check->account);
	if (!session_delete_old(
		    ctx,
		    &(struct session_delete_old_in){ .used_before = now - LIMIT_SESSION_TOTAL_S },
		    NULL, err) ||
	    !session_insert(ctx,
			    &(struct session_insert_in){ .token_hash = token_key(ctx->arena, fresh),
							 .account_id = check->account.id,
							 .at = now,
							 .remote = check->remote },
			    NULL, err) ||
	    !note(ctx, "account.sign_in", check->account.id, NULL, STR_NONE, STR_NONE, err))
		return false;
	*token = fresh;
	return true;
}

bool account_sign_out(struct ctx *ctx, struct str token, struct err *err)
{
	return session_delete(
		       ctx,
		       &(struct session_delete_in){ .token_hash = token_key(ctx->arena, token) },
		       NULL, err) &&
	       note(ctx, "account.sign_out", (struct account_id){ ctx->actor.account_id }, NULL,
		    STR_NONE, STR_NONE, err);
}

bool account_of_session(struct ctx *ctx, struct str token, struct account_session *out,
			bool *found, struct err *err)
{
	struct session_account_row row;

	*found = false;
	if (token.len != TOKEN_BYTES * 2)
		return true;
	struct session_account_in in = { .token_hash = token_key(ctx->arena, token),
					 .idle_since = ctx->now - LIMIT_SESSION_IDLE_S,
					 .created_since = ctx->now - LIMIT_SESSION_TOTAL_S };
	if (!session_account(ctx, &in, &row, found, err))
		return false;
	if (*found) {
		out->to_touch = row.used_at < ctx->now - TOUCH_S;
		out->account = (struct account){ .id = row.id, .name = row.name,
						 .person = row.person, .role = row.role,
						 .unit = row.unit_id };
	}
	return true;
}

bool account_touch(struct ctx *ctx, struct str token, struct err *err)
{
	return session_touch(ctx,
			     &(struct session_touch_in){ .token_hash = token_key(ctx->arena, token),
							 .at = ctx->now,
							 .before = ctx->now - TOUCH_S },
			     NULL, err);
}

struct actor account_actor(const struct account *a)
{
	const struct role *role = role_find(a->role);

	return (struct actor){ .account_id = a->id.n, .unit_id = a->unit.n,
			       .permissions = role != NULL ? role->permissions : 0,
			       .role = a->role, .name = a->person };
}
