/*
 * ledger_pages.c - the ledger, newest first, and its verification on screen.
 */
#include "portal/ledger_pages.h"

#include "base/limits.h"
#include "portal/ledger_view.h"
#include "portal_html.h"

static bool read_page(struct web_request *rq, struct ledger_view *view, struct err *err)
{
	int64_t before = web_int(rq, "before", 0);
	struct ledger_row *rows;

	if (!ledger_recent(&rq->ctx, before, LIMIT_ROWS_PER_PAGE, &rows, &view->count, err))
		return false;
	view->rows = rows;
	if (view->count > 0 && rows[view->count - 1].seq > 1)
		view->pager.next_href = str_format(rq->ctx.arena, "/desk/ledger?before=%lld",
						   (long long)rows[view->count - 1].seq);
	if (before > 0)
		view->pager.first_href = STR("/desk/ledger");
	return true;
}

bool ledger_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct ledger_view view = { 0 };

	if (!read_page(rq, &view, err))
		return false;
	struct page page = { .title = STR("操作记录"), .json = STR("/desk/ledger.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	ledger_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool ledger_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct ledger_view view = { 0 };

	if (!read_page(rq, &view, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < view.count; i++) {
		const struct ledger_row *r = &view.rows[i];
		json_t *changes = json_loadb(r->changes_json.ptr, r->changes_json.len, 0, NULL);
		json_array_append_new(
			items,
			json_pack("{s:I, s:I, s:I, s:s%, s:s%, s:s%, s:I, s:s%, s:s%, s:o}", "seq",
				  (json_int_t)r->seq, "at", (json_int_t)r->at, "actor_id",
				  (json_int_t)r->actor_id, "actor", r->actor_name.ptr,
				  r->actor_name.len, "role", r->role.ptr, r->role.len, "subject",
				  r->subject_kind.ptr, r->subject_kind.len, "subject_id",
				  (json_int_t)r->subject_id, "verb", r->verb.ptr, r->verb.len,
				  "reason", r->reason.ptr, r->reason.len, "changes",
				  changes != NULL ? changes : json_null()));
	}
	json_t *out = json_pack("{s:o}", "items", items);
	if (view.pager.next_href.len > 0)
		json_object_set_new(
			out, "next",
			json_stringn(view.pager.next_href.ptr, view.pager.next_href.len));
	return web_json(rp, out);
}

bool ledger_verify_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct verify_view view;

	if (!ledger_verify(&rq->ctx, &view.verdict, err))
		return false;
	view.head = digest_hex(rq->ctx.arena, view.verdict.head);
	struct page page = { .title = STR("核对操作记录") };
	struct html *h = web_page_begin(rq, rp, &page);
	ledger_verdict_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}
