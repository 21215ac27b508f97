/*
 * letter_pages.c - the list of letters, one letter, and what may be done with a draft.
 *
 * Drafting is the business of the steps that need a letter; here drafts are filled, edited,
 * dated, issued and thrown away, and every letter is to be had on paper.
 */
#include "letter/letter_pages.h"

#include "account/permission.h"
#include "base/json.h"
#include "base/limits.h"
#include "letter/letter_view.h"
#include "letter_html.h"

/* ---- paper on the screen */

void letter_paper(struct html *h, const struct official *o)
{
	letter_paper_head_html(h, o);
	letter_paper_content_html(h, o->body);
	letter_paper_foot_html(h, o);
	for (size_t i = 0; i < o->annexes_count; i++) {
		size_t number = o->attachments_count - o->annexes_count + i + 1;
		letter_annex_head_html(h,
				       o->attachments_count == 1
					       ? STR("附件")
					       : str_format(h->arena, "附件%zu", number),
				       o->annexes[i].title);
		letter_paper_content_html(h, o->annexes[i].content);
	}
}

/* ---- lists */

/* Whose letters somebody sees: all with SITE_READ, else the own unit's. */
static struct opt_int scope_of(const struct web_request *rq)
{
	return (struct opt_int){ !web_may(rq, PERM_SITE_READ), rq->ctx.actor.unit_id };
}

static bool read_page(struct ctx *ctx, struct opt_int scope, int64_t before, size_t max,
		      struct letter_list_view *view, struct err *err)
{
	struct letter *rows;

	if (!letter_page(ctx, scope, before, max, &rows, &view->count, err))
		return false;
	view->rows = rows;
	if (view->count > 0)
		view->next = list_next_id(ctx->arena, view->count, max,
					  rows[view->count - 1].id.n);
	return true;
}

static bool list(struct web_request *rq, struct letter_list_view *view, struct err *err)
{
	return list_filter_good(rq, err) && read_page(&rq->ctx, scope_of(rq), list_place_id(rq),
						      LIMIT_ROWS_PER_PAGE, view, err);
}

static const struct choice to_choices[] = {
	{ STR_INIT("person"), STR_INIT("公民（您）"), STR_INIT("") },
	{ STR_INIT("organisation"), STR_INIT("法人或者其他组织（你单位）"), STR_INIT("") },
	{ STR_INIT("agency"), STR_INIT("行政机关（贵单位）"), STR_INIT("") },
};

/* Kinds that may be written without a case: all but the answers. */
static void list_kinds(struct arena *a, struct letter_list_view *view)
{
	struct choice *kinds = ARENA_ARRAY(a, LETTER_KINDS, struct choice);

	for (size_t i = 0; i < LETTER_KINDS; i++)
		if (!letter_kinds[i].answer)
			kinds[view->kinds_count++] =
				(struct choice){ str_from_c(letter_kinds[i].code),
						 letter_kinds[i].name, STR("") };
	view->kinds = kinds;
	view->to = to_choices;
	view->to_count = COUNT_OF(to_choices);
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter_list_view view = { .form = web_form_state(rq),
					 .may_write = web_may(rq, PERM_REQUEST_WRITE),
					 .dated = date_iso(rq->ctx.arena, rq->ctx.today),
					 .addressee_is = STR("person") };

	if (rq->method == METHOD_POST) {
		view.kind = web_text(rq, "kind");
		view.addressee = web_text(rq, "addressee");
		view.addressee_is = web_text(rq, "addressee_is");
		view.dated = web_text(rq, "dated");
	}
	if (!list(rq, &view, err))
		return false;
	list_kinds(rq->ctx.arena, &view);
	view.foot = list_foot(rq, view.count, (struct opt_int){ .known = false }, 0, view.next,
			      LIST_WITH_FILES);
	struct page page = { .title = STR("文书"), .json = list_href(rq, ".json"),
			     .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	letter_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

/* In a list there is no text: it names people. */
static json_t *json_of(struct arena *a, const struct letter *l)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(l->id.n));
	json_object_set_new(out, "kind", json_string(l->kind->code));
	json_object_set_new(out, "title", json_text(l->title));
	json_object_set_new(out, "dated", json_text(date_iso(a, l->dated)));
	json_object_set_new(out, "issued", json_boolean(l->issued));
	json_object_set_new(out, "number", json_text(l->number));
	json_object_set_new(out, "subject_kind", json_text(l->subject_kind));
	json_object_set_new(out, "subject_id", json_integer(l->subject_id));
	json_object_set_new(out, "version", json_integer(l->version));
	return out;
}

static bool list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter_list_view view = { 0 };

	if (!list(rq, &view, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < view.count; i++)
		json_array_append_new(items, json_of(rq->ctx.arena, &view.rows[i]));
	return web_json(rp, list_as_json(rq, items, view.next));
}

/* Fewer at a time than other lists: a letter is read with its whole text. */
enum { FILE_ROWS = 100 };

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct opt_int *scope = arg;
	struct letter_list_view v = { .count = 0 };

	if (!read_page(ctx, *scope, list_id(place), FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct letter *l = &v.rows[i];
		const struct str cells[] = {
			date_iso(ctx->arena, l->dated),
			l->number,
			l->title,
			l->kind->name,
			l->organ,
			l->issued ? STR("已印发") : STR("草稿"),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

static bool list_files(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("成文日期"), STR_INIT("发文字号"),
					    STR_INIT("标题"),	 STR_INIT("种类"),
					    STR_INIT("机关"),	 STR_INIT("状态") };
	struct opt_int scope = scope_of(rq);
	const struct list_file file = { STR("文书"), heads, COUNT_OF(heads), give_page, &scope };

	return list_send(rq, rp, &file, err);
}

static enum letter_to to_of(struct str code)
{
	size_t i = 0;

	while (i + 1 < COUNT_OF(to_choices) && !str_equal(code, to_choices[i].value))
		i++;
	return (enum letter_to)i;
}

static bool draft_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter_new in = { .unit = { rq->ctx.actor.unit_id },
				 .kind = letter_kind_find(web_text(rq, "kind")),
				 .subject_kind = "",
				 .addressee = web_text(rq, "addressee"),
				 .to = to_of(web_text(rq, "addressee_is")),
				 .dated = web_date(rq, "dated").v,
				 .attachments = STR("") };
	struct letter_id id;

	if (in.kind == NULL || in.kind->answer)
		web_field_error(rq, "kind", STR("请从列表中选择文书种类。"));
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, list_page, err);
	return letter_draft(&rq->ctx, &in, &id, err) &&
	       web_created(rp, str_format(rq->ctx.arena, "/desk/letters/%lld", (long long)id.n),
			   "letter.drafted");
}

/* ---- one */

/* The letter of the path, if the reader may see it. */
static bool find(struct web_request *rq, struct letter *l, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "letter.none", "?");
	if (!letter_load(&rq->ctx, (struct letter_id){ id }, l, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && l->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_NOT_FOUND, "letter.none", "%lld", (long long)id);
	return true;
}

static struct letter_text typed(struct web_request *rq, const struct letter *l)
{
	if (rq->method == METHOD_POST && str_ends(rq->path, STR("/text")))
		return (struct letter_text){ .title = web_text(rq, "title"),
					     .text = web_text(rq, "text"),
					     .attachments = web_text(rq, "attachments"),
					     .addressee = web_text(rq, "addressee") };
	return (struct letter_text){ .title = l->title,
				     .text = l->text,
				     .attachments = l->attachments,
				     .addressee = l->addressee };
}

/*
 * Letters of a case are numbered by the step they belong to, with its approvals; an answer
 * when it is signed. From here go only those that belong to nothing.
 */
static bool stands_alone(const struct letter *l)
{
	return l->subject_kind.len == 0 && !l->kind->answer;
}

static bool one_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter_page_view view = { .form = web_form_state(rq) };
	struct letter *l = &view.l;
	struct unit unit;

	if (!find(rq, l, err) || !agency_unit(&rq->ctx, l->unit, &unit, err))
		return false;
	bool own = l->unit.n == rq->ctx.actor.unit_id && !l->issued;
	view.paper = letter_official(rq->ctx.arena, l);
	view.unit_name = unit.name;
	view.may_edit = own && web_may(rq, PERM_REQUEST_WRITE);
	view.may_issue = view.may_edit && stands_alone(l);
	view.delivered = l->subject_id != 0 && !l->kind->answer;
	view.open = letter_open_fields(rq->ctx.arena, l, &view.open_count);
	view.typed = typed(rq, l);
	view.dated = date_iso(rq->ctx.arena, l->dated);
	view.issued_on = date_iso(rq->ctx.arena, rq->ctx.today);
	view.online = l->online;
	struct page page = { .title = l->title,
			     .errors = view.form.errors_count,
			     .json = str_format(rq->ctx.arena, "/desk/letters/%lld.json",
						(long long)l->id.n) };
	web_version(rq, l->version);
	struct html *h = web_page_begin(rq, rp, &page);
	letter_page_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool one_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	if (!find(rq, &l, err))
		return false;
	json_t *out = json_of(rq->ctx.arena, &l);
	json_object_set_new(out, "addressee", json_text(l.addressee));
	json_object_set_new(out, "organ", json_text(l.organ));
	json_object_set_new(out, "text", json_text(l.text));
	json_object_set_new(out, "body", json_text(l.body));
	json_object_set_new(out, "attachments", json_text(l.attachments));
	json_object_set_new(out, "commitment", json_text(l.commitment));
	web_version(rq, l.version);
	return web_json(rp, out);
}

/* ---- on paper */

static struct str file_name(struct arena *a, const struct letter *l, const char *ending)
{
	struct str name = l->issued ? l->number : l->title;

	return str_format(a, STR_FMT ".%s", STR_ARG(name), ending);
}

static bool pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;
	struct str bytes;
	struct arena *a = web_reply_arena(rp);

	return find(rq, &l, err) && letter_pdf(&rq->ctx, a, &l, &bytes, err) &&
	       web_bytes(rp, "application/pdf", bytes, SHOW_INLINE, file_name(a, &l, "pdf"));
}

static bool docx(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const char type[] =
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	struct letter l;
	struct str bytes;
	struct arena *a = web_reply_arena(rp);

	return find(rq, &l, err) && letter_docx(&rq->ctx, a, &l, &bytes, err) &&
	       web_bytes(rp, type, bytes, DOWNLOAD, file_name(a, &l, "docx"));
}

static bool plain(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	return find(rq, &l, err) &&
	       web_bytes(rp, "text/plain; charset=utf-8",
			 letter_plain(web_reply_arena(rp), &l), SHOW_INLINE,
			 file_name(web_reply_arena(rp), &l, "txt"));
}

/* ---- forms */

static bool find_own(struct web_request *rq, struct letter *l, struct err *err)
{
	if (!find(rq, l, err))
		return false;
	if (l->unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "letter.not_yours", STR_FMT, STR_ARG(l->title));
	return true;
}

/* The page again with what is wrong beside the field; `field` for errors of no field. */
static bool again(struct web_request *rq, struct web_reply *rp, const char *field, struct err *err)
{
	const char *at = err->field != NULL ? err->field : field;

	if (err->code != ERR_NONE) {
		if (err->code == ERR_INTERNAL || err->code == ERR_UNAVAILABLE ||
		    err->code == ERR_NOT_FOUND || err->code == ERR_FORBIDDEN || at == NULL)
			return false;
		web_field_error(rq, at, err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
	}
	return web_form_again(rq, rp, one_page, err);
}

static bool back(struct web_request *rq, struct web_reply *rp, const struct letter *l,
		 const char *flash)
{
	return web_redirect(
		rp, str_format(rq->ctx.arena, "/desk/letters/%lld", (long long)l->id.n), flash);
}

static bool text_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter_text text;
	struct letter l;

	if (!find_own(rq, &l, err))
		return false;
	text = typed(rq, &l);
	if (web_field_errors(rq) > 0 ||
	    !letter_set_text(&rq->ctx, l.id, web_int(rq, "version", 0), &text, err))
		return again(rq, rp, NULL, err);
	return back(rq, rp, &l, "letter.saved");
}

static bool fill_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	size_t count = web_count(rq, "field");
	struct letter_fact *facts = ARENA_ARRAY(rq->ctx.arena, count, struct letter_fact);
	struct letter l;
	size_t n = 0;

	if (!find_own(rq, &l, err))
		return false;
	for (size_t i = 0; i < count && i < web_count(rq, "value"); i++) {
		const struct letter_field *f = letter_field_by_code(web_text_at(rq, "field", i));
		struct str value = str_trim(web_text_at(rq, "value", i));
		if (f == NULL)
			return err_set(err, ERR_INVALID, "letter.unknown_field", STR_FMT,
				       STR_ARG(web_text_at(rq, "field", i)));
		if (value.len > 0)
			facts[n++] = (struct letter_fact){ f->code, value };
	}
	if (web_field_errors(rq) > 0 ||
	    !letter_fill(&rq->ctx, l.id, web_int(rq, "version", 0), facts, n, err))
		return again(rq, rp, "value", err);
	return back(rq, rp, &l, "letter.saved");
}

static bool redate_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	if (!find_own(rq, &l, err))
		return false;
	if (web_field_errors(rq) > 0 ||
	    !letter_redate(&rq->ctx, l.id, web_int(rq, "version", 0), web_date(rq, "dated").v,
			   web_has(rq, "online"), err))
		return again(rq, rp, "dated", err);
	return back(rq, rp, &l, "letter.saved");
}

static bool remerge_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	return find_own(rq, &l, err) &&
	       letter_remerge(&rq->ctx, l.id, web_int(rq, "version", 0), err) &&
	       back(rq, rp, &l, "letter.saved");
}

static bool issue_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	if (!find_own(rq, &l, err))
		return false;
	if (!stands_alone(&l))
		return err_set(err, ERR_CONFLICT, "letter.issued_by_its_step", STR_FMT,
			       STR_ARG(l.title));
	if (web_field_errors(rq) > 0 ||
	    !letter_issue(&rq->ctx, l.id, web_date(rq, "issued_on").v, err))
		return again(rq, rp, "issued_on", err);
	return back(rq, rp, &l, "letter.issued_now");
}

static bool discard_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letter l;

	if (!find_own(rq, &l, err))
		return false;
	if (web_field_errors(rq) > 0)
		return again(rq, rp, NULL, err);
	return letter_discard(&rq->ctx, l.id, web_text(rq, "reason"), err) &&
	       web_redirect(rp, STR("/desk/letters"), "letter.discarded");
}

/* ---- routes */

#define VERSION                                                                                    \
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1,       \
	  .high = INT64_MAX }
#define GO { .name = "go", .label = "按钮", .kind = FIELD_CODE }

static const struct field list_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field draft_form[] = {
	{ .name = "kind", .label = "文书种类", .kind = FIELD_CODE, .required = true },
	{ .name = "addressee", .label = "受文者", .kind = FIELD_TEXT, .required = true, .max = 300 },
	{ .name = "addressee_is", .label = "受文者是", .kind = FIELD_CODE },
	{ .name = "dated", .label = "拟定成文日期", .kind = FIELD_DATE, .required = true },
	FIELD_END
};
static const struct field text_form[] = {
	VERSION,
	{ .name = "title", .label = "标题", .kind = FIELD_TEXT, .required = true, .max = 300 },
	{ .name = "addressee", .label = "受文者", .kind = FIELD_TEXT, .required = true, .max = 300 },
	{ .name = "text", .label = "正文", .kind = FIELD_LINES, .required = true,
	  .max = LIMIT_LETTER_TEXT },
	{ .name = "attachments", .label = "附件名称", .kind = FIELD_LINES, .max = 8192 },
	FIELD_END
};
static const struct field fill_form[] = {
	VERSION,
	{ .name = "field", .label = "要素", .kind = FIELD_CODE, .many = true },
	{ .name = "value", .label = "内容", .kind = FIELD_LINES, .many = true, .max = 8192 },
	FIELD_END
};
static const struct field redate_form[] = {
	VERSION,
	{ .name = "dated", .label = "成文日期", .kind = FIELD_DATE, .required = true },
	{ .name = "online", .label = "通过互联网送达", .kind = FIELD_BOOL },
	GO,
	FIELD_END
};
static const struct field remerge_form[] = { VERSION, GO, FIELD_END };
static const struct field issue_form[] = {
	{ .name = "issued_on", .label = "成文日期", .kind = FIELD_DATE, .required = true },
	FIELD_END
};
static const struct field discard_form[] = {
	{ .name = "reason", .label = "作废原因", .kind = FIELD_TEXT, .required = true, .max = 500 },
	GO,
	FIELD_END
};

const struct route letter_routes[] = {
	{ METHOD_GET, "/desk/letters", PERM_REQUEST_READ, list_page, .query = list_query,
	  .summary = "文书列表" },
	{ METHOD_GET, "/desk/letters.json", PERM_REQUEST_READ, list_json, .query = list_query,
	  .flags = ROUTE_API, .summary = "文书列表（机器可读）" },
	LIST_FILES("/desk/letters", PERM_REQUEST_READ, list_files, list_query, "文书列表"),
	{ METHOD_POST, "/desk/letters", PERM_REQUEST_WRITE, draft_post, .form = draft_form,
	  .summary = "起草不属于某件申请的文书" },
	{ METHOD_GET, "/desk/letters/:id", PERM_REQUEST_READ, one_page, .summary = "一件文书" },
	{ METHOD_GET, "/desk/letters/:id.json", PERM_REQUEST_READ, one_json, .flags = ROUTE_API,
	  .summary = "一件文书（机器可读）" },
	{ METHOD_GET, "/desk/letters/:id/letter.pdf", PERM_REQUEST_READ, pdf, .flags = ROUTE_SLOW,
	  .summary = "文书的PDF" },
	{ METHOD_GET, "/desk/letters/:id/letter.docx", PERM_REQUEST_READ, docx,
	  .flags = ROUTE_SLOW, .summary = "文书的Word文件" },
	{ METHOD_GET, "/desk/letters/:id/letter.txt", PERM_REQUEST_READ, plain,
	  .summary = "文书的文本" },
	{ METHOD_POST, "/desk/letters/:id/text", PERM_REQUEST_WRITE, text_post, .form = text_form,
	  .summary = "修改文书草稿" },
	{ METHOD_POST, "/desk/letters/:id/fill", PERM_REQUEST_WRITE, fill_post, .form = fill_form,
	  .summary = "填写文书要素" },
	{ METHOD_POST, "/desk/letters/:id/redate", PERM_REQUEST_WRITE, redate_post,
	  .form = redate_form, .summary = "更改文书的拟定日期和送达方式" },
	{ METHOD_POST, "/desk/letters/:id/remerge", PERM_REQUEST_WRITE, remerge_post,
	  .form = remerge_form, .summary = "按模板重新生成文书" },
	{ METHOD_POST, "/desk/letters/:id/issue", PERM_REQUEST_WRITE, issue_post,
	  .form = issue_form, .summary = "编号印发程序性文书" },
	{ METHOD_POST, "/desk/letters/:id/discard", PERM_REQUEST_WRITE, discard_post,
	  .form = discard_form, .summary = "作废文书草稿" },
	ROUTE_END
};
