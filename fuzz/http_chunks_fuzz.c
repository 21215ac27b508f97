/*
 * http_chunks_fuzz.c - a chunked body: the first byte is the size of the pieces
 * it arrives in, and every size gives the same body or the same refusal.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "web/http.h"

#include <assert.h>

enum { BODY_MAX = 64 * KIB };

static unsigned read_all(struct str in, size_t step, struct buf *body, size_t *rest)
{
	struct http_chunks c = { .max = BODY_MAX };
	bool done = false;

	while (in.len > 0 && !done) {
		struct str data;
		size_t used = 0;
		unsigned status = http_feed_chunks(&c, str_slice(in, 0, step), &used, &data, &done);
		if (status != 0)
			return status;
		assert(used > 0);
		buf_add(body, data);
		in = str_slice(in, used, in.len);
	}
	*rest = in.len;
	return done ? 0 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct arena *a = arena_open(MIB);
	struct str in = { (const char *)data + 1, size - 1 };
	struct buf whole = buf_open(a, 100, BODY_MAX), split = buf_open(a, 100, BODY_MAX);
	size_t rest = 0, rest_split = 0;

	unsigned status = read_all(in, SIZE_MAX / 2, &whole, &rest);
	unsigned status_split = read_all(in, (size_t)data[0] % 32 + 1, &split, &rest_split);
	assert(status == status_split);
	assert(buf_ok(&whole) && buf_ok(&split));
	if (status == 0)
		assert(rest == rest_split && str_equal(buf_str(&whole), buf_str(&split)));
	arena_close(a);
	return 0;
}
