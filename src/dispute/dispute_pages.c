/* dispute_pages.c - one proceeding on screen, its papers, and the routes of this room. */
#include "dispute/dispute_pages.h"

#include "base/json.h"
#include "account/permission.h"
#include "attachment/attachment_pages.h"
#include "dispute/dispute_view.h"
#include "dispute/docket_view.h"
#include "dispute_html.h"

struct str dispute_href(struct web_request *rq, struct dispute_id id)
{
	return str_format(rq->ctx.arena, "/desk/disputes/%lld", (long long)id.n);
}

bool dispute_of_path(struct web_request *rq, struct dispute *out, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "?");
	if (!dispute_find(&rq->ctx, (struct dispute_id){ id }, out, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && out->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "%lld", (long long)id);
	return true;
}

bool dispute_may_write(const struct web_request *rq, const struct dispute *d)
{
	return web_may(rq, PERM_DISPUTE_WRITE) && d->unit.n == rq->ctx.actor.unit_id &&
	       !d->voided && !d->erased_at.known;
}

/* ---- for machines */

json_t *dispute_json(struct arena *a, const struct dispute *d, struct str unit)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(d->id.n));
	json_object_set_new(out, "case_no", json_text(d->case_no));
	json_object_set_new(out, "route", json_text(dispute_route_code(d->route)));
	json_object_set_new(out, "unit", json_text(unit));
	json_object_set_new(out, "organ", json_text(d->organ));
	json_object_set_new(out, "request", d->request.known ? json_integer(d->request.v)
							     : json_null());
	json_object_set_new(out, "accepted_on",
			    json_day(a, (struct opt_date){ true, d->accepted_on }));
	json_object_set_new(out, "simplified", json_boolean(d->simplified));
	json_object_set_new(out, "received_on", json_day(a, d->received_on));
	json_object_set_new(out, "answer_due_on", json_day(a, d->answer_due));
	json_object_set_new(out, "answered_on", json_day(a, d->answered_on));
	json_object_set_new(out, "next", json_text(dispute_next_code(d->next)));
	json_object_set_new(out, "next_on", json_day(a, d->next_on));
	json_object_set_new(out, "outcome",
			    json_text(d->concluded ? dispute_outcome_code(d->outcome)
					      : STR("pending")));
	json_object_set_new(out, "result", json_text(d->result));
	json_object_set_new(out, "concluded_on", json_day(a, d->concluded_on));
	json_object_set_new(out, "redo", json_boolean(d->redo));
	json_object_set_new(out, "redo_until", json_day(a, d->redo_until));
	json_object_set_new(out, "redo_done", json_boolean(d->redo_done));
	json_object_set_new(out, "voided", json_boolean(d->voided));
	json_object_set_new(out, "version", json_integer(d->version));
	return out;
}

static json_t *clock_json(struct arena *a, const struct dispute_page_view *v)
{
	json_t *out = json_object();

	json_object_set_new(out, "rule", json_string(v->rule.code));
	json_object_set_new(out, "days", json_integer(v->rule.days));
	json_object_set_new(out, "working_days", json_boolean(v->rule.working));
	json_object_set_new(out, "due",
			    json_day(a, (struct opt_date){ true, v->clock.due }));
	json_object_set_new(out, "lines", working_json(a, &v->clock));
	return out;
}

static json_t *hearings_json(struct arena *a, const struct dispute_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->hearings_count; i++) {
		const struct hearing *x = &v->hearings[i];
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(x->id.n));
		json_object_set_new(one, "kind", json_text(hearing_kind_code(x->kind)));
		json_object_set_new(one, "day",
				    json_day(a, (struct opt_date){ true, x->day }));
		json_object_set_new(one, "time", json_text(x->time));
		json_object_set_new(one, "place", json_text(x->place));
		json_object_set_new(one, "state", json_text(hearing_state_code(x->state)));
		json_object_set_new(one, "attended", json_text(x->attended));
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *papers_json(struct arena *a, const struct dispute_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->papers_count; i++) {
		const struct paper *x = &v->papers[i];
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(x->id));
		json_object_set_new(one, "kind", json_text(paper_kind_code(x->kind)));
		json_object_set_new(one, "title", json_text(x->title));
		json_object_set_new(one, "day",
				    json_day(a, (struct opt_date){ true, x->day }));
		json_object_set_new(one, "sha256", json_text(x->sha256));
		json_object_set_new(one, "withdrawn_on", json_day(a, x->withdrawn_on));
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *people_json(struct arena *a, const struct dispute_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->people_count; i++) {
		const struct dispute_person *x = &v->people[i];
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(x->id));
		json_object_set_new(one, "role", json_text(person_role_code(x->role)));
		json_object_set_new(one, "name", json_text(x->name));
		json_object_set_new(one, "contact", json_text(x->contact));
		json_object_set_new(one, "since",
				    json_day(a, (struct opt_date){ true, x->since }));
		json_object_set_new(one, "until", json_day(a, x->until));
		json_array_append_new(out, one);
	}
	return out;
}

/* ---- the page */

static bool fill_clock(struct web_request *rq, struct dispute_page_view *v, struct err *err)
{
	if (!v->d.received_on.known) {
		v->clock_note = STR("收到答复通知书或应诉通知书后开始计算。");
		return true;
	}
	v->has_clock = dispute_clock(&rq->ctx, &v->d, &v->clock, &v->rule, err);
	if (!v->has_clock) {
		if (err->code != ERR_LIMIT)
			return false;
		v->clock_note = err_text(rq->ctx.arena, rq->ctx.locale, err);
		err_clear(err);
	}
	v->answered_late = v->d.answered_on.known && v->d.answer_due.known &&
			   date_compare(v->d.answered_on.v, v->d.answer_due.v) > 0;
	return true;
}

static bool fill_links(struct web_request *rq, struct dispute_page_view *v, struct err *err)
{
	struct dispute earlier;
	struct request request;

	if (v->d.request.known) {
		if (!request_find(&rq->ctx, (struct request_id){ v->d.request.v }, &request, err))
			return false;
		v->request_number = request.number;
	}
	if (v->d.earlier.known) {
		if (!dispute_find(&rq->ctx, (struct dispute_id){ v->d.earlier.v }, &earlier, err))
			return false;
		v->earlier_case_no = earlier.case_no;
	}
	v->has_redo = v->d.redo_reply.known;
	return !v->has_redo || reply_load(&rq->ctx, (struct reply_id){ v->d.redo_reply.v },
					  &v->redo_reply, err);
}

static void add_action(struct web_request *rq, struct dispute_page_view *v, bool may,
		       const char *segment, const char *label)
{
	if (may)
		v->actions[v->actions_count++] = (struct dispute_action){
			str_format(rq->ctx.arena, "/desk/disputes/%lld/%s", (long long)v->d.id.n,
				   segment),
			str_from_c(label)
		};
}

/* What comes next first; then what may be done beside it. */
static void fill_actions(struct web_request *rq, struct dispute_page_view *v)
{
	const struct dispute *d = &v->d;
	bool open = v->may_write && !d->concluded;
	bool redo = v->may_write && d->concluded && d->redo && d->request.known &&
		    (!v->has_redo || v->redo_reply.stage == REPLY_DROPPED);

	add_action(rq, v, open && !d->received_on.known, "receive", "登记收到通知");
	add_action(rq, v, open && d->received_on.known && !d->answered_on.known, "answer",
		   "登记提交答复");
	add_action(rq, v, redo, "again", "开始重新答复");
	add_action(rq, v, open, "conclude", "登记结果");
	add_action(rq, v, open, "hearing", "登记开庭、听证");
	add_action(rq, v, v->may_write, "paper", "收入材料");
	add_action(rq, v, v->may_write, "person", "增加参加人");
	add_action(rq, v, v->may_write, "bundle", "生成证据卷宗");
	add_action(rq, v, v->may_write, "correct", "更正登记");
	add_action(rq, v, v->may_write && d->concluded, "undo", "撤销结果登记");
	add_action(rq, v, v->may_write, "void", "作废登记");
}

static bool fill(struct web_request *rq, struct dispute_page_view *v, struct err *err)
{
	struct dispute_person *people;
	struct history_line *events;
	struct hearing *hearings;
	struct paper *papers;
	struct unit unit;

	if (!dispute_of_path(rq, &v->d, err) || !agency_unit(&rq->ctx, v->d.unit, &unit, err) ||
	    !fill_clock(rq, v, err) || !fill_links(rq, v, err) ||
	    !hearing_list(&rq->ctx, v->d.id, &hearings, &v->hearings_count, err) ||
	    !person_list(&rq->ctx, v->d.id, &people, &v->people_count, err) ||
	    !paper_list(&rq->ctx, v->d.id, &papers, &v->papers_count, err) ||
	    !dispute_history(&rq->ctx, v->d.id, &events, &v->events_count, err))
		return false;
	v->unit_name = unit.name;
	v->hearings = hearings;
	v->people = people;
	v->papers = papers;
	v->events = events;
	v->may_write = dispute_may_write(rq, &v->d);
	v->late = dispute_is_late(&v->d, rq->ctx.today);
	fill_actions(rq, v);
	return true;
}

static bool one_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_page_view v = { .late = false };
	struct arena *a = rq->ctx.arena;

	if (!fill(rq, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { v.d.case_no, STR_NONE } };
	struct page page = { .title = str_concat(a, STR("案件"), v.d.case_no),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_concat(a, dispute_href(rq, v.d.id), STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool one_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_page_view v = { .late = false };
	struct arena *a = rq->ctx.arena;

	if (!fill(rq, &v, err))
		return false;
	web_version(rq, v.d.version);
	json_t *out = dispute_json(a, &v.d, v.unit_name);
	json_object_set_new(out, "clock", v.has_clock ? clock_json(a, &v) : json_null());
	json_object_set_new(out, "hearings", hearings_json(a, &v));
	json_object_set_new(out, "people", people_json(a, &v));
	json_object_set_new(out, "papers", papers_json(a, &v));
	json_object_set_new(out, "history", list_history_json(a, v.events, v.events_count));
	return web_json(rp, out);
}

/* A paper of this proceeding only. */
static bool paper_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct paper *list;
	struct dispute d;
	size_t count;
	int64_t id = 0;

	(void)web_param_int(rq, "paper", &id);
	if (!dispute_of_path(rq, &d, err) || !paper_list(&rq->ctx, d.id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].id == id)
			return attachment_serve(rq, rp, list[i].attachment, err);
	return err_set(err, ERR_NOT_FOUND, "dispute.no_paper", "%lld", (long long)id);
}

#define ACT(segment, form_fields, sentence)                                                 \
	{ METHOD_GET, "/desk/disputes/:id/" segment, PERM_DISPUTE_WRITE, dispute_act_page,   \
	  .summary = sentence "：表单" },                                                     \
	{ METHOD_POST, "/desk/disputes/:id/" segment, PERM_DISPUTE_WRITE, dispute_act_post,  \
	  .form = form_fields, .summary = sentence }

const struct route dispute_routes[] = {
	{ METHOD_GET, "/desk/disputes", PERM_REQUEST_READ, dispute_list_page,
	  .query = dispute_list_query, .summary = "行政复议、行政诉讼列表" },
	{ METHOD_GET, "/desk/disputes.json", PERM_REQUEST_READ, dispute_list_json,
	  .query = dispute_list_query, .flags = ROUTE_API,
	  .summary = "行政复议、行政诉讼列表（机器可读）" },
	LIST_FILES("/desk/disputes", PERM_REQUEST_READ, dispute_list_file, dispute_list_query,
		   "案件列表"),
	{ METHOD_GET, "/desk/disputes/new", PERM_DISPUTE_WRITE, dispute_new_page,
	  .query = dispute_new_query, .summary = "登记案件：表单" },
	{ METHOD_POST, "/desk/disputes/new", PERM_DISPUTE_WRITE, dispute_new_post,
	  .form = dispute_new_form, .summary = "登记案件" },
	LIST_FILES("/desk/disputes/register", PERM_REQUEST_READ, docket_file, docket_file_query,
		   "复议诉讼台账"),
	{ METHOD_GET, "/desk/disputes/import", PERM_DISPUTE_WRITE, docket_start_page,
	  .query = docket_start_query, .summary = "导入复议诉讼台账：选择文件" },
	{ METHOD_POST, "/desk/disputes/import", PERM_DISPUTE_WRITE, docket_start_post,
	  .form = docket_start_form, .flags = ROUTE_UPLOAD, .summary = "上传复议诉讼台账" },
	{ METHOD_GET, "/desk/disputes/import/:upload", PERM_DISPUTE_WRITE, docket_preview_page,
	  .flags = ROUTE_SLOW, .summary = "导入复议诉讼台账：核对和预览" },
	{ METHOD_POST, "/desk/disputes/import/:upload", PERM_DISPUTE_WRITE, docket_preview_post,
	  .form = docket_preview_form, .prepare = docket_preview_prepare,
	  .summary = "导入复议诉讼台账" },
	{ METHOD_GET, "/desk/dispute-rules", PERM_REQUEST_READ, dispute_rules_page,
	  .summary = "答复、答辩期限设置" },
	{ METHOD_GET, "/desk/dispute-rules.json", PERM_REQUEST_READ, dispute_rules_json,
	  .flags = ROUTE_API, .summary = "答复、答辩期限设置（机器可读）" },
	{ METHOD_GET, "/desk/dispute-rules/:code", PERM_SUPERVISE, dispute_rule_page,
	  .summary = "修改一项答复期限：表单" },
	{ METHOD_POST, "/desk/dispute-rules/:code", PERM_SUPERVISE, dispute_rule_post,
	  .form = dispute_rule_form, .summary = "修改一项答复期限" },
	{ METHOD_GET, "/desk/disputes/:id", PERM_REQUEST_READ, one_page, .summary = "一个案件" },
	{ METHOD_GET, "/desk/disputes/:id.json", PERM_REQUEST_READ, one_json, .flags = ROUTE_API,
	  .summary = "一个案件（机器可读）" },
	{ METHOD_GET, "/desk/disputes/:id/papers/:paper", PERM_REQUEST_READ, paper_file,
	  .flags = ROUTE_SLOW, .summary = "下载案件材料" },
	ACT("receive", dispute_fields_receive, "登记收到通知"),
	ACT("answer", dispute_fields_answer, "登记提交答复、答辩"),
	ACT("conclude", dispute_fields_conclude, "登记审结结果"),
	ACT("again", dispute_fields_again, "开始重新答复"),
	ACT("hearing", dispute_fields_hearing, "登记开庭、听证"),
	ACT("hearings/:hearing/move", dispute_fields_move, "变更开庭、听证"),
	ACT("hearings/:hearing/hold", dispute_fields_hold, "登记开庭、听证已进行"),
	ACT("hearings/:hearing/cancel", dispute_fields_cancel, "取消开庭、听证"),
	ACT("person", dispute_fields_person, "增加参加人"),
	ACT("people/:person/end", dispute_fields_person_end, "参加人不再参加"),
	{ METHOD_GET, "/desk/disputes/:id/paper", PERM_DISPUTE_WRITE, dispute_act_page,
	  .summary = "收入材料：表单" },
	{ METHOD_POST, "/desk/disputes/:id/paper", PERM_DISPUTE_WRITE, dispute_act_post,
	  .form = dispute_fields_paper, .flags = ROUTE_UPLOAD, .summary = "收入材料" },
	ACT("papers/:paper/withdraw", dispute_fields_withdraw, "撤下材料"),
	ACT("correct", dispute_fields_correct, "更正登记"),
	ACT("undo", dispute_fields_undo, "撤销结果登记"),
	ACT("void", dispute_fields_void, "作废登记"),
	ROUTE_END
};
