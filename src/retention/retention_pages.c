/* retention_pages.c - what is due to be erased, and for how long a site keeps. */
#include "retention/retention_pages.h"

#include "base/limits.h"
#include "request/request_pages.h"
#include "retention/retention_view.h"
#include "retention_html.h"

static bool read_page(struct ctx *ctx, struct request_id after, size_t max,
		      struct retention_view *v, struct err *err)
{
	struct retention_case *rows;
	struct request_units units;

	if (!retention_due(ctx, after, max, &rows, &v->count, err) ||
	    !request_units_load(ctx, &units, err))
		return false;
	struct str *names = ARENA_ARRAY(ctx->arena, v->count, struct str);
	for (size_t i = 0; i < v->count; i++)
		names[i] = request_unit_name(&units, rows[i].unit.n);
	v->rows = rows;
	v->units = names;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, rows[v->count - 1].id.n);
	return true;
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct retention_view v = { .form = web_form_state(rq),
				    .may_settle = web_may(rq, PERM_SUPERVISE) };
	struct request_id after = { list_place_id(rq) };

	if (!retention_years(&rq->ctx, &v.years, err) ||
	    !read_page(&rq->ctx, after, LIMIT_ROWS_PER_PAGE, &v, err))
		return false;
	v.typed = rq->method == METHOD_POST ? web_text(rq, "years") :
					      str_format(rq->ctx.arena, "%d", v.years);
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	struct page page = { .title = STR("个人信息保存期限"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	retention_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	struct retention_view v = { .count = 0 };

	(void)arg;
	if (!read_page(ctx, (struct request_id){ list_id(place) }, LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct str cells[] = { v.rows[i].number, v.units[i],
					     date_iso(ctx->arena, v.rows[i].ended_on),
					     date_iso(ctx->arena, v.rows[i].due_on) };
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

static bool list_files(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("登记编号"), STR_INIT("单位"),
					    STR_INIT("归档或者办结"), STR_INIT("届满") };
	const struct list_file file = { STR("保存期限届满的申请"), heads, COUNT_OF(heads), give_page,
					NULL };

	return list_send(rq, rp, &file, err);
}

static bool settle_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return retention_settle(&rq->ctx, (int)web_int(rq, "years", 0), err) &&
	       web_redirect(rp, STR("/desk/retention"), "retention.settled");
}

static const struct field list_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field years_form[] = {
	{ .name = "years", .label = "保存年限", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = RETENTION_YEARS_MAX },
	FIELD_END
};

const struct route retention_routes[] = {
	{ METHOD_GET, "/desk/retention", PERM_SITE_READ, list_page, .query = list_query,
	  .summary = "个人信息保存期限届满的申请" },
	LIST_FILES("/desk/retention", PERM_SITE_READ, list_files, list_query,
		   "个人信息保存期限届满的申请"),
	{ METHOD_POST, "/desk/retention", PERM_SUPERVISE, settle_post, .form = years_form,
	  .summary = "设定个人信息的保存年限" },
	ROUTE_END
};
