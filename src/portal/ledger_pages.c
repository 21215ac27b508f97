/*
 * ledger_pages.c - the ledger, newest first, and its verification on screen.
 */
#include "portal/ledger_pages.h"

#include "base/limits.h"
#include "portal/ledger_view.h"
#include "portal/ledger_words.h"
#include "portal_html.h"

static bool read_page(struct web_request *rq, struct ledger_view *view, struct err *err)
{
	struct ledger_row *rows;

	if (!list_filter_good(rq, err) ||
	    !ledger_recent(&rq->ctx, list_place_id(rq), LIMIT_ROWS_PER_PAGE, &rows, &view->count,
			   err))
		return false;
	view->rows = rows;
	if (view->count > 0)
		view->next = list_next_id(rq->ctx.arena, view->count, LIMIT_ROWS_PER_PAGE,
					  rows[view->count - 1].seq);
	/* Numbered without a gap: the first on the first page says how many there are. */
	struct opt_int all = { view->count > 0 && list_place_id(rq) == 0,
			       view->count > 0 ? rows[0].seq : 0 };
	view->foot = list_foot(rq, view->count, all, INT64_MAX, view->next, LIST_NO_FILES);
	return true;
}

static bool read_lines(struct web_request *rq, struct ledger_view *view, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct ledger_words words;

	if (!ledger_words_load(&rq->ctx, &words, err))
		return false;
	struct ledger_line *lines = ARENA_ARRAY(a, view->count, struct ledger_line);
	for (size_t i = 0; i < view->count; i++) {
		const struct ledger_row *r = &view->rows[i];
		lines[i] = (struct ledger_line){ .subject = ledger_subject(a, r),
						 .sentence = ledger_sentence(a, &words, r),
						 .row = r };
	}
	view->lines = lines;
	return true;
}

bool ledger_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct ledger_view view = { 0 };

	if (!read_page(rq, &view, err) || !read_lines(rq, &view, err))
		return false;
	struct page page = { .title = STR("操作记录"), .json = list_href(rq, ".json") };
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
	return web_json(rp, list_as_json(rq, items, view.next));
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
