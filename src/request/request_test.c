/* request_test.c - receipt, numbers, the life of a request, and the rules of each step. */
#include "request/request.h"

#include "calendar/calendar.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "request/fixture.h"

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

static bool add_unit(struct ctx *ctx, struct unit_id *unit, struct err *err)
{
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT,
				 .reports = true };

	return agency_add_unit(ctx, &root, unit, err);
}

static struct request_register plain(struct unit_id unit, const char *submitted)
{
	return (struct request_register){ .unit = unit,
					  .channel = CHANNEL_IN_PERSON,
					  .applicant = APPLICANT_NATURAL_PERSON,
					  .submitted_on = day(submitted),
					  .content = STR("2019年度部门决算") };
}

static const struct decision_kind *kind(const char *code)
{
	return request_decision(str_from_c(code));
}

/* ---- Art. 31: the day of receipt */

static const struct receipt {
	const char *title;
	enum request_channel channel;
	const char *submitted, *confirmed; /* confirmed "": unknown */
	const char *received;		   /* "": still to be confirmed */
	const char *key;		   /* refused with */
} receipts[] = {
	{ "31(1): in person, the day it was handed over", CHANNEL_IN_PERSON, "2020-11-02", "",
	  "2020-11-02", NULL },
	{ "31(1): in person, no other day", CHANNEL_IN_PERSON, "2020-11-02", "2020-11-03", "",
	  "request.in_person_day" },
	{ "31(2): mail, the day the agency signed", CHANNEL_REGISTERED_MAIL, "2020-10-30",
	  "2020-11-02", "2020-11-02", NULL },
	{ "31(2): mail not yet signed for", CHANNEL_REGISTERED_MAIL, "2020-10-30", "", "", NULL },
	{ "31(2): an ordinary letter, the day of confirmation", CHANNEL_ORDINARY_MAIL, "2020-10-30",
	  "2020-11-03", "2020-11-03", NULL },
	{ "31(2): an ordinary letter not confirmed", CHANNEL_ORDINARY_MAIL, "2020-10-30", "", "",
	  NULL },
	{ "31(3): web, the day both sides confirmed", CHANNEL_WEB, "2020-11-01", "2020-11-02",
	  "2020-11-02", NULL },
	{ "31(3): web not confirmed", CHANNEL_WEB, "2020-11-01", "", "", NULL },
	{ "31(3): e-mail", CHANNEL_EMAIL, "2020-11-01", "2020-11-04", "2020-11-04", NULL },
	{ "31(3): fax", CHANNEL_FAX, "2020-11-01", "2020-11-01", "2020-11-01", NULL },
	{ "29: by word of mouth, the day it was written down", CHANNEL_ORAL, "2020-11-02", "",
	  "2020-11-02", NULL },
	{ "confirmed before it was sent", CHANNEL_WEB, "2020-11-03", "2020-11-02", "",
	  "request.too_early" },
	{ "sent tomorrow", CHANNEL_WEB, "2020-11-06", "", "", "request.in_future" },
	{ "confirmed tomorrow", CHANNEL_WEB, "2020-11-02", "2020-11-06", "", "request.in_future" },
};

static void receives(struct test *t, struct testdb *site, const void *arg)
{
	const struct receipt *row = arg;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;
	struct request r;

	set_today(&site->ctx, "2020-11-05");
	CHECK_OK(add_unit(&site->ctx, &unit, &err));
	struct request_register in = plain(unit, row->submitted);
	in.channel = row->channel;
	in.confirmed_on.known = date_parse(str_from_c(row->confirmed), &in.confirmed_on.v);
	if (row->key != NULL) {
		CHECK_FAILS(request_register(&site->ctx, &in, &id, &err), row->key);
		return;
	}
	CHECK_OK(request_register(&site->ctx, &in, &id, &err));
	CHECK_OK(request_find(&site->ctx, id, &r, &err));
	CHECK(request_receipt_rule(row->channel)->rule.len > 0);
	if (row->received[0] == '\0') {
		CHECK_INT(r.state, REQUEST_CONFIRMING);
		CHECK(!r.received_on.known && !r.due.known);
		return;
	}
	CHECK_INT(r.state, REQUEST_HANDLING);
	CHECK_STR(date_iso(t->arena, r.received_on.v), str_from_c(row->received));
	CHECK_STR(date_iso(t->arena, r.clock_from.v), str_from_c(row->received));
	CHECK(r.due.known);
}

/* ---- registering */

static void numbers(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id, again;
	struct request r;
	bool found;

	(void)arg;
	set_today(ctx, "2020-12-31");
	CHECK_OK(add_unit(ctx, &unit, &err));
	struct request_register in = plain(unit, "2020-12-30");
	CHECK_OK(request_register(ctx, &in, &id, &err));
	in.number = STR("YX-2020-0002"); /* by hand, in the way of the series */
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_FAILS(request_register(ctx, &in, &again, &err), "request.number_taken");
	in.number = STR_NONE;
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_STR(r.number, STR("YX-2020-0003"));

	in.form_id = STR("form-1");
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_register(ctx, &in, &again, &err));
	CHECK_INT(again.n, id.n);
	set_today(ctx, "2021-01-04");
	in.form_id = STR("form-2");
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_by_number(ctx, STR("YX-2021-0001"), &r, &found, &err));
	CHECK(found && r.id.n == id.n);
	CHECK_OK(request_by_number(ctx, STR("YX-2021-0002"), &r, &found, &err));
	CHECK(!found);

	struct unit_id other;
	struct unit_new second = { .code = STR("CZ"),
				   .name = STR("区财政局"),
				   .kind = UNIT_DEPARTMENT,
				   .parent = { true, unit.n } };
	CHECK_OK(agency_add_unit(ctx, &second, &other, &err));
	in.unit = other;
	in.form_id = STR_NONE;
	in.number = STR("YX-2020-0002");
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_FAILS(request_by_number(ctx, STR("YX-2020-0002"), &r, &found, &err),
		    "request.number_of_several");
}

static void refuses_texts(struct test *t, struct testdb *site, const void *arg)
{
	char *longer = arena_alloc(t->arena, 30000);
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;

	(void)arg;
	CHECK_OK(add_unit(&site->ctx, &unit, &err));
	struct str before = testdb_digest(site);
	struct request_register in = plain(unit, "2020-05-29");
	in.content = STR(" 　");
	CHECK_FAILS(request_register(&site->ctx, &in, &id, &err), "request.no_content");
	for (size_t i = 0; i < 30000; i++)
		longer[i] = 'x';
	in.content = (struct str){ longer, 30000 };
	CHECK_FAILS(request_register(&site->ctx, &in, &id, &err), "request.content_too_long");
	in = plain(unit, "2020-05-29");
	in.number = (struct str){ longer, 200 };
	CHECK_FAILS(request_register(&site->ctx, &in, &id, &err), "request.number_too_long");
	in = plain((struct unit_id){ 99 }, "2020-05-29");
	CHECK_FAILS(request_register(&site->ctx, &in, &id, &err), "agency.no_unit");
	CHECK_FAILS(request_file(&site->ctx, (struct request_id){ 77 }, day("2020-05-29"), &err),
		    "request.none");
	CHECK_STR(testdb_digest(site), before);
}

/* ---- a script: steps on days, and where they lead */

struct line {
	const char *on;
	enum request_verb verb;
	int number;	   /* days, fen, kind of inquiry */
	const char *word;  /* decision, end of a correction's time */
	const char *key;   /* refused with; NULL: goes through */
	const char *state; /* afterwards */
	const char *due;   /* afterwards; "": none; NULL: not looked at */
};

struct script {
	const char *title, *received;
	struct line lines[14];
};

#define END                \
	{                  \
		.on = NULL \
	}

static const struct script scripts[] = {
	{ "33(2): a plain reply",
	  "2020-11-02",
	  { { "2020-11-20", VERB_DECIDE, 0, "give", NULL, "decided", "2020-11-30" },
	    { "2020-11-19", VERB_SERVE, 0, NULL, "request.too_early", "decided", NULL },
	    { "2020-11-21", VERB_SERVE, 0, NULL, NULL, "served", NULL },
	    { "2020-11-20", VERB_FILE, 0, NULL, "request.too_early", "served", NULL },
	    { "2020-12-01", VERB_FILE, 0, NULL, NULL, "closed", "2020-11-30" },
	    END } },
	{ "33(2): extended once, by at most 20 days, before the end",
	  "2020-11-02",
	  { { "2020-11-25", VERB_EXTEND, 0, NULL, "request.extension_days", "handling", NULL },
	    { "2020-11-25", VERB_EXTEND, 21, NULL, "request.extension_days", "handling", NULL },
	    { "2020-12-01", VERB_EXTEND, 5, NULL, "request.extension_late", "handling",
	      "2020-11-30" },
	    { "2020-11-30", VERB_EXTEND, 5, NULL, NULL, "handling", "2020-12-07" },
	    { "2020-12-01", VERB_EXTEND, 5, NULL, "request.extended_already", "handling",
	      "2020-12-07" },
	    END } },
	{ "33(3): an inquiry stops the count",
	  "2020-11-02",
	  { { "2020-11-01", VERB_OPEN_INQUIRY, INQUIRY_THIRD_PARTY, NULL, "request.too_early",
	      "handling", NULL },
	    { "2020-11-05", VERB_OPEN_INQUIRY, INQUIRY_THIRD_PARTY, NULL, NULL, "inquiring", NULL },
	    { "2020-11-10", VERB_DECIDE, 0, "no_third", "request.not_allowed", "inquiring", NULL },
	    { "2020-11-04", VERB_CLOSE_INQUIRY, 0, NULL, "request.too_early", "inquiring", NULL },
	    { "2020-11-16", VERB_CLOSE_INQUIRY, 0, NULL, NULL, "handling", "2020-12-09" },
	    { "2020-11-13", VERB_DECIDE, 0, "no_third", "request.too_early", "handling", NULL },
	    { "2020-12-09", VERB_DECIDE, 0, "no_third", NULL, "decided", "2020-12-09" },
	    END } },
	{ "33(3): two inquiries, answered one by one",
	  "2020-11-02",
	  { { "2020-11-05", VERB_OPEN_INQUIRY, INQUIRY_JOINT_MAKER, NULL, NULL, "inquiring", NULL },
	    { "2020-11-09", VERB_OPEN_INQUIRY, INQUIRY_OTHER_AGENCY, NULL, NULL, "inquiring",
	      NULL },
	    { "2020-11-10", VERB_EXTEND, 5, NULL, NULL, "inquiring", NULL },
	    { "2020-11-13", VERB_CLOSE_INQUIRY, 0, NULL, NULL, "inquiring", NULL },
	    { "2020-11-16", VERB_CLOSE_INQUIRY, 0, NULL, NULL, "handling", "2020-12-16" },
	    { "2020-11-16", VERB_CLOSE_INQUIRY, 0, NULL, "request.not_allowed", "handling", NULL },
	    END } },
	{ "30: corrected, all 20 days anew, asked once",
	  "2020-11-02",
	  { { "2020-11-11", VERB_ASK_CORRECTION, 0, "2020-11-11", "request.correction_no_time",
	      "handling", NULL },
	    { "2020-11-12", VERB_ASK_CORRECTION, 0, "2020-12-03", "request.correction_late",
	      "handling", NULL },
	    { "2020-11-11", VERB_ASK_CORRECTION, 0, "2020-12-03", NULL, "correcting", "" },
	    { "2020-11-12", VERB_EXTEND, 5, NULL, "request.not_allowed", "correcting", NULL },
	    { "2020-11-10", VERB_RECEIVE_CORRECTION, 0, NULL, "request.too_early", "correcting",
	      NULL },
	    { "2020-11-20", VERB_RECEIVE_CORRECTION, 0, NULL, NULL, "handling", "2020-12-18" },
	    { "2020-11-23", VERB_ASK_CORRECTION, 0, "2020-12-03", "request.correction_twice",
	      "handling", NULL },
	    { "2020-12-18", VERB_DECIDE, 0, "still_unclear", NULL, "decided", "2020-12-18" },
	    END } },
	{ "30: not corrected, given up",
	  "2020-11-02",
	  { { "2020-11-05", VERB_CLOSE, 0, "close_uncorrected", "request.no_correction_awaited",
	      "handling", NULL },
	    { "2020-11-05", VERB_ASK_CORRECTION, 0, "2020-11-20", NULL, "correcting", "" },
	    { "2020-11-20", VERB_CLOSE, 0, "close_uncorrected", "request.correction_not_over",
	      "correcting", NULL },
	    { "2020-11-21", VERB_CLOSE, 0, "give", "request.kind_decides", "correcting", NULL },
	    { "2020-11-21", VERB_CLOSE, 0, "close_uncorrected", NULL, "closed", "" },
	    { "2020-11-22", VERB_RECEIVE_CORRECTION, 0, NULL, "request.not_allowed", "closed",
	      NULL },
	    END } },
	{ "32: no refusal for a third party's sake without asking it",
	  "2020-11-02",
	  { { "2020-11-10", VERB_DECIDE, 0, "no_third", "request.third_party_not_asked", "handling",
	      NULL },
	    { "2020-11-10", VERB_OPEN_INQUIRY, INQUIRY_OTHER_AGENCY, NULL, NULL, "inquiring",
	      NULL },
	    { "2020-11-11", VERB_CLOSE_INQUIRY, 0, NULL, NULL, "handling", "2020-12-01" },
	    { "2020-11-12", VERB_DECIDE, 0, "no_third", "request.third_party_not_asked", "handling",
	      NULL },
	    END } },
	{ "30: still unclear needs a correction",
	  "2020-11-02",
	  { { "2020-11-10", VERB_DECIDE, 0, "still_unclear", "request.correction_not_asked",
	      "handling", NULL },
	    { "2020-11-10", VERB_DECIDE, 0, "withdraw", "request.kind_closes", "handling", NULL },
	    { "2020-11-10", VERB_CLOSE, 0, "withdraw", NULL, "closed", "2020-11-30" },
	    { "2020-11-10", VERB_DECIDE, 0, "give", "request.not_allowed", "closed", NULL },
	    END } },
	{ "42: no fee before 2021",
	  "2020-11-02",
	  { { "2020-11-10", VERB_CHARGE, 10000, NULL, "request.no_fee_yet", "handling", NULL },
	    { "2020-11-10", VERB_PAY, 0, NULL, "request.not_allowed", "handling", NULL },
	    END } },
	{ "42: a fee paid, all 20 days anew",
	  "2025-04-25",
	  { { "2025-04-25", VERB_CHARGE, 0, NULL, "request.no_amount", "handling", NULL },
	    { "2025-05-28", VERB_CHARGE, 10000, NULL, "request.fee_late", "handling",
	      "2025-05-27" },
	    { "2025-04-23", VERB_CHARGE, 10000, NULL, "request.too_early", "handling", NULL },
	    { "2025-04-25", VERB_CHARGE, 10000, NULL, NULL, "unpaid", "" },
	    { "2025-04-28", VERB_PAY, 0, NULL, "request.fee_not_served", "unpaid", NULL },
	    { "2025-04-24", VERB_FEE_SERVED, 0, NULL, "request.too_early", "unpaid", NULL },
	    { "2025-04-25", VERB_FEE_SERVED, 0, NULL, NULL, "unpaid", "" },
	    { "2025-04-25", VERB_FEE_SERVED, 0, NULL, "request.fee_served_twice", "unpaid", "" },
	    { "2025-04-24", VERB_PAY, 0, NULL, "request.too_early", "unpaid", NULL },
	    { "2025-05-28", VERB_PAY, 0, NULL, "request.paid_late", "unpaid", NULL },
	    { "2025-05-20", VERB_PAY, 0, NULL, NULL, "handling", "2025-06-18" },
	    { "2025-05-21", VERB_CHARGE, 10000, NULL, "request.fee_twice", "handling", NULL },
	    END } },
	{ "42: a fee not paid, given up",
	  "2025-04-25",
	  { { "2025-04-28", VERB_CLOSE, 0, "close_unpaid", "request.no_fee_awaited", "handling",
	      NULL },
	    { "2025-04-24", VERB_CHARGE, 10000, NULL, "request.too_early", "handling", NULL },
	    { "2025-04-25", VERB_CHARGE, 10000, NULL, NULL, "unpaid", "" },
	    { "2025-06-28", VERB_CLOSE, 0, "close_unpaid", "request.fee_not_served", "unpaid",
	      NULL },
	    { "2025-04-27", VERB_FEE_SERVED, 0, NULL, NULL, "unpaid", "" },
	    { "2025-04-25", VERB_FEE_SERVED, 0, NULL, NULL, "unpaid", "" },
	    { "2025-05-27", VERB_CLOSE, 0, "close_unpaid", "request.fee_not_over", "unpaid", NULL },
	    { "2025-05-28", VERB_CLOSE, 0, "close_unpaid", NULL, "closed", "" },
	    END } },
	{ "a late reply is a fact too",
	  "2020-11-02",
	  { { "2020-12-25", VERB_DECIDE, 0, "no_internal", NULL, "decided", "2020-11-30" }, END } },
	{ "nothing lies in the future",
	  "2020-11-02",
	  { { "2026-01-01", VERB_DECIDE, 0, "give", "request.in_future", "handling", NULL },
	    END } },
	{ "the calendar ends: the work goes on without a due day",
	  "2026-12-20",
	  { { "2026-12-24", VERB_EXTEND, 5, NULL, NULL, "handling", "" },
	    { "2026-12-28", VERB_DECIDE, 0, "give", NULL, "decided", "" },
	    END } },
};

static struct request_step step_of(const struct line *line)
{
	struct request_step step = { .verb = line->verb,
				     .on = day(line->on),
				     .days = line->number,
				     .fen = line->number,
				     .tariff = STR("piece"),
				     .quantity = 11,
				     .inquiry = (enum inquiry_kind)(
					     line->verb == VERB_OPEN_INQUIRY ? line->number : 0),
				     .reason = STR("按程序办理"),
				     .target = STR("某公司"),
				     .text = STR("名称、文号或者年份"),
				     .answer = INQUIRY_REFUSES_WITH_REASONS,
				     /* how it comes to these: request_steps_test.c and reply/ */
				     .historical = line->verb == VERB_EXTEND ||
						   line->verb == VERB_DECIDE };

	if (line->verb == VERB_ASK_CORRECTION)
		step.until = day(line->word);
	if (line->verb == VERB_DECIDE || line->verb == VERB_CLOSE)
		step.kind = kind(line->word);
	return step;
}

static void plays(struct test *t, struct testdb *site, const void *arg)
{
	const struct script *script = arg;
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;
	struct request r;

	set_today(ctx,
		  str_equal_c(STR("2026-12-20"), script->received) ? "2026-12-31" : "2025-12-31");
	CHECK_OK(add_unit(ctx, &unit, &err));
	struct request_register in = plain(unit, script->received);
	if (!CHECK_OK(request_register(ctx, &in, &id, &err)))
		return;
	for (const struct line *line = script->lines; line->on != NULL; line++) {
		struct request_step step = step_of(line);
		if (line->key != NULL) {
			struct str before = testdb_digest(site);
			CHECK_FAILS(request_take_step(ctx, id, &step, &err), line->key);
			CHECK_STR(testdb_digest(site), before);
		} else {
			CHECK_OK(request_take_step(ctx, id, &step, &err));
		}
		CHECK_OK(request_find(ctx, id, &r, &err));
		CHECK_STR(request_state_code(r.state), str_from_c(line->state));
		if (line->due != NULL)
			CHECK_STR(r.due.known ? date_iso(t->arena, r.due.v) : STR_NONE,
				  str_from_c(line->due));
	}
}

/* ---- decisions */

static void decisions(struct test *t)
{
	/* all kinds of ending of a request, and no more: each outcome has at least one */
	static const struct {
		const char *code, *outcome;
		bool first, letter;
	} rows[] = {
		{ "public_already", "granted", false, true },
		{ "give", "granted", false, true },
		{ "part", "partly_granted", true, true },
		{ "no_secret", "denied_state_secret", true, true },
		{ "no_law", "denied_law_forbids", true, true },
		{ "no_danger", "denied_three_securities", true, true },
		{ "no_third", "denied_third_party", true, true },
		{ "no_internal", "denied_internal_affairs", true, true },
		{ "no_process", "denied_process_info", true, true },
		{ "no_file", "denied_enforcement_file", true, true },
		{ "inquiry", "denied_admin_inquiry", false, true },
		{ "not_exist", "unable_not_held", false, true },
		{ "not_ours", "unable_not_held", false, true },
		{ "needs_work", "unable_needs_creation", false, true },
		{ "still_unclear", "unable_still_unclear", false, true },
		{ "petition", "not_processed_petition", false, true },
		{ "repeat", "not_processed_repeat", false, true },
		{ "publication", "not_processed_publication", false, true },
		{ "excessive", "not_processed_excessive", false, true },
		{ "reconfirm", "not_processed_confirm", false, true },
		{ "close_uncorrected", "other_overdue_correction", false, false },
		{ "close_unpaid", "other_overdue_fee", false, false },
		{ "withdraw", "other_rest", false, false },
	};
	CHECK_INT((int64_t)request_decisions_count, COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct decision_kind *k = kind(rows[i].code);
		if (!CHECK(k != NULL))
			continue;
		CHECK_STR(outcome_code(k->outcome), str_from_c(rows[i].outcome));
		CHECK(k->remedy_before_court == rows[i].first);
		CHECK(k->needs_letter == rows[i].letter);
		CHECK(k->basis.len > 0 && k->test.len > 0);
	}
	for (size_t i = 0; i < request_decisions_count; i++)
		CHECK_INT(request_decisions[i].order, (int64_t)i + 1);
	for (int o = 0; o < OUTCOME_COUNT; o++)
		CHECK(request_decision_of((enum request_outcome)o)->outcome ==
		      (enum request_outcome)o);
	CHECK_STR(str_from_c(request_decision_of(OUTCOME_GRANTED)->code), STR("give"));
	CHECK_STR(str_from_c(request_decision_of(OUTCOME_UNABLE_NOT_HELD)->code), STR("not_exist"));
	CHECK(kind("nothing") == NULL);
	CHECK(!request_decision_in_force(kind("close_unpaid"), day("2020-12-31")));
	CHECK(request_decision_in_force(kind("close_unpaid"), day("2021-01-01")));
}

/* ---- amending, lists, the clock shown, a new calendar */

static void amends(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;
	struct request r;

	(void)arg;
	set_today(ctx, "2021-06-01");
	CHECK_OK(add_unit(ctx, &unit, &err));
	CHECK_OK(fixture_bring(ctx, unit, REQUEST_DECIDED, &id, &err));
	CHECK_FAILS(request_amend(ctx, id, APPLICANT_NATURAL_PERSON, kind("part"), STR_NONE, &err),
		    "request.no_reason");
	CHECK_FAILS(
		request_amend(ctx, id, APPLICANT_NATURAL_PERSON, kind("give"), STR("误登"), &err),
		"request.nothing_changes");
	CHECK_OK(request_amend(ctx, id, APPLICANT_OTHER_ORG, kind("part"), STR("误登"), &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_INT(r.applicant, APPLICANT_OTHER_ORG);
	CHECK_INT(r.outcome, OUTCOME_PARTLY_GRANTED);
	CHECK_INT(r.state, REQUEST_DECIDED);
	struct ledger_row *rows;
	size_t count;
	CHECK_OK(ledger_history(ctx, "request", id.n, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_STR(rows[2].reason, STR("误登"));
	CHECK(str_contains(rows[2].changes_json, STR("[\"decision\",\"give\",\"part\"]")));
	CHECK(!str_contains(rows[0].changes_json,
			    STR("决算"))); /* content stays out of the chain */
}

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id[6];
	struct request *list;
	size_t count;
	int64_t open, late;
	static const char *const days[] = { "2020-11-09", "2020-11-02", "2020-11-05",
					    "2020-11-02", "2020-11-10", "2020-11-11" };

	(void)arg;
	set_today(ctx, "2020-12-02");
	CHECK_OK(add_unit(ctx, &unit, &err));
	for (size_t i = 0; i < 6; i++) {
		struct request_register in = plain(unit, days[i]);
		in.channel = i == 4 ? CHANNEL_WEB : CHANNEL_IN_PERSON;
		CHECK_OK(request_register(ctx, &in, &id[i], &err));
	}
	CHECK_OK(request_record_decision(ctx, id[5], kind("give"), day("2020-11-20"), &err));
	CHECK_OK(request_list(ctx, (struct opt_int){ 0 }, 0, 4, &list, &count, &err));
	CHECK_INT((int64_t)count, 4);
	CHECK_INT(list[0].id.n, id[5].n);
	CHECK_OK(request_list(ctx, (struct opt_int){ true, unit.n }, list[3].id.n, 4, &list, &count,
			      &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_INT(list[1].id.n, id[0].n);
	for (int with_unit = 0; with_unit < 2; with_unit++) {
		struct opt_int of = { with_unit == 1, unit.n };
		CHECK_OK(request_list_open(ctx, of, NULL, 3, &list, &count, &err));
		CHECK_INT((int64_t)count, 3);
		CHECK_INT(list[0].id.n, id[1].n);
		CHECK_INT(list[1].id.n, id[3].n);
		CHECK_INT(list[2].id.n, id[2].n);
		CHECK_OK(request_list_open(ctx, of, &list[2], 3, &list, &count, &err));
		CHECK_INT((int64_t)count, 2);
		CHECK_INT(list[0].id.n, id[0].n);
		CHECK_INT(list[1].id.n, id[4].n);
		CHECK_OK(request_count_open_of(ctx, of, &open, &late, &err));
		CHECK_INT(open, 5);
		CHECK_INT(late, 2);
	}
}

static void shows_the_clock(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct period_result result;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id;

	(void)arg;
	set_today(ctx, "2021-01-20");
	CHECK_OK(add_unit(ctx, &unit, &err));
	CHECK_OK(fixture_bring(ctx, unit, REQUEST_CONFIRMING, &id, &err));
	CHECK_FAILS(request_clock(ctx, id, &result, &err), "request.clock_not_started");
	CHECK_OK(fixture_bring(ctx, unit, REQUEST_CORRECTING, &id, &err));
	CHECK_FAILS(request_clock(ctx, id, &result, &err), "request.clock_stands");
	CHECK_OK(fixture_bring(ctx, unit, REQUEST_INQUIRING, &id, &err));
	CHECK_OK(request_clock(ctx, id, &result, &err));
	CHECK(result.suspended);
	CHECK_OK(fixture_take(ctx, id, VERB_CLOSE_INQUIRY, "2021-01-11", "", &err));
	CHECK_OK(fixture_take(ctx, id, VERB_EXTEND, "2021-01-12", "", &err));
	CHECK_OK(request_clock(ctx, id, &result, &err));
	CHECK_INT(result.excluded, 4);
	CHECK_STR(date_iso(t->arena, result.due), STR("2021-02-18"));
	CHECK_OK(request_record_decision(ctx, id, kind("give"), day("2021-01-20"), &err));
	set_today(ctx, "2021-05-20");
	CHECK_OK(request_clock(ctx, id, &result, &err));
	CHECK_INT(result.days_left, 17); /* as of the day it was decided */
}

static void counts_again(struct test *t, struct testdb *site, const void *arg)
{
	static const struct str notice =
		STR_INIT("date,kind,name\n2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n");
	struct ctx *ctx = &site->ctx;
	struct calendar_loaded loaded;
	struct ledger_row *rows;
	struct err err = { 0 };
	struct unit_id unit;
	struct request_id id, done;
	struct request r;
	struct job job = { 0 };
	size_t count;

	(void)arg;
	set_today(ctx, "2026-12-31");
	CHECK_OK(add_unit(ctx, &unit, &err));
	struct request_register in = plain(unit, "2026-12-21");
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_register(ctx, &in, &done, &err));
	CHECK_OK(request_close(ctx, done, kind("withdraw"), day("2026-12-30"), &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK(!r.due.known);
	CHECK_OK(calendar_load(ctx, notice, STR("某号"), &loaded, &err));
	CHECK_OK(request_on_calendar(ctx, &job, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_STR(date_iso(t->arena, r.due.v), STR("2027-01-19"));
	CHECK_OK(request_on_calendar(ctx, &job, &err)); /* again: nothing happens */
	CHECK_OK(ledger_history(ctx, "request", id.n, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_STR(rows[1].verb, STR("request.count_again"));
	CHECK_OK(request_find(ctx, done, &r, &err));
	CHECK(!r.due.known);
}

/* ---- faults */

static bool given_inquiry(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id unit;
	struct request_id id;

	(void)arg;
	set_today(ctx, "2021-06-01");
	return add_unit(ctx, &unit, err) && fixture_bring(ctx, unit, REQUEST_INQUIRING, &id, err);
}

static bool given_unit(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id unit;

	(void)arg;
	set_today(ctx, "2021-06-01");
	return add_unit(ctx, &unit, err);
}

static bool whole_life(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request *list;
	size_t count;

	(void)arg;
	if (!request_list(ctx, (struct opt_int){ 0 }, 0, 1, &list, &count, err))
		return false;
	struct request_id id = list[0].id;
	return fixture_take(ctx, id, VERB_CLOSE_INQUIRY, "2021-01-07", "", err) &&
	       fixture_take(ctx, id, VERB_EXTEND, "2021-01-08", "", err) &&
	       request_record_decision(ctx, id, kind("no_file"), day("2021-01-12"), err) &&
	       request_serve(ctx, id, day("2021-01-13"), err) &&
	       request_file(ctx, id, day("2021-01-14"), err) &&
	       request_amend(ctx, id, APPLICANT_OTHER_ORG, kind("give"), STR("误登"), err);
}

static bool registers_one(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit root;
	struct request_id id;

	(void)arg;
	if (!agency_root(ctx, &root, err))
		return false;
	struct request_register in = plain(root.id, "2021-05-29");
	return request_register(ctx, &in, &id, err);
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

void request_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(receipts); i++)
		testdb_each(t, receipts[i].title, receives, &receipts[i]);
	testdb_each(t, "numbers run by unit and year", numbers, NULL);
	testdb_each(t, "refuses what the form must hold", refuses_texts, NULL);
	for (size_t i = 0; i < COUNT_OF(scripts); i++)
		testdb_each(t, scripts[i].title, plays, &scripts[i]);
	if (test_case(t, "every way a request ends, in the order of tests"))
		decisions(t);
	testdb_each(t, "a wrong record is amended with a reason", amends, NULL);
	testdb_each(t, "lists for the desk", lists, NULL);
	testdb_each(t, "the clock, day by day", shows_the_clock, NULL);
	testdb_each(t, "a new calendar counts open requests again", counts_again, NULL);
	testdb_faults(t, "registering is all or nothing",
		      &(struct testdb_scenario){
			      .given = given_unit, .verb = registers_one, .check = chain_intact });
	testdb_faults(t, "a whole life is all or nothing",
		      &(struct testdb_scenario){
			      .given = given_inquiry, .verb = whole_life, .check = chain_intact });
}
