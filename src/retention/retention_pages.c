/* retention_pages.c - what is due to be erased, and for how long a site keeps. */
#include "retention/retention_pages.h"

#include "request/request_pages.h"
#include "retention/retention_view.h"
#include "retention_html.h"

enum { SHOWN = 200 };

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct retention_view v = { .form = web_form_state(rq),
				    .may_settle = web_may(rq, PERM_SUPERVISE) };
	struct retention_case *rows;
	struct request_units units;

	if (!retention_years(&rq->ctx, &v.years, err) ||
	    !retention_due(&rq->ctx, SHOWN, &rows, &v.count, err) ||
	    !request_units_load(&rq->ctx, &units, err))
		return false;
	struct str *names = ARENA_ARRAY(rq->ctx.arena, v.count, struct str);
	for (size_t i = 0; i < v.count; i++)
		names[i] = request_unit_name(&units, rows[i].unit.n);
	v.rows = rows;
	v.units = names;
	v.typed = rq->method == METHOD_POST ? web_text(rq, "years") :
					      str_format(rq->ctx.arena, "%d", v.years);
	struct page page = { .title = STR("个人信息保存期限"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	retention_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool settle_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return retention_settle(&rq->ctx, (int)web_int(rq, "years", 0), err) &&
	       web_redirect(rp, STR("/desk/retention"), "retention.settled");
}

static const struct field years_form[] = {
	{ .name = "years", .label = "保存年限", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = RETENTION_YEARS_MAX },
	FIELD_END
};

const struct route retention_routes[] = {
	{ METHOD_GET, "/desk/retention", PERM_SITE_READ, list_page,
	  .summary = "个人信息保存期限届满的申请" },
	{ METHOD_POST, "/desk/retention", PERM_SUPERVISE, settle_post, .form = years_form,
	  .summary = "设定个人信息的保存年限" },
	ROUTE_END
};
