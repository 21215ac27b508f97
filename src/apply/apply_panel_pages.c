/* apply_panel_pages.c - a section of the case page. */
#include "apply/apply_panel.h"

#include "account/permission.h"
#include "apply/answer_view.h"
#include "apply_html.h"

bool apply_panel(struct web_request *rq, struct html *h, const struct request *r, struct err *err)
{
	struct apply_panel_view v = { .r = r };
	struct err why = { 0 };
	struct answer answer;

	if (!answer_of(&rq->ctx, r->id, &answer, &v.has_answer, err))
		return false;
	v.answer = &answer;
	v.may_publish = web_may(rq, PERM_REQUEST_WRITE) && answer_may(&rq->ctx, r, &why);
	if (why.code != ERR_NONE && why.code != ERR_FORBIDDEN && why.code != ERR_CONFLICT) {
		*err = why;
		return false;
	}
	apply_panel_html(h, &v);
	return true;
}
