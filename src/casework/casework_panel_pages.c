/* casework_panel_pages.c - the three lists with which a day at the desk begins. */
#include "casework/casework_panel.h"

#include "casework/casework_view.h"
#include "casework_html.h"

enum { ROWS = 5 };

static bool add_queue(struct web_request *rq, struct panel_list *list, enum desk_queue queue,
		      struct opt_int unit, const struct card_days *days, struct err *err)
{
	struct queue_filter f = { .queue = queue,
				  .unit = unit,
				  .person = { rq->ctx.actor.account_id } };
	size_t left = ROWS - list->count, count;
	struct request *found;
	struct str next;

	if (left == 0)
		return true;
	if (!desk_queue_page(&rq->ctx, &f, STR_NONE, left, &found, &count, &next, err))
		return false;
	for (size_t i = 0; i < count; i++)
		list->rows[list->count++] = (struct panel_row){
			.r = &found[i],
			.content = excerpt_of(rq->ctx.arena, found[i].content),
			.card = case_card_of(days, found[i].due),
		};
	return true;
}

static struct panel_list *open_list(struct web_request *rq, struct panel_view *v,
				    struct str title, struct str href, int64_t all)
{
	struct panel_list *list = &v->lists[v->count++];

	*list = (struct panel_list){ .title = title, .href = href, .all = all };
	list->rows = ARENA_ARRAY(rq->ctx.arena, ROWS, struct panel_row);
	return list;
}

bool casework_panel(struct web_request *rq, struct html *h, struct err *err)
{
	bool site = web_may(rq, PERM_SITE_READ);
	struct opt_int unit = { !site, rq->ctx.actor.unit_id };
	struct panel_view v = { .count = 0 };
	struct desk_first_counts counts;
	struct panel_list *list;
	struct card_days days;

	if (!web_may(rq, PERM_REQUEST_READ))
		return true;
	if (!case_card_days(&rq->ctx, &days, err) ||
	    !desk_first_counts(&rq->ctx, unit, (struct account_id){ rq->ctx.actor.account_id },
			       &counts, err))
		return false;
	if (!site) {
		list = open_list(rq, &v, STR("我承办的"), STR("/desk/queue?list=mine"),
				 counts.mine);
		if (!add_queue(rq, list, QUEUE_MINE, unit, &days, err))
			return false;
		list = open_list(rq, &v, STR("本单位待认领"), STR("/desk/queue?list=unclaimed"),
				 counts.unclaimed);
		if (!add_queue(rq, list, QUEUE_UNCLAIMED, unit, &days, err))
			return false;
	}
	list = open_list(rq, &v, STR("已逾期或将到期"), STR("/desk/queue?list=late"),
			 counts.urgent);
	if (!add_queue(rq, list, QUEUE_LATE, unit, &days, err) ||
	    !add_queue(rq, list, QUEUE_YELLOW, unit, &days, err))
		return false;
	desk_panel_html(h, &v);
	return true;
}
