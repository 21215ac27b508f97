/* file.c - a whole list as CSV or XLSX: page by page, never more rows than one page in memory. */
#include "list/list.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "office/write.h"

#include <sys/mman.h>
#include <unistd.h>

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

struct list_writer {
	const struct list_file *file;
	struct csv_writer csv;
	struct xlsx_rows *book; /* NULL: CSV */
};

struct str list_day(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

bool list_row(struct list_writer *w, const struct str *cells, struct err *err)
{
	return w->book != NULL ? xlsx_rows_add(w->book, cells, w->file->columns, err) :
				 csv_row(&w->csv, cells, w->file->columns, err);
}

/* In an arena apart: rows go with their page, the file stays. */
static bool all_pages(struct web_request *rq, struct list_writer *w, struct err *err)
{
	struct str place = STR_NONE;
	struct ctx ctx = rq->ctx;
	bool ok;

	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	do {
		struct str next = STR_NONE;
		ok = w->file->page(w, &ctx, w->file->arg, place, &next, err);
		place = str_copy(rq->ctx.arena, next);
		arena_reset(ctx.arena);
	} while (ok && place.len > 0);
	arena_close(ctx.arena);
	return ok;
}

static bool too_large(struct err *err)
{
	return err_set(err, ERR_LIMIT, "list.too_large", "%d", LIST_FILE_BYTES / (int)MIB);
}

static bool to_buf(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || too_large(err);
}

static bool write_csv(struct web_request *rq, const struct list_file *file, struct arena *a,
		      struct str *out, struct err *err)
{
	struct buf bytes = buf_open(a, 64 * KIB, LIST_FILE_BYTES);
	struct list_writer w = { file, csv_open(rq->ctx.arena, to_buf, &bytes), NULL };

	if (!csv_begin(&w.csv, true, err) || !csv_row(&w.csv, file->heads, file->columns, err) ||
	    !all_pages(rq, &w, err))
		return false;
	*out = buf_str(&bytes);
	return true;
}

/* The writer of workbooks writes files: this one is in memory and has no name. */
static bool write_xlsx(struct web_request *rq, const struct list_file *file, struct arena *a,
		       struct str *out, struct err *err)
{
	struct list_writer w = { .file = file };
	int fd = memfd_create("list", MFD_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "list.no_file", " ");
	struct str path = str_format(rq->ctx.arena, "/proc/self/fd/%d", fd);
	bool ok = xlsx_rows_open(rq->ctx.arena, path, file->title, file->heads, file->columns,
				 &w.book, err);
	if (ok) {
		ok = all_pages(rq, &w, err);
		ok = xlsx_rows_close(w.book, err) && ok;
	}
	off_t size = ok ? lseek(fd, 0, SEEK_END) : 0;
	if (ok && size > LIST_FILE_BYTES)
		ok = too_large(err);
	ok = ok && lseek(fd, 0, SEEK_SET) == 0 &&
	     file_read_all_fd(a, fd, LIST_FILE_BYTES, out, err);
	close(fd);
	return ok;
}

bool list_send(struct web_request *rq, struct web_reply *rp, const struct list_file *file,
	       struct err *err)
{
	bool xlsx = str_ends(rq->path, STR(".xlsx"));
	struct arena *a = web_reply_arena(rp);
	struct str bytes = STR_NONE;

	if (!list_filter_good(rq, err) ||
	    !(xlsx ? write_xlsx(rq, file, a, &bytes, err) : write_csv(rq, file, a, &bytes, err)))
		return false;
	struct str name = str_format(rq->ctx.arena, STR_FMT "-" STR_FMT "%s", STR_ARG(file->title),
				     STR_ARG(date_iso(rq->ctx.arena, rq->ctx.today)),
				     xlsx ? ".xlsx" : ".csv");
	return web_bytes(rp, xlsx ? XLSX_TYPE : "text/csv; charset=utf-8", bytes, DOWNLOAD, name);
}
