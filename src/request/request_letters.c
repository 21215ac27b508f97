/* request_letters.c - which letters a step calls for, and what the case knows for them. */
#include "request/request_letters.h"

#include "base/utf8.h"
#include "request/case.h"

#include <assert.h>

enum { FACTS_MAX = 20, PERSON_NAME_CHARS = 4 };

struct facts {
	struct arena *arena;
	struct letter_fact list[FACTS_MAX];
	size_t count;
};

static void tell(struct facts *f, const char *name, struct str value)
{
	assert(f->count < FACTS_MAX);
	f->list[f->count++] = (struct letter_fact){ name, value };
}

static void tell_day(struct facts *f, const char *name, struct date day)
{
	tell(f, name, date_iso(f->arena, day));
}

static void tell_number(struct facts *f, const char *name, int64_t n)
{
	tell(f, name, str_format(f->arena, "%lld", (long long)n));
}

static void tell_case(struct facts *f, const struct request_case *c)
{
	const struct request *r = &c->r;

	tell(f, "number", r->number);
	tell(f, "content", r->content);
	tell(f, "information", r->content);
	tell(f, "channel", channel_label(r->channel));
	tell_day(f, "submitted_on", r->submitted_on);
	if (r->received_on.known)
		tell_day(f, "received_on", r->received_on.v);
	if (r->due.known)
		tell_day(f, "due", r->due.v);
	/* The day from which the period runs, unless a later act moved it again. */
	if (r->correction_sent_on.known && r->state != REQUEST_CORRECTING && !c->has_fee &&
	    !c->explanation.stands)
		tell_day(f, "corrected_on", r->clock_from.v);
}

/* ---- to whom */

bool request_addressee(struct ctx *ctx, const struct request *r, struct str *name,
		       enum letter_to *to, struct err *err)
{
	*to = r->applicant == APPLICANT_NATURAL_PERSON ? LETTER_TO_PERSON : LETTER_TO_ORGANISATION;
	*name = STR_NONE;
	if (r->applicant_id.n != 0 && !identity_name(ctx, r->applicant_id, name, err))
		return false;
	/* Unknown where a register came without, and once erased: the paper file has it. */
	if (name->len == 0)
		*name = STR("申请人");
	return true;
}

/* Names of up to four characters are persons'; bodies have longer ones. */
static enum letter_to whom(enum inquiry_kind kind, struct str target)
{
	if (kind != INQUIRY_THIRD_PARTY)
		return LETTER_TO_AGENCY;
	return utf8_length(target) <= PERSON_NAME_CHARS ? LETTER_TO_PERSON : LETTER_TO_ORGANISATION;
}

static bool draft(struct ctx *ctx, const struct request_case *c, const char *kind,
		  const struct request_step *step, const struct facts *f, struct str to_name,
		  enum letter_to to, struct request_letters *out, struct err *err)
{
	struct letter_new in = { .unit = c->r.unit,
				 .kind = letter_kind_find(str_from_c(kind)),
				 .subject_kind = "request",
				 .subject_id = c->r.id.n,
				 .addressee = to_name,
				 .to = to,
				 .dated = step->on,
				 .facts = f->list,
				 .facts_count = f->count };

	assert(in.kind != NULL && out->count < REQUEST_STEP_LETTERS_MAX);
	return letter_draft(ctx, &in, &out->ids[out->count++], err);
}

static bool to_applicant(struct ctx *ctx, const struct request_case *c, const char *kind,
			 const struct request_step *step, const struct facts *f,
			 struct request_letters *out, struct err *err)
{
	enum letter_to to;
	struct str name;

	return request_addressee(ctx, &c->r, &name, &to, err) &&
	       draft(ctx, c, kind, step, f, name, to, out, err);
}

/* ---- others who are asked */

/* To them, without a word about the applicant; and to the applicant, that days are not counted. */
static bool of_inquiry(struct ctx *ctx, const struct request_case *c,
		       const struct request_step *step, struct facts *own,
		       struct request_letters *out, struct err *err)
{
	static const char *const kinds[] = { [INQUIRY_THIRD_PARTY] = "ask_third",
					     [INQUIRY_JOINT_MAKER] = "ask_joint",
					     [INQUIRY_OTHER_AGENCY] = "ask_other" };
	bool third = step->inquiry == INQUIRY_THIRD_PARTY;
	struct facts theirs = { .arena = own->arena };

	tell(&theirs, "number", c->r.number);
	tell(&theirs, "information", step->text);
	if (step->inquiry == INQUIRY_OTHER_AGENCY)
		tell(&theirs, "matter", STR("就该信息的准确性和是否可以公开提出意见"));
	tell(own, "asked_whom", third ? STR("第三方") : STR("有关行政机关"));
	tell_day(own, "asked_on", step->on);
	return draft(ctx, c, kinds[step->inquiry], step, &theirs, step->target,
		     whom(step->inquiry, step->target), out, err) &&
	       to_applicant(ctx, c, "tell_asking", step, own, out, err);
}

/* The one told with this step. */
static const struct request_inquiry *told(const struct request_case *c,
					  const struct request_step *step)
{
	for (size_t i = c->inquiries_count; i > 0; i--) {
		const struct request_inquiry *q = &c->inquiries[i - 1];
		if (q->told_on.known && (step->inquiry_id == 0 || q->id == step->inquiry_id))
			return q;
	}
	return NULL;
}

static bool of_telling(struct ctx *ctx, const struct request_case *c,
		       const struct request_step *step, struct request_letters *out,
		       struct err *err)
{
	const struct request_inquiry *q = told(c, step);
	struct facts f = { .arena = ctx->arena };

	assert(q != NULL);
	tell(&f, "number", c->r.number);
	tell(&f, "information", q->asked);
	tell(&f, "third_reason", q->opinion);
	tell(&f, "public_interest", q->told_reason);
	return draft(ctx, c, "tell_third", step, &f, q->target, whom(q->kind, q->target), out, err);
}

/* ---- reasons and extension */

static void tell_explanation(struct facts *f, const struct request_explanation *e)
{
	tell_number(f, "requests", e->count);
	tell_day(f, "period_from", e->since);
	tell_day(f, "period_to", e->till);
	tell_day(f, "reply_by", e->until);
	if (e->delayed_until.known)
		tell_day(f, "new_due", e->delayed_until.v);
}

/* Drafted when it is approved: only a letter that is sent in time makes the period longer. */
static bool of_extension(struct ctx *ctx, struct request_case *c, const struct request_step *step,
			 struct facts *f, struct request_letters *out, struct err *err)
{
	struct opt_date due;

	if (!step->agreed)
		return true;
	if (!extension_load(ctx, c, err))
		return false;
	assert(c->has_proposal);
	struct request_case longer = *c;
	longer.r.extension = c->proposal.days;
	if (!clock_due(ctx, &longer, step->on, &due, err))
		return false;
	tell(f, "extension_reason", c->proposal.reason);
	tell_number(f, "extension_days", c->proposal.days);
	if (due.known)
		tell_day(f, "new_due", due.v);
	return to_applicant(ctx, c, "extend", step, f, out, err);
}

static bool of_correction(struct ctx *ctx, const struct request_case *c,
			  const struct request_step *step, struct facts *f,
			  struct request_letters *out, struct err *err)
{
	tell(f, "points", step->text);
	tell(f, "guidance", step->guidance);
	tell_day(f, "correct_until", step->until);
	return to_applicant(ctx, c, "correct", step, f, out, err);
}

/* ---- closing without a reply */

static bool of_closing(struct ctx *ctx, const struct request_case *c,
		       const struct request_step *step, struct facts *f,
		       struct request_letters *out, struct err *err)
{
	if (str_equal_c(STR("withdraw"), step->kind->code))
		tell_day(f, "withdrawn_on", step->on);
	if (step->kind->outcome == OUTCOME_OTHER_OVERDUE_CORRECTION) {
		tell_day(f, "correction_told_on", c->r.correction_sent_on.v);
		tell_day(f, "lapsed_on", c->r.correction_until.v);
	}
	if (step->kind->outcome == OUTCOME_OTHER_OVERDUE_FEE) {
		tell_day(f, "fee_told_on", c->fee.told_on);
		tell_day(f, "served_on", c->fee.served_on.v);
		tell_day(f, "lapsed_on", c->fee.pay_until.v);
	}
	return letter_kind_find(str_from_c(step->kind->code)) == NULL ||
	       to_applicant(ctx, c, step->kind->code, step, f, out, err);
}

/* One is enough, also when a form is sent twice. */
static bool of_receipt(struct ctx *ctx, const struct request_case *c,
		       const struct request_step *step, struct facts *f,
		       struct request_letters *out, struct err *err)
{
	struct letter *before;
	size_t count;

	return letter_list(ctx, "request", c->r.id.n, &before, &count, err) &&
	       (count > 0 || to_applicant(ctx, c, "receipt", step, f, out, err));
}

bool request_draft_letters(struct ctx *ctx, struct request_id id, const struct request_step *step,
			   struct request_letters *out, struct err *err)
{
	struct facts f = { .arena = ctx->arena };
	struct request_case c;

	*out = (struct request_letters){ .count = 0 };
	if (!case_load(ctx, id, &c, err))
		return false;
	tell_case(&f, &c);
	switch (step->verb) {
	case VERB_CONFIRM:
		return of_receipt(ctx, &c, step, &f, out, err);
	case VERB_ASK_CORRECTION:
		return of_correction(ctx, &c, step, &f, out, err);
	case VERB_OPEN_INQUIRY:
		return of_inquiry(ctx, &c, step, &f, out, err);
	case VERB_TELL_THIRD:
		return of_telling(ctx, &c, step, out, err);
	case VERB_ASK_REASONS:
		tell_explanation(&f, &c.explanation);
		return to_applicant(ctx, &c, "explain", step, &f, out, err);
	case VERB_DELAY:
		tell_explanation(&f, &c.explanation);
		return to_applicant(ctx, &c, "delay_reasonable", step, &f, out, err);
	case VERB_APPROVE_EXTENSION:
		return of_extension(ctx, &c, step, &f, out, err);
	case VERB_CLOSE:
		return of_closing(ctx, &c, step, &f, out, err);
	default:
		return true; /* a step without a letter, or one whose letter another room writes */
	}
}
