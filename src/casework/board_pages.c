/* board_pages.c - the supervisor's board: every figure opens its list. */
#include "casework/board_json.h"
#include "casework/board_view.h"
#include "casework_html.h"
#include "request/request_pages.h"

bool casework_board_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct board_view v = { .form = web_form_state(rq) };
	int year = (int)web_int(rq, "year", date_year(rq->ctx.today));

	if (v.form.errors_count > 0)
		year = date_year(rq->ctx.today);
	if (!board_load(&rq->ctx, year, &v.board, err))
		return false;
	v.year = str_format(rq->ctx.arena, "%d", year);
	struct page page = { .title = STR("各单位办理情况"),
			     .errors = v.form.errors_count,
			     .json = str_format(rq->ctx.arena, "/desk/board.json?year=%d", year) };
	if (v.form.errors_count > 0)
		web_status(rp, 422);
	struct html *h = web_page_begin(rq, rp, &page);
	board_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool casework_board_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int year = (int)web_int(rq, "year", date_year(rq->ctx.today));
	struct board b;

	return list_filter_good(rq, err) && board_load(&rq->ctx, year, &b, err) &&
	       web_json(rp, board_as_json(rq->ctx.arena, &b));
}
