/* list.c - links that keep the filter, pages, order, how many. */
#include "list/list.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "list_html.h"
#include "web/pairs.h"

#include <string.h>

enum { HREF_MAX = 8 * 1024 };

const char *const list_orders[] = { "up", "down", NULL };

/* ---- the place */

static const char place_name[] = "after";

struct str list_place(const struct web_request *rq)
{
	return rq->method == METHOD_GET ? web_text(rq, place_name) : STR_NONE;
}

int64_t list_place_id(const struct web_request *rq)
{
	return rq->method == METHOD_GET ? web_int(rq, place_name, 0) : 0;
}

int64_t list_id(struct str place)
{
	int64_t id;

	return str_to_i64(place, &id) ? id : 0;
}

struct str list_next_id(struct arena *a, size_t count, size_t max, int64_t last)
{
	return count < max ? STR_NONE : str_format(a, "%lld", (long long)last);
}

/* ---- links */

/* The path of the page, whichever of its twins was asked. */
static struct str page_path(const struct web_request *rq)
{
	static const char *const endings[] = { ".json", ".csv", ".xlsx" };

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(rq->path, str_from_c(endings[i])))
			return str_slice(rq->path, 0, rq->path.len - strlen(endings[i]));
	return rq->path;
}

static void add(struct arena *a, struct buf *b, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_add_c(b, b->len > 0 ? "&" : "");
	buf_add_c(b, name);
	buf_add_char(b, '=');
	buf_add(b, percent_encode(a, value));
}

/* In the order of the table, so that the same filter has one address. */
static struct str query_with(const struct web_request *rq, const char *name, struct str value)
{
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 200, HREF_MAX);
	const struct field *f = rq->method == METHOD_GET ? rq->route->query : NULL;
	bool placed = false;

	for (; f != NULL && f->name != NULL; f++) {
		bool changed = name != NULL && strcmp(f->name, name) == 0;
		placed = placed || changed;
		if (changed)
			add(a, &b, name, value);
		else if (strcmp(f->name, place_name) != 0)
			for (size_t i = 0; i < web_count(rq, f->name); i++)
				add(a, &b, f->name, web_text_at(rq, f->name, i));
	}
	if (name != NULL && !placed)
		add(a, &b, name, value);
	return buf_str(&b);
}

static struct str joined(const struct web_request *rq, struct str path, struct str query)
{
	return query.len == 0 ? path :
				str_format(rq->ctx.arena, STR_FMT "?" STR_FMT, STR_ARG(path),
					   STR_ARG(query));
}

struct str list_filter(const struct web_request *rq)
{
	return query_with(rq, NULL, STR_NONE);
}

struct str list_href(const struct web_request *rq, const char *ending)
{
	return joined(rq, str_concat(rq->ctx.arena, page_path(rq), str_from_c(ending)),
		      list_filter(rq));
}

struct str list_href_with(const struct web_request *rq, const char *name, struct str value)
{
	return joined(rq, page_path(rq), query_with(rq, name, value));
}

struct str list_next_href(const struct web_request *rq, struct str next)
{
	return next.len == 0 ? STR_NONE : joined(rq, rq->path, query_with(rq, place_name, next));
}

bool list_is_filtered(const struct web_request *rq)
{
	static const char *const beside[] = { "after", "order", "list" };
	const struct field *f = rq->method == METHOD_GET ? rq->route->query : NULL;

	for (; f != NULL && f->name != NULL; f++) {
		bool counts = true;
		for (size_t i = 0; i < COUNT_OF(beside); i++)
			counts = counts && strcmp(f->name, beside[i]) != 0;
		if (counts && web_text(rq, f->name).len > 0)
			return true;
	}
	return false;
}

bool list_filter_good(const struct web_request *rq, struct err *err)
{
	return web_field_errors(rq) == 0 || err_set(err, ERR_INVALID, "list.bad_filter", " ");
}

struct str list_excerpt(struct arena *a, struct str text, size_t characters)
{
	size_t line = str_find(text, STR("\n"), 0);
	struct str first = line == SIZE_MAX ? text : str_slice(text, 0, line);
	struct str shown = utf8_prefix(first, characters);

	return shown.len < text.len ? str_concat(a, shown, STR("…")) : shown;
}

void list_tabs(struct html *h, const struct list_tab *tabs, size_t count, int64_t bound)
{
	list_tabs_begin_html(h);
	for (size_t i = 0; i < count; i++)
		list_tab_html(h, &tabs[i], bound);
	list_tabs_end_html(h);
}

/* ---- order */

enum list_order list_order(const struct web_request *rq)
{
	struct str order = web_text(rq, "order");

	return str_equal_c(order, "up")	    ? LIST_UP
	       : str_equal_c(order, "down") ? LIST_DOWN
					    : LIST_UNSORTED;
}

struct column list_sorted(const struct web_request *rq, struct str label)
{
	bool up = list_order(rq) == LIST_UP;

	return (struct column){
		.label = label,
		.sort_href = list_href_with(rq, "order", up ? STR("down") : STR("up")),
		.sorted_up = up,
		.sorted_down = list_order(rq) == LIST_DOWN,
	};
}

/* ---- below the rows */

static struct str how_many(const struct web_request *rq, size_t shown, struct opt_int all,
			   int64_t bound, bool whole)
{
	struct arena *a = rq->ctx.arena;

	if (whole)
		return str_format(a, "共 %zu 条", shown);
	if (!all.known)
		return str_format(a, "本页 %zu 条", shown);
	return all.v < bound ? str_format(a, "共 %lld 条", (long long)all.v) :
			       str_format(a, "超过 %lld 条", (long long)bound);
}

struct list_foot list_foot(const struct web_request *rq, size_t shown, struct opt_int all,
			   int64_t bound, struct str next, enum list_files files)
{
	bool first = list_place(rq).len == 0;
	struct list_foot f = { .pager = { .next_href = list_next_href(rq, next) } };

	if (shown > 0)
		f.pager.summary = how_many(rq, shown, all, bound, first && next.len == 0);
	if (!first)
		f.pager.first_href = list_href(rq, "");
	if (files == LIST_WITH_FILES && shown > 0) {
		f.csv_href = list_href(rq, ".csv");
		f.xlsx_href = list_href(rq, ".xlsx");
	}
	return f;
}

void list_end(struct html *h, const struct list_foot *f)
{
	html_pager(h, &f->pager);
	if (f->csv_href.len > 0)
		list_files_html(h, f);
}

json_t *list_as_json(const struct web_request *rq, json_t *items, struct str next)
{
	struct str href = list_next_href(rq, next);
	json_t *out = json_pack("{s:o}", "items", items);

	if (href.len > 0)
		json_object_set_new(out, "next", json_text(href));
	return out;
}

void list_history(struct html *h, const struct history_line *lines, size_t count)
{
	list_history_html(h, lines, count);
}

json_t *list_history_json(struct arena *a, const struct history_line *lines, size_t count)
{
	json_t *out = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "at", json_text(instant_iso(a, lines[i].at)));
		json_object_set_new(one, "who", json_text(lines[i].who));
		json_object_set_new(one, "what", json_text(lines[i].what));
		json_object_set_new(one, "reason", json_text(lines[i].reason));
		json_array_append_new(out, one);
	}
	return out;
}
