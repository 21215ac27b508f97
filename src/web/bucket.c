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

struct str bucket_network(struct arena *a, struct str address)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr v6;

	if (address.len >= sizeof text)
		return address;
	memcpy(text, address.ptr, address.len);
	text[address.len] = '\0';
	if (inet_pton(AF_INET6, text, &v6) != 1)
		return address;
	if (IN6_IS_ADDR_V4MAPPED(&v6)) {
		const char *v4 = inet_ntop(AF_INET, &v6.s6_addr[12], text, sizeof text);
		return v4 != NULL ? str_copy(a, str_from_c(v4)) : address;
	}
	memset(&v6.s6_addr[8], 0, 8);
	const char *network = inet_ntop(AF_INET6, &v6, text, sizeof text);
	return network != NULL ? str_format(a, "%s/64", network) : address;
}

/* Nobody outside can choose two addresses that fall into one. */
static uint64_t hash_of(const struct buckets *b, struct str address)
{
	char bytes[sizeof b->key + ADDRESS_MAX];
	size_t len = address.len < ADDRESS_MAX ? address.len : ADDRESS_MAX;

	memcpy(bytes, &b->key, sizeof b->key);
	memcpy(bytes + sizeof b->key, address.ptr, len);
	uint64_t hash = str_hash((struct str){ bytes, sizeof b->key + len });
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
