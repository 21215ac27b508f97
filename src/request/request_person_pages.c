/*
 * request_person_pages.c - who asks, and the papers that lie with a case.
 *
 * Lists and pages show masks. Whoever needs more says why: the answer of that
 * POST shows it once, the ledger keeps who, when and why, and the page lists it
 * for everybody who may see the case (个人信息保护法第五十一条). Papers of
 * identity go the same way; other papers are plain downloads. Only the unit
 * that handles the case opens them, whatever else somebody may see.
 */
#include "base/json.h"
#include "attachment/attachment_pages.h"
#include "ledger/ledger.h"
#include "request/request_person.h"
#include "request_html.h"

#include <stdlib.h>

const struct field request_form_look[] = {
	{ .name = "why", .label = "理由", .kind = FIELD_LINES, .required = true, .max = 600 },
	FIELD_END
};

static bool may_look(const struct web_request *rq, const struct request *r)
{
	return web_may(rq, PERM_IDENTITY_LOOK) && request_is_own(rq, r);
}

static bool own_needed(const struct web_request *rq, const struct request *r, struct err *err)
{
	return request_is_own(rq, r) || err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT,
						STR_ARG(r->number));
}

/* ---- who looked */

static int compare_looks(const void *a, const void *b)
{
	const struct person_look *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static bool fill_looks(struct web_request *rq, struct person_view *v, struct err *err)
{
	struct identity_seen *seen = NULL;
	struct ledger_row *rows;
	size_t seen_count = 0, rows_count;

	if (v->has_person && !identity_looks(&rq->ctx, v->r->applicant_id, PERSON_LOOKS_MAX, &seen,
					     &seen_count, err))
		return false;
	if (!ledger_history(&rq->ctx, "request", v->r->id.n, PERSON_LOOKS_MAX, &rows, &rows_count,
			    err))
		return false;
	struct person_look *list =
		ARENA_ARRAY(rq->ctx.arena, seen_count + rows_count, struct person_look);
	for (size_t i = 0; i < seen_count; i++)
		list[v->looks_count++] = (struct person_look){ seen[i].at, seen[i].who,
							       STR("申请人信息"), seen[i].why };
	for (size_t i = 0; i < rows_count; i++)
		if (str_equal_c(rows[i].verb, "attachment.look"))
			list[v->looks_count++] =
				(struct person_look){ rows[i].at, rows[i].actor_name,
						      STR("身份材料"), rows[i].reason };
	qsort(list, v->looks_count, sizeof *list, compare_looks);
	v->looks = list;
	return true;
}

/* ---- the person */

static void add_line(struct person_view *v, struct str key, struct str value)
{
	if (value.len > 0 && v->lines_count < PERSON_LINES_MAX)
		v->lines[v->lines_count++] = (struct summary_row){ .key = key, .value = value };
}

static void fill_lines(struct person_view *v, const struct identity *who)
{
	add_line(v, who->organisation ? STR("名称") : STR("姓名"), who->name);
	add_line(v, STR("证件"), who->document_no.len > 0 ? document_label(who->document) : STR_NONE);
	add_line(v, STR("证件号码"), who->document_no);
	add_line(v, STR("电话"), who->phone);
	add_line(v, STR("电子邮箱"), who->email);
	add_line(v, STR("通信地址"), who->address);
	add_line(v, STR("邮政编码"), who->postcode);
	add_line(v, STR("联系人"), who->contact_person);
	add_line(v, STR("代理人"), who->agent_name);
	add_line(v, STR("代理人证件号码"), who->agent_document_no);
}

static bool draw(struct web_request *rq, struct web_reply *rp, const struct request *r,
		 const struct identity *full, struct err *err)
{
	struct person_view v = { .form = web_form_state(rq), .r = r };
	struct attachment *files;
	struct identity who;

	v.has_person = r->applicant_id.n != 0;
	v.may_look = may_look(rq, r);
	v.full = full != NULL;
	if (v.has_person && !v.full && !identity_masked(&rq->ctx, r->applicant_id, &who, err))
		return false;
	if (v.full)
		who = *full;
	if (v.has_person) {
		v.erased = who.erased;
		fill_lines(&v, &who);
	}
	if (rq->method == METHOD_POST && !v.full)
		v.why = web_text(rq, "why");
	if (!fill_looks(rq, &v, err) ||
	    !attachment_list(&rq->ctx, "request", r->id.n, &files, &v.files_count, err))
		return false;
	v.files = files;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r->number, str_format(rq->ctx.arena, "/desk/requests/%lld",
							  (long long)r->id.n) },
				  { STR("申请人和材料"), STR_NONE } };
	struct page page = { .title = str_concat(rq->ctx.arena, STR("申请人和材料："), r->number),
			     .errors = v.form.errors_count, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	person_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool request_person_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	return request_of_path(rq, &r, err) && draw(rq, rp, &r, NULL, err);
}

static bool person_json(struct web_reply *rp, const struct identity *who)
{
	json_t *out = json_object();

	json_object_set_new(out, "name", json_text(who->name));
	json_object_set_new(out, "organisation", json_boolean(who->organisation));
	json_object_set_new(out, "document", json_text(document_code(who->document)));
	json_object_set_new(out, "document_no", json_text(who->document_no));
	json_object_set_new(out, "phone", json_text(who->phone));
	json_object_set_new(out, "email", json_text(who->email));
	json_object_set_new(out, "address", json_text(who->address));
	json_object_set_new(out, "postcode", json_text(who->postcode));
	json_object_set_new(out, "contact_person", json_text(who->contact_person));
	json_object_set_new(out, "agent_name", json_text(who->agent_name));
	json_object_set_new(out, "agent_document_no", json_text(who->agent_document_no));
	return web_json(rp, out);
}

bool request_person_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct identity who;
	struct request r;

	if (!request_of_path(rq, &r, err) || !own_needed(rq, &r, err))
		return false;
	if (r.applicant_id.n == 0)
		return err_set(err, ERR_NOT_FOUND, "request.no_person", STR_FMT,
			       STR_ARG(r.number));
	if (!identity_look(&rq->ctx, r.applicant_id, web_text(rq, "why"), &who, err))
		return false;
	return rq->wants_json ? person_json(rp, &who) : draw(rq, rp, &r, &who, err);
}

/* ---- one paper */

static bool file_of_path(struct web_request *rq, struct request *r, struct attachment *out,
			 struct err *err)
{
	int64_t file;

	if (!request_of_path(rq, r, err))
		return false;
	if (!web_param_int(rq, "file", &file))
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "?");
	if (!attachment_find(&rq->ctx, (struct attachment_id){ file }, out, err))
		return false;
	return (str_equal_c(out->subject_kind, "request") && out->subject_id == r->id.n) ||
	       err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)file);
}

/* A download; before a paper of identity, the form that asks why. */
bool request_file_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct person_file_view v = { .form = web_form_state(rq) };
	struct attachment file;
	struct request r;

	if (!file_of_path(rq, &r, &file, err))
		return false;
	if (!attachment_is_personal(file.purpose))
		return attachment_serve(rq, rp, file.id, err);
	v.r = &r;
	v.file = &file;
	v.may_look = may_look(rq, &r);
	if (rq->method == METHOD_POST)
		v.why = web_text(rq, "why");
	struct page page = { .title = STR("查看身份材料"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	person_file_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool request_file_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment file;
	struct request r;

	return file_of_path(rq, &r, &file, err) && own_needed(rq, &r, err) &&
	       attachment_note_look(&rq->ctx, &file, web_text(rq, "why"), err) &&
	       attachment_serve(rq, rp, file.id, err);
}
