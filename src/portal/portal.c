/*
 * portal.c - the handlers and routes of the first pages.
 */
#include "portal/portal.h"

#include "account/permission.h"
#include "apply/follow.h"
#include "casework/casework_panel.h"
#include "dispute/dispute.h"
#include "portal/calendar_pages.h"
#include "portal/clock_pages.h"
#include "portal/ledger_pages.h"
#include "portal/portal_view.h"
#include "portal/unit_pages.h"
#include "portal_html.h"
#include "report/report.h"

enum { HOME_REPORTS = 8 };

/* The pie and table of the latest report the government published. */
static bool latest_figures(struct ctx *ctx, const struct report_listing *l, struct home_view *view,
			   struct err *err)
{
	struct report_content content;
	struct report report;
	struct unit root;
	size_t count;
	bool found;

	if (!agency_root(ctx, &root, err) ||
	    !report_of(ctx, root.id, l->year, &report, &found, err))
		return false;
	if (!found || !report_load(ctx, &report, 0, &content, err))
		return err->code == ERR_NONE;
	const struct result_slice *results = content_slices(ctx->arena, &content, &count);
	struct slice *slices = ARENA_ARRAY(ctx->arena, count, struct slice);
	for (size_t i = 0; i < count; i++) {
		const struct figure *f = figure_find(&content.figures, results[i].key);
		slices[i] = (struct slice){ .label = results[i].label, .value = results[i].value,
					    .href = f != NULL ? f->href : STR_NONE };
		view->answered += results[i].value;
	}
	view->has_figures = count > 0;
	view->slices = slices;
	view->slices_count = count;
	view->year = l->year;
	view->report_href = view->reports[0].href;
	return true;
}

/* The government's own reports first, then the units', newest year first. */
static bool list_reports(struct ctx *ctx, struct home_view *view, struct err *err)
{
	struct report_listing *all;
	const struct report_listing *latest = NULL;
	size_t count;

	if (!report_published_all(ctx, &all, &count, err))
		return false;
	struct home_report *rows = ARENA_ARRAY(ctx->arena, HOME_REPORTS, struct home_report);
	for (int own = 1; own >= 0; own--) {
		for (size_t i = 0; i < count && view->reports_count < HOME_REPORTS; i++) {
			const struct report_listing *l = &all[i];
			if (l->rolls_up != (own == 1))
				continue;
			if (l->rolls_up && (latest == NULL || l->year > latest->year))
				latest = l;
			rows[view->reports_count++] = (struct home_report){
				.title = str_format(ctx->arena, STR_FMT "%d年政府信息公开工作年度报告",
						    STR_ARG(l->unit_name), l->year),
				.href = str_format(ctx->arena, "/reports/%d/" STR_FMT, l->year,
						   STR_ARG(l->unit_code)),
				.published_on = l->published_on,
			};
		}
	}
	view->reports = rows;
	return latest == NULL || latest_figures(ctx, latest, view, err);
}

static bool home_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct home_view view = { 0 };

	if (!agency_site(&rq->ctx, &view.site, err) || !list_reports(&rq->ctx, &view, err))
		return false;
	struct page page = { .title = STR("首页"), .json = STR("/reports.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	home_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

/* What the desk offers, each row to those who may. */
static const struct { unsigned permission; struct desk_task task; } tasks[] = {
	{ PERM_REQUEST_READ, { STR_INIT("依申请公开"), STR_INIT("/desk/requests"),
			       STR_INIT("登记、查询本单位的申请"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("在办的答复"), STR_INIT("/desk/replies"),
			       STR_INIT("拟稿、审核、法律意见、签发"), 0, false } },
	{ PERM_REQUEST_DECIDE, { STR_INIT("办理惯例"), STR_INIT("/desk/request-practice"),
				 STR_INIT("条例没有规定天数的：补正、说明理由的期限"), 0, false } },
	{ PERM_REQUEST_IMPORT, { STR_INIT("导入申请台账"), STR_INIT("/desk/requests/import"),
				 STR_INIT("从XLSX或CSV台账导入，先预览后导入"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("文书"), STR_INIT("/desk/letters"),
			       STR_INIT("草稿和已印发的文书，模板、抬头"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("向社会公开的答复"), STR_INIT("/desk/answers"),
			       STR_INIT("由一件申请的答复改写，审核后供他人先行查找"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("来信"), STR_INIT("/desk/mail"),
			       STR_INIT("收到的邮件：归入申请，或者登记为新的申请"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("主动公开的建议"), STR_INIT("/desk/suggestions"),
			       STR_INIT("申请人建议纳入主动公开的信息，由本单位审核"), 0, false } },
	{ PERM_SUPERVISE, { STR_INIT("投诉、举报"), STR_INIT("/desk/complaints"),
			    STR_INIT("主管部门查证、答复；网上申请设置"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("我的提醒"), STR_INIT("/desk/told"),
			       STR_INIT("早上的提醒邮件，手机上的期限日历"), 0, false } },
	{ PERM_UNIT_WRITE, { STR_INIT("复议机关与法院"), STR_INIT("/desk/letter-bodies"),
			     STR_INIT("文书中救济途径写明的机关和法院"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("更正申请"), STR_INIT("/desk/amendments"),
			       STR_INIT("要求更正与自己相关的记录（第四十一条）"), 0, false } },
	{ PERM_REQUEST_READ, { STR_INIT("行政复议、行政诉讼"), STR_INIT("/desk/disputes"),
			       STR_INIT("案件、期限、开庭和结果，计入表四；数字是有期限的事项"), 0, false } },
	{ PERM_STATISTICS_WRITE, { STR_INIT("主动公开统计填报"), STR_INIT("/desk/statistics"),
				   STR_INIT("表二中尚无办理记录的数字，注明来源"), 0, false } },
	{ PERM_REPORT_WRITE, { STR_INIT("年度报告"), STR_INIT("/desk/reports"),
			       STR_INIT("起草、核查、审定、发布"), 0, false } },
	{ PERM_SITE_READ, { STR_INIT("个人信息保存期限"), STR_INIT("/desk/retention"),
			    STR_INIT("保存年限，届满的申请"), 0, false } },
	{ PERM_CALENDAR_WRITE, { STR_INIT("法定工作日"), STR_INIT("/desk/calendar"),
				 STR_INIT("放假和调休，载入下一年的通知"), 0, false } },
	{ PERM_UNIT_WRITE, { STR_INIT("单位"), STR_INIT("/desk/units"),
			     STR_INIT("添加、修改、停用本站点的单位"), 0, false } },
	{ PERM_ACCOUNT_WRITE, { STR_INIT("工作人员账号"), STR_INIT("/desk/accounts"),
				STR_INIT("添加、停用账号"), 0, false } },
	{ PERM_LEDGER_READ, { STR_INIT("操作记录"), STR_INIT("/desk/ledger"),
			      STR_INIT("谁在何时做了什么，及链条完整性"), 0, false } },
	{ PERM_SIGNED_IN, { STR_INIT("我的密码和令牌"), STR_INIT("/desk/password"),
			    STR_INIT("修改密码，管理供程序使用的访问令牌"), 0, false } },
};

/* What applicants sent after their requests, and nobody has answered yet. */
static bool count_follows(struct web_request *rq, struct desk_task *task, struct err *err)
{
	bool complaints = str_equal(task->href, STR("/desk/complaints"));
	struct opt_int unit = { !complaints && !web_may(rq, PERM_SITE_READ),
				rq->ctx.actor.unit_id };

	if (!complaints && !str_equal(task->href, STR("/desk/suggestions")))
		return true;
	task->most = FOLLOW_COUNT_MAX;
	return follow_count_open(&rq->ctx, complaints ? FOLLOW_COMPLAINT : FOLLOW_SUGGESTION, unit,
				 &task->count, err);
}

/* What organs and courts wait for, and new answers that are ordered. */
static bool count_disputes(struct web_request *rq, struct desk_task *task, struct err *err)
{
	struct opt_int unit = { !web_may(rq, PERM_SITE_READ), rq->ctx.actor.unit_id };

	if (!str_equal(task->href, STR("/desk/disputes")))
		return true;
	task->most = DISPUTE_COUNT_MAX;
	return dispute_count_due(&rq->ctx, unit, &task->count, err);
}

static bool desk_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct desk_view view = { .person = rq->ctx.actor.name };
	struct unit unit;

	if (!agency_unit(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &unit, err))
		return false;
	const struct role *role = role_find(rq->ctx.actor.role);
	view.role = role != NULL ? role->label : rq->ctx.actor.role;
	view.unit = unit.name;
	if (!calendar_is_asked_for(rq, &view.calendar_runs_out, err))
		return false;
	struct desk_task *mine = ARENA_ARRAY(rq->ctx.arena, COUNT_OF(tasks), struct desk_task);
	for (size_t i = 0; i < COUNT_OF(tasks); i++) {
		if (!web_may(rq, tasks[i].permission))
			continue;
		mine[view.tasks_count] = tasks[i].task;
		struct desk_task *task = &mine[view.tasks_count++];
		if (!count_follows(rq, task, err) || !count_disputes(rq, task, err))
			return false;
	}
	view.tasks = mine;
	struct page page = { .title = STR("工作台") };
	struct html *h = web_page_begin(rq, rp, &page);
	desk_begin_html(h, &view);
	if (!casework_panel(rq, h, err))
		return false;
	desk_end_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool text_page(struct web_request *rq, struct web_reply *rp, struct str title,
		      void (*body)(struct html *, const struct about_view *), struct err *err)
{
	struct about_view view = { .version = STR(GONGKAI_VERSION) };

	if (!agency_site(&rq->ctx, &view.site, err))
		return false;
	struct page page = { .title = title };
	struct html *h = web_page_begin(rq, rp, &page);
	body(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool about_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return text_page(rq, rp, STR("关于本站"), about_html, err);
}

static bool accessibility_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return text_page(rq, rp, STR("无障碍声明"), accessibility_html, err);
}

static bool api_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return text_page(rq, rp, STR("数据接口"), api_text_html, err);
}

static const struct field clock_query[] = {
	{ .name = "received", .label = "收到申请之日", .kind = FIELD_DATE },
	{ .name = "days", .label = "期限", .kind = FIELD_INT, .low = 1, .high = 250 },
	{ .name = "extend", .label = "延长", .kind = FIELD_INT, .low = 0, .high = 20 },
	{ .name = "suspend", .label = "征求意见的起止日期", .kind = FIELD_LINES, .max = 4096 },
	FIELD_END
};

static const struct field ledger_query[] = { LIST_PLACE_ID, FIELD_END };

const struct route portal_routes[] = {
	{ METHOD_GET, "/", PERM_PUBLIC, home_page, .flags = ROUTE_CACHED, .summary = "首页" },
	{ METHOD_GET, "/clock", PERM_PUBLIC, clock_page, .query = clock_query,
	  .summary = "计算答复期限" },
	{ METHOD_GET, "/clock.json", PERM_PUBLIC, clock_json, .query = clock_query,
	  .flags = ROUTE_API, .summary = "计算答复期限（机器可读）" },
	{ METHOD_GET, "/about", PERM_PUBLIC, about_page, .flags = ROUTE_CACHED,
	  .summary = "关于本站" },
	{ METHOD_GET, "/api", PERM_PUBLIC, api_page, .flags = ROUTE_CACHED, .summary = "数据接口说明" },
	{ METHOD_GET, "/accessibility", PERM_PUBLIC, accessibility_page, .flags = ROUTE_CACHED,
	  .summary = "无障碍声明" },
	{ METHOD_GET, "/desk/ledger", PERM_LEDGER_READ, ledger_page, .query = ledger_query,
	  .summary = "操作记录" },
	{ METHOD_GET, "/desk/ledger.json", PERM_LEDGER_READ, ledger_json, .query = ledger_query,
	  .flags = ROUTE_API, .summary = "操作记录（机器可读）" },
	{ METHOD_GET, "/desk/ledger/verify", PERM_LEDGER_READ, ledger_verify_page,
	  .flags = ROUTE_SLOW, .summary = "核对操作记录的链条" },
	{ METHOD_GET, "/desk/calendar", PERM_SIGNED_IN, calendar_page, .query = calendar_query,
	  .summary = "法定工作日" },
	{ METHOD_GET, "/desk/calendar.json", PERM_SIGNED_IN, calendar_json, .query = calendar_query,
	  .flags = ROUTE_API, .summary = "法定工作日（机器可读）" },
	{ METHOD_POST, "/desk/calendar", PERM_CALENDAR_WRITE, calendar_load_post,
	  .form = calendar_load_form, .summary = "载入一年的节假日通知" },
	{ METHOD_GET, "/desk/units", PERM_UNIT_WRITE, units_page, .summary = "单位列表" },
	{ METHOD_GET, "/desk/units.json", PERM_UNIT_WRITE, units_json, .flags = ROUTE_API,
	  .summary = "单位列表（机器可读）" },
	{ METHOD_POST, "/desk/units", PERM_UNIT_WRITE, unit_add_post, .form = unit_add_form,
	  .summary = "添加单位" },
	{ METHOD_GET, "/desk/units/:id", PERM_UNIT_WRITE, unit_page, .summary = "一个单位" },
	{ METHOD_POST, "/desk/units/:id", PERM_UNIT_WRITE, unit_change_post,
	  .form = unit_change_form, .summary = "修改单位" },
	{ METHOD_GET, "/desk/units/:id/close", PERM_UNIT_WRITE, unit_page, .summary = "停用单位的表单" },
	{ METHOD_POST, "/desk/units/:id/close", PERM_UNIT_WRITE, unit_close_post,
	  .form = unit_close_form, .summary = "停用单位" },
	{ METHOD_GET, "/desk/units/:id/reopen", PERM_UNIT_WRITE, unit_page, .summary = "恢复单位的表单" },
	{ METHOD_POST, "/desk/units/:id/reopen", PERM_UNIT_WRITE, unit_reopen_post,
	  .form = unit_reopen_form, .summary = "恢复单位" },
	{ METHOD_GET, "/desk", PERM_SIGNED_IN, desk_page, .summary = "工作台" },
	ROUTE_END
};
