/* working_test.c - one working, however it is shown. */
#include "base/test.h"
#include "calendar/working.h"

static const struct period_line lines[] = {
	{ { 18568 }, PERIOD_RECEIVED, 0, STR_INIT("收到申请之日") },
	{ { 18569 }, PERIOD_COUNTED, 1, STR_INIT("工作日") },
	{ { 18570 }, PERIOD_REST, 0, STR_INIT("周六") },
	{ { 18571 }, PERIOD_COUNTED, 0, STR_INIT("顺延至此") },
};
static const struct period_result result = { .due = { 18571 },
					     .lines = lines,
					     .lines_count = COUNT_OF(lines) };

static void as_json(struct test *t)
{
	json_t *all = working_json(t->arena, &result);

	CHECK_INT((int64_t)json_array_size(all), COUNT_OF(lines));
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		json_t *one = json_array_get(all, i);
		const char *day = json_string_value(json_object_get(one, "day"));
		CHECK(day != NULL && str_equal_c(date_iso(t->arena, lines[i].day), day));
		CHECK_INT(json_integer_value(json_object_get(one, "number")), lines[i].number);
		CHECK(str_equal_c(lines[i].reason,
				  json_string_value(json_object_get(one, "reason"))));
		CHECK(str_equal_c(period_kind_code(lines[i].kind),
				  json_string_value(json_object_get(one, "kind"))));
	}
	json_decref(all);
}

void working_test(struct test *t)
{
	if (test_case(t, "what a day counts, in words")) {
		CHECK_STR(working_count(t->arena, &lines[0]), STR("不计"));
		CHECK_STR(working_count(t->arena, &lines[1]), STR("第1日"));
		CHECK_STR(working_count(t->arena, &lines[2]), STR("不计"));
		CHECK_STR(working_count(t->arena, &lines[3]), STR("届满"));
	}
	if (test_case(t, "as lines of a command"))
		CHECK_STR(working_lines(t->arena, &result),
			  STR("2020-11-02\treceived\t0\t收到申请之日\n2020-11-03\tcounted\t1\t工作日\n"
			      "2020-11-04\trest\t0\t周六\n2020-11-05\tcounted\t0\t顺延至此\n"
			      "due 2020-11-05\n"));
	if (test_case(t, "as JSON"))
		as_json(t);
}
