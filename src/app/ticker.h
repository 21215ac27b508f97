/*
 * ticker.h - tells once a second how far a long command has come.
 *
 * A thread of its own does the telling, so that whoever does the work, possibly
 * the writer inside a transaction, never waits for a terminal.
 */
#ifndef APP_TICKER_H
#define APP_TICKER_H

#include "app/command.h"

struct ticker;
struct ticker *ticker_start(const struct invocation *in);
/* phase: a constant, "已检查"; starts counting anew. */
void ticker_phase(struct ticker *t, const char *phase);
void ticker_count(struct ticker *t, size_t rows); /* from any thread; NULL is allowed */
void ticker_stop(struct ticker *t);
#endif
