/*
 * pool.h - the workers: what may take its time, off the HTTP threads.
 *
 * Password hashing, exports, compression of pages, and everything over
 * PostgreSQL, each worker with a reading connection of its own. Two lanes, so
 * that exports never hold up a sign-in: one worker is always left for the quick
 * ones. Both queues are bounded; what finds no room is 503.
 */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include "web/exchange.h"

enum pool_lane { POOL_QUICK, POOL_SLOW };
enum { POOL_LANES = 2 };

NODISCARD bool pool_open(struct pool **out, struct web_server *s, unsigned threads,
			 struct err *err);
/* Finishes what is queued, then ends. */
void pool_close(struct pool *p);
/* false: no room, the exchange is still the caller's. */
NODISCARD bool pool_submit(struct pool *p, struct exchange *x, enum pool_lane lane);
#endif
