/* page.c - HTML pages with their shell, error pages, and problems for machines. */
#include "base/json.h"
#include "base/limits.h"
#include "web/exchange.h"
#include "web/page_view.h"
#include "web_html.h"

enum { PAGE_ESTIMATE = 16 * 1024 };

struct html *web_page_begin(struct web_request *rq, struct web_reply *rp, struct page *page)
{
	struct exchange *x = rp->x;

	rp->page = buf_open(rp->arena, PAGE_ESTIMATE, LIMIT_PAGE);
	rp->html = (struct html){ .out = &rp->page, .arena = rp->arena };
	rp->content_type = STR("text/html; charset=utf-8");
	if (page->path.len == 0)
		page->path = rq->path;
	page->mode = rq->mode;
	if (page->errors == 0)
		page->errors = x->errors.count;
	if (page->flash.len == 0 && rq->method == METHOD_GET)
		(void)flash_take(x, &page->flash);
	if (x->server->config.dress != NULL)
		x->server->config.dress(rq, page);
	rp->title = page->title;
	html_page_begin(&rp->html, page);
	return &rp->html;
}

void web_page_end(struct web_request *rq, struct web_reply *rp, struct page *page)
{
	(void)rq;
	html_page_end(&rp->html, page);
	rp->body = buf_str(&rp->page);
}

static struct str title_of(unsigned status)
{
	switch (status) {
	case 400:
	case 415:
		return STR("请求有误");
	case 401:
		return STR("请先登录");
	case 403:
		return STR("没有权限");
	case 404:
		return STR("找不到页面");
	case 405:
		return STR("不支持这种操作");
	case 409:
	case 412:
		return STR("操作未完成");
	case 413:
		return STR("内容过大");
	case 422:
		return STR("填写有误");
	case 429:
		return STR("操作过于频繁");
	case 503:
		return STR("暂时无法提供服务");
	}
	return status >= 500 ? STR("系统出现故障") : STR("操作未完成");
}

bool page_error(struct exchange *x, unsigned status, struct str sentence, struct str incident)
{
	struct error_view view = { .title = title_of(status), .sentence = sentence,
				   .incident = incident, .errors = x->errors.at,
				   .errors_count = x->errors.count,
				   .staff = x->rq.ctx.actor.account_id != 0 };
	struct page page = { .title = view.title };

	x->rp.status = status;
	struct html *h = web_page_begin(&x->rq, &x->rp, &page);
	error_html(h, &view);
	web_page_end(&x->rq, &x->rp, &page);
	return buf_ok(&x->rp.page);
}

/* RFC 9457. */
bool page_problem(struct exchange *x, unsigned status, const char *code, struct str detail,
		  struct str incident)
{
	json_t *problem = json_object();

	json_object_set_new(problem, "type", json_string("about:blank"));
	json_object_set_new(problem, "title", json_text(title_of(status)));
	json_object_set_new(problem, "status", json_integer((json_int_t)status));
	/* For programs: stable, where sentences may change. Our own faults have an incident. */
	if (code != NULL && status < 500)
		json_object_set_new(problem, "code", json_string(code));
	if (x->version_now.known && (status == 409 || status == 412))
		json_object_set_new(problem, "version", json_integer(x->version_now.v));
	if (detail.len > 0)
		json_object_set_new(problem, "detail", json_text(detail));
	if (incident.len > 0)
		json_object_set_new(problem, "instance", json_text(incident));
	if (x->errors.count > 0) {
		json_t *errors = json_array();
		for (size_t i = 0; i < x->errors.count; i++)
			json_array_append_new(errors,
					      json_pack("{s:s, s:o}", "field",
							x->errors.at[i].field, "message",
							json_text(x->errors.at[i].text)));
		json_object_set_new(problem, "errors", errors);
	}
	x->rp.status = status;
	x->rp.content_type = STR("application/problem+json; charset=utf-8");
	return web_json(&x->rp, problem);
}

/* The page of the form again; if there is none, the errors on a page of their own. */
bool page_form_again(struct exchange *x)
{
	const struct route *get = x->pair != NULL ? x->pair->get : NULL;

	x->errors_looked_at = true;
	reply_reset(x);
	x->rp.status = 422;
	if (x->rq.wants_json)
		return page_problem(x, 422, "web.form_wrong", STR_NONE, STR_NONE);
	if (get != NULL && web_may(&x->rq, get->permission) && x->rq.method == METHOD_POST)
		return get->handler(&x->rq, &x->rp, &x->err);
	struct str sentence = message_text(x->arena, x->rq.ctx.locale, "web.form_wrong", STR_NONE);
	return page_error(x, 422, sentence, STR_NONE);
}

bool page_signed_out(struct exchange *x, const struct pairs *typed)
{
	struct signed_out_view view = { .action = x->head.path };
	struct typed_field *list = ARENA_ARRAY(x->arena, typed->count, struct typed_field);
	struct page page = { .title = STR("登录已到期") };

	for (size_t i = 0; i < typed->count; i++) {
		const struct pair *p = &typed->at[i];
		const struct field *f = field_declared(x->rq.route->form, p->name);
		bool words = f != NULL && (f->kind == FIELD_TEXT || f->kind == FIELD_LINES);
		if (p->is_file)
			view.files = view.files || p->value.len > 0;
		else if (!str_equal_c(p->name, "_csrf"))
			list[view.count++] = (struct typed_field){
				.name = p->name,
				.value = p->value,
				.label = words ? str_from_c(f->label) : STR_NONE,
			};
	}
	view.typed = list;
	x->rp.status = 401;
	struct html *h = web_page_begin(&x->rq, &x->rp, &page);
	signed_out_html(h, &view);
	web_page_end(&x->rq, &x->rp, &page);
	return buf_ok(&x->rp.page);
}
