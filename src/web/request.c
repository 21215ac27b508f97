/* request.c - what a handler may ask its request. */
#include "web/exchange.h"

#include "base/rand.h"

#include <assert.h>

struct str web_param(const struct web_request *rq, const char *name)
{
	struct str value = STR_NONE;
	bool declared = router_param(rq->route->path, &exchange_of(rq)->path, str_from_c(name),
				     &value);

	assert(declared);
	return value;
}

bool web_param_int(const struct web_request *rq, const char *name, int64_t *out)
{
	return str_to_i64(web_param(rq, name), out);
}

static bool declares(const struct field *fields, const char *name)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (str_equal_c(str_from_c(name), fields->name))
			return true;
	return false;
}

/* The value of a declared name; NULL if this request has none, because it is of the other row. */
static const struct field_value *value_of(const struct web_request *rq, const char *name)
{
	const struct exchange *x = exchange_of(rq);
	const struct field_value *v = field_find(&x->form, name);

	if (v == NULL)
		v = field_find(&x->query, name);
	if (v == NULL) {
		const struct route *get = x->pair->get, *post = x->pair->post;
		assert((get != NULL && declares(get->query, name)) ||
		       (post != NULL && declares(post->form, name)));
	}
	return v;
}

bool web_has(const struct web_request *rq, const char *name)
{
	return web_count(rq, name) > 0;
}

size_t web_count(const struct web_request *rq, const char *name)
{
	const struct field_value *v = value_of(rq, name);

	return v != NULL ? v->count : 0;
}

struct str web_text_at(const struct web_request *rq, const char *name, size_t index)
{
	const struct field_value *v = value_of(rq, name);

	return v != NULL && index < v->count ? v->text[index] : STR_NONE;
}

struct str web_text(const struct web_request *rq, const char *name)
{
	return web_text_at(rq, name, 0);
}

int64_t web_int(const struct web_request *rq, const char *name, int64_t absent)
{
	const struct field_value *v = value_of(rq, name);

	assert(v == NULL || v->field->kind == FIELD_INT);
	return v != NULL && v->good ? v->number : absent;
}

struct opt_date web_date(const struct web_request *rq, const char *name)
{
	const struct field_value *v = value_of(rq, name);

	assert(v == NULL || v->field->kind == FIELD_DATE);
	return v != NULL && v->good ? (struct opt_date){ true, v->day } :
				      (struct opt_date){ .known = false };
}

bool web_file(const struct web_request *rq, const char *name, struct upload *out)
{
	const struct field_value *v = value_of(rq, name);

	assert(v == NULL || v->field->kind == FIELD_FILE);
	if (v == NULL || !v->good)
		return false;
	*out = (struct upload){ v->file->file_name, v->file->value };
	return true;
}

bool web_may(const struct web_request *rq, unsigned permission)
{
	assert(permission > 0 && permission < 64);
	return permission == exchange_of(rq)->server->config.public_permission ||
	       (rq->ctx.actor.permissions >> permission & 1) != 0;
}

void web_version(struct web_request *rq, int64_t version)
{
	exchange_of(rq)->version_now = (struct opt_int){ true, version };
}

/* ---- forms */

void web_field_error(struct web_request *rq, const char *field, struct str text)
{
	field_error_add(rq->ctx.arena, &exchange_of(rq)->errors, field, text);
}

size_t web_field_errors(const struct web_request *rq)
{
	struct exchange *x = exchange_of(rq);

	x->errors_looked_at = true;
	return x->errors.count;
}

struct form_state web_form_state(struct web_request *rq)
{
	struct exchange *x = exchange_of(rq);
	struct form_state state = { .errors = x->errors.at, .errors_count = x->errors.count };

	x->errors_looked_at = true;
	x->form_made = true;
	state.csrf = csrf_token_of(x);
	/* Sent again after an error, the form is still the same one. */
	state.form_id = rq->form_id.len > 0 ? rq->form_id : random_hex(rq->ctx.arena, 16);
	return state;
}

bool web_form_again(struct web_request *rq, struct web_reply *rp, web_handler *page,
		    struct err *err)
{
	struct exchange *x = exchange_of(rq);

	x->errors_looked_at = true;
	reply_reset(x);
	web_status(rp, 422);
	if (rq->wants_json)
		return page_problem(x, 422, "web.form_wrong", STR_NONE, STR_NONE);
	return page(rq, rp, err);
}
