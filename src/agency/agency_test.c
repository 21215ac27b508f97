/* agency_test.c - units are added, renamed, closed; the government stays. */
#include "agency/agency.h"
#include "base/test.h"
#include "db/testdb.h"

static const struct unit_new root = { .code = STR_INIT("MQ"), .name = STR_INIT("某区人民政府"),
				      .kind = UNIT_GOVERNMENT, .reports = true };

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_new below = { .code = STR("CZ"), .name = STR("某区财政局"),
				  .short_name = STR("财政局"), .kind = UNIT_DEPARTMENT,
				  .reports = true };
	struct unit_id id;

	(void)arg;
	if (!agency_add_unit(ctx, &root, &id, err))
		return false;
	below.parent = (struct opt_int){ true, id.n };
	return agency_add_unit(ctx, &below, &id, err);
}

static struct unit unit(struct test *t, struct ctx *ctx, const char *code)
{
	struct unit out = { 0 };
	struct err err = { 0 };
	bool found = false;

	CHECK_OK(agency_unit_by_code(ctx, str_from_c(code), &out, &found, &err));
	CHECK(found);
	return out;
}

static void changes(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_new to = { .name = STR("某区财政和国资局"), .kind = UNIT_OTHER };
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	struct unit cz = unit(t, ctx, "CZ");
	CHECK_OK(agency_change_unit(ctx, cz.id, &to, &err));
	cz = unit(t, ctx, "CZ");
	CHECK_STR(cz.name, to.name);
	CHECK_STR(cz.short_name, to.name); /* none given: the name */
	CHECK(cz.kind == UNIT_OTHER && !cz.reports);
	CHECK_OK(agency_change_unit(ctx, cz.id, &to, &err)); /* its own name is not taken */
	to.name = root.name;
	CHECK_FAILS(agency_change_unit(ctx, cz.id, &to, &err), "agency.name_taken");
	to.name = STR_NONE;
	CHECK_FAILS(agency_change_unit(ctx, cz.id, &to, &err), "agency.no_name");
	CHECK_FAILS(agency_change_unit(ctx, (struct unit_id){ 99 }, &to, &err), "agency.no_unit");
}

static void closes(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct opt_date day = { true, date_make(2020, 6, 30) }, none = { .known = false };
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, NULL, &err));
	struct unit cz = unit(t, ctx, "CZ"), government = unit(t, ctx, "MQ");
	CHECK_FAILS(agency_close_unit(ctx, cz.id, day, STR_NONE, &err), "agency.no_reason");
	CHECK_FAILS(agency_close_unit(ctx, cz.id, none, STR("机构改革"), &err),
		    "agency.open_already");
	CHECK_OK(agency_close_unit(ctx, cz.id, day, STR("机构改革"), &err));
	CHECK_INT(unit(t, ctx, "CZ").closed_on.v.ordinal, day.v.ordinal);
	CHECK_FAILS(agency_close_unit(ctx, cz.id, day, STR("机构改革"), &err),
		    "agency.closed_already");
	CHECK_OK(agency_close_unit(ctx, cz.id, none, STR("登记有误"), &err));
	CHECK(!unit(t, ctx, "CZ").closed_on.known);
	CHECK_FAILS(agency_close_unit(ctx, government.id, day, STR("机构改革"), &err),
		    "agency.root_stays");
}

static bool close_cz(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit cz = { 0 };
	bool found;

	(void)arg;
	return agency_unit_by_code(ctx, STR("CZ"), &cz, &found, err) &&
	       agency_close_unit(ctx, cz.id, (struct opt_date){ true, date_make(2020, 6, 30) },
				 STR("机构改革"), err);
}

void agency_test(struct test *t)
{
	testdb_each(t, "a unit is renamed, with its old name in the ledger", changes, NULL);
	testdb_each(t, "a unit is closed and opened again, the government never", closes, NULL);
	testdb_faults(t, "a closing that fails halfway leaves nothing",
		      &(struct testdb_scenario){ .given = given, .verb = close_cz });
}
