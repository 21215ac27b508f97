/* avoided_test.c - ask.avoided counts what its records list. */
#include "apply/found.h"
#include "base/test.h"
#include "db/testdb.h"
#include "statistics/statistics.h"

static void counted(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_new root = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_new other = { .code = STR("B"), .name = STR("区教育局"), .kind = UNIT_DEPARTMENT, .reports = true };
	struct scope s = { .year = date_year(ctx->today) };
	struct found item = { .source = FOUND_ANSWER, .ref = 1, .title = STR("补贴标准") };
	struct record_row *rows;
	struct figure f;
	struct unit_id second;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(agency_add_unit(ctx, &root, &item.unit, &err));
	other.parent = (struct opt_int){ true, item.unit.n };
	CHECK_OK(agency_add_unit(ctx, &other, &second, &err));
	CHECK_OK(statistics_avoided(ctx, &s, &f, &err));
	CHECK(f.hundredths.known && f.hundredths.v == 0);
	for (int i = 0; i < 3; i++) {
		item.unit = i == 2 ? second : item.unit;
		CHECK_OK(found_answered(ctx, str_format(t->arena, "visitor %d", i), &item, &err));
	}
	CHECK_OK(statistics_avoided(ctx, &s, &f, &err));
	CHECK_INT(f.hundredths.v, 300);
	CHECK_OK(statistics_records_avoided(ctx, &s, 0, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_OK(statistics_records_avoided(ctx, &s, rows[1].id, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_STR(rows[0].unit_name, STR("区教育局"));
	s.unit = (struct opt_int){ true, second.n };
	CHECK_OK(statistics_avoided(ctx, &s, &f, &err));
	CHECK_INT(f.hundredths.v, 100);
	s.year++;
	CHECK_OK(statistics_avoided(ctx, &s, &f, &err));
	CHECK_INT(f.hundredths.v, 0);
}

void avoided_test(struct test *t)
{
	testdb_each(t, "requests that were not needed: as many as their records, by unit and year",
		    counted, NULL);
}
