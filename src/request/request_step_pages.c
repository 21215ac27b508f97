/*
 * request_step_pages.c - the form of every step: one step, one page, with the rule it
 * follows.
 *
 * The rules themselves are the verbs' (request.h). A form tells which version of
 * the case its officer saw: who was slower gets the page again, and nothing is
 * overwritten.
 */
#include "request/request_view.h"
#include "request_html.h"

#include <string.h>

static struct str case_href(struct web_request *rq, struct request_id id)
{
	return str_format(rq->ctx.arena, "/desk/requests/%lld", (long long)id.n);
}

/* ---- the steps, by the last part of their address */

static const struct step_page {
	const char *segment;
	enum request_verb verb;
	struct str on_label, on_hint;
} steps[] = {
	{ "confirm", VERB_CONFIRM, STR_INIT("收到申请之日"),
	  STR_INIT("签收之日，或者与申请人确认之日；期限自次日起计算") },
	{ "ask-correction", VERB_ASK_CORRECTION, STR_INIT("告知日期"),
	  STR_INIT("自收到申请之日起7个工作日内一次性告知") },
	{ "receive-correction", VERB_RECEIVE_CORRECTION, STR_INIT("收到补正的日期"),
	  STR_INIT("答复期限自次日起重新计算") },
	{ "open-inquiry", VERB_OPEN_INQUIRY, STR_INIT("发出日期"),
	  STR_INIT("征求意见所需时间不计算在答复期限内") },
	{ "close-inquiry", VERB_CLOSE_INQUIRY, STR_INIT("收到意见的日期"),
	  STR_INIT("逾期未提出意见的，填写15个工作日届满之日") },
	{ "extend", VERB_EXTEND, STR_INIT("告知申请人的日期"), STR_INIT("不晚于答复期限") },
	{ "charge", VERB_CHARGE, STR_INIT("收费通知送达日期"), STR_INIT("期限待缴费后重新计算") },
	{ "pay", VERB_PAY, STR_INIT("缴费日期"), STR_INIT("答复期限自次日起重新计算") },
	{ "decide", VERB_DECIDE, STR_INIT("答复日期"), STR_INIT("答复文书的落款日期，年度报告按此统计") },
	{ "serve", VERB_SERVE, STR_INIT("送达日期"), STR_INIT("申请人签收之日") },
	{ "close", VERB_CLOSE, STR_INIT("终止日期"), STR_INIT("年度报告按此统计") },
	{ "file", VERB_FILE, STR_INIT("归档日期"), STR_INIT("") },
	{ "amend", VERB_AMEND, STR_INIT(""), STR_INIT("") },
};

static const struct step_page *step_of(const struct web_request *rq)
{
	const char *segment = strrchr(rq->route->path, '/') + 1;
	size_t i = 0;

	while (strcmp(steps[i].segment, segment) != 0)
		i++; /* every STEP of request_pages.c has its row: a test looks */
	return &steps[i];
}

/* What the table of the workflow says against the step, before anybody types. */
static bool check_open(struct web_request *rq, const struct request *r, enum request_verb verb,
		       struct err *err)
{
	if (!request_is_own(rq, r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT,
			       STR_ARG(r->number));
	return request_may(r->state, verb) ||
	       err_set(err, ERR_CONFLICT, "request.step_closed", STR_FMT "|" STR_FMT "|" STR_FMT,
		       STR_ARG(r->number), STR_ARG(request_state_label(r->state)),
		       STR_ARG(request_verb_label(verb)));
}

/* Kinds in the order of their tests; those that need a letter, or those that need none, or all. */
static void fill_kinds(struct web_request *rq, struct request_step_view *v, enum request_verb verb)
{
	struct arena *a = rq->ctx.arena;

	v->kinds = ARENA_ARRAY(a, request_decisions_count, struct choice);
	for (size_t i = 0; i < request_decisions_count; i++) {
		const struct decision_kind *kind = &request_decisions[i];
		if ((verb == VERB_DECIDE && !kind->needs_letter) ||
		    (verb == VERB_CLOSE && kind->needs_letter) ||
		    !request_decision_in_force(kind, rq->ctx.today))
			continue;
		v->kinds[v->kinds_count++] = (struct choice){
			.value = str_from_c(kind->code),
			.label = kind->label,
			.hint = str_format(a, STR_FMT "（" STR_FMT "）", STR_ARG(kind->test),
					   STR_ARG(kind->basis)),
		};
	}
}

static void fill_choices(struct web_request *rq, struct request_step_view *v,
			 enum request_verb verb)
{
	static const enum inquiry_kind asked[] = { INQUIRY_THIRD_PARTY, INQUIRY_JOINT_MAKER,
						   INQUIRY_OTHER_AGENCY };

	for (size_t i = 0; i < COUNT_OF(asked); i++)
		v->inquiries[i] = (struct choice){ .value = inquiry_code(asked[i]),
						   .label = inquiry_label(asked[i]) };
	for (int c = 0; c < APPLICANT_CLASS_COUNT; c++) {
		enum applicant_class class = (enum applicant_class)c;
		v->applicants[c] = (struct choice){ .value = applicant_code(class),
						    .label = applicant_label(class) };
	}
	fill_kinds(rq, v, verb);
}


/* What was typed, or what is likely: today, and the facts as they are. */
static void fill_values(struct web_request *rq, struct request_step_view *v)
{
	bool again = rq->method == METHOD_POST;
	struct str today = date_iso(rq->ctx.arena, rq->ctx.today);

	v->on = v->on_label.len == 0 ? STR_NONE : again ? web_text(rq, "on") : today;
	if (!again) {
		v->applicant = applicant_code(v->r->applicant);
		v->decision = v->has_applicant ? v->r->decision : STR_NONE;
		return;
	}
	v->until = v->has_until ? web_text(rq, "until") : STR_NONE;
	v->days = v->has_extension ? web_text(rq, "days") : STR_NONE;
	v->inquiry = v->has_inquiry ? web_text(rq, "inquiry") : STR_NONE;
	v->yuan = v->has_fee ? web_text(rq, "yuan") : STR_NONE;
	v->decision = v->has_decision ? web_text(rq, "decision") : STR_NONE;
	v->applicant = v->has_applicant ? web_text(rq, "applicant") : STR_NONE;
	v->reason = v->has_reason ? web_text(rq, "reason") : STR_NONE;
}

bool request_step_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct step_page *step = step_of(rq);
	struct arena *a = rq->ctx.arena;
	struct request r;

	if (!request_of_path(rq, &r, err) || !check_open(rq, &r, step->verb, err))
		return false;
	const struct request_transition *t = request_transition(r.state, step->verb);
	struct request_step_view v = {
		.form = web_form_state(rq),
		.r = &r,
		.title = request_verb_label(step->verb),
		.rule = t->rule,
		.effect = clock_effect_label(t->clock),
		.action = str_format(a, "/desk/requests/%lld/%s", (long long)r.id.n, step->segment),
		.on_label = step->on_label,
		.on_hint = step->on_hint,
		.has_until = step->verb == VERB_ASK_CORRECTION,
		.has_extension = step->verb == VERB_EXTEND,
		.has_inquiry = step->verb == VERB_OPEN_INQUIRY,
		.has_fee = step->verb == VERB_CHARGE,
		.has_decision = step->verb == VERB_DECIDE || step->verb == VERB_CLOSE ||
				step->verb == VERB_AMEND,
		.has_applicant = step->verb == VERB_AMEND,
		.has_reason = step->verb == VERB_EXTEND || step->verb == VERB_AMEND,
	};
	fill_choices(rq, &v, step->verb);
	fill_values(rq, &v);
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, case_href(rq, r.id) },
				  { v.title, STR_NONE } };
	struct page page = { .title = v.title, .errors = v.form.errors_count, .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	request_step_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* The fields of the step's own form; the others stay empty. */
static struct request_step step_from(struct web_request *rq, enum request_verb verb)
{
	struct request_step step = { .verb = verb, .historical = true };

	if (verb != VERB_AMEND)
		step.on = web_date(rq, "on").v;
	if (verb == VERB_ASK_CORRECTION)
		step.until = web_date(rq, "until").v;
	if (verb == VERB_EXTEND)
		step.days = (int)web_int(rq, "days", 0);
	if (verb == VERB_CHARGE)
		step.fen = web_int(rq, "yuan", 0) * 100;
	if (verb == VERB_OPEN_INQUIRY)
		(void)inquiry_from(web_text(rq, "inquiry"), &step.inquiry);
	if (verb == VERB_AMEND)
		(void)applicant_from(web_text(rq, "applicant"), &step.applicant);
	if (verb == VERB_DECIDE || verb == VERB_CLOSE || verb == VERB_AMEND)
		step.kind = request_decision(web_text(rq, "decision"));
	if (verb == VERB_EXTEND || verb == VERB_AMEND)
		step.reason = web_text(rq, "reason");
	return step;
}

/* The verb names its own fields; a rule about a day that names none is about `on`. */
static void name_field(enum request_verb verb, struct err *err)
{
	if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
		return;
	if (err->field != NULL && strcmp(err->field, "fen") == 0)
		err->field = "yuan";
	if (err->field == NULL && verb != VERB_AMEND &&
	    strcmp(err->key, "request.not_allowed") != 0)
		err->field = "on";
}

bool request_step_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct step_page *page = step_of(rq);
	struct request_step step = step_from(rq, page->verb);
	bool needs_kind = page->verb == VERB_DECIDE || page->verb == VERB_CLOSE ||
			  page->verb == VERB_AMEND;
	struct request r;

	if (!request_of_path(rq, &r, err))
		return false;
	if (!request_is_own(rq, &r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r.number));
	web_version(rq, r.version);
	if (r.version != web_int(rq, "version", 0))
		return err_set(err, ERR_CONFLICT, "request.changed_meanwhile", STR_FMT,
			       STR_ARG(r.number));
	if (needs_kind && step.kind == NULL)
		return err_set_field(err, "decision", ERR_INVALID, "request.no_kind", " ");
	if (!request_take_step(&rq->ctx, r.id, &step, err)) {
		name_field(page->verb, err);
		return false;
	}
	if (rq->wants_json) { /* the next step of a program needs it */
		if (!request_find(&rq->ctx, r.id, &r, err))
			return false;
		web_version(rq, r.version);
	}
	return web_redirect(rp, case_href(rq, r.id), "request.step_taken");
}
