/*
 * request_pairs_test.c - state × step: each pair is in the table or is refused with a
 * reason; the verbs bring a request into every state, and out of it to its end.
 */
#include "request/request.h"

#include "db/testdb.h"
#include "request/fixture.h"

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

static const struct decision_kind *kind(const char *code)
{
	return request_decision(str_from_c(code));
}

/* A unit, in the summer of 2021. */
static bool begin(struct ctx *ctx, struct unit_id *unit, struct err *err)
{
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT,
				 .reports = true };

	ctx_set_time(ctx, date_start(day("2021-06-01")) + 10 * 3600);
	return agency_add_unit(ctx, &root, unit, err);
}

/* A step in a state that does not know it: refused, with a sentence, and nothing written. */
static void refuses_pair(struct test *t, struct testdb *site, struct request_id id,
			 enum request_state state, enum request_verb verb)
{
	struct ctx *ctx = &site->ctx;
	struct str before = testdb_digest(site);
	struct request_step step = { .verb = verb,
				     .on = day("2021-01-05"),
				     .until = day("2021-02-05"),
				     .days = 5,
				     .fen = 100,
				     .kind = kind("give"),
				     .reason = STR("理由") };
	struct err err = { 0 };

	CHECK(!request_take_step(ctx, id, &step, &err));
	CHECK_STR(str_from_c(err.key), STR("request.not_allowed"));
	struct str text = err_text(t->arena, LOCALE_ZH_CN, &err);
	CHECK(str_contains(text, request_state_label(state)));
	CHECK(str_contains(text, request_verb_label(verb)));
	CHECK_STR(testdb_digest(site), before);
}

bool fixture_take(struct ctx *ctx, struct request_id id, enum request_verb verb, const char *on,
		 const char *until, struct err *err)
{
	struct request_step step = { .verb = verb,
				     .on = day(on),
				     .until = day(until),
				     .days = 5,
				     .inquiry = INQUIRY_OTHER_AGENCY,
				     .target = STR("某机关"),
				     .text = STR("意见"),
				     .reason = STR("材料多"),
				     .historical = verb == VERB_EXTEND };

	return request_take_step(ctx, id, &step, err);
}

/* Brings a fresh request into the state. */
bool fixture_bring(struct ctx *ctx, struct unit_id unit, enum request_state state,
		  struct request_id *id, struct err *err)
{
	struct request_register in = { .unit = unit,
				       .channel = state == REQUEST_CONFIRMING ? CHANNEL_WEB
									      : CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = day("2021-01-04"),
				       .content = STR("2019年度部门决算") };

	if (!request_register(ctx, &in, id, err))
		return false;
	struct date on = day("2021-01-05");
	switch (state) {
	case REQUEST_CONFIRMING:
	case REQUEST_HANDLING:
		return true;
	case REQUEST_CORRECTING:
		return fixture_take(ctx, *id, VERB_ASK_CORRECTION, "2021-01-05", "2021-01-25", err);
	case REQUEST_INQUIRING:
		return fixture_take(ctx, *id, VERB_OPEN_INQUIRY, "2021-01-05", "", err);
	case REQUEST_UNPAID:
		return request_charge(ctx, *id, on, 10000, err);
	case REQUEST_DECIDED:
		return request_record_decision(ctx, *id, kind("give"), on, err);
	case REQUEST_SERVED:
		return request_record_decision(ctx, *id, kind("give"), on, err) &&
		       request_serve(ctx, *id, on, err);
	case REQUEST_CLOSED:
		return request_close(ctx, *id, kind("withdraw"), on, err);
	case REQUEST_STATE_COUNT:
		break;
	}
	return false;
}

static void refuses_every_other_pair(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct unit_id unit;
	struct request r;
	int refused = 0;

	(void)arg;
	CHECK_OK(begin(&site->ctx, &unit, &err));
	for (int s = 0; s < REQUEST_STATE_COUNT; s++) {
		struct request_id id;
		if (!CHECK_OK(fixture_bring(&site->ctx, unit, (enum request_state)s, &id, &err)))
			return;
		CHECK_OK(request_find(&site->ctx, id, &r, &err));
		CHECK_INT(r.state, s);
		for (int v = 0; v < REQUEST_VERB_COUNT; v++) {
			if (request_may((enum request_state)s, (enum request_verb)v))
				continue;
			refuses_pair(t, site, id, (enum request_state)s, (enum request_verb)v);
			refused++;
		}
	}
	CHECK_INT(refused + (int)request_transitions_count,
		  REQUEST_STATE_COUNT * REQUEST_VERB_COUNT);
}

/* The verb that leads on from each state, towards the end. */
static bool lead_on(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct date on = ctx->today;

	switch (r->state) {
	case REQUEST_CONFIRMING:
		return request_confirm(ctx, r->id, on, err);
	case REQUEST_HANDLING:
		return request_record_decision(ctx, r->id, kind("give"), on, err);
	case REQUEST_CORRECTING:
		return fixture_take(ctx, r->id, VERB_RECEIVE_CORRECTION, "2021-06-01", "", err);
	case REQUEST_INQUIRING:
		return fixture_take(ctx, r->id, VERB_CLOSE_INQUIRY, "2021-06-01", "", err);
	case REQUEST_UNPAID: /* its time is over */
		return request_close(ctx, r->id, kind("close_unpaid"), on, err);
	case REQUEST_DECIDED:
		return request_serve(ctx, r->id, on, err);
	case REQUEST_SERVED:
		return request_file(ctx, r->id, on, err);
	case REQUEST_CLOSED:
	case REQUEST_STATE_COUNT:
		break;
	}
	return false;
}

/* Not only in the table: the verbs themselves bring a request into every state, and out of it. */
static void comes_to_its_end(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct unit_id unit;
	struct request r;

	(void)arg;
	CHECK_OK(begin(&site->ctx, &unit, &err));
	for (int s = 0; s < REQUEST_STATE_COUNT; s++) {
		struct request_id id;
		if (!CHECK_OK(fixture_bring(&site->ctx, unit, (enum request_state)s, &id, &err)))
			return;
		for (int steps = 0; steps < REQUEST_STATE_COUNT; steps++) {
			CHECK_OK(request_find(&site->ctx, id, &r, &err));
			if (steps == 0)
				CHECK_INT(r.state, s);
			if (r.state == REQUEST_CLOSED)
				break;
			if (!CHECK_OK(lead_on(&site->ctx, &r, &err)))
				return;
		}
		CHECK_INT(r.state, REQUEST_CLOSED);
	}
}

void request_pairs_test(struct test *t)
{
	testdb_each(t, "every other pair is refused with a reason", refuses_every_other_pair, NULL);
	testdb_each(t, "from every state a request comes to its end", comes_to_its_end, NULL);
}
