/*
 * desk_follow_pages.c - the desk: suggestions for the unit that gave the information, complaints
 * for the body in charge; how forms on the internet are received.
 */
#include "base/json.h"
#include "account/permission.h"
#include "apply/answer.h"
#include "apply/apply_view.h"
#include "apply_html.h"
#include "request/request_pages.h"

enum { ROWS = 50, OPEN_MAX = 200, WAITING_MAX = 100, EXCERPT = 120 };

static enum follow_kind kind_of(const struct web_request *rq)
{
	return str_starts(rq->path, STR("/desk/complaints")) ? FOLLOW_COMPLAINT : FOLLOW_SUGGESTION;
}

static const char *list_path(enum follow_kind kind)
{
	return kind == FOLLOW_COMPLAINT ? "/desk/complaints" : "/desk/suggestions";
}

/* Complaints are the body's in charge, whatever unit they are about. */
static struct opt_int scope(const struct web_request *rq, enum follow_kind kind)
{
	return kind == FOLLOW_COMPLAINT ? (struct opt_int){ 0 } : request_scope(rq);
}

static bool rows_of(struct ctx *ctx, const struct follow *list, size_t count,
		    const struct desk_follow_row **out, struct err *err)
{
	struct desk_follow_row *rows = ARENA_ARRAY(ctx->arena, count, struct desk_follow_row);
	struct request_id *ids = ARENA_ARRAY(ctx->arena, count, struct request_id);
	struct request_units units;
	struct request *requests;

	for (size_t i = 0; i < count; i++)
		ids[i] = list[i].request;
	if (!request_units_load(ctx, &units, err) ||
	    !request_find_many(ctx, ids, count, &requests, err))
		return false;
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct desk_follow_row){
			.f = &list[i],
			.number = requests[i].number,
			.unit = request_unit_name(&units, requests[i].unit.n),
			.excerpt = list_excerpt(ctx->arena, list[i].text, EXCERPT),
		};
	*out = rows;
	return true;
}

static bool fill_waiting(struct web_request *rq, struct desk_follows_view *v, struct err *err)
{
	struct request_id *ids;

	if (!apply_waiting(&rq->ctx, request_scope(rq), WAITING_MAX, &ids, &v->waiting_count, err))
		return false;
	struct request *list;
	if (!request_find_many(&rq->ctx, ids, v->waiting_count, &list, err))
		return false;
	v->waiting = list;
	return true;
}

struct whose { enum follow_kind kind; struct opt_int unit; };

static bool read_page(struct ctx *ctx, const struct whose *w, int64_t before, size_t max,
		      struct desk_follows_view *v, struct err *err)
{
	struct follow *all;

	if (!follow_list(ctx, w->kind, w->unit, before, max, &all, &v->all_count, err) ||
	    !rows_of(ctx, all, v->all_count, &v->all, err))
		return false;
	if (v->all_count > 0)
		v->next = list_next_id(ctx->arena, v->all_count, max, all[v->all_count - 1].id.n);
	return true;
}

static bool load(struct web_request *rq, struct desk_follows_view *v, struct err *err)
{
	struct whose w = { kind_of(rq), scope(rq, kind_of(rq)) };
	struct follow *open;

	v->kind = w.kind;
	v->all_units = !w.unit.known;
	return list_filter_good(rq, err) &&
	       follow_list_open(&rq->ctx, w.kind, w.unit, OPEN_MAX, &open, &v->open_count, err) &&
	       rows_of(&rq->ctx, open, v->open_count, &v->open, err) &&
	       read_page(&rq->ctx, &w, list_place_id(rq), ROWS, v, err) &&
	       (v->kind != FOLLOW_SUGGESTION || fill_waiting(rq, v, err));
}

bool desk_follows_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_follows_view v = { .open_count = 0 };

	if (!load(rq, &v, err))
		return false;
	v.foot = list_foot(rq, v.all_count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	struct page page = { .title = follow_kind_label(v.kind), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	desk_follows_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *row_json(struct arena *a, const struct desk_follow_row *row)
{
	const struct follow *f = row->f;
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(f->id.n));
	json_object_set_new(out, "request", json_text(row->number));
	json_object_set_new(out, "unit", json_text(row->unit));
	json_object_set_new(out, "ground", json_text(follow_ground_code(f->ground)));
	json_object_set_new(out, "text", json_text(f->text));
	json_object_set_new(out, "submitted_on", json_text(date_iso(a, f->submitted_on)));
	json_object_set_new(out, "finding", json_text(follow_finding_code(f->finding)));
	json_object_set_new(out, "answer", json_text(f->answer));
	json_object_set_new(out, "decided_on", json_day(a, f->decided_on));
	return out;
}

bool desk_follows_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_follows_view v = { .open_count = 0 };

	if (!load(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.all_count; i++)
		json_array_append_new(items, row_json(rq->ctx.arena, &v.all[i]));
	json_t *out = list_as_json(rq, items, v.next);
	json_object_set_new(out, "open", json_integer((json_int_t)v.open_count));
	return web_json(rp, out);
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	struct desk_follows_view v = { .open_count = 0 };

	if (!read_page(ctx, arg, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.all_count; i++) {
		const struct follow *f = v.all[i].f;
		const struct str cells[] = {
			v.all[i].number,
			v.all[i].unit,
			follow_ground_label(f->ground),
			f->text,
			date_iso(ctx->arena, f->submitted_on),
			follow_finding_label(f->finding),
			f->answer,
			list_day(ctx->arena, f->decided_on),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

bool desk_follows_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("登记编号"), STR_INIT("单位"),
					    STR_INIT("事项"),	 STR_INIT("内容"),
					    STR_INIT("提交日期"), STR_INIT("处理结果"),
					    STR_INIT("答复"),	 STR_INIT("处理日期") };
	struct whose w = { kind_of(rq), scope(rq, kind_of(rq)) };
	const struct list_file file = { follow_kind_label(w.kind), heads, COUNT_OF(heads),
					give_page, &w };

	return list_send(rq, rp, &file, err);
}

/* ---- one */

static bool of_path(struct web_request *rq, struct follow *f, struct err *err)
{
	enum follow_kind kind = kind_of(rq);
	struct opt_int whose = scope(rq, kind);
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "follow.none", "?");
	if (!follow_find(&rq->ctx, (struct follow_id){ id }, f, err))
		return false;
	return (f->kind == kind && (!whose.known || whose.v == f->unit.n)) ||
	       err_set(err, ERR_NOT_FOUND, "follow.none", "%lld", (long long)id);
}

static void fill_choices(struct desk_follow_view *v)
{
	for (int f = FINDING_OPEN + 1; f < FOLLOW_FINDINGS; f++)
		if (follow_finding_kind((enum follow_finding)f) == v->row.f->kind)
			v->findings[v->findings_count++] = (struct choice){
				.value = follow_finding_code((enum follow_finding)f),
				.label = follow_finding_label((enum follow_finding)f)
			};
}

static bool fill_one(struct web_request *rq, struct desk_follow_view *v, struct follow *f,
		     struct request *r, struct err *err)
{
	struct request_units units;
	struct err ignored = { 0 };

	if (!of_path(rq, f, err) || !request_find(&rq->ctx, f->request, r, err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	bool suggestion = f->kind == FOLLOW_SUGGESTION;
	v->r = r;
	v->row = (struct desk_follow_row){ .f = f,
					   .number = r->number,
					   .unit = request_unit_name(&units, r->unit.n) };
	v->action = str_format(rq->ctx.arena, "%s/%lld", list_path(f->kind), (long long)f->id.n);
	v->may_decide = f->finding == FINDING_OPEN &&
			(suggestion ? web_may(rq, PERM_REQUEST_DECIDE) &&
					      f->unit.n == rq->ctx.actor.unit_id :
				      web_may(rq, PERM_SUPERVISE));
	v->may_publish = f->finding == FINDING_ACCEPTED && web_may(rq, PERM_REQUEST_WRITE) &&
			 answer_may(&rq->ctx, r, &ignored);
	fill_choices(v);
	return true;
}

bool desk_follow_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_follow_view v = { .form = web_form_state(rq) };
	struct request r;
	struct follow f;

	if (!fill_one(rq, &v, &f, &r, err))
		return false;
	if (rq->method == METHOD_POST) {
		v.finding = web_text(rq, "finding");
		v.answer = web_text(rq, "answer");
	}
	struct str title = str_format(rq->ctx.arena, STR_FMT "（" STR_FMT "）",
				      STR_ARG(follow_kind_label(f.kind)), STR_ARG(r.number));
	struct crumb crumbs[] = { { follow_kind_label(f.kind), str_from_c(list_path(f.kind)) },
				  { r.number, STR_NONE } };
	struct page page = { .title = title,
			     .errors = v.form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_concat(rq->ctx.arena, v.action, STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	desk_follow_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool desk_follow_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_follow_view v = { .may_decide = false };
	struct request r;
	struct follow f;

	if (!fill_one(rq, &v, &f, &r, err))
		return false;
	web_version(rq, f.version);
	return web_json(rp, row_json(rq->ctx.arena, &v.row));
}

bool desk_follow_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum follow_finding finding = FINDING_OPEN;
	struct letter_id letter;
	struct follow f;

	if (!of_path(rq, &f, err))
		return false;
	web_version(rq, f.version);
	(void)follow_finding_from(web_text(rq, "finding"), &finding);
	if (!follow_decide(&rq->ctx, f.id, web_int(rq, "version", 0), finding,
			   web_text(rq, "answer"), &letter, err))
		return false;
	if (letter.n != 0) /* to be looked over and issued */
		return web_redirect(rp,
				    str_format(rq->ctx.arena, "/desk/letters/%lld",
					       (long long)letter.n),
				    "follow.answered");
	return web_redirect(rp,
			    str_format(rq->ctx.arena, "%s/%lld", list_path(f.kind),
				       (long long)f.id.n),
			    "follow.answered");
}

/* ---- settings */

bool apply_setting_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_setting_view v = { .form = web_form_state(rq) };
	struct arena *a = rq->ctx.arena;
	struct apply_setting s;

	if (!apply_setting_of(&rq->ctx, &s, err))
		return false;
	bool again = rq->method == METHOD_POST;
	v.draft_days = again ? web_text(rq, "draft_days") : str_format(a, "%d", s.draft_days);
	v.opens = again ? web_text(rq, "opens") : str_format(a, "%d", s.opens_h);
	v.closes = again ? web_text(rq, "closes") : str_format(a, "%d", s.closes_h);
	v.confirm = again ? web_text(rq, "confirm") : apply_confirm_code(s.confirm);
	for (int c = 0; c < APPLY_CONFIRMS; c++)
		v.confirms[c] =
			(struct choice){ .value = apply_confirm_code((enum apply_confirm)c),
					 .label = apply_confirm_label((enum apply_confirm)c) };
	struct page page = { .title = STR("网上申请设置"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_setting_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_setting_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_setting s = { .draft_days = (int)web_int(rq, "draft_days", 0),
				   .opens_h = (int)web_int(rq, "opens", 0),
				   .closes_h = (int)web_int(rq, "closes", 0) };

	(void)apply_confirm_from(web_text(rq, "confirm"), &s.confirm); /* a choice of the row */
	return apply_set(&rq->ctx, &s, err) &&
	       web_redirect(rp, STR("/desk/apply-settings"), "apply.set");
}
