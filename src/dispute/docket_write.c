/*
 * docket_write.c - the rows of a register of proceedings into the site, by the verbs of the room,
 * all in the caller's transaction.
 */
#include "dispute/docket_parts.h"

#include "ledger/ledger.h"

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR("（空）");
}

static bool same_day(struct opt_date a, struct opt_date b)
{
	return a.known == b.known && (!a.known || date_compare(a.v, b.v) == 0);
}

static struct str or_nothing(struct str text)
{
	return text.len > 0 ? text : STR("（空）");
}

/* What is registered, in the words of the register. */
static bool words_of(struct ctx *ctx, const struct dispute *d, struct str out[DOCKET_FIELD_COUNT],
		     struct err *err)
{
	struct dispute earlier;
	struct request request;
	struct unit unit;

	if (!agency_unit(ctx, d->unit, &unit, err))
		return false;
	out[DOCKET_UNIT] = unit.name;
	out[DOCKET_REQUEST] = STR_NONE;
	out[DOCKET_EARLIER] = STR_NONE;
	if (d->request.known) {
		if (!request_find(ctx, (struct request_id){ d->request.v }, &request, err))
			return false;
		out[DOCKET_REQUEST] = request.number;
	}
	if (d->earlier.known) {
		if (!dispute_find(ctx, (struct dispute_id){ d->earlier.v }, &earlier, err))
			return false;
		out[DOCKET_EARLIER] = earlier.case_no;
	}
	out[DOCKET_ORGAN] = d->organ;
	out[DOCKET_ACCEPTED_ON] = date_iso(ctx->arena, d->accepted_on);
	out[DOCKET_RESULT] = d->result;
	out[DOCKET_OUTCOME] = d->concluded ? dispute_outcome_label(d->outcome) : STR("尚未审结");
	out[DOCKET_CONCLUDED_ON] = day_text(ctx->arena, d->concluded_on);
	return true;
}

/* In the order of the columns. */
static bool differs_at(const struct docket_line *line, const struct dispute *d, struct str earlier,
		       enum docket_field *out)
{
	struct opt_int request = line->request;
	bool concluded = line->concluded_on.known;
	const struct { enum docket_field field; bool other; } facts[] = {
		{ DOCKET_UNIT, d->unit.n != line->unit.n },
		{ DOCKET_REQUEST, d->request.known != request.known ||
					  (request.known && d->request.v != request.v) },
		{ DOCKET_ORGAN, !str_equal(d->organ, line->organ) },
		{ DOCKET_ACCEPTED_ON, date_compare(d->accepted_on, line->accepted_on) != 0 },
		{ DOCKET_RESULT, !str_equal(d->result, line->result) },
		{ DOCKET_OUTCOME, d->concluded != concluded ||
					  (concluded && d->outcome != line->outcome) },
		{ DOCKET_CONCLUDED_ON, !same_day(d->concluded_on, line->concluded_on) },
		{ DOCKET_EARLIER, !str_equal(earlier, line->earlier) },
	};

	for (size_t i = 0; i < COUNT_OF(facts); i++) {
		if (facts[i].other) {
			*out = facts[i].field;
			return true;
		}
	}
	return false;
}

bool docket_compare(struct ctx *ctx, const struct docket_line *line, enum docket_there *out,
		    enum docket_field *differs, struct str *there, struct err *err)
{
	struct str words[DOCKET_FIELD_COUNT];
	struct dispute d;
	bool found;

	*out = DOCKET_NEW;
	if (!dispute_by_case_no(ctx, line->route, line->case_no, &d, &found, err))
		return false;
	if (!found)
		return true;
	if (!words_of(ctx, &d, words, err))
		return false;
	*out = DOCKET_SAME;
	if (differs_at(line, &d, words[DOCKET_EARLIER], differs)) {
		*out = DOCKET_DIFFERENT;
		*there = or_nothing(words[*differs]);
	}
	return true;
}

/* ---- writing */

static bool came_between(const struct docket_line *line, struct err *err)
{
	return err_set(err, ERR_CONFLICT, "docket.came_between", "%u|" STR_FMT,
		       (unsigned)line->row.number, STR_ARG(line->case_no));
}

static bool find_earlier(struct ctx *ctx, const struct docket_line *line, struct opt_int *out,
			 struct err *err)
{
	struct dispute d;
	bool found;

	if (line->earlier.len == 0)
		return true;
	if (!dispute_by_case_no(ctx, DISPUTE_RECONSIDERATION, line->earlier, &d, &found, err))
		return false;
	*out = (struct opt_int){ found, found ? d.id.n : 0 };
	return found || came_between(line, err);
}

static bool write_line(struct ctx *ctx, const struct docket_line *line, size_t *added,
		       struct err *err)
{
	struct dispute_open in = { .unit = line->unit,
				   .request = line->request,
				   .route = line->route,
				   .case_no = line->case_no,
				   .organ = line->organ,
				   .accepted_on = line->accepted_on };
	enum docket_field differs;
	enum docket_there there;
	struct dispute_id id;
	struct str value;

	if (!docket_compare(ctx, line, &there, &differs, &value, err))
		return false;
	if (there == DOCKET_SAME)
		return true;
	if (there == DOCKET_DIFFERENT)
		return came_between(line, err);
	if (!find_earlier(ctx, line, &in.earlier, err) || !dispute_open(ctx, &in, &id, err))
		return false;
	++*added;
	return !line->concluded_on.known ||
	       dispute_conclude(ctx, id, line->outcome, line->result, line->concluded_on.v, err);
}

/* Reconsiderations first: a suit may name one that stands behind it. */
static bool write_lines(struct ctx *ctx, const struct docket *docket, bool suits, size_t *added,
			struct err *err)
{
	for (size_t i = docket->first; i < docket->count; i++) {
		const struct docket_line *line = &docket->lines[i];
		struct arena_mark mark = arena_mark(ctx->arena);
		if ((line->route != DISPUTE_RECONSIDERATION) != suits)
			continue;
		if (!write_line(ctx, line, added, err))
			return false;
		arena_rewind(ctx->arena, mark);
	}
	return true;
}

bool docket_write(struct ctx *ctx, const struct docket *docket, size_t *added, struct err *err)
{
	const struct docket_summary *s = &docket->summary;
	struct ctx bulk = *ctx;
	struct ledger_run run;

	*added = 0;
	if (s->bad > 0)
		return err_set(err, ERR_INVALID, "docket.bad_rows", "%zu|%zu", s->rows, s->bad);
	return ledger_run_begin(&bulk, &run, err) &&
	       write_lines(&bulk, docket, false, added, err) &&
	       write_lines(&bulk, docket, true, added, err) && ledger_run_end(&bulk, err);
}
