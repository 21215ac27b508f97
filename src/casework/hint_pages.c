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

static bool read_page(struct ctx *ctx, struct unit_id unit, int64_t after, size_t max,
		      struct hints_view *v, struct err *err)
{
	struct request *topics;
	struct hint *list;

	if (!hint_list(ctx, unit, after, max, &list, &v->count, err))
		return false;
	struct hint_row *rows = ARENA_ARRAY(ctx->arena, v->count, struct hint_row);
	struct request_id *ids = ARENA_ARRAY(ctx->arena, v->count, struct request_id);
	for (size_t i = 0; i < v->count; i++)
		ids[i] = list[i].topic;
	if (!request_find_many(ctx, ids, v->count, &topics, err))
		return false;
	for (size_t i = 0; i < v->count; i++)
		rows[i] = (struct hint_row){ &list[i], topics[i].number, topics[i].content };
	v->rows = rows;
	if (v->count > 0)
		v->next = list_next_id(ctx->arena, v->count, max, list[v->count - 1].topic.n);
	return true;
}

bool hints_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct hints_view v = { .form = web_form_state(rq),
				.may_settle = web_may(rq, PERM_REQUEST_ASSIGN) };

	if (!list_filter_good(rq, err) ||
	    !read_page(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, list_place_id(rq),
		       HINT_ROWS, &v, err))
		return false;
	v.foot = list_foot(rq, v.count, (struct opt_int){ .known = false }, 0, v.next,
			   LIST_WITH_FILES);
	if (rq->method == METHOD_POST)
		v.reason = web_text(rq, "reason");
	struct page page = { .title = STR("可以主动公开的信息"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	hints_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct unit_id *unit = arg;
	struct hints_view v = { .count = 0 };

	if (!read_page(ctx, *unit, list_id(place), LIST_FILE_ROWS, &v, err))
		return false;
	for (size_t i = 0; i < v.count; i++) {
		const struct hint *hint = v.rows[i].h;
		const struct str cells[] = {
			v.rows[i].number,
			v.rows[i].content,
			str_format(ctx->arena, "%lld", (long long)hint->requests),
			str_format(ctx->arena, "%lld", (long long)hint->applicants),
			str_format(ctx->arena, "%lld", (long long)hint->unknown),
		};
		if (!list_row(w, cells, err))
			return false;
	}
	*next = v.next;
	return true;
}

bool hints_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("最早的申请"), STR_INIT("内容"),
					    STR_INIT("申请件数"), STR_INIT("不同申请人"),
					    STR_INIT("未登记申请人的件数") };
	struct unit_id unit = { rq->ctx.actor.unit_id };
	const struct list_file file = { STR("多人申请的相同信息"), heads, COUNT_OF(heads), give_page,
					&unit };

	return list_send(rq, rp, &file, err);
}

bool hint_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	bool published = str_equal_c(web_text(rq, "state"), "published");
	struct request_id topic = { web_int(rq, "topic", 0) };

	return hint_settle(&rq->ctx, topic, published ? HINT_PUBLISHED : HINT_KEPT,
			   web_text(rq, "reason"), err) &&
	       web_redirect(rp, STR("/desk/hints"), "request.step_taken");
}
