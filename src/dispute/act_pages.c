/*
 * act_pages.c - the pages with one form: each act of a proceeding is a row of acts[], drawn from
 * the fields of its route and taken by the verb of dossier.h.
 */
#include "account/permission.h"
#include "base/limits.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"

#include <string.h>

static const char *const route_codes[] = { "reconsideration", "litigation_direct",
					   "litigation_after_reconsideration", NULL };
static const char *const hearing_codes[] = { "trial", "hearing", "inquiry", "mediation", "reading",
					     NULL };
static const char *const role_codes[] = { "adviser", "lawyer", "staff", "head", NULL };
static const char *const paper_codes[] = { "notice", "claim", "answer", "evidence", "basis",
					   "authority", "record", "decision", "other", NULL };

#define VERSION_FIELD \
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .low = 0, .high = INT64_MAX }
#define REASON_FIELD \
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true, \
	  .max = DISPUTE_TEXT_BYTES }

const struct field dispute_fields_receive[] = {
	VERSION_FIELD,
	{ .name = "on", .label = "收到通知之日", .kind = FIELD_DATE, .required = true },
	{ .name = "simplified", .label = "通知写明适用简易程序", .kind = FIELD_BOOL },
	FIELD_END
};
const struct field dispute_fields_answer[] = {
	VERSION_FIELD,
	{ .name = "on", .label = "提交之日", .kind = FIELD_DATE, .required = true },
	FIELD_END
};
const struct field dispute_fields_conclude[] = {
	VERSION_FIELD,
	{ .name = "result", .label = "决定或裁判内容", .kind = FIELD_TEXT, .required = true, .max = 500 },
	{ .name = "concluded_on", .label = "审结日期", .kind = FIELD_DATE, .required = true },
	{ .name = "redo", .label = "要求重新作出答复", .kind = FIELD_BOOL },
	{ .name = "redo_until", .label = "重新答复的期限", .kind = FIELD_DATE },
	FIELD_END
};
const struct field dispute_fields_again[] = { VERSION_FIELD, FIELD_END };
#define HEARING_FIELDS \
	{ .name = "kind", .label = "事项", .kind = FIELD_CHOICE, .required = true, \
	  .choices = hearing_codes }, \
	{ .name = "day", .label = "日期", .kind = FIELD_DATE, .required = true }, \
	{ .name = "time", .label = "时间", .kind = FIELD_TEXT, .max = 20 }, \
	{ .name = "place", .label = "地点", .kind = FIELD_TEXT, .max = 300 }
const struct field dispute_fields_hearing[] = { VERSION_FIELD, HEARING_FIELDS, FIELD_END };
const struct field dispute_fields_move[] = { VERSION_FIELD, HEARING_FIELDS, REASON_FIELD,
					     FIELD_END };
const struct field dispute_fields_hold[] = {
	VERSION_FIELD,
	{ .name = "attended", .label = "本机关参加的人员", .kind = FIELD_TEXT, .required = true,
	  .max = 500 },
	FIELD_END
};
const struct field dispute_fields_cancel[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };
const struct field dispute_fields_person[] = {
	VERSION_FIELD,
	{ .name = "role", .label = "身份", .kind = FIELD_CHOICE, .required = true, .choices = role_codes },
	{ .name = "name", .label = "姓名", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "contact", .label = "单位、联系方式", .kind = FIELD_TEXT, .max = 200 },
	FIELD_END
};
const struct field dispute_fields_person_end[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };
const struct field dispute_fields_paper[] = {
	VERSION_FIELD,
	{ .name = "kind", .label = "材料", .kind = FIELD_CHOICE, .required = true, .choices = paper_codes },
	{ .name = "title", .label = "名称", .kind = FIELD_TEXT, .max = 300 },
	{ .name = "day", .label = "提交或者收到之日", .kind = FIELD_DATE, .required = true },
	{ .name = "file", .label = "文件", .kind = FIELD_FILE, .required = true, .max = LIMIT_ATTACHMENT },
	FIELD_END
};
const struct field dispute_fields_withdraw[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };
const struct field dispute_fields_correct[] = {
	VERSION_FIELD,
	{ .name = "route", .label = "类型", .kind = FIELD_CHOICE, .required = true, .choices = route_codes },
	{ .name = "case_no", .label = "案号", .kind = FIELD_TEXT, .required = true,
	  .max = DISPUTE_CASE_NO_BYTES },
	{ .name = "organ", .label = "复议机关或法院", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "accepted_on", .label = "受理日期", .kind = FIELD_DATE, .required = true },
	{ .name = "request_number", .label = "所涉申请的登记编号", .kind = FIELD_TEXT, .max = 100 },
	{ .name = "earlier", .label = "在先的行政复议案号", .kind = FIELD_TEXT,
	  .max = DISPUTE_CASE_NO_BYTES },
	{ .name = "received_on", .label = "收到通知之日", .kind = FIELD_DATE },
	{ .name = "simplified", .label = "通知写明适用简易程序", .kind = FIELD_BOOL },
	{ .name = "answered_on", .label = "提交答复之日", .kind = FIELD_DATE },
	REASON_FIELD,
	FIELD_END
};
const struct field dispute_fields_undo[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };
const struct field dispute_fields_void[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };

/* ---- what stands in a form before anybody types */

static const struct { const char *name; struct str hint; } hints[] = {
	{ "result", STR_INIT("例如 维持、驳回诉讼请求、撤销、确认违法、责令履行、终止（申请人撤回）、准许撤诉；"
			     "表四的列由此得出") },
	{ "redo_until", STR_INIT("决定书、判决书写明期限的填写；没有写明的留空") },
	{ "time", STR_INIT("例如 09:30；没有确定的留空") },
	{ "attended", STR_INIT("例如 负责人、法律顾问和工作人员各一名") },
	{ "title", STR_INIT("不填写的，用材料的类别作名称；不要写个人的姓名") },
	{ "earlier", STR_INIT("复议后起诉的填写；该复议应当已在本站登记") },
	{ "request_number", STR_INIT("不在本站的留空") },
	{ "reason", STR_INIT("写入操作记录；不要写个人的姓名") },
	{ "file", STR_INIT("PDF、图片、Word、Excel、OFD 等，不超过20 MB") },
};

static struct str hint_of(const struct field *f)
{
	for (size_t i = 0; i < COUNT_OF(hints); i++)
		if (strcmp(hints[i].name, f->name) == 0)
			return hints[i].hint;
	return f->kind == FIELD_DATE ? STR("例如 2020-08-03") : STR_NONE;
}

/* The label of a code of each field that offers a choice. */
static struct str choice_label(const struct field *f, struct str code)
{
	enum dispute_route route;
	enum hearing_kind hearing;
	enum person_role role;
	enum paper_kind paper;

	if (f->choices == route_codes && dispute_route_from(code, &route))
		return dispute_route_label(route);
	if (f->choices == hearing_codes && hearing_kind_from(code, &hearing))
		return hearing_kind_label(hearing);
	if (f->choices == role_codes && person_role_from(code, &role))
		return person_role_label(role);
	if (f->choices == paper_codes && paper_kind_from(code, &paper))
		return paper_kind_label(paper);
	return code;
}

static void offer(struct arena *a, struct act_field *out)
{
	const char *const *codes = out->field->choices;
	size_t n = 0;

	while (codes[n] != NULL)
		n++;
	struct choice *list = ARENA_ARRAY(a, n, struct choice);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct choice){ .value = str_from_c(codes[i]),
					   .label = choice_label(out->field,
								 str_from_c(codes[i])) };
	out->choices = list;
	out->choices_count = n;
}

static void set(struct act_view *v, const char *name, struct str value)
{
	for (size_t i = 0; i < v->fields_count; i++)
		if (strcmp(v->fields[i].field->name, name) == 0)
			v->fields[i].value = value;
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

static bool fill_today(struct web_request *rq, struct act_view *v, struct err *err)
{
	(void)err;
	set(v, "on", date_iso(rq->ctx.arena, rq->ctx.today));
	set(v, "day", date_iso(rq->ctx.arena, rq->ctx.today));
	return true;
}

static bool fill_nothing(struct web_request *rq, struct act_view *v, struct err *err)
{
	(void)rq;
	(void)v;
	(void)err;
	return true;
}

static bool hearing_of_path(struct web_request *rq, const struct dispute *d, struct hearing *out,
			    struct err *err)
{
	int64_t id = 0;

	(void)web_param_int(rq, "hearing", &id);
	if (!hearing_find(&rq->ctx, (struct hearing_id){ id }, out, err))
		return false;
	return out->dispute.n == d->id.n ||
	       err_set(err, ERR_NOT_FOUND, "dispute.no_hearing", "%lld", (long long)id);
}

static bool fill_hearing(struct web_request *rq, struct act_view *v, struct err *err)
{
	struct hearing x;

	if (!hearing_of_path(rq, &v->d, &x, err))
		return false;
	set(v, "kind", hearing_kind_code(x.kind));
	set(v, "day", date_iso(rq->ctx.arena, x.day));
	set(v, "time", x.time);
	set(v, "place", x.place);
	return true;
}

static bool fill_correct(struct web_request *rq, struct act_view *v, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	const struct dispute *d = &v->d;
	struct dispute earlier;
	struct request request;

	set(v, "route", dispute_route_code(d->route));
	set(v, "case_no", d->case_no);
	set(v, "organ", d->organ);
	set(v, "accepted_on", date_iso(a, d->accepted_on));
	set(v, "received_on", day_text(a, d->received_on));
	set(v, "answered_on", day_text(a, d->answered_on));
	set(v, "simplified", d->simplified ? STR("on") : STR_NONE);
	if (d->request.known) {
		if (!request_find(&rq->ctx, (struct request_id){ d->request.v }, &request, err))
			return false;
		set(v, "request_number", request.number);
	}
	if (d->earlier.known) {
		if (!dispute_find(&rq->ctx, (struct dispute_id){ d->earlier.v }, &earlier, err))
			return false;
		set(v, "earlier", earlier.case_no);
	}
	return true;
}

/* ---- what a form does */

static bool post_receive(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return dispute_receive(&rq->ctx, at, web_date(rq, "on").v, web_has(rq, "simplified"), err);
}

static bool post_answer(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return dispute_answer(&rq->ctx, at, web_date(rq, "on").v, err);
}

static bool post_conclude(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct dispute_end in = { .result = web_text(rq, "result"),
				  .on = web_date(rq, "concluded_on").v,
				  .redo = web_has(rq, "redo"),
				  .redo_until = web_date(rq, "redo_until") };

	return dispute_end(&rq->ctx, at, &in, err);
}

static bool post_again(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct reply_id id;

	return dispute_reopen(&rq->ctx, at, &id, err);
}

static struct hearing_new hearing_typed(struct web_request *rq)
{
	struct hearing_new in = { .day = web_date(rq, "day").v, .time = web_text(rq, "time"),
				  .place = web_text(rq, "place") };

	(void)hearing_kind_from(web_text(rq, "kind"), &in.kind); /* the choices are these */
	return in;
}

static bool post_hearing(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct hearing_new in = hearing_typed(rq);
	struct hearing_id id;

	return hearing_add(&rq->ctx, at, &in, &id, err);
}

static int64_t of_path(const struct web_request *rq, const char *name)
{
	int64_t id = 0;

	(void)web_param_int(rq, name, &id);
	return id;
}

static bool post_move(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct hearing_new in = hearing_typed(rq);

	return hearing_move(&rq->ctx, at, (struct hearing_id){ of_path(rq, "hearing") }, &in,
			    web_text(rq, "reason"), err);
}

static bool post_hold(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return hearing_hold(&rq->ctx, at, (struct hearing_id){ of_path(rq, "hearing") },
			    web_text(rq, "attended"), err);
}

static bool post_cancel(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return hearing_cancel(&rq->ctx, at, (struct hearing_id){ of_path(rq, "hearing") },
			      web_text(rq, "reason"), err);
}

static bool post_person(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	enum person_role role = PERSON_STAFF;

	(void)person_role_from(web_text(rq, "role"), &role); /* the choices are these */
	return person_add(&rq->ctx, at, role, web_text(rq, "name"), web_text(rq, "contact"), err);
}

static bool post_person_end(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return person_end(&rq->ctx, at, of_path(rq, "person"), web_text(rq, "reason"), err);
}

static bool post_paper(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct paper_new in = { .title = web_text(rq, "title"), .day = web_date(rq, "day").v };
	struct upload file;

	(void)paper_kind_from(web_text(rq, "kind"), &in.kind); /* the choices are these */
	if (!web_file(rq, "file", &file) || file.content.len == 0)
		return err_set_field(err, "file", ERR_INVALID, "attachment.empty", " ");
	in.file_name = file.file_name;
	in.content = file.content;
	return paper_add(&rq->ctx, at, &in, err);
}

static bool post_withdraw(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return paper_withdraw(&rq->ctx, at, of_path(rq, "paper"), web_text(rq, "reason"), err);
}

static bool typed_request(struct web_request *rq, struct opt_int *out, struct err *err)
{
	struct str number = web_text(rq, "request_number");
	struct request request;
	bool found;

	if (number.len == 0)
		return true;
	if (!request_by_number(&rq->ctx, number, &request, &found, err))
		return false;
	if (!found || !request_is_own(rq, &request))
		return err_set_field(err, "request_number", ERR_INVALID, "dispute.no_such_request",
				     STR_FMT, STR_ARG(number));
	*out = (struct opt_int){ true, request.id.n };
	return true;
}

bool dispute_typed_earlier(struct web_request *rq, struct opt_int *out, struct err *err)
{
	struct str case_no = web_text(rq, "earlier");
	struct dispute d;
	bool found;

	if (case_no.len == 0)
		return true;
	if (!dispute_by_case_no(&rq->ctx, DISPUTE_RECONSIDERATION, case_no, &d, &found, err))
		return false;
	if (!found)
		return err_set_field(err, "earlier", ERR_INVALID, "dispute.no_earlier", STR_FMT,
				     STR_ARG(case_no));
	*out = (struct opt_int){ true, d.id.n };
	return true;
}

static bool post_correct(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	struct dispute_correction in = { .case_no = web_text(rq, "case_no"),
					 .organ = web_text(rq, "organ"),
					 .accepted_on = web_date(rq, "accepted_on").v,
					 .received_on = web_date(rq, "received_on"),
					 .answered_on = web_date(rq, "answered_on"),
					 .simplified = web_has(rq, "simplified") };

	(void)dispute_route_from(web_text(rq, "route"), &in.route); /* the choices are these */
	return typed_request(rq, &in.request, err) && dispute_typed_earlier(rq, &in.earlier, err) &&
	       dispute_correct(&rq->ctx, at, &in, web_text(rq, "reason"), err);
}

static bool post_undo(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return dispute_undo_end(&rq->ctx, at, web_text(rq, "reason"), err);
}

static bool post_void(struct web_request *rq, struct dispute_edit at, struct err *err)
{
	return dispute_void(&rq->ctx, at, web_text(rq, "reason"), err);
}

/* ---- the table */

static const struct act {
	const char *segment;
	const struct field *fields;
	struct str title, law, button;
	bool (*fill)(struct web_request *rq, struct act_view *v, struct err *err);
	bool (*post)(struct web_request *rq, struct dispute_edit at, struct err *err);
} acts[] = {
	{ "receive", dispute_fields_receive, STR_INIT("登记收到通知"),
	  STR_INIT("收到答复通知书（附复议申请书副本）或应诉通知书（附起诉状副本）之日。答复期限从次日起算。"),
	  STR_INIT("登记"), fill_today, post_receive },
	{ "answer", dispute_fields_answer, STR_INIT("登记提交答复、答辩"),
	  STR_INIT("向复议机关提交书面答复，或者向法院提交答辩状，并附作出答复的证据、依据。逾期的照实登记。"),
	  STR_INIT("登记"), fill_today, post_answer },
	{ "conclude", dispute_fields_conclude, STR_INIT("登记结果"),
	  STR_INIT("按所写内容归入表四的列：维持、驳回归入结果维持；撤销、变更、确认违法、责令归入结果纠正；"
		   "终止、撤诉、调解、不予受理归入其他结果。"),
	  STR_INIT("登记结果"), fill_nothing, post_conclude },
	{ "again", dispute_fields_again, STR_INIT("开始重新答复"),
	  STR_INIT("为所涉申请另起一次答复，以本案的决定为由，再经审核、法律顾问和签发。"
		   "首次答复在表三中的计数不变，也不再计一件新申请。"),
	  STR_INIT("开始重新答复"), fill_nothing, post_again },
	{ "hearing", dispute_fields_hearing, STR_INIT("登记开庭、听证"),
	  STR_INIT("按传票、通知书填写。日期列入“有期限的事项”。"), STR_INIT("登记"), fill_nothing,
	  post_hearing },
	{ "hearings/:hearing/move", dispute_fields_move, STR_INIT("变更开庭、听证"),
	  STR_INIT("原来的日期、地点留在办理过程中。"), STR_INIT("变更"), fill_hearing, post_move },
	{ "hearings/:hearing/hold", dispute_fields_hold, STR_INIT("登记开庭、听证已进行"),
	  STR_INIT("写明本机关参加的人员。"), STR_INIT("登记"), fill_nothing, post_hold },
	{ "hearings/:hearing/cancel", dispute_fields_cancel, STR_INIT("取消开庭、听证"),
	  STR_INIT("改期的请用“变更”；取消的写明理由。"), STR_INIT("取消"), fill_nothing, post_cancel },
	{ "person", dispute_fields_person, STR_INIT("增加参加人"),
	  STR_INIT("代本机关参加的人：法律顾问、律师、工作人员、负责人。"), STR_INIT("增加"),
	  fill_nothing, post_person },
	{ "people/:person/end", dispute_fields_person_end, STR_INIT("参加人不再参加"),
	  STR_INIT("解除委托或者更换人员的，写明理由。"), STR_INIT("登记"), fill_nothing,
	  post_person_end },
	{ "paper", dispute_fields_paper, STR_INIT("收入材料"),
	  STR_INIT("收到的和提交的文书、证据、依据都收入本案卷宗，加密保存，记下摘要。"), STR_INIT("收入"),
	  fill_today, post_paper },
	{ "papers/:paper/withdraw", dispute_fields_withdraw, STR_INIT("撤下材料"),
	  STR_INIT("误收的材料撤下后不进入证据卷宗，记录仍在。"), STR_INIT("撤下"), fill_nothing,
	  post_withdraw },
	{ "correct", dispute_fields_correct, STR_INIT("更正登记"),
	  STR_INIT("登记有误的照实更正。更正以前的数字仍可按当时的台账位置查到。"), STR_INIT("更正"),
	  fill_correct, post_correct },
	{ "undo", dispute_fields_undo, STR_INIT("撤销结果登记"),
	  STR_INIT("结果登记有误的，撤销后案件恢复为尚未审结，再登记正确的结果。"), STR_INIT("撤销"),
	  fill_nothing, post_undo },
	{ "void", dispute_fields_void, STR_INIT("作废登记"),
	  STR_INIT("不是本单位的案件、重复登记的，作废后不再计入表四，案号可以重新登记；记录仍在。"
		   "申请人撤回、法院准许撤诉的不是误登记，请用“登记结果”。"),
	  STR_INIT("作废"), fill_nothing, post_void },
};

/* The row of the path; every route that leads here has one. */
static const struct act *act_of(const struct web_request *rq)
{
	const char *segment = strstr(rq->route->path, "/:id/") + strlen("/:id/");
	size_t i = 0;

	while (strcmp(acts[i].segment, segment) != 0)
		i++;
	return &acts[i];
}

static bool own(struct web_request *rq, struct dispute *d, struct err *err)
{
	if (!dispute_of_path(rq, d, err))
		return false;
	if (d->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "dispute.not_yours", STR_FMT,
			       STR_ARG(d->case_no));
	return !d->voided ||
	       err_set(err, ERR_CONFLICT, "dispute.is_void", STR_FMT, STR_ARG(d->case_no));
}

static bool fill_fields(struct web_request *rq, const struct act *act, struct act_view *v,
			struct err *err)
{
	for (const struct field *f = act->fields; f->name != NULL; f++) {
		if (strcmp(f->name, "version") == 0)
			continue;
		struct act_field *out = &v->fields[v->fields_count++];
		*out = (struct act_field){ .field = f, .hint = hint_of(f) };
		v->uploads = v->uploads || f->kind == FIELD_FILE;
		if (f->kind == FIELD_CHOICE)
			offer(rq->ctx.arena, out);
	}
	if (rq->method == METHOD_GET)
		return act->fill(rq, v, err);
	for (size_t i = 0; i < v->fields_count; i++) {
		struct act_field *out = &v->fields[i];
		if (out->field->kind == FIELD_BOOL)
			out->value = web_has(rq, out->field->name) ? STR("on") : STR_NONE;
		else if (out->field->kind != FIELD_FILE)
			out->value = web_text(rq, out->field->name);
	}
	return true;
}

bool dispute_act_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct act *act = act_of(rq);
	struct act_view v = { .form = web_form_state(rq), .title = act->title, .law = act->law,
			      .button = act->button, .action = rq->path };

	if (!own(rq, &v.d, err) || !fill_fields(rq, act, &v, err))
		return false;
	v.back = dispute_href(rq, v.d.id);
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { v.d.case_no, v.back },
				  { v.title, STR_NONE } };
	struct page page = { .title = v.title, .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_act_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool dispute_act_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute d;

	if (!own(rq, &d, err))
		return false;
	web_version(rq, d.version);
	struct dispute_edit at = { d.id, web_int(rq, "version", 0) };
	return act_of(rq)->post(rq, at, err) &&
	       web_redirect(rp, dispute_href(rq, d.id), "dispute.saved");
}
