/* panel_pages.c - the proceedings about a request, on its case page. */
#include "account/permission.h"
#include "dispute/dispute_panel.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"

bool dispute_panel(struct web_request *rq, struct html *h, const struct request *r,
		   struct err *err)
{
	struct dispute_panel_view v = { .request_number = r->number };
	struct dispute *list;

	if (!dispute_of_request(&rq->ctx, r->id, &list, &v.count, err))
		return false;
	v.may_write = web_may(rq, PERM_DISPUTE_WRITE) && request_is_own(rq, r);
	if (v.count == 0 && (!v.may_write || !r->closed_on.known))
		return true;
	struct dispute_row *rows = ARENA_ARRAY(rq->ctx.arena, v.count, struct dispute_row);
	for (size_t i = 0; i < v.count; i++)
		rows[i] = (struct dispute_row){ .d = &list[i],
						.late = dispute_is_late(&list[i], rq->ctx.today) };
	v.rows = rows;
	dispute_panel_html(h, &v);
	return true;
}
