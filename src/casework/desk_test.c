/* desk_test.c - queues page by page, what they cost, batches, and the board counted again. */
#include "casework/batch.h"
#include "casework/board.h"
#include "casework/desk.h"

#include "calendar/calendar.h"
#include "casework/fixture.h"
#include "db/engine.h"

enum { SPREAD = 70 };

/* Requests received on different days, some correcting, some closed, hands in turn. */
static bool spread(struct fixture *f, struct err *err)
{
	const struct decision_kind *give = request_decision(STR("give"));
	struct date first = date_make(2020, 3, 2), until = date_make(2020, 6, 15);

	for (int i = 0; i < SPREAD; i++) {
		struct date day = date_plus(first, i);
		struct request_id id;
		struct str iso = date_iso(f->ctx->arena, day);
		if (!fixture_register(f, str_to_c(f->ctx->arena, iso), &id, err))
			return false;
		struct ctx *ctx = fixture_as(f, "甲");
		if (i % 3 != 0 &&
		    !case_assign(ctx, id, fixture_account(f, i % 3 == 1 ? "甲" : "乙"), STR_NONE, err))
			return false;
		struct request_step closing = { .verb = VERB_DECIDE, .on = date_plus(day, i % 40),
						.kind = give, .historical = true };
		if (i % 5 == 0 && date_compare(closing.on, ctx->today) <= 0 &&
		    !request_take_step(ctx, id, &closing, err))
			return false;
		struct request_step asking = { .verb = VERB_ASK_CORRECTION,
					       .on = day,
					       .until = until,
					       .text = STR("请补充文号"),
					       .guidance = STR("按目录查") };
		if (i >= SPREAD - 4 && i % 5 != 0 &&
		    !request_take_step(ctx, id, &asking, err))
			return false;
	}
	return true;
}

/* What the queue should hold, by looking at every request. */
static bool belongs(const struct queue_filter *f, const struct card_days *days,
		    const struct request *r)
{
	enum case_card card = r->closed_on.known ? CARD_NONE : case_card_of(days, r->due);

	if (f->unit.known && r->unit.n != f->unit.v)
		return false;
	switch (f->queue) {
	case QUEUE_MINE: return !r->closed_on.known && r->handler == f->person.n;
	case QUEUE_UNCLAIMED: return !r->closed_on.known && r->handler == 0;
	case QUEUE_OPEN: return !r->closed_on.known;
	case QUEUE_YELLOW: return card == CARD_YELLOW;
	case QUEUE_LATE: return card == CARD_RED || card == CARD_BLACK;
	case QUEUE_RED: return card == CARD_RED;
	case QUEUE_BLACK: return card == CARD_BLACK;
	case QUEUE_UNFILED: return r->state == REQUEST_DECIDED || r->state == REQUEST_SERVED;
	case QUEUE_CLOSED: return r->closed_on.known;
	case QUEUE_CLOSED_LATE:
		return r->closed_on.known && r->due.known &&
		       date_compare(r->due.v, r->closed_on.v) < 0;
	case QUEUE_CLOSED_IN_TIME:
		return r->closed_on.known &&
		       (!r->due.known || date_compare(r->due.v, r->closed_on.v) >= 0);
	case DESK_QUEUE_COUNT: break;
	}
	return false;
}

static int64_t slow_count(struct test *t, struct ctx *ctx, const struct queue_filter *f)
{
	struct err err = { 0 };
	struct card_days days;
	struct request r;
	int64_t found = 0;

	CHECK_OK(case_card_days(ctx, &days, &err));
	for (int64_t id = 1; id <= SPREAD; id++) {
		CHECK_OK(request_find(ctx, (struct request_id){ id }, &r, &err));
		found += belongs(f, &days, &r) ? 1 : 0;
	}
	return found;
}

/* Page by page: each once, of those that belong, in order of what is due. */
static int64_t walk(struct test *t, struct ctx *ctx, const struct queue_filter *f, size_t page)
{
	bool seen[SPREAD + 1] = { false };
	struct str place = STR_NONE;
	struct err err = { 0 };
	struct card_days days;
	int64_t total = 0;
	int32_t last = 0;

	CHECK_OK(case_card_days(ctx, &days, &err));
	do {
		struct request *rows;
		size_t count;
		if (!CHECK_OK(desk_queue_page(ctx, f, place, page, &rows, &count, &place, &err)))
			return -1;
		for (size_t i = 0; i < count; i++) {
			int32_t due = rows[i].due.known ? rows[i].due.v.ordinal : INT32_MAX;
			CHECK(belongs(f, &days, &rows[i]) && !seen[rows[i].id.n]);
			CHECK(f->queue >= QUEUE_UNFILED || due >= last);
			seen[rows[i].id.n] = true;
			last = due;
		}
		total += (int64_t)count;
	} while (place.len > 0);
	return total;
}

static void queues(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct desk_counts of_unit, of_site;
	struct err err = { 0 };
	struct fixture f;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	CHECK_OK(spread(&f, &err));
	struct account_id who = fixture_account(&f, "甲");
	struct opt_int unit = { true, f.root.n }, all = { false, 0 };
	CHECK_OK(desk_counts(ctx, unit, who, &of_unit, &err));
	CHECK_OK(desk_counts(ctx, all, who, &of_site, &err));
	struct desk_first_counts first_of_unit, first_of_site;
	CHECK_OK(desk_first_counts(ctx, unit, who, &first_of_unit, &err));
	CHECK_OK(desk_first_counts(ctx, all, who, &first_of_site, &err));
	CHECK_INT(first_of_unit.mine, of_unit.of[QUEUE_MINE]);
	CHECK_INT(first_of_unit.unclaimed, of_unit.of[QUEUE_UNCLAIMED]);
	CHECK_INT(first_of_unit.urgent, of_unit.of[QUEUE_LATE] + of_unit.of[QUEUE_YELLOW]);
	CHECK_INT(first_of_site.urgent, of_site.of[QUEUE_LATE] + of_site.of[QUEUE_YELLOW]);
	for (int q = 0; q < DESK_QUEUE_COUNT; q++) {
		struct queue_filter filter = { .queue = (enum desk_queue)q, .unit = unit,
					       .person = who, .year = 2020 };
		int64_t want = slow_count(t, ctx, &filter);
		CHECK(want > 0);
		CHECK_INT(walk(t, ctx, &filter, 7), want);
		CHECK_INT(walk(t, ctx, &filter, 1), want);
		if (q < QUEUE_CLOSED)
			CHECK_INT(of_unit.of[q], want);
		filter.unit = all;
		if (q == QUEUE_OPEN || q == QUEUE_YELLOW || q == QUEUE_LATE) {
			CHECK_INT(walk(t, ctx, &filter, 7), want);
			CHECK_INT(of_site.of[q], want);
		}
	}
}

/* ---- what a page costs: calls of the database, of which each row is one */

static int64_t calls_of_page(struct test *t, struct ctx *ctx, enum desk_queue queue,
			     struct fixture *f)
{
	enum { MANY = 1000000 };
	struct queue_filter filter = { .queue = queue, .unit = { true, f->root.n },
				       .person = fixture_account(f, "甲"), .year = 2020 };
	struct desk_counts counts;
	struct err err = { 0 };
	struct request *rows;
	struct str next;
	size_t count;

	db_fault_after(ctx->db, MANY);
	CHECK_OK(desk_counts(ctx, filter.unit, filter.person, &counts, &err));
	CHECK_OK(desk_queue_page(ctx, &filter, STR_NONE, 3, &rows, &count, &next, &err));
	int64_t calls = MANY - ctx->db->fault;
	db_fault_after(ctx->db, 0);
	return calls;
}

static void flat(struct test *t, struct testdb *site, const void *arg)
{
	int64_t before[DESK_QUEUE_COUNT];
	struct err err = { 0 };
	struct fixture f;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	CHECK_OK(spread(&f, &err));
	for (int q = 0; q < DESK_QUEUE_COUNT; q++) {
		before[q] = calls_of_page(t, &site->ctx, (enum desk_queue)q, &f);
		/* Nine counts, two settings, the list, three cases: each takes a call more. */
		CHECK(before[q] > 0 && before[q] <= 45);
	}
	for (int i = 0; i < 300; i++)
		(void)fixture_request(t, &f, "2020-05-29");
	for (int q = 0; q < DESK_QUEUE_COUNT; q++)
		CHECK_INT(calls_of_page(t, &site->ctx, (enum desk_queue)q, &f), before[q]);
}

/* ---- the board, counted a second time */

static void board_agrees(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	const struct workday_calendar *calendar;
	struct board_row want = { .open = 0 };
	struct err err = { 0 };
	struct card_days days;
	struct fixture f;
	struct request r;
	struct board b;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	CHECK_OK(spread(&f, &err));
	CHECK_OK(case_card_days(ctx, &days, &err));
	CHECK_OK(calendar_current(ctx, &calendar, &err));
	for (int64_t id = 1; id <= SPREAD; id++) {
		CHECK_OK(request_find(ctx, (struct request_id){ id }, &r, &err));
		if (r.closed_on.known) {
			want.closed++;
			want.closed_late += date_compare(r.due.v, r.closed_on.v) < 0 ? 1 : 0;
			want.days += workday_between(calendar, r.received_on.v, r.closed_on.v);
			continue;
		}
		want.open++;
		want.black += case_card_of(&days, r.due) == CARD_BLACK ? 1 : 0;
	}
	CHECK_OK(board_load(ctx, 2020, &b, &err));
	CHECK_INT((int64_t)b.count, 2);
	CHECK_INT(b.rows[0].open, want.open);
	CHECK_INT(b.rows[0].black, want.black);
	CHECK_INT(b.rows[0].closed, want.closed);
	CHECK_INT(b.rows[0].closed_late, want.closed_late);
	CHECK_INT(b.rows[0].days, want.days);
	CHECK_INT(b.rows[1].open + b.rows[1].closed, 0);
	CHECK_STR(board_rate(t->arena, &b.rows[1]), STR(""));
	CHECK_INT(b.sum.closed, want.closed);
	struct board_row three = { .closed = 3, .closed_late = 1, .days = 35 };
	CHECK_STR(board_rate(t->arena, &three), STR("66.7%"));
	CHECK_STR(board_average(t->arena, &three), STR("11.7"));
}

/* ---- batches: what the preview says is what is done */

static const struct batch_row {
	const char *title, *who;
	struct batch batch;
	const char *to;
	int64_t good;
} batch_rows[] = {
	{ "a reviewer gives three to 乙, of whom one has it", "审",
	  { .act = BATCH_ASSIGN, .reason = STR_INIT("分工调整") }, "乙", 2 },
	{ "a clerk gives away what is nobody's or his own", "甲",
	  { .act = BATCH_ASSIGN, .reason = STR_INIT("分工调整") }, "乙", 2 },
	{ "a clerk puts back his own only", "甲",
	  { .act = BATCH_RETURN, .reason = STR_INIT("不属于我") }, NULL, 1 },
	{ "a supervisor reminds of all", "督", { .act = BATCH_REMIND, .text = STR_INIT("请抓紧") },
	  NULL, 3 },
	{ "extensions are proposed", "甲",
	  { .act = BATCH_PROPOSE_EXTENSION, .days = 10, .reason = STR_INIT("材料多") }, NULL, 3 },
	{ "what is not served is not filed", "甲", { .act = BATCH_FILE }, NULL, 0 },
	{ "a supervisor writes a letter about each", "督",
	  { .act = BATCH_ORDER, .text = STR_INIT("请说明"), .due_on = { 18425 } }, NULL, 3 },
};

static void batches(struct test *t, struct testdb *site, const void *arg)
{
	const struct batch_row *row = arg;
	struct batch batch = row->batch;
	struct batch_line *preview;
	struct request_id ids[4];
	struct batch_done done;
	struct err err = { 0 };
	struct fixture f;
	int64_t id;

	CHECK_OK(fixture_open(site, &f, &err));
	for (int i = 0; i < 3; i++)
		ids[i] = fixture_request(t, &f, "2020-05-29"); /* nobody's, 甲's, 乙's */
	ids[3] = (struct request_id){ 999 };
	for (int i = 1; i < 3; i++)
		CHECK_OK(case_assign(fixture_as(&f, "甲"), ids[i],
				     fixture_account(&f, i == 1 ? "甲" : "乙"), STR_NONE, &err));
	batch.ids = ids;
	batch.count = COUNT_OF(ids);
	if (row->to != NULL)
		batch.to = fixture_account(&f, row->to);
	struct ctx *ctx = fixture_as(&f, row->who);
	struct str before = testdb_digest(site);
	CHECK_OK(batch_preview(ctx, &batch, &preview, &err));
	CHECK_STR(testdb_digest(site), before);
	CHECK_OK(batch_run(ctx, &batch, &id, &err));
	CHECK_OK(batch_find(ctx, id, &done, &err));
	CHECK_INT((int64_t)done.count, 4);
	CHECK_INT((int64_t)done.good, row->good);
	for (size_t i = 0; i < done.count; i++) {
		CHECK_INT(done.lines[i].good, preview[i].good);
		CHECK(done.lines[i].result.len > 0);
		if (!done.lines[i].good)
			CHECK_STR(done.lines[i].result, preview[i].result);
	}
	CHECK(!done.lines[3].good);
}

static void batches_refuse(struct test *t, struct testdb *site, const void *arg)
{
	struct batch batch = { .act = BATCH_ORDER, .text = STR("请说明"), .due_on = { 18425 } };
	struct err err = { 0 };
	struct fixture f;
	int64_t id;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct request_id one = fixture_request(t, &f, "2020-05-29");
	CHECK_FAILS(batch_run(fixture_as(&f, "督"), &batch, &id, &err), "casework.nothing_picked");
	batch.ids = &one;
	batch.count = 1;
	CHECK_FAILS(batch_run(fixture_as(&f, "甲"), &batch, &id, &err), "casework.act_not_yours");
	batch.act = BATCH_REMIND;
	CHECK_OK(batch_run(fixture_as(&f, "丙"), &batch, &id, &err));
	struct batch_done done;
	CHECK_OK(batch_find(&site->ctx, id, &done, &err));
	CHECK_STR(done.lines[0].result, STR("没有这件申请"));
}

void desk_test(struct test *t)
{
	testdb_each(t, "every queue pages through what belongs to it", queues, NULL);
	testdb_each(t, "a page of a queue costs the same however many there are", flat, NULL);
	testdb_each(t, "the board agrees with a slow count", board_agrees, NULL);
	for (size_t i = 0; i < COUNT_OF(batch_rows); i++)
		testdb_each(t, batch_rows[i].title, batches, &batch_rows[i]);
	testdb_each(t, "a batch needs cases and the right to act", batches_refuse, NULL);
}
