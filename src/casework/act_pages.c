/*
 * act_pages.c - what may be done with a case besides the steps of the law: one act, one
 * form, one row of a table.
 */
#include "casework/casework_view.h"
#include "casework_html.h"

#include <string.h>

#define PEOPLE 1u
#define REASON 2u
#define TEXT 4u
#define ASKED 8u /* a unit, an office of it, a question */
#define DUE 16u

struct act {
	const char *segment;
	struct str title, hint, text_label;
	unsigned parts;
	bool (*run)(struct web_request *rq, const struct request *r, struct err *err);
};

static bool run_assign(struct web_request *rq, const struct request *r, struct err *err)
{
	return case_assign(&rq->ctx, r->id, (struct account_id){ web_int(rq, "to", 0) },
			   web_text(rq, "reason"), err);
}

static bool run_return(struct web_request *rq, const struct request *r, struct err *err)
{
	return case_return(&rq->ctx, r->id, web_text(rq, "reason"), err);
}

static bool run_note(struct web_request *rq, const struct request *r, struct err *err)
{
	return case_note_add(&rq->ctx, r->id, web_text(rq, "text"), err);
}

static bool run_remind(struct web_request *rq, const struct request *r, struct err *err)
{
	return case_remind(&rq->ctx, r->id, web_text(rq, "text"), err);
}

static bool run_ask(struct web_request *rq, const struct request *r, struct err *err)
{
	struct task_new in = { .request = r->id,
			       .unit = { web_int(rq, "unit", 0) },
			       .office = web_text(rq, "office"),
			       .question = web_text(rq, "question"),
			       .due_on = web_date(rq, "due_on").v };
	struct task_id id;

	return task_ask(&rq->ctx, &in, &id, err);
}

static bool run_order(struct web_request *rq, const struct request *r, struct err *err)
{
	struct order_new in = { .request = { true, r->id.n },
				.text = web_text(rq, "text"),
				.due_on = web_date(rq, "due_on").v };
	struct order_id id;

	return order_issue(&rq->ctx, &in, &id, err);
}

static const struct act acts[] = {
	{ "assign", STR_INIT("转办"),
	  STR_INIT("指定本单位的承办人。已有承办人的，应当说明理由。"), STR_INIT(""),
	  PEOPLE | REASON, run_assign },
	{ "return", STR_INIT("退回待认领"),
	  STR_INIT("案件回到本单位的待认领案件中，由他人认领；期限照常计算。"), STR_INIT(""), REASON,
	  run_return },
	{ "note", STR_INIT("添加备注"), STR_INIT("只有能查看本件的工作人员看得到，不会对申请人公开。"),
	  STR_INIT("备注"), TEXT, run_note },
	{ "remind", STR_INIT("催办"), STR_INIT("催办留在本件的备注和操作记录中。"),
	  STR_INIT("催办内容"), TEXT, run_remind },
	{ "ask", STR_INIT("交有关单位协办"),
	  STR_INIT("对方只看到申请内容和您提出的问题，看不到申请人是谁。"), STR_INIT(""), ASKED | DUE,
	  run_ask },
	{ "order", STR_INIT("督办"),
	  STR_INIT("主管部门督促整改（条例第四十七条第一款）。承办单位在要求的日期前报送办理情况。"),
	  STR_INIT("督办要求"), TEXT | DUE, run_order },
};

static const struct act *act_of(const struct web_request *rq)
{
	const char *segment = strrchr(rq->route->path, '/') + 1;
	size_t i = 0;

	while (strcmp(acts[i].segment, segment) != 0)
		i++; /* every act of casework_pages.c has its row: the role matrix opens each */
	return &acts[i];
}

static bool fill_people(struct web_request *rq, const struct request *r, struct act_view *v,
			struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct case_person *people, now;

	if (!case_people(&rq->ctx, r->unit, &people, &v->people_count, err) ||
	    !case_handler(&rq->ctx, r->id, &now, err))
		return false;
	v->people = ARENA_ARRAY(a, v->people_count, struct choice);
	for (size_t i = 0; i < v->people_count; i++)
		v->people[i] = (struct choice){
			.value = str_format(a, "%lld", (long long)people[i].id.n),
			.label = people[i].person,
			.hint = people[i].id.n == now.id.n ? STR("现承办人") : STR_NONE,
		};
	v->reason_needed = now.id.n != 0;
	return true;
}

static bool fill_units(struct web_request *rq, struct act_view *v, struct err *err)
{
	struct request_units units;
	struct arena *a = rq->ctx.arena;

	if (!request_units_load(&rq->ctx, &units, err))
		return false;
	v->units = ARENA_ARRAY(a, units.count, struct choice);
	v->units_count = units.count;
	for (size_t i = 0; i < units.count; i++)
		v->units[i] = (struct choice){
			.value = str_format(a, "%lld", (long long)units.list[i].id.n),
			.label = units.list[i].name,
		};
	return true;
}

static bool fill(struct web_request *rq, const struct act *act, struct act_view *v,
		 struct err *err)
{
	bool again = rq->method == METHOD_POST;

	v->has_people = (act->parts & PEOPLE) != 0;
	v->has_reason = (act->parts & REASON) != 0;
	v->has_text = (act->parts & TEXT) != 0;
	v->has_asked = (act->parts & ASKED) != 0;
	v->has_due = (act->parts & DUE) != 0;
	v->reason_needed = v->has_reason;
	v->to = again && v->has_people ? web_text(rq, "to") : STR_NONE;
	v->reason = again && v->has_reason ? web_text(rq, "reason") : STR_NONE;
	v->text = again && v->has_text ? web_text(rq, "text") : STR_NONE;
	v->unit = again && v->has_asked ? web_text(rq, "unit") : STR_NONE;
	v->office = again && v->has_asked ? web_text(rq, "office") : STR_NONE;
	v->question = again && v->has_asked ? web_text(rq, "question") : STR_NONE;
	v->due_on = again && v->has_due ? web_text(rq, "due_on") : STR_NONE;
	return (!v->has_people || fill_people(rq, v->r, v, err)) &&
	       (!v->has_asked || fill_units(rq, v, err));
}

bool act_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct act *act = act_of(rq);
	struct arena *a = rq->ctx.arena;
	struct act_view v = { .form = web_form_state(rq), .title = act->title, .hint = act->hint,
			      .text_label = act->text_label };
	struct request r;

	if (!request_of_path(rq, &r, err))
		return false;
	v.r = &r;
	v.action = str_format(a, "/desk/requests/%lld/%s", (long long)r.id.n, act->segment);
	if (!fill(rq, act, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number,
				    str_format(a, "/desk/requests/%lld", (long long)r.id.n) },
				  { v.title, STR_NONE } };
	struct page page = { .title = v.title, .errors = v.form.errors_count, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	act_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool act_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	if (!request_of_path(rq, &r, err) || !act_of(rq)->run(rq, &r, err))
		return false;
	return web_redirect(rp,
			    str_format(rq->ctx.arena, "/desk/requests/%lld", (long long)r.id.n),
			    "request.step_taken");
}

bool claim_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	if (!request_of_path(rq, &r, err) || !case_claim(&rq->ctx, r.id, err))
		return false;
	return web_redirect(rp,
			    str_format(rq->ctx.arena, "/desk/requests/%lld", (long long)r.id.n),
			    "casework.claimed");
}
