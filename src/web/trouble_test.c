/* trouble_test.c - assets, proxies, and what goes wrong inside: no database, no room, no worker. */
#include "web/test_app.h"

#include "base/asset.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/rand.h"
#include "db/writer.h"
#include "web/exchange.h"

#include <poll.h>

static struct str header(const struct probe_answer *a, const char *name)
{
	return probe_header(a, str_from_c(name));
}

static struct probe_answer get(struct test *t, struct test_app *app, struct str path,
			       const char *headers)
{
	return probe_ask(t, app->port, "GET", path, str_from_c(headers), STR_NONE);
}

static void assets(struct test *t, struct test_app *app)
{
	const struct asset *css = asset_find(STR("assets/site.css"));
	struct str path = STR("/assets/site.css");

	if (!test_case(t,
		       "an asset named with its digest is kept for ever, without it asked again"))
		return;
	CHECK(css != NULL);
	struct probe_answer a = get(t, app, path, "");
	CHECK_INT(a.status, 200);
	CHECK_STR(a.body, asset_text(css));
	CHECK_STR(header(&a, "Content-Type"), STR("text/css; charset=utf-8"));
	CHECK_STR(header(&a, "Cache-Control"), STR("public, max-age=0, must-revalidate"));
	struct str again = str_format(t->arena, "If-None-Match: " STR_FMT "\r\n",
				      STR_ARG(header(&a, "ETag")));
	a = get(t, app, path, str_to_c(t->arena, again));
	CHECK_INT(a.status, 304);
	struct str versioned =
		str_format(t->arena, STR_FMT "?v=%.16s", STR_ARG(path), css->sha256_hex);
	a = get(t, app, versioned, "Accept-Encoding: br, gzip\r\n");
	CHECK_STR(header(&a, "Cache-Control"), STR("public, max-age=31536000, immutable"));
	CHECK_STR(header(&a, "Content-Encoding"), STR("br"));
	CHECK(a.body.len < css->len / 2);
	a = get(t, app, str_concat(t->arena, path, STR("?v=0000000000000000")),
		"Accept-Encoding: gzip\r\n");
	CHECK_STR(header(&a, "Cache-Control"), STR("public, max-age=0, must-revalidate"));
	CHECK_STR(header(&a, "Content-Encoding"), STR("gzip"));
	a = probe_ask(t, app->port, "POST", path, STR_NONE, STR_NONE);
	CHECK_INT(a.status, 405);
}

static const struct {
	const char *headers, *remote;
} proxy_row[] = {
	{ "", "127.0.0.1" },
	{ "X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7" },
	{ "X-Forwarded-For: 198.51.100.1, 192.0.2.7\r\n", "192.0.2.7" },
	{ "X-Forwarded-For: 2001:db8::1\r\n", "2001:db8::/64" },
	{ "X-Forwarded-For: <script>\r\n", "127.0.0.1" },
	{ "X-Forwarded-For: \r\n", "127.0.0.1" },
};

static void proxies(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(proxy_row); i++) {
		if (!test_case(t, "behind the proxy, header %zu says %s", i, proxy_row[i].remote))
			continue;
		struct probe_answer a = get(t, app, STR("/remote?day="), proxy_row[i].headers);
		CHECK(str_contains(a.body, str_format(t->arena, "remote=%s day=1/0",
						      proxy_row[i].remote)));
	}
	if (test_case(t, "from anybody else the header means nothing")) {
		struct probe_answer a = { 0 };
		struct probe p = probe_open_from(app->port, 9);
		CHECK(probe_send(&p, STR("GET /remote?day=2020-1-2 HTTP/1.1\r\nHost: a\r\n"
					 "X-Forwarded-For: 192.0.2.7\r\n\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK(str_contains(a.body, STR("remote=127.0.0.9 day=1/1")));
		probe_close(&p);
	}
}

static const struct {
	const char *to, *location;
} away_row[] = {
	{ "/a?b=c", "/a?b=c" },
	{ "/%E5%B9%B4%20%0D%0Ax", "/%E5%B9%B4%20%0D%0Ax" },
	{ "", "/" },
	{ "//other.test", "/" },
	{ "/%5Cother.test", "/" },
	{ "https://other.test/", "/" },
	{ "javascript:x", "/" },
};

static void redirects(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(away_row); i++) {
		if (!test_case(t, "a redirect to \"%s\" goes to %s", away_row[i].to,
			       away_row[i].location))
			continue;
		struct str path = str_format(t->arena, "/away?to=%s", away_row[i].to);
		struct probe_answer a = get(t, app, path, "");
		/* A line break is refused with the field: nothing is left of it. */
		if (str_contains(str_from_c(away_row[i].to), STR("%0D"))) {
			CHECK_INT(a.status, 400);
			continue;
		}
		CHECK_INT(a.status, 303);
		CHECK_STR(header(&a, "Location"), str_from_c(away_row[i].location));
	}
}

static void failures(struct test *t, struct test_app *app)
{
	static const struct {
		const char *path;
		unsigned status;
	} row[] = { { "/huge-broken", 500 }, { "/huge-broken.json", 500 }, { "/limit", 413 },
		    { "/limit?n=1", 429 },   { "/limit?day=2020-1-2", 503 } };

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (!test_case(t, "%s is %u, and the site goes on", row[i].path, row[i].status))
			continue;
		struct probe_answer a = probe_get(t, app->port, row[i].path);
		CHECK_INT(a.status, row[i].status);
		CHECK(a.body.len < 10 * KIB);
		CHECK(row[i].status != 503 || header(&a, "Retry-After").len > 0);
		CHECK_INT(probe_get(t, app->port, "/plain").status, 200);
	}
}

static void no_worker(struct test *t)
{
	enum { MORE = 20, ASKED = LIMIT_HTTP_POOL_QUEUE + MORE };
	static struct probe p[ASKED];
	struct probe_answer a = { 0 };
	struct test_app app;
	int busy = 0, good = 0;

	if (!test_case(
		    t,
		    "when the workers' queue is full others are told, and sign-ins still pass") ||
	    !test_app_start(t, &app, NULL))
		return;
	atomic_store(&app.hold, true);
	for (size_t i = 0; i < ASKED; i++) {
		p[i] = probe_open(app.port);
		CHECK(probe_send(
			&p[i], STR("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")));
	}
	/* The cached page is made by a worker of the other lane. */
	CHECK_INT(probe_get(t, app.port, "/?q=busy").status, 200);
	int64_t patience = clock_monotonic_ms() + PROBE_PATIENCE_MS;
	while (atomic_load(&app.web->travelling) > LIMIT_HTTP_POOL_QUEUE + 1 &&
	       clock_monotonic_ms() < patience)
		poll(NULL, 0, 5);
	atomic_store(&app.hold, false);
	for (size_t i = 0; i < ASKED; i++) {
		CHECK(probe_read(t, &p[i], false, &a));
		busy += a.status == 503;
		good += a.status == 200;
		probe_close(&p[i]);
	}
	CHECK_INT(busy + good, ASKED);
	CHECK(busy > 0 && good >= LIMIT_HTTP_POOL_QUEUE);
	test_app_stop(&app);
}

static void no_database(struct test *t)
{
	struct test_app app;

	if (!test_case(t, "without its database the site says so and stays up") ||
	    !test_app_start(t, &app, NULL))
		return;
	dir_remove(t->arena, app.web->config.where); /* before a reader has opened it */
	struct probe_answer a = probe_get(t, app.port, "/plain");
	CHECK_INT(a.status, 503);
	CHECK(header(&a, "Retry-After").len > 0);
	CHECK_INT(probe_get(t, app.port, "/").status, 503);
	CHECK_INT(probe_get(t, app.port, "/slow").status, 503);
	CHECK_INT(probe_get(t, app.port, "/healthz").status, 200);
	test_app_stop(&app);
}

/* Places of the table of addresses are taken and left in every order. */
static void addresses(struct test *t)
{
	enum { CLIENTS = 50, EACH = 3 };
	static struct probe p[CLIENTS * EACH];
	struct web_limits limits = web_limits_default();
	struct seeded random = seeded_from(7);
	struct probe_answer a = { 0 };
	struct test_app app;

	limits.connections = 200;
	limits.connections_per_ip = EACH;
	if (!test_case(t, "each address has its own count, in whatever order they come and go") ||
	    !test_app_start(t, &app, &limits))
		return;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT_OF(p); i++) {
			p[i] = probe_open_from(app.port, (uint8_t)(2 + i % CLIENTS));
			CHECK(probe_send(&p[i], STR("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")));
			CHECK(probe_read(t, &p[i], false, &a));
			CHECK_INT(a.status, 200);
		}
		struct probe more = probe_open_from(app.port, 2);
		CHECK(!probe_send(&more, STR("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")) ||
		      !probe_read(t, &more, false, &a) || a.status == 503);
		probe_close(&more);
		for (size_t left = COUNT_OF(p); left > 0; left--) {
			size_t i = (size_t)seeded_below(&random, left);
			probe_close(&p[i]);
			p[i] = p[left - 1];
		}
		int64_t patience = clock_monotonic_ms() + PROBE_PATIENCE_MS;
		while (atomic_load(&app.web->connections) > 0 && clock_monotonic_ms() < patience)
			poll(NULL, 0, 5);
	}
	test_app_stop(&app);
}

static void robots(struct test *t)
{
	struct web_limits limits = web_limits_default();
	struct test_app app;

	limits.costly_per_minute = 3;
	if (!test_case(t, "who takes costly pages too often waits, and nobody else") ||
	    !test_app_start(t, &app, &limits))
		return;
	for (int i = 0; i < 3; i++)
		CHECK_INT(get(t, &app, STR("/slow"), "").status, 200);
	struct probe_answer a = get(t, &app, STR("/slow"), "");
	CHECK_INT(a.status, 429);
	int64_t wait = 0;
	CHECK(str_to_i64(header(&a, "Retry-After"), &wait) && wait > 0 && wait <= 21);
	CHECK_INT(get(t, &app, STR("/plain"), "").status, 200);
	CHECK_INT(get(t, &app, STR("/slow"), "Cookie: gk=staff1\r\n").status, 200);
	CHECK_INT(get(t, &app, STR("/slow"), "Cookie: gk=nobody\r\n").status, 429);
	a = probe_ask(t, app.port, "POST", STR("/upload"),
		      STR("Content-Type: application/json\r\n"), STR("{}"));
	CHECK_INT(a.status, 429);
	CHECK(str_contains(a.body, STR("web.too_often")));
	test_app_stop(&app);
}

/* A person's form that comes too often is not lost: it stands there again. */
static void impatient(struct test *t)
{
	struct web_limits limits = web_limits_default();
	struct str cookie, token;
	struct test_app app;

	limits.costly_per_minute = 1;
	if (!test_case(t, "a form sent too often is shown again with what was typed") ||
	    !test_app_start(t, &app, &limits))
		return;
	test_app_visitor(t, &app, &cookie, &token);
	struct str body = str_format(t->arena, "name=typed&_csrf=" STR_FMT, STR_ARG(token));
	struct str more = str_concat(
		t->arena, cookie, STR("Content-Type: application/x-www-form-urlencoded\r\n"));
	struct probe_answer a = probe_ask(t, app.port, "POST", STR("/seldom"), more, body);
	CHECK_INT(a.status, 303);
	int64_t before = test_app_things(t, &app);
	a = probe_ask(t, app.port, "POST", STR("/seldom"), more, body);
	CHECK_INT(a.status, 429);
	CHECK(str_contains(a.body, STR("name=[typed]")) && header(&a, "Retry-After").len > 0);
	CHECK_INT(test_app_things(t, &app), before);
	a = probe_ask(t, app.port, "POST", STR("/seldom"),
		      STR("Content-Type: application/json\r\n"), STR("{\"name\":\"m\"}"));
	CHECK_INT(a.status, 429); /* a machine is told so, and has its own memory */
	CHECK(str_contains(a.body, STR("web.too_often")));
	test_app_stop(&app);
}

static void touches(struct test *t)
{
	struct test_app app;

	if (!test_case(t, "the use of an idle session is noted, once its time has come") ||
	    !test_app_start(t, &app, NULL))
		return;
	CHECK_INT(get(t, &app, STR("/plain"), "Cookie: gk=staff1\r\n").status, 200);
	CHECK_INT(get(t, &app, STR("/plain"), "Cookie: gk=staff2-idle\r\n").status, 200);
	writer_close(app.writer); /* what is queued is written first */
	struct err err = { .code = ERR_NONE };
	CHECK_OK(writer_open(&app.writer, str_format(t->arena, "%s/site.db", t->data_dir), NULL,
			     NULL, &err));
	CHECK_INT(test_app_things(t, &app), 1);
	test_app_stop(&app);
}

void trouble_test(struct test *t)
{
	struct test_app app;

	if (test_case(t, "the site starts") && test_app_start(t, &app, NULL)) {
		assets(t, &app);
		app.web->config.trusted_proxy = STR("127.0.0.1");
		app.web->config.log_requests = true;
		proxies(t, &app);
		app.web->config.log_requests = false;
		redirects(t, &app);
		failures(t, &app);
		test_app_stop(&app);
	}
	no_worker(t);
	no_database(t);
	addresses(t);
	robots(t);
	touches(t);
	impatient(t);
}
