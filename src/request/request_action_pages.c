/* request_action_pages.c - the steps that may be taken now, as links to their forms. */
#include "request/request_pages.h"

/* The addresses of the steps; those of STEP in request_pages.c. */
static const struct { enum request_verb verb; const char *segment; } segments[] = {
	{ VERB_CONFIRM, "confirm" },	   { VERB_DECIDE, "decide" },
	{ VERB_SERVE, "serve" },	   { VERB_FILE, "file" },
	{ VERB_RECEIVE_CORRECTION, "receive-correction" },
	{ VERB_CLOSE_INQUIRY, "close-inquiry" },
	{ VERB_PAY, "pay" },		   { VERB_ASK_CORRECTION, "ask-correction" },
	{ VERB_OPEN_INQUIRY, "open-inquiry" }, { VERB_EXTEND, "extend" },
	{ VERB_CHARGE, "charge" },	   { VERB_CLOSE, "close" },
	{ VERB_AMEND, "amend" },
};

static bool is_main(enum request_verb verb)
{
	return verb != VERB_ASK_CORRECTION && verb != VERB_OPEN_INQUIRY && verb != VERB_EXTEND &&
	       verb != VERB_CHARGE && verb != VERB_CLOSE && verb != VERB_AMEND;
}

void request_actions(const struct web_request *rq, const struct request *r,
		     struct request_action **out, size_t *count)
{
	struct arena *a = rq->ctx.arena;
	struct request_action *list = ARENA_ARRAY(a, COUNT_OF(segments), struct request_action);

	*count = 0;
	*out = list;
	for (size_t i = 0; i < COUNT_OF(segments) && request_is_own(rq, r); i++) {
		const struct request_transition *t = request_transition(r->state, segments[i].verb);
		if (t == NULL || !web_may(rq, t->who))
			continue;
		list[(*count)++] = (struct request_action){
			.href = str_format(a, "/desk/requests/%lld/%s", (long long)r->id.n,
					   segments[i].segment),
			.label = request_verb_label(segments[i].verb),
			.secondary = !is_main(segments[i].verb),
		};
	}
}
