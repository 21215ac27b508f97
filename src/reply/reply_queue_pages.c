/* reply_queue_pages.c - replies that wait in a gate, and which gates a unit has. */
#include "base/json.h"
#include "reply/reply_view.h"
#include "reply_html.h"

enum { QUEUE_ROWS = 50, CONTENT_SHOWN = 40 };

static const char *const stage_codes[] = { "review", "advice", "signing", "drafting", NULL };

const struct field reply_queue_query[] = {
	{ .name = "stage", .label = "环节", .kind = FIELD_CHOICE, .choices = stage_codes },
	REQUEST_UNIT_FIELD("承办单位"),
	LIST_PLACE,
	FIELD_END
};

/* In the order of the tabs: whose turn it is, and by which verb. */
static const struct { enum reply_stage stage; enum reply_verb next; struct str label; } turns[] = {
	{ REPLY_REVIEW, REPLY_AGREE, STR_INIT("待审核") },
	{ REPLY_ADVICE, REPLY_ADVISE, STR_INIT("待法律意见") },
	{ REPLY_SIGNING, REPLY_SIGN, STR_INIT("待签发") },
	{ REPLY_DRAFTING, REPLY_SUBMIT, STR_INIT("拟稿中") },
};

static bool may_take(const struct web_request *rq, size_t gate)
{
	return web_may(rq, reply_transition(turns[gate].stage, turns[gate].next)->who);
}

/* What one may do something about comes first; who may do nothing begins with the first gate. */
static size_t first_gate(const struct web_request *rq, const int64_t *counts)
{
	for (size_t g = 0; g < COUNT_OF(turns); g++)
		if (may_take(rq, g) && counts[g] > 0)
			return g;
	for (size_t g = 0; g < COUNT_OF(turns); g++)
		if (counts[g] > 0)
			return g;
	return 0;
}

/* *gate: which of turns[]. */
static bool read_filter(struct web_request *rq, struct reply_filter *f, size_t *gate,
			int64_t *counts, struct err *err)
{
	struct str stage = web_text(rq, "stage");

	if (!list_filter_good(rq, err) || !request_unit_asked(rq, &f->unit, err))
		return false;
	for (size_t g = 0; g < COUNT_OF(turns); g++) {
		f->stage = turns[g].stage;
		if (!reply_queue_count(&rq->ctx, f, &counts[g], err))
			return false;
	}
	*gate = first_gate(rq, counts);
	for (size_t g = 0; g < COUNT_OF(turns); g++)
		if (str_equal(stage, reply_stage_code(turns[g].stage)))
			*gate = g;
	f->stage = turns[*gate].stage;
	return true;
}

static void fill_tabs(struct web_request *rq, struct reply_queue_view *v, size_t gate,
		      const int64_t *counts)
{
	struct list_tab *tabs = ARENA_ARRAY(rq->ctx.arena, COUNT_OF(turns), struct list_tab);

	for (size_t g = 0; g < COUNT_OF(turns); g++)
		tabs[g] = (struct list_tab){
			.label = turns[g].label,
			.href = list_href_with(rq, "stage", reply_stage_code(turns[g].stage)),
			.count = { true, counts[g] },
			.current = g == gate,
		};
	v->tabs = tabs;
	v->tabs_count = COUNT_OF(turns);
}

static bool fill_rows(struct web_request *rq, struct reply_queue_view *v,
		      const struct reply_filter *f, size_t gate, int64_t all, struct err *err)
{
	struct request_units units;
	struct reply_waiting *list;

	if (!reply_queue(&rq->ctx, f, list_place(rq), QUEUE_ROWS, &list, &v->count, &v->next,
			 err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	struct reply_queue_row *rows =
		ARENA_ARRAY(rq->ctx.arena, v->count, struct reply_queue_row);
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct reply_queue_row){
			.w = &list[i],
			.unit = request_unit_name(&units, list[i].unit.n),
			.content = list_excerpt(rq->ctx.arena, list[i].content, CONTENT_SHOWN),
			.mine = may_take(rq, gate) && list[i].unit.n == rq->ctx.actor.unit_id,
			.late = list[i].due.known &&
				date_compare(list[i].due.v, rq->ctx.today) < 0,
		};
	v->rows = rows;
	v->foot = list_foot(rq, v->count, (struct opt_int){ true, all }, REPLY_COUNT_MAX, v->next,
			    LIST_WITH_FILES);
	return true;
}

bool reply_queue_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_queue_view v = { .all_units = web_may(rq, PERM_SITE_READ) };
	int64_t counts[COUNT_OF(turns)];
	struct reply_filter f;
	size_t gate;

	if (!read_filter(rq, &f, &gate, counts, err) ||
	    !fill_rows(rq, &v, &f, gate, counts[gate], err))
		return false;
	v.title = turns[gate].label;
	fill_tabs(rq, &v, gate, counts);
	struct page page = { .title = STR("在办的答复"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_queue_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *row_json(struct arena *a, const struct reply_queue_row *row,
			enum reply_stage stage)
{
	const struct reply_waiting *w = row->w;
	struct str since = instant_iso(a, w->since), code = reply_stage_code(stage);

	return json_pack("{s:I, s:s%, s:s%, s:s%, s:o, s:s%, s:s%, s:b}", "request",
			 (json_int_t)w->request.n, "number", w->number.ptr, w->number.len, "unit",
			 row->unit.ptr, row->unit.len, "stage", code.ptr, code.len, "due_on",
			 json_day(a, w->due), "by", w->by.ptr, w->by.len, "since",
			 since.ptr, since.len, "mine", (int)row->mine);
}

bool reply_queue_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_queue_view v = { .count = 0 };
	int64_t counts[COUNT_OF(turns)];
	struct reply_filter f;
	size_t gate;

	if (!read_filter(rq, &f, &gate, counts, err) ||
	    !fill_rows(rq, &v, &f, gate, counts[gate], err))
		return false;
	json_t *items = json_array(), *numbers = json_object();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, row_json(rq->ctx.arena, &v.rows[i], f.stage));
	for (size_t g = 0; g < COUNT_OF(turns); g++)
		json_object_set_new(numbers, reply_stage_code(turns[g].stage).ptr,
				    json_integer(counts[g]));
	json_t *out = list_as_json(rq, items, v.next);
	json_object_set_new(out, "counts", numbers);
	return web_json(rp, out);
}

/* ---- as a file */

struct give { struct reply_filter filter; struct request_units units; };

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct reply_waiting *list;
	size_t count;

	if (!reply_queue(ctx, &g->filter, place, LIST_FILE_ROWS, &list, &count, next, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct str cells[] = {
			list[i].number,
			request_unit_name(&g->units, list[i].unit.n),
			list[i].content,
			list[i].by,
			instant_minute(ctx->arena, list[i].since),
			list_day(ctx->arena, list[i].due),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	return true;
}

bool reply_queue_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("登记编号"), STR_INIT("承办单位"),
					    STR_INIT("申请内容"), STR_INIT("最近办理"),
					    STR_INIT("办理时间"), STR_INIT("答复期限") };
	int64_t counts[COUNT_OF(turns)];
	struct give g;
	size_t gate;

	if (!read_filter(rq, &g.filter, &gate, counts, err) ||
	    !request_units_load(&rq->ctx, &g.units, err))
		return false;
	const struct list_file file = { turns[gate].label, heads, COUNT_OF(heads), give_page, &g };
	return list_send(rq, rp, &file, err);
}

/* ---- settings */

static bool load(struct web_request *rq, const struct unit *unit, struct reply_setting_row *row,
		 struct err *err)
{
	row->unit = unit->id;
	row->name = unit->name;
	return gates_of_unit(&rq->ctx, unit->id, &row->gates, err) &&
	       reply_setting_of(&rq->ctx, unit->id, &row->setting, err);
}

bool reply_settings_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_settings_view v = { .count = 0 };
	struct request_units units;

	if (!request_units_load(&rq->ctx, &units, err))
		return false;
	struct reply_setting_row *rows =
		ARENA_ARRAY(rq->ctx.arena, units.count, struct reply_setting_row);
	for (; v.count < units.count; v.count++)
		if (!load(rq, &units.list[v.count], &rows[v.count], err))
			return false;
	v.rows = rows;
	struct page page = { .title = STR("答复环节") };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_settings_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool unit_of_path(struct web_request *rq, struct unit *unit, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "unit", &id))
		return err_set(err, ERR_NOT_FOUND, "agency.no_unit", "?");
	return agency_unit(&rq->ctx, (struct unit_id){ id }, unit, err);
}

bool reply_setting_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_setting_view v = { .form = web_form_state(rq) };
	struct unit unit;

	if (!unit_of_path(rq, &unit, err) || !load(rq, &unit, &v.row, err))
		return false;
	v.years = str_format(rq->ctx.arena, "%d", v.row.setting.years);
	if (rq->method == METHOD_POST) {
		v.row.gates = (struct gates){ web_has(rq, "review"), web_has(rq, "advice"),
					      web_has(rq, "sign_off") };
		v.row.setting.given_and_missing_is_part = web_has(rq, "missing_is_part");
		v.years = web_text(rq, "years");
	}
	struct page page = { .title = STR("答复环节"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_setting_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool reply_setting_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct gates gates = { web_has(rq, "review"), web_has(rq, "advice"),
			       web_has(rq, "sign_off") };
	struct reply_setting setting = { .years = (int)web_int(rq, "years", 0),
					 .given_and_missing_is_part =
						 web_has(rq, "missing_is_part") };
	struct unit unit;

	return unit_of_path(rq, &unit, err) && gates_set(&rq->ctx, unit.id, &gates, err) &&
	       reply_set(&rq->ctx, unit.id, &setting, err) &&
	       web_redirect(rp, STR("/desk/reply-settings"), "reply.saved");
}
