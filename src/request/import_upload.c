/* import_upload.c - uploads in the database, and reading them. */
#include "request/import_upload.h"

#include "base/file.h"
#include "base/limits.h"
#include "import_upload_sql.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { UPLOAD_SECONDS = 24 * 60 * 60, NAME_BYTES = 255 };

bool import_upload_keep(struct ctx *ctx, struct str file_name, struct str content, int64_t *id,
			struct err *err)
{
	struct import_upload_sweep_in old = { .before = ctx->now - UPLOAD_SECONDS };
	struct import_upload_insert_in in = { .account_id = ctx->actor.account_id,
					      .at = ctx->now,
					      .file_name = str_slice(file_name, 0, NAME_BYTES),
					      .content = content };
	struct import_upload_insert_row row;
	bool found;

	assert(content.len <= LIMIT_UPLOAD);
	if (!import_upload_sweep(ctx, &old, NULL, err) ||
	    !import_upload_insert(ctx, &in, &row, &found, err))
		return false;
	*id = row.id;
	return true;
}

bool import_upload_find(struct ctx *ctx, int64_t id, struct import_upload *out, struct err *err)
{
	struct import_upload_read_row row;
	bool found;

	if (!import_upload_read(ctx, &(struct import_upload_read_in){ .id = id }, &row, &found,
				err))
		return false;
	if (!found || row.account_id != ctx->actor.account_id)
		return err_set(err, ERR_NOT_FOUND, "import.no_upload", " ");
	*out = (struct import_upload){ id, row.file_name, row.content };
	return true;
}

bool import_upload_remove(struct ctx *ctx, int64_t id, struct err *err)
{
	return import_upload_delete(ctx, &(struct import_upload_delete_in){ .id = id }, NULL, err);
}

bool import_upload_rows(struct ctx *ctx, const struct import_upload *upload, struct str sheet,
			sheet_row_fn *row, void *arg, struct err *err)
{
	int fd = file_in_memory(upload->content); /* the reader of sheets takes an open file */

	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "import.no_memory_file", "%s",
			       strerror(errno));
	bool ok = sheet_read(ctx->arena, fd, upload->file_name, sheet, row, arg, err);
	close(fd);
	return ok;
}

bool import_upload_check(struct ctx *ctx, const struct import_upload *upload, struct str sheet,
			 const struct import_options *options, struct import **out,
			 struct import_summary *summary, struct err *err)
{
	*out = NULL;
	return import_open(ctx, options, out, err) &&
	       import_upload_rows(ctx, upload, sheet, import_row, *out, err) &&
	       import_done(*out, summary, err);
}
