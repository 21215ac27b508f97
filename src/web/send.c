/* send.c - answers: as much as the socket takes at once, the rest when it takes more. */
#include "base/log.h"
#include "web/loop.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Everything an unsent answer holds on to. */
void send_forget(struct loop *l, struct conn *c)
{
	cache_release(c->out_entry);
	c->out_entry = NULL;
	if (c->out_arena != NULL)
		server_arena_give(l->server, c->out_arena);
	c->out_arena = NULL;
	if (c->out_held > 0)
		atomic_fetch_sub(&l->server->held, c->out_held);
	c->out_held = 0;
}

/* -1: the connection is broken. Otherwise what was sent, taken off out[]. */
static ssize_t send_out(struct conn *c)
{
	struct iovec iov[3];
	struct msghdr message = { .msg_iov = iov };

	for (size_t i = 0; i < COUNT_OF(c->out); i++)
		if (c->out[i].len > 0)
			iov[message.msg_iovlen++] = (struct iovec){
				.iov_base = (void *)(uintptr_t)c->out[i].ptr,
				.iov_len = c->out[i].len };
	ssize_t n = sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	size_t left = (size_t)n;
	for (size_t i = 0; i < COUNT_OF(c->out); i++) {
		size_t taken = left < c->out[i].len ? left : c->out[i].len;
		c->out[i] = str_slice(c->out[i], taken, c->out[i].len);
		left -= taken;
	}
	return n;
}

static size_t unsent(const struct conn *c)
{
	return c->out[0].len + c->out[1].len + c->out[2].len;
}

/* The answer is out: the next request, or the end. */
static void sent(struct loop *l, struct conn *c)
{
	send_forget(l, c);
	dispatch_unhold(l, c);
	if (c->x != NULL)
		dispatch_release(l, c->x);
	c->x = NULL;
	if (!c->close_after) {
		c->state = CONN_HEAD;
		c->served = true;
		c->deadline = l->now_ms + l->server->limits.idle_ms;
		return;
	}
	/* Closing with bytes unread would reset the connection, and the answer with it. */
	if (!c->linger && c->in_len == 0 && !c->readable) {
		conn_close(l, c);
		return;
	}
	shutdown(c->fd, SHUT_WR);
	conn_give_buffer(l, c);
	c->unexamined = false;
	c->state = CONN_LINGER;
	c->readable = true;
	c->deadline = l->now_ms + l->server->limits.linger_ms;
	loop_queue(l, c);
}

/*
 * What lies in the loop's own memory moves out of it before the next request needs it: the last
 * header lines always, and if the exchange has no memory of its own, all but a page of the cache.
 */
static bool keep_unsent(struct loop *l, struct conn *c, bool own_memory)
{
	struct web_server *s = l->server;
	size_t bytes = c->out[0].len + c->out[1].len + (c->out_entry != NULL ? 0 : c->out[2].len);

	if (atomic_fetch_add(&s->held, bytes) + bytes > s->limits.held_bytes) {
		atomic_fetch_sub(&s->held, bytes);
		return false;
	}
	c->out_held = bytes;
	c->out_arena = server_arena_take(s);
	c->out[1] = str_copy(c->out_arena, c->out[1]);
	if (own_memory)
		return true;
	c->out[0] = str_copy(c->out_arena, c->out[0]);
	if (c->out_entry == NULL)
		c->out[2] = str_copy(c->out_arena, c->out[2]);
	return true;
}

static int64_t send_deadline(const struct loop *l, size_t bytes)
{
	const struct web_limits *limits = &l->server->limits;

	return l->now_ms + limits->write_ms +
	       (int64_t)(bytes / (limits->write_bytes_per_s / 1000 + 1));
}

static void log_answer(const struct loop *l, const struct conn *c, const struct exchange *x)
{
	if (l->server->config.log_requests && x->path.text.len > 0)
		log_write(LOG_INFO, "web.request", "%s " STR_FMT " %u %dms from=%.*s",
			  x->head.method == HTTP_POST ? "POST" :
			  x->head.method == HTTP_HEAD ? "HEAD" :
							"GET",
			  STR_ARG(x->path.text), x->rp.status, (int)(l->now_ms - x->began_ms),
			  (int)c->remote_len, c->remote);
}

/*
 * Sends the finished answer of x, which lies in the loop's own memory or is c->x. Afterwards the
 * connection is ready for the next request, sending, lingering or closed.
 */
void send_answer(struct loop *l, struct conn *c, struct exchange *x)
{
	c->close_after = x->close || atomic_load(&l->server->stopping);
	c->out[0] = x->answer_head;
	c->out[1] = c->close_after ? (struct str){ l->tail_close, l->tail_close_len } :
				     (struct str){ l->tail_keep, l->tail_keep_len };
	c->out[2] = x->head.method == HTTP_HEAD ? STR_NONE : x->answer_body;
	c->out_entry = x->entry;
	x->entry = NULL;
	log_answer(l, c, x);
	size_t bytes = unsent(c);
	ssize_t n = send_out(c);
	bool inline_answer = x != c->x;
	if (n < 0 || (unsent(c) > 0 && !keep_unsent(l, c, !inline_answer))) {
		if (inline_answer)
			arena_reset(l->requests);
		conn_close(l, c);
		return;
	}
	if (inline_answer)
		arena_reset(l->requests);
	if (unsent(c) == 0) {
		sent(l, c);
		return;
	}
	c->state = CONN_SEND;
	c->deadline = send_deadline(l, bytes);
}

void send_more(struct loop *l, struct conn *c)
{
	if (send_out(c) < 0) {
		conn_close(l, c);
		return;
	}
	if (unsent(c) > 0)
		return;
	sent(l, c);
	if (c->state == CONN_HEAD && (c->unexamined || c->readable))
		loop_queue(l, c);
}
