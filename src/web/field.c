#include "web/field.h"

#include "base/limits.h"
#include "text/number.h"

#include <inttypes.h>

enum { TEXT_DEFAULT = 2000, CODE_DEFAULT = 100, HAN_BYTES = 3 };

void field_error_add(struct arena *a, struct field_errors *errors, const char *field,
		     struct str text)
{
	if (errors->at == NULL)
		errors->at = ARENA_ARRAY(a, LIMIT_FORM_FIELDS, struct field_error);
	if (errors->count < LIMIT_FORM_FIELDS)
		errors->at[errors->count++] = (struct field_error){ .field = field, .text = text };
}

const struct field *field_declared(const struct field *fields, struct str name)
{
	for (; fields->name != NULL; fields++)
		if (str_equal_c(name, fields->name))
			return fields;
	return NULL;
}

const struct field_value *field_find(const struct field_values *v, const char *name)
{
	for (size_t i = 0; i < v->count; i++)
		if (str_equal_c(str_from_c(v->at[i].field->name), name))
			return &v->at[i];
	return NULL;
}

static size_t max_of(const struct field *f)
{
	if (f->max > 0)
		return f->max;
	switch (f->kind) {
	case FIELD_TEXT:
		return TEXT_DEFAULT;
	case FIELD_LINES:
		return LIMIT_FIELD_BYTES;
	case FIELD_INT:
	case FIELD_DATE:
	case FIELD_BOOL:
	case FIELD_CHOICE:
	case FIELD_CODE:
		return CODE_DEFAULT;
	case FIELD_PASSWORD:
		return LIMIT_PASSWORD_BYTES;
	case FIELD_FILE:
		return LIMIT_UPLOAD;
	}
	return 0;
}

static struct str fold_line_ends(struct arena *a, struct str s)
{
	char *text = arena_alloc(a, s.len);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '\r')
			text[len++] = s.ptr[i];
		else if (i + 1 == s.len || s.ptr[i + 1] != '\n')
			text[len++] = '\n';
	}
	return (struct str){ text, len };
}

/* As people write days, but not a spreadsheet's serial number: nobody types one into a form. */
static bool read_date(struct str text, struct date *out)
{
	struct err ignored = { .code = ERR_NONE };
	int64_t serial;

	if (number_parse(text, &serial, &ignored) && serial < 10000101)
		return false;
	err_clear(&ignored);
	return date_from_people(text, out, &ignored);
}

static bool read_int(struct str text, int64_t *out)
{
	struct err ignored = { .code = ERR_NONE };

	return number_parse(text, out, &ignored);
}

/* ---- one value; NULL if it is good, else the key of what is wrong, whose {1} is the label */

static bool one_of(const char *const *choices, struct str text)
{
	for (; *choices != NULL; choices++)
		if (str_equal_c(text, *choices))
			return true;
	return false;
}

static bool is_code(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-' || c == '.'))
			return false;
	}
	return true;
}

static const char *check_text(struct arena *a, struct field_value *v, struct str *text)
{
	const struct field *f = v->field;

	switch (f->kind) {
	case FIELD_TEXT:
		*text = str_trim(*text);
		return str_contains(*text, STR("\n")) || str_contains(*text, STR("\r")) ?
			       "web.field_one_line" :
			       NULL;
	case FIELD_LINES:
		*text = fold_line_ends(a, *text);
		return NULL;
	case FIELD_INT:
		*text = str_trim(*text);
		if (text->len == 0)
			return NULL;
		if (!read_int(*text, &v->number))
			return "web.field_not_int";
		return f->low < f->high && (v->number < f->low || v->number > f->high) ?
			       "web.field_range" :
			       NULL;
	case FIELD_DATE:
		*text = str_trim(*text);
		return text->len == 0 || read_date(*text, &v->day) ? NULL :
									       "web.field_not_date";
	case FIELD_CHOICE:
		return text->len == 0 || one_of(f->choices, *text) ? NULL : "web.field_not_choice";
	case FIELD_CODE:
		*text = str_trim(*text);
		return is_code(*text) ? NULL : "web.field_not_code";
	case FIELD_BOOL:
	case FIELD_PASSWORD:
	case FIELD_FILE:
		return NULL;
	}
	return NULL;
}

static const char *missing_key(enum field_kind kind)
{
	switch (kind) {
	case FIELD_CHOICE:
	case FIELD_BOOL:
		return "web.field_choose";
	case FIELD_FILE:
		return "web.field_no_file";
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_INT:
	case FIELD_DATE:
	case FIELD_CODE:
	case FIELD_PASSWORD:
		break;
	}
	return "web.field_missing";
}

/* Whether something was given at all, not only sent. */
static bool given(const struct field_value *v)
{
	if (v->file != NULL)
		return v->file->file_name.len > 0 || v->file->value.len > 0;
	for (size_t i = 0; i < v->count; i++)
		if (str_trim(v->text[i]).len > 0)
			return true;
	return false;
}

static const char *check_value(struct arena *a, struct field_value *v)
{
	const struct field *f = v->field;
	const char *key = NULL;

	if (v->count > 1 && !f->many)
		return "web.field_twice";
	for (size_t i = 0; i < v->count && key == NULL; i++) {
		if ((f->kind == FIELD_FILE) != (v->file != NULL))
			return "web.field_not_text";
		key = check_text(a, v, &v->text[i]);
		size_t len = v->file != NULL ? v->file->value.len : v->text[i].len;
		if (len > max_of(f))
			return v->file != NULL ? "web.file_too_large" : "web.field_over_max";
	}
	if (key == NULL && f->required && !given(v))
		return missing_key(f->kind);
	return key;
}

static struct str sentence(struct arena *a, enum locale locale, const char *key,
			   const struct field *f)
{
	struct str label = str_from_c(f->label);

	if (str_equal_c(STR("web.field_range"), key))
		return message_text(a, locale, key,
				    str_format(a, STR_FMT "|%" PRId64 "|%" PRId64, STR_ARG(label),
					       f->low, f->high));
	if (str_equal_c(STR("web.field_over_max"), key))
		return message_text(a, locale, key,
				    str_format(a, STR_FMT "|%zu", STR_ARG(label),
					       max_of(f) / HAN_BYTES));
	if (str_equal_c(STR("web.file_too_large"), key))
		return message_text(a, locale, key,
				    str_format(a, STR_FMT "|%zu", STR_ARG(label),
					       (max_of(f) + MIB - 1) / MIB));
	return message_text(a, locale, key, label);
}

static void collect(struct arena *a, struct field_value *v, const struct pairs *pairs)
{
	size_t n = 0;
	struct str name = str_from_c(v->field->name);

	for (size_t i = 0; i < pairs->count; i++)
		n += str_equal(pairs->at[i].name, name);
	if (n == 0)
		return;
	v->text = ARENA_ARRAY(a, n, struct str);
	for (size_t i = 0; i < pairs->count; i++) {
		const struct pair *p = &pairs->at[i];
		if (!str_equal(p->name, name))
			continue;
		v->text[v->count++] = p->is_file ? STR_NONE : p->value;
		if (p->is_file)
			v->file = p;
	}
}

struct field_values field_check(struct arena *a, const struct field *fields,
				const struct pairs *pairs, enum locale locale,
				struct field_errors *errors)
{
	struct field_values out = { .count = 0 };
	size_t n = 0;

	while (fields != NULL && fields[n].name != NULL)
		n++;
	if (n == 0)
		return out;
	out.at = ARENA_ARRAY(a, n, struct field_value);
	for (; out.count < n; out.count++) {
		struct field_value *v = &out.at[out.count];
		v->field = &fields[out.count];
		collect(a, v, pairs);
		const char *key = check_value(a, v);
		v->good = key == NULL && v->count > 0 &&
			  (given(v) || v->field->kind == FIELD_BOOL);
		if (key != NULL)
			field_error_add(a, errors, v->field->name,
					sentence(a, locale, key, v->field));
	}
	return out;
}
