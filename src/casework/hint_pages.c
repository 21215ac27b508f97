/* hint_pages.c - requests that are alike, and what several people ask for (条例第四十四条). */
#include "casework/casework_view.h"
#include "casework_html.h"
#include "identity/identity.h"

enum { HINT_ROWS = 30, SAME_PERSON = 100 };

static bool is_same(const struct identity_id *same, size_t count, struct identity_id id)
{
	for (size_t i = 0; i < count; i++)
		if (same[i].n == id.n)
			return true;
	return false;
}

bool alike_rows_of(struct web_request *rq, struct identity_id applicant, const struct alike *list,
		   size_t count, struct alike_row **out, struct err *err)
{
	struct request_id *ids = ARENA_ARRAY(rq->ctx.arena, count, struct request_id);
	struct request *found;
	struct identity_id *same;
	size_t same_count = 0;

	*out = ARENA_ARRAY(rq->ctx.arena, count, struct alike_row);
	if (applicant.n != 0 &&
	    !identity_same(&rq->ctx, applicant, SAME_PERSON, &same, &same_count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		ids[i] = list[i].id;
	if (!request_find_many(&rq->ctx, ids, count, &found, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool by_same = found[i].applicant_id.n != 0 &&
			       is_same(same, same_count, found[i].applicant_id);
		(*out)[i] = (struct alike_row){ .r = &found[i],
						.result = request_result(&found[i]),
						.applicant = by_same ? STR("同一申请人") : STR_NONE,
						.score = list[i].score };
	}
	return true;
}

static bool load(struct web_request *rq, struct hints_view *v, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	int64_t before = rq->method == METHOD_GET ? web_int(rq, "after", 0) : 0;
	struct request *topics;
	struct hint *list;

	if (!hint_list(&rq->ctx, unit, before, HINT_ROWS, &list, &v->count, err))
		return false;
	struct hint_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct hint_row);
	struct request_id *ids = ARENA_ARRAY(rq->ctx.arena, v->count, struct request_id);
	for (size_t i = 0; i < v->count; i++)
		ids[i] = list[i].topic;
	if (!request_find_many(&rq->ctx, ids, v->count, &topics, err))
		return false;
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct hint_row){ &list[i], topics[i].number,
					     excerpt_of(rq->ctx.arena, topics[i].content) };
	v->rows = rows;
	if (v->count == HINT_ROWS)
		v->pager.next_href = str_format(rq->ctx.arena, "/desk/hints?after=%lld",
						(long long)list[v->count - 1].topic.n);
	if (before > 0)
		v->pager.first_href = STR("/desk/hints");
	return true;
}

bool hints_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct hints_view v = { .form = web_form_state(rq),
				.may_settle = web_may(rq, PERM_REQUEST_ASSIGN) };

	if (!load(rq, &v, err))
		return false;
	if (rq->method == METHOD_POST)
		v.reason = web_text(rq, "reason");
	struct page page = { .title = STR("可以主动公开的信息"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	hints_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool hint_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	bool published = str_equal_c(web_text(rq, "state"), "published");
	struct request_id topic = { web_int(rq, "topic", 0) };

	return hint_settle(&rq->ctx, topic, published ? HINT_PUBLISHED : HINT_KEPT,
			   web_text(rq, "reason"), err) &&
	       web_redirect(rp, STR("/desk/hints"), "request.step_taken");
}
