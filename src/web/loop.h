/*
 * loop.h - one HTTP thread: its connections and their states; inside this folder only.
 *
 * A thread waits in epoll and moves each connection as far as it goes without
 * waiting. Sockets are registered once, edge-triggered, so a request on a kept
 * connection costs one wait, one read and one send. Every state but waiting for
 * our own work has an absolute deadline on the monotonic clock. A connection is
 * named by index and serial, so an event or an answer that comes after its
 * closing finds another serial and is dropped.
 *
 *	HEAD --head read--> (BODY) --> [answered inline] or WAIT --> SEND --> HEAD
 *	any refusal: SEND --> LINGER --> closed
 */
#ifndef WEB_LOOP_H
#define WEB_LOOP_H

#include "web/exchange.h"

#include <netinet/in.h>

enum conn_state {
	CONN_FREE,
	CONN_HEAD,   /* between requests, or in a head */
	CONN_BODY,
	CONN_WAIT,   /* the exchange is away: a worker, the writer, the cache */
	CONN_SEND,   /* the socket takes no more for now */
	CONN_LINGER, /* answered early: what still comes is read and thrown away */
};

struct address {
	unsigned char bytes[16]; /* IPv6, or IPv4 mapped into it */
};

struct conn {
	int fd;
	uint32_t index, serial;
	enum conn_state state;
	bool readable;	  /* since the last short read */
	bool peer_done;	  /* the other side has sent all it will */
	bool queued;	  /* in the loop's list of those with work left */
	bool unexamined;  /* bytes in `in` that no state has looked at */
	bool close_after; /* the answer being sent is the last */
	bool linger;	  /* … and the other side may still be sending */
	bool served;	  /* has had an answer: from now on its pauses are idling */
	int64_t deadline; /* monotonic ms */

	char *in; /* bytes read and not used; NULL when there are none */
	size_t in_len, in_cap;
	struct http_scan scan;

	struct exchange
		*x; /* whose body is read or whose answer is sent, if it has its own arena */
	struct buf body;
	uint64_t body_left;
	struct http_chunks chunks;
	int64_t body_began;
	size_t held; /* of server->held */

	struct str out[3]; /* what is still to be sent */
	size_t out_held;
	struct cache_entry *out_entry;
	struct arena *out_arena;

	struct address address;
	bool counted;
	char remote[INET6_ADDRSTRLEN];
	size_t remote_len;
	uint32_t next_free;
};

enum { HANDED_MAX = 64, TAIL_MAX = 96 };

struct handed {
	int fd;
	struct address address;
	bool counted; /* in the address counts */
};

struct loop {
	struct web_server *server;
	pthread_t thread;
	int epoll, wake;
	struct arena *arena;	/* connections and their buffers */
	struct arena *requests; /* of the exchange being answered here and now; then emptied */
	char *scratch;		/* what is read lands here first */
	struct conn *conns;
	uint32_t conns_used, free_conn;
	uint32_t *ready; /* indices of connections with work left */
	size_t ready_count;
	struct buffer *small, *large; /* free ones */
	atomic_uint open;
	bool accepts;

	struct db *db;
	int64_t db_tried_ms;
	int64_t now_ms, tick_ms, tail_second;
	/* The last header lines of every answer. */
	char tail_keep[TAIL_MAX], tail_close[TAIL_MAX];
	size_t tail_keep_len, tail_close_len;

	pthread_mutex_t inbox_lock;
	struct exchange *inbox, **inbox_end; /* come home */
	struct handed handed[HANDED_MAX];    /* connections taken over from another loop */
	size_t handed_count;
};

enum { SCRATCH = 64 * 1024, CONN_NONE = -1 };

/* loop.c */
NODISCARD bool loop_start(struct loop **out, struct web_server *s, struct err *err);
NODISCARD bool loop_run(struct loop *l, struct err *err);
void loop_wake(struct loop *l);
void loop_join(struct loop *l); /* after server->stopping */
void loop_free(struct loop *l);
struct db *loop_db(struct loop *l);
bool loop_hand(struct loop *l,
	       const struct handed *h); /* to another loop; false: its box is full */
void loop_queue(struct loop *l, struct conn *c);

/* accept.c */
struct address_counts *address_counts_open(struct arena *a, unsigned connections);
void accept_some(struct loop *l);
void address_leave(struct web_server *s, const struct address *address);

/* conn.c */
void conn_open(struct loop *l, const struct handed *h);
void conn_close(struct loop *l, struct conn *c);
void conn_event(struct loop *l, struct conn *c, uint32_t events);
void conn_work(struct loop *l, struct conn *c);
void conn_expired(struct loop *l, struct conn *c);
void conn_refuse(struct loop *l, struct conn *c, unsigned status);
bool conn_take_buffer(struct loop *l, struct conn *c, size_t need);
void conn_give_buffer(struct loop *l, struct conn *c);

/* dispatch.c */
void dispatch_head(struct loop *l, struct conn *c, struct str head, struct str behind);
size_t dispatch_body(struct loop *l, struct conn *c, struct str bytes);
void dispatch_home(struct loop *l, struct exchange *x);
void dispatch_release(struct loop *l, struct exchange *x);
bool dispatch_hold(struct loop *l, struct conn *c, size_t bytes);
void dispatch_unhold(struct loop *l, struct conn *c);

/* send.c */
void send_answer(struct loop *l, struct conn *c, struct exchange *x);
void send_more(struct loop *l, struct conn *c);
void send_forget(struct loop *l, struct conn *c);
#endif
