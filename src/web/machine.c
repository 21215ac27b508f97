/*
 * machine.c - the twin of every POST for programs: the same row, the same
 * handler, JSON in and out.
 *
 * A handler redirects to what it has made or changed and leaves a sentence; a
 * program gets both as {location, message}. 201 is for what web_created says was
 * made. If-Match is another spelling of the form's field `version`.
 */
#include "base/json.h"
#include "base/limits.h"
#include "web/exchange.h"
#include "web/header.h"
#include "web/pairs.h"

bool machine_speaks(const struct exchange *x)
{
	const struct str *header = x->head.header;
	struct str bearer = header[HEADER_AUTHORIZATION];

	return x->rq.method == METHOD_POST &&
	       (media_type_is(header[HEADER_CONTENT_TYPE], STR("application/json")) ||
		header_asks_json(header[HEADER_ACCEPT]) ||
		header[HEADER_IDEMPOTENCY_KEY].len > 0 || header_bearer(&bearer));
}

/* ---- fields */

static bool declared(const struct field *form, struct str name)
{
	return field_declared(form, name) != NULL || str_equal_c(name, "_csrf") ||
	       str_equal_c(name, "_form");
}

/* A misspelt name in a program would be silence: it is an error of the form. */
void machine_unknown_fields(struct exchange *x, const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		struct str name = pairs->at[i].name;
		if (!declared(x->rq.route->form, name))
			field_error_add(x->arena, &x->errors, str_to_c(x->arena, name),
					message_text(x->arena, x->rq.ctx.locale,
						     "web.field_unknown", STR_NONE));
	}
}

/* "7", strong, one: what our ETag is. */
static bool read_tag(struct str tag, int64_t *version)
{
	if (tag.len < 3 || tag.ptr[0] != '"' || tag.ptr[tag.len - 1] != '"')
		return false;
	return str_to_i64(str_slice(tag, 1, tag.len - 1), version);
}

bool machine_if_match(struct exchange *x, struct pairs *pairs)
{
	struct str tag = x->head.header[HEADER_IF_MATCH];
	int64_t version;

	if (tag.len == 0)
		return true;
	if (!declared(x->rq.route->form, STR("version")))
		return err_set(&x->err, ERR_INVALID, "web.no_version", " ");
	if (!read_tag(tag, &version))
		return err_set(&x->err, ERR_INVALID, "web.bad_if_match", " ");
	for (size_t i = 0; i < pairs->count; i++)
		if (str_equal_c(pairs->at[i].name, "version"))
			return err_set(&x->err, ERR_INVALID, "web.version_twice", " ");
	x->version_asked = (struct opt_int){ true, version };
	struct pair pair = { .name = STR("version"),
			     .value = str_slice(tag, 1, tag.len - 1) };
	return pairs_add(pairs, pair, &x->err);
}

/* ---- the answer */

static bool answer_with(struct exchange *x, struct str location, struct str message)
{
	json_t *value = json_object();

	if (location.len > 0)
		json_object_set_new(value, "location", json_text(location));
	if (message.len > 0)
		json_object_set_new(value, "message", json_text(message));
	if (x->version_now.known)
		json_object_set_new(value, "version", json_integer(x->version_now.v));
	x->rp.content_type = STR_NONE;
	return web_json(&x->rp, value);
}

static bool answer_redirect(struct exchange *x)
{
	struct web_reply *rp = &x->rp;
	struct str location = rp->location, message = STR_NONE;

	if (rp->flash_key != NULL)
		message = message_text(x->arena, x->rq.ctx.locale, rp->flash_key, STR_NONE);
	rp->status = rp->created ? 201 : 200;
	if (!rp->created)
		rp->location = STR_NONE; /* of 200 it would say nothing */
	rp->flash_key = NULL;
	return answer_with(x, location, message);
}

static bool answer_page(struct exchange *x)
{
	struct str title = x->rp.title;

	x->rp.page = (struct buf){ .ptr = NULL };
	if (x->rp.status >= 400)
		return page_problem(x, x->rp.status, NULL, title, STR_NONE);
	return answer_with(x, STR_NONE, title);
}

bool machine_answer(struct exchange *x, struct err *err)
{
	bool ok = true;

	if (!x->rq.wants_json || x->rq.method != METHOD_POST)
		return true;
	if (x->rp.status == 303)
		ok = answer_redirect(x);
	else if (x->rp.page.ptr != NULL)
		ok = answer_page(x);
	if (!ok)
		*err = x->err; /* web_json sets it there */
	return ok;
}
