/* read.c - one document into one report: the steps in their order. */
#include "lint/lint_internal.h"

void note_add(struct arena *a, struct lint_report *r, enum lint_severity severity, struct str key,
	      struct str message, struct str place, struct str text)
{
	struct lint_note *note = ARENA_NEW(a, struct lint_note), **at = &r->notes;

	if (r->notes_count == LIMIT_LINT_FINDINGS)
		return;
	*note = (struct lint_note){ key, message, place, text, severity, NULL };
	while (*at != NULL)
		at = &(*at)->next;
	*at = note;
	r->notes_count++;
}

static bool is_report(const struct lint_report *r)
{
	bool any = r->two.found || r->three.found || r->four.found;

	for (size_t i = 0; i < COUNT_OF(r->parts); i++)
		any = any || r->parts[i].found;
	return any;
}

bool lint_read(struct arena *a, const struct doc *doc, struct str file, struct lint_report **out,
	       struct err *err)
{
	struct lint_report *r = ARENA_NEW(a, struct lint_report);
	struct pages p;

	if (!pages_read(a, doc, &p, err))
		return false;
	r->file = file;
	read_head(&p, r);
	/* Table 三 first: its lines are the surest, and the other two must not read them. */
	read_table3(&p, r);
	read_table2(&p, r);
	read_table4(&p, r);
	read_parts(&p, r);
	if (!is_report(r))
		return err_set(err, ERR_INVALID, "lint.no_report", STR_FMT, STR_ARG(file));
	resolve_digest(a, r);
	*out = r;
	return true;
}
