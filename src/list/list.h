/*
 * list.h - what all lists of the program do alike: links that keep the filter, turning
 * pages, sorting by a column, how many there are, and the whole list as a file.
 *
 * A list is a route whose query declares its filter and, by LIST_PLACE, where a page
 * begins. Every link is made of what the query declares, so a filter that gains a field
 * keeps it in all of them. Pages are turned by keys: a place is what the room's own
 * reading function gave as `next`, and nobody here looks into it. No list knows how many
 * pages it has, so there is a way on and a way to the first page, and none to the fifth.
 *
 * Whose rows somebody sees is the room's to decide before it comes here; a file holds
 * what the room's function gives it and nothing else.
 */
#ifndef LIST_LIST_H
#define LIST_LIST_H

#include "ledger/history.h"
#include "web/web.h"

/* ---- the place, a field of the list's query */

#define LIST_PLACE { .name = "after", .label = "位置", .kind = FIELD_TEXT, .max = 300 }
/* Of a list in the order of its numbers, which is most of them. */
#define LIST_PLACE_ID                                                                              \
	{ .name = "after", .label = "位置", .kind = FIELD_INT, .low = 0, .high = INT64_MAX }
struct str list_place(const struct web_request *rq); /* empty: from the start */
int64_t list_place_id(const struct web_request *rq); /* 0: from the start, as after a POST */
/* The same of a place as list_page_fn gets it. */
int64_t list_id(struct str place);
/* The place after a row with this id; empty if the page was not full, so that nothing follows. */
struct str list_next_id(struct arena *a, size_t count, size_t max, int64_t last);

/* ---- links */

/* This list from its start, as it is filtered: ending is "", ".json", ".csv" or ".xlsx". */
struct str list_href(const struct web_request *rq, const char *ending);
/* The page of this list, from its start, with one field changed; an empty value takes it out. */
struct str list_href_with(const struct web_request *rq, const char *name, struct str value);
/* What follows, at the address that was asked: a page's is a page, a twin's is a twin. */
struct str list_next_href(const struct web_request *rq, struct str next);
/* The whole query, without '?' and place; empty if nothing is filtered. */
struct str list_filter(const struct web_request *rq);
/* Anything declared is given but the place and what is only order or which of the tabs. */
bool list_is_filtered(const struct web_request *rq);
/* ERR_INVALID "list.bad_filter" if a field of the query failed its check. */
NODISCARD bool list_filter_good(const struct web_request *rq, struct err *err);

/* The first characters of a text's first line, for a cell on screen. */
struct str list_excerpt(struct arena *a, struct str text, size_t characters);

/* ---- tabs above a list, with how many are behind each */

struct list_tab {
	struct str label, href;
	struct opt_int count; /* up to bound */
	bool current, late;   /* late: there are some, and they should not be */
};
/* bound: a count that reaches it is told with a plus. */
void list_tabs(struct html *h, const struct list_tab *tabs, size_t count, int64_t bound);

/* ---- order: one field "order", "up" or "down" */

extern const char *const list_orders[];
#define LIST_ORDER(text)                                                                           \
	{ .name = "order", .label = text, .kind = FIELD_CHOICE, .choices = list_orders }
enum list_order { LIST_UNSORTED, LIST_UP, LIST_DOWN };
enum list_order list_order(const struct web_request *rq);
/* A column that sorts: pressed once up, again down. */
struct column list_sorted(const struct web_request *rq, struct str label);

/* ---- below the rows: how many, on, and as a file */

enum list_files { LIST_NO_FILES, LIST_WITH_FILES };
struct list_foot {
	struct pager pager;
	struct str csv_href, xlsx_href; /* or empty */
};
/*
 * shown: rows of this page. all: how many there are if the room has counted them, up to bound;
 * a list that fits its first page counts itself.
 */
struct list_foot list_foot(const struct web_request *rq, size_t shown, struct opt_int all,
			   int64_t bound, struct str next, enum list_files files);
void list_end(struct html *h, const struct list_foot *f);
/* {"items": items, "next": href of what follows, or absent}; takes the reference. */
json_t *list_as_json(const struct web_request *rq, json_t *items, struct str next);

/* ---- what happened to one thing: the same on every page and in every twin */

void list_history(struct html *h, const struct history_line *lines, size_t count);
json_t *list_history_json(struct arena *a, const struct history_line *lines, size_t count);

/* ---- as a file: routes PATH.csv and PATH.xlsx of one handler */

#define LIST_FILES(path, who, fn, fields, what)                                                    \
	{ METHOD_GET, path ".csv", who, fn, .query = fields, .flags = ROUTE_SLOW,                  \
	  .summary = "导出" what "（CSV）" },                                                      \
	{                                                                                          \
		METHOD_GET, path ".xlsx", who, fn, .query = fields, .flags = ROUTE_SLOW,           \
			.summary = "导出" what "（XLSX）"                                          \
	}

enum { LIST_FILE_ROWS = 500, LIST_FILE_BYTES = 16 * 1024 * 1024 };
struct list_writer;
/*
 * Reads at most LIST_FILE_ROWS rows from place on and gives each to list_row. ctx has an arena
 * that is emptied after the page; *next may live there.
 */
typedef bool list_page_fn(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
			  struct str *next, struct err *err);
struct list_file {
	struct str title; /* of the sheet and, with the day, of the file */
	const struct str *heads;
	size_t columns;
	list_page_fn *page;
	const void *arg;
};
/* cells: as many as the file has columns. ERR_LIMIT "list.too_large". */
NODISCARD bool list_row(struct list_writer *w, const struct str *cells, struct err *err);
/* All pages, CSV or XLSX as the path asks. ERR_INVALID "list.bad_filter". */
NODISCARD bool list_send(struct web_request *rq, struct web_reply *rp, const struct list_file *file,
			 struct err *err);
struct str list_day(struct arena *a, struct opt_date d); /* a cell: the day, or nothing */
#endif
