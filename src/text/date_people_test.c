#include "text/number.h"

#include "base/test.h"

static void reading(struct test *t)
{
	static const struct { const char *text, *iso; } row[] = {
		{ "2020年11月2日", "2020-11-02" }, { "2020年11月02日", "2020-11-02" },
		{ "2020年11月2号", "2020-11-02" }, { "２０２０年１１月２日", "2020-11-02" },
		{ " 2020 年 11 月 2 日 ", "2020-11-02" }, { "2020　年11月2日", "2020-11-02" },
		{ "二〇二〇年十一月二日", "2020-11-02" }, { "二○二○年十二月三十一日", "2020-12-31" },
		{ "二零一九年五月十五日", "2019-05-15" },
		{ "2020/11/2", "2020-11-02" }, { "2020／１１／２", "2020-11-02" },
		{ "2020.11.2", "2020-11-02" }, { "2020-11-2", "2020-11-02" },
		{ "2020-11-02", "2020-11-02" }, { "2020.02.29", "2020-02-29" },
		{ "2020-11-02 00:00:00", "2020-11-02" }, { "2020/11/2 0:00", "2020-11-02" },
		{ "2020-11-02T00:00:00.000", "2020-11-02" },
		{ "20201102", "2020-11-02" }, { "20200229", "2020-02-29" },
		{ "44137", "2020-11-02" }, { "44137.0", "2020-11-02" }, { "43831", "2020-01-01" },
		{ "10000", "1927-05-18" }, { "99999", "2173-10-13" },
		{ "1900-01-01", "1900-01-01" }, { "2199年12月31日", "2199-12-31" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct err err = { 0 };
		struct date d = { 0 };
		CHECK_OK(date_from_people(str_from_c(row[i].text), &d, &err));
		CHECK_STR(date_iso(t->arena, d), str_from_c(row[i].iso));
	}
}

static const struct { const char *text, *key; } refused[] = {
	{ "", "text.bad_date" },
	{ " ", "text.bad_date" },
	{ "昨天", "text.bad_date" },
	{ "2020年", "text.bad_date" },
	{ "2020年11月", "text.bad_date" },
	{ "2020年11月2", "text.bad_date" },
	{ "2020年11月2日上午", "text.bad_date" },
	{ "年11月2日", "text.bad_date" },
	{ "11月2日", "text.bad_date" },
	{ "2020年一二月三日", "text.bad_date" },
	{ "2020-11", "text.bad_date" },
	{ "2020-11-2-3", "text.bad_date" },
	{ "2020-11/2", "text.bad_date" },
	{ "2020--11-2", "text.bad_date" },
	{ "2/11/2020", "text.bad_date" },
	{ "02.11.2020", "text.bad_date" },
	{ "2020-011-2", "text.bad_date" },
	{ "02020-11-2", "text.bad_date" },
	{ "2020-11-2 x", "text.bad_date" },
	{ "2020-11-2 0000", "text.bad_date" },
	{ "2020-11-2,", "text.bad_date" },
	{ "202011", "text.bad_date" },
	{ "2020", "text.bad_date" },
	{ "1", "text.bad_date" },
	{ "09999", "text.bad_date" },
	{ "44137.", "text.bad_date" },
	{ "44137.0x", "text.bad_date" },
	{ "-44137", "text.bad_date" },
	{ "202011021", "text.bad_date" },
	{ "20/11/2", "text.date_without_century" },
	{ "20.11.02", "text.date_without_century" },
	{ "20年11月2日", "text.date_without_century" },
	{ "2021-02-29", "text.no_such_day" },
	{ "2020-13-1", "text.no_such_day" },
	{ "2020-0-1", "text.no_such_day" },
	{ "20201131", "text.no_such_day" },
	{ "2020年2月30日", "text.no_such_day" },
	{ "2020年11月32日", "text.no_such_day" },
	{ "2020年99999999999月1日", "text.no_such_day" },
	{ "1899-12-31", "text.date_out_of_range" },
	{ "2200年1月1日", "text.date_out_of_range" },
	{ "99990101", "text.date_out_of_range" },
	{ "99999999999年1月1日", "text.date_out_of_range" },
	{ "2020-11-02 09:30", "text.date_with_time" },
	{ "44137.5", "text.date_with_time" },
};

static void refusing(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct err err = { 0 };
		struct date d = { 77 };
		if (!CHECK_FAILS(date_from_people(str_from_c(refused[i].text), &d, &err),
				 refused[i].key))
			CHECK_STR(STR_NONE, str_from_c(refused[i].text));
		CHECK_INT(d.ordinal, 77);
	}
	struct err err = { 0 };
	struct date d;
	struct str endless = str_format(t->arena, "%0500d", 0);
	CHECK_FAILS(date_from_people(endless, &d, &err), "text.bad_date");
}

void date_people_test(struct test *t)
{
	if (test_case(t, "days as people spell them"))
		reading(t);
	if (test_case(t, "what is refused, and why"))
		refusing(t);
	if (test_case(t, "serial numbers of spreadsheets")) {
		struct date d = { 77 };
		CHECK(!date_from_serial(60, &d) && !date_from_serial(0, &d) &&
		      !date_from_serial(-1, &d));
		CHECK(!date_from_serial(109575, &d) && !date_from_serial(INT64_MAX, &d));
		CHECK_INT(d.ordinal, 77);
		CHECK(date_from_serial(61, &d));
		CHECK_STR(date_iso(t->arena, d), STR("1900-03-01"));
		CHECK(date_from_serial(109574, &d));
		CHECK_STR(date_iso(t->arena, d), STR("2199-12-31"));
	}
}
