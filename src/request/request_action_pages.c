/*
 * request_action_pages.c - the steps that may be taken now, as links to their forms, what
 * comes next first.
 */
#include "request/request_view.h"

/* Facts beside the state that the offer of a step depends on. */
struct beside {
	bool waits, approved; /* an extension */
	bool refused;	      /* by a third party that has not been told of publication */
	bool charged, served; /* the fee; its notice has arrived */
};

static bool look_beside(struct ctx *ctx, const struct request *r, struct beside *b, struct err *err)
{
	struct request_extension e;
	struct request_inquiry *list;
	size_t count;
	bool proposed;

	struct request_fee fee;

	*b = (struct beside){ .waits = false };
	if (!request_fee_find(ctx, r->id, &fee, &b->charged, err))
		return false;
	b->served = b->charged && fee.served_on.known;
	if (r->state != REQUEST_HANDLING && r->state != REQUEST_INQUIRING)
		return true;
	if (!request_extension_find(ctx, r->id, &e, &proposed, err) ||
	    !request_inquiries_of(ctx, r->id, &list, &count, err))
		return false;
	b->waits = proposed && !e.decided_on.known;
	b->approved = proposed && e.approved && !e.told_on.known;
	for (size_t i = 0; i < count; i++)
		b->refused = b->refused ||
			     (list[i].kind == INQUIRY_THIRD_PARTY && !list[i].told_on.known &&
			      list[i].has_answer &&
			      (list[i].answer == INQUIRY_REFUSES_WITH_REASONS ||
			       list[i].answer == INQUIRY_REFUSES_BARE));
	return true;
}

/* The state allows it; does a fact beside it, too? */
static bool makes_sense(const struct request *r, const struct beside *b, enum request_verb verb)
{
	switch (verb) {
	case VERB_ASK_CORRECTION:
		return !r->correction_sent_on.known;
	case VERB_TELL_THIRD:
		return b->refused;
	case VERB_ASK_REASONS:
		return r->reasons == REASONS_NONE;
	case VERB_RECEIVE_REASONS:
		return r->reasons == REASONS_ASKED;
	case VERB_JUDGE_REASONS:
		return r->reasons == REASONS_GIVEN || r->reasons == REASONS_ASKED;
	case VERB_DELAY:
		return r->reasons == REASONS_REASONABLE;
	case VERB_PROPOSE_EXTENSION:
		return r->extension == 0 && !b->waits && !b->approved;
	case VERB_APPROVE_EXTENSION:
		return b->waits;
	case VERB_EXTEND:
		return b->approved;
	case VERB_CHARGE:
		return !b->charged;
	case VERB_FEE_SERVED:
		return !b->served;
	case VERB_PAY:
		return b->served;
	default:
		return true;
	}
}

static bool is_main(enum request_verb verb)
{
	switch (verb) {
	case VERB_CONFIRM:
	case VERB_DECIDE:
	case VERB_SERVE:
	case VERB_FILE:
	case VERB_RECEIVE_CORRECTION:
	case VERB_CLOSE_INQUIRY:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_APPROVE_EXTENSION:
	case VERB_EXTEND:
	case VERB_FEE_SERVED:
	case VERB_PAY:
		return true;
	default:
		return false;
	}
}

/* Steps that the rooms of fees and replies take, with all that belongs to them. */
static const struct {
	enum request_verb verb;
	const char *segment;
	enum permission who; /* who begins: a reply is drafted before it is signed */
} elsewhere[] = {
	{ VERB_CHARGE, "fee", PERM_REQUEST_WRITE },
	{ VERB_DECIDE, "reply", PERM_REQUEST_READ },
	{ VERB_SERVE, "reply/serve", PERM_REQUEST_WRITE },
	{ VERB_CLOSE, "reply/close", PERM_REQUEST_DECIDE },
	{ VERB_FILE, "reply/file", PERM_REQUEST_WRITE },
};

static size_t add_elsewhere(struct web_request *rq, const struct request *r,
			    const struct beside *beside, bool main, struct request_action *list,
			    size_t n)
{
	for (size_t i = 0; i < COUNT_OF(elsewhere); i++) {
		enum request_verb verb = elsewhere[i].verb;
		if (request_may(r->state, verb) && is_main(verb) == main &&
		    makes_sense(r, beside, verb) && web_may(rq, elsewhere[i].who))
			list[n++] = (struct request_action){
				.verb = verb,
				.href = str_format(rq->ctx.arena, "/desk/requests/%lld/%s",
						   (long long)r->id.n, elsewhere[i].segment),
				.label = request_verb_label(verb),
				.secondary = !main,
			};
	}
	return n;
}

bool request_actions(struct web_request *rq, const struct request *r, struct request_action **out,
		     size_t *count, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct request_action *list = ARENA_ARRAY(
		a, request_step_pages_count + COUNT_OF(elsewhere), struct request_action);
	struct beside beside;
	size_t n = 0;

	if (!look_beside(&rq->ctx, r, &beside, err))
		return false;
	for (int main = 1; main >= 0 && request_is_own(rq, r); main--) {
		for (size_t i = 0; i < request_step_pages_count; i++) {
			const struct step_page *page = &request_step_pages[i];
			const struct request_transition *t =
				request_transition(r->state, page->verb);
			if (t == NULL || is_main(page->verb) != (main == 1) ||
			    !web_may(rq, t->who) || !makes_sense(r, &beside, page->verb))
				continue;
			list[n++] = (struct request_action){
				.verb = page->verb,
				.href = str_format(a, "/desk/requests/%lld/%s", (long long)r->id.n,
						   page->segment),
				.label = request_verb_label(page->verb),
				.secondary = main == 0,
			};
		}
		n = add_elsewhere(rq, r, &beside, main == 1, list, n);
	}
	*out = list;
	*count = n;
	return true;
}
