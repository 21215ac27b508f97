/*
 * export_pages.c - a list of the desk as CSV or XLSX: in the columns that an import reads,
 * and for what is being worked on also where it stands.
 */
#include "casework/export_view.h"

#include "casework/casework.h"
#include "request/import.h"

enum { DESK_STATE = IMPORT_FIELD_COUNT, DESK_DUE_ON, DESK_CARD, DESK_HANDLER, COLUMNS_MAX };

static const struct str desk_labels[] = { STR_INIT("状态"), STR_INIT("答复期限"), STR_INIT("预警"),
					  STR_INIT("承办人") };

/* What is read once for all rows; people of a unit when its first row comes. */
struct names {
	struct request_units units;
	struct card_days days;
	int64_t unit;
	struct case_person *people;
	size_t people_count;
};

static bool handler_of(struct ctx *kept, struct names *n, const struct request *r,
		       struct str *out, struct err *err)
{
	*out = STR_NONE;
	if (r->handler == 0)
		return true;
	if (n->unit != r->unit.n &&
	    !case_people(kept, r->unit, &n->people, &n->people_count, err))
		return false;
	n->unit = r->unit.n;
	for (size_t i = 0; i < n->people_count; i++)
		if (n->people[i].id.n == r->handler)
			*out = n->people[i].person;
	return true;
}

/* In the columns that an import reads. */
static void fill_cells(struct arena *a, const struct names *n, const struct request *r,
		       struct str *cells)
{
	cells[IMPORT_NUMBER] = r->number;
	cells[IMPORT_UNIT] = request_unit_name(&n->units, r->unit.n);
	cells[IMPORT_CHANNEL] = channel_label(r->channel);
	cells[IMPORT_APPLICANT] = applicant_label(r->applicant);
	cells[IMPORT_SUBMITTED_ON] = date_iso(a, r->submitted_on);
	cells[IMPORT_RECEIVED_ON] = list_day(a, r->received_on);
	cells[IMPORT_CONTENT] = r->content;
	cells[IMPORT_EXTENSION] = str_format(a, "%d", r->extension);
	cells[IMPORT_DECISION] = request_result(r);
	cells[IMPORT_CLOSED_ON] = list_day(a, r->closed_on);
	cells[DESK_STATE] = request_state_label(r->state);
	cells[DESK_DUE_ON] = list_day(a, r->due);
	cells[DESK_CARD] = case_card_label(
		r->closed_on.known ? CARD_NONE : case_card_of(&n->days, r->due));
}

struct give {
	const struct export_source *source;
	struct ctx *kept; /* the request's: what is read once outlives a page */
	struct names *names;
};

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct request *rows;
	size_t count = 0;

	if (!g->source->page(ctx, g->source->filter, place, LIST_FILE_ROWS, &rows, &count, next,
			     err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str cells[COLUMNS_MAX] = { { 0 } };
		fill_cells(ctx->arena, g->names, &rows[i], cells);
		if ((g->source->desk && !handler_of(g->kept, g->names, &rows[i],
						    &cells[DESK_HANDLER], err)) ||
		    !list_row(w, cells, err))
			return false;
	}
	return true;
}

bool export_send(struct web_request *rq, struct web_reply *rp, const struct export_source *source,
		 struct err *err)
{
	struct names names = { .unit = 0 };
	struct give g = { source, &rq->ctx, &names };
	struct str heads[COLUMNS_MAX];
	const struct list_file file = { source->title, heads,
					source->desk ? COLUMNS_MAX : IMPORT_FIELD_COUNT, give_page,
					&g };

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		heads[f] = import_field_label((enum import_field)f);
	for (size_t i = 0; i < COUNT_OF(desk_labels); i++)
		heads[DESK_STATE + i] = desk_labels[i];
	return request_units_load(&rq->ctx, &names.units, err) &&
	       case_card_days(&rq->ctx, &names.days, err) && list_send(rq, rp, &file, err);
}
