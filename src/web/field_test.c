#include "web/field.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"

static const char *const colours[] = { "red", "green", NULL };
static const struct field fields[] = {
	{ .name = "text", .label = "文字", .kind = FIELD_TEXT, .max = 9 },
	{ .name = "lines", .label = "多行", .kind = FIELD_LINES },
	{ .name = "int", .label = "整数", .kind = FIELD_INT, .low = -5, .high = 10 },
	{ .name = "any", .label = "任意整数", .kind = FIELD_INT },
	{ .name = "day", .label = "日期", .kind = FIELD_DATE },
	{ .name = "bool", .label = "勾选", .kind = FIELD_BOOL },
	{ .name = "choice", .label = "选项", .kind = FIELD_CHOICE, .choices = colours },
	{ .name = "code", .label = "代码", .kind = FIELD_CODE },
	{ .name = "secret", .label = "密码", .kind = FIELD_PASSWORD },
	{ .name = "tags", .label = "标签", .kind = FIELD_CHOICE, .choices = colours, .many = true },
	FIELD_END
};
static const struct field needed[] = {
	{ .name = "text", .label = "文字", .kind = FIELD_TEXT, .required = true },
	{ .name = "choice", .label = "选项", .kind = FIELD_CHOICE, .required = true, .choices = colours },
	{ .name = "bool", .label = "勾选", .kind = FIELD_BOOL, .required = true },
	{ .name = "file", .label = "附件", .kind = FIELD_FILE, .required = true },
	FIELD_END
};

static const struct {
	const char *raw;
	const char *field;
	const char *text, *error; /* what web_text gives; the sentence, NULL: none */
} row[] = {
	{ "text=+%E5%B9%B4+%E6%9C%88%E3%80%80", "text", "年 月", NULL },
	{ "text=1234567890", "text", "1234567890", "“文字”过长：最多约3个汉字。请缩短。" },
	{ "text=a%0Ab", "text", "a\nb", "“文字”只能填写一行。请去掉换行。" },
	{ "text=a&text=b", "text", "a", "“文字”被重复提交。请返回重新填写。" },
	{ "text=", "text", "", NULL },
	{ "other=1", "text", "", NULL },
	{ "lines=a%0D%0Ab%0Dc%0A", "lines", "a\nb\nc\n", NULL },
	{ "int=10", "int", "10", NULL },
	{ "int=-5", "int", "-5", NULL },
	{ "int=11", "int", "11", "“整数”应在-5到10之间。请修改。" },
	{ "int=-6", "int", "-6", "“整数”应在-5到10之间。请修改。" },
	{ "int=1.0", "int", "1.0", "“整数”应为整数。请只填数字。" },
	{ "int=1e3", "int", "1e3", "“整数”应为整数。请只填数字。" },
	{ "int=+%2B1", "int", "+1", "“整数”应为整数。请只填数字。" },
	{ "int=%E5%8D%81", "int", "十", NULL },
	{ "any=99999999999999999999", "any", "99999999999999999999", "“任意整数”应为整数。请只填数字。" },
	{ "day=2020-11-02", "day", "2020-11-02", NULL },
	{ "day=2020-02-30", "day", "2020-02-30", "“日期”不是有效日期。请写成 2020-11-02 或者 2020年11月2日。" },
	{ "bool=on", "bool", "on", NULL },
	{ "choice=red", "choice", "red", NULL },
	{ "choice=blue", "choice", "blue", "“选项”不在可选项中。请从列出的选项中选择。" },
	{ "code=a-B_9.x", "code", "a-B_9.x", NULL },
	{ "code=a%2Fb", "code", "a/b", "“代码”只能用字母、数字、点、横线和下划线。请修改。" },
	{ "secret=+a+", "secret", " a ", NULL },
	{ "tags=red&tags=green", "tags", "red", NULL },
	{ "tags=red&tags=blue", "tags", "red", "“标签”不在可选项中。请从列出的选项中选择。" },
};

static void values(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct field_errors errors = { .count = 0 };
		struct err err = { 0 };
		if (!test_case(t, "form %s", row[i].raw))
			continue;
		struct pairs p = pairs_open(t->arena);
		CHECK_OK(pairs_from_query(t->arena, str_from_c(row[i].raw), &p, &err));
		struct field_values v = field_check(t->arena, fields, &p, LOCALE_ZH_CN, &errors);
		const struct field_value *value = field_find(&v, row[i].field);
		CHECK_STR(value->count > 0 ? value->text[0] : STR_NONE, str_from_c(row[i].text));
		CHECK_INT((int64_t)errors.count, row[i].error != NULL);
		if (errors.count > 0) {
			CHECK_STR(errors.at[0].text, str_from_c(row[i].error));
			CHECK_STR(str_from_c(errors.at[0].field), str_from_c(row[i].field));
			CHECK(!value->good);
		}
	}
}

static void typed(struct test *t)
{
	struct field_errors errors = { .count = 0 };
	struct err err = { 0 };

	if (!test_case(t, "numbers and days come out typed"))
		return;
	struct pairs p = pairs_open(t->arena);
	CHECK_OK(pairs_from_query(t->arena,
				  STR("int=%EF%BC%8D%EF%BC%93&day=2020%E5%B9%B41%E6%9C%882%E6%97%A5"
				      "&tags=red&tags=green&bool="),
				  &p, &err));
	struct field_values v = field_check(t->arena, fields, &p, LOCALE_ZH_CN, &errors);
	CHECK_INT((int64_t)errors.count, 0);
	CHECK_INT(field_find(&v, "int")->number, -3);
	CHECK_INT(date_compare(field_find(&v, "day")->day, date_make(2020, 1, 2)), 0);
	CHECK_INT((int64_t)field_find(&v, "tags")->count, 2);
	CHECK(field_find(&v, "bool")->good && !field_find(&v, "code")->good);
	CHECK(field_find(&v, "none") == NULL);
}

static void required(struct test *t)
{
	struct field_errors errors = { .count = 0 };
	struct err err = { 0 };

	if (test_case(t, "what is required and missing has a sentence each")) {
		struct pairs p = pairs_open(t->arena);
		CHECK_OK(pairs_add(&p, (struct pair){ .name = STR("text"), .value = STR(" ") },
				   &err));
		CHECK_OK(pairs_add(&p,
				   (struct pair){ .name = STR("file"),
						  .is_file = true,
						  .file_name = STR_NONE,
						  .value = STR_NONE },
				   &err));
		field_check(t->arena, needed, &p, LOCALE_ZH_CN, &errors);
		CHECK_INT((int64_t)errors.count, 4);
		CHECK_STR(errors.at[0].text, STR("请填写“文字”。"));
		CHECK_STR(errors.at[1].text, STR("请选择“选项”。"));
		CHECK_STR(errors.at[3].text, STR("请选择要上传的文件：附件。"));
	}
	if (test_case(t, "a text is no file and a file no text")) {
		struct pairs p = pairs_open(t->arena);
		errors = (struct field_errors){ .count = 0 };
		CHECK_OK(pairs_add(&p, (struct pair){ .name = STR("file"), .value = STR("x") },
				   &err));
		CHECK_OK(pairs_add(&p,
				   (struct pair){ .name = STR("text"),
						  .is_file = true,
						  .file_name = STR("x"),
						  .value = STR("x") },
				   &err));
		struct field_values v = field_check(t->arena, needed, &p, LOCALE_ZH_CN, &errors);
		CHECK(!field_find(&v, "file")->good && !field_find(&v, "text")->good);
		CHECK_STR(errors.at[0].text, STR("“文字”的内容类型不符。请返回重新填写。"));
	}
}

static const struct {
	const char *text, *iso; /* NULL: no date */
} date_row[] = {
	{ "2020-11-02", "2020-11-02" },
	{ "2020-1-2", "2020-01-02" },
	{ "2020/1/2", "2020-01-02" },
	{ "2020.1.2", "2020-01-02" },
	{ "20200102", "2020-01-02" },
	{ "2020年1月2日", "2020-01-02" },
	{ "2020 年 1 月 2 日", "2020-01-02" },
	{ "2020年01月02号", "2020-01-02" },
	{ "２０２０年１月２日", "2020-01-02" },
	{ " 2020-01-02　", "2020-01-02" },
	{ "2020年1月2", NULL },
	{ "2020-02-29", "2020-02-29" },
	{ "2021-02-29", NULL },
	{ "2020-13-01", NULL },
	{ "2020-00-01", NULL },
	{ "2020-1", NULL },
	{ "2020", NULL },
	{ "1-2-2020", NULL },
	{ "2020-1-2x", NULL },
	{ "2020-1-2日日", NULL },
	{ "99999999", NULL },
	{ "44137", NULL },
	{ "４４１３７", NULL },
	{ "二〇二〇年一月二日", "2020-01-02" },
	{ "20/1/2", NULL },
	{ "", NULL },
};

void field_test(struct test *t)
{
	values(t);
	typed(t);
	required(t);
	for (size_t i = 0; i < COUNT_OF(date_row); i++) {
		struct date day = { 0 };
		if (!test_case(t, "day %s", date_row[i].text))
			continue;
		struct field_errors errors = { .count = 0 };
		struct pairs p = pairs_open(t->arena);
		struct err err = { 0 };
		CHECK_OK(pairs_add(
			&p,
			(struct pair){ .name = STR("day"), .value = str_from_c(date_row[i].text) },
			&err));
		struct field_values v = field_check(t->arena, fields, &p, LOCALE_ZH_CN, &errors);
		bool ok = field_find(&v, "day")->good;
		day = field_find(&v, "day")->day;
		CHECK_INT(ok, date_row[i].iso != NULL);
		if (ok)
			CHECK_STR(date_iso(t->arena, day), str_from_c(date_row[i].iso));
	}
}
