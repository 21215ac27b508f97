/* modules_test.c - the modules of the program together: what one leaves for the others is done. */
#include "app/worker.h"
#include "base/test.h"
#include "casework/alike.h"
#include "casework/fixture.h"
#include "jobs/jobs.h"

enum { MANY = 201, JOBS_MAX = 1000 }; /* more than the index of what is alike takes at a time */

/* Each job as the worker runs it: one that fails is tried again and again, and then given up. */
static void all_jobs(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id id = { 0 };
	struct fixture f;
	struct alike *alike;
	struct job job;
	size_t count;
	bool found = true;
	int done = 0;

	(void)arg;
	if (!CHECK_OK(fixture_open(site, &f, &err)))
		return;
	fixture_as(&f, "甲");
	ctx_set_time(ctx, date_start(date_make(2020, 6, 1)) + 9 * 3600);
	for (int i = 0; i < MANY; i++)
		if (!CHECK_OK(fixture_register(&f, "2020-06-01", &id, &err)))
			return;
	while (done < JOBS_MAX && CHECK_OK(jobs_next(ctx, &job, &found, &err)) && found &&
	       CHECK_OK(jobs_run(ctx, &job, app_listeners, app_listeners_count, &err)))
		done++;
	CHECK(!found && done > MANY);
	CHECK_OK(alike_of(ctx, id, &alike, &count, &err));
	CHECK(count > 0); /* the last one was reached, too */
}

void modules_test(struct test *t)
{
	testdb_each(t, "what many registrations leave to be done is done", all_jobs, NULL);
}
