/*
 * site_fixture.h - for the tests of this folder alone: a small site with records.
 *
 * 示例区人民政府 (YX) with 示例区财政局 (CZ) and 第一街道 (J1). In 2020 YX got two
 * requests and granted both; CZ got two, granted one and refused one, which went
 * to reconsideration and was upheld; J1 got one and still works on it.
 */
#ifndef REPORT_SITE_FIXTURE_H
#define REPORT_SITE_FIXTURE_H

#include "report/report.h"

#include "account/permission.h"
#include "db/testdb.h"
#include "dispute/dispute.h"
#include "request/request.h"

struct site_units { struct unit_id root, bureau, street; };
enum { CLERK = 11, REVIEWER = 12, SUPERVISOR = 13 };

static inline void fixture_act(struct ctx *ctx, int64_t account, struct unit_id unit,
			       const char *role)
{
	const struct role *r = role_find(str_from_c(role));

	ctx->actor = (struct actor){ .account_id = account,
				     .unit_id = unit.n,
				     .role = str_from_c(role),
				     .permissions = r->permissions,
				     .name = STR("示例人员") };
}

static inline void fixture_day(struct ctx *ctx, int year, int month, int day)
{
	ctx_set_time(ctx, date_start(date_make(year, month, day)) + 10 * 3600);
}

/* One request received on a day of March `year`, decided a week later unless kind is NULL. */
static inline bool fixture_request(struct ctx *ctx, struct unit_id unit, int year, int day,
				   const char *kind, struct request_id *id, struct err *err)
{
	struct date received = date_make(year, 3, day);
	struct request_register in = { .unit = unit, .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = received, .content = STR("示例申请") };

	if (!request_register(ctx, &in, id, err))
		return false;
	return kind == NULL || request_record_decision(ctx, *id, request_decision(str_from_c(kind)),
					      date_plus(received, 7), err);
}

static inline bool fixture_table2(struct ctx *ctx, struct unit_id unit, int year, struct err *err)
{
	size_t count;

	form_table2(form_of_year(year), &count);
	for (int i = 0; i < (int)count; i++)
		if (!statistics_enter(ctx, unit, year, form_of_year(year), i, 0, STR("示例来源"), err))
			return false;
	return true;
}

static inline bool fixture_units(struct ctx *ctx, struct site_units *u, struct err *err)
{
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .short_name = STR("全区"), .kind = UNIT_GOVERNMENT, .reports = true };
	struct site site = { .name = STR("示例区人民政府"), .platform_name = STR("平台"),
			     .url = STR("http://127.0.0.1"), .office_name = STR("示例区政府办公室"),
			     .contact = STR("电话：000"), .sample = true };

	if (!agency_add_unit(ctx, &root, &u->root, err) || !agency_set_site(ctx, &site, err))
		return false;
	struct unit_new bureau = { .code = STR("CZ"), .name = STR("示例区财政局"),
				   .kind = UNIT_DEPARTMENT, .reports = true,
				   .parent = { true, u->root.n } };
	struct unit_new street = { .code = STR("J1"), .name = STR("第一街道办事处"),
				   .kind = UNIT_SUBDISTRICT, .reports = true,
				   .parent = { true, u->root.n } };
	struct scope_note note = { .body_name = STR("甲分局"), .counted_by = STR("市甲局"),
				   .from_year = 2019 };
	return agency_add_unit(ctx, &bureau, &u->bureau, err) &&
	       agency_add_unit(ctx, &street, &u->street, err) &&
	       agency_add_scope_note(ctx, &note, err);
}

static inline bool fixture_records(struct ctx *ctx, const struct site_units *u, int year,
				   struct err *err)
{
	struct request_id id;
	struct dispute_id dispute;
	struct dispute_open open = { .unit = u->bureau, .route = DISPUTE_RECONSIDERATION,
				     .case_no = str_format(ctx->arena, "示复〔%d〕1号", year),
				     .organ = STR("示例区人民政府"),
				     .accepted_on = date_make(year, 5, 6) };

	return fixture_request(ctx, u->root, year, 2, "give", &id, err) &&
	       fixture_request(ctx, u->root, year, 3, "give", &id, err) &&
	       fixture_request(ctx, u->bureau, year, 4, "give", &id, err) &&
	       fixture_request(ctx, u->bureau, year, 5, "no_secret", &id, err) &&
	       fixture_request(ctx, u->street, year, 6, NULL, &id, err) &&
	       dispute_open(ctx, &open, &dispute, err) &&
	       dispute_conclude(ctx, dispute, DISPUTE_UPHELD, STR("维持"), date_make(year, 6, 8),
				err) &&
	       fixture_table2(ctx, u->root, year, err) &&
	       fixture_table2(ctx, u->bureau, year, err) &&
	       fixture_table2(ctx, u->street, year, err);
}

/* The whole, on 2021-01-11; the clerk of the bureau acts. */
static inline bool fixture_site(struct ctx *ctx, struct site_units *u, struct err *err)
{
	fixture_day(ctx, 2021, 1, 11);
	if (!fixture_units(ctx, u, err) || !fixture_records(ctx, u, 2020, err))
		return false;
	fixture_act(ctx, CLERK, u->bureau, "clerk");
	return true;
}

#define FIXTURE_WORDS                                                                          \
	"一、总体情况\n{{year}}年新收{{t3.new_received.total}}件，予以公开{{t3.granted.total}}件。\n" \
	"五、存在的主要问题及改进情况\n答复文书的说理有待加强。\n六、其他需要报告的事项\n{{scope_notes}}\n"

/* Takes a report of unit and year as far as `state`, by the people who do so. */
static inline bool fixture_advance(struct ctx *ctx, struct unit_id unit, int year,
				   enum report_state state, struct report *out, struct err *err)
{
	struct report_id id;
	struct report_findings found;

	fixture_act(ctx, CLERK, unit, "clerk");
	if (!report_start(ctx, unit, year, &id, err) ||
	    !report_edit_whole(ctx, id, 1, STR(FIXTURE_WORDS), err))
		return false;
	if (state >= REPORT_CHECKED && !report_check(ctx, id, 2, &found, err))
		return false;
	fixture_act(ctx, REVIEWER, unit, "reviewer");
	if (state >= REPORT_APPROVED && !report_approve(ctx, id, 3, err))
		return false;
	fixture_act(ctx, SUPERVISOR, unit, "supervisor");
	if (state >= REPORT_PUBLISHED && !report_publish(ctx, id, 4, err))
		return false;
	return report_find(ctx, id, out, err);
}
#endif
