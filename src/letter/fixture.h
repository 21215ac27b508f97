/*
 * fixture.h - the sample district in small, for the tests of letters: a government, a
 * department, the justice department, a sub-district; courts and organs with their days.
 */
#ifndef LETTER_FIXTURE_H
#define LETTER_FIXTURE_H

#include "db/testdb.h"
#include "letter/letterhead.h"

static inline struct unit_id fixture_unit(struct testdb *site, const char *code)
{
	struct unit unit = { 0 };
	struct err err = { 0 };
	bool found = false;

	bool ok = agency_unit_by_code(&site->ctx, str_from_c(code), &unit, &found, &err);
	return ok && found ? unit.id : (struct unit_id){ 0 };
}

static inline struct unit_id fixture_department(struct testdb *site)
{
	return fixture_unit(site, "YXFG");
}

static inline bool fixture_head(struct testdb *site, const char *code, struct str name,
				struct str mark, enum official_style style, struct err *err)
{
	struct letterhead head = { .unit = fixture_unit(site, code),
				   .full_name = name,
				   .mark = mark,
				   .style = style,
				   .contact = STR("信息公开办公室"),
				   .phone = STR("020-00000000"),
				   .address = STR("示例路1号"),
				   .channel = STR("行政复议网上申请平台（http://www.example.gov.cn/fy）"),
				   .justice = str_equal_c(STR("YXSF"), code) };

	return letterhead_set(&site->ctx, &head, err);
}

static inline bool fixture_body(struct testdb *site, enum remedy_body_role role, const char *unit,
				struct str name, struct err *err)
{
	struct remedy_body body = { .role = role, .name = name, .from = date_make(2019, 5, 15) };

	if (unit != NULL)
		body.unit = (struct opt_int){ true, fixture_unit(site, unit).n };
	return remedy_body_add(&site->ctx, &body, err);
}

static inline void fixture_units(struct test *t, struct testdb *site)
{
	static const struct {
		const char *code, *name;
		enum unit_kind kind;
	} units[] = {
		{ "YXZF", "广州市越秀区人民政府", UNIT_GOVERNMENT },
		{ "YXFG", "区发展和改革局", UNIT_DEPARTMENT },
		{ "YXSF", "区司法局", UNIT_DEPARTMENT },
		{ "YX01", "第一街道办事处（示例）", UNIT_SUBDISTRICT },
	};
	struct unit_id id, root = { 0 };
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(units); i++) {
		struct unit_new in = { .code = str_from_c(units[i].code),
				       .name = str_from_c(units[i].name),
				       .kind = units[i].kind,
				       .parent = { i > 0, root.n } };
		CHECK_OK(agency_add_unit(&site->ctx, &in, &id, &err));
		root = i == 0 ? id : root;
	}
	CHECK_OK(fixture_head(site, "YXZF", STR("广州市越秀区人民政府"), STR("越府公开"),
			      OFFICIAL_RED_HEAD, &err));
	CHECK_OK(fixture_head(site, "YXFG", STR("广州市越秀区发展和改革局"), STR("越发改公开"),
			      OFFICIAL_LETTER, &err));
	CHECK_OK(fixture_head(site, "YXSF", STR("广州市越秀区司法局"), STR("越司公开"),
			      OFFICIAL_PLAIN, &err));
	CHECK_OK(fixture_body(site, BODY_SUPERIOR_GOVERNMENT, NULL, STR("广州市人民政府"), &err));
	CHECK_OK(fixture_body(site, BODY_SUPERIOR_DEPARTMENT, "YXFG",
			      STR("广州市发展和改革委员会"), &err));
	CHECK_OK(fixture_body(site, BODY_SUPERIOR_DEPARTMENT, "YXSF", STR("广州市司法局"), &err));
	CHECK_OK(fixture_body(site, BODY_COURT, NULL, STR("广州铁路运输法院"), &err));
	CHECK_OK(fixture_body(site, BODY_COURT, "YXZF", STR("广州铁路运输中级法院"), &err));
}
#endif
