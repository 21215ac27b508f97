#include "web/once.h"

#include "base/limits.h"
#include "base/rand.h"
#include "web/token.h"
#include "web_sql.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { KEY_MIN = 8, KEY_MAX = 200, FORM_ID = 32, SEALED_MAX = 64 * 1024 };

struct once {
	struct str id, print;
	struct digest seal; /* the key of the secret box */
};

static bool good_key(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] <= ' ' || key.ptr[i] > '~')
			return false;
	return key.len >= KEY_MIN && key.len <= KEY_MAX;
}

static void feed(struct exchange *x, struct digest_stream *s, struct str text)
{
	digest_feed(s, str_format(x->arena, "%zu:", text.len));
	digest_feed(s, text);
}

/*
 * Of what was said, not of how: the same form has another boundary each time. Keyed, so that nobody
 * without the site's secret can try out what may have been in it.
 */
static struct str print_of(struct exchange *x, const struct pairs *pairs)
{
	struct digest_stream *s = digest_begin(DIGEST_SHA256);

	feed(x, s, x->path.text);
	for (size_t i = 0; i < pairs->count; i++) {
		if (str_equal_c(pairs->at[i].name, "_csrf"))
			continue;
		feed(x, s, pairs->at[i].name);
		feed(x, s, pairs->at[i].file_name);
		feed(x, s, pairs->at[i].value);
	}
	return token_make(x->arena, x->server->config.secret, STR("answer-print"),
			  digest_hex(x->arena, digest_end(s)));
}

bool once_open(struct exchange *x, const struct pairs *pairs)
{
	struct str key = x->head.header[HEADER_IDEMPOTENCY_KEY], secret = x->server->config.secret;

	if (key.len == 0 || (x->rq.route->flags & ROUTE_KEEPS_NOTHING) != 0)
		return true;
	if (!good_key(key))
		return err_set(&x->err, ERR_INVALID, "web.bad_key", "%d|%d", KEY_MIN, KEY_MAX);
	struct str text = str_format(x->arena, "%" PRId64 "|" STR_FMT,
				     x->rq.ctx.actor.account_id, STR_ARG(key));
	x->once = ARENA_NEW(x->arena, struct once);
	x->once->id = token_make(x->arena, secret, STR("answer-id"), text);
	x->once->print = print_of(x, pairs);
	x->once->seal = digest_hmac(secret,
				   str_concat(x->arena, STR("answer-seal|"), text));
	/* Slices that know a form by its id know this one, and longer than its answer is kept. */
	if (x->rq.form_id.len == 0)
		x->rq.form_id = str_slice(x->once->id, 0, FORM_ID);
	return true;
}

/* ---- the sealed answer: nonce, then the box of "location\nbody" */

static struct str seal(struct exchange *x, struct str plain)
{
	size_t len = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.len;
	unsigned char *out = arena_alloc(x->arena, len);

	random_bytes(out, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.ptr,
			      plain.len, out, x->once->seal.bytes);
	return (struct str){ (const char *)out, len };
}

static bool unseal(struct exchange *x, struct str sealed, struct str *plain)
{
	const size_t more = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	const unsigned char *in = (const unsigned char *)sealed.ptr;

	if (sealed.len <= more)
		return false;
	unsigned char *out = arena_alloc(x->arena, sealed.len - more);
	*plain = (struct str){ (const char *)out, sealed.len - more };
	return crypto_secretbox_open_easy(out, in + crypto_secretbox_NONCEBYTES,
					  sealed.len - crypto_secretbox_NONCEBYTES, in,
					  x->once->seal.bytes) == 0;
}

bool once_find(struct exchange *x, bool *found, struct err *err)
{
	struct web_answer_by_id_in in = { .id = x->once->id,
					  .since = x->rq.ctx.now - LIMIT_ANSWER_S };
	struct web_answer_by_id_row row;
	struct str plain;

	*found = false;
	if (!web_answer_by_id(&x->rq.ctx, &in, &row, found, err) || !*found)
		return err->code == ERR_NONE;
	if (!str_equal(row.print, x->once->print)) {
		x->rp.status = 422;
		return err_set(err, ERR_INVALID, "web.key_reused", " ");
	}
	if (!unseal(x, row.sealed, &plain))
		return err_set(err, ERR_INTERNAL, "web.no_reason", "an answer cannot be unsealed");
	size_t line = str_find(plain, STR("\n"), 0);
	reply_reset(x);
	x->rp.status = (unsigned)row.status;
	x->rp.content_type = STR("application/json; charset=utf-8");
	x->rp.location = str_slice(plain, 0, line);
	x->rp.body = str_slice(plain, line + 1, plain.len);
	web_header(&x->rp, "Idempotency-Replayed", STR("true"));
	return true;
}

bool once_keep(struct exchange *x, struct err *err)
{
	const struct web_reply *rp = &x->rp;
	unsigned status = rp->status != 0 ? rp->status : 200;

	/* A session is opened anew each time: its cookie is not for keeping. */
	if (status >= 300 || rp->sets_cookie || rp->body.len > SEALED_MAX ||
	    !str_starts(rp->content_type, STR("application/json")))
		return true;
	struct str plain = str_format(x->arena, STR_FMT "\n" STR_FMT, STR_ARG(rp->location),
				      STR_ARG(rp->body));
	struct web_answer_insert_in in = { .id = x->once->id, .print = x->once->print,
					   .status = status, .sealed = seal(x, plain),
					   .at = x->rq.ctx.now };
	struct web_answer_delete_old_in old = { .before = x->rq.ctx.now - LIMIT_ANSWER_S };
	return web_answer_delete_old(&x->rq.ctx, &old, NULL, err) &&
	       web_answer_insert(&x->rq.ctx, &in, NULL, err);
}
