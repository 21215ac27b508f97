/*
 * http.h - the one grammar of requests (RFC 9110, RFC 9112), read strictly.
 *
 * Whatever two programs could read differently is refused: a bare LF, a folded
 * header, a blank before the colon, a control byte, two lengths, a length that
 * is not digits, a transfer coding that is not `chunked` alone, none or two
 * Hosts. A refusal is a status, and the connection ends with it. These functions
 * are pure: bytes in, views on those bytes out.
 */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include "base/str.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST };

/* Known headers that a request may carry once. */
enum http_header {
	HEADER_ACCEPT,
	HEADER_ACCEPT_ENCODING,
	HEADER_AUTHORIZATION,
	HEADER_CONNECTION,
	HEADER_CONTENT_LENGTH,
	HEADER_CONTENT_TYPE,
	HEADER_COOKIE,
	HEADER_CSRF_TOKEN,
	HEADER_EXPECT,
	HEADER_FORWARDED_FOR,
	HEADER_HOST,
	HEADER_IDEMPOTENCY_KEY,
	HEADER_IF_MATCH,
	HEADER_IF_NONE_MATCH,
	HEADER_ORIGIN,
	HEADER_SEC_FETCH_SITE,
	HEADER_TRANSFER_ENCODING,
	HEADER_COUNT
};

struct http_request {
	enum http_method method;
	int minor; /* HTTP/1.minor */
	struct str path, query; /* raw; query without '?' */
	struct str header[HEADER_COUNT]; /* trimmed; empty if absent */
	uint64_t length; /* of the body, 0 when chunked */
	bool chunked, close, expects_continue;
};

/* Where the search for the end of a head stands; all zero at its beginning. */
struct http_scan {
	size_t line; /* offset of the line being read */
	int lines;
};
enum http_found { HTTP_MORE, HTTP_READY, HTTP_BAD };
/*
 * Looks for the end of the head in all bytes of it read so far; READY sets *end, BAD *status. May
 * be called again with more bytes behind the same ones, and reads only the new.
 */
enum http_found http_find_head(struct str bytes, struct http_scan *scan, size_t *end,
			       unsigned *status);
/* Reads a complete head. 0, or the status that refuses it. */
unsigned http_read_head(struct str head, struct http_request *out);

/* A chunked body. All zero at its beginning, but for max. */
struct http_chunks {
	int state;
	uint64_t left, total, max;
	int digits, line;
};
/*
 * Takes some of in and gives at most one piece of data, a view. status 0 while all is well (413
 * over max, else 400); *done once the last chunk and the trailers are read. Call again while *used
 * moves.
 */
unsigned http_feed_chunks(struct http_chunks *c, struct str in, size_t *used, struct str *data,
			  bool *done);

/* The target of a request line, in order: "/a/%E4/b" -> segments, decoded and checked. */
enum { HTTP_SEGMENTS_MAX = 16 };
struct http_path {
	struct str segment[HTTP_SEGMENTS_MAX];
	size_t count;
	struct str text; /* decoded, "/a/…/b" */
};
/* false: a broken escape, a dot segment, an escaped slash, backslash or control byte, bad UTF-8. */
bool http_read_path(struct arena *a, struct str raw, struct http_path *out);
#endif
