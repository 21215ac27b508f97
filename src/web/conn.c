/* conn.c - a connection: opening, reading, closing. What is read goes to dispatch.c. */
#include "base/limits.h"
#include "web/loop.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SMALL = 4 * 1024, TURNS = 8, REQUESTS_PER_TURN = 32 };

/* ---- buffers, kept by the loop for reuse */

struct buffer {
	struct buffer *next;
};

static size_t buffer_size(size_t need)
{
	return need <= SMALL ? SMALL : SCRATCH;
}

/* Room for at least `need` bytes, with what is there already in front. */
bool conn_take_buffer(struct loop *l, struct conn *c, size_t need)
{
	size_t size = buffer_size(need);
	struct buffer **pool = size == SMALL ? &l->small : &l->large;

	if (need > SCRATCH)
		return false;
	if (c->in != NULL && c->in_cap >= need)
		return true;
	struct buffer *b = *pool;
	if (b != NULL)
		*pool = b->next;
	else
		b = arena_alloc(l->arena, size);
	char *bytes = (char *)(void *)b;
	size_t len = c->in_len;
	if (len > 0)
		memcpy(bytes, c->in, len);
	conn_give_buffer(l, c);
	c->in = bytes;
	c->in_len = len;
	c->in_cap = size;
	return true;
}

void conn_give_buffer(struct loop *l, struct conn *c)
{
	if (c->in == NULL)
		return;
	struct buffer *b = (struct buffer *)(void *)c->in;
	struct buffer **pool = c->in_cap == SMALL ? &l->small : &l->large;
	b->next = *pool;
	*pool = b;
	c->in = NULL;
	c->in_len = c->in_cap = 0;
}

/* ---- opening and closing */

static struct conn *new_conn(struct loop *l)
{
	if (l->free_conn != UINT32_MAX) {
		struct conn *c = &l->conns[l->free_conn];
		l->free_conn = c->next_free;
		return c;
	}
	assert(l->conns_used < l->server->limits.connections);
	l->conns[l->conns_used].index = l->conns_used;
	return &l->conns[l->conns_used++];
}

static void write_remote(struct conn *c)
{
	const unsigned char *bytes = c->address.bytes;
	bool v4 = IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)bytes);
	const char *text = inet_ntop(v4 ? AF_INET : AF_INET6, bytes + (v4 ? 12 : 0), c->remote,
				     sizeof c->remote);

	c->remote_len = text != NULL ? str_from_c(text).len : 0;
}

void conn_open(struct loop *l, const struct handed *h)
{
	struct conn *c = new_conn(l);
	uint32_t index = c->index, serial = c->serial + 1;
	bool queued = c->queued; /* its place in the list of the ready outlives it */

	*c = (struct conn){ .fd = h->fd, .index = index, .serial = serial, .state = CONN_HEAD,
			    .queued = queued, .address = h->address,
			    .counted = h->counted,
			    .deadline = l->now_ms + l->server->limits.head_ms };
	write_remote(c);
	atomic_fetch_add(&l->open, 1);
	struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
				 .data.u64 = (uint64_t)serial << 32 | index };
	if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e) != 0)
		conn_close(l, c);
}

void conn_close(struct loop *l, struct conn *c)
{
	send_forget(l, c);
	dispatch_unhold(l, c);
	if (c->x != NULL)
		dispatch_release(l, c->x);
	c->x = NULL;
	conn_give_buffer(l, c);
	close(c->fd);
	if (c->counted)
		address_leave(l->server, &c->address);
	c->state = CONN_FREE;
	c->next_free = l->free_conn;
	l->free_conn = c->index;
	atomic_fetch_sub(&l->open, 1);
	atomic_fetch_sub(&l->server->connections, 1);
}

/* ---- reading */

/* Throws away what an already answered sender still sends, without copying it. */
static void discard(struct loop *l, struct conn *c)
{
	for (int turn = 0; turn < TURNS; turn++) {
		ssize_t n = recv(c->fd, NULL, 16 * MIB, MSG_TRUNC | MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
			conn_close(l, c);
			return;
		}
		if (n < 0)
			return;
	}
	loop_queue(l, c);
}

/*
 * The bytes to look at: those kept, with what can be read behind them. false if there is nothing
 * new now, or the connection has been closed.
 */
static bool more_bytes(struct loop *l, struct conn *c, struct str *bytes)
{
	bool kept = c->in_len > 0;

	if (c->unexamined) {
		*bytes = (struct str){ c->in, c->in_len };
		return true;
	}
	if (!c->readable)
		return false;
	if (kept && c->in_len == c->in_cap && !conn_take_buffer(l, c, c->in_len + 1)) {
		conn_close(l, c); /* cannot be: the limits of a head are met before */
		return false;
	}
	char *to = kept ? c->in + c->in_len : l->scratch;
	size_t room = kept ? c->in_cap - c->in_len : SCRATCH;
	ssize_t n = recv(c->fd, to, room, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		c->readable = errno == EINTR;
		return false;
	}
	if (n <= 0) {
		conn_close(l, c);
		return false;
	}
	/* A short read has emptied the socket; edge-triggered, more will be another event. */
	if ((size_t)n < room && !c->peer_done)
		c->readable = false;
	if (kept)
		c->in_len += (size_t)n;
	*bytes = kept ? (struct str){ c->in, c->in_len } : (struct str){ l->scratch, (size_t)n };
	return true;
}

/* Keeps what is left of bytes for later; `unexamined` if a new state must look at it. */
static void keep_rest(struct loop *l, struct conn *c, struct str rest, bool unexamined)
{
	c->unexamined = unexamined && rest.len > 0;
	if (rest.len == 0) {
		conn_give_buffer(l, c);
		return;
	}
	if (c->in == NULL) {
		(void)conn_take_buffer(l, c, rest.len); /* never more than SCRATCH */
		memcpy(c->in, rest.ptr, rest.len);
	} else if (rest.ptr != c->in) {
		memmove(c->in, rest.ptr, rest.len);
	}
	c->in_len = rest.len;
}

/* Reads heads while there are complete ones and each is answered at once. Returns bytes used. */
static size_t read_heads(struct loop *l, struct conn *c, struct str bytes, bool *more_wanted)
{
	size_t at = 0, end;
	uint32_t serial = c->serial;
	unsigned status;

	*more_wanted = false;
	for (int n = 0; n < REQUESTS_PER_TURN && c->state == CONN_HEAD && at < bytes.len; n++) {
		struct str rest = str_slice(bytes, at, bytes.len);
		if (c->served && c->scan.line == 0 && c->in_len == 0)
			c->deadline = l->now_ms + l->server->limits.head_ms;
		switch (http_find_head(rest, &c->scan, &end, &status)) {
		case HTTP_MORE:
			*more_wanted = true;
			return at;
		case HTTP_BAD:
			conn_refuse(l, c, status);
			return bytes.len;
		case HTTP_READY:
			break;
		}
		c->scan = (struct http_scan){ 0 };
		at += end;
		dispatch_head(l, c, str_slice(rest, 0, end), str_slice(rest, end, rest.len));
		if (c->serial != serial || c->state == CONN_FREE)
			return bytes.len;
	}
	return at;
}

static void use_bytes(struct loop *l, struct conn *c, struct str bytes)
{
	uint32_t serial = c->serial;
	bool more_wanted = false;
	size_t used = 0;

	c->unexamined = false;
	if (c->state == CONN_HEAD)
		used = read_heads(l, c, bytes, &more_wanted);
	if (c->serial == serial && c->state == CONN_BODY && used < bytes.len)
		used += dispatch_body(l, c, str_slice(bytes, used, bytes.len));
	if (c->serial != serial || c->state == CONN_FREE)
		return;
	if (c->state == CONN_LINGER)
		used = bytes.len;
	keep_rest(l, c, str_slice(bytes, used, bytes.len), !more_wanted);
}

/* As far as it goes without waiting, but no more than its turn. */
void conn_work(struct loop *l, struct conn *c)
{
	uint32_t serial = c->serial;
	struct str bytes;

	for (int turn = 0; turn < TURNS; turn++) {
		if (c->state == CONN_LINGER) {
			discard(l, c);
			return;
		}
		if (c->state != CONN_HEAD && c->state != CONN_BODY)
			return;
		if (!more_bytes(l, c, &bytes))
			return;
		use_bytes(l, c, bytes);
		if (c->serial != serial || c->state == CONN_FREE)
			return;
	}
	loop_queue(l, c);
}

void conn_event(struct loop *l, struct conn *c, uint32_t events)
{
	uint32_t serial = c->serial;

	if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
		conn_close(l, c); /* an answer on its way finds another serial */
		return;
	}
	if ((events & EPOLLIN) != 0)
		c->readable = true;
	if ((events & EPOLLRDHUP) != 0)
		c->readable = c->peer_done = true;
	if ((events & EPOLLOUT) != 0 && c->state == CONN_SEND)
		send_more(l, c);
	if (c->serial == serial && c->state != CONN_FREE && c->readable)
		conn_work(l, c);
}

/* ---- deadlines and refusals */

void conn_refuse(struct loop *l, struct conn *c, unsigned status)
{
	struct exchange *x = ARENA_NEW(l->requests, struct exchange);

	x->server = l->server;
	x->arena = l->requests;
	exchange_refuse(x, status);
	c->linger = true;
	send_answer(l, c, x);
}

void conn_expired(struct loop *l, struct conn *c)
{
	static const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	switch (c->state) {
	case CONN_HEAD:
		if (c->in_len > 0)
			conn_refuse(l, c, 408);
		else
			conn_close(l, c);
		return;
	case CONN_BODY:
		conn_refuse(l, c, 408);
		return;
	case CONN_SEND:
		/* What the kernel still holds for a reader that does not read goes with it. */
		(void)setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		conn_close(l, c);
		return;
	case CONN_LINGER:
		conn_close(l, c);
		return;
	case CONN_WAIT:
	case CONN_FREE:
		return;
	}
}
