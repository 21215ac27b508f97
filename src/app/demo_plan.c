/*
 * demo_plan.c - what happens in the sample year, day by day, before any of it is
 * played.
 *
 * For every cell of table 三 as many requests as it counts, each with a channel,
 * a unit, a topic, a day of receipt and steps that lead lawfully to its outcome
 * within its period; then the proceedings of table 四 on requests that were
 * refused early enough. The plan is sorted by day and played in that order.
 */
#include "app/demo.h"

#include "base/rand.h"
#include "calendar/workday.h"

#include <assert.h>
#include <stdlib.h>

enum { ACTS_PER_REQUEST = 10, TRIES = 1000 };

struct planner {
	struct arena *arena;
	const struct workday_calendar *calendar;
	struct seeded rand;
	struct demo_plan *plan;
	int year;     /* being planned */
	bool goes_on; /* years follow: what was carried out of this one is answered in the next */
};

static int below(struct planner *p, int bound)
{
	return (int)seeded_below(&p->rand, (uint64_t)bound);
}

/* The n-th working day after d; the plan never leaves the calendar. */
static struct date after(struct planner *p, struct date d, int n)
{
	struct err err = { 0 };
	struct date due = d;

	if (n > 0 && !workday_due(p->calendar, d, n, &due, &err))
		assert(false && "the sample year leaves the calendar");
	return due;
}

static void act(struct planner *p, struct date day, uint32_t subject, enum act_kind kind,
		int number)
{
	p->plan->acts[p->plan->acts_count++] = (struct act){
		.day = day, .subject = subject, .kind = (uint8_t)kind, .number = (uint8_t)number
	};
}

static enum request_channel channel_of(struct planner *p, enum applicant_class applicant)
{
	static const struct {
		int upto;
		enum request_channel channel;
	} rows[] = {
		{ 46, CHANNEL_WEB },   { 62, CHANNEL_REGISTERED_MAIL }, { 76, CHANNEL_IN_PERSON },
		{ 86, CHANNEL_EMAIL }, { 93, CHANNEL_ORDINARY_MAIL },	{ 97, CHANNEL_FAX },
		{ 100, CHANNEL_ORAL },
	};
	int n = below(p, applicant == APPLICANT_NATURAL_PERSON ? 100 : 97);

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (n < rows[i].upto)
			return rows[i].channel;
	return CHANNEL_WEB;
}

/*
 * Days of working from receipt to the decision, with the steps on the way; returns the day of
 * decision.
 */
static struct date steps(struct planner *p, uint32_t subject, struct planned_request *r)
{
	struct date clock = r->received;
	int reply = 3 + below(p, 16);

	if (r->outcome == OUTCOME_UNABLE_STILL_UNCLEAR || below(p, 100) < 8) {
		struct date asked = after(p, clock, 2 + below(p, 4));
		clock = after(p, asked, 2 + below(p, 7));
		act(p, asked, subject, ACT_ASK_CORRECTION, 0);
		act(p, clock, subject, ACT_CORRECTED, 0);
	}
	bool third_party = r->outcome == OUTCOME_DENIED_THIRD_PARTY;
	int excluded = 0;
	if (third_party || (r->outcome == OUTCOME_PARTLY_GRANTED && below(p, 100) < 40) ||
	    below(p, 100) < 4) {
		int sent = 2 + below(p, 4), took = 3 + below(p, 12);
		act(p, after(p, clock, sent), subject, ACT_INQUIRE,
		    third_party	  ? INQUIRY_THIRD_PARTY
		    : below(p, 2) ? INQUIRY_OTHER_AGENCY
				  : INQUIRY_JOINT_MAKER);
		act(p, after(p, clock, sent + took), subject, ACT_INQUIRED, 0);
		excluded = took;
		reply = reply > sent ? reply : sent + 1;
	}
	if (below(p, 100) < 10) {
		int days = 5 * (1 + below(p, 3));
		int told = 12 + below(p, 7);
		act(p, after(p, clock, told + excluded), subject, ACT_EXTEND, days);
		reply = told + 1 + below(p, days);
	}
	return after(p, clock, reply + excluded);
}

static struct date day_between(struct planner *p, struct date first, struct date last)
{
	return date_plus(first, below(p, last.ordinal - first.ordinal + 1));
}

/* Channel, and the day of submission that goes with the day of receipt (条例第三十一条). */
static void arrive(struct planner *p, struct planned_request *r, struct date received)
{
	r->channel = (uint8_t)channel_of(p, r->applicant);
	/* What is handed over or signed for arrives on a working day. */
	r->received = workday_is(p->calendar, received) ? received : after(p, received, 1);
	int travel = r->channel == CHANNEL_REGISTERED_MAIL || r->channel == CHANNEL_ORDINARY_MAIL
			     ? 1 + below(p, 3)
		     : r->channel == CHANNEL_WEB || r->channel == CHANNEL_EMAIL ? below(p, 2)
										: 0;
	r->submitted = date_plus(r->received, -travel);
}

struct window {
	struct date first, last, closed_first, closed_last;
};

/* Plans one request whose receipt and closing lie in the window; tries days until the steps fit. */
static void plan_closed(struct planner *p, struct planned_request r, const struct window *w)
{
	uint32_t subject = (uint32_t)p->plan->requests_count++;
	r.serial = (uint16_t)(subject % 1000);
	size_t acts = p->plan->acts_count;

	for (int i = 0; i < TRIES; i++) {
		p->plan->acts_count = acts;
		arrive(p, &r, day_between(p, w->first, w->last));
		if (r.received.ordinal < w->first.ordinal || r.received.ordinal > w->last.ordinal)
			continue;
		act(p, r.received, subject, ACT_REGISTER, 0);
		struct date decided = steps(p, subject, &r);
		if (decided.ordinal < w->closed_first.ordinal ||
		    decided.ordinal > w->closed_last.ordinal)
			continue;
		p->plan->requests[subject] = r;
		bool letter = r.outcome < OUTCOME_OTHER_OVERDUE_CORRECTION;
		act(p, decided, subject, letter ? ACT_DECIDE : ACT_CLOSE, 0);
		if (letter) {
			struct date served = after(p, decided, below(p, 3));
			act(p, served, subject, ACT_SERVE, 0);
			act(p, after(p, served, 1 + below(p, 3)), subject, ACT_FILE, 0);
		}
		return;
	}
	assert(false && "no day fits: the windows of the sample year are too narrow");
}

static struct planned_request new_request(struct planner *p, size_t applicant, int outcome)
{
	return (struct planned_request){
		.unit = (uint16_t)(below(p, 100) < 30 ? 0 : below(p, (int)demo_units_count)),
		.applicant = (uint8_t)applicant,
		.outcome = (uint8_t)outcome,
		.other_kind = below(p, 100) < 35,
		.topic = (uint16_t)below(p, (int)demo_topics_count)
	};
}

/* In (a) 其他处理 is one line; the sample plays it as withdrawals. */
static struct str line_of(int outcome)
{
	struct str code = outcome_code((enum request_outcome)outcome);

	return outcome == OUTCOME_OTHER_REST ? STR("other_handling") : code;
}

/* Received in December and not answered when the year ends. */
static void plan_carried_out(struct planner *p, size_t applicant, int64_t count)
{
	const struct window next_year = { date_make(p->year, 12, 8), date_make(p->year, 12, 29),
					  date_make(p->year + 1, 1, 2),
					  date_make(p->year + 1, 3, 31) };

	for (int64_t i = 0; i < count; i++) {
		struct planned_request r = new_request(p, applicant, OUTCOME_COUNT);
		if (p->goes_on) {
			r.outcome = OUTCOME_GRANTED;
			plan_closed(p, r, &next_year);
			continue;
		}
		uint32_t subject = (uint32_t)p->plan->requests_count++;
		r.serial = (uint16_t)(subject % 1000);
		arrive(p, &r, day_between(p, next_year.first, next_year.last));
		p->plan->requests[subject] = r;
		act(p, r.received, subject, ACT_REGISTER, 0);
	}
}

static void plan_class(struct planner *p, size_t applicant)
{
	int y = p->year;
	struct window in_year = { date_make(y, 1, 2), date_make(y, 12, 20), date_make(y, 1, 2),
				  date_make(y, 12, 31) };
	struct window before = { date_make(y - 1, 12, 9), date_make(y - 1, 12, 31),
				 date_make(y, 1, 2), date_make(y, 3, 31) };
	struct str column = form_applicants[applicant].key;
	int64_t carried_in = demo_cell3(p->arena, STR("carried_in"), column);

	for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
		if (outcome == OUTCOME_OTHER_OVERDUE_CORRECTION ||
		    outcome == OUTCOME_OTHER_OVERDUE_FEE)
			continue;
		int64_t n = demo_cell3(p->arena, line_of(outcome), column);
		for (int64_t i = 0; i < n; i++) {
			bool carried = carried_in > 0 && outcome != OUTCOME_UNABLE_STILL_UNCLEAR &&
				       i % 6 == 0;
			carried_in -= carried ? 1 : 0;
			plan_closed(p, new_request(p, applicant, outcome),
				    carried ? &before : &in_year);
		}
	}
	assert(carried_in == 0);
	plan_carried_out(p, applicant, demo_cell3(p->arena, STR("carried_out"), column));
}

/* The next request after *at that was refused, decided early and has no proceeding yet. */
static uint32_t refused(struct planner *p, size_t first, size_t *at)
{
	for (size_t i = first + *at; i < p->plan->requests_count; i++) {
		const struct planned_request *r = &p->plan->requests[i];
		if (r->outcome >= OUTCOME_DENIED_STATE_SECRET &&
		    r->outcome <= OUTCOME_UNABLE_NEEDS_CREATION &&
		    r->received.ordinal > date_make(p->year, 1, 10).ordinal &&
		    r->received.ordinal < date_make(p->year, 6, 1).ordinal) {
			*at = i - first + 1;
			return (uint32_t)i;
		}
	}
	assert(false && "the sample year has too few refusals for its proceedings");
	return 0;
}

static void plan_dispute(struct planner *p, uint32_t request, enum dispute_route route, int outcome,
			 struct date accepted)
{
	uint32_t subject = (uint32_t)p->plan->disputes_count++;
	bool pending = outcome == DISPUTE_OUTCOME_COUNT;
	struct planned_dispute d = { .number = subject,
				     .request = request,
				     .route = (uint8_t)route,
				     .outcome = (uint8_t)outcome,
				     .accepted = accepted,
				     .received = date_plus(accepted, 3),
				     .answered = date_plus(accepted, 10),
				     .heard = date_plus(accepted, pending ? 200 : 25),
				     .concluded = date_plus(accepted, 35 + below(p, 20)) };

	p->plan->disputes[subject] = d;
	act(p, d.accepted, subject, ACT_DISPUTE_OPEN, 0);
	act(p, d.received, subject, ACT_DISPUTE_RECEIVE, 0);
	act(p, d.answered, subject, ACT_DISPUTE_ANSWER, 0);
	if (pending)
		return; /* its hearing is still to come */
	act(p, d.heard, subject, ACT_DISPUTE_HEARD, 0);
	act(p, d.concluded, subject, ACT_DISPUTE_CONCLUDE, 0);
	if (outcome == DISPUTE_CORRECTED)
		act(p, date_plus(d.concluded, 10), subject, ACT_DISPUTE_REDO, 0);
}

static void plan_disputes(struct planner *p, size_t first)
{
	size_t at = 0;
	uint32_t upheld = 0; /* a request whose reply was upheld goes on to court */

	for (int route = 0; route < DISPUTE_ROUTE_COUNT; route++) {
		struct str code = dispute_route_code((enum dispute_route)route);
		for (int outcome = 0; outcome <= DISPUTE_OUTCOME_COUNT; outcome++) {
			struct str word =
				outcome < DISPUTE_OUTCOME_COUNT
					? dispute_outcome_code((enum dispute_outcome)outcome)
					: STR("pending");
			int64_t n = demo_cell4(p->arena, code, word);
			for (int64_t i = 0; i < n; i++) {
				bool later = route == DISPUTE_LITIGATION_AFTER;
				uint32_t request = later ? upheld : refused(p, first, &at);
				if (route == DISPUTE_RECONSIDERATION && outcome == DISPUTE_UPHELD &&
				    i == 0)
					upheld = request;
				struct date accepted =
					later ? date_make(p->year, 11, 2)
					      : date_plus(date_make(p->year, 8, 3), below(p, 20));
				plan_dispute(p, request, (enum dispute_route)route, outcome,
					     accepted);
			}
		}
	}
}

static int by_day(const void *a, const void *b)
{
	const struct act *x = a, *y = b;

	if (x->day.ordinal != y->day.ordinal)
		return x->day.ordinal < y->day.ordinal ? -1 : 1;
	bool xd = x->kind >= ACT_DISPUTE_OPEN, yd = y->kind >= ACT_DISPUTE_OPEN;
	if (xd != yd)
		return xd ? 1 : -1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return (x->kind > y->kind) - (x->kind < y->kind);
}

bool demo_plan_make(struct arena *a, const struct demo_options *o, struct demo_plan *out,
		    struct err *err)
{
	size_t requests = (size_t)(demo_cell3(a, STR("results_total"), STR("total")) +
				   demo_cell3(a, STR("carried_out"), STR("total")));
	struct planner p = { .arena = a,
			     .calendar = workday_shipped(),
			     .plan = out,
			     .rand = seeded_from(o->seed),
			     .goes_on = o->times > 1 };
	int years = DEMO_YEAR_LAST - o->year + 1;

	if (o->year < DEMO_YEAR_FIRST || o->year > DEMO_YEAR_LAST)
		return err_set(err, ERR_INVALID, "app.demo_year", "%d|%d", o->year, DEMO_YEAR_LAST);
	*out = (struct demo_plan){
		.requests = ARENA_ARRAY(a, requests * (size_t)o->times, struct planned_request),
		.disputes = ARENA_ARRAY(a, 64 * (size_t)o->times, struct planned_dispute),
		.acts = ARENA_ARRAY(a, requests * ACTS_PER_REQUEST * (size_t)o->times, struct act),
	};
	for (int i = 0; i < o->times; i++) {
		size_t first = out->requests_count;
		p.year = o->year + i % years;
		for (size_t c = 0; c < APPLICANT_CLASS_COUNT; c++)
			plan_class(&p, c);
		plan_disputes(&p, first);
	}
	qsort(out->acts, out->acts_count, sizeof *out->acts, by_day);
	return true;
}
