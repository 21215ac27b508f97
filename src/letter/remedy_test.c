/*
 * remedy_test.c - the remedy paragraph by date, decision and unit; and who hears it.
 */
#include "letter/fixture.h"
#include "letter/remedy.h"

/* What the paragraph says, in short: 选 a choice, 先 reconsideration first, 分 for the part. */
struct row {
	const char *kind;
	struct ymd day;
	const char *says;
};
static const struct row rows[] = {
	{ "give", { 2023, 12, 31 }, "选" },	{ "give", { 2024, 1, 1 }, "选" },
	{ "no_secret", { 2023, 12, 31 }, "选" }, { "no_secret", { 2024, 1, 1 }, "先" },
	{ "no_law", { 2024, 1, 1 }, "先" },	{ "no_danger", { 2024, 1, 1 }, "先" },
	{ "no_third", { 2024, 1, 1 }, "先" },	{ "no_internal", { 2024, 1, 1 }, "先" },
	{ "no_process", { 2024, 1, 1 }, "先" },	{ "no_file", { 2025, 6, 1 }, "先" },
	{ "part", { 2023, 12, 31 }, "选" },	{ "part", { 2024, 1, 1 }, "分" },
	{ "inquiry", { 2024, 1, 1 }, "选" },	{ "not_exist", { 2024, 1, 1 }, "选" },
	{ "excessive", { 2026, 1, 1 }, "选" },	{ "close_unpaid", { 2024, 1, 1 }, "选" },
	{ "correct", { 2024, 1, 1 }, "" },	{ "extend", { 2020, 6, 1 }, "" },
	{ "withdraw", { 2024, 1, 1 }, "" },	{ "tell_third", { 2024, 1, 1 }, "选" },
};

static struct str text_of(struct arena *a, const char *kind, struct ymd day,
			  const struct remedy_switches *switches, const char *channel)
{
	struct remedy_case c = { .dated = date_make(day.year, day.month, day.day),
				 .self = STR("本答复"),
				 .first = STR("甲区人民政府"),
				 .second = STR(""),
				 .court = STR("某法院"),
				 .channel = str_from_c(channel) };

	remedy_add(&c.decisions, letter_kind_find(str_from_c(kind)), c.dated, switches);
	return remedy_text(a, &c);
}

static const char choice[] =
	"如不服本答复，可以自收到本答复之日起60日内向甲区人民政府申请行政复议，或者自收到本答复之日起"
	"6个月内依法向某法院提起行政诉讼。";
static const char first[] =
	"如不服本答复，应当自收到本答复之日起60日内先向甲区人民政府申请行政复议；对行政复议决定不服的，"
	"可以自收到行政复议决定书之日起15日内依法向某法院提起行政诉讼。";

static struct str expected(struct arena *a, const char *says)
{
	struct str word = str_from_c(says);

	if (str_equal(word, STR("选")))
		return str_from_c(choice);
	if (str_equal(word, STR("先")))
		return str_from_c(first);
	if (str_equal(word, STR("分")))
		return str_format(a, "对不予公开部分，%s对其他部分，%s", first, choice);
	return STR_NONE;
}

static void texts(struct test *t)
{
	static const struct remedy_switches none;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		if (test_case(t, "%s on %04d-%02d-%02d", r->kind, r->day.year, r->day.month,
			      r->day.day))
			CHECK_STR(text_of(t->arena, r->kind, r->day, &none, ""),
				  expected(t->arena, r->says));
	}
}

static void switches(struct test *t)
{
	struct remedy_switches s = { 0 };
	struct remedy_span span = { { true, date_make(2024, 1, 1) },
				    { true, date_make(2025, 5, 31) } };
	const struct ymd before = { 2023, 12, 31 }, during = { 2025, 5, 31 },
			 after = { 2025, 6, 1 };

	if (test_case(t, "everything that is not given goes first, while the switch holds")) {
		s.at[DOUBT_NOT_GIVEN_FIRST] = span;
		CHECK_STR(text_of(t->arena, "not_exist", before, &s, ""), expected(t->arena, "选"));
		CHECK_STR(text_of(t->arena, "not_exist", during, &s, ""), expected(t->arena, "先"));
		CHECK_STR(text_of(t->arena, "not_exist", after, &s, ""), expected(t->arena, "选"));
		CHECK_STR(text_of(t->arena, "give", during, &s, ""), expected(t->arena, "选"));
		CHECK_STR(text_of(t->arena, "close_unpaid", during, &s, ""),
			  expected(t->arena, "选"));
	}
	if (test_case(t, "行政查询 goes first, while its switch holds")) {
		s = (struct remedy_switches){ 0 };
		s.at[DOUBT_INQUIRY_FIRST] = span;
		CHECK_STR(text_of(t->arena, "inquiry", during, &s, ""), expected(t->arena, "先"));
		CHECK_STR(text_of(t->arena, "inquiry", after, &s, ""), expected(t->arena, "选"));
		CHECK_STR(text_of(t->arena, "petition", during, &s, ""), expected(t->arena, "选"));
	}
	if (test_case(t, "a partial reply as a whole goes first, while its switch holds")) {
		s = (struct remedy_switches){ 0 };
		s.at[DOUBT_PART_WHOLE] = span;
		CHECK_STR(text_of(t->arena, "part", during, &s, ""), expected(t->arena, "先"));
		CHECK_STR(text_of(t->arena, "part", after, &s, ""), expected(t->arena, "分"));
	}
	if (test_case(t, "the channel is named from 2024 on, when it is served online")) {
		s = (struct remedy_switches){ 0 };
		CHECK(!str_contains(text_of(t->arena, "give", before, &s, "某平台"), STR("某平台")));
		CHECK(str_ends(text_of(t->arena, "give", after, &s, "某平台"),
			       STR("行政复议申请可以通过某平台提交。")));
		CHECK(!str_contains(text_of(t->arena, "give", after, &s, ""), STR("可以通过")));
	}
}

/* ---- who hears it, from the records of the sample district */

struct hears {
	const char *unit;
	struct ymd day;
	const char *first, *second, *court;
};
static const struct hears hears[] = {
	{ "YXFG", { 2023, 12, 31 }, "广州市越秀区人民政府", "广州市发展和改革委员会", "广州铁路运输法院" },
	{ "YXFG", { 2024, 1, 1 }, "广州市越秀区人民政府", "", "广州铁路运输法院" },
	{ "YXSF", { 2023, 12, 31 }, "广州市越秀区人民政府", "广州市司法局", "广州铁路运输法院" },
	{ "YXSF", { 2024, 1, 1 }, "广州市越秀区人民政府", "广州市司法局", "广州铁路运输法院" },
	{ "YX01", { 2023, 12, 31 }, "广州市越秀区人民政府", "", "广州铁路运输法院" },
	{ "YX01", { 2024, 1, 1 }, "广州市越秀区人民政府", "", "广州铁路运输法院" },
	{ "YXZF", { 2023, 12, 31 }, "广州市人民政府", "", "广州铁路运输中级法院" },
	{ "YXZF", { 2024, 1, 1 }, "广州市人民政府", "", "广州铁路运输中级法院" },
};

static void organs(struct test *t, struct testdb *site, const void *arg)
{
	(void)arg;
	fixture_units(t, site);
	for (size_t i = 0; i < COUNT_OF(hears); i++) {
		const struct hears *r = &hears[i];
		struct letterhead head;
		struct remedy_case c;
		struct err err = { 0 };
		struct date day = date_make(r->day.year, r->day.month, r->day.day);
		if (!CHECK_OK(
			    letterhead_of(&site->ctx, fixture_unit(site, r->unit), &head, &err)) ||
		    !CHECK_OK(remedy_case_of(&site->ctx, &head, day, &c, &err)))
			continue;
		CHECK_STR(c.first, str_from_c(r->first));
		CHECK_STR(c.second, str_from_c(r->second));
		CHECK_STR(c.court, str_from_c(r->court));
	}
}

/* A court hands over to another on a day; nobody types its name into a letter. */
static void courts_change(struct test *t, struct testdb *site, const void *arg)
{
	struct remedy_body later = { .role = BODY_COURT,
				     .name = STR("新设法院"),
				     .from = date_make(2025, 1, 1) };
	struct letterhead head;
	struct remedy_case c;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	CHECK_OK(remedy_body_add(&site->ctx, &later, &err));
	CHECK_OK(letterhead_of(&site->ctx, fixture_department(site), &head, &err));
	CHECK_OK(remedy_case_of(&site->ctx, &head, date_make(2024, 12, 31), &c, &err));
	CHECK_STR(c.court, STR("广州铁路运输法院"));
	CHECK_OK(remedy_case_of(&site->ctx, &head, date_make(2025, 1, 1), &c, &err));
	CHECK_STR(c.court, STR("新设法院"));
	CHECK_OK(remedy_case_of(&site->ctx, &head, date_make(2019, 1, 1), &c, &err));
	CHECK_STR(c.court, STR(""));
	CHECK(str_contains(
		remedy_text(t->arena, &(struct remedy_case){ .dated = c.dated,
							     .decisions = { .free = true },
							     .self = STR("本答复"),
							     .first = c.first,
							     .court = c.court }),
		STR("{管辖法院}")));
}

static void rules(struct test *t)
{
	static const enum unit_kind kinds[] = { UNIT_GOVERNMENT, UNIT_DEPARTMENT, UNIT_SUBDISTRICT,
						UNIT_TOWN,	 UNIT_VERTICAL,	  UNIT_OTHER };
	static const struct ymd days[] = { { 2023, 12, 31 }, { 2024, 1, 1 } };

	for (size_t k = 0; k < COUNT_OF(kinds); k++)
		for (size_t d = 0; d < COUNT_OF(days); d++)
			if (test_case(t, "%s: who hears it on %04d-%02d-%02d",
				      unit_kind_code(kinds[k]).ptr, days[d].year, days[d].month,
				      days[d].day)) {
				struct date day =
					date_make(days[d].year, days[d].month, days[d].day);
				const struct organ_rule *rule =
					organ_rule_find(kinds[k], false, day);
				CHECK(rule != NULL && rule->first != ORGAN_NONE);
				CHECK_INT(rule != NULL && rule->second != ORGAN_NONE,
					  kinds[k] == UNIT_DEPARTMENT && d == 0);
			}
}

void remedy_test(struct test *t)
{
	texts(t);
	switches(t);
	rules(t);
	testdb_each(t, "organs and courts of the sample district", organs, NULL);
	testdb_each(t, "a court hands over to another on a day", courts_change, NULL);
}
