/* reply_rules_test.c - what needs no database: one result of several, the day that counts. */
#include "reply/fixture.h"

/* ---- annual report, counting rules 6.7 and 6.8 */

static const struct counted {
	const char *title;
	const char *items[5];
	const char *picked;
	bool missing_is_part;
	const char *kind; /* "": not to be said yet */
} counted[] = {
	{ "one item is the result", { "no_law" }, "", false, "no_law" },
	{ "an item without a decision: none yet", { "give", "?" }, "", false, "" },
	{ "all alike", { "not_exist", "not_exist" }, "", false, "not_exist" },
	{ "37: a part is part of the whole", { "give", "part" }, "", false, "part" },
	{ "37: a part beside refusals counts once", { "part", "no_secret" }, "", false, "part" },
	{ "some given, some refused", { "give", "no_third" }, "", false, "part" },
	{ "some public already, some refused", { "public_already", "inquiry" }, "", false, "part" },
	{ "given beside not held: given", { "not_exist", "give" }, "", false, "give" },
	{ "given beside not held, where a unit says part", { "give", "not_exist" }, "", true,
	  "part" },
	{ "all given, whatever the unit says", { "give", "give" }, "", true, "give" },
	{ "handed over beside public already: 予以公开", { "public_already", "give" }, "", false,
	  "give" },
	{ "several grounds: the first of the table", { "no_process", "no_secret", "no_third" }, "",
	  false, "no_secret" },
	{ "several grounds: the one taken", { "no_process", "no_secret" }, "no_process", false,
	  "no_process" },
	{ "a refusal before what is not held", { "not_exist", "no_file" }, "", false, "no_file" },
	{ "not held before not processed", { "repeat", "needs_work" }, "", false, "needs_work" },
	{ "one taken does not undo a part", { "give", "no_law" }, "no_law", false, "part" },
};

static void counts(struct test *t, const struct counted *row)
{
	const struct decision_kind *kinds[5];
	struct reply_result result;
	size_t count = 0;

	for (; count < 5 && row->items[count] != NULL; count++)
		kinds[count] = reply_kind(row->items[count]);
	reply_result(t->arena, kinds, count, reply_kind(row->picked), row->missing_is_part,
		     &result);
	CHECK_STR(result.kind != NULL ? str_from_c(result.kind->code) : STR_NONE,
		  str_from_c(row->kind));
	CHECK(result.working_count > 0);
	if (result.kind != NULL) /* the last sentence names the line of the table */
		CHECK(str_contains(result.working[result.working_count - 1],
				   outcome_label(result.kind->outcome)));
}

/* ---- service */

static const struct served {
	const char *title;
	enum service_way way;
	const char *sent, *signed_on, *tracking;
	bool failed, failed_before;
	const char *counts; /* "": not known yet */
	const char *key;    /* refused with */
} served[] = {
	{ "235: handed over, the day of signature", SERVICE_IN_PERSON, "2024-03-12", "2024-03-12",
	  "", false, false, "2024-03-12", NULL },
	{ "handed over without a signature", SERVICE_IN_PERSON, "2024-03-12", "", "", false, false,
	  "", "reply.not_signed_for" },
	{ "235: mail, the day it was posted", SERVICE_POST, "2024-03-12", "2024-03-15",
	  "1234567890123", false, false, "2024-03-12", NULL },
	{ "235: mail not signed for yet", SERVICE_POST, "2024-03-12", "", "XA123456789CN",
	  false, false, "2024-03-12", NULL },
	{ "235: another courier's number", SERVICE_POST, "2024-03-12", "", "SF1234567890123", false,
	  false, "", "reply.tracking" },
	{ "235: no number", SERVICE_POST, "2024-03-12", "", "", false, false, "",
	  "reply.tracking" },
	{ "235: entrusted, the day of signature", SERVICE_ENTRUSTED, "2024-03-12", "2024-03-18", "",
	  false, false, "2024-03-18", NULL },
	{ "235: entrusted, not signed yet", SERVICE_ENTRUSTED, "2024-03-12", "", "", false, false,
	  "", NULL },
	{ "e-mail, the day it was sent", SERVICE_EMAIL, "2024-03-12", "", "", false, false,
	  "2024-03-12", NULL },
	{ "to be fetched on the web", SERVICE_WEB, "2024-03-12", "", "", false, false, "2024-03-12",
	  NULL },
	{ "fax", SERVICE_FAX, "2024-03-12", "", "", false, false, "2024-03-12", NULL },
	{ "a notice before anything failed", SERVICE_NOTICE, "2024-03-12", "", "", false, false, "",
	  "reply.notice_too_early" },
	{ "a notice after a letter came back", SERVICE_NOTICE, "2024-03-12", "", "", false, true,
	  "2024-03-12", NULL },
	{ "signed before it was sent", SERVICE_ENTRUSTED, "2024-03-12", "2024-03-11", "", false,
	  false, "", "reply.signed_before_sent" },
	{ "a failed attempt counts for nothing", SERVICE_EMAIL, "2024-03-12", "", "", true, false,
	  "", NULL },
};

static void counts_day(struct test *t, const struct served *row)
{
	struct service_new in = { .way = row->way,
				  .sent_on = reply_day(row->sent),
				  .tracking = str_from_c(row->tracking),
				  .note = STR("邮箱退回"),
				  .failed = row->failed };
	struct opt_date counts_on = { 0 };
	struct err err = { 0 };

	in.signed_on.known = date_parse(str_from_c(row->signed_on), &in.signed_on.v);
	if (row->key != NULL) {
		CHECK_FAILS(service_check(&in, row->failed_before, &counts_on, &err), row->key);
		return;
	}
	CHECK_OK(service_check(&in, row->failed_before, &counts_on, &err));
	CHECK_STR(counts_on.known ? date_iso(t->arena, counts_on.v) : STR_NONE,
		  str_from_c(row->counts));
}

static void says_in_time_or_late(struct test *t)
{
	struct request r = { .due = { true, reply_day("2024-04-01") } };
	struct service posted = { .way = SERVICE_POST,
				  .counts_on = { true, reply_day("2024-04-01") },
				  .failed = true };
	struct service list[] = { { .way = SERVICE_EMAIL, .failed = true },
				  { .way = SERVICE_EMAIL,
				    .counts_on = { true, reply_day("2024-04-02") } } };

	CHECK_INT(reply_timing(&r, NULL, 0), TIMING_UNKNOWN);
	CHECK_INT(reply_timing(&r, list, 1), TIMING_UNKNOWN);
	CHECK_INT(reply_timing(&r, list, 2), TIMING_LATE);
	list[1].counts_on.v = reply_day("2024-04-01");
	CHECK_INT(reply_timing(&r, list, 2), TIMING_IN_TIME);
	CHECK_INT(reply_timing(&r, &posted, 1), TIMING_IN_TIME); /* posted in time, came back */
	r.due.known = false;
	CHECK_INT(reply_timing(&r, list, 2), TIMING_UNKNOWN);
}

/* ---- tables */

static void every_reply_has_facts(struct test *t)
{
	for (size_t d = 0; d < request_decisions_count; d++) {
		const struct decision_kind *kind = &request_decisions[d];
		size_t required = 0;
		for (size_t i = 0; i < reply_fact_rules_count; i++)
			required += str_equal_c(str_from_c(reply_fact_rules[i].decision),
						kind->code) &&
				    reply_fact_rules[i].required;
		CHECK(!kind->needs_letter || required > 0);
	}
	for (size_t i = 0; i < reply_fact_rules_count; i++) {
		CHECK(reply_kind(reply_fact_rules[i].decision) != NULL);
		CHECK(letter_field_by_code(str_from_c(reply_fact_rules[i].name)) != NULL);
		for (size_t k = i + 1; k < reply_fact_rules_count; k++)
			CHECK(!str_equal_c(str_from_c(reply_fact_rules[i].decision),
					   reply_fact_rules[k].decision) ||
			      !str_equal_c(str_from_c(reply_fact_rules[i].name),
					   reply_fact_rules[k].name));
	}
}

/* Is the field one that the request knows, or a fact that the drafter must give? */
static bool is_given(const char *decision, struct str code)
{
	static const char *const known[] = { "number", "content", "information", "received_on",
					     "correction_told_on", "corrected_on" };

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (str_equal_c(code, known[i]))
			return true;
	for (size_t i = 0; i < reply_fact_rules_count; i++)
		if (str_equal_c(str_from_c(reply_fact_rules[i].decision), decision) &&
		    str_equal_c(code, reply_fact_rules[i].name) && reply_fact_rules[i].required)
			return true;
	return false;
}

static void letters_find_their_facts(struct test *t)
{
	for (size_t d = 0; d < request_decisions_count; d++) {
		const struct decision_kind *kind = &request_decisions[d];
		const struct letter_kind *letter = letter_kind_find(str_from_c(kind->code));
		if (!CHECK(letter != NULL) || !kind->needs_letter)
			continue;
		struct str rest = str_from_c(letter->fields), name;
		while (str_split_next(&rest, '|', &name)) {
			const struct letter_field *field = letter_field_by_name(name);
			if (CHECK(field != NULL))
				CHECK(is_given(kind->code, str_from_c(field->code)));
		}
	}
}

static void transitions(struct test *t)
{
	for (size_t i = 0; i < reply_transitions_count; i++) {
		const struct reply_transition *row = &reply_transitions[i];
		CHECK(reply_transition(row->from, row->verb) == row);
		CHECK(row->who != PERM_NONE);
		CHECK(row->rule.len > 0);
	}
	CHECK(reply_transition(REPLY_SIGNED, REPLY_EDIT) == NULL);
	CHECK(reply_transition(REPLY_REVIEW, REPLY_SIGN) == NULL);
}

void reply_rules_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(counted); i++)
		if (test_case(t, "%s", counted[i].title))
			counts(t, &counted[i]);
	for (size_t i = 0; i < COUNT_OF(served); i++)
		if (test_case(t, "%s", served[i].title))
			counts_day(t, &served[i]);
	if (test_case(t, "in time or late by the day that counts"))
		says_in_time_or_late(t);
	if (test_case(t, "every kind of reply has facts that it must say"))
		every_reply_has_facts(t);
	if (test_case(t, "what a letter must state is asked for or known"))
		letters_find_their_facts(t);
	if (test_case(t, "each pair of stage and act stands once"))
		transitions(t);
}
