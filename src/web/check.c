/*
 * check.c - what a request must pass before a handler sees it: identity,
 * permission, origin, body, token, fields. In this order, and each for every
 * route, because the order is here and not in handlers.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "db/writer.h"
#include "web/exchange.h"
#include "web/bucket.h"
#include "web/multipart.h"
#include "web/once.h"

#include <assert.h>

enum { SESSION_TOKEN_MAX = 200, TOUCH_ARENA = 1024 * 1024 };

/* ---- who */

static struct str presented_token(struct exchange *x)
{
	struct str token = STR_NONE, bearer = x->head.header[HEADER_AUTHORIZATION];

	/* Who shows a token is a program; a cookie it may carry too is not looked at. */
	x->by_bearer = header_bearer(&bearer);
	if (x->by_bearer)
		token = bearer;
	else
		(void)cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.session,
				  &token);
	return token.len <= SESSION_TOKEN_MAX ? token : STR_NONE;
}

/* A program that shows a token means it: its token is good, or it is told, on public pages too. */
static bool bad_bearer(struct exchange *x)
{
	x->rp.status = 401;
	web_header(&x->rp, "WWW-Authenticate", STR("Bearer error=\"invalid_token\""));
	return err_set(&x->err, ERR_FORBIDDEN, "web.bad_token", " ");
}

/* ---- the use of a session, noted by a write of its own that nobody waits for */

struct touching { struct arena *arena; const struct web_config *config; struct str token; };

static bool touch_run(struct db *db, void *arg, struct err *err)
{
	const struct touching *t = arg;
	struct ctx ctx = { .arena = t->arena, .db = db };

	ctx_set_time(&ctx, t->config->now());
	return t->config->touch(&ctx, t->token, err);
}

static void touch_done(void *arg, bool ok, const struct err *err)
{
	struct touching *t = arg;

	if (!ok)
		log_write(LOG_WARN, "web.not_touched", "%s", err->key);
	arena_close(t->arena);
}

static void touch_session(struct exchange *x)
{
	struct arena *a = arena_open(TOUCH_ARENA);
	struct touching *t = ARENA_NEW(a, struct touching);
	struct write_job job = { .run = touch_run, .done = touch_done, .arg = t };
	struct err ignored = { .code = ERR_NONE };

	*t = (struct touching){ a, &x->server->config, str_copy(a, x->rq.session_token) };
	if (!writer_submit(x->server->config.writer, &job, &ignored))
		arena_close(a); /* the queue is full: the next request tries again */
}

bool exchange_identify(struct exchange *x)
{
	const struct web_config *config = &x->server->config;
	struct web_identity identity = { .known = false };

	x->identified = true;
	x->rq.ctx.actor = (struct actor){
		.permissions = UINT64_C(1) << config->public_permission,
		.role = STR("public"), .name = STR_NONE };
	x->rq.session_token = presented_token(x);
	if (config->identify == NULL || (x->rq.session_token.len == 0 && !x->by_bearer))
		return true;
	if (x->rq.session_token.len > 0 &&
	    !config->identify(&x->rq.ctx, x->by_bearer ? TOKEN_BEARER : TOKEN_COOKIE,
			      x->rq.session_token, &identity, &x->err))
		return false;
	if (!identity.known)
		return !x->by_bearer || bad_bearer(x);
	x->known = true;
	x->rq.by_token = x->by_bearer;
	x->rq.ctx.actor = identity.actor;
	if (identity.to_touch && config->touch != NULL)
		touch_session(x);
	x->csrf_seed = identity.csrf_seed;
	x->rq.csrf = csrf_token_for(x->arena, config->secret, true, identity.csrf_seed);
	return true;
}

/* ---- the body of a form */

static bool unsupported(struct exchange *x)
{
	x->rp.status = 415;
	return err_set(&x->err, ERR_INVALID, "web.unsupported_type", " ");
}

static bool read_body(struct exchange *x, struct pairs *pairs, bool *is_json)
{
	struct str type = x->head.header[HEADER_CONTENT_TYPE], boundary;

	*is_json = false;
	if (x->body.len == 0 && type.len == 0)
		return true;
	if (media_type_is(type, STR("application/x-www-form-urlencoded")))
		return pairs_from_query(x->arena, x->body, pairs, &x->err);
	if (media_type_is(type, STR("application/json"))) {
		*is_json = true;
		return pairs_from_json(x->arena, x->body, pairs, &x->err);
	}
	if ((x->rq.route->flags & ROUTE_UPLOAD) == 0 || !multipart_boundary(type, &boundary))
		return unsupported(x);
	struct multipart *m = multipart_open(x->arena, boundary, LIMIT_UPLOAD, pairs);
	return multipart_feed(m, x->body, &x->err) && multipart_end(m, &x->err);
}

/* ---- may he; false with an error, or with a finished reply */

static bool send_to_sign_in(struct exchange *x)
{
	struct str to = STR("/sign-in"), here = x->head.path;

	if (x->rq.method == METHOD_GET) {
		if (x->head.query.len > 0)
			here = str_format(x->arena, STR_FMT "?" STR_FMT, STR_ARG(here),
					  STR_ARG(x->head.query));
		to = str_format(x->arena, "/sign-in?next=" STR_FMT,
				STR_ARG(percent_encode(x->arena, here)));
	}
	web_redirect(&x->rp, to, NULL);
	return false;
}

static bool asks_for_password(const struct field *form)
{
	for (; form != NULL && form->name != NULL; form++)
		if (form->kind == FIELD_PASSWORD)
			return true;
	return false;
}

/* A session that ended while its officer was typing: the words are kept on the answer's page. */
static bool signed_out(struct exchange *x)
{
	struct pairs pairs;
	bool is_json;

	if (x->rq.method == METHOD_GET || x->rq.route->form == NULL || x->body.len == 0 ||
	    asks_for_password(x->rq.route->form) || !csrf_origin_good(&x->head))
		return send_to_sign_in(x);
	pairs = pairs_open(x->arena);
	if (!read_body(x, &pairs, &is_json)) { /* of no form of ours: nothing to keep */
		x->err = (struct err){ .code = ERR_NONE };
		return send_to_sign_in(x);
	}
	(void)page_signed_out(x, &pairs);
	return false;
}

bool exchange_permit(struct exchange *x)
{
	unsigned permission = x->rq.route->permission;

	if (web_may(&x->rq, permission))
		return true;
	if (x->known)
		return err_set(&x->err, ERR_FORBIDDEN, "web.forbidden", " ");
	if (!x->rq.wants_json && !x->by_bearer)
		return signed_out(x);
	x->rp.status = 401;
	web_header(&x->rp, "WWW-Authenticate", STR("Bearer"));
	return err_set(&x->err, ERR_FORBIDDEN, "web.sign_in_first", " ");
}

/* ---- not too often; false with an error */

/*
 * A person's form on a page of its own: what cannot be taken now is shown again with what was
 * typed, so that nobody has to write it a second time. Nothing is written.
 */
static bool may_show_again(const struct exchange *x)
{
	return x->rq.method == METHOD_POST && !x->rq.wants_json && x->pair != NULL &&
	       x->pair->get != NULL && web_may(&x->rq, x->pair->get->permission);
}

bool exchange_spare(struct exchange *x)
{
	unsigned costly = ROUTE_COSTLY | ROUTE_SLOW | ROUTE_KEEPS_NOTHING, wait_s;

	if (x->server->buckets == NULL || x->known || (x->rq.route->flags & costly) == 0)
		return true;
	wait_s = bucket_take(x->server->buckets, x->rq.remote, clock_monotonic_ms());
	if (wait_s == 0)
		return true;
	x->wait_s = wait_s;
	if ((x->rq.route->flags & costly) == ROUTE_COSTLY && may_show_again(x)) {
		x->shown_again = 429; /* once it has been read */
		return true;
	}
	x->rp.status = 429;
	web_header(&x->rp, "Retry-After", str_format(x->arena, "%u", wait_s));
	return err_set(&x->err, ERR_LIMIT, "web.too_often", "%u", wait_s);
}

/* ---- what was sent */

/* A token in an address stands in logs, histories and Referer: it is refused, not obeyed. */
static bool token_in_query(const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (str_equal_c(pairs->at[i].name, "access_token"))
			return true;
	return false;
}

static bool read_query(struct exchange *x, struct pairs *pairs)
{
	*pairs = (struct pairs){ .count = 0 };
	if (x->head.query.len == 0)
		return true;
	*pairs = pairs_open(x->arena);
	if (!pairs_from_query(x->arena, x->head.query, pairs, &x->err))
		return false;
	return !token_in_query(pairs) ||
	       err_set(&x->err, ERR_INVALID, "web.token_in_address", " ");
}

bool exchange_read_query(struct exchange *x)
{
	struct pairs pairs;

	if (!read_query(x, &pairs))
		return false;
	x->query = field_check(x->arena, x->rq.route->query, &pairs, x->rq.ctx.locale, &x->errors);
	return true;
}

static struct str pair_text(const struct pairs *pairs, struct str name)
{
	struct str text = STR_NONE;
	int times = 0;

	for (size_t i = 0; i < pairs->count; i++)
		if (str_equal(pairs->at[i].name, name) && !pairs->at[i].is_file) {
			text = pairs->at[i].value;
			times++;
		}
	return times == 1 ? text : STR_NONE;
}

/*
 * Another site's page can make a browser send neither a bearer token nor, without asking us first
 * (which we answer with 501), JSON or an Idempotency-Key. Where a session's cookie comes along the
 * token is needed all the same.
 */
static bool needs_token(const struct exchange *x, bool is_json)
{
	struct str ignored;

	if (x->by_bearer)
		return false;
	if (cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.session, &ignored))
		return true;
	return !is_json && x->head.header[HEADER_IDEMPOTENCY_KEY].len == 0;
}

static bool hex_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
			return false;
	return s.len == 32;
}

/* The one thing that is wrong, and what to do; at the first field, where the eye begins. */
static void show_again(struct exchange *x)
{
	const char *first = x->rq.route->form[0].name != NULL ? x->rq.route->form[0].name : "main";
	enum locale locale = x->rq.ctx.locale;
	struct str wait = str_format(x->arena, "%u", x->wait_s);
	struct str why = x->shown_again == 429 ?
				 message_text(x->arena, locale, "web.form_too_often", wait) :
				 message_text(x->arena, locale, "web.form_kept", STR_NONE);

	x->errors.count = 0;
	field_error_add(x->arena, &x->errors, first, why);
}

bool exchange_read_form(struct exchange *x)
{
	struct pairs pairs, asked;
	bool is_json;

	assert(x->rq.route->form != NULL);
	if (!read_query(x, &asked)) /* a form is not in the address, a token must not be */
		return false;
	pairs = pairs_open(x->arena);
	if (!csrf_origin_good(&x->head))
		return err_set(&x->err, ERR_FORBIDDEN, "web.foreign_form", " ");
	if (!read_body(x, &pairs, &is_json) || !machine_if_match(x, &pairs))
		return false;
	struct str token = x->head.header[HEADER_CSRF_TOKEN];
	if (token.len == 0)
		token = pair_text(&pairs, STR("_csrf"));
	if (needs_token(x, is_json) && !csrf_token_good(x, token)) {
		if (is_json || !may_show_again(x))
			return err_set(&x->err, ERR_FORBIDDEN, "web.stale_form", " ");
		x->shown_again = 403;
	}
	struct str id = pair_text(&pairs, STR("_form"));
	x->rq.form_id = hex_id(id) ? id : STR_NONE;
	x->form = field_check(x->arena, x->rq.route->form, &pairs, x->rq.ctx.locale, &x->errors);
	if (x->shown_again != 0) {
		show_again(x);
		return true;
	}
	if (is_json)
		machine_unknown_fields(x, &pairs);
	return once_open(x, &pairs);
}
