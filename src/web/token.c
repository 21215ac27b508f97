#include "web/token.h"

struct str token_make(struct arena *a, struct str secret, struct str purpose, struct str data)
{
	struct str text = str_format(a, STR_FMT "|" STR_FMT, STR_ARG(purpose), STR_ARG(data));

	return digest_hex(a, digest_hmac(secret, text));
}

bool token_check(struct arena *a, struct str secret, struct str purpose, struct str data,
		 struct str token)
{
	return token.len == TOKEN_HEX &&
	       secret_equal(token, token_make(a, secret, purpose, data));
}
