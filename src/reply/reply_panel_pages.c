/* reply_panel_pages.c - the reply as others show it. */
#include "reply/reply_panel.h"

#include "reply/reply_view.h"
#include "reply_html.h"
#include "reply_sql.h"

bool reply_panel(struct web_request *rq, struct html *h, const struct request *r, struct err *err)
{
	struct reply_panel_view v = { .r = r };
	struct service *services;
	struct reply_opinion *opinions;
	struct reply reply;
	struct letter letter;
	bool found;
	size_t count;

	if (!reply_of(&rq->ctx, r->id, &reply, &found, err) ||
	    !reply_services(&rq->ctx, r->id, &services, &count, err))
		return false;
	if (!found && count == 0)
		return true;
	v.timing = reply_timing(r, services, count);
	v.services = services;
	v.services_count = count;
	if (found) {
		v.reply = &reply;
		if (!reply_result_of(&rq->ctx, &reply, &v.result, err) ||
		    !reply_opinions(&rq->ctx, &reply, &opinions, &v.opinions_count, err))
			return false;
		if (reply.letter.known) {
			if (!letter_load(&rq->ctx, (struct letter_id){ reply.letter.v }, &letter,
					 err))
				return false;
			v.letter = &letter;
		}
	}
	reply_panel_html(h, &v);
	return true;
}

bool reply_stage_now(struct ctx *ctx, struct request_id request, enum reply_stage *out,
		     bool *found, struct err *err)
{
	struct reply_stage_of_in in = { .request_id = request };
	struct reply_stage_of_row row;

	if (!reply_stage_of(ctx, &in, &row, found, err))
		return false;
	*found = *found && reply_stage_from(row.stage, out);
	return true;
}

/* A letter to a third party or another agency is not the applicant's. */
static bool is_for_applicant(const struct letter *l)
{
	return l->issued && l->kind->group != LETTER_OUTSIDE;
}

static struct opt_date service_day(const struct service *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!list[i].failed && list[i].counts_on.known)
			return list[i].counts_on;
	return (struct opt_date){ 0 };
}

/* The answer's own: its round holds what went with it. */
static bool fill_answer(struct ctx *ctx, const struct reply *rounds, size_t rounds_count,
			struct reply_letter *out, struct err *err)
{
	for (size_t i = 0; i < rounds_count; i++) {
		struct reply reply;
		if (!rounds[i].letter.known || rounds[i].letter.v != out->letter.n)
			continue;
		if (!reply_load(ctx, rounds[i].id, &reply, err))
			return false;
		out->enclosures = reply.enclosures;
		out->enclosures_count = reply.enclosures_count;
	}
	return true;
}

bool reply_letters_for_applicant(struct ctx *ctx, struct request_id request,
				 struct reply_letter **out, size_t *count, struct err *err)
{
	struct service *services;
	struct letter *letters;
	struct reply *rounds;
	size_t services_count, letters_count, rounds_count, n = 0;

	if (!letter_list(ctx, "request", request.n, &letters, &letters_count, err) ||
	    !reply_services(ctx, request, &services, &services_count, err) ||
	    !reply_rounds(ctx, request, &rounds, &rounds_count, err))
		return false;
	struct reply_letter *list = ARENA_ARRAY(ctx->arena, letters_count, struct reply_letter);
	for (size_t i = 0; i < letters_count; i++) {
		const struct letter *l = &letters[i];
		if (!is_for_applicant(l))
			continue;
		struct reply_letter *one = &list[n++];
		*one = (struct reply_letter){ .letter = l->id,
					      .title = l->title,
					      .number = l->number,
					      .dated = l->dated,
					      .answer = l->kind->answer };
		if (!one->answer)
			continue;
		one->served_on = service_day(services, services_count);
		if (!fill_answer(ctx, rounds, rounds_count, one, err))
			return false;
	}
	*out = list;
	*count = n;
	return true;
}
