/*
 * report_api.c - published reports for machines.
 */
#include "base/asset.h"
#include "base/json.h"
#include "report/edge_pages.h"

json_t *api_date(struct arena *a, struct opt_date d)
{
	return d.known ? json_text(date_iso(a, d.v)) : json_null();
}

bool api_send(struct web_reply *rp, json_t *value)
{
	return web_json(rp, value);
}

/* Written by content_json_text, not web_json: the same bytes as the command gives. */
bool report_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct edge_report e;
	struct report_content c;

	if (!edge_report(rq, &e, err) || !report_load(&rq->ctx, &e.report, 0, &c, err))
		return false;
	return web_bytes(rp, "application/json; charset=utf-8",
			 content_json_text(web_reply_arena(rp), &c), SHOW_INLINE, STR_NONE);
}

bool list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_listing *all;
	struct arena *a = rq->ctx.arena;
	struct str unit = web_text(rq, "unit");
	size_t count;

	if (!report_published_all(&rq->ctx, &all, &count, err))
		return false;
	json_t *list = json_array(), *j = json_object();
	for (size_t i = 0; i < count; i++) {
		if (web_int(rq, "year", all[i].year) != all[i].year ||
		    (unit.len > 0 && !str_equal(unit, all[i].unit_code)))
			continue;
		json_t *one = json_object();
		json_object_set_new(one, "year", json_integer(all[i].year));
		json_object_set_new(one, "unit_code", json_text(all[i].unit_code));
		json_object_set_new(one, "unit_name", json_text(all[i].unit_name));
		json_object_set_new(one, "rolls_up", json_boolean(all[i].rolls_up));
		json_object_set_new(one, "published_on",
				    json_text(date_iso(a, all[i].published_on)));
		json_object_set_new(one, "href",
				    json_text(str_format(a, "/reports/%d/" STR_FMT ".json",
							all[i].year, STR_ARG(all[i].unit_code))));
		json_array_append_new(list, one);
	}
	json_object_set_new(j, "reports", list);
	return web_json(rp, j);
}

bool schema_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct asset *asset = asset_find(STR("docs/schema/report.schema.json"));

	(void)rq;
	if (asset == NULL)
		return err_set(err, ERR_INTERNAL, "report.no_default_words", " ");
	return web_bytes(rp, "application/schema+json", asset_text(asset), SHOW_INLINE, STR_NONE);
}
