/* apply_test.c - a draft is kept or forgotten, sent once, confirmed by rule, followed by code. */
#include "apply/apply.h"
#include "base/test.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "reply/fixture.h"

static const int64_t nine = 9 * 3600, day = 24 * 3600;

static bool unit(struct ctx *ctx, struct err *err)
{
	struct unit_new u = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_id id;

	return agency_add_unit(ctx, &u, &id, err);
}

static void fill(struct apply_draft *d)
{
	d->texts[APPLY_CONTENT] = STR("某路改造的批复");
	d->texts[APPLY_CLASS] = STR("natural_person");
	d->texts[APPLY_NAME] = STR("申请人甲〇一");
	d->texts[APPLY_DOCUMENT] = STR("resident_id");
	d->texts[APPLY_DOCUMENT_NO] = STR("11010519491231002X");
	d->texts[APPLY_EMAIL] = STR("a@example.cn");
	d->texts[APPLY_FORM] = STR("email");
	d->texts[APPLY_WAY] = STR("email");
}

static bool filled(struct ctx *ctx, struct apply_draft *d, struct err *err)
{
	struct attachment_new file = { .subject_kind = "draft", .file_name = STR("a.txt"),
				       .content = STR("附件"), .who = BROUGHT_BY_APPLICANT };
	struct attachment_id id;

	if (!apply_begin(ctx, d, err))
		return false;
	fill(d);
	file.subject_id = d->id;
	return apply_save(ctx, d, err) && attachment_add(ctx, &file, &id, err);
}

static void drafts(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct apply_draft d, again;
	struct attachment *files;
	struct job job = { .id = 1 };
	struct err err = { 0 };
	bool found;
	size_t count;

	(void)arg;
	CHECK_OK(unit(ctx, &err));
	CHECK_OK(filled(ctx, &d, &err));
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK(found && again.id == d.id);
	CHECK_STR(again.texts[APPLY_NAME], STR("申请人甲〇一"));
	CHECK_OK(apply_find(ctx,
			    STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
			    &again, &found, &err));
	CHECK(!found);
	ctx_set_time(ctx, ctx->now + APPLY_DRAFT_DAYS * day);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK(found);
	ctx_set_time(ctx, ctx->now + 1);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK(!found);
	CHECK_OK(attachment_list(ctx, "draft", d.id, &files, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

static void checks(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { enum apply_field field; const char *text, *key; } rows[] = {
		{ APPLY_CONTENT, " ", "request.no_content" },
		{ APPLY_UNIT, "NONE", "apply.no_unit" },
		{ APPLY_CLASS, "martian", "apply.no_class" },
		{ APPLY_NAME, "", "identity.no_name" },
		{ APPLY_DOCUMENT, "", "apply.no_document" },
		{ APPLY_DOCUMENT, "credit_code", "identity.document_of_other" },
		{ APPLY_DOCUMENT_NO, "110105194912310021", "identity.id_check" },
		{ APPLY_EMAIL, "", "identity.no_contact" },
		{ APPLY_AGENT_DOCUMENT_NO, "11010519491231002X", "identity.no_agent_name" },
		{ APPLY_FORM, "", "apply.no_form" },
		{ APPLY_WAY, "pigeon", "apply.no_way" },
		{ APPLY_WAY, "post", "apply.no_address" },
	};
	struct ctx *ctx = &site->ctx;
	struct apply_draft d;
	enum apply_step next;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(unit(ctx, &err));
	CHECK_OK(filled(ctx, &d, &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct apply_draft bad = d;
		bad.texts[rows[i].field] = str_from_c(rows[i].text);
		CHECK_OK(apply_next(ctx, &bad, &next, &err));
		CHECK_INT(next, apply_step_of(rows[i].field));
		CHECK_FAILS(apply_send(ctx, &bad, &err), rows[i].key);
		CHECK_INT(bad.sent.n, 0);
	}
	CHECK_OK(apply_next(ctx, &d, &next, &err));
	CHECK_INT(next, APPLY_STEP_COUNT);
}

static void sending(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct apply_draft d, again;
	struct apply_receipt receipt;
	struct request r;
	struct attachment *files;
	struct str name, token, code;
	enum code_verdict verdict;
	struct request_id id;
	struct err err = { 0 };
	bool found;
	size_t count;

	(void)arg;
	CHECK_OK(unit(ctx, &err));
	CHECK_OK(filled(ctx, &d, &err));
	CHECK_OK(apply_send(ctx, &d, &err));
	CHECK_OK(request_find(ctx, d.sent, &r, &err));
	CHECK(r.channel == CHANNEL_WEB && r.state == REQUEST_HANDLING &&
	      r.wanted_way == GIVE_BY_EMAIL);
	CHECK_OK(identity_name(ctx, r.applicant_id, &name, &err));
	CHECK_STR(name, STR("申请人甲〇一"));
	CHECK_OK(attachment_list(ctx, "request", r.id.n, &files, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(apply_receipt_of(ctx, r.id, &receipt, &found, &err));
	CHECK(found && receipt.confirmed_at.known);
	/* Sent again, from what was kept: nothing new, the same code for an hour. */
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK_OK(apply_send(ctx, &again, &err));
	CHECK_INT(again.sent.n, d.sent.n);
	CHECK_STR(again.code, d.code);
	CHECK_INT((int64_t)again.texts[APPLY_NAME].len, 0);
	code = d.code;
	ctx_set_time(ctx, ctx->now + APPLY_RECEIPT_S + 1);
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK(found && again.code.len == 0);
	CHECK_OK(apply_enter(ctx, r.number, STR("ABCD-EFGH-JKLM-NPQR"), STR("192.0.2.1"), &verdict,
			     &token, &err));
	CHECK(verdict == CODE_WRONG && token.len == 0);
	CHECK_OK(apply_enter(ctx, r.number, code, STR("192.0.2.1"), &verdict, &token, &err));
	CHECK_INT(verdict, CODE_RIGHT);
	CHECK_OK(apply_session(ctx, token, &id, &found, &err));
	CHECK(found && id.n == r.id.n);
	ctx_set_time(ctx, ctx->now + APPLY_SESSION_S + 1);
	CHECK_OK(apply_session(ctx, token, &id, &found, &err));
	CHECK(!found);
}

/* 2020-06-05 was a Friday; sent in the evening it is confirmed on Monday at nine. */
static void confirmation(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct date friday = date_make(2020, 6, 5), monday = date_make(2020, 6, 8);
	struct apply_receipt receipt;
	struct apply_draft d;
	struct request r;
	struct job job = { .id = 1 };
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(unit(ctx, &err));
	ctx_set_time(ctx, date_start(friday) + 20 * 3600);
	CHECK_OK(filled(ctx, &d, &err));
	CHECK_OK(apply_send(ctx, &d, &err));
	ctx_set_time(ctx, date_start(date_plus(friday, 1)) + nine);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(request_find(ctx, d.sent, &r, &err));
	CHECK_INT(r.state, REQUEST_CONFIRMING);
	ctx_set_time(ctx, date_start(monday) + nine);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(request_find(ctx, d.sent, &r, &err));
	CHECK(r.state == REQUEST_HANDLING && date_compare(r.received_on.v, monday) == 0);
	CHECK_OK(apply_receipt_of(ctx, r.id, &receipt, &found, &err));
	CHECK(receipt.confirmed_at.known && receipt.confirmed_at.v == ctx->now);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
}

/* ---- what an applicant may take: a case with a file of each who brings some */

static bool file(struct ctx *ctx, const char *kind, int64_t subject,
		 enum attachment_purpose purpose, enum attachment_bringer who,
		 struct attachment_id *id, struct err *err)
{
	struct attachment_new in = { .subject_kind = kind, .subject_id = subject,
				     .purpose = purpose, .file_name = STR("a.txt"), .who = who,
				     .content = str_format(ctx->arena, "%s %d %d", kind,
							   (int)purpose, (int)who) };

	return attachment_add(ctx, &in, id, err);
}

static void what_is_its_own(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct attachment_id own, others[BROUGHT_BY_COUNT], enclosed, elsewhere;
	struct attachment *list, one;
	struct request_id r;
	struct reply reply;
	struct err err = { 0 };
	size_t count;
	bool served;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &r, &err));
	CHECK_OK(file(ctx, "request", r.n, ATTACHMENT_REQUEST, BROUGHT_BY_APPLICANT, &own, &err));
	CHECK_OK(file(ctx, "request", r.n + 1, ATTACHMENT_REQUEST, BROUGHT_BY_APPLICANT,
		      &elsewhere, &err));
	for (int b = BROUGHT_BY_APPLICANT + 1; b < BROUGHT_BY_COUNT; b++)
		CHECK_OK(file(ctx, "request", r.n, ATTACHMENT_OPINION, (enum attachment_bringer)b,
			      &others[b], &err));
	CHECK_OK(reply_fixture_enclosed(ctx, r, &enclosed, &err));
	CHECK_OK(apply_files(ctx, r, &list, &count, &err));
	CHECK(count == 1 && list[0].id.n == own.n);
	CHECK_OK(apply_file(ctx, r, own, &one, &err));
	CHECK_FAILS(apply_file(ctx, r, enclosed, &one, &err), "attachment.none");
	CHECK_FAILS(apply_file(ctx, r, elsewhere, &one, &err), "attachment.none");
	for (int b = BROUGHT_BY_APPLICANT + 1; b < BROUGHT_BY_COUNT; b++)
		CHECK_FAILS(apply_file(ctx, r, others[b], &one, &err), "attachment.none");
	CHECK_OK(apply_served(ctx, r, &reply, &served, &err));
	CHECK(!served);
	/* Once the reply was served, what was enclosed in it, and still nothing else. */
	struct service_new service = { .way = SERVICE_IN_PERSON, .sent_on = ctx->today,
				       .signed_on = { true, ctx->today },
				       .addressee = STR("申请人甲〇一") };
	reply_sit(ctx, DESK_CLERK);
	CHECK_OK(reply_serve(ctx, r, &service, &err));
	CHECK_OK(apply_served(ctx, r, &reply, &served, &err));
	CHECK(served);
	CHECK_OK(apply_files(ctx, r, &list, &count, &err));
	CHECK(count == 2 && list[0].id.n == own.n && list[1].id.n == enclosed.n);
	CHECK_FAILS(apply_file(ctx, r, others[BROUGHT_BY_THIRD_PARTY], &one, &err),
		    "attachment.none");
}

/* ---- what the law leaves open */

static void settings(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct date friday = date_make(2020, 6, 5), tuesday = date_make(2020, 6, 9);
	struct apply_setting s;
	struct request_id *waiting;
	struct apply_draft d, again;
	struct request r;
	struct job job = { .id = 1 };
	struct err err = { 0 };
	size_t count;
	bool found;

	(void)arg;
	CHECK_OK(unit(ctx, &err));
	CHECK_OK(apply_setting_of(ctx, &s, &err));
	CHECK(s.draft_days == APPLY_DRAFT_DAYS && s.opens_h == 9 && s.closes_h == 18 &&
	      s.confirm == APPLY_CONFIRM_SENDING);
	s.closes_h = 9;
	CHECK_FAILS(apply_set(ctx, &s, &err), "apply.hours");
	s.closes_h = 17;
	s.draft_days = APPLY_DRAFT_DAYS_MAX + 1;
	CHECK_FAILS(apply_set(ctx, &s, &err), "apply.draft_days");
	s.draft_days = 2;
	s.confirm = APPLY_CONFIRM_HAND;
	CHECK_OK(apply_set(ctx, &s, &err));
	/* By hand: neither sending nor the next working day confirms; then it is listed. */
	ctx_set_time(ctx, date_start(friday) + 10 * 3600);
	CHECK_OK(filled(ctx, &d, &err));
	CHECK_OK(apply_send(ctx, &d, &err));
	ctx_set_time(ctx, date_start(date_plus(friday, 3)) + 10 * 3600);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(request_find(ctx, d.sent, &r, &err));
	CHECK_INT(r.state, REQUEST_CONFIRMING);
	CHECK_OK(apply_waiting(ctx, (struct opt_int){ 0 }, 9, &waiting, &count, &err));
	CHECK_INT((int64_t)count, 0);
	ctx_set_time(ctx, date_start(tuesday) + 10 * 3600);
	CHECK_OK(apply_waiting(ctx, (struct opt_int){ true, 1 }, 9, &waiting, &count, &err));
	CHECK(count == 1 && waiting[0].n == d.sent.n);
	CHECK_OK(apply_waiting(ctx, (struct opt_int){ true, 2 }, 9, &waiting, &count, &err));
	CHECK_INT((int64_t)count, 0);
	/* Two days, then a form is gone. */
	CHECK_OK(filled(ctx, &d, &err));
	ctx_set_time(ctx, ctx->now + 2 * day + 1);
	CHECK_OK(apply_on_hour(ctx, &job, &err));
	CHECK_OK(apply_find(ctx, d.token, &again, &found, &err));
	CHECK(!found);
	/* Other hours: what is sent at 17 o'clock waits for the next working day. */
	s.confirm = APPLY_CONFIRM_SENDING;
	CHECK_OK(apply_set(ctx, &s, &err));
	ctx_set_time(ctx, date_start(date_plus(friday, 7)) + 17 * 3600);
	CHECK_OK(filled(ctx, &d, &err));
	CHECK_OK(apply_send(ctx, &d, &err));
	CHECK_OK(request_find(ctx, d.sent, &r, &err));
	CHECK_INT(r.state, REQUEST_CONFIRMING);
}

static void in_time(struct test *t)
{
	struct request r = { .correction_until = { true, date_make(2024, 3, 29) } };

	if (!test_case(t, "30: a correction is taken here up to its last day"))
		return;
	CHECK(apply_in_time(&r, date_make(2024, 3, 29)));
	CHECK(!apply_in_time(&r, date_make(2024, 3, 30)));
	r.correction_until.known = false;
	CHECK(apply_in_time(&r, date_make(2024, 3, 30)));
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	(void)arg;
	return unit(ctx, err);
}

static bool whole_path(struct ctx *ctx, const void *arg, struct err *err)
{
	struct apply_draft d;

	(void)arg;
	return filled(ctx, &d, err) && apply_send(ctx, &d, err);
}

void apply_test(struct test *t)
{
	static const struct testdb_scenario whole = { .given = given, .verb = whole_path };

	testdb_each(t, "a draft is kept, found by its cookie alone, and forgotten", drafts, NULL);
	testdb_each(t, "29: what a form must hold, step by step", checks, NULL);
	testdb_each(t, "a form is sent once, and followed with its code", sending, NULL);
	testdb_each(t,
		    "31(3): sent in working hours confirmed at once, else on the next working day",
		    confirmation, NULL);
	testdb_each(t, "an applicant takes its own files and what was served, nothing else",
		    what_is_its_own, NULL);
	testdb_each(t, "31(3): hours, days and who confirms are the site's to settle", settings,
		    NULL);
	in_time(t);
	testdb_faults(t, "filling in and sending is all or nothing", &whole);
}
