/* follow_pages.c - suggesting and complaining, by who follows a request. */
#include "apply/apply_view.h"
#include "apply_html.h"

/* By the path; of what was kept through showing the code again, by what it was for. */
static enum follow_kind kind_of(const struct web_request *rq)
{
	struct str action = apply_kept_of(rq).action;
	bool complaint = str_equal_c(action, "complain") ||
			 str_equal(rq->path, STR("/request/progress/complain"));

	return complaint ? FOLLOW_COMPLAINT : FOLLOW_SUGGESTION;
}

bool apply_follow_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_follow_view v = { .form = web_form_state(rq), .kind = kind_of(rq) };
	struct apply_kept kept = apply_kept_of(rq);
	struct err why = { 0 };
	struct request r;
	bool found;

	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return apply_progress_page(rq, rp, err);
	if (!follow_may(&rq->ctx, &r, v.kind, &why)) {
		if (why.code != ERR_CONFLICT && why.code != ERR_LIMIT) {
			*err = why;
			return false;
		}
		v.why_not = err_text(rq->ctx.arena, rq->ctx.locale, &why);
	}
	v.r = &r;
	v.text = kept.text;
	v.ground = kept.ground;
	for (int g = GROUND_NONE + 1; g < FOLLOW_GROUNDS; g++)
		v.grounds[g - 1] =
			(struct choice){ .value = follow_ground_code((enum follow_ground)g),
					 .label = follow_ground_label((enum follow_ground)g) };
	struct page page = { .title = follow_kind_label(v.kind), .errors = v.form.errors_count };
	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_follow_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_follow_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum follow_kind kind = kind_of(rq);
	struct follow_new in = { .kind = kind,
				 .text = web_text(rq, "text"),
				 .form_id = rq->form_id };
	struct follow_id id;
	struct request r;
	bool found;

	if (!apply_entered(rq, &r, &found, err))
		return false;
	if (!found)
		return apply_enter_again(rq, rp, err);
	rq->ctx.actor.name = STR("申请人");
	in.request = r.id;
	if (kind == FOLLOW_COMPLAINT)
		(void)follow_ground_from(web_text(rq, "ground"), &in.ground);
	struct err why = { 0 };
	if (!follow_send(&rq->ctx, &in, &id, &why))
		return apply_refused(rq, rp, &why, apply_follow_page, err);
	return web_redirect(rp, STR("/request/progress"),
			    kind == FOLLOW_COMPLAINT ? "follow.complained" : "follow.suggested");
}
