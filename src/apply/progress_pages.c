/*
 * progress_pages.c - following a request with number and query code.
 *
 * A session ends after APPLY_SESSION_S. Whoever was writing meanwhile shows number and code
 * again, and finds what was typed where it was.
 */
#include "base/json.h"
#include "apply/apply_view.h"
#include "attachment/attachment_pages.h"
#include "apply_html.h"

#define CASE "case"

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

/* What the applicant was sent and sent itself, and what that allows now. */
static bool fill_papers(struct web_request *rq, const struct request *r,
			struct apply_progress_view *v, struct err *err)
{
	struct err ignored = { 0 };
	struct attachment *files;
	struct follow *follows;
	struct reply_letter *letters;

	if (!apply_files(&rq->ctx, r->id, &files, &v->files_count, err) ||
	    !apply_letters(&rq->ctx, r->id, &letters, &v->letters_count, &v->answer_under_way,
			   err) ||
	    !apply_remedy(&rq->ctx, r->id, &v->remedy, err) ||
	    !follow_list_of(&rq->ctx, r->id, &follows, &v->follows_count, err))
		return false;
	v->files = files;
	v->letters = letters;
	v->follows = follows;
	v->may_suggest = follow_may(&rq->ctx, r, FOLLOW_SUGGESTION, &ignored);
	v->may_complain = follow_may(&rq->ctx, r, FOLLOW_COMPLAINT, &ignored);
	return true;
}

static bool fill_tasks(struct web_request *rq, const struct request *r,
		       struct apply_progress_view *v, struct err *err)
{
	bool has_correction, asked;

	if (!fee_notice_of(&rq->ctx, r, &v->fee, &v->has_fee, err) ||
	    !request_correction_find(&rq->ctx, r->id, &v->correction, &has_correction, err) ||
	    !request_explanation_find(&rq->ctx, r->id, &v->explanation, &asked, err))
		return false;
	bool correcting = r->state == REQUEST_CORRECTING;
	v->may_correct = correcting && apply_in_time(r, rq->ctx.today);
	v->too_late_to_correct = correcting && !v->may_correct;
	v->may_explain = r->reasons == REASONS_ASKED;
	v->may_withdraw = request_may(r->state, VERB_CLOSE);
	return true;
}

static bool fill(struct web_request *rq, const struct request *r, struct apply_progress_view *v,
		 struct err *err)
{
	const struct decision_kind *kind = request_decision(r->decision);
	struct apply_receipt_view receipt = { .fresh = false };
	struct identity who;

	v->r = r;
	v->form = web_form_state(rq);
	if (!apply_receipt_of_request(rq, r, &receipt, err) || !fill_clock(rq, v, err) ||
	    !fill_tasks(rq, r, v, err) || !fill_papers(rq, r, v, err))
		return false;
	if (r->applicant_id.n != 0) {
		if (!identity_masked(&rq->ctx, r->applicant_id, &who, err))
			return false;
		v->applicant = who.name;
	}
	v->unit = receipt.unit;
	v->office = receipt.office;
	v->contact = receipt.contact;
	v->confirmed = receipt.confirmed;
	v->rule = receipt.rule;
	v->says = says(r);
	v->colour = colour_of(r->state);
	/* What was decided is told by the answer itself, so not before it was served. */
	v->closed = r->state == REQUEST_SERVED || r->state == REQUEST_CLOSED;
	v->result = kind != NULL && v->closed ? kind->label : STR_NONE;
	return true;
}

bool apply_entered(struct web_request *rq, struct request *r, bool *found, struct err *err)
{
	const struct request_id *opened = rq->prepared;
	struct request_id id;

	if (opened != NULL) {
		*found = true;
		return request_find(&rq->ctx, *opened, r, err);
	}
	return apply_session(&rq->ctx, web_cookie(rq, CASE), &id, found, err) &&
	       (!*found || request_find(&rq->ctx, id, r, err));
}

static bool is_enter(const struct web_request *rq)
{
	return str_equal(rq->path, STR("/request/progress"));
}

struct apply_kept apply_kept_of(const struct web_request *rq)
{
	struct str prefix = STR("/request/progress/"), action = rq->path;

	if (rq->method != METHOD_POST)
		return (struct apply_kept){ .action = STR_NONE };
	if (is_enter(rq))
		return (struct apply_kept){ web_text(rq, "kept_for"), web_text(rq, "kept"),
					    web_text(rq, "kept_ground") };
	struct apply_kept kept = { .text = web_text(rq, "text") };
	if (str_take_str(&action, prefix))
		kept.action = action;
	if (str_equal_c(kept.action, "complain"))
		kept.ground = web_text(rq, "ground");
	return kept;
}

static bool enter_page(struct web_request *rq, struct web_reply *rp)
{
	struct apply_enter_view v = { .form = web_form_state(rq), .kept = apply_kept_of(rq) };

	if (is_enter(rq) && web_has(rq, "number"))
		v.number = web_text(rq, "number");
	struct page page = { .title = STR("查询办理进度"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_enter_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_enter_again(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	if (rq->wants_json)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	web_field_error(rq, "number", message_text(rq->ctx.arena, rq->ctx.locale,
						   "apply.session_over", STR_NONE));
	return web_form_again(rq, rp, apply_progress_page, err);
}

bool apply_progress_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_progress_view v = { .has_clock = false };
	struct request r;
	bool found;

	apply_private(rp);
	/* Number and code that were refused are shown again, whoever is in already. */
	if (is_enter(rq) && rq->method == METHOD_POST && rq->prepared == NULL)
		return enter_page(rq, rp);
	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return enter_page(rq, rp);
	if (!fill(rq, &r, &v, err))
		return false;
	v.text = apply_kept_of(rq).text;
	struct page page = { .title = str_concat(rq->ctx.arena, STR("申请"), r.number),
			     .errors = v.form.errors_count,
			     .json = STR("/request/progress.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_progress_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_clock_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_progress_view v = { .has_clock = false };
	struct request r;
	bool found;

	apply_private(rp);
	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return enter_page(rq, rp);
	if (!fill(rq, &r, &v, err))
		return false;
	struct page page = { .title = STR("答复期限逐日计算") };
	struct html *h = web_page_begin(rq, rp, &page);
	apply_clock_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *fee_json(struct arena *a, const struct fee_notice *fee)
{
	json_t *out = json_object();

	json_object_set_new(out, "yuan", json_text(fee->yuan));
	json_object_set_new(out, "state", json_text(fee_state_code(fee->state)));
	json_object_set_new(out, "awaited", json_boolean(fee->awaited));
	json_object_set_new(out, "how", json_text(fee->how));
	json_object_set_new(out, "pay_until", json_day(a, fee->pay_until));
	json_object_set_new(out, "paid_on", json_day(a, fee->paid_on));
	return out;
}

static json_t *letters_json(struct arena *a, const struct apply_progress_view *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->letters_count; i++) {
		const struct reply_letter *l = &v->letters[i];
		json_t *one = json_object();
		json_object_set_new(one, "title", json_text(l->title));
		json_object_set_new(one, "number", json_text(l->number));
		json_object_set_new(one, "dated", json_text(date_iso(a, l->dated)));
		json_object_set_new(one, "served_on", json_day(a, l->served_on));
		struct str pdf = str_format(a, "/request/progress/letters/%lld/letter.pdf",
					    (long long)l->letter.n);
		json_object_set_new(one, "pdf", json_text(pdf));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *follows_json(struct arena *a, const struct apply_progress_view *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->follows_count; i++) {
		const struct follow *f = &v->follows[i];
		json_t *one = json_object();
		json_object_set_new(one, "kind", json_text(follow_kind_code(f->kind)));
		json_object_set_new(one, "ground", json_text(follow_ground_code(f->ground)));
		json_object_set_new(one, "text", json_text(f->text));
		json_object_set_new(one, "submitted_on", json_text(date_iso(a, f->submitted_on)));
		json_object_set_new(one, "finding", json_text(follow_finding_code(f->finding)));
		json_object_set_new(one, "answer", json_text(f->answer));
		json_object_set_new(one, "decided_on", json_day(a, f->decided_on));
		json_array_append_new(list, one);
	}
	return list;
}

bool apply_progress_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_progress_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;
	bool found;

	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	if (!fill(rq, &r, &v, err))
		return false;
	apply_private(rp);
	json_t *out = json_object();
	json_object_set_new(out, "number", json_text(r.number));
	json_object_set_new(out, "state", json_text(request_state_code(r.state)));
	json_object_set_new(out, "says", json_text(v.says));
	json_object_set_new(out, "unit", json_text(v.unit));
	json_object_set_new(out, "result", json_text(v.result));
	json_object_set_new(out, "submitted_on",
			    json_day(a, (struct opt_date){ true, r.submitted_on }));
	json_object_set_new(out, "received_on", json_day(a, r.received_on));
	json_object_set_new(out, "due_on", json_day(a, r.due));
	json_object_set_new(out, "clock", v.has_clock ? working_json(a, &v.clock) : json_array());
	json_object_set_new(out, "fee", v.has_fee ? fee_json(a, &v.fee) : json_null());
	json_object_set_new(out, "letters", letters_json(a, &v));
	json_object_set_new(out, "remedy", json_text(v.remedy));
	json_object_set_new(out, "sent_after", follows_json(a, &v));
	return web_json(rp, out);
}

/* What was typed before the session ended stands in its form again. */
static bool go_on(struct web_request *rq, struct web_reply *rp, struct request_id id,
		  struct err *err)
{
	struct str action = apply_kept_of(rq).action;
	bool follow = str_equal_c(action, "suggest") || str_equal_c(action, "complain");

	if (action.len == 0 || rq->wants_json)
		return web_redirect(rp, STR("/request/progress"), NULL);
	rq->prepared = &id;
	bool drawn = (follow ? apply_follow_page : apply_progress_page)(rq, rp, err);
	rq->prepared = NULL;
	return drawn;
}

bool apply_enter_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum code_verdict verdict;
	struct request_id id;
	struct str token;
	bool found;

	if (!apply_enter(&rq->ctx, web_text(rq, "number"), web_text(rq, "code"), rq->remote,
			 &verdict, &token, err))
		return false;
	if (verdict == CODE_RIGHT) {
		web_set_cookie(rp, CASE, token, APPLY_SESSION_S);
		return apply_session(&rq->ctx, token, &id, &found, err) && go_on(rq, rp, id, err);
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
