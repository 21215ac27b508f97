/*
 * flash.c - the one sentence about what just happened, carried over a redirect.
 *
 * The cookie holds a key of the message catalogue and a signature, so nobody
 * outside can put words on a page; it lasts a minute and is removed when shown.
 */
#include "web/exchange.h"
#include "web/token.h"

enum { FLASH_SECONDS = 60 };

/* A cookie of an earlier version may name a sentence that is gone. */
static bool in_catalogue(struct str key)
{
	for (size_t i = 0; i < message_catalogue_count; i++)
		if (str_equal_c(key, message_catalogue[i].key))
			return true;
	return false;
}

void flash_set(struct web_reply *rp, const char *key)
{
	struct exchange *x = rp->x;
	struct str text = str_from_c(key);
	struct str token = token_make(rp->arena, x->server->config.secret, STR("flash"), text);

	reply_cookie(rp, x->server->cookies.flash,
		     str_format(rp->arena, STR_FMT "~" STR_FMT, STR_ARG(text), STR_ARG(token)),
		     FLASH_SECONDS);
}

bool flash_take(struct exchange *x, struct str *sentence)
{
	struct str value;

	if (!cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.flash, &value))
		return false;
	reply_cookie(&x->rp, x->server->cookies.flash, STR_NONE, 0);
	size_t mark = str_find(value, STR("~"), 0);
	struct str key = str_slice(value, 0, mark);
	if (mark == SIZE_MAX ||
	    !token_check(x->arena, x->server->config.secret, STR("flash"), key,
			 str_slice(value, mark + 1, value.len)) ||
	    !in_catalogue(key))
		return false;
	*sentence = message_text(x->arena, x->rq.ctx.locale, str_to_c(x->arena, key), STR_NONE);
	return true;
}
