/* casework_test.c - hands, remarks, cards, what is asked of others, letters of supervision. */
#include "casework/desk.h"

#include "casework/fixture.h"
#include "ledger/ledger.h"

/* ---- who has it */

static const struct hand {
	const char *title;
	const char *who;    /* acts */
	const char *before; /* has it; empty: nobody */
	const char *to;	    /* empty: back into the pool; NULL: claims */
	const char *reason, *key;
} hands[] = {
	{ "a clerk claims what nobody has", "甲", "", NULL, "", NULL },
	{ "nobody claims what somebody has", "乙", "甲", NULL, "", "casework.taken" },
	{ "another unit's clerk claims nothing here", "丙", "", NULL, "", "request.not_yours" },
	{ "a clerk gives what nobody has to a colleague", "甲", "", "乙", "", NULL },
	{ "a clerk hands over what he has", "甲", "甲", "乙", "调离", NULL },
	{ "handing over needs a reason", "甲", "甲", "乙", "  ", "casework.no_reason" },
	{ "a clerk takes nothing from a colleague", "乙", "甲", "乙", "我来办", "casework.not_your_case" },
	{ "a reviewer does", "审", "甲", "乙", "甲外出", NULL },
	{ "not to somebody of another unit", "审", "甲", "丙", "甲外出", "casework.no_such_person" },
	{ "not to somebody who works no cases", "审", "甲", "审", "甲外出", "casework.no_such_person" },
	{ "not to who has it", "审", "甲", "甲", "甲外出", "casework.has_it" },
	{ "back into the pool", "甲", "甲", "", "不属于我的业务", NULL },
	{ "back, with a reason", "甲", "甲", "", "", "casework.no_reason" },
	{ "what nobody has is not put back", "甲", "", "", "误", "casework.nobody_has_it" },
};

static bool give(struct fixture *f, const struct hand *h, struct request_id id, struct err *err)
{
	struct ctx *ctx = fixture_as(f, h->who);

	if (h->to == NULL)
		return case_claim(ctx, id, err);
	if (h->to[0] == '\0')
		return case_return(ctx, id, str_from_c(h->reason), err);
	return case_assign(ctx, id, fixture_account(f, h->to), str_from_c(h->reason), err);
}

static bool check_only(struct fixture *f, const struct hand *h, struct request_id id,
		       struct err *err)
{
	struct ctx *ctx = fixture_as(f, h->who);
	struct request r;

	if (!request_find(ctx, id, &r, err))
		return false;
	if (h->to == NULL)
		return case_may_claim(ctx, &r, err);
	if (h->to[0] == '\0')
		return case_may_return(ctx, &r, str_from_c(h->reason), err);
	return case_may_assign(ctx, &r, fixture_account(f, h->to), str_from_c(h->reason), err);
}

static void changes_hands(struct test *t, struct testdb *site, const void *arg)
{
	const struct hand *h = arg;
	const char *after = h->to == NULL ? h->who : h->to;
	struct case_person now;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct fixture f;
	size_t count;

	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id id = fixture_request(t, &f, "2020-05-29");
	if (h->before[0] != '\0')
		CHECK_OK(case_assign(fixture_as(&f, h->before), id, fixture_account(&f, h->before),
				     STR_NONE, &err));
	struct str before = testdb_digest(site);
	if (h->key != NULL) {
		CHECK_FAILS(check_only(&f, h, id, &err), h->key);
		CHECK_FAILS(give(&f, h, id, &err), h->key);
		CHECK_STR(testdb_digest(site), before);
		return;
	}
	CHECK_OK(check_only(&f, h, id, &err));
	CHECK_OK(give(&f, h, id, &err));
	CHECK_OK(case_handler(&site->ctx, id, &now, &err));
	CHECK_STR(now.person, str_from_c(after));
	CHECK_OK(ledger_history(&site->ctx, "request", id.n, 10, &rows, &count, &err));
	CHECK_STR(rows[count - 1].reason, str_trim(str_from_c(h->reason)));
	CHECK(str_contains(rows[count - 1].changes_json, STR("handler")));
}

static void hands_over_all(struct test *t, struct testdb *site, const void *arg)
{
	int64_t moved, left;
	struct err err = { 0 };
	struct desk_load *load;
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	for (int i = 0; i < 5; i++) {
		struct request_id id = fixture_request(t, &f, "2020-05-29");
		CHECK_OK(case_assign(fixture_as(&f, "甲"), id, fixture_account(&f, i < 3 ? "甲" : "乙"),
				     STR_NONE, &err));
	}
	struct account_id from = fixture_account(&f, "甲"), to = fixture_account(&f, "乙");
	CHECK_FAILS(case_hand_over(fixture_as(&f, "乙"), from, to, STR("休假"), &moved, &left, &err),
		    "casework.not_your_cases");
	CHECK_FAILS(case_hand_over(fixture_as(&f, "甲"), from, to, STR(""), &moved, &left, &err),
		    "casework.no_text");
	CHECK_OK(case_hand_over(fixture_as(&f, "审"), from, to, STR("甲休假"), &moved, &left, &err));
	CHECK_INT(moved, 3);
	CHECK_INT(left, 0);
	CHECK_OK(desk_workload(&site->ctx, f.root, &load, &count, &err));
	CHECK_INT((int64_t)count, 3); /* nobody, 甲, 乙 */
	for (size_t i = 0; i < count; i++)
		CHECK_INT(load[i].open, load[i].id.n == to.n ? 5 : 0);
	CHECK_OK(case_hand_over(fixture_as(&f, "乙"), to, (struct account_id){ 0 }, STR("调离"),
				&moved, &left, &err));
	CHECK_OK(desk_workload(&site->ctx, f.root, &load, &count, &err));
	CHECK_INT(load[0].open, 5);
}

static bool given_assigned(struct ctx *ctx, const void *arg, struct err *err)
{
	struct fixture f;

	(void)arg;
	return fixture_make(ctx, &f, err) && fixture_register(&f, "2020-05-29", &f.request, err);
}

static bool whole_work(struct ctx *ctx, const void *arg, struct err *err)
{
	struct task_id task;
	struct order_id order;
	struct fixture f;

	(void)arg;
	if (!fixture_find(ctx, &f, err))
		return false;
	struct task_new ask = { .request = f.request, .unit = f.other, .question = STR("有无此件"),
				.due_on = date_make(2020, 6, 5) };
	struct order_new letter = { .request = { true, f.request.n }, .text = STR("请尽快"),
				    .due_on = date_make(2020, 6, 5) };
	return case_claim(fixture_as(&f, "甲"), f.request, err) &&
	       case_note_add(fixture_as(&f, "甲"), f.request, STR("已电话联系"), err) &&
	       task_ask(fixture_as(&f, "甲"), &ask, &task, err) &&
	       task_remind(fixture_as(&f, "甲"), task, err) &&
	       task_answer(fixture_as(&f, "丙"), task, STR("没有"), err) &&
	       order_issue(fixture_as(&f, "督"), &letter, &order, err) &&
	       order_answer(fixture_as(&f, "甲"), order, STR("已答复"), err) &&
	       order_close(fixture_as(&f, "督"), order, err) &&
	       case_return(fixture_as(&f, "甲"), f.request, STR("调离"), err);
}

/* ---- remarks */

static void notes(struct test *t, struct testdb *site, const void *arg)
{
	struct case_note *list;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id id = fixture_request(t, &f, "2020-05-29");
	CHECK_OK(case_note_add(fixture_as(&f, "甲"), id, STR("申请人甲〇一来电"), &err));
	CHECK_OK(case_remind(fixture_as(&f, "督"), id, STR("请抓紧"), &err));
	CHECK_FAILS(case_note_add(fixture_as(&f, "丙"), id, STR("不是我的"), &err), "request.not_yours");
	CHECK_FAILS(case_note_add(fixture_as(&f, "甲"), id, STR(" "), &err), "casework.no_text");
	CHECK_OK(case_notes(&site->ctx, id, &list, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK(list[0].reminder && !list[1].reminder);
	CHECK_STR(list[1].text, STR("申请人甲〇一来电"));
	CHECK_OK(ledger_history(&site->ctx, "request", id.n, 10, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK(!str_contains(rows[i].changes_json, STR("甲〇一")));
}

/* ---- cards */

static const struct card_row {
	const char *title, *due; /* today is Monday 2020-06-01 */
	enum case_card card;
} card_rows[] = {
	{ "far off", "2020-06-09", CARD_NONE },
	{ "the fifth working day", "2020-06-08", CARD_YELLOW },
	{ "today", "2020-06-01", CARD_YELLOW },
	{ "yesterday", "2020-05-31", CARD_RED },
	{ "thirty days ago", "2020-05-02", CARD_RED },
	{ "longer ago", "2020-05-01", CARD_BLACK },
	{ "the clock stands", "", CARD_NONE },
};

static void cards(struct test *t, struct testdb *site, const void *arg)
{
	struct card_limits limits = { .yellow_days = 1, .black_days = 5 };
	struct err err = { 0 };
	struct card_days days;

	(void)arg;
	CHECK_OK(case_card_days(&site->ctx, &days, &err));
	for (size_t i = 0; i < COUNT_OF(card_rows); i++) {
		struct opt_date due = { .known = false };
		due.known = date_parse(str_from_c(card_rows[i].due), &due.v);
		CHECK_INT(case_card_of(&days, due), card_rows[i].card);
	}
	CHECK_OK(case_card_set_limits(&site->ctx, &limits, &err));
	CHECK_OK(case_card_days(&site->ctx, &days, &err));
	CHECK_INT(case_card_of(&days, (struct opt_date){ true, date_make(2020, 6, 3) }), CARD_NONE);
	CHECK_INT(case_card_of(&days, (struct opt_date){ true, date_make(2020, 5, 26) }),
		  CARD_BLACK);
	limits.black_days = 0;
	CHECK_FAILS(case_card_set_limits(&site->ctx, &limits, &err), "casework.card_days");
}

static int64_t events_of(struct test *t, struct ctx *ctx, struct request_id id, const char *verb)
{
	struct ledger_row *rows;
	struct err err = { 0 };
	int64_t found = 0;
	size_t count;

	CHECK_OK(ledger_history(ctx, "request", id.n, 50, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		found += str_equal_c(rows[i].verb, verb) ? 1 : 0;
	return found;
}

/* Received on Friday 2020-05-29: due on 2020-06-29. */
static void nightly(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { const char *night; int64_t cards; } nights[] = {
		{ "2020-06-18", 0 }, { "2020-06-19", 1 }, { "2020-06-23", 1 }, { "2020-06-29", 1 },
		{ "2020-06-30", 2 }, { "2020-07-15", 2 }, { "2020-07-29", 2 }, { "2020-07-30", 3 },
	};
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct fixture f;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id id = fixture_request(t, &f, "2020-05-29");
	for (size_t i = 0; i < COUNT_OF(nights); i++) {
		struct date day;
		CHECK(date_parse(str_from_c(nights[i].night), &day));
		ctx_set_time(ctx, date_start(day) + 2 * 3600);
		CHECK_OK(case_on_hour(ctx, NULL, &err)); /* before five nothing happens */
		CHECK_INT(events_of(t, ctx, id, "case.card"), i == 0 ? 0 : nights[i - 1].cards);
		for (int again = 0; again < 3; again++) {
			ctx_set_time(ctx, date_start(day) + (6 + again) * 3600);
			CHECK_OK(case_on_hour(ctx, NULL, &err));
			CHECK_INT(events_of(t, ctx, id, "case.card"), nights[i].cards);
		}
	}
}

/* ---- what is asked of others */

static void tasks(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct task_place start = { STR_NONE, 0 };
	struct case_task *list, task;
	struct err err = { 0 };
	struct fixture f;
	struct task_id id;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id request = fixture_request(t, &f, "2020-05-29");
	struct task_new in = { .request = request, .unit = f.other, .question = STR("有无此件"),
			       .due_on = date_make(2020, 6, 5) };
	CHECK_FAILS(task_ask(fixture_as(&f, "丙"), &in, &id, &err), "request.not_yours");
	in.due_on = date_make(2020, 6, 30);
	CHECK_FAILS(task_ask(fixture_as(&f, "甲"), &in, &id, &err), "casework.after_due");
	in.due_on = date_make(2020, 5, 31);
	CHECK_FAILS(task_ask(fixture_as(&f, "甲"), &in, &id, &err), "casework.day_passed");
	in.due_on = date_make(2020, 6, 5);
	in.unit = f.root;
	CHECK_FAILS(task_ask(fixture_as(&f, "甲"), &in, &id, &err), "casework.no_office");
	in.unit = f.other;
	CHECK_OK(task_ask(fixture_as(&f, "甲"), &in, &id, &err));

	CHECK_OK(task_list_open(ctx, f.other, TASK_ASKED_OF, start, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(task_list_open(ctx, f.other, TASK_ASKED_BY, start, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_FAILS(task_answer(fixture_as(&f, "甲"), id, STR("自己答"), &err), "casework.not_your_task");
	CHECK_FAILS(task_remind(fixture_as(&f, "丙"), id, &err), "casework.not_your_task");
	CHECK_OK(task_remind(fixture_as(&f, "甲"), id, &err));
	CHECK_FAILS(task_remind(fixture_as(&f, "甲"), id, &err), "casework.reminded_today");
	CHECK_OK(task_answer(fixture_as(&f, "丙"), id, STR("没有此件"), &err));
	CHECK_FAILS(task_answer(fixture_as(&f, "丙"), id, STR("又有了"), &err), "casework.task_over");
	CHECK_FAILS(task_withdraw(fixture_as(&f, "甲"), id, STR("不用了"), &err), "casework.task_over");
	CHECK_OK(task_find(ctx, id, &task, &err));
	CHECK_STR(task.answer, STR("没有此件"));
	CHECK_STR(task.answered_person, STR("丙"));
	CHECK_INT(task.reminders, 1);
	CHECK_OK(task_list(ctx, request, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(task_list_open(ctx, f.other, TASK_ASKED_OF, start, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(task_list_all(ctx, f.other, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
}

/* The evening before its day, on it and after it, once a day. */
static void reminds_by_night(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { const char *night; int reminders; } nights[] = {
		{ "2020-06-03", 0 }, { "2020-06-04", 1 }, { "2020-06-05", 2 }, { "2020-06-08", 3 },
	};
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct case_task task;
	struct fixture f;
	struct task_id id;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct task_new in = { .request = fixture_request(t, &f, "2020-05-29"), .unit = f.other,
			       .question = STR("有无此件"), .due_on = date_make(2020, 6, 5) };
	CHECK_OK(task_ask(fixture_as(&f, "甲"), &in, &id, &err));
	for (size_t i = 0; i < COUNT_OF(nights); i++) {
		struct date day;
		CHECK(date_parse(str_from_c(nights[i].night), &day));
		ctx_set_time(ctx, date_start(day) + 6 * 3600);
		CHECK_OK(case_on_hour(ctx, NULL, &err));
		CHECK_OK(task_find(ctx, id, &task, &err));
		CHECK_INT(task.reminders, nights[i].reminders);
	}
}

/* ---- 督办 */

static void orders(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct case_order o, *list;
	struct order_id id, second;
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id request = fixture_request(t, &f, "2020-05-29");
	struct order_new in = { .request = { true, request.n }, .text = STR("请于期限内答复"),
				.due_on = date_make(2020, 6, 1) };
	CHECK_FAILS(order_issue(fixture_as(&f, "督"), &in, &id, &err), "casework.day_passed");
	in.due_on = date_make(2020, 6, 5);
	CHECK_OK(order_issue(fixture_as(&f, "督"), &in, &id, &err));
	CHECK_OK(order_find(ctx, id, &o, &err));
	CHECK_STR(order_number(t->arena, &o), STR("督办〔2020〕1号"));
	CHECK_INT(o.unit.n, f.root.n);
	CHECK_FAILS(order_close(fixture_as(&f, "督"), id, &err), "casework.order_unanswered");
	CHECK_FAILS(order_answer(fixture_as(&f, "丙"), id, STR("我不管"), &err), "casework.not_your_order");
	CHECK_OK(order_answer(fixture_as(&f, "甲"), id, STR("正在办"), &err));
	CHECK_FAILS(order_answer(fixture_as(&f, "甲"), id, STR("又及"), &err), "casework.order_answered");
	CHECK_OK(order_send_back(fixture_as(&f, "督"), id, date_make(2020, 6, 12), STR("未说明原因"), &err));
	CHECK_OK(order_answer(fixture_as(&f, "甲"), id, STR("原因是材料多"), &err));
	CHECK_OK(order_close(fixture_as(&f, "督"), id, &err));
	CHECK_FAILS(order_answer(fixture_as(&f, "甲"), id, STR("再答"), &err), "casework.order_closed");

	struct order_new general = { .unit = f.other, .text = STR("年报迟交"),
				     .due_on = date_make(2020, 6, 5) };
	CHECK_OK(order_issue(fixture_as(&f, "督"), &general, &second, &err));
	CHECK_OK(order_find(ctx, second, &o, &err));
	CHECK_INT(o.serial, 2);
	CHECK_OK(order_list(ctx, (struct opt_int){ true, f.other.n }, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(order_list(ctx, (struct opt_int){ false, 0 }, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_OK(order_list_of(ctx, request, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
}

void casework_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(hands); i++)
		testdb_each(t, hands[i].title, changes_hands, &hands[i]);
	testdb_each(t, "all cases of a person change hands at once", hands_over_all, NULL);
	testdb_each(t, "remarks and reminders, without their words in the ledger", notes, NULL);
	testdb_each(t, "yellow, red, black by the due day", cards, NULL);
	testdb_each(t, "a card is issued once for each due day", nightly, NULL);
	testdb_each(t, "what is asked of another unit, and its answer", tasks, NULL);
	testdb_each(t, "a task is reminded of by night, once a day", reminds_by_night, NULL);
	testdb_each(t, "47: a letter of supervision, answered, sent back, closed", orders, NULL);
	struct testdb_scenario all = { .given = given_assigned, .verb = whole_work };
	testdb_faults(t, "work on a case is all or nothing", &all);
}
