/*
 * vault.h - one key for what must not be read in a copy of the database.
 *
 * Sealed bytes (XChaCha20-Poly1305) carry a version and a nonce and hold only
 * at the place they were made for: `about` names it ("identity 17"), so that a
 * row moved to another person does not open. An index is a keyed hash: equal
 * for equal values, of no use without the key. Both keys are derived from one
 * master key, which lives in a file beside the database and never in it.
 */
#ifndef BASE_VAULT_H
#define BASE_VAULT_H

#include "base/err.h"

enum { VAULT_KEY_BYTES = 32 };

struct vault {
	unsigned char seal[VAULT_KEY_BYTES], index[VAULT_KEY_BYTES];
};

/* key: VAULT_KEY_BYTES random bytes; ERR_INVALID "base.vault_key" if it has another length. */
NODISCARD bool vault_from_key(struct str key, struct vault *out, struct err *err);

struct str vault_seal(const struct vault *v, struct arena *a, struct str about, struct str plain);
/*
 * ERR_UNAVAILABLE "base.vault_closed" if v is NULL (no key was found),
 * "base.vault_damaged" if it was sealed with another key, for another place, or changed since.
 */
NODISCARD bool vault_unseal(const struct vault *v, struct arena *a, struct str about,
			    struct str sealed, struct str *plain, struct err *err);
/* Hex. purpose keeps kinds of values apart: the index of a phone says nothing about codes. */
struct str vault_index(const struct vault *v, struct arena *a, struct str purpose,
		       struct str value);
/* ERR_UNAVAILABLE "base.vault_closed" if there is none: before a seal or an index. */
NODISCARD bool vault_needed(const struct vault *v, struct err *err);
#endif
