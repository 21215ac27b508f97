#include "web/compress.h"

#include "base/digest.h"

#include <brotli/encode.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, TINY = 256 };

static struct str gzip(struct arena *a, struct str in, int level)
{
	z_stream z = { 0 };
	struct str out = STR_NONE;

	if (in.len > UINT32_MAX / 2 || deflateInit2(&z, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
						    Z_DEFAULT_STRATEGY) != Z_OK)
		return out;
	/* Only a result that is smaller is wanted, so there is no more room than that. */
	unsigned char *room = arena_alloc(a, in.len);
	z.next_in = (z_const Bytef *)(uintptr_t)in.ptr;
	z.avail_in = (uInt)in.len;
	z.next_out = room;
	z.avail_out = (uInt)in.len;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END)
		out = (struct str){ (const char *)room, in.len - z.avail_out };
	deflateEnd(&z);
	return out;
}

static struct str brotli(struct arena *a, struct str in, int quality)
{
	unsigned char *room = arena_alloc(a, in.len);
	size_t len = in.len;

	if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, in.len,
				   (const unsigned char *)in.ptr, &len, room))
		return STR_NONE;
	return (struct str){ (const char *)room, len };
}

/* Strong: equal tags mean equal bytes, so each encoding has its own (RFC 9110 8.8.3). */
static void make_tags(struct arena *a, struct encoded *e)
{
	static const char *const suffix[ENCODING_COUNT] = { "", "-g", "-b" };
	struct str hex = digest_hex(a, digest_of(DIGEST_SHA256, e->body[ENCODING_IDENTITY]));

	for (int i = 0; i < ENCODING_COUNT; i++)
		e->etag[i] = str_format(a, "\"%.32s%s\"", hex.ptr, suffix[i]);
}

struct encoded compress_all(struct arena *a, struct str body, enum compress_effort effort)
{
	struct encoded e = { .body = { body, STR_NONE, STR_NONE } };
	bool asset = effort == COMPRESS_ASSET;

	if (body.len >= TINY) {
		e.body[ENCODING_GZIP] = gzip(a, body, asset ? 9 : 6);
		e.body[ENCODING_BROTLI] = brotli(a, body, asset ? 9 : 5);
	}
	make_tags(a, &e);
	return e;
}

bool compress_worth(struct str content_type)
{
	static const struct str types[] = { STR_INIT("text/"),
					    STR_INIT("application/json"),
					    STR_INIT("application/problem+json"),
					    STR_INIT("application/atom+xml"),
					    STR_INIT("application/xml"),
					    STR_INIT("image/svg+xml") };

	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (str_starts(content_type, types[i]))
			return true;
	return false;
}
