/*
 * futex.h - threads that wait for a word to change, woken all at once.
 *
 * For one who tells many: a condition variable makes each of them take its mutex
 * after waking, one after the other; here they only look at what they wait for.
 */
#ifndef BASE_FUTEX_H
#define BASE_FUTEX_H

#include <stdatomic.h>
#include <stdint.h>

typedef _Atomic uint32_t futex;

/* Returns at once if *f is no longer `seen`, else when woken; also now and then for no reason. */
void futex_wait(futex *f, uint32_t seen);
/* Everybody who waits; change *f before. */
void futex_wake_all(futex *f);
#endif
