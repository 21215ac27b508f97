#include "statistics/form.h"

#include "base/file.h"
#include "base/test.h"

#include <string.h>

/* The n-th field of a CSV line without quotes; empty if there are fewer. */
static struct str field(struct str line, size_t n)
{
	struct str piece = STR_NONE;

	for (size_t i = 0; i <= n; i++)
		if (!str_split_next(&line, ',', &piece))
			return STR_NONE;
	return str_trim(piece);
}

static struct str sample(struct test *t, const char *name)
{
	struct err err = { 0 };
	struct str text = STR_NONE;

	struct str path = str_format(t->arena, "samples/yuexiu-2020/%s", name);

	CHECK_OK(file_read(t->arena, path, 65536, &text, &err));
	return text;
}

static void check_order(struct test *t)
{
	static const struct { int year; enum form_kind form; } years[] = {
		{ 2019, FORM_2019 }, { 2020, FORM_2019 }, { 2021, FORM_2021 }, { 2024, FORM_2021 },
	};

	if (test_case(t, "the form follows the report year"))
		for (size_t i = 0; i < COUNT_OF(years); i++)
			CHECK_INT(form_of_year(years[i].year), years[i].form);
	if (test_case(t, "every parent stands before its children and is a group")) {
		for (int f = FORM_2019; f <= FORM_2021; f++) {
			size_t count;
			const struct form_line *line = form_table3((enum form_kind)f, &count);
			for (size_t i = 0; i < count; i++) {
				int parent = form_table3_find((enum form_kind)f, line[i].parent);
				int self = form_table3_find((enum form_kind)f, line[i].key);
				CHECK_INT(self, (int64_t)i);
				CHECK(line[i].basis.len > 0);
				if (line[i].parent.len == 0)
					continue;
				CHECK(parent >= 0 && parent < self);
				CHECK_INT(line[parent].kind, LINE_GROUP);
			}
		}
	}
	if (test_case(t, "19 leaves make the total of the 2019 form, 21 that of 2021")) {
		for (int f = FORM_2019; f <= FORM_2021; f++) {
			size_t count, leaves = 0;
			const struct form_line *line = form_table3((enum form_kind)f, &count);
			for (size_t i = 0; i < count; i++)
				leaves += form_table3_is_leaf(&line[i]);
			CHECK_INT((int64_t)leaves, f == FORM_2019 ? 19 : 21);
		}
	}
}

static void check_outcomes(struct test *t)
{
	static const struct { const char *outcome, *in_2019, *in_2021; } rows[] = {
		{ "granted", "granted", "granted" },
		{ "denied_admin_inquiry", "denied_admin_inquiry", "denied_admin_inquiry" },
		{ "other_overdue_correction", "other_handling", "other_overdue_correction" },
		{ "other_overdue_fee", "other_handling", "other_overdue_fee" },
		{ "other_rest", "other_handling", "other_rest" },
		{ "other_handling", NULL, NULL }, /* of the coarse form only */
		{ "new_received", NULL, NULL },
		{ "results_total", NULL, NULL },
		{ "denied", NULL, NULL },
		{ "", NULL, NULL },
	};

	if (!test_case(t, "an outcome is counted in one line of each form"))
		return;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str key = str_from_c(rows[i].outcome);
		struct str in_2019 = str_from_c(rows[i].in_2019);
		struct str in_2021 = str_from_c(rows[i].in_2021);
		CHECK_INT(form_table3_line_of_outcome(FORM_2019, key),
			  form_table3_find(FORM_2019, in_2019));
		CHECK_INT(form_table3_line_of_outcome(FORM_2021, key),
			  form_table3_find(FORM_2021, in_2021));
	}
}

/* The sample year's tables were copied from the published report, labels and all. */
static void check_labels(struct test *t)
{
	struct str rest, line;
	size_t count, i = 0;

	if (test_case(t, "table 3 of the sample year has the lines of the 2019 form")) {
		const struct form_line *lines = form_table3(FORM_2019, &count);
		rest = sample(t, "table3.csv");
		str_split_next(&rest, '\n', &line);
		while (str_split_next(&rest, '\n', &line) && line.len > 0 && i < count) {
			CHECK_STR(field(line, 1), lines[i].key);
			CHECK_STR(field(line, 2), lines[i].parent);
			CHECK_STR(field(line, 4), lines[i].label);
			CHECK_INT(str_equal_c(field(line, 3), "group"),
				  lines[i].kind == LINE_GROUP);
			i++;
		}
		CHECK_INT((int64_t)i, (int64_t)count);
	}
	if (test_case(t, "table 2 of the sample year has the cells of the 2019 form")) {
		const struct form_cell2 *cells = form_table2(FORM_2019, &count);
		rest = sample(t, "table2.csv");
		str_split_next(&rest, '\n', &line);
		for (i = 0; str_split_next(&rest, '\n', &line) && line.len > 0 && i < count; i++) {
			CHECK_STR(field(line, 1), cells[i].section_label);
			CHECK_STR(field(line, 3), cells[i].row_label);
			CHECK_STR(field(line, 5), cells[i].column_label);
			int at = form_table2_find(FORM_2019, field(line, 0), field(line, 2),
						  field(line, 4));
			CHECK_INT(at, (int64_t)i);
		}
		CHECK_INT((int64_t)i, (int64_t)count);
	}
	if (test_case(t, "the 2021 form has ten cells in table 2, and no procurement")) {
		int bought = form_table2_find(FORM_2021, STR("art20_9"),
					      STR("centralized_procurement"), STR("project_count"));
		int fees = form_table2_find(FORM_2021, STR("art20_8"), STR("administrative_fees"),
					    STR("amount_wan_yuan"));
		form_table2(FORM_2021, &count);
		CHECK_INT((int64_t)count, 10);
		CHECK_INT(bought, -1);
		CHECK_INT(fees, 9);
	}
}

static void check_digest(struct test *t)
{
	struct opt_int two[22];
	int64_t three[27][APPLICANT_COLUMNS], four[ROUTES][ROUTE_OUTCOMES];
	struct form_values v = { FORM_2019, 2020, two,
				 (const int64_t(*)[APPLICANT_COLUMNS])three,
				 (const int64_t(*)[ROUTE_OUTCOMES])four };
	struct str first;

	for (size_t i = 0; i < COUNT_OF(two); i++)
		two[i] = (struct opt_int){ true, (int64_t)i * 100 };
	memset(three, 0, sizeof three);
	memset(four, 0, sizeof four);
	first = form_digest(t->arena, &v);
	if (test_case(t, "the check code is stable and has its shape")) {
		first = form_digest(t->arena, &v);
		CHECK_INT((int64_t)first.len, FORM_DIGEST_LEN);
		CHECK_STR(first, STR("GK1-RFKG-77LX-X6TE"));
	}
	if (test_case(t, "each cell, the year, and blank against zero change the check code")) {
		first = form_digest(t->arena, &v);
		two[21].v++;
		CHECK(!str_equal(form_digest(t->arena, &v), first));
		two[21].v--;
		two[0].known = false;
		CHECK(!str_equal(form_digest(t->arena, &v), first));
		two[0].known = true;
		three[26][6] = 1;
		CHECK(!str_equal(form_digest(t->arena, &v), first));
		three[26][6] = 0;
		four[2][4] = 1;
		CHECK(!str_equal(form_digest(t->arena, &v), first));
		four[2][4] = 0;
		v.year = 2019;
		CHECK(!str_equal(form_digest(t->arena, &v), first));
		v.year = 2020;
		CHECK_STR(form_digest(t->arena, &v), first);
	}
	if (test_case(t, "a group line has no figures in the check code")) {
		first = form_digest(t->arena, &v);
		three[form_table3_find(FORM_2019, STR("denied"))][0] = 5;
		CHECK_STR(form_digest(t->arena, &v), first);
	}
}

void form_test(struct test *t);
void form_test(struct test *t)
{
	check_order(t);
	check_outcomes(t);
	check_labels(t);
	check_digest(t);
}
