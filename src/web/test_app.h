/*
 * test_app.h - a small site on a port of its own, for the tests of this folder.
 *
 * Pages that are cached, slow, large, refused or wrong; forms that write, fail,
 * upload. For tests only.
 */
#ifndef WEB_TEST_APP_H
#define WEB_TEST_APP_H

#include "web/probe.h"
#include "web/server.h"

enum { TEST_PUBLIC = 1, TEST_STAFF = 2, TEST_BOSS = 3 };

struct test_app {
	struct web_server *web;
	struct writer *writer;
	uint16_t port;
	struct arena *arena;
	atomic_int drawn;	   /* times the cached page was made */
	atomic_int writes;	   /* times the writing handler ran */
	atomic_bool hold;	   /* the slow page waits while this is set */
	atomic_bool hold_cached;   /* and the cached page too */
};

extern const struct route *const test_app_tables[];
extern const struct field test_app_form[];

/* limits NULL: the program's. */
bool test_app_start(struct test *t, struct test_app *app, const struct web_limits *limits);
/* On a database that is there and migrated. */
bool test_app_start_at(struct test *t, struct test_app *app, struct str where,
		       const struct web_limits *limits);
void test_app_stop(struct test_app *app);
/* What a browser that has opened a form sends with it: a Cookie line and a token. */
void test_app_visitor(struct test *t, struct test_app *app, struct str *cookie, struct str *token);
struct str test_app_secret(void);
/* Rows written by POST /things. */
int64_t test_app_things(struct test *t, struct test_app *app);
#endif
