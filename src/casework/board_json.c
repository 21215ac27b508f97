/* board_json.c - the board for programs: of /desk/board.json and of `gongkai board --json`. */
#include "casework/board_json.h"

#include "base/json.h"

static json_t *row_json(struct arena *a, const struct board_row *r)
{
	json_t *out = json_object();

	json_object_set_new(out, "unit", json_text(r->code));
	json_object_set_new(out, "name", json_text(r->name));
	json_object_set_new(out, "open", json_integer(r->open));
	json_object_set_new(out, "unclaimed", json_integer(r->unclaimed));
	json_object_set_new(out, "yellow", json_integer(r->yellow));
	json_object_set_new(out, "red", json_integer(r->red));
	json_object_set_new(out, "black", json_integer(r->black));
	json_object_set_new(out, "oldest_due",
			    r->oldest.known ? json_text(date_iso(a, r->oldest.v)) : json_null());
	json_object_set_new(out, "closed", json_integer(r->closed));
	json_object_set_new(out, "closed_late", json_integer(r->closed_late));
	json_object_set_new(out, "working_days", json_integer(r->days));
	return out;
}

json_t *board_as_json(struct arena *a, const struct board *b)
{
	json_t *units = json_array();

	for (size_t i = 0; i < b->count; i++)
		json_array_append_new(units, row_json(a, &b->rows[i]));
	return json_pack("{s:i, s:o, s:o}", "year", b->year, "units", units, "sum",
			 row_json(a, &b->sum));
}
