/*
 * readers.h - one function per kind of file, each from bytes to a tree; for office/ alone.
 *
 * All run in the limited child (read.h). name is for messages.
 */
#ifndef OFFICE_READERS_H
#define OFFICE_READERS_H

#include "base/err.h"
#include "office/doc.h"

NODISCARD bool read_text(struct arena *a, struct str content, struct doc **out, struct err *err);
NODISCARD bool read_csv(struct arena *a, struct str content, struct doc **out, struct err *err);
NODISCARD bool read_html(struct arena *a, struct str content, struct doc **out, struct err *err);
NODISCARD bool read_docx(struct arena *a, struct str content, struct doc **out, struct err *err);
NODISCARD bool read_xlsx(struct arena *a, struct str content, struct doc **out, struct err *err);
NODISCARD bool read_pdf(struct arena *a, struct str content, struct doc **out, struct err *err);

/* Lines and pages of text that keeps its columns: what pdftotext prints, and plain text. */
NODISCARD bool read_layout(struct arena *a, struct str text, enum doc_source source,
			   struct doc **out, struct err *err);
/* s without control characters but \t and \n, for text that a file claims to be; often s itself. */
struct str clean_text(struct arena *a, struct str s);
#endif
