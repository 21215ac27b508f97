/* order_pages.c - letters of supervision, from both ends; and the thresholds of cards. */
#include "base/json.h"
#include "base/limits.h"
#include "casework/casework_view.h"
#include "casework_html.h"

enum { ORDER_ROWS = 50 };

struct order_row order_row_of(struct arena *a, const struct case_order *o,
			      const struct request_units *units, struct str request_number,
			      struct date today)
{
	return (struct order_row){ .o = o,
				   .number = order_number(a, o),
				   .unit = request_unit_name(units, o->unit.n),
				   .request_number = request_number,
				   .late = !o->answered_on.known && !o->closed_on.known &&
					   date_compare(o->due_on, today) < 0 };
}

static bool number_of_request(struct ctx *ctx, const struct case_order *o, struct str *out,
			      struct err *err)
{
	struct request r;

	*out = STR_NONE;
	if (!o->request.known)
		return true;
	if (!request_find(ctx, (struct request_id){ o->request.v }, &r, err))
		return false;
	*out = r.number;
	return true;
}

/* Empty where the letter is about no request. */
static bool numbers_of_requests(struct ctx *ctx, const struct case_order *list, size_t count,
				struct str **out, struct err *err)
{
	struct request_id *ids = ARENA_ARRAY(ctx->arena, count, struct request_id);
	struct request *requests;
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].request.known)
			ids[n++] = (struct request_id){ list[i].request.v };
	if (!request_find_many(ctx, ids, n, &requests, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, count, struct str);
	n = 0;
	for (size_t i = 0; i < count; i++)
		(*out)[i] = list[i].request.known ? requests[n++].number : STR_NONE;
	return true;
}

static bool read_page(struct ctx *ctx, struct opt_int scope, int64_t before, size_t max,
		      struct order_list_view *v, struct err *err)
{
	struct request_units units;
	struct case_order *list;
	struct str *numbers;

	if (!order_list(ctx, scope, before, max, &list, &v->count, err) ||
	    !request_units_load(ctx, &units, err) ||
	    !numbers_of_requests(ctx, list, v->count, &numbers, err))
		return false;
	struct order_row *rows = ARENA_ARRAY(ctx->arena, v->count, struct order_row);
	for (size_t i = 0; i < v->count; i++)
		rows[i] = order_row_of(ctx->arena, &list[i], &units, numbers[i], ctx->today);
	v->rows = rows;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, list[v->count - 1].id.n);
	return true;
}

static bool load(struct web_request *rq, struct order_list_view *v, struct err *err)
{
	return list_filter_good(rq, err) && read_page(&rq->ctx, request_scope(rq),
						      list_place_id(rq), ORDER_ROWS, v, err);
}

bool order_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct order_list_view v = { .count = 0 };

	if (!load(rq, &v, err))
		return false;
	v.may_issue = web_may(rq, PERM_SUPERVISE);
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	struct page page = { .title = STR("督办"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	order_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *order_json(struct arena *a, const struct order_row *row)
{
	const struct case_order *o = row->o;
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(o->id.n));
	json_object_set_new(out, "number", json_text(row->number));
	json_object_set_new(out, "unit", json_text(row->unit));
	json_object_set_new(out, "request", json_text(row->request_number));
	json_object_set_new(out, "text", json_text(o->text));
	json_object_set_new(out, "issued_on", json_text(date_iso(a, o->issued_on)));
	json_object_set_new(out, "due_on", json_text(date_iso(a, o->due_on)));
	json_object_set_new(out, "answer", json_text(o->answer));
	json_object_set_new(out, "answered_on", json_day(a, o->answered_on));
	json_object_set_new(out, "closed_on", json_day(a, o->closed_on));
	return out;
}

bool order_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct order_list_view v = { .count = 0 };

	if (!load(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, order_json(rq->ctx.arena, &v.rows[i]));
	return web_json(rp, list_as_json(rq, items, v.next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct opt_int *scope = arg;
	struct order_list_view v = { .count = 0 };

	if (!read_page(ctx, *scope, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct case_order *o = v.rows[i].o;
		const struct str cells[] = {
			v.rows[i].number,
			v.rows[i].unit,
			o->text,
			v.rows[i].request_number,
			date_iso(ctx->arena, o->issued_on),
			date_iso(ctx->arena, o->due_on),
			o->answer,
			list_day(ctx->arena, o->answered_on),
			list_day(ctx->arena, o->closed_on),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

bool order_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("文号"),	 STR_INIT("单位"),
					    STR_INIT("要求"),	 STR_INIT("所涉申请"),
					    STR_INIT("发出日期"), STR_INIT("报送期限"),
					    STR_INIT("办理情况"), STR_INIT("报送日期"),
					    STR_INIT("办结日期") };
	struct opt_int scope = request_scope(rq);
	const struct list_file file = { STR("督办"), heads, COUNT_OF(heads), give_page, &scope };

	return list_send(rq, rp, &file, err);
}

/* ---- a letter to a unit, about no single case */

bool order_new_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct order_new_view v = { .form = web_form_state(rq) };
	struct request_units units;

	if (!request_units_load(&rq->ctx, &units, err))
		return false;
	v.units_count = units.count;
	v.units = ARENA_ARRAY(rq->ctx.arena, units.count, struct choice);
	for (size_t i = 0; i < units.count; i++)
		v.units[i] = (struct choice){
			.value = str_format(rq->ctx.arena, "%lld", (long long)units.list[i].id.n),
			.label = units.list[i].name,
		};
	if (rq->method == METHOD_POST) {
		v.unit = web_text(rq, "unit");
		v.text = web_text(rq, "text");
		v.due_on = web_text(rq, "due_on");
	}
	struct crumb crumbs[] = { { STR("督办"), STR("/desk/orders") }, { STR("发出督办"), STR_NONE } };
	struct page page = { .title = STR("发出督办"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	order_new_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str order_href(struct web_request *rq, struct order_id id)
{
	return str_format(rq->ctx.arena, "/desk/orders/%lld", (long long)id.n);
}

bool order_new_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct order_new in = { .unit = { web_int(rq, "unit", 0) },
				.text = web_text(rq, "text"),
				.due_on = web_date(rq, "due_on").v };
	struct order_id id;

	return order_issue(&rq->ctx, &in, &id, err) &&
	       web_created(rp, order_href(rq, id), "casework.order_sent");
}

/* ---- one */

static bool of_path(struct web_request *rq, struct case_order *o, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "casework.no_order", "?");
	if (!order_find(&rq->ctx, (struct order_id){ id }, o, err))
		return false;
	return o->unit.n == rq->ctx.actor.unit_id || web_may(rq, PERM_SITE_READ) ||
	       err_set(err, ERR_NOT_FOUND, "casework.no_order", "%lld", (long long)id);
}

bool order_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct order_view v = { .form = web_form_state(rq) };
	struct request_units units;
	struct case_order o;
	struct str number;

	if (!of_path(rq, &o, err) || !number_of_request(&rq->ctx, &o, &number, err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	v.row = order_row_of(rq->ctx.arena, &o, &units, number, rq->ctx.today);
	v.may_answer = !o.answered_on.known && !o.closed_on.known &&
		       o.unit.n == rq->ctx.actor.unit_id && web_may(rq, PERM_REQUEST_ASSIGN);
	v.may_judge = o.answered_on.known && !o.closed_on.known && web_may(rq, PERM_SUPERVISE);
	struct crumb crumbs[] = { { STR("督办"), STR("/desk/orders") }, { v.row.number, STR_NONE } };
	struct page page = { .title = v.row.number, .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	order_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool order_answer_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_order o;

	return of_path(rq, &o, err) &&
	       order_answer(&rq->ctx, o.id, web_text(rq, "answer"), err) &&
	       web_redirect(rp, order_href(rq, o.id), "request.step_taken");
}

bool order_close_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_order o;

	return of_path(rq, &o, err) && order_close(&rq->ctx, o.id, err) &&
	       web_redirect(rp, order_href(rq, o.id), "request.step_taken");
}

bool order_back_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_order o;

	return of_path(rq, &o, err) &&
	       order_send_back(&rq->ctx, o.id, web_date(rq, "due_on").v, web_text(rq, "reason"),
			       err) &&
	       web_redirect(rp, order_href(rq, o.id), "request.step_taken");
}

/* ---- thresholds */

bool cards_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct cards_view v = { .form = web_form_state(rq) };
	struct arena *a = rq->ctx.arena;
	struct card_limits limits;

	if (!case_card_limits(&rq->ctx, &limits, err))
		return false;
	bool again = rq->method == METHOD_POST;
	v.yellow = again ? web_text(rq, "yellow_days") : str_format(a, "%d", limits.yellow_days);
	v.black = again ? web_text(rq, "black_days") : str_format(a, "%d", limits.black_days);
	struct page page = { .title = STR("预警设置"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	cards_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool cards_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct card_limits limits = { (int)web_int(rq, "yellow_days", 0),
				      (int)web_int(rq, "black_days", 0) };

	return case_card_set_limits(&rq->ctx, &limits, err) &&
	       web_redirect(rp, STR("/desk/cards"), "casework.cards_set");
}
