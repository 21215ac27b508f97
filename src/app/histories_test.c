/*
 * histories_test.c - requests whose whole life is left to chance, within the law: any
 * step that a state allows, on any later day, until the case is closed.
 *
 * Beside each runs a slow clock that counts day by day from what was done; the
 * program's must agree after every step. In the end each request stands in exactly
 * one cell of table 三, and none was decided without its gates. GONGKAI_HISTORIES
 * sets how many; they are the same each time.
 */
#include "base/rand.h"
#include "calendar/calendar.h"
#include "ledger/ledger.h"
#include "reply/fixture.h"
#include "statistics/statistics.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	HISTORIES = 200,
	PARTS_MAX = 3,
	STEPS_MAX = 24, /* then it is brought to its end */
	INQUIRIES_MAX = 4,
	FIRST_YEAR = 2021,
	YEARS = 6,
	LINES_MAX = 40,
	EVENTS_MAX = 200,
};

/* What the slow clock knows: what was done, in the test's own words. */
struct asked {
	enum inquiry_kind kind;
	struct date sent;
	struct opt_date back;
	bool agreed, refused, bare, told; /* refused: with reasons */
};
struct life {
	struct request_id id;
	int64_t begins; /* instant: registered, or split off */
	struct date from;
	bool running; /* the day of receipt is known, no correction or payment is awaited */
	int extension;
	struct opt_date delayed;
	struct asked asked[INQUIRIES_MAX];
	size_t asked_count;
	struct opt_date answer_by; /* correction; payment, once the notice has arrived */
	bool corrected, charged, reasons_stop;
	enum request_reasons reasons;
};
struct world {
	struct test *t;
	struct ctx *ctx;
	const struct workday_calendar *calendar;
	struct seeded rand;
	struct unit_id units[2];
	struct life life; /* the one that is lived now */
	struct life waiting[PARTS_MAX];
	size_t waiting_count;
	int64_t lived, taken[REQUEST_VERB_COUNT];
	int64_t received[YEARS][APPLICANT_COLUMNS], results[YEARS][LINES_MAX][APPLICANT_COLUMNS];
};

static int below(struct world *w, int bound)
{
	return (int)seeded_below(&w->rand, (uint64_t)bound);
}

/* ---- the slow clock */

static struct date nth_workday(struct world *w, struct date day, int n)
{
	while (n > 0) {
		day = date_plus(day, 1);
		n -= workday_is(w->calendar, day) ? 1 : 0;
	}
	return day;
}

/* Is the day one on which an answer was waited for, asked while the period still ran? */
static bool waited_for(struct world *w, const struct life *l, struct date day, struct date today,
		       const struct date *end)
{
	for (size_t i = 0; i < l->asked_count; i++) {
		const struct asked *q = &l->asked[i];
		struct date until = q->back.known ? q->back.v : today;
		struct date last = nth_workday(w, q->sent, 15);
		if (q->kind != INQUIRY_OTHER_AGENCY && date_compare(until, last) > 0)
			until = last;
		if (date_compare(q->sent, day) < 0 && date_compare(day, until) <= 0 &&
		    (end == NULL || date_compare(q->sent, *end) <= 0))
			return true;
	}
	return false;
}

static struct date slow_due(struct world *w, const struct life *l, struct date today)
{
	int left = 20 + l->extension;
	struct date end = l->from;

	for (struct date day = date_plus(l->from, 1);; day = date_plus(day, 1)) {
		if (!workday_is(w->calendar, day))
			continue;
		bool waited = waited_for(w, l, day, today, left == 0 ? &end : NULL);
		if (left == 0 && !waited)
			break;
		left -= waited ? 0 : 1;
		if (left == 0)
			end = day;
	}
	return l->delayed.known && date_compare(l->delayed.v, end) > 0 ? l->delayed.v : end;
}

/* Nothing is counted, too, while reasons are awaited where the unit has settled so. */
static bool counts(const struct life *l)
{
	return l->running && !(l->reasons_stop && l->reasons == REASONS_ASKED);
}

static void clocks_agree(struct world *w, const struct request *r)
{
	struct test *t = w->t;
	struct date today = r->closed_on.known ? r->closed_on.v : w->ctx->today;
	struct period_result clock;
	struct err err = { 0 };

	if (!counts(&w->life)) {
		CHECK(!request_clock(w->ctx, r->id, &clock, &err));
		CHECK_INT(err.code, ERR_CONFLICT);
		return;
	}
	if (!CHECK_OK(request_clock(w->ctx, r->id, &clock, &err)))
		return;
	struct date slow = slow_due(w, &w->life, today);
	CHECK_STR(date_iso(t->arena, clock.due), date_iso(t->arena, slow));
}

/* ---- a reply through all its gates */

static bool kind_is_lawful(const struct life *l, const struct decision_kind *kind)
{
	bool third = false, all_agree = true, untold = false;

	for (size_t i = 0; i < l->asked_count; i++) {
		const struct asked *q = &l->asked[i];
		if (q->kind != INQUIRY_THIRD_PARTY)
			continue;
		third = true;
		all_agree = all_agree && q->agreed;
		untold = untold || (q->refused && !q->told);
	}
	switch (kind->outcome) {
	case OUTCOME_GRANTED:
		return !untold;
	case OUTCOME_DENIED_THIRD_PARTY:
		return third && !all_agree;
	case OUTCOME_UNABLE_STILL_UNCLEAR:
		return l->corrected;
	case OUTCOME_NOT_PROCESSED_EXCESSIVE:
		return l->reasons == REASONS_UNREASONABLE;
	default:
		return kind->needs_letter;
	}
}

static size_t facts_for(struct world *w, const struct decision_kind *kind, struct reply_fact *facts)
{
	size_t count = 0;

	for (size_t i = 0; i < reply_fact_rules_count; i++) {
		const struct reply_fact_rule *rule = &reply_fact_rules[i];
		if (strcmp(rule->decision, kind->code) != 0)
			continue;
		facts[count++] = (struct reply_fact){
			.name = str_from_c(rule->name),
			.value = rule->kind == FACT_DAY	     ? date_iso(w->ctx->arena, w->life.from)
				 : rule->kind == FACT_NUMBER ? STR("3")
				 : strcmp(rule->name, "secrecy") == 0 ? STR("秘密")
				 : strcmp(rule->name, "part_article") == 0 ? STR("第十五条")
									   : STR("某项事实"),
		};
	}
	return count;
}

static bool pass_gates(struct world *w, struct request_id id, const struct decision_kind *kind,
		       struct err *err)
{
	struct reply_fact facts[REPLY_FACTS_MAX];
	struct ctx *ctx = w->ctx;
	struct reply_id opened;
	struct reply reply;

	reply_sit(ctx, DESK_CLERK);
	if (!reply_open(ctx, id, &opened, err))
		return false;
	struct reply_edit at = reply_now(ctx, id, &reply, err);
	struct reply_item_id item = reply.items[0].id;
	if (!reply_decide_item(ctx, at, item, kind, STR("逐项核对"), err) ||
	    !reply_set_facts(ctx, reply_now(ctx, id, &reply, err), item, facts,
			     facts_for(w, kind, facts), err) ||
	    !reply_fixture_letter(ctx, id, err) ||
	    !reply_submit(ctx, reply_now(ctx, id, &reply, err), err))
		return false;
	reply_sit(ctx, DESK_REVIEWER);
	if (!reply_review(ctx, reply_now(ctx, id, &reply, err), REPLY_FOR, STR_NONE, err))
		return false;
	reply_sit(ctx, DESK_ADVISER);
	if (!reply_advise(ctx, reply_now(ctx, id, &reply, err), REPLY_FOR, STR("可以"), err))
		return false;
	reply_sit(ctx, DESK_SIGNER);
	return reply_sign(ctx, reply_now(ctx, id, &reply, err), ctx->today, STR_NONE, err);
}

/* Every gate left its event before the decision. */
static void gates_have_events(struct world *w, struct request_id id)
{
	static const enum reply_verb gates[] = { REPLY_SUBMIT, REPLY_AGREE, REPLY_ADVISE,
						 REPLY_SIGN };
	struct test *t = w->t;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count, passed = 0, i = 0;

	if (!CHECK_OK(ledger_history(w->ctx, "request", id.n, EVENTS_MAX, &rows, &count, &err)))
		return;
	for (; i < count && !str_equal(rows[i].verb, request_verb_code(VERB_DECIDE)); i++)
		if (passed < COUNT_OF(gates) &&
		    str_equal(rows[i].verb, reply_verb_code(gates[passed])))
			passed++;
	CHECK(i < count);
	/* the signature's own event may follow that of the decision it makes, in one transaction */
	CHECK(passed >= COUNT_OF(gates) - 1);
}

static bool decide(struct world *w, struct request_id id, struct err *err)
{
	const struct decision_kind *kind;

	do
		kind = &request_decisions[below(w, (int)request_decisions_count)];
	while (!kind_is_lawful(&w->life, kind) ||
	       !request_decision_in_force(kind, w->ctx->today));
	if (!pass_gates(w, id, kind, err))
		return false;
	gates_have_events(w, id);
	return true;
}

/* ---- any lawful step */

static struct asked *open_one(struct life *l)
{
	for (size_t i = 0; i < l->asked_count; i++)
		if (!l->asked[i].back.known)
			return &l->asked[i];
	return NULL;
}

static struct asked *refusing_one(struct life *l)
{
	for (size_t i = 0; i < l->asked_count; i++)
		if ((l->asked[i].refused || l->asked[i].bare) && !l->asked[i].told)
			return &l->asked[i];
	return NULL;
}

static void choose_answer(struct world *w, struct request_step *step)
{
	const struct asked *q = open_one(&w->life);
	bool over = q->kind != INQUIRY_OTHER_AGENCY &&
		    date_compare(w->ctx->today, nth_workday(w, q->sent, 15)) > 0;

	if (over)
		step->answer = INQUIRY_SILENT;
	else if (q->kind == INQUIRY_OTHER_AGENCY && below(w, 4) == 0)
		step->answer = INQUIRY_GIVEN_UP;
	else
		step->answer = (enum inquiry_answer)below(w, INQUIRY_SILENT);
}

static const struct decision_kind *way_out(const struct world *w, const struct request *r)
{
	bool over = w->life.answer_by.known &&
		    date_compare(w->ctx->today, w->life.answer_by.v) > 0;

	if (over && r->state == REQUEST_CORRECTING)
		return request_decision(STR("close_uncorrected"));
	if (over && r->state == REQUEST_UNPAID)
		return request_decision(STR("close_unpaid"));
	return request_decision(STR("withdraw"));
}

static struct request_step make_step(struct world *w, const struct request *r,
				     enum request_verb verb)
{
	static const struct str parts[PARTS_MAX] = { STR_INIT("甲事项"), STR_INIT("乙事项"),
						     STR_INIT("丙事项") };
	struct date today = w->ctx->today;
	struct request_step step = {
		.verb = verb,
		.on = today,
		.until = date_plus(today, 10 + below(w, 20)),
		.days = 1 + below(w, 20),
		.fen = 10000,
		.tariff = STR("piece"),
		.quantity = 11,
		.inquiry = (enum inquiry_kind)below(w, 3),
		.target = STR("示例单位"),
		.text = STR("有关内容"),
		.count = 12,
		.since = date_plus(today, -30),
		.till = today,
		.unit = w->units[r->unit.n == w->units[0].n ? 1 : 0],
		.agreed = below(w, 3) > 0,
		.reason = STR("办理需要"),
		.parts = parts,
		.parts_count = 2 + (size_t)below(w, PARTS_MAX - 1),
	};

	/* Handed over on the spot, or sent. */
	if (verb == VERB_CHARGE && below(w, 2) == 0)
		step.delivered_on = (struct opt_date){ true, today };
	if (verb == VERB_CLOSE_INQUIRY)
		choose_answer(w, &step);
	if (verb == VERB_CLOSE)
		step.kind = way_out(w, r);
	if (verb == VERB_DELAY)
		step.until = date_plus(today, 60 + below(w, 60));
	/* Silence cannot be found reasonable. */
	if (verb == VERB_JUDGE_REASONS && w->life.reasons == REASONS_ASKED)
		step.agreed = false;
	return step;
}

/* What the step meant, for the slow clock. */
static void note_inquiry(struct life *l, const struct request_step *step)
{
	struct asked *q = step->verb == VERB_OPEN_INQUIRY    ? &l->asked[l->asked_count++]
			  : step->verb == VERB_CLOSE_INQUIRY ? open_one(l)
							     : refusing_one(l);

	if (step->verb == VERB_OPEN_INQUIRY) {
		*q = (struct asked){ .kind = step->inquiry, .sent = step->on };
	} else if (step->verb == VERB_CLOSE_INQUIRY) {
		q->back = (struct opt_date){ true, step->on };
		q->agreed = step->answer == INQUIRY_AGREES;
		bool third = q->kind == INQUIRY_THIRD_PARTY;
		q->refused = third && step->answer == INQUIRY_REFUSES_WITH_REASONS;
		q->bare = third && step->answer == INQUIRY_REFUSES_BARE;
	} else if (q != NULL) {
		q->told = true;
	}
}

static void note_reasons(struct life *l, const struct request_step *step)
{
	if (step->verb == VERB_ASK_REASONS) {
		l->reasons = REASONS_ASKED;
	} else if (step->verb == VERB_RECEIVE_REASONS) {
		l->reasons = REASONS_GIVEN;
		l->from = l->reasons_stop ? step->on : l->from;
	} else if (step->verb == VERB_JUDGE_REASONS) {
		l->reasons = step->agreed ? REASONS_REASONABLE : REASONS_UNREASONABLE;
	} else {
		l->reasons = REASONS_DELAYED;
		l->delayed = (struct opt_date){ true, step->until };
	}
}

static void step_served(struct world *w, struct date on)
{
	w->life.answer_by = (struct opt_date){ true, nth_workday(w, on, 20) };
}

static void note(struct world *w, const struct request_step *step, int extension)
{
	struct life *l = &w->life;

	switch (step->verb) {
	case VERB_CONFIRM:
	case VERB_RECEIVE_CORRECTION:
	case VERB_PAY:
		l->from = step->on;
		l->running = true;
		l->corrected = l->corrected || step->verb == VERB_RECEIVE_CORRECTION;
		break;
	case VERB_ASK_CORRECTION:
		l->running = false;
		l->answer_by = (struct opt_date){ true, step->until };
		break;
	case VERB_CHARGE:
		l->running = false;
		l->charged = true;
		l->answer_by = (struct opt_date){ 0 };
		if (!step->delivered_on.known)
			break;
		step_served(w, step->delivered_on.v);
		break;
	case VERB_FEE_SERVED:
		step_served(w, step->on);
		break;
	case VERB_OPEN_INQUIRY:
	case VERB_CLOSE_INQUIRY:
	case VERB_TELL_THIRD:
		note_inquiry(l, step);
		break;
	case VERB_ASK_REASONS:
	case VERB_RECEIVE_REASONS:
	case VERB_JUDGE_REASONS:
	case VERB_DELAY:
		note_reasons(l, step);
		break;
	case VERB_EXTEND:
		l->extension = extension;
		break;
	default:
		break;
	}
}

/* The other parts of a form begin as this one stands. */
static void note_parts(struct world *w)
{
	struct test *t = w->t;
	struct request_whole whole;
	struct err err = { 0 };
	bool found;

	if (!CHECK_OK(request_whole_find(w->ctx, w->life.id, &whole, &found, &err)) ||
	    !CHECK(found))
		return;
	for (size_t i = 1; i < whole.parts_count; i++) {
		w->waiting[w->waiting_count] = w->life;
		w->waiting[w->waiting_count].begins = w->ctx->now;
		w->waiting[w->waiting_count++].id = whole.parts[i];
	}
}

/* A rule may stand against it today: then nothing happened. */
static void try_step(struct world *w, const struct request *was, enum request_verb verb)
{
	struct test *t = w->t;
	struct request_step step = make_step(w, was, verb);
	struct err err = { 0 };
	struct request r;

	if (verb == VERB_OPEN_INQUIRY && w->life.asked_count == INQUIRIES_MAX)
		return;
	reply_sit(w->ctx, verb == VERB_APPROVE_EXTENSION ? DESK_SIGNER : DESK_CLERK);
	if (verb == VERB_DECIDE) {
		if (!CHECK_OK(decide(w, was->id, &err)))
			return;
	} else if (!request_take_step(w->ctx, was->id, &step, &err)) {
		CHECK(err.code == ERR_CONFLICT || err.code == ERR_INVALID);
		CHECK(strcmp(err.key, "request.not_allowed") != 0);
		return;
	}
	if (!CHECK_OK(request_find(w->ctx, was->id, &r, &err)))
		return;
	w->taken[verb]++;
	if (verb == VERB_SPLIT)
		note_parts(w);
	note(w, &step, r.extension);
	CHECK_INT(r.reasons, w->life.reasons);
	if (r.state != REQUEST_CLOSED || w->life.running)
		clocks_agree(w, &r);
}

static enum request_verb any_verb(struct world *w, enum request_state state)
{
	const struct request_transition *row;

	do
		row = &request_transitions[below(w, (int)request_transitions_count)];
	while (row->from != state || row->verb == VERB_AMEND ||
	       (row->verb == VERB_CLOSE && below(w, 4) > 0) ||
	       (row->verb == VERB_DECIDE && below(w, 3) > 0));
	return row->verb;
}

/* The verb that leads on to the end. */
static enum request_verb verb_to_end(enum request_state state)
{
	return state == REQUEST_CONFIRMING ? VERB_CONFIRM
	       : state == REQUEST_DECIDED  ? VERB_SERVE
	       : state == REQUEST_SERVED   ? VERB_FILE
					   : VERB_CLOSE;
}

static void live(struct world *w)
{
	struct test *t = w->t;
	struct err err = { 0 };
	struct request r;

	w->lived++;
	for (int i = 0; i < STEPS_MAX + 4; i++) {
		if (!CHECK_OK(request_find(w->ctx, w->life.id, &r, &err)) ||
		    r.state == REQUEST_CLOSED)
			break;
		ctx_set_time(w->ctx, w->ctx->now + 86400 * below(w, 7));
		try_step(w, &r, i < STEPS_MAX ? any_verb(w, r.state) : verb_to_end(r.state));
	}
	if (!CHECK_OK(request_find(w->ctx, w->life.id, &r, &err)) ||
	    !CHECK_INT(r.state, REQUEST_CLOSED))
		return;
	int line = form_table3_line_of_outcome(form_of_year(FIRST_YEAR), outcome_code(r.outcome));
	w->received[date_year(r.received_on.v) - FIRST_YEAR][r.applicant]++;
	w->results[date_year(r.closed_on.v) - FIRST_YEAR][line][r.applicant]++;
}

static bool begin(struct world *w, struct err *err)
{
	struct date day = date_plus(date_make(FIRST_YEAR, 1, 4), below(w, 1500));
	struct request_register in = { .unit = w->units[below(w, 2)],
				       .channel = (enum request_channel)below(w, CHANNEL_COUNT),
				       .applicant = (enum applicant_class)below(
					       w, APPLICANT_CLASS_COUNT),
				       .submitted_on = day,
				       .content = STR("某项目的有关文件") };
	struct request_practice practice = { 10, 10, below(w, 4) == 0 };
	struct request r;

	ctx_set_time(w->ctx, date_start(day) + 36000);
	reply_sit(w->ctx, DESK_CLERK);
	w->life = (struct life){ .from = day, .reasons_stop = practice.reasons_stop };
	if (!request_set_practice(w->ctx, w->units[0], &practice, err) ||
	    !request_set_practice(w->ctx, w->units[1], &practice, err) ||
	    !request_register(w->ctx, &in, &w->life.id, err) ||
	    !request_find(w->ctx, w->life.id, &r, err))
		return false;
	w->life.running = r.received_on.known;
	return true;
}

static bool one_form(struct db *db, void *arg, struct err *err)
{
	struct world *w = arg;

	(void)db;
	w->waiting_count = 0;
	if (!begin(w, err))
		return false;
	live(w);
	for (size_t i = 0; i < w->waiting_count; i++) {
		w->life = w->waiting[i];
		ctx_set_time(w->ctx, w->life.begins);
		live(w);
	}
	return true;
}

/* ---- the tables */

static void tables_agree(struct world *w)
{
	struct test *t = w->t;
	struct err err = { 0 };
	size_t lines;
	const struct form_line *form = form_table3(form_of_year(FIRST_YEAR), &lines);
	int64_t cells = 0;

	for (int y = 0; y < YEARS; y++) {
		struct scope s = { .year = FIRST_YEAR + y, .form = form_of_year(FIRST_YEAR) };
		struct table3 table;
		if (!CHECK_OK(statistics_table3(w->ctx, &s, &table, &err)))
			return;
		int fresh = form_table3_find(s.form, STR("new_received"));
		int total = form_table3_find(s.form, STR("results_total"));
		for (int c = 0; c < APPLICANT_CLASS_COUNT; c++) {
			int64_t sum = 0;
			CHECK_INT(table.cell[fresh][c], w->received[y][c]);
			for (size_t i = 0; i < lines; i++) {
				if (!form_table3_is_leaf(&form[i]))
					continue;
				CHECK_INT(table.cell[i][c], w->results[y][i][c]);
				sum += w->results[y][i][c];
			}
			CHECK_INT(table.cell[total][c], sum);
			cells += sum;
		}
	}
	CHECK_INT(cells, w->lived);
}

static bool make_units(struct world *w, struct err *err)
{
	struct unit_new root = { .code = STR("U0"),
				 .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT };
	struct unit_new second = { .code = STR("U1"),
				   .name = STR("示例区财政局"),
				   .kind = UNIT_DEPARTMENT };
	struct letterhead head = { .full_name = STR("示例市示例区财政局"),
				   .mark = STR("示财公开"),
				   .style = OFFICIAL_LETTER,
				   .contact = STR("信息公开办公室"),
				   .phone = STR("020-00000000"),
				   .address = STR("示例路2号"),
				   .channel = STR("行政复议网上申请平台（http://www.example.gov.cn/fy）") };
	struct remedy_body above = { .role = BODY_SUPERIOR_DEPARTMENT,
				     .name = STR("示例市财政局"),
				     .from = date_make(2019, 5, 15) };

	if (!agency_add_unit(w->ctx, &root, &w->units[0], err) ||
	    !reply_fixture_head(w->ctx, w->units[0], err))
		return false;
	second.parent = (struct opt_int){ true, w->units[0].n };
	if (!agency_add_unit(w->ctx, &second, &w->units[1], err))
		return false;
	head.unit = w->units[1];
	return letterhead_set(w->ctx, &head, err) && remedy_body_add(w->ctx, &above, err);
}

static void histories(struct test *t, struct testdb *site, const void *arg)
{
	const char *given = getenv("GONGKAI_HISTORIES");
	int64_t count = HISTORIES;
	struct world *w = ARENA_NEW(t->arena, struct world);
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	if (given != NULL)
		CHECK(str_to_i64(str_from_c(given), &count));
	if (count > HISTORIES) /* many are asked for: they may take their time */
		alarm((unsigned)(count / 2));
	w->t = t;
	w->ctx = &site->ctx;
	w->rand = seeded_from(20210104);
	ctx_set_time(w->ctx, date_start(date_make(FIRST_YEAR, 1, 4)));
	CHECK_OK(make_units(w, &err));
	CHECK_OK(calendar_current(w->ctx, &w->calendar, &err));
	for (int64_t i = 0; i < count; i++) {
		struct arena_mark mark = arena_mark(site->ctx.arena);
		if (!CHECK_OK(db_tx(site->ctx.db, one_form, w, &err)))
			return;
		arena_rewind(site->ctx.arena, mark);
	}
	CHECK(w->lived >= count && w->taken[VERB_DECIDE] > count / 4);
	for (int v = 0; v < REQUEST_VERB_COUNT; v++)
		CHECK(w->taken[v] > 0 || v == VERB_AMEND); /* no step was left out */
	ctx_set_time(w->ctx, date_start(date_make(FIRST_YEAR + YEARS, 1, 1)));
	tables_agree(w);
	CHECK_OK(ledger_verify(w->ctx, &verdict, &err));
	CHECK(verdict.intact);
}

void histories_test(struct test *t)
{
	testdb_each(t, "any lawful history ends in one cell, and the clocks agree all the way",
		    histories, NULL);
}
