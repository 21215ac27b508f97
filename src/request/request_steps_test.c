/*
 * request_steps_test.c - the law's steps on the way to an answer: corrections, others who
 * are asked, reasons, extension, splitting, transfer; what each does to the clock and what
 * stands against it.
 */
#include "request/request.h"

#include "calendar/calendar.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "request/gate.h"

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

static bool add_unit(struct ctx *ctx, const char *code, struct unit_id *unit, struct err *err)
{
	bool root = str_equal_c(STR("YX"), code);
	struct unit_new in = { .code = str_from_c(code),
			       .name = root ? STR("示例区人民政府") : STR("示例区财政局"),
			       .kind = root ? UNIT_GOVERNMENT : UNIT_DEPARTMENT,
			       .parent = { !root, unit->n },
			       .reports = true };

	return agency_add_unit(ctx, &in, unit, err);
}

static bool register_on(struct ctx *ctx, struct unit_id unit, const char *received,
			struct request_id *id, struct err *err)
{
	struct request_register in = { .unit = unit,
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = day(received),
				       .content = STR("某项目的环评批复") };

	return request_register(ctx, &in, id, err);
}

/* ---- scripts: who does what on which day, and where it leads */

enum who { CLERK = 1, HEAD = 2 };

struct line {
	const char *on; /* and it is that day */
	enum who who;
	enum request_verb verb;
	struct request_step with;
	const char *kind; /* code of the decision */
	const char *until, *delivered;
	const char *key; /* refused with; NULL: goes through */
	const char *due; /* afterwards; "": none; NULL: not looked at */
};
struct script {
	const char *title, *received;
	bool reasons_stop; /* the unit's practice */
	struct line lines[12];
};

#define THIRD .inquiry = INQUIRY_THIRD_PARTY, .target = STR_INIT("某公司"), .text = STR_INIT("报价")
#define JOINT .inquiry = INQUIRY_JOINT_MAKER, .target = STR_INIT("某局"), .text = STR_INIT("联合发文")
#define OTHER .inquiry = INQUIRY_OTHER_AGENCY, .target = STR_INIT("某办"), .text = STR_INIT("会商")
#define SAYS(a) .answer = INQUIRY_##a, .text = STR_INIT("意见")
#define WHY .reason = STR_INIT("理由")
#define MANY .count = 40, .since = { 18400 }, .till = { 18560 } /* spring to autumn of 2020 */
#define AGREED .agreed = true, WHY

#define DAY(day, whose, verb_name, ...)                                            \
	{                                                                          \
		.on = day, .who = whose, .verb = VERB_##verb_name, __VA_ARGS__ \
	}

/* R = 2020-11-02; wd(R, 20) = 2020-11-30. */
static const struct script scripts[] = {
	{ "30: the points, the guidance, what came; late only for a good reason",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-04", CLERK, ASK_CORRECTION, .until = "2020-11-18",
		.key = "request.no_points"),
	    DAY("2020-11-04", CLERK, ASK_CORRECTION, .with = { .text = STR_INIT("名称\n年份") },
		.until = "2020-11-18", .due = ""),
	    DAY("2020-11-19", CLERK, RECEIVE_CORRECTION, .with = { .text = STR_INIT("2019年") },
		.key = "request.correction_came_late"),
	    DAY("2020-11-19", CLERK, RECEIVE_CORRECTION,
		.with = { .text = STR_INIT("2019年"), WHY }, .due = "2020-12-17") } },
	{ "32: an inquiry names whom and what",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { .text = STR_INIT("报价") },
		.key = "request.no_target"),
	    DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { .target = STR_INIT("某公司") },
		.key = "request.nothing_asked"),
	    DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }, .key = "request.too_early",
		.delivered = "2020-11-04"),
	    DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }),
	    DAY("2020-11-06", CLERK, CLOSE_INQUIRY,
		.with = { .answer = INQUIRY_REFUSES_WITH_REASONS }, .key = "request.no_words"),
	    DAY("2020-11-06", CLERK, CLOSE_INQUIRY, .with = { .inquiry_id = 99, SAYS(AGREES) },
		.key = "request.no_open_inquiry"),
	    DAY("2020-11-06", CLERK, CLOSE_INQUIRY, .with = { SAYS(GIVEN_UP) },
		.key = "request.not_given_up") } },
	{ "32: a third party that agrees is no ground to refuse",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }),
	    DAY("2020-11-16", CLERK, CLOSE_INQUIRY, .with = { SAYS(AGREES) }, .due = "2020-12-09"),
	    DAY("2020-11-17", HEAD, DECIDE, .kind = "no_third",
		.key = "request.third_party_agrees"),
	    DAY("2020-11-17", HEAD, TELL_THIRD, .with = { WHY }, .key = "request.no_refusal"),
	    DAY("2020-11-17", HEAD, DECIDE, .kind = "give") } },
	{ "32: against its reasons only for the public's sake, and told",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }),
	    DAY("2020-11-16", CLERK, CLOSE_INQUIRY, .with = { SAYS(REFUSES_WITH_REASONS) }),
	    DAY("2020-11-17", HEAD, DECIDE, .kind = "give", .key = "request.third_party_not_told"),
	    DAY("2020-11-17", HEAD, TELL_THIRD, .key = "request.no_public_interest"),
	    DAY("2020-11-17", HEAD, TELL_THIRD, .with = { WHY }, .due = "2020-12-09"),
	    DAY("2020-11-17", HEAD, TELL_THIRD, .with = { WHY }, .key = "request.no_refusal"),
	    DAY("2020-11-18", HEAD, DECIDE, .kind = "give") } },
	{ "32: silence is a fact after 15 working days, and the clock goes on by itself",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }),
	    DAY("2020-11-26", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) },
		.key = "request.not_silent_yet"),
	    /* 15 of them are not counted: wd(R, 35) */
	    DAY("2020-12-03", CLERK, EXTEND, .with = { .days = 5, .historical = true },
		.due = "2020-12-28"),
	    DAY("2020-12-03", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) }, .due = "2020-12-28"),
	    DAY("2020-12-04", HEAD, DECIDE, .kind = "no_third") } },
	{ "32: the 15 days run from the day the letter reached them",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { THIRD }),
	    DAY("2020-11-27", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) },
		.key = "request.not_silent_yet", .delivered = "2020-11-09"),
	    DAY("2020-12-01", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) }, .due = "2020-12-23",
		.delivered = "2020-11-09") } },
	{ "34: a joint maker that says no too late has agreed",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { JOINT }),
	    DAY("2020-11-27", CLERK, CLOSE_INQUIRY, .with = { SAYS(REFUSES_WITH_REASONS) },
		.key = "request.joint_too_late"),
	    DAY("2020-11-27", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) }, .due = "2020-12-21"),
	    DAY("2020-11-30", HEAD, DECIDE, .kind = "give") } },
	{ "11: another agency has no limit by law, and may be waited for no longer",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-05", CLERK, OPEN_INQUIRY, .with = { OTHER }),
	    DAY("2020-12-04", CLERK, CLOSE_INQUIRY, .with = { SAYS(SILENT) },
		.key = "request.no_silence_of_agency"),
	    DAY("2020-12-04", CLERK, CLOSE_INQUIRY, .with = { .answer = INQUIRY_GIVEN_UP },
		.key = "request.no_words"),
	    DAY("2020-12-04", CLERK, CLOSE_INQUIRY, .with = { SAYS(GIVEN_UP) },
		.due = "2020-12-29") } },
	{ "33(2): proposed, approved by another, told; only then is it longer",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-20", CLERK, EXTEND, .key = "request.extension_not_approved",
		.due = "2020-11-30"),
	    DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 10 },
		.key = "request.no_extension_reason"),
	    DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 21, WHY },
		.key = "request.extension_days"),
	    DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 10, WHY },
		.due = "2020-11-30"),
	    DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 5, WHY },
		.key = "request.extension_proposed"),
	    DAY("2020-11-20", CLERK, APPROVE_EXTENSION, .with = { AGREED },
		.key = "request.own_extension"),
	    DAY("2020-11-23", HEAD, APPROVE_EXTENSION, .with = { AGREED }, .due = "2020-11-30"),
	    DAY("2020-11-23", HEAD, APPROVE_EXTENSION, .with = { AGREED },
		.key = "request.no_extension_proposed"),
	    DAY("2020-11-30", CLERK, EXTEND, .due = "2020-12-14"),
	    DAY("2020-12-01", CLERK, PROPOSE_EXTENSION, .with = { .days = 5, WHY },
		.key = "request.extended_already") } },
	{ "33(2): not told in time it is void",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 10, WHY }),
	    DAY("2020-11-30", HEAD, APPROVE_EXTENSION, .with = { AGREED }),
	    DAY("2020-12-01", CLERK, EXTEND, .key = "request.extension_void",
		.due = "2020-11-30") } },
	{ "33(2): not approved in time it is void; not agreed to, it may be proposed again",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-20", CLERK, PROPOSE_EXTENSION, .with = { .days = 10, WHY }),
	    DAY("2020-11-23", HEAD, APPROVE_EXTENSION, .with = { .agreed = false },
		.key = "request.no_refusal_reason"),
	    DAY("2020-11-23", HEAD, APPROVE_EXTENSION, .with = { .agreed = false, WHY }),
	    DAY("2020-11-23", CLERK, EXTEND, .key = "request.extension_not_approved"),
	    DAY("2020-11-24", CLERK, PROPOSE_EXTENSION, .with = { .days = 3, WHY }),
	    DAY("2020-12-01", HEAD, APPROVE_EXTENSION, .with = { AGREED },
		.key = "request.extension_void") } },
	{ "35: nobody is refused as excessive without having been asked",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-04", HEAD, DECIDE, .kind = "excessive",
		.key = "request.reasons_not_judged"),
	    DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-04",
		.key = "request.reasons_no_time"),
	    DAY("2020-11-04", CLERK, ASK_REASONS, .with = { .count = 1 }, .until = "2020-11-18",
		.key = "request.reasons_count"),
	    DAY("2020-11-04", CLERK, RECEIVE_REASONS, .with = { .text = STR_INIT("研究") },
		.key = "request.no_reasons_awaited"),
	    DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18",
		.due = "2020-11-30"),
	    DAY("2020-11-05", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18",
		.key = "request.reasons_twice"),
	    DAY("2020-11-10", CLERK, RECEIVE_REASONS, .with = { .text = STR_INIT("研究") },
		.due = "2020-11-30"),
	    DAY("2020-11-11", HEAD, DECIDE, .kind = "excessive",
		.key = "request.reasons_not_judged"),
	    DAY("2020-11-11", CLERK, JUDGE_REASONS, .with = { WHY }),
	    DAY("2020-11-11", HEAD, DELAY, .with = { WHY }, .until = "2021-02-01",
		.key = "request.delay_without_reasons"),
	    DAY("2020-11-12", HEAD, DECIDE, .kind = "excessive", .due = "2020-11-30") } },
	{ "35: good reasons, and a reasonable later day that is told in time",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18"),
	    DAY("2020-11-10", CLERK, RECEIVE_REASONS, .with = { .text = STR_INIT("研究") }),
	    DAY("2020-11-11", CLERK, JUDGE_REASONS, .with = { AGREED }),
	    DAY("2020-11-12", HEAD, DECIDE, .kind = "excessive",
		.key = "request.reasons_not_judged"),
	    DAY("2020-11-12", HEAD, DELAY, .with = { WHY }, .until = "2020-11-30",
		.key = "request.delay_no_later"),
	    DAY("2020-12-01", HEAD, DELAY, .with = { WHY }, .until = "2021-02-01",
		.key = "request.delay_late"),
	    DAY("2020-11-30", HEAD, DELAY, .with = { WHY }, .until = "2021-02-01",
		.due = "2021-02-01"),
	    DAY("2021-01-29", HEAD, DECIDE, .kind = "give", .due = "2021-02-01") } },
	{ "35: who gives none by the last day gives no good ones",
	  "2020-11-02",
	  false,
	  { DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18"),
	    DAY("2020-11-18", CLERK, JUDGE_REASONS, .with = { WHY },
		.key = "request.reasons_not_over"),
	    DAY("2020-11-19", CLERK, JUDGE_REASONS, .with = { AGREED },
		.key = "request.no_reasons_given"),
	    DAY("2020-11-19", CLERK, JUDGE_REASONS, .with = { WHY }, .due = "2020-11-30"),
	    DAY("2020-11-20", HEAD, DECIDE, .kind = "excessive") } },
	{ "35: where a unit has settled so, the clock stands and runs anew",
	  "2020-11-02",
	  true,
	  { DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18",
		.due = ""),
	    DAY("2020-11-10", CLERK, RECEIVE_REASONS, .with = { .text = STR_INIT("研究") },
		.due = "2020-12-08") } },
	{ "35: settled so, and no reasons came: as if it had never stood",
	  "2020-11-02",
	  true,
	  { DAY("2020-11-04", CLERK, ASK_REASONS, .with = { MANY }, .until = "2020-11-18",
		.due = ""),
	    DAY("2020-11-19", CLERK, JUDGE_REASONS, .with = { WHY }, .due = "2020-11-30") } },
};

static struct request_step step_of(const struct line *line)
{
	struct request_step step = line->with;

	step.verb = line->verb;
	step.on = day(line->on);
	if (line->until != NULL)
		step.until = day(line->until);
	if (line->kind != NULL)
		step.kind = request_decision(str_from_c(line->kind));
	if (line->delivered != NULL)
		step.delivered_on = (struct opt_date){ true, day(line->delivered) };
	return step;
}

/* A draft that passed: the unit asks for no second person and no adviser (gate.h). */
static bool pass_gates(struct ctx *ctx, const struct request *r, struct request_step *step,
		       struct err *err)
{
	struct gates none = { .review = false };
	struct gate_new pass = { .request = r->id,
				 .reply = r->id.n,
				 .gate = GATE_DRAFT,
				 .agrees = true,
				 .digest = STR("d1") };

	step->reply = pass.reply;
	step->digest = pass.digest;
	ctx->actor.account_id = CLERK;
	if (!gates_set(ctx, r->unit, &none, err) || !gate_record(ctx, &pass, err))
		return false;
	pass.gate = GATE_SIGN;
	ctx->actor.account_id = HEAD;
	return gate_record(ctx, &pass, err);
}

static void play(struct test *t, struct testdb *site, struct request_id id, const struct line *line)
{
	struct ctx *ctx = &site->ctx;
	struct request_step step = step_of(line);
	struct err err = { 0 };
	struct request r;

	set_today(ctx, line->on);
	CHECK_OK(request_find(ctx, id, &r, &err));
	if (line->verb == VERB_DECIDE && line->key == NULL)
		CHECK_OK(pass_gates(ctx, &r, &step, &err));
	ctx->actor.account_id = line->who;
	if (line->key != NULL) {
		struct str before = testdb_digest(site);
		CHECK_FAILS(request_take_step(ctx, id, &step, &err), line->key);
		CHECK_STR(testdb_digest(site), before);
	} else {
		CHECK_OK(request_take_step(ctx, id, &step, &err));
	}
	CHECK_OK(request_find(ctx, id, &r, &err));
	if (line->due != NULL)
		CHECK_STR(r.due.known ? date_iso(t->arena, r.due.v) : STR_NONE,
			  str_from_c(line->due));
}

static void plays(struct test *t, struct testdb *site, const void *arg)
{
	const struct script *script = arg;
	struct request_practice practice = { 10, 10, script->reasons_stop };
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;

	set_today(&site->ctx, script->received);
	CHECK_OK(add_unit(&site->ctx, "YX", &unit, &err));
	CHECK_OK(request_set_practice(&site->ctx, unit, &practice, &err));
	if (!CHECK_OK(register_on(&site->ctx, unit, script->received, &id, &err)))
		return;
	for (const struct line *line = script->lines; line->on != NULL; line++)
		play(t, site, id, line);
}

/* ---- what is kept, and what the ledger may know */

static void keeps_words_out_of_the_chain(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_step ask = { .verb = VERB_ASK_CORRECTION,
				    .on = day("2020-11-03"),
				    .until = day("2020-11-18"),
				    .text = STR("姓名写错：张某某\n年份"),
				    .guidance = STR("可以写文号") };
	struct request_step answer = { .verb = VERB_RECEIVE_CORRECTION,
				       .on = day("2020-11-05"),
				       .text = STR("应为张某某") };
	struct request_step inquiry = { .verb = VERB_OPEN_INQUIRY,
					.on = day("2020-11-06"),
					.target = STR("第三方张某某"),
					.contact = STR("13800000000"),
					.text = STR("其住址") };
	struct request_correction correction;
	struct request_inquiry *list;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;
	size_t count;
	bool found;

	(void)arg;
	set_today(ctx, "2020-11-10");
	CHECK_OK(add_unit(ctx, "YX", &unit, &err));
	CHECK_OK(register_on(ctx, unit, "2020-11-02", &id, &err));
	CHECK_OK(request_take_step(ctx, id, &ask, &err));
	CHECK_OK(request_take_step(ctx, id, &answer, &err));
	CHECK_OK(request_take_step(ctx, id, &inquiry, &err));
	CHECK_OK(request_correction_find(ctx, id, &correction, &found, &err));
	CHECK(found);
	CHECK_STR(correction.points, ask.text);
	CHECK_STR(correction.guidance, ask.guidance);
	CHECK_STR(correction.answer, answer.text);
	CHECK_OK(request_inquiries_of(ctx, id, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_STR(list[0].target, inquiry.target);
	CHECK_STR(list[0].contact, inquiry.contact);
	CHECK_STR(date_iso(t->arena, list[0].last_on.v), STR("2020-11-27"));
	CHECK_OK(ledger_history(ctx, "request", id.n, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 4);
	for (size_t i = 0; i < count; i++) {
		CHECK(!str_contains(rows[i].changes_json, STR("张某某")));
		CHECK(!str_contains(rows[i].changes_json, STR("13800000000")));
		CHECK(str_contains(rows[i].changes_json, STR("commitment")));
	}
}

/* ---- one form, several requests */

static void splits(struct test *t, struct testdb *site, const void *arg)
{
	static const struct str parts[] = { STR_INIT("环评批复"), STR_INIT("用地批复"),
					    STR_INIT("规划许可") };
	struct request_step step = { .verb = VERB_SPLIT,
				     .on = day("2020-11-03"),
				     .parts = parts,
				     .parts_count = 3 };
	struct ctx *ctx = &site->ctx;
	struct ledger_verdict verdict;
	struct request_whole whole;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;
	struct request r;
	bool found;

	(void)arg;
	set_today(ctx, "2020-11-03");
	CHECK_OK(add_unit(ctx, "YX", &unit, &err));
	struct identity person = { .name = STR("申请人甲〇一"), .phone = STR("13800000000"),
				   .address = STR("示例路1号") };
	struct request_register in = { .unit = unit,
				       .channel = CHANNEL_IN_PERSON,
				       .submitted_on = day("2020-11-02"),
				       .wanted_form = GIVE_PAPER,
				       .content = STR("某项目的环评批复") };
	CHECK_OK(identity_add(ctx, &person, &in.applicant_id, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	step.parts_count = 1;
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "request.parts_count");
	step.parts_count = 3;
	CHECK_OK(request_whole_find(ctx, id, &whole, &found, &err));
	CHECK(!found);
	CHECK_OK(request_take_step(ctx, id, &step, &err));
	CHECK_OK(request_whole_find(ctx, id, &whole, &found, &err));
	CHECK(found);
	CHECK_STR(whole.content, STR("某项目的环评批复"));
	CHECK_INT((int64_t)whole.parts_count, 3);
	for (size_t i = 0; i < whole.parts_count; i++) {
		CHECK_OK(request_find(ctx, whole.parts[i], &r, &err));
		CHECK_STR(r.content, parts[i]);
		CHECK_STR(r.number, str_format(t->arena, "YX-2020-%04zu", i + 1));
		CHECK_STR(date_iso(t->arena, r.received_on.v), STR("2020-11-02"));
		CHECK_STR(date_iso(t->arena, r.due.v), STR("2020-11-30"));
		CHECK_INT(r.state, REQUEST_HANDLING);
		CHECK_INT(r.applicant_id.n, in.applicant_id.n);
		CHECK_INT(r.wanted_form, in.wanted_form);
		CHECK_FAILS(request_take_step(ctx, r.id, &step, &err), "request.split_already");
	}
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

static void splits_first(struct test *t, struct testdb *site, const void *arg)
{
	static const struct str parts[] = { STR_INIT("环评批复"), STR_INIT("用地批复") };
	struct request_step step = { .verb = VERB_SPLIT,
				     .on = day("2020-11-03"),
				     .parts = parts,
				     .parts_count = 2 };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;

	(void)arg;
	set_today(ctx, "2020-11-03");
	CHECK_OK(add_unit(ctx, "YX", &unit, &err));
	struct request_step ask = { .verb = VERB_ASK_CORRECTION,
				    .on = day("2020-11-03"),
				    .until = day("2020-11-18"),
				    .text = STR("年份") };
	CHECK_OK(register_on(ctx, unit, "2020-11-02", &id, &err));
	CHECK_OK(request_take_step(ctx, id, &ask, &err));
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "request.not_allowed");
	CHECK_OK(request_take_step(ctx, id,
				   &(struct request_step){ .verb = VERB_RECEIVE_CORRECTION,
							   .on = day("2020-11-03") },
				   &err));
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "request.split_late");
}

/* ---- another unit takes over */

static void hands_over(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id root, other;
	struct request_id id, second;
	struct request r;

	(void)arg;
	set_today(ctx, "2020-11-03");
	CHECK_OK(add_unit(ctx, "YX", &root, &err));
	other = root;
	CHECK_OK(add_unit(ctx, "YXCZ", &other, &err));
	CHECK_OK(register_on(ctx, root, "2020-11-02", &id, &err));
	struct request_step step = { .verb = VERB_TRANSFER,
				     .on = day("2020-11-03"),
				     .unit = root,
				     .reason = STR("该信息由财政局制作") };
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "request.same_unit");
	step.unit = (struct unit_id){ 99 };
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "agency.no_unit");
	step.unit = other;
	step.reason = STR_NONE;
	CHECK_FAILS(request_take_step(ctx, id, &step, &err), "request.no_transfer_reason");
	step.reason = STR("该信息由财政局制作");
	CHECK_OK(request_take_step(ctx, id, &step, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_INT(r.unit.n, other.n);
	CHECK_STR(r.number, STR("YX-2020-0001")); /* the applicant's receipt names it */
	CHECK_STR(date_iso(t->arena, r.received_on.v), STR("2020-11-02"));
	CHECK_STR(date_iso(t->arena, r.due.v), STR("2020-11-30"));

	struct request_register in = { .unit = root,
				       .channel = CHANNEL_IN_PERSON,
				       .submitted_on = day("2020-11-02"),
				       .number = STR("YX-2020-0001"),
				       .content = STR("同号") };
	CHECK_OK(request_register(ctx, &in, &second, &err));
	CHECK_OK(request_take_step(ctx, second, &step, &err));
	CHECK_OK(request_find(ctx, second, &r, &err));
	CHECK_STR(r.number, STR("YXCZ-2020-0001")); /* the new unit had given that number */
}

/* ---- what a unit has settled */

static void settles(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_practice p;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct unit_id unit;
	size_t count;

	(void)arg;
	CHECK_OK(add_unit(ctx, "YX", &unit, &err));
	CHECK_OK(request_practice_of(ctx, unit, &p, &err));
	CHECK_INT(p.correction_days, 10);
	CHECK_INT(p.reasons_days, 10);
	CHECK(!p.reasons_stop);
	p.correction_days = 0;
	CHECK_FAILS(request_set_practice(ctx, unit, &p, &err), "request.practice_days");
	p.correction_days = 61;
	CHECK_FAILS(request_set_practice(ctx, unit, &p, &err), "request.practice_days");
	p = (struct request_practice){ 15, 5, true };
	CHECK_OK(request_set_practice(ctx, unit, &p, &err));
	CHECK_OK(request_set_practice(ctx, unit, &p, &err)); /* nothing changes, nothing is told */
	CHECK_OK(request_practice_of(ctx, unit, &p, &err));
	CHECK_INT(p.correction_days, 15);
	CHECK(p.reasons_stop);
	CHECK_OK(ledger_history(ctx, "unit", unit.n, 10, &rows, &count, &err));
	CHECK_STR(rows[count - 1].verb, STR("request.practice"));
	CHECK(count < 2 || !str_equal_c(rows[count - 2].verb, "request.practice"));
}

/* ---- faults */

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id unit, other;
	struct request_id id;

	(void)arg;
	set_today(ctx, "2020-11-20");
	if (!add_unit(ctx, "YX", &unit, err))
		return false;
	other = unit;
	return add_unit(ctx, "YXCZ", &other, err) &&
	       register_on(ctx, unit, "2020-11-02", &id, err);
}

/* Every verb of this file once, one after the other. */
static bool goes_all_the_way(struct ctx *ctx, const void *arg, struct err *err)
{
	static const struct str parts[] = { STR_INIT("环评批复"), STR_INIT("用地批复") };
	struct str points = STR("年份");
	struct date on = day("2020-11-05");
	const struct request_step steps[] = {
		{ .verb = VERB_SPLIT, .on = on, .parts = parts, .parts_count = 2 },
		{ .verb = VERB_TRANSFER, .on = on, .unit = { 2 }, .reason = STR("理由") },
		{ .verb = VERB_ASK_CORRECTION,
		  .on = on,
		  .until = day("2020-11-18"),
		  .text = points },
		{ .verb = VERB_RECEIVE_CORRECTION, .on = on, .text = points },
		{ .verb = VERB_OPEN_INQUIRY, .on = on, .target = points, .text = points },
		{ .verb = VERB_CLOSE_INQUIRY,
		  .on = on,
		  .answer = INQUIRY_REFUSES_WITH_REASONS,
		  .text = points },
		{ .verb = VERB_TELL_THIRD, .on = on, .reason = STR("理由") },
		{ .verb = VERB_ASK_REASONS,
		  .on = on,
		  .until = day("2020-11-18"),
		  .count = 9,
		  .since = on,
		  .till = on },
		{ .verb = VERB_RECEIVE_REASONS, .on = on, .text = points },
		{ .verb = VERB_JUDGE_REASONS, .on = on, .agreed = true, .reason = STR("理由") },
		{ .verb = VERB_PROPOSE_EXTENSION, .on = on, .days = 5, .reason = STR("理由") },
		{ .verb = VERB_APPROVE_EXTENSION, .on = on, .agreed = true },
		{ .verb = VERB_EXTEND, .on = on },
		{ .verb = VERB_DELAY, .on = on, .until = day("2021-02-01"), .reason = STR("理由") },
	};

	(void)arg;
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		ctx->actor.account_id = steps[i].verb == VERB_APPROVE_EXTENSION ? HEAD : CLERK;
		if (!request_take_step(ctx, (struct request_id){ 1 }, &steps[i], err))
			return false;
	}
	return true;
}

static void chain_intact(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	(void)done;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

void request_steps_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(scripts); i++)
		testdb_each(t, scripts[i].title, plays, &scripts[i]);
	testdb_each(t, "words of others stay out of the chain, bound to it",
		    keeps_words_out_of_the_chain, NULL);
	testdb_each(t, "one form, several requests", splits, NULL);
	testdb_each(t, "splitting comes before working on it", splits_first, NULL);
	testdb_each(t, "another unit takes over, the day of receipt stays", hands_over, NULL);
	testdb_each(t, "what a unit has settled", settles, NULL);
	testdb_faults(t, "every step on the way is all or nothing",
		      &(struct testdb_scenario){
			      .given = given, .verb = goes_all_the_way, .check = chain_intact });
}
