/*
 * intake_pages.c - registering a request that came to the office, by whatever channel,
 * with the applicant and the paper it came on.
 *
 * What is alike, or from the same person, is shown before anything is kept: the form
 * comes back with the earlier requests and their answers, and is saved when the officer
 * ticks that they were looked at. It is never refused for being alike (条例第三十六条第六项
 * is a decision, and needs a reply).
 */
#include "attachment/attachment.h"
#include "casework/casework_view.h"
#include "casework_html.h"
#include "request/request_letters.h"

enum { EARLIER = 5 };

static bool own_unit(struct web_request *rq, struct unit *unit, struct err *err)
{
	return agency_unit(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, unit, err);
}

static void fill_choices(struct intake_view *v)
{
	for (int c = 0; c < CHANNEL_COUNT; c++) {
		enum request_channel channel = (enum request_channel)c;
		v->channels[c] = (struct choice){ .value = channel_code(channel),
						  .label = channel_label(channel),
						  .hint = request_receipt_rule(channel)->rule };
	}
	for (int c = 0; c < APPLICANT_CLASS_COUNT; c++) {
		enum applicant_class class = (enum applicant_class)c;
		v->applicants[c] = (struct choice){ .value = applicant_code(class),
						    .label = applicant_label(class) };
	}
	v->documents[0] = (struct choice){ .value = STR_NONE, .label = STR("未提供") };
	for (int d = 0; d < DOCUMENT_COUNT; d++)
		v->documents[d + 1] =
			(struct choice){ .value = document_code((enum identity_document)d),
					 .label = document_label((enum identity_document)d) };
	for (int f = 0; f < GIVE_FORM_COUNT; f++)
		v->forms[f] = (struct choice){ .value = give_form_code((enum give_form)f),
					       .label = give_form_label((enum give_form)f) };
	for (int w = 0; w < GIVE_WAY_COUNT; w++)
		v->ways[w] = (struct choice){ .value = give_way_code((enum give_way)w),
					      .label = give_way_label((enum give_way)w) };
	v->forms[0].label = v->ways[0].label = STR("未说明");
}

static bool fill_people(struct web_request *rq, struct intake_view *v, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct case_person *people;
	size_t count;

	if (!case_people(&rq->ctx, unit, &people, &count, err))
		return false;
	v->people = ARENA_ARRAY(rq->ctx.arena, count + 1, struct choice);
	v->people[v->people_count++] = (struct choice){ .value = STR("0"), .label = STR("（待认领）") };
	for (size_t i = 0; i < count; i++)
		v->people[v->people_count++] = (struct choice){
			.value = str_format(rq->ctx.arena, "%lld", (long long)people[i].id.n),
			.label = people[i].person,
		};
	return true;
}

static void fill_values(struct web_request *rq, struct intake_view *v)
{
	v->channel = web_text(rq, "channel");
	v->applicant = web_text(rq, "applicant");
	v->submitted_on = web_text(rq, "submitted_on");
	v->confirmed_on = web_text(rq, "confirmed_on");
	v->content = web_text(rq, "content");
	v->number = web_text(rq, "number");
	v->name = web_text(rq, "name");
	v->document = web_text(rq, "document");
	v->document_no = web_text(rq, "document_no");
	v->phone = web_text(rq, "phone");
	v->email = web_text(rq, "email");
	v->address = web_text(rq, "address");
	v->postcode = web_text(rq, "postcode");
	v->contact_person = web_text(rq, "contact_person");
	v->agent_name = web_text(rq, "agent_name");
	v->agent_document_no = web_text(rq, "agent_document_no");
	v->wanted_form = web_text(rq, "wanted_form");
	v->wanted_way = web_text(rq, "wanted_way");
	v->handler = web_text(rq, "handler");
}

static bool fill_alike(struct web_request *rq, struct intake_view *v, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct identity_id nobody = { 0 };
	struct alike_row *rows;
	struct alike *list;

	if (rq->method != METHOD_POST || v->content.len == 0)
		return true;
	if (!alike_search(&rq->ctx, unit, v->content, &list, &v->alike_count, err) ||
	    !alike_rows_of(rq, nobody, list, v->alike_count, &rows, err))
		return false;
	v->alike = rows;
	return true;
}

bool intake_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct intake_view v = { .form = web_form_state(rq) };
	struct unit unit;

	if (!own_unit(rq, &unit, err) || !fill_people(rq, &v, err))
		return false;
	v.unit = unit.name;
	fill_choices(&v);
	fill_values(rq, &v);
	if (!intake_from_mail(rq, &v, err))
		return false;
	if (!fill_alike(rq, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("登记申请"), STR_NONE } };
	struct page page = { .title = STR("登记申请"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	intake_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str case_href(struct web_request *rq, struct request_id id)
{
	return str_format(rq->ctx.arena, "/desk/requests/%lld", (long long)id.n);
}

/* The registration receipt, as soon as the day of receipt is known (条例第三十一条). */
static bool draft_receipt(struct web_request *rq, struct request_id id, struct err *err)
{
	struct request_step step = { .verb = VERB_CONFIRM, .on = rq->ctx.today };
	struct request_letters letters;
	struct request r;

	return request_find(&rq->ctx, id, &r, err) &&
	       (!r.received_on.known ||
		request_draft_letters(&rq->ctx, id, &step, &letters, err));
}

/* Art. 29 asks for name, document and contact; an old paper case may lack them. */
static bool add_applicant(struct web_request *rq, enum applicant_class class,
			  struct identity_id *id, struct err *err)
{
	struct identity in = { .organisation = class != APPLICANT_NATURAL_PERSON,
			       .name = web_text(rq, "name"),
			       .document_no = web_text(rq, "document_no"),
			       .phone = web_text(rq, "phone"),
			       .email = web_text(rq, "email"),
			       .address = web_text(rq, "address"),
			       .postcode = web_text(rq, "postcode"),
			       .contact_person = web_text(rq, "contact_person"),
			       .agent_name = web_text(rq, "agent_name"),
			       .agent_document_no = web_text(rq, "agent_document_no") };

	*id = (struct identity_id){ 0 };
	if (in.name.len == 0)
		return true;
	in.document = in.organisation ? DOCUMENT_CREDIT_CODE : DOCUMENT_RESIDENT_ID;
	(void)document_from(web_text(rq, "document"), &in.document);
	return identity_add(&rq->ctx, &in, id, err);
}

/* Numbers of this person's earlier requests to the unit, newest first; a few are enough. */
static bool earlier_of(struct ctx *ctx, const struct request *r, struct buf *out, struct err *err)
{
	enum { SAME = 20 };
	struct identity_id *same;
	size_t count, told = 0;

	if (r->applicant_id.n == 0)
		return true;
	if (!identity_same(ctx, r->applicant_id, SAME, &same, &count, err))
		return false;
	for (size_t i = count; i > 0 && told < EARLIER; i--) {
		struct request *list;
		size_t of;
		if (!request_list_applicant(ctx, same[i - 1], EARLIER, &list, &of, err))
			return false;
		for (size_t k = 0; k < of && told < EARLIER; k++) {
			if (list[k].id.n >= r->id.n || list[k].unit.n != r->unit.n)
				continue;
			buf_addf(out, "%s" STR_FMT, told++ > 0 ? "、" : "", STR_ARG(list[k].number));
		}
	}
	return true;
}

/* The officer has seen what came before, or there is nothing. Returning false keeps nothing. */
static bool check_looked(struct web_request *rq, const struct request *r, struct err *err)
{
	struct buf numbers = buf_open(rq->ctx.arena, 100, 2000);
	struct alike *list;
	size_t count, before = 0;

	if (web_has(rq, "looked"))
		return true;
	if (!earlier_of(&rq->ctx, r, &numbers, err) ||
	    !alike_search(&rq->ctx, r->unit, r->content, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		before += list[i].id.n < r->id.n ? 1 : 0;
	if (numbers.len > 0)
		return err_set_field(err, "looked", ERR_CONFLICT, "casework.same_person", STR_FMT,
				     STR_ARG(buf_str(&numbers)));
	return before == 0 || err_set_field(err, "looked", ERR_CONFLICT, "casework.look_first",
					    "%zu", before);
}

static bool keep_original(struct web_request *rq, struct request_id id, struct err *err)
{
	struct attachment_id attachment;
	struct upload file;

	if (!web_file(rq, "file", &file) || file.content.len == 0)
		return true;
	struct attachment_new in = { .subject_kind = "request",
				     .subject_id = id.n,
				     .purpose = ATTACHMENT_REQUEST,
				     .file_name = file.file_name,
				     .content = file.content,
				     .who = BROUGHT_ON_PAPER };
	return attachment_add(&rq->ctx, &in, &attachment, err);
}

/* The same form a second time: the applicant was kept the first time. */
static bool drop_double(struct web_request *rq, const struct request *r, struct identity_id who,
			struct err *err)
{
	return who.n == 0 || r->applicant_id.n == who.n ||
	       identity_erase(&rq->ctx, who, STR("同一表单重复提交"), err);
}

static bool finish(struct web_request *rq, struct request_id id, struct identity_id who,
		   struct err *err)
{
	struct account_id handler = { web_int(rq, "handler", 0) };
	struct request r;

	if (!request_find(&rq->ctx, id, &r, err) || !drop_double(rq, &r, who, err) ||
	    !check_looked(rq, &r, err) || !keep_original(rq, id, err) ||
	    !intake_take_mail(rq, id, err))
		return false;
	return handler.n == 0 || r.handler != 0 ||
	       case_assign(&rq->ctx, id, handler, STR_NONE, err);
}

bool intake_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request_register in = { .unit = { rq->ctx.actor.unit_id },
				       .submitted_on = web_date(rq, "submitted_on").v,
				       .confirmed_on = web_date(rq, "confirmed_on"),
				       .content = web_text(rq, "content"),
				       .number = web_text(rq, "number"),
				       .form_id = rq->form_id };
	struct request_id id;

	/* The fields' choices are these codes. */
	(void)channel_from(web_text(rq, "channel"), &in.channel);
	(void)applicant_from(web_text(rq, "applicant"), &in.applicant);
	(void)give_form_from(web_text(rq, "wanted_form"), &in.wanted_form);
	(void)give_way_from(web_text(rq, "wanted_way"), &in.wanted_way);
	if (!add_applicant(rq, in.applicant, &in.applicant_id, err) ||
	    !request_register(&rq->ctx, &in, &id, err) ||
	    !finish(rq, id, in.applicant_id, err) || !draft_receipt(rq, id, err))
		return false;
	return web_created(rp, case_href(rq, id), "request.registered");
}
