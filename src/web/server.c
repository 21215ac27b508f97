/* server.c - starting and stopping. */
#include "web/server.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "web/assets.h"
#include "web/bucket.h"
#include "web/loop.h"
#include "web/pool.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	SERVER_ARENA = 64 * 1024 * 1024,
	BACKLOG = 4096,
	LOOPS_MAX = 256,
	SECRET_MIN = 16,
};

struct web_limits web_limits_default(void)
{
	return (struct web_limits){
		.head_ms = LIMIT_HTTP_HEAD_MS,
		.body_ms = LIMIT_HTTP_BODY_MS,
		.idle_ms = LIMIT_HTTP_IDLE_S * 1000,
		.write_ms = LIMIT_HTTP_WRITE_MS,
		.linger_ms = LIMIT_HTTP_LINGER_MS,
		.body_bytes_per_s = LIMIT_HTTP_BODY_RATE,
		.write_bytes_per_s = LIMIT_HTTP_WRITE_RATE,
		.connections = LIMIT_HTTP_CONNECTIONS,
		.connections_per_ip = LIMIT_HTTP_CONNECTIONS_PER_IP,
		.held_bytes = LIMIT_HTTP_HELD,
		.send_buffer = LIMIT_HTTP_SEND_BUFFER,
	};
}

/* ---- arenas that go with exchanges */

struct arena *server_arena_take(struct web_server *s)
{
	struct arena *a = NULL;

	pthread_mutex_lock(&s->arenas_lock);
	if (s->arenas_count > 0)
		a = s->arenas[--s->arenas_count];
	pthread_mutex_unlock(&s->arenas_lock);
	return a != NULL ? a : arena_open(LIMIT_REQUEST_ARENA);
}

void server_arena_give(struct web_server *s, struct arena *a)
{
	arena_reset(a);
	pthread_mutex_lock(&s->arenas_lock);
	bool keep = s->arenas_count < ARENAS_KEPT;
	if (keep)
		s->arenas[s->arenas_count++] = a;
	pthread_mutex_unlock(&s->arenas_lock);
	if (!keep)
		arena_close(a);
}

/* ---- starting */

static bool listen_on(struct web_server *s, const struct sockaddr *address, socklen_t len,
		      struct err *err)
{
	const int on = 1, off = 0;

	s->listener = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->listener < 0)
		return err_set(err, ERR_UNAVAILABLE, "web.cannot_start", "socket errno=%d", errno);
	/* What is set here, every accepted connection has. */
	(void)setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	(void)setsockopt(s->listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	(void)setsockopt(s->listener, SOL_SOCKET, SO_SNDBUF, &s->limits.send_buffer,
			 sizeof s->limits.send_buffer);
	if (address->sa_family == AF_INET6)
		(void)setsockopt(s->listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(s->listener, address, len) != 0 || listen(s->listener, BACKLOG) != 0) {
		if (errno == EADDRINUSE)
			return err_set(err, ERR_CONFLICT, "web.port_taken", "%u", s->config.port);
		return err_set(err, ERR_UNAVAILABLE, "web.cannot_listen", "%u", s->config.port);
	}
	return true;
}

static bool open_listener(struct web_server *s, struct err *err)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(s->config.port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(s->config.port) };
	const char *text = str_to_c(s->arena, s->config.address.len > 0 ? s->config.address :
									  STR("127.0.0.1"));
	struct sockaddr_in6 bound;
	socklen_t len = sizeof bound;
	bool ok;

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		ok = listen_on(s, (const struct sockaddr *)&v4, sizeof v4, err);
	else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
		ok = listen_on(s, (const struct sockaddr *)&v6, sizeof v6, err);
	else
		return err_set(err, ERR_INVALID, "web.bad_address", "%s", text);
	if (!ok || getsockname(s->listener, (struct sockaddr *)&bound, &len) != 0)
		return false;
	s->port = ntohs(bound.sin6_port); /* at the same place in both kinds */
	return true;
}

static void name_cookies(struct web_server *s)
{
	bool secure = s->config.secure_cookies;

	s->cookies = (struct web_cookies){
		.session = secure ? STR("__Host-gk") : STR("gk"),
		.anonymous = secure ? STR("__Host-gk-form") : STR("gk-form"),
		.mode = secure ? STR("__Host-gk-mode") : STR("gk-mode"),
		.flash = secure ? STR("__Host-gk-flash") : STR("gk-flash"),
		.attributes = secure ? STR("; Path=/; Secure; HttpOnly; SameSite=Lax") :
				       STR("; Path=/; HttpOnly; SameSite=Lax"),
	};
	/* With no-referrer, browsers would send "Origin: null" with our own forms. */
	s->security_headers = str_concat(
		s->arena,
		STR("X-Content-Type-Options: nosniff\r\n"
		    "X-Frame-Options: DENY\r\n"
		    "Referrer-Policy: same-origin\r\n"
		    "Cross-Origin-Opener-Policy: same-origin\r\n"
		    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), "
		    "usb=()\r\n"),
		secure ? STR("Strict-Transport-Security: max-age=63072000\r\n") : STR_NONE);
}

static bool start_loops(struct web_server *s, struct err *err)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned threads = s->config.threads > 0 ? s->config.threads :
			   cores > 0		 ? (unsigned)cores :
						   1;

	threads = threads > LOOPS_MAX ? LOOPS_MAX : threads;
	s->loops = ARENA_ARRAY(s->arena, threads, struct loop *);
	unsigned workers = s->limits.pool_threads > 0 ? s->limits.pool_threads : threads;
	if (!pool_open(&s->pool, s, workers, err))
		return false;
	for (unsigned i = 0; i < threads; i++, s->loops_count++)
		if (!loop_start(&s->loops[i], s, err))
			return false;
	/* All are there before the first runs, because they hand connections to each other. */
	for (unsigned i = 0; i < threads; i++)
		if (!loop_run(s->loops[i], err))
			return false;
	return true;
}

static bool is_postgres(struct str where)
{
	return str_starts(where, STR("postgresql:")) || str_starts(where, STR("postgres:"));
}

bool web_start_limited(struct web_server **out, const struct web_config *config,
		       const struct web_limits *limits, struct err *err)
{
	struct arena *a = arena_open(SERVER_ARENA);
	struct web_server *s = ARENA_NEW(a, struct web_server);

	assert(config->secret.len >= SECRET_MIN && config->now != NULL);
	s->arena = a;
	s->config = *config;
	s->limits = *limits;
	s->listener = -1;
	s->database_waits = is_postgres(config->where);
	pthread_mutex_init(&s->arenas_lock, NULL);
	name_cookies(s);
	if (!router_open(a, config->route_tables, config->public_permission, &s->router, err) ||
	    !open_listener(s, err)) {
		if (s->listener >= 0)
			close(s->listener);
		arena_close(a);
		return false;
	}
	s->assets = assets_open(a, s);
	s->addresses = address_counts_open(a, limits->connections);
	if (config->cache_bytes > 0)
		s->cache = cache_open(config->cache_bytes);
	if (limits->costly_per_minute > 0)
		s->buckets = buckets_open(a, limits->costly_per_minute);
	if (!start_loops(s, err))
		return false; /* the program ends: threads that did start are not taken back */
	*out = s;
	return true;
}

bool web_start(struct web_server **out, const struct web_config *config, struct err *err)
{
	struct web_limits limits = web_limits_default();

	limits.costly_per_minute = config->costly_per_minute;
	return web_start_limited(out, config, &limits, err);
}

uint16_t web_port(const struct web_server *s)
{
	return s->port;
}

void web_public_changed(struct web_server *s)
{
	if (s->cache != NULL)
		cache_bump(s->cache);
}

/* ---- stopping */

void web_stop(struct web_server *s, int drain_ms)
{
	atomic_store(&s->stop_by, clock_monotonic_ms() + drain_ms);
	atomic_store(&s->stopping, true);
	for (unsigned i = 0; i < s->loops_count; i++)
		loop_wake(s->loops[i]);
	for (unsigned i = 0; i < s->loops_count; i++)
		loop_join(s->loops[i]);
	close(s->listener);
	if (atomic_load(&s->travelling) > 0) {
		/* Somebody still works with what would be freed here; the program ends anyway. */
		log_write(LOG_WARN, "web.stopped_early", "exchanges=%u",
			  atomic_load(&s->travelling));
		return;
	}
	pool_close(s->pool);
	cache_close(s->cache);
	for (unsigned i = 0; i < s->loops_count; i++)
		loop_free(s->loops[i]);
	for (unsigned i = 0; i < s->arenas_count; i++)
		arena_close(s->arenas[i]);
	pthread_mutex_destroy(&s->arenas_lock);
	arena_close(s->arena);
}
