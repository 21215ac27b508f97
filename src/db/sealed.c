/*
 * sealed.c - the mark, and letters for the vault's bytes: a text column of either
 * engine takes no others.
 */
#include "db/sealed.h"

#include "base/vault.h"

#include <sodium.h>

/* No form and no file brings this sign: it is refused or dropped with other control signs. */
enum { MARK = 1, VARIANT = sodium_base64_VARIANT_ORIGINAL_NO_PADDING };

bool sealed_marked(struct str stored)
{
	return stored.len > 0 && stored.ptr[0] == MARK;
}

bool sealed_close(struct ctx *ctx, const char *field, struct str *text, struct err *err)
{
	if (text->len == 0)
		return true;
	if (!vault_needed(ctx->vault, err))
		return false;
	struct str bytes = vault_seal(ctx->vault, ctx->arena, str_from_c(field), *text);
	size_t room = sodium_base64_encoded_len(bytes.len, VARIANT);
	char *out = arena_alloc(ctx->arena, 1 + room);
	out[0] = MARK;
	sodium_bin2base64(out + 1, room, (const unsigned char *)bytes.ptr, bytes.len, VARIANT);
	*text = (struct str){ out, room }; /* the mark, and the letters without their NUL */
	return true;
}

bool sealed_open(struct ctx *ctx, const char *field, struct str *text, struct err *err)
{
	struct str about = str_from_c(field), bytes;

	if (!sealed_marked(*text))
		return true;
	unsigned char *out = arena_alloc(ctx->arena, text->len);
	if (sodium_base642bin(out, text->len, text->ptr + 1, text->len - 1, NULL, &bytes.len, NULL,
			      VARIANT) != 0)
		return err_set(err, ERR_UNAVAILABLE, "base.vault_damaged", STR_FMT, STR_ARG(about));
	bytes.ptr = (const char *)out;
	return vault_unseal(ctx->vault, ctx->arena, about, bytes, text, err);
}
