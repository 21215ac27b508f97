/* reader.c - who is told how; tokens of calendars. */
#include "mailroom/reader.h"

#include "base/digest.h"
#include "base/rand.h"
#include "ledger/ledger.h"
#include "notice/notice.h"
#include "reader_sql.h"

#include <assert.h>

enum { TOKEN_BYTES = 32, TOKEN_LETTERS = 2 * TOKEN_BYTES };

struct word { struct str code, label; };
static const struct word digests[] = {
	[DIGEST_NONE] = { STR_INIT("none"), STR_INIT("不发") },
	[DIGEST_NEEDED] = { STR_INIT("needed"), STR_INIT("有逾期、即将到期或者待处理的事项时") },
	[DIGEST_DAILY] = { STR_INIT("daily"), STR_INIT("每个工作日") },
};
static_assert(COUNT_OF(digests) == READER_DIGEST_COUNT, "a choice without its words");
static const struct word scopes[] = {
	[FEED_MINE] = { STR_INIT("mine"), STR_INIT("我承办的申请") },
	[FEED_UNIT] = { STR_INIT("unit"), STR_INIT("本单位的申请") },
	[FEED_SITE] = { STR_INIT("site"), STR_INIT("全部单位的申请") },
};
static_assert(COUNT_OF(scopes) == FEED_SCOPE_COUNT, "a scope without its words");

struct str reader_digest_code(enum reader_digest d)
{
	return digests[d].code;
}

struct str reader_digest_label(enum reader_digest d)
{
	return digests[d].label;
}

static bool from(const struct word *words, int count, struct str code, int *out)
{
	for (int i = 0; i < count; i++)
		if (str_equal(code, words[i].code)) {
			*out = i;
			return true;
		}
	return false;
}

bool reader_digest_from(struct str code, enum reader_digest *out)
{
	int i = 0;
	bool found = from(digests, READER_DIGEST_COUNT, code, &i);

	if (found)
		*out = (enum reader_digest)i;
	return found;
}

struct str feed_scope_code(enum feed_scope s)
{
	return scopes[s].code;
}

struct str feed_scope_label(enum feed_scope s)
{
	return scopes[s].label;
}

bool feed_scope_from(struct str code, enum feed_scope *out)
{
	int i = 0;
	bool found = from(scopes, FEED_SCOPE_COUNT, code, &i);

	if (found)
		*out = (enum feed_scope)i;
	return found;
}

bool reader_of(struct ctx *ctx, struct account_id account, struct reader *out, struct err *err)
{
	struct reader_row_in in = { .account_id = account };
	struct reader_row_row row;
	bool found;

	*out = (struct reader){ .account = account, .email = STR_NONE, .digest = DIGEST_NEEDED,
				.digest_on = STR_NONE };
	if (!reader_row(ctx, &in, &row, &found, err))
		return false;
	if (!found)
		return true;
	out->email = row.email;
	out->digest_on = row.digest_on;
	out->has_feed = row.feed_hash.known;
	out->feed_made_at = row.feed_made_at;
	/* The table holds no others. */
	(void)reader_digest_from(row.digest, &out->digest);
	(void)feed_scope_from(row.feed_scope, &out->scope);
	return true;
}

/* The address is the office's, of one of its own: the chain needs to know only the choice. */
static bool note(struct ctx *ctx, struct account_id account, const char *verb, struct str what,
		 struct err *err)
{
	struct ledger_change change = { "told", STR_NONE, what };
	struct ledger_event e = { .subject_kind = "account", .subject_id = account.n, .verb = verb,
				  .changes = &change, .changes_count = 1 };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

bool reader_set(struct ctx *ctx, struct account_id account, struct str given,
		enum reader_digest digest, struct err *err)
{
	struct str email = str_trim(given);
	struct reader_write_in in = { account, email, digests[digest].code };

	if (email.len > 0 && !notice_address_ok(email))
		return err_set_field(err, "email", ERR_INVALID, "notice.bad_address", STR_FMT,
				     STR_ARG(email));
	return reader_write(ctx, &in, NULL, err) &&
	       note(ctx, account, "account.tell", digests[digest].code, err);
}

static struct str hash_of(struct arena *a, struct str token)
{
	return digest_hex(a, digest_of(DIGEST_SHA256, token));
}

bool reader_open_feed(struct ctx *ctx, struct account_id account, enum feed_scope scope,
		      struct str *token, struct err *err)
{
	struct str fresh = random_hex(ctx->arena, TOKEN_BYTES);
	struct reader_feed_in in = { .account_id = account,
				     .digest = digests[DIGEST_NEEDED].code,
				     .feed_hash = { true, hash_of(ctx->arena, fresh) },
				     .feed_scope = scopes[scope].code,
				     .feed_made_at = { true, ctx->now } };

	*token = fresh;
	return reader_feed(ctx, &in, NULL, err) &&
	       note(ctx, account, "account.open_feed", scopes[scope].code, err);
}

bool reader_close_feed(struct ctx *ctx, struct account_id account, struct err *err)
{
	struct reader_feed_in in = { .account_id = account,
				     .digest = digests[DIGEST_NEEDED].code,
				     .feed_scope = scopes[FEED_MINE].code };

	return reader_feed(ctx, &in, NULL, err) &&
	       note(ctx, account, "account.close_feed", STR_NONE, err);
}

bool reader_may(const struct account *a)
{
	struct actor actor = account_actor(a);

	return (actor.permissions & PERM_BIT(PERM_REQUEST_READ)) != 0;
}

bool reader_of_token(struct ctx *ctx, struct str token, struct feed_of *out, bool *found,
		     struct err *err)
{
	struct reader_by_feed_in in = { .feed_hash = { true, hash_of(ctx->arena, token) } };
	struct reader_by_feed_row row;

	*found = false;
	if (token.len != TOKEN_LETTERS)
		return true;
	if (!reader_by_feed(ctx, &in, &row, found, err) || !*found)
		return err->code == ERR_NONE;
	*out = (struct feed_of){ .scope = FEED_MINE };
	(void)feed_scope_from(row.feed_scope, &out->scope);
	if (!account_find(ctx, row.name, &out->account, found, err))
		return false;
	*found = *found && reader_may(&out->account);
	return true;
}
