/*
 * request_step_pages.c - the page of every step: one step, one form, with the law it
 * follows, the days that come of it and what was said before.
 *
 * The rules themselves are the verbs' (request.h). A form tells which version of
 * the case its officer saw: who was slower gets the page again, and nothing is
 * overwritten.
 */
#include "request/case.h"
#include "request/request_view.h"
#include "request_html.h"

#include "calendar/calendar.h"
#include "request/request_letters.h"

#include <string.h>

static struct str case_href(struct web_request *rq, struct request_id id)
{
	return str_format(rq->ctx.arena, "/desk/requests/%lld", (long long)id.n);
}

static const struct step_page *step_of(const struct web_request *rq)
{
	const char *segment = strrchr(rq->route->path, '/') + 1;
	size_t i = 0;

	while (strcmp(request_step_pages[i].segment, segment) != 0)
		i++; /* every STEP of request_pages.c has its row: a test looks */
	return &request_step_pages[i];
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

/* ---- what one may choose from */

/* Kinds in the order of their tests. */
static void offer_kinds(struct web_request *rq, struct step_input *in)
{
	struct arena *a = rq->ctx.arena;
	struct choice *list = ARENA_ARRAY(a, request_decisions_count, struct choice);

	for (size_t i = 0; i < request_decisions_count; i++) {
		const struct decision_kind *kind = &request_decisions[i];
		if (!request_decision_in_force(kind, rq->ctx.today))
			continue;
		list[in->choices_count++] = (struct choice){
			.value = str_from_c(kind->code),
			.label = kind->label,
			.hint = str_format(a, STR_FMT "（" STR_FMT "）", STR_ARG(kind->test),
					   STR_ARG(kind->basis)),
		};
	}
	in->choices = list;
}

static bool offer_units(struct web_request *rq, const struct request *r, struct step_input *in,
			struct err *err)
{
	struct request_units units;

	if (!request_units_load(&rq->ctx, &units, err))
		return false;
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, units.count + 1, struct choice);
	list[in->choices_count++] = (struct choice){ .label = STR("请选择") };
	for (size_t i = 0; i < units.count; i++)
		if (units.list[i].id.n != r->unit.n && !units.list[i].closed_on.known)
			list[in->choices_count++] = (struct choice){
				.value = str_format(rq->ctx.arena, "%lld",
						    (long long)units.list[i].id.n),
				.label = units.list[i].name,
			};
	in->choices = list;
	return true;
}

/* Those still out for an answer; for telling, the third parties that refused. */
static bool offer_inquiries(struct web_request *rq, const struct request *r, enum request_verb verb,
			    struct step_input *in, struct err *err)
{
	struct request_case c;

	if (!case_load(&rq->ctx, r->id, &c, err))
		return false;
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, c.inquiries_count, struct choice);
	for (size_t i = 0; i < c.inquiries_count; i++) {
		const struct request_inquiry *q = &c.inquiries[i];
		struct request_step one = { .inquiry_id = q->id };
		struct str name = q->target.len > 0 ? q->target : inquiry_label(q->kind);
		if (verb == VERB_CLOSE_INQUIRY ? q->back_on.known
					       : case_overridden(&c, &one) == NULL)
			continue;
		list[in->choices_count++] = (struct choice){
			.value = str_format(rq->ctx.arena, "%lld", (long long)q->id),
			.label = name,
			.hint = str_format(rq->ctx.arena, STR_FMT "，" STR_FMT "发出" STR_FMT,
					   STR_ARG(inquiry_label(q->kind)),
					   STR_ARG(date_iso(rq->ctx.arena, q->sent_on)),
					   STR_ARG(q->last_on.known
							   ? str_concat(rq->ctx.arena, STR("，期限至"),
									date_iso(rq->ctx.arena,
										 q->last_on.v))
							   : STR_NONE)),
		};
	}
	in->choices = list;
	return true;
}

static void offer_inquiry_kinds(struct arena *a, struct step_input *in)
{
	static const enum inquiry_kind asked[] = { INQUIRY_THIRD_PARTY, INQUIRY_JOINT_MAKER,
						   INQUIRY_OTHER_AGENCY };
	struct choice *list = ARENA_ARRAY(a, COUNT_OF(asked), struct choice);

	for (size_t i = 0; i < COUNT_OF(asked); i++)
		list[in->choices_count++] = (struct choice){ .value = inquiry_code(asked[i]),
							     .label = inquiry_label(asked[i]) };
	in->choices = list;
}

static void offer_answers(struct arena *a, struct step_input *in)
{
	struct choice *list = ARENA_ARRAY(a, INQUIRY_ANSWER_COUNT, struct choice);

	for (int i = 0; i < INQUIRY_ANSWER_COUNT; i++)
		list[in->choices_count++] = (struct choice){
			.value = inquiry_answer_code((enum inquiry_answer)i),
			.label = inquiry_answer_label((enum inquiry_answer)i)
		};
	in->choices = list;
}

static void offer_classes(struct arena *a, struct step_input *in)
{
	struct choice *list = ARENA_ARRAY(a, APPLICANT_CLASS_COUNT, struct choice);

	for (int c = 0; c < APPLICANT_CLASS_COUNT; c++) {
		enum applicant_class class = (enum applicant_class)c;
		list[in->choices_count++] = (struct choice){ .value = applicant_code(class),
							     .label = applicant_label(class) };
	}
	in->choices = list;
}

static void offer_yes_no(enum request_verb verb, struct step_input *in)
{
	static const struct choice extension[] = { { STR_INIT("yes"), STR_INIT("同意"), STR_INIT("") },
						   { STR_INIT("no"), STR_INIT("不同意"), STR_INIT("") } };
	static const struct choice reasons[] = { { STR_INIT("yes"), STR_INIT("合理"), STR_INIT("") },
						 { STR_INIT("no"), STR_INIT("不合理"), STR_INIT("") } };

	in->choices = verb == VERB_JUDGE_REASONS ? reasons : extension;
	in->choices_count = COUNT_OF(extension);
}

static bool is(const struct step_input *in, const char *name)
{
	return strcmp(in->name, name) == 0;
}

static bool offer(struct web_request *rq, const struct request *r, enum request_verb verb,
		  struct step_input *in, struct err *err)
{
	struct arena *a = rq->ctx.arena;

	if (is(in, "unit"))
		return offer_units(rq, r, in, err);
	if (is(in, "inquiry_id"))
		return offer_inquiries(rq, r, verb, in, err);
	if (is(in, "decision"))
		offer_kinds(rq, in);
	else if (is(in, "inquiry"))
		offer_inquiry_kinds(a, in);
	else if (is(in, "answer"))
		offer_answers(a, in);
	else if (is(in, "applicant"))
		offer_classes(a, in);
	else if (is(in, "agreed"))
		offer_yes_no(verb, in);
	return true;
}

/* ---- what stands in the fields at first */

static bool usual_until(struct ctx *ctx, const struct request *r, enum request_verb verb,
			struct str *value, struct err *err)
{
	const struct workday_calendar *calendar;
	struct request_practice practice;
	struct err ended = { 0 };
	struct date day;

	if (verb == VERB_DELAY)
		return true; /* what is reasonable here depends on the case */
	if (!request_practice_of(ctx, r->unit, &practice, err) ||
	    !calendar_current(ctx, &calendar, err))
		return false;
	if (workday_due(calendar, ctx->today,
			verb == VERB_ASK_REASONS ? practice.reasons_days : practice.correction_days,
			&day, &ended))
		*value = date_iso(ctx->arena, day);
	return true;
}

/* 逾期 is offered, never done by the program. */
static bool first_value(struct web_request *rq, const struct request *r, enum request_verb verb,
			struct step_input *in, struct err *err)
{
	struct ctx *ctx = &rq->ctx;

	if (is(in, "on"))
		in->value = date_iso(ctx->arena, ctx->today);
	else if (is(in, "until"))
		return usual_until(ctx, r, verb, &in->value, err);
	else if (is(in, "inquiry_id") && in->choices_count == 1)
		in->value = in->choices[0].value;
	else if (is(in, "parts"))
		in->value = r->content;
	else if (is(in, "applicant"))
		in->value = applicant_code(r->applicant);
	else if (is(in, "decision"))
		in->value = r->decision;
	return true;
}

static enum step_widget widget_of(const struct field *f, const struct step_input *in)
{
	if (is(in, "unit"))
		return WIDGET_SELECT;
	if (in->choices != NULL)
		return WIDGET_RADIOS;
	return f->kind == FIELD_LINES ? WIDGET_LINES
	       : f->kind == FIELD_INT ? WIDGET_NUMBER
				      : WIDGET_LINE;
}

static bool fill_inputs(struct web_request *rq, const struct step_page *page,
			struct request_step_view *v, struct err *err)
{
	for (const struct field *f = page->form; f->name != NULL; f++) {
		struct step_input in = { .name = f->name,
					 .label = str_from_c(f->label),
					 .required = f->required };
		if (is(&in, "version"))
			continue;
		for (size_t i = 0; i < COUNT_OF(page->hints); i++)
			if (page->hints[i].name != NULL && is(&in, page->hints[i].name))
				in.hint = page->hints[i].hint;
		if (!offer(rq, v->r, page->verb, &in, err))
			return false;
		if (rq->method == METHOD_POST)
			in.value = web_text(rq, f->name);
		else if (!first_value(rq, v->r, page->verb, &in, err))
			return false;
		in.widget = widget_of(f, &in);
		in.width = f->kind == FIELD_DATE ? 10 : f->kind == FIELD_INT ? 8 : 0;
		v->inputs[v->inputs_count++] = in;
	}
	return true;
}

bool request_step_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct step_page *step = step_of(rq);
	struct request r;

	if (!request_of_path(rq, &r, err) || !check_open(rq, &r, step->verb, err))
		return false;
	const struct request_transition *t = request_transition(r.state, step->verb);
	struct request_step_view v = {
		.form = web_form_state(rq),
		.r = &r,
		.title = request_verb_label(step->verb),
		.law = step->law.len > 0 ? step->law : str_concat(rq->ctx.arena, t->rule, STR("。")),
		.effect = clock_effect_label(t->clock),
		.action = str_format(rq->ctx.arena, "/desk/requests/%lld/%s", (long long)r.id.n,
				     step->segment),
	};
	if (!fill_inputs(rq, step, &v, err) || !request_step_facts(&rq->ctx, &v, step->verb, err))
		return false;
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

/* ---- from the form to the step */

/* Every line one matter. */
static void take_parts(struct arena *a, struct str text, struct request_step *step)
{
	struct str *parts = ARENA_ARRAY(a, REQUEST_PARTS_MAX + 1, struct str), line;

	while (step->parts_count <= REQUEST_PARTS_MAX && str_split_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0)
			parts[step->parts_count++] = line;
	}
	step->parts = parts;
}

static void take_word(struct web_request *rq, const char *name, struct request_step *step)
{
	struct str value = web_text(rq, name);

	if (strcmp(name, "inquiry") == 0)
		(void)inquiry_from(value, &step->inquiry);
	else if (strcmp(name, "answer") == 0)
		(void)inquiry_answer_from(value, &step->answer);
	else if (strcmp(name, "applicant") == 0)
		(void)applicant_from(value, &step->applicant);
	else if (strcmp(name, "decision") == 0)
		step->kind = request_decision(value);
	else if (strcmp(name, "agreed") == 0)
		step->agreed = str_equal_c(value, "yes");
	else if (strcmp(name, "target") == 0)
		step->target = value;
	else if (strcmp(name, "contact") == 0)
		step->contact = value;
	else if (strcmp(name, "text") == 0)
		step->text = value;
	else if (strcmp(name, "guidance") == 0)
		step->guidance = value;
	else if (strcmp(name, "reason") == 0)
		step->reason = value;
	else if (strcmp(name, "parts") == 0)
		take_parts(rq->ctx.arena, value, step);
}

static void take_day(struct web_request *rq, const char *name, struct request_step *step)
{
	struct opt_date day = web_date(rq, name);

	if (strcmp(name, "on") == 0)
		step->on = day.v;
	else if (strcmp(name, "until") == 0)
		step->until = day.v;
	else if (strcmp(name, "since") == 0)
		step->since = day.v;
	else if (strcmp(name, "till") == 0)
		step->till = day.v;
	else if (strcmp(name, "delivered_on") == 0)
		step->delivered_on = day;
}

static void take_number(struct web_request *rq, const char *name, struct request_step *step)
{
	int64_t value = web_int(rq, name, 0);

	if (strcmp(name, "days") == 0)
		step->days = (int)value;
	else if (strcmp(name, "count") == 0)
		step->count = (int)value;
	else if (strcmp(name, "inquiry_id") == 0)
		step->inquiry_id = value;
	else if (strcmp(name, "unit") == 0)
		step->unit.n = value;
}

/* The fields of the step's own form; the others stay empty. A step without a day happens today. */
static struct request_step step_from(struct web_request *rq, const struct step_page *page)
{
	struct request_step step = { .verb = page->verb, .on = rq->ctx.today };

	for (const struct field *f = page->form; f->name != NULL; f++) {
		if (f->kind == FIELD_DATE)
			take_day(rq, f->name, &step);
		else if (f->kind == FIELD_INT)
			take_number(rq, f->name, &step);
		else
			take_word(rq, f->name, &step);
	}
	return step;
}

static bool has_field(const struct step_page *page, const char *name)
{
	for (const struct field *f = page->form; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return true;
	return false;
}

/*
 * The verb names its own fields; a rule that names none, or one this form has not, is about the
 * day, and where there is no day about the whole.
 */
static void name_field(const struct step_page *page, struct err *err)
{
	if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
		return;
	if (err->field != NULL && has_field(page, err->field))
		return;
	err->field = has_field(page, "on") && strcmp(err->key, "request.not_allowed") != 0 ? "on"
											    : NULL;
}

bool request_step_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct step_page *page = step_of(rq);
	struct request_step step = step_from(rq, page);
	struct request_letters letters;
	struct request r;

	if (!request_of_path(rq, &r, err))
		return false;
	if (!request_is_own(rq, &r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r.number));
	web_version(rq, r.version);
	if (r.version != web_int(rq, "version", 0))
		return err_set(err, ERR_CONFLICT, "request.changed_meanwhile", STR_FMT,
			       STR_ARG(r.number));
	if (has_field(page, "decision") && step.kind == NULL)
		return err_set_field(err, "decision", ERR_INVALID, "request.no_kind", " ");
	if (!request_take_step(&rq->ctx, r.id, &step, err)) {
		name_field(page, err);
		return false;
	}
	if (!request_draft_letters(&rq->ctx, r.id, &step, &letters, err))
		return false;
	/* The next step of a program needs the version that this one has made. */
	if (rq->wants_json && !request_find(&rq->ctx, r.id, &r, err))
		return false;
	web_version(rq, r.version);
	if (page->verb == VERB_TRANSFER && !web_may(rq, PERM_SITE_READ))
		return web_redirect(rp, STR("/desk/requests"), "request.handed_over");
	return web_redirect(rp, case_href(rq, r.id),
			    letters.count > 0 ? "request.step_and_letter" : "request.step_taken");
}
