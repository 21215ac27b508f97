/*
 * cache.h - finished public pages, kept until something public changes.
 *
 * An entry is immutable and reference-counted: three bodies and the header
 * lines that go with each. It is valid while the generation it was begun in
 * lasts, and on the day it was made, because pages print the day. One asker of
 * a missing page fills it, the others wait for him. A fill begun before a
 * change is thrown away, however late it ends. What is least used goes first.
 *
 * Shared by all HTTP threads: every function may be called from any of them.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "base/date.h"
#include "web/compress.h"

#include <stdatomic.h>

struct cache_entry {
	struct arena *arena;
	atomic_uint references;
	size_t bytes;
	struct encoded encoded;
	/* From the first header to the last, each with its CRLF; of 200 with Content-Length. */
	struct str head[ENCODING_COUNT], head_unchanged[ENCODING_COUNT];
};

struct cache;
struct cache_slot;
/* Part of whatever waits; the cache only links it. */
struct cache_waiter {
	struct cache_waiter *next;
};

struct cache *cache_open(size_t bytes_max);
void cache_close(struct cache *c);
void cache_bump(struct cache *c);

enum cache_found {
	CACHE_HIT,  /* *entry is yours until cache_release */
	CACHE_FILL, /* nobody has it: you must end *slot by cache_fill or cache_cancel */
	CACHE_WAIT, /* somebody is filling: waiter has been queued */
	CACHE_PASS, /* key too long or no room: go without */
};
enum cache_found cache_find(struct cache *c, struct str key, struct date today,
			    struct cache_waiter *waiter, struct cache_entry **entry,
			    struct cache_slot **slot);

/* The entry alone, if it is there. */
bool cache_peek(struct cache *c, struct str key, struct date today, struct cache_entry **entry);

/* Header lines of an answer with this ETag and encoding; of a 200 with its length, or of a 304. */
typedef struct str cache_head_fn(struct arena *a, const void *arg, struct str etag,
				 enum encoding encoding, bool unchanged, size_t length);
/*
 * Makes the entry of `body` and publishes it, unless something has changed meanwhile. The entry
 * comes back for the caller's own answer either way, and *fresh says which. The waiters are the
 * caller's to wake.
 */
struct cache_entry *cache_fill(struct cache *c, struct cache_slot *slot, struct str body,
			       struct date today, cache_head_fn *head, const void *arg, bool *fresh,
			       struct cache_waiter **waiters);
void cache_cancel(struct cache *c, struct cache_slot *slot, struct cache_waiter **waiters);
void cache_release(struct cache_entry *entry); /* NULL is allowed */

struct cache_counters {
	uint64_t hits, fills, waits, stale, evicted;
	size_t entries, bytes;
};
struct cache_counters cache_count(struct cache *c);
#endif
