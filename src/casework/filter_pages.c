/* filter_pages.c - the filters of the register that one keeps: list, use, keep, delete. */
#include "base/buf.h"
#include "base/limits.h"
#include "casework/casework_view.h"
#include "casework_html.h"
#include "web/pairs.h"

#define KEPT(n, text, bytes) { .name = n, .label = text, .kind = FIELD_TEXT, .max = bytes }

const struct field filters_query[] = { KEPT("state", "状态", 40), KEPT("year", "收到年份", 4),
				       KEPT("number", "登记编号", 100), KEPT("unit", "承办单位", 40),
				       KEPT("order", "排序", 10), FIELD_END };
const struct field filter_form[] = {
	{ .name = "name", .label = "名称", .kind = FIELD_TEXT, .required = true,
	  .max = CASE_FILTER_NAME_BYTES },
	KEPT("state", "状态", 40), KEPT("year", "收到年份", 4), KEPT("number", "登记编号", 100),
	KEPT("unit", "承办单位", 40), KEPT("order", "排序", 10), FIELD_END
};

/* As the register's own links are written. */
static struct str query_of(struct web_request *rq)
{
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 100, 4 * KIB);

	for (const struct field *f = filters_query; f->name != NULL; f++) {
		struct str value = web_text(rq, f->name);
		if (value.len > 0)
			buf_addf(&b, "%s%s=" STR_FMT, buf_str(&b).len > 0 ? "&" : "", f->name,
				 STR_ARG(percent_encode(a, value)));
	}
	return buf_str(&b);
}

bool saved_rows(struct web_request *rq, const struct saved_row **out, size_t *count,
		struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct case_filter *list;

	if (!case_filters(&rq->ctx, &list, count, err))
		return false;
	struct saved_row *rows = ARENA_ARRAY(a, *count, struct saved_row);
	for (size_t i = 0; i < *count; i++)
		rows[i] = (struct saved_row){
			&list[i], str_concat(a, STR("/desk/requests?"), list[i].query)
		};
	*out = rows;
	return true;
}

static struct str state_words(struct str state)
{
	const struct str *codes, *labels;
	size_t count = desk_states(&codes, &labels);

	for (size_t i = 0; i < count; i++)
		if (str_equal(codes[i], state))
			return labels[i];
	return state;
}

/* 办理中，收到年份2020，编号YX开头 */
static struct str in_words(struct web_request *rq)
{
	struct str state = web_text(rq, "state"), year = web_text(rq, "year"),
		   number = web_text(rq, "number"), unit = web_text(rq, "unit");
	struct buf b = buf_open(rq->ctx.arena, 100, 4 * KIB);

	if (state.len > 0)
		buf_add(&b, state_words(state));
	if (year.len > 0)
		buf_addf(&b, "%s" STR_FMT "年收到", buf_str(&b).len > 0 ? "，" : "", STR_ARG(year));
	if (number.len > 0)
		buf_addf(&b, "%s编号以“" STR_FMT "”开头", buf_str(&b).len > 0 ? "，" : "",
			 STR_ARG(number));
	if (unit.len > 0)
		buf_addf(&b, "%s单位代码" STR_FMT, buf_str(&b).len > 0 ? "，" : "", STR_ARG(unit));
	return buf_str(&b);
}

bool filters_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct filters_view v = { .form = web_form_state(rq),
				  .what = in_words(rq),
				  .state = web_text(rq, "state"),
				  .year = web_text(rq, "year"),
				  .number = web_text(rq, "number"),
				  .unit = web_text(rq, "unit"),
				  .order = web_text(rq, "order") };

	if (!saved_rows(rq, &v.rows, &v.count, err))
		return false;
	if (rq->method == METHOD_POST)
		v.name = web_text(rq, "name");
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("常用筛选"), STR_NONE } };
	struct page page = { .title = STR("常用筛选"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	filters_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool filter_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str query = query_of(rq);

	return case_filter_save(&rq->ctx, web_text(rq, "name"), query, err) &&
	       web_redirect(rp, str_concat(rq->ctx.arena, STR("/desk/requests?"), query),
			    "casework.filter_saved");
}

bool filter_delete_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "casework.no_filter", "?");
	return case_filter_delete(&rq->ctx, id, err) &&
	       web_redirect(rp, STR("/desk/filters"), "casework.filter_deleted");
}
