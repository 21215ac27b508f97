/*
 * import_write.c - the good rows into the site: two statements and one event for
 * each, all in the caller's transaction.
 */
#include "base/rand.h"
#include "calendar/calendar.h"
#include "import_sql.h"
#include "request/case.h"
#include "request/import_parts.h"

#include <assert.h>

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

/* ---- writing */

static struct opt_int year_of(struct opt_date d)
{
	return d.known ? (struct opt_int){ true, date_year(d.v) } : (struct opt_int){ 0 };
}

static enum request_state state_of(const struct import_good *g)
{
	if (g->kind != NULL)
		return REQUEST_CLOSED;
	return g->received_on.known ? REQUEST_HANDLING : REQUEST_CONFIRMING;
}

/* Of a closed one nobody knows what was inquired meanwhile, so no due day is claimed. */
static bool due_of(struct ctx *ctx, const struct import_good *g, struct opt_date *due,
		   struct err *err)
{
	struct request_case c = { .r = { .clock_from = g->received_on,
					 .extension = g->extension } };

	*due = (struct opt_date){ 0 };
	return state_of(g) != REQUEST_HANDLING || clock_due(ctx, &c, ctx->today, due, err);
}

static bool record(struct ctx *ctx, const struct import_good *g, struct request_id id,
		   struct str salt, struct err *err)
{
	struct arena *a = ctx->arena;
	struct changes changes = { .count = 0 };
	struct opt_date none = { 0 };
	int64_t seq;

	changes_text(&changes, "number", STR_NONE, g->number);
	changes_int(a, &changes, "unit", 0, g->unit.n);
	changes_text(&changes, "channel", STR_NONE, channel_code(g->channel));
	changes_text(&changes, "applicant", STR_NONE, applicant_code(g->applicant));
	changes_day(a, &changes, "submitted_on", none, (struct opt_date){ true, g->submitted_on });
	changes_day(a, &changes, "received_on", none, g->received_on);
	changes_int(a, &changes, "extension", 0, g->extension);
	changes_text(&changes, "decision", STR_NONE, kind_code(g));
	changes_day(a, &changes, "closed_on", none, g->closed_on);
	changes_text(&changes, "content_commitment", STR_NONE, ledger_commit(a, salt, g->content));
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = id.n,
				      .verb = "request.import",
				      .changes = changes.list,
				      .changes_count = changes.count };
	return ledger_append(ctx, &event, &seq, err);
}

/* seq: the ledger position its event will have. */
static bool insert(struct ctx *ctx, const struct import_good *g, struct request_id id, int64_t seq,
		   struct str salt, bool *inserted, struct err *err)
{
	int64_t changed;
	struct import_insert_in in = {
		.id = id,
		.number = g->number,
		.unit_id = g->unit,
		.channel = channel_code(g->channel),
		.applicant = applicant_code(g->applicant),
		.submitted_on = g->submitted_on,
		.received_on = g->received_on,
		.received_year = year_of(g->received_on),
		.content = g->content,
		.salt = salt,
		.state = request_state_code(state_of(g)),
		.extension = g->extension,
		.decision = kind_code(g),
		.closed_on = g->closed_on,
		.closed_year = year_of(g->closed_on),
		.changed_seq = seq,
	};

	if (g->kind != NULL) {
		in.outcome = (struct opt_str){ true, outcome_code(g->kind->outcome) };
		if (g->kind->needs_letter)
			in.decided_on = g->closed_on;
	}
	if (!due_of(ctx, g, &in.due_on, err) || !import_insert(ctx, &in, &changed, err))
		return false;
	*inserted = changed > 0;
	return true;
}

/* A number that was free when the rows were checked. */
static bool came_between(struct ctx *ctx, const struct import_good *g, struct err *err)
{
	enum import_there there;
	enum import_field differs;
	struct str value;

	if (!import_compare(ctx, g, &there, &differs, &value, err))
		return false;
	return there == IMPORT_SAME || err_set(err, ERR_CONFLICT, "import.came_between",
					       "%u|" STR_FMT, (unsigned)g->row, STR_ARG(g->number));
}

struct written { const struct import_good *row; struct request_id id; struct str salt; };

/*
 * The rows of a chunk, then their events: table by table the pages stay at hand.
 * next: the id of the next new row.
 */
static bool write_chunk(struct ctx *ctx, const struct import_chunk *chunk, int64_t *next,
			struct err *err)
{
	struct written *written = ARENA_ARRAY(ctx->arena, chunk->count, struct written);
	size_t n = 0;
	int64_t seq;
	bool inserted;

	if (!ledger_upcoming(ctx, &seq, err))
		return false;
	for (size_t i = 0; i < chunk->count; i++) {
		struct written *w = &written[n];
		*w = (struct written){ &chunk->rows[i], { *next }, random_hex(ctx->arena, 16) };
		if (!insert(ctx, w->row, w->id, seq + (int64_t)n, w->salt, &inserted, err))
			return false;
		if (!inserted && !came_between(ctx, w->row, err))
			return false;
		n += inserted ? 1 : 0;
		*next += inserted ? 1 : 0;
	}
	for (size_t i = 0; i < n; i++)
		if (!record(ctx, written[i].row, written[i].id, written[i].salt, err))
			return false;
	return true;
}

static bool write_all(struct ctx *ctx, struct import *import, int64_t first, size_t *added,
		      struct err *err)
{
	int64_t next = first;
	size_t done = 0;

	for (const struct import_chunk *c = import->first; c != NULL; c = c->next) {
		if (!write_chunk(ctx, c, &next, err))
			return false;
		arena_reset(ctx->arena);
		done += c->count;
		if (import->options.progress != NULL)
			import->options.progress(import->options.arg, done);
	}
	*added = (size_t)(next - first);
	return true;
}

static bool write_with_ids(struct ctx *ctx, struct import *import, size_t *added, struct err *err)
{
	struct import_first_id_row first;
	bool found;

	if (!import_first_id(ctx, &first, &found, err))
		return false;
	assert(found);
	return write_all(ctx, import, first.id, added, err);
}

bool import_write(struct ctx *ctx, struct import *import, size_t *added, struct err *err)
{
	const struct import_summary *s = &import->summary;
	struct ledger_run run;
	struct ctx bulk = *ctx;
	size_t n = 0;

	if (s->bad > 0 && (import->options.bad_rows == IMPORT_STOPS || import->fields_missing))
		return err_set(err, ERR_INVALID, "import.bad_rows", "%zu|%zu", s->rows, s->bad);
	bulk.arena = import->scratch;
	if (!calendar_current(ctx, &bulk.calendar, err) || !ledger_run_begin(&bulk, &run, err) ||
	    !write_with_ids(&bulk, import, &n, err) || !ledger_run_end(&bulk, err))
		return false;
	*added = n;
	return true;
}
