/*
 * accept.c - taking connections, fairly.
 *
 * All loops watch one listening socket. A loop that has more connections than
 * another hands the new one over, because with few connections an uneven split
 * leaves a processor idle. One address may have only so many at a time; the
 * proxy in front speaks for many and is exempt.
 */
#include "base/log.h"
#include "web/loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ACCEPTS_PER_TURN = 16, UNEVEN = 2 };

struct address_count {
	struct address address;
	unsigned count; /* 0: free */
};

/* Open addressing, at most half full: there are never more addresses than connections. */
struct address_counts {
	pthread_mutex_t lock;
	size_t size; /* a power of two */
	struct address_count *at;
};

struct address_counts *address_counts_open(struct arena *a, unsigned connections)
{
	struct address_counts *counts = ARENA_NEW(a, struct address_counts);

	counts->size = 16;
	while (counts->size < 2 * (size_t)connections)
		counts->size *= 2;
	counts->at = ARENA_ARRAY(a, counts->size, struct address_count);
	pthread_mutex_init(&counts->lock, NULL);
	return counts;
}

static size_t home_of(const struct address_counts *c, const struct address *address)
{
	struct str bytes = { (const char *)address->bytes, sizeof address->bytes };

	return (size_t)str_hash(bytes) & (c->size - 1);
}

/* Where the address stands, or the free place where it would. */
static struct address_count *place_of(struct address_counts *c, const struct address *address)
{
	size_t i = home_of(c, address);

	while (c->at[i].count > 0 && memcmp(&c->at[i].address, address, sizeof *address) != 0)
		i = (i + 1) & (c->size - 1);
	return &c->at[i];
}

static bool address_enter(struct web_server *s, const struct address *address)
{
	struct address_counts *c = s->addresses;

	pthread_mutex_lock(&c->lock);
	struct address_count *place = place_of(c, address);
	bool ok = place->count < s->limits.connections_per_ip;
	if (ok) {
		place->address = *address;
		place->count++;
	}
	pthread_mutex_unlock(&c->lock);
	return ok;
}

/* Closes the gap, so that no search ends before its address (Knuth 6.4, algorithm R). */
static void remove_place(struct address_counts *c, size_t gap)
{
	for (size_t i = (gap + 1) & (c->size - 1); c->at[i].count > 0;
	     i = (i + 1) & (c->size - 1)) {
		size_t home = home_of(c, &c->at[i].address);
		if (((i - home) & (c->size - 1)) < ((i - gap) & (c->size - 1)))
			continue;
		c->at[gap] = c->at[i];
		gap = i;
	}
	c->at[gap].count = 0;
}

void address_leave(struct web_server *s, const struct address *address)
{
	struct address_counts *c = s->addresses;

	pthread_mutex_lock(&c->lock);
	struct address_count *place = place_of(c, address);
	if (--place->count == 0)
		remove_place(c, (size_t)(place - c->at));
	pthread_mutex_unlock(&c->lock);
}

static struct address address_of(const struct sockaddr_in6 *from)
{
	struct address out = { { 0 } };
	struct sockaddr_in v4;

	if (from->sin6_family == AF_INET6) {
		memcpy(out.bytes, &from->sin6_addr, sizeof out.bytes);
		return out;
	}
	memcpy(&v4, from, sizeof v4);
	out.bytes[10] = out.bytes[11] = 0xFF;
	memcpy(out.bytes + 12, &v4.sin_addr, 4);
	return out;
}

static bool is_proxy(const struct web_server *s, const struct address *address)
{
	char text[INET6_ADDRSTRLEN];
	bool v4 = IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)address->bytes);

	if (s->config.trusted_proxy.len == 0 ||
	    inet_ntop(v4 ? AF_INET : AF_INET6, address->bytes + (v4 ? 12 : 0), text,
		      sizeof text) == NULL)
		return false;
	return str_equal_c(s->config.trusted_proxy, text);
}

/* No exchange, no thread, no memory: there is too much of everything already. */
static void turn_away(int fd)
{
	static const char answer[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
				     "Connection: close\r\nContent-Length: 0\r\n\r\n";

	(void)send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

static struct loop *emptiest(struct loop *l)
{
	struct loop *best = l;
	unsigned least = atomic_load(&l->open);

	for (unsigned i = 0; i < l->server->loops_count; i++) {
		struct loop *other = l->server->loops[i];
		unsigned open = atomic_load(&other->open);
		if (open + UNEVEN <= least) {
			best = other;
			least = open;
		}
	}
	return best;
}

static void welcome(struct loop *l, int fd, const struct sockaddr_in6 *from)
{
	struct web_server *s = l->server;
	struct handed h = { .fd = fd, .address = address_of(from) };

	h.counted = !is_proxy(s, &h.address);
	if (atomic_fetch_add(&s->connections, 1) >= s->limits.connections ||
	    (h.counted && !address_enter(s, &h.address))) {
		atomic_fetch_sub(&s->connections, 1);
		turn_away(fd);
		return;
	}
	struct loop *best = emptiest(l);
	if (best == l || !loop_hand(best, &h))
		conn_open(l, &h);
}

void accept_some(struct loop *l)
{
	for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
		struct sockaddr_in6 from = { .sin6_family = AF_UNSPEC };
		socklen_t len = sizeof from;
		int fd = accept4(l->server->listener, (struct sockaddr *)&from, &len,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0) {
			welcome(l, fd, &from);
			continue;
		}
		if (errno == EINTR || errno == ECONNABORTED)
			continue;
		if (errno != EAGAIN && l->accepts) {
			/* No descriptors or no memory: look away until the next tick. */
			log_write(LOG_WARN, "web.accept", "errno=%d", errno);
			epoll_ctl(l->epoll, EPOLL_CTL_DEL, l->server->listener, NULL);
			l->accepts = false;
		}
		return;
	}
}
