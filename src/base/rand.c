#include "base/rand.h"

#include "base/log.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *out, size_t len)
{
	unsigned char *p = out;

	while (len > 0) {
		ssize_t got = getrandom(p, len, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			/* Going on would mean guessable keys. */
			log_write(LOG_ERROR, "rand.no_random", "errno=%d", errno);
			abort();
		}
		p += got;
		len -= (size_t)got;
	}
}

struct str random_code(struct arena *a, size_t letters)
{
	static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* no 0 O 1 I */
	char *code = arena_alloc(a, letters);

	static_assert(sizeof alphabet - 1 == 32, "five bits each");
	random_bytes(code, letters);
	for (size_t i = 0; i < letters; i++)
		code[i] = alphabet[(unsigned char)code[i] & 31];
	return (struct str){ code, letters };
}

struct str random_hex(struct arena *a, size_t bytes)
{
	static const char digit[] = "0123456789abcdef";
	char *hex = arena_alloc(a, bytes * 2);

	random_bytes(hex, bytes);
	for (size_t i = bytes; i-- > 0;) { /* from the end, because it widens in place */
		unsigned char byte = (unsigned char)hex[i];
		hex[2 * i] = digit[byte >> 4];
		hex[2 * i + 1] = digit[byte & 15];
	}
	return (struct str){ hex, bytes * 2 };
}

/* xoshiro256** of Blackman and Vigna, its state filled by their splitmix64. */
struct seeded seeded_from(uint64_t seed)
{
	struct seeded s;

	for (size_t i = 0; i < COUNT_OF(s.state); i++) {
		seed += UINT64_C(0x9e3779b97f4a7c15);
		uint64_t z = seed;
		z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
		s.state[i] = z ^ (z >> 31);
	}
	return s;
}

static uint64_t rotate_left(uint64_t n, int by)
{
	return n << by | n >> (64 - by);
}

uint64_t seeded_next(struct seeded *s)
{
	uint64_t *state = s->state;
	uint64_t result = rotate_left(state[1] * 5, 7) * 9;
	uint64_t shifted = state[1] << 17;

	state[2] ^= state[0];
	state[3] ^= state[1];
	state[1] ^= state[2];
	state[0] ^= state[3];
	state[2] ^= shifted;
	state[3] = rotate_left(state[3], 45);
	return result;
}

uint64_t seeded_below(struct seeded *s, uint64_t bound)
{
	assert(bound > 0);
	/* The lowest 2^64 mod bound numbers would make the first results likelier. */
	uint64_t reject_below = (0 - bound) % bound;

	for (;;) {
		uint64_t n = seeded_next(s);
		if (n >= reject_below)
			return n % bound;
	}
}
