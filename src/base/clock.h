/*
 * clock.h - the only place that asks the machine what time it is.
 *
 * app/ and web/ read it once per request or command and hand it on in ctx, so
 * that a year can be played and no test sleeps.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);	  /* UTC seconds */
int64_t clock_monotonic_ms(void); /* for deadlines and durations */
#endif
