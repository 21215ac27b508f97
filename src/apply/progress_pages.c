/*
 * progress_pages.c - the receipt, and following a request with number and query code.
 */
#include "apply/apply_view.h"
#include "apply/qr.h"
#include "attachment/attachment_pages.h"
#include "apply_html.h"
#include "text/number.h"

#define CASE "case"

static struct str confirmed_words(struct arena *a, const struct apply_receipt *receipt)
{
	if (!receipt->confirmed_at.known)
		return receipt->method;
	return str_format(a, STR_FMT "（" STR_FMT "）",
			  STR_ARG(instant_minute(a, receipt->confirmed_at.v)),
			  STR_ARG(receipt->method));
}

static bool confirmation(struct web_request *rq, struct request_id id, struct str *words,
			 struct err *err)
{
	struct apply_receipt receipt;
	bool found;

	if (!apply_receipt_of(&rq->ctx, id, &receipt, &found, err))
		return false;
	*words = found ? confirmed_words(rq->ctx.arena, &receipt) : STR_NONE;
	return true;
}

static void private_page(struct web_reply *rp)
{
	web_header(rp, "Cache-Control", STR("no-store"));
}

/* ---- the receipt */

bool apply_receipt_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_receipt_view v = { .form = web_form_state(rq) };
	struct apply_draft d;
	struct request r;
	struct site site;
	struct unit unit;
	bool found;

	if (!apply_draft_of(rq, &d, &found, err))
		return false;
	if (!found || d.sent.n == 0)
		return err_set(err, ERR_NOT_FOUND, "apply.no_draft", " ");
	if (!request_find(&rq->ctx, d.sent, &r, err) ||
	    !agency_unit(&rq->ctx, r.unit, &unit, err) || !agency_site(&rq->ctx, &site, err) ||
	    !confirmation(rq, r.id, &v.confirmed, err))
		return false;
	v.r = &r;
	v.unit = unit.name;
	v.code = d.code;
	v.office = site.office_name;
	v.contact = site.contact;
	v.rule = request_receipt_rule(r.channel)->rule;
	v.url = str_format(rq->ctx.arena, STR_FMT "/request/progress?number=" STR_FMT,
			   STR_ARG(site.url), STR_ARG(r.number));
	if (!qr_path(rq->ctx.arena, v.url, &v.qr_path, &v.qr_size))
		v.qr_size = 0;
	struct page page = { .title = STR("登记回执") };
	private_page(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_receipt_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- the request in words for its applicant */

static struct str says(const struct request *r)
{
	switch (r->state) {
	case REQUEST_CONFIRMING:
		return STR("您的申请已经提交，等待双方确认收到申请之日。");
	case REQUEST_HANDLING:
		return STR("您的申请正在办理。");
	case REQUEST_CORRECTING:
		return STR("您的申请需要补正。收到补正后，答复期限重新计算。");
	case REQUEST_INQUIRING:
		return STR("正在征求第三方或者其他机关的意见，所需时间不计算在答复期限内。");
	case REQUEST_UNPAID:
		return STR("等待您缴纳信息处理费。缴费后，期限重新计算。");
	case REQUEST_DECIDED:
		return STR("答复已经作出，正在送达。");
	case REQUEST_SERVED:
		return STR("答复已经送达。");
	case REQUEST_CLOSED:
	case REQUEST_STATE_COUNT:
		break;
	}
	return STR("这件申请已经办结。");
}

static enum tag_colour colour_of(enum request_state state)
{
	if (state == REQUEST_CORRECTING || state == REQUEST_UNPAID || state == REQUEST_CONFIRMING)
		return TAG_YELLOW;
	if (state == REQUEST_SERVED)
		return TAG_GREEN;
	return state == REQUEST_CLOSED ? TAG_GREY : TAG_BLUE;
}

static bool fill_clock(struct web_request *rq, struct apply_progress_view *v, struct err *err)
{
	struct err why = { 0 };

	v->has_clock = request_clock(&rq->ctx, v->r->id, &v->clock, &why);
	if (v->has_clock)
		return true;
	if (why.code != ERR_CONFLICT && why.code != ERR_LIMIT) {
		*err = why;
		return false;
	}
	v->clock_note = v->r->state == REQUEST_CONFIRMING ?
				STR("确认收到申请之日后开始计算。") :
				STR("期限暂不计算，您办理上面的事项后重新起算。");
	return true;
}

static bool fill(struct web_request *rq, const struct request *r, struct apply_progress_view *v,
		 struct err *err)
{
	const struct decision_kind *kind = request_decision(r->decision);
	struct identity who;
	struct attachment *files;
	struct unit unit;
	struct site site;
	bool has_fee, has_correction;

	v->r = r;
	v->form = web_form_state(rq);
	if (!agency_unit(&rq->ctx, r->unit, &unit, err) || !agency_site(&rq->ctx, &site, err) ||
	    !confirmation(rq, r->id, &v->confirmed, err) || !fill_clock(rq, v, err) ||
	    !request_fee_find(&rq->ctx, r->id, &v->fee, &has_fee, err) ||
	    !request_correction_find(&rq->ctx, r->id, &v->correction, &has_correction, err) ||
	    !apply_files(&rq->ctx, r->id, &files, &v->files_count, err))
		return false;
	if (r->applicant_id.n != 0) {
		if (!identity_masked(&rq->ctx, r->applicant_id, &who, err))
			return false;
		v->applicant = who.name;
	}
	v->unit = unit.name;
	v->office = site.office_name;
	v->contact = site.contact;
	v->says = says(r);
	v->rule = request_receipt_rule(r->channel)->rule;
	v->colour = colour_of(r->state);
	/* What was decided is told by the answer itself, so not before it was served. */
	v->closed = r->state == REQUEST_SERVED || r->state == REQUEST_CLOSED;
	v->result = kind != NULL && v->closed ? kind->label : STR_NONE;
	v->files = files;
	v->may_correct = r->state == REQUEST_CORRECTING;
	v->may_explain = r->reasons == REASONS_ASKED;
	v->may_withdraw = request_may(r->state, VERB_CLOSE);
	v->unpaid = has_fee && r->state == REQUEST_UNPAID;
	v->fee_text = has_fee ? money_plain(rq->ctx.arena, v->fee.fen) : STR_NONE;
	return true;
}

static bool entered(struct web_request *rq, struct request *r, bool *found, struct err *err)
{
	struct request_id id;

	return apply_session(&rq->ctx, web_cookie(rq, CASE), &id, found, err) &&
	       (!*found || request_find(&rq->ctx, id, r, err));
}

static bool enter_page(struct web_request *rq, struct web_reply *rp)
{
	struct apply_enter_view v = { .form = web_form_state(rq) };

	if (str_equal(rq->path, STR("/request/progress")) && web_has(rq, "number"))
		v.number = web_text(rq, "number");
	struct page page = { .title = STR("查询办理进度"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_enter_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_progress_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_progress_view v = { .has_clock = false };
	struct request r;
	bool found;

	if (!entered(rq, &r, &found, err))
		return false;
	private_page(rp);
	bool asks = str_equal(rq->path, STR("/request/progress")) && rq->method == METHOD_POST;
	if (!found || asks)
		return enter_page(rq, rp);
	if (!fill(rq, &r, &v, err))
		return false;
	if (rq->method == METHOD_POST && !asks)
		v.text = web_text(rq, "text");
	struct page page = { .title = str_concat(rq->ctx.arena, STR("申请"), r.number),
			     .errors = v.form.errors_count,
			     .json = STR("/request/progress.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_progress_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *text_json(struct str s)
{
	return json_stringn(s.ptr, s.len);
}

static json_t *day_json(struct arena *a, struct opt_date d)
{
	return d.known ? text_json(date_iso(a, d.v)) : json_null();
}

bool apply_progress_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_progress_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;
	bool found;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	if (!fill(rq, &r, &v, err))
		return false;
	private_page(rp);
	json_t *out = json_object(), *lines = json_array();
	for (size_t i = 0; v.has_clock && i < v.clock.lines_count; i++)
		json_array_append_new(
			lines,
			json_pack("{s:o, s:o, s:o}", "day",
				  text_json(date_iso(a, v.clock.lines[i].day)), "kind",
				  text_json(period_kind_code(v.clock.lines[i].kind)), "reason",
				  text_json(v.clock.lines[i].reason)));
	json_object_set_new(out, "number", text_json(r.number));
	json_object_set_new(out, "state", text_json(request_state_code(r.state)));
	json_object_set_new(out, "says", text_json(v.says));
	json_object_set_new(out, "unit", text_json(v.unit));
	json_object_set_new(out, "result", text_json(v.result));
	json_object_set_new(out, "submitted_on",
			    day_json(a, (struct opt_date){ true, r.submitted_on }));
	json_object_set_new(out, "received_on", day_json(a, r.received_on));
	json_object_set_new(out, "due_on", day_json(a, r.due));
	json_object_set_new(out, "clock", lines);
	return web_json(rp, out);
}

bool apply_enter_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum code_verdict verdict;
	struct str token;

	if (!apply_enter(&rq->ctx, web_text(rq, "number"), web_text(rq, "code"), rq->remote,
			 &verdict, &token, err))
		return false;
	if (verdict == CODE_RIGHT) {
		web_set_cookie(rp, CASE, token, APPLY_SESSION_S);
		return web_redirect(rp, STR("/request/progress"), NULL);
	}
	const char *key = verdict == CODE_LIMITED ? "apply.limited" : "apply.wrong_code";
	web_field_error(rq, "number", message_text(rq->ctx.arena, rq->ctx.locale, key, STR_NONE));
	return web_form_again(rq, rp, apply_progress_page, err);
}

bool apply_leave_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str token = web_cookie(rq, CASE);

	if (token.len > 0 && !apply_leave(&rq->ctx, token, err))
		return false;
	web_set_cookie(rp, CASE, STR_NONE, 0);
	return web_redirect(rp, STR("/request"), "apply.left");
}

/* ---- what the applicant does */

static bool request_needed(struct web_request *rq, struct request *r, struct err *err)
{
	bool found;

	if (!entered(rq, r, &found, err))
		return false;
	rq->ctx.actor.name = STR("申请人");
	return found || err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
}

/* The file first: if it is refused, nothing of the step is written. */
static bool take_answer(struct web_request *rq, const struct request *r, enum request_verb verb,
			enum attachment_purpose purpose, struct err *err)
{
	struct request_step step = { .verb = verb, .on = rq->ctx.today,
				     .text = str_trim(web_text(rq, "text")) };
	struct upload upload = { .file_name = STR_NONE };
	struct attachment_id id;

	bool brought = web_file(rq, "file", &upload) && upload.content.len > 0;
	if (brought) {
		struct attachment_new in = { .subject_kind = "request", .subject_id = r->id.n,
					     .purpose = purpose, .file_name = upload.file_name,
					     .content = upload.content,
					     .who = BROUGHT_BY_APPLICANT };
		if (!attachment_add(&rq->ctx, &in, &id, err))
			return false;
		if (step.text.len == 0)
			step.text = STR("（见附件）");
	}
	if (step.text.len == 0)
		return err_set_field(err, "text", ERR_INVALID, "apply.no_text", " ");
	return request_take_step(&rq->ctx, r->id, &step, err);
}

bool apply_correct_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	return request_needed(rq, &r, err) &&
	       take_answer(rq, &r, VERB_RECEIVE_CORRECTION, ATTACHMENT_CORRECTION, err) &&
	       web_redirect(rp, STR("/request/progress"), "apply.corrected");
}

bool apply_explain_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	return request_needed(rq, &r, err) &&
	       take_answer(rq, &r, VERB_RECEIVE_REASONS, ATTACHMENT_REASONS, err) &&
	       web_redirect(rp, STR("/request/progress"), "apply.explained");
}

bool apply_withdraw_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;

	return request_needed(rq, &r, err) &&
	       request_close(&rq->ctx, r.id, request_decision(STR("withdraw")), rq->ctx.today,
			     err) &&
	       web_redirect(rp, STR("/request/progress"), "apply.withdrawn");
}

bool apply_file_get(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment a;
	struct request r;
	bool found;
	int64_t id;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found || !web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "?");
	return apply_file(&rq->ctx, r.id, (struct attachment_id){ id }, &a, err) &&
	       attachment_serve(rq, rp, a.id, err);
}
