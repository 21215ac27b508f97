/*
 * pdf_block.h - the blocks of a document on pages, for all that is printed; for office/ alone.
 */
#ifndef OFFICE_PDF_BLOCK_H
#define OFFICE_PDF_BLOCK_H

#include "office/pdf_page.h"

/* How text is set: its type, its structure tag, where its lines stand. */
struct pdf_look {
	struct type type;
	const char *tag;
	double indent;
	enum side side;
	double pitch;
	bool justify;
};
struct pdf_look pdf_body_look(void);  /* 仿宋 三号, indented by two, justified */
struct pdf_look pdf_title_look(void); /* 小标宋 二号, centred */

/* A paragraph for each line; of a look that is not justified all lines are one. */
void pdf_add_text(struct pdf *p, const struct pdf_look *look, struct str text);
double pdf_text_height(struct pdf *p, const struct pdf_look *look, struct str text);
/* On this page if all of it fits, otherwise on a new one if that helps, otherwise broken. */
void pdf_make_room(struct pdf *p, double wanted);
NODISCARD bool pdf_add_block(struct pdf *p, const struct doc *d, size_t index, struct err *err);
#endif
