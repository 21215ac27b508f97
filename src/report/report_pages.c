/*
 * report_pages.c - published reports: their list, each as a page, and as files.
 *
 * Everybody sees what is published; staff of the unit and of the whole site see
 * drafts at the same address, marked as such.
 */
#include "report/report_pages.h"

#include "account/permission.h"
#include "base/limits.h"
#include "report/edge_pages.h"
#include "report_html.h"

/* ---- which report */

/* By code; "all" is the government, a number a unit's id: statistics' own addresses say so. */
static bool find_unit(struct web_request *rq, struct unit *out, bool *found, struct err *err)
{
	struct str name = web_param(rq, "unit");
	int64_t id;

	if (!agency_unit_by_code(&rq->ctx, name, out, found, err))
		return false;
	if (*found)
		return true;
	*found = str_equal(name, STR("all"));
	if (*found)
		return agency_root(&rq->ctx, out, err);
	*found = str_to_i64(name, &id) && agency_unit(&rq->ctx, (struct unit_id){ id }, out, err);
	if (!*found && err->code == ERR_NOT_FOUND)
		err_clear(err);
	return err->code == ERR_NONE;
}

static bool sees_drafts(const struct web_request *rq, struct unit_id unit)
{
	return web_may(rq, PERM_SITE_READ) ||
	       (web_may(rq, PERM_REQUEST_READ) && rq->ctx.actor.unit_id == unit.n);
}

/* The records of the government's report are those of all units. */
bool edge_all_records(const struct web_request *rq, const struct report *r)
{
	return web_may(rq, PERM_SITE_READ) ||
	       (!r->rolls_up && web_may(rq, PERM_REQUEST_READ) &&
		rq->ctx.actor.unit_id == r->unit.n);
}

bool edge_report(struct web_request *rq, struct edge_report *out, struct err *err)
{
	int64_t year = 0;
	bool found = web_param_int(rq, "year", &year) && year >= 1900 && year <= 2199;

	*out = (struct edge_report){ .staff = false };
	if (found && !find_unit(rq, &out->unit, &found, err))
		return false;
	if (found && !report_of(&rq->ctx, out->unit.id, (int)year, &out->report, &found, err))
		return false;
	out->staff = found && sees_drafts(rq, out->unit.id);
	if (found && (out->report.state == REPORT_PUBLISHED || out->staff))
		return true;
	return err_set(err, ERR_NOT_FOUND, "report.not_published", " ");
}

struct str edge_report_href(struct arena *a, const struct report *r, struct str unit_code)
{
	return str_format(a, "/reports/%d/" STR_FMT, r->year, STR_ARG(unit_code));
}

/* ---- the list */

static struct str listing_title(struct arena *a, const struct report_listing *l)
{
	return str_format(a, STR_FMT "%d年政府信息公开工作年度报告", STR_ARG(l->unit_name), l->year);
}

static bool is_wanted(struct web_request *rq, const struct report_listing *l)
{
	struct str unit = web_text(rq, "unit");

	return web_int(rq, "year", l->year) == l->year &&
	       (unit.len == 0 || str_equal(unit, l->unit_code));
}

static void add_choice(struct choice *choices, size_t *count, struct str value, struct str label)
{
	for (size_t i = 0; i < *count; i++)
		if (str_equal(choices[i].value, value))
			return;
	choices[(*count)++] = (struct choice){ .value = value, .label = label };
}

static void fill_choices(struct arena *a, const struct report_listing *all, size_t count,
			 struct report_list_view *view)
{
	struct choice *years = ARENA_ARRAY(a, count + 1, struct choice);
	struct choice *units = ARENA_ARRAY(a, count + 1, struct choice);

	add_choice(years, &view->year_choices_count, STR_NONE, STR("全部年度"));
	add_choice(units, &view->unit_choices_count, STR_NONE, STR("全部单位"));
	for (size_t i = 0; i < count; i++) {
		struct str year = str_format(a, "%d", all[i].year);
		add_choice(years, &view->year_choices_count, year, str_concat(a, year, STR("年")));
		add_choice(units, &view->unit_choices_count, all[i].unit_code, all[i].unit_name);
	}
	view->year_choices = years;
	view->unit_choices = units;
}

/* The listing comes year by year, the latest first. */
static void fill_years(struct web_request *rq, const struct report_listing *all, size_t count,
		       struct report_list_view *view)
{
	struct arena *a = rq->ctx.arena;
	struct report_list_item *items = ARENA_ARRAY(a, count, struct report_list_item);
	struct report_list_year *years = ARENA_ARRAY(a, count, struct report_list_year);

	for (size_t i = 0; i < count; i++) {
		if (!is_wanted(rq, &all[i]))
			continue;
		struct report_list_item *item = &items[view->total++];
		*item = (struct report_list_item){
			.title = listing_title(a, &all[i]),
			.href = str_format(a, "/reports/%d/" STR_FMT, all[i].year,
					   STR_ARG(all[i].unit_code)),
			.published_on = all[i].published_on
		};
		size_t last = view->years_count;
		if (last == 0 || years[last - 1].year != all[i].year)
			years[view->years_count++] =
				(struct report_list_year){ .year = all[i].year, .items = item };
		years[view->years_count - 1].count++;
	}
	view->years = years;
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct report_list_view view = { .unit = web_text(rq, "unit"), .year = STR_NONE };
	struct report_listing *all;
	size_t count;

	if (!report_published_all(&rq->ctx, &all, &count, err))
		return false;
	int64_t year = web_int(rq, "year", 0);
	if (year != 0)
		view.year = str_format(rq->ctx.arena, "%lld", (long long)year);
	fill_choices(rq->ctx.arena, all, count, &view);
	fill_years(rq, all, count, &view);
	struct meta_tag meta[] = { { STR("ColumnName"), STR("政府信息公开年报") } };
	struct page page = { .title = STR("政府信息公开年报"), .json = STR("/reports.json"),
			     .meta = meta, .meta_count = COUNT_OF(meta) };
	struct html *h = web_page_begin(rq, rp, &page);
	report_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- one report */

enum linking { LINKED, NO_LINKS };

static struct grid_view *grid_of(struct arena *a, const struct report_content *c, int part,
				 enum linking linking)
{
	static void (*const layouts[])(struct arena *, const struct report_tables *,
				       struct report_grid *) = { grid_table2, grid_table3,
								 grid_table4 };
	struct grid_view *view = ARENA_NEW(a, struct grid_view);
	struct report_grid grid;

	layouts[part - 2](a, &c->tables, &grid);
	struct grid_cell *cells = ARENA_ARRAY(a, grid.count, struct grid_cell);
	for (size_t i = 0; i < grid.count; i++) {
		const struct report_cell *from = &grid.cells[i];
		cells[i] = (struct grid_cell){ .row = from->row, .col = from->col,
					       .rowspan = from->rowspan, .colspan = from->colspan,
					       .head = from->head, .number = from->number,
					       .text = from->text };
		const struct figure *f = NULL;
		if (linking == LINKED && from->key.len > 0 && from->text.len > 0)
			f = figure_find(&c->figures, from->key);
		if (f != NULL)
			cells[i].href = f->href;
	}
	*view = (struct grid_view){ .caption = grid.caption, .rows = grid.rows, .cols = grid.cols,
				    .cells = cells, .count = grid.count };
	return view;
}

static void fill_chart(struct arena *a, const struct report_content *c, struct report_view *view)
{
	size_t count;
	int64_t sum = 0;
	struct result_slice *from = content_slices(a, c, &count);
	struct slice *slices = ARENA_ARRAY(a, count, struct slice);
	struct str *shares = ARENA_ARRAY(a, count, struct str);

	for (size_t i = 0; i < count; i++)
		sum += from[i].value;
	for (size_t i = 0; i < count; i++) {
		const struct figure *f = figure_find(&c->figures, from[i].key);
		slices[i] = (struct slice){ .label = from[i].label, .value = from[i].value,
					    .href = f != NULL ? f->href : STR_NONE };
		shares[i] = narrative_percent(a, from[i].value, sum);
	}
	view->chart_title = content_chart_title(a, c);
	view->slices = slices;
	view->shares = shares;
	view->slices_count = count;
}

static void fill_links(struct arena *a, const struct edge_report *e, struct report_view *view)
{
	static const struct { struct str label; const char *suffix; } files[] = {
		{ STR_INIT("Word文档（docx）"), ".docx" }, { STR_INIT("PDF文档"), ".pdf" },
		{ STR_INIT("Excel表格（xlsx）"), ".xlsx" }, { STR_INIT("纯文本"), ".txt" },
		{ STR_INIT("JSON数据"), ".json" },
	};
	struct str href = edge_report_href(a, &e->report, e->unit.code);
	struct file_link *links = ARENA_ARRAY(a, COUNT_OF(files) + 3, struct file_link);
	struct str names[] = { STR("表二"), STR("表三"), STR("表四") };

	for (size_t i = 0; i < COUNT_OF(files); i++)
		links[i] = (struct file_link){ files[i].label,
					       str_concat(a, href, str_from_c(files[i].suffix)) };
	view->files = links;
	view->files_count = COUNT_OF(files);
	view->tables = &links[COUNT_OF(files)];
	view->tables_count = COUNT_OF(names);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		links[COUNT_OF(files) + i] = (struct file_link){
			str_concat(a, names[i], STR("（CSV）")),
			str_format(a, STR_FMT "/table%zu.csv", STR_ARG(href), i + 2)
		};
	if (e->staff)
		view->desk_href = str_format(a, "/desk/reports/%lld", (long long)e->report.id.n);
}

static void fill_report(struct arena *a, const struct report_content *c, enum linking linking,
			struct report_view *view)
{
	struct str *errata = ARENA_ARRAY(a, c->errata_count, struct str);

	*view = (struct report_view){ .title = content_title(a, c),
				      .preamble = content_preamble(a, c),
				      .note = content_draft_note(a, c),
				      .unit_name = c->unit_name, .published_on = c->published_on,
				      .code = tables_code(a, &c->tables), .errata = errata,
				      .errata_count = c->errata_count };
	for (size_t i = 0; i < c->errata_count; i++)
		errata[i] = content_erratum_text(a, c, &c->errata[i]);
	for (int p = 0; p < REPORT_PARTS; p++)
		view->parts[p] = (struct part_view){
			.number = p + 1, .heading = form_parts[p].heading, .words = &c->parts[p],
			.table = p >= 1 && p <= 3 ? grid_of(a, c, p + 1, linking) : NULL,
			.chart = p == 2 && !content_places_chart(c)
		};
	fill_chart(a, c, view);
}

struct str report_html_file(struct arena *a, const struct report_content *c)
{
	struct buf b = buf_open(a, 64 * KIB, LIMIT_PAGE);
	struct html h = { .out = &b, .arena = a };
	struct report_view view;

	fill_report(a, c, NO_LINKS, &view);
	report_file_html(&h, &view);
	return buf_str(&b);
}

static bool load(struct web_request *rq, struct edge_report *e, struct report_content *c,
		 struct err *err)
{
	return edge_report(rq, e, err) && report_load(&rq->ctx, &e->report, 0, c, err);
}

static bool report_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct edge_report e;
	struct report_content c;
	struct report_view view;
	struct arena *a = rq->ctx.arena;

	if (!load(rq, &e, &c, err))
		return false;
	fill_report(a, &c, LINKED, &view);
	fill_links(a, &e, &view);
	struct crumb crumbs[] = { { STR("首页"), STR("/") }, { STR("政府信息公开年报"), STR("/reports") },
				  { view.title, STR_NONE } };
	struct str published = STR_NONE;
	if (c.published_on.known)
		published = date_iso(a, c.published_on.v);
	struct meta_tag meta[] = { { STR("ColumnName"), STR("政府信息公开年报") },
				   { STR("ArticleTitle"), view.title },
				   { STR("PubDate"), published },
				   { STR("ContentSource"), c.unit_name } };
	struct page page = { .title = view.title,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .meta = meta,
			     .meta_count = COUNT_OF(meta),
			     .json = str_concat(a, edge_report_href(a, &e.report, e.unit.code),
						STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	report_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- as files */

enum file_kind { FILE_DOCX, FILE_PDF, FILE_XLSX, FILE_TEXT };

static bool write_file(struct arena *a, enum file_kind kind, const struct doc *d, struct str *out,
		       struct err *err)
{
	switch (kind) {
	case FILE_DOCX:
		return office_write_docx(a, d, out, err);
	case FILE_PDF:
		return office_write_pdf(a, d, out, err);
	case FILE_XLSX:
		return office_write_xlsx(a, d, out, err);
	case FILE_TEXT:
		*out = office_write_text(a, d);
		return true;
	}
	return false;
}

#define OOXML "application/vnd.openxmlformats-officedocument."

static bool send_file(struct web_request *rq, struct web_reply *rp, enum file_kind kind,
		      struct err *err)
{
	static const struct { const char *type, *suffix; } kinds[] = {
		[FILE_DOCX] = { OOXML "wordprocessingml.document",
				".docx" },
		[FILE_PDF] = { "application/pdf", ".pdf" },
		[FILE_XLSX] = { OOXML "spreadsheetml.sheet",
				".xlsx" },
		[FILE_TEXT] = { "text/plain; charset=utf-8", ".txt" },
	};
	struct edge_report e;
	struct report_content c;
	struct str bytes;
	struct arena *a = web_reply_arena(rp);

	if (!load(rq, &e, &c, err))
		return false;
	const struct doc *d = content_doc(a, &c);
	if (!write_file(a, kind, d, &bytes, err))
		return false;
	return web_bytes(rp, kinds[kind].type, bytes, kind == FILE_TEXT ? SHOW_INLINE : DOWNLOAD,
			 str_concat(a, d->title, str_from_c(kinds[kind].suffix)));
}

static bool report_docx(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_file(rq, rp, FILE_DOCX, err);
}

static bool report_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_file(rq, rp, FILE_PDF, err);
}

static bool report_xlsx(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_file(rq, rp, FILE_XLSX, err);
}

static bool report_text(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_file(rq, rp, FILE_TEXT, err);
}

static bool collect(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	(void)err;
	buf_add(b, bytes);
	return true;
}

static bool send_table(struct web_request *rq, struct web_reply *rp, int table, struct err *err)
{
	struct edge_report e;
	struct report_content c;
	struct arena *a = web_reply_arena(rp);
	struct buf b = buf_open(a, 4096, 1 << 20);

	if (!load(rq, &e, &c, err) || !content_csv(a, &c, table, CSV_FOR_PEOPLE, collect, &b, err))
		return false;
	return web_bytes(rp, "text/csv; charset=utf-8", buf_str(&b), DOWNLOAD,
			 str_format(a, "%d-" STR_FMT "-table%d.csv", c.year, STR_ARG(c.unit_code),
				    table));
}

static bool table2_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_table(rq, rp, 2, err);
}

static bool table3_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_table(rq, rp, 3, err);
}

static bool table4_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return send_table(rq, rp, 4, err);
}

static const struct field list_query[] = {
	{ .name = "year", .label = "报告年度", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	{ .name = "unit", .label = "单位", .kind = FIELD_TEXT, .max = 40 },
	FIELD_END
};

#define PUBLIC_GET(path_, handler_, query_, flags_, summary_)                                   \
	{ METHOD_GET, path_, PERM_PUBLIC, handler_, .query = query_, .flags = flags_,           \
	  .summary = summary_ }
#define DESK_GET(path_, perm_, handler_, query_, flags_, summary_)                              \
	{ METHOD_GET, path_, perm_, handler_, .query = query_, .flags = flags_,                 \
	  .summary = summary_ }
#define DESK_POST(path_, perm_, handler_, form_, summary_)                                      \
	{ METHOD_POST, path_, perm_, handler_, .form = form_, .summary = summary_ }

const struct route report_routes[] = {
	PUBLIC_GET("/reports", list_page, list_query, ROUTE_CACHED, "已发布的年度报告"),
	PUBLIC_GET("/reports.json", list_json, list_query, ROUTE_CACHED | ROUTE_API,
		   "已发布的年度报告（机器可读）"),
	PUBLIC_GET("/reports/:year/:unit", report_page, NULL, ROUTE_CACHED, "一份年度报告"),
	PUBLIC_GET("/reports/:year/:unit.json", report_json, NULL, ROUTE_CACHED | ROUTE_API,
		   "一份年度报告（机器可读）"),
	PUBLIC_GET("/reports/:year/:unit.docx", report_docx, NULL, ROUTE_CACHED | ROUTE_SLOW,
		   "年度报告的Word文档"),
	PUBLIC_GET("/reports/:year/:unit.pdf", report_pdf, NULL, ROUTE_CACHED | ROUTE_SLOW,
		   "年度报告的PDF文档"),
	PUBLIC_GET("/reports/:year/:unit.xlsx", report_xlsx, NULL, ROUTE_CACHED | ROUTE_SLOW,
		   "年度报告的Excel表格"),
	PUBLIC_GET("/reports/:year/:unit.txt", report_text, NULL, ROUTE_CACHED, "年度报告的纯文本"),
	PUBLIC_GET("/reports/:year/:unit/table2.csv", table2_csv, NULL, ROUTE_CACHED, "表二CSV"),
	PUBLIC_GET("/reports/:year/:unit/table3.csv", table3_csv, NULL, ROUTE_CACHED, "表三CSV"),
	PUBLIC_GET("/reports/:year/:unit/table4.csv", table4_csv, NULL, ROUTE_CACHED, "表四CSV"),
	PUBLIC_GET("/reports/:year/:unit/records", records_page, records_query, ROUTE_CACHED,
		   "一个数字背后的办理记录"),
	PUBLIC_GET("/reports/:year/:unit/records.json", records_json, records_query,
		   ROUTE_CACHED | ROUTE_API, "一个数字背后的办理记录（机器可读）"),
	PUBLIC_GET("/reports/:year/:unit/records.csv", records_csv, records_query,
		   ROUTE_CACHED | ROUTE_SLOW, "一个数字背后的办理记录CSV"),
	PUBLIC_GET("/api/schema/report.json", schema_json, NULL, ROUTE_CACHED | ROUTE_API,
		   "年度报告JSON的结构定义"),

	DESK_GET("/desk/reports", PERM_REQUEST_READ, board_page, board_query, 0, "年度报告工作台"),
	DESK_GET("/desk/reports.json", PERM_REQUEST_READ, board_json, board_query, ROUTE_API,
		 "各单位年度报告状态（机器可读）"),
	DESK_POST("/desk/reports", PERM_REPORT_WRITE, start_post, start_form, "建立年度报告"),
	DESK_GET("/desk/reports/:id", PERM_REQUEST_READ, desk_report_page, NULL, 0,
		 "办理一份年度报告"),
	DESK_GET("/desk/reports/:id.json", PERM_REQUEST_READ, desk_report_json, NULL, ROUTE_API,
		 "一份年度报告的办理情况（机器可读）"),
	DESK_GET("/desk/reports/:id/parts/:part", PERM_REQUEST_READ, desk_part_page, NULL, 0,
		 "起草年度报告的一部分"),
	DESK_GET("/desk/reports/:id/parts/:part.json", PERM_REQUEST_READ, desk_part_json, NULL,
		 ROUTE_API, "年度报告一部分的文字和可用数字（机器可读）"),
	DESK_POST("/desk/reports/:id/parts/:part", PERM_REPORT_WRITE, part_post, part_form,
		  "保存年度报告的一部分"),
	DESK_GET("/desk/reports/:id/whole", PERM_REPORT_WRITE, whole_page, NULL, 0, "整篇粘贴正文"),
	DESK_POST("/desk/reports/:id/whole", PERM_REPORT_WRITE, whole_post, whole_form,
		  "保存整篇正文"),
	DESK_POST("/desk/reports/:id/check", PERM_REPORT_WRITE, check_post, version_form,
		  "核查年度报告"),
	DESK_GET("/desk/reports/:id/waive", PERM_REPORT_WRITE, waive_page, waive_query, 0,
		 "对核查发现说明理由"),
	DESK_POST("/desk/reports/:id/waive", PERM_REPORT_WRITE, waive_post, waive_form,
		  "保存对核查发现的说明"),
	DESK_GET("/desk/reports/:id/approve", PERM_REPORT_APPROVE, approve_page, NULL, 0,
		 "审定前确认"),
	DESK_POST("/desk/reports/:id/approve", PERM_REPORT_APPROVE, approve_post, version_form,
		  "审定年度报告"),
	DESK_GET("/desk/reports/:id/return", PERM_REPORT_APPROVE, return_page, NULL, 0,
		 "退回修改前填写理由"),
	DESK_POST("/desk/reports/:id/return", PERM_REPORT_APPROVE, return_post, reason_form,
		  "退回修改"),
	DESK_GET("/desk/reports/:id/send-back", PERM_REPORT_PUBLISH, send_back_page, NULL, 0,
		 "主管部门退回前填写理由"),
	DESK_POST("/desk/reports/:id/send-back", PERM_REPORT_PUBLISH, send_back_post, reason_form,
		  "主管部门退回单位"),
	DESK_GET("/desk/reports/:id/publish", PERM_REPORT_PUBLISH, publish_page, NULL, 0,
		 "发布前确认"),
	DESK_POST("/desk/reports/:id/publish", PERM_REPORT_PUBLISH, publish_post, version_form,
		  "发布年度报告"),
	DESK_GET("/desk/reports/:id/erratum", PERM_REPORT_PUBLISH, erratum_page, NULL, 0,
		 "更正已发布的报告"),
	DESK_POST("/desk/reports/:id/erratum", PERM_REPORT_PUBLISH, erratum_post, erratum_form,
		  "登记更正"),
	ROUTE_END
};
