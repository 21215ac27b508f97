/* follow_test.c - suggestions and complaints: who may, once, sealed, decided once. */
#include "apply/apply.h"
#include "apply/follow.h"
#include "base/test.h"
#include "ledger/ledger.h"
#include "notice/notice.h"
#include "reply/fixture.h"
#include "reply/reply_panel.h"

static bool served(struct ctx *ctx, struct request_id *r, struct err *err)
{
	struct service_new service = { .way = SERVICE_IN_PERSON,
				       .sent_on = reply_day("2024-03-11"),
				       .signed_on = { true, reply_day("2024-03-11") },
				       .addressee = STR("申请人甲〇一") };

	if (!reply_fixture(ctx, r, err) || !reply_fixture_to(ctx, *r, REPLY_SIGNED, err))
		return false;
	reply_sit(ctx, DESK_CLERK);
	return reply_serve(ctx, *r, &service, err);
}

static struct follow_new words(struct request_id r, enum follow_kind kind, const char *form)
{
	return (struct follow_new){
		.kind = kind,
		.request = r,
		.ground = kind == FOLLOW_COMPLAINT ? GROUND_NOT_ANSWERED : GROUND_NONE,
		.text = STR("邻居申请人乙〇二也想知道"),
		.form_id = str_from_c(form),
	};
}

/* ---- Art. 44 (2) */

static void suggesting(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id r;
	struct follow_id id, again;
	struct letter_id letter;
	struct letter l;
	struct follow f, *list;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &r, &err));
	struct follow_new in = words(r, FOLLOW_SUGGESTION, "form-1");
	CHECK_FAILS(follow_send(ctx, &in, &id, &err), "follow.not_given");
	CHECK_OK(reply_fixture_to(ctx, r, REPLY_SIGNED, &err));
	CHECK_FAILS(follow_send(ctx, &in, &id, &err), "follow.not_given");
	struct service_new service = { .way = SERVICE_IN_PERSON, .sent_on = ctx->today,
				       .signed_on = { true, ctx->today },
				       .addressee = STR("申请人甲〇一") };
	reply_sit(ctx, DESK_CLERK);
	CHECK_OK(reply_serve(ctx, r, &service, &err));
	struct follow_new empty = in;
	empty.text = STR(" ");
	CHECK_FAILS(follow_send(ctx, &empty, &id, &err), "follow.no_text");
	CHECK_OK(follow_send(ctx, &in, &id, &err));
	CHECK_OK(follow_send(ctx, &in, &again, &err));
	CHECK_INT(again.n, id.n);
	in.form_id = STR("form-2");
	CHECK_FAILS(follow_send(ctx, &in, &again, &err), "follow.waiting");
	CHECK_OK(follow_find(ctx, id, &f, &err));
	CHECK_STR(f.text, in.text);
	CHECK(f.unit.n == 1 && f.finding == FINDING_OPEN);
	/* Decided by its own unit, once, with the letter of the law. */
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_FAILS(follow_decide(ctx, id, 1, FINDING_UPHELD, STR("属实"), &letter, &err), "follow.no_finding");
	CHECK_FAILS(follow_decide(ctx, id, 1, FINDING_ACCEPTED, STR(" "), &letter, &err),
		    "follow.no_answer");
	CHECK_FAILS(follow_decide(ctx, id, 9, FINDING_ACCEPTED, STR("纳入"), &letter, &err), "follow.changed");
	ctx->actor.unit_id = 2;
	CHECK_FAILS(follow_decide(ctx, id, 1, FINDING_ACCEPTED, STR("纳入"), &letter, &err), "follow.not_yours");
	ctx->actor.unit_id = 1;
	CHECK_OK(follow_decide(ctx, id, 1, FINDING_ACCEPTED, STR("本机关将及时主动公开"), &letter, &err));
	CHECK_OK(letter_load(ctx, letter, &l, &err));
	CHECK(str_equal_c(STR("suggest"), l.kind->code) && str_contains(l.body, STR("本机关将及时主动公开")));
	CHECK_FAILS(follow_decide(ctx, id, 2, FINDING_REFUSED, STR("不"), &letter, &err), "follow.decided");
	CHECK_FAILS(follow_send(ctx, &in, &again, &err), "follow.accepted");
	CHECK_OK(follow_list_open(ctx, FOLLOW_SUGGESTION, (struct opt_int){ true, 1 }, 9, &list,
				  &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(follow_list(ctx, FOLLOW_SUGGESTION, (struct opt_int){ 0 }, 0, 9, &list, &count,
			     &err));
	CHECK(count == 1 && list[0].finding == FINDING_ACCEPTED);
	CHECK_STR(list[0].answer, STR("本机关将及时主动公开"));
	/* Old enough to be forgotten: words go, what was decided stays. */
	CHECK_OK(follow_erase(ctx, r, STR("（已删除）"), &err));
	CHECK_OK(follow_find(ctx, id, &f, &err));
	CHECK_STR(f.text, STR("（已删除）"));
	CHECK_STR(f.answer, STR("（已删除）"));
	CHECK(f.finding == FINDING_ACCEPTED && f.decided_on.known);
}

/* ---- Art. 47 (2), Art. 51 */

static bool told(struct ctx *ctx, const char *kind, int64_t id, const char *verb, bool *found,
		 struct err *err)
{
	struct ledger_row *rows;
	size_t count;

	*found = false;
	if (!ledger_history(ctx, kind, id, 200, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		*found = *found || str_equal_c(rows[i].verb, verb);
	return true;
}

static void complaining(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct unit_new other = { .code = STR("B"), .name = STR("示例区教育局"),
				  .kind = UNIT_DEPARTMENT, .parent = { true, 1 }, .reports = true };
	struct request_register reg = { .channel = CHANNEL_IN_PERSON,
					.content = STR("学位供给") };
	struct follow_id id, more;
	struct letter_id letter;
	struct request_id r, first;
	struct follow f;
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &first, &err));
	CHECK_OK(agency_add_unit(ctx, &other, &reg.unit, &err));
	reg.submitted_on = ctx->today;
	CHECK_OK(request_register(ctx, &reg, &r, &err));
	struct follow_new in = words(r, FOLLOW_COMPLAINT, "form-1");
	in.ground = GROUND_NONE;
	CHECK_FAILS(follow_send(ctx, &in, &id, &err), "follow.no_ground");
	in.ground = GROUND_NOT_ANSWERED;
	CHECK_OK(follow_send(ctx, &in, &id, &err));
	CHECK_OK(follow_find(ctx, id, &f, &err));
	CHECK_INT(f.unit.n, 1); /* not of those complained of */
	/* Nor in the story of the case, which they read. */
	CHECK_OK(told(ctx, "request", r.n, "follow.complain", &found, &err));
	CHECK(!found);
	CHECK_OK(told(ctx, "complaint", id.n, "follow.complain", &found, &err));
	CHECK(found);
	for (int i = 1; i < FOLLOW_OPEN_MAX; i++) {
		in.form_id = str_format(t->arena, "more-%d", i);
		CHECK_OK(follow_send(ctx, &in, &more, &err));
	}
	in.form_id = STR("too many");
	CHECK_FAILS(follow_send(ctx, &in, &more, &err), "follow.waiting");
	CHECK_OK(follow_decide(ctx, id, 1, FINDING_UPHELD, STR("已督促该单位于三日内答复"), &letter, &err));
	CHECK_INT(letter.n, 0);
	CHECK_OK(follow_send(ctx, &in, &more, &err));
}

/* What was decided reaches an applicant who chose e-mail, and nobody else. */
static void answered_by_mail(struct test *t, struct testdb *site, const void *arg)
{
	const bool mailed = *(const bool *)arg;
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.document_no = STR("11010519491231002X"),
				.email = STR("jia01@applicant.example") };
	struct request_register reg = { .channel = CHANNEL_IN_PERSON, .unit = { 1 },
					.applicant = APPLICANT_NATURAL_PERSON,
					.wanted_way = mailed ? GIVE_BY_EMAIL : GIVE_BY_POST,
					.content = STR("某地块的批复") };
	struct ctx *ctx = &site->ctx;
	struct request_id first, r;
	struct letter_id letter;
	struct notice *list;
	struct follow_id id;
	struct err err = { 0 };
	size_t count;

	CHECK_OK(reply_fixture(ctx, &first, &err));
	reg.submitted_on = ctx->today;
	CHECK_OK(identity_add(ctx, &who, &reg.applicant_id, &err));
	CHECK_OK(request_register(ctx, &reg, &r, &err));
	struct follow_new in = words(r, FOLLOW_COMPLAINT, "form-1");
	CHECK_OK(follow_send(ctx, &in, &id, &err));
	CHECK_OK(follow_decide(ctx, id, 1, FINDING_UPHELD, STR("已督促三日内答复"), &letter, &err));
	CHECK_OK(notice_of_subject(ctx, "complaint", id.n, 9, &list, &count, &err));
	CHECK_INT((int64_t)count, mailed ? 1 : 0);
	CHECK(!mailed || (str_contains(list[0].text, STR("已督促三日内答复")) &&
			  str_contains(list[0].text, STR("查证属实")) &&
			  str_equal_c(list[0].to, "jia01@applicant.example")));
	/* Nothing of it among the mail of the case, which those complained of read. */
	CHECK_OK(notice_of_subject(ctx, "request", r.n, 9, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

/* ---- what was served, and what can be done about it */

static void papers(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct reply_letter *list;
	struct request_id r;
	struct str remedy;
	struct letter *all;
	struct letter l;
	struct err err = { 0 };
	size_t count, all_count;
	bool under_way;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &r, &err));
	CHECK_OK(reply_fixture_to(ctx, r, REPLY_SIGNED, &err));
	CHECK_OK(apply_letters(ctx, r, &list, &count, &under_way, &err));
	CHECK(count == 0 && under_way);
	CHECK_OK(letter_list(ctx, "request", r.n, &all, &all_count, &err));
	CHECK_INT((int64_t)all_count, 1);
	CHECK_FAILS(apply_letter(ctx, r, all[0].id, &l, &err), "letter.none");
	CHECK_OK(apply_remedy(ctx, r, &remedy, &err));
	CHECK_INT((int64_t)remedy.len, 0);
	struct service_new service = { .way = SERVICE_IN_PERSON, .sent_on = ctx->today,
				       .signed_on = { true, ctx->today },
				       .addressee = STR("申请人甲〇一") };
	reply_sit(ctx, DESK_CLERK);
	CHECK_OK(reply_serve(ctx, r, &service, &err));
	CHECK_OK(apply_letter(ctx, r, all[0].id, &l, &err));
	CHECK_OK(apply_remedy(ctx, r, &remedy, &err));
	CHECK(remedy.len > 0 && str_contains(l.body, remedy));
	/* Another case's letter is not there. */
	CHECK_FAILS(apply_letter(ctx, (struct request_id){ r.n + 1 }, all[0].id, &l, &err),
		    "letter.none");
}

static void withdrawing(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct reply_letter *list;
	struct request_id id;
	struct reply reply;
	struct request r;
	struct err err = { 0 };
	size_t count;
	bool found, under_way;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &id, &err));
	CHECK_OK(reply_fixture_draft(ctx, id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_OK(apply_withdraw(ctx, &r, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK(r.state == REQUEST_CLOSED && str_equal_c(r.decision, "withdraw"));
	CHECK_OK(reply_of(ctx, id, &reply, &found, &err));
	CHECK(found && reply.stage == REPLY_DROPPED);
	CHECK_OK(apply_letters(ctx, id, &list, &count, &under_way, &err));
	CHECK(count == 1 && !under_way && list[0].number.len > 0);
	CHECK_FAILS(apply_withdraw(ctx, &r, &err), "request.not_allowed");
}

static bool scene(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id r;

	(void)arg;
	return served(ctx, &r, err);
}

static bool whole(struct ctx *ctx, const void *arg, struct err *err)
{
	struct follow_new in = words((struct request_id){ 1 }, FOLLOW_SUGGESTION, "form-1");
	struct follow_id id;
	struct letter_id letter;

	(void)arg;
	return follow_send(ctx, &in, &id, err) &&
	       follow_decide(ctx, id, 1, FINDING_ACCEPTED, STR("纳入"), &letter, err);
}

void follow_test(struct test *t)
{
	static const struct testdb_scenario all = { .given = scene, .verb = whole };

	testdb_each(t, "47(2): what was decided is mailed to who chose e-mail", answered_by_mail,
		    &(const bool){ true });
	testdb_each(t, "47(2): to who chose the post nothing is mailed", answered_by_mail,
		    &(const bool){ false });
	testdb_each(t, "44(2): what was given may be suggested for publishing, and is decided once",
		    suggesting, NULL);
	testdb_each(t, "47(2), 51: a complaint goes to the body in charge, apart from the case",
		    complaining, NULL);
	testdb_each(t, "an applicant reads the letters that were served on it, and its remedies",
		    papers, NULL);
	testdb_each(t, "who withdraws gets the letter that says so; the draft ends", withdrawing,
		    NULL);
	testdb_faults(t, "suggesting and deciding is all or nothing", &all);
}
