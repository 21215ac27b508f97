/*
 * form_pages.c - filling in a request, one thing per page.
 *
 * What was typed is saved first and judged afterwards, so nothing is lost
 * whatever is wrong with it; and who comes without a draft (a lost cookie) gets
 * a new one with what he has just sent.
 */
#include "base/json.h"
#include "apply/apply_view.h"
#include "apply/found.h"
#include "apply_html.h"
#include "text/normalise.h"


#define DRAFT "draft"

static const struct { const char *segment; struct str title; } steps[APPLY_STEP_COUNT] = {
	[APPLY_ASK] = { "ask", STR_INIT("申请公开什么信息") },
	[APPLY_WHO] = { "who", STR_INIT("申请人类别") },
	[APPLY_IDENTITY] = { "identity", STR_INIT("申请人") },
	[APPLY_CONTACT] = { "contact", STR_INIT("联系方式") },
	[APPLY_AGENT] = { "agent", STR_INIT("代理人") },
	[APPLY_RECEIVE] = { "receive", STR_INIT("形式和方式") },
	[APPLY_FILES] = { "files", STR_INIT("附件") },
};

static const struct { enum apply_field field; struct str label; } lines[] = {
	{ APPLY_CONTENT, STR_INIT("所需信息") },  { APPLY_UNIT, STR_INIT("受理单位") },
	{ APPLY_CLASS, STR_INIT("申请人类别") },  { APPLY_NAME, STR_INIT("姓名或者名称") },
	{ APPLY_DOCUMENT, STR_INIT("身份证明") }, { APPLY_DOCUMENT_NO, STR_INIT("证件号码") },
	{ APPLY_CONTACT_PERSON, STR_INIT("联系人") }, { APPLY_PHONE, STR_INIT("电话") },
	{ APPLY_EMAIL, STR_INIT("电子邮箱") },	  { APPLY_ADDRESS, STR_INIT("通信地址") },
	{ APPLY_POSTCODE, STR_INIT("邮政编码") }, { APPLY_AGENT_NAME, STR_INIT("代理人") },
	{ APPLY_AGENT_DOCUMENT_NO, STR_INIT("代理人证件号码") }, { APPLY_FORM, STR_INIT("形式") },
	{ APPLY_WAY, STR_INIT("方式") },
};

const struct choice apply_draft_purposes[] = {
	{ STR_INIT("request"), STR_INIT("与申请有关的材料"), STR_INIT("") },
	{ STR_INIT("identity"), STR_INIT("身份证明"), STR_INIT("") },
	{ STR_INIT("authority"), STR_INIT("授权委托书"), STR_INIT("") },
};
const size_t apply_draft_purposes_count = COUNT_OF(apply_draft_purposes);

bool apply_draft_of(struct web_request *rq, struct apply_draft *d, bool *found, struct err *err)
{
	if (rq->prepared != NULL) {
		*d = *(const struct apply_draft *)rq->prepared;
		*found = true;
		return true;
	}
	return apply_find(&rq->ctx, web_cookie(rq, DRAFT), d, found, err);
}

/* For as long as a draft may be kept at all: how long this one is, the site settles. */
static void set_cookie(struct web_reply *rp, struct str token)
{
	web_set_cookie(rp, DRAFT, token, (int64_t)APPLY_DRAFT_DAYS_MAX * 24 * 60 * 60);
}

/* The draft of a POST; a fresh one where there is none, or where the last one was sent. */
static bool draft_for(struct web_request *rq, struct web_reply *rp, struct apply_draft *d,
		      struct err *err)
{
	bool found;

	if (!apply_find(&rq->ctx, web_cookie(rq, DRAFT), d, &found, err))
		return false;
	if (found && d->sent.n == 0)
		return true;
	if (!apply_begin(&rq->ctx, d, err))
		return false;
	set_cookie(rp, d->token);
	return true;
}

static struct str href_of(struct arena *a, enum apply_step step)
{
	if (step == APPLY_STEP_COUNT)
		return STR("/request/check");
	return str_format(a, "/request/%s", steps[step].segment);
}

static enum apply_step step_of_path(const struct web_request *rq)
{
	for (int s = 0; s < APPLY_STEP_COUNT; s++)
		if (str_equal(rq->path, href_of(rq->ctx.arena, (enum apply_step)s)))
			return (enum apply_step)s;
	return APPLY_FILES; /* /request/files/add and /remove */
}

/* ---- the start */

bool apply_start_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_start_view v = { .form = web_form_state(rq) };
	struct apply_draft d;
	bool found;

	if (!agency_site(&rq->ctx, &v.site, err) || !apply_draft_of(rq, &d, &found, err) ||
	    !apply_setting_of(&rq->ctx, &v.setting, err))
		return false;
	v.resume = found && d.sent.n == 0;
	struct page page = { .title = STR("依申请公开"), .json = STR("/request.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_start_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_start_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	json_t *units = json_array(), *out = json_object();
	struct apply_setting setting;
	struct unit *list;
	size_t count;

	if (!agency_units(&rq->ctx, &list, &count, err) ||
	    !apply_setting_of(&rq->ctx, &setting, err)) {
		json_decref(units);
		json_decref(out);
		return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!list[i].closed_on.known)
			json_array_append_new(units, json_pack("{s:o, s:o}", "code",
							       json_text(list[i].code), "name",
							       json_text(list[i].name)));
	json_object_set_new(out, "units", units);
	json_object_set_new(out, "draft_days", json_integer(setting.draft_days));
	return web_json(rp, out);
}

bool apply_begin_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_draft d;
	enum apply_step next;

	if (!draft_for(rq, rp, &d, err) || !apply_next(&rq->ctx, &d, &next, err))
		return false;
	return web_redirect(rp, href_of(rq->ctx.arena, next), NULL);
}

/* ---- a step */

static bool fill_units(struct web_request *rq, struct apply_step_view *v, struct err *err)
{
	struct unit *list;
	size_t count;

	if (!agency_units(&rq->ctx, &list, &count, err))
		return false;
	v->units = ARENA_ARRAY(rq->ctx.arena, count, struct choice);
	for (size_t i = 0; i < count; i++)
		if (!list[i].closed_on.known)
			v->units[v->units_count++] =
				(struct choice){ .value = list[i].code, .label = list[i].name };
	return true;
}

static void fill_choices(struct apply_step_view *v)
{
	for (int c = 0; c < APPLICANT_CLASS_COUNT; c++)
		v->classes[c] =
			(struct choice){ .value = applicant_code((enum applicant_class)c),
					 .label = applicant_label((enum applicant_class)c) };
	for (int f = 1; f < GIVE_FORM_COUNT; f++)
		v->forms[f - 1] = (struct choice){ .value = give_form_code((enum give_form)f),
						   .label = give_form_label((enum give_form)f) };
	for (int w = 1; w < GIVE_WAY_COUNT; w++)
		v->ways[w - 1] = (struct choice){ .value = give_way_code((enum give_way)w),
						  .label = give_way_label((enum give_way)w) };
	for (int d = 0; d < DOCUMENT_COUNT; d++)
		if (document_is_of_organisation((enum identity_document)d) == v->organisation)
			v->documents[v->documents_count++] = (struct choice){
				.value = document_code((enum identity_document)d),
				.label = document_label((enum identity_document)d)
			};
	v->purposes = apply_draft_purposes;
	v->purposes_count = apply_draft_purposes_count;
}

/* What is being sent stands before what was saved: a field that is too long was not saved. */
static void fill_texts(struct web_request *rq, const struct apply_draft *d,
		       struct apply_step_view *v)
{
	for (int f = 0; f < APPLY_FIELD_COUNT; f++) {
		bool typed = rq->method == METHOD_POST && v->step != APPLY_FILES &&
			     apply_step_of((enum apply_field)f) == v->step;
		v->texts[f] = typed && web_has(rq, apply_field_names[f]) ?
				      web_text(rq, apply_field_names[f]) :
				      d->texts[f];
	}
}

static bool is_organisation(const struct apply_draft *d)
{
	enum applicant_class class;

	return applicant_from(d->texts[APPLY_CLASS], &class) && class != APPLICANT_NATURAL_PERSON;
}

static bool from_check(const struct web_request *rq)
{
	return step_of_path(rq) != APPLY_FILES && str_equal_c(web_text(rq, "from"), "check");
}

bool apply_step_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_step_view v = { .form = web_form_state(rq), .step = step_of_path(rq) };
	struct apply_draft d = { .id = 0 };
	struct attachment *files = NULL;
	bool found;

	if (!apply_draft_of(rq, &d, &found, err))
		return false;
	if (found && d.sent.n != 0)
		d = (struct apply_draft){ .id = 0 };
	v.organisation = is_organisation(&d);
	fill_choices(&v);
	fill_texts(rq, &d, &v);
	if (v.texts[APPLY_DOCUMENT].len == 0)
		v.texts[APPLY_DOCUMENT] = v.documents[0].value;
	if ((v.step == APPLY_ASK && !fill_units(rq, &v, err)) ||
	    (d.id != 0 && !attachment_list(&rq->ctx, "draft", d.id, &files, &v.files_count, err)))
		return false;
	v.files = files;
	v.action = href_of(rq->ctx.arena, v.step);
	v.from_check = from_check(rq);
	v.back = v.step == APPLY_ASK ? STR("/request") :
				       href_of(rq->ctx.arena, (enum apply_step)(v.step - 1));
	v.title = steps[v.step].title;
	v.number = (int)v.step + 1;
	struct page page = { .title = v.title, .errors = v.form.errors_count };
	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_step_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* Numbers and addresses are of ASCII, whatever width the keyboard made them. */
static bool is_narrow(enum apply_field f)
{
	return f == APPLY_DOCUMENT_NO || f == APPLY_AGENT_DOCUMENT_NO || f == APPLY_PHONE ||
	       f == APPLY_EMAIL || f == APPLY_POSTCODE;
}

static void keep(struct web_request *rq, struct apply_draft *d, enum apply_step step)
{
	for (int f = 0; f < APPLY_FIELD_COUNT; f++) {
		if (apply_step_of((enum apply_field)f) != step ||
		    !web_has(rq, apply_field_names[f]))
			continue;
		struct str typed = web_text(rq, apply_field_names[f]);
		d->texts[f] = is_narrow((enum apply_field)f) ?
				      str_trim(normalise_width(rq->ctx.arena, typed)) :
				      typed;
	}
}

/* Is something public that may be the answer? Then it is shown before the form goes on. */
static bool near_something(struct web_request *rq, const struct apply_draft *d, bool *near,
			   struct err *err)
{
	struct found *items;
	size_t count;

	if (!found_search(&rq->ctx, d->texts[APPLY_CONTENT], FOUND_NEAR, FOUND_FEW, &items, &count,
			  err))
		return false;
	*near = count > 0;
	return true;
}

bool apply_step_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum apply_step step = step_of_path(rq), next;
	struct apply_draft *d = ARENA_NEW(rq->ctx.arena, struct apply_draft);
	struct err why = { 0 };
	bool near = false;

	if (!draft_for(rq, rp, d, err))
		return false;
	keep(rq, d, step);
	if (!apply_save(&rq->ctx, d, err))
		return false;
	if (!apply_check(&rq->ctx, d, step, &why)) {
		if (why.field == NULL) {
			*err = why;
			return false;
		}
		rq->prepared = d;
		web_field_error(rq, why.field, err_text(rq->ctx.arena, rq->ctx.locale, &why));
		bool drawn = web_form_again(rq, rp, apply_step_page, err);
		set_cookie(rp, d->token);
		rq->prepared = NULL;
		return drawn;
	}
	if (!apply_next(&rq->ctx, d, &next, err))
		return false;
	if (step == APPLY_ASK && !near_something(rq, d, &near, err))
		return false;
	/* Agent and files may stay empty, so they are never "next": they are shown all the same. */
	enum apply_step to = next < step ? next : (enum apply_step)(step + 1);
	/* Who came to change one thing goes back to checking all of them. */
	if (next == APPLY_STEP_COUNT && from_check(rq))
		to = APPLY_STEP_COUNT;
	return web_redirect(rp, near ? STR("/request/before") : href_of(rq->ctx.arena, to), NULL);
}

/* ---- files */

static enum attachment_purpose purpose_of(const struct web_request *rq)
{
	if (str_equal_c(web_text(rq, "purpose"), "identity"))
		return ATTACHMENT_IDENTITY;
	if (str_equal_c(web_text(rq, "purpose"), "authority"))
		return ATTACHMENT_AUTHORITY;
	return ATTACHMENT_REQUEST;
}

/* Where 保存并继续 leads after the last step. */
static bool go_on(struct web_request *rq, struct web_reply *rp, const struct apply_draft *d,
		  struct err *err)
{
	enum apply_step next;

	return apply_next(&rq->ctx, d, &next, err) &&
	       web_redirect(rp, href_of(rq->ctx.arena, next), NULL);
}

/* Both buttons bring the file that was chosen: who goes on with one in hand must not lose it. */
bool apply_file_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_draft *d = ARENA_NEW(rq->ctx.arena, struct apply_draft);
	struct attachment_new in = { .subject_kind = "draft", .who = BROUGHT_BY_APPLICANT };
	bool on = str_equal_c(web_text(rq, "act"), "next");
	struct attachment_id id;
	struct upload upload = { .file_name = STR_NONE };
	struct err why = { 0 };

	if (!draft_for(rq, rp, d, err))
		return false;
	(void)web_file(rq, "file", &upload);
	if (on && upload.content.len == 0 && upload.file_name.len == 0)
		return go_on(rq, rp, d, err);
	in.subject_id = d->id;
	in.purpose = purpose_of(rq);
	in.file_name = upload.file_name;
	in.content = upload.content;
	if (attachment_add(&rq->ctx, &in, &id, &why))
		return on ? go_on(rq, rp, d, err) : web_redirect(rp, STR("/request/files"), NULL);
	if (why.field == NULL) {
		*err = why;
		return false;
	}
	rq->prepared = d;
	web_field_error(rq, "file", err_text(rq->ctx.arena, rq->ctx.locale, &why));
	bool drawn = web_form_again(rq, rp, apply_step_page, err);
	rq->prepared = NULL;
	return drawn;
}

bool apply_file_remove_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment a;
	struct apply_draft d;
	bool found;

	if (!apply_draft_of(rq, &d, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.no_draft", " ");
	if (!attachment_find(&rq->ctx, (struct attachment_id){ web_int(rq, "id", 0) }, &a, err))
		return false;
	if (!str_equal_c(a.subject_kind, "draft") || a.subject_id != d.id)
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)a.id.n);
	return attachment_remove(&rq->ctx, a.id, err) &&
	       web_redirect(rp, STR("/request/files"), NULL);
}

/* ---- check, send, forget */

static struct str shown(struct web_request *rq, enum apply_field f, struct str text)
{
	enum applicant_class class;
	enum identity_document document;
	enum give_form form;
	enum give_way way;
	struct unit unit;
	struct err ignored = { 0 };
	bool found = false;

	/* Nothing chosen: the government itself, as it will be registered. */
	if (f == APPLY_UNIT && text.len == 0 && agency_root(&rq->ctx, &unit, &ignored))
		return unit.name;
	if (text.len == 0)
		return text;
	if (f == APPLY_CLASS && applicant_from(text, &class))
		return applicant_label(class);
	if (f == APPLY_DOCUMENT && document_from(text, &document))
		return document_label(document);
	if (f == APPLY_FORM && give_form_from(text, &form))
		return give_form_label(form);
	if (f == APPLY_WAY && give_way_from(text, &way))
		return give_way_label(way);
	if (f == APPLY_UNIT && agency_unit_by_code(&rq->ctx, text, &unit, &found, &ignored) &&
	    found)
		return unit.name;
	return text;
}

static bool draft_needed(struct web_request *rq, struct apply_draft *d, struct err *err)
{
	bool found;

	if (!apply_draft_of(rq, d, &found, err))
		return false;
	return found || err_set(err, ERR_NOT_FOUND, "apply.no_draft", " ");
}

static struct str change_href(struct arena *a, enum apply_field f)
{
	return str_concat(a, href_of(a, apply_step_of(f)), STR("?from=check"));
}

/* Whom it does not concern is not asked to look at an empty line. */
static bool concerns(const struct apply_draft *d, enum apply_field f)
{
	if (f == APPLY_CONTACT_PERSON)
		return is_organisation(d);
	return f != APPLY_AGENT_DOCUMENT_NO || d->texts[APPLY_AGENT_NAME].len > 0;
}

static struct str names_of(struct arena *a, const struct attachment *files, size_t count)
{
	struct str out = STR_NONE;

	for (size_t i = 0; i < count; i++)
		out = str_format(a, STR_FMT "%s" STR_FMT "（" STR_FMT "）", STR_ARG(out),
				 i > 0 ? "、" : "", STR_ARG(files[i].file_name),
				 STR_ARG(attachment_purpose_label(files[i].purpose)));
	return out;
}

static bool has_authority(const struct attachment *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (files[i].purpose == ATTACHMENT_AUTHORITY)
			return true;
	return false;
}

struct str apply_size(struct arena *a, int64_t bytes)
{
	if (bytes < 1024)
		return str_format(a, "%lld字节", (long long)bytes);
	if (bytes < INT64_C(1024) * 1024)
		return str_format(a, "%lld KB", (long long)((bytes + 1023) / 1024));
	return str_format(a, "%.1f MB", (double)bytes / (1024 * 1024));
}

bool apply_check_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_check_view v = { .form = web_form_state(rq) };
	struct apply_draft d;
	enum apply_step next;
	struct apply_line *list =
		ARENA_ARRAY(rq->ctx.arena, COUNT_OF(lines) + 1, struct apply_line);
	struct attachment *files;
	size_t count;

	if (!draft_needed(rq, &d, err) || !apply_setting_of(&rq->ctx, &v.setting, err))
		return false;
	if (d.sent.n != 0)
		return web_redirect(rp, STR("/request/receipt"), NULL);
	if (!apply_next(&rq->ctx, &d, &next, err) ||
	    !attachment_list(&rq->ctx, "draft", d.id, &files, &count, err))
		return false;
	if (next != APPLY_STEP_COUNT)
		return web_redirect(rp, href_of(rq->ctx.arena, next), NULL);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (concerns(&d, lines[i].field))
			list[v.count++] = (struct apply_line){
				.label = lines[i].label,
				.value = shown(rq, lines[i].field, d.texts[lines[i].field]),
				.href = change_href(rq->ctx.arena, lines[i].field),
			};
	list[v.count++] = (struct apply_line){ .label = STR("附件"),
					       .value = names_of(rq->ctx.arena, files, count),
					       .href = STR("/request/files") };
	v.no_authority = d.texts[APPLY_AGENT_NAME].len > 0 && !has_authority(files, count);
	v.lines = list;
	struct page page = { .title = STR("核对您的申请"), .json = STR("/request/check.json") };
	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_check_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_check_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_draft d;
	enum apply_step next;

	if (!draft_needed(rq, &d, err) || !apply_next(&rq->ctx, &d, &next, err))
		return false;
	json_t *out = json_object();
	for (int f = 0; f < APPLY_FIELD_COUNT; f++)
		json_object_set_new(out, apply_field_names[f], json_text(d.texts[f]));
	json_object_set_new(out, "sent", json_boolean(d.sent.n != 0));
	json_object_set_new(out, "next",
			    next == APPLY_STEP_COUNT ? json_null() :
						       json_string(steps[next].segment));
	return web_json(rp, out);
}

bool apply_send_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_draft d;
	struct err why = { 0 };

	rq->ctx.actor.name = STR("申请人");
	if (!draft_needed(rq, &d, err))
		return false;
	if (apply_send(&rq->ctx, &d, &why))
		return web_redirect(rp, STR("/request/receipt"), NULL);
	if (why.code != ERR_INVALID || why.field == NULL) {
		*err = why;
		return false;
	}
	return web_redirect(rp, STR("/request/check"), NULL); /* which leads to what is missing */
}

bool apply_forget_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_draft d;
	bool found;

	if (!apply_draft_of(rq, &d, &found, err) || (found && !apply_erase(&rq->ctx, &d, err)))
		return false;
	web_set_cookie(rp, DRAFT, STR_NONE, 0);
	return web_redirect(rp, STR("/request"), "apply.erased");
}
