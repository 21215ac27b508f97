/*
 * worker.c - one thread that asks once a second whether a job is due.
 *
 * It reads on its own connection and writes through the writer, a job at a time:
 * the listener's writes and the job's end are one transaction. Work that reaches
 * the world outside is done between two of them, in none. Beside the jobs it does
 * what comes round by the clock: the mailbox, digests, erasing.
 */
#include "app/worker.h"

#include "app/mail_in.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "mailroom/reader.h"
#include "notice/inbox.h"

#include <pthread.h>
#include <time.h>

enum { JOBS_IN_A_ROW = 100 };

struct worker {
	struct data_site *site;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct post_world world;
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

static struct actor worker_actor(void)
{
	return (struct actor){ .role = STR("system"), .name = STR("后台任务") };
}

/* ---- work outside: read, do, write what came of it */

struct ending {
	const struct job *job;
	const struct job_outside *outside;
	void *plan;
	enum job_answer answer;
	const struct err *why;
};

static bool end_one(struct ctx *ctx, void *arg, struct err *err)
{
	const struct ending *e = arg;

	return jobs_finish(ctx, e->job, e->outside, e->plan, e->answer, e->why, err);
}

static bool run_outside(struct data_site *site, struct ctx *ctx, struct post_world *world,
			const struct job *job, const struct job_outside *outside, struct err *why)
{
	struct ending e = { .job = job, .outside = outside, .why = why };
	struct err err = { 0 };

	if (!db_snapshot_begin(ctx->db, why))
		return false;
	bool ready = outside->prepare(ctx, job, &e.plan, why);
	db_snapshot_end(ctx->db);
	if (!ready)
		return false;
	e.answer = e.plan == NULL ? JOB_ANSWERED : outside->work(ctx->arena, world, e.plan, why);
	if (e.answer != JOB_ANSWERED)
		log_write(LOG_WARN, "job.not_done", STR_FMT " %lld: %s", STR_ARG(job->topic),
			  (long long)job->id, why->key);
	if (site_write(site, ctx->arena, worker_actor(), end_one, &e, &err))
		return true;
	*why = err;
	return false;
}

/* One job, if one is due. false only when the database cannot be used. */
static bool run_next(struct data_site *site, struct db *reader, struct post_world *world,
		     struct arena *a, bool *ran, struct err *err)
{
	struct ctx ctx = { .arena = a, .db = reader, .vault = site->vault };
	struct err why = { 0 };
	struct job job;

	ctx_set_time(&ctx, clock_now());
	if (!jobs_next(&ctx, &job, ran, err) || !*ran)
		return err->code == ERR_NONE;
	struct run r = { .job = &job, .why = &why };
	const struct job_outside *outside =
		jobs_outside(&job, app_listeners, app_listeners_count);
	if (outside != NULL ? run_outside(site, &ctx, world, &job, outside, &why) :
			      site_write(site, a, worker_actor(), run_one, &r, &why))
		return true;
	log_write(LOG_WARN, "job.failed", STR_FMT " %lld: %s %s", STR_ARG(job.topic),
		  (long long)job.id, why.key, why.facts);
	return site_write(site, a, worker_actor(), note_failure, &r, err);
}

bool worker_run_due(struct data_site *site, struct arena *a, int *ran, struct err *err)
{
	struct post_world world = { .settings = &site->notice, .now = clock_now };
	bool more = true, ok = true;

	for (*ran = 0; ok && more && *ran < JOBS_IN_A_ROW; *ran += more ? 1 : 0) {
		struct arena_mark mark = arena_mark(a);
		ok = run_next(site, site->db, &world, a, &more, err);
		arena_rewind(a, mark);
	}
	post_close(&world);
	return ok;
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

/* ---- by the clock */

/* Once an hour; what is done by night listens to it, and knows itself what it has done. */
static bool sweep(struct ctx *ctx, void *arg, struct err *err)
{
	const struct job_new hour = { .topic = "clock.hour", .subject_kind = "" };
	const struct data_site *site = arg;

	return jobs_sweep(ctx, err) && notice_erase_old(ctx, site->notice.keep_days, err) &&
	       inbox_erase_old(ctx, site->notice.keep_days, err) && jobs_add(ctx, &hour, err);
}

static bool sweep_now(struct data_site *site, struct db *reader, struct arena *a, struct err *err)
{
	(void)reader;
	return site_write(site, a, worker_actor(), sweep, site, err);
}

static bool mail_now(struct data_site *site, struct db *reader, struct arena *a, struct err *err)
{
	struct mail_round round;

	(void)reader, (void)a;
	return mail_in_round(site, worker_actor(), &round, err);
}

/* ---- the mail of the morning, from its minute on */

struct digests { const struct data_site *site; bool more; };

static bool write_digests(struct ctx *ctx, void *arg, struct err *err)
{
	struct digests *d = arg;

	return digest_write(ctx, d->site->notice.site_url, &d->more, err);
}

static bool digest_now(struct data_site *site, struct db *reader, struct arena *a, struct err *err)
{
	struct digests d = { .site = site, .more = true };
	int64_t now = clock_now();
	int64_t minute = (now - date_start(instant_date(now))) / 60;

	(void)reader;
	while (d.more && minute >= site->notice.digest_minute) {
		if (!site_write(site, a, worker_actor(), write_digests, &d, err))
			return false;
		arena_reset(a);
	}
	return true;
}

static const struct {
	int64_t every_s;
	bool (*run)(struct data_site *site, struct db *reader, struct arena *a, struct err *err);
} rounds[] = {
	{ 3600, sweep_now },
	{ MAIL_ROUND_S, mail_now },
	{ 60, digest_now },
};

static void go_round(struct worker *w, struct db *reader, struct arena *a, int64_t *last)
{
	for (size_t i = 0; i < COUNT_OF(rounds); i++) {
		struct err err = { 0 };
		if (clock_now() - last[i] < rounds[i].every_s)
			continue;
		last[i] = clock_now();
		if (!rounds[i].run(w->site, reader, a, &err))
			log_write(LOG_WARN, "jobs.trouble", "%s %s", err.key, err.facts);
		arena_reset(a);
	}
}

static void run_jobs(struct worker *w, struct db *reader, struct arena *a)
{
	struct err err = { 0 };
	bool more = true;

	for (int i = 0; more && i < JOBS_IN_A_ROW && !atomic_load(&w->world.stopping); i++) {
		if (!run_next(w->site, reader, &w->world, a, &more, &err)) {
			log_write(LOG_WARN, "jobs.trouble", "%s %s", err.key, err.facts);
			more = false;
		}
		arena_reset(a);
	}
}

static void *worker_loop(void *arg)
{
	struct worker *w = arg;
	struct arena *a = arena_open(LIMIT_JOB_ARENA);
	int64_t last[COUNT_OF(rounds)];
	struct db *reader = NULL;
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(rounds); i++)
		last[i] = clock_now();
	if (!db_open(&reader, w->site->where, DB_READ, &err))
		log_write(LOG_ERROR, "jobs.no_database", "%s", err.facts);
	while (reader != NULL && wait_a_second(w)) {
		run_jobs(w, reader, a);
		go_round(w, reader, a, last);
	}
	post_close(&w->world);
	db_close(reader);
	arena_close(a);
	return NULL;
}

bool worker_start(struct worker **out, struct data_site *site, struct err *err)
{
	struct worker *w = ARENA_NEW(site->arena, struct worker);

	w->site = site;
	w->world.settings = &site->notice;
	w->world.now = clock_now;
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
	atomic_store(&w->world.stopping, true); /* a message on its way is left where it is */
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
}
