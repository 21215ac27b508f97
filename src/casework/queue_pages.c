/* queue_pages.c - what is to be done: whose, how late; and who has how much. */
#include "base/json.h"
#include "casework/casework_view.h"
#include "casework/export_view.h"
#include "casework_html.h"

enum { QUEUE_ROWS = 50, EXCERPT = 40 };

static const char *const list_codes[] = { "mine",    "unclaimed",   "open",	      "yellow",
					  "late",    "red",	    "black",	      "unfiled",
					  "closed",  "closed_late", "closed_in_time", NULL };

const struct field queue_query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = list_codes },
	REQUEST_UNIT_FIELD("承办单位"),
	{ .name = "year", .label = "办结年份", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	LIST_PLACE,
	FIELD_END
};

/* ---- shared */

enum tag_colour card_colour(enum case_card card)
{
	switch (card) {
	case CARD_YELLOW: return TAG_YELLOW;
	case CARD_RED: return TAG_RED;
	case CARD_BLACK: return TAG_BLACK;
	case CARD_NONE: break;
	}
	return TAG_GREY;
}

struct str excerpt_of(struct arena *a, struct str text)
{
	return list_excerpt(a, text, EXCERPT);
}

/* ---- which list */

/* Somebody of a unit sees their own; who sees all units chooses one, or none. */
static bool read_filter(struct web_request *rq, struct queue_filter *f, struct err *err)
{
	struct str list = web_text(rq, "list");
	bool all = web_may(rq, PERM_SITE_READ);

	*f = (struct queue_filter){ .queue = all ? QUEUE_OPEN : QUEUE_MINE,
				    .person = { rq->ctx.actor.account_id },
				    .year = (int)web_int(rq, "year", date_year(rq->ctx.today)) };
	if (list.len > 0)
		(void)desk_queue_from(list, &f->queue); /* the field's choices are these codes */
	if (!list_filter_good(rq, err) || !request_unit_asked(rq, &f->unit, err))
		return false;
	bool of_unit = f->queue == QUEUE_MINE || f->queue == QUEUE_UNCLAIMED ||
		       f->queue >= QUEUE_UNFILED;
	if (of_unit && !f->unit.known)
		f->unit = (struct opt_int){ true, rq->ctx.actor.unit_id };
	return true;
}

static void fill_tabs(struct web_request *rq, struct queue_view *v, const struct queue_filter *f,
		      const struct desk_counts *c)
{
	static const enum desk_queue offered[] = { QUEUE_MINE, QUEUE_UNCLAIMED, QUEUE_YELLOW,
						   QUEUE_RED,  QUEUE_BLACK,	QUEUE_OPEN,
						   QUEUE_UNFILED };
	struct list_tab *tabs = ARENA_ARRAY(rq->ctx.arena, COUNT_OF(offered), struct list_tab);

	for (size_t i = 0; i < COUNT_OF(offered); i++) {
		enum desk_queue q = offered[i];
		bool of_unit = q == QUEUE_MINE || q == QUEUE_UNCLAIMED || q == QUEUE_UNFILED;
		if (v->all_units && of_unit)
			continue;
		tabs[v->tabs_count++] = (struct list_tab){
			.label = desk_queue_label(q),
			.href = list_href_with(rq, "list", desk_queue_code(q)),
			.count = { true, c->of[q] },
			.current = q == f->queue,
			.late = (q == QUEUE_RED || q == QUEUE_BLACK) && c->of[q] > 0,
		};
	}
	v->tabs = tabs;
}

/* The few people of a unit are read once, not for each row. */
static struct str person_of(const struct case_person *people, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (people[i].id.n == id)
			return people[i].person;
	return id == 0 ? STR("待认领") : STR("（已不在岗）");
}

static bool fill_rows(struct web_request *rq, struct queue_view *v, const struct queue_filter *f,
		      const struct desk_counts *c, struct err *err)
{
	struct request_units units;
	struct case_person *people;
	struct request *found;
	struct card_days days;
	size_t people_count = 0;

	if (!desk_queue_page(&rq->ctx, f, list_place(rq), QUEUE_ROWS, &found, &v->count, &v->after,
			     err) ||
	    !request_units_load(&rq->ctx, &units, err) ||
	    !case_card_days(&rq->ctx, &days, err) ||
	    (f->unit.known && !case_people(&rq->ctx, (struct unit_id){ f->unit.v }, &people,
					   &people_count, err)))
		return false;
	struct queue_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct queue_row);
	for (size_t i = 0; i < v->count; i++) {
		const struct request *r = &found[i];
		rows[i] = (struct queue_row){
			.r = r,
			.unit = request_unit_name(&units, r->unit.n),
			.content = excerpt_of(rq->ctx.arena, r->content),
			.colour = request_state_colour(r->state),
			.card = r->closed_on.known ? CARD_NONE : case_card_of(&days, r->due),
		};
		rows[i].handler =
			f->unit.known ? person_of(people, people_count, r->handler) : STR_NONE;
	}
	v->rows = rows;
	struct opt_int all = { f->queue < QUEUE_CLOSED, c->of[f->queue] };
	v->foot = list_foot(rq, v->count, all, DESK_COUNT_MAX, v->after, LIST_WITH_FILES);
	return true;
}

bool queue_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct queue_view v = { .form = web_form_state(rq),
				.all_units = web_may(rq, PERM_SITE_READ) };
	struct desk_counts counts;
	struct queue_filter f;

	if (!read_filter(rq, &f, err) || !desk_counts(&rq->ctx, f.unit, f.person, &counts, err) ||
	    !fill_rows(rq, &v, &f, &counts, err))
		return false;
	v.title = desk_queue_label(f.queue);
	v.next = f.queue == QUEUE_MINE ? counts.next : (struct opt_date){ .known = false };
	fill_tabs(rq, &v, &f, &counts);
	struct page page = { .title = v.title, .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	queue_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *counts_json(const struct desk_counts *c)
{
	json_t *out = json_object();

	for (int q = 0; q < QUEUE_CLOSED; q++)
		json_object_set_new(out, desk_queue_code((enum desk_queue)q).ptr,
				    json_integer(c->of[q]));
	json_object_set_new(out, "tasks", json_integer(c->tasks));
	json_object_set_new(out, "orders", json_integer(c->orders));
	return out;
}

bool queue_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct desk_counts counts;
	struct queue_view v = { .count = 0 };
	struct queue_filter f;

	if (!read_filter(rq, &f, err) || !desk_counts(&rq->ctx, f.unit, f.person, &counts, err) ||
	    !fill_rows(rq, &v, &f, &counts, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++) {
		json_t *one = request_json(a, v.rows[i].r, v.rows[i].unit);
		struct str card = case_card_code(v.rows[i].card), who = v.rows[i].handler;
		json_object_set_new(one, "card", json_text(card));
		json_object_set_new(one, "handler", json_text(who));
		json_array_append_new(items, one);
	}
	json_t *out = list_as_json(rq, items, v.after);
	json_object_set_new(out, "counts", counts_json(&counts));
	return web_json(rp, out);
}

/* ---- files */

static bool next_page(struct ctx *ctx, const void *arg, struct str place, size_t max,
		      struct request **rows, size_t *count, struct str *next, struct err *err)
{
	return desk_queue_page(ctx, arg, place, max, rows, count, next, err);
}

bool queue_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct queue_filter f;

	if (!read_filter(rq, &f, err))
		return false;
	struct export_source source = { next_page, &f, desk_queue_label(f.queue), true };
	return export_send(rq, rp, &source, err);
}

/* ---- who has how much */

static void fill_people(struct web_request *rq, struct workload_view *v)
{
	struct arena *a = rq->ctx.arena;

	v->people = ARENA_ARRAY(a, v->count, struct choice);
	v->targets = ARENA_ARRAY(a, v->count, struct choice);
	for (size_t i = 0; i < v->count; i++) {
		struct str id = str_format(a, "%lld", (long long)v->rows[i].id.n);
		v->targets[i] = (struct choice){ .value = id, .label = v->rows[i].person };
		if (i > 0)
			v->people[v->people_count++] = v->targets[i];
	}
}

static bool load_workload(struct web_request *rq, struct workload_view *v, struct err *err)
{
	struct unit_id id = { rq->ctx.actor.unit_id };
	struct desk_load *rows;
	struct unit unit;

	if (!agency_unit(&rq->ctx, id, &unit, err) ||
	    !desk_workload(&rq->ctx, id, &rows, &v->count, err))
		return false;
	v->unit = unit.name;
	v->rows = rows;
	return true;
}

bool workload_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct workload_view v = { .form = web_form_state(rq),
				   .may_move = web_may(rq, PERM_REQUEST_ASSIGN) };

	if (!load_workload(rq, &v, err))
		return false;
	fill_people(rq, &v);
	if (rq->method == METHOD_POST) {
		v.from = web_text(rq, "from");
		v.to = web_text(rq, "to");
		v.reason = web_text(rq, "reason");
	}
	struct page page = { .title = STR("承办情况"), .errors = v.form.errors_count,
			     .json = STR("/desk/workload.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	workload_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool workload_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct workload_view v = { .count = 0 };

	if (!load_workload(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++) {
		const struct desk_load *l = &v.rows[i];
		json_array_append_new(
			items, json_pack("{s:I, s:s%, s:I, s:I, s:I, s:o}", "account",
					 (json_int_t)l->id.n, "person", l->person.ptr,
					 l->person.len, "open", (json_int_t)l->open, "late",
					 (json_int_t)l->late, "soon", (json_int_t)l->soon,
					 "next_due", json_day(rq->ctx.arena, l->next)));
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

bool hand_over_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct account_id from = { web_int(rq, "from", 0) }, to = { web_int(rq, "to", 0) };
	int64_t moved, left;

	if (!case_hand_over(&rq->ctx, from, to, web_text(rq, "reason"), &moved, &left, err))
		return false;
	return web_redirect(rp, STR("/desk/workload"),
			    left > 0 ? "casework.handed_over_partly" : "casework.handed_over");
}
