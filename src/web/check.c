/*
 * check.c - what a request must pass before a handler sees it: identity,
 * permission, origin, body, token, fields. In this order, and each for every
 * route, because the order is here and not in handlers.
 */
#include "base/limits.h"
#include "web/exchange.h"
#include "web/multipart.h"

#include <assert.h>

enum { SESSION_TOKEN_MAX = 200 };

/* ---- who */

static struct str presented_token(struct exchange *x)
{
	struct str token = STR_NONE, bearer = x->head.header[HEADER_AUTHORIZATION];

	if (x->rq.route != NULL && (x->rq.route->flags & ROUTE_API) != 0 &&
	    str_take_str(&bearer, STR("Bearer ")))
		token = bearer;
	else
		(void)cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.session,
				  &token);
	return token.len <= SESSION_TOKEN_MAX ? token : STR_NONE;
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
	if (x->rq.session_token.len == 0 || config->identify == NULL)
		return true;
	if (!config->identify(&x->rq.ctx, x->rq.session_token, &identity, &x->err))
		return false;
	if (!identity.known)
		return true;
	x->known = true;
	x->rq.ctx.actor = identity.actor;
	x->csrf_seed = identity.csrf_seed;
	x->rq.csrf = csrf_token_for(x->arena, config->secret, true, identity.csrf_seed);
	return true;
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

bool exchange_permit(struct exchange *x)
{
	unsigned permission = x->rq.route->permission;

	if (web_may(&x->rq, permission))
		return true;
	if (x->known)
		return err_set(&x->err, ERR_FORBIDDEN, "web.forbidden", " ");
	if (!x->rq.wants_json)
		return send_to_sign_in(x);
	x->rp.status = 401;
	web_header(&x->rp, "WWW-Authenticate", STR("Bearer"));
	return err_set(&x->err, ERR_FORBIDDEN, "web.sign_in_first", " ");
}

/* ---- what was sent */

bool exchange_read_query(struct exchange *x)
{
	struct pairs pairs = { .count = 0 };

	if (x->head.query.len > 0)
		pairs = pairs_open(x->arena);
	if (!pairs_from_query(x->arena, x->head.query, &pairs, &x->err))
		return false;
	x->query = field_check(x->arena, x->rq.route->query, &pairs, x->rq.ctx.locale, &x->errors);
	return true;
}

static bool unsupported(struct exchange *x)
{
	x->rp.status = 415;
	return err_set(&x->err, ERR_INVALID, "web.unsupported_type", " ");
}

static bool read_body(struct exchange *x, struct pairs *pairs, bool *is_json)
{
	struct str type = x->head.header[HEADER_CONTENT_TYPE], boundary;
	unsigned flags = x->rq.route->flags;

	*is_json = false;
	if (x->body.len == 0 && type.len == 0)
		return true;
	if (media_type_is(type, STR("application/x-www-form-urlencoded")))
		return pairs_from_query(x->arena, x->body, pairs, &x->err);
	if ((flags & ROUTE_API) != 0 && media_type_is(type, STR("application/json"))) {
		*is_json = true;
		return pairs_from_json(x->arena, x->body, pairs, &x->err);
	}
	if ((flags & ROUTE_UPLOAD) == 0 || !multipart_boundary(type, &boundary))
		return unsupported(x);
	struct multipart *m = multipart_open(x->arena, boundary, LIMIT_UPLOAD, pairs);
	return multipart_feed(m, x->body, &x->err) && multipart_end(m, &x->err);
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
 * A bearer token is in no browser's hands, and neither is a JSON body without any cookie of ours:
 * another site's page can send neither. Everything else needs the token.
 */
static bool needs_token(const struct exchange *x, bool is_json)
{
	struct str ignored;

	if ((x->rq.route->flags & ROUTE_API) == 0)
		return true;
	if (cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.session, &ignored))
		return true;
	return !(x->rq.session_token.len > 0 || is_json);
}

static bool hex_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
			return false;
	return s.len == 32;
}

bool exchange_read_form(struct exchange *x)
{
	struct pairs pairs = pairs_open(x->arena);
	bool is_json;

	assert(x->rq.route->form != NULL);
	if (!csrf_origin_good(&x->head))
		return err_set(&x->err, ERR_FORBIDDEN, "web.foreign_form", " ");
	if (!read_body(x, &pairs, &is_json))
		return false;
	struct str token = x->head.header[HEADER_CSRF_TOKEN];
	if (token.len == 0)
		token = pair_text(&pairs, STR("_csrf"));
	if (needs_token(x, is_json) && !csrf_token_good(x, token))
		return err_set(&x->err, ERR_FORBIDDEN, "web.stale_form", " ");
	struct str id = pair_text(&pairs, STR("_form"));
	x->rq.form_id = hex_id(id) ? id : STR_NONE;
	x->form = field_check(x->arena, x->rq.route->form, &pairs, x->rq.ctx.locale, &x->errors);
	return true;
}
