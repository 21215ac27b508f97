/*
 * write.h - struct doc and rows of cells into files people open.
 *
 * One model, many writers: the same tables become DOCX, PDF and XLSX with their
 * merged cells. The same input gives the same bytes (fixed times inside zips).
 */
#ifndef OFFICE_WRITE_H
#define OFFICE_WRITE_H

#include "base/buf.h"
#include "base/err.h"
#include "office/doc.h"

/* A4, GB/T 9704 margins, 仿宋 body, headings 黑体/楷体; tables fit the page, charts drawn. */
NODISCARD bool office_write_docx(struct arena *a, const struct doc *d, struct str *out,
				 struct err *err);
NODISCARD bool office_write_pdf(struct arena *a, const struct doc *d, struct str *out,
				struct err *err); /* tagged, fonts embedded as subsets */
/* A sheet per table, named by caption; numbers as numbers; merged cells; frozen head. */
NODISCARD bool office_write_xlsx(struct arena *a, const struct doc *d, struct str *out,
				 struct err *err);
struct str office_write_text(
	struct arena *a,
	const struct doc *d); /* plain text: paragraphs, tables as tab-separated lines */

/* ---- CSV and XLSX rows, streamed to a callback (a file, a reply) */

typedef bool office_sink(void *arg, struct str bytes, struct err *err);
/*
 * RFC 4180, UTF-8 with BOM if `bom`, CRLF, every cell quoted. A cell that a spreadsheet would
 * calculate (= + - @ tab CR first, full-width too, and no plain number) gets a leading
 * apostrophe, which sheet_read takes away again.
 */
/* plain: for scripts - no mark, quotes only where they are needed, lines end in \n. */
struct csv_writer { struct buf line; office_sink *sink; void *arg; bool plain; };
struct csv_writer csv_open(struct arena *a, office_sink *sink, void *arg);
NODISCARD bool csv_begin(struct csv_writer *w, bool bom, struct err *err);
NODISCARD bool csv_row(struct csv_writer *w, const struct str *cells, size_t count,
		       struct err *err);

struct xlsx_rows; /* constant memory */
NODISCARD bool xlsx_rows_open(struct arena *a, struct str path, struct str sheet,
			      const struct str *heads, size_t count, struct xlsx_rows **out,
			      struct err *err);
NODISCARD bool xlsx_rows_add(struct xlsx_rows *x, const struct str *cells, size_t count,
			     struct err *err);
NODISCARD bool xlsx_rows_close(struct xlsx_rows *x, struct err *err);
#endif
