/*
 * token.h - values that only this site can have made: CSRF tokens, flash cookies.
 *
 * HMAC-SHA-256 under the site's secret, with the purpose in front, so that a
 * token of one kind is never one of another.
 */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H

#include "base/digest.h"

enum { TOKEN_HEX = 2 * DIGEST_BYTES };

/* Lower-case hex. purpose holds no '|'. */
struct str token_make(struct arena *a, struct str secret, struct str purpose, struct str data);
/* In constant time. */
bool token_check(struct arena *a, struct str secret, struct str purpose, struct str data,
		 struct str token);
#endif
