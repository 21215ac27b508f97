#include "web/pool.h"

#include "base/limits.h"
#include "base/log.h"

#include <errno.h>

enum { POOL_THREADS_MAX = 64 };

struct lane {
	struct exchange *first, **end;
	unsigned count;
};

struct pool {
	struct web_server *server;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct lane lane[POOL_LANES];
	pthread_t thread[POOL_THREADS_MAX];
	unsigned threads, slow_running;
	bool closing;
};

static struct exchange *take(struct lane *lane)
{
	struct exchange *x = lane->first;

	if (x == NULL)
		return NULL;
	lane->first = x->next;
	if (lane->first == NULL)
		lane->end = &lane->first;
	lane->count--;
	return x;
}

/* Under the lock. NULL: nothing this worker may take now. */
static struct exchange *next_of(struct pool *p, enum pool_lane *lane)
{
	struct exchange *x = take(&p->lane[POOL_QUICK]);

	*lane = POOL_QUICK;
	if (x != NULL || p->slow_running + 1 >= p->threads)
		return x;
	*lane = POOL_SLOW;
	return take(&p->lane[POOL_SLOW]);
}

static void run_one(struct exchange *x, struct db *db)
{
	if (x->why == RETURN_FAILED)
		exchange_fail(x, db);
	else if (exchange_run(x, db) == EXCHANGE_SUBMITTED)
		return;
	exchange_home(x, RETURN_READY);
}

static struct db *worker_db(struct pool *p, struct db *db)
{
	struct err err = { .code = ERR_NONE };

	if (db == NULL && !db_open(&db, p->server->config.where, DB_READ, &err))
		log_write(LOG_ERROR, "web.no_database", "%s %s", err.key, err.facts);
	return db;
}

/*
 * With the lock, which it lets go meanwhile: what a long answer has read is not kept until the
 * next one, or each worker would come to hold as much. false: it holds nothing.
 */
static bool rest(struct pool *p, struct db *db, bool *rested)
{
	if (db == NULL || *rested)
		return false;
	pthread_mutex_unlock(&p->lock);
	db_rest(db);
	pthread_mutex_lock(&p->lock);
	*rested = true;
	return true;
}

static void *work(void *arg)
{
	struct pool *p = arg;
	struct db *db = NULL;
	bool rested = false;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		enum pool_lane lane;
		struct exchange *x = next_of(p, &lane);
		if (x == NULL && p->closing)
			break;
		if (x == NULL) {
			if (!rest(p, db, &rested))
				pthread_cond_wait(&p->more, &p->lock);
			continue;
		}
		rested = false;
		p->slow_running += lane == POOL_SLOW;
		pthread_mutex_unlock(&p->lock);
		db = worker_db(p, db);
		run_one(x, db);
		pthread_mutex_lock(&p->lock);
		p->slow_running -= lane == POOL_SLOW;
		if (lane == POOL_SLOW)
			pthread_cond_signal(
				&p->more); /* one that could not start beside this one */
	}
	pthread_mutex_unlock(&p->lock);
	db_close(db);
	return NULL;
}

bool pool_open(struct pool **out, struct web_server *s, unsigned threads, struct err *err)
{
	struct pool *p = ARENA_NEW(s->arena, struct pool);

	p->server = s;
	for (int i = 0; i < POOL_LANES; i++)
		p->lane[i].end = &p->lane[i].first;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	*out = p;
	threads = threads < 2 ? 2 : threads > POOL_THREADS_MAX ? POOL_THREADS_MAX : threads;
	pthread_mutex_lock(&p->lock); /* no worker counts the workers before all are there */
	while (p->threads < threads) {
		errno = pthread_create(&p->thread[p->threads], NULL, work, p);
		if (errno != 0)
			break;
		p->threads++;
	}
	bool ok = p->threads == threads;
	pthread_mutex_unlock(&p->lock);
	return ok || err_set(err, ERR_UNAVAILABLE, "web.cannot_start", "pthread_create errno=%d",
			     errno);
}

void pool_close(struct pool *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->threads; i++)
		pthread_join(p->thread[i], NULL);
	pthread_cond_destroy(&p->more);
	pthread_mutex_destroy(&p->lock);
}

bool pool_submit(struct pool *p, struct exchange *x, enum pool_lane lane)
{
	pthread_mutex_lock(&p->lock);
	bool room = !p->closing && p->lane[lane].count < LIMIT_HTTP_POOL_QUEUE;
	if (room) {
		x->next = NULL;
		*p->lane[lane].end = x;
		p->lane[lane].end = &x->next;
		p->lane[lane].count++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}
