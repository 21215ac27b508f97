/*
 * notice_pages.c - what has left, what waits, what failed; once more for what failed.
 */
#include "delivery/delivery.h"
#include "identity/identity.h"
#include "mailroom/mailroom_view.h"
#include "mailroom_html.h"
#include "reply/reply_mail.h"

enum { NOTICE_ROWS = 50 };

enum tag_colour notice_colour(enum notice_state state)
{
	switch (state) {
	case NOTICE_WAITING: return TAG_YELLOW;
	case NOTICE_SENT: return TAG_GREEN;
	case NOTICE_REFUSED:
	case NOTICE_BOUNCED:
	case NOTICE_GIVEN_UP: return TAG_RED;
	case NOTICE_STATE_COUNT: break;
	}
	return TAG_GREY;
}

static struct str masked(struct arena *a, const struct notice *n)
{
	if (n->to.len == 0)
		return STR("（已删除）");
	return n->way == NOTICE_MAIL ? identity_mask_email(a, n->to) :
				       identity_mask_number(a, n->to);
}

static bool state_asked(const struct web_request *rq, enum notice_state *state)
{
	for (int s = 0; s < NOTICE_STATE_COUNT; s++)
		if (str_equal(web_text(rq, "list"), notice_state_code((enum notice_state)s))) {
			*state = (enum notice_state)s;
			return true;
		}
	return false;
}

static void fill_tabs(struct web_request *rq, bool one, enum notice_state state,
		      struct notice_list_view *v)
{
	struct mail_tab *tabs = ARENA_ARRAY(rq->ctx.arena, NOTICE_STATE_COUNT + 1, struct mail_tab);

	tabs[0] = (struct mail_tab){ .label = STR("全部"), .href = STR("/desk/notices"),
				     .current = !one };
	for (int s = 0; s < NOTICE_STATE_COUNT; s++) {
		struct str code = notice_state_code((enum notice_state)s);
		tabs[s + 1] = (struct mail_tab){ .label = notice_state_label((enum notice_state)s),
						 .href = str_format(rq->ctx.arena,
								    "/desk/notices?list=" STR_FMT,
								    STR_ARG(code)),
						 .current = one && s == (int)state };
	}
	v->tabs = tabs;
	v->tabs_count = NOTICE_STATE_COUNT + 1;
}

static bool is_failed(const struct notice *n)
{
	return n->state != NOTICE_WAITING && n->state != NOTICE_SENT && !n->resent_as.known &&
	       !n->erased_at.known;
}

static void fill_rows(struct web_request *rq, const struct notice *list,
		      struct notice_list_view *v)
{
	struct notice_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct notice_row);

	for (size_t i = 0; i < v->count; i++) {
		const struct notice *n = &list[i];
		rows[i] = (struct notice_row){ .n = n,
					       .to = masked(rq->ctx.arena, n),
					       .colour = notice_colour(n->state) };
		rows[i].may_resend = is_failed(n) && n->unit.n == rq->ctx.actor.unit_id &&
				     web_may(rq, PERM_REQUEST_WRITE);
		if (str_equal_c(n->subject_kind, "request"))
			rows[i].case_href = str_format(rq->ctx.arena, "/desk/requests/%lld",
						       (long long)n->subject_id);
	}
	v->rows = rows;
}

static bool load(struct web_request *rq, struct notice_list_view *v, struct notice **list,
		 struct err *err)
{
	enum notice_state state = NOTICE_WAITING;
	bool one = state_asked(rq, &state);
	struct opt_int unit = request_scope(rq);
	int64_t before = web_int(rq, "before", 0);

	fill_tabs(rq, one, state, v);
	v->title = one ? notice_state_label(state) : STR("全部");
	if (one ? !notice_list_state(&rq->ctx, state, unit, before, NOTICE_ROWS, list, &v->count,
				     err) :
		  !notice_list(&rq->ctx, unit, before, NOTICE_ROWS, list, &v->count, err))
		return false;
	fill_rows(rq, *list, v);
	if (v->count == NOTICE_ROWS)
		v->pager.next_href = str_format(rq->ctx.arena,
						"/desk/notices?list=" STR_FMT "&before=%lld",
						STR_ARG(web_text(rq, "list")),
						(long long)(*list)[v->count - 1].id.n);
	return true;
}

bool notice_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct notice_list_view v = { .form = web_form_state(rq) };
	struct notice *list;

	if (!load(rq, &v, &list, err))
		return false;
	struct page page = { .title = STR("发出的通知"), .json = STR("/desk/notices.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	notice_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *text(struct str s)
{
	return json_stringn(s.ptr, s.len);
}

bool notice_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct notice_list_view v = { .count = 0 };
	struct notice *list;

	if (!load(rq, &v, &list, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++) {
		const struct notice *n = &list[i];
		struct arena *a = rq->ctx.arena;
		json_t *one = json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:I, s:o}", "id",
					(json_int_t)n->id.n, "way",
					n->way == NOTICE_MAIL ? "mail" : "sms", "state",
					text(notice_state_code(n->state)), "why", text(n->why),
					"to", text(v.rows[i].to), "written_at",
					text(instant_iso(a, n->created_at)), "attempts",
					(json_int_t)n->attempts, "answer", text(n->answer));
		json_object_set_new(one, "request",
				    v.rows[i].case_href.len > 0 ? json_integer(n->subject_id) :
								  json_null());
		json_array_append_new(items, one);
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

bool notice_resend_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct notice_id id, again;
	struct notice n;
	bool serves, delivers;

	if (!web_param_int(rq, "id", &id.n))
		return err_set(err, ERR_NOT_FOUND, "notice.none", "?");
	if (!notice_find(&rq->ctx, id, &n, err))
		return false;
	if (n.unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_NOT_FOUND, "notice.none", "%lld", (long long)id.n);
	if (!reply_carries(&rq->ctx, id, &serves, err) ||
	    !delivery_carries(&rq->ctx, id, &delivers, err))
		return false;
	if (serves || delivers)
		return err_set(err, ERR_CONFLICT, "mailroom.serve_again", "%lld", (long long)id.n);
	return notice_resend(&rq->ctx, id, &again, err) &&
	       web_redirect(rp, STR("/desk/notices"), "mailroom.resent");
}
