/*
 * notice_pages.c - what has left, what waits, what failed; once more for what failed.
 */
#include "base/json.h"
#include "delivery/delivery.h"
#include "identity/identity.h"
#include "mailroom/mailroom_view.h"
#include "mailroom_html.h"
#include "notice/post.h"
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
	struct list_tab *tabs = ARENA_ARRAY(rq->ctx.arena, NOTICE_STATE_COUNT + 1, struct list_tab);

	tabs[0] = (struct list_tab){ .label = STR("全部"),
				     .href = list_href_with(rq, "list", STR_NONE),
				     .current = !one };
	for (int s = 0; s < NOTICE_STATE_COUNT; s++) {
		struct str code = notice_state_code((enum notice_state)s);
		tabs[s + 1] = (struct list_tab){ .label = notice_state_label((enum notice_state)s),
						 .href = list_href_with(rq, "list", code),
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

struct whose { bool one; enum notice_state state; struct opt_int unit; };

static struct whose whose_of(const struct web_request *rq)
{
	struct whose w = { .state = NOTICE_WAITING, .unit = request_scope(rq) };

	w.one = state_asked(rq, &w.state);
	return w;
}

static bool read_page(struct ctx *ctx, const struct whose *w, int64_t before, size_t max,
		      struct notice **list, size_t *count, struct str *next, struct err *err)
{
	if (w->one ? !notice_list_state(ctx, w->state, w->unit, before, max, list, count, err) :
		     !notice_list(ctx, w->unit, before, max, list, count, err))
		return false;
	*next = *count > 0 ? list_next_id(ctx->arena, *count, max, (*list)[*count - 1].id.n) :
			     STR_NONE;
	return true;
}

static bool load(struct web_request *rq, struct notice_list_view *v, struct notice **list,
		 struct err *err)
{
	struct whose w = whose_of(rq);

	if (!list_filter_good(rq, err) || !read_page(&rq->ctx, &w, list_place_id(rq), NOTICE_ROWS,
						     list, &v->count, &v->next, err))
		return false;
	fill_tabs(rq, w.one, w.state, v);
	v->title = w.one ? notice_state_label(w.state) : STR("全部");
	fill_rows(rq, *list, v);
	v->foot = list_foot(rq, v->count, (struct opt_int){ .known = false }, 0, v->next,
			    LIST_WITH_FILES);
	return true;
}

bool notice_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct notice_list_view v = { .form = web_form_state(rq) };
	struct notice *list;
	bool leaves;

	if (!load(rq, &v, &list, err) || !post_mail_leaves(&rq->ctx, &leaves, err))
		return false;
	v.mail_stays = !leaves;
	struct page page = { .title = STR("发出的通知"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	notice_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
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
		json_t *one = json_pack(
			"{s:I, s:s, s:o, s:o, s:o, s:o, s:I, s:o}", "id", (json_int_t)n->id.n,
			"way", n->way == NOTICE_MAIL ? "mail" : "sms", "state",
			json_text(notice_state_code(n->state)), "why", json_text(n->why), "to",
			json_text(v.rows[i].to), "written_at",
			json_text(instant_iso(a, n->created_at)), "attempts",
			(json_int_t)n->attempts, "answer", json_text(n->answer));
		json_object_set_new(one, "request",
				    v.rows[i].case_href.len > 0 ? json_integer(n->subject_id) :
								  json_null());
		json_array_append_new(items, one);
	}
	return web_json(rp, list_as_json(rq, items, v.next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	struct notice *list;
	size_t count;

	if (!read_page(ctx, arg, list_id(place), LIST_FILE_ROWS, &list, &count, next, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct notice *n = &list[i];
		const struct str cells[] = {
			instant_minute(ctx->arena, n->created_at),
			n->way == NOTICE_MAIL ? STR("邮件") : STR("短信"),
			n->why,
			masked(ctx->arena, n),
			notice_state_label(n->state),
			str_format(ctx->arena, "%lld", (long long)n->attempts),
			n->answer,
		};
		if (!list_row(w, cells, err))
			return false;
	}
	return true;
}

bool notice_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("时间"),  STR_INIT("方式"), STR_INIT("事由"),
					    STR_INIT("收件人"), STR_INIT("状态"), STR_INIT("次数"),
					    STR_INIT("对方的答复") };
	struct whose w = whose_of(rq);
	const struct list_file file = { STR("发出的通知"), heads, COUNT_OF(heads), give_page, &w };

	return list_send(rq, rp, &file, err);
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
