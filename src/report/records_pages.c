/*
 * records_pages.c - behind every figure the records it counts.
 *
 * The public sees number, class of applicant, days and outcome of each; staff
 * who may read the requests see what was asked for as well, with a link to the
 * case. The government's figures are first told apart by unit. A figure of
 * table 二 opens to the units' entries and where they come from. What a frozen report counted
 * is listed as it was then, when records have been put right since.
 */
#include "account/permission.h"
#include "report/edge_pages.h"
#include "report_html.h"
#include "request/request.h"
#include "dispute/dispute.h"

#include "base/json.h"
#include "base/limits.h"

enum { EXPORT_PAGE = 500, EXPORT_MAX = 50000 };

enum { TABLE_OF_FEES = 5 }; /* no table of the form: part six tells them in words */

static const char *const tables[] = { "2", "3", "4", "fee", NULL };
const struct field records_query[] = {
	{ .name = "table", .label = "表", .kind = FIELD_CHOICE, .required = true, .choices = tables },
	{ .name = "line", .label = "行", .kind = FIELD_CODE, .required = true, .max = 120 },
	{ .name = "column", .label = "列", .kind = FIELD_CODE, .max = 60 },
	{ .name = "after", .label = "从哪一条之后", .kind = FIELD_INT, .low = 0, .high = INT64_MAX },
	FIELD_END
};

struct records {
	struct edge_report e;
	struct report_tables tables; /* as printed */
	struct str key, line, column, href;
	int table;
	struct opt_int value, now; /* as printed; of the records as they are, where it is counted */
	bool full;
	struct scope scope;
};

/* ---- which figure */

static bool read_key(struct web_request *rq, struct records *r, struct err *err)
{
	struct arena *a = rq->ctx.arena;

	if (web_field_errors(rq) > 0)
		return err_set(err, ERR_NOT_FOUND, "report.no_figure", " ");
	struct str table = web_text(rq, "table");
	r->table = str_equal_c(table, "2")     ? 2
		   : str_equal_c(table, "3")   ? 3
		   : str_equal_c(table, "fee") ? TABLE_OF_FEES
					       : 4;
	r->line = web_text(rq, "line");
	r->column = web_text(rq, "column");
	r->key = str_format(a, "t%d." STR_FMT "." STR_FMT, r->table, STR_ARG(r->line),
			    STR_ARG(r->column));
	if (r->column.len == 0) /* statistics names a cell of table 二 in one word */
		r->key = str_format(a, "t%d." STR_FMT, r->table, STR_ARG(r->line));
	if (r->table == TABLE_OF_FEES)
		r->key = str_concat(a, STR("fee."), r->line);
	r->href = str_format(a, "table=" STR_FMT "&line=" STR_FMT, STR_ARG(table),
			     STR_ARG(r->line));
	if (r->column.len > 0)
		r->href = str_format(a, STR_FMT "&column=" STR_FMT, STR_ARG(r->href),
				     STR_ARG(r->column));
	return tables_get(&r->tables, r->key, &r->value) ||
	       err_set(err, ERR_NOT_FOUND, "report.no_figure", " ");
}

/* Of tables 三 and 四. */
static bool count_at(struct ctx *ctx, const struct records *r, int64_t position,
		     struct opt_int *out, struct err *err)
{
	struct report_tables t = tables_empty(r->scope.year, r->scope.form);
	struct scope s = r->scope;

	s.as_of = position;
	if (r->table == 4 ? !statistics_table4(ctx, &s, &t.t4, err) :
			    !statistics_table3(ctx, &s, &t.t3, err))
		return false;
	*out = (struct opt_int){ .known = false };
	(void)tables_get(&t, r->key, out);
	return true;
}

/*
 * The printed figure is opened at the position where it was counted. One put right by an
 * erratum, or added up from units that were frozen at other positions, is what the records of
 * now say, or is told to differ from them.
 */
static bool choose_position(struct web_request *rq, struct records *r, struct err *err)
{
	struct opt_int frozen;

	if (r->table == 2 || r->table == TABLE_OF_FEES || !r->e.report.frozen_seq.known)
		return true;
	if (!count_at(&rq->ctx, r, 0, &r->now, err))
		return false;
	if (r->now.known && r->now.v == r->value.v)
		return true;
	if (!count_at(&rq->ctx, r, r->e.report.frozen_seq.v, &frozen, err))
		return false;
	if (frozen.known && frozen.v == r->value.v)
		r->scope.as_of = r->e.report.frozen_seq.v;
	return true;
}

static bool open_records(struct web_request *rq, struct records *r, struct err *err)
{
	struct report_content c;

	*r = (struct records){ .table = 0 };
	if (!edge_report(rq, &r->e, err) || !report_load(&rq->ctx, &r->e.report, 0, &c, err))
		return false;
	r->tables = c.tables;
	r->full = edge_all_records(rq, &r->e.report);
	r->scope = (struct scope){ .year = c.year, .form = c.form,
				   .unit = { !r->e.report.rolls_up, r->e.unit.id.n } };
	return read_key(rq, r, err) && choose_position(rq, r, err);
}

static struct str base_href(struct arena *a, const struct records *r, const char *suffix)
{
	struct str report = edge_report_href(a, &r->e.report, r->e.unit.code);

	return str_format(a, STR_FMT "/records%s?" STR_FMT, STR_ARG(report), suffix,
			  STR_ARG(r->href));
}

/* ---- their rows */

static bool list(struct web_request *rq, const struct records *r, int64_t after, size_t max,
		 struct record_row **rows, size_t *count, struct err *err)
{
	*count = 0;
	if (r->table == 2)
		return true;
	if (r->table == TABLE_OF_FEES)
		return statistics_records_fee(&rq->ctx, &r->scope, r->line, after, max, rows,
					      count, err);
	return r->table == 3 ? statistics_records3(&rq->ctx, &r->scope, r->line, r->column, after,
						   max, rows, count, err) :
			       statistics_records4(&rq->ctx, &r->scope, r->line, r->column, after,
						   max, rows, count, err);
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

/*
 * As it was at the position: a day of closing that has been put right since is told by the year
 * alone.
 */
static void fill_then(struct arena *a, const struct record_row *row, struct record_view *out)
{
	enum request_outcome outcome;
	enum applicant_class applicant;

	if (outcome_from(row->state, &outcome))
		out->outcome = outcome_label(outcome);
	if (applicant_from(row->applicant, &applicant))
		out->applicant = applicant_label(applicant);
	if (row->closed_year.known && !row->closed_on.known)
		out->closed = str_format(a, "%lld年", (long long)row->closed_year.v);
}

static bool fill_request(struct web_request *rq, const struct records *r,
			 const struct record_row *row, struct record_view *out, struct err *err)
{
	struct request request;
	struct arena *a = rq->ctx.arena;

	if (!request_find(&rq->ctx, (struct request_id){ row->id }, &request, err))
		return false;
	*out = (struct record_view){ .number = row->number, .unit = row->unit_name,
				     .applicant = applicant_label(request.applicant),
				     .received = day_text(a, row->received_on),
				     .closed = day_text(a, row->closed_on),
				     .outcome = STR("办理中") };
	if (row->then)
		fill_then(a, row, out);
	else if (request.has_outcome)
		out->outcome = outcome_label(request.outcome);
	if (r->table == TABLE_OF_FEES)
		out->outcome = row->state; /* what was charged or paid, and when */
	if (r->full) {
		out->what = row->what;
		out->href = str_format(a, "/desk/requests/%lld%s", (long long)row->id,
				       r->table == TABLE_OF_FEES ? "/fee" : "");
	}
	return true;
}

static void fill_dispute(struct web_request *rq, const struct records *r,
			 const struct record_row *row, struct record_view *out)
{
	struct arena *a = rq->ctx.arena;

	*out = (struct record_view){ .number = row->number, .unit = row->unit_name,
				     .received = day_text(a, row->received_on),
				     .closed = day_text(a, row->closed_on),
				     .outcome = row->state.len > 0 ? row->state : STR("尚未审结") };
	if (r->full) {
		out->what = row->what;
		out->href = str_format(a, "/desk/disputes/%lld", (long long)row->id);
	}
}

/* One page; *next is where the following one begins, 0 at the end. */
static bool fill_rows(struct web_request *rq, const struct records *r, int64_t after, size_t max,
		      struct record_view **out, size_t *count, int64_t *next, struct err *err)
{
	struct record_row *rows;
	struct arena *a = rq->ctx.arena;

	*next = 0;
	if (!list(rq, r, after, max + 1, &rows, count, err))
		return false;
	if (*count > max) {
		*count = max;
		*next = rows[max - 1].id;
	}
	*out = ARENA_ARRAY(a, *count, struct record_view);
	for (size_t i = 0; i < *count; i++) {
		if (r->table == 4)
			fill_dispute(rq, r, &rows[i], &(*out)[i]);
		else if (!fill_request(rq, r, &rows[i], &(*out)[i], err))
			return false;
	}
	return true;
}

/* ---- the units behind a figure */

static struct str value_text(struct arena *a, struct opt_int v)
{
	return v.known ? figure_print(a, v.v) : STR("未填");
}

/* Where a unit's entry of table 二 comes from. */
static bool source_of(struct web_request *rq, const struct records *r, struct unit_id unit,
		      struct share_view *out, struct err *err)
{
	struct scope s = r->scope;
	struct table2 t2;
	size_t count;
	const struct form_cell2 *cell = form_table2(s.form, &count);

	s.unit = (struct opt_int){ true, unit.n };
	if (!statistics_table2(&rq->ctx, &s, &t2, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_equal(tables_key2(rq->ctx.arena, &cell[i]), r->key) && t2.cell[i].known)
			out->source = t2.cell[i].source;
	return true;
}

static bool fill_shares(struct web_request *rq, const struct records *r, struct records_view *view,
			struct err *err)
{
	struct report_share *shares;
	size_t count = 0;
	struct arena *a = rq->ctx.arena;

	if (!report_shares(&rq->ctx, &r->e.report, r->key, &shares, &count, err))
		return false;
	if (!r->e.report.rolls_up) {
		if (r->table != 2)
			return true;
		shares = ARENA_NEW(a, struct report_share);
		*shares = (struct report_share){ .unit = r->e.unit.id, .code = r->e.unit.code,
						 .name = r->e.unit.name, .hundredths = r->value };
		count = 1;
	}
	struct share_view *out = ARENA_ARRAY(a, count, struct share_view);
	for (size_t i = 0; i < count; i++) {
		bool nothing = shares[i].hundredths.known && shares[i].hundredths.v == 0;
		if (nothing && r->table != 2)
			continue;
		struct share_view *one = &out[view->shares_count++];
		*one = (struct share_view){ .unit = shares[i].name,
					    .value = value_text(a, shares[i].hundredths),
					    .source = shares[i].from_report ? STR("单位年度报告") :
									      STR("办理记录") };
		if (r->e.report.rolls_up && shares[i].from_report)
			one->href = str_format(a, "/reports/%d/" STR_FMT "/records?" STR_FMT,
					       r->e.report.year, STR_ARG(shares[i].code),
					       STR_ARG(r->href));
		if (r->table == 2 && !source_of(rq, r, shares[i].unit, one, err))
			return false;
	}
	view->shares = out;
	return true;
}

/* ---- the page */

/* What the records say now, against what is printed. */
static struct str differs(struct arena *a, const struct records *r)
{
	if (!r->now.known || r->now.v == r->value.v)
		return STR_NONE;
	return str_format(a,
			  "报告中的数字是" STR_FMT "，按现在的办理记录是" STR_FMT
			  "：报告定稿以后有记录被更正，%s。",
			  STR_ARG(figure_print(a, r->value.v)), STR_ARG(figure_print(a, r->now.v)),
			  r->scope.as_of > 0 ? "下面列出的是定稿时的记录" : "下面列出的是现在的记录");
}

static struct str basis_of(const struct records *r)
{
	size_t count;
	int at;

	if (r->table == 4)
		return STR("表四：本年度审结的按结果计，年末未审结的计入尚未审结（条例第五十一条）。");
	if (r->table == 2)
		return STR("表二：由各单位填报并注明来源（条例第二十条）。");
	if (r->table == TABLE_OF_FEES)
		return STR("报告第六部分：通知按通知日期、收取按缴费日期计入年度（条例第四十二条，"
			   "国办函〔2020〕109号）。");
	at = form_table3_find(r->scope.form, r->line);
	return at >= 0 ? form_table3(r->scope.form, &count)[at].basis : STR_NONE;
}

static struct str outcome_head(const struct records *r)
{
	return r->table == TABLE_OF_FEES ? STR("收费") : STR("办理结果");
}

/* suffix: of the page, or of its twin, which leads on to the twin of the next one. */
static bool fill_view(struct web_request *rq, struct records *r, const char *suffix,
		      struct records_view *view, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct record_view *rows;
	int64_t after = web_int(rq, "after", 0), next;
	struct str unit = r->e.report.unit_name.len > 0 ? r->e.report.unit_name : r->e.unit.name;

	*view = (struct records_view){ .title = tables_label(a, r->scope.form, r->key),
				       .value = value_text(a, r->value),
				       .definition = basis_of(r), .full = r->full,
				       .disputes = r->table == 4,
				       .outcome = outcome_head(r),
				       .csv_href = base_href(a, r, ".csv") };
	if (r->value.known) {
		const struct figure_set set = tables_figures(a, &r->tables, STR_NONE);
		const struct figure *f = figure_find(&set, r->key);
		view->value = str_format(a, STR_FMT " " STR_FMT, STR_ARG(view->value),
					 STR_ARG(f != NULL ? f->unit : STR_NONE));
	}
	view->report_href = edge_report_href(a, &r->e.report, r->e.unit.code);
	view->report_title = str_format(a, STR_FMT "%d年政府信息公开工作年度报告", STR_ARG(unit),
					r->e.report.year);
	if (!fill_rows(rq, r, after, LIMIT_ROWS_PER_PAGE, &rows, &view->rows_count, &next, err) ||
	    !fill_shares(rq, r, view, err))
		return false;
	view->differs = differs(a, r);
	view->rows = rows;
	if (after > 0)
		view->first_href = base_href(a, r, "");
	if (next > 0)
		view->pager.next_href =
			str_format(a, STR_FMT "&after=%lld", STR_ARG(base_href(a, r, suffix)),
				   (long long)next);
	return true;
}

bool records_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct records r;
	struct records_view view;

	if (!open_records(rq, &r, err) || !fill_view(rq, &r, "", &view, err))
		return false;
	struct crumb crumbs[] = { { STR("政府信息公开年报"), STR("/reports") },
				  { view.report_title, view.report_href },
				  { view.title, STR_NONE } };
	struct page page = { .title = view.title,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = base_href(rq->ctx.arena, &r, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	report_records_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- for machines */

static json_t *row_json(const struct records_view *view, const struct record_view *row)
{
	json_t *j = json_object();

	json_object_set_new(j, "number", json_text(row->number));
	json_object_set_new(j, "unit", json_text(row->unit));
	if (!view->disputes)
		json_object_set_new(j, "applicant", json_text(row->applicant));
	json_object_set_new(j, view->disputes ? "accepted_on" : "received_on",
			    json_text(row->received));
	json_object_set_new(j, view->disputes ? "concluded_on" : "closed_on",
			    json_text(row->closed));
	json_object_set_new(j, "outcome", json_text(row->outcome));
	if (view->full)
		json_object_set_new(j, view->disputes ? "organ" : "content", json_text(row->what));
	return j;
}

bool records_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct records r;
	struct records_view view;

	if (!open_records(rq, &r, err) || !fill_view(rq, &r, ".json", &view, err))
		return false;
	json_t *j = json_object(), *rows = json_array(), *shares = json_array();
	for (size_t i = 0; i < view.rows_count; i++)
		json_array_append_new(rows, row_json(&view, &view.rows[i]));
	for (size_t i = 0; i < view.shares_count; i++) {
		json_t *share = json_object();
		json_object_set_new(share, "unit", json_text(view.shares[i].unit));
		json_object_set_new(share, "value", json_text(view.shares[i].value));
		json_object_set_new(share, "source", json_text(view.shares[i].source));
		json_array_append_new(shares, share);
	}
	json_object_set_new(j, "key", json_text(r.key));
	json_object_set_new(j, "label", json_text(view.title));
	json_object_set_new(j, "value", json_text(value_text(rq->ctx.arena, r.value)));
	json_object_set_new(j, "definition", json_text(view.definition));
	json_object_set_new(j, "remark", json_text(view.differs));
	json_object_set_new(j, "position",
			    r.scope.as_of > 0 ? json_integer(r.scope.as_of) : json_null());
	json_object_set_new(j, "units", shares);
	json_object_set_new(j, "records", rows);
	json_object_set_new(j, "next", json_text(view.pager.next_href));
	return api_send(rp, j);
}

static bool collect(void *arg, struct str bytes, struct err *err)
{
	buf_add(arg, bytes);
	return buf_ok(arg) || err_set(err, ERR_LIMIT, "report.export_too_large", "%d", EXPORT_MAX);
}

static bool write_row(struct csv_writer *w, const struct records *r, const struct record_view *v,
		      struct err *err)
{
	const struct str cells[] = { v->number, v->unit, r->table == 4 ? r->line : v->applicant,
				     v->received, v->closed, v->outcome, v->what };

	return csv_row(w, cells, r->full ? COUNT_OF(cells) : COUNT_OF(cells) - 1, err);
}

static bool write_heads(struct csv_writer *w, const struct records *r, struct err *err)
{
	const struct str requests[] = { STR("登记编号"), STR("单位"), STR("申请人类别"), STR("收到日期"),
					STR("办结日期"), outcome_head(r), STR("申请内容") };
	const struct str disputes[] = { STR("案号"), STR("单位"), STR("程序"), STR("受理日期"),
					STR("审结日期"), STR("结果"), STR("复议机关或法院") };

	return csv_begin(w, true, err) && csv_row(w, r->table == 4 ? disputes : requests,
						  COUNT_OF(requests) - (r->full ? 0 : 1), err);
}

bool records_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct records r;
	struct arena *a = web_reply_arena(rp);
	struct buf b = buf_open(a, 64 * KIB, LIMIT_PAGE);
	struct csv_writer w = csv_open(a, collect, &b);
	int64_t after = 0;

	if (!open_records(rq, &r, err) || !write_heads(&w, &r, err))
		return false;
	do {
		struct record_view *rows;
		size_t count;
		if (!fill_rows(rq, &r, after, EXPORT_PAGE, &rows, &count, &after, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!write_row(&w, &r, &rows[i], err))
				return false;
	} while (after > 0);
	return web_bytes(rp, "text/csv; charset=utf-8", buf_str(&b), DOWNLOAD,
			 str_format(a, "%d-" STR_FMT "-" STR_FMT ".csv", r.scope.year,
				    STR_ARG(r.e.unit.code), STR_ARG(r.key)));
}
