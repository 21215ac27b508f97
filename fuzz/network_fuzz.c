/*
 * network_fuzz.c - who counts as one: any address as text, always the same, and once and for all.
 */
#include "base/limits.h"
#include "web/bucket.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(8 * MIB);
	struct str address = { (const char *)data, size }, network = bucket_network(a, address);
	struct buckets *b = buckets_open(a, 2);

	assert(str_equal(network, bucket_network(a, address)));
	assert(str_equal(network, address) || network.len < 64);
	assert(str_ends(network, STR("/64")) || str_equal(network, bucket_network(a, network)));
	assert(bucket_take(b, network, 0) == 0 && bucket_take(b, network, 0) == 0);
	assert(bucket_take(b, network, 0) > 0); /* and nobody else's are taken */
	assert(bucket_take(b, STR("192.0.2.1"), 0) == 0 || str_equal(network, STR("192.0.2.1")));
	arena_close(a);
	return 0;
}
