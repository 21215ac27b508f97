/*
 * import_seal.c - a row that was found good becomes what the database takes: the
 * request with its id, and its event, sealed into the chain. No database here.
 */
#include "base/buf.h"
#include "base/rand.h"
#include "request/case.h"
#include "request/import_parts.h"

#include <assert.h>

enum { SALT_BYTES = 16, SALT_HEX = 2 * SALT_BYTES, OWN_BYTES = 256 * 1024 };

void import_sealer_open(struct import_sealer *s, const struct ctx *ctx, int64_t first_id)
{
	*s = (struct import_sealer){ .ctx = *ctx,
				     .run = *ctx->ledger_run,
				     .next_id = first_id,
				     .offered = db_engine(ctx->db) == DB_SQLITE,
				     .arena = arena_open(OWN_BYTES) };
	s->ctx.db = NULL; /* that is the other thread's */
	s->ctx.ledger_run = NULL;
	assert(s->ctx.calendar != NULL);
	import_pipe_open(&s->pipe);
}

void import_sealer_close(struct import_sealer *s)
{
	import_pipe_close(&s->pipe);
	arena_close(s->arena);
}

/* ---- the row */

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

static struct import_insert_in row_of(const struct import_sealer *s, struct arena *a,
				      const struct import_good *g, struct str salt)
{
	struct import_insert_in in = {
		.id = { s->next_id },
		.number = str_copy(a, g->number),
		.unit_id = g->unit,
		.channel = channel_code(g->channel),
		.applicant = applicant_code(g->applicant),
		.submitted_on = g->submitted_on,
		.received_on = g->received_on,
		.received_year = year_of(g->received_on),
		.content = str_copy(a, g->content),
		.salt = salt,
		.state = request_state_code(state_of(g)),
		.extension = g->extension,
		.decision = g->kind != NULL ? str_from_c(g->kind->code) : STR_NONE,
		.closed_on = g->closed_on,
		.closed_year = year_of(g->closed_on),
		.changed_seq = s->run.seq + 1,
	};

	if (g->kind != NULL) {
		in.outcome = (struct opt_str){ true, outcome_code(g->kind->outcome) };
		if (g->kind->needs_letter)
			in.decided_on = g->closed_on;
	}
	return in;
}

/* Its days as texts, for the cells and the event. */
struct days { struct str submitted, received, closed; };

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

static struct days days_of(struct arena *a, const struct import_good *g)
{
	struct days days = { .submitted = date_iso(a, g->submitted_on),
			     .closed = day_text(a, g->closed_on) };
	bool one = g->received_on.known && date_compare(g->received_on.v, g->submitted_on) == 0;

	days.received = one ? days.submitted : day_text(a, g->received_on);
	return days;
}

/* ---- as cells */

struct cells { struct arena *arena; struct db_cell *next; };

static void add_int(struct cells *c, struct opt_int v)
{
	if (v.known)
		*c->next = (struct db_cell){ .kind = DB_CELL_INT, .n = v.v };
	c->next++;
}

static void add_text(struct cells *c, struct opt_str v)
{
	if (v.known)
		*c->next = (struct db_cell){ .kind = DB_CELL_TEXT, .s = v.v };
	c->next++;
}

static void add_day(struct cells *c, struct str iso)
{
	add_text(c, (struct opt_str){ iso.len > 0, iso });
}

static struct opt_int known_int(int64_t n)
{
	return (struct opt_int){ true, n };
}

static struct opt_str known_text(struct str s)
{
	return (struct opt_str){ true, s };
}

/* In the order of import_insert_offered; the cells are zero, which is NULL. */
static void put_cells(struct cells c, const struct import_insert_in *in, const struct days *days)
{
	const struct db_cell *end = c.next + IMPORT_CELLS;

	add_int(&c, known_int(in->id.n));
	add_text(&c, known_text(in->number));
	add_int(&c, known_int(in->unit_id.n));
	add_text(&c, known_text(in->channel));
	add_text(&c, known_text(in->applicant));
	add_day(&c, days->submitted);
	add_day(&c, days->received);
	add_int(&c, in->received_year);
	add_text(&c, known_text(in->content));
	add_text(&c, known_text(in->salt));
	add_text(&c, known_text(in->state));
	add_int(&c, known_int(in->extension));
	add_text(&c, in->outcome);
	add_text(&c, known_text(in->decision));
	add_day(&c, in->decided_on.known ? days->closed : STR_NONE); /* the same day */
	add_day(&c, days->closed);
	add_int(&c, in->closed_year);
	add_day(&c, day_text(c.arena, in->due_on));
	add_int(&c, known_int(in->changed_seq));
	assert(c.next == end);
}

/* ---- its event */

static struct str number_text(struct arena *a, int64_t n)
{
	struct buf b = buf_open(a, 24, 24);

	if (n != 0)
		buf_add_i64(&b, n);
	return buf_str(&b);
}

/* In the order of its row in ledger_packs[]. */
static void seal_event(struct import_sealer *s, struct arena *a, const struct import_insert_in *in,
		       const struct days *days, struct ledger_sealed *out)
{
	struct arena *scratch = s->arena;
	const struct str values[] = { in->number,
				      number_text(scratch, in->unit_id.n),
				      in->channel,
				      in->applicant,
				      days->submitted,
				      days->received,
				      number_text(scratch, in->extension),
				      in->decision,
				      days->closed,
				      ledger_commit(scratch, in->salt, in->content) };
	const struct ledger_event event = { .subject_kind = "request",
					    .subject_id = in->id.n,
					    .verb = "request.import",
					    .values = values };

	static_assert(COUNT_OF(values) == LEDGER_PACK_FIELDS, "a value for each field");
	ledger_seal(a, &s->ctx, &s->run, &event, out);
	arena_reset(scratch);
}

/* ---- batches */

static void begin(struct import_sealer *s, struct import_batch *b)
{
	arena_reset(b->arena);
	b->count = 0;
	b->events = ARENA_ARRAY(b->arena, IMPORT_BATCH, struct ledger_sealed);
	if (s->offered)
		b->cells =
			ARENA_ARRAY(b->arena, (size_t)IMPORT_BATCH * IMPORT_CELLS, struct db_cell);
	else
		b->rows = ARENA_ARRAY(b->arena, IMPORT_BATCH, struct import_insert_in);
	b->salts = random_hex(b->arena, IMPORT_BATCH * SALT_BYTES);
}

static struct import_batch *open_batch(struct import_sealer *s)
{
	if (s->open == NULL) {
		s->open = import_pipe_blank(&s->pipe);
		if (s->open != NULL)
			begin(s, s->open);
	}
	return s->open;
}

static void put(struct import_sealer *s)
{
	s->open = NULL;
	import_pipe_put(&s->pipe);
}

bool import_seal(struct import_sealer *s, const struct import_good *g, struct err *err)
{
	struct import_batch *b = open_batch(s);

	if (b == NULL)
		return err_set(err, ERR_INTERNAL, "db.tx_failed", "nobody writes");
	struct str salt = str_slice(b->salts, b->count * SALT_HEX, (b->count + 1) * SALT_HEX);
	struct import_insert_in in = row_of(s, b->arena, g, salt);
	struct days days = days_of(b->arena, g);
	s->ctx.arena = s->arena;
	if (!due_of(&s->ctx, g, &in.due_on, err))
		return false;
	if (s->offered)
		put_cells((struct cells){ b->arena, &b->cells[b->count * IMPORT_CELLS] }, &in,
			  &days);
	else
		b->rows[b->count] = in;
	seal_event(s, b->arena, &in, &days, &b->events[b->count]);
	s->next_id++;
	if (++b->count == IMPORT_BATCH)
		put(s);
	return true;
}

void import_seal_end(struct import_sealer *s)
{
	if (s->open != NULL)
		put(s);
}
