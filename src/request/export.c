/*
 * export.c - the register as rows, in the columns that import reads: what comes
 * out of one site gives the same tables in another.
 */
#include "import_sql.h"
#include "request/import.h"

enum { EXPORT_PAGE = 500, PAGE_BYTES = 64 * 1024 * 1024 };

static bool write_head(export_row_fn *fn, void *arg, struct err *err)
{
	struct str cells[IMPORT_FIELD_COUNT];

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		cells[f] = import_field_label((enum import_field)f);
	return fn(arg, cells, IMPORT_FIELD_COUNT, err);
}

/* A word of the database as people read it; the columns' CHECKs allow no others. */
static struct str channel_of(struct str code)
{
	enum request_channel c;

	return channel_from(code, &c) ? channel_label(c) : code;
}

static struct str applicant_of(struct str code)
{
	enum applicant_class c;

	return applicant_from(code, &c) ? applicant_label(c) : code;
}

static bool write_row(struct arena *a, const struct export_all_row *r, export_row_fn *fn, void *arg,
		      struct err *err)
{
	const struct decision_kind *kind = request_decision(r->decision);
	struct str cells[IMPORT_FIELD_COUNT] = {
		[IMPORT_NUMBER] = r->number,
		[IMPORT_UNIT] = r->unit_name,
		[IMPORT_CHANNEL] = channel_of(r->channel),
		[IMPORT_APPLICANT] = applicant_of(r->applicant),
		[IMPORT_SUBMITTED_ON] = date_iso(a, r->submitted_on),
		[IMPORT_RECEIVED_ON] =
			r->received_on.known ? date_iso(a, r->received_on.v) : STR_NONE,
		[IMPORT_CONTENT] = r->content,
		[IMPORT_EXTENSION] = str_format(a, "%lld", (long long)r->extension),
		[IMPORT_DECISION] = kind != NULL ? kind->label : STR_NONE,
		[IMPORT_CLOSED_ON] = r->closed_on.known ? date_iso(a, r->closed_on.v) : STR_NONE,
	};

	return fn(arg, cells, IMPORT_FIELD_COUNT, err);
}

/* The two statements have the same columns. */
static struct export_all_row row_of_unit(const struct export_unit_row *r)
{
	return (struct export_all_row){ .id = r->id,
					.number = r->number,
					.unit_name = r->unit_name,
					.channel = r->channel,
					.applicant = r->applicant,
					.submitted_on = r->submitted_on,
					.received_on = r->received_on,
					.content = r->content,
					.extension = r->extension,
					.decision = r->decision,
					.closed_on = r->closed_on };
}

static bool read_page(struct ctx *ctx, struct opt_int unit, int64_t after,
		      struct export_all_row **rows, size_t *count, struct err *err)
{
	struct export_unit_row *found;

	if (!unit.known)
		return export_all_all(ctx,
				      &(struct export_all_in){ .after = after, .max = EXPORT_PAGE },
				      EXPORT_PAGE, rows, count, err);
	if (!export_unit_all(ctx,
			     &(struct export_unit_in){
				     .unit_id = unit.v, .after = after, .max = EXPORT_PAGE },
			     EXPORT_PAGE, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct export_all_row);
	for (size_t i = 0; i < *count; i++)
		(*rows)[i] = row_of_unit(&found[i]);
	return true;
}

bool request_export(struct ctx *ctx, struct opt_int unit, export_row_fn *fn, void *arg,
		    struct err *err)
{
	struct ctx page = *ctx; /* an arena apart: the callback may use the caller's */
	size_t count = EXPORT_PAGE;
	int64_t after = 0;
	bool ok = write_head(fn, arg, err);

	page.arena = arena_open(PAGE_BYTES);
	while (ok && count == EXPORT_PAGE) {
		struct export_all_row *rows;

		ok = read_page(&page, unit, after, &rows, &count, err);
		for (size_t i = 0; ok && i < count; i++) {
			after = rows[i].id;
			ok = write_row(page.arena, &rows[i], fn, arg, err);
		}
		arena_reset(page.arena);
	}
	arena_close(page.arena);
	return ok;
}
