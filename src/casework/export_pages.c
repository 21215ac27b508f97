/*
 * export_pages.c - a list of the desk as CSV or XLSX: in the columns that an import reads,
 * and for what is being worked on also where it stands.
 */
#include "casework/export_view.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "casework/casework.h"
#include "office/write.h"
#include "request/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXPORT_PAGE = 500, EXPORT_BYTES = 16 * 1024 * 1024 };
enum { DESK_STATE = IMPORT_FIELD_COUNT, DESK_DUE_ON, DESK_CARD, DESK_HANDLER, COLUMNS_MAX };

static const struct str desk_labels[] = { STR_INIT("状态"), STR_INIT("答复期限"), STR_INIT("预警"),
					  STR_INIT("承办人") };

typedef bool cells_fn(void *arg, const struct str *cells, size_t count, struct err *err);

/* What is read once for all rows; people of a unit when its first row comes. */
struct names {
	struct request_units units;
	struct card_days days;
	int64_t unit;
	struct case_person *people;
	size_t people_count;
};

static size_t columns_of(const struct export_source *source)
{
	return source->desk ? COLUMNS_MAX : IMPORT_FIELD_COUNT;
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

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
	cells[IMPORT_RECEIVED_ON] = day_text(a, r->received_on);
	cells[IMPORT_CONTENT] = r->content;
	cells[IMPORT_EXTENSION] = str_format(a, "%d", r->extension);
	cells[IMPORT_DECISION] = request_result(r);
	cells[IMPORT_CLOSED_ON] = day_text(a, r->closed_on);
	cells[DESK_STATE] = request_state_label(r->state);
	cells[DESK_DUE_ON] = day_text(a, r->due);
	cells[DESK_CARD] = case_card_label(
		r->closed_on.known ? CARD_NONE : case_card_of(&n->days, r->due));
}

static bool give_all(struct web_request *rq, const struct export_source *source, cells_fn *fn,
		     void *arg, struct err *err)
{
	struct ctx ctx = rq->ctx; /* an arena apart: the rows go, the file stays */
	struct str place = STR_NONE, next = STR_NONE;
	struct names names = { .unit = 0 };
	bool ok = request_units_load(&rq->ctx, &names.units, err) &&
		  case_card_days(&rq->ctx, &names.days, err);

	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	do {
		struct request *rows;
		size_t count = 0;
		ok = ok && source->page(&ctx, source->filter, place, EXPORT_PAGE, &rows, &count,
					&next, err);
		for (size_t i = 0; ok && i < count; i++) {
			struct str cells[COLUMNS_MAX] = { { 0 } };
			fill_cells(ctx.arena, &names, &rows[i], cells);
			ok = (!source->desk || handler_of(&rq->ctx, &names, &rows[i],
							  &cells[DESK_HANDLER], err)) &&
			     fn(arg, cells, columns_of(source), err);
		}
		place = str_copy(rq->ctx.arena, next);
		arena_reset(ctx.arena);
	} while (ok && place.len > 0);
	arena_close(ctx.arena);
	return ok;
}

static void labels_of(struct str *cells)
{
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		cells[f] = import_field_label((enum import_field)f);
	for (size_t i = 0; i < COUNT_OF(desk_labels); i++)
		cells[DESK_STATE + i] = desk_labels[i];
}

static struct str file_name(struct web_request *rq, const struct export_source *source,
			    const char *ending)
{
	return str_format(rq->ctx.arena, STR_FMT "-" STR_FMT ".%s", STR_ARG(source->title),
			  STR_ARG(date_iso(rq->ctx.arena, rq->ctx.today)), ending);
}

/* ---- CSV */

static bool to_buf(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || err_set(err, ERR_LIMIT, "request.export_too_large", "%d",
				    EXPORT_BYTES / (int)MIB);
}

static bool to_csv(void *arg, const struct str *cells, size_t count, struct err *err)
{
	return csv_row(arg, cells, count, err);
}

bool export_csv(struct web_request *rq, struct web_reply *rp, const struct export_source *source,
		struct err *err)
{
	struct buf out = buf_open(web_reply_arena(rp), 64 * KIB, EXPORT_BYTES);
	struct csv_writer csv = csv_open(rq->ctx.arena, to_buf, &out);
	struct str heads[COLUMNS_MAX];

	labels_of(heads);
	if (!csv_begin(&csv, true, err) || !csv_row(&csv, heads, columns_of(source), err) ||
	    !give_all(rq, source, to_csv, &csv, err))
		return false;
	return web_bytes(rp, "text/csv; charset=utf-8", buf_str(&out), DOWNLOAD,
			 file_name(rq, source, "csv"));
}

/* ---- XLSX */

static bool to_xlsx(void *arg, const struct str *cells, size_t count, struct err *err)
{
	return xlsx_rows_add(arg, cells, count, err);
}

static bool write_xlsx(struct web_request *rq, const struct export_source *source, struct str path,
		       struct err *err)
{
	struct str heads[COLUMNS_MAX];
	struct xlsx_rows *book;

	labels_of(heads);
	if (!xlsx_rows_open(rq->ctx.arena, path, source->title, heads, columns_of(source), &book,
			    err))
		return false;
	bool ok = give_all(rq, source, to_xlsx, book, err);
	return xlsx_rows_close(book, err) && ok;
}

/* The writer of workbooks writes files: a temporary one, read again and removed. */
bool export_xlsx(struct web_request *rq, struct web_reply *rp, const struct export_source *source,
		 struct err *err)
{
	char path[] = "/tmp/gongkai-XXXXXX";
	struct str bytes;

	int fd = mkstemp(path);
	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "request.no_temporary", "%s", strerror(errno));
	close(fd);
	bool ok = write_xlsx(rq, source, str_from_c(path), err) &&
		  file_read(web_reply_arena(rp), str_from_c(path), EXPORT_BYTES, &bytes, err);
	(void)unlink(path);
	return ok &&
	       web_bytes(rp, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			 bytes, DOWNLOAD, file_name(rq, source, "xlsx"));
}
