#include "lint/lint.h"

#include "base/file.h"
#include "lint/lint_internal.h"
#include "lint/sample_test.h"

#include <stdlib.h>

static struct str samples_dir(void)
{
	const char *dir = getenv("GONGKAI_SAMPLES");

	return str_from_c(dir != NULL ? dir : "../shared/samples");
}

/* Keys of the published tables' CSV files in our words; NULL: the same. */
static const struct { const char *csv, *key; } lines[] = {
	{ "new", "new_received" }, { "carried_in", "carried_in" }, { "granted", "granted" },
	{ "partial", "partly_granted" }, { "denied_1", "denied_state_secret" },
	{ "denied_2", "denied_law_forbids" }, { "denied_3", "denied_three_securities" },
	{ "denied_4", "denied_third_party" }, { "denied_5", "denied_internal_affairs" },
	{ "denied_6", "denied_process_info" }, { "denied_7", "denied_enforcement_file" },
	{ "denied_8", "denied_admin_inquiry" }, { "unable_1", "unable_not_held" },
	{ "unable_2", "unable_needs_creation" }, { "unable_3", "unable_still_unclear" },
	{ "notproc_1", "not_processed_petition" }, { "notproc_2", "not_processed_repeat" },
	{ "notproc_3", "not_processed_publication" }, { "notproc_4", "not_processed_excessive" },
	{ "notproc_5", "not_processed_confirm" }, { "other", "other_handling" },
	{ "other_1", "other_overdue_correction" }, { "other_2", "other_overdue_fee" },
	{ "other_3", "other_rest" }, { "total", "results_total" }, { "carried_out", "carried_out" },
};

static void check_cell(struct test *t, const struct lint_cell *cell, struct str want,
		       struct str where)
{
	int64_t n = 0;

	if (want.len == 0) {
		CHECK_INT(cell->state, LINT_BLANK);
		return;
	}
	CHECK(str_to_i64(want, &n));
	if (cell->state != LINT_VALUE || cell->value != n * LINT_SCALE)
		CHECK_STR(where, STR_NONE);
	CHECK_INT(cell->state, LINT_VALUE);
	CHECK_INT(cell->value, n * LINT_SCALE);
}

static void check_table3(struct test *t, const struct lint_report *r, struct str csv)
{
	struct str line;
	size_t rows = 0;

	str_split_next(&csv, '\n', &line);
	while (str_split_next(&csv, '\n', &line) && line.len > 0) {
		struct str key = csv_field(line, 0);
		for (size_t i = 0; i < COUNT_OF(lines); i++) {
			if (!str_equal_c(key, lines[i].csv))
				continue;
			int at = line3(&r->three, lines[i].key);
			CHECK(at >= 0);
			for (size_t c = 0; at >= 0 && c < APPLICANT_COLUMNS; c++)
				check_cell(t, &r->three.cell[at][c], csv_field(line, c + 1), line);
			rows++;
		}
	}
	CHECK_INT((int64_t)rows, r->three.shape == FORM_2019 ? 23 : 25);
}

static void check_table4(struct test *t, const struct lint_report *r, struct str csv)
{
	struct str line;

	str_split_next(&csv, '\n', &line);
	for (size_t route = 0; route < ROUTES && str_split_next(&csv, '\n', &line); route++)
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++)
			check_cell(t, &r->four.cell[route][o], csv_field(line, o + 1), line);
}

static const struct sample_row {
	const char *name;
	int year;
	enum form_kind shape;
	const char *agency;
	const char *two[10];
} published[] = {
	{ "洪泽区-2023", 2023, FORM_2019, "洪泽区人民政府",
	  { "0", "0", "0", "0", "5", "5", "550", "4119", "195", "7730.28" } },
	{ "洪泽区-2024", 2024, FORM_2019, "淮安市洪泽区人民政府",
	  { "0", "0", "0", "3", "0", "8", "9487", "2776", "84", "7545" } },
	{ "淮安市-2024", 2024, FORM_2021, "淮安市人民政府",
	  { "1", "0", "11", "8", "26", "66", "447228", "3985758", "88283", "96171.6" } },
	{ "宿迁市-2023", 2023, FORM_2021, "",
	  { "2", "0", "11", "109", "489", "597", "1808595", "2822652", "20163", "59237.2449" } },
	{ "宿迁市-2024", 2024, FORM_2021, "",
	  { "2", "1", "12", "50", "227", "420", "1573179", "2676474", "29351", "72701.2578" } },
};

static void check_published(struct test *t, const struct sample_row *row)
{
	struct str base = str_format(t->arena, STR_FMT "/%s", STR_ARG(samples_dir()), row->name);
	struct str path = str_format(t->arena, STR_FMT ".txt", STR_ARG(base));
	struct err err = { 0 };
	struct lint_report *r;

	if (!file_exists(t->arena, path)) {
		test_skip(t, "no folder of published reports");
		return;
	}
	CHECK_OK(lint_read(t->arena, doc_of_text(t->arena, test_file(t, path)), path, &r, &err));
	CHECK(r->year.known);
	CHECK_INT(r->year.v, row->year);
	CHECK_STR(r->agency, str_from_c(row->agency));
	CHECK(r->two.found && r->three.found && r->four.found);
	CHECK_INT(r->two.form, FORM_2021);
	CHECK_INT(r->three.shape, row->shape);
	for (size_t i = 0; i < COUNT_OF(row->two); i++) {
		CHECK_INT(r->two.cell[i].state, LINT_VALUE);
		CHECK_STR(print_value(t->arena, r->two.cell[i].value), str_from_c(row->two[i]));
	}
	check_table3(t, r,
		     test_file(t, str_format(t->arena, STR_FMT ".table3.csv", STR_ARG(base))));
	check_table4(t, r,
		     test_file(t, str_format(t->arena, STR_FMT ".table4.csv", STR_ARG(base))));
	CHECK_INT((int64_t)r->notes_count, 0);
}

void lint_read_test(struct test *t);
void lint_read_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(published); i++)
		if (test_case(t, "published report %s as text: every cell", published[i].name))
			check_published(t, &published[i]);
}
