/*
 * docket_export.c - proceedings as rows, in the columns that docket_row reads: what comes out of
 * one site gives the same table 四 in another.
 */
#include "dispute/docket.h"
#include "docket_sql.h"

enum { EXPORT_PAGE = 500, PAGE_BYTES = 16 * 1024 * 1024 };

static bool write_head(export_row_fn *fn, void *arg, struct err *err)
{
	struct str cells[DOCKET_FIELD_COUNT];

	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		cells[f] = docket_field_label((enum docket_field)f);
	return fn(arg, cells, DOCKET_FIELD_COUNT, err);
}

static struct str text_of(struct opt_str s)
{
	return s.known ? s.v : STR_NONE;
}

static bool write_row(struct arena *a, const struct docket_rows_row *r, export_row_fn *fn,
		      void *arg, struct err *err)
{
	enum dispute_route route = DISPUTE_RECONSIDERATION;
	enum dispute_outcome outcome;
	bool concluded = dispute_outcome_from(text_of(r->outcome), &outcome);

	(void)dispute_route_from(r->route, &route); /* the column's CHECK allows these codes only */
	struct str cells[DOCKET_FIELD_COUNT] = {
		[DOCKET_CASE_NO] = r->case_no,
		[DOCKET_UNIT] = r->unit_name,
		[DOCKET_REQUEST] = text_of(r->request_number),
		[DOCKET_ROUTE] = dispute_route_label(route),
		[DOCKET_ORGAN] = r->organ,
		[DOCKET_ACCEPTED_ON] = date_iso(a, r->accepted_on),
		[DOCKET_RESULT] = r->result,
		[DOCKET_OUTCOME] = concluded ? dispute_outcome_label(outcome) : STR_NONE,
		[DOCKET_CONCLUDED_ON] = r->concluded_on.known ? date_iso(a, r->concluded_on.v)
							      : STR_NONE,
		[DOCKET_EARLIER] = text_of(r->earlier_case_no),
	};
	return fn(arg, cells, DOCKET_FIELD_COUNT, err);
}

bool docket_export_page(struct ctx *ctx, struct opt_int unit, int year, int64_t after, size_t max,
			export_row_fn *fn, void *arg, struct docket_page *out, struct err *err)
{
	struct docket_rows_in in = { .unit_id = unit.known ? unit.v : 0, .year = year,
				     .after = after, .max = (int64_t)max };
	struct docket_rows_row *rows;
	size_t count;

	if (!docket_rows_all(ctx, &in, max, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!write_row(ctx->arena, &rows[i], fn, arg, err))
			return false;
	*out = (struct docket_page){ count, count > 0 ? rows[count - 1].id : after };
	return true;
}

bool docket_export(struct ctx *ctx, struct opt_int unit, int year, export_row_fn *fn, void *arg,
		   struct err *err)
{
	struct ctx page = *ctx; /* an arena apart: the callback may use the caller's */
	struct docket_page done = { .count = EXPORT_PAGE };
	bool ok = write_head(fn, arg, err);

	page.arena = arena_open(PAGE_BYTES);
	while (ok && done.count == EXPORT_PAGE) {
		ok = docket_export_page(&page, unit, year, done.last, EXPORT_PAGE, fn, arg, &done,
					err);
		arena_reset(page.arena);
	}
	arena_close(page.arena);
	return ok;
}
