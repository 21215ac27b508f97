/*
 * vault.c - libsodium's AEAD and keyed BLAKE2b under two subkeys.
 *
 * The first byte of what is sealed says how: a later algorithm gets another
 * one, and what was sealed before still opens.
 */
#include "base/vault.h"

#include "base/rand.h"

#include <assert.h>
#include <sodium.h>

enum {
	VERSION_1 = 1,
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	HEAD_BYTES = 1 + NONCE_BYTES,
	SUBKEY_SEAL = 1,
	SUBKEY_INDEX = 2,
	INDEX_BYTES = 32,
};

bool vault_from_key(struct str key, struct vault *out, struct err *err)
{
	const unsigned char *master = (const unsigned char *)key.ptr;

	if (key.len != VAULT_KEY_BYTES || sodium_init() < 0)
		return err_set(err, ERR_INVALID, "base.vault_key", "%d", VAULT_KEY_BYTES);
	crypto_kdf_derive_from_key(out->seal, sizeof out->seal, SUBKEY_SEAL, "gongkai1", master);
	crypto_kdf_derive_from_key(out->index, sizeof out->index, SUBKEY_INDEX, "gongkai1", master);
	return true;
}

bool vault_needed(const struct vault *v, struct err *err)
{
	return v != NULL || err_set(err, ERR_UNAVAILABLE, "base.vault_closed", " ");
}

struct str vault_seal(const struct vault *v, struct arena *a, struct str about, struct str plain)
{
	unsigned char *out = arena_alloc(a, HEAD_BYTES + plain.len + TAG_BYTES);
	unsigned long long len = 0;

	assert(v != NULL);
	out[0] = VERSION_1;
	random_bytes(out + 1, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		out + HEAD_BYTES, &len, (const unsigned char *)plain.ptr, plain.len,
		(const unsigned char *)about.ptr, about.len, NULL, out + 1, v->seal);
	return (struct str){ (const char *)out, HEAD_BYTES + (size_t)len };
}

bool vault_unseal(const struct vault *v, struct arena *a, struct str about, struct str sealed,
		  struct str *plain, struct err *err)
{
	const unsigned char *in = (const unsigned char *)sealed.ptr;
	unsigned long long len = 0;

	if (!vault_needed(v, err))
		return false;
	if (sealed.len < HEAD_BYTES + TAG_BYTES || in[0] != VERSION_1)
		return err_set(err, ERR_UNAVAILABLE, "base.vault_damaged", STR_FMT, STR_ARG(about));
	unsigned char *out = arena_alloc(a, sealed.len);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    out, &len, NULL, in + HEAD_BYTES, sealed.len - HEAD_BYTES,
		    (const unsigned char *)about.ptr, about.len, in + 1, v->seal) != 0)
		return err_set(err, ERR_UNAVAILABLE, "base.vault_damaged", STR_FMT, STR_ARG(about));
	*plain = (struct str){ (const char *)out, (size_t)len };
	return true;
}

struct str vault_index(const struct vault *v, struct arena *a, struct str purpose, struct str value)
{
	unsigned char hash[INDEX_BYTES], length[8];
	crypto_generichash_state state;
	char *hex = arena_alloc(a, 2 * INDEX_BYTES + 1);

	assert(v != NULL);
	/* The purpose's length stands first, so that no purpose and value read as another pair. */
	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)((uint64_t)purpose.len >> (8 * i));
	crypto_generichash_init(&state, v->index, sizeof v->index, INDEX_BYTES);
	crypto_generichash_update(&state, length, sizeof length);
	crypto_generichash_update(&state, (const unsigned char *)purpose.ptr, purpose.len);
	crypto_generichash_update(&state, (const unsigned char *)value.ptr, value.len);
	crypto_generichash_final(&state, hash, INDEX_BYTES);
	sodium_bin2hex(hex, 2 * INDEX_BYTES + 1, hash, INDEX_BYTES);
	return (struct str){ hex, 2 * INDEX_BYTES };
}
