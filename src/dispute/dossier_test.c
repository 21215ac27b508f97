/*
 * dossier_test.c - the way of a proceeding: notice and clock, hearings, people, papers, the end,
 * the new answer; what is put right, and what table 四 counts meanwhile.
 */
#include "base/test.h"
#include "dispute/dossier.h"
#include "reply/fixture.h"


/* A request that was refused on 2024-03-11, and a proceeding about it. */
static bool begin(struct ctx *ctx, enum dispute_route route, const char *accepted,
		  struct dispute_id *id, struct err *err)
{
	struct request_id request;

	if (!reply_fixture(ctx, &request, err) ||
	    !reply_fixture_to(ctx, request, REPLY_SIGNED, err))
		return false;
	reply_sit(ctx, DESK_CLERK);
	reply_today(ctx, "2024-05-06");
	return dispute_open(ctx,
			    &(struct dispute_open){ .unit = { 1 },
						    .request = { true, request.n },
						    .route = route,
						    .case_no = STR("示复〔2024〕1号"),
						    .organ = STR("示例市人民政府"),
						    .accepted_on = reply_day(accepted) },
			    id, err);
}

static struct dispute_edit at(struct ctx *ctx, struct dispute_id id)
{
	struct err err = { 0 };
	struct dispute d;

	if (!dispute_find(ctx, id, &d, &err))
		return (struct dispute_edit){ id, -1 };
	return (struct dispute_edit){ id, d.version };
}

/* A case that ended before the day of a hearing: no calendar waits for it, and it can be struck. */
static void ended_before(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct hearing_new in = { .kind = HEARING_HEARING, .time = STR("09:30") };
	struct dispute_end end = { .result = STR("终止"), .on = reply_day("2024-05-06") };
	struct hearing_id hearing;
	struct hearing *list;
	struct dispute_id id;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	in.day = date_plus(ctx->today, 3);
	CHECK_OK(hearing_add(ctx, at(ctx, id), &in, &hearing, &err));
	CHECK_OK(hearing_planned(ctx, (struct opt_int){ 0 }, ctx->today, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(dispute_end(ctx, at(ctx, id), &end, &err));
	CHECK_OK(hearing_planned(ctx, (struct opt_int){ 0 }, ctx->today, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(hearing_cancel(ctx, at(ctx, id), hearing, STR("案件已终止"), &err));
}

/* ---- days to answer */

static const struct clock_row {
	const char *title;
	enum dispute_route route;
	const char *received;
	bool simplified;
	const char *rule, *due;
} clocks[] = {
	{ "a reconsideration is answered in 10 working days", DISPUTE_RECONSIDERATION, "2024-04-26",
	  false, "reconsideration", "2024-05-13" },
	{ "the simplified procedure has 5 working days", DISPUTE_RECONSIDERATION, "2024-04-26",
	  true, "reconsideration_simplified", "2024-05-07" },
	{ "before 2024 the 10 days are natural ones", DISPUTE_RECONSIDERATION, "2023-12-29", false,
	  "reconsideration_before_2024", "2024-01-08" },
	{ "the day the new law begins", DISPUTE_RECONSIDERATION, "2024-01-01", false,
	  "reconsideration", "2024-01-15" },
	{ "a court is answered in 15 natural days", DISPUTE_LITIGATION_DIRECT, "2024-04-22", false,
	  "court", "2024-05-07" },
	{ "the last day is a holiday: the next working day", DISPUTE_LITIGATION_AFTER, "2024-04-16",
	  false, "court", "2024-05-06" },
};

static void counts(struct test *t, struct testdb *site, const void *arg)
{
	const struct clock_row *row = arg;
	struct ctx *ctx = &site->ctx;
	struct period_result clock;
	struct dispute_rule rule;
	struct dispute_id id = { 0 };
	struct err err = { 0 };
	struct dispute d;

	CHECK_OK(begin(ctx, row->route, row->received, &id, &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_FAILS(dispute_clock(ctx, &d, &clock, &rule, &err), "dispute.not_received");
	CHECK_FAILS(dispute_answer(ctx, at(ctx, id), ctx->today, &err), "dispute.not_received");
	CHECK_OK(dispute_receive(ctx, at(ctx, id), reply_day(row->received), row->simplified,
				 &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_OK(dispute_clock(ctx, &d, &clock, &rule, &err));
	CHECK_STR(str_from_c(rule.code), str_from_c(row->rule));
	CHECK_STR(date_iso(ctx->arena, clock.due), str_from_c(row->due));
	CHECK(d.answer_due.known && date_compare(d.answer_due.v, clock.due) == 0);
	CHECK_INT(d.next, DISPUTE_NEXT_ANSWER);
	CHECK(d.next_on.known && date_compare(d.next_on.v, clock.due) == 0);
	CHECK_FAILS(dispute_receive(ctx, at(ctx, id), ctx->today, false, &err),
		    "dispute.received_already");
}

/* ---- a whole reconsideration that orders a new answer */

static void hears(struct test *t, struct ctx *ctx, struct dispute_id id)
{
	struct hearing_new in = { .kind = HEARING_HEARING, .day = reply_day("2024-05-20"),
				  .time = STR("09:30"), .place = STR("示例市司法局") };
	struct hearing_id hearing;
	struct hearing *list;
	struct err err = { 0 };
	struct dispute d;
	size_t count;

	CHECK_OK(hearing_add(ctx, at(ctx, id), &in, &hearing, &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_INT(d.next, DISPUTE_NEXT_ANSWER); /* 2024-05-13 comes first */
	CHECK_OK(dispute_answer(ctx, at(ctx, id), ctx->today, &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_INT(d.next, DISPUTE_NEXT_HEARING);
	in.day = reply_day("2024-05-27");
	CHECK_FAILS(hearing_move(ctx, at(ctx, id), hearing, &in, STR(" "), &err),
		    "dispute.no_text");
	CHECK_OK(hearing_move(ctx, at(ctx, id), hearing, &in, STR("通知改期"), &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_STR(date_iso(ctx->arena, d.next_on.v), STR("2024-05-27"));
	CHECK_FAILS(hearing_hold(ctx, at(ctx, id), hearing, STR("负责人"), &err),
		    "dispute.in_future");
	CHECK_OK(hearing_planned(ctx, (struct opt_int){ true, 1 }, ctx->today, 10, &list, &count,
				 &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_INT(list[0].sequence, 1);
	CHECK_OK(hearing_planned(ctx, (struct opt_int){ true, 2 }, ctx->today, 10, &list, &count,
				 &err));
	CHECK_INT((int64_t)count, 0);
	reply_today(ctx, "2024-05-27");
	CHECK_OK(hearing_hold(ctx, at(ctx, id), hearing, STR("负责人、法律顾问"), &err));
	CHECK_FAILS(hearing_cancel(ctx, at(ctx, id), hearing, STR("误"), &err),
		    "dispute.hearing_over");
	in.time = STR("24:00");
	CHECK_FAILS(hearing_add(ctx, at(ctx, id), &in, &hearing, &err), "dispute.bad_time");
}

static void answers_anew(struct test *t, struct ctx *ctx, struct dispute_id id)
{
	struct reply_fact form = { STR("form"), STR("纸质复印件") };
	struct request_id request = { 1 };
	struct reply_id reply_id;
	struct err err = { 0 };
	struct request before, after;
	struct reply reply;
	struct dispute d;

	CHECK_OK(request_find(ctx, request, &before, &err));
	CHECK_OK(dispute_reopen(ctx, at(ctx, id), &reply_id, &err));
	CHECK_FAILS(dispute_reopen(ctx, at(ctx, id), &reply_id, &err), "dispute.redo_begun");
	CHECK_FAILS(dispute_undo_end(ctx, at(ctx, id), STR("登记有误"), &err),
		    "dispute.redo_begun");
	CHECK_OK(reply_drop(ctx, reply_now(ctx, request, &reply, &err), STR("重拟"), &err));
	CHECK_OK(dispute_reopen(ctx, at(ctx, id), &reply_id, &err));
	struct reply_edit edit = reply_now(ctx, request, &reply, &err);
	CHECK_STR(reply.cause, STR("示例市人民政府示复〔2024〕1号：撤销并责令重新答复"));
	CHECK_INT(reply.round, 3);
	CHECK_OK(reply_decide_item(ctx, edit, reply.items[0].id, reply_kind("give"),
				   STR("应当公开"), &err));
	edit = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_set_facts(ctx, edit, reply.items[0].id, &form, 1, &err));
	CHECK_OK(reply_fixture_letter(ctx, request, &err));
	CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_OK(reply_review(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR, STR_NONE,
			      &err));
	reply_sit(ctx, DESK_ADVISER);
	CHECK_OK(reply_advise(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR, STR("可以"),
			      &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK(d.next == DISPUTE_NEXT_REDO && !d.redo_done);
	reply_sit(ctx, DESK_SIGNER);
	CHECK_OK(reply_sign(ctx, reply_now(ctx, request, &reply, &err), ctx->today, STR_NONE,
			    &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK(d.next == DISPUTE_NEXT_NONE && d.redo_done);
	CHECK_OK(request_find(ctx, request, &after, &err));
	CHECK_STR(after.decision, before.decision); /* the first answer is counted as it was */
	CHECK_INT(after.version, before.version);
	reply_sit(ctx, DESK_CLERK);
}

static int64_t due_count(struct test *t, struct ctx *ctx, bool late)
{
	struct dispute_counts counts = { -1, -1 };
	struct err err = { 0 };

	CHECK_OK(dispute_count(ctx, (struct opt_int){ true, 1 }, &counts, &err));
	return late ? counts.late : counts.due;
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	struct dispute_end end = { .result = STR("撤销并责令重新答复"), .on = reply_day("2024-05-30"),
				   .redo = true,
				   .redo_until = { true, reply_day("2024-06-20") } };
	struct ctx *ctx = &site->ctx;
	struct dispute_id id = { 0 };
	struct err err = { 0 };
	struct reply_id reply;

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	CHECK_INT(due_count(t, ctx, false), 0);
	CHECK_OK(dispute_receive(ctx, at(ctx, id), reply_day("2024-04-26"), false, &err));
	CHECK_INT(due_count(t, ctx, false), 1);
	CHECK_INT(due_count(t, ctx, true), 0);
	hears(t, ctx, id);
	CHECK_INT(due_count(t, ctx, false), 0);
	CHECK_FAILS(dispute_reopen(ctx, at(ctx, id), &reply, &err), "dispute.no_redo");
	reply_today(ctx, "2024-05-31");
	struct dispute_end wrong = end;
	wrong.result = STR("待定");
	CHECK_FAILS(dispute_end(ctx, at(ctx, id), &wrong, &err), "dispute.unclear");
	wrong.result = STR("维持");
	CHECK_FAILS(dispute_end(ctx, at(ctx, id), &wrong, &err), "dispute.redo_needs_correction");
	wrong = end;
	wrong.redo_until.v = reply_day("2024-05-29");
	CHECK_FAILS(dispute_end(ctx, at(ctx, id), &wrong, &err), "dispute.redo_before_end");
	wrong.redo = false;
	CHECK_FAILS(dispute_end(ctx, at(ctx, id), &wrong, &err), "dispute.redo_day_alone");
	CHECK_OK(dispute_end(ctx, at(ctx, id), &end, &err));
	CHECK_INT(due_count(t, ctx, false), 1);
	reply_today(ctx, "2024-06-21");
	CHECK_INT(due_count(t, ctx, true), 1);
	answers_anew(t, ctx, id);
	CHECK_INT(due_count(t, ctx, false), 0);
}

/* ---- putting right */

static void puts_right(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_id id = { 0 }, suit;
	struct err err = { 0 };
	struct dispute d;

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	struct dispute_edit stale = at(ctx, id);
	CHECK_OK(dispute_receive(ctx, stale, reply_day("2024-04-28"), false, &err));
	CHECK_FAILS(dispute_answer(ctx, stale, ctx->today, &err), "dispute.changed_meanwhile");
	struct dispute_correction right = { .route = DISPUTE_RECONSIDERATION,
					    .case_no = STR("示复〔2024〕1号"),
					    .organ = STR("示例市人民政府"),
					    .accepted_on = reply_day("2024-04-26"),
					    .request = { true, 1 },
					    .received_on = { true, reply_day("2024-04-26") } };
	CHECK_FAILS(dispute_correct(ctx, at(ctx, id), &right, STR_NONE, &err), "dispute.no_text");
	CHECK_OK(dispute_correct(ctx, at(ctx, id), &right, STR("日期抄错"), &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_STR(date_iso(ctx->arena, d.answer_due.v), STR("2024-05-13"));
	right.answered_on = (struct opt_date){ true, reply_day("2024-04-25") };
	CHECK_FAILS(dispute_correct(ctx, at(ctx, id), &right, STR("误"), &err),
		    "dispute.before_receipt");

	CHECK_FAILS(dispute_undo_end(ctx, at(ctx, id), STR("误"), &err), "dispute.not_concluded");
	struct dispute_end end = { .result = STR("维持"), .on = ctx->today };
	CHECK_OK(dispute_end(ctx, at(ctx, id), &end, &err));
	CHECK_OK(dispute_undo_end(ctx, at(ctx, id), STR("另一案的结果"), &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK(!d.concluded && d.result.len == 0 && d.next == DISPUTE_NEXT_ANSWER);

	struct dispute_open in = { .unit = { 1 }, .route = DISPUTE_LITIGATION_AFTER,
				   .case_no = STR("（2024）示行初1号"), .organ = STR("示例法院"),
				   .accepted_on = ctx->today };
	CHECK_OK(dispute_open(ctx, &in, &suit, &err));
	struct dispute_correction link = { .route = in.route, .case_no = in.case_no,
					   .organ = in.organ, .accepted_on = in.accepted_on,
					   .earlier = { true, id.n } };
	CHECK_OK(dispute_correct(ctx, at(ctx, suit), &link, STR("补登在先案件"), &err));
	link.route = DISPUTE_LITIGATION_DIRECT;
	CHECK_FAILS(dispute_correct(ctx, at(ctx, suit), &link, STR("误"), &err),
		    "dispute.no_earlier");
	link = (struct dispute_correction){ .route = DISPUTE_RECONSIDERATION,
					    .case_no = STR("示复〔2024〕1号"), .organ = in.organ,
					    .accepted_on = in.accepted_on };
	CHECK_FAILS(dispute_correct(ctx, at(ctx, suit), &link, STR("误"), &err),
		    "dispute.case_taken");

	CHECK_OK(dispute_void(ctx, at(ctx, suit), STR("不是本单位的案件"), &err));
	CHECK_FAILS(dispute_void(ctx, at(ctx, suit), STR("再作废"), &err), "dispute.is_void");
	CHECK_OK(dispute_open(ctx, &in, &suit, &err)); /* the number is free again */
}

/* ---- people and papers */

static const struct paper_new a_paper = { .kind = PAPER_ANSWER, .day = { 19800 },
					  .file_name = STR_INIT("答复书.txt"),
					  .content = STR_INIT("答复如下") };

static void keeps_papers(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_person *people;
	struct ledger_row *rows;
	struct paper *papers;
	struct dispute_id id = { 0 };
	struct attachment file;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	CHECK_OK(person_add(ctx, at(ctx, id), PERSON_ADVISER, STR("示例顾问庚"), STR("示例律师事务所"),
			    &err));
	CHECK_OK(person_list(ctx, id, &people, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(person_end(ctx, at(ctx, id), people[0].id, STR("解除委托"), &err));
	CHECK_FAILS(person_end(ctx, at(ctx, id), people[0].id, STR("再次"), &err),
		    "dispute.no_person");
	CHECK_OK(paper_add(ctx, at(ctx, id), &a_paper, &err));
	CHECK_OK(paper_list(ctx, id, &papers, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_STR(papers[0].title, STR("答复书、答辩状"));
	CHECK_OK(attachment_read(ctx, papers[0].attachment, &file, &err));
	CHECK_STR(file.content, a_paper.content);
	CHECK_STR(papers[0].sha256,
		  digest_hex(ctx->arena, digest_of(DIGEST_SHA256, a_paper.content)));
	CHECK_OK(paper_withdraw(ctx, at(ctx, id), papers[0].id, STR("传错文件"), &err));
	CHECK_FAILS(paper_withdraw(ctx, at(ctx, id), papers[0].id, STR("再次"), &err),
		    "dispute.no_paper");
	/* No name, of a person or of a file, is in the chain. */
	CHECK_OK(ledger_history(ctx, "dispute", id.n, 100, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK(!str_contains(rows[i].changes_json, STR("示例顾问")) &&
		      !str_contains(rows[i].changes_json, STR("答复书")));
	struct history_line *events;
	CHECK_OK(dispute_history(ctx, id, &events, &count, &err));
	for (size_t i = 0; i < count; i++) /* every verb has its words */
		CHECK(!str_contains(events[i].what, STR("dispute.")));
}

/* ---- settings */

static void counts_again(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_id id = { 0 };
	struct err err = { 0 };
	struct dispute d;

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	CHECK_OK(dispute_receive(ctx, at(ctx, id), reply_day("2024-04-26"), false, &err));
	CHECK_FAILS(dispute_set_rule(ctx, STR("nobody"), 5, true, STR("误"), &err),
		    "dispute.no_rule");
	CHECK_FAILS(dispute_set_rule(ctx, STR("court"), 0, true, STR("误"), &err),
		    "dispute.rule_days");
	CHECK_FAILS(dispute_set_rule(ctx, STR("court"), 15, true, STR_NONE, &err),
		    "dispute.no_text");
	CHECK_OK(dispute_set_rule(ctx, STR("reconsideration"), 7, false, STR("法制机构意见"), &err));
	CHECK_OK(dispute_find(ctx, id, &d, &err));
	CHECK_STR(date_iso(ctx->arena, d.answer_due.v), STR("2024-05-06")); /* over the holiday */
}

/* ---- all or nothing */

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct dispute_id id;

	(void)arg;
	return begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, err);
}

static bool whole(struct ctx *ctx, const void *arg, struct err *err)
{
	struct hearing_new hearing = { .kind = HEARING_TRIAL, .day = reply_day("2024-05-06") };
	struct dispute_end end = { .result = STR("撤销并责令重新答复"), .on = reply_day("2024-05-06"),
				   .redo = true };
	struct dispute_edit edit = { { 1 }, 0 };
	struct hearing_id hearing_id;
	struct reply_id reply;

	(void)arg;
	return dispute_receive(ctx, edit, reply_day("2024-04-28"), true, err) &&
	       dispute_answer(ctx, edit, reply_day("2024-05-06"), err) &&
	       hearing_add(ctx, edit, &hearing, &hearing_id, err) &&
	       hearing_hold(ctx, edit, hearing_id, STR("负责人"), err) &&
	       person_add(ctx, edit, PERSON_HEAD, STR("负责人辛"), STR_NONE, err) &&
	       paper_add(ctx, edit, &a_paper, err) && dispute_end(ctx, edit, &end, err) &&
	       dispute_reopen(ctx, edit, &reply, err);
}

static bool rights(struct ctx *ctx, const void *arg, struct err *err)
{
	struct dispute_end end = { .result = STR("维持"), .on = reply_day("2024-05-06") };
	struct dispute_edit edit = { { 1 }, 0 };

	(void)arg;
	return dispute_end(ctx, edit, &end, err) &&
	       dispute_undo_end(ctx, edit, STR("误"), err) &&
	       dispute_void(ctx, edit, STR("重复登记"), err);
}

/* ---- lists */

static bool many(struct ctx *ctx, struct err *err)
{
	static const char *const received[] = { "2024-04-30", "2024-04-28", "2024-04-29", NULL,
						"2024-04-22" };

	for (size_t i = 0; i < COUNT_OF(received); i++) {
		struct dispute_open in = { .unit = { 1 }, .route = DISPUTE_LITIGATION_DIRECT,
					   .organ = STR("示例法院"),
					   .accepted_on = reply_day("2024-04-22") };
		struct dispute_id id;
		in.case_no = str_format(ctx->arena, "案%zu", (i * 2) % 5);
		if (!dispute_open(ctx, &in, &id, err) ||
		    (received[i] != NULL &&
		     !dispute_receive(ctx, (struct dispute_edit){ id, 0 }, reply_day(received[i]),
				      false, err)))
			return false;
	}
	return true;
}

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	static const struct {
		enum dispute_which which;
		enum dispute_order order;
		const char *want;
	} rows[] = {
		{ WHICH_ALL, ORDER_NEWEST, "6 5 4 3 2 1 " },
		{ WHICH_OPEN, ORDER_CASE_UP, "2 5 3 6 4 1 " },
		{ WHICH_OPEN, ORDER_CASE_DOWN, "1 4 6 3 5 2 " },
		{ WHICH_DUE, ORDER_NEWEST, "6 3 4 2 " }, /* 05-07, 05-13, 05-14, 05-15 */
		{ WHICH_LATE, ORDER_NEWEST, "6 3 " },
		{ WHICH_CONCLUDED, ORDER_NEWEST, "" },
	};
	struct ctx *ctx = &site->ctx;
	struct dispute_id id = { 0 };
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(begin(ctx, DISPUTE_RECONSIDERATION, "2024-04-26", &id, &err));
	CHECK_OK(many(ctx, &err));
	reply_today(ctx, "2024-05-14");
	for (size_t i = 0; i < COUNT_OF(rows) * 2; i++) {
		struct dispute_filter f = { .unit = { i % 2 == 0, 1 }, .which = rows[i / 2].which,
					    .order = rows[i / 2].order };
		struct str place = STR_NONE, got = STR_NONE;
		do {
			struct dispute *page;
			size_t count;
			CHECK_OK(dispute_page(ctx, &f, place, 2, &page, &count, &place, &err));
			for (size_t k = 0; k < count; k++)
				got = str_format(ctx->arena, STR_FMT "%lld ", STR_ARG(got),
						 (long long)page[k].id.n);
		} while (place.len > 0);
		CHECK_STR(got, str_from_c(rows[i / 2].want));
	}
	struct dispute_filter other = { .unit = { true, 2 }, .which = WHICH_ALL };
	struct dispute *page;
	struct str next;
	size_t count;
	CHECK_OK(dispute_page(ctx, &other, STR_NONE, 10, &page, &count, &next, &err));
	CHECK_INT((int64_t)count, 0);
}

void dossier_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(clocks); i++)
		testdb_each(t, clocks[i].title, counts, &clocks[i]);
	testdb_each(t, "from the notice to the new answer", life, NULL);
	testdb_each(t, "what was registered wrongly is put right with a reason", puts_right, NULL);
	testdb_each(t, "people and papers are kept, their names not in the chain", keeps_papers,
		    NULL);
	testdb_each(t, "days to answer are a setting: open answers are counted again",
		    counts_again, NULL);
	testdb_each(t, "lists, a page at a time", lists, NULL);
	testdb_faults(t, "a whole proceeding is all or nothing",
		      &(struct testdb_scenario){ .given = given, .verb = whole });
	testdb_faults(t, "putting right is all or nothing",
		      &(struct testdb_scenario){ .given = given, .verb = rights });
	testdb_each(t, "a hearing of a case that has ended waits for nobody", ended_before, NULL);
}
