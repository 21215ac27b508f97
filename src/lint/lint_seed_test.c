/*
 * The sample year: silent where it is right, exact where it is not, and no digit of a table
 * changes unseen.
 */
#include "lint/lint_internal.h"
#include "lint/sample_test.h"

#include <string.h>

static bool check_doc(struct test *t, struct arena *a, const struct sample *s,
		      enum sample_layout layout, struct lint_report **r, struct lint_result *result)
{
	struct lint_options options = { .previous = NULL };
	struct err err = { 0 };

	if (!lint_read(a, sample_doc(a, s, layout), STR("越秀区2020"), r, &err)) {
		CHECK_OK(false);
		return false;
	}
	lint_check(a, *r, &options, result);
	return true;
}

static void check_cells(struct test *t, const struct sample *s, const struct lint_report *r)
{
	int64_t n = 0;

	CHECK(r->two.found && r->three.found && r->four.found);
	CHECK_INT(r->two.form, FORM_2019);
	CHECK_INT(r->three.shape, FORM_2019);
	for (size_t i = 0; i < 22; i++) {
		CHECK(str_to_i64(s->two[i], &n));
		CHECK_INT(r->two.cell[i].value, n * LINT_SCALE);
	}
	for (size_t i = 0; i < 27; i++) {
		size_t count;
		const struct form_line *line = &form_table3(FORM_2019, &count)[i];
		int at = form_table3_find(FORM_2021, line->key);
		for (size_t c = 0; c < APPLICANT_COLUMNS && line->kind != LINE_GROUP; c++) {
			CHECK(str_to_i64(s->three[i][c], &n));
			CHECK_INT(r->three.cell[at][c].state, LINT_VALUE);
			CHECK_INT(r->three.cell[at][c].value, n * LINT_SCALE);
		}
	}
	for (size_t i = 0; i < 15; i++) {
		CHECK(str_to_i64(s->four[i / 5][i % 5], &n));
		CHECK_INT(r->four.cell[i / 5][i % 5].value, n * LINT_SCALE);
	}
}

static void check_seed(struct test *t, enum sample_layout layout, bool digest)
{
	static const char *const wanted[] = { "W10", "W2", "W4", "W5", "W8", "W9" };
	struct sample *s = sample_read(t);
	struct lint_report *r;
	struct lint_result result;
	size_t seen[COUNT_OF(wanted)] = { 0 };

	if (digest)
		s->digest = sample_digest(t->arena, s);
	if (!check_doc(t, t->arena, s, layout, &r, &result))
		return;
	CHECK_STR(r->agency, STR("广州市越秀区人民政府"));
	CHECK_INT(r->year.v, 2020);
	for (size_t i = 0; i < 6; i++)
		CHECK(r->parts[i].found && !r->parts[i].empty);
	CHECK_INT((int64_t)result.errors, 0);
	for (size_t i = 0; i < result.count; i++) {
		bool known = false;
		for (size_t k = 0; k < COUNT_OF(wanted); k++) {
			bool is = str_equal_c(result.findings[i].key, wanted[k]);
			seen[k] += is;
			known = known || is;
		}
		bool glued = layout == SAMPLE_GLUED && !digest &&
			     str_equal_c(result.findings[i].key, "E9/glued");
		if (!known && !glued)
			CHECK_STR(str_concat(t->arena, result.findings[i].key,
					     result.findings[i].message),
				  STR_NONE);
	}
	for (size_t k = 0; k < COUNT_OF(wanted); k++)
		CHECK_INT((int64_t)seen[k], 1);
	if (layout != SAMPLE_GLUED || digest)
		check_cells(t, s, r);
}

/* ---- mutations */

/* Without sentences: nothing but the tables themselves may tell. */
static const char bare[] = "广州市越秀区人民政府2020年政府信息公开工作年度报告\n"
			   "二、主动公开政府信息情况\n@table2\n三、收到和处理政府信息公开申请情况\n@table3\n"
			   "四、政府信息公开行政复议、行政诉讼情况\n@table4\n五、存在的主要问题及改进情况\n";

enum { DIGITS_TABLE2 = 60, DIGITS_TABLES34 = 205 }; /* of the sample year */
struct tally { size_t changed, unseen; struct str last; };

/* Every digit of one cell to every other digit; each must bring an error. */
static void mutate(struct test *t, struct arena *a, struct sample *s, struct str *cell,
		   enum sample_layout layout, struct tally *tally)
{
	struct str right = *cell;

	for (size_t i = 0; i < right.len; i++)
		for (char digit = '0'; digit <= '9'; digit++) {
			struct lint_report *r;
			struct lint_result result;
			char wrong[16];
			if (!is_digit(right.ptr[i]) || digit == right.ptr[i])
				continue;
			arena_reset(a);
			memcpy(wrong, right.ptr, right.len);
			wrong[i] = digit;
			*cell = (struct str){ wrong, right.len };
			tally->changed++;
			if (check_doc(t, a, s, layout, &r, &result) && result.errors == 0) {
				tally->unseen++;
				tally->last = str_format(t->arena, STR_FMT " -> " STR_FMT,
							 STR_ARG(right), STR_ARG(*cell));
			}
		}
	*cell = right;
}

/*
 * Table 2 by the check code, tables 3 and 4 by their sums alone: together every digit of
 * every cell.
 */
static void check_mutations(struct test *t, enum sample_layout layout, bool digest)
{
	struct arena *a = arena_open(LIMIT_REQUEST_ARENA);
	struct sample *s = sample_read(t);
	struct tally tally = { .last = STR_NONE };

	s->narrative = str_from_c(bare);
	if (digest)
		s->digest = sample_digest(t->arena, s);
	for (size_t i = 0; i < 22 && digest; i++)
		mutate(t, a, s, &s->two[i], layout, &tally);
	for (size_t i = 0; i < 27 * APPLICANT_COLUMNS && !digest; i++)
		mutate(t, a, s, &s->three[i / APPLICANT_COLUMNS][i % APPLICANT_COLUMNS], layout,
		       &tally);
	for (size_t i = 0; i < 15 && !digest; i++)
		mutate(t, a, s, &s->four[i / 5][i % 5], layout, &tally);
	CHECK_INT((int64_t)tally.changed, digest ? DIGITS_TABLE2 * 9 : DIGITS_TABLES34 * 9);
	CHECK_STR(tally.last, STR_NONE);
	CHECK_INT((int64_t)tally.unseen, 0);
	arena_close(a);
}

void lint_seed_test(struct test *t);
void lint_seed_test(struct test *t)
{
	for (int layout = 0; layout < SAMPLE_LAYOUTS; layout++) {
		const char *name = sample_layout_names[layout];
		if (test_case(t, "the sample year as %s: no error, just the six warnings", name))
			check_seed(t, (enum sample_layout)layout, false);
		if (test_case(t, "the sample year as %s with its check code", name))
			check_seed(t, (enum sample_layout)layout, true);
	}
	for (int layout = 0; layout < SAMPLE_LAYOUTS; layout++) {
		const char *name = sample_layout_names[layout];
		if (test_case(t, "every digit of table 2, as %s, by the check code", name))
			check_mutations(t, (enum sample_layout)layout, true);
		if (test_case(t, "every digit of tables 3 and 4, as %s, by the sums alone", name))
			check_mutations(t, (enum sample_layout)layout, false);
	}
}
