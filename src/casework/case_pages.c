/*
 * case_pages.c - one request: its facts, its clock day by day, what
 * happened, and what may be done next.
 */
#include "base/json.h"
#include "base/limits.h"
#include "apply/apply_panel.h"
#include "casework/casework_view.h"
#include "fee/fee_pages.h"
#include "dispute/dispute_panel.h"
#include "reply/reply_panel.h"
#include "casework_html.h"
#include "identity/identity.h"
#include "notice/notice_panel.h"
#include "request/request_panel.h"
#include "text/number.h"

/* ---- the rest of the case */

static bool fill_clock(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct err why = { 0 };

	v->has_clock = request_clock(&rq->ctx, v->r->id, &v->clock, &why);
	if (v->has_clock)
		return true;
	if (why.code != ERR_CONFLICT && why.code != ERR_LIMIT) {
		*err = why;
		return false;
	}
	v->clock_note = err_text(rq->ctx.arena, rq->ctx.locale, &why);
	return true;
}

/* ---- whose it is, and what others owe to it */

static void fill_may(const struct web_request *rq, struct case_view *v)
{
	bool own = request_is_own(rq, v->r), open = !v->r->closed_on.known;
	bool mine = v->handler.id.n == rq->ctx.actor.account_id, nobodys = v->handler.id.n == 0;
	bool decides = web_may(rq, PERM_REQUEST_DECIDE);

	v->may_claim = own && open && nobodys && web_may(rq, PERM_REQUEST_WRITE);
	v->may_assign = own && open && web_may(rq, PERM_REQUEST_ASSIGN) &&
			(nobodys || mine || decides);
	v->may_return = v->may_assign && !nobodys;
	v->may_note = own;
	v->may_ask = own && open && web_may(rq, PERM_REQUEST_WRITE);
	v->may_remind = open && ((own && decides) || web_may(rq, PERM_SUPERVISE));
	v->may_order = open && web_may(rq, PERM_SUPERVISE);
}

static bool fill_tasks(struct web_request *rq, struct case_view *v,
		       const struct request_units *units, struct err *err)
{
	struct case_task *list;

	if (!task_list(&rq->ctx, v->r->id, &list, &v->tasks_count, err))
		return false;
	struct task_row *rows = ARENA_ARRAY(rq->ctx.arena, v->tasks_count, struct task_row);
	for (size_t i = 0; i < v->tasks_count; i++) {
		rows[i] = task_row_of(&list[i], units, v->r->number, rq->ctx.today);
		v->tasks_open += !list[i].answered_on.known && !list[i].withdrawn_on.known ? 1 : 0;
	}
	v->tasks = rows;
	return true;
}

static bool fill_orders(struct web_request *rq, struct case_view *v,
			const struct request_units *units, struct err *err)
{
	struct case_order *list;

	if (!order_list_of(&rq->ctx, v->r->id, &list, &v->orders_count, err))
		return false;
	struct order_row *rows = ARENA_ARRAY(rq->ctx.arena, v->orders_count, struct order_row);
	for (size_t i = 0; i < v->orders_count; i++)
		rows[i] = order_row_of(rq->ctx.arena, &list[i], units, v->r->number, rq->ctx.today);
	v->orders = rows;
	return true;
}

static bool fill_alike(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct identity who;
	struct alike_row *rows;
	struct alike *list;

	if (!alike_of(&rq->ctx, v->r->id, &list, &v->alike_count, err) ||
	    !alike_rows_of(rq, v->r->applicant_id, list, v->alike_count, &rows, err) ||
	    !hint_of(&rq->ctx, v->r->id, &v->hint, &v->has_hint, err))
		return false;
	v->alike = rows;
	if (v->r->applicant_id.n == 0)
		return true;
	if (!identity_masked(&rq->ctx, v->r->applicant_id, &who, err))
		return false;
	v->applicant = who.erased ? STR("（个人信息已删除）") : who.name;
	return true;
}

/* A reply is made in several steps by several people: the offer names the one that is due. */
static bool fill_actions(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct request_action *list;
	enum reply_stage stage;
	bool replying;

	if (!request_actions(rq, v->r, &list, &v->actions_count, err) ||
	    !reply_stage_now(&rq->ctx, v->r->id, &stage, &replying, err))
		return false;
	for (size_t i = 0; i < v->actions_count; i++) {
		if (replying && list[i].verb == VERB_DECIDE) {
			v->step = reply_stage_next(stage);
			list[i].label = web_may(rq, reply_stage_who(stage)) ? v->step :
									      STR("查看答复");
		}
		if (v->next == NULL && !list[i].secondary)
			v->next = &list[i];
	}
	v->actions = list;
	return true;
}

static bool fill_desk(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct request_units units;
	struct case_note *notes;
	struct card_days days;

	if (!case_card_days(&rq->ctx, &days, err) ||
	    !case_handler(&rq->ctx, v->r->id, &v->handler, err) ||
	    !case_notes(&rq->ctx, v->r->id, &notes, &v->notes_count, err) ||
	    !request_units_load(&rq->ctx, &units, err) || !fill_tasks(rq, v, &units, err) ||
	    !fill_orders(rq, v, &units, err))
		return false;
	v->notes = notes;
	v->card = v->r->closed_on.known ? CARD_NONE : case_card_of(&days, v->r->due);
	fill_may(rq, v);
	if (!fill_alike(rq, v, err))
		return false;
	v->form = web_form_state(rq);
	return true;
}

static bool fill(struct web_request *rq, struct case_view *v, struct request *r,
		 struct err *err)
{
	struct request_inquiry *inquiries;
	struct history_line *lines;
	struct unit unit;

	if (!request_of_path(rq, r, err) || !agency_unit(&rq->ctx, r->unit, &unit, err))
		return false;
	v->r = r;
	v->unit = unit.name;
	v->rule = request_receipt_rule(r->channel)->rule;
	v->colour = request_state_colour(r->state);
	v->result = request_result(r);
	v->kind = request_decision(r->decision);
	if (!fill_clock(rq, v, err) ||
	    !request_inquiries_of(&rq->ctx, r->id, &inquiries, &v->inquiries_count, err) ||
	    !request_fee_find(&rq->ctx, r->id, &v->fee, &v->has_fee, err))
		return false;
	v->inquiries = inquiries;
	if (v->has_fee)
		v->fee_text = money_plain(rq->ctx.arena, v->fee.fen);
	if (!fill_actions(rq, v, err))
		return false;
	if (!timeline_load(&rq->ctx, r->id, &lines, &v->history_count, err))
		return false;
	v->history = lines;
	return fill_desk(rq, v, err);
}

bool case_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;

	if (!fill(rq, &v, &r, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, STR_NONE } };
	struct page page = { .title = str_concat(a, STR("申请"), r.number),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_format(a, "/desk/requests/%lld.json", (long long)r.id.n) };
	struct html *h = web_page_begin(rq, rp, &page);
	case_begin_html(h, &v);
	/* Panels of other rooms, each nothing when it has nothing to say. */
	if (!request_panel(rq, h, &r, err) || !fee_panel(rq, h, &r, err) ||
	    !reply_panel(rq, h, &r, err) || !dispute_panel(rq, h, &r, err) ||
	    !apply_panel(rq, h, &r, err) ||
	    !notice_panel(rq, h, "request", r.id.n, err))
		return false;
	case_end_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- for machines */

static json_t *clock_json(struct arena *a, const struct period_result *clock)
{
	json_t *out = json_object();

	json_object_set_new(out, "due", json_day(a, (struct opt_date){ true, clock->due }));
	json_object_set_new(out, "excluded", json_integer(clock->excluded));
	json_object_set_new(out, "suspended", json_boolean(clock->suspended));
	json_object_set_new(out, "days_left",
			    clock->left_known ? json_integer(clock->days_left) : json_null());
	json_object_set_new(out, "lines", working_json(a, clock));
	return out;
}

static json_t *inquiries_json(struct arena *a, const struct case_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->inquiries_count; i++) {
		const struct request_inquiry *q = &v->inquiries[i];
		json_t *one = json_object();
		json_object_set_new(one, "kind", json_text(inquiry_code(q->kind)));
		json_object_set_new(one, "sent_on",
				    json_day(a, (struct opt_date){ true, q->sent_on }));
		json_object_set_new(one, "target", json_text(q->target));
		json_object_set_new(one, "last_on", json_day(a, q->last_on));
		json_object_set_new(one, "back_on", json_day(a, q->back_on));
		json_object_set_new(one, "answer",
				    q->has_answer ? json_text(inquiry_answer_code(q->answer))
						  : json_null());
		json_array_append_new(out, one);
	}
	return out;
}

bool case_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;

	if (!fill(rq, &v, &r, err))
		return false;
	web_version(rq, r.version);
	json_t *out = request_json(a, &r, v.unit);
	json_object_set_new(out, "clock", v.has_clock ? clock_json(a, &v.clock) : json_null());
	json_object_set_new(out, "inquiries", inquiries_json(a, &v));
	json_object_set_new(out, "history", list_history_json(a, v.history, v.history_count));
	return web_json(rp, out);
}
