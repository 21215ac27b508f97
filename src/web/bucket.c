#include "web/bucket.h"

#include "base/rand.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

/* Sets of WAYS places: who is looked for is in one of its set, or not there. */
enum { SETS = 2048, WAYS = 4, MINUTE_MS = 60 * 1000, ADDRESS_MAX = 64 };

struct bucket {
	uint64_t address; /* a keyed hash; 0: free */
	int64_t filled_at;
	int64_t left; /* tokens, times MINUTE_MS: exact in whole numbers */
};
struct buckets {
	pthread_mutex_t lock;
	int64_t per_minute;
	uint64_t key;
	struct bucket at[SETS][WAYS];
};

struct buckets *buckets_open(struct arena *a, unsigned per_minute)
{
	struct buckets *b = ARENA_NEW(a, struct buckets);

	b->per_minute = per_minute;
	random_bytes(&b->key, sizeof b->key);
	pthread_mutex_init(&b->lock, NULL);
	return b;
}

/* Nobody outside can choose two addresses that fall into one. */
static uint64_t hash_of(const struct buckets *b, struct str address)
{
	char text[ADDRESS_MAX], bytes[sizeof b->key + 16] = { 0 };
	size_t len = address.len < sizeof text ? address.len : sizeof text - 1;
	unsigned char v6[16];

	memcpy(text, address.ptr, len);
	text[len] = '\0';
	memcpy(bytes, &b->key, sizeof b->key);
	size_t used = sizeof b->key;
	if (inet_pton(AF_INET6, text, v6) == 1) {
		memcpy(bytes + used, v6, 8);
		used += 8;
	} else {
		for (size_t i = 0; i < len; i++)
			bytes[used + i % 16] = (char)(bytes[used + i % 16] * 31 + text[i]);
		used += 16;
	}
	uint64_t hash = str_hash((struct str){ bytes, used });
	return hash != 0 ? hash : 1;
}

static struct bucket *find(struct buckets *b, uint64_t address, int64_t now_ms)
{
	struct bucket *set = b->at[address % SETS], *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].address == address)
			return &set[i];
		if (set[i].address == 0 ||
		    (oldest->address != 0 && set[i].filled_at < oldest->filled_at))
			oldest = &set[i];
	}
	*oldest = (struct bucket){ address, now_ms, b->per_minute * MINUTE_MS };
	return oldest;
}

unsigned bucket_take(struct buckets *b, struct str address, int64_t now_ms)
{
	unsigned wait_s = 0;

	pthread_mutex_lock(&b->lock);
	struct bucket *one = find(b, hash_of(b, address), now_ms);
	int64_t full = b->per_minute * MINUTE_MS, passed = now_ms - one->filled_at;
	/* A minute fills it, whatever its size. */
	one->left = passed >= MINUTE_MS ? full : one->left + passed * b->per_minute;
	if (one->left > full)
		one->left = full;
	one->filled_at = now_ms;
	if (one->left >= MINUTE_MS)
		one->left -= MINUTE_MS;
	else
		wait_s = (unsigned)((MINUTE_MS - one->left) / (b->per_minute * 1000) + 1);
	pthread_mutex_unlock(&b->lock);
	return wait_s;
}
