/*
 * import_write.c - the good rows into the site, all in the caller's transaction.
 *
 * One thread makes rows and events ready, with all that is to be hashed; the
 * caller's writes them, a batch of each table at a time, and does nothing else.
 */
#include "calendar/calendar.h"
#include "request/case.h"
#include "request/import_parts.h"

#include <assert.h>
#include <signal.h>

static struct str kind_code(const struct import_good *g)
{
	return g->kind != NULL ? str_from_c(g->kind->code) : STR_NONE;
}

static bool same_day(struct opt_date a, struct opt_date b)
{
	return a.known == b.known && (!a.known || date_compare(a.v, b.v) == 0);
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR("（空）");
}

/* The first fact that differs, and how it is registered. */
static bool differs_at(struct arena *a, const struct import_good *g,
		       const struct import_existing_row *row, enum import_field *field,
		       struct str *there)
{
	enum request_channel channel = CHANNEL_COUNT;
	enum applicant_class applicant = APPLICANT_CLASS_COUNT;
	const struct decision_kind *kind = request_decision(row->decision);

	(void)channel_from(row->channel, &channel);
	(void)applicant_from(row->applicant, &applicant);
	if (applicant != g->applicant) {
		*field = IMPORT_APPLICANT;
		*there = applicant_label(applicant);
	} else if (channel != g->channel) {
		*field = IMPORT_CHANNEL;
		*there = channel_label(channel);
	} else if (!same_day(row->received_on, g->received_on)) {
		*field = IMPORT_RECEIVED_ON;
		*there = day_text(a, row->received_on);
	} else if (!str_equal(row->decision, kind_code(g))) {
		*field = IMPORT_DECISION;
		*there = kind != NULL ? kind->label : STR("（未办结）");
	} else if (!same_day(row->closed_on, g->closed_on)) {
		*field = IMPORT_CLOSED_ON;
		*there = day_text(a, row->closed_on);
	} else if (date_compare(row->submitted_on, g->submitted_on) != 0) {
		*field = IMPORT_SUBMITTED_ON;
		*there = date_iso(a, row->submitted_on);
	} else if (row->extension != g->extension) {
		*field = IMPORT_EXTENSION;
		*there = str_format(a, "%d", (int)row->extension);
	} else if (!str_equal(row->content, g->content)) {
		*field = IMPORT_CONTENT;
		*there = STR("（另一内容）");
	} else {
		return false;
	}
	return true;
}

bool import_compare(struct ctx *ctx, const struct import_good *g, enum import_there *out,
		    enum import_field *differs, struct str *there, struct err *err)
{
	struct import_existing_row row;
	bool found;

	if (!import_existing(
		    ctx, &(struct import_existing_in){ .number = g->number, .unit_id = g->unit },
		    &row, &found, err))
		return false;
	*out = !found						 ? IMPORT_NEW
	       : differs_at(ctx->arena, g, &row, differs, there) ? IMPORT_DIFFERENT
								 : IMPORT_SAME;
	return true;
}

/* ---- what was there before */

bool import_into_nothing(struct ctx *ctx, bool *nothing, struct err *err)
{
	struct import_first_id_row first;
	bool found;

	if (!import_first_id(ctx, &first, &found, err))
		return false;
	assert(found);
	*nothing = first.id == 1;
	return true;
}

/* The position first: what happens between the two is found when the rows are written. */
bool import_note_site(struct import *import, struct err *err)
{
	return ledger_position(&import->ctx, &import->checked_at, err) &&
	       import_into_nothing(&import->ctx, &import->none_registered, err);
}

/* A number that was free when the rows were checked. */
static bool look_again(struct ctx *ctx, struct import_good *g, struct err *err)
{
	enum import_there there;
	enum import_field differs;
	struct str value;

	if (!import_compare(ctx, g, &there, &differs, &value, err))
		return false;
	g->there = there == IMPORT_SAME;
	return there != IMPORT_DIFFERENT || err_set(err, ERR_CONFLICT, "import.came_between",
						    "%u|" STR_FMT, (unsigned)g->row,
						    STR_ARG(g->number));
}

/* Nothing is registered without an event; and now nobody appends one until we have ended. */
static bool came_between(struct ctx *ctx, struct import *import, struct err *err)
{
	if (ctx->ledger_run->seq == import->checked_at)
		return true;
	for (struct import_chunk *c = import->first; c != NULL; c = c->next) {
		for (size_t i = 0; i < c->count; i++) {
			struct arena_mark mark = arena_mark(ctx->arena);
			if (!look_again(ctx, &c->rows[i], err))
				return false;
			arena_rewind(ctx->arena, mark);
		}
	}
	return true;
}

/* ---- writing: what one thread makes ready, another writes */

/* Whoever makes the rows ready. */
struct maker {
	struct import *import;
	struct import_sealer *sealer;
	import_feed_fn *feed; /* NULL: the rows that were kept */
	void *feed_arg;
	struct import_summary *summary;
	bool ok;
	struct err err;
};

static bool seal_kept(struct maker *m)
{
	const struct import *import = m->import;
	size_t done = 0;

	for (const struct import_chunk *c = import->first; c != NULL; c = c->next) {
		for (size_t i = 0; i < c->count; i++)
			if (!c->rows[i].there && !import_seal(m->sealer, &c->rows[i], &m->err))
				return false;
		done += c->count;
		if (import->options.progress != NULL)
			import->options.progress(import->options.arg, done);
	}
	return true;
}

static void *make_ready(void *arg)
{
	struct maker *m = arg;

	m->ok = m->feed == NULL ? seal_kept(m)
				: m->feed(m->feed_arg, import_row, m->import, &m->err) &&
					  import_done(m->import, m->summary, &m->err);
	if (m->ok)
		import_seal_end(m->sealer);
	import_pipe_end(&m->sealer->pipe);
	return NULL;
}

static bool write_batch(struct ctx *ctx, const struct import_batch *b, struct err *err)
{
	if (db_engine(ctx->db) == DB_SQLITE) {
		db_offer(ctx->db, b->cells, IMPORT_CELLS, b->count);
		bool ok = import_insert_offered(ctx, NULL, err);
		db_offer(ctx->db, NULL, 0, 0);
		return ok && ledger_write_sealed(ctx, b->events, b->count, err);
	}
	for (size_t i = 0; i < b->count; i++)
		if (!import_insert(ctx, &b->rows[i], NULL, err))
			return false;
	return ledger_write_sealed(ctx, b->events, b->count, err);
}

static bool write_batches(struct ctx *ctx, struct import_pipe *pipe, struct err *err)
{
	const struct import_batch *b = import_pipe_take(pipe);
	bool ok = true;

	while (ok && b != NULL) {
		ok = write_batch(ctx, b, err);
		import_pipe_back(pipe);
		if (ok)
			b = import_pipe_take(pipe);
	}
	import_pipe_stop(pipe);
	return ok;
}

static bool start(pthread_t *thread, struct maker *m, struct err *err)
{
	sigset_t all, before;

	/* Signals are for the thread that waits for them. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int result = pthread_create(thread, NULL, make_ready, m);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (result != 0)
		return err_set(err, ERR_UNAVAILABLE, "db.failed", "no thread: %d", result);
	pthread_setname_np(*thread, "import");
	return true;
}

static bool run_maker(struct ctx *ctx, struct maker *m, struct err *err)
{
	pthread_t thread;

	if (!start(&thread, m, err))
		return false;
	bool written = write_batches(ctx, &m->sealer->pipe, err);
	pthread_join(thread, NULL);
	if (written && !m->ok)
		*err = m->err;
	return written && m->ok;
}

/* The ids that the events name are the ones that the database gave. */
static bool ids_as_sealed(struct ctx *ctx, const struct import_sealer *s, struct err *err)
{
	struct import_first_id_row next;
	bool found;

	if (!import_first_id(ctx, &next, &found, err))
		return false;
	assert(found);
	return next.id == s->next_id ||
	       err_set(err, ERR_INTERNAL, "ledger.out_of_step", "%lld|%lld", (long long)next.id,
		       (long long)s->next_id);
}

/* All in one run of the ledger, of which the sealer moves the end. */
static bool write_run(struct ctx *ctx, struct maker *m, size_t *added, struct err *err)
{
	struct import_first_id_row first;
	struct import_sealer sealer;
	bool found;

	if (!import_first_id(ctx, &first, &found, err))
		return false;
	assert(found);
	import_sealer_open(&sealer, ctx, first.id);
	m->sealer = &sealer;
	m->import->sealer = m->feed != NULL ? &sealer : NULL;
	bool ok = run_maker(ctx, m, err) && (import_will_not_be_written(m->import) ||
					     ids_as_sealed(ctx, &sealer, err));
	m->import->sealer = NULL;
	*ctx->ledger_run = sealer.run;
	*added = (size_t)(sealer.next_id - first.id);
	import_sealer_close(&sealer);
	return ok;
}

static bool bad_rows(const struct import *import, struct err *err)
{
	const struct import_summary *s = &import->summary;

	return err_set(err, ERR_INVALID, "import.bad_rows", "%zu|%zu", s->rows, s->bad);
}

static bool write_all(struct ctx *ctx, struct maker *m, size_t *added, struct err *err)
{
	struct ledger_run run;
	struct ctx bulk = *ctx;
	size_t n = 0;

	if (!calendar_current(ctx, &bulk.calendar, err) || !ledger_run_begin(&bulk, &run, err) ||
	    !came_between(&bulk, m->import, err) || !write_run(&bulk, m, &n, err))
		return false;
	if (import_will_not_be_written(m->import))
		return bad_rows(m->import, err);
	if (!ledger_run_end(&bulk, err))
		return false;
	*added = n;
	return true;
}

bool import_write(struct ctx *ctx, struct import *import, size_t *added, struct err *err)
{
	struct maker m = { .import = import };

	if (import_will_not_be_written(import))
		return bad_rows(import, err);
	return write_all(ctx, &m, added, err);
}

bool import_stream(struct ctx *ctx, struct import *import, import_feed_fn *feed, void *arg,
		   struct import_summary *out, size_t *added, struct err *err)
{
	struct maker m = { .import = import, .feed = feed, .feed_arg = arg, .summary = out };

	assert(import->none_registered && db_engine(ctx->db) == DB_SQLITE);
	return write_all(ctx, &m, added, err);
}
