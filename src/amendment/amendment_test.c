/* amendment_test.c - Art. 41: a record is shown to be wrong, examined, corrected or passed on. */
#include "amendment/amendment.h"
#include "attachment/attachment.h"
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "reply/fixture.h"

static bool two_units(struct ctx *ctx, struct unit_id out[2], struct err *err)
{
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_new other = { .code = STR("MZ"), .name = STR("区民政局"), .kind = UNIT_DEPARTMENT };

	reply_today(ctx, "2024-03-04");
	return agency_add_unit(ctx, &root, &out[0], err) &&
	       agency_add_unit(ctx, &other, &out[1], err) &&
	       reply_fixture_head(ctx, out[0], err);
}

static bool registered(struct ctx *ctx, struct unit_id unit, struct amendment_id *id,
		       struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.document_no = STR("11010519491231002X"),
				.phone = STR("13800000000") };
	struct amendment_new in = { .unit = unit, .channel = CHANNEL_IN_PERSON,
				    .received_on = ctx->today, .record = STR("登记资料中的出生日期"),
				    .wrong = STR("写成1948年，应为1949年"), .evidence = STR("户口簿") };
	struct attachment_new file = { .subject_kind = "amendment", .purpose = ATTACHMENT_PROOF,
				       .file_name = STR("户口簿.txt"), .content = STR("页"),
				       .who = BROUGHT_BY_APPLICANT };
	struct attachment_id kept;

	if (!identity_add(ctx, &who, &in.applicant, err) || !amendment_register(ctx, &in, id, err))
		return false;
	file.subject_id = id->n;
	return attachment_add(ctx, &file, &kept, err);
}

static struct amendment_edit now(struct ctx *ctx, struct amendment_id id)
{
	struct amendment a = { .version = 0 };
	struct err err = { 0 };

	(void)!amendment_find(ctx, id, &a, &err);
	return (struct amendment_edit){ id, a.version };
}

static void form(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { const char *record, *wrong, *evidence, *key; } rows[] = {
		{ " ", "b", "c", "amendment.needed" },
		{ "a", "", "c", "amendment.needed" },
		{ "a", "b", " ", "amendment.needed" },
	};
	struct ctx *ctx = &site->ctx;
	struct unit_id units[2];
	struct amendment_id id, again;
	struct amendment a;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(two_units(ctx, units, &err));
	CHECK_OK(registered(ctx, units[0], &id, &err));
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK_STR(a.number, STR("YX-GZ-2024-0001"));
	/* 20 working days by practice: the day of receipt is not counted. */
	CHECK(a.due_on.known && date_compare(a.due_on.v, reply_day("2024-04-01")) == 0);
	struct amendment_new in = { .unit = units[0], .applicant = a.applicant,
				    .received_on = ctx->today, .form_id = STR("f") };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		in.record = str_from_c(rows[i].record);
		in.wrong = str_from_c(rows[i].wrong);
		in.evidence = str_from_c(rows[i].evidence);
		CHECK_FAILS(amendment_register(ctx, &in, &again, &err), rows[i].key);
	}
	in.record = in.wrong = in.evidence = STR("x");
	in.received_on = date_plus(ctx->today, 1);
	CHECK_FAILS(amendment_register(ctx, &in, &again, &err), "amendment.in_future");
	in.received_on = ctx->today;
	CHECK_OK(amendment_set_days(ctx, units[0], 5, &err));
	CHECK_FAILS(amendment_set_days(ctx, units[0], 0, &err), "amendment.days");
	CHECK_OK(amendment_register(ctx, &in, &id, &err));
	CHECK_OK(amendment_register(ctx, &in, &again, &err));
	CHECK_INT(again.n, id.n);
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK_STR(a.number, STR("YX-GZ-2024-0002"));
	CHECK(date_compare(a.due_on.v, reply_day("2024-03-11")) == 0);
}

static void corrected(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_id units[2];
	struct amendment_finding in = { .result = AMENDMENT_REFUSED };
	struct amendment_id id;
	struct amendment a;
	struct letter letter;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(two_units(ctx, units, &err));
	CHECK_OK(registered(ctx, units[0], &id, &err));
	CHECK_FAILS(amendment_issue(ctx, now(ctx, id), ctx->today, &err), "amendment.not_now");
	CHECK_FAILS(amendment_draft(ctx, now(ctx, id), &in, &err), "amendment.no_finding");
	in.result = AMENDMENT_CORRECTED;
	CHECK_FAILS(amendment_draft(ctx, (struct amendment_edit){ id, 99 }, &in, &err),
		    "amendment.changed_meanwhile");
	CHECK_OK(amendment_draft(ctx, now(ctx, id), &in, &err));
	CHECK_OK(amendment_draft(ctx, now(ctx, id), &in, &err)); /* the first draft is discarded */
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK_OK(letter_load(ctx, (struct letter_id){ a.letter.v }, &letter, &err));
	CHECK(str_contains(letter.body, STR("登记资料中的出生日期")) &&
	      str_contains(letter.body, STR("经审核属实，本机关已予以更正")) &&
	      !str_contains(letter.body, STR("转送")));
	CHECK_FAILS(amendment_serve(ctx, now(ctx, id), ctx->today, &err), "amendment.not_now");
	reply_today(ctx, "2024-03-12");
	CHECK_FAILS(amendment_issue(ctx, now(ctx, id), reply_day("2024-03-01"), &err),
		    "amendment.too_early");
	CHECK_OK(amendment_issue(ctx, now(ctx, id), ctx->today, &err));
	CHECK_FAILS(amendment_withdraw(ctx, now(ctx, id), &err), "amendment.not_now");
	CHECK_FAILS(amendment_serve(ctx, now(ctx, id), reply_day("2024-03-11"), &err),
		    "amendment.too_early");
	CHECK_OK(amendment_serve(ctx, now(ctx, id), ctx->today, &err));
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK(a.state == AMENDMENT_CLOSED && a.result == AMENDMENT_CORRECTED);
	CHECK_OK(ledger_history(ctx, "amendment", id.n, 20, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK(!str_contains(rows[i].changes_json, STR("出生")) &&
		      !str_contains(rows[i].changes_json, STR("户口")));
	/* No request for disclosure: nothing in the register of requests. */
	struct request *requests;
	CHECK_OK(request_list(ctx, (struct opt_int){ 0 }, 0, 10, &requests, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

static void passed_on(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_id units[2];
	struct amendment_finding in = { .result = AMENDMENT_TRANSFERRED };
	struct amendment_id id;
	struct amendment *list, a;
	struct attachment *files;
	struct letter letter;
	struct err err = { 0 };
	size_t count;
	bool found;

	(void)arg;
	CHECK_OK(two_units(ctx, units, &err));
	CHECK_OK(registered(ctx, units[0], &id, &err));
	CHECK_FAILS(amendment_draft(ctx, now(ctx, id), &in, &err), "amendment.no_target");
	in.target_unit = (struct opt_int){ true, units[0].n };
	CHECK_FAILS(amendment_draft(ctx, now(ctx, id), &in, &err), "amendment.own_unit");
	in.target_unit.v = units[1].n;
	CHECK_OK(amendment_draft(ctx, now(ctx, id), &in, &err));
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK_OK(letter_load(ctx, (struct letter_id){ a.letter.v }, &letter, &err));
	CHECK(str_contains(letter.body, STR("转送区民政局处理")));
	CHECK_OK(amendment_issue(ctx, now(ctx, id), ctx->today, &err));
	/* There with its words and papers, from that day, under a number of its own. */
	CHECK_OK(amendment_list(ctx, (struct opt_int){ true, units[1].n }, 0, 10, &list, &count,
				&err));
	CHECK(count == 1 && list[0].origin.v == id.n && list[0].state == AMENDMENT_OPEN);
	CHECK_STR(list[0].number, STR("MZ-GZ-2024-0001"));
	CHECK_STR(list[0].evidence, a.evidence);
	/* Whoever follows the first is told of the second. */
	CHECK_OK(amendment_passed_on(ctx, &a, &a, &found, &err));
	CHECK(found && a.id.n == list[0].id.n);
	CHECK_OK(amendment_passed_on(ctx, &list[0], &a, &found, &err));
	CHECK(!found);
	CHECK_OK(attachment_list(ctx, "amendment", list[0].id.n, &files, &count, &err));
	CHECK_INT((int64_t)count, 1);
	/* To an agency elsewhere: told where to go, nothing registered. */
	in = (struct amendment_finding){ .result = AMENDMENT_REFERRED, .target = STR("省公安厅") };
	CHECK_OK(amendment_draft(ctx, now(ctx, list[0].id), &in, &err));
	CHECK_OK(amendment_find(ctx, list[0].id, &a, &err));
	CHECK_OK(letter_load(ctx, (struct letter_id){ a.letter.v }, &letter, &err));
	CHECK(str_contains(letter.body, STR("请向有权更正的省公安厅提出")));
	CHECK_OK(amendment_withdraw(ctx, now(ctx, a.id), &err));
	CHECK_OK(amendment_find(ctx, a.id, &a, &err));
	CHECK(a.state == AMENDMENT_CLOSED && a.result == AMENDMENT_WITHDRAWN && !a.letter.known);
}

static void followed(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_id units[2];
	struct amendment_id id;
	struct amendment a;
	struct str code, next;
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(two_units(ctx, units, &err));
	CHECK_OK(registered(ctx, units[0], &id, &err));
	CHECK_OK(amendment_code_make(ctx, id, &code, &err));
	CHECK_INT((int64_t)code.len, 19);
	CHECK_OK(amendment_by_code(ctx, STR("YX-GZ-2024-0001"), code, &a, &found, &err));
	CHECK(found && a.id.n == id.n);
	CHECK_OK(amendment_by_code(ctx, STR("YX-GZ-2024-0002"), code, &a, &found, &err));
	CHECK(!found);
	CHECK_OK(amendment_code_make(ctx, id, &next, &err));
	CHECK_OK(amendment_by_code(ctx, STR("YX-GZ-2024-0001"), code, &a, &found, &err));
	CHECK(!found); /* a new code ends the old one */
	CHECK_OK(amendment_by_code(ctx, STR("YX-GZ-2024-0001"), STR(""), &a, &found, &err));
	CHECK(!found);
}

static void sessions(struct test *t, struct testdb *site, const void *arg)
{
	const struct str number = STR("YX-GZ-2024-0001"), here = STR("10.0.0.1");
	struct ctx *ctx = &site->ctx;
	enum code_verdict verdict;
	struct unit_id units[2];
	struct amendment_id id;
	struct str code, token, none;
	struct amendment a;
	struct letter l;
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(two_units(ctx, units, &err));
	CHECK_OK(registered(ctx, units[0], &id, &err));
	CHECK_OK(amendment_code_make(ctx, id, &code, &err));
	CHECK_OK(amendment_enter(ctx, number, code, here, &verdict, &token, &err));
	CHECK(verdict == CODE_RIGHT && token.len == 64);
	CHECK_OK(amendment_session(ctx, token, &a, &found, &err));
	CHECK(found && a.id.n == id.n);
	CHECK_OK(amendment_served(ctx, &a, &l, &found, &err));
	CHECK(!found);
	ctx_set_time(ctx, ctx->now + AMENDMENT_SESSION_S + 1);
	CHECK_OK(amendment_session(ctx, token, &a, &found, &err));
	CHECK(!found); /* two hours are over */
	CHECK_OK(amendment_enter(ctx, number, code, here, &verdict, &token, &err));
	CHECK_OK(amendment_leave(ctx, token, &err));
	CHECK_OK(amendment_session(ctx, token, &a, &found, &err));
	CHECK(!found);
	/* Guessing ends for the address, also with the right code, and for nobody else. */
	for (int i = 0; i < LIMIT_CODE_TRIES_PER_ADDRESS; i++) {
		CHECK_OK(amendment_enter(ctx, number, STR("ABCD-EFGH-JKLM-NPQR"), here, &verdict,
					 &none, &err));
		CHECK(verdict == CODE_WRONG && none.len == 0);
	}
	CHECK_OK(amendment_enter(ctx, number, code, here, &verdict, &none, &err));
	CHECK_INT(verdict, CODE_LIMITED);
	CHECK_OK(amendment_enter(ctx, number, code, STR("10.0.0.2"), &verdict, &none, &err));
	CHECK_INT(verdict, CODE_RIGHT);
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id units[2];
	struct amendment_id id;

	(void)arg;
	return two_units(ctx, units, err) && registered(ctx, units[0], &id, err);
}

static bool whole(struct ctx *ctx, const void *arg, struct err *err)
{
	struct amendment_finding in = { .result = AMENDMENT_TRANSFERRED,
					.target_unit = { true, 2 } };
	struct amendment_id id = { 1 };

	(void)arg;
	return amendment_draft(ctx, now(ctx, id), &in, err) &&
	       amendment_issue(ctx, now(ctx, id), ctx->today, err) &&
	       amendment_serve(ctx, now(ctx, id), ctx->today, err);
}

void amendment_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = given, .verb = whole };

	testdb_each(t, "41: which record, what is wrong, and what shows it", form, NULL);
	testdb_each(t, "41: examined, corrected, told; no request for disclosure", corrected, NULL);
	testdb_each(t, "41: not its function: passed on, or told where to go", passed_on, NULL);
	testdb_each(t, "a correction is followed with number and code", followed, NULL);
	testdb_each(t, "a session of a correction ends, and guessing does", sessions, NULL);
	testdb_faults(t, "a correction is all or nothing", &scenario);
}
