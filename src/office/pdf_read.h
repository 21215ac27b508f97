/*
 * pdf_read.h - the text of a PDF, as pdftotext prints it; for office/ alone.
 *
 * Poppler is run, never linked: its licence and its faults stay outside.
 */
#ifndef OFFICE_PDF_READ_H
#define OFFICE_PDF_READ_H

#include "base/err.h"
#include "office/doc.h"

extern const char *const pdftotext_argv[]; /* ends with NULL; the first is the program */
/* What the program printed, or why it did not: office.no_text, office.encrypted, office.bad_pdf. */
NODISCARD bool pdf_pages(struct arena *a, struct str content, struct str printed, bool failed,
			 struct doc **out, struct err *err);
#endif
