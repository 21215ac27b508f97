/*
 * rand.h - random bytes from the system, and repeatable numbers from a seed.
 *
 * random_* is for keys, tokens and codes. seeded_* is for the sample year and
 * for tests: the same seed gives the same numbers everywhere.
 */
#ifndef BASE_RAND_H
#define BASE_RAND_H

#include "base/str.h"

void random_bytes(void *out, size_t len);
/* Letters and digits without look-alikes (32 of them: 5 bits each), for people to type. */
struct str random_code(struct arena *a, size_t letters);
struct str random_hex(struct arena *a, size_t bytes);

struct seeded { uint64_t state[4]; };
struct seeded seeded_from(uint64_t seed);
uint64_t seeded_next(struct seeded *s);
/* 0 .. bound-1, without bias; bound > 0. */
uint64_t seeded_below(struct seeded *s, uint64_t bound);
#endif
