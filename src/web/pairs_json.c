/*
 * pairs_json.c - a JSON body read as a form.
 *
 * jansson reads it; its recursion and its hash tables are bounded beforehand by
 * the body's size limit and by the depth checked here.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "web/pairs.h"

#include <inttypes.h>
#include <jansson.h>

enum { JSON_DEPTH_MAX = 8 };

static bool bad(struct err *err)
{
	return err_set(err, ERR_INVALID, "web.bad_json", " ");
}

static bool too_deep(struct str body)
{
	bool in_text = false;
	int depth = 0;

	for (size_t i = 0; i < body.len; i++) {
		char c = body.ptr[i];
		if (in_text && c == '\\') {
			i++;
			continue;
		}
		if (c == '"')
			in_text = !in_text;
		if (in_text)
			continue;
		if ((c == '{' || c == '[') && ++depth > JSON_DEPTH_MAX)
			return true;
		if (c == '}' || c == ']')
			depth--;
	}
	return false;
}

static bool add_scalar(struct arena *a, struct str name, const json_t *value, struct pairs *p,
		       struct err *err)
{
	struct pair pair = { .name = name };

	switch (json_typeof(value)) {
	case JSON_NULL:
	case JSON_FALSE:
		return true;
	case JSON_TRUE:
		pair.value = STR("1");
		break;
	case JSON_INTEGER:
		pair.value = str_format(a, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_STRING:
		pair.value = str_copy(a, (struct str){ json_string_value(value),
						       json_string_length(value) });
		if (!utf8_valid_text(pair.value))
			return bad(err);
		break;
	case JSON_REAL:
	case JSON_OBJECT:
	case JSON_ARRAY:
		return bad(err);
	}
	if (pair.value.len > LIMIT_FIELD_BYTES)
		return err_set(err, ERR_LIMIT, "web.field_too_long", "%d", LIMIT_FIELD_BYTES);
	return pairs_add(p, pair, err);
}

static bool add_member(struct arena *a, const char *key, const json_t *value, struct pairs *p,
		       struct err *err)
{
	struct str name = str_copy(a, str_from_c(key));

	if (name.len == 0 || !utf8_valid_text(name))
		return bad(err);
	if (!json_is_array(value))
		return add_scalar(a, name, value, p, err);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!add_scalar(a, name, json_array_get(value, i), p, err))
			return false;
	return true;
}

bool pairs_from_json(struct arena *a, struct str body, struct pairs *p, struct err *err)
{
	const char *key;
	json_t *value;
	bool ok = true;

	if (too_deep(body))
		return bad(err);
	json_t *root = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(root)) {
		json_decref(root);
		return bad(err);
	}
	json_object_foreach(root, key, value) {
		if (ok)
			ok = add_member(a, key, value, p, err);
	}
	json_decref(root);
	return ok;
}
