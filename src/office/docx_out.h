/*
 * docx_out.h - the body of a Word file while it is written; for office/ alone.
 */
#ifndef OFFICE_DOCX_OUT_H
#define OFFICE_DOCX_OUT_H

#include "base/buf.h"
#include "base/err.h"
#include "office/doc.h"

enum { DOCX_CHARTS_MAX = 64 };

struct docx_out {
	struct arena *arena;
	struct buf body;
	struct str pictures[DOCX_CHARTS_MAX];
	size_t pictures_count;
	struct str first_footer; /* a part of its own for page one, or empty */
};

/*
 * What differs from body text; NULL, false and empty where nothing does. place and letters are
 * children of pPr (between keepNext and jc) and rPr, in the order that the standard fixes.
 */
struct docx_look {
	const char *style, *align;
	bool keep_next;
	struct str place, letters;
};

void docx_begin(struct docx_out *o);
void docx_add_escaped(struct docx_out *o, struct str text);
void docx_add_paragraph(struct docx_out *o, struct docx_look look, struct str text);
/* Lines of one paragraph, which must not be justified. */
void docx_add_breaking(struct docx_out *o, struct docx_look look, struct str text);
NODISCARD bool docx_add_block(struct docx_out *o, const struct doc_block *block, struct err *err);
struct str docx_fixed_part(const char *file); /* of data/docx */
/* The parts around it, and the zip. */
NODISCARD bool docx_pack(struct docx_out *o, struct str title, struct str *out, struct err *err);
#endif
