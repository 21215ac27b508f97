/* report_view.h - what the pages of this folder draw. */
#ifndef REPORT_REPORT_VIEW_H
#define REPORT_REPORT_VIEW_H

#include "html/parts.h"
#include "report/report.h"

/* ---- public */

struct report_list_item { struct str title, href; struct date published_on; };
struct report_list_year { int year; const struct report_list_item *items; size_t count; };
struct report_list_view {
	const struct report_list_year *years;
	size_t years_count, total;
	const struct choice *year_choices, *unit_choices; /* the first of each: all */
	size_t year_choices_count, unit_choices_count;
	struct str year, unit;
};

struct grid_view {
	struct str caption;
	size_t rows, cols, count;
	const struct grid_cell *cells;
};
struct part_view {
	int number;
	struct str heading;
	const struct narrative_text *words;
	const struct grid_view *table; /* NULL: none */
	bool chart;		       /* after the table */
};
struct file_link { struct str label, href; };
struct report_view {
	struct str title, preamble, note; /* note: why it is not yet a report */
	struct str unit_name, code;
	struct opt_date published_on;
	struct part_view parts[REPORT_PARTS];
	struct str chart_title;
	const struct slice *slices;
	const struct str *shares; /* 44.6%, one for each slice */
	size_t slices_count;
	const struct str *errata;
	size_t errata_count;
	const struct file_link *files, *tables;
	size_t files_count, tables_count;
	struct str desk_href;	  /* for staff */
};

/* ---- the records behind a figure */

struct record_view {
	struct str number, href, unit, applicant, received, closed, outcome, what;
};
struct share_view { struct str unit, value, source, href; };
struct records_view {
	struct str title, value, definition, report_title, report_href, csv_href;
	struct str first_href; /* of a later page: where the list begins */
	struct str outcome;  /* head of the last column: 办理结果, 收费 */
	struct str differs;  /* what is printed is not what is listed: why; or empty */
	bool full, disputes; /* full: for staff, with what was asked for */
	const struct record_view *rows;
	size_t rows_count;
	const struct share_view *shares;
	size_t shares_count;
	struct pager pager;
};

/* ---- the desk */

struct board_row {
	struct str unit, unit_code, state, href, due;
	enum tag_colour colour;
	bool exists, late, may_start;
};
struct board_view {
	struct form_state form;
	int year;
	const struct choice *years;
	size_t years_count;
	const struct board_row *rows;
	size_t rows_count, handed_in, late;
};

struct finding_view { struct str where, text, href, key, waived, waive_href; bool blocks; };
struct desk_part_view { int number; struct str heading, summary, href; };
struct desk_event { struct str when, who, what, reason; };
struct desk_action { struct str label, href; bool post, warning; };
struct desk_report_view {
	struct form_state form;
	struct str title, state, preview_href, unit_name, due;
	enum tag_colour colour;
	int64_t id, version;
	const struct summary_row *facts;
	size_t facts_count;
	const struct finding_view *findings;
	size_t findings_count, blocking;
	const struct desk_part_view *parts;
	size_t parts_count;
	bool may_edit;
	const struct desk_action *actions;
	size_t actions_count;
	const struct desk_event *events;
	size_t events_count;
};

struct figure_view { struct str key, label, value, href; };
struct desk_edit_view {
	struct form_state form;
	struct str title, heading, text, back_href, action;
	int64_t version;
	bool may_edit;
	const struct narrative_text *preview; /* NULL: the text does not parse */
	const struct finding_view *findings;
	size_t findings_count;
	const struct figure_view *main, *rest; /* totals first; the columns apart */
	size_t main_count, rest_count;
};

/* One act with what it needs: a reason, or nothing. */
struct desk_act_view {
	struct form_state form;
	struct str title, heading, action, button, back_href, finding, reason;
	const struct str *says; /* what it will do, line by line */
	size_t says_count;
	int64_t version;
	bool needs_reason;
};

enum { ERRATUM_ROWS = 6 };
struct desk_erratum_view {
	struct form_state form;
	struct str title, action, back_href, reason;
	int64_t version;
	const struct choice *cells;
	size_t cells_count;
	struct str cell[ERRATUM_ROWS], value[ERRATUM_ROWS];
};
#endif
