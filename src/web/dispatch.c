/*
 * dispatch.c - where an exchange goes: answered on the spot, to a worker, to
 * the writer, or to wait for a page of the cache; and what is done when it
 * comes home.
 */
#include "base/limits.h"
#include "web/loop.h"
#include "web/pool.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum { TRIES_MAX = 3, BODY_ESTIMATE = 4 * 1024 };

void dispatch_release(struct loop *l, struct exchange *x)
{
	cache_release(x->entry);
	if (x->rq.release != NULL)
		x->rq.release(x->rq.prepared);
	server_arena_give(l->server, x->arena); /* x lies in it */
}

/* ---- what connections hold in memory, all together */

bool dispatch_hold(struct loop *l, struct conn *c, size_t bytes)
{
	if (atomic_fetch_add(&l->server->held, bytes) + bytes > l->server->limits.held_bytes) {
		atomic_fetch_sub(&l->server->held, bytes);
		return false;
	}
	c->held += bytes;
	return true;
}

void dispatch_unhold(struct loop *l, struct conn *c)
{
	if (c->held > 0)
		atomic_fetch_sub(&l->server->held, c->held);
	c->held = 0;
}

/* ---- leaving */

/* The same exchange in memory of its own, in which it can leave this thread. */
static struct exchange *move_out(struct loop *l, struct conn *c, struct str head)
{
	struct arena *a = server_arena_take(l->server);
	struct str remote = { c->remote, c->remote_len };
	struct exchange *x = exchange_open(l->server, a, str_copy(a, head), str_copy(a, remote));

	x->home = l;
	x->conn = c->index;
	x->conn_serial = c->serial;
	arena_reset(l->requests);
	return x;
}

static void wait_for(struct loop *l, struct conn *c)
{
	(void)l;
	c->state = CONN_WAIT;
	c->deadline = INT64_MAX;
}

/* Answers here and now an exchange that has its own memory. */
static void answer_own(struct loop *l, struct conn *c, struct exchange *x)
{
	c->x = x;
	send_answer(l, c, x);
}

static void to_pool(struct loop *l, struct conn *c, struct exchange *x)
{
	enum pool_lane lane = x->rq.route != NULL && (x->rq.route->flags & ROUTE_SLOW) != 0 ?
				      POOL_SLOW :
				      POOL_QUICK;

	wait_for(l, c);
	atomic_fetch_add(&l->server->travelling, 1);
	if (pool_submit(l->server->pool, x, lane))
		return;
	atomic_fetch_sub(&l->server->travelling, 1);
	if (x->fill != NULL) {
		struct cache_waiter *waiters;
		cache_cancel(l->server->cache, x->fill, &waiters);
		x->fill = NULL;
		exchange_wake(waiters);
	}
	exchange_refuse(x, 503);
	answer_own(l, c, x);
}

/* The checks of a POST on this thread, then the writer. */
static void run_here(struct loop *l, struct conn *c, struct exchange *x)
{
	wait_for(l, c);
	atomic_fetch_add(&l->server->travelling, 1);
	if (exchange_run(x, loop_db(l)) == EXCHANGE_SUBMITTED)
		return;
	atomic_fetch_sub(&l->server->travelling, 1);
	answer_own(l, c, x);
}

static void without_cache(struct loop *l, struct conn *c, struct exchange *x)
{
	x->uses_cache = false;
	if (l->server->database_waits)
		to_pool(l, c, x);
	else
		run_here(l, c, x);
}

/* x has its own memory. */
static void through_cache(struct loop *l, struct conn *c, struct exchange *x)
{
	struct cache_entry *entry;
	struct str key;

	if (++x->tries > TRIES_MAX || !x->uses_cache || !exchange_cache_key(x, &key)) {
		without_cache(l, c, x);
		return;
	}
	wait_for(l, c);
	atomic_fetch_add(&l->server->travelling, 1);
	switch (cache_find(l->server->cache, key, x->rq.ctx.today, &x->waiter, &entry, &x->fill)) {
	case CACHE_WAIT:
		return;
	case CACHE_HIT:
		atomic_fetch_sub(&l->server->travelling, 1);
		exchange_from_cache(x, entry);
		answer_own(l, c, x);
		return;
	case CACHE_FILL:
		atomic_fetch_sub(&l->server->travelling, 1);
		to_pool(l, c, x);
		return;
	case CACHE_PASS:
		break;
	}
	atomic_fetch_sub(&l->server->travelling, 1);
	without_cache(l, c, x);
}

/* The common case, a page that is there, without memory of its own. */
static void ask_cache(struct loop *l, struct conn *c, struct exchange *x, struct str head)
{
	struct cache_entry *entry;
	struct str key;

	if (exchange_cache_key(x, &key) &&
	    cache_peek(l->server->cache, key, x->rq.ctx.today, &entry)) {
		exchange_from_cache(x, entry);
		send_answer(l, c, x);
		return;
	}
	through_cache(l, c, move_out(l, c, head));
}

/* ---- heads */

static void begin_body(struct loop *l, struct conn *c, struct exchange *x, struct str behind)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	bool chunked = x->head.chunked;

	c->x = x;
	c->state = CONN_BODY;
	c->body_left = x->head.length;
	c->chunks = (struct http_chunks){ .max = x->body_max };
	c->body_began = l->now_ms;
	c->deadline = l->now_ms + l->server->limits.body_ms;
	size_t estimate = !chunked && x->head.length < BODY_ESTIMATE ? (size_t)x->head.length :
								       BODY_ESTIMATE;
	c->body = buf_open(x->arena, estimate, x->body_max);
	if (!chunked && c->body_left == 0) {
		(void)dispatch_body(l, c, STR_NONE);
		return;
	}
	if (x->head.expects_continue && behind.len == 0)
		(void)send(c->fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* behind: what has been read beyond the head. */
void dispatch_head(struct loop *l, struct conn *c, struct str head, struct str behind)
{
	struct str remote = { c->remote, c->remote_len };
	struct exchange *x = exchange_open(l->server, l->requests, head, remote);

	/* Answered without its body, which may still be coming. */
	c->linger =
		x->plan != PLAN_BODY && (x->refused != 0 || x->head.length > 0 || x->head.chunked);
	if (c->linger)
		x->close = true;
	switch (x->plan) {
	case PLAN_READY:
		send_answer(l, c, x);
		return;
	case PLAN_REFUSE:
		exchange_refuse(x, x->refused);
		send_answer(l, c, x);
		return;
	case PLAN_INLINE:
		(void)exchange_run(x, loop_db(l)); /* only a POST goes to the writer */
		send_answer(l, c, x);
		return;
	case PLAN_CACHE:
		ask_cache(l, c, x, head);
		return;
	case PLAN_POOL:
		to_pool(l, c, move_out(l, c, head));
		return;
	case PLAN_BODY:
		begin_body(l, c, move_out(l, c, head), behind);
		return;
	}
}

/* ---- bodies */

static void body_complete(struct loop *l, struct conn *c)
{
	struct exchange *x = c->x;

	c->x = NULL;
	x->body = buf_str(&c->body);
	if (x->runs_inline)
		run_here(l, c, x);
	else
		to_pool(l, c, x);
}

/* false: refused; the connection may be closed by then. */
static bool keep_body(struct loop *l, struct conn *c, struct str data)
{
	const struct web_limits *limits = &l->server->limits;

	if (data.len == 0)
		return true;
	if (!dispatch_hold(l, c, data.len)) {
		conn_refuse(l, c, 503);
		return false;
	}
	buf_add(&c->body, data);
	if (!buf_ok(&c->body)) {
		conn_refuse(l, c, 413);
		return false;
	}
	/* Not later than its slowest allowed pace, however regularly the bytes drip. */
	c->deadline = c->body_began + limits->body_ms +
		      (int64_t)(c->body.len / (limits->body_bytes_per_s / 1000 + 1));
	return true;
}

static size_t read_chunked(struct loop *l, struct conn *c, struct str bytes)
{
	size_t at = 0, used = 1;
	bool done = false;

	while (!done && used > 0 && at < bytes.len) {
		struct str data;
		unsigned status = http_feed_chunks(&c->chunks, str_slice(bytes, at, bytes.len),
						   &used, &data, &done);
		if (status != 0) {
			conn_refuse(l, c, status);
			return bytes.len;
		}
		at += used;
		if (!keep_body(l, c, data))
			return bytes.len;
	}
	if (done)
		body_complete(l, c);
	return at;
}

/* Takes what belongs to the body; returns how much that was. */
size_t dispatch_body(struct loop *l, struct conn *c, struct str bytes)
{
	if (c->x->head.chunked)
		return read_chunked(l, c, bytes);
	size_t n = bytes.len < c->body_left ? bytes.len : (size_t)c->body_left;
	if (!keep_body(l, c, str_slice(bytes, 0, n)))
		return bytes.len;
	c->body_left -= n;
	if (c->body_left == 0)
		body_complete(l, c);
	return n;
}

/* ---- coming home */

void dispatch_home(struct loop *l, struct exchange *x)
{
	struct conn *c = &l->conns[x->conn];

	atomic_fetch_sub(&l->server->travelling, 1);
	if (c->serial != x->conn_serial || c->state != CONN_WAIT) {
		dispatch_release(l, x);
		return;
	}
	uint32_t serial = c->serial;
	switch (x->why) {
	case RETURN_READY:
		answer_own(l, c, x);
		break;
	case RETURN_FAILED:
		if (l->server->database_waits) {
			to_pool(l, c, x);
			break;
		}
		exchange_fail(x, loop_db(l));
		answer_own(l, c, x);
		break;
	case RETURN_RETRY:
		through_cache(l, c, x);
		break;
	}
	if (c->serial == serial && c->state == CONN_HEAD)
		loop_queue(l, c);
}
