/* desk_answer_pages.c - the desk: an answer written anew for all, reviewed, public, withdrawn. */
#include "base/json.h"
#include "account/permission.h"
#include "apply/answer_view.h"
#include "apply_html.h"
#include "request/request_pages.h"

enum { ROWS = 50 };

static bool read_page(struct ctx *ctx, struct opt_int scope, int64_t before, size_t max,
		      struct desk_answers_view *v, struct err *err)
{
	struct request_units units;
	struct request *requests;
	struct answer *list;

	if (!answer_list(ctx, scope, before, max, &list, &v->count, err) ||
	    !request_units_load(ctx, &units, err))
		return false;
	struct request_id *ids = ARENA_ARRAY(ctx->arena, v->count, struct request_id);
	for (size_t i = 0; i < v->count; i++)
		ids[i] = list[i].request;
	if (!request_find_many(ctx, ids, v->count, &requests, err))
		return false;
	struct desk_answer_row *rows = ARENA_ARRAY(ctx->arena, v->count, struct desk_answer_row);
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct desk_answer_row){ &list[i],
						    request_unit_name(&units, list[i].unit.n),
						    requests[i].number };
	v->rows = rows;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, list[v->count - 1].id.n);
	return true;
}

static bool load(struct web_request *rq, struct desk_answers_view *v, struct err *err)
{
	return list_filter_good(rq, err) &&
	       read_page(&rq->ctx, request_scope(rq), list_place_id(rq), ROWS, v, err);
}

bool desk_answers_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_answers_view v = { .count = 0 };

	if (!load(rq, &v, err))
		return false;
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	struct page page = { .title = STR("向社会公开的答复"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	desk_answers_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *row_json(struct arena *a, const struct desk_answer_row *row)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(row->a->id.n));
	json_object_set_new(out, "request", json_text(row->number));
	json_object_set_new(out, "unit", json_text(row->unit));
	json_object_set_new(out, "state", json_text(answer_state_code(row->a->state)));
	json_object_set_new(out, "title", json_text(row->a->text.title));
	json_object_set_new(out, "answer", json_text(row->a->text.answer));
	json_object_set_new(out, "place", json_text(row->a->text.place));
	json_object_set_new(out, "review", json_text(row->a->review));
	json_object_set_new(out, "public_on", json_day(a, row->a->public_on));
	json_object_set_new(out, "withdrawn_on", json_day(a, row->a->withdrawn_on));
	return out;
}

bool desk_answers_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_answers_view v = { .count = 0 };
	json_t *items = json_array();

	if (!load(rq, &v, err)) {
		json_decref(items);
		return false;
	}
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, row_json(rq->ctx.arena, &v.rows[i]));
	return web_json(rp, list_as_json(rq, items, v.next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct opt_int *scope = arg;
	struct desk_answers_view v = { .count = 0 };

	if (!read_page(ctx, *scope, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct answer *a = v.rows[i].a;
		const struct str cells[] = {
			a->text.title,
			v.rows[i].unit,
			v.rows[i].number,
			a->text.answer,
			a->text.place,
			a->drafted_person,
			answer_state_label(a->state),
			list_day(ctx->arena, a->public_on),
			list_day(ctx->arena, a->withdrawn_on),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

bool desk_answers_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("名称"),	 STR_INIT("单位"),
					    STR_INIT("申请"),	 STR_INIT("答复的内容"),
					    STR_INIT("获取途径"), STR_INIT("拟写人"),
					    STR_INIT("状态"),	 STR_INIT("公开日期"),
					    STR_INIT("撤下日期") };
	struct opt_int scope = request_scope(rq);
	const struct list_file file = { STR("向社会公开的答复"), heads, COUNT_OF(heads), give_page,
					&scope };

	return list_send(rq, rp, &file, err);
}

/* ---- one */

static bool of_path(struct web_request *rq, struct answer *a, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "answer.none", "?");
	if (!answer_find(&rq->ctx, (struct answer_id){ id }, a, err))
		return false;
	return a->unit.n == rq->ctx.actor.unit_id || web_may(rq, PERM_SITE_READ) ||
	       err_set(err, ERR_NOT_FOUND, "answer.none", "%lld", (long long)id);
}

/* What was typed stands again, whichever of the forms of the page it was. */
static void refill(struct web_request *rq, struct desk_answer_view *v)
{
	if (rq->method != METHOD_POST)
		return;
	if (str_ends(rq->path, STR("/publish")))
		v->review = web_text(rq, "review");
	else if (str_ends(rq->path, STR("/withdraw")))
		v->reason = web_text(rq, "reason");
	else
		v->text = (struct answer_text){ web_text(rq, "title"), web_text(rq, "answer"),
						web_text(rq, "place") };
}

static bool draw(struct web_request *rq, struct web_reply *rp, struct desk_answer_view *v,
		 struct err *err)
{
	struct unit unit;

	if (!agency_unit(&rq->ctx, v->r->unit, &unit, err))
		return false;
	v->unit = unit.name;
	refill(rq, v);
	struct str title = v->a != NULL ? v->a->text.title : STR("向社会公开答复");
	struct crumb crumbs[] = { { STR("向社会公开的答复"), STR("/desk/answers") },
				  { title, STR_NONE } };
	struct page page = { .title = title,
			     .errors = v->form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	if (v->a != NULL)
		page.json = str_format(rq->ctx.arena, "/desk/answers/%lld.json",
				       (long long)v->a->id.n);
	struct html *h = web_page_begin(rq, rp, &page);
	desk_answer_html(h, v);
	web_page_end(rq, rp, &page);
	return true;
}

bool desk_answer_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_answer_view v = { .form = web_form_state(rq) };
	struct request r;
	struct answer a;

	if (!of_path(rq, &a, err) || !request_find(&rq->ctx, a.request, &r, err))
		return false;
	bool own = a.unit.n == rq->ctx.actor.unit_id;
	bool draft = a.state == ANSWER_DRAFT, decides = own && web_may(rq, PERM_REQUEST_DECIDE);
	v.a = &a;
	v.r = &r;
	v.text = a.text;
	v.action = str_format(rq->ctx.arena, "/desk/answers/%lld/edit", (long long)a.id.n);
	v.may_edit = own && draft && web_may(rq, PERM_REQUEST_WRITE);
	v.same_person = a.drafted_by == rq->ctx.actor.account_id;
	v.may_publish = decides && draft && !v.same_person;
	v.may_withdraw = decides && a.state != ANSWER_WITHDRAWN;
	return draw(rq, rp, &v, err);
}

bool desk_answer_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request_units units;
	struct request r;
	struct answer a;

	if (!of_path(rq, &a, err) || !request_find(&rq->ctx, a.request, &r, err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	web_version(rq, a.version);
	struct desk_answer_row row = { &a, request_unit_name(&units, a.unit.n), r.number };
	return web_json(rp, row_json(rq->ctx.arena, &row));
}

bool desk_answer_new_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_answer_view v = { .form = web_form_state(rq) };
	struct err why = { 0 };
	struct request r;

	if (!request_of_path(rq, &r, err))
		return false;
	v.r = &r;
	v.action = str_format(rq->ctx.arena, "/desk/requests/%lld/make-public", (long long)r.id.n);
	v.may_edit = answer_may(&rq->ctx, &r, &why);
	if (!v.may_edit)
		v.why_not = err_text(rq->ctx.arena, rq->ctx.locale, &why);
	return draw(rq, rp, &v, err);
}

static struct answer_text typed(const struct web_request *rq)
{
	return (struct answer_text){ web_text(rq, "title"), web_text(rq, "answer"),
				     web_text(rq, "place") };
}

static struct str href(struct web_request *rq, struct answer_id id)
{
	return str_format(rq->ctx.arena, "/desk/answers/%lld", (long long)id.n);
}

bool desk_answer_new_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answer_text in = typed(rq);
	struct answer_id id;
	struct request r;

	return request_of_path(rq, &r, err) && answer_draft(&rq->ctx, r.id, &in, &id, err) &&
	       web_created(rp, href(rq, id), "answer.drafted");
}

bool desk_answer_edit_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answer_text in = typed(rq);
	struct answer a;

	if (!of_path(rq, &a, err))
		return false;
	web_version(rq, a.version);
	return answer_edit(&rq->ctx, a.id, web_int(rq, "version", 0), &in, err) &&
	       web_redirect(rp, href(rq, a.id), "answer.saved");
}

bool desk_answer_publish_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answer a;

	if (!of_path(rq, &a, err))
		return false;
	web_version(rq, a.version);
	return answer_publish(&rq->ctx, a.id, web_int(rq, "version", 0), web_text(rq, "review"),
			      err) &&
	       web_redirect(rp, href(rq, a.id), "answer.published");
}

bool desk_answer_withdraw_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answer a;

	return of_path(rq, &a, err) &&
	       answer_withdraw(&rq->ctx, a.id, web_text(rq, "reason"), err) &&
	       web_redirect(rp, href(rq, a.id), "answer.withdrawn");
}
