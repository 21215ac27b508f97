/* fee_test.c - which request of the month, what it costs, the notice, payment, lapse, refund. */
#include "fee/fee.h"

#include "base/rand.h"
#include "calendar/calendar.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "letter/letterhead.h"

#include <string.h>

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

static void set_today(struct ctx *ctx, const char *iso)
{
	ctx_set_time(ctx, date_start(day(iso)) + 10 * 3600);
}

struct desk { struct ctx *ctx; struct unit_id units[2]; };

static bool open_desk(struct testdb *site, struct desk *d, struct err *err)
{
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_new bureau = { .code = STR("CZ"), .name = STR("示例区财政局"),
				   .kind = UNIT_DEPARTMENT, .reports = true };
	struct letterhead head = { .full_name = STR("示例市示例区人民政府"), .mark = STR("示府公开"),
				   .style = OFFICIAL_LETTER, .contact = STR("信息公开办公室"),
				   .phone = STR("020-00000000"), .address = STR("示例路1号") };

	d->ctx = &site->ctx;
	set_today(d->ctx, "2025-06-30");
	if (!agency_add_unit(d->ctx, &root, &d->units[0], err))
		return false;
	bureau.parent = (struct opt_int){ true, d->units[0].n };
	head.unit = d->units[0];
	return agency_add_unit(d->ctx, &bureau, &d->units[1], err) &&
	       letterhead_set(d->ctx, &head, err);
}

/* Each form makes its own identity, as the desks do; the phone tells who is the same. */
static bool person(struct ctx *ctx, const char *phone, struct identity_id *id, struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.phone = str_from_c(phone), .address = STR("示例路2号") };

	return identity_add(ctx, &who, id, err);
}

#define ALPHA "13800000001"
#define BETA "13800000002"

static bool ask(struct desk *d, int unit, const char *phone, const char *on,
		struct request_id *id, struct err *err)
{
	struct request_register in = { .unit = d->units[unit],
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = day(on),
				       .content = STR("某年度部门决算"),
				       .wanted_form = GIVE_PAPER };

	return (phone == NULL || person(d->ctx, phone, &in.applicant_id, err)) &&
	       request_register(d->ctx, &in, id, err);
}

static bool ask_many(struct desk *d, int n, const char *on, struct request_id *ids,
		     struct err *err)
{
	for (int i = 0; i < n; i++)
		if (!ask(d, 0, ALPHA, on, &ids[i], err))
			return false;
	return true;
}

/* Yuan of one request by the tariff; 0 where nothing is due; -1: another trouble. */
static int64_t yuan_of(struct desk *d, struct request_id id, enum fee_kind kind, int64_t pages)
{
	struct fee_wish wish = { .kind = kind, .pages = pages, .on = d->ctx->today };
	struct err err = { 0 };
	struct fee_sum sum;
	struct request r;

	if (!request_find(d->ctx, id, &r, &err))
		return -1;
	if (fee_compute(d->ctx, &r, &wish, &sum, &err))
		return sum.work.fen / 100;
	return strcmp(err.key, "fee.nothing_due") == 0 ? 0 : -1;
}

static int64_t number_of(struct desk *d, struct request_id id)
{
	struct err err = { 0 };
	struct fee_place place;
	struct request r;

	if (!request_find(d->ctx, id, &r, &err) || !fee_place_of(d->ctx, &r, &place, &err))
		return -1;
	return place.known ? place.number : 0;
}

/* ---- the examples of the rule */

static void twelve_in_march(struct test *t, struct testdb *site, const void *arg)
{
	struct request_id ids[12];
	struct err err = { 0 };
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 6, "2025-03-03", ids, &err));
	CHECK_OK(ask_many(&d, 6, "2025-03-28", &ids[6], &err));
	for (int i = 0; i < 12; i++) {
		CHECK_INT(number_of(&d, ids[i]), i + 1);
		CHECK_INT(yuan_of(&d, ids[i], FEE_BY_PIECE, 0), i < 10 ? 0 : 100);
	}
}

static void one_form_of_five(struct test *t, struct testdb *site, const void *arg)
{
	static const int64_t costs[] = { 0, 0, 100, 100, 100 };
	static const struct str parts[] = { STR_INIT("甲"), STR_INIT("乙"), STR_INIT("丙"),
					    STR_INIT("丁"), STR_INIT("戊") };
	struct request_step split = { .verb = VERB_SPLIT, .parts = parts,
				      .parts_count = COUNT_OF(parts) };
	struct request_id ids[9];
	struct request_whole whole;
	struct err err = { 0 };
	struct desk d;
	bool found;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 9, "2025-06-30", ids, &err));
	split.on = d.ctx->today;
	CHECK_OK(request_take_step(d.ctx, ids[8], &split, &err));
	if (!CHECK_OK(request_whole_find(d.ctx, ids[8], &whole, &found, &err)) || !CHECK(found))
		return;
	CHECK_INT((int64_t)whole.parts_count, COUNT_OF(costs));
	for (size_t i = 0; i < whole.parts_count; i++) {
		CHECK_INT(number_of(&d, whole.parts[i]), (int64_t)i + 9);
		CHECK_INT(yuan_of(&d, whole.parts[i], FEE_BY_PIECE, 0), costs[i]);
	}
}

static void one_tariff(struct test *t, struct testdb *site, const void *arg)
{
	struct fee_wish wish = { .kind = FEE_BY_QUANTITY, .pages = 120, .on = day("2025-06-30") };
	struct request_id ids[25];
	struct letter_id notice;
	struct err err = { 0 };
	struct desk d;
	struct fee fee;
	bool found;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 25, "2025-06-16", ids, &err));
	CHECK_INT(yuan_of(&d, ids[24], FEE_BY_PIECE, 0), 100);
	CHECK_INT(yuan_of(&d, ids[24], FEE_BY_QUANTITY, 120), 1100);
	CHECK_OK(fee_charge(d.ctx, ids[24], &wish, &notice, &err));
	CHECK_OK(fee_of(d.ctx, ids[24], &fee, &found, &err));
	CHECK(found && fee.has_kind && fee.kind == FEE_BY_QUANTITY);
	CHECK_INT(fee.facts.fen, 110000);
	wish.kind = FEE_BY_PIECE;
	struct str before = testdb_digest(site);
	CHECK_FAILS(fee_charge(d.ctx, ids[24], &wish, &notice, &err), "request.not_allowed");
	CHECK_STR(testdb_digest(site), before);
}

static void month_change(struct test *t, struct testdb *site, const void *arg)
{
	struct request_id march[28], april[4];
	struct err err = { 0 };
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 28, "2025-03-31", march, &err));
	CHECK_OK(ask_many(&d, 4, "2025-04-01", april, &err));
	CHECK_INT(number_of(&d, march[27]), 28);
	for (int i = 0; i < 4; i++) {
		CHECK_INT(number_of(&d, april[i]), i + 1);
		CHECK_INT(yuan_of(&d, april[i], FEE_BY_PIECE, 0), 0);
	}
}

static void forty(struct test *t, struct testdb *site, const void *arg)
{
	struct request_id ids[40];
	struct fee_counted *list;
	struct err err = { 0 };
	int64_t sum = 0;
	struct request r;
	struct desk d;
	size_t count;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 40, "2025-06-02", ids, &err));
	for (int i = 0; i < 40; i++)
		sum += yuan_of(&d, ids[i], FEE_BY_PIECE, 0);
	CHECK_INT(sum, 4000);
	CHECK_INT(yuan_of(&d, ids[39], FEE_BY_PIECE, 0), 200);
	CHECK_OK(request_find(d.ctx, ids[0], &r, &err));
	CHECK_OK(fee_month(d.ctx, &r, 100, &list, &count, &err));
	if (!CHECK_INT((int64_t)count, 40))
		return;
	for (int i = 0; i < 40; i++)
		CHECK_INT(list[i].id.n, ids[i].n);
}

/* ---- who and what is counted */

/* What a careful clerk would count by hand over the whole register. */
static int64_t by_hand(struct desk *d, const struct request *all, size_t count,
		       const int *who, size_t at)
{
	int64_t n = 0;

	(void)d;
	for (size_t i = 0; i < count; i++) {
		struct ymd a = date_split(all[i].received_on.v);
		struct ymd b = date_split(all[at].received_on.v);
		if (who[i] != who[at] || all[i].unit.n != all[at].unit.n || a.year != b.year ||
		    a.month != b.month)
			continue;
		int by_day = date_compare(all[i].received_on.v, all[at].received_on.v);
		n += by_day < 0 || (by_day == 0 && i <= at) ? 1 : 0;
	}
	return n;
}

enum { BY_CHANCE = 120 };

static void hand_count_agrees(struct test *t, struct testdb *site, const void *arg)
{
	static const char *const phones[] = { ALPHA, BETA, "13800000003" };
	struct seeded rand = seeded_from(20250303);
	struct request all[BY_CHANCE];
	struct err err = { 0 };
	int who[BY_CHANCE];
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	for (size_t i = 0; i < BY_CHANCE; i++) {
		struct date on = date_plus(day("2025-03-25"), (int)seeded_below(&rand, 14));
		struct request_id id;
		who[i] = (int)seeded_below(&rand, 3);
		if (!CHECK_OK(ask(&d, (int)seeded_below(&rand, 2), phones[who[i]],
				  str_to_c(t->arena, date_iso(t->arena, on)), &id, &err)) ||
		    !CHECK_OK(request_find(d.ctx, id, &all[i], &err)))
			return;
	}
	for (size_t i = 0; i < BY_CHANCE; i++)
		CHECK_INT(number_of(&d, all[i].id), by_hand(&d, all, BY_CHANCE, who, i));
}

static void switches(struct test *t, struct testdb *site, const void *arg)
{
	struct fee_wish pages = { .kind = FEE_BY_QUANTITY, .pages = 31, .on = day("2025-06-30") };
	struct fee_practice p;
	struct request_id ids[4];
	struct letter_id notice;
	struct err err = { 0 };
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask_many(&d, 4, "2025-06-30", ids, &err));
	CHECK_OK(request_close(d.ctx, ids[0], request_decision(STR("withdraw")), d.ctx->today,
			       &err));
	CHECK_OK(fee_charge(d.ctx, ids[1], &pages, &notice, &err));
	CHECK_INT(number_of(&d, ids[3]), 4);
	CHECK_OK(fee_practice_of(d.ctx, d.units[0], &p, &err));
	CHECK(p.kind == FEE_BY_PIECE && p.ended_count && p.quantity_counts);
	CHECK_INT(p.sheet_pages, 2);
	p.ended_count = false;
	CHECK_OK(fee_set_practice(d.ctx, d.units[0], &p, &err));
	CHECK_INT(number_of(&d, ids[3]), 3);
	p.quantity_counts = false;
	CHECK_OK(fee_set_practice(d.ctx, d.units[0], &p, &err));
	CHECK_INT(number_of(&d, ids[3]), 2);
	CHECK_INT(number_of(&d, ids[1]), 1); /* its own place is always one */
	p.sheet_pages = 0;
	CHECK_FAILS(fee_set_practice(d.ctx, d.units[0], &p, &err), "fee.sheet_pages");
	p.sheet_pages = 3;
	p.pay_how = STR(" ");
	CHECK_FAILS(fee_set_practice(d.ctx, d.units[0], &p, &err), "fee.no_way");
	p.pay_how = STR("示例银行代收");
	p.kind = FEE_BY_QUANTITY;
	CHECK_OK(fee_set_practice(d.ctx, d.units[0], &p, &err));
	CHECK_OK(fee_practice_of(d.ctx, d.units[0], &p, &err));
	CHECK_STR(p.pay_how, STR("示例银行代收"));
	CHECK(p.kind == FEE_BY_QUANTITY && p.sheet_pages == 3);
}

static void refuses(struct test *t, struct testdb *site, const void *arg)
{
	struct fee_wish wish = { .kind = FEE_BY_PIECE, .on = day("2025-06-30") };
	struct request_id known, unknown;
	struct err err = { 0 };
	struct fee_sum sum;
	struct request r;
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(ask(&d, 0, ALPHA, "2025-06-30", &known, &err));
	CHECK_OK(ask(&d, 0, NULL, "2025-06-30", &unknown, &err));
	CHECK_OK(request_find(d.ctx, known, &r, &err));
	wish.number = 12;
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.number_counted");
	wish.number = 0;
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.nothing_due");
	wish.on = day("2020-12-31");
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.none_yet");
	wish = (struct fee_wish){ .kind = FEE_BY_QUANTITY, .on = d.ctx->today };
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.no_pages");
	wish.pages = 30;
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.nothing_due");
	wish.sheets = 2; /* a side larger than A4 counts for two */
	CHECK_OK(fee_compute(d.ctx, &r, &wish, &sum, &err));
	CHECK_INT(sum.quantity, 34);
	CHECK_INT(sum.work.fen, 4000);
	wish.pages = INT64_MAX;
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.no_pages");
	r.wanted_form = GIVE_ON_THE_SPOT;
	wish.pages = 200;
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.looked_at");

	CHECK_OK(request_find(d.ctx, unknown, &r, &err));
	wish = (struct fee_wish){ .kind = FEE_BY_PIECE, .on = d.ctx->today };
	CHECK_FAILS(fee_compute(d.ctx, &r, &wish, &sum, &err), "fee.number_needed");
	wish.number = 35; /* by the register on paper */
	CHECK_OK(fee_compute(d.ctx, &r, &wish, &sum, &err));
	CHECK_INT(sum.work.fen, 20000);
	/* The step itself takes no amount that was not computed. */
	struct request_step typed = { .verb = VERB_CHARGE, .on = d.ctx->today, .fen = 500 };
	CHECK_FAILS(request_take_step(d.ctx, unknown, &typed, &err), "request.fee_uncomputed");
}

/* ---- the notice, and what becomes of it */

static bool brought_to_fee(struct desk *d, struct request_id *ids, struct letter_id *notice,
			   struct err *err)
{
	struct fee_wish wish = { .kind = FEE_BY_PIECE };

	set_today(d->ctx, "2025-04-24");
	wish.on = d->ctx->today;
	return ask_many(d, 12, "2025-04-21", ids, err) &&
	       fee_charge(d->ctx, ids[11], &wish, notice, err);
}

static bool step(struct desk *d, struct request_id id, enum request_verb verb, const char *on,
		 struct err *err)
{
	struct request_step s = { .verb = verb, .on = day(on) };

	return request_take_step(d->ctx, id, &s, err);
}

static void says_what_it_must(struct test *t, struct testdb *site, const void *arg)
{
	static const char *const words[] = {
		"第四十二条", "国办函〔2020〕109号",  "按件计收",	     "2025年4月您向本机关提出的第12件申请",
		"100元",      "壹佰元整（100.00元）", "缴纳方式：凭本通知书", "收到本通知次日起20个工作日内缴纳",
		"视为放弃申请",
	};
	struct letter_id notice;
	struct request_id ids[12];
	struct err err = { 0 };
	struct letter letter;
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(brought_to_fee(&d, ids, &notice, &err));
	CHECK_OK(letter_issue(d.ctx, notice, d.ctx->today, &err));
	CHECK_OK(letter_load(d.ctx, notice, &letter, &err));
	CHECK_STR(str_from_c(letter.kind->code), STR("fee"));
	CHECK_STR(letter.addressee, STR("申请人甲〇一"));
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (!CHECK(str_contains(letter.body, str_from_c(words[i]))))
			CHECK_STR(letter.body, str_from_c(words[i]));
}

static enum fee_state state_now(struct desk *d, struct request_id id)
{
	struct err err = { 0 };
	struct fee fee;
	bool found;

	return fee_of(d->ctx, id, &fee, &found, &err) && found ? fee.state : FEE_STATES;
}

static void paid(struct test *t, struct testdb *site, const void *arg)
{
	struct fee_notice told;
	struct letter_id notice;
	struct request_id ids[12];
	struct err err = { 0 };
	struct request r;
	struct desk d;
	bool found;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(brought_to_fee(&d, ids, &notice, &err));
	CHECK_INT(state_now(&d, ids[11]), FEE_STATE_SENT);
	set_today(d.ctx, "2025-04-28");
	CHECK_OK(step(&d, ids[11], VERB_FEE_SERVED, "2025-04-25", &err));
	CHECK_INT(state_now(&d, ids[11]), FEE_STATE_DUE);
	CHECK_OK(request_find(d.ctx, ids[11], &r, &err));
	CHECK_OK(fee_notice_of(d.ctx, &r, &told, &found, &err));
	CHECK(found && told.awaited && told.pay_until.known);
	CHECK_STR(date_iso(t->arena, told.pay_until.v), STR("2025-05-27"));
	CHECK_STR(told.yuan, STR("100.00"));
	CHECK(str_contains(told.basis, STR("第12件，每件100元")));
	CHECK(told.how.len > 0 && told.says.len > 0 && told.remedy.len > 0);
	set_today(d.ctx, "2025-05-20");
	CHECK_OK(request_pay(d.ctx, ids[11], day("2025-05-20"), &err));
	CHECK_OK(request_find(d.ctx, ids[11], &r, &err));
	CHECK_STR(date_iso(t->arena, r.due.v), STR("2025-06-18"));
	CHECK_OK(fee_notice_of(d.ctx, &r, &told, &found, &err));
	CHECK(!told.awaited && told.paid_on.known && told.state == FEE_STATE_PAID);
	CHECK_OK(request_find(d.ctx, ids[0], &r, &err));
	CHECK_OK(fee_notice_of(d.ctx, &r, &told, &found, &err));
	CHECK(!found);
}

static void day_put_right(struct test *t, struct testdb *site, const void *arg)
{
	struct request_step right = { .verb = VERB_FEE_SERVED, .on = day("2025-04-25") };
	struct letter_id notice;
	struct request_id ids[12];
	struct err err = { 0 };
	struct fee fee;
	struct desk d;
	bool found;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(brought_to_fee(&d, ids, &notice, &err));
	set_today(d.ctx, "2025-05-06");
	CHECK_OK(step(&d, ids[11], VERB_FEE_SERVED, "2025-04-27", &err));
	CHECK_FAILS(request_take_step(d.ctx, ids[11], &right, &err), "request.fee_served_again");
	right.reason = STR("邮件查询结果为25日");
	CHECK_OK(request_take_step(d.ctx, ids[11], &right, &err));
	CHECK_OK(fee_of(d.ctx, ids[11], &fee, &found, &err));
	CHECK_STR(date_iso(t->arena, fee.facts.pay_until.v), STR("2025-05-27"));
}

static void lapsed(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_id notice;
	struct request_id ids[12];
	struct err err = { 0 };
	struct request r;
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(brought_to_fee(&d, ids, &notice, &err));
	set_today(d.ctx, "2025-05-27");
	CHECK_OK(step(&d, ids[11], VERB_FEE_SERVED, "2025-04-25", &err));
	CHECK_INT(state_now(&d, ids[11]), FEE_STATE_DUE); /* its last day */
	set_today(d.ctx, "2025-05-28");
	CHECK_INT(state_now(&d, ids[11]), FEE_STATE_LATE);
	CHECK_FAILS(request_pay(d.ctx, ids[11], d.ctx->today, &err), "request.paid_late");
	CHECK_OK(request_close(d.ctx, ids[11], request_decision(STR("close_unpaid")), d.ctx->today,
			       &err));
	CHECK_INT(state_now(&d, ids[11]), FEE_STATE_LAPSED);
	CHECK_OK(request_find(d.ctx, ids[11], &r, &err));
	CHECK_STR(outcome_code(r.outcome), STR("other_overdue_fee"));
}

static void refunds(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_id notice;
	struct request_id ids[12];
	struct err err = { 0 };
	struct fee_totals sum;
	struct fee_filter all = { .year = 2025 };
	struct ledger_verdict verdict;
	struct date on;
	struct desk d;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	CHECK_OK(brought_to_fee(&d, ids, &notice, &err));
	set_today(d.ctx, "2025-05-20");
	on = d.ctx->today;
	CHECK_FAILS(fee_refund(d.ctx, ids[0], on, 100, STR("多收"), &err), "fee.none");
	CHECK_FAILS(fee_refund(d.ctx, ids[11], on, 100, STR("多收"), &err), "fee.not_paid");
	CHECK_OK(step(&d, ids[11], VERB_FEE_SERVED, "2025-04-25", &err));
	CHECK_OK(request_pay(d.ctx, ids[11], on, &err));
	CHECK_FAILS(fee_refund(d.ctx, ids[11], on, 10001, STR("多收"), &err), "fee.refund_sum");
	CHECK_FAILS(fee_refund(d.ctx, ids[11], on, 0, STR("多收"), &err), "fee.refund_sum");
	CHECK_FAILS(fee_refund(d.ctx, ids[11], on, 100, STR_NONE, &err), "request.no_reason");
	CHECK_FAILS(fee_refund(d.ctx, ids[11], date_plus(on, -1), 100, STR("多收"), &err),
		    "request.too_early");
	CHECK_FAILS(fee_refund(d.ctx, ids[11], date_plus(on, 1), 100, STR("多收"), &err),
		    "request.in_future");
	CHECK_OK(fee_refund(d.ctx, ids[11], on, 10000, STR("多收"), &err));
	CHECK_FAILS(fee_refund(d.ctx, ids[11], on, 100, STR("多收"), &err), "fee.refunded");
	CHECK_OK(fee_totals_of(d.ctx, &all, &sum, &err));
	CHECK_INT(sum.notices, 1);
	CHECK_INT(sum.charged, 10000);
	CHECK_INT(sum.paid, 10000);
	CHECK_INT(sum.refunded, 10000);
	CHECK_OK(ledger_verify(d.ctx, &verdict, &err));
	CHECK(verdict.intact);
}

/* ---- lists */

static bool six_fees(struct desk *d, struct request_id *ids, struct err *err)
{
	const struct decision_kind *lapse = request_decision(STR("close_unpaid"));
	struct fee_wish wish = { .kind = FEE_BY_QUANTITY, .pages = 40 };
	struct letter_id notice;

	for (int i = 0; i < FEE_STATES; i++) {
		/* the last is the other unit's */
		set_today(d->ctx, "2025-05-06");
		if (!ask(d, i == FEE_STATE_DROPPED ? 1 : 0, ALPHA, "2025-05-06", &ids[i], err))
			return false;
		wish.on = d->ctx->today;
		if (!fee_charge(d->ctx, ids[i], &wish, &notice, err))
			return false;
		if (i != FEE_STATE_SENT &&
		    !step(d, ids[i], VERB_FEE_SERVED, "2025-05-06", err))
			return false;
		set_today(d->ctx, "2025-06-10");
		if (i == FEE_STATE_LAPSED &&
		    !request_close(d->ctx, ids[i], lapse, d->ctx->today, err))
			return false;
	}
	struct request_step moved = { .verb = VERB_FEE_SERVED, .on = day("2025-05-30"),
				      .reason = STR("回执") };
	return request_take_step(d->ctx, ids[FEE_STATE_DUE], &moved, err) &&
	       request_pay(d->ctx, ids[FEE_STATE_PAID], day("2025-05-07"), err) &&
	       request_close(d->ctx, ids[FEE_STATE_DROPPED], request_decision(STR("withdraw")),
			     d->ctx->today, err);
}

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	struct request_id ids[FEE_STATES];
	struct err err = { 0 };
	struct fee_totals sum;
	struct fee *list;
	struct str next, after = STR_NONE;
	struct desk d;
	size_t count, seen = 0;

	(void)arg;
	CHECK_OK(open_desk(site, &d, &err));
	if (!CHECK_OK(six_fees(&d, ids, &err)))
		return;
	for (int s = 0; s < FEE_STATES; s++) {
		struct fee_filter f = { .state = { true, s } };
		enum fee_state back;
		CHECK(fee_state_from(fee_state_code((enum fee_state)s), &back) && (int)back == s);
		CHECK_OK(fee_list(d.ctx, &f, STR_NONE, 10, &list, &count, &next, &err));
		if (CHECK_INT((int64_t)count, 1)) {
			CHECK_INT(list[0].request.n, ids[s].n);
			CHECK_INT(list[0].state, s);
		}
		f.unit = (struct opt_int){ true, d.units[0].n };
		CHECK_OK(fee_list(d.ctx, &f, STR_NONE, 10, &list, &count, &next, &err));
		CHECK_INT((int64_t)count, s == FEE_STATE_DROPPED ? 0 : 1);
	}
	/* Two a page, newest first, none twice. */
	struct fee_filter all = { .year = 2025 };
	do {
		CHECK_OK(fee_list(d.ctx, &all, after, 2, &list, &count, &next, &err));
		for (size_t i = 0; i < count; i++, seen++)
			CHECK_INT(list[i].request.n, ids[FEE_STATES - 1 - seen].n);
		after = next;
	} while (next.len > 0 && seen < FEE_STATES);
	CHECK_INT((int64_t)seen, FEE_STATES);
	all.year = 2024;
	CHECK_OK(fee_totals_of(d.ctx, &all, &sum, &err));
	CHECK_INT(sum.notices, 0);
	all.year = 2025;
	CHECK_OK(fee_totals_of(d.ctx, &all, &sum, &err));
	CHECK_INT(sum.notices, FEE_STATES);
	CHECK_INT(sum.charged, 10000 * FEE_STATES);
	CHECK_INT(sum.paid_count, 1);
	CHECK_INT(sum.paid, 10000);
}

/* ---- faults */

static struct desk fault_desk;

static bool fault_given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct testdb site = { .ctx = *ctx };
	struct request_id id;
	bool ok;

	(void)arg;
	ok = open_desk(&site, &fault_desk, err);
	fault_desk.ctx = ctx;
	set_today(ctx, "2025-06-30");
	return ok && ask(&fault_desk, 0, ALPHA, "2025-06-30", &id, err);
}

static bool fault_verb(struct ctx *ctx, const void *arg, struct err *err)
{
	struct fee_wish wish = { .kind = FEE_BY_QUANTITY, .pages = 101, .on = ctx->today,
				 .delivered_on = { true, ctx->today } };
	struct letter_id notice;

	(void)arg;
	return fee_charge(ctx, (struct request_id){ 1 }, &wish, &notice, err);
}

static void fault_check(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct err err = { 0 };
	struct letter *letters;
	struct fee fee;
	size_t count;
	bool found;

	(void)arg;
	CHECK_OK(fee_of(ctx, (struct request_id){ 1 }, &fee, &found, &err));
	CHECK_OK(letter_list(ctx, "request", 1, &letters, &count, &err));
	CHECK(found == done);
	CHECK_INT((int64_t)count, done ? 1 : 0); /* never a fee without its notice */
}

void fee_test(struct test *t)
{
	static const struct testdb_scenario charging = { .given = fault_given,
							 .verb = fault_verb,
							 .check = fault_check };

	testdb_each(t, "42: twelve in March, the 11th and 12th cost", twelve_in_march, NULL);
	testdb_each(t, "42: one form of five matters, from the 9th on", one_form_of_five, NULL);
	testdb_each(t, "42: one tariff for a request, never both", one_tariff, NULL);
	testdb_each(t, "42: a month begins anew", month_change, NULL);
	testdb_each(t, "42: forty in a month", forty, NULL);
	testdb_each(t, "42: a count by hand agrees", hand_count_agrees, NULL);
	testdb_each(t, "42: what the unit counts is settled", switches, NULL);
	testdb_each(t, "42: what is not charged", refuses, NULL);
	testdb_each(t, "42: the notice says what it must", says_what_it_must, NULL);
	testdb_each(t, "42: delivered, paid, the period anew", paid, NULL);
	testdb_each(t, "42: a wrong day of delivery is put right", day_put_right, NULL);
	testdb_each(t, "42: not paid, given up", lapsed, NULL);
	testdb_each(t, "a fee is given back once", refunds, NULL);
	testdb_each(t, "fees by what has become of them", lists, NULL);
	testdb_faults(t, "charging a fee", &charging);
}
