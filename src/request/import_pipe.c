/*
 * import_pipe.c - a short queue of batches between two threads, so that neither
 * runs ahead of the other by more memory than that.
 */
#include "request/import_parts.h"

#include <assert.h>

enum { BATCH_BYTES = 64 * 1024 * 1024 }; /* of address space; the longest texts allowed fit */

void import_pipe_open(struct import_pipe *p)
{
	*p = (struct import_pipe){ .put = 0 };
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	for (size_t i = 0; i < IMPORT_BATCHES; i++)
		p->batches[i].arena = arena_open(BATCH_BYTES);
}

void import_pipe_close(struct import_pipe *p)
{
	for (size_t i = 0; i < IMPORT_BATCHES; i++)
		arena_close(p->batches[i].arena);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
}

/*
 * Who has to wait waits until half of the ring is free, or filled: so the two sleep and wake a few
 * times in a second, not for each batch.
 */
struct import_batch *import_pipe_blank(struct import_pipe *p)
{
	pthread_mutex_lock(&p->lock);
	if (p->put - p->back == IMPORT_BATCHES)
		while (p->put - p->back > IMPORT_BATCHES / 2 && !p->stopped)
			pthread_cond_wait(&p->changed, &p->lock);
	bool stopped = p->stopped;
	pthread_mutex_unlock(&p->lock);
	return stopped ? NULL : &p->batches[p->put % IMPORT_BATCHES];
}

/* One at most waits: the other side. */
static void tell_at_half(struct import_pipe *p, size_t *count)
{
	pthread_mutex_lock(&p->lock);
	++*count;
	if (p->put - p->back == IMPORT_BATCHES / 2)
		pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

static void tell(struct import_pipe *p, bool *flag)
{
	pthread_mutex_lock(&p->lock);
	*flag = true;
	pthread_cond_signal(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

void import_pipe_put(struct import_pipe *p)
{
	tell_at_half(p, &p->put);
}

void import_pipe_end(struct import_pipe *p)
{
	tell(p, &p->ended);
}

struct import_batch *import_pipe_take(struct import_pipe *p)
{
	assert(p->taken == p->back);
	pthread_mutex_lock(&p->lock);
	if (p->put == p->taken)
		while (p->put - p->taken < IMPORT_BATCHES / 2 && !p->ended)
			pthread_cond_wait(&p->changed, &p->lock);
	bool any = p->put > p->taken;
	pthread_mutex_unlock(&p->lock);
	return any ? &p->batches[p->taken++ % IMPORT_BATCHES] : NULL;
}

void import_pipe_back(struct import_pipe *p)
{
	tell_at_half(p, &p->back);
}

void import_pipe_stop(struct import_pipe *p)
{
	tell(p, &p->stopped);
}
