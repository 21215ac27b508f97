/* avoided_pages.c - the figure ask.avoided with its records, for everybody. */
#include "statistics/statistics_pages.h"

#include "base/json.h"
#include "statistics/statistics_view.h"
#include "statistics_html.h"

enum { ROWS = 50 };

static bool fill(struct web_request *rq, struct avoided_view *v, struct err *err)
{
	struct scope s = { .year = (int)web_int(rq, "year", date_year(rq->ctx.today)) };
	int64_t unit = web_int(rq, "unit", 0);
	struct record_row *rows;
	struct unit of;

	s.unit = (struct opt_int){ unit != 0, unit };
	if (unit != 0 && !agency_unit(&rq->ctx, (struct unit_id){ unit }, &of, err))
		return false;
	if (!statistics_avoided(&rq->ctx, &s, &v->figure, err) ||
	    !statistics_records_avoided(&rq->ctx, &s, list_place_id(rq), ROWS, &rows, &v->count,
					err))
		return false;
	v->rows = rows;
	v->year = s.year;
	v->this_year = date_year(rq->ctx.today);
	v->unit = unit != 0 ? of.name : STR_NONE;
	if (v->count > 0)
		v->next = list_next_id(rq->ctx.arena, v->count, ROWS, rows[v->count - 1].id);
	v->foot = list_foot(rq, v->count,
			    (struct opt_int){ true, v->figure.hundredths.v / 100 }, INT64_MAX,
			    v->next, LIST_NO_FILES);
	return true;
}

bool avoided_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct avoided_view v = { .count = 0 };

	if (!fill(rq, &v, err))
		return false;
	struct page page = { .title = v.figure.label, .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	statistics_avoided_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool avoided_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct avoided_view v = { .count = 0 };
	struct arena *a = rq->ctx.arena;

	if (!fill(rq, &v, err))
		return false;
	json_t *records = json_array(), *out = json_object();
	for (size_t i = 0; i < v.count; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "title", json_text(v.rows[i].what));
		json_object_set_new(one, "source", json_text(v.rows[i].state));
		json_object_set_new(one, "unit", json_text(v.rows[i].unit_name));
		json_object_set_new(one, "found_on",
				    json_text(date_iso(a, v.rows[i].received_on.v)));
		json_array_append_new(records, one);
	}
	json_object_set_new(out, "year", json_integer(v.year));
	json_object_set_new(out, "key", json_text(v.figure.key));
	json_object_set_new(out, "value", json_integer(v.figure.hundredths.v / 100));
	json_object_set_new(out, "definition", json_text(v.figure.definition));
	json_object_set_new(out, "records", records);
	return web_json(rp, out);
}
