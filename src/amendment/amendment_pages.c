/*
 * amendment_pages.c - corrections on the desk: the register, one of them, its acts; and all routes.
 */
#include "amendment/amendment_pages.h"

#include "amendment/amendment_view.h"
#include "amendment_html.h"
#include "attachment/attachment_pages.h"
#include "base/json.h"
#include "base/limits.h"
#include "request/request_pages.h"

/* ---- the register */

static bool read_page(struct ctx *ctx, struct opt_int scope, int64_t before, size_t max,
		      struct amendment_list_view *v, struct err *err)
{
	struct request_units units;
	struct amendment *rows;

	if (!amendment_list(ctx, scope, before, max, &rows, &v->count, err) ||
	    !request_units_load(ctx, &units, err))
		return false;
	struct str *names = ARENA_ARRAY(ctx->arena, v->count, struct str);
	for (size_t i = 0; i < v->count; i++)
		names[i] = request_unit_name(&units, rows[i].unit.n);
	v->rows = rows;
	v->units = names;
	v->today = ctx->today;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, rows[v->count - 1].id.n);
	return true;
}

static bool list(struct web_request *rq, struct amendment_list_view *v, struct err *err)
{
	return list_filter_good(rq, err) && read_page(&rq->ctx, request_scope(rq),
						      list_place_id(rq), LIMIT_ROWS_PER_PAGE, v,
						      err);
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_list_view v = { .form = web_form_state(rq),
					 .may_write = web_may(rq, PERM_REQUEST_WRITE),
					 .may_settle = web_may(rq, PERM_REQUEST_DECIDE) };
	int days;

	if (!list(rq, &v, err) ||
	    !amendment_days_of(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &days, err))
		return false;
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	v.days = rq->method == METHOD_POST ? web_text(rq, "days") :
					     str_format(rq->ctx.arena, "%d", days);
	struct page page = { .title = STR("更正申请"), .errors = v.form.errors_count,
			     .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *amendment_json(struct arena *a, const struct amendment *x)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(x->id.n));
	json_object_set_new(out, "number", json_text(x->number));
	json_object_set_new(out, "record", json_text(x->record));
	json_object_set_new(out, "state", json_text(amendment_state_code(x->state)));
	json_object_set_new(out, "result", json_text(amendment_result_code(x->result)));
	json_object_set_new(out, "target", json_text(x->target));
	json_object_set_new(out, "received_on",
			    json_day(a, (struct opt_date){ true, x->received_on }));
	json_object_set_new(out, "due_on", json_day(a, x->due_on));
	json_object_set_new(out, "decided_on", json_day(a, x->decided_on));
	json_object_set_new(out, "closed_on", json_day(a, x->closed_on));
	json_object_set_new(out, "version", json_integer(x->version));
	return out;
}

static bool list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_list_view v = { .count = 0 };

	if (!list(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, amendment_json(rq->ctx.arena, &v.rows[i]));
	return web_json(rp, list_as_json(rq, items, v.next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct opt_int *scope = arg;
	struct amendment_list_view v = { .count = 0 };

	if (!read_page(ctx, *scope, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct amendment *a = &v.rows[i];
		const struct str cells[] = {
			a->number,
			v.units[i],
			channel_label(a->channel),
			a->record,
			date_iso(ctx->arena, a->received_on),
			list_day(ctx->arena, a->due_on),
			amendment_state_label(a->state),
			a->result != AMENDMENT_UNDECIDED ? amendment_result_label(a->result) :
							   STR_NONE,
			list_day(ctx->arena, a->closed_on),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

static bool list_files(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("编号"),	 STR_INIT("单位"),
					    STR_INIT("申请方式"), STR_INIT("记录"),
					    STR_INIT("收到日期"), STR_INIT("办理期限"),
					    STR_INIT("情况"),	 STR_INIT("结果"),
					    STR_INIT("办结日期") };
	struct opt_int scope = request_scope(rq);
	const struct list_file file = { STR("更正申请"), heads, COUNT_OF(heads), give_page, &scope };

	return list_send(rq, rp, &file, err);
}

static bool settle_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return amendment_set_days(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id },
				  (int)web_int(rq, "days", 0), err) &&
	       web_redirect(rp, STR("/desk/amendments"), "amendment.settled");
}

/* ---- registering */

static bool new_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_form_view v = { .desk = true };

	(void)err;
	amendment_form_fill(rq, &v);
	struct crumb crumbs[] = { { STR("更正申请"), STR("/desk/amendments") },
				  { STR("登记更正申请"), STR_NONE } };
	struct page page = { .title = STR("登记更正申请"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_form_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str path_of(struct web_request *rq, struct amendment_id id)
{
	return str_format(rq->ctx.arena, "/desk/amendments/%lld", (long long)id.n);
}

static bool new_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_new in = { .unit = { rq->ctx.actor.unit_id },
				    .received_on = web_date(rq, "received_on").v };
	struct amendment_id id;

	(void)channel_from(web_text(rq, "channel"), &in.channel); /* the choices are these */
	return amendment_take(rq, &in, BROUGHT_ON_PAPER, &id, err) &&
	       web_created(rp, path_of(rq, id), "amendment.registered");
}

/* ---- one */

static bool find(struct web_request *rq, struct amendment *a, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "amendment.none", "?");
	if (!amendment_find(&rq->ctx, (struct amendment_id){ id }, a, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && a->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_NOT_FOUND, "amendment.none", "%lld", (long long)id);
	return true;
}

/* Whom it may be passed on to: none of this site first, and never the unit itself. */
static bool fill_targets(struct web_request *rq, struct amendment_page_view *v, struct err *err)
{
	const struct choice *units;
	struct unit own;
	size_t count;

	if (!amendment_units(rq, &units, &count, err) ||
	    !agency_unit(&rq->ctx, v->a.unit, &own, err))
		return false;
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, count + 1, struct choice);
	list[v->units_count++] = (struct choice){ .label = STR("（不是本站的单位）") };
	for (size_t i = 0; i < count; i++)
		if (!str_equal(units[i].value, own.code))
			list[v->units_count++] = units[i];
	v->units = list;
	return true;
}

static bool fill_letter(struct web_request *rq, struct amendment_page_view *v, struct err *err)
{
	struct letter *letter;

	if (!v->a.letter.known)
		return true;
	letter = ARENA_NEW(rq->ctx.arena, struct letter);
	v->letter = letter;
	return letter_load(&rq->ctx, (struct letter_id){ v->a.letter.v }, letter, err);
}

static bool fill(struct web_request *rq, struct amendment_page_view *v, struct err *err)
{
	bool own = v->a.unit.n == rq->ctx.actor.unit_id;
	struct attachment *files;
	struct amendment origin;
	struct identity who;
	struct unit unit;

	if (!agency_unit(&rq->ctx, v->a.unit, &unit, err) ||
	    !identity_masked(&rq->ctx, v->a.applicant, &who, err) ||
	    !fill_targets(rq, v, err) || !fill_letter(rq, v, err) ||
	    !attachment_list(&rq->ctx, "amendment", v->a.id.n, &files, &v->files_count, err))
		return false;
	if (v->a.origin.known) {
		if (!amendment_find(&rq->ctx, (struct amendment_id){ v->a.origin.v }, &origin, err))
			return false;
		v->origin = origin.number;
	}
	if (v->a.target_unit.known) {
		struct unit target;
		if (!agency_unit(&rq->ctx, (struct unit_id){ v->a.target_unit.v }, &target, err))
			return false;
		v->target_unit = target.code;
	}
	v->files = files;
	v->unit = unit.name;
	v->applicant = who.name;
	v->late = v->a.state != AMENDMENT_CLOSED && v->a.due_on.known &&
		  date_compare(rq->ctx.today, v->a.due_on.v) > 0;
	v->may_write = own && web_may(rq, PERM_REQUEST_WRITE);
	v->may_sign = own && web_may(rq, PERM_REQUEST_DECIDE);
	v->result = amendment_result_code(v->a.result);
	v->finding = v->a.finding;
	v->target = v->a.target_unit.known ? STR_NONE : v->a.target;
	v->on = date_iso(rq->ctx.arena, rq->ctx.today);
	return true;
}

static bool one_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_page_view v = { .form = web_form_state(rq) };

	if (!find(rq, &v.a, err) || !fill(rq, &v, err))
		return false;
	if (rq->method == METHOD_POST && web_has(rq, "on"))
		v.on = web_text(rq, "on");
	struct crumb crumbs[] = { { STR("更正申请"), STR("/desk/amendments") },
				  { v.a.number, STR_NONE } };
	struct page page = { .title = str_concat(rq->ctx.arena, STR("更正申请"), v.a.number),
			     .errors = v.form.errors_count, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_concat(rq->ctx.arena, path_of(rq, v.a.id), STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool one_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment a;

	return find(rq, &a, err) && web_json(rp, amendment_json(rq->ctx.arena, &a));
}

static bool own_of_path(struct web_request *rq, struct amendment *a, struct amendment_edit *at,
			struct err *err)
{
	if (!find(rq, a, err))
		return false;
	web_version(rq, a->version);
	*at = (struct amendment_edit){ a->id, web_int(rq, "version", 0) };
	return a->unit.n == rq->ctx.actor.unit_id ||
	       err_set(err, ERR_FORBIDDEN, "amendment.not_yours", STR_FMT, STR_ARG(a->number));
}

static bool draft(struct web_request *rq, struct amendment_edit at, struct err *err)
{
	struct amendment_finding in = { .finding = web_text(rq, "finding"),
					.target = web_text(rq, "target") };
	struct unit unit;
	bool found;

	if (!amendment_result_from(web_text(rq, "result"), &in.result))
		in.result = AMENDMENT_UNDECIDED;
	if (web_text(rq, "target_unit").len > 0) {
		if (!agency_unit_by_code(&rq->ctx, web_text(rq, "target_unit"), &unit, &found, err))
			return false;
		in.target_unit = (struct opt_int){ found, found ? unit.id.n : 0 };
	}
	return amendment_draft(&rq->ctx, at, &in, err);
}

static bool act_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str act = web_text(rq, "act");
	struct amendment_edit at;
	struct amendment a;
	bool done;

	if (!own_of_path(rq, &a, &at, err))
		return false;
	if (str_equal_c(act, "draft"))
		done = draft(rq, at, err);
	else if (str_equal_c(act, "serve"))
		done = amendment_serve(&rq->ctx, at, web_date(rq, "on").v, err);
	else
		done = amendment_withdraw(&rq->ctx, at, err);
	return done && web_redirect(rp, path_of(rq, a.id), "amendment.done");
}

static bool issue_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_edit at;
	struct amendment a;

	return own_of_path(rq, &a, &at, err) &&
	       amendment_issue(&rq->ctx, at, web_date(rq, "on").v, err) &&
	       web_redirect(rp, path_of(rq, a.id), "amendment.signed");
}

static bool file_get(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment file;
	struct amendment a;
	int64_t id = 0;

	(void)web_param_int(rq, "file", &id);
	if (!find(rq, &a, err) ||
	    !attachment_find(&rq->ctx, (struct attachment_id){ id }, &file, err))
		return false;
	if (!str_equal_c(file.subject_kind, "amendment") || file.subject_id != a.id.n)
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)id);
	return attachment_serve(rq, rp, file.id, err);
}

static const char *const act_codes[] = { "draft", "serve", "withdraw", NULL };
#define VERSION { .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX }
#define ON { .name = "on", .label = "日期", .kind = FIELD_DATE }
static const struct field act_form[] = {
	VERSION,
	{ .name = "act", .label = "办理", .kind = FIELD_CHOICE, .required = true, .choices = act_codes },
	{ .name = "result", .label = "审核结果", .kind = FIELD_TEXT, .max = 60 },
	{ .name = "finding", .label = "审核情况", .kind = FIELD_LINES, .max = 60000 },
	{ .name = "target_unit", .label = "有权更正的单位", .kind = FIELD_TEXT, .max = 60 },
	{ .name = "target", .label = "有权更正的机关", .kind = FIELD_TEXT, .max = 300 },
	ON, FIELD_END
};
static const struct field issue_form[] = {
	VERSION, { .name = "on", .label = "日期", .kind = FIELD_DATE, .required = true }, FIELD_END
};
static const struct field days_form[] = {
	{ .name = "days", .label = "办理期限", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = AMENDMENT_DAYS_MAX },
	FIELD_END
};
static const struct field list_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field no_form[] = { FIELD_END };
static const struct field code_form[] = {
	{ .name = "number", .label = "编号", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "code", .label = "查询码", .kind = FIELD_TEXT, .required = true, .max = 200 },
	FIELD_END
};

const struct route amendment_routes[] = {
	{ METHOD_GET, "/amend", PERM_PUBLIC, amendment_public_page, .summary = "要求更正政府信息：填写" },
	{ METHOD_POST, "/amend", PERM_PUBLIC, amendment_public_post, .form = amendment_public_form,
	  .flags = ROUTE_UPLOAD | ROUTE_COSTLY, .summary = "要求更正与自己相关的政府信息" },
	{ METHOD_GET, "/amend/progress", PERM_PUBLIC, amendment_progress_page,
	  .summary = "查询更正申请：填写" },
	{ METHOD_POST, "/amend/progress", PERM_PUBLIC, amendment_progress_post, .form = code_form,
	  .flags = ROUTE_COSTLY, .summary = "用编号和查询码查询更正申请" },
	{ METHOD_GET, "/amend/progress.json", PERM_PUBLIC, amendment_progress_json,
	  .summary = "更正申请的办理情况" },
	{ METHOD_POST, "/amend/progress/leave", PERM_PUBLIC, amendment_leave_post, .form = no_form,
	  .summary = "退出查询更正申请" },
	{ METHOD_GET, "/amend/progress/letter", PERM_PUBLIC, amendment_letter_page,
	  .summary = "已送达申请人的更正告知书" },
	{ METHOD_GET, "/amend/progress/letter.pdf", PERM_PUBLIC, amendment_letter_pdf,
	  .flags = ROUTE_SLOW, .summary = "已送达申请人的更正告知书（PDF）" },
	{ METHOD_GET, "/desk/amendments", PERM_REQUEST_READ, list_page, .query = list_query,
	  .summary = "更正申请列表" },
	{ METHOD_GET, "/desk/amendments.json", PERM_REQUEST_READ, list_json, .query = list_query,
	  .flags = ROUTE_API, .summary = "更正申请列表（机器可读）" },
	LIST_FILES("/desk/amendments", PERM_REQUEST_READ, list_files, list_query, "更正申请列表"),
	{ METHOD_POST, "/desk/amendments", PERM_REQUEST_DECIDE, settle_post, .form = days_form,
	  .summary = "确定更正申请的办理期限" },
	{ METHOD_GET, "/desk/amendments/new", PERM_REQUEST_WRITE, new_page,
	  .summary = "登记更正申请：填写" },
	{ METHOD_POST, "/desk/amendments/new", PERM_REQUEST_WRITE, new_post,
	  .form = amendment_desk_form, .flags = ROUTE_UPLOAD, .summary = "登记更正申请" },
	{ METHOD_GET, "/desk/amendments/:id", PERM_REQUEST_READ, one_page,
	  .summary = "一件更正申请" },
	{ METHOD_GET, "/desk/amendments/:id.json", PERM_REQUEST_READ, one_json, .flags = ROUTE_API,
	  .summary = "一件更正申请（机器可读）" },
	{ METHOD_POST, "/desk/amendments/:id", PERM_REQUEST_WRITE, act_post, .form = act_form,
	  .summary = "更正申请：起草告知书、登记送达、登记撤回" },
	{ METHOD_GET, "/desk/amendments/:id/issue", PERM_REQUEST_READ, one_page,
	  .summary = "一件更正申请：签发" },
	{ METHOD_POST, "/desk/amendments/:id/issue", PERM_REQUEST_DECIDE, issue_post,
	  .form = issue_form, .summary = "签发更正告知书、转送告知书" },
	{ METHOD_GET, "/desk/amendments/:id/files/:file", PERM_REQUEST_READ, file_get,
	  .summary = "下载更正申请的证据材料" },
	ROUTE_END
};
