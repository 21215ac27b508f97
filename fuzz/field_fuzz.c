/*
 * field_fuzz.c - a query as a form of every kind of field: what passes is what its kind promises,
 * and what does not has one sentence.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "web/field.h"

#include <assert.h>
#include <stdint.h>

static const char *const choices[] = { "yes", "no", NULL };
static const struct field fields[] = {
	{ .name = "t", .label = "文字", .kind = FIELD_TEXT, .max = 40 },
	{ .name = "l", .label = "多行", .kind = FIELD_LINES, .many = true },
	{ .name = "i", .label = "数", .kind = FIELD_INT, .low = -5, .high = 5000 },
	{ .name = "d", .label = "日期", .kind = FIELD_DATE },
	{ .name = "b", .label = "勾选", .kind = FIELD_BOOL },
	{ .name = "c", .label = "选项", .kind = FIELD_CHOICE, .choices = choices },
	{ .name = "k", .label = "代码", .kind = FIELD_CODE, .many = true },
	{ .name = "p", .label = "密码", .kind = FIELD_PASSWORD },
	{ .name = "f", .label = "文件", .kind = FIELD_FILE },
	FIELD_END,
};

static void check(const struct field_value *v)
{
	struct str text = v->count > 0 ? v->text[0] : STR_NONE;

	assert(v->field->many || v->count <= 1);
	switch (v->field->kind) {
	case FIELD_TEXT:
		assert(text.len <= 40 && !str_contains(text, STR("\n")));
		break;
	case FIELD_INT:
		assert(text.len == 0 || (v->number >= -5 && v->number <= 5000));
		break;
	case FIELD_DATE:
		assert(text.len == 0 || date_year(v->day) > 0);
		break;
	case FIELD_CHOICE:
		assert(text.len == 0 || str_equal_c(text, "yes") || str_equal_c(text, "no"));
		break;
	case FIELD_CODE:
		for (size_t i = 0; i < v->count; i++)
			assert(!str_contains(v->text[i], STR("/")) &&
			       !str_contains(v->text[i], STR(" ")));
		break;
	case FIELD_LINES:
		for (size_t i = 0; i < v->count; i++)
			assert(!str_contains(v->text[i], STR("\r")));
		break;
	case FIELD_FILE:
		assert(v->count == 0 || v->file != NULL);
		break;
	case FIELD_BOOL:
	case FIELD_PASSWORD:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(16 * MIB);
	struct pairs pairs = pairs_open(a);
	struct field_errors errors = { 0 };
	struct err err = { 0 };

	if (!pairs_from_query(a, (struct str){ (const char *)data, size }, &pairs, &err)) {
		arena_close(a);
		return 0;
	}
	struct field_values v = field_check(a, fields, &pairs, LOCALE_ZH_CN, &errors);
	for (size_t i = 0; i < v.count; i++)
		if (v.at[i].good)
			check(&v.at[i]);
	for (size_t i = 0; i < errors.count; i++)
		assert(errors.at[i].field != NULL && utf8_valid_text(errors.at[i].text) &&
		       errors.at[i].text.len > 0);
	arena_close(a);
	return 0;
}
