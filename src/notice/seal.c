/*
 * seal.c - kept as they are until the site has a key of its own for personal data.
 */
#include "notice/seal.h"

#include "base/digest.h"

struct str seal_close(struct ctx *ctx, struct str plain)
{
	return str_copy(ctx->arena, plain);
}

bool seal_open(struct ctx *ctx, struct str sealed, struct str *plain, struct err *err)
{
	(void)err;
	*plain = str_copy(ctx->arena, sealed);
	return true;
}

struct str seal_index(struct ctx *ctx, struct str plain)
{
	char *lower = arena_alloc(ctx->arena, plain.len);

	for (size_t i = 0; i < plain.len; i++) {
		char c = plain.ptr[i];
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	return digest_hex(ctx->arena, digest_of(DIGEST_SHA256, (struct str){ lower, plain.len }));
}
