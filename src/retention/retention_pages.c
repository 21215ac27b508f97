/* retention_pages.c - what is due to be erased, and for how long a site keeps. */
#include "retention/retention_pages.h"

#include "base/limits.h"
#include "request/request_pages.h"
#include "retention/retention_view.h"
#include "retention_html.h"

static struct str href_of(struct arena *a, const struct retention_case *c)
{
	static const char *const place[] = { [RETENTION_REQUEST] = "requests",
					     [RETENTION_DISPUTE] = "disputes",
					     [RETENTION_AMENDMENT] = "amendments" };

	return str_format(a, "/desk/%s/%lld", place[c->kind], (long long)c->id);
}

/* The kind of the list; after a form of years, which has no query, the first. */
static enum retention_kind kind_of(const struct web_request *rq)
{
	enum retention_kind kind = RETENTION_REQUEST;

	(void)retention_kind_from(web_text(rq, "kind"), &kind);
	return kind;
}

static bool read_page(struct ctx *ctx, enum retention_kind kind, int64_t after, size_t max,
		      struct retention_view *v, struct err *err)
{
	struct retention_case *rows;
	struct request_units units;

	if (!retention_due(ctx, kind, after, max, &rows, &v->count, err) ||
	    !request_units_load(ctx, &units, err))
		return false;
	struct str *names = ARENA_ARRAY(ctx->arena, v->count, struct str);
	struct str *hrefs = ARENA_ARRAY(ctx->arena, v->count, struct str);
	for (size_t i = 0; i < v->count; i++) {
		names[i] = request_unit_name(&units, rows[i].unit.n);
		hrefs[i] = href_of(ctx->arena, &rows[i]);
	}
	v->rows = rows;
	v->units = names;
	v->hrefs = hrefs;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, rows[v->count - 1].id);
	return true;
}

static void fill_kinds(struct web_request *rq, struct retention_view *v)
{
	for (int k = 0; k < RETENTION_KIND_COUNT; k++) {
		const struct retention_rule *rule = retention_rule((enum retention_kind)k);
		v->tabs[k] = (struct list_tab){
			.label = rule->label,
			.href = list_href_with(rq, "kind", str_from_c(rule->code)),
			.current = v->kind == (enum retention_kind)k,
		};
		v->typed[k] = rq->method == METHOD_POST ?
				      web_text(rq, rule->field) :
				      str_format(rq->ctx.arena, "%d", v->years.of[k]);
	}
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct retention_view v = { .form = web_form_state(rq),
				    .kind = kind_of(rq),
				    .may_settle = web_may(rq, PERM_SUPERVISE) };

	if (!retention_years(&rq->ctx, &v.years, err) ||
	    !read_page(&rq->ctx, v.kind, list_place_id(rq), LIMIT_ROWS_PER_PAGE, &v, err))
		return false;
	fill_kinds(rq, &v);
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
	const enum retention_kind *kind = arg;
	struct retention_view v = { .count = 0 };

	if (!read_page(ctx, *kind, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct str cells[] = { v.rows[i].number, retention_rule(*kind)->label,
					     v.units[i],
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
	static const struct str heads[] = { STR_INIT("编号或者案号"), STR_INIT("类别"),
					    STR_INIT("单位"), STR_INIT("起算之日"),
					    STR_INIT("届满") };
	enum retention_kind kind = kind_of(rq);
	const struct list_file file = { STR("保存期限届满"), heads, COUNT_OF(heads), give_page,
					&kind };

	return list_send(rq, rp, &file, err);
}

/* What a form leaves out stays as it was. */
static bool settle_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct retention_years years;

	if (!retention_years(&rq->ctx, &years, err))
		return false;
	for (int k = 0; k < RETENTION_KIND_COUNT; k++)
		years.of[k] = (int)web_int(rq, retention_rule((enum retention_kind)k)->field,
					   years.of[k]);
	return retention_settle(&rq->ctx, &years, err) &&
	       web_redirect(rp, STR("/desk/retention"), "retention.settled");
}

static const char *const kinds[] = { "request", "dispute", "amendment", NULL };
static const struct field list_query[] = {
	{ .name = "kind", .label = "类别", .kind = FIELD_CHOICE, .choices = kinds },
	LIST_PLACE_ID,
	FIELD_END
};
static const struct field years_form[] = {
	{ .name = "years", .label = "申请的保存年限", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = RETENTION_YEARS_MAX },
	{ .name = "dispute_years", .label = "复议、诉讼的保存年限", .kind = FIELD_INT, .low = 0,
	  .high = RETENTION_YEARS_MAX },
	{ .name = "amendment_years", .label = "更正申请的保存年限", .kind = FIELD_INT, .low = 0,
	  .high = RETENTION_YEARS_MAX },
	FIELD_END
};

const struct route retention_routes[] = {
	{ METHOD_GET, "/desk/retention", PERM_SITE_READ, list_page, .query = list_query,
	  .summary = "个人信息保存期限届满的申请、案件和更正申请" },
	LIST_FILES("/desk/retention", PERM_SITE_READ, list_files, list_query,
		   "个人信息保存期限届满的申请、案件和更正申请"),
	{ METHOD_POST, "/desk/retention", PERM_SUPERVISE, settle_post, .form = years_form,
	  .summary = "设定个人信息的保存年限" },
	ROUTE_END
};
