/*
 * acts_pages.c - what staff do to a report: each act a form, its verb, and back.
 */
#include "account/permission.h"
#include "report/edge_pages.h"
#include "report_html.h"

#define VERSION_FIELD                                                                           \
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1,    \
	  .high = INT64_MAX }
#define REASON_FIELD                                                                            \
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true, .max = 2000 }

const struct field start_form[] = {
	{ .name = "unit", .label = "单位", .kind = FIELD_TEXT, .required = true, .max = 40 },
	{ .name = "year", .label = "报告年度", .kind = FIELD_INT, .required = true, .low = 2000,
	  .high = 2199 },
	FIELD_END
};
const struct field part_form[] = {
	VERSION_FIELD,
	{ .name = "text", .label = "正文", .kind = FIELD_LINES, .max = LIMIT_NARRATIVE_BYTES },
	FIELD_END
};
const struct field whole_form[] = {
	VERSION_FIELD,
	{ .name = "text", .label = "正文", .kind = FIELD_LINES, .required = true, .max = 256 * 1024 },
	FIELD_END
};
const struct field version_form[] = { VERSION_FIELD, FIELD_END };
const struct field reason_form[] = { VERSION_FIELD, REASON_FIELD, FIELD_END };
const struct field waive_query[] = {
	{ .name = "finding", .label = "核查发现", .kind = FIELD_TEXT, .required = true, .max = 300 },
	FIELD_END
};
const struct field waive_form[] = {
	VERSION_FIELD, REASON_FIELD,
	{ .name = "finding", .label = "核查发现", .kind = FIELD_TEXT, .required = true, .max = 300 },
	FIELD_END
};
#define CORRECTION(n)                                                                           \
	{ .name = "cell" n, .label = "更正第" n "项", .kind = FIELD_TEXT, .max = 120 },         \
	{ .name = "value" n, .label = "更正第" n "项的数", .kind = FIELD_TEXT, .max = 24 }
const struct field erratum_form[] = { VERSION_FIELD,   REASON_FIELD,	CORRECTION("1"),
				      CORRECTION("2"), CORRECTION("3"), CORRECTION("4"),
				      CORRECTION("5"), CORRECTION("6"), FIELD_END };
static const char *const cell_names[ERRATUM_ROWS] = { "cell1", "cell2", "cell3",
						      "cell4", "cell5", "cell6" };
static const char *const value_names[ERRATUM_ROWS] = { "value1", "value2", "value3",
						       "value4", "value5", "value6" };

/* Programs are told the version, of a refusal too. */
static bool tell_version(struct web_request *rq, struct report_id id, struct err *err)
{
	struct report r;

	if (!rq->wants_json)
		return true;
	if (!report_find(&rq->ctx, id, &r, err))
		return false;
	web_version(rq, r.version);
	return true;
}

static bool back(struct web_request *rq, struct web_reply *rp, struct report_id id,
		 const char *flash, struct err *err)
{
	return tell_version(rq, id, err) &&
	       web_redirect(rp, edge_desk_href(rq->ctx.arena, id), flash);
}

static bool which(struct web_request *rq, struct report_id *id, struct err *err)
{
	if (!web_param_int(rq, "id", &id->n))
		return err_set(err, ERR_NOT_FOUND, "report.none", STR_FMT,
			       STR_ARG(web_param(rq, "id")));
	return tell_version(rq, *id, err);
}

/* ---- start, write, check */

bool start_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit unit = { 0 };
	struct report_id id;
	bool found;

	if (!agency_unit_by_code(&rq->ctx, web_text(rq, "unit"), &unit, &found, err))
		return false;
	if (!found) {
		web_field_error(rq, "unit", STR("请从列表中选择单位。"));
		return web_form_again(rq, rp, board_page, err);
	}
	return report_start(&rq->ctx, unit.id, (int)web_int(rq, "year", 0), &id, err) &&
	       web_created(rp, edge_desk_href(rq->ctx.arena, id), "report.started");
}

bool part_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;
	int64_t part;

	if (!which(rq, &id, err))
		return false;
	if (!web_param_int(rq, "part", &part) || part < 1 || part > REPORT_PARTS)
		return err_set(err, ERR_NOT_FOUND, "report.no_part", " ");
	if (!report_edit_part(&rq->ctx, id, web_int(rq, "version", 0), (int)part,
			      web_text(rq, "text"), err) ||
	    !tell_version(rq, id, err))
		return false;
	return web_redirect(rp,
			    str_format(rq->ctx.arena, "/desk/reports/%lld/parts/%lld",
				       (long long)id.n, (long long)part),
			    "report.saved");
}

bool check_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;
	struct report_findings found;

	return which(rq, &id, err) &&
	       report_check(&rq->ctx, id, web_int(rq, "version", 0), &found, err) &&
	       back(rq, rp, id,
		    report_blocked(&found) ? "report.check_found" : "report.check_passed", err);
}

static bool draw_act(struct web_request *rq, struct web_reply *rp, struct desk_act_view *view,
		     void (*body)(struct html *, const struct desk_act_view *))
{
	view->form = web_form_state(rq);
	struct crumb crumbs[] = { { STR("年度报告"), STR("/desk/reports") }, { view->title, view->back_href },
				  { view->heading, STR_NONE } };
	struct page page = { .title = view->heading, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs), .errors = view->form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	body(h, view);
	web_page_end(rq, rp, &page);
	return true;
}

/* What all acts have: the report they are about. */
static bool begin_act(struct web_request *rq, const char *act, struct report *r,
		      struct desk_act_view *view, struct err *err)
{
	struct unit unit;
	struct arena *a = rq->ctx.arena;

	if (!edge_desk_report(rq, r, err) || !agency_unit(&rq->ctx, r->unit, &unit, err))
		return false;
	*view = (struct desk_act_view){ .version = r->version,
					.back_href = edge_desk_href(a, r->id) };
	view->title = str_format(a, STR_FMT "%d年度报告", STR_ARG(unit.name), r->year);
	view->action = str_format(a, STR_FMT "/%s", STR_ARG(view->back_href), act);
	return true;
}

bool whole_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_act_view view;
	struct str words[REPORT_PARTS];
	struct arena *a = rq->ctx.arena;

	if (!begin_act(rq, "whole", &r, &view, err) || !report_words(&rq->ctx, r.id, words, err))
		return false;
	view.heading = STR("整篇粘贴正文");
	view.button = STR("保存全部六个部分");
	struct buf b = buf_open(a, 4096, 8 * LIMIT_NARRATIVE_BYTES);
	for (size_t p = 0; p < REPORT_PARTS; p++)
		buf_addf(&b, STR_FMT "\n" STR_FMT "\n", STR_ARG(form_parts[p].heading),
			 STR_ARG(words[p]));
	view.reason = rq->method == METHOD_POST ? web_text(rq, "text") : buf_str(&b);
	return draw_act(rq, rp, &view, report_whole_html);
}

bool whole_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;

	if (!which(rq, &id, err))
		return false;
	if (!report_edit_whole(&rq->ctx, id, web_int(rq, "version", 0), web_text(rq, "text"),
			       err)) {
		if (err->code == ERR_INVALID)
			err->field = "text";
		return false;
	}
	return back(rq, rp, id, "report.saved", err);
}

/* ---- answer for a finding */

bool waive_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_act_view view;
	struct report_findings found;
	struct str *says = ARENA_ARRAY(rq->ctx.arena, 2, struct str);

	if (!begin_act(rq, "waive", &r, &view, err) || !report_look(&rq->ctx, &r, &found, err))
		return false;
	view.heading = STR("对核查发现说明理由");
	view.button = STR("保存理由");
	view.needs_reason = true;
	view.finding = web_text(rq, "finding");
	view.reason = rq->method == METHOD_POST ? web_text(rq, "reason") : STR_NONE;
	for (size_t i = 0; i < found.count; i++)
		if (found.rows[i].waivable && str_equal(found.rows[i].key, view.finding))
			says[view.says_count++ % 2] = found.rows[i].text;
	if (view.says_count == 0 || web_field_errors(rq) > 2)
		return err_set(err, ERR_NOT_FOUND, "report.no_finding", " ");
	view.says_count = 1;
	view.says = says;
	return draw_act(rq, rp, &view, report_act_html);
}

bool waive_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;

	return which(rq, &id, err) &&
	       report_waive(&rq->ctx, id, web_int(rq, "version", 0), web_text(rq, "finding"),
			    web_text(rq, "reason"), err) &&
	       back(rq, rp, id, "report.waived", err);
}

/* ---- approve, return, publish */

struct act {
	const char *name;
	struct str heading, button;
	struct str says[3];
	size_t says_count;
	bool needs_reason;
	enum report_verb verb;
};

static const struct act acts[] = {
	{ "approve", STR_INIT("审定年度报告"), STR_INIT("确认审定"),
	  { STR_INIT("系统将再核查一次，有未解决的问题则不能审定。"),
	    STR_INIT("审定后全部数字和正文即行冻结，并记下所依据的操作记录位置和数据校验码。"),
	    STR_INIT("审定即视为向本级主管部门报送；要再修改，须先退回并写明理由。") },
	  3, false, REPORT_APPROVE },
	{ "return", STR_INIT("退回修改"), STR_INIT("确认退回"),
	  { STR_INIT("报告回到起草状态，已冻结的数字作废，重新按办理记录计算。") }, 1, true,
	  REPORT_RETURN },
	{ "send-back", STR_INIT("退回单位"), STR_INIT("确认退回"),
	  { STR_INIT("报告回到起草状态，由单位修改后重新审定报送。") }, 1, true,
	  REPORT_RETURN },
	{ "publish", STR_INIT("发布年度报告"), STR_INIT("确认发布"),
	  { STR_INIT("报告将在政府信息公开年报栏目公开，任何人都可以查看和下载。"),
	    STR_INIT("发布后正文不再修改；数字有误的，只能以编号的更正说明更正，原数和更正数都会公开。") },
	  2, false, REPORT_PUBLISH },
};

/* What is not possible now is said instead of asked for. */
static void say_closed(struct web_request *rq, const struct report *r, struct desk_act_view *view)
{
	struct str *says = ARENA_ARRAY(rq->ctx.arena, 1, struct str);

	says[0] = str_format(rq->ctx.arena,
			     "报告目前“" STR_FMT "”，不能办理这一步。请返回报告查看可以办理的操作。",
			     STR_ARG(report_state_label(r->state)));
	view->says = says;
	view->says_count = 1;
	view->button = STR_NONE;
}

static bool act_page(struct web_request *rq, struct web_reply *rp, const struct act *act,
		     struct err *err)
{
	struct report r;
	struct desk_act_view view;

	if (!begin_act(rq, act->name, &r, &view, err))
		return false;
	view.heading = act->heading;
	view.button = act->button;
	view.says = act->says;
	view.says_count = act->says_count;
	view.needs_reason = act->needs_reason;
	if (rq->method == METHOD_GET && !report_allows(r.state, act->verb))
		say_closed(rq, &r, &view);
	if (act->needs_reason && rq->method == METHOD_POST)
		view.reason = web_text(rq, "reason");
	return draw_act(rq, rp, &view, report_act_html);
}

bool approve_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return act_page(rq, rp, &acts[0], err);
}

bool return_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return act_page(rq, rp, &acts[1], err);
}

bool send_back_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return act_page(rq, rp, &acts[2], err);
}

bool publish_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return act_page(rq, rp, &acts[3], err);
}

bool approve_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;

	return which(rq, &id, err) &&
	       report_approve(&rq->ctx, id, web_int(rq, "version", 0), err) &&
	       back(rq, rp, id, "report.approved", err);
}

bool return_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;

	return which(rq, &id, err) &&
	       report_return(&rq->ctx, id, web_int(rq, "version", 0), web_text(rq, "reason"),
			     err) &&
	       back(rq, rp, id, "report.returned", err);
}

bool send_back_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return return_post(rq, rp, err);
}

bool publish_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_id id;

	return which(rq, &id, err) &&
	       report_publish(&rq->ctx, id, web_int(rq, "version", 0), err) &&
	       back(rq, rp, id, "report.published", err);
}

/* ---- errata */

static struct choice *cells_to_choose(struct arena *a, enum form_kind form, size_t *count)
{
	size_t n;
	struct str *keys = tables_keys(a, form, &n);
	struct choice *cells = ARENA_ARRAY(a, n + 1, struct choice);

	*count = 0;
	cells[(*count)++] = (struct choice){ .label = STR("（不更正）") };
	for (size_t i = 0; i < n; i++) {
		bool total = !str_starts(keys[i], STR("t2.")) &&
			     (str_ends(keys[i], STR(".total")) ||
			      str_starts(keys[i], STR("t3.results_total.")));
		if (!total) /* totals follow */
			cells[(*count)++] =
				(struct choice){ .value = keys[i],
						 .label = tables_label(a, form, keys[i]) };
	}
	return cells;
}

bool erratum_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_act_view act;
	struct arena *a = rq->ctx.arena;

	if (!begin_act(rq, "erratum", &r, &act, err))
		return false;
	struct desk_erratum_view view = { .form = web_form_state(rq), .title = act.title,
					  .action = act.action, .back_href = act.back_href,
					  .version = r.version };
	view.cells = cells_to_choose(a, r.form, &view.cells_count);
	if (rq->method == METHOD_POST) {
		view.reason = web_text(rq, "reason");
		for (size_t i = 0; i < ERRATUM_ROWS; i++) {
			view.cell[i] = web_text(rq, cell_names[i]);
			view.value[i] = web_text(rq, value_names[i]);
		}
	}
	struct crumb crumbs[] = { { STR("年度报告"), STR("/desk/reports") }, { view.title, view.back_href },
				  { STR("更正已发布的报告"), STR_NONE } };
	struct page page = { .title = STR("更正已发布的报告"), .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	report_erratum_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool erratum_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_correction list[ERRATUM_ROWS];
	struct report_id id;
	size_t count = 0;
	int number;

	if (!which(rq, &id, err))
		return false;
	for (size_t i = 0; i < ERRATUM_ROWS; i++) {
		struct str cell = web_text(rq, cell_names[i]);
		if (cell.len == 0)
			continue;
		list[count].cell = cell;
		if (!figure_parse(web_text(rq, value_names[i]), &list[count++].hundredths))
			web_field_error(rq, value_names[i], STR("请填写更正后的数，例如 12 或 7730.28。"));
	}
	if (count == 0)
		web_field_error(rq, cell_names[0], STR("请选择要更正的数字。"));
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, erratum_page, err);
	if (report_erratum(&rq->ctx, id, web_int(rq, "version", 0), list, count,
			   web_text(rq, "reason"), &number, err))
		return back(rq, rp, id, "report.corrected", err);
	if (err->field != NULL && !str_equal_c(STR("reason"), err->field)) /* of the first row */
		err->field = value_names[0];
	return false;
}
