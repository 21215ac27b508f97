/*
 * slow_test.c - clients that never finish: cut at their deadline, while others are served.
 *
 * The limits are a tenth of the program's, so that the deadlines come soon.
 */
#include "web/test_app.h"

#include "base/clock.h"
#include "base/limits.h"

#include <poll.h>
#include <sys/socket.h>

#define HOST "Host: gk.test\r\n"

enum { EACH = 57, KINDS = 7, HEAD_MS = 1000, BODY_MS = 1000, IDLE_MS = 1000 };

/* What a slow client sends at first, and then byte by byte, for ever. */
static const struct {
	const char *what;
	struct str first, drip;
} kind[KINDS] = {
	{ "nothing", STR_INIT(""), STR_INIT("") },
	{ "half a request line", STR_INIT("GET /pl"), STR_INIT("") },
	{ "a head that drips", STR_INIT("GET /plain HTTP/1.1\r\nX: "), STR_INIT("a") },
	{ "a body that does not come",
	  STR_INIT("POST /api/things HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n"),
	  STR_INIT("") },
	{ "a body that drips",
	  STR_INIT("POST /api/things HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n"),
	  STR_INIT("b") },
	{ "chunks that drip",
	  STR_INIT("POST /api/things HTTP/1.1\r\n" HOST
		   "Transfer-Encoding: chunked\r\n\r\nFFFF\r\n"),
	  STR_INIT("c") },
	{ "a head of endless fields", STR_INIT("GET /plain HTTP/1.1\r\n" HOST),
	  STR_INIT("X: y\r\n") },
};

static struct web_limits quick_limits(void)
{
	struct web_limits limits = web_limits_default();

	limits.head_ms = HEAD_MS;
	limits.body_ms = BODY_MS;
	limits.idle_ms = IDLE_MS;
	limits.write_ms = 1000;
	limits.write_bytes_per_s = 100 * MIB;
	limits.linger_ms = 500;
	return limits;
}

/* One turn of dripping for all that are still open; how many are. */
static size_t drip(struct probe *p, size_t count)
{
	size_t open = 0;

	for (size_t i = 0; i < count; i++) {
		char bytes[512];
		if (p[i].fd < 0)
			continue;
		struct str more = kind[i % KINDS].drip;
		bool gone = more.len > 0 && !probe_send(&p[i], more);
		ssize_t n;
		while ((n = recv(p[i].fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
			continue;
		if (gone || n == 0)
			probe_close(&p[i]);
		else
			open++;
	}
	return open;
}

static void slow_senders(struct test *t)
{
	static struct probe p[EACH * KINDS];
	struct web_limits limits = quick_limits();
	struct test_app app;
	int served = 0;

	if (!test_case(t, "399 slow senders of 7 kinds are cut, others are served meanwhile") ||
	    !test_app_start(t, &app, &limits))
		return;
	for (size_t i = 0; i < COUNT_OF(p); i++) {
		p[i] = probe_open(app.port);
		CHECK(probe_send(&p[i], kind[i % KINDS].first));
	}
	/* Ten times the deadline is a machine that stands still, not one that is slow. */
	int64_t patience = clock_monotonic_ms() + 10 * HEAD_MS;
	size_t open = COUNT_OF(p);
	while (open > 0 && clock_monotonic_ms() < patience) {
		open = drip(p, COUNT_OF(p));
		served += probe_get(t, app.port, "/plain").status == 200;
		served -= probe_get(t, app.port, "/").status != 200;
		poll(NULL, 0, 20);
	}
	CHECK_INT((int64_t)open, 0);
	CHECK(served > 0);
	CHECK_INT(atomic_load(&app.writes), 0);
	CHECK_INT(test_app_things(t, &app), 0);
	/* All they held is given back. */
	CHECK_INT((int64_t)atomic_load(&app.web->held), 0);
	CHECK(atomic_load(&app.web->connections) <= 2);
	test_app_stop(&app);
}

static void slow_readers(struct test *t)
{
	enum { READERS = 60 };
	static struct probe p[READERS];
	struct web_limits limits = quick_limits();
	struct test_app app;
	const int small = 4096;

	limits.held_bytes = 100 * MIB; /* room for some of the answers of 4 MiB, not for all */
	if (!test_case(t, "readers that do not read are cut and cost no more than is allowed") ||
	    !test_app_start(t, &app, &limits))
		return;
	for (size_t i = 0; i < READERS; i++) {
		p[i] = probe_open(app.port);
		setsockopt(p[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		CHECK(probe_send(&p[i], STR("GET /big.txt HTTP/1.1\r\n" HOST "\r\n")));
	}
	for (int i = 0; i < 5; i++)
		CHECK_INT(probe_get(t, app.port, "/plain").status, 200);
	CHECK(atomic_load(&app.web->held) <= 100 * MIB);
	int64_t patience = clock_monotonic_ms() + 20 * 1000;
	while (atomic_load(&app.web->connections) > 0 && clock_monotonic_ms() < patience)
		poll(NULL, 0, 5);
	CHECK_INT((int64_t)atomic_load(&app.web->held), 0);
	for (size_t i = 0; i < READERS; i++)
		probe_close(&p[i]);
	test_app_stop(&app);
}

static void deadlines(struct test *t)
{
	struct web_limits limits = quick_limits();
	struct probe_answer a = { 0 };
	struct test_app app;

	if (!test_case(t, "who is late is told so, and an idle connection ends in silence") ||
	    !test_app_start(t, &app, &limits))
		return;
	struct probe head = probe_open(app.port), body = probe_open(app.port);
	struct probe idle = probe_open(app.port);
	CHECK(probe_send(&head, STR("GET /plain HTTP/1.1\r\n")));
	CHECK(probe_send(&body,
			 STR("POST /api/things HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\n{")));
	CHECK(probe_send(&idle, STR("GET /plain HTTP/1.1\r\n" HOST "\r\n")));
	CHECK(probe_read(t, &idle, false, &a));
	CHECK_INT(a.status, 200);
	CHECK(probe_read(t, &head, false, &a));
	CHECK_INT(a.status, 408);
	CHECK(probe_read(t, &body, false, &a));
	CHECK_INT(a.status, 408);
	CHECK(probe_ends(&head, PROBE_PATIENCE_MS) && probe_ends(&body, PROBE_PATIENCE_MS));
	CHECK(probe_ends(&idle, PROBE_PATIENCE_MS));
	probe_close(&head);
	probe_close(&body);
	probe_close(&idle);
	test_app_stop(&app);
}

static void too_many(struct test *t)
{
	enum { ALLOWED = 20 };
	struct probe p[ALLOWED + 5];
	struct web_limits limits = quick_limits();
	struct probe_answer a = { 0 };
	struct test_app app;

	limits.connections_per_ip = ALLOWED;
	limits.connections = 100;
	limits.head_ms = limits.idle_ms = 60 * 1000;
	if (!test_case(t, "an address has so many connections and no more, and gets them back") ||
	    !test_app_start(t, &app, &limits))
		return;
	for (size_t i = 0; i < COUNT_OF(p); i++) {
		p[i] = probe_open(app.port);
		(void)probe_send(&p[i], STR("GET /plain HTTP/1.1\r\n" HOST "\r\n"));
		if (i < ALLOWED) {
			CHECK(probe_read(t, &p[i], false, &a));
			CHECK_INT(a.status, 200);
		} else if (probe_read(t, &p[i], false, &a)) {
			CHECK_INT(a.status, 503); /* unless the reset came first */
		}
	}
	for (size_t i = 0; i < COUNT_OF(p); i++)
		probe_close(&p[i]);
	int64_t patience = clock_monotonic_ms() + PROBE_PATIENCE_MS;
	while (atomic_load(&app.web->connections) > 0 && clock_monotonic_ms() < patience)
		poll(NULL, 0, 5);
	CHECK_INT(probe_get(t, app.port, "/plain").status, 200);
	test_app_stop(&app);
}

void slow_test(struct test *t)
{
	slow_senders(t);
	slow_readers(t);
	deadlines(t);
	too_many(t);
}
