/*
 * import_upload.h - a register between two pages of a browser: kept as it came,
 * for the one who sent it, until it is imported or a day has passed.
 *
 * Registers name persons, so none stays longer than its import needs.
 */
#ifndef REQUEST_IMPORT_UPLOAD_H
#define REQUEST_IMPORT_UPLOAD_H

#include "request/import.h"

struct import_upload {
	int64_t id;
	struct str file_name, content;
};
/* Removes what is older than a day, too. content: at most LIMIT_UPLOAD. */
NODISCARD bool import_upload_keep(struct ctx *ctx, struct str file_name, struct str content,
				  int64_t *id, struct err *err);
/* The actor's own only; ERR_NOT_FOUND "import.no_upload". */
NODISCARD bool import_upload_find(struct ctx *ctx, int64_t id, struct import_upload *out,
				  struct err *err);
NODISCARD bool import_upload_remove(struct ctx *ctx, int64_t id, struct err *err);

/* Hands the rows of an upload on, through the child that reads sheets. */
NODISCARD bool import_upload_rows(struct ctx *ctx, const struct import_upload *upload,
				  struct str sheet, sheet_row_fn *row, void *arg, struct err *err);
/* Reads the rows of an upload: import_open, sheet_read, import_done in one. Close *out anyway. */
NODISCARD bool import_upload_check(struct ctx *ctx, const struct import_upload *upload,
				   struct str sheet, const struct import_options *options,
				   struct import **out, struct import_summary *summary,
				   struct err *err);
#endif
