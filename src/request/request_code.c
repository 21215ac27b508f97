/*
 * request_code.c - the query code of an applicant.
 *
 * A code is found by its keyed hash, so there is nothing to compare and nothing
 * to measure; the number must then fit too. Addresses are counted as keyed
 * hashes: who asked from where is no record this program keeps.
 */
#include "request/case.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "request_sql.h"
#include "text/normalise.h"

enum { CODE_LETTERS = 16, CODE_GROUP = 4, CODE_INPUT = 100, FAILURE_WINDOW_S = 15 * 60 };

/* As it was told: capitals without what people put between the groups. */
static struct str normal_of(struct arena *a, struct str code)
{
	struct str wide = normalise_width(a, code);
	char *out = arena_alloc(a, wide.len);
	size_t n = 0;

	for (size_t i = 0; i < wide.len; i++) {
		char c = wide.ptr[i];
		if (c != ' ' && c != '-' && c != '\t')
			out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	return (struct str){ out, n };
}

static struct str hash_of(struct ctx *ctx, struct str code)
{
	return vault_index(ctx->vault, ctx->arena, STR("query code"), normal_of(ctx->arena, code));
}

static bool note(struct ctx *ctx, const char *verb, struct request_id id, struct err *err)
{
	struct ledger_event event = { .subject_kind = "request", .subject_id = id.n, .verb = verb };
	int64_t seq;

	return ledger_append(ctx, &event, &seq, err);
}

bool request_code_make(struct ctx *ctx, struct request_id id, struct str *code, struct err *err)
{
	struct request_code_insert_in in = { .request_id = id, .made_at = ctx->now };
	struct buf b = buf_open(ctx->arena, CODE_LETTERS + CODE_GROUP, 2 * CODE_LETTERS);

	if (!vault_needed(ctx->vault, err))
		return false;
	struct str letters = random_code(ctx->arena, CODE_LETTERS);
	for (size_t i = 0; i < letters.len; i += CODE_GROUP) {
		buf_add_c(&b, i > 0 ? "-" : "");
		buf_add(&b, str_slice(letters, i, i + CODE_GROUP));
	}
	in.code_hash = hash_of(ctx, buf_str(&b));
	if (!request_code_insert(ctx, &in, NULL, err) || !note(ctx, "request.code", id, err))
		return false;
	*code = buf_str(&b);
	return true;
}

bool request_code_revoke(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct request_code_delete_in in = { .request_id = id };

	return request_code_delete(ctx, &in, NULL, err) && note(ctx, "request.code_end", id, err);
}

static bool is_limited(struct ctx *ctx, struct str remote, bool *limited, struct err *err)
{
	struct code_failure_count_in in = { .remote = remote,
					    .since = ctx->now - FAILURE_WINDOW_S };
	struct code_failure_count_row row;
	bool found;

	if (!code_failure_count(ctx, &in, &row, &found, err))
		return false;
	*limited = found && row.failures >= LIMIT_CODE_TRIES_PER_ADDRESS;
	return true;
}

static bool count_failure(struct ctx *ctx, struct str remote, struct err *err)
{
	struct code_failure_delete_old_in old = { .before = ctx->now - FAILURE_WINDOW_S };
	struct code_failure_insert_in in = { .at = ctx->now, .remote = remote };

	return code_failure_delete_old(ctx, &old, NULL, err) &&
	       code_failure_insert(ctx, &in, NULL, err);
}

static struct str address_of(struct ctx *ctx, struct str remote)
{
	return vault_index(ctx->vault, ctx->arena, STR("address"), remote);
}

bool request_code_limited(struct ctx *ctx, struct str remote, bool *limited, struct err *err)
{
	return vault_needed(ctx->vault, err) &&
	       is_limited(ctx, address_of(ctx, remote), limited, err);
}

bool request_code_missed(struct ctx *ctx, struct str remote, struct err *err)
{
	return vault_needed(ctx->vault, err) && count_failure(ctx, address_of(ctx, remote), err);
}

/* The code of a form that was split (一事一申请) opens every request made of it. */
static bool opens(struct ctx *ctx, struct request_id coded, struct request_id asked, bool *out,
		  struct err *err)
{
	struct request_whole whole;
	bool split;

	*out = coded.n == asked.n;
	if (!request_whole_find(ctx, asked, &whole, &split, err))
		return false;
	for (size_t i = 0; split && i < whole.parts_count; i++)
		*out = *out || whole.parts[i].n == coded.n;
	return true;
}

/* Both questions are asked whatever the first one says. */
static bool look_up(struct ctx *ctx, struct str number, struct str code, struct request_id *id,
		    bool *fits, struct err *err)
{
	struct request_code_of_in in = { .code_hash = hash_of(ctx, code) };
	struct request_ids_by_number_in by_number = { .number = number };
	struct request_ids_by_number_row *rows;
	struct request_code_of_row row;
	size_t count;
	bool found;

	if (!request_code_of(ctx, &in, &row, &found, err) ||
	    !request_ids_by_number_all(ctx, &by_number, 2, &rows, &count, err))
		return false;
	*fits = false;
	for (size_t i = 0; i < count && !*fits; i++) {
		struct request_id coded = found ? row.request_id : (struct request_id){ 0 };
		if (!opens(ctx, coded, rows[i].id, fits, err))
			return false;
		if (*fits)
			*id = rows[i].id;
	}
	return true;
}

bool request_code_check(struct ctx *ctx, struct str number, struct str code, struct str remote,
			struct request_id *id, enum code_verdict *verdict, struct err *err)
{
	bool limited, fits;

	if (!vault_needed(ctx->vault, err))
		return false;
	struct str address = address_of(ctx, remote);
	*verdict = CODE_LIMITED;
	if (!is_limited(ctx, address, &limited, err))
		return false;
	if (limited)
		return true;
	if (!look_up(ctx, str_trim(number), utf8_prefix(code, CODE_INPUT), id, &fits, err))
		return false;
	*verdict = fits ? CODE_RIGHT : CODE_WRONG;
	return fits || count_failure(ctx, address, err);
}
