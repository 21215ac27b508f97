/*
 * list_pages.c - proceedings on screen and as files: what is owed, what is open, what is
 * concluded. What is exported is what the filter on screen shows.
 */
#include "account/permission.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"
#include "office/write.h"
#include "web/pairs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_ROWS = 50, EXPORT_PAGE = 500, EXPORT_BYTES = 16 * 1024 * 1024, EXPORT_COLUMNS = 12 };

static const char *const which_codes[] = { "open", "due", "late", "concluded", "all", NULL };
static const char *const route_codes[] = { "reconsideration", "litigation_direct",
					   "litigation_after_reconsideration", NULL };
static const char *const order_codes[] = { "up", "down", NULL };

const struct field dispute_list_query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = which_codes },
	{ .name = "route", .label = "类型", .kind = FIELD_CHOICE, .choices = route_codes },
	{ .name = "unit", .label = "单位", .kind = FIELD_TEXT, .max = 40 },
	{ .name = "order", .label = "按案号排序", .kind = FIELD_CHOICE, .choices = order_codes },
	{ .name = "after", .label = "位置", .kind = FIELD_TEXT, .max = 300 },
	FIELD_END
};

/* ---- the filter */

static bool read_filter(struct web_request *rq, struct dispute_filter *f, struct err *err)
{
	struct str which = web_text(rq, "list"), code = web_text(rq, "unit"),
		   order = web_text(rq, "order");
	struct unit unit;
	bool found;

	*f = (struct dispute_filter){ .unit = request_scope(rq), .which = WHICH_OPEN };
	if (web_field_errors(rq) > 0)
		return err_set(err, ERR_INVALID, "request.bad_filter", " ");
	if (which.len > 0)
		(void)dispute_which_from(which, &f->which); /* the choices are these codes */
	f->one_route = web_text(rq, "route").len > 0 &&
		       dispute_route_from(web_text(rq, "route"), &f->route);
	if (order.len > 0)
		f->order = str_equal_c(order, "up") ? ORDER_CASE_UP : ORDER_CASE_DOWN;
	if (code.len == 0 || !web_may(rq, PERM_SITE_READ))
		return true;
	if (!agency_unit_by_code(&rq->ctx, code, &unit, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_unit_code", STR_FMT, STR_ARG(code));
	f->unit = (struct opt_int){ true, unit.id.n };
	return true;
}

static void add_parameter(struct arena *a, struct buf *b, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_add_char(b, str_contains(buf_str(b), STR("?")) ? '&' : '?');
	buf_add_c(b, name);
	buf_add_char(b, '=');
	buf_add(b, percent_encode(a, value));
}

static struct str link_to(struct web_request *rq, const char *path, struct str which,
			  struct str order, struct str after)
{
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 200, 4 * KIB);

	buf_add_c(&b, path);
	add_parameter(a, &b, "list", which);
	add_parameter(a, &b, "route", web_text(rq, "route"));
	add_parameter(a, &b, "unit", web_text(rq, "unit"));
	add_parameter(a, &b, "order", order);
	add_parameter(a, &b, "after", after);
	return buf_str(&b);
}

bool dispute_is_late(const struct dispute *d, struct date today)
{
	return d->next_on.known && date_compare(d->next_on.v, today) < 0;
}

/* ---- on screen */

static bool fill_tabs(struct web_request *rq, struct dispute_list_view *v,
		      const struct dispute_filter *f, struct err *err)
{
	struct dispute_counts counts;

	if (!dispute_count(&rq->ctx, f->unit, &counts, err))
		return false;
	for (int w = 0; w < WHICH_COUNT; w++) {
		enum dispute_which which = (enum dispute_which)w;
		bool due = which == WHICH_DUE, late = which == WHICH_LATE;
		v->tabs[w] = (struct dispute_tab){
			.label = dispute_which_label(which),
			.href = link_to(rq, "/desk/disputes", dispute_which_code(which), STR_NONE,
					STR_NONE),
			.counted = due || late,
			.count = due ? counts.due : counts.late,
			.current = which == f->which,
			.late = late && counts.late > 0,
		};
	}
	return true;
}

static void fill_columns(struct web_request *rq, struct dispute_list_view *v,
			 const struct dispute_filter *f)
{
	bool up = f->order == ORDER_CASE_UP, down = f->order == ORDER_CASE_DOWN;
	bool by_day = f->which == WHICH_DUE || f->which == WHICH_LATE;
	struct column *c = v->columns;

	c[v->columns_count++] = (struct column){
		.label = STR("案号"),
		.sort_href = by_day ? STR_NONE
				    : link_to(rq, "/desk/disputes", v->which,
					      up ? STR("down") : STR("up"), STR_NONE),
		.sorted_up = up && !by_day,
		.sorted_down = down && !by_day,
	};
	if (v->all_units)
		c[v->columns_count++] = (struct column){ .label = STR("被申请人、被告") };
	c[v->columns_count++] = (struct column){ .label = STR("机关或法院") };
	c[v->columns_count++] = (struct column){ .label = STR("受理日期") };
	c[v->columns_count++] = (struct column){ .label = STR("下一期限") };
	c[v->columns_count++] = (struct column){ .label = STR("结果") };
}

static void fill_units(struct web_request *rq, struct dispute_list_view *v,
		       const struct request_units *units)
{
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, units->count + 1, struct choice);

	list[0] = (struct choice){ .label = STR("全部单位") };
	for (size_t i = 0; i < units->count; i++)
		list[i + 1] = (struct choice){ .value = units->list[i].code,
					       .label = units->list[i].name };
	v->units = list;
	v->units_count = units->count + 1;
}

static bool fill_rows(struct web_request *rq, struct dispute_list_view *v,
		      const struct dispute_filter *f, const struct request_units *units,
		      struct str *next, struct err *err)
{
	struct dispute *found;

	if (!dispute_page(&rq->ctx, f, web_text(rq, "after"), PAGE_ROWS, &found, &v->count, next,
			  err))
		return false;
	struct dispute_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct dispute_row);
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct dispute_row){
			.d = &found[i],
			.unit = request_unit_name(units, found[i].unit.n),
			.late = dispute_is_late(&found[i], rq->ctx.today),
		};
	v->rows = rows;
	return true;
}

static bool load(struct web_request *rq, struct dispute_list_view *v, struct dispute_filter *f,
		 struct str *next, struct err *err)
{
	struct request_units units;

	v->all_units = web_may(rq, PERM_SITE_READ);
	if (!read_filter(rq, f, err) || !request_units_load(&rq->ctx, &units, err) ||
	    !fill_rows(rq, v, f, &units, next, err))
		return false;
	v->which = dispute_which_code(f->which);
	v->title = dispute_which_label(f->which);
	v->unit = web_text(rq, "unit");
	v->route = web_text(rq, "route");
	v->order = web_text(rq, "order");
	v->filtered = v->unit.len + v->route.len > 0 || f->which != WHICH_OPEN;
	fill_units(rq, v, &units);
	return true;
}

bool dispute_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_list_view v = { .may_write = web_may(rq, PERM_DISPUTE_WRITE),
				       .may_set = web_may(rq, PERM_SUPERVISE) };
	struct dispute_filter f;
	struct str next;

	if (!load(rq, &v, &f, &next, err) || !fill_tabs(rq, &v, &f, err))
		return false;
	fill_columns(rq, &v, &f);
	v.form = web_form_state(rq);
	if (next.len > 0)
		v.pager.next_href = link_to(rq, "/desk/disputes", v.which, v.order, next);
	if (web_text(rq, "after").len > 0)
		v.pager.previous_href = link_to(rq, "/desk/disputes", v.which, v.order, STR_NONE);
	v.csv_href = link_to(rq, "/desk/disputes.csv", v.which, v.order, STR_NONE);
	v.xlsx_href = link_to(rq, "/desk/disputes.xlsx", v.which, v.order, STR_NONE);
	struct page page = { .title = STR("行政复议、行政诉讼"),
			     .json = link_to(rq, "/desk/disputes.json", v.which, v.order,
					     STR_NONE) };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool dispute_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_list_view v = { .count = 0 };
	struct dispute_filter f;
	struct str next;

	if (!load(rq, &v, &f, &next, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items,
				      dispute_json(rq->ctx.arena, v.rows[i].d, v.rows[i].unit));
	json_t *out = json_pack("{s:o}", "items", items);
	if (next.len > 0) {
		struct str href = link_to(rq, "/desk/disputes.json", v.which, v.order, next);
		json_object_set_new(out, "next", json_stringn(href.ptr, href.len));
	}
	return web_json(rp, out);
}

/* ---- files */

typedef bool cells_fn(void *arg, const struct str *cells, size_t count, struct err *err);

static const struct str heads[EXPORT_COLUMNS] = {
	STR_INIT("案号"),	  STR_INIT("类型"),	STR_INIT("被申请人、被告"),
	STR_INIT("机关或法院"), STR_INIT("受理日期"), STR_INIT("收到通知日期"),
	STR_INIT("答复期限"),  STR_INIT("提交答复日期"), STR_INIT("下一事项"),
	STR_INIT("下一期限"),  STR_INIT("结果"),	STR_INIT("审结日期"),
};

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

static bool give_row(struct arena *a, const struct dispute *d, struct str unit, cells_fn *fn,
		     void *arg, struct err *err)
{
	struct str cells[EXPORT_COLUMNS] = {
		d->case_no,
		dispute_route_label(d->route),
		unit,
		d->organ,
		date_iso(a, d->accepted_on),
		day_text(a, d->received_on),
		day_text(a, d->answer_due),
		day_text(a, d->answered_on),
		dispute_next_label(d->next),
		day_text(a, d->next_on),
		d->concluded ? dispute_outcome_label(d->outcome) : STR("尚未审结"),
		day_text(a, d->concluded_on),
	};

	if (d->voided)
		cells[10] = STR("误登记，已作废");
	return fn(arg, cells, EXPORT_COLUMNS, err);
}

static bool give_all(struct web_request *rq, const struct dispute_filter *f, cells_fn *fn,
		     void *arg, struct err *err)
{
	struct ctx ctx = rq->ctx; /* an arena apart: the rows go, the file stays */
	struct str place = STR_NONE, next = STR_NONE;
	struct request_units units;
	bool ok = request_units_load(&rq->ctx, &units, err);

	ctx.arena = arena_open(LIMIT_REQUEST_ARENA);
	do {
		struct dispute *rows;
		size_t count = 0;
		ok = ok && dispute_page(&ctx, f, place, EXPORT_PAGE, &rows, &count, &next, err);
		for (size_t i = 0; ok && i < count; i++)
			ok = give_row(ctx.arena, &rows[i],
				      request_unit_name(&units, rows[i].unit.n), fn, arg, err);
		place = str_copy(rq->ctx.arena, next);
		arena_reset(ctx.arena);
	} while (ok && place.len > 0);
	arena_close(ctx.arena);
	return ok;
}

static bool to_buf(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || err_set(err, ERR_LIMIT, "request.export_too_large", "%d",
				    EXPORT_BYTES / (int)MIB);
}

static bool to_csv(void *arg, const struct str *cells, size_t count, struct err *err)
{
	return csv_row(arg, cells, count, err);
}

static struct str export_name(struct web_request *rq, const char *ending)
{
	return str_format(rq->ctx.arena, "复议诉讼-" STR_FMT ".%s",
			  STR_ARG(date_iso(rq->ctx.arena, rq->ctx.today)), ending);
}

bool dispute_list_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct buf out = buf_open(web_reply_arena(rp), 64 * KIB, EXPORT_BYTES);
	struct csv_writer csv = csv_open(rq->ctx.arena, to_buf, &out);
	struct dispute_filter f;

	if (!read_filter(rq, &f, err) || !csv_begin(&csv, true, err) ||
	    !csv_row(&csv, heads, EXPORT_COLUMNS, err) || !give_all(rq, &f, to_csv, &csv, err))
		return false;
	return web_bytes(rp, "text/csv; charset=utf-8", buf_str(&out), DOWNLOAD,
			 export_name(rq, "csv"));
}

static bool to_xlsx(void *arg, const struct str *cells, size_t count, struct err *err)
{
	return xlsx_rows_add(arg, cells, count, err);
}

static bool write_xlsx(struct web_request *rq, const struct dispute_filter *f, struct str path,
		       struct err *err)
{
	struct xlsx_rows *book;

	if (!xlsx_rows_open(rq->ctx.arena, path, STR("复议诉讼"), heads, EXPORT_COLUMNS, &book, err))
		return false;
	bool ok = give_all(rq, f, to_xlsx, book, err);
	return xlsx_rows_close(book, err) && ok;
}

/* The writer of workbooks writes files: a temporary one, read again and removed. */
bool dispute_list_xlsx(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	char path[] = "/tmp/gongkai-XXXXXX";
	struct dispute_filter f;
	struct str bytes;

	if (!read_filter(rq, &f, err))
		return false;
	int fd = mkstemp(path);
	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "request.no_temporary", "%s", strerror(errno));
	close(fd);
	bool ok = write_xlsx(rq, &f, str_from_c(path), err) &&
		  file_read(web_reply_arena(rp), str_from_c(path), EXPORT_BYTES, &bytes, err);
	(void)unlink(path);
	return ok &&
	       web_bytes(rp, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			 bytes, DOWNLOAD, export_name(rq, "xlsx"));
}

/* ---- a new one */

const struct field dispute_new_query[] = {
	{ .name = "request_number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	FIELD_END
};
const struct field dispute_new_form[] = {
	{ .name = "route", .label = "类型", .kind = FIELD_CHOICE, .required = true, .choices = route_codes },
	{ .name = "case_no", .label = "案号", .kind = FIELD_TEXT, .required = true,
	  .max = DISPUTE_CASE_NO_BYTES },
	{ .name = "organ", .label = "复议机关或法院", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "accepted_on", .label = "受理日期", .kind = FIELD_DATE, .required = true },
	{ .name = "request_number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	FIELD_END
};

bool dispute_new_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_new_view v = { .form = web_form_state(rq),
				      .request_number = web_text(rq, "request_number") };

	(void)err;
	if (rq->method == METHOD_POST) {
		v.route = web_text(rq, "route");
		v.case_no = web_text(rq, "case_no");
		v.organ = web_text(rq, "organ");
		v.accepted_on = web_text(rq, "accepted_on");
	}
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { STR("登记案件"), STR_NONE } };
	struct page page = { .title = STR("登记案件"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_new_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool dispute_new_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_open in = { .unit = { rq->ctx.actor.unit_id },
				   .case_no = web_text(rq, "case_no"),
				   .organ = web_text(rq, "organ"),
				   .accepted_on = web_date(rq, "accepted_on").v };
	struct str number = web_text(rq, "request_number");
	struct request request;
	struct dispute_id id;
	bool found = true;

	(void)dispute_route_from(web_text(rq, "route"), &in.route); /* the choices are these */
	if (number.len > 0) {
		if (!request_by_number(&rq->ctx, number, &request, &found, err))
			return false;
		if (!found || !request_is_own(rq, &request))
			return err_set_field(err, "request_number", ERR_INVALID,
					     "dispute.no_such_request", STR_FMT, STR_ARG(number));
		in.request = (struct opt_int){ true, request.id.n };
	}
	return dispute_open(&rq->ctx, &in, &id, err) &&
	       web_created(rp, dispute_href(rq, id), "dispute.opened");
}
