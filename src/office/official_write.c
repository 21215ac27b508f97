/* official_write.c - an official letter by the writers of documents. */
#include "office/official.h"
#include "office/write.h"
static struct doc *doc_of(struct arena *a, const struct official *o)
{
	struct doc *d = ARENA_NEW(a, struct doc);
	struct str rest = official_text(a, o), line;
	d->title = o->title;
	d->blocks = ARENA_ARRAY(a, 3000, struct doc_block);
	while (d->count < 3000 && str_split_next(&rest, '\n', &line))
		d->blocks[d->count++] =
			(struct doc_block){ .kind = DOC_PARAGRAPH, .text = str_trim(line) };
	return d;
}
bool official_pdf(struct arena *a, const struct official *o, struct str *out, struct err *err)
{
	return office_write_pdf(a, doc_of(a, o), out, err);
}
bool official_docx(struct arena *a, const struct official *o, struct str *out, struct err *err)
{
	return office_write_docx(a, doc_of(a, o), out, err);
}
