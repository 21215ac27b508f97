#include "web/token.h"

#include <string.h>

enum { BLOCK = 64 };

/* RFC 2104. */
struct digest token_hmac(struct str key, struct str data)
{
	char inner[BLOCK] = { 0 }, outer[BLOCK];
	struct digest shortened;

	if (key.len > BLOCK) {
		shortened = digest_of(DIGEST_SHA256, key);
		key = (struct str){ (const char *)shortened.bytes, DIGEST_BYTES };
	}
	if (key.len > 0)
		memcpy(inner, key.ptr, key.len);
	for (size_t i = 0; i < BLOCK; i++) {
		outer[i] = (char)(inner[i] ^ 0x5c);
		inner[i] = (char)(inner[i] ^ 0x36);
	}
	struct digest first = digest_of_two(DIGEST_SHA256, (struct str){ inner, BLOCK }, data);
	return digest_of_two(DIGEST_SHA256, (struct str){ outer, BLOCK },
			     (struct str){ (const char *)first.bytes, DIGEST_BYTES });
}

struct str token_make(struct arena *a, struct str secret, struct str purpose, struct str data)
{
	struct str text = str_format(a, STR_FMT "|" STR_FMT, STR_ARG(purpose), STR_ARG(data));

	return digest_hex(a, token_hmac(secret, text));
}

bool token_check(struct arena *a, struct str secret, struct str purpose, struct str data,
		 struct str token)
{
	return token.len == TOKEN_HEX &&
	       secret_equal(token, token_make(a, secret, purpose, data));
}
