/*
 * lint_pages.c - /check: a report pasted or uploaded is read in a limited child,
 * judged, shown, and forgotten. Nothing of it is written anywhere.
 */
#include "lint/lint_pages.h"

#include "account/permission.h"
#include "base/limits.h"
#include "lint/lint_view.h"
#include "lint_html.h"
#include "office/read.h"

enum { FILE_MAX = 16 * 1024 * 1024 };

/* What a check makes lives here: a hostile file may need more than a request has. */
struct checked {
	struct arena *arena;
	struct lint_report *report;
	struct lint_result result;
};

static bool read_document(struct arena *a, struct str name, struct str content,
			  struct lint_report **out, struct err *err)
{
	struct doc *doc;

	return office_read(a, name, content, &doc, err) && lint_read(a, doc, name, out, err);
}

/* What cannot be read is said beside its field. */
static bool refused(struct web_request *rq, const char *field, struct err *err)
{
	if (err->code == ERR_INTERNAL || err->code == ERR_UNAVAILABLE || err->code == ERR_BUSY)
		return false;
	web_field_error(rq, field, err_text(rq->ctx.arena, rq->ctx.locale, err));
	err_clear(err);
	return false;
}

static bool given_file(const struct web_request *rq, const char *name, struct upload *out)
{
	return web_file(rq, name, out) && out->content.len > 0;
}

/* false: with field errors, or with err set. */
static bool run(struct web_request *rq, struct checked *c, struct err *err)
{
	struct upload file, previous;
	struct str text = web_text(rq, "text");
	struct lint_report *before = NULL;
	bool by_file = given_file(rq, "file", &file);

	if (!by_file && str_trim(text).len == 0) {
		web_field_error(rq, "file", STR("请选择报告文件，或者粘贴报告全文。"));
		return false;
	}
	if (!by_file)
		file = (struct upload){ STR("粘贴的内容"), text };
	if (!read_document(c->arena, file.file_name, file.content, &c->report, err))
		return refused(rq, by_file ? "file" : "text", err);
	if (given_file(rq, "previous", &previous) &&
	    !read_document(c->arena, previous.file_name, previous.content, &before, err))
		return refused(rq, "previous", err);
	struct lint_options options = { .previous = before };
	lint_check(c->arena, c->report, &options, &c->result);
	return true;
}

/* Only rules that had something to say. */
static void sum_rules(struct arena *a, const struct lint_result *result, struct check_view *view)
{
	struct check_rule *rules = ARENA_ARRAY(a, lint_rules_count, struct check_rule);

	for (size_t i = 0; i < lint_rules_count; i++) {
		struct check_rule *at = &rules[view->rules_count];
		int64_t any = 0;
		*at = (struct check_rule){ .rule = &lint_rules[i] };
		for (size_t k = 0; k < result->verdicts_count; k++)
			if (str_equal(result->verdicts[k].rule, lint_rules[i].key)) {
				at->status[result->verdicts[k].status]++;
				any++;
			}
		view->rules_count += any > 0;
	}
	view->rules = rules;
}

static bool draw(struct web_request *rq, struct web_reply *rp, const struct checked *c)
{
	struct check_view view = { .text = STR_NONE };

	if (rq->method == METHOD_POST) /* to be mended and checked again */
		view.text = web_text(rq, "text");
	view.form = web_form_state(rq);
	if (c != NULL) {
		view.report = c->report;
		view.result = &c->result;
		sum_rules(c->arena, &c->result, &view);
	}
	struct page page = { .title = STR("年报核查"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	check_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool check_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)err;
	return draw(rq, rp, NULL);
}

static bool check_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct checked c = { .arena = arena_open(LIMIT_COMMAND_ARENA) };
	bool ok = run(rq, &c, err);

	if (ok && rq->wants_json)
		ok = web_json(rp, lint_print_json(c.arena, c.report, &c.result));
	else if (ok)
		ok = draw(rq, rp, &c);
	else if (err->code == ERR_NONE)
		ok = web_form_again(rq, rp, check_page, err);
	arena_close(c.arena);
	return ok;
}

static const struct field check_form[] = {
	{ .name = "file", .label = "报告文件", .kind = FIELD_FILE, .max = FILE_MAX },
	{ .name = "text", .label = "报告全文", .kind = FIELD_LINES, .max = LIMIT_FIELD_BYTES },
	{ .name = "previous", .label = "上年的报告", .kind = FIELD_FILE, .max = FILE_MAX },
	FIELD_END
};

const struct route lint_routes[] = {
	{ METHOD_GET, "/check", PERM_PUBLIC, check_page, .summary = "年报核查" },
	{ METHOD_POST, "/check", PERM_PUBLIC, check_post, .form = check_form,
	  .flags = ROUTE_UPLOAD | ROUTE_KEEPS_NOTHING, .summary = "核对一份年度报告，不保存" },
	{ METHOD_POST, "/check.json", PERM_PUBLIC, check_post, .form = check_form,
	  .flags = ROUTE_UPLOAD | ROUTE_KEEPS_NOTHING | ROUTE_API,
	  .summary = "核对一份年度报告，结果为JSON，不保存" },
	ROUTE_END
};
