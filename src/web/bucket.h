/*
 * bucket.h - how often an address may ask for what is costly.
 *
 * A bucket of tokens for each address, filled evenly: a person never notices it,
 * a robot that takes every export of every year waits. In memory, of a fixed
 * size: when it is full the address that has waited longest is forgotten.
 */
#ifndef WEB_BUCKET_H
#define WEB_BUCKET_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Who counts as one, here and wherever tries are counted: an IPv4 address, or "2001:db8:1:2::/64",
 * the IPv6 network of one machine. What is no address stays as it is.
 */
struct str bucket_network(struct arena *a, struct str address);

struct buckets;
/* per_minute > 0; as many may come at once. */
struct buckets *buckets_open(struct arena *a, unsigned per_minute);
/* 0: taken. Otherwise nothing is taken, and so many seconds must pass. now_ms: monotonic. */
unsigned bucket_take(struct buckets *b, struct str address, int64_t now_ms);
#endif
