/*
 * worker.c - one thread that asks once a second whether a job is due.
 *
 * It reads on its own connection and writes through the writer, a job at a time:
 * the listener's writes and the job's end are one transaction.
 */
#include "app/worker.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"

#include <pthread.h>
#include <time.h>

enum { SWEEP_S = 3600, JOBS_IN_A_ROW = 100 };

struct worker {
	struct data_site *site;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

struct run { const struct job *job; const struct err *why; };

static bool run_one(struct ctx *ctx, void *arg, struct err *err)
{
	const struct run *r = arg;

	return jobs_run(ctx, r->job, app_listeners, app_listeners_count, err);
}

static bool note_failure(struct ctx *ctx, void *arg, struct err *err)
{
	const struct run *r = arg;

	return jobs_failed(ctx, r->job, r->why, err);
}

/* Once an hour; what is done by night listens to it, and knows itself what it has done. */
static bool sweep(struct ctx *ctx, void *arg, struct err *err)
{
	struct job_new hour = { .topic = "clock.hour", .subject_kind = "" };

	(void)arg;
	return jobs_sweep(ctx, err) && jobs_add(ctx, &hour, err);
}

static struct actor worker_actor(void)
{
	return (struct actor){ .role = STR("system"), .name = STR("后台任务") };
}

/* One job, if one is due. false only when the database cannot be used. */
static bool run_next(struct data_site *site, struct db *reader, struct arena *a, bool *ran,
		     struct err *err)
{
	struct ctx ctx = { .arena = a, .db = reader };
	struct err why = { 0 };
	struct job job;

	ctx_set_time(&ctx, clock_now());
	if (!jobs_next(&ctx, &job, ran, err) || !*ran)
		return err->code == ERR_NONE;
	struct run r = { .job = &job, .why = &why };
	if (site_write(site, a, worker_actor(), run_one, &r, &why))
		return true;
	log_write(LOG_WARN, "job.failed", STR_FMT " %lld: %s %s", STR_ARG(job.topic),
		  (long long)job.id, why.key, why.facts);
	return site_write(site, a, worker_actor(), note_failure, &r, err);
}

bool worker_run_due(struct data_site *site, struct arena *a, int *ran, struct err *err)
{
	bool more = true;

	for (*ran = 0; more && *ran < JOBS_IN_A_ROW; *ran += more ? 1 : 0)
		if (!run_next(site, site->db, a, &more, err))
			return false;
	return true;
}

static bool wait_a_second(struct worker *w)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until); /* allow: what pthread_cond_timedwait takes */
	until.tv_sec++;
	pthread_mutex_lock(&w->lock);
	if (!w->stopping)
		pthread_cond_timedwait(&w->wake, &w->lock, &until);
	bool go_on = !w->stopping;
	pthread_mutex_unlock(&w->lock);
	return go_on;
}

static void *worker_loop(void *arg)
{
	struct worker *w = arg;
	struct arena *a = arena_open(LIMIT_REQUEST_ARENA);
	struct db *reader = NULL;
	struct err err = { 0 };
	int64_t swept = clock_now();

	if (!db_open(&reader, w->site->where, DB_READ, &err))
		log_write(LOG_ERROR, "jobs.no_database", "%s", err.facts);
	while (reader != NULL && wait_a_second(w)) {
		bool more = true;
		err_clear(&err);
		for (int i = 0; more && i < JOBS_IN_A_ROW; i++)
			if (!run_next(w->site, reader, a, &more, &err)) {
				log_write(LOG_WARN, "jobs.trouble", "%s %s", err.key, err.facts);
				break;
			}
		if (clock_now() - swept > SWEEP_S) {
			swept = clock_now();
			err_clear(&err);
			if (!site_write(w->site, a, worker_actor(), sweep, NULL, &err))
				log_write(LOG_WARN, "jobs.trouble", "%s %s", err.key, err.facts);
		}
		arena_reset(a);
	}
	db_close(reader);
	arena_close(a);
	return NULL;
}

bool worker_start(struct worker **out, struct data_site *site, struct err *err)
{
	struct worker *w = ARENA_NEW(site->arena, struct worker);

	w->site = site;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	if (pthread_create(&w->thread, NULL, worker_loop, w) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.no_thread", " ");
	*out = w;
	return true;
}

void worker_stop(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
}
