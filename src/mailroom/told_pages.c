/*
 * told_pages.c - how a person of the desk is told: the address, the morning mail, the calendar. And
 * the calendar itself, by its secret address.
 */
#include "base/json.h"
#include "mailroom/mailroom_view.h"
#include "mailroom/reader.h"
#include "mailroom_html.h"

static bool in_person(const struct web_request *rq, struct err *err)
{
	return !rq->by_token || err_set(err, ERR_FORBIDDEN, "account.not_by_token", " ");
}

static struct account_id self(const struct web_request *rq)
{
	return (struct account_id){ rq->ctx.actor.account_id };
}

static void fill_choices(struct web_request *rq, struct told_view *v)
{
	for (int d = 0; d < READER_DIGEST_COUNT; d++)
		v->digests[d] = (struct choice){
			.value = reader_digest_code((enum reader_digest)d),
			.label = reader_digest_label((enum reader_digest)d)
		};
	for (int s = 0; s < FEED_SCOPE_COUNT; s++)
		if (s != FEED_SITE || web_may(rq, PERM_SITE_READ))
			v->scopes[v->scopes_count++] =
				(struct choice){ .value = feed_scope_code((enum feed_scope)s),
						 .label = feed_scope_label((enum feed_scope)s) };
}

static bool draw(struct web_request *rq, struct web_reply *rp, struct str token, struct err *err)
{
	struct told_view v = { .form = web_form_state(rq), .address = STR_NONE };
	struct site site;

	if (!reader_of(&rq->ctx, self(rq), &v.reader, err) || !agency_site(&rq->ctx, &site, err))
		return false;
	fill_choices(rq, &v);
	bool again = rq->method == METHOD_POST && str_equal_c(rq->path, "/desk/told");
	v.email = again ? web_text(rq, "email") : v.reader.email;
	v.digest = again ? web_text(rq, "digest") : reader_digest_code(v.reader.digest);
	v.scope = feed_scope_code(v.reader.scope);
	while (str_ends(site.url, STR("/")))
		site.url.len--;
	if (token.len > 0)
		v.address = str_format(rq->ctx.arena, STR_FMT "/calendar/" STR_FMT ".ics",
				       STR_ARG(site.url), STR_ARG(token));
	struct page page = { .title = STR("我的提醒"), .errors = v.form.errors_count,
			     .json = STR("/desk/told.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	told_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool told_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return draw(rq, rp, STR_NONE, err);
}

bool told_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reader r;

	if (!reader_of(&rq->ctx, self(rq), &r, err))
		return false;
	json_t *out = json_pack("{s:o, s:o, s:b, s:o}", "email", json_text(r.email), "digest",
				json_text(reader_digest_code(r.digest)), "calendar",
				(int)r.has_feed, "scope", json_text(feed_scope_code(r.scope)));
	return web_json(rp, out);
}

bool told_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum reader_digest digest = DIGEST_NEEDED;

	(void)reader_digest_from(web_text(rq, "digest"), &digest); /* the choices are these */
	return in_person(rq, err) &&
	       reader_set(&rq->ctx, self(rq), web_text(rq, "email"), digest, err) &&
	       web_redirect(rp, STR("/desk/told"), "mailroom.told");
}

/* Shown once, as a token is. */
bool feed_open_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum feed_scope scope = FEED_MINE;
	struct str token;

	(void)feed_scope_from(web_text(rq, "scope"), &scope);
	if (!in_person(rq, err))
		return false;
	if (scope == FEED_SITE && !web_may(rq, PERM_SITE_READ))
		return err_set_field(err, "scope", ERR_FORBIDDEN, "mailroom.not_all", " ");
	if (!reader_open_feed(&rq->ctx, self(rq), scope, &token, err))
		return false;
	if (!rq->wants_json)
		return draw(rq, rp, token, err);
	web_status(rp, 201);
	return web_json(rp,
			json_pack("{s:o, s:s}", "path",
				  json_text(str_format(rq->ctx.arena, "/calendar/" STR_FMT ".ics",
						       STR_ARG(token))),
				  "location", "/desk/told"));
}

bool feed_close_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return in_person(rq, err) && reader_close_feed(&rq->ctx, self(rq), err) &&
	       web_redirect(rp, STR("/desk/told"), "mailroom.feed_closed");
}

/*
 * Anonymous: the address is the secret. It is kept in the page cache like a public page, which
 * answers If-None-Match and forgets at every commit, a revocation among them.
 */
bool feed_ics(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct feed_of of;
	struct site site;
	struct str out;
	bool found;

	if (!reader_of_token(&rq->ctx, web_param(rq, "token"), &of, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "mailroom.no_feed", " ");
	if (!agency_site(&rq->ctx, &site, err))
		return false;
	while (str_ends(site.url, STR("/")))
		site.url.len--;
	if (!feed_text(&rq->ctx, &of, site.url, &out, err))
		return false;
	web_header(rp, "Cache-Control", STR("private, max-age=0, must-revalidate"));
	return web_bytes(rp, "text/calendar; charset=utf-8",
			 str_copy(web_reply_arena(rp), out), SHOW_INLINE, STR("deadlines.ics"));
}
