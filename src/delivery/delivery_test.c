/*
 * delivery_test.c - a letter on the way is issued, mailed to whoever chose that, and served when a
 * server has taken it; every other way is written down.
 */
#include "delivery/delivery.h"

#include "amendment/amendment.h"
#include "ledger/ledger.h"
#include "reply/fixture.h"
#include "request/request_letters.h"

#define MAIL "jia01@applicant.example"

/* A request by somebody who chose the way, with the letter of its correction drafted. */
static bool asked(struct ctx *ctx, enum give_way way, const char *email, struct letter_id *letter,
		  struct request_id *id, struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.document_no = STR("11010519491231002X"),
				.phone = STR("13800000000"), .email = str_from_c(email) };
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct request_register in = { .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .wanted_way = way,
				       .submitted_on = reply_day("2024-03-04"),
				       .content = STR("某地块的征收批复及其附图") };
	struct request_step step = { .verb = VERB_ASK_CORRECTION,
				     .on = reply_day("2024-03-06"),
				     .until = reply_day("2024-03-20"),
				     .text = STR("年份不明确"),
				     .guidance = STR("可以写文号") };
	struct request_letters letters;

	reply_today(ctx, "2024-03-06");
	reply_sit(ctx, DESK_CLERK);
	if (!agency_add_unit(ctx, &root, &in.unit, err) || !reply_fixture_head(ctx, in.unit, err) ||
	    !identity_add(ctx, &who, &in.applicant_id, err) ||
	    !request_register(ctx, &in, id, err) ||
	    !request_take_step(ctx, *id, &step, err) ||
	    !request_draft_letters(ctx, *id, &step, &letters, err))
		return false;
	*letter = letters.ids[0];
	return true;
}

/* The listener of "letter.issued", as the jobs thread calls it. */
static bool issued(struct test *t, struct ctx *ctx, struct letter_id id)
{
	const struct job job = { .topic = STR("letter.issued"), .subject_kind = STR("letter"),
				 .subject_id = id.n,
				 .payload = str_format(ctx->arena, "%lld", (long long)id.n) };
	struct err err = { 0 };

	return CHECK_OK(delivery_on_issued(ctx, &job, &err));
}

static struct delivery last(struct test *t, struct ctx *ctx, struct letter_id id, size_t expected)
{
	struct delivery *list, none = { .id = 0 };
	struct err err = { 0 };
	size_t count;

	if (!CHECK_OK(delivery_list_of(ctx, id, &list, &count, &err)) ||
	    !CHECK_INT((int64_t)count, (int64_t)expected) || count == 0)
		return none;
	return list[count - 1];
}

/* The letter set as PDF and given to the notice, in the three steps. */
static void set(struct test *t, struct ctx *ctx, struct letter_id letter, struct notice_id notice)
{
	const struct job job = { .topic = STR("delivery.mail"), .subject_kind = STR("letter"),
				 .subject_id = letter.n,
				 .payload = str_format(ctx->arena, "%lld", (long long)notice.n) };
	struct err err = { 0 };
	struct notice n;
	void *plan;

	CHECK_OK(notice_find(ctx, notice, &n, &err));
	CHECK(n.held);
	if (!CHECK_OK(delivery_mailing.prepare(ctx, &job, &plan, &err)) || !CHECK(plan != NULL))
		return;
	CHECK_OK(delivery_mailing.finish(ctx, &job, plan, JOB_ANSWERED, &err, false, &err));
	CHECK_OK(notice_find(ctx, notice, &n, &err));
	CHECK(!n.held && n.state == NOTICE_WAITING);
	CHECK_OK(delivery_mailing.prepare(ctx, &job, &plan, &err));
	CHECK(plan == NULL); /* once is enough */
}

/* The end of its mail as the jobs thread notes it, without a server in between. */
static void ended(struct test *t, struct ctx *ctx, struct notice_id id, bool sent)
{
	const struct job sending = { .topic = STR("notice.send"), .subject_kind = STR("notice"),
				     .subject_id = id.n };
	const struct job job = { .topic = STR("notice.ended"), .subject_kind = STR("notice"),
				 .subject_id = id.n };
	struct err err = { 0 }, why = { 0 };
	void *plan;

	if (!CHECK_OK(notice_sending.prepare(ctx, &sending, &plan, &err)) || !CHECK(plan != NULL))
		return;
	CHECK_OK(notice_sending.finish(ctx, &sending, plan, sent ? JOB_ANSWERED : JOB_AGAIN, &why,
				       !sent, &err));
	CHECK_OK(delivery_on_notice(ctx, &job, &err));
	CHECK_OK(delivery_on_notice(ctx, &job, &err)); /* told again: nothing more */
}

static void by_mail(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct opt_date day;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct request r;
	struct notice n;
	size_t count, served = 0;
	bool ours;

	(void)arg;
	CHECK_OK(asked(ctx, GIVE_BY_EMAIL, MAIL, &letter, &request, &err));
	CHECK_FAILS(delivery_mail(ctx, letter, STR_NONE, &err), "delivery.not_issued");
	CHECK(issued(t, ctx, letter)); /* a draft is not mailed */
	(void)last(t, ctx, letter, 0);
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	CHECK(issued(t, ctx, letter));
	CHECK(issued(t, ctx, letter)); /* a job may run twice */
	struct delivery d = last(t, ctx, letter, 1);
	CHECK(d.way == SERVICE_EMAIL && d.notice.known && !d.counts_on.known && !d.failed);
	CHECK(!str_contains(d.addressee, STR("jia01@")));
	struct notice_id mail = { d.notice.v };
	CHECK_OK(notice_find(ctx, mail, &n, &err));
	CHECK(str_contains(n.text, STR("补正告知书")) && !str_contains(n.text, STR("征收批复")));
	CHECK_STR(n.to, STR(MAIL));
	set(t, ctx, letter, mail);
	reply_today(ctx, "2024-03-07");
	ended(t, ctx, mail, true);
	d = last(t, ctx, letter, 1);
	CHECK(d.counts_on.known && str_contains(d.note, STR("对方服务器已接收")));
	CHECK_OK(delivery_day_of(ctx, letter, &day, &err));
	CHECK(day.known && date_compare(day.v, reply_day("2024-03-07")) == 0);
	CHECK_OK(delivery_carries(ctx, mail, &ours, &err));
	CHECK(ours);
	/* No clock was moved; the story of the case has it, without the address. */
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK(r.state == REQUEST_CORRECTING &&
	      date_compare(r.correction_until.v, reply_day("2024-03-20")) == 0);
	CHECK_OK(ledger_history(ctx, "request", request.n, 50, &rows, &count, &err));
	for (size_t i = 0; i < count; i++) {
		served += str_equal_c(rows[i].verb, "delivery.serve") ? 1 : 0;
		CHECK(!str_contains(rows[i].changes_json, STR(MAIL)));
	}
	CHECK_INT((int64_t)served, 1);
	/* Once more, to a mailbox that nobody serves: that has failed, the first one stands. */
	CHECK_OK(delivery_mail(ctx, letter, STR("jia02@applicant.example"), &err));
	mail.n = last(t, ctx, letter, 2).notice.v;
	set(t, ctx, letter, mail);
	ended(t, ctx, mail, false);
	d = last(t, ctx, letter, 2);
	CHECK(d.failed && !d.counts_on.known && str_contains(d.note, STR("多次未发出")));
	CHECK_OK(delivery_day_of(ctx, letter, &day, &err));
	CHECK(day.known);
}

static const struct {
	const char *title;
	enum give_way way;
	const char *email;
	bool mailed;
} rows[] = {
	{ "chose e-mail and left an address", GIVE_BY_EMAIL, MAIL, true },
	{ "chose e-mail, whose address takes no mail", GIVE_BY_EMAIL, "李@例.测试", false },
	{ "left an address, but chose the post", GIVE_BY_POST, MAIL, false },
	{ "did not say how", GIVE_WAY_UNSAID, MAIL, false },
};

static void to_whom(struct test *t, struct testdb *site, const void *arg)
{
	size_t i = *(const size_t *)arg;
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct err err = { 0 };

	if (!asked(ctx, rows[i].way, rows[i].email, &letter, &request, &err)) {
		/* An address that is none is refused at the door. */
		CHECK(!rows[i].mailed && str_equal_c(str_from_c(err.field), "email"));
		return;
	}
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	CHECK(issued(t, ctx, letter));
	(void)last(t, ctx, letter, rows[i].mailed ? 1 : 0);
}

/* An old letter, entered late, is not mailed by itself. */
static void late(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(asked(ctx, GIVE_BY_EMAIL, MAIL, &letter, &request, &err));
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	reply_today(ctx, "2024-03-10");
	CHECK(issued(t, ctx, letter));
	(void)last(t, ctx, letter, 0);
	CHECK_OK(delivery_mail(ctx, letter, STR_NONE, &err)); /* by hand it is */
	(void)last(t, ctx, letter, 1);
}

static void by_hand(struct test *t, struct testdb *site, const void *arg)
{
	struct service_new in = { .way = SERVICE_POST, .sent_on = reply_day("2024-03-06"),
				  .tracking = STR("1234567890123") };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(asked(ctx, GIVE_BY_POST, "", &letter, &request, &err));
	CHECK_FAILS(delivery_note(ctx, letter, &in, &err), "delivery.not_issued");
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	CHECK_FAILS(delivery_issue(ctx, letter, ctx->today, &err), "letter.issued");
	CHECK_FAILS(delivery_mail(ctx, letter, STR_NONE, &err), "delivery.no_email");
	CHECK_FAILS(delivery_mail(ctx, letter, STR("nobody"), &err), "notice.bad_address");
	in.sent_on = reply_day("2024-03-05");
	CHECK_FAILS(delivery_note(ctx, letter, &in, &err), "request.too_early");
	in.sent_on = reply_day("2024-03-07");
	CHECK_FAILS(delivery_note(ctx, letter, &in, &err), "request.in_future");
	in.sent_on = ctx->today;
	in.way = SERVICE_NOTICE;
	CHECK_FAILS(delivery_note(ctx, letter, &in, &err), "reply.notice_too_early");
	in.way = SERVICE_POST;
	in.tracking = STR("12");
	CHECK_FAILS(delivery_note(ctx, letter, &in, &err), "reply.tracking");
	in.tracking = STR("1234567890123");
	CHECK_OK(delivery_note(ctx, letter, &in, &err));
	struct delivery d = last(t, ctx, letter, 1);
	CHECK(d.counts_on.known && !d.signed_on.known);
	reply_today(ctx, "2024-03-08");
	CHECK_FAILS(delivery_prove(ctx, letter, d.id + 9, ctx->today, STR_NONE, &err),
		    "delivery.none");
	CHECK_OK(delivery_prove(ctx, letter, d.id, ctx->today, STR("申请人甲〇一"), &err));
	CHECK_FAILS(delivery_prove(ctx, letter, d.id, ctx->today, STR_NONE, &err),
		    "delivery.settled");
	d = last(t, ctx, letter, 1);
	CHECK(d.signed_on.known && date_compare(d.counts_on.v, reply_day("2024-03-06")) == 0);
	/* Years later: who signed is forgotten, the days stay. */
	CHECK_OK(delivery_erase(ctx, "request", request.n, STR("（已删除）"), &err));
	d = last(t, ctx, letter, 1);
	CHECK_STR(d.addressee, STR("（已删除）"));
	CHECK(d.signed_on.known && d.tracking.len == 0);
}

static void not_here(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_new alone = { .kind = letter_kind_find(STR("receipt")), .subject_kind = "",
				    .addressee = STR("申请人甲〇一") };
	struct letter_id letter;
	struct reply reply;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	(void)reply_now(ctx, request, &reply, &err);
	/* An answer passes its gates first. */
	CHECK_FAILS(delivery_issue(ctx, (struct letter_id){ reply.letter.v }, ctx->today, &err),
		    "delivery.answer");
	alone.unit = (struct unit_id){ 1 };
	alone.dated = ctx->today;
	CHECK_OK(letter_draft(ctx, &alone, &letter, &err));
	CHECK_FAILS(delivery_issue(ctx, letter, ctx->today, &err), "delivery.alone");
}

/* Art. 41: the service of its letter ends a correction of records. */
static void of_amendment(struct test *t, struct testdb *site, const void *arg)
{
	struct amendment_finding in = { .result = AMENDMENT_CORRECTED };
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.document_no = STR("11010519491231002X"), .email = STR(MAIL) };
	struct amendment_new new = { .channel = CHANNEL_WEB, .record = STR("出生日期"),
				     .wrong = STR("写成1948年，应为1949年"),
				     .evidence = STR("户口簿") };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct amendment_id id;
	struct err err = { 0 };
	struct amendment a;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	new.unit = (struct unit_id){ 1 };
	new.received_on = ctx->today;
	CHECK_OK(identity_add(ctx, &who, &new.applicant, &err));
	CHECK_OK(amendment_register(ctx, &new, &id, &err));
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK_OK(amendment_draft(ctx, (struct amendment_edit){ id, a.version }, &in, &err));
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	letter = (struct letter_id){ a.letter.v };
	CHECK_FAILS(delivery_issue(ctx, letter, ctx->today, &err), "delivery.amendment");
	CHECK_OK(amendment_issue(ctx, (struct amendment_edit){ id, a.version }, ctx->today, &err));
	CHECK(issued(t, ctx, letter));
	struct delivery d = last(t, ctx, letter, 1);
	struct notice_id mail = { d.notice.v };
	set(t, ctx, letter, mail);
	ended(t, ctx, mail, true);
	CHECK_OK(amendment_find(ctx, id, &a, &err));
	CHECK(a.state == AMENDMENT_CLOSED && a.closed_on.known);
}

/* 行政复议法（2023）第二十二条: a letter with a remedy leaves only if it names the channel. */
static void names_channel(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_new closing = { .kind = letter_kind_find(STR("close_uncorrected")),
				      .subject_kind = "request",
				      .addressee = STR("申请人甲〇一") };
	struct letter_fact facts[] = { { "correction_told_on", STR("2024-03-06") },
				       { "served_on", STR("2024-03-06") },
				       { "lapsed_on", STR("2024-03-20") },
				       { "number", STR("YX-2024-0001") },
				       { "received_on", STR("2024-03-04") },
				       { "content", STR("批复") } };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct letter_id letter;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(asked(ctx, GIVE_BY_EMAIL, MAIL, &letter, &request, &err));
	reply_today(ctx, "2024-03-25");
	closing.unit = (struct unit_id){ 1 };
	closing.subject_id = request.n;
	closing.dated = ctx->today;
	closing.facts = facts;
	closing.facts_count = COUNT_OF(facts);
	CHECK_OK(letter_draft(ctx, &closing, &letter, &err));
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	CHECK(issued(t, ctx, letter));
	(void)last(t, ctx, letter, 0);
	CHECK_FAILS(delivery_mail(ctx, letter, STR_NONE, &err), "delivery.not_online");
	closing.online = true;
	CHECK_OK(letter_draft(ctx, &closing, &letter, &err));
	CHECK_OK(delivery_issue(ctx, letter, ctx->today, &err));
	CHECK(issued(t, ctx, letter));
	(void)last(t, ctx, letter, 1);
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id request;
	struct letter_id letter;

	(void)arg;
	return asked(ctx, GIVE_BY_EMAIL, MAIL, &letter, &request, err);
}

static bool whole(struct ctx *ctx, const void *arg, struct err *err)
{
	struct service_new in = { .way = SERVICE_POST, .sent_on = ctx->today,
				  .tracking = STR("1234567890123") };
	struct letter_id letter = { 1 };

	(void)arg;
	return delivery_issue(ctx, letter, ctx->today, err) &&
	       delivery_mail(ctx, letter, STR_NONE, err) && delivery_note(ctx, letter, &in, err);
}

void delivery_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = given, .verb = whole };
	static size_t indexes[COUNT_OF(rows)];

	testdb_each(t, "a correction reaches who chose e-mail, and is served once a server has it",
		    by_mail, NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		indexes[i] = i;
		testdb_each(t, str_to_c(t->arena, str_format(t->arena, "by itself to whom: %s",
							     rows[i].title)),
			    to_whom, &indexes[i]);
	}
	testdb_each(t, "a letter entered late is mailed by hand alone", late, NULL);
	testdb_each(t, "by post: sent, signed for, forgotten in time", by_hand, NULL);
	testdb_each(t, "answers and letters of nothing are not issued here", not_here, NULL);
	testdb_each(t, "41: the mail that was taken ends a correction of records", of_amendment,
		    NULL);
	testdb_each(t, "22: what has a remedy leaves by mail only if it names the channel",
		    names_channel, NULL);
	testdb_faults(t, "issuing and delivering are all or nothing", &scenario);
}
