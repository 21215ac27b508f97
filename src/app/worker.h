/*
 * worker.h - the jobs thread: runs what the outbox holds, by the table of
 * listeners, and sweeps once an hour.
 */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include "app/site.h"
#include "jobs/jobs.h"

/* Which module listens to what; the one place where a lower module reaches a higher one. */
extern const struct job_listener app_listeners[];
extern const size_t app_listeners_count;

struct worker;
NODISCARD bool worker_start(struct worker **out, struct data_site *site, struct err *err);
void worker_stop(struct worker *w);
/* Runs everything that is due now, in the caller's thread; for tests and commands. */
NODISCARD bool worker_run_due(struct data_site *site, struct arena *a, int *ran, struct err *err);
#endif
