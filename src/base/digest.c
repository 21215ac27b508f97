#include "base/digest.h"

#include "base/log.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void must(int ok)
{
	if (ok == 1)
		return;
	/* Out of memory, or an OpenSSL without the algorithm: no receipt may be given out. */
	log_write(LOG_ERROR, "digest.failed", "the cryptographic library refused");
	abort();
}

/*
 * Fetched once: EVP_sha256() is looked up again for each digest, at the price of a short one. And a
 * key under which each thread keeps a context: to make one costs more than to hash a short text.
 */
static struct { EVP_MD *md; pthread_key_t kept; } algorithms[DIGEST_SM3 + 1];
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

static void free_kept(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

static void fetch(void)
{
	algorithms[DIGEST_SHA256].md = EVP_MD_fetch(NULL, "SHA256", NULL);
	algorithms[DIGEST_SM3].md = EVP_MD_fetch(NULL, "SM3", NULL);
	must(pthread_key_create(&algorithms[DIGEST_SHA256].kept, free_kept) == 0);
	must(pthread_key_create(&algorithms[DIGEST_SM3].kept, free_kept) == 0);
}

static const EVP_MD *algorithm(enum digest_kind kind)
{
	pthread_once(&fetched, fetch);
	return algorithms[kind].md;
}

/* The library's own context under our name: callers see neither OpenSSL nor its headers. */
static EVP_MD_CTX *context_of(struct digest_stream *s)
{
	return (EVP_MD_CTX *)(void *)s;
}

struct digest_stream *digest_begin(enum digest_kind kind)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const EVP_MD *md = algorithm(kind);

	must(ctx != NULL && md != NULL);
	must(EVP_DigestInit_ex2(ctx, md, NULL));
	return (struct digest_stream *)(void *)ctx;
}

void digest_feed(struct digest_stream *s, struct str data)
{
	must(EVP_DigestUpdate(context_of(s), data.ptr, data.len));
}

struct digest digest_end(struct digest_stream *s)
{
	struct digest d = { { 0 } };
	unsigned int len = 0;

	must(EVP_DigestFinal_ex(context_of(s), d.bytes, &len));
	must(len == DIGEST_BYTES);
	EVP_MD_CTX_free(context_of(s));
	return d;
}

struct digest digest_of(enum digest_kind kind, struct str data)
{
	return digest_of_two(kind, data, STR_NONE);
}

static EVP_MD_CTX *kept_context(enum digest_kind kind)
{
	const EVP_MD *md = algorithm(kind);
	EVP_MD_CTX *ctx = pthread_getspecific(algorithms[kind].kept);

	if (ctx == NULL) {
		ctx = EVP_MD_CTX_new();
		must(ctx != NULL && md != NULL &&
		     pthread_setspecific(algorithms[kind].kept, ctx) == 0);
	}
	must(EVP_DigestInit_ex2(ctx, md, NULL));
	return ctx;
}

struct digest digest_of_two(enum digest_kind kind, struct str first, struct str second)
{
	EVP_MD_CTX *ctx = kept_context(kind);
	struct digest d = { { 0 } };
	unsigned int len = 0;

	must(EVP_DigestUpdate(ctx, first.ptr, first.len));
	must(EVP_DigestUpdate(ctx, second.ptr, second.len));
	must(EVP_DigestFinal_ex(ctx, d.bytes, &len));
	must(len == DIGEST_BYTES);
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
	return CRYPTO_memcmp(a.bytes, b.bytes, DIGEST_BYTES) == 0;
}

bool secret_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || CRYPTO_memcmp(a.ptr, b.ptr, a.len) == 0);
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
