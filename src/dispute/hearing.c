/* hearing.c - dates on which a unit has to appear: planned, moved, held, cancelled. */
#include "dispute/dossier_work.h"

#include "dispute_sql.h"

enum { HEARINGS_MAX = 100, TIME_BYTES = 5 };

static const struct { const char *code; struct str label; } kinds[HEARING_KIND_COUNT] = {
	[HEARING_TRIAL] = { "trial", STR_INIT("开庭") },
	[HEARING_HEARING] = { "hearing", STR_INIT("听证") },
	[HEARING_INQUIRY] = { "inquiry", STR_INIT("询问、听取意见") },
	[HEARING_MEDIATION] = { "mediation", STR_INIT("调解") },
	[HEARING_READING] = { "reading", STR_INIT("宣告、送达决定") },
};
static const struct { const char *code; struct str label; } states[HEARING_STATE_COUNT] = {
	[HEARING_PLANNED] = { "planned", STR_INIT("待参加") },
	[HEARING_HELD] = { "held", STR_INIT("已进行") },
	[HEARING_CANCELLED] = { "cancelled", STR_INIT("已取消") },
};

struct str hearing_kind_code(enum hearing_kind k)
{
	return str_from_c(kinds[k].code);
}

struct str hearing_kind_label(enum hearing_kind k)
{
	return kinds[k].label;
}

bool hearing_kind_from(struct str code, enum hearing_kind *out)
{
	for (int k = 0; k < HEARING_KIND_COUNT; k++)
		if (str_equal_c(code, kinds[k].code) || str_equal(code, kinds[k].label)) {
			*out = (enum hearing_kind)k;
			return true;
		}
	return false;
}

struct str hearing_state_code(enum hearing_state s)
{
	return str_from_c(states[s].code);
}

struct str hearing_state_label(enum hearing_state s)
{
	return states[s].label;
}

static enum hearing_state state_from(struct str code)
{
	for (int s = 0; s < HEARING_STATE_COUNT; s++)
		if (str_equal_c(code, states[s].code))
			return (enum hearing_state)s;
	return HEARING_PLANNED;
}

/* ---- reading */

#define HEARING_FROM(row)                                                                  \
	(struct hearing)                                                                   \
	{                                                                                  \
		.id = (row).id, .dispute = (row).dispute_id, .day = (row).day,             \
		.time = (row).time, .place = (row).place, .attended = (row).attended,      \
		.state = state_from((row).state), .sequence = (int)(row).sequence          \
	}
#define HEARINGS_FROM(rows)                                                                \
	do {                                                                               \
		*out = ARENA_ARRAY(ctx->arena, *count, struct hearing);                    \
		for (size_t i = 0; i < *count; i++) {                                      \
			(*out)[i] = HEARING_FROM((rows)[i]);                               \
			(void)hearing_kind_from((rows)[i].kind, &(*out)[i].kind);          \
		}                                                                          \
		return true;                                                               \
	} while (0)

bool hearing_find(struct ctx *ctx, struct hearing_id id, struct hearing *out, struct err *err)
{
	struct hearing_by_id_row row;
	bool found;

	if (!hearing_by_id(ctx, &(struct hearing_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_hearing", "%lld", (long long)id.n);
	*out = HEARING_FROM(row);
	(void)hearing_kind_from(row.kind, &out->kind); /* the column's CHECK allows these only */
	return true;
}

bool hearing_list(struct ctx *ctx, struct dispute_id id, struct hearing **out, size_t *count,
		  struct err *err)
{
	struct hearings_of_row *rows;

	if (!hearings_of_all(ctx, &(struct hearings_of_in){ .dispute_id = id }, HEARINGS_MAX, &rows,
			     count, err))
		return false;
	HEARINGS_FROM(rows);
}

bool hearing_planned(struct ctx *ctx, struct opt_int unit, struct date from, size_t max,
		     struct hearing **out, size_t *count, struct err *err)
{
	struct hearings_planned_in in = { .unit_id = unit.known ? unit.v : 0, .from_day = from,
					  .max = (int64_t)max };
	struct hearings_planned_row *rows;

	if (!hearings_planned_all(ctx, &in, max, &rows, count, err))
		return false;
	HEARINGS_FROM(rows);
}

/* ---- changing */

/* 09:30 */
static bool is_time(struct str s)
{
	if (s.len != TIME_BYTES || s.ptr[2] != ':')
		return false;
	for (size_t i = 0; i < TIME_BYTES; i++)
		if (i != 2 && (s.ptr[i] < '0' || s.ptr[i] > '9'))
			return false;
	int hour = (s.ptr[0] - '0') * 10 + s.ptr[1] - '0';
	return hour < 24 && s.ptr[3] < '6';
}

static bool check(const struct hearing_new *in, struct err *err)
{
	if (in->time.len > 0 && !is_time(in->time))
		return err_set_field(err, "time", ERR_INVALID, "dispute.bad_time", STR_FMT,
				     STR_ARG(str_slice(in->time, 0, 20)));
	if (in->place.len > DISPUTE_TEXT_BYTES)
		return err_set_field(err, "place", ERR_INVALID, "dispute.text_too_long", "%d",
				     DISPUTE_TEXT_BYTES);
	return true;
}

static bool write(struct ctx *ctx, const struct hearing *h, struct err *err)
{
	struct hearing_write_in in = { .id = h->id,
				       .kind = hearing_kind_code(h->kind),
				       .day = h->day,
				       .time = h->time,
				       .place = h->place,
				       .state = hearing_state_code(h->state),
				       .attended = h->attended,
				       .sequence = h->sequence };

	return hearing_write(ctx, &in, NULL, err);
}

static bool check_open(const struct dispute *d, struct err *err)
{
	return !d->concluded ||
	       err_set(err, ERR_CONFLICT, "dispute.concluded", STR_FMT, STR_ARG(d->case_no));
}

bool hearing_add(struct ctx *ctx, struct dispute_edit at, const struct hearing_new *in,
		 struct hearing_id *id, struct err *err)
{
	struct dossier_note note = { .verb = "dispute.hearing" };
	struct hearing_insert_row row;
	struct dispute before;
	bool found;

	if (!dossier_load(ctx, at, &before, err) || !check_open(&before, err) || !check(in, err))
		return false;
	struct hearing_insert_in values = { .dispute_id = at.id,
					    .kind = hearing_kind_code(in->kind),
					    .day = in->day,
					    .time = in->time,
					    .place = in->place };
	struct ledger_change changes[] = {
		{ "hearing", STR_NONE, values.kind },
		{ "hearing_on", STR_NONE, date_iso(ctx->arena, in->day) },
		{ "hearing_time", STR_NONE, in->time },
		{ "place", STR_NONE, in->place },
	};
	struct dispute after = before;
	note.changes = changes;
	note.changes_count = COUNT_OF(changes);
	if (!hearing_insert(ctx, &values, &row, &found, err) ||
	    !dossier_save(ctx, &before, &after, &note, err))
		return false;
	*id = row.id;
	return true;
}

/* Of this proceeding, and still to come. */
static bool load(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
		 struct dispute *d, struct hearing *h, struct err *err)
{
	if (!dossier_load(ctx, at, d, err) || !hearing_find(ctx, id, h, err))
		return false;
	if (h->dispute.n != at.id.n)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_hearing", "%lld", (long long)id.n);
	return h->state == HEARING_PLANNED ||
	       err_set(err, ERR_CONFLICT, "dispute.hearing_over", STR_FMT "|" STR_FMT,
		       STR_ARG(date_iso(ctx->arena, h->day)),
		       STR_ARG(hearing_state_label(h->state)));
}

static bool save(struct ctx *ctx, const struct dispute *before, const struct hearing *was,
		 struct hearing *h, const char *verb, struct str reason, struct err *err)
{
	struct ledger_change changes[] = {
		{ "hearing", hearing_kind_code(was->kind), hearing_kind_code(h->kind) },
		{ "hearing_on", date_iso(ctx->arena, was->day), date_iso(ctx->arena, h->day) },
		{ "hearing_time", was->time, h->time },
		{ "place", was->place, h->place },
		{ "hearing_state", hearing_state_code(was->state), hearing_state_code(h->state) },
	};
	struct dossier_note note = { .verb = verb, .changes = changes,
				     .changes_count = COUNT_OF(changes), .reason = reason };
	struct dispute after = *before;

	h->sequence++;
	return write(ctx, h, err) && dossier_save(ctx, before, &after, &note, err);
}

bool hearing_move(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
		  const struct hearing_new *in, struct str reason, struct err *err)
{
	struct dispute d;
	struct hearing was;

	if (!load(ctx, at, id, &d, &was, err) || !dossier_text("reason", reason, &reason, err) ||
	    !check(in, err))
		return false;
	struct hearing h = was;
	h.kind = in->kind;
	h.day = in->day;
	h.time = in->time;
	h.place = in->place;
	return save(ctx, &d, &was, &h, "dispute.hearing_move", reason, err);
}

bool hearing_cancel(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
		    struct str reason, struct err *err)
{
	struct dispute d;
	struct hearing was;

	if (!load(ctx, at, id, &d, &was, err) || !dossier_text("reason", reason, &reason, err))
		return false;
	struct hearing h = was;
	h.state = HEARING_CANCELLED;
	return save(ctx, &d, &was, &h, "dispute.hearing_cancel", reason, err);
}

bool hearing_hold(struct ctx *ctx, struct dispute_edit at, struct hearing_id id,
		  struct str attended, struct err *err)
{
	struct dispute d;
	struct hearing was;

	if (!load(ctx, at, id, &d, &was, err) ||
	    !dossier_text("attended", attended, &attended, err) ||
	    !dossier_day(ctx, "attended", was.day, err))
		return false;
	struct hearing h = was;
	h.state = HEARING_HELD;
	h.attended = attended;
	return save(ctx, &d, &was, &h, "dispute.hearing_hold", STR_NONE, err);
}
