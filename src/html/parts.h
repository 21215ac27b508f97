/*
 * parts.h - the parts every page is made of, one definition each.
 *
 * Called from page files in {% … %}. The markup is govuk-frontend's (error
 * summary, labels, hints, tables, tags, pagination) in the dress of a Chinese
 * government site; see assets/site.css and docs/pages.md.
 *
 * Captions of tables and grids name a landmark, so no two on a page may be the
 * same; neither may two fields of a page have the same name.
 */
#ifndef HTML_PARTS_H
#define HTML_PARTS_H

#include "html/html.h"

/* ---- the shell: everything around <main> */

enum page_mode { MODE_PLAIN, MODE_ELDER, MODE_CONTRAST, MODE_DARK };
struct nav_item { struct str label, href; bool current; };
struct crumb { struct str label, href; }; /* href empty: the page itself */
struct meta_tag { struct str name, content; };

struct page {
	struct str title;	  /* without the site's name; errors put "错误：" in front */
	struct str site_name;	  /* 广州市越秀区人民政府 */
	struct str platform_name; /* 政府信息公开平台, or 公开工作平台 for staff */
	struct str site_url;	  /* for meta tags and feeds */
	struct str path;	  /* of this page, for the mode links */
	enum page_mode mode;
	bool staff;
	struct str who;		  /* signed-in person and unit, or empty */
	struct str csrf;	  /* token for the sign-out form; empty if not signed in */
	const struct nav_item *nav;
	size_t nav_count;
	const struct crumb *crumbs;
	size_t crumbs_count;
	const struct meta_tag *meta; /* ColumnName, PubDate … besides SiteName, SiteDomain */
	size_t meta_count;
	struct str feed;	  /* .atom of this page, or empty */
	struct str json;	  /* .json twin, or empty */
	struct str flash;	  /* what just happened: a notification banner, or empty */
	struct opt_date today;	  /* printed in the strip when known */
	bool sample_data;	  /* prints that people and cases here are invented samples */
	size_t errors;		  /* of the form on this page */
};
/*
 * The shell links to these; portal and account own them. The mode links are
 * GET page->path with ?mode=plain|elder|contrast|dark, which web/ turns into a
 * cookie and a redirect back.
 */
#define HTML_PATH_ABOUT "/about"
#define HTML_PATH_ACCESSIBILITY "/accessibility"
#define HTML_PATH_API "/api"
#define HTML_PATH_SIGN_IN "/sign-in"
#define HTML_PATH_SIGN_OUT "/sign-out" /* POST with _csrf */
void html_page_begin(struct html *h, const struct page *page);
void html_page_end(struct html *h, const struct page *page);

/* ---- forms. A field's error stands in both the summary and above the field. */

struct field_error { const char *field; struct str text; };
struct form_state {
	const struct field_error *errors;
	size_t errors_count;
	struct str csrf;    /* hidden field _csrf */
	struct str form_id; /* hidden field _form: the id that makes sending twice harmless */
};
struct choice { struct str value, label, hint; };

/* Nothing when there are no errors. Stands first in the page. */
void html_error_summary(struct html *h, const struct form_state *f);
void html_form_hidden(struct html *h, const struct form_state *f); /* _csrf and _form */
/* In all parts f may be NULL: a form without errors, such as a filter. */
enum input_kind { INPUT_TEXT, INPUT_PASSWORD, INPUT_DATE, INPUT_NUMBER, INPUT_EMAIL, INPUT_SEARCH };
struct input {
	const char *name;
	struct str label, hint, value;
	enum input_kind kind;
	int width_chars; /* 0: full width */
	bool required;
	struct str autocomplete;
};
void html_input(struct html *h, const struct form_state *f, const struct input *in);
struct textarea {
	const char *name;
	struct str label, hint, value;
	int rows;	   /* 0: 5 */
	int64_t count_max; /* characters, told to the writer; 0: not told */
	bool required;
};
void html_textarea(struct html *h, const struct form_state *f, const struct textarea *in);
struct select {
	const char *name;
	struct str label, hint, value;
	const struct choice *choices;
	size_t choices_count;
	bool required;
};
void html_select(struct html *h, const struct form_state *f, const struct select *in);
void html_radios(struct html *h, const struct form_state *f, const struct select *in);
void html_checkbox(struct html *h, const struct form_state *f, const char *name, struct str label,
		   bool checked);
void html_file(struct html *h, const struct form_state *f, const char *name, struct str label,
	       struct str hint, struct str accept);
void html_button(struct html *h, struct str label); /* the submit button of the form around it */
void html_button_named(struct html *h, struct str label, const char *name, struct str value,
		       bool secondary);
/* Plain text of people: every line a paragraph, indented as Chinese texts are. */
void html_paragraphs(struct html *h, struct str text);

/* ---- lists */

struct column { struct str label, sort_href; bool number, sorted_up, sorted_down; };
/* A scrolling region with <table>, caption (for screen readers) and head; rows are the page's. */
void html_table_begin(struct html *h, struct str caption, const struct column *columns,
		      size_t count);
void html_table_end(struct html *h);
/* Lists go on by keys: back is the first page. list/list.h fills it. */
struct pager { struct str first_href, next_href; struct str summary; };
void html_pager(struct html *h, const struct pager *p);
void html_empty(struct html *h, struct str what, struct str remedy);
enum tag_colour { TAG_GREY, TAG_BLUE, TAG_GREEN, TAG_YELLOW, TAG_RED, TAG_BLACK };
void html_tag(struct html *h, struct str label, enum tag_colour colour);
struct summary_row { struct str key, value, href, action; };
void html_summary_list(struct html *h, const struct summary_row *rows, size_t count);

/* ---- statutory tables, with real merged cells */

/*
 * row and col count from 0; rowspan and colspan of 0 mean 1. A row whose cells
 * are all heads names the columns below it (the first of them form <thead>);
 * other heads name their row. Cells may come in any order, may not overlap,
 * and what none covers is left empty.
 */
struct grid_cell {
	uint16_t row, col, rowspan, colspan;
	bool head, number;
	struct str text, href; /* href empty: no link */
};
void html_grid(struct html *h, struct str caption, size_t rows, size_t cols,
	       const struct grid_cell *cells, size_t count);

/* ---- charts: inline SVG with title, description and patterns; its table stands beside it */

/* Slices of value 0 are told but not drawn; a pie of nothing is an empty state. */
struct slice { struct str label; int64_t value; struct str href; };
void html_pie(struct html *h, struct str title, struct str unit, const struct slice *slices,
	      size_t count);
#endif
