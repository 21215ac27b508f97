#include "base/digest.h"

#include "base/log.h"

#include <gcrypt.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const int algorithms[] = { [DIGEST_SHA256] = GCRY_MD_SHA256, [DIGEST_SM3] = GCRY_MD_SM3 };
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void must(bool ok)
{
	if (ok)
		return;
	/* Out of memory, or a library without the algorithm: no receipt may be given out. */
	log_write(LOG_ERROR, "digest.failed", "the cryptographic library refused");
	abort();
}

/* The program's own use of it begins here; a library that uses it too may have come first. */
static void open_library(void)
{
	if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P) != 0)
		return;
	must(gcry_check_version(NULL) != NULL);
	gcry_control(GCRYCTL_DISABLE_SECMEM, 0); /* it keeps no secret of ours between calls */
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	/* Asked for by the whole machine before main, and not to be undone: SM3 is missing then. */
	if (gcry_fips_mode_active())
		log_write(LOG_ERROR, "digest.fips",
			  "libgcrypt is in FIPS mode, where it refuses SM3: boot without fips=1, "
			  "remove /etc/gcrypt/fips_enabled, unset LIBGCRYPT_FORCE_FIPS_MODE");
}

/* The library's own handle under our name: callers see neither it nor its headers. */
static gcry_md_hd_t handle_of(struct digest_stream *s)
{
	return (gcry_md_hd_t)(void *)s;
}

struct digest_stream *digest_begin(enum digest_kind kind)
{
	gcry_md_hd_t md;

	pthread_once(&opened, open_library);
	must(gcry_md_open(&md, algorithms[kind], 0) == 0);
	return (struct digest_stream *)(void *)md;
}

void digest_feed(struct digest_stream *s, struct str data)
{
	gcry_md_write(handle_of(s), data.ptr, data.len);
}

struct digest digest_end(struct digest_stream *s)
{
	struct digest d;
	const unsigned char *bytes = gcry_md_read(handle_of(s), 0);

	must(bytes != NULL);
	memcpy(d.bytes, bytes, DIGEST_BYTES);
	gcry_md_close(handle_of(s));
	return d;
}

struct digest digest_of(enum digest_kind kind, struct str data)
{
	return digest_of_two(kind, data, STR_NONE);
}

static gcry_buffer_t buffer_of(struct str s)
{
	return (gcry_buffer_t){ .data = (void *)(uintptr_t)s.ptr, .len = s.len };
}

struct digest digest_of_two(enum digest_kind kind, struct str first, struct str second)
{
	const gcry_buffer_t buffers[] = { buffer_of(first), buffer_of(second) };
	struct digest d = { { 0 } };

	pthread_once(&opened, open_library);
	must(gcry_md_get_algo_dlen(algorithms[kind]) == DIGEST_BYTES &&
	     gcry_md_hash_buffers(algorithms[kind], 0, d.bytes, buffers, 2) == 0);
	return d;
}

struct str digest_hex(struct arena *a, struct digest d)
{
	static const char digit[] = "0123456789abcdef";
	char *hex = arena_alloc(a, 2 * DIGEST_BYTES);

	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		hex[2 * i] = digit[d.bytes[i] >> 4];
		hex[2 * i + 1] = digit[d.bytes[i] & 15];
	}
	return (struct str){ hex, 2 * DIGEST_BYTES };
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool digest_from_hex(struct str hex, struct digest *out)
{
	struct digest d;

	if (hex.len != 2 * DIGEST_BYTES)
		return false;
	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		int high = hex_value(hex.ptr[2 * i]), low = hex_value(hex.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		d.bytes[i] = (unsigned char)(high * 16 + low);
	}
	*out = d;
	return true;
}

bool digest_equal(struct digest a, struct digest b)
{
	return sodium_memcmp(a.bytes, b.bytes, DIGEST_BYTES) == 0;
}

bool secret_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || sodium_memcmp(a.ptr, b.ptr, a.len) == 0);
}

enum { HMAC_BLOCK = 64 };

struct digest digest_hmac(struct str key, struct str data)
{
	char inner[HMAC_BLOCK] = { 0 }, outer[HMAC_BLOCK];
	struct digest shortened;

	if (key.len > HMAC_BLOCK) {
		shortened = digest_of(DIGEST_SHA256, key);
		key = (struct str){ (const char *)shortened.bytes, DIGEST_BYTES };
	}
	if (key.len > 0)
		memcpy(inner, key.ptr, key.len);
	for (size_t i = 0; i < HMAC_BLOCK; i++) {
		outer[i] = (char)(inner[i] ^ 0x5c);
		inner[i] = (char)(inner[i] ^ 0x36);
	}
	struct digest first = digest_of_two(DIGEST_SHA256, (struct str){ inner, HMAC_BLOCK }, data);
	return digest_of_two(DIGEST_SHA256, (struct str){ outer, HMAC_BLOCK },
			     (struct str){ (const char *)first.bytes, DIGEST_BYTES });
}
