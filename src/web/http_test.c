#include "web/http.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"

#include <string.h>

#define LINE "GET /a?b=c HTTP/1.1\r\n"
#define HOST "Host: gk.example\r\n"

/* What a server does with these bytes: 0 reads them, otherwise refuses with the status. */
static const struct {
	const char *what;
	struct str bytes;
	unsigned status;
} head_row[] = {
	{ "plain", STR_INIT(LINE HOST "\r\n"), 0 },
	{ "HEAD", STR_INIT("HEAD / HTTP/1.1\r\n" HOST "\r\n"), 0 },
	{ "one empty line first", STR_INIT("\r\n" LINE HOST "\r\n"), 0 },
	{ "two empty lines first", STR_INIT("\r\n\r\n" LINE HOST "\r\n"), 400 },
	{ "1.0", STR_INIT("GET / HTTP/1.0\r\n" HOST "\r\n"), 0 },
	{ "absolute form", STR_INIT("GET http://gk.example/a HTTP/1.1\r\n" HOST "\r\n"), 0 },
	{ "absolute form, other host", STR_INIT("GET http://b/a HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "absolute form without path", STR_INIT("GET http://gk.example HTTP/1.1\r\n" HOST "\r\n"),
	  400 },
	{ "no Host", STR_INIT(LINE "\r\n"), 400 },
	{ "no Host in 1.0", STR_INIT("GET / HTTP/1.0\r\n\r\n"), 400 },
	{ "two Hosts", STR_INIT(LINE HOST HOST "\r\n"), 400 },
	{ "empty Host", STR_INIT(LINE "Host:\r\n\r\n"), 400 },
	{ "list of Hosts", STR_INIT(LINE "Host: a, b\r\n\r\n"), 400 },
	{ "Host with user", STR_INIT(LINE "Host: a@b\r\n\r\n"), 400 },
	{ "Host with path", STR_INIT(LINE "Host: a/b\r\n\r\n"), 400 },
	{ "Host with port", STR_INIT(LINE "Host: a:8080\r\n\r\n"), 0 },
	{ "Host with a bad port", STR_INIT(LINE "Host: a:80x\r\n\r\n"), 400 },
	{ "Host with a huge port", STR_INIT(LINE "Host: a:65536\r\n\r\n"), 400 },
	{ "Host IPv6", STR_INIT(LINE "Host: [::1]:80\r\n\r\n"), 0 },
	{ "Host IPv6 open", STR_INIT(LINE "Host: [::1\r\n\r\n"), 400 },
	{ "bare LF after the request line", STR_INIT("GET / HTTP/1.1\n" HOST "\r\n"), 400 },
	{ "bare LF after a field", STR_INIT(LINE "Host: a\nX: b\r\n\r\n"), 400 },
	{ "bare LF at the end", STR_INIT(LINE HOST "\n"), 400 },
	{ "bare CR in a value", STR_INIT(LINE HOST "X: a\rb\r\n\r\n"), 400 },
	{ "CR CR LF", STR_INIT(LINE "Host: a\r\r\n\r\n"), 400 },
	{ "NUL in a value", STR_INIT(LINE HOST "X: a\0b\r\n\r\n"), 400 },
	{ "NUL in the path", STR_INIT("GET /a\0b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "NUL in a name", STR_INIT(LINE HOST "X\0: a\r\n\r\n"), 400 },
	{ "escape byte in a value", STR_INIT(LINE HOST "X: \x1b[2J\r\n\r\n"), 400 },
	{ "DEL in a value", STR_INIT(LINE HOST "X: \x7f\r\n\r\n"), 400 },
	{ "UTF-8 in a value", STR_INIT(LINE HOST "X: 中\r\n\r\n"), 0 },
	{ "tab in a value", STR_INIT(LINE HOST "X: a\tb\r\n\r\n"), 0 },
	{ "folded", STR_INIT(LINE HOST "X: a\r\n b\r\n\r\n"), 400 },
	{ "folded by tab", STR_INIT(LINE HOST "X: a\r\n\tb\r\n\r\n"), 400 },
	{ "folded first field", STR_INIT(LINE " X: a\r\n" HOST "\r\n"), 400 },
	{ "blank before the colon", STR_INIT(LINE HOST "X : a\r\n\r\n"), 400 },
	{ "tab before the colon", STR_INIT(LINE HOST "X\t: a\r\n\r\n"), 400 },
	{ "no colon", STR_INIT(LINE HOST "X\r\n\r\n"), 400 },
	{ "empty name", STR_INIT(LINE HOST ": a\r\n\r\n"), 400 },
	{ "name with a quote", STR_INIT(LINE HOST "X\": a\r\n\r\n"), 400 },
	{ "empty value", STR_INIT(LINE HOST "X:\r\n\r\n"), 0 },
	{ "0.9", STR_INIT("GET /\r\n\r\n"), 400 },
	{ "2.0", STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n"), 505 },
	{ "1.2", STR_INIT("GET / HTTP/1.2\r\n" HOST "\r\n"), 505 },
	{ "1.10", STR_INIT("GET / HTTP/1.10\r\n" HOST "\r\n"), 400 },
	{ "lower case version", STR_INIT("GET / http/1.1\r\n" HOST "\r\n"), 400 },
	{ "two blanks after the method", STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "two blanks before the version", STR_INIT("GET /  HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "tab as blank", STR_INIT("GET\t/\tHTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "blank after the version", STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n"), 400 },
	{ "blank before the method", STR_INIT(" GET / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "no target", STR_INIT("GET HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "relative target", STR_INIT("GET a HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "target with a fragment", STR_INIT("GET /a#b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "target with a backslash", STR_INIT("GET /a\\b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "target in raw UTF-8", STR_INIT("GET /中 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "lower case method", STR_INIT("get / HTTP/1.1\r\n" HOST "\r\n"), 501 },
	{ "unknown method", STR_INIT("BREW / HTTP/1.1\r\n" HOST "\r\n"), 501 },
	{ "TRACE", STR_INIT("TRACE / HTTP/1.1\r\n" HOST "\r\n"), 405 },
	{ "CONNECT", STR_INIT("CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n"), 405 },
	{ "OPTIONS *", STR_INIT("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), 405 },
	{ "PUT", STR_INIT("PUT / HTTP/1.1\r\n" HOST "\r\n"), 405 },
	{ "bad method byte", STR_INIT("G(T / HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "TLS hello", STR_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n"), 400 },
	{ "body of a GET", STR_INIT(LINE HOST "Content-Length: 3\r\n\r\n"), 400 },
	{ "empty body of a GET", STR_INIT(LINE HOST "Content-Length: 0\r\n\r\n"), 0 },
	{ "chunked GET", STR_INIT(LINE HOST "Transfer-Encoding: chunked\r\n\r\n"), 400 },
	{ "other expectation", STR_INIT("POST / HTTP/1.1\r\n" HOST "Expect: tea\r\n\r\n"), 417 },
	{ "bad Connection", STR_INIT(LINE HOST "Connection: close;x\r\n\r\n"), 400 },
	{ "two Connections", STR_INIT(LINE HOST "Connection: a\r\nConnection: b\r\n\r\n"), 400 },
	{ "two Cookies", STR_INIT(LINE HOST "Cookie: a=b\r\nCookie: a=c\r\n\r\n"), 400 },
	{ "two If-None-Match", STR_INIT(LINE HOST "If-None-Match: *\r\nIf-None-Match: *\r\n\r\n"),
	  0 },
};

#define POST "POST /p HTTP/1.1\r\n" HOST
static const struct {
	const char *fields;
	unsigned status;
} framing_row[] = {
	{ "Content-Length: 15\r\n", 0 },
	{ "Content-Length:15\r\n", 0 },
	{ "Content-Length: 0\r\n", 0 },
	{ "", 0 },
	{ "Content-Length: 15\r\nContent-Length: 15\r\n", 400 },
	{ "Content-Length: 15\r\nContent-Length: 16\r\n", 400 },
	{ "Content-Length: 15, 15\r\n", 400 },
	{ "Content-Length: +15\r\n", 400 },
	{ "Content-Length: -15\r\n", 400 },
	{ "Content-Length: 0xf\r\n", 400 },
	{ "Content-Length: 15abc\r\n", 400 },
	{ "Content-Length: 1 5\r\n", 400 },
	{ "Content-Length: 15.0\r\n", 400 },
	{ "Content-Length:\r\n", 400 },
	{ "Content-Length: 99999999999999999999\r\n", 400 },
	{ "Content-Length: 9223372036854775808\r\n", 400 },
	{ "Content-Length : 15\r\n", 400 },
	{ "Content-Length: 15\r\nTransfer-Encoding: chunked\r\n", 400 },
	{ "Transfer-Encoding: chunked\r\nContent-Length: 15\r\n", 400 },
	{ "Transfer-Encoding: chunked\r\n", 0 },
	{ "Transfer-Encoding: Chunked\r\n", 0 },
	{ "Transfer-Encoding: chunked, chunked\r\n", 400 },
	{ "Transfer-Encoding: gzip, chunked\r\n", 400 },
	{ "Transfer-Encoding: chunked, identity\r\n", 400 },
	{ "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400 },
	{ "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", 400 },
	{ "Transfer-Encoding: identity\r\n", 501 },
	{ "Transfer-Encoding: xchunked\r\n", 501 },
	{ "Transfer-Encoding: chunked;q=1\r\n", 400 },
	{ "Transfer-Encoding: \"chunked\"\r\n", 400 },
	{ "Transfer-Encoding: \x0b" "chunked\r\n", 400 },
	{ "Transfer-Encoding:\r\n", 400 },
	{ "Transfer-Encoding\r\n", 400 },
	{ "Transfer-Encoding : chunked\r\n", 400 },
	{ "X: a\r\n Transfer-Encoding: chunked\r\n", 400 },
};

static unsigned read_all(struct str bytes, struct http_request *out)
{
	struct http_scan scan = { 0 };
	size_t end = 0;
	unsigned status = 0;

	switch (http_find_head(bytes, &scan, &end, &status)) {
	case HTTP_MORE:
		return 1;
	case HTTP_BAD:
		return status;
	case HTTP_READY:
		break;
	}
	return http_read_head(str_slice(bytes, 0, end), out);
}

static void heads(struct test *t)
{
	struct http_request rq;

	for (size_t i = 0; i < COUNT_OF(head_row); i++)
		if (test_case(t, "head: %s", head_row[i].what))
			CHECK_INT(read_all(head_row[i].bytes, &rq), head_row[i].status);
	for (size_t i = 0; i < COUNT_OF(framing_row); i++)
		if (test_case(t, "framing %zu is %u", i, framing_row[i].status))
			CHECK_INT(
				read_all(str_format(t->arena, POST "%s\r\n", framing_row[i].fields),
					 &rq),
				framing_row[i].status);
	if (test_case(t, "a framing with 1.0 and chunked is refused"))
		CHECK_INT(read_all(STR("POST /p HTTP/1.0\r\n" HOST
				       "Transfer-Encoding: chunked\r\n\r\n"),
				   &rq),
			  400);
}

static void fields_are_read(struct test *t)
{
	struct http_request rq;

	if (!test_case(t, "a head gives its parts"))
		return;
	CHECK_INT(read_all(STR("POST /a/%E4%B8%AD?x=1&y HTTP/1.1\r\nhOST:  gk.example:81 \t\r\n"
			       "Content-Length: 12\r\nCookie: a=b; c=d\r\nExpect: 100-Continue\r\n"
			       "Connection: Keep-Alive, Close\r\nX-Other: z\r\n\r\n"), &rq), 0);
	CHECK_INT(rq.method, HTTP_POST);
	CHECK_STR(rq.path, STR("/a/%E4%B8%AD"));
	CHECK_STR(rq.query, STR("x=1&y"));
	CHECK_STR(rq.header[HEADER_HOST], STR("gk.example:81"));
	CHECK_STR(rq.header[HEADER_COOKIE], STR("a=b; c=d"));
	CHECK_INT((int64_t)rq.length, 12);
	CHECK(rq.close && rq.expects_continue && !rq.chunked);
	CHECK_STR(rq.header[HEADER_ORIGIN], STR_NONE);
}

static struct str repeat(struct test *t, const char *first, const char *what, size_t times,
			 const char *last)
{
	struct buf b = buf_open(t->arena, 4096, MIB);

	buf_add_c(&b, first);
	for (size_t i = 0; i < times; i++)
		buf_add_c(&b, what);
	buf_add_c(&b, last);
	return buf_str(&b);
}

static void limits(struct test *t)
{
	struct http_request rq;

	if (test_case(t, "a long request line is 414, before its end is seen")) {
		CHECK_INT(read_all(repeat(t, "GET /", "a", LIMIT_HTTP_LINE, ""), &rq), 414);
		CHECK_INT(read_all(repeat(t, "GET /", "a", LIMIT_HTTP_LINE - 100,
					  " HTTP/1.1\r\n" HOST "\r\n"),
				   &rq),
			  0);
	}
	if (test_case(t, "a long field is 431"))
		CHECK_INT(read_all(repeat(t, LINE HOST "X: ", "a", LIMIT_HTTP_LINE, ""), &rq), 431);
	if (test_case(t, "too many fields are 431")) {
		CHECK_INT(read_all(repeat(t, LINE HOST, "X: a\r\n", LIMIT_HTTP_HEADERS - 1, "\r\n"),
				   &rq),
			  0);
		CHECK_INT(
			read_all(repeat(t, LINE HOST, "X: a\r\n", LIMIT_HTTP_HEADERS, "\r\n"), &rq),
			431);
		CHECK_INT(read_all(repeat(t, LINE HOST, "X: a\r\n", 5000, ""), &rq), 431);
	}
	if (test_case(t, "a long head is 431")) {
		struct str line = repeat(t, "X: ", "a", 4000, "\r\n");
		CHECK_INT(read_all(repeat(t, LINE HOST, str_to_c(t->arena, line), 9, "\r\n"), &rq),
			  431);
	}
	if (test_case(t, "a long cookie is 431"))
		CHECK_INT(read_all(repeat(t, LINE HOST "Cookie: a=", "b", LIMIT_COOKIE, "\r\n\r\n"),
				   &rq),
			  431);
}

static void byte_by_byte(struct test *t)
{
	struct str bytes = STR("\r\n" LINE HOST "Cookie: a=b\r\n\r\nGET");

	if (!test_case(t, "a head is found at the same place, however it arrives"))
		return;
	struct http_scan scan = { 0 };
	size_t end = 0;
	unsigned status;
	for (size_t n = 0; n < bytes.len - 3; n++)
		CHECK_INT(http_find_head(str_slice(bytes, 0, n), &scan, &end, &status), HTTP_MORE);
	CHECK_INT(http_find_head(str_slice(bytes, 0, bytes.len - 3), &scan, &end, &status),
		  HTTP_READY);
	CHECK_INT((int64_t)end, (int64_t)bytes.len - 3);
}

#define MAX_BODY 100
static const struct {
	const char *what;
	struct str bytes;
	unsigned status; /* 0 with body; 1: not complete */
	const char *body;
} chunk_row[] = {
	{ "one", STR_INIT("5\r\nhello\r\n0\r\n\r\n"), 0, "hello" },
	{ "two", STR_INIT("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"), 0, "hello world" },
	{ "hexadecimal", STR_INIT("0A\r\n0123456789\r\n0\r\n\r\n"), 0, "0123456789" },
	{ "lower case", STR_INIT("0a\r\n0123456789\r\n0\r\n\r\n"), 0, "0123456789" },
	{ "none", STR_INIT("0\r\n\r\n"), 0, "" },
	{ "zeros", STR_INIT("000\r\n\r\n"), 0, "" },
	{ "extension", STR_INIT("5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n"), 0, "hello" },
	{ "trailer", STR_INIT("0\r\nX: a\r\nY: b\r\n\r\n"), 0, "" },
	{ "empty size", STR_INIT("\r\nhello"), 400, NULL },
	{ "sign", STR_INIT("+5\r\nhello"), 400, NULL },
	{ "minus", STR_INIT("-1\r\n"), 400, NULL },
	{ "0x", STR_INIT("0x5\r\nhello"), 400, NULL },
	{ "blank before", STR_INIT(" 5\r\nhello"), 400, NULL },
	{ "blank behind", STR_INIT("5 \r\nhello"), 400, NULL },
	{ "underscore", STR_INIT("1_0\r\n"), 400, NULL },
	{ "bare LF", STR_INIT("5\nhello\r\n"), 400, NULL },
	{ "bare CR", STR_INIT("5\rhello\r\n"), 400, NULL },
	{ "bare LF after data", STR_INIT("5\r\nhello\n0\r\n\r\n"), 400, NULL },
	{ "data too long", STR_INIT("5\r\nhello!\r\n"), 400, NULL },
	{ "overflow", STR_INIT("10000000000000005\r\nhello"), 400, NULL },
	{ "nine digits", STR_INIT("000000005\r\nhello"), 400, NULL },
	{ "too large", STR_INIT("65\r\n"), 413, NULL },
	{ "too large together", STR_INIT("5\r\nhello\r\n60\r\n"), 413, NULL },
	{ "control in extension", STR_INIT("5;a\x01\r\nhello"), 400, NULL },
	{ "LF in extension", STR_INIT("5;a\nhello"), 400, NULL },
	{ "folded trailer", STR_INIT("0\r\nX: a\r\n b\r\n\r\n"), 400, NULL },
	{ "trailer without colon", STR_INIT("0\r\nX\r\n\r\n"), 400, NULL },
	{ "trailer with blank", STR_INIT("0\r\nX : a\r\n\r\n"), 400, NULL },
	{ "bare LF in trailer", STR_INIT("0\r\nX: a\n\r\n"), 400, NULL },
	{ "bare LF at the end", STR_INIT("0\r\n\n"), 400, NULL },
	{ "trailer without a name", STR_INIT("0\r\n: a\r\n\r\n"), 400, NULL },
	{ "CR without LF in trailer", STR_INIT("0\r\nX: a\rb\r\n\r\n"), 400, NULL },
	{ "CR without LF at the end", STR_INIT("0\r\n\rx"), 400, NULL },
	{ "CR without LF after data", STR_INIT("1\r\na\rx"), 400, NULL },
	{ "CR without LF after size", STR_INIT("1\rxa"), 400, NULL },
	{ "control in trailer", STR_INIT("0\r\nX: \x01\r\n\r\n"), 400, NULL },
	{ "unfinished", STR_INIT("5\r\nhel"), 1, NULL },
	{ "no end", STR_INIT("5\r\nhello\r\n0\r\n"), 1, NULL },
};

/* Feeds pieces of at most `step` bytes. */
static unsigned read_chunks(struct str in, size_t step, struct buf *body)
{
	struct http_chunks c = { .max = MAX_BODY };
	bool done = false;

	while (in.len > 0 && !done) {
		struct str data, piece = str_slice(in, 0, step);
		size_t used = 0;
		unsigned status = http_feed_chunks(&c, piece, &used, &data, &done);
		if (status != 0)
			return status;
		buf_add(body, data);
		in = str_slice(in, used, in.len);
	}
	return done && in.len == 0 ? 0 : 1;
}

static void chunks(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(chunk_row); i++) {
		if (!test_case(t, "chunks: %s", chunk_row[i].what))
			continue;
		for (size_t step = 1; step < 60; step += 6) {
			struct buf body = buf_open(t->arena, 100, 200);
			CHECK_INT(read_chunks(chunk_row[i].bytes, step, &body),
				  chunk_row[i].status);
			if (chunk_row[i].body != NULL)
				CHECK_STR(buf_str(&body), str_from_c(chunk_row[i].body));
		}
	}
	if (test_case(t, "extensions and trailers are bounded")) {
		struct buf body = buf_open(t->arena, 100, 200);
		CHECK_INT(read_chunks(repeat(t, "5;", "a", 5000, "\r\n"), 1000, &body), 400);
		CHECK_INT(read_chunks(repeat(t, "0\r\n", "X: a\r\n", 5000, "\r\n"), 1000, &body),
			  400);
	}
}

static const struct {
	const char *raw, *text; /* NULL: refused */
	size_t count;
} path_row[] = {
	{ "/", "/", 1 },
	{ "/a", "/a", 1 },
	{ "/a/", "/a/", 2 },
	{ "/a/%E4%B8%AD", "/a/中", 2 },
	{ "/a+b", "/a+b", 1 },
	{ "/a%20b", "/a b", 1 },
	{ "//a", "//a", 2 },
	{ "/..", NULL, 0 },
	{ "/a/../b", NULL, 0 },
	{ "/a/%2e%2e/b", NULL, 0 },
	{ "/./b", NULL, 0 },
	{ "/a%2Fb", NULL, 0 },
	{ "/a%5cb", NULL, 0 },
	{ "/a%00", NULL, 0 },
	{ "/a%0a", NULL, 0 },
	{ "/a%", NULL, 0 },
	{ "/a%4", NULL, 0 },
	{ "/a%zz", NULL, 0 },
	{ "/%ff", NULL, 0 },
	{ "/%c0%af", NULL, 0 },
	{ "/%ed%a0%80", NULL, 0 },
	{ "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", 16 },
	{ "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", NULL, 0 },
};

static void paths(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(path_row); i++) {
		struct http_path path;
		if (!test_case(t, "path %s", path_row[i].raw))
			continue;
		bool ok = http_read_path(t->arena, str_from_c(path_row[i].raw), &path);
		CHECK_INT(ok, path_row[i].text != NULL);
		if (!ok || path_row[i].text == NULL)
			continue;
		CHECK_STR(path.text, str_from_c(path_row[i].text));
		CHECK_INT((int64_t)path.count, (int64_t)path_row[i].count);
	}
}

void http_test(struct test *t)
{
	heads(t);
	fields_are_read(t);
	limits(t);
	byte_by_byte(t);
	chunks(t);
	paths(t);
}
