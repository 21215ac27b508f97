/*
 * http_head_fuzz.c - the head of a request.
 *
 * However the bytes arrive, the head is found at the same place or refused with
 * the same status; what is read lies inside the head and keeps its promises.
 */
#include "base/limits.h"
#include "web/http.h"

#include <assert.h>

static bool inside(struct str s, struct str head)
{
	return s.len == 0 || (s.ptr >= head.ptr && s.ptr + s.len <= head.ptr + head.len);
}

static void check(struct str head)
{
	struct http_request rq;

	if (http_read_head(head, &rq) != 0)
		return;
	assert(inside(rq.path, head) && inside(rq.query, head));
	assert(rq.path.len > 0 && rq.path.ptr[0] == '/');
	assert(!rq.chunked || rq.length == 0);
	assert(rq.method == HTTP_POST || (!rq.chunked && rq.length == 0));
	assert(rq.header[HEADER_HOST].len > 0);
	for (int i = 0; i < HEADER_COUNT; i++) {
		assert(inside(rq.header[i], head));
		for (size_t n = 0; n < rq.header[i].len; n++)
			assert(rq.header[i].ptr[n] != '\r' && rq.header[i].ptr[n] != '\n' &&
			       rq.header[i].ptr[n] != '\0');
	}
	struct arena *a = arena_open(MIB);
	struct http_path path;
	if (http_read_path(a, rq.path, &path)) {
		assert(path.count > 0 && path.count <= HTTP_SEGMENTS_MAX);
		assert(!str_contains(path.text, STR("/../")));
	}
	arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str all = { (const char *)data, size };
	struct http_scan scan = { 0 };
	size_t end = 0, end_split = 0;
	unsigned status = 0, status_split = 0;

	enum http_found found = http_find_head(all, &scan, &end, &status);
	enum http_found split = HTTP_MORE;
	scan = (struct http_scan){ 0 };
	size_t step = size < 64 ? 1 : size / 8;
	for (size_t n = step; split == HTTP_MORE && n < size + step; n += step)
		split = http_find_head(str_slice(all, 0, n), &scan, &end_split, &status_split);
	assert(size == 0 || found == split);
	assert(found != HTTP_READY || end == end_split);
	assert(found != HTTP_BAD || status == status_split);
	if (found == HTTP_READY)
		check(str_slice(all, 0, end));
	return 0;
}
