/* reply_queue_pages.c - replies that wait in a gate, and which gates a unit has. */
#include "base/limits.h"
#include "reply/reply_view.h"
#include "reply_html.h"

enum { QUEUE_MAX = 200, CONTENT_SHOWN = 90 };

static struct str shortened(struct str s)
{
	size_t end = s.len < CONTENT_SHOWN ? s.len : CONTENT_SHOWN;

	while (end > 0 && end < s.len && ((unsigned char)s.ptr[end] & 0xc0) == 0x80)
		end--;
	return str_slice(s, 0, end);
}

static bool add_row(struct web_request *rq, const struct reply *reply, struct reply_queue_view *v,
		    struct reply_queue_row *rows, const struct request_units *units,
		    struct err *err)
{
	struct request *r = ARENA_NEW(rq->ctx.arena, struct request);

	if (!request_find(&rq->ctx, reply->request, r, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && !request_is_own(rq, r))
		return true;
	bool mine = false;
	static const enum reply_verb next[] = { REPLY_AGREE, REPLY_ADVISE, REPLY_SIGN };
	for (size_t i = 0; i < COUNT_OF(next); i++) {
		const struct reply_transition *t = reply_transition(reply->stage, next[i]);
		mine = mine || (t != NULL && web_may(rq, t->who) && request_is_own(rq, r));
	}
	rows[v->count++] = (struct reply_queue_row){
		.r = r,
		.unit = request_unit_name(units, r->unit.n),
		.content = shortened(r->content),
		.stage = reply_stage_label(reply->stage),
		.by = reply->changed_by,
		.since = reply->changed_at,
		.mine = mine,
		.late = r->due.known && date_compare(r->due.v, rq->ctx.today) < 0,
	};
	return true;
}

bool reply_queue_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const enum reply_stage stages[] = { REPLY_REVIEW, REPLY_ADVICE, REPLY_SIGNING,
						   REPLY_DRAFTING };
	struct reply_queue_row *rows = ARENA_ARRAY(
		rq->ctx.arena, (size_t)QUEUE_MAX * COUNT_OF(stages), struct reply_queue_row);
	struct reply_queue_view v = { .rows = rows };
	struct request_units units;
	struct reply *list;
	size_t count;

	if (!request_units_load(&rq->ctx, &units, err))
		return false;
	for (size_t s = 0; s < COUNT_OF(stages); s++) {
		if (!reply_waiting(&rq->ctx, stages[s], 0, QUEUE_MAX, &list, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!add_row(rq, &list[i], &v, rows, &units, err))
				return false;
	}
	struct page page = { .title = STR("在办的答复") };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_queue_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
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
