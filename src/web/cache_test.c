#include "web/cache.h"

#include "base/limits.h"
#include "web/test_app.h"

#include <brotli/decode.h>
#include <pthread.h>
#include <string.h>
#include <zlib.h>

static const struct date monday = { 18568 }, tuesday = { 18569 };

static struct str head(struct arena *a, const void *arg, struct str etag, enum encoding encoding,
		       bool unchanged, size_t length)
{
	(void)arg;
	return str_format(a, "%d " STR_FMT " %zu %d", (int)encoding, STR_ARG(etag), length,
			  unchanged);
}

/* What a request for key does: "hit BODY", "fill", "wait", "pass". */
static struct str ask(struct test *t, struct cache *c, const char *key, struct date day,
		      struct cache_slot **slot, struct cache_waiter *waiter)
{
	struct cache_entry *entry = NULL;

	switch (cache_find(c, str_from_c(key), day, waiter, &entry, slot)) {
	case CACHE_HIT: {
		struct str body = str_copy(t->arena, entry->encoded.body[ENCODING_IDENTITY]);
		cache_release(entry);
		return str_concat(t->arena, STR("hit "), body);
	}
	case CACHE_FILL:
		return STR("fill");
	case CACHE_WAIT:
		return STR("wait");
	case CACHE_PASS:
		return STR("pass");
	}
	return STR_NONE;
}

static bool fill(struct cache *c, struct cache_slot *slot, struct str body, struct date day,
		 struct cache_waiter **waiters)
{
	bool fresh;

	cache_release(cache_fill(c, slot, body, day, head, NULL, &fresh, waiters));
	return fresh;
}

static void put(struct test *t, struct cache *c, const char *key, struct str body)
{
	struct cache_slot *slot = NULL;
	struct cache_waiter *waiters;

	CHECK_STR(ask(t, c, key, monday, &slot, NULL), STR("fill"));
	CHECK(fill(c, slot, body, monday, &waiters) && waiters == NULL);
}

static void rules(struct test *t)
{
	struct cache *c = cache_open(MIB);
	struct cache_slot *slot = NULL, *other = NULL;
	struct cache_waiter first, second, *waiters = NULL;
	struct cache_entry *peeked;

	if (test_case(t, "a page is made once, and kept for its key, day and generation")) {
		put(t, c, "/a", STR("A"));
		CHECK_STR(ask(t, c, "/a", monday, &slot, NULL), STR("hit A"));
		CHECK(cache_peek(c, STR("/a"), monday, &peeked));
		cache_release(peeked);
		CHECK(!cache_peek(c, STR("/b"), monday, &peeked));
		CHECK(!cache_peek(c, STR("/a"), tuesday, &peeked));
		cache_bump(c);
		CHECK(!cache_peek(c, STR("/a"), monday, &peeked));
		put(t, c, "/a", STR("A2"));
		CHECK_STR(ask(t, c, "/a", monday, &slot, NULL), STR("hit A2"));
		CHECK_STR(ask(t, c, "/a", tuesday, &slot, NULL), STR("fill"));
		CHECK(fill(c, slot, STR("A3"), tuesday, &waiters));
		CHECK_INT((int64_t)cache_count(c).entries, 1);
	}
	if (test_case(t, "while one fills, the others wait for him")) {
		CHECK_STR(ask(t, c, "/w", monday, &slot, NULL), STR("fill"));
		CHECK_STR(ask(t, c, "/w", monday, &other, &first), STR("wait"));
		CHECK_STR(ask(t, c, "/w", monday, &other, &second), STR("wait"));
		CHECK(!cache_peek(c, STR("/w"), monday, &peeked));
		CHECK(fill(c, slot, STR("W"), monday, &waiters));
		CHECK(waiters == &second && second.next == &first && first.next == NULL);
		CHECK_STR(ask(t, c, "/w", monday, &slot, NULL), STR("hit W"));
	}
	if (test_case(t, "a page begun before a change is thrown away")) {
		CHECK_STR(ask(t, c, "/s", monday, &slot, NULL), STR("fill"));
		CHECK_STR(ask(t, c, "/s", monday, &other, &first), STR("wait"));
		cache_bump(c);
		CHECK(!fill(c, slot, STR("old"), monday, &waiters));
		CHECK(waiters == &first);
		put(t, c, "/s", STR("new"));
		CHECK_STR(ask(t, c, "/s", monday, &slot, NULL), STR("hit new"));
	}
	if (test_case(t, "who gives up wakes the others and leaves nothing")) {
		CHECK_STR(ask(t, c, "/x", monday, &slot, NULL), STR("fill"));
		CHECK_STR(ask(t, c, "/x", monday, &other, &first), STR("wait"));
		cache_cancel(c, slot, &waiters);
		CHECK(waiters == &first);
		put(t, c, "/x", STR("X"));
	}
	cache_close(c);
}

static void room(struct test *t)
{
	struct cache_slot *slot;
	struct cache_waiter *waiters;

	if (test_case(t, "the least used page makes room")) {
		struct cache *c = cache_open(100 * KIB);
		put(t, c, "/1", STR("1"));
		size_t one = cache_count(c).bytes;
		for (int i = 2; i < 10; i++) {
			put(t, c, str_to_c(t->arena, str_format(t->arena, "/%d", i)), STR("x"));
			CHECK_STR(ask(t, c, "/1", monday, &slot, NULL), STR("hit 1"));
		}
		CHECK(cache_count(c).bytes <= 100 * KIB);
		CHECK_INT((int64_t)cache_count(c).entries, (int64_t)(100 * KIB / one));
		CHECK_STR(ask(t, c, "/2", monday, &slot, NULL), STR("fill"));
		cache_cancel(c, slot, &waiters);
		cache_close(c);
	}
	if (test_case(t, "a page larger than the cache, and a key too long, are not kept")) {
		struct cache *c = cache_open(30 * KIB);
		char *long_key = arena_alloc(t->arena, 1000);
		memset(long_key, 'k', 999);
		CHECK_STR(ask(t, c, long_key, monday, &slot, NULL), STR("pass"));
		CHECK_STR(ask(t, c, "/big", monday, &slot, NULL), STR("fill"));
		struct str body = { arena_alloc(t->arena, 40 * KIB), 40 * KIB };
		CHECK(!fill(c, slot, body, monday, &waiters));
		cache_close(c);
	}
	if (test_case(t, "more keys than places push the oldest out")) {
		struct cache *c = cache_open((size_t)1024 * MIB);
		for (int i = 0; i < 8200; i++) {
			struct str key = str_format(t->arena, "/k%d", i);
			put(t, c, str_to_c(t->arena, key), STR("x"));
		}
		CHECK_INT((int64_t)cache_count(c).entries, 8192);
		CHECK_INT((int64_t)cache_count(c).evicted, 8);
		CHECK_STR(ask(t, c, "/k8199", monday, &slot, NULL), STR("hit x"));
		CHECK_STR(ask(t, c, "/k7", monday, &slot, NULL), STR("fill"));
		cache_cancel(c, slot, &waiters);
		cache_close(c);
	}
}

/* ---- over HTTP */

static struct str unpack(struct test *t, struct str in, enum encoding encoding)
{
	size_t len = 256 * KIB;
	unsigned char *out = arena_alloc(t->arena, len);

	if (encoding == ENCODING_BROTLI) {
		if (BrotliDecoderDecompress(in.len, (const unsigned char *)in.ptr, &len, out) !=
		    BROTLI_DECODER_RESULT_SUCCESS)
			return STR_NONE;
		return (struct str){ (const char *)out, len };
	}
	z_stream z = { .next_in = (z_const Bytef *)(uintptr_t)in.ptr, .avail_in = (uInt)in.len,
		       .next_out = out, .avail_out = (uInt)len };
	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return STR_NONE;
	int end = inflate(&z, Z_FINISH);
	inflateEnd(&z);
	return end == Z_STREAM_END ? (struct str){ (const char *)out, len - z.avail_out }
				   : STR_NONE;
}

static struct probe_answer home(struct test *t, struct test_app *app, const char *query,
				const char *headers)
{
	return probe_ask(t, app->port, "GET", str_format(t->arena, "/%s", query),
			 str_from_c(headers), STR_NONE);
}

static void encodings(struct test *t, struct test_app *app)
{
	static const struct {
		const char *accept, *encoding;
		enum encoding e;
	} row[] = { { "Accept-Encoding: gzip\r\n", "gzip", ENCODING_GZIP },
		    { "Accept-Encoding: gzip, br\r\n", "br", ENCODING_BROTLI },
		    { "", "", ENCODING_IDENTITY } };
	struct str tag[3];

	if (!test_case(t, "one page in three encodings, each with its own tag and its 304"))
		return;
	struct str plain = home(t, app, "?q=e", "").body;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct probe_answer a = home(t, app, "?q=e", row[i].accept);
		CHECK_INT(a.status, 200);
		CHECK_STR(probe_header(&a, STR("Content-Encoding")), str_from_c(row[i].encoding));
		CHECK_STR(probe_header(&a, STR("Vary")), STR("Accept-Encoding, Cookie"));
		CHECK_STR(probe_header(&a, STR("Cache-Control")),
			  STR("public, max-age=0, must-revalidate"));
		CHECK_STR(row[i].e == ENCODING_IDENTITY ? a.body : unpack(t, a.body, row[i].e),
			  plain);
		tag[i] = probe_header(&a, STR("ETag"));
		struct str ask_again =
			str_format(t->arena, "%sIf-None-Match: \"x\", " STR_FMT "\r\n",
				   row[i].accept, STR_ARG(tag[i]));
		a = home(t, app, "?q=e", str_to_c(t->arena, ask_again));
		CHECK_INT(a.status, 304);
		CHECK_STR(probe_header(&a, STR("ETag")), tag[i]);
		CHECK_STR(probe_header(&a, STR("Content-Length")), STR_NONE);
		CHECK(probe_header(&a, STR("Vary")).len > 0);
	}
	CHECK(!str_equal(tag[0], tag[1]) && !str_equal(tag[1], tag[2]) &&
	      !str_equal(tag[0], tag[2]));
}

static void keys(struct test *t, struct test_app *app)
{
	if (test_case(t, "what is not declared and the order of sending change nothing")) {
		struct str first = home(t, app, "?q=k", "").body;
		int drawn = atomic_load(&app->drawn);
		CHECK_STR(home(t, app, "?q=k", "").body, first);
		CHECK_STR(home(t, app, "?utm_x=1&q=k", "").body, first);
		CHECK_STR(home(t, app, "?q=%6b", "").body, first);
		CHECK_INT(atomic_load(&app->drawn), drawn);
		CHECK(!str_equal(home(t, app, "?q=K", "").body, first));
		CHECK(!str_equal(home(t, app, "", "").body, first));
		CHECK_INT(atomic_load(&app->drawn), drawn + 2);
	}
	if (test_case(t, "a signed-in person, a flash and a mode have their own pages")) {
		struct str first = home(t, app, "?q=p", "").body;
		int drawn = atomic_load(&app->drawn);
		struct probe_answer a = home(t, app, "?q=p", "Cookie: gk=staff1\r\n");
		CHECK_STR(probe_header(&a, STR("Cache-Control")), STR("no-store"));
		CHECK(str_contains(a.body, STR("/sign-out")));
		CHECK(!str_contains(first, STR("/sign-out")));
		home(t, app, "?q=p", "Cookie: gk-flash=x\r\n");
		CHECK(!str_equal(home(t, app, "?q=p", "Cookie: gk-mode=elder\r\n").body, first));
		CHECK_INT(atomic_load(&app->drawn), drawn + 3);
		CHECK_STR(home(t, app, "?q=p", "Cookie: gk-form=x; other=y\r\n").body, first);
	}
	if (test_case(t, "a page with a token of its reader is not kept, nor one that failed")) {
		struct probe_answer a = probe_get(t, app->port, "/cached-form");
		struct probe_answer b = probe_get(t, app->port, "/cached-form");
		CHECK_INT(a.status, 200);
		CHECK(!str_equal(a.body, b.body));
		CHECK(probe_header(&b, STR("Set-Cookie")).len > 0);
		CHECK_STR(probe_header(&b, STR("ETag")), STR_NONE);
		a = probe_get(t, app->port, "/cached-broken");
		CHECK_INT(a.status, 500);
		CHECK_STR(probe_header(&a, STR("ETag")), STR_NONE);
	}
}

static bool add_thing(struct test *t, struct test_app *app, const char *name)
{
	struct probe_answer a = probe_ask(t, app->port, "POST", STR("/api/things"),
					  STR("Content-Type: application/json\r\n"),
					  str_format(t->arena, "{\"name\":\"%s\"}", name));
	return a.status == 200;
}

static void freshness(struct test *t, struct test_app *app)
{
	if (test_case(t, "who has been told that it is saved sees it on every page")) {
		int64_t before = test_app_things(t, app);
		for (int i = 0; i < 20; i++) {
			home(t, app, "", "");
			CHECK(add_thing(t, app,
					str_to_c(t->arena, str_format(t->arena, "fresh%d", i))));
			struct str want = str_format(t->arena, "things=%d ", (int)before + i + 1);
			CHECK(str_contains(home(t, app, "", "").body, want));
		}
	}
	if (test_case(t, "many ask for a page that is being made: it is made once")) {
		enum { MANY = 40 };
		struct probe p[MANY];
		struct probe_answer a = { 0 };
		CHECK(add_thing(t, app, "many"));
		int drawn = atomic_load(&app->drawn);
		atomic_store(&app->hold_cached, true);
		for (int i = 0; i < MANY; i++) {
			p[i] = probe_open(app->port);
			CHECK(probe_send(&p[i], STR("GET / HTTP/1.1\r\nHost: gk.test\r\n\r\n")));
		}
		/* The site answers others meanwhile; by then all of these have arrived. */
		for (int i = 0; i < MANY; i++)
			CHECK_INT(probe_get(t, app->port, "/plain").status, 200);
		probe_close(&p[3]); /* one goes away */
		atomic_store(&app->hold_cached, false);
		for (int i = 0; i < MANY; i++) {
			CHECK(i == 3 || probe_read(t, &p[i], false, &a));
			CHECK_INT(a.status, 200);
			probe_close(&p[i]);
		}
		CHECK_INT(atomic_load(&app->drawn), drawn + 1);
	}
	if (test_case(t, "a change while the page is made: who came after it sees it")) {
		struct probe_answer a = { 0 };
		struct probe p = probe_open(app->port), q = probe_open(app->port);
		int64_t before = test_app_things(t, app);
		CHECK(add_thing(t, app, "stale0"));
		atomic_store(&app->hold_cached, true);
		CHECK(probe_send(&p, STR("GET / HTTP/1.1\r\nHost: gk.test\r\n\r\n")));
		CHECK(add_thing(t, app, "stale1"));
		CHECK(probe_send(&q, STR("GET / HTTP/1.1\r\nHost: gk.test\r\n\r\n")));
		CHECK_INT(probe_get(t, app->port, "/plain").status, 200);
		atomic_store(&app->hold_cached, false);
		CHECK(probe_read(t, &p, false, &a) && probe_read(t, &q, false, &a));
		CHECK(str_contains(a.body, str_format(t->arena, "things=%d ", (int)before + 2)));
		probe_close(&p);
		probe_close(&q);
	}
}

void cache_test(struct test *t)
{
	struct test_app app;

	rules(t);
	room(t);
	if (!test_case(t, "the site with a cache starts") || !test_app_start(t, &app, NULL))
		return;
	encodings(t, &app);
	keys(t, &app);
	freshness(t, &app);
	test_app_stop(&app);
}
