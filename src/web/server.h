/*
 * server.h - what all threads of the server share; inside this folder only.
 *
 * Built by web_start and constant afterwards, but for the parts that guard
 * themselves: the page cache, the worker pool, the arenas to reuse, the counts.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/cache.h"
#include "web/router.h"
#include "web/web.h"

#include <pthread.h>
#include <stdatomic.h>

/* base/limits.h in the program; smaller in tests, so that a slow client is slow in no time. */
struct web_limits {
	int head_ms, body_ms, idle_ms, write_ms, linger_ms;
	/* A body or an answer may take longer by the time its bytes need at these rates. */
	size_t body_bytes_per_s, write_bytes_per_s;
	unsigned connections, connections_per_ip;
	size_t held_bytes; /* bodies and unsent answers of all connections */
	int send_buffer;
	unsigned costly_per_minute; /* of web_config */
	unsigned pool_threads; /* 0: one per core, at least two */
};
struct web_limits web_limits_default(void);
NODISCARD bool web_start_limited(struct web_server **out, const struct web_config *config,
				 const struct web_limits *limits, struct err *err);

/* Names of the cookies, with __Host- where cookies are secure. */
struct web_cookies {
	struct str session, anonymous, mode, flash;
	struct str attributes; /* "; Path=/; …" */
};

struct loop;
struct pool;
struct assets;
struct address_counts;
struct buckets;

enum {
	ARENAS_KEPT = 16,
	STOP_WAIT_MS = 5000, /* for work that is away when all connections have gone */
};

struct web_server {
	struct arena *arena;
	struct web_config config;
	struct web_limits limits;
	struct web_cookies cookies;
	struct str security_headers; /* every answer carries them */
	struct router *router;
	struct assets *assets;
	struct cache *cache; /* NULL: off */
	struct buckets *buckets; /* NULL: off */
	bool database_waits; /* PostgreSQL: nothing is read on an HTTP thread */

	int listener;
	uint16_t port;
	struct loop **loops;
	unsigned loops_count;
	struct pool *pool;
	struct address_counts *addresses;
	atomic_uint connections;
	atomic_size_t held;
	atomic_bool stopping;
	_Atomic int64_t stop_by; /* monotonic */
	atomic_uint travelling;	 /* exchanges away from their loop */

	pthread_mutex_t arenas_lock;
	struct arena *arenas[ARENAS_KEPT];
	unsigned arenas_count;
};

/* An arena for one exchange that leaves its thread; empty. */
struct arena *server_arena_take(struct web_server *s);
void server_arena_give(struct web_server *s, struct arena *a);
#endif
