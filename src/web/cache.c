#include "web/cache.h"

#include "base/limits.h"
#include "base/rand.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum {
	KEY_MAX = 400,
	SLOTS = 8192,
	BUCKETS = 4096, /* a power of two */
	HEADS_ROOM = 16 * 1024, /* header lines and tags of an entry */
};

enum slot_state { SLOT_FREE, SLOT_FILLING, SLOT_READY };

struct cache_slot {
	enum slot_state state;
	uint64_t hash;
	size_t key_len;
	char key[KEY_MAX];
	uint64_t generation; /* read before the page was */
	struct date day;
	struct cache_entry *entry;
	struct cache_waiter *waiters;
	struct cache_slot *chain;	   /* next of its bucket, or of the free ones */
	struct cache_slot *newer, *older; /* while ready: order of use */
};

struct cache {
	struct arena *arena;
	pthread_mutex_t lock; /* over everything but generation */
	_Atomic uint64_t generation;
	size_t bytes_max, used;
	uint64_t seed; /* so that nobody outside can aim at one bucket */
	struct cache_slot *slots, *free, *bucket[BUCKETS];
	struct cache_slot *newest, *oldest;
	struct cache_counters counters;
};

struct cache *cache_open(size_t bytes_max)
{
	struct arena *a =
		arena_open(sizeof(struct cache) + SLOTS * sizeof(struct cache_slot) + KIB);
	struct cache *c = ARENA_NEW(a, struct cache);

	c->arena = a;
	c->bytes_max = bytes_max;
	pthread_mutex_init(&c->lock, NULL);
	random_bytes(&c->seed, sizeof c->seed);
	c->slots = ARENA_ARRAY(a, SLOTS, struct cache_slot);
	for (size_t i = 0; i < SLOTS; i++) {
		c->slots[i].chain = c->free;
		c->free = &c->slots[i];
	}
	return c;
}

void cache_close(struct cache *c)
{
	if (c == NULL)
		return;
	for (struct cache_slot *s = c->newest; s != NULL; s = s->older)
		cache_release(s->entry);
	pthread_mutex_destroy(&c->lock);
	arena_close(c->arena);
}

void cache_bump(struct cache *c)
{
	atomic_fetch_add(&c->generation, 1);
}

void cache_release(struct cache_entry *entry)
{
	if (entry != NULL && atomic_fetch_sub(&entry->references, 1) == 1)
		arena_close(entry->arena);
}

/* ---- under the lock */

static uint64_t hash_of(const struct cache *c, struct str key)
{
	uint64_t h = c->seed;

	for (size_t i = 0; i < key.len; i++) {
		h ^= (unsigned char)key.ptr[i];
		h *= UINT64_C(0x100000001b3); /* FNV-1a from a secret beginning */
	}
	return h ^ h >> 29;
}

static struct cache_slot **bucket_of(struct cache *c, uint64_t hash)
{
	return &c->bucket[hash & (BUCKETS - 1)];
}

static struct cache_slot *slot_of(struct cache *c, uint64_t hash, struct str key)
{
	struct cache_slot *s = *bucket_of(c, hash);

	while (s != NULL && !(s->hash == hash && s->key_len == key.len &&
			      memcmp(s->key, key.ptr, key.len) == 0))
		s = s->chain;
	return s;
}

static void unlink_use(struct cache *c, struct cache_slot *s)
{
	*(s->newer != NULL ? &s->newer->older : &c->newest) = s->older;
	*(s->older != NULL ? &s->older->newer : &c->oldest) = s->newer;
	s->newer = s->older = NULL;
}

static void link_newest(struct cache *c, struct cache_slot *s)
{
	s->older = c->newest;
	*(s->older != NULL ? &s->older->newer : &c->oldest) = s;
	c->newest = s;
}

/* A ready slot loses its entry; the caller says what becomes of the slot. */
static void drop_entry(struct cache *c, struct cache_slot *s)
{
	assert(s->state == SLOT_READY);
	unlink_use(c, s);
	c->used -= s->entry->bytes;
	c->counters.entries--;
	cache_release(s->entry);
	s->entry = NULL;
}

static void free_slot(struct cache *c, struct cache_slot *s)
{
	struct cache_slot **at = bucket_of(c, s->hash);

	while (*at != s)
		at = &(*at)->chain;
	*at = s->chain;
	s->state = SLOT_FREE;
	s->chain = c->free;
	c->free = s;
}

static bool evict_oldest(struct cache *c)
{
	struct cache_slot *s = c->oldest;

	if (s == NULL)
		return false;
	drop_entry(c, s);
	free_slot(c, s);
	c->counters.evicted++;
	return true;
}

static struct cache_slot *new_slot(struct cache *c, uint64_t hash, struct str key)
{
	if (c->free == NULL && !evict_oldest(c))
		return NULL;
	struct cache_slot *s = c->free;
	c->free = s->chain;
	s->hash = hash;
	s->key_len = key.len;
	memcpy(s->key, key.ptr, key.len);
	s->waiters = NULL;
	s->chain = *bucket_of(c, hash);
	*bucket_of(c, hash) = s;
	return s;
}

static bool is_fresh(const struct cache *c, const struct cache_slot *s, struct date today)
{
	return s->generation == atomic_load(&c->generation) && date_compare(s->day, today) == 0;
}

static struct cache_entry *use(struct cache *c, struct cache_slot *s)
{
	unlink_use(c, s);
	link_newest(c, s);
	atomic_fetch_add(&s->entry->references, 1);
	c->counters.hits++;
	return s->entry;
}

static enum cache_found find_locked(struct cache *c, struct str key, struct date today,
				    struct cache_waiter *waiter, struct cache_entry **entry,
				    struct cache_slot **slot)
{
	uint64_t hash = hash_of(c, key);
	struct cache_slot *s = slot_of(c, hash, key);

	if (s != NULL && s->state == SLOT_FILLING) {
		waiter->next = s->waiters;
		s->waiters = waiter;
		c->counters.waits++;
		return CACHE_WAIT;
	}
	if (s != NULL && is_fresh(c, s, today)) {
		*entry = use(c, s);
		return CACHE_HIT;
	}
	if (s != NULL)
		drop_entry(c, s);
	else
		s = new_slot(c, hash, key);
	if (s == NULL)
		return CACHE_PASS;
	s->state = SLOT_FILLING;
	s->generation = atomic_load(&c->generation);
	s->day = today;
	*slot = s;
	return CACHE_FILL;
}

enum cache_found cache_find(struct cache *c, struct str key, struct date today,
			    struct cache_waiter *waiter, struct cache_entry **entry,
			    struct cache_slot **slot)
{
	if (key.len > KEY_MAX)
		return CACHE_PASS;
	pthread_mutex_lock(&c->lock);
	enum cache_found found = find_locked(c, key, today, waiter, entry, slot);
	pthread_mutex_unlock(&c->lock);
	return found;
}

bool cache_peek(struct cache *c, struct str key, struct date today, struct cache_entry **entry)
{
	if (key.len > KEY_MAX)
		return false;
	pthread_mutex_lock(&c->lock);
	struct cache_slot *s = slot_of(c, hash_of(c, key), key);
	bool hit = s != NULL && s->state == SLOT_READY && is_fresh(c, s, today);
	if (hit)
		*entry = use(c, s);
	pthread_mutex_unlock(&c->lock);
	return hit;
}

/* ---- filling */

static struct cache_entry *make_entry(struct str body, cache_head_fn *head, const void *arg)
{
	/* Compressed first where room does not matter, then kept in exactly the room it needs. */
	struct arena *scratch = arena_open(2 * body.len + 128 * KIB);
	struct encoded e = compress_all(scratch, body, COMPRESS_PAGE);
	size_t bytes = HEADS_ROOM;

	for (int i = 0; i < ENCODING_COUNT; i++)
		bytes += e.body[i].len + KIB;
	struct arena *a = arena_open(bytes);
	struct cache_entry *entry = ARENA_NEW(a, struct cache_entry);
	entry->arena = a;
	entry->bytes = bytes;
	atomic_init(&entry->references, 1);
	for (int i = 0; i < ENCODING_COUNT; i++) {
		enum encoding encoding = e.body[i].len > 0 ? (enum encoding)i : ENCODING_IDENTITY;
		struct str etag = str_copy(a, e.etag[encoding]);
		entry->encoded.etag[i] = etag;
		entry->encoded.body[i] = (int)encoding == i
						 ? str_copy(a, e.body[i])
						 : entry->encoded.body[ENCODING_IDENTITY];
		entry->head[i] = head(a, arg, etag, encoding, false, e.body[encoding].len);
		entry->head_unchanged[i] = head(a, arg, etag, encoding, true, 0);
	}
	arena_close(scratch);
	return entry;
}

struct cache_entry *cache_fill(struct cache *c, struct cache_slot *slot, struct str body,
			       struct date today, cache_head_fn *head, const void *arg, bool *fresh,
			       struct cache_waiter **waiters)
{
	struct cache_entry *entry = make_entry(body, head, arg);

	pthread_mutex_lock(&c->lock);
	assert(slot->state == SLOT_FILLING);
	*waiters = slot->waiters;
	slot->waiters = NULL;
	*fresh = is_fresh(c, slot, today) && entry->bytes <= c->bytes_max;
	c->counters.fills++;
	if (*fresh) {
		while (c->used + entry->bytes > c->bytes_max && evict_oldest(c))
			continue;
		atomic_fetch_add(&entry->references, 1);
		slot->entry = entry;
		slot->state = SLOT_READY;
		link_newest(c, slot);
		c->used += entry->bytes;
		c->counters.entries++;
	} else {
		c->counters.stale++;
		free_slot(c, slot);
	}
	pthread_mutex_unlock(&c->lock);
	return entry;
}

void cache_cancel(struct cache *c, struct cache_slot *slot, struct cache_waiter **waiters)
{
	pthread_mutex_lock(&c->lock);
	assert(slot->state == SLOT_FILLING);
	*waiters = slot->waiters;
	slot->waiters = NULL;
	free_slot(c, slot);
	pthread_mutex_unlock(&c->lock);
}

struct cache_counters cache_count(struct cache *c)
{
	pthread_mutex_lock(&c->lock);
	struct cache_counters counters = c->counters;
	counters.bytes = c->used;
	pthread_mutex_unlock(&c->lock);
	return counters;
}
