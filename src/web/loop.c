#include "web/loop.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, TICK_MS = 200, DB_RETRY_MS = 1000, INDEX_LISTENER = -1, INDEX_WAKE = -2 };

void loop_wake(struct loop *l)
{
	uint64_t one = 1;

	(void)!write(l->wake, &one, sizeof one);
}

struct db *loop_db(struct loop *l)
{
	struct err err = { .code = ERR_NONE };

	if (l->db != NULL || (l->db_tried_ms != 0 && l->now_ms - l->db_tried_ms < DB_RETRY_MS))
		return l->db;
	l->db_tried_ms = l->now_ms;
	if (!db_open(&l->db, l->server->config.where, DB_READ, &err))
		log_write(LOG_ERROR, "web.no_database", "%s %s", err.key, err.facts);
	return l->db;
}

void loop_queue(struct loop *l, struct conn *c)
{
	if (c->queued)
		return;
	c->queued = true;
	l->ready[l->ready_count++] = c->index;
}

/* ---- from other threads */

bool loop_hand(struct loop *l, const struct handed *h)
{
	pthread_mutex_lock(&l->inbox_lock);
	bool ok = l->handed_count < HANDED_MAX;
	if (ok)
		l->handed[l->handed_count++] = *h;
	pthread_mutex_unlock(&l->inbox_lock);
	if (ok)
		loop_wake(l);
	return ok;
}

void exchange_home(struct exchange *x, enum exchange_return why)
{
	struct loop *l = x->home;

	x->why = why;
	x->next = NULL;
	pthread_mutex_lock(&l->inbox_lock);
	bool first = l->inbox == NULL;
	*l->inbox_end = x;
	l->inbox_end = &x->next;
	pthread_mutex_unlock(&l->inbox_lock);
	if (first) /* once for all that come before the loop looks */
		loop_wake(l);
}

void exchange_wake(struct cache_waiter *waiters)
{
	while (waiters != NULL) {
		struct exchange *x = exchange_waiting(waiters);
		waiters = waiters->next;
		exchange_home(x, RETURN_RETRY);
	}
}

/* ---- the thread */

static void open_inbox(struct loop *l)
{
	struct handed handed[HANDED_MAX];
	uint64_t count;

	(void)!read(l->wake, &count, sizeof count);
	pthread_mutex_lock(&l->inbox_lock);
	struct exchange *x = l->inbox;
	size_t handed_count = l->handed_count;
	memcpy(handed, l->handed, handed_count * sizeof *handed);
	l->inbox = NULL;
	l->inbox_end = &l->inbox;
	l->handed_count = 0;
	pthread_mutex_unlock(&l->inbox_lock);
	for (size_t i = 0; i < handed_count; i++)
		conn_open(l, &handed[i]);
	while (x != NULL) {
		struct exchange *next = x->next;
		dispatch_home(l, x);
		x = next;
	}
}

/* RFC 9110 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT. */
static void write_tails(struct loop *l)
{
	static const char day_name[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char month_name[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t now = clock_now();

	if (now == l->tail_second)
		return;
	l->tail_second = now;
	struct date day = { (int32_t)(now / 86400) };
	struct ymd v = date_split(day);
	int second = (int)(now % 86400);
	int len = snprintf(l->tail_keep, TAIL_MAX,
			   "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n\r\n",
			   day_name[date_weekday(day) - 1], v.day, month_name[v.month - 1], v.year,
			   second / 3600, second / 60 % 60, second % 60);
	l->tail_keep_len = (size_t)len;
	len = snprintf(l->tail_close, TAIL_MAX, "Connection: close\r\n%s", l->tail_keep);
	l->tail_close_len = (size_t)len;
}

static void accept_again(struct loop *l)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLEXCLUSIVE,
				 .data.u64 = (uint32_t)INDEX_LISTENER };

	if (!l->accepts && !atomic_load(&l->server->stopping))
		l->accepts = epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->server->listener, &e) == 0;
}

static void tick(struct loop *l)
{
	bool stopping = atomic_load(&l->server->stopping);
	bool late = stopping && l->now_ms >= atomic_load(&l->server->stop_by);

	if (l->now_ms < l->tick_ms && !stopping)
		return;
	l->tick_ms = l->now_ms + TICK_MS;
	accept_again(l);
	for (uint32_t i = 0; i < l->conns_used; i++) {
		struct conn *c = &l->conns[i];
		if (c->state == CONN_FREE)
			continue;
		bool idle = c->state == CONN_HEAD && c->in_len == 0 && !c->readable;
		if (late || (stopping && idle))
			conn_close(l, c);
		else if (l->now_ms >= c->deadline)
			conn_expired(l, c);
	}
}

static void one_event(struct loop *l, const struct epoll_event *e)
{
	uint32_t index = (uint32_t)e->data.u64, serial = (uint32_t)(e->data.u64 >> 32);

	if (index == (uint32_t)INDEX_LISTENER) {
		if (!atomic_load(&l->server->stopping))
			accept_some(l);
		return;
	}
	if (index == (uint32_t)INDEX_WAKE)
		return; /* the inbox is opened behind the sockets */
	struct conn *c = &l->conns[index];
	if (c->state != CONN_FREE && c->serial == serial)
		conn_event(l, c, e->events);
}

static void work_left(struct loop *l)
{
	size_t count = l->ready_count;

	/* Those that still have work are put behind: a turn for each, then the sockets again. */
	for (size_t i = 0; i < count; i++) {
		struct conn *c = &l->conns[l->ready[i]];
		c->queued = false;
		if (c->state != CONN_FREE)
			conn_work(l, c);
	}
	l->ready_count -= count;
	memmove(l->ready, l->ready + count, l->ready_count * sizeof *l->ready);
}

static bool finished(struct loop *l)
{
	const struct web_server *s = l->server;

	if (!atomic_load(&s->stopping) || atomic_load(&l->open) > 0)
		return false;
	return atomic_load(&s->travelling) == 0 ||
	       l->now_ms > atomic_load(&s->stop_by) + STOP_WAIT_MS;
}

static int wait_ms(const struct loop *l)
{
	if (l->ready_count > 0)
		return 0;
	if (atomic_load(&l->server->stopping))
		return TICK_MS / 10;
	return l->accepts && atomic_load(&l->open) == 0 ? -1 : TICK_MS;
}

static void *run(void *arg)
{
	struct loop *l = arg;
	struct epoll_event events[EVENTS];

	l->now_ms = clock_monotonic_ms();
	while (!finished(l)) {
		int n = epoll_wait(l->epoll, events, EVENTS, wait_ms(l));
		bool woken = false;
		l->now_ms = clock_monotonic_ms();
		write_tails(l);
		for (int i = 0; i < n; i++) {
			woken |= (uint32_t)events[i].data.u64 == (uint32_t)INDEX_WAKE;
			one_event(l, &events[i]);
		}
		if (woken)
			open_inbox(l);
		work_left(l);
		tick(l);
	}
	db_close(l->db);
	return NULL;
}

/* ---- starting and ending */

static bool cannot(struct err *err, const char *what)
{
	return err_set(err, ERR_UNAVAILABLE, "web.cannot_start", "%s errno=%d", what, errno);
}

bool loop_start(struct loop **out, struct web_server *s, struct err *err)
{
	struct loop *l = ARENA_NEW(s->arena, struct loop);
	size_t conns = s->limits.connections;
	struct epoll_event e = { .events = EPOLLIN, .data.u64 = (uint32_t)INDEX_WAKE };

	l->server = s;
	/* Each connection may hold one large buffer; the address space is free until it is used. */
	l->arena = arena_open(conns * (sizeof(struct conn) + 3 * SCRATCH) + MIB);
	l->requests = arena_open(LIMIT_REQUEST_ARENA);
	l->scratch = arena_alloc(l->arena, SCRATCH);
	l->conns = ARENA_ARRAY(l->arena, conns, struct conn);
	/* Twice: those that are left over stand behind those being worked on. */
	l->ready = ARENA_ARRAY(l->arena, 2 * conns, uint32_t);
	l->free_conn = UINT32_MAX;
	l->inbox_end = &l->inbox;
	l->tail_second = INT64_MIN;
	pthread_mutex_init(&l->inbox_lock, NULL);
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	*out = l;
	if (l->epoll < 0 || l->wake < 0 || epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->wake, &e) != 0)
		return cannot(err, "epoll");
	accept_again(l);
	return true;
}

bool loop_run(struct loop *l, struct err *err)
{
	errno = pthread_create(&l->thread, NULL, run, l);
	return errno == 0 || cannot(err, "pthread_create");
}

void loop_join(struct loop *l)
{
	pthread_join(l->thread, NULL);
}

void loop_free(struct loop *l)
{
	if (l->epoll >= 0)
		close(l->epoll);
	if (l->wake >= 0)
		close(l->wake);
	pthread_mutex_destroy(&l->inbox_lock);
	arena_close(l->requests);
	arena_close(l->arena);
}
