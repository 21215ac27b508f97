/*
 * fixture.h - for the tests of this folder alone: the sample year's tables from
 * samples/yuexiu-2020, a made-up report of the later form, and golden texts.
 *
 * The figures of the later form are those of a real city's year with its name
 * left out; every identity holds in them.
 */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "report/content.h"

#include "base/file.h"
#include "base/test.h"

/* The n-th cell of a CSV line without quotes. */
static inline struct str fixture_cell(struct str line, size_t n)
{
	struct str piece = STR_NONE;

	for (size_t i = 0; i <= n; i++)
		if (!str_split_next(&line, ',', &piece))
			return STR_NONE;
	return str_trim(piece);
}

static inline struct str fixture_file(struct test *t, const char *name)
{
	struct err err = { 0 };
	struct str text = STR_NONE;

	CHECK_OK(file_read(t->arena, str_from_c(name), 1 << 20, &text, &err));
	return text;
}

static inline void fixture_set(struct test *t, struct report_tables *tables, struct str key,
			       struct str value)
{
	int64_t n = 0;

	CHECK(str_to_i64(value, &n));
	if (!tables_set(tables, key, n * 100))
		CHECK_STR(key, STR("a key of the form"));
}

/* Tables 二 三 四 of the sample year, 2020. */
static inline struct report_tables fixture_2020(struct test *t)
{
	struct report_tables tables = tables_empty(2020, FORM_2019);
	struct str rest = fixture_file(t, "samples/yuexiu-2020/table2.csv"), line;

	str_split_next(&rest, '\n', &line);
	while (str_split_next(&rest, '\n', &line) && line.len > 0)
		fixture_set(t, &tables,
			    str_format(t->arena, "t2." STR_FMT "." STR_FMT "." STR_FMT,
				       STR_ARG(fixture_cell(line, 0)),
				       STR_ARG(fixture_cell(line, 2)),
				       STR_ARG(fixture_cell(line, 4))),
			    fixture_cell(line, 6));
	rest = fixture_file(t, "samples/yuexiu-2020/table3.csv");
	str_split_next(&rest, '\n', &line);
	while (str_split_next(&rest, '\n', &line) && line.len > 0)
		for (size_t c = 0; fixture_cell(line, 11).len > 0 && c < APPLICANT_COLUMNS; c++)
			fixture_set(t, &tables,
				    str_format(t->arena, "t3." STR_FMT "." STR_FMT,
					       STR_ARG(fixture_cell(line, 1)),
					       STR_ARG(form_applicants[c].key)),
				    fixture_cell(line, 5 + c));
	rest = fixture_file(t, "samples/yuexiu-2020/table4.csv");
	str_split_next(&rest, '\n', &line);
	while (str_split_next(&rest, '\n', &line) && line.len > 0)
		fixture_set(t, &tables,
			    str_format(t->arena, "t4." STR_FMT "." STR_FMT,
				       STR_ARG(fixture_cell(line, 0)),
				       STR_ARG(fixture_cell(line, 2))),
			    fixture_cell(line, 4));
	return tables;
}

/* In the order of form_table3 without its groups. */
static const int64_t fixture_2025_lines[][APPLICANT_COLUMNS] = {
	{ 13612, 252, 0, 45, 128, 32, 14069 }, { 535, 6, 0, 1, 18, 0, 560 },
	{ 5345, 129, 0, 41, 19, 14, 5548 },    { 2120, 39, 0, 1, 6, 2, 2168 },
	{ 13, 0, 0, 0, 0, 0, 13 },	       { 30, 0, 0, 0, 0, 0, 30 },
	{ 11, 0, 0, 0, 0, 0, 11 },	       { 49, 2, 0, 0, 0, 0, 51 },
	{ 103, 1, 0, 0, 0, 0, 104 },	       { 84, 1, 0, 0, 0, 0, 85 },
	{ 282, 4, 0, 0, 0, 0, 286 },	       { 147, 0, 0, 0, 1, 2, 150 },
	{ 3075, 50, 0, 0, 89, 8, 3222 },       { 177, 3, 0, 0, 0, 0, 180 },
	{ 19, 0, 0, 0, 0, 0, 19 },	       { 199, 1, 0, 0, 3, 0, 203 },
	{ 147, 1, 0, 0, 0, 0, 148 },	       { 0, 0, 0, 0, 0, 0, 0 },
	{ 100, 1, 0, 0, 0, 0, 101 },	       { 5, 0, 0, 0, 0, 0, 5 },
	{ 315, 3, 0, 0, 0, 0, 318 },	       { 202, 0, 0, 1, 0, 0, 203 },
	{ 941, 17, 0, 1, 3, 3, 965 },	       { 13364, 252, 0, 44, 121, 29, 13810 },
	{ 783, 6, 0, 2, 25, 3, 819 },
};
static const int64_t fixture_2025_routes[ROUTES][ROUTE_OUTCOMES] = {
	{ 376, 97, 196, 121, 790 }, { 16, 1, 12, 27, 56 }, { 74, 1, 30, 51, 156 },
};
static const int64_t fixture_2025_cells[] = { 300,    500,	  7400,	     56400,    98400,
					      418500, 1139888900, 693748900, 16610500, 31644125 };

static inline struct report_tables fixture_2025(void)
{
	struct report_tables tables = tables_empty(2025, FORM_2021);
	size_t count, at = 0;
	const struct form_line *line = form_table3(FORM_2021, &count);

	for (size_t i = 0; i < count; i++) {
		if (line[i].kind == LINE_GROUP)
			continue;
		for (size_t c = 0; c < APPLICANT_COLUMNS; c++)
			tables.t3.cell[i][c] = fixture_2025_lines[at][c];
		at++;
	}
	for (size_t r = 0; r < ROUTES; r++)
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++)
			tables.t4.cell[r][o] = fixture_2025_routes[r][o];
	for (size_t i = 0; i < COUNT_OF(fixture_2025_cells); i++)
		tables.t2.cell[i] = (struct cell2_value){ .known = true,
							  .hundredths = fixture_2025_cells[i] };
	tables.fee[FEE_NOTICES] = 12 * 100;
	tables.fee[FEE_CHARGED] = 345600;
	tables.fee[FEE_PAID] = 300050;
	return tables;
}

/* A content around tables, its words from a whole narrative. */
static inline struct report_content fixture_content(struct test *t, struct report_tables tables,
						    struct str whole, const char *unit,
						    const struct str *notes, size_t notes_count)
{
	struct report_content c = { .year = tables.year, .form = tables.form, .tables = tables,
				    .unit_code = STR("YX"), .unit_name = str_from_c(unit),
				    .state = STR("published"), .position = 1000,
				    .published_on = { true, date_make(tables.year + 1, 3, 20) } };
	struct narrative_facts facts = { .figures = &c.figures, .unit_name = c.unit_name,
					 .unit_short_name = STR("全区"), .scope_notes = notes,
					 .scope_notes_count = notes_count };
	struct str parts[REPORT_PARTS];
	struct err err = { 0 };

	c.figures = tables_figures(t->arena, &tables, STR("/reports/2020/YX/records"));
	CHECK_OK(narrative_split(t->arena, whole, parts, &err));
	for (size_t p = 0; p < REPORT_PARTS; p++) {
		struct narrative n;
		if (CHECK_OK(narrative_parse(t->arena, parts[p], &n, &err)))
			narrative_render(t->arena, &n, &facts, &c.parts[p]);
	}
	return c;
}
#endif
