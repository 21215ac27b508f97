/*
 * list_pages.c - proceedings on screen and as files: what is owed, what is open, what is
 * concluded. What is exported is what the filter on screen shows.
 */
#include "account/permission.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"

enum { PAGE_ROWS = 50, FILE_COLUMNS = 12 };

static const char *const which_codes[] = { "open", "due", "late", "concluded", "all", NULL };
static const char *const route_codes[] = { "reconsideration", "litigation_direct",
					   "litigation_after_reconsideration", NULL };

const struct field dispute_list_query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = which_codes },
	{ .name = "route", .label = "类型", .kind = FIELD_CHOICE, .choices = route_codes },
	REQUEST_UNIT_FIELD("单位"),
	LIST_ORDER("按案号排序"),
	LIST_PLACE,
	FIELD_END
};

/* ---- the filter */

static bool read_filter(struct web_request *rq, struct dispute_filter *f, struct err *err)
{
	enum list_order order = list_order(rq);

	*f = (struct dispute_filter){ .which = WHICH_OPEN };
	(void)dispute_which_from(web_text(rq, "list"), &f->which); /* the choices are these codes */
	f->one_route = dispute_route_from(web_text(rq, "route"), &f->route);
	if (order != LIST_UNSORTED)
		f->order = order == LIST_UP ? ORDER_CASE_UP : ORDER_CASE_DOWN;
	return list_filter_good(rq, err) && request_unit_asked(rq, &f->unit, err);
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
		v->tabs[w] = (struct list_tab){
			.label = dispute_which_label(which),
			.href = list_href_with(rq, "list", dispute_which_code(which)),
			.count = { due || late, due ? counts.due : counts.late },
			.current = which == f->which,
			.late = late && counts.late > 0,
		};
	}
	return true;
}

static void fill_columns(struct web_request *rq, struct dispute_list_view *v,
			 const struct dispute_filter *f)
{
	bool by_day = f->which == WHICH_DUE || f->which == WHICH_LATE;
	struct column *c = v->columns;

	c[v->columns_count++] = by_day ? (struct column){ .label = STR("案号") } :
					 list_sorted(rq, STR("案号"));
	if (v->all_units)
		c[v->columns_count++] = (struct column){ .label = STR("被申请人、被告") };
	c[v->columns_count++] = (struct column){ .label = STR("机关或法院") };
	c[v->columns_count++] = (struct column){ .label = STR("受理日期") };
	c[v->columns_count++] = (struct column){ .label = STR("下一期限") };
	c[v->columns_count++] = (struct column){ .label = STR("结果") };
}

static bool fill_rows(struct web_request *rq, struct dispute_list_view *v,
		      const struct dispute_filter *f, const struct request_units *units,
		      struct str *next, struct err *err)
{
	struct dispute *found;

	if (!dispute_page(&rq->ctx, f, list_place(rq), PAGE_ROWS, &found, &v->count, next, err))
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
	v->filtered = list_is_filtered(rq) || f->which != WHICH_OPEN;
	v->units = request_unit_choices(rq->ctx.arena, &units, &v->units_count);
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
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, next,
			   LIST_WITH_FILES);
	struct page page = { .title = STR("行政复议、行政诉讼"), .json = list_href(rq, ".json") };
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
	return web_json(rp, list_as_json(rq, items, next));
}

/* ---- files */

struct give { struct dispute_filter filter; struct request_units units; };

static bool give_row(struct list_writer *w, struct arena *a, const struct dispute *d,
		     struct str unit, struct err *err)
{
	struct str cells[FILE_COLUMNS] = {
		d->case_no,
		dispute_route_label(d->route),
		unit,
		d->organ,
		date_iso(a, d->accepted_on),
		list_day(a, d->received_on),
		list_day(a, d->answer_due),
		list_day(a, d->answered_on),
		dispute_next_label(d->next),
		list_day(a, d->next_on),
		d->concluded ? dispute_outcome_label(d->outcome) : STR("尚未审结"),
		list_day(a, d->concluded_on),
	};

	if (d->voided)
		cells[10] = STR("误登记，已作废");
	return list_row(w, cells, err);
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct dispute *rows;
	size_t count;

	if (!dispute_page(ctx, &g->filter, place, LIST_FILE_ROWS, &rows, &count, next, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!give_row(w, ctx->arena, &rows[i],
			      request_unit_name(&g->units, rows[i].unit.n), err))
			return false;
	return true;
}

bool dispute_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[FILE_COLUMNS] = {
		STR_INIT("案号"),	  STR_INIT("类型"),	STR_INIT("被申请人、被告"),
		STR_INIT("机关或法院"), STR_INIT("受理日期"), STR_INIT("收到通知日期"),
		STR_INIT("答复期限"),  STR_INIT("提交答复日期"), STR_INIT("下一事项"),
		STR_INIT("下一期限"),  STR_INIT("结果"),	STR_INIT("审结日期"),
	};
	struct give g;
	const struct list_file file = { STR("复议诉讼"), heads, FILE_COLUMNS, give_page, &g };

	return read_filter(rq, &g.filter, err) && request_units_load(&rq->ctx, &g.units, err) &&
	       list_send(rq, rp, &file, err);
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
	{ .name = "earlier", .label = "在先的行政复议案号", .kind = FIELD_TEXT,
	  .max = DISPUTE_CASE_NO_BYTES },
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
		v.earlier = web_text(rq, "earlier");
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
	return dispute_typed_earlier(rq, &in.earlier, err) &&
	       dispute_open(&rq->ctx, &in, &id, err) &&
	       web_created(rp, dispute_href(rq, id), "dispute.opened");
}
