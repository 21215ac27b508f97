/*
 * csrf.c - that a POST comes from a page of this site, shown to this person.
 *
 * Two independent tests, both must hold. The browser's own word: Origin names
 * our host, Sec-Fetch-Site is not another site's; a client that sends neither
 * is left to the second. The token: an HMAC of the session, or for the public
 * of a random cookie, which a page of another site can neither read nor make.
 */
#include "base/rand.h"
#include "web/exchange.h"
#include "web/token.h"

enum { SEED_BYTES = 16 };

bool csrf_origin_good(const struct http_request *head)
{
	struct str origin = head->header[HEADER_ORIGIN], site = head->header[HEADER_SEC_FETCH_SITE];

	if (site.len > 0 && !str_equal_c(site, "same-origin") && !str_equal_c(site, "none"))
		return false;
	if (origin.len == 0)
		return true;
	/* Behind a proxy the scheme is his; the host and port are the ones the browser sees. */
	if (!str_take_str(&origin, STR("https://")) && !str_take_str(&origin, STR("http://")))
		return false;
	return str_equal_ascii_nocase(origin, head->header[HEADER_HOST]);
}

static bool good_seed(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
			return false;
	return s.len == 2 * SEED_BYTES;
}

static bool anonymous_cookie(struct exchange *x, struct str *seed)
{
	return cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.anonymous, seed) &&
	       good_seed(*seed);
}

struct str csrf_token_for(struct arena *a, struct str secret, bool known, struct str seed)
{
	return token_make(a, secret, known ? STR("csrf") : STR("csrf-anonymous"), seed);
}

bool csrf_token_good(struct exchange *x, struct str token)
{
	struct str seed = x->csrf_seed;

	if (!x->known && !anonymous_cookie(x, &seed))
		return false;
	return token_check(x->arena, x->server->config.secret,
			   x->known ? STR("csrf") : STR("csrf-anonymous"), seed, token);
}

struct str csrf_token_of(struct exchange *x)
{
	if (x->known)
		return x->rq.csrf;
	if (x->anonymous_seed.len == 0 && !anonymous_cookie(x, &x->anonymous_seed)) {
		x->anonymous_seed = random_hex(x->arena, SEED_BYTES);
		reply_cookie(&x->rp, x->server->cookies.anonymous, x->anonymous_seed, -1);
	}
	return csrf_token_for(x->arena, x->server->config.secret, false, x->anonymous_seed);
}
