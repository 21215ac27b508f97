/*
 * reply_form_pages.c - the pages with one form: drawn from the fields of the route, taken
 * by the row of reply_forms.
 */
#include "base/limits.h"
#include "reply/reply_view.h"
#include "reply_html.h"

#include <string.h>

struct str reply_base(struct web_request *rq, struct request_id id)
{
	return str_format(rq->ctx.arena, "/desk/requests/%lld/reply", (long long)id.n);
}

bool reply_of_path(struct web_request *rq, struct request *r, struct reply *reply, bool *found,
		   struct err *err)
{
	return request_of_path(rq, r, err) && reply_of(&rq->ctx, r->id, reply, found, err);
}

bool reply_allowed(const struct request *r, const struct reply *reply, enum reply_verb verb,
		   struct err *err)
{
	if (verb == REPLY_VERB_COUNT || reply_transition(reply->stage, verb) != NULL)
		return true;
	return err_set(err, ERR_CONFLICT, "reply.not_now", STR_FMT "|" STR_FMT "|" STR_FMT,
		       STR_ARG(r->number), STR_ARG(reply_stage_label(reply->stage)),
		       STR_ARG(reply_verb_label(verb)));
}

const struct reply_item *reply_item_of_path(const struct web_request *rq, const struct reply *reply,
					    struct err *err)
{
	int64_t id = 0;

	(void)web_param_int(rq, "item", &id);
	for (size_t i = 0; i < reply->items_count; i++)
		if (reply->items[i].id.n == id)
			return &reply->items[i];
	(void)err_set(err, ERR_NOT_FOUND, "reply.no_item", "%lld", (long long)reply->request.n);
	return NULL;
}

/* The row of the path; every route that leads here has one. */
static const struct reply_form *form_of(const struct web_request *rq)
{
	const char *segment = strstr(rq->route->path, "/reply/") + strlen("/reply/");
	size_t i = 0;

	while (strcmp(reply_forms[i].segment, segment) != 0)
		i++;
	return &reply_forms[i];
}

/* The request, its reply, and whether the form may be had now. Version 0: there is no reply. */
static bool prepare(struct web_request *rq, const struct reply_form *form, struct request *r,
		    struct reply *reply, int64_t *version, struct err *err)
{
	bool found;

	*reply = (struct reply){ .version = 0 };
	if (!reply_of_path(rq, r, reply, &found, err))
		return false;
	if (!request_is_own(rq, r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT,
			       STR_ARG(r->number));
	if (!found && form->verb != REPLY_VERB_COUNT)
		return err_set(err, ERR_CONFLICT, "reply.not_begun", STR_FMT, STR_ARG(r->number));
	if (found && !reply_allowed(r, reply, form->verb, err))
		return false;
	if (form->step != REQUEST_VERB_COUNT && !request_may(r->state, form->step))
		return err_set(err, ERR_CONFLICT, "reply.not_in_state",
			       STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(r->number),
			       STR_ARG(request_state_label(r->state)),
			       STR_ARG(request_verb_label(form->step)));
	*version = form->verb != REPLY_VERB_COUNT ? reply->version : r->version;
	return true;
}

static void fill_fields(struct web_request *rq, const struct reply_form *form,
			struct reply_form_view *v)
{
	for (const struct field *f = form->fields; f->name != NULL; f++) {
		if (strcmp(f->name, "version") == 0)
			continue;
		struct str value = STR_NONE;
		v->uploads = v->uploads || f->kind == FIELD_FILE;
		if (rq->method == METHOD_POST && f->kind != FIELD_FILE)
			value = f->kind == FIELD_BOOL
					? (web_has(rq, f->name) ? STR("on") : STR_NONE)
					: web_text(rq, f->name);
		v->fields[v->fields_count++] = (struct reply_form_field){ .field = f,
									  .value = value };
	}
}

/* Who stands for a reply reads it on the page where it is said. */
static bool fill_paper(struct web_request *rq, const struct reply_form *form,
		       const struct reply *reply, struct reply_form_view *v, struct err *err)
{
	bool judges = form->verb == REPLY_AGREE || form->verb == REPLY_ADVISE ||
		      form->verb == REPLY_RETURN || form->verb == REPLY_SIGN;
	struct letter letter;

	if (!judges || !reply->letter.known)
		return true;
	if (!letter_load(&rq->ctx, (struct letter_id){ reply->letter.v }, &letter, err) ||
	    !reply_result_of(&rq->ctx, reply, &v->result, err))
		return false;
	v->paper = letter_official(rq->ctx.arena, &letter);
	v->reply = reply;
	return true;
}

bool reply_form_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct reply_form *form = form_of(rq);
	struct reply reply;
	struct request r;
	struct reply_form_view v = { .form = web_form_state(rq),
				     .r = &r,
				     .title = form->title,
				     .law = form->law,
				     .button = form->button,
				     .action = rq->path };

	if (!prepare(rq, form, &r, &reply, &v.version, err))
		return false;
	if (strstr(form->segment, ":item/") != NULL) {
		v.item = reply_item_of_path(rq, &reply, err);
		if (v.item == NULL)
			return false;
	}
	v.back = reply_base(rq, r.id);
	fill_fields(rq, form, &v);
	if (!form->fill(rq, &reply, &v, err) || !fill_paper(rq, form, &reply, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, str_format(rq->ctx.arena, "/desk/requests/%lld",
							 (long long)r.id.n) },
				  { STR("答复"), v.back },
				  { v.title, STR_NONE } };
	struct page page = { .title = v.title,
			     .errors = v.form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_form_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* Where there is no draft, or after it, the request itself says who was faster. */
static bool check_version(struct web_request *rq, const struct reply_form *form,
			  const struct request *r, struct err *err)
{
	if (form->verb != REPLY_VERB_COUNT || r->version == web_int(rq, "version", 0))
		return true;
	return err_set(err, ERR_CONFLICT, "request.changed_meanwhile", STR_FMT, STR_ARG(r->number));
}

/* A rule of the request's own steps about a day is about the form's. */
static void name_field(const struct reply_form *form, struct err *err)
{
	bool has_on = false;

	for (const struct field *f = form->fields; f->name != NULL; f++)
		has_on = has_on || strcmp(f->name, "on") == 0;
	if (err->field == NULL && has_on && err->code == ERR_INVALID)
		err->field = "on";
}

bool reply_form_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct reply_form *form = form_of(rq);
	struct reply reply = { .version = 0 };
	struct request r;
	struct str next = STR_NONE;
	bool found;

	if (!reply_of_path(rq, &r, &reply, &found, err))
		return false;
	if (!request_is_own(rq, &r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r.number));
	if (!found && form->verb != REPLY_VERB_COUNT)
		return err_set(err, ERR_CONFLICT, "reply.not_begun", STR_FMT, STR_ARG(r.number));
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	if (!check_version(rq, form, &r, err) || !form->post(rq, &r, at, &next, err)) {
		name_field(form, err);
		return false;
	}
	return web_redirect(rp, next.len > 0 ? next : reply_base(rq, r.id), "reply.saved");
}
