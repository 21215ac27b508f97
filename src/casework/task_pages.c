/*
 * task_pages.c - what was asked of the own unit, and what became of it. A unit that was
 * asked sees the question and what is asked for, and nothing else of the case.
 */
#include "base/json.h"
#include "base/limits.h"
#include "attachment/attachment_pages.h"
#include "casework/casework_view.h"
#include "casework_html.h"

enum { OPEN_ROWS = 100, ALL_ROWS = 50 };

struct task_row task_row_of(const struct case_task *t, const struct request_units *units,
			    struct str number, struct date today)
{
	bool open = !t->answered_on.known && !t->withdrawn_on.known;

	return (struct task_row){ .t = t,
				  .number = number,
				  .asking = request_unit_name(units, t->asking.n),
				  .unit = request_unit_name(units, t->unit.n),
				  .late = open && date_compare(t->due_on, today) < 0 };
}

static bool rows_of(struct ctx *ctx, const struct case_task *list, size_t count,
		    const struct task_row **out, struct err *err)
{
	struct task_row *rows = ARENA_ARRAY(ctx->arena, count, struct task_row);
	struct request_id *ids = ARENA_ARRAY(ctx->arena, count, struct request_id);
	struct request_units units;
	struct request *requests;

	for (size_t i = 0; i < count; i++)
		ids[i] = list[i].request;
	if (!request_units_load(ctx, &units, err) ||
	    !request_find_many(ctx, ids, count, &requests, err))
		return false;
	for (size_t i = 0; i < count; i++)
		rows[i] = task_row_of(&list[i], &units, requests[i].number, ctx->today);
	*out = rows;
	return true;
}

static bool read_page(struct ctx *ctx, struct unit_id unit, int64_t before, size_t max,
		      struct task_list_view *v, struct err *err)
{
	struct case_task *all;

	if (!task_list_all(ctx, unit, before, max, &all, &v->all_count, err) ||
	    !rows_of(ctx, all, v->all_count, &v->all, err))
		return false;
	if (v->all_count > 0)
		v->next = list_next_id(ctx->arena, v->all_count, max, all[v->all_count - 1].id.n);
	return true;
}

static bool load(struct web_request *rq, struct task_list_view *v, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct task_place start = { STR_NONE, 0 };
	struct case_task *open;

	return list_filter_good(rq, err) &&
	       task_list_open(&rq->ctx, unit, TASK_ASKED_OF, start, OPEN_ROWS, &open,
			      &v->open_count, err) &&
	       rows_of(&rq->ctx, open, v->open_count, &v->open, err) &&
	       read_page(&rq->ctx, unit, list_place_id(rq), ALL_ROWS, v, err);
}

bool task_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct task_list_view v = { .open_count = 0 };

	if (!load(rq, &v, err))
		return false;
	v.foot = list_foot(rq, v.all_count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	struct page page = { .title = STR("协办事项"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	task_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *task_json(struct arena *a, const struct task_row *row)
{
	const struct case_task *t = row->t;
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(t->id.n));
	json_object_set_new(out, "request", json_text(row->number));
	json_object_set_new(out, "asking_unit", json_text(row->asking));
	json_object_set_new(out, "unit", json_text(row->unit));
	json_object_set_new(out, "office", json_text(t->office));
	json_object_set_new(out, "question", json_text(t->question));
	json_object_set_new(out, "asked_on", json_text(date_iso(a, t->asked_on)));
	json_object_set_new(out, "due_on", json_text(date_iso(a, t->due_on)));
	json_object_set_new(out, "answer", json_text(t->answer));
	json_object_set_new(out, "answered_on", json_day(a, t->answered_on));
	json_object_set_new(out, "withdrawn_on", json_day(a, t->withdrawn_on));
	return out;
}

bool task_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct task_list_view v = { .open_count = 0 };

	if (!load(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.all_count; i++)
		json_array_append_new(items, task_json(rq->ctx.arena, &v.all[i]));
	return web_json(rp, list_as_json(rq, items, v.next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct unit_id *unit = arg;
	struct task_list_view v = { .open_count = 0 };

	if (!read_page(ctx, *unit, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.all_count; i++) {
		const struct case_task *t = v.all[i].t;
		const struct str cells[] = {
			v.all[i].number,
			v.all[i].asking,
			t->office,
			t->question,
			date_iso(ctx->arena, t->asked_on),
			date_iso(ctx->arena, t->due_on),
			t->answer,
			list_day(ctx->arena, t->answered_on),
			list_day(ctx->arena, t->withdrawn_on),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

bool task_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("登记编号"), STR_INIT("交办单位"),
					    STR_INIT("科室"),	 STR_INIT("事项"),
					    STR_INIT("交办日期"), STR_INIT("要求反馈"),
					    STR_INIT("反馈意见"), STR_INIT("反馈日期"),
					    STR_INIT("撤回日期") };
	struct unit_id unit = { rq->ctx.actor.unit_id };
	const struct list_file file = { STR("协办事项"), heads, COUNT_OF(heads), give_page, &unit };

	return list_send(rq, rp, &file, err);
}

/* ---- one */

static bool of_path(struct web_request *rq, struct case_task *t, struct err *err)
{
	int64_t id, unit = rq->ctx.actor.unit_id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "casework.no_task", "?");
	if (!task_find(&rq->ctx, (struct task_id){ id }, t, err))
		return false;
	return t->unit.n == unit || t->asking.n == unit || web_may(rq, PERM_SITE_READ) ||
	       err_set(err, ERR_NOT_FOUND, "casework.no_task", "%lld", (long long)id);
}

bool task_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct task_view v = { .form = web_form_state(rq) };
	struct request_units units;
	struct attachment *files;
	struct case_task t;
	struct request r;

	if (!of_path(rq, &t, err) || !request_find(&rq->ctx, t.request, &r, err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	bool open = !t.answered_on.known && !t.withdrawn_on.known;
	int64_t unit = rq->ctx.actor.unit_id;
	v.row = task_row_of(&t, &units, r.number, rq->ctx.today);
	v.content = r.content;
	v.may_answer = open && t.unit.n == unit && web_may(rq, PERM_REQUEST_WRITE);
	v.may_chase = open && t.asking.n == unit && web_may(rq, PERM_REQUEST_WRITE);
	v.may_open = request_is_own(rq, &r) || web_may(rq, PERM_SITE_READ);
	v.may_attach = t.unit.n == unit && web_may(rq, PERM_REQUEST_WRITE) &&
		       !t.withdrawn_on.known && !r.closed_on.known;
	if (!attachment_list(&rq->ctx, TASK_SUBJECT, t.id.n, &files, &v.files_count, err))
		return false;
	v.files = files;
	struct page page = { .title = STR("协办事项"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	task_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str task_href(struct web_request *rq, const struct case_task *t)
{
	return str_format(rq->ctx.arena, "/desk/tasks/%lld", (long long)t->id.n);
}

/* Of a form where the file may be left out. */
static bool take_file(struct web_request *rq, const struct case_task *t, struct err *err)
{
	struct upload file;

	return !web_file(rq, "file", &file) || file.content.len == 0 ||
	       task_attach(&rq->ctx, t->id, file.file_name, file.content, err);
}

bool task_answer_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_task t;

	return of_path(rq, &t, err) && take_file(rq, &t, err) &&
	       task_answer(&rq->ctx, t.id, web_text(rq, "answer"), err) &&
	       web_redirect(rp, task_href(rq, &t), "casework.task_answered");
}

bool task_file_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct upload file;
	struct case_task t;

	if (!of_path(rq, &t, err))
		return false;
	if (!web_file(rq, "file", &file) || file.content.len == 0)
		return err_set_field(err, "file", ERR_INVALID, "attachment.empty", " ");
	return task_attach(&rq->ctx, t.id, file.file_name, file.content, err) &&
	       web_redirect(rp, task_href(rq, &t), "casework.task_file_added");
}

/* For both units, and whoever may look at all of them: it must be a file of this task. */
bool task_file_download(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment a;
	struct case_task t;
	int64_t file = 0;

	if (!of_path(rq, &t, err))
		return false;
	(void)web_param_int(rq, "file", &file);
	if (!attachment_find(&rq->ctx, (struct attachment_id){ file }, &a, err))
		return false;
	if (!str_equal_c(a.subject_kind, TASK_SUBJECT) || a.subject_id != t.id.n)
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)file);
	return attachment_serve(rq, rp, a.id, err);
}

bool task_remind_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_task t;

	return of_path(rq, &t, err) && task_remind(&rq->ctx, t.id, err) &&
	       web_redirect(rp, task_href(rq, &t), "request.step_taken");
}

bool task_withdraw_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_task t;

	return of_path(rq, &t, err) &&
	       task_withdraw(&rq->ctx, t.id, web_text(rq, "reason"), err) &&
	       web_redirect(rp, task_href(rq, &t), "request.step_taken");
}
