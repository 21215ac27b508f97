/*
 * read.h - files from outside into struct doc, in a limited child process.
 *
 * The type is told by content, not by name. The child (this program again, with
 * --reader) has no network, no files, a limit on CPU seconds and memory, and
 * answers through a pipe; a file that stalls or crashes it is an error like any
 * other. pdftotext runs under the same limits for PDF.
 * Errors name file, place and remedy: office.unknown_type, office.zip_bomb,
 * office.bad_xml, office.no_text (a scanned PDF), office.too_large,
 * office.timeout, office.encoding (byte offset), office.encrypted …
 */
#ifndef OFFICE_READ_H
#define OFFICE_READ_H

#include "base/err.h"
#include "office/doc.h"

enum office_type {
	OFFICE_UNKNOWN,
	OFFICE_TEXT,
	OFFICE_CSV,
	OFFICE_HTML,
	OFFICE_DOCX,
	OFFICE_XLSX,
	OFFICE_PDF,
	OFFICE_OLD_OFFICE
};
/* By content; name only decides between plain text and CSV. */
enum office_type office_sniff(struct str content, struct str file_name);

/* Reads any supported type. name is for messages and CSV. */
NODISCARD bool office_read(struct arena *a, struct str name, struct str content, struct doc **out,
			   struct err *err);

/* The same work in this process: for the child itself, for tests and for fuzzing. */
NODISCARD bool office_read_here(struct arena *a, struct str name, struct str content,
				struct doc **out, struct err *err);

/*
 * The main of the child: reads stdin, writes the tree to stdout, and does not return. Every
 * main of a program that reads calls it first if argv[1] is "--reader"; that of the tests does.
 */
int office_reader_main(int argc, char **argv);

/* ---- rows of a spreadsheet, streamed: never the whole file in memory */

struct sheet_row {
	uint32_t number; /* as people see it, from 1 */
	const struct str *cells;
	size_t count;
};
/*
 * Called per row that holds any text, in order; false stops with that error. cells are valid
 * during the call. Cells are as people see them; dates arrive as YYYY-MM-DD.
 */
typedef bool sheet_row_fn(void *arg, const struct sheet_row *row, struct err *err);
/*
 * XLSX (the first visible sheet, or the named one) or CSV (any encoding of text/encoding.h;
 * comma, semicolon or tab, told by the first line) from an open regular file, read from its
 * beginning, through the child. Errors: office.not_a_sheet, office.no_such_sheet …
 */
NODISCARD bool sheet_read(struct arena *a, int fd, struct str name, struct str sheet,
			  sheet_row_fn *fn, void *arg, struct err *err);
/*
 * The same in two steps, for a caller who has other work while the child starts, some 10 ms: it
 * reads ahead as far as a pipe holds, and is ended by rows or by give_up (of NULL: nothing).
 */
struct sheet_reading;
NODISCARD struct sheet_reading *sheet_begin(struct arena *a, int fd, struct str name,
					    struct str sheet, struct err *err);
NODISCARD bool sheet_rows(struct sheet_reading *r, sheet_row_fn *fn, void *arg, struct err *err);
void sheet_give_up(struct sheet_reading *r);
NODISCARD bool sheet_read_here(struct arena *a, int fd, struct str name, struct str sheet,
			       sheet_row_fn *fn, void *arg, struct err *err);
#endif
