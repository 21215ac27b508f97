/* ticker.c - a thread that prints a counter. */
#include "app/ticker.h"

#include "base/clock.h"
#include "base/limits.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

struct ticker {
	struct invocation in; /* with an arena of its own */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping, running;
	_Atomic(const char *) phase;
	atomic_size_t rows;
};

static struct timespec in_a_second(void)
{
	int64_t until = clock_monotonic_ms() + 1000;

	return (struct timespec){ until / 1000, until % 1000 * 1000000 };
}

static void *tick(void *arg)
{
	struct ticker *t = arg;

	pthread_mutex_lock(&t->lock);
	while (!t->stopping) {
		struct timespec until = in_a_second();
		while (!t->stopping && pthread_cond_timedwait(&t->wake, &t->lock, &until) == 0)
			continue;
		if (t->stopping)
			break;
		complain(&t->in, "%s%zu行\n", atomic_load(&t->phase), atomic_load(&t->rows));
		arena_reset(t->in.arena);
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

struct ticker *ticker_start(const struct invocation *in)
{
	struct ticker *t = ARENA_NEW(in->arena, struct ticker);
	pthread_condattr_t monotonic;

	t->in = *in;
	t->in.arena = arena_open(MIB);
	atomic_store(&t->phase, "");
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&t->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	t->running =
		pthread_create(&t->thread, NULL, tick, t) == 0; /* else the work goes on untold */
	return t;
}

void ticker_phase(struct ticker *t, const char *phase)
{
	atomic_store(&t->rows, 0);
	atomic_store(&t->phase, phase);
}

void ticker_count(struct ticker *t, size_t rows)
{
	if (t != NULL)
		atomic_store(&t->rows, rows);
}

void ticker_stop(struct ticker *t)
{
	pthread_mutex_lock(&t->lock);
	t->stopping = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	if (t->running)
		pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	arena_close(t->in.arena);
}
