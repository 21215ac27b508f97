/*
 * exchange.h - one request and its answer, on their way through the threads;
 * inside this folder only.
 *
 * An exchange is opened from a complete head and knows what must happen to it
 * (its plan). exchange_run does everything that needs no socket: identity,
 * permission, form, CSRF, handler, error page. A POST that writes is left by
 * it with EXCHANGE_SUBMITTED: the writer runs the handler and the exchange
 * comes home afterwards. Only one thread touches an exchange at a time.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "web/field.h"
#include "web/server.h"

/* web.h knows it by name only. */
struct web_reply {
	struct exchange *x;
	struct arena *arena;
	unsigned status; /* 0: not yet set */
	struct str content_type, body;
	struct buf page, headers; /* headers: lines of their own, with CRLF */
	struct html html;
	bool headers_open, sets_cookie, shows_file;
	/* of a redirect, until the lines are made */
	struct str location, title; /* title: of a page */
	const char *flash_key;
	bool created;
};

enum exchange_plan {
	PLAN_READY,  /* the answer is there already */
	PLAN_REFUSE, /* the head breaks the grammar: answer `refused`, close */
	PLAN_INLINE, /* on this thread, now */
	PLAN_CACHE,  /* ask the page cache, by exchange_cache_key */
	PLAN_POOL,
	PLAN_BODY, /* read at most body_max bytes first, then as `runs_inline` says */
};

/* Why an exchange comes home. */
enum exchange_return {
	RETURN_READY,
	RETURN_FAILED,	/* the writer refused: run exchange_fail where a database can be read */
	RETURN_RETRY,	/* the page it waited for is made, or will not be */
};

struct exchange {
	struct web_server *server;
	struct arena *arena;
	struct http_request head;
	struct http_path path;
	const struct route_pair *pair; /* rows of the path; NULL: none */
	enum exchange_plan plan;
	unsigned refused;
	bool runs_inline; /* a POST whose checks need no worker */
	bool uses_cache;
	size_t body_max;
	struct str body; /* complete, of a POST */

	struct web_request rq;
	struct web_reply rp;
	struct err err;
	struct field_values query, form;
	struct field_errors errors;
	/* Status of a visitor's form that is not taken but shown again as it was typed; or 0. */
	unsigned shown_again, wait_s;
	bool errors_looked_at, identified, known;
	bool by_bearer;
	struct opt_int version_now, version_asked; /* web_version; If-Match */
	struct once *once;			   /* of an Idempotency-Key, or NULL */
	bool met_itself; /* was run again, since its form or key had just been written */
	struct str csrf_seed;
	struct str anonymous_seed;
	bool form_made; /* the page holds a token: never cached */
	struct arena_mark before_write;
	size_t errors_before_write;

	/* the finished answer: header lines with CRLF each, without Date, Connection and the end */
	struct str answer_head, answer_body;
	struct cache_entry *entry; /* the answer lies there */
	bool close;		   /* end the connection after it */

	/* on its way */
	struct cache_waiter waiter; /* in the page cache */
	struct cache_slot *fill;    /* to be ended by exchange_run */
	unsigned tries;
	struct exchange *next; /* in a queue */
	struct loop *home;
	uint32_t conn, conn_serial;
	enum exchange_return why;
	int64_t began_ms;
};

/* head: complete, its bytes outlive the exchange. */
struct exchange *exchange_open(struct web_server *s, struct arena *a, struct str head,
			       struct str remote);

enum exchange_next { EXCHANGE_READY, EXCHANGE_SUBMITTED };
/* db: this thread's reading connection, NULL if it cannot be had (503). */
enum exchange_next exchange_run(struct exchange *x, struct db *db);
/* The page or problem that x->err stands for. */
void exchange_fail(struct exchange *x, struct db *db);
/* A short answer in plain text, for what is refused before anything is known. */
void exchange_refuse(struct exchange *x, unsigned status);
struct str exchange_status_line(unsigned status);

/* Method, mode, path and declared parameters; false if the query cannot be read. */
bool exchange_cache_key(struct exchange *x, struct str *key);
/* The answer from a page of the cache, in the encoding and state the request asks for. */
void exchange_from_cache(struct exchange *x, struct cache_entry *entry);

/* Sends it to its loop; loop.c. The exchange is no longer the caller's. */
void exchange_home(struct exchange *x, enum exchange_return why);
/* Wakes what waited in the cache for a page; loop.c. */
void exchange_wake(struct cache_waiter *waiters);

/* ---- parts of exchange_run, each in a file of its own */

/* check.c: who asks, and may he? Sets rq.ctx.actor, csrf. */
bool exchange_identify(struct exchange *x);
bool exchange_permit(struct exchange *x);
/* check.c: has this address asked for too much? */
bool exchange_spare(struct exchange *x);
/* check.c: origin, body, token, fields. */
bool exchange_read_query(struct exchange *x);
bool exchange_read_form(struct exchange *x);
/* csrf.c */
bool csrf_origin_good(const struct http_request *head);
bool csrf_token_good(struct exchange *x, struct str token);
struct str csrf_token_of(struct exchange *x); /* makes the anonymous cookie if need be */
struct str csrf_token_for(struct arena *a, struct str secret, bool known, struct str seed);
/* reply.c */
void reply_reset(struct exchange *x);
void reply_finish(struct exchange *x); /* answer_head and answer_body from rp */
void reply_cookie(struct web_reply *rp, struct str name, struct str value, int64_t max_age_s);
cache_head_fn reply_cached_head; /* arg: the exchange that made the page */
/* page.c */
bool page_problem(struct exchange *x, unsigned status, const char *code, struct str detail,
		  struct str incident);
bool page_error(struct exchange *x, unsigned status, struct str sentence, struct str incident);
bool page_form_again(struct exchange *x);
/* 401: what was typed, and how to go on once signed in. */
bool page_signed_out(struct exchange *x, const struct pairs *typed);
/* machine.c */
bool machine_speaks(const struct exchange *x); /* is this POST a program's? */
bool machine_if_match(struct exchange *x, struct pairs *pairs);
void machine_unknown_fields(struct exchange *x, const struct pairs *pairs);
/* What the handler has said, as JSON, if a machine asks. */
bool machine_answer(struct exchange *x, struct err *err);
/* flash.c */
bool flash_take(struct exchange *x, struct str *sentence);
void flash_set(struct web_reply *rp, const char *key);

static inline struct exchange *exchange_waiting(struct cache_waiter *w)
{
	return (struct exchange *)(void *)((char *)w - offsetof(struct exchange, waiter));
}

static inline struct exchange *exchange_of(const struct web_request *rq)
{
	return rq->private_state;
}
#endif
