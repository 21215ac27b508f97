/* apply_panel_pages.c - a section of the case page. */
#include "apply/apply_panel.h"

#include "account/permission.h"
#include "apply/answer_view.h"
#include "apply_html.h"
#include "request/request_pages.h"

bool apply_panel(struct web_request *rq, struct html *h, const struct request *r, struct err *err)
{
	struct apply_panel_view v = { .r = r };
	struct err why = { 0 };
	struct follow *follows;
	struct answer answer;

	if (!answer_of(&rq->ctx, r->id, &answer, &v.has_answer, err) ||
	    !follow_list_of(&rq->ctx, r->id, &follows, &v.follows_count, err))
		return false;
	v.follows = follows;
	v.may_see_complaints = web_may(rq, PERM_SUPERVISE);
	for (size_t i = 0; i < v.follows_count; i++)
		v.shown += follows[i].kind == FOLLOW_SUGGESTION || v.may_see_complaints ? 1 : 0;
	v.answer = &answer;
	v.may_hand_out = web_may(rq, PERM_REQUEST_WRITE) && request_is_own(rq, r);
	v.may_publish = web_may(rq, PERM_REQUEST_WRITE) && answer_may(&rq->ctx, r, &why);
	if (why.code != ERR_NONE && why.code != ERR_FORBIDDEN && why.code != ERR_CONFLICT) {
		*err = why;
		return false;
	}
	apply_panel_html(h, &v);
	return true;
}
