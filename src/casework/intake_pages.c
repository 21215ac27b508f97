/* intake_pages.c - registering a request that came to the office. */
#include "casework/casework_view.h"
#include "casework_html.h"
#include "request/request_letters.h"

static bool own_unit(struct web_request *rq, struct unit *unit, struct err *err)
{
	return agency_unit(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, unit, err);
}

bool intake_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct intake_view v = { .form = web_form_state(rq),
				      .channel = web_text(rq, "channel"),
				      .applicant = web_text(rq, "applicant"),
				      .submitted_on = web_text(rq, "submitted_on"),
				      .confirmed_on = web_text(rq, "confirmed_on"),
				      .content = web_text(rq, "content"),
				      .number = web_text(rq, "number") };
	struct unit unit;

	if (!own_unit(rq, &unit, err))
		return false;
	v.unit = unit.name;
	for (int c = 0; c < CHANNEL_COUNT; c++) {
		enum request_channel channel = (enum request_channel)c;
		v.channels[c] = (struct choice){ .value = channel_code(channel),
						 .label = channel_label(channel),
						 .hint = request_receipt_rule(channel)->rule };
	}
	for (int c = 0; c < APPLICANT_CLASS_COUNT; c++) {
		enum applicant_class class = (enum applicant_class)c;
		v.applicants[c] = (struct choice){ .value = applicant_code(class),
						   .label = applicant_label(class) };
	}
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
	if (!request_register(&rq->ctx, &in, &id, err) || !draft_receipt(rq, id, err))
		return false;
	return web_created(rp, case_href(rq, id), "request.registered");
}

