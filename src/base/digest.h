/* digest.h - SHA-256 and SM3 (GM/T 0004-2012), by libgcrypt; and constant-time comparison. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/str.h"

enum { DIGEST_BYTES = 32 };
struct digest { unsigned char bytes[DIGEST_BYTES]; };
enum digest_kind { DIGEST_SHA256, DIGEST_SM3 };

struct digest digest_of(enum digest_kind kind, struct str data);
struct digest digest_of_two(enum digest_kind kind, struct str first, struct str second);
/* HMAC-SHA-256 (RFC 2104): what only who has the key can have made. */
struct digest digest_hmac(struct str key, struct str data);
struct str digest_hex(struct arena *a, struct digest d);
bool digest_from_hex(struct str hex, struct digest *out);
bool digest_equal(struct digest a, struct digest b); /* constant time */

struct digest_stream;
struct digest_stream *digest_begin(enum digest_kind kind); /* end with digest_end */
void digest_feed(struct digest_stream *s, struct str data);
struct digest digest_end(struct digest_stream *s);
bool secret_equal(struct str a, struct str b); /* constant time for equal lengths */
#endif
