/*
 * seal.c - a JSON object of texts in a sealed box: a new text needs no migration.
 */
#include "notice/seal.h"

#include "base/vault.h"

#include <jansson.h>

struct str seal_texts(struct ctx *ctx, struct str place, const struct seal_text *texts,
		      size_t count)
{
	json_t *object = json_object();

	for (size_t i = 0; i < count; i++)
		if (texts[i].value->len > 0)
			json_object_set_new(object, texts[i].name,
					    json_stringn(texts[i].value->ptr, texts[i].value->len));
	size_t len = json_dumpb(object, NULL, 0, JSON_COMPACT | JSON_SORT_KEYS);
	char *plain = arena_alloc(ctx->arena, len);
	(void)json_dumpb(object, plain, len, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(object);
	return vault_seal(ctx->vault, ctx->arena, place, (struct str){ plain, len });
}

bool seal_open_texts(struct ctx *ctx, struct str place, struct str sealed,
		     const struct seal_text *texts, size_t count, struct err *err)
{
	struct str plain = STR("{}");

	if (sealed.len > 0 && !vault_unseal(ctx->vault, ctx->arena, place, sealed, &plain, err))
		return false;
	json_t *object = json_loadb(plain.ptr, plain.len, 0, NULL);
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_object_get(object, texts[i].name);
		*texts[i].value =
			value == NULL
				? STR_NONE
				: str_copy(ctx->arena, (struct str){ json_string_value(value),
								     json_string_length(value) });
	}
	json_decref(object);
	return true;
}

struct str seal_index(struct ctx *ctx, const char *purpose, struct str value)
{
	char *lower = arena_alloc(ctx->arena, value.len);

	if (value.len == 0)
		return STR_NONE;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	return vault_index(ctx->vault, ctx->arena, str_from_c(purpose),
			   (struct str){ lower, value.len });
}
