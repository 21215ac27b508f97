/*
 * attack_test.c - what hostile clients send, over a socket.
 *
 * Each row is refused with its status and the connection ends; what stands
 * behind it, a second request that writes, is never run.
 */
#include "web/test_app.h"

#include "base/limits.h"

#define HOST "Host: gk.test\r\n"
#define GET_LINE "GET /plain HTTP/1.1\r\n"
#define POST_LINE "POST /api/things HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"
/* Would add a row if it were read as a request. */
#define SMUGGLED \
	"POST /api/things HTTP/1.1\r\n" HOST \
	"Content-Type: application/json\r\nContent-Length: 19\r\n\r\n{\"name\":\"smuggled\"}"

static const struct {
	const char *what;
	struct str bytes;
	unsigned status;
} row[] = {
	{ "length and chunked",
	  STR_INIT(POST_LINE "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
			     "0\r\n\r\n" SMUGGLED),
	  400 },
	{ "chunked and length",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
			     "0\r\n\r\n" SMUGGLED),
	  400 },
	{ "two lengths",
	  STR_INIT(POST_LINE "Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}" SMUGGLED), 400 },
	{ "the same length twice",
	  STR_INIT(POST_LINE "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" SMUGGLED), 400 },
	{ "length +2", STR_INIT(POST_LINE "Content-Length: +2\r\n\r\n{}" SMUGGLED), 400 },
	{ "length 0x2", STR_INIT(POST_LINE "Content-Length: 0x2\r\n\r\n{}" SMUGGLED), 400 },
	{ "length 2abc", STR_INIT(POST_LINE "Content-Length: 2abc\r\n\r\n{}" SMUGGLED), 400 },
	{ "length 2,2", STR_INIT(POST_LINE "Content-Length: 2,2\r\n\r\n{}" SMUGGLED), 400 },
	{ "unknown coding", STR_INIT(POST_LINE "Transfer-Encoding: xyz\r\n\r\n0\r\n\r\n" SMUGGLED),
	  501 },
	{ "identity", STR_INIT(POST_LINE "Transfer-Encoding: identity\r\n\r\n" SMUGGLED), 501 },
	{ "gzip, chunked",
	  STR_INIT(POST_LINE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED), 400 },
	{ "chunked twice",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
			     "0\r\n\r\n" SMUGGLED),
	  400 },
	{ "chunked with a tab before the colon",
	  STR_INIT(POST_LINE "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" SMUGGLED), 400 },
	{ "folded coding",
	  STR_INIT(POST_LINE "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" SMUGGLED), 400 },
	{ "chunked in 1.0",
	  STR_INIT("POST /api/things HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
		   "0\r\n\r\n" SMUGGLED),
	  400 },
	{ "space before the colon", STR_INIT(GET_LINE "Host : gk.test\r\n\r\n" SMUGGLED), 400 },
	{ "NUL in a value", STR_INIT(GET_LINE HOST "X: a\0b\r\n\r\n" SMUGGLED), 400 },
	{ "NUL in the path", STR_INIT("GET /pl\0ain HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 400 },
	{ "bare CR in a value", STR_INIT(GET_LINE HOST "X: a\rb\r\n\r\n" SMUGGLED), 400 },
	{ "bare LF", STR_INIT("GET /plain HTTP/1.1\nHost: gk.test\n\n" SMUGGLED), 400 },
	{ "one bare LF", STR_INIT(GET_LINE "Host: gk.test\nX: y\r\n\r\n" SMUGGLED), 400 },
	{ "folded line", STR_INIT(GET_LINE HOST "X: a\r\n b\r\n\r\n" SMUGGLED), 400 },
	{ "no Host", STR_INIT(GET_LINE "\r\n" SMUGGLED), 400 },
	{ "two Hosts", STR_INIT(GET_LINE HOST HOST "\r\n" SMUGGLED), 400 },
	{ "body of a GET", STR_INIT(GET_LINE HOST "Content-Length: 149\r\n\r\n" SMUGGLED), 400 },
	{ "no name", STR_INIT(GET_LINE HOST ": x\r\n\r\n" SMUGGLED), 400 },
	{ "no version", STR_INIT("GET /plain\r\n\r\n" SMUGGLED), 400 },
	{ "HTTP/2 preface", STR_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" SMUGGLED), 505 },
	{ "TRACE", STR_INIT("TRACE /plain HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 405 },
	{ "CONNECT", STR_INIT("CONNECT gk.test:80 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 405 },
	{ "unknown method", STR_INIT("SMUGGLE /plain HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 501 },
	{ "10 GB", STR_INIT(POST_LINE "Content-Length: 10737418240\r\n\r\n" SMUGGLED), 413 },
	{ "chunk size with sign",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n" SMUGGLED), 400 },
	{ "chunk size 0x0",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" SMUGGLED), 400 },
	{ "chunk size with blank",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n0 \r\n\r\n" SMUGGLED), 400 },
	{ "chunk with bare LF",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n0\n\n" SMUGGLED), 400 },
	{ "chunk overflow",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n" SMUGGLED),
	  400 },
	{ "chunk of 4 GB",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n" SMUGGLED), 413 },
	{ "chunk longer than it says",
	  STR_INIT(POST_LINE "Transfer-Encoding: chunked\r\n\r\n2\r\n{} \r\n0\r\n\r\n" SMUGGLED),
	  400 },
	{ "bad path", STR_INIT("GET /a%00b HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 400 },
	{ "dot segments", STR_INIT("GET /../../etc/passwd HTTP/1.1\r\n" HOST "\r\n" SMUGGLED),
	  400 },
	{ "escaped slash", STR_INIT("GET /items%2F1 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 400 },
	{ "broken escape", STR_INIT("GET /%zz HTTP/1.1\r\n" HOST "\r\n" SMUGGLED), 400 },
	{ "other expectation",
	  STR_INIT(POST_LINE "Expect: tea\r\nContent-Length: 2\r\n\r\n{}" SMUGGLED), 417 },
	{ "TLS", STR_INIT("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n" SMUGGLED), 400 },
	{ "POST to nowhere",
	  STR_INIT("POST /nowhere HTTP/1.1\r\n" HOST "Content-Length: 149\r\n\r\n" SMUGGLED), 404 },
	{ "POST where only GET is",
	  STR_INIT("POST /plain HTTP/1.1\r\n" HOST "Content-Length: 149\r\n\r\n" SMUGGLED), 405 },
};

static void refused(struct test *t, struct test_app *app, struct str bytes, unsigned status)
{
	struct probe p = probe_open(app->port);
	struct probe_answer a = { 0 };

	CHECK(probe_send(&p, bytes));
	CHECK(probe_read(t, &p, false, &a));
	CHECK_INT(a.status, status);
	CHECK_STR(probe_header(&a, STR("Connection")), STR("close"));
	CHECK(probe_ends(&p, PROBE_PATIENCE_MS));
	probe_close(&p);
}

static struct str repeat(struct test *t, const char *first, char c, size_t times)
{
	struct str head = str_from_c(first);
	char *text = arena_alloc(t->arena, head.len + times);

	for (size_t i = 0; i < head.len + times; i++)
		text[i] = i < head.len ? head.ptr[i] : c;
	return (struct str){ text, head.len + times };
}

static void too_long(struct test *t, struct test_app *app)
{
	if (test_case(t, "a request line without end is 414"))
		refused(t, app, repeat(t, "GET /", 'a', LIMIT_HTTP_LINE), 414);
	if (test_case(t, "a field without end is 431"))
		refused(t, app, repeat(t, GET_LINE HOST "X: ", 'a', LIMIT_HTTP_LINE), 431);
	if (test_case(t, "100 KB of header are 431"))
		refused(t, app, repeat(t, GET_LINE HOST "X: ", 'a', 100 * KIB), 431);
	if (test_case(t, "a body over the limit, in chunks, is 413 and can be read")) {
		struct probe p = probe_open(app->port);
		struct probe_answer a = { 0 };
		struct str chunk = repeat(t, "10000\r\n", 'x', 0x10000);
		CHECK(probe_send(&p, STR(POST_LINE "Transfer-Encoding: chunked\r\n\r\n")));
		for (int i = 0; i < 40; i++) /* more than twice the limit, all of it sent */
			CHECK(probe_send(&p, chunk) && probe_send(&p, STR("\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 413);
		probe_close(&p);
	}
	if (test_case(t, "a body announced over the limit is 413 and can be read")) {
		struct probe p = probe_open(app->port);
		struct probe_answer a = { 0 };
		CHECK(probe_send(&p, STR(POST_LINE "Content-Length: 3000000\r\n\r\n")));
		CHECK(probe_send(&p, repeat(t, "", 'x', 3000000)));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 413);
		probe_close(&p);
	}
}

/* Bodies that a reader of JSON could choke on: refused in full, and the connection lives on. */
static const struct { const char *what, *first; char filler; size_t times; } json_row[] = {
	{ "half a megabyte of open brackets", "{\"name\":", '[', 512 * 1024 },
	{ "half a megabyte of open braces", "", '{', 512 * 1024 },
	{ "a number of half a megabyte", "{\"name\":1", '0', 512 * 1024 },
	{ "a text without end", "{\"name\":\"", 'a', 512 * 1024 },
	{ "a text of blanks", "", ' ', 512 * 1024 },
	{ "a name of half a megabyte", "{\"", 'a', 512 * 1024 },
};

static void hostile_json(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(json_row); i++) {
		if (!test_case(t, "refused: %s", json_row[i].what))
			continue;
		struct str body = repeat(t, json_row[i].first, json_row[i].filler,
					 json_row[i].times);
		struct str head = str_format(t->arena, "POST /form HTTP/1.1\r\n" HOST
					     "Content-Type: application/json\r\n"
					     "Content-Length: %zu\r\n\r\n", body.len);
		struct probe p = probe_open(app->port);
		struct probe_answer a = { 0 };
		CHECK(probe_send(&p, head) && probe_send(&p, body));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 400);
		CHECK(str_contains(a.body, STR("\"code\":\"web.bad_json\"")));
		CHECK(probe_send(&p, STR(GET_LINE HOST "\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 200);
		probe_close(&p);
	}
}

void attack_test(struct test *t)
{
	struct test_app app;

	if (!test_case(t, "the site under attack starts") || !test_app_start(t, &app, NULL))
		return;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		if (test_case(t, "refused: %s", row[i].what))
			refused(t, &app, row[i].bytes, row[i].status);
	too_long(t, &app);
	hostile_json(t, &app);
	if (test_case(t, "nothing that was smuggled has run, and the site still answers")) {
		CHECK_INT(atomic_load(&app.writes), 0);
		CHECK_INT(test_app_things(t, &app), 0);
		struct probe_answer a = probe_ask(t, app.port, "POST", STR("/api/things"),
						  STR("Content-Type: application/json\r\n"),
						  STR("{\"name\":\"good\"}"));
		CHECK_INT(a.status, 200);
		CHECK_INT(test_app_things(t, &app), 1);
	}
	test_app_stop(&app);
}
