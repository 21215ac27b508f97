/* letter_view.h - what the pages of letters draw. */
#ifndef LETTER_LETTER_VIEW_H
#define LETTER_LETTER_VIEW_H

#include "letter/letter_panel.h"
#include "letter/letterhead.h"
#include "letter/template.h"
#include "list/list.h"

struct letter_list_view {
	struct form_state form;
	const struct letter *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
	bool may_write;
	struct str kind, addressee, addressee_is, dated;
	const struct choice *kinds, *to;
	size_t kinds_count, to_count;
};
struct letter_page_view {
	struct form_state form;
	struct letter l;
	const struct official *paper;
	struct str unit_name;
	bool may_edit, may_issue, delivered; /* delivered: it has a page of its deliveries */
	const struct letter_field **open; /* fields that wait for a value */
	size_t open_count;
	struct letter_text typed; /* of the edit form */
	struct str dated, issued_on, reason;
	bool online;
};

struct template_row {
	const struct letter_kind *kind;
	bool built_in;
	struct date from;
	struct str saved_by;
};
struct template_list_view {
	const struct template_row *rows;
	size_t count;
};
struct template_page_view {
	struct form_state form;
	const struct letter_kind *kind;
	struct str text, from; /* as typed */
	const struct str *findings; /* of the text, by line */
	size_t findings_count;
	const struct official *sample; /* NULL: it cannot be merged */
	bool may_edit, built_in;
	const struct template_version *history;
	size_t history_count;
	struct template_version shown; /* an old version to look at; id 0: none */
};

struct letterhead_view {
	struct form_state form;
	struct letterhead head;
	struct str unit_name, series, style;
	bool may_edit;
};
struct bodies_view {
	struct form_state form;
	const struct remedy_body *rows;
	const struct str *units; /* name for each row, or empty: the whole site */
	size_t count;
	bool may_edit;
	struct str role, name, unit, from, until;
	struct remedy_switches switches;
	struct str doubt, doubt_from, doubt_until;
};
#endif
