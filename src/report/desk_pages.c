/*
 * desk_pages.c - the staff's side: who has handed in, one report with what is
 * open, and the part that is being written with its figures beside it.
 */
#include "base/json.h"
#include "account/permission.h"
#include "ledger/ledger.h"
#include "report/edge_pages.h"
#include "report_html.h"

enum { YEARS_BACK = 8, EVENTS_MAX = 200 };

const struct field board_query[] = {
	{ .name = "year", .label = "报告年度", .kind = FIELD_INT, .low = 2019, .high = 2199 },
	FIELD_END
};

static enum tag_colour colour_of(enum report_state s)
{
	switch (s) {
	case REPORT_DRAFT:
		return TAG_GREY;
	case REPORT_CHECKED:
		return TAG_BLUE;
	case REPORT_APPROVED:
		return TAG_YELLOW;
	case REPORT_PUBLISHED:
		return TAG_GREEN;
	case REPORT_STATE_COUNT:
		break;
	}
	return TAG_GREY;
}

struct str edge_desk_href(struct arena *a, struct report_id id)
{
	return str_format(a, "/desk/reports/%lld", (long long)id.n);
}

static bool is_own(const struct web_request *rq, struct unit_id unit)
{
	return web_may(rq, PERM_SITE_READ) || rq->ctx.actor.unit_id == unit.n;
}

/* ---- the board */

static int board_year(const struct web_request *rq)
{
	return (int)web_int(rq, "year", date_year(rq->ctx.today) - 1);
}

static struct choice *years_to_choose(struct web_request *rq, size_t *count)
{
	int last = date_year(rq->ctx.today);
	struct choice *years = ARENA_ARRAY(rq->ctx.arena, YEARS_BACK, struct choice);

	*count = 0;
	for (int year = last; year > last - YEARS_BACK && year >= 2019; year--) {
		struct str value = str_format(rq->ctx.arena, "%d", year);
		struct str label = str_concat(rq->ctx.arena, value, STR("年"));
		years[(*count)++] = (struct choice){ .value = value, .label = label };
	}
	return years;
}

static void fill_board_row(struct web_request *rq, const struct report_board_row *from,
			   struct board_row *row)
{
	struct arena *a = rq->ctx.arena;

	*row = (struct board_row){ .unit = from->unit.name, .unit_code = from->unit.code,
				   .state = STR("未开始"), .colour = TAG_GREY,
				   .due = date_iso(a, from->due), .exists = from->exists,
				   .late = from->late };
	row->may_start = !from->exists && is_own(rq, from->unit.id);
	if (!from->exists)
		return;
	row->state = report_state_label(from->report.state);
	row->colour = colour_of(from->report.state);
	if (is_own(rq, from->unit.id))
		row->href = edge_desk_href(a, from->report.id);
	else if (from->report.state == REPORT_PUBLISHED)
		row->href = edge_report_href(a, &from->report, from->unit.code);
}

static bool fill_board(struct web_request *rq, struct board_view *view, struct err *err)
{
	struct report_board board;

	*view = (struct board_view){ .year = board_year(rq) };
	view->years = years_to_choose(rq, &view->years_count);
	if (!report_board(&rq->ctx, view->year, &board, err))
		return false;
	struct board_row *rows = ARENA_ARRAY(rq->ctx.arena, board.count, struct board_row);
	for (size_t i = 0; i < board.count; i++)
		fill_board_row(rq, &board.rows[i], &rows[i]);
	view->rows = rows;
	view->rows_count = board.count;
	view->handed_in = board.handed_in;
	view->late = board.late;
	return true;
}

bool board_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct board_view view;

	if (!fill_board(rq, &view, err))
		return false;
	view.form = web_form_state(rq);
	struct page page = { .title = STR("年度报告"), .json = STR("/desk/reports.json"),
			     .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	report_board_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool board_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct board_view view;

	if (!fill_board(rq, &view, err))
		return false;
	json_t *rows = json_array(), *j = json_object();
	for (size_t i = 0; i < view.rows_count; i++) {
		json_t *row = json_object();
		json_object_set_new(row, "unit_code", json_text(view.rows[i].unit_code));
		json_object_set_new(row, "unit_name", json_text(view.rows[i].unit));
		json_object_set_new(row, "state", json_text(view.rows[i].state));
		json_object_set_new(row, "due", json_text(view.rows[i].due));
		json_object_set_new(row, "late", json_boolean(view.rows[i].late));
		json_object_set_new(row, "href", json_text(view.rows[i].href));
		json_array_append_new(rows, row);
	}
	json_object_set_new(j, "year", json_integer(view.year));
	json_object_set_new(j, "reports", rows);
	return api_send(rp, j);
}

/* ---- one report */

bool edge_desk_report(struct web_request *rq, struct report *out, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "report.none", STR_FMT,
			       STR_ARG(web_param(rq, "id")));
	if (!report_find(&rq->ctx, (struct report_id){ id }, out, err))
		return false;
	return is_own(rq, out->unit) || err_set(err, ERR_FORBIDDEN, "report.other_unit", " ");
}

/* Only a draft can be repaired in place; its findings lead to the part that is at fault. */
struct finding_view edge_finding(struct arena *a, const struct report *r,
				 const struct report_finding *f)
{
	struct str base = edge_desk_href(a, r->id), part = f->href;
	bool open = report_allows(r->state, REPORT_EDIT);
	struct finding_view view = { .where = f->where, .text = f->text, .key = f->key,
				     .waived = f->waived, .blocks = f->severity == REPORT_BLOCKS };

	if (str_take_str(&part, STR("#part-")))
		view.href = str_format(a, STR_FMT "/parts/" STR_FMT, STR_ARG(base), STR_ARG(part));
	else
		view.href = f->href;
	if (f->waivable && open && f->waived.len == 0)
		view.waive_href = str_format(a, STR_FMT "/waive?finding=" STR_FMT, STR_ARG(base),
					     STR_ARG(f->key));
	return view;
}

static void fill_findings(struct arena *a, const struct report *r, const struct report_findings *f,
			  struct desk_report_view *view)
{
	struct finding_view *rows = ARENA_ARRAY(a, f->count, struct finding_view);

	/* What blocks comes first, what is answered for last. */
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < f->count; i++) {
			bool blocks = f->rows[i].severity == REPORT_BLOCKS;
			int of = f->rows[i].waived.len > 0 ? 2 : blocks ? 0 : 1;
			if (of != pass)
				continue;
			rows[view->findings_count++] = edge_finding(a, r, &f->rows[i]);
			view->blocking += pass == 0;
		}
	view->findings = rows;
}

static bool fill_parts(struct web_request *rq, const struct report *r,
		       struct desk_report_view *view, struct err *err)
{
	struct str words[REPORT_PARTS];
	struct arena *a = rq->ctx.arena;
	struct desk_part_view *parts = ARENA_ARRAY(a, REPORT_PARTS, struct desk_part_view);

	if (!report_words(&rq->ctx, r->id, words, err))
		return false;
	for (int p = 0; p < REPORT_PARTS; p++) {
		size_t lines = 0;
		struct str rest = words[p], line;
		while (str_split_next(&rest, '\n', &line))
			lines += str_trim(line).len > 0;
		struct str summary = str_format(a, "%zu段", lines);
		if (lines == 0)
			summary = p >= 1 && p <= 3 ? STR("只有表格") : STR("没有文字");
		parts[p] = (struct desk_part_view){ .number = p + 1,
						    .heading = form_parts[p].heading,
						    .summary = summary,
						    .href = str_format(
							    a, "/desk/reports/%lld/parts/%d",
							    (long long)r->id.n, p + 1) };
	}
	view->parts = parts;
	view->parts_count = REPORT_PARTS;
	return true;
}

/* The ledger's verbs in people's words. */
static struct str event_label(struct str verb)
{
	static const struct { struct str verb, label; } labels[] = {
		{ STR_INIT("report.start"), STR_INIT("建立报告") },
		{ STR_INIT("report.edit"), STR_INIT("修改正文") },
		{ STR_INIT("report.check"), STR_INIT("核查") },
		{ STR_INIT("report.waive"), STR_INIT("对核查发现说明理由") },
		{ STR_INIT("report.approve"), STR_INIT("审定，冻结数字") },
		{ STR_INIT("report.return"), STR_INIT("退回修改") },
		{ STR_INIT("report.publish"), STR_INIT("发布") },
		{ STR_INIT("report.erratum"), STR_INIT("发布后更正") },
	};

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (str_equal(labels[i].verb, verb))
			return labels[i].label;
	return verb;
}

static bool fill_events(struct web_request *rq, const struct report *r,
			struct desk_report_view *view, struct err *err)
{
	struct ledger_row *rows;
	size_t count;
	struct arena *a = rq->ctx.arena;

	if (!ledger_history(&rq->ctx, "report", r->id.n, EVENTS_MAX, &rows, &count, err))
		return false;
	struct desk_event *events = ARENA_ARRAY(a, count, struct desk_event);
	for (size_t i = 0; i < count; i++) /* the latest first */
		events[count - 1 - i] = (struct desk_event){ .when = instant_minute(a, rows[i].at),
							     .who = rows[i].actor_name,
							     .what = event_label(rows[i].verb),
							     .reason = rows[i].reason };
	view->events = events;
	view->events_count = count;
	return true;
}

static void add_action(struct desk_report_view *view, struct desk_action *list,
		       const struct web_request *rq, const struct report *r, enum report_verb verb,
		       unsigned permission, struct desk_action action)
{
	if (report_allows(r->state, verb) && web_may(rq, permission))
		list[view->actions_count++] = action;
}

static void fill_actions(struct web_request *rq, const struct report *r,
			 struct desk_report_view *view)
{
	struct arena *a = rq->ctx.arena;
	struct str base = edge_desk_href(a, r->id);
	struct desk_action *list = ARENA_ARRAY(a, 8, struct desk_action);
	bool second = r->edited_by != rq->ctx.actor.account_id;

	add_action(view, list, rq, r, REPORT_CHECK, PERM_REPORT_WRITE,
		   (struct desk_action){ .label = STR("核查"), .post = true,
					 .href = str_concat(a, base, STR("/check")) });
	if (second)
		add_action(view, list, rq, r, REPORT_APPROVE, PERM_REPORT_APPROVE,
			   (struct desk_action){ .label = STR("审定"),
						 .href = str_concat(a, base, STR("/approve")) });
	add_action(view, list, rq, r, REPORT_PUBLISH, PERM_REPORT_PUBLISH,
		   (struct desk_action){ .label = STR("发布"),
					 .href = str_concat(a, base, STR("/publish")) });
	add_action(view, list, rq, r, REPORT_EDIT, PERM_REPORT_WRITE,
		   (struct desk_action){ .label = STR("整篇粘贴正文"),
					 .href = str_concat(a, base, STR("/whole")) });
	add_action(view, list, rq, r, REPORT_RETURN, PERM_REPORT_APPROVE,
		   (struct desk_action){ .label = STR("退回修改"), .warning = true,
					 .href = str_concat(a, base, STR("/return")) });
	if (!web_may(rq, PERM_REPORT_APPROVE))
		add_action(view, list, rq, r, REPORT_RETURN, PERM_REPORT_PUBLISH,
			   (struct desk_action){ .label = STR("退回单位"), .warning = true,
						 .href = str_concat(a, base, STR("/send-back")) });
	add_action(view, list, rq, r, REPORT_ERRATUM, PERM_REPORT_PUBLISH,
		   (struct desk_action){ .label = STR("更正"), .warning = true,
					 .href = str_concat(a, base, STR("/erratum")) });
	view->actions = list;
}

static void fill_facts(struct web_request *rq, const struct report *r,
		       struct desk_report_view *view)
{
	struct arena *a = rq->ctx.arena;
	struct summary_row *rows = ARENA_ARRAY(a, 8, struct summary_row);
	size_t n = 0;
	struct str form = r->form == FORM_2019 ? STR("国办公开办函〔2019〕60号") :
						 STR("国办公开办函〔2021〕30号");

	rows[n++] = (struct summary_row){ .key = STR("单位"), .value = view->unit_name };
	rows[n++] = (struct summary_row){ .key = STR("格式"), .value = form };
	rows[n++] = (struct summary_row){ .key = STR("报送期限"), .value = view->due };
	if (r->approved_on.known)
		rows[n++] = (struct summary_row){ .key = STR("审定日期"),
						  .value = date_chinese(a, r->approved_on.v) };
	if (r->frozen_seq.known)
		rows[n++] = (struct summary_row){ .key = STR("数字截至"),
						  .value = str_format(a, "操作记录第%lld条",
								      (long long)r->frozen_seq.v) };
	if (r->published_on.known)
		rows[n++] = (struct summary_row){ .key = STR("发布日期"),
						  .value = date_chinese(a, r->published_on.v) };
	if (r->check_code.len > 0)
		rows[n++] = (struct summary_row){ .key = STR("数据校验码"), .value = r->check_code };
	view->facts = rows;
	view->facts_count = n;
}

static bool fill_desk(struct web_request *rq, struct report *r, struct desk_report_view *view,
		      struct err *err)
{
	struct unit unit;
	struct report_findings found;
	struct arena *a = rq->ctx.arena;

	*view = (struct desk_report_view){ .blocking = 0 };
	if (!edge_desk_report(rq, r, err) || !agency_unit(&rq->ctx, r->unit, &unit, err) ||
	    !report_look(&rq->ctx, r, &found, err))
		return false;
	view->title = str_format(a, STR_FMT "%d年度报告", STR_ARG(unit.name), r->year);
	view->state = report_state_label(r->state);
	view->colour = colour_of(r->state);
	view->unit_name = unit.name;
	view->preview_href = edge_report_href(a, r, unit.code);
	view->due = date_chinese(a, report_due(r->year, r->rolls_up));
	view->id = r->id.n;
	view->version = r->version;
	view->may_edit = report_allows(r->state, REPORT_EDIT) && web_may(rq, PERM_REPORT_WRITE);
	fill_findings(a, r, &found, view);
	fill_actions(rq, r, view);
	fill_facts(rq, r, view);
	return fill_parts(rq, r, view, err) && fill_events(rq, r, view, err);
}

bool desk_report_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_report_view view;

	if (!fill_desk(rq, &r, &view, err))
		return false;
	view.form = web_form_state(rq);
	struct crumb crumbs[] = { { STR("工作台"), STR("/desk") }, { STR("年度报告"), STR("/desk/reports") },
				  { view.title, STR_NONE } };
	struct page page = { .title = view.title,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_concat(rq->ctx.arena, edge_desk_href(rq->ctx.arena, r.id),
						STR(".json")),
			     .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	report_desk_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *findings_json(const struct finding_view *rows, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *one = json_object();
		json_object_set_new(one, "key", json_text(rows[i].key));
		json_object_set_new(one, "blocks", json_boolean(rows[i].blocks));
		json_object_set_new(one, "where", json_text(rows[i].where));
		json_object_set_new(one, "text", json_text(rows[i].text));
		json_object_set_new(one, "waived", json_text(rows[i].waived));
		json_array_append_new(list, one);
	}
	return list;
}

bool desk_report_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_report_view view;
	struct arena *a = rq->ctx.arena;

	if (!fill_desk(rq, &r, &view, err))
		return false;
	json_t *j = json_object();
	json_object_set_new(j, "id", json_integer(r.id.n));
	json_object_set_new(j, "year", json_integer(r.year));
	json_object_set_new(j, "unit_name", json_text(view.unit_name));
	json_object_set_new(j, "state", json_text(report_state_code(r.state)));
	web_version(rq, r.version);
	json_object_set_new(j, "version", json_integer(r.version));
	json_object_set_new(j, "approved_on", api_date(a, r.approved_on));
	json_object_set_new(j, "published_on", api_date(a, r.published_on));
	json_object_set_new(j, "report", json_text(str_concat(a, view.preview_href, STR(".json"))));
	json_object_set_new(j, "findings", findings_json(view.findings, view.findings_count));
	return api_send(rp, j);
}

/* ---- one part */

static void fill_figures(struct arena *a, const struct figure_set *set, struct desk_edit_view *view)
{
	struct figure_view *main = ARENA_ARRAY(a, set->count, struct figure_view);
	struct figure_view *rest = ARENA_ARRAY(a, set->count, struct figure_view);

	for (size_t i = 0; i < set->count; i++) {
		const struct figure *f = &set->figures[i];
		bool total = !str_starts(f->key, STR("t3.")) || str_ends(f->key, STR(".total"));
		struct figure_view *to = total ? &main[view->main_count++] :
						 &rest[view->rest_count++];
		*to = (struct figure_view){ .key = f->key, .label = f->label, .href = f->href,
					    .value = f->hundredths.known ?
							     figure_print(a, f->hundredths.v) :
							     STR("未填") };
	}
	view->main = main;
	view->rest = rest;
}

static void part_findings(struct arena *a, const struct report *r, int part,
			  const struct report_findings *all, struct desk_edit_view *view)
{
	struct finding_view *rows = ARENA_ARRAY(a, all->count, struct finding_view);
	struct str mine = str_format(a, "#part-%d", part);

	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->rows[i].href, mine))
			rows[view->findings_count++] = edge_finding(a, r, &all->rows[i]);
	view->findings = rows;
}

static bool fill_edit(struct web_request *rq, struct report *r, struct desk_edit_view *view,
		      struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct report_content *c = ARENA_NEW(a, struct report_content);
	struct report_findings found;
	struct str words[REPORT_PARTS];
	int64_t part;

	*view = (struct desk_edit_view){ .main_count = 0 };
	if (!edge_desk_report(rq, r, err))
		return false;
	if (!web_param_int(rq, "part", &part) || part < 1 || part > REPORT_PARTS)
		return err_set(err, ERR_NOT_FOUND, "report.no_part", " ");
	if (!report_load(&rq->ctx, r, 0, c, err) || !report_look(&rq->ctx, r, &found, err) ||
	    !report_words(&rq->ctx, r->id, words, err))
		return false;
	view->title = content_title(a, c);
	view->heading = form_parts[part - 1].heading;
	view->text = words[part - 1];
	view->back_href = edge_desk_href(a, r->id);
	view->action =
		str_format(a, STR_FMT "/parts/%lld", STR_ARG(view->back_href), (long long)part);
	view->version = r->version;
	view->may_edit = report_allows(r->state, REPORT_EDIT) && web_may(rq, PERM_REPORT_WRITE);
	view->preview = &c->parts[part - 1];
	part_findings(a, r, (int)part, &found, view);
	fill_figures(a, &c->figures, view);
	return true;
}

bool desk_part_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_edit_view view;
	struct arena *a = rq->ctx.arena;

	if (!fill_edit(rq, &r, &view, err))
		return false;
	view.form = web_form_state(rq);
	if (rq->method == METHOD_POST) { /* refused: what was typed stands again, its version too */
		view.text = web_text(rq, "text");
		view.version = web_int(rq, "version", view.version);
	}
	struct crumb crumbs[] = { { STR("年度报告"), STR("/desk/reports") }, { view.title, view.back_href },
				  { view.heading, STR_NONE } };
	struct page page = { .title = view.heading, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs), .errors = view.form.errors_count,
			     .json = str_concat(a, view.action, STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	report_edit_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool desk_part_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report r;
	struct desk_edit_view view;

	if (!fill_edit(rq, &r, &view, err))
		return false;
	json_t *j = json_object(), *figures = json_array();
	for (size_t i = 0; i < view.main_count + view.rest_count; i++) {
		const struct figure_view *f = i < view.main_count ? &view.main[i] :
								    &view.rest[i - view.main_count];
		json_t *one = json_object();
		json_object_set_new(one, "key", json_text(f->key));
		json_object_set_new(one, "label", json_text(f->label));
		json_object_set_new(one, "value", json_text(f->value));
		json_array_append_new(figures, one);
	}
	json_object_set_new(j, "heading", json_text(view.heading));
	json_object_set_new(j, "version", json_integer(view.version));
	json_object_set_new(j, "text", json_text(view.text));
	json_object_set_new(j, "findings", findings_json(view.findings, view.findings_count));
	json_object_set_new(j, "figures", figures);
	return api_send(rp, j);
}
