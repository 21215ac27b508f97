/*
 * amendment_form_pages.c - the form for a correction, as a citizen sends it and as a clerk
 * registers it.
 */
#include "amendment/amendment_view.h"
#include "amendment_html.h"
#include "base/limits.h"

#define TEXT(n, l, m) { .name = n, .label = l, .kind = FIELD_TEXT, .max = m }
/* All that is missing is told at once, not one field after another. */
#define NEEDED(n, l, m) { .name = n, .label = l, .kind = FIELD_TEXT, .required = true, .max = m }
#define LINES(n, l) { .name = n, .label = l, .kind = FIELD_LINES, .required = true, .max = 60000 }
#define WHO_FIELDS                                                                           \
	LINES("record", "要求更正的记录"), LINES("wrong", "不准确之处和正确内容"),           \
		LINES("evidence", "证据"), TEXT("class", "申请人类别", 60),                  \
		NEEDED("name", "姓名或者名称", 1000), TEXT("document", "身份证明", 60),        \
		NEEDED("document_no", "证件号码", 200), TEXT("phone", "电话", 200),            \
		TEXT("email", "电子邮箱", 400), TEXT("address", "通信地址", 2000),           \
		{ .name = "file", .label = "证据材料", .kind = FIELD_FILE, .max = LIMIT_UPLOAD }

const struct field amendment_public_form[] = { TEXT("unit", "受理单位", 60), WHO_FIELDS,
					       FIELD_END };
static const char *const channel_codes[] = { "in_person", "registered_mail", "ordinary_mail", "fax",
					     "web", "email", "oral", NULL };
const struct field amendment_desk_form[] = {
	{ .name = "channel", .label = "申请方式", .kind = FIELD_CHOICE, .required = true, .choices = channel_codes },
	{ .name = "received_on", .label = "收到日期", .kind = FIELD_DATE, .required = true },
	WHO_FIELDS, FIELD_END
};

void amendment_form_fill(struct web_request *rq, struct amendment_form_view *v)
{
	v->form = web_form_state(rq);
	for (int c = 0; c < CHANNEL_COUNT; c++)
		v->channels[c] = (struct choice){
			.value = channel_code((enum request_channel)c),
			.label = channel_label((enum request_channel)c),
		};
	for (int d = 0; d < DOCUMENT_COUNT; d++)
		v->documents[d] = (struct choice){
			.value = document_code((enum identity_document)d),
			.label = document_label((enum identity_document)d),
		};
	if (rq->method != METHOD_POST)
		return;
	if (v->desk) {
		v->channel = web_text(rq, "channel");
		v->received_on = web_text(rq, "received_on");
	} else {
		v->unit = web_text(rq, "unit");
	}
	v->record = web_text(rq, "record");
	v->wrong = web_text(rq, "wrong");
	v->evidence = web_text(rq, "evidence");
	v->class = web_text(rq, "class");
	v->name = web_text(rq, "name");
	v->document = web_text(rq, "document");
	v->document_no = web_text(rq, "document_no");
	v->phone = web_text(rq, "phone");
	v->email = web_text(rq, "email");
	v->address = web_text(rq, "address");
}

bool amendment_units(struct web_request *rq, const struct choice **out, size_t *count,
		     struct err *err)
{
	struct unit *units;
	size_t all;

	if (!agency_units(&rq->ctx, &units, &all, err))
		return false;
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, all, struct choice);
	*count = 0;
	for (size_t i = 0; i < all && *count < AMENDMENT_UNITS_MAX; i++)
		if (!units[i].closed_on.known)
			list[(*count)++] = (struct choice){ .value = units[i].code,
							    .label = units[i].name };
	*out = list;
	return true;
}

static bool person_of(struct web_request *rq, struct identity *who, struct err *err)
{
	bool organisation = str_equal_c(web_text(rq, "class"), "organisation");

	*who = (struct identity){ .organisation = organisation,
				  .name = web_text(rq, "name"),
				  .document_no = web_text(rq, "document_no"),
				  .phone = web_text(rq, "phone"),
				  .email = web_text(rq, "email"),
				  .address = web_text(rq, "address") };
	if (!document_from(web_text(rq, "document"), &who->document) || who->document_no.len == 0)
		return err_set_field(err, "document_no", ERR_INVALID, "amendment.no_document", " ");
	return document_is_of_organisation(who->document) == who->organisation ||
	       err_set_field(err, "document", ERR_INVALID, "identity.document_of_other", " ");
}

/* The words first: whoever left one out is told so before anything is stored. */
static bool words_needed(struct web_request *rq, struct err *err)
{
	static const char *const names[] = { "record", "wrong", "evidence" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_trim(web_text(rq, names[i])).len == 0)
			return err_set_field(err, names[i], ERR_INVALID, "amendment.needed", " ");
	return true;
}

bool amendment_take(struct web_request *rq, struct amendment_new *in,
		    enum attachment_bringer bringer, struct amendment_id *id, struct err *err)
{
	struct upload upload = { .file_name = STR_NONE };
	struct attachment_id file;
	struct identity who;

	in->record = web_text(rq, "record");
	in->wrong = web_text(rq, "wrong");
	in->evidence = web_text(rq, "evidence");
	in->form_id = rq->form_id;
	if (!words_needed(rq, err) || !person_of(rq, &who, err) ||
	    !identity_add(&rq->ctx, &who, &in->applicant, err) ||
	    !amendment_register(&rq->ctx, in, id, err))
		return false;
	struct amendment made;
	if (!amendment_find(&rq->ctx, *id, &made, err))
		return false;
	if (made.applicant.n != in->applicant.n) /* the same form a second time */
		return identity_erase(&rq->ctx, in->applicant, STR("同一表单重复提交"), err);
	if (!web_file(rq, "file", &upload) || upload.content.len == 0)
		return true;
	struct attachment_new paper = { .subject_kind = "amendment",
					.subject_id = id->n,
					.purpose = ATTACHMENT_PROOF,
					.file_name = upload.file_name,
					.content = upload.content,
					.who = bringer };
	return attachment_add(&rq->ctx, &paper, &file, err);
}

/* ---- for citizens */

bool amendment_public_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_form_view v = { .desk = false };

	amendment_form_fill(rq, &v);
	if (!amendment_units(rq, &v.units, &v.units_count, err))
		return false;
	struct page page = { .title = STR("要求更正政府信息"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	amendment_form_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool amendment_public_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct amendment_new in = { .channel = CHANNEL_WEB, .received_on = rq->ctx.today };
	struct amendment_told_view v = { .a = NULL };
	struct amendment_id id;
	struct amendment a;
	struct unit unit;
	bool found;

	if (!agency_unit_by_code(&rq->ctx, web_text(rq, "unit"), &unit, &found, err))
		return false;
	if (!found || unit.closed_on.known)
		return err_set_field(err, "unit", ERR_INVALID, "amendment.no_unit", " ");
	in.unit = unit.id;
	rq->ctx.actor.name = STR("申请人");
	if (!amendment_take(rq, &in, BROUGHT_BY_APPLICANT, &id, err) ||
	    !amendment_code_make(&rq->ctx, id, &v.code, err) ||
	    !amendment_find(&rq->ctx, id, &a, err))
		return false;
	v.a = &a;
	if (!rq->wants_json)
		return amendment_tell_new(rq, rp, &v, err);
	web_status(rp, 201);
	return web_json(rp, json_pack("{s:s%, s:s%, s:s}", "number", a.number.ptr, a.number.len,
				      "code", v.code.ptr, v.code.len, "location",
				      "/amend/progress"));
}
